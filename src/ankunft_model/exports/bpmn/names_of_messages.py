"""What passes on message flows between closed pools."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.bpmn_xml import elements as bpmn


def names_of_message_flows(definitions: bpmn.Definitions) -> dict[str, str]:
    """Return what each message flow carries, by its id: its own name, or that of the message at one of its ends."""
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
            if name:
                found[flow.id] = name
    return found


def flow_elements_of(process: bpmn.Process) -> Iterator[bpmn.FlowElement]:
    """Yield all flow elements of a process, also those inside of sub-processes."""
    stack = list(process.flow_elements)
    while stack:
        element = stack.pop()
        yield element
        if isinstance(element, bpmn.SubProcess):
            stack.extend(element.flow_elements)


def _message_of(element: bpmn.FlowElement) -> str | None:
    if not isinstance(element, bpmn.Event):
        return None
    for definition in element.event_definitions:
        if isinstance(definition, bpmn.MessageEventDefinition):
            return definition.message_ref
    return None
