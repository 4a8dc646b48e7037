"""How the elements of a process become moves of a token game.

Meaning of the elements: BPMN 2.0.2 (OMG formal/13-12-09) chapter 13, with the choices that the library documents:
conditions are not evaluated, messages, timers and signals eventually happen, a task with several incoming flows
joins exclusively.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from ankunft_model.graph.inclusive_joins import let_inclusive_joins_wait
from ankunft_model.graph.token_game import TokenGame, Transition, bits
from ankunft_model.graph.workflow_graph import WorkflowGraph, build_workflow_graph
from ankunft_model.model import Activity, Event, Gateway, Process, SubProcess

MAX_INCLUSIVE_WAYS: Final = 10
"""An inclusive gateway with more ways than this is played with all ways or a single one."""

MAX_MARKS: Final = 3
"""So many marks of one waiting handover are told apart; what comes on top is lost."""

MAX_BUDGET: Final = 20
"""A flow that may be taken more often than this counts as unbounded."""


def build_token_game(process: Process, *started: Process) -> TokenGame:
    """Return the token game of `process`, played together with the processes that its handovers start."""
    return _Building(build_workflow_graph(process, *started)).build()


@dataclass(frozen=True, slots=True)
class _Mark:
    """The places of one waiting handover: filled from the first on; `lost` if there were more."""

    places: tuple[int, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A move before marks and budgets are counted.

    Attributes:
        awaits: The node whose waiting handovers it needs a mark of, or -1.
        join: The inclusive join that it executes, or -1.
    """

    move: Transition
    awaits: int = -1
    join: int = -1


