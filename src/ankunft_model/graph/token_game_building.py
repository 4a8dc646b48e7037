"""How the elements of a process become moves of a token game.

Meaning of the elements: BPMN 2.0.2 (OMG formal/13-12-09) chapter 13, with the choices that the library documents:
conditions are not evaluated, messages, timers and signals eventually happen, a task with several incoming flows
joins exclusively.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ankunft_model.graph.control_flow import ACTIVITIES, GATEWAYS, SUB_PROCESSES, ControlFlow
from ankunft_model.graph.inclusive_joins import WaysToJoin, contests, ways_to_join
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.shared_questions import Answer
from ankunft_model.graph.token_game import GameParts, TokenGame, Transition, bits

if TYPE_CHECKING:
    from ankunft_model.graph.workflow_graph import WorkflowGraph

MAX_INCLUSIVE_WAYS: Final = 10
"""An inclusive gateway with more ways than this is played with all ways or a single one."""

MAX_MARKS: Final = 3
"""So many marks of one waiting handover are told apart; what comes on top is lost."""

MAX_BUDGET: Final = 20
"""A flow that may be taken more often than this counts as unbounded."""


def game_of(control: ControlFlow, *, begun: int = 1, workflow: WorkflowGraph | None = None) -> TokenGame:
    """Return the token game of a control flow.

    Args:
        control: The control flow.
        begun: So many processes, the first ones, begin by themselves, as the pools of a collaboration do; where these
            are several, a start event that waits for a mark of another process may go on waiting without being stuck.
        workflow: The nodes of the model behind it, if there is one.
    """
    return TokenGame(control, lambda: _Building(control, begun=begun).build(), workflow)


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

    def __init__(self, graph: ControlFlow, *, begun: int) -> None:
        self.graph = graph
        self.begun = begun
        self.place_count = len(graph.source)
        self.drafts: list[_Draft] = []
        self.passive = 0
        self.lost = 0
        self.marks: list[int] = []
        self.limits: list[Limit] = ["starts"] if graph.is_loose else []
        self.waits_of: dict[int, list[_Mark]] = {}
        self.marks_of: dict[int, list[_Mark]] = {}
        self.budget_of: dict[int, tuple[int, ...]] = {}
        self.unanswered: dict[int, int] = {}
        self.answer_places: dict[Answer, int] = {}
        self.feed_of: dict[int, int] = {}
        self.active_of: dict[int, int] = {}
        self.armed_of: dict[int, int] = {}
        self.whole_of: dict[int, int] = {}
        self.triggered_by: dict[int, int] = {}
        self.started_by: dict[int, int] = {}
        self.repeated_at: dict[int, list[tuple[int, int]]] = {}

    def build(self) -> GameParts:
        graph = self.graph
        begin = self._place()
        self._add_places_of_nodes()
        self._add_signals()
        initial = begin | self._add_budgets() | self._add_questions()
        self._add_entry(-1, begin, cluster=len(graph.ids))
        for number in range(1, self.begun):
            place = self._place()
            initial |= place
            self._add_entry(-1, place, cluster=4 * len(graph.ids) + 2 + number, process=number)
        for node, kind in enumerate(graph.kinds):
            if kind in GATEWAYS:
                self._add_gateway(node)
            elif kind == "event_sub_process":
                self._add_event_sub_process(node)
            elif kind in ACTIVITIES:
                self._add_activity(node)
            elif kind != "boundary":
                self._add_event(node)
        ways = {join: self._ways_to(join) for join in dict.fromkeys(draft.join for draft in self.drafts) if join >= 0}
        moves = [
            draft.move
            if draft.join < 0
            else replace(draft.move, inhibited_by=ways[draft.join].inhibiting(draft.move.consumes))
            for draft in self.drafts
        ]
        counted = [
            self._of_the_model(variant)
            for draft, move in zip(self.drafts, moves, strict=True)
            for variant in self._counted(self._one_at_a_time(move), draft.awaits)
        ]
        by_place: list[list[int]] = [[] for _ in range(self.place_count)]
        for index, move in enumerate(counted):
            needed = move.consumes | move.requires
            by_place[(needed & -needed).bit_length() - 1].append(index)
        return GameParts(
            place_count=self.place_count,
            transitions=tuple(counted),
            initial=initial,
            passive=self.passive,
            answers=sum(self.unanswered.values()) | sum(self.answer_places.values()),
            lost=self.lost,
            marks=tuple(self.marks),
            limits=in_order(self.limits),
            by_place=tuple(map(tuple, by_place)),
            contests=contests(moves, ways),
            ends_inside=tuple(self._ends_inside()),
        )

    # --- places -------------------------------------------------------------------------------------------------------

    def _ways_to(self, join: int) -> WaysToJoin:
        def places_at(node: int) -> int:
            return self.feed_of.get(node, 0) | self.active_of.get(node, 0) | self.triggered_by.get(node, 0)

        return ways_to_join(self.graph, join, self._inputs(join), places_at)

    def _ends_inside(self) -> Iterator[tuple[int, int]]:
        graph = self.graph
        for node, active in self.active_of.items():
            ends = sum(1 << inner for inner in graph.inside(node) if graph.kinds[inner] in ("end", "terminate"))
            if ends:
                yield active, ends

    def _place(self) -> int:
        self.place_count += 1
        return 1 << (self.place_count - 1)

    def _add_places_of_nodes(self) -> None:
        """Give places to what is active for a while, to what can happen beside it, and to where it begins."""
        graph = self.graph
        for node, kind in enumerate(graph.kinds):
            beside = [event for event in graph.boundary_events[node] if not graph.interrupts[event]]
            if kind in SUB_PROCESSES or beside:
                self.active_of[node] = self._place()
            for event in (*beside, *((node,) if kind == "event_sub_process" else ())):
                self.armed_of[event] = self._place()
                self.passive |= self.armed_of[event]
        for number in range(len(graph.top)):
            if graph.event_sub_processes_of(-1, number):
                self.whole_of[number] = self._place()
        entries = [node for number in range(self.begun) for node in graph.entries_of(-1, number)]
        entries += [e for node, kind in enumerate(graph.kinds) if kind in SUB_PROCESSES for e in graph.entries_of(node)]
        for node in entries:
            self.feed_of[node] = self._place()
        if self.begun > 1:
            awaited = {receiver for _, receiver in graph.waits}
            self.passive |= sum(self.feed_of[node] for node in entries if node in awaited and graph.parent[node] < 0)

    def _add_signals(self) -> None:
        """Give each waiting handover places for its marks, and each one that starts a process one for the start."""
        for number, (sender, receiver) in enumerate(self.graph.triggers):
            place = self._place()
            if number in self.graph.repeated:
                self.repeated_at.setdefault(sender, []).append((place, receiver))
            self.started_by[sender] = self.started_by.get(sender, 0) | place
            self.triggered_by[receiver] = self.triggered_by.get(receiver, 0) | place
        for sender, receiver in self.graph.waits:
            mark = _Mark(tuple(self._place() for _ in range(MAX_MARKS)), self._place())
            self.passive |= sum(mark.places) | mark.lost
            self.lost |= mark.lost
            self.marks.append(sum(mark.places))
            for node in self._copies_of(sender):
                self.marks_of.setdefault(node, []).append(mark)
            for node in self._copies_of(receiver):
                self.waits_of.setdefault(node, []).append(mark)

    def _copies_of(self, node: int) -> list[int]:
        return [copy for copy, old in enumerate(self.graph.origin) if old == node] or [node]

    def _one_at_a_time(self, move: Transition) -> Transition:
        """Return the move without starting an instance while an earlier one is still running."""
        running = 0
        for node in move.executes:
            for place, receiver in self.repeated_at.get(node, ()):
                running |= place | self._places_inside(-1 - self.graph.process_of(receiver)) & ~self.passive
        return replace(move, inhibited_by=move.inhibited_by | running) if running else move

    def _of_the_model(self, move: Transition) -> Transition:
        """Return the move with the nodes and flows that those of it are copies of."""
        origin, flow_origin = self.graph.origin, self.graph.flow_origin
        if not origin:
            return move
        return replace(
            move,
            executes=tuple(origin[node] for node in move.executes),
            interrupts=move.interrupts if move.interrupts < 0 else origin[move.interrupts],
            takes=tuple(flow_origin[flow] for flow in move.takes),
        )

    def _add_budgets(self) -> int:
        """Give each flow that may be taken a limited number of times that many tokens; return them."""
        given = 0
        for flow, most in self.graph.budget.items():
            if most > MAX_BUDGET:
                self.limits.append("repetitions")
                continue
            self.budget_of[flow] = tuple(self._place() for _ in range(most))
            given |= sum(self.budget_of[flow])
        self.passive |= given
        return given

    def _add_questions(self) -> int:
        """Give each question that several gateways ask a place for that nobody answered it, and one per answer."""
        for answers in self.graph.answers.values():
            for answer in answers:
                if answer[0] not in self.unanswered:
                    self.unanswered[answer[0]] = self._place()
                if answer not in self.answer_places:
                    self.answer_places[answer] = self._place()
        given = sum(self.unanswered.values())
        self.passive |= given | sum(self.answer_places.values())
        return given

    def _answered(self, move: Transition) -> list[Transition]:
        """Return the move once for each answer on which it is made: the first to be given, or one given before."""
        found = [move]
        for flow in move.takes:
            answers = self.graph.answers.get(flow)
            if answers is None:
                continue
            found = [
                variant
                for one in found
                for answer in answers
                for variant in (
                    replace(
                        one,
                        consumes=one.consumes | self.unanswered[answer[0]],
                        produces=one.produces | self.answer_places[answer],
                    ),
                    replace(one, requires=one.requires | self.answer_places[answer]),
                )
            ]
        return found

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
        """Return the places of everything inside a sub-process, or of the whole process `-1 - node`."""
        graph = self.graph
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

    # --- moves --------------------------------------------------------------------------------------------------------

    def _counted(self, move: Transition, awaits: int) -> Iterator[Transition]:
        """Yield the move once for each number of marks that it may find and of times a flow may still be taken."""
        variants = self._answered(move)
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
        graph = self.graph
        flows = graph.outgoing[node]
        default = [flow for flow in flows if graph.is_default[flow]]
        conditioned = [flow for flow in flows if graph.is_conditional[flow] and flow not in default]
        if not conditioned:
            return [(self._outputs(node), ())]
        always = self.started_by.get(node, 0)
        always |= sum(1 << flow for flow in flows if flow not in conditioned and flow not in default)
        choices = [(always | sum(1 << f for f in subset), subset) for subset in self._subsets(conditioned)]
        choices += [(always | 1 << f, (f,)) for f in default]
        return choices

    def _subsets(self, flows: list[int]) -> list[tuple[int, ...]]:
        if len(flows) > MAX_INCLUSIVE_WAYS:
            self.limits.append("inclusive_ways")
            return [*((flow,) for flow in flows), tuple(flows)]
        return [subset for size in range(1, len(flows) + 1) for subset in combinations(flows, size)]

    def _add(self, move: Transition, *, awaits: int = -1, join: int = -1) -> None:
        self.drafts.append(_Draft(move, awaits, join))

    def _add_entry(self, parent: int, consumes: int, *, cluster: int, produces: int = 0, process: int = 0) -> None:
        """Add the moves that begin the process (-1) or the inside of a sub-process."""
        graph = self.graph
        armed = sum(self.armed_of[node] for node in graph.event_sub_processes_of(parent, process))
        if parent < 0 and process in self.whole_of:
            armed |= self.whole_of[process]
            self._add_end_of_process(process)
        entries = graph.entries_of(parent, process)
        starts = [self.feed_of[node] for node in entries if graph.kinds[node] == "start"]
        for fed in starts or [sum(self.feed_of[node] for node in entries)]:
            self._add(Transition((), consumes, fed | produces | armed, cluster), awaits=parent)

    def _add_end_of_process(self, number: int) -> None:
        """A process with event sub-processes is over when nothing else in it is left."""
        whole = self.whole_of[number]
        others = self._places_inside(-1 - number) & ~whole & ~self.passive
        cluster = 3 * len(self.graph.ids) + 2 + number
        self._add(Transition((), whole, 0, cluster, inhibited_by=others))

    def _add_event_sub_process(self, node: int) -> None:
        """Add how an event sub-process begins while its scope is active, and how it completes."""
        graph = self.graph
        parent = graph.parent[node]
        active, armed = self.active_of[node], self.armed_of[node]
        number = graph.process_of(node)
        scope = self.active_of[parent] if parent >= 0 else self.whole_of[number]
        starts = [start for start in graph.children.get(node, ()) if graph.kinds[start] == "start"]
        inner = sum(self.armed_of[event] for event in graph.event_sub_processes_of(node))
        cluster = 2 * len(graph.ids) + 2 + node
        for start in starts or [-1]:
            stops = start < 0 or graph.interrupts[start]
            cleared = self._places_inside(parent if parent >= 0 else -1 - number) & ~scope & ~armed if stops else 0
            fed = self.feed_of[start] if start >= 0 else sum(self.feed_of[entry] for entry in graph.entries_of(node))
            self._add(Transition((), armed, active | fed | inner, cluster, requires=scope, clears=cleared))
        self._add_completion(node, active, cluster=len(graph.ids) + 1 + node)

    def _add_activity(self, node: int) -> None:
        """Add the moves of a step: it executes at once, or is active for a while if something can happen meanwhile."""
        graph = self.graph
        active = self.active_of.get(node, 0)
        armed = sum(self.armed_of[event] for event in graph.boundary_events[node] if event in self.armed_of)
        for place in self._inputs(node):
            if graph.is_optional[node]:
                for produces, takes in self._output_choices(node):
                    passed = produces & ~self.started_by.get(node, 0)
                    self._add(Transition((), place, passed, node, takes=takes), awaits=node)
            if graph.kinds[node] == "sub_process":
                self._add_entry(node, place, cluster=node, produces=active | armed)
            elif active:
                self._add(Transition((), place, active | armed, node), awaits=node)
            else:
                self._add_completion(node, place, cluster=node, awaits=node)
        if active:
            self._add_completion(node, active, cluster=len(graph.ids) + 1 + node, armed=armed)

    def _add_completion(self, node: int, place: int, *, cluster: int, awaits: int = -1, armed: int = 0) -> None:
        """Add how a step that has begun completes, or is stopped or accompanied by a boundary event."""
        graph = self.graph
        inside = self._places_inside(node) if graph.kinds[node] in SUB_PROCESSES else 0
        for produces, takes in self._output_choices(node):
            done = Transition(
                (node,),
                place,
                produces,
                cluster,
                inhibited_by=inside & ~self.passive,
                clears=armed | inside & self.passive,
                takes=takes,
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

    def _add_event(self, node: int) -> None:
        graph = self.graph
        scope = 0
        if graph.kinds[node] == "terminate":
            parent = graph.parent[node]
            scope = self._places_inside(parent if parent >= 0 else -1 - graph.process_of(node))
        for place in self._inputs(node):
            for produces, takes in self._output_choices(node):
                self._add(Transition((node,), place, produces, node, clears=scope, takes=takes), awaits=node)

    def _add_gateway(self, node: int) -> None:
        inputs = self._inputs(node)
        flows = list(self.graph.outgoing[node])
        kind = self.graph.kinds[node]
        if kind == "parallel":
            if inputs:
                self._add(Transition((node,), sum(inputs), self._outputs(node), node), awaits=node)
            return
        ways: list[tuple[int, tuple[int, ...]]]
        if kind == "inclusive" and len(flows) > 1:
            ways = self._inclusive_ways(node, flows)
        elif len(flows) > 1:
            ways = [(1 << flow | self.started_by.get(node, 0), (flow,)) for flow in flows]
        else:
            ways = [(self._outputs(node), ())]
        is_join = kind == "inclusive" and len(inputs) > 1
        for consumes in self._inclusive_entries(inputs) if is_join else inputs:
            for produces, takes in ways:
                move = Transition((node,), consumes, produces, node, takes=takes)
                self._add(move, awaits=node, join=node if is_join else -1)

    def _inclusive_ways(self, node: int, flows: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        always = self.started_by.get(node, 0)
        default = [flow for flow in flows if self.graph.is_default[flow]]
        conditioned = [flow for flow in flows if flow not in default]
        ways = [(always | sum(1 << flow for flow in subset), subset) for subset in self._subsets(conditioned)]
        return ways + [(always | 1 << flow, (flow,)) for flow in default]

    def _inclusive_entries(self, inputs: list[int]) -> list[int]:
        if len(inputs) > MAX_INCLUSIVE_WAYS:
            self.limits.append("inclusive_ways")
            return [*inputs, sum(inputs)]
        return [sum(chosen) for size in range(1, len(inputs) + 1) for chosen in combinations(inputs, size)]
