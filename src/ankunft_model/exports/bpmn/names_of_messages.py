"""What message flows between closed pools are called: a few messages that pass there by name, the others counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn import naming
from ankunft_model.model import ArrivalModel, text_in
from ankunft_model.wording import Language, Wording

_MOST_NAMED: Final = 2
"""A line between closed pools names at most so many messages; its documentation names all."""


def names_of_message_flows(definitions: bpmn.Definitions, model: ArrivalModel, language: Language) -> dict[str, str]:
    """Return what each message flow carries, by its id.

    That is its own name, that of the message at one of its ends, or what is done when its handover happens.
    """
    message_names = {root.id: root.name for root in definitions.root_elements if isinstance(root, bpmn.Message)}
    message_of = {
        element.id: message_names.get(message)
        for process in definitions.processes
        for element in flow_elements_of(process)
        if (message := _message_of(element)) is not None
    }
    found: dict[str, str] = {}
    for collaboration in definitions.collaborations:
        for flow in collaboration.message_flows:
            named = message_names.get(flow.message_ref or "")
            name = flow.name or named or message_of.get(flow.target_ref) or message_of.get(flow.source_ref)
            if not name and (handover := _handover_of(flow)) in model.handovers:
                name = text_in(naming.handover_or_sender_name(model, model.handovers[handover]), language)
            if name:
                found[flow.id] = name
    return found


def joint_name(names: Iterable[str], language: Language) -> str | None:
    """Return the name of a line on which these messages pass: the first of them, and how many more; None for none.

    Example:
        >>> joint_name(["Akte", "Bescheid", "Rückfrage", "Akte"], "de")
        'Akte, Bescheid und 1 weitere'
    """
    distinct = list(dict.fromkeys(names))
    if not distinct:
        return None
    named, more = ", ".join(distinct[:_MOST_NAMED]), len(distinct) - _MOST_NAMED
    if more <= 0:
        return named
    return Wording(de=f"{named} und {more} weitere", en=f"{named} and {more} more").in_language(language)


def flow_elements_of(process: bpmn.Process) -> Iterator[bpmn.FlowElement]:
    """Yield all flow elements of a process, also those inside of sub-processes."""
    stack = list(process.flow_elements)
    while stack:
        element = stack.pop()
        yield element
        if isinstance(element, bpmn.SubProcess):
            stack.extend(element.flow_elements)


def _handover_of(flow: bpmn.MessageFlow) -> str:
    marks = (dict(mark.attributes) for mark in flow.extension_elements)
    return next((mark.get("id", "") for mark in marks if mark.get("kind") == "handover"), "")


def _message_of(element: bpmn.FlowElement) -> str | None:
    if not isinstance(element, bpmn.Event):
        return None
    for definition in element.event_definitions:
        if isinstance(definition, bpmn.MessageEventDefinition):
            return definition.message_ref
    return None