class _Building:
    """Collects places and moves; used once."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self.graph = graph
        self.place_count = len(self.graph.flows)
        self.drafts: list[_Draft] = []
        self.passive = 0
        self.lost = 0
        self.is_exact = True
        self.waits_of: dict[int, list[_Mark]] = {}
        self.marks_of: dict[int, list[_Mark]] = {}
        self.budget_of: dict[int, tuple[int, ...]] = {}
        self.feed_of: dict[int, int] = {}
        self.active_of: dict[int, int] = {}
        self.armed_of: dict[int, int] = {}
        self.triggered_by: dict[int, int] = {}
        self.started_by: dict[int, int] = {}

    def build(self) -> TokenGame:
        graph = self.graph
        begin = self._place()
        for node, element in enumerate(graph.nodes):
            beside = [event for event in graph.boundary_events[node] if not self._interrupts(event)]
            if isinstance(element, SubProcess) or beside:
                self.active_of[node] = self._place()
            for event in beside:
                self.armed_of[event] = self._place()
                self.passive |= self.armed_of[event]
        for parent in (-1, *(node for node, element in enumerate(graph.nodes) if isinstance(element, SubProcess))):
            for node in graph.entries_of(parent):
                self.feed_of[node] = self._place()
        self._add_handovers()
        initial = begin | self._add_budgets()
        self._add_entry(-1, begin, cluster=len(graph.nodes))
        for node, element in enumerate(graph.nodes):
            if isinstance(element, Gateway):
                self._add_gateway(node, element)
            elif isinstance(element, Activity):
                self._add_activity(node, element)
            elif element.type != "boundary":
                self._add_event(node, element)
        inputs_of = {draft.join: sum(self._inputs(draft.join)) for draft in self.drafts if draft.join >= 0}
        moves = let_inclusive_joins_wait([(draft.move, draft.join) for draft in self.drafts], inputs_of)
        counted = [
            variant
            for draft, move in zip(self.drafts, moves, strict=True)
            for variant in self._counted(move, draft.awaits)
        ]
        by_place: list[list[int]] = [[] for _ in range(self.place_count)]
        for index, move in enumerate(counted):
            needed = move.consumes | move.requires
            by_place[(needed & -needed).bit_length() - 1].append(index)
        return TokenGame(
            graph=graph,
            place_count=self.place_count,
            transitions=tuple(counted),
            initial=initial,
            passive=self.passive,
            lost=self.lost,
            is_exact=self.is_exact,
            by_place=tuple(map(tuple, by_place)),
        )

    # --- places -------------------------------------------------------------------------------------------------------

    def _place(self) -> int:
        self.place_count += 1
        return 1 << (self.place_count - 1)

    def _interrupts(self, event: int) -> bool:
        boundary = self.graph.nodes[event]
        return isinstance(boundary, Event) and boundary.interrupting

    def _add_handovers(self) -> None:
        """Give each waiting handover places for its marks, and each one that starts a process one for the start event.

        What comes from processes outside the game is taken as given, like a message.
        """
        index_of = self.graph.index_of
        for process in self.graph.processes:
            for handover in process.handovers or ():
                sender = index_of.get(handover.from_node or "")
                receiver = index_of.get(handover.to_node or "")
                if receiver is None or sender is None:
                    continue
                if handover.triggers:
                    place = self._place()
                    self.started_by[sender] = self.started_by.get(sender, 0) | place
                    self.triggered_by[receiver] = self.triggered_by.get(receiver, 0) | place
                elif handover.waits:
                    mark = _Mark(tuple(self._place() for _ in range(MAX_MARKS)), self._place())
                    self.passive |= sum(mark.places) | mark.lost
                    self.lost |= mark.lost
                    self.marks_of.setdefault(sender, []).append(mark)
                    self.waits_of.setdefault(receiver, []).append(mark)

    def _add_budgets(self) -> int:
        """Give each flow that may be taken a limited number of times that many tokens; return them."""
        given = 0
        for flow, line in enumerate(self.graph.flows):
            if line.flow.repeats is None:
                continue
            if line.flow.repeats.max > MAX_BUDGET:
                self.is_exact = False
                continue
            self.budget_of[flow] = tuple(self._place() for _ in range(line.flow.repeats.max))
            given |= sum(self.budget_of[flow])
        self.passive |= given
        return given

    def _inputs(self, node: int) -> list[int]:
        """Return the places whose token lets the node begin: its flows, the beginning, what starts its process."""
        places = [1 << flow for flow in self.graph.incoming[node]]
        if node in self.feed_of:
            places.append(self.feed_of[node])
        return [*places, *(1 << place for place in bits(self.triggered_by.get(node, 0)))]

    def _outputs(self, node: int) -> int:
        places = self.started_by.get(node, 0)
        for flow in self.graph.outgoing[node]:
            places |= 1 << flow
        return places

    def _places_inside(self, node: int) -> int:
        """Return the places of everything inside a sub-process, or of the whole process of node `-1 - first`."""
        graph = self.graph
        if node < 0:
            first = -1 - node
            last = next((start for start in graph.first_of if start > first), len(graph.nodes))
            members = list(range(first, last))
        else:
            inner = {node}
            for other in range(node + 1, len(graph.nodes)):
                if graph.parent[other] in inner:
                    inner.add(other)
            members = sorted(inner - {node})
        places = 0
        for member in members:
            places |= self.feed_of.get(member, 0) | self.active_of.get(member, 0) | self.armed_of.get(member, 0)
            places |= self.triggered_by.get(member, 0) if node < 0 else 0
            for flow in graph.outgoing[member]:
                places |= 1 << flow
        return places

    # --- moves --------------------------------------------------------------------------------------------------------

    def _counted(self, move: Transition, awaits: int) -> Iterator[Transition]:
        """Yield the move once for each number of marks that it may find and of times a flow may still be taken."""
        variants = [move]
        taken = [mark.places for mark in self.waits_of.get(awaits, ())]
        taken += [budget for flow, budget in self.budget_of.items() if move.produces >> flow & 1]
        for places in taken:
            variants = [
                replace(one, consumes=one.consumes | place, inhibited_by=one.inhibited_by | sum(places[number + 1 :]))
                for one in variants
                for number, place in enumerate(places)
            ]
        for mark in (mark for node in move.executes for mark in self.marks_of.get(node, ())):
            filled = (0, *mark.places)
            variants = [
                replace(
                    one,
                    requires=one.requires | filled[number],
                    inhibited_by=one.inhibited_by | (mark.places[number] if number < MAX_MARKS else 0),
                    marks=one.marks | (mark.places[number] if number < MAX_MARKS else mark.lost),
                )
                for one in variants
                for number in range(MAX_MARKS + 1)
            ]
        yield from variants

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

    def _add(self, move: Transition, *, awaits: int = -1, join: int = -1) -> None:
        self.drafts.append(_Draft(move, awaits, join))

    def _add_entry(self, parent: int, consumes: int, *, cluster: int, produces: int = 0) -> None:
        """Add the moves that begin the process (-1) or the inside of a sub-process."""
        entries = self.graph.entries_of(parent)
        starts = [self.feed_of[node] for node in entries if self.graph.is_start(node)]
        for fed in starts or [sum(self.feed_of[node] for node in entries)]:
            self._add(Transition((), consumes, fed | produces, cluster), awaits=parent)

    def _add_activity(self, node: int, step: Activity) -> None:
        """Add the moves of a step: it executes at once, or is active for a while if something can happen meanwhile."""
        graph = self.graph
        is_optional = step.repeats is not None and step.repeats.min == 0
        active = self.active_of.get(node, 0)
        armed = sum(self.armed_of[event] for event in graph.boundary_events[node] if event in self.armed_of)
        for place in self._inputs(node):
            if is_optional:
                for produces, takes in self._output_choices(node):
                    passed = produces & ~self.started_by.get(node, 0)
                    self._add(Transition((), place, passed, node, takes=takes), awaits=node)
            if isinstance(step, SubProcess):
                self._add_entry(node, place, cluster=node, produces=active | armed)
            elif active:
                self._add(Transition((), place, active | armed, node), awaits=node)
            else:
                self._add_completion(node, place, cluster=node, awaits=node)
        if active:
            self._add_completion(node, active, cluster=len(graph.nodes) + 1 + node, armed=armed)

    def _add_completion(self, node: int, place: int, *, cluster: int, awaits: int = -1, armed: int = 0) -> None:
        """Add how a step that has begun completes, or is stopped or accompanied by a boundary event."""
        graph = self.graph
        is_sub_process = isinstance(graph.nodes[node], SubProcess)
        inside = self._places_inside(node) if is_sub_process else 0
        for produces, takes in self._output_choices(node):
            done = Transition(
                (node,), place, produces, cluster, inhibited_by=inside & ~self.passive, clears=armed, takes=takes
            )
            self._add(done, awaits=awaits)
        for event in graph.boundary_events[node]:
            for produces, takes in self._output_choices(event):
                if event in self.armed_of:
                    beside = Transition((event,), self.armed_of[event], produces, cluster, requires=place, takes=takes)
                    self._add(beside)
                else:
                    stop = Transition(
                        (event,), place, produces, cluster, interrupts=node, clears=inside | armed, takes=takes
                    )
                    self._add(stop, awaits=awaits)

    def _add_event(self, node: int, event: Event) -> None:
        graph = self.graph
        scope = 0
        if event.type == "end" and event.trigger == "terminate":
            first = max(start for start in graph.first_of if start <= node)
            scope = self._places_inside(graph.parent[node] if graph.parent[node] >= 0 else -1 - first)
        for place in self._inputs(node):
            for produces, takes in self._output_choices(node):
                self._add(Transition((node,), place, produces, node, clears=scope, takes=takes), awaits=node)

    def _add_gateway(self, node: int, gateway: Gateway) -> None:
        inputs = self._inputs(node)
        flows = list(self.graph.outgoing[node])
        if gateway.type == "parallel":
            if inputs:
                self._add(Transition((node,), sum(inputs), self._outputs(node), node), awaits=node)
            return
        ways: list[tuple[int, tuple[int, ...]]]
        if gateway.type == "inclusive" and len(flows) > 1:
            ways = self._inclusive_ways(node, flows)
        elif len(flows) > 1:
            ways = [(1 << flow | self.started_by.get(node, 0), (flow,)) for flow in flows]
        else:
            ways = [(self._outputs(node), ())]
        is_join = gateway.type == "inclusive" and len(inputs) > 1
        for consumes in self._inclusive_entries(inputs) if is_join else inputs:
            for produces, takes in ways:
                move = Transition((node,), consumes, produces, node, takes=takes)
                self._add(move, awaits=node, join=node if is_join else -1)

    def _inclusive_ways(self, node: int, flows: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        always = self.started_by.get(node, 0)
        default = [flow for flow in flows if self.graph.flows[flow].flow.default]
        conditioned = [flow for flow in flows if flow not in default]
        ways = [(always | sum(1 << flow for flow in subset), subset) for subset in self._subsets(conditioned)]
        return ways + [(always | 1 << flow, (flow,)) for flow in default]

    def _inclusive_entries(self, inputs: list[int]) -> list[int]:
        if len(inputs) > MAX_INCLUSIVE_WAYS:
            self.is_exact = False
            return [*inputs, sum(inputs)]
        return [sum(chosen) for size in range(1, len(inputs) + 1) for chosen in combinations(inputs, size)]
