"""Where tokens lie beside the flows: what is active, what can happen beside it, where it begins, what starts it."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.graph.control_flow import SUB_PROCESSES, ControlFlow
from ankunft_model.graph.token_game import bits


class Places:
    """Counts the places that have been given away; those of the flows are the first.

    Example:
        >>> places = Places(3)
        >>> places.take(), places.take(), places.count
        (8, 16, 5)
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def take(self) -> int:
        """Return a new place, as a bit."""
        self.count += 1
        return 1 << (self.count - 1)


class NodePlaces:
    """The places of nodes and processes; made once, in the order of the control flow.

    Attributes:
        passive: Those whose tokens do not keep a run from being complete.
        feed_of: By node, where it begins as an entry.
        active_of: By step or sub-process, that it is at work.
        armed_of: By event, that it can still happen beside what is active.
        whole_of: By process, that it is at work, where event sub-processes belong to it.
        triggered_by: By start event, the places of what starts its process.
        started_by: By node, the places of the processes that it starts.
    """

    def __init__(self, graph: ControlFlow, places: Places, *, begun: int) -> None:
        self._graph = graph
        self._places = places
        self._begun = begun
        self.passive = 0
        self.feed_of: dict[int, int] = {}
        self.active_of: dict[int, int] = {}
        self.armed_of: dict[int, int] = {}
        self.whole_of: dict[int, int] = {}
        self.triggered_by: dict[int, int] = {}
        self.started_by: dict[int, int] = {}
        self._repeated_at: dict[int, list[tuple[int, int]]] = {}
        self._add_places_of_nodes()
        self._add_triggers()

    def inputs(self, node: int) -> list[int]:
        """Return the places whose token lets the node begin: its flows, the beginning, what starts its process."""
        places = [1 << flow for flow in self._graph.incoming[node]]
        if node in self.feed_of:
            places.append(self.feed_of[node])
        return [*places, *(1 << place for place in bits(self.triggered_by.get(node, 0)))]

    def outputs(self, node: int) -> int:
        """Return the places on which a node puts tokens that takes all of its flows."""
        places = self.started_by.get(node, 0)
        for flow in self._graph.outgoing[node]:
            places |= 1 << flow
        return places

    def places_of(self, node: int) -> int:
        """Return the places of a node itself."""
        return self.feed_of.get(node, 0) | self.active_of.get(node, 0) | self.triggered_by.get(node, 0)

    def inside(self, node: int) -> int:
        """Return the places of everything inside a sub-process, or of the whole process `-1 - node`."""
        graph = self._graph
        if node < 0:
            number = -1 - node
            last = graph.first_of[number + 1] if number + 1 < len(graph.first_of) else len(graph.ids)
            members: tuple[int, ...] = tuple(range(graph.first_of[number], last))
        else:
            members = graph.inside(node)
        places = self.whole_of.get(-1 - node, 0) if node < 0 else 0
        for member in members:
            places |= self.feed_of.get(member, 0) | self.active_of.get(member, 0) | self.armed_of.get(member, 0)
            places |= self.triggered_by.get(member, 0) if node < 0 else 0
            for flow in graph.outgoing[member]:
                places |= 1 << flow
        return places

    def ends_inside(self) -> Iterator[tuple[int, int]]:
        """Yield, for each sub-process, the place that says that it is active, and its ends as bits by node."""
        graph = self._graph
        for node, active in self.active_of.items():
            ends = sum(1 << inner for inner in graph.inside(node) if graph.kinds[inner] in ("end", "terminate"))
            if ends:
                yield active, ends

    def of_repeated(self, node: int) -> int:
        """Return the places of the processes that a node may start again: where a token says that one is at work."""
        running = 0
        for place, receiver in self._repeated_at.get(node, ()):
            running |= place | self.inside(-1 - self._graph.process_of(receiver))
        return running

    def _add_places_of_nodes(self) -> None:
        graph = self._graph
        for node, kind in enumerate(graph.kinds):
            beside = [event for event in graph.boundary_events[node] if not graph.interrupts[event]]
            if kind in SUB_PROCESSES or beside:
                self.active_of[node] = self._places.take()
            for event in (*beside, *((node,) if kind == "event_sub_process" else ())):
                self.armed_of[event] = self._places.take()
                self.passive |= self.armed_of[event]
        for number in range(len(graph.top)):
            if graph.event_sub_processes_of(-1, number):
                self.whole_of[number] = self._places.take()
        entries = [node for number in range(self._begun) for node in graph.entries_of(-1, number)]
        entries += [e for node, kind in enumerate(graph.kinds) if kind in SUB_PROCESSES for e in graph.entries_of(node)]
        for node in entries:
            self.feed_of[node] = self._places.take()
        if self._begun > 1:
            awaited = {receiver for _, receiver in graph.waits}
            self.passive |= sum(self.feed_of[node] for node in entries if node in awaited and graph.parent[node] < 0)

    def _add_triggers(self) -> None:
        """Give each handover that starts a process a place for the start."""
        for number, (sender, receiver) in enumerate(self._graph.triggers):
            place = self._places.take()
            if number in self._graph.repeated:
                self._repeated_at.setdefault(sender, []).append((place, receiver))
            self.started_by[sender] = self.started_by.get(sender, 0) | place
            self.triggered_by[receiver] = self.triggered_by.get(receiver, 0) | place
