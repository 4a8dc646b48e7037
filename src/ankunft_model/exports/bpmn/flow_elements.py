"""The content of a BPMN process: flow nodes and sequence flows for the elements of a projected pool."""

from __future__ import annotations

from typing import Any

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.event_kinds import activity_class, event_definition
from ankunft_model.exports.bpmn.extension import reference
from ankunft_model.exports.bpmn.file_parts import FileParts, Pool
from ankunft_model.exports.bpmn.message_flows import build_associations
from ankunft_model.exports.bpmn.pool_elements import FORKING, PoolElement, PoolFlow, PoolProcess
from ankunft_model.graph.participation.normal_form import NormalFlow
from ankunft_model.model import Event, Step, Text, text_in

_DECIDING = ("exclusive_split", "inclusive_split")
_GATEWAY_CLASS: dict[str, type[bpmn.ExclusiveGateway | bpmn.ParallelGateway | bpmn.InclusiveGateway]] = {
    "exclusive": bpmn.ExclusiveGateway,
    "parallel": bpmn.ParallelGateway,
    "inclusive": bpmn.InclusiveGateway,
}


def build_flow_elements(parts: FileParts, pool: Pool, process: PoolProcess) -> tuple[bpmn.FlowElement, ...]:
    """Return the flow nodes of `process`, the pool's own or the inside of a sub-process, then its sequence flows."""
    flows: list[bpmn.SequenceFlow] = []
    default_of: dict[str, str] = {}
    kind_of = {element.id: element.kind for element in process.elements}
    with_default = {flow.source for flow in process.flows if _is_default(flow)}
    for flow in process.flows:
        is_decided = kind_of[flow.source] in _DECIDING
        # where one way is the default, tools ask for the conditions of the others
        has_condition = is_decided and flow.source in with_default and not _is_default(flow)
        found = _sequence_flow(parts, pool, flow, is_decided=is_decided, has_condition=has_condition)
        if is_decided and _is_default(flow):
            default_of[flow.source] = found.id
        flows.append(found)
    blank = [element for element in process.elements if element.kind == "start" and _is_blank(element)]
    nodes = [
        _flow_node(parts, pool, element, default_of.get(element.id), is_one_of_several=len(blank) > 1)
        for element in process.elements
    ]
    return (*nodes, *flows)


def _is_default(flow: PoolFlow) -> bool:
    return any(part.flow is not None and part.flow.default for part in _parts(flow))


def _parts(flow: PoolFlow) -> tuple[NormalFlow, ...]:
    """Return the flows of the normal form that a sequence flow stands for."""
    return flow.alternatives if flow.flow is None else (flow.flow, *flow.alternatives)


def _sequence_flow(
    parts: FileParts, pool: Pool, flow: PoolFlow, *, is_decided: bool, has_condition: bool
) -> bpmn.SequenceFlow:
    source, target = pool.id_of[flow.source], pool.id_of[flow.target]
    model_flow = None if flow.flow is None else flow.flow.flow
    name: Text | None = None if model_flow is None else model_flow.name
    if is_decided:
        name = naming.any_of([naming.answer(part.flow) for part in _parts(flow)] or [naming.answer(None)])
    references = tuple(reference("flow", part.id) for part in _parts(flow) if part.flow is not None)
    if flow.handover is not None:
        name = naming.handover_name(parts.model, parts.model.handovers[flow.handover])
        references = (reference("handover", flow.handover),)
    return bpmn.SequenceFlow(
        id=parts.flow_id.get(pool.flow_key(flow)) or parts.ids.made("Flow", source, target),
        **parts.named(name),
        source_ref=source,
        target_ref=target,
        condition_expression=text_in(name, parts.language) if has_condition and name is not None else None,
        extension_elements=references,
    )


def _flow_node(
    parts: FileParts, pool: Pool, element: PoolElement, default: str | None, *, is_one_of_several: bool
) -> bpmn.FlowNode:
    node = element.node.element if element.node is not None else None
    name = parts.element_name(pool, element)
    arguments: dict[str, Any] = {
        "id": pool.id_of[element.id],
        **parts.described(node if element.stands_for_node else None, name),
        "extension_elements": () if node is None else (reference("node", node.id),),
        "extension_attributes": parts.properties(node) if node is not None and element.stands_for_node else (),
    }
    if element.is_gateway:
        return _gateway(element, arguments, default)
    if element.kind == "step" and element.inner is not None:
        return bpmn.SubProcess(
            **arguments,
            flow_elements=build_flow_elements(parts, pool, element.inner),
            artifacts=build_associations(parts, pool, element.inner),
        )
    if isinstance(node, Step) and element.kind == "step":
        return activity_class(node)(**arguments)
    shown = "" if name is None else text_in(name, parts.language)
    arguments["event_definitions"] = _event_definitions(
        parts, pool, element, shown, is_one_of_several=is_one_of_several
    )
    return _event(pool, element, arguments)


def _event(pool: Pool, element: PoolElement, arguments: dict[str, Any]) -> bpmn.Event:
    node = element.node.element if element.node is not None else None
    if element.kind == "start":
        return bpmn.StartEvent(**arguments)
    if element.kind == "end":
        return bpmn.EndEvent(**arguments)
    if element.host is not None and isinstance(node, Event):
        host = pool.id_of[element.host]
        return bpmn.BoundaryEvent(**arguments, attached_to_ref=host, cancel_activity=node.interrupting)
    is_throwing = element.kind == "throw" or (isinstance(node, Event) and node.type == "throw")
    return bpmn.IntermediateThrowEvent(**arguments) if is_throwing else bpmn.IntermediateCatchEvent(**arguments)


def _event_definitions(
    parts: FileParts, pool: Pool, element: PoolElement, name: str, *, is_one_of_several: bool
) -> tuple[bpmn.EventDefinition, ...]:
    definition_id = parts.ids.made("Definition", pool.id_of[element.id])
    message = element.receives or next(iter(element.sends), None)
    if message is not None:
        message_id = parts.message_id.get(pool.message_key(message))
        return (bpmn.MessageEventDefinition(id=definition_id, message_ref=message_id),)
    if element.kind == "condition":
        return (bpmn.ConditionalEventDefinition(id=definition_id, condition=name),)
    node = element.node.element if element.node is not None else None
    found = event_definition(node, definition_id, name) if isinstance(node, Event) else None
    if found is None and element.kind == "start" and is_one_of_several:
        # only one start event may be without a trigger; several are alternatives, each under its own condition
        return (bpmn.ConditionalEventDefinition(id=definition_id, condition=name),)
    return () if found is None else (found,)


def _is_blank(element: PoolElement) -> bool:
    event = element.node.element if element.node is not None else None
    return element.receives is None and isinstance(event, Event) and event.trigger is None


def _gateway(element: PoolElement, arguments: dict[str, Any], default: str | None) -> bpmn.Gateway:
    arguments["gateway_direction"] = "Diverging" if element.kind in FORKING else "Converging"
    if element.kind == "event_split":
        return bpmn.EventBasedGateway(**arguments)
    if default is not None:
        arguments["default"] = default
    return _GATEWAY_CLASS[element.kind.partition("_")[0]](**arguments)
