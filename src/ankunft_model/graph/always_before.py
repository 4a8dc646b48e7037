"""What has surely been executed before a node, on every run that executes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from ankunft_model.graph.workflow_graph import WorkflowGraph
from ankunft_model.model import Activity, AnyNode, Event, Gateway


class _Way(NamedTuple):
    """A way to a node: behind `node` if it has to complete first, else beside it."""

    node: int
    is_completed: bool


class AlwaysBefore:
    """Answers whether a watched node has been executed before another one, on every run.

    It errs on the safe side only: where it says yes that holds on every run; behind inclusive joins it may say no
    although it holds. The nodes watched are numbered, and what surely came before a node is one integer with a bit for
    each of them: ways that come together keep what they share, a parallel join and a waiting handover add up.

    Args:
        graph: The process, with those that it starts.
        watched: Indices of the nodes that are asked about.
    """

    def __init__(self, graph: WorkflowGraph, watched: Iterable[int]) -> None:
        sure = (node for node in dict.fromkeys(watched) if not _may_be_left_out(graph.nodes[node]))
        self._bit_of = {node: 1 << number for number, node in enumerate(sure)}
        self._graph = graph
        self._ways, self._awaited = _ways(graph)
        self._ends: dict[int, list[int]] = {}
        for node, element in enumerate(graph.nodes):
            is_end = isinstance(element, Event) and element.type == "end"
            if is_end and graph.parent[node] >= 0 and graph.entries_of(graph.parent[node]):
                self._ends.setdefault(graph.parent[node], []).append(node)
        self._before = [(1 << len(self._bit_of)) - 1] * len(graph.nodes)
        self._settle()

    def is_before(self, node: int, other: int) -> bool:
        """Return whether `node`, which is watched, has been executed on every run when `other` begins."""
        return bool(self._before[other] & self._bit_of.get(node, 0))

    def is_unavoidable(self, node: int) -> bool:
        """Return whether no run reaches an end event of the entry process before it has executed `node`."""
        first = self._graph.first_of[1] if len(self._graph.first_of) > 1 else len(self._graph.nodes)
        ends = [
            index
            for index, element in enumerate(self._graph.nodes[:first])
            if self._graph.parent[index] < 0 and isinstance(element, Event) and element.type == "end"
        ]
        return bool(ends) and all(self.is_before(node, end) for end in ends)

    def _settle(self) -> None:
        """Lower the sets until they agree; what is left holds by induction on the length of a run."""
        followers: dict[int, list[int]] = {}
        for node, ways in enumerate(self._ways):
            for before in (*(way.node for way in ways), *self._awaited[node]):
                followers.setdefault(before, []).append(node)
        queue = deque(range(len(self._before)))
        waiting = set(queue)
        while queue:
            node = queue.popleft()
            waiting.discard(node)
            found = self._found(node)
            if found == self._before[node]:
                continue
            self._before[node] = found
            inside = self._graph.parent[node]
            for later in (*followers.get(node, ()), *(followers.get(inside, ()) if inside >= 0 else ())):
                if later not in waiting:
                    waiting.add(later)
                    queue.append(later)

    def _found(self, node: int) -> int:
        ways = [self._behind(way) for way in self._ways[node]]
        element = self._graph.nodes[node]
        found = ways[0] if ways else 0
        for other in ways[1:]:
            found = found | other if isinstance(element, Gateway) and element.type == "parallel" else found & other
        for sender in self._awaited[node]:
            found |= self._behind(_Way(sender, is_completed=True))
        return found

    def _behind(self, way: _Way) -> int:
        found = self._before[way.node]
        if not way.is_completed:
            return found
        ends = [self._before[end] | self._bit_of.get(end, 0) for end in self._ends.get(way.node, ())]
        inside = ends[0] if ends else 0
        for other in ends[1:]:
            inside &= other
        return found | inside | self._bit_of.get(way.node, 0)


def _may_be_left_out(node: AnyNode) -> bool:
    """Whether the node may be passed without being executed."""
    return isinstance(node, Activity) and node.repeats is not None and node.repeats.min == 0


def _ways(graph: WorkflowGraph) -> tuple[list[list[_Way]], list[list[int]]]:
    """Return the ways to each node, and the senders of the handovers that each node waits for."""
    ways: list[list[_Way]] = [
        [_Way(graph.source[flow], is_completed=True) for flow in graph.incoming[node]]
        for node in range(len(graph.nodes))
    ]
    awaited: list[list[int]] = [[] for _ in graph.nodes]
    for node in range(len(graph.nodes)):
        if graph.host[node] >= 0:
            ways[node].append(_Way(graph.host[node], is_completed=False))
        for entry in graph.entries_of(node):
            ways[entry].append(_Way(node, is_completed=False))
    for process in graph.processes:
        for handover in process.handovers or ():
            sender = graph.index_of.get(handover.from_node or "")
            receiver = graph.index_of.get(handover.to_node or "")
            if sender is None or receiver is None or handover.channel == ():
                continue
            if handover.triggers:
                ways[receiver].append(_Way(sender, is_completed=True))
            elif handover.waits:
                awaited[receiver].append(sender)
    return ways, awaited
