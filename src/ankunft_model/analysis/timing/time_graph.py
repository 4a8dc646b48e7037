"""A process as vertices and edges with times: the beginning and the completion of every node, and what leads where.

Vertex `2n` is the arrival at node `n`, vertex `2n + 1` its completion; the last vertex is the beginning of the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis.timing.spent_time import NO_TIME, Spent, time_of_boundary, time_of_node, time_of_part
from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import Activity, Event, Gateway, Handover, SubProcess

Gathering: TypeAlias = Literal["any", "all", "or"]
"""How edges belong together: one of them, all of them, or any subset."""

_SPLIT_OF_GATEWAY: Final[Mapping[str, Gathering]] = {"parallel": "all", "inclusive": "or"}

MAX_PATHS_OF_LATENCY: Final = 1_000
"""So many gateways are looked at behind the sender of a handover to find the step that it arrives at."""


@dataclass(frozen=True, slots=True)
class TimeEdge:
    """Something that takes time between two vertices.

    Attributes:
        node: The node whose time it is, or -1 for what lies between nodes.
        place: Path of what states the time: of the node, the flow or the handover; empty for no time.
        budget: So many times it may be used in a run; None: as often as one likes.
        is_side: Whether it only holds up (a waiting handover), without being a way of the flow.
    """

    source: int
    target: int
    time: Spent
    node: int = -1
    place: str = ""
    budget: int | None = None
    is_side: bool = False


@dataclass(frozen=True, slots=True)
class TimeGraph:
    """All edges of one group of processes.

    Attributes:
        graph: The workflow graph.
        edges: All edges, in the order of the nodes.
        leaving, entering: Indices of edges by vertex.
        joins, splits: How the edges into an arrival, and out of a completion, belong together, by node.
        times: The time of each node.
        can_skip: Nodes that a token may pass without executing them.
        is_plain: False if something in it has no exact counterpart in the recursion over blocks: waiting handovers,
            latencies over joins, non-interrupting events, mixed conditions, decisions that share a question, steps that
            may be left out and start a process, or what ends tokens elsewhere.
        ends_others: Whether something ends what goes on elsewhere, so that it matters what comes first: an end that
            terminates while others are under way, an interrupted sub-process.
    """

    graph: WorkflowGraph
    edges: tuple[TimeEdge, ...]
    leaving: tuple[tuple[int, ...], ...]
    entering: tuple[tuple[int, ...], ...]
    joins: tuple[Gathering, ...]
    splits: tuple[Gathering, ...]
    times: tuple[Spent, ...]
    can_skip: frozenset[int]
    is_plain: bool
    ends_others: bool

    @property
    def begin(self) -> int:
        """The vertex of the beginning."""
        return 2 * len(self.graph.nodes)


def build_time_graph(graph: WorkflowGraph, handovers: Iterable[Handover]) -> TimeGraph:
    """Return the time graph of a group of processes with the handovers between their nodes."""
    return _Building(graph, tuple(handovers)).build()


class _Building:
    """Collects the edges; used once."""

    def __init__(self, graph: WorkflowGraph, handovers: tuple[Handover, ...]) -> None:
        self.graph = graph
        self.edges: list[TimeEdge] = []
        self.is_plain = True
        index_of = graph.index_of
        self.handovers = [
            (index_of[handover.from_node or ""], index_of[handover.to_node or ""], handover)
            for handover in handovers
            if handover.from_node in index_of and handover.to_node in index_of
        ]
        sent_for = {receiver for _, receiver, handover in self.handovers if handover.waits}
        self.times = [time_of_node(node, is_sent_for=number in sent_for) for number, node in enumerate(graph.nodes)]
        self.delay_of: dict[int, Spent] = {}
        for number, line in enumerate(graph.flows):
            if line.flow.delay is not None:
                self.delay_of[number] = time_of_part(line.flow.delay, "delay", is_waiting=True)
        self.can_skip = frozenset(
            number
            for number, node in enumerate(graph.nodes)
            if isinstance(node, Activity) and node.repeats is not None and node.repeats.min == 0
        )

    def build(self) -> TimeGraph:
        graph = self.graph
        self._add_latencies()
        for number in range(len(graph.nodes)):
            self._add_node(number)
        splits: tuple[Gathering, ...] = tuple(self._split(number) for number in range(len(graph.nodes)))
        terminates = any(isinstance(node, Event) and node.trigger == "terminate" for node in graph.nodes)
        ends_others = terminates and self._has_several_tokens(splits)
        interrupted = any(
            isinstance(graph.nodes[host], SubProcess) and isinstance(event, Event) and event.interrupting
            for event, host in zip(graph.nodes, graph.host, strict=True)
            if host >= 0
        )
        begin = 2 * len(graph.nodes)
        for number in graph.entries_of(-1):
            self._add(begin, 2 * number)
        leaving: list[list[int]] = [[] for _ in range(begin + 1)]
        entering: list[list[int]] = [[] for _ in range(begin + 1)]
        for index, edge in enumerate(self.edges):
            leaving[edge.source].append(index)
            entering[edge.target].append(index)
        return TimeGraph(
            graph=graph,
            edges=tuple(self.edges),
            leaving=tuple(map(tuple, leaving)),
            entering=tuple(map(tuple, entering)),
            joins=tuple(self._join(number) for number in range(len(graph.nodes))),
            splits=splits,
            times=tuple(self.times),
            can_skip=self.can_skip,
            is_plain=self.is_plain and not ends_others and not _share_a_question(graph),
            ends_others=ends_others or interrupted,
        )

    def _has_several_tokens(self, splits: tuple[Gathering, ...]) -> bool:
        """Return whether tokens can be under way at several places at once."""
        graph = self.graph
        scopes = [-1, *(n for n, node in enumerate(graph.nodes) if isinstance(node, SubProcess))]
        entries = [graph.entries_of(scope) for scope in scopes]
        return (
            any(len(graph.outgoing[n]) > 1 and kind != "any" for n, kind in enumerate(splits))
            or any(len(found) > 1 and not all(map(graph.is_start, found)) for found in entries)
            or any(handover.triggers for _, _, handover in self.handovers)
            or any(isinstance(e, Event) and e.type == "boundary" and not e.interrupting for e in graph.nodes)
        )

    def _add(self, source: int, target: int, time: Spent = NO_TIME, **more: object) -> None:
        self.edges.append(TimeEdge(source, target, time, **more))  # type: ignore[arg-type]  # the fields of an edge

    def _add_node(self, number: int) -> None:
        graph = self.graph
        node = graph.nodes[number]
        arrive, done = 2 * number, 2 * number + 1
        inner = graph.entries_of(number) if isinstance(node, SubProcess) else ()
        if inner:
            for entry in inner:
                self._add(arrive, 2 * entry)
        elif not (isinstance(node, Event) and node.type == "boundary"):
            self._add(arrive, done, self.times[number], node=number)
        if graph.parent[number] >= 0 and not graph.outgoing[number]:
            outer = graph.parent[number]
            self._add(done, 2 * outer + 1, self.times[outer], node=outer)
        for event in graph.boundary_events[number]:
            boundary = graph.nodes[event]
            if isinstance(boundary, Event):
                time = time_of_boundary(boundary, None if inner else self.times[number])
                self.is_plain = self.is_plain and boundary.interrupting
                self.times[event] = time
                self._add(arrive, 2 * event + 1, time, node=event)
        for flow in graph.outgoing[number]:
            repeats = graph.flows[flow].flow.repeats
            self._add(
                done,
                2 * graph.target[flow],
                self.delay_of.get(flow, NO_TIME),
                place=f"flow:{graph.flows[flow].id}" if flow in self.delay_of else "",
                budget=None if repeats is None else repeats.max,
            )

    def _add_latencies(self) -> None:
        """Put the latency of each handover on the flow it lies on; add edges for those that start or hold up."""
        on_flows: dict[tuple[int, int], Spent] = {}
        named: dict[tuple[int, int], str] = {}
        for sender, receiver, handover in self.handovers:
            latency = time_of_part(handover.latency, "latency", is_waiting=True)
            if handover.triggers:
                self._add(2 * sender + 1, 2 * receiver, latency, place=f"handover:{handover.id}")
                self.is_plain = self.is_plain and sender not in self.can_skip  # what is left out starts nothing
            elif handover.waits:
                self._add(2 * sender + 1, 2 * receiver, latency, place=f"handover:{handover.id}", is_side=True)
                self.is_plain = False
            elif handover.latency is not None:
                on_flows[sender, receiver] = on_flows.get((sender, receiver), NO_TIME).beside(latency)
                named.setdefault((sender, receiver), f"handover:{handover.id}")
        delays = dict(self.delay_of)
        for (sender, receiver), latency in on_flows.items():
            self._add_latency(sender, receiver, named[sender, receiver], latency, delays)

    def _add_latency(self, sender: int, receiver: int, place: str, latency: Spent, delays: Mapping[int, Spent]) -> None:
        graph = self.graph
        direct = [flow for flow in graph.outgoing[sender] if graph.target[flow] == receiver]
        last, is_alone, delay = direct, True, NO_TIME
        if not direct:
            last, is_alone, delay = _ways_through_gateways(graph, sender, receiver, delays)
        if is_alone:
            for flow in last:
                self.delay_of[flow] = self.delay_of.get(flow, NO_TIME) + latency
        elif last:
            self.is_plain = False
            self._add(2 * sender + 1, 2 * receiver, delay + latency, place=place, is_side=True)

    def _join(self, number: int) -> Gathering:
        node = self.graph.nodes[number]
        if isinstance(node, Gateway) and node.type in ("parallel", "inclusive"):
            return "all" if node.type == "parallel" else "or"
        return "any"

    def _split(self, number: int) -> Gathering:
        graph = self.graph
        node = graph.nodes[number]
        if isinstance(node, Gateway):
            return _SPLIT_OF_GATEWAY.get(node.type, "any")
        flows = [graph.flows[flow].flow for flow in graph.outgoing[number]]
        conditioned = [flow for flow in flows if flow.when is not None and not flow.default]
        if not conditioned:
            return "all"
        if len(conditioned) < len(flows):
            self.is_plain = False
        return "or"


def _share_a_question(graph: WorkflowGraph) -> bool:
    """Return whether what one decision answers binds another one."""
    questions = [
        node.question
        for number, node in enumerate(graph.nodes)
        if isinstance(node, Gateway) and node.type == "exclusive" and node.question and len(graph.outgoing[number]) > 1
    ]
    return len(set(questions)) < len(questions)


def _ways_through_gateways(
    graph: WorkflowGraph, sender: int, receiver: int, delay_of: Mapping[int, Spent]
) -> tuple[list[int], bool, Spent]:
    """Return the flows over which gateways lead from one node to another, and whether only the first uses them.

    The third is the longest delay on the way, as far as flows state one.
    """
    last: list[int] = []
    is_alone = True
    longest = NO_TIME
    seen = {sender}
    stack: list[tuple[int, Spent]] = [(sender, NO_TIME)]
    while stack and len(seen) < MAX_PATHS_OF_LATENCY:
        node, delay = stack.pop()
        for flow in graph.outgoing[node]:
            target = graph.target[flow]
            so_far = delay + delay_of.get(flow, NO_TIME)
            if target == receiver:
                last.append(flow)
                longest = so_far if so_far.stated > longest.stated else longest
                is_alone = is_alone and node != sender
            elif isinstance(graph.nodes[target], Gateway) and target not in seen:
                seen.add(target)
                is_alone = is_alone and len(graph.incoming[target]) == 1
                stack.append((target, so_far))
    return last, is_alone, longest
