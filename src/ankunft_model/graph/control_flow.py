"""The control flow of processes in flat integer arrays: nodes and flows by number, without anything that they mean.

Both a model and a BPMN file become this; the token game, the reductions and the verdicts on soundness see nothing
else. No library is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from ankunft_model.graph.shared_questions import Answer

NodeKind: TypeAlias = Literal[
    "task",
    "sub_process",
    "event_sub_process",
    "start",
    "end",
    "terminate",
    "event",
    "boundary",
    "exclusive",
    "parallel",
    "inclusive",
]
"""What a node is in the game; a call is a task, an event-based gateway decides like an exclusive one."""

SUB_PROCESSES: Final = frozenset({"sub_process", "event_sub_process"})
ACTIVITIES: Final = frozenset({"task", "sub_process", "event_sub_process"})
GATEWAYS: Final = frozenset({"exclusive", "parallel", "inclusive"})


class NodeDraft(NamedTuple):
    """A node before it has a number.

    Attributes:
        parent: Id of the enclosing sub-process, or None.
        host: Id of the node on which a boundary event sits, or None.
        interrupts: Of a boundary event, or of the start event of an event sub-process: whether it stops the others.
        is_optional: Whether it may be passed without being executed.
    """

    id: str
    kind: NodeKind
    parent: str | None = None
    host: str | None = None
    interrupts: bool = True
    is_optional: bool = False


class FlowDraft(NamedTuple):
    """A flow before its ends have numbers; `budget` is how often a run may take it, None: without bound."""

    source: str
    target: str
    is_conditional: bool = False
    is_default: bool = False
    budget: int | None = None


class Signal(NamedTuple):
    """One node makes another one begin, or lets it begin, by something that is no flow."""

    sender: int
    receiver: int


@dataclass(frozen=True, slots=True)
class ControlFlow:
    """Nodes and flows of one process, or of an entry process and of those it starts.

    Attributes:
        ids: Ids of the nodes, in the order of the file; the inner nodes of a sub-process follow it.
        kinds: What each node is.
        source, target: Numbers of the ends of each flow.
        outgoing, incoming: Flows by node, in the order of the file.
        parent: Number of the enclosing sub-process by node, or -1.
        children: Inner nodes by sub-process.
        host: Number of the node on which a boundary event sits, by event; -1 for other nodes.
        boundary_events: Numbers of the boundary events that sit on a node, by node.
        interrupts: By node, see `NodeDraft`.
        is_optional: By node, see `NodeDraft`.
        is_conditional, is_default: By flow.
        budget: How often a run may take a flow, by flow.
        first_of: Number of the first node of each process.
        triggers: Nodes that start a process, with the start event there.
        waits: Nodes that leave a mark, with the node that needs it.
        top: Nodes that lie in no sub-process, by process.
        origin, flow_origin: By node and by flow, what it is a copy of, see `with_activations`; empty: nothing is one.
        repeated: Numbers of the `triggers` that may start an instance while an earlier one is still running.
        is_loose: Whether instances start each other without end, or are more than can be told apart.
        answers: On which answers a flow is taken, by flow, where several gateways ask the same question.
    """

    ids: tuple[str, ...]
    kinds: tuple[NodeKind, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]
    outgoing: tuple[tuple[int, ...], ...]
    incoming: tuple[tuple[int, ...], ...]
    parent: tuple[int, ...]
    children: dict[int, tuple[int, ...]]
    host: tuple[int, ...]
    boundary_events: tuple[tuple[int, ...], ...]
    interrupts: tuple[bool, ...]
    is_optional: tuple[bool, ...]
    is_conditional: tuple[bool, ...]
    is_default: tuple[bool, ...]
    budget: dict[int, int]
    first_of: tuple[int, ...]
    triggers: tuple[Signal, ...] = ()
    waits: tuple[Signal, ...] = ()
    top: tuple[tuple[int, ...], ...] = field(default=())
    origin: tuple[int, ...] = ()
    flow_origin: tuple[int, ...] = ()
    repeated: frozenset[int] = frozenset()
    is_loose: bool = False
    answers: Mapping[int, tuple[Answer, ...]] = field(default_factory=dict[int, tuple[Answer, ...]])

    def entries_of(self, parent: int, process: int = 0) -> tuple[int, ...]:
        """Return where the inside of a sub-process begins; of a process itself for -1.

        These are its start events; without any, all nodes to which no flow leads.
        """
        inner = self.top[process] if parent < 0 else self.children.get(parent, ())
        starts = tuple(node for node in inner if self.kinds[node] == "start")
        return starts or tuple(
            node
            for node in inner
            if not self.incoming[node] and self.kinds[node] not in ("boundary", "event_sub_process")
        )

    def event_sub_processes_of(self, parent: int, process: int = 0) -> tuple[int, ...]:
        """Return the event sub-processes right inside a sub-process, or of a process itself for -1."""
        inner = self.top[process] if parent < 0 else self.children.get(parent, ())
        return tuple(node for node in inner if self.kinds[node] == "event_sub_process")

    def entry_points(self) -> tuple[int, ...]:
        """Return where runs begin: the entries of the entry process, and the start events of those it starts."""
        later = (node for nodes in self.top[1:] for node in nodes if self.kinds[node] == "start")
        return (*self.entries_of(-1), *later)

    def inside(self, node: int) -> tuple[int, ...]:
        """Return all nodes inside a sub-process, at any depth, ascending."""
        found: list[int] = []
        stack = [node]
        while stack:
            inner = self.children.get(stack.pop(), ())
            found.extend(inner)
            stack.extend(inner)
        return tuple(sorted(found))

    def process_of(self, node: int) -> int:
        """Return the number of the process in which a node lies."""
        return max(number for number, first in enumerate(self.first_of) if first <= node)

    def reachable(self) -> frozenset[int]:
        """Return the nodes that flows lead to from where runs begin.

        A boundary event is reached with its host, the inside of a sub-process with the sub-process.
        """
        parts = [node for number in range(len(self.top)) for node in self.event_sub_processes_of(-1, number)]
        seen = {*self.entry_points(), *parts}
        stack = list(seen)
        while stack:
            node = stack.pop()
            nexts = [self.target[flow] for flow in self.outgoing[node]]
            nexts += self.boundary_events[node]
            if self.kinds[node] in SUB_PROCESSES:
                nexts += (*self.entries_of(node), *self.event_sub_processes_of(node))
            for next_ in nexts:
                if next_ not in seen:
                    seen.add(next_)
                    stack.append(next_)
        return frozenset(seen)


def build_control_flow(
    processes: Sequence[Sequence[NodeDraft]],
    flows: Sequence[FlowDraft],
    *,
    triggers: Sequence[tuple[str, str]] = (),
    waits: Sequence[tuple[str, str]] = (),
) -> ControlFlow:
    """Return the control flow of an entry process and of those it starts.

    Args:
        processes: The nodes of each process, those inside a sub-process after it.
        flows: All flows, in the order of the file.
        triggers: Ids of a node and of the start event of another process that its completion starts.
        waits: Ids of a node and of another one that needs a mark of its completion.

    Example:
        >>> nodes = [NodeDraft("s", "start"), NodeDraft("t", "task"), NodeDraft("e", "end")]
        >>> build_control_flow([nodes], [FlowDraft("s", "t"), FlowDraft("t", "e")]).outgoing
        ((0,), (1,), ())
    """
    nodes = [node for process in processes for node in process]
    number_of = {node.id: number for number, node in enumerate(nodes)}
    first_of: list[int] = []
    top: list[tuple[int, ...]] = []
    count = 0
    for process in processes:
        first_of.append(count)
        top.append(tuple(count + offset for offset, node in enumerate(process) if node.parent is None))
        count += len(process)
    source = tuple(number_of[flow.source] for flow in flows)
    target = tuple(number_of[flow.target] for flow in flows)
    outgoing: list[list[int]] = [[] for _ in nodes]
    incoming: list[list[int]] = [[] for _ in nodes]
    for number, (start, end) in enumerate(zip(source, target, strict=True)):
        outgoing[start].append(number)
        incoming[end].append(number)
    children: dict[int, list[int]] = {}
    boundary_events: list[list[int]] = [[] for _ in nodes]
    for number, node in enumerate(nodes):
        if node.parent is not None:
            children.setdefault(number_of[node.parent], []).append(number)
        if node.host is not None:
            boundary_events[number_of[node.host]].append(number)
    return ControlFlow(
        ids=tuple(node.id for node in nodes),
        kinds=tuple(node.kind for node in nodes),
        source=source,
        target=target,
        outgoing=tuple(map(tuple, outgoing)),
        incoming=tuple(map(tuple, incoming)),
        parent=tuple(-1 if node.parent is None else number_of[node.parent] for node in nodes),
        children={number: tuple(inner) for number, inner in children.items()},
        host=tuple(-1 if node.host is None else number_of[node.host] for node in nodes),
        boundary_events=tuple(map(tuple, boundary_events)),
        interrupts=tuple(node.interrupts for node in nodes),
        is_optional=tuple(node.is_optional for node in nodes),
        is_conditional=tuple(flow.is_conditional for flow in flows),
        is_default=tuple(flow.is_default for flow in flows),
        budget={number: flow.budget for number, flow in enumerate(flows) if flow.budget is not None},
        first_of=tuple(first_of),
        triggers=tuple(Signal(number_of[one], number_of[other]) for one, other in triggers),
        waits=tuple(Signal(number_of[one], number_of[other]) for one, other in waits),
        top=tuple(top),
    )
