"""The token game of a process: which nodes can execute when, as transitions over a marking in one integer.

A marking is a set of places, one bit each: the flows, and a few places of the game itself (the beginning, the
inside of a running sub-process, a mark that a waiting handover left). Meaning of the elements: BPMN 2.0.2
(OMG formal/13-12-09) chapter 13, with the choices that the library documents: conditions are not evaluated,
messages, timers and signals eventually happen, a task with several incoming flows joins exclusively.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from ankunft_model.graph.workflow_graph import WorkflowGraph, build_workflow_graph
from ankunft_model.model import Activity, Event, Gateway, Process, SubProcess

MAX_INCLUSIVE_WAYS: Final = 10
"""An inclusive gateway with more ways than this is played with all ways or a single one."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One move of the game.

    Attributes:
        executes: Indices of the nodes that execute, in order; all of them complete.
        interrupts: Index of the step that an interrupting boundary event stops instead of letting it complete, or -1.
        consumes: Places that lose their token.
        requires: Places that must hold a token and keep it.
        inhibited_by: Places that must be empty.
        clears: Places that lose a token if they hold one.
        produces: Places that gain a token; one that already holds a token is a lack of synchronization.
        marks: Places of waiting handovers that are marked; marks do not add up.
        takes: Flows chosen where the node decides, in order; empty where it does not.
        cluster: Moves with the same cluster compete for the same tokens.
    """

    executes: tuple[int, ...]
    consumes: int
    produces: int
    cluster: int
    interrupts: int = -1
    requires: int = 0
    inhibited_by: int = 0
    clears: int = 0
    marks: int = 0
    takes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenGame:
    """All moves of one process.

    Attributes:
        graph: The workflow graph; place `f` is flow `f`.
        place_count: Number of places; those beyond the flows belong to the game itself.
        transitions: All moves, in the order of the nodes.
        initial: The marking at the beginning.
        passive: Places whose tokens do not keep a run from being complete: marks, armed boundary events.
        is_exact: False if the game leaves out combinations of a very wide inclusive gateway, or cannot see what
            another process contributes.
        by_place: Moves by the lowest of the places that they consume or require.
    """

    graph: WorkflowGraph
    place_count: int
    transitions: tuple[Transition, ...]
    initial: int
    passive: int
    is_exact: bool
    by_place: tuple[tuple[int, ...], ...]

    def enabled(self, marking: int) -> Iterator[Transition]:
        """Yield the moves that are possible in `marking`, grouped by place."""
        rest = marking
        while rest:
            lowest = rest & -rest
            for index in self.by_place[lowest.bit_length() - 1]:
                move = self.transitions[index]
                needed = move.consumes | move.requires
                if marking & needed == needed and not marking & move.inhibited_by:
                    yield move
            rest ^= lowest

    def fire(self, marking: int, move: Transition) -> tuple[int, int]:
        """Return the marking after `move` and the places that would hold two tokens then."""
        remaining = marking & ~move.consumes & ~move.clears
        return remaining | move.produces | move.marks, remaining & move.produces

    def is_complete(self, marking: int) -> bool:
        """Return whether no token is left in `marking`."""
        return not marking & ~self.passive


def build_token_game(process: Process, *started: Process) -> TokenGame:
    """Return the token game of `process`, played together with the processes that its handovers start."""
    return _Game(build_workflow_graph(process, *started)).build()


class _Game:
    """Collects places and moves; used once."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self.graph = graph
        self.place_count = len(self.graph.flows)
        self.moves: list[Transition] = []
        self.passive = 0
        self.is_exact = True
        self.waits_of: dict[int, int] = {}
        self.marks_of: dict[int, int] = {}
        self.feed_of: dict[int, int] = {}
        self.active_of: dict[int, int] = {}
        self.armed_of: dict[int, int] = {}
        self.joins: list[tuple[int, int]] = []
        self.triggered_by: dict[int, int] = {}
        self.started_by: dict[int, int] = {}

    def build(self) -> TokenGame:
        graph = self.graph
        self._add_marks()
        begin = self._place()
        for node, element in enumerate(graph.nodes):
            if isinstance(element, SubProcess):
                self.active_of[node] = self._place()
                for event in graph.boundary_events[node]:
                    if isinstance(boundary := graph.nodes[event], Event) and not boundary.interrupting:
                        self.armed_of[event] = self._place()
                        self.passive |= self.armed_of[event]
        for parent in (-1, *self.active_of):
            entries = graph.entries_of(parent)
            if not any(graph.is_start(node) for node in entries):
                for node in entries:
                    self.feed_of[node] = self._place()
        self._add_entry(-1, begin, cluster=len(graph.nodes))
        self._add_triggered_starts()
        for node, element in enumerate(graph.nodes):
            if isinstance(element, Gateway):
                self._add_gateway(node, element)
            elif isinstance(element, SubProcess):
                self._add_sub_process(node)
            elif isinstance(element, Activity):
                self._add_step(node, element)
            else:
                self._add_event(node, element)
        self._let_inclusive_joins_wait()
        by_place: list[list[int]] = [[] for _ in range(self.place_count)]
        for index, move in enumerate(self.moves):
            needed = move.consumes | move.requires
            by_place[(needed & -needed).bit_length() - 1].append(index)
        return TokenGame(
            graph=graph,
            place_count=self.place_count,
            transitions=tuple(self.moves),
            initial=begin,
            passive=self.passive,
            is_exact=self.is_exact,
            by_place=tuple(map(tuple, by_place)),
        )

    def _place(self) -> int:
        self.place_count += 1
        return 1 << (self.place_count - 1)

    def _add_marks(self) -> None:
        """Give each waiting handover a mark, and each one that starts a process a token for the start event."""
        index_of = self.graph.index_of
        for process in self.graph.processes:
            for handover in process.handovers or ():
                sender = index_of.get(handover.from_node or "")
                receiver = index_of.get(handover.to_node or "")
                if receiver is None or not (handover.waits or handover.triggers):
                    continue
                if sender is None:
                    self.is_exact = False  # what another process contributes is taken as given
                    continue
                place = self._place()
                if handover.triggers:
                    self.started_by[sender] = self.started_by.get(sender, 0) | place
                    self.triggered_by[receiver] = self.triggered_by.get(receiver, 0) | place
                else:
                    self.passive |= place
                    self.marks_of[sender] = self.marks_of.get(sender, 0) | place
                    self.waits_of[receiver] = self.waits_of.get(receiver, 0) | place

    def _add_triggered_starts(self) -> None:
        for start, places in self.triggered_by.items():
            for place in _bits(places):
                for produces, takes in self._output_choices(start):
                    move = Transition(
                        executes=(start,),
                        consumes=1 << place | self.waits_of.get(start, 0),
                        produces=produces,
                        marks=self.marks_of.get(start, 0),
                        takes=takes,
                        cluster=start,
                    )
                    self.moves.append(move)

    def _inputs(self, node: int) -> list[int]:
        places = [1 << flow for flow in self.graph.incoming[node]]
        return [*places, self.feed_of[node]] if node in self.feed_of else places

    def _outputs(self, node: int) -> int:
        places = self.started_by.get(node, 0)
        for flow in self.graph.outgoing[node]:
            places |= 1 << flow
        return places

    def _output_choices(self, node: int) -> list[tuple[int, tuple[int, ...]]]:
        """Return what a step or event puts tokens on: all flows, or the subsets that conditions allow."""
        flows = self.graph.outgoing[node]
        conditioned = [
            f for f in flows if self.graph.flows[f].flow.when is not None and not self.graph.flows[f].flow.default
        ]
        if not conditioned:
            return [(self._outputs(node), ())]
        always = self.started_by.get(node, 0)
        always |= sum(1 << f for f in flows if f not in conditioned and not self.graph.flows[f].flow.default)
        default = [f for f in flows if self.graph.flows[f].flow.default]
        choices = [(always | sum(1 << f for f in subset), subset) for subset in self._subsets(conditioned)]
        choices += [(always | 1 << f, (f,)) for f in default]
        return choices

    def _subsets(self, flows: list[int]) -> list[tuple[int, ...]]:
        if len(flows) > MAX_INCLUSIVE_WAYS:
            self.is_exact = False
            return [*((flow,) for flow in flows), tuple(flows)]
        return [subset for size in range(1, len(flows) + 1) for subset in combinations(flows, size)]

    def _add_entry(self, parent: int, consumes: int, *, cluster: int, produces: int = 0) -> None:
        """Add the moves that begin the process (-1) or the inside of a sub-process."""
        entries = self.graph.entries_of(parent)
        starts = [node for node in entries if self.graph.is_start(node)]
        for start in starts:
            for places, takes in self._output_choices(start):
                move = Transition(
                    executes=(start,),
                    consumes=consumes | self.waits_of.get(start, 0),
                    produces=places | produces,
                    marks=self.marks_of.get(start, 0),
                    takes=takes,
                    cluster=cluster,
                )
                self.moves.append(move)
        if not starts:
            fed = 0
            for node in entries:
                fed |= self.feed_of[node]
            self.moves.append(Transition(executes=(), consumes=consumes, produces=fed | produces, cluster=cluster))

    def _add_step(self, node: int, step: Activity) -> None:
        for place in self._inputs(node):
            base = Transition(
                executes=(node,),
                consumes=place | self.waits_of.get(node, 0),
                produces=0,
                marks=self.marks_of.get(node, 0),
                cluster=node,
            )
            for produces, takes in self._output_choices(node):
                self.moves.append(replace(base, produces=produces, takes=takes))
                if step.repeats is not None and step.repeats.min == 0:
                    self.moves.append(replace(base, executes=(), produces=produces, takes=takes, marks=0))
            for event in self.graph.boundary_events[node]:
                self._add_boundary(node, event, base)

    def _add_boundary(self, node: int, event: int, base: Transition) -> None:
        boundary = self.graph.nodes[event]
        marks = self.marks_of.get(event, 0)
        outputs = self._outputs(event)
        if isinstance(boundary, Event) and boundary.interrupting:
            self.moves.append(
                replace(base, executes=(event,), interrupts=node, produces=outputs, marks=marks, takes=())
            )
        else:
            for produces, takes in self._output_choices(node):
                self.moves.append(
                    replace(
                        base,
                        executes=(event, node),
                        produces=produces | outputs,
                        marks=base.marks | marks,
                        takes=takes,
                    )
                )

    def _add_sub_process(self, node: int) -> None:
        graph = self.graph
        active = self.active_of[node]
        inside = self._places_inside(node)
        armed = sum(self.armed_of[event] for event in graph.boundary_events[node] if event in self.armed_of)
        for place in self._inputs(node):
            self._add_entry(node, place | self.waits_of.get(node, 0), cluster=node, produces=active | armed)
        for produces, takes in self._output_choices(node):
            done = Transition(
                executes=(node,),
                consumes=active,
                inhibited_by=inside,
                clears=armed,
                produces=produces,
                marks=self.marks_of.get(node, 0),
                takes=takes,
                cluster=len(graph.nodes) + 1 + node,
            )
            self.moves.append(done)
        for event in graph.boundary_events[node]:
            boundary = Transition(
                executes=(event,),
                consumes=active,
                clears=inside | armed,
                produces=self._outputs(event),
                marks=self.marks_of.get(event, 0),
                interrupts=node,
                cluster=len(graph.nodes) + 1 + node,
            )
            if event in self.armed_of:
                boundary = replace(boundary, consumes=self.armed_of[event], requires=active, clears=0, interrupts=-1)
            self.moves.append(boundary)

    def _places_inside(self, node: int) -> int:
        graph = self.graph
        inner = {node}
        places = 0
        for other in range(node + 1, len(graph.nodes)):
            if graph.parent[other] not in inner:
                continue
            inner.add(other)
            places |= self._outputs(other) | self.feed_of.get(other, 0) | self.active_of.get(other, 0)
        return places

    def _add_event(self, node: int, event: Event | object) -> None:
        graph = self.graph
        if not isinstance(event, Event) or event.type in ("start", "boundary"):
            return
        ends_all = event.type == "end" and event.trigger == "terminate"
        scope = 0
        if ends_all:
            scope = (
                self._places_inside(graph.parent[node])
                if graph.parent[node] >= 0
                else (1 << self.place_count) - 1 & ~self.passive
            )
        for place in self._inputs(node):
            for produces, takes in self._output_choices(node):
                self.moves.append(
                    Transition(
                        executes=(node,),
                        consumes=place | self.waits_of.get(node, 0),
                        clears=scope,
                        produces=produces,
                        marks=self.marks_of.get(node, 0),
                        takes=takes,
                        cluster=node,
                    )
                )

    def _add_gateway(self, node: int, gateway: Gateway) -> None:
        inputs = self._inputs(node)
        flows = list(self.graph.outgoing[node])
        marks, waits = self.marks_of.get(node, 0), self.waits_of.get(node, 0)
        if gateway.type == "parallel":
            consumes = sum(inputs) | waits
            if inputs:
                self.moves.append(
                    Transition(
                        executes=(node,), consumes=consumes, produces=self._outputs(node), marks=marks, cluster=node
                    )
                )
            return
        ways: list[tuple[int, tuple[int, ...]]]
        if gateway.type == "inclusive" and len(flows) > 1:
            ways = self._inclusive_ways(flows)
        elif len(flows) > 1:
            ways = [(1 << flow | self.started_by.get(node, 0), (flow,)) for flow in flows]
        else:
            ways = [(self._outputs(node), ())]
        entries = inputs
        if gateway.type == "inclusive" and len(inputs) > 1:
            entries = self._inclusive_entries(inputs)
        for consumes in entries:
            for produces, takes in ways:
                move = Transition(
                    executes=(node,),
                    consumes=consumes | waits,
                    produces=produces,
                    marks=marks,
                    takes=takes,
                    cluster=node,
                )
                if gateway.type == "inclusive" and len(inputs) > 1:
                    self.joins.append((len(self.moves), node))
                self.moves.append(move)

    def _inclusive_ways(self, flows: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        default = [flow for flow in flows if self.graph.flows[flow].flow.default]
        conditioned = [flow for flow in flows if flow not in default]
        ways = [(sum(1 << flow for flow in subset), subset) for subset in self._subsets(conditioned)]
        return ways + [(1 << flow, (flow,)) for flow in default]

    def _inclusive_entries(self, inputs: list[int]) -> list[int]:
        if len(inputs) > MAX_INCLUSIVE_WAYS:
            self.is_exact = False
            return [*inputs, sum(inputs)]
        return [sum(chosen) for size in range(1, len(inputs) + 1) for chosen in combinations(inputs, size)]

    def _let_inclusive_joins_wait(self) -> None:
        """An inclusive join waits for every token that can still arrive at an input that has none yet."""
        if not self.joins:
            return
        before: list[set[int]] = [set() for _ in range(self.place_count)]
        clusters: list[list[tuple[int, int]]] = [[] for _ in range(self.place_count)]
        for move in self.moves:
            for target in _bits(move.produces):
                for place in _bits(move.consumes | move.requires):
                    before[target].add(place)
                    clusters[target].append((place, move.cluster))
        for index, node in self.joins:
            move = self.moves[index]
            unmarked = [place for place in self._inputs(node) if not place & move.consumes]
            blocked = 0
            stack = [place.bit_length() - 1 for place in unmarked]
            seen = set(stack)
            while stack:
                place = stack.pop()
                blocked |= 1 << place
                for earlier, cluster in clusters[place]:
                    if cluster != node and earlier not in seen:
                        seen.add(earlier)
                        stack.append(earlier)
            self.moves[index] = replace(move, inhibited_by=blocked & ~move.consumes)


def _bits(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
