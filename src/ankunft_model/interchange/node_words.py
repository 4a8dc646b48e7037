"""One flow node of a file in the words of a model: type, name, trigger, time, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange import words
from ankunft_model.interchange.file_index import documentation_of, one_line
from ankunft_model.interchange.understood import Added, Understanding
from ankunft_model.interchange.words import bpmn
from ankunft_model.model.quantities import Duration

_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:[0-9]{1,6}Y)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}W)?(?:[0-9]{1,6}D)?"
    r"(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}S)?)?"
)
_DATE: Final = re.compile(r"(20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8]))(?:T.*)?")
_STANDARD_LOOP: Final = bpmn("standardLoopCharacteristics")
_COMPLEX: Final = bpmn("complexGateway")
_MULTI_INSTANCE: Final = bpmn("multiInstanceLoopCharacteristics")
_MOST_REPETITIONS: Final = 10**6


def node_in_words(
    found: Understanding, node: Node, said: Sequence[Node], type_: str, name: str | None
) -> dict[str, Any]:
    """Return the node in the shape of a model's file, without id, actor, flows and data.

    Args:
        found: What is understood so far.
        node: The node.
        said: Those of its children that say something of it; most nodes have nothing but references to their flows.
        type_: Its type.
        name: Its name.
    """
    plain: dict[str, Any] = {} if type_ == "task" else {"type": type_}
    if name is None and type_ in words.ACTIVITIES:
        name = words.STEP.de
    if name is not None:
        plain["name"] = name
    if not said and type_ in words.STEPS:
        return plain
    if type_ == "inclusive" and node.tag == _COMPLEX:
        found.added.append(Added("gateway", node.get("id") or ""))
    if type_ in words.EVENTS:
        plain.update(trigger_in_words(found, said))
        if "trigger" not in plain and type_ not in ("start", "end"):
            plain["trigger"] = MISSING_TRIGGER[type_]
            found.added.append(Added("trigger", node.get("id") or ""))
        if type_ == "boundary" and node.get("cancelActivity") in ("false", "0"):
            plain["interrupting"] = False
    elif said and type_ in words.ACTIVITIES:
        repeats = repetition_in_words(said)
        if repeats is not None:
            plain["repeats"] = repeats
    description = documentation_of(said) if said else None
    if description is not None:
        plain["description"] = description
    return plain


MISSING_TRIGGER: Final = {"catch": "conditional", "boundary": "conditional", "throw": "signal"}
"""What stands for an event without definition, which a model does not know between start and end."""


def trigger_in_words(found: Understanding, said: Iterable[Node]) -> dict[str, Any]:
    """Return trigger and time of an event, given its children: those of its first definition that has a word."""
    for definition in definitions_of(found, said):
        trigger = words.TRIGGER_OF_DEFINITION.get(definition.tag)
        if trigger is None:
            continue
        plain: dict[str, Any] = {"trigger": trigger}
        if trigger == "timer":
            at = _time(definition)
            if at is not None:
                plain["at"] = at
        return plain
    return {}


def definitions_of(found: Understanding, said: Iterable[Node]) -> list[Node]:
    """Return the event definitions of an event, given its children, also those that it only refers to."""
    definitions: list[Node] = []
    for child in said:
        if child.tag in words.TRIGGER_OF_DEFINITION:
            definitions.append(child)
        elif child.tag == bpmn("eventDefinitionRef"):
            target = found.index.target(child, child.text)
            if target is not None:
                definitions.append(target)
    return definitions


def _time(definition: Node) -> str | None:
    for child in definition:
        if child.tag in words.TIMES:
            text = one_line("".join(child.itertext())) or ""
            if _DURATION.fullmatch(text):
                return str(Duration.parse(text))
            date = _DATE.fullmatch(text)
            if date:
                return date.group(1)
    return None


def repetition_in_words(said: Iterable[Node]) -> dict[str, Any] | None:
    """Return how often an activity repeats, as far as its marker says, given its children.

    `{}` means at least once, without bound.
    """
    for child in said:
        if child.tag == _MULTI_INSTANCE:
            return {}
        if child.tag == _STANDARD_LOOP:
            plain: dict[str, Any] = {}
            if child.get("testBefore") in ("true", "1"):
                plain["min"] = 0
            most = (child.get("loopMaximum") or "").strip()
            if most.isascii() and most.isdigit() and 0 < int(most[:9]) <= _MOST_REPETITIONS and len(most) < 8:
                plain["max"] = int(most)
            return plain
    return None
