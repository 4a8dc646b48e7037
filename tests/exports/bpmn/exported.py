"""The file of a model, without the time that a diagram takes."""

from __future__ import annotations

from lxml import etree

from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.exports.bpmn.collaboration import draw_collaboration
from ankunft_model.exports.bpmn.journey import draw_journey
from ankunft_model.exports.bpmn.semantic import build_definitions
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def definitions_of(
    model: ArrivalModel, *, is_journey: bool = False, notify: bool = False, language: Language = "de"
) -> Definitions:
    projections = [
        draw_journey(model, process) if is_journey else draw_collaboration(model, process, notify=notify)
        for process in model.processes.values()
    ]
    return build_definitions(model, projections, is_journey=is_journey, language=language, version="0")


def collaboration_of(model: ArrivalModel) -> bytes:
    return write_definitions(definitions_of(model))


def journey_of(model: ArrivalModel) -> bytes:
    return write_definitions(definitions_of(model, is_journey=True))


def elements(xml: bytes, name: str) -> list[etree._Element]:
    return list(etree.fromstring(xml).iter(f"{BPMN}{name}"))


def names(xml: bytes, name: str) -> list[str]:
    return [element.get("name") for element in elements(xml, name)]
