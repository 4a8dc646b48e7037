"""A flow node of a file that gets another type, trigger or host, and one that is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node, new_node
from ankunft_model.bpmn_xml.lexical import writable
from ankunft_model.interchange import words
from ankunft_model.interchange.file_edits import FileEdits, detach, insert_behind
from ankunft_model.interchange.plain_model import shown_text
from ankunft_model.interchange.words import bpmn

_DATE_LENGTH: Final = 10


def new_flow_node(edits: FileEdits, holder: Node, id_: str, plain: Mapping[str, Any]) -> Node:
    """Return an element for a node that the file does not have yet."""
    type_ = plain.get("type", "task")
    attributes = {"id": edits.free_id(plain.get("bpmn_id") or id_)}
    name = shown_text(plain.get("name"))
    if name:
        attributes["name"] = name
    if type_ == "event_based":
        attributes |= {"instantiate": "false", "eventGatewayType": "Exclusive"}
    element = new_node(words.TAG_OF_TYPE[type_], attributes, near=holder)
    edits.set_documentation(element, shown_text(plain.get("description")))
    if plain.get("trigger"):
        element.append(_definition(element, plain))
    return element


def change_type(element: Node, type_: str) -> None:
    """Make an element one of another type; what it holds stays."""
    element.tag = words.TAG_OF_TYPE[type_]


def change_event(
    element: Node,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    element_of: Mapping[str, Node],
) -> None:
    """Give an event another trigger, time, host or effect on its host."""
    if old.get("interrupting") != new.get("interrupting"):
        element.set("cancelActivity", "false" if new.get("interrupting") is False else "true")
    if old.get("attached_to") != new.get("attached_to") and new.get("attached_to") in element_of:
        element.set("attachedToRef", element_of[new["attached_to"]].get("id") or "")
    if old.get("trigger") != new.get("trigger"):
        for child in [child for child in element if child.tag in words.TRIGGER_OF_DEFINITION]:
            detach(child)
        if new.get("trigger"):
            children = list(element)
            insert_behind(element, children[-1] if children else None, _definition(element, new))
    elif old.get("at") != new.get("at"):
        definition = next((child for child in element if child.tag == bpmn("timerEventDefinition")), None)
        if definition is not None:
            for child in [child for child in definition if child.tag in words.TIMES]:
                detach(child)
            _set_time(definition, new)


def _definition(element: Node, plain: Mapping[str, Any]) -> Node:
    trigger = plain["trigger"]
    definition = new_node(words.DEFINITION_OF_TRIGGER[trigger], {}, near=element)
    if trigger == "timer":
        _set_time(definition, plain)
    elif trigger == "link":
        definition.set("name", writable(shown_text(plain.get("name")) or ""))
    elif trigger == "conditional":
        definition.append(new_node(bpmn("condition"), {}, near=element, text=shown_text(plain.get("name")) or ""))
    return definition


def _set_time(definition: Node, plain: Mapping[str, Any]) -> None:
    at = plain.get("at")
    if isinstance(at, str):
        tag = "timeDate" if len(at) == _DATE_LENGTH and at[4] == "-" else "timeDuration"
        definition.append(new_node(bpmn(tag), {}, near=definition, text=at))
