"""What Camunda Modeler is told about our extension: a moddle descriptor and element templates, made from our own words.

With the descriptor a tool on bpmn-js knows our attributes and elements by type. With the templates their values can
be seen and changed in the properties panel. Both are made from the same table as the attributes themselves.

Source: bpmn-io/moddle, "descriptor"; Camunda, "Element template schema" (JSON Schema of both platforms).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.exports.bpmn.extension import TEMPLATE_ID
from ankunft_model.model.properties import PROPERTIES, Property, PropertyKind
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Language, Wording

Platform: TypeAlias = Literal["camunda-8", "camunda-7"]

_SCHEMA_OF_PLATFORM: Final[Mapping[Platform, str]] = {
    "camunda-8": "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json",
    "camunda-7": "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json",
}
_TYPE_NAMES: Final[Mapping[PropertyKind, str]] = {"node": "Step", "actor": "Actor", "handover": "Handover"}
_BEARERS: Final[Mapping[PropertyKind, tuple[str, ...]]] = {
    "node": ("bpmn:Activity",),
    "actor": ("bpmn:Participant", "bpmn:Lane"),
    "handover": ("bpmn:MessageFlow",),
}
_TEMPLATE_BEARERS: Final[Mapping[PropertyKind, tuple[str, ...]]] = {
    **_BEARERS,
    "node": ("bpmn:Task", "bpmn:CallActivity", "bpmn:SubProcess"),
}
_NAMES: Final[Mapping[PropertyKind, Wording]] = {
    "node": Wording(de="Ankunft: Schritt", en="Arrival: step"),
    "actor": Wording(de="Ankunft: Akteur", en="Arrival: actor"),
    "handover": Wording(de="Ankunft: Übergabe", en="Arrival: handover"),
}
_DESCRIPTIONS: Final[Mapping[PropertyKind, Wording]] = {
    "node": Wording(
        de="Was dieser Schritt von der Person erfragt, was er braucht und erzeugt",
        en="What this step asks the person for, what it needs and creates",
    ),
    "actor": Wording(de="Was für eine Stelle das ist", en="What kind of body this is"),
    "handover": Wording(
        de="Auf welchem Weg und auf welcher Grundlage Angaben übergeben werden",
        en="On which channel and on which basis data are passed",
    ),
}
_EXTENSION_ELEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Element": ("kind", "id"),
    "Derived": (),
    "Finding": ("id",),
    "Model": ("words", "drawing", "view", "only", "level", "diagrams", "notify", "language"),
}
"""The elements of our namespace inside `extensionElements`, with their attributes."""


def modeler_file_names() -> tuple[str, ...]:
    """Return the names of all files for Camunda Modeler; files in `schemas/` are called like them.

    Example:
        >>> modeler_file_names()[0]
        'ankunft-moddle'
    """
    return tuple(_FILES)


def modeler_file(name: str, *, language: Language = "de") -> Any:
    """Return the content of a file for Camunda Modeler, ready for JSON.

    Args:
        name: One of `modeler_file_names()`.
        language: Language of labels.

    Raises:
        KeyError: there is no such file.
    """
    return _FILES[name](language)


def moddle_descriptor() -> dict[str, Any]:
    """Return the moddle descriptor of our namespace."""
    attributes = [
        {
            "name": _TYPE_NAMES[kind],
            "extends": list(_BEARERS[kind]),
            "properties": [_attribute(found.word, found.hint.en) for found in properties],
        }
        for kind, properties in PROPERTIES.items()
    ]
    elements: list[dict[str, Any]] = [
        {
            "name": name,
            "superClass": ["Element"],
            "properties": [_attribute(word) for word in words],
        }
        for name, words in _EXTENSION_ELEMENTS.items()
    ]
    elements[-1]["properties"].append({"name": "text", "isBody": True, "type": "String"})
    return {
        "name": "ankunft-model",
        "uri": ANKUNFT,
        "prefix": "ankunft",
        "xml": {"tagAlias": "lowerCase"},
        "associations": [],
        "types": [*attributes, *elements],
    }


def element_templates(platform: Platform, *, language: Language = "de") -> list[dict[str, Any]]:
    """Return the element templates for the properties panel of Camunda Modeler."""
    return [
        {
            "$schema": _SCHEMA_OF_PLATFORM[platform],
            "name": _NAMES[kind].in_language(language),
            "id": TEMPLATE_ID[kind],
            "description": _DESCRIPTIONS[kind].in_language(language),
            "appliesTo": list(_TEMPLATE_BEARERS[kind]),
            "properties": [_field(found, language) for found in properties],
        }
        for kind, properties in PROPERTIES.items()
    ]


def _attribute(word: str, description: str | None = None) -> dict[str, Any]:
    said = {} if description is None else {"description": description}
    return {"name": word, "isAttr": True, "type": "String", **said}


def _field(found: Property, language: Language) -> dict[str, Any]:
    field: dict[str, Any] = {
        "label": found.label.in_language(language),
        "description": found.hint.in_language(language),
        "type": "String",
        "binding": {"type": "property", "name": f"ankunft:{found.word}"},
    }
    if found.vocabulary is None:
        return field
    words = vocabulary(found.vocabulary)
    if found.is_list:  # a dropdown could hold one word only
        field["description"] += ": " + ", ".join(words)
        return field
    choices = [{"name": word.label(language), "value": id_} for id_, word in words.items()]
    return {**field, "type": "Dropdown", "choices": choices}


_FILES: Final[Mapping[str, Callable[[Language], Any]]] = {
    "ankunft-moddle": lambda _: moddle_descriptor(),
    "ankunft-element-templates": lambda language: element_templates("camunda-8", language=language),
    "ankunft-element-templates-camunda-7": lambda language: element_templates("camunda-7", language=language),
}
