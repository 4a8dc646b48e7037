"""The control flow of a model's processes, as far as the game needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ankunft_model.graph.activations import with_activations
from ankunft_model.graph.control_flow import ControlFlow, FlowDraft, NodeDraft, NodeKind, build_control_flow
from ankunft_model.graph.shared_questions import Decision, answers_by_flow
from ankunft_model.model import Activity, AnyNode, Event, Gateway, Process, SubProcess


def control_flow_of(process: Process, *started: Process, begun: int = 1) -> ControlFlow:
    """Return the control flow of `process` together with the processes that its handovers start.

    What comes from processes outside is taken as given, like a message. Each activation of a started process is an
    instance of its own.

    Args:
        process: The entry process.
        started: The others.
        begun: So many of all begin by themselves.
    """
    processes = (process, *started)
    parent: dict[str, str] = {}
    drafts: list[list[NodeDraft]] = []
    for part in processes:
        nodes: list[NodeDraft] = []
        for node in part.all_nodes:
            if isinstance(node, SubProcess):
                parent |= dict.fromkeys(node.nodes, node.id)
            nodes.append(
                NodeDraft(
                    id=node.id,
                    kind=_kind(node),
                    parent=parent.get(node.id),
                    host=node.attached_to if isinstance(node, Event) and node.type == "boundary" else None,
                    interrupts=node.interrupting if isinstance(node, Event) else True,
                    is_optional=isinstance(node, Activity) and node.repeats is not None and node.repeats.min == 0,
                )
            )
        drafts.append(nodes)
    flows = [
        FlowDraft(
            line.source,
            line.target,
            is_conditional=line.flow.when is not None,
            is_default=bool(line.flow.default),
            budget=None if line.flow.repeats is None else line.flow.repeats.max,
        )
        for part in processes
        for line in part.flows
    ]
    triggers, waits = _signals(processes, {node.id for nodes in drafts for node in nodes})
    control = build_control_flow(drafts, flows, triggers=triggers, waits=waits)
    if any(isinstance(node, Gateway) and node.question for part in processes for node in part.all_nodes):
        control = replace(control, answers=answers_by_flow(_decisions(processes)))
    return with_activations(control, begun=begun)


def _decisions(processes: Iterable[Process]) -> Iterator[Decision]:
    """Yield the decisions that state their question; flows are numbered as in the control flow."""
    lines = [line for part in processes for line in part.flows]
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        numbers.setdefault(line.source, []).append(number)
    for node in (node for part in processes for node in part.all_nodes):
        if not isinstance(node, Gateway) or node.type != "exclusive" or not node.question:
            continue
        flows = [(number, lines[number].flow) for number in numbers.get(node.id, ())]
        if len(flows) > 1:
            yield (
                node.question,
                [(number, None if flow.default or flow.when is None else str(flow.when)) for number, flow in flows],
            )


def _signals(processes: Iterable[Process], known: set[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    triggers: list[tuple[str, str]] = []
    waits: list[tuple[str, str]] = []
    for process in processes:
        for handover in process.handovers or ():
            sender, receiver = handover.from_node, handover.to_node
            if sender is None or receiver is None or sender not in known or receiver not in known:
                continue
            if handover.triggers:
                triggers.append((sender, receiver))
            elif handover.waits:
                waits.append((sender, receiver))
    return triggers, waits


def _kind(node: AnyNode) -> NodeKind:
    if isinstance(node, SubProcess):
        return "sub_process"
    if isinstance(node, Event):
        return _event_kind(node)
    if isinstance(node, Gateway):
        return "exclusive" if node.type == "event_based" else node.type
    return "task"


def _event_kind(event: Event) -> NodeKind:
    if event.type == "end":
        return "terminate" if event.trigger == "terminate" else "end"
    if event.type in ("start", "boundary"):
        return event.type
    return "event"
