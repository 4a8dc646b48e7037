"""The workflow graph of a process in flat integer arrays: nodes and flows by index, sub-processes opened up.

A process may bring along the processes that its handovers start; they are played together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from ankunft_model.graph.handover_homes import processes_with_their_handovers
from ankunft_model.model import AnyNode, ArrivalModel, Event, Process, SequenceFlow, SubProcess


@dataclass(frozen=True, slots=True)
class WorkflowGraph:
    """Nodes and flows of one process and of those it starts, numbered in the order of the file.

    A sub-process is a node; its inner nodes follow it and name it as their `parent`.

    Attributes:
        processes: The entry process first, then the processes that handovers start.
        nodes: All nodes, also those of sub-processes.
        index_of: Index of a node by its id.
        flows: All flows; `source[f]` and `target[f]` are the indices of the ends of flow `f`.
        outgoing, incoming: Flow indices by node, in the order of the file.
        parent: Index of the enclosing sub-process by node, or -1.
        boundary_events: Indices of the boundary events that sit on a node, by node.
        host: Index of the node on which a boundary event sits, by event; -1 for other nodes.
        first_of: Index of the first node of each process.
    """

    processes: tuple[Process, ...]
    nodes: tuple[AnyNode, ...]
    index_of: dict[str, int]
    flows: tuple[SequenceFlow, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]
    outgoing: tuple[tuple[int, ...], ...]
    incoming: tuple[tuple[int, ...], ...]
    parent: tuple[int, ...]
    boundary_events: tuple[tuple[int, ...], ...]
    host: tuple[int, ...]
    first_of: tuple[int, ...]

    def is_start(self, node: int) -> bool:
        """Return whether the node is a start event."""
        found = self.nodes[node]
        return isinstance(found, Event) and found.type == "start"

    def reachable_from(self, starts: Iterable[int]) -> frozenset[int]:
        """Return the nodes that flows lead to from `starts`, these included.

        A boundary event is reached with its host, the inside of a sub-process with the sub-process.
        """
        seen = set(starts)
        stack = list(seen)
        while stack:
            node = stack.pop()
            for next_ in (
                *(self.target[flow] for flow in self.outgoing[node]),
                *self.boundary_events[node],
                *(inner for inner in self.entries_of(node)),
            ):
                if next_ not in seen:
                    seen.add(next_)
                    stack.append(next_)
        return frozenset(seen)

    def entry_points(self) -> frozenset[int]:
        """Return where runs begin: the entries of the entry process, and the start events of those it starts."""
        started = {node for node in range(len(self.nodes)) if self.is_start(node) and self.parent[node] < 0}
        first = self.first_of[1] if len(self.first_of) > 1 else len(self.nodes)
        return frozenset(self.entries_of(-1)) | {node for node in started if node >= first}

    def entries_of(self, parent: int) -> tuple[int, ...]:
        """Return where the inside of a sub-process begins; of the entry process itself for -1.

        These are its start events; without any, all nodes to which no flow leads.
        """
        if parent >= 0:
            around = self.nodes[parent]
            inner = [self.index_of[id_] for id_ in around.nodes] if isinstance(around, SubProcess) else []
        else:
            stop = len(self.nodes) if len(self.first_of) < 2 else self.first_of[1]
            inner = [node for node in range(stop) if self.parent[node] < 0]
        starts = tuple(node for node in inner if self.is_start(node))
        return starts or tuple(
            node
            for node in inner
            if not self.incoming[node]
            and not (isinstance(event := self.nodes[node], Event) and event.type == "boundary")
        )


def build_workflow_graph(process: Process, *started: Process) -> WorkflowGraph:
    """Return the workflow graph of `process` together with the processes that its handovers start."""
    processes = (process, *started)
    nodes = tuple(node for part in processes for node in part.all_nodes)
    first_of = tuple(accumulate((len(part.all_nodes) for part in processes[:-1]), initial=0))
    index_of = {node.id: index for index, node in enumerate(nodes)}
    flows = tuple(flow for part in processes for flow in part.flows)
    source = tuple(index_of[flow.source] for flow in flows)
    target = tuple(index_of[flow.target] for flow in flows)
    outgoing: list[list[int]] = [[] for _ in nodes]
    incoming: list[list[int]] = [[] for _ in nodes]
    for flow, (start, end) in enumerate(zip(source, target, strict=True)):
        outgoing[start].append(flow)
        incoming[end].append(flow)
    parent = [-1] * len(nodes)
    boundary_events: list[list[int]] = [[] for _ in nodes]
    host = [-1] * len(nodes)
    for index, node in enumerate(nodes):
        if isinstance(node, SubProcess):
            for inner in node.nodes:
                parent[index_of[inner]] = index
        if isinstance(node, Event) and node.type == "boundary" and node.attached_to is not None:
            host[index] = index_of[node.attached_to]
            boundary_events[host[index]].append(index)
    return WorkflowGraph(
        processes=processes,
        nodes=nodes,
        index_of=index_of,
        flows=flows,
        source=source,
        target=target,
        outgoing=tuple(map(tuple, outgoing)),
        incoming=tuple(map(tuple, incoming)),
        parent=tuple(parent),
        boundary_events=tuple(map(tuple, boundary_events)),
        host=tuple(host),
        first_of=first_of,
    )


def entry_processes(model: ArrivalModel) -> tuple[tuple[Process, ...], ...]:
    """Return each process that no handover starts, followed by the processes that are started from it.

    If every process is started by another one (a ring), the first of the file counts as entry. Each process has the
    handovers that leave from its nodes.
    """
    processes = processes_with_their_handovers(model)
    starts: dict[str, list[str]] = {}
    started: set[str] = set()
    for process in processes.values():
        for handover in process.handovers or ():
            target = model.process_of.get(handover.to_node or "")
            sender = model.process_of.get(handover.from_node or "")
            if handover.triggers and target is not None and sender is not None:
                starts.setdefault(sender.id, []).append(target.id)
                started.add(target.id)
    entries = [process for process in processes.values() if process.id not in started]
    groups: list[tuple[Process, ...]] = []
    covered: set[str] = set()
    for process in entries or list(processes.values())[:1]:
        found = {process.id: None}
        stack = [process.id]
        while stack:
            for next_ in starts.get(stack.pop(), ()):
                if next_ not in found:
                    found[next_] = None
                    stack.append(next_)
        covered.update(found)
        groups.append(tuple(processes[id_] for id_ in found))
    groups.extend((process,) for process in processes.values() if process.id not in covered)
    return tuple(groups)
