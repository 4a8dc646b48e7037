"""The model as a BPMN 2.0 file: choice of the view, semantic part, diagram."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from ankunft_model._version import __version__
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.exports.bpmn.diagram import with_diagram
from ankunft_model.exports.bpmn.journey import draw_journey
from ankunft_model.exports.bpmn.projection import project
from ankunft_model.exports.bpmn.selection import show_only
from ankunft_model.exports.bpmn.semantic import build_definitions
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

View = Literal["collaboration", "journey"]


def to_definitions(
    model: ArrivalModel, *, view: View | None = None, only: Collection[str] = (), language: Language = "de"
) -> Definitions:
    """Return the model as the elements of a BPMN file, with its diagram.

    Args:
        model: The model.
        view: `collaboration`: a pool per organisation; `journey`: one pool with a lane per actor; None: a
            collaboration if more than one organisation acts.
        only: Actors whose pools show their process, the others closed; empty: all. Collaborations only.
        language: Language of the names; the others are kept as translations.

    Raises:
        ExportError: the model cannot be shown in this view; the message says where, why and what to do.
        UnknownElementError: an actor of `only` is not known.
    """
    chosen = view or ("collaboration" if len(_acting_organisations(model)) > 1 else "journey")
    draw = draw_journey if chosen == "journey" else project
    projections = tuple(draw(model, process) for process in model.processes.values())
    definitions = build_definitions(
        model, projections, is_journey=chosen == "journey", language=language, version=__version__
    )
    if only and chosen == "collaboration":
        definitions = show_only(definitions, model, only)
    return with_diagram(definitions)


def to_bpmn(
    model: ArrivalModel, *, view: View | None = None, only: Collection[str] = (), language: Language = "de"
) -> bytes:
    """Return the model as a BPMN 2.0 XML file with its diagram; equal models give equal bytes.

    Args:
        model: The model.
        view: As in `to_definitions`.
        only: As in `to_definitions`.
        language: Language of the names.

    Raises:
        ExportError: as in `to_definitions`, or a text has a character that XML cannot carry.
    """
    return write_definitions(to_definitions(model, view=view, only=only, language=language))


def _acting_organisations(model: ArrivalModel) -> set[str]:
    """Return the organisations that nodes name as their actor."""
    return {model.top_actor(node.actor).id for node in model.nodes.values() if node.actor not in (None, "none")}
