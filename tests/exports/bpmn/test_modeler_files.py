"""The descriptor and templates for Camunda Modeler speak of the attributes that exports write, and of all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.exports.bpmn.modeler_files import (
    element_templates,
    moddle_descriptor,
    modeler_file,
    modeler_file_names,
)
from ankunft_model.model.actors import Actor
from ankunft_model.model.handovers import Handover
from ankunft_model.model.nodes import Step
from ankunft_model.model.properties import PROPERTIES

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"
CLASSES = {"node": Step, "actor": Actor, "handover": Handover}


def test_every_property_is_a_field_of_the_model() -> None:
    for kind, properties in PROPERTIES.items():
        assert {found.word for found in properties} <= set(CLASSES[kind].model_fields)


def test_descriptor_and_templates_know_every_property() -> None:
    words = {found.word for properties in PROPERTIES.values() for found in properties}
    types = [found for found in moddle_descriptor()["types"] if "extends" in found]

    in_descriptor = {attribute["name"] for found in types for attribute in found["properties"]}
    for platform in ("camunda-8", "camunda-7"):
        bindings = {
            field["binding"]["name"]
            for template in element_templates(platform)  # type: ignore[arg-type]
            for field in template["properties"]
        }
        assert bindings == {f"ankunft:{word}" for word in words}
    assert in_descriptor == words
    assert moddle_descriptor()["uri"] == ANKUNFT


@pytest.mark.parametrize("name", modeler_file_names())
def test_the_shipped_files_are_up_to_date(name: str) -> None:
    shipped = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))

    assert shipped == json.loads(json.dumps(modeler_file(name)))


def test_labels_come_in_both_languages() -> None:
    german, english = (modeler_file("ankunft-element-templates", language=language) for language in ("de", "en"))  # type: ignore[arg-type]

    assert [template["id"] for template in german] == [template["id"] for template in english]
    assert all(one["name"] != other["name"] for one, other in zip(german, english, strict=True))
