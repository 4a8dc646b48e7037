"""How the elements of a process become moves of a token game.

Meaning of the elements: BPMN 2.0.2 (OMG formal/13-12-09) chapter 13, with the choices that the library documents:
conditions are not evaluated, messages, timers and signals eventually happen, a task with several incoming flows
joins exclusively.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ankunft_model.graph.control_flow import ACTIVITIES, GATEWAYS, SUB_PROCESSES, ControlFlow
from ankunft_model.graph.counted_places import CountedPlaces
from ankunft_model.graph.inclusive_joins import contests, ways_to_join
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.node_places import NodePlaces, Places
from ankunft_model.graph.token_game import GameParts, TokenGame, Transition

if TYPE_CHECKING:
    from ankunft_model.graph.workflow_graph import WorkflowGraph

MAX_INCLUSIVE_WAYS: Final = 10
"""An inclusive gateway with more ways than this is played with all ways or a single one."""


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
    """Collects moves; used once."""

    def __init__(self, graph: ControlFlow, *, begun: int) -> None:
        self.graph = graph
        self.begun = begun
        self.places = Places(len(graph.source))
        self.begin = self.places.take()
        self.at = NodePlaces(graph, self.places, begun=begun)
        self.counted = CountedPlaces(graph, self.places)
        self.passive = self.at.passive | self.counted.passive
        self.drafts: list[_Draft] = []
        self.limits: list[Limit] = ["starts"] if graph.is_loose else []

    def build(self) -> GameParts:
        graph = self.graph
        initial = self.begin | self.counted.initial
        self._add_entry(-1, self.begin, cluster=len(graph.ids))
        for number in range(1, self.begun):
            place = self.places.take()
            initial |= place
            self._add_entry(-1, place, cluster=4 * len(graph.ids) + 2 + number, process=number)
        self._add_nodes()
        joins = dict.fromkeys(draft.join for draft in self.drafts if draft.join >= 0)
        ways = {join: ways_to_join(graph, join, self.at.inputs(join), self.at.places_of) for join in joins}
        moves = [
            draft.move
            if draft.join < 0
            else replace(draft.move, inhibited_by=ways[draft.join].inhibiting(draft.move.consumes))
            for draft in self.drafts
        ]
        counted = [
            self._of_the_model(variant)
            for draft, move in zip(self.drafts, moves, strict=True)
            for variant in self.counted.variants(self._one_at_a_time(move), draft.awaits)
        ]
        by_place: list[list[int]] = [[] for _ in range(self.places.count)]
        for index, move in enumerate(counted):
            needed = move.consumes | move.requires
            by_place[(needed & -needed).bit_length() - 1].append(index)
        return GameParts(
            place_count=self.places.count,
            transitions=tuple(counted),
            initial=initial,
            passive=self.passive,
            answers=self.counted.answers,
            lost=self.counted.lost,
            marks=tuple(self.counted.marks),
            limits=in_order((*self.limits, *self.counted.limits)),
            by_place=tuple(map(tuple, by_place)),
            contests=contests(moves, ways),
            ends_inside=tuple(self.at.ends_inside()),
            overlapping=self._overlapping(),
        )

    def _add_nodes(self) -> None:
        for node, kind in enumerate(self.graph.kinds):
            if kind in GATEWAYS:
                self._add_gateway(node)
            elif kind == "event_sub_process":
                self._add_event_sub_process(node)
            elif kind in ACTIVITIES:
                self._add_activity(node)
            elif kind != "boundary":
                self._add_event(node)

    def _overlapping(self) -> int:
        graph = self.graph
        several = {
            graph.process_of(receiver)
            for number, (_, receiver) in enumerate(graph.triggers)
            if graph.is_loose or number in graph.repeated
        }
        places = 0
        for process in sorted(several):
            places |= self.at.inside(-1 - process)
        return places

    def _one_at_a_time(self, move: Transition) -> Transition:
        """Return the move without starting an instance while an earlier one is still running."""
        running = 0
        for node in move.executes:
            running |= self.at.of_repeated(node) & ~self.passive
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

    def _output_choices(self, node: int) -> list[tuple[int, tuple[int, ...]]]:
        """Return what a step or event puts tokens on: all flows, or the subsets that conditions allow."""
        graph = self.graph
        flows = graph.outgoing[node]
        default = [flow for flow in flows if graph.is_default[flow]]
        conditioned = [flow for flow in flows if graph.is_conditional[flow] and flow not in default]
        if not conditioned:
            return [(self.at.outputs(node), ())]
        always = self.at.started_by.get(node, 0)
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
        armed = sum(self.at.armed_of[node] for node in graph.event_sub_processes_of(parent, process))
        if parent < 0 and process in self.at.whole_of:
            armed |= self.at.whole_of[process]
            self._add_end_of_process(process)
        entries = graph.entries_of(parent, process)
        starts = [self.at.feed_of[node] for node in entries if graph.kinds[node] == "start"]
        for fed in starts or [sum(self.at.feed_of[node] for node in entries)]:
            self._add(Transition((), consumes, fed | produces | armed, cluster), awaits=parent)

    def _add_end_of_process(self, number: int) -> None:
        """A process with event sub-processes is over when nothing else in it is left."""
        whole = self.at.whole_of[number]
        others = self.at.inside(-1 - number) & ~whole & ~self.passive
        cluster = 3 * len(self.graph.ids) + 2 + number
        self._add(Transition((), whole, 0, cluster, inhibited_by=others))

    def _add_event_sub_process(self, node: int) -> None:
        """Add how an event sub-process begins while its scope is active, and how it completes."""
        graph = self.graph
        parent = graph.parent[node]
        active, armed = self.at.active_of[node], self.at.armed_of[node]
        number = graph.process_of(node)
        scope = self.at.active_of[parent] if parent >= 0 else self.at.whole_of[number]
        starts = [start for start in graph.children.get(node, ()) if graph.kinds[start] == "start"]
        inner = sum(self.at.armed_of[event] for event in graph.event_sub_processes_of(node))
        cluster = 2 * len(graph.ids) + 2 + node
        for start in starts or [-1]:
            stops = start < 0 or graph.interrupts[start]
            cleared = self.at.inside(parent if parent >= 0 else -1 - number) & ~scope & ~armed if stops else 0
            fed = (
                self.at.feed_of[start]
                if start >= 0
                else sum(self.at.feed_of[entry] for entry in graph.entries_of(node))
            )
            self._add(Transition((), armed, active | fed | inner, cluster, requires=scope, clears=cleared))
        self._add_completion(node, active, cluster=len(graph.ids) + 1 + node)

    def _add_activity(self, node: int) -> None:
        """Add the moves of a step: it executes at once, or is active for a while if something can happen meanwhile."""
        graph = self.graph
        active = self.at.active_of.get(node, 0)
        armed = sum(self.at.armed_of[event] for event in graph.boundary_events[node] if event in self.at.armed_of)
        for place in self.at.inputs(node):
            if graph.is_optional[node]:
                for produces, takes in self._output_choices(node):
                    passed = produces & ~self.at.started_by.get(node, 0)
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
        inside = self.at.inside(node) if graph.kinds[node] in SUB_PROCESSES else 0
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
                if event in self.at.armed_of:
                    beside = Transition(
                        (event,), self.at.armed_of[event], produces, cluster, requires=place, takes=takes
                    )
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
            scope = self.at.inside(parent if parent >= 0 else -1 - graph.process_of(node))
        for place in self.at.inputs(node):
            for produces, takes in self._output_choices(node):
                self._add(Transition((node,), place, produces, node, clears=scope, takes=takes), awaits=node)

    def _add_gateway(self, node: int) -> None:
        inputs = self.at.inputs(node)
        flows = list(self.graph.outgoing[node])
        kind = self.graph.kinds[node]
        if kind == "parallel":
            if inputs:
                self._add(Transition((node,), sum(inputs), self.at.outputs(node), node), awaits=node)
            return
        ways: list[tuple[int, tuple[int, ...]]]
        if kind == "inclusive" and len(flows) > 1:
            ways = self._inclusive_ways(node, flows)
        elif len(flows) > 1:
            ways = [(1 << flow | self.at.started_by.get(node, 0), (flow,)) for flow in flows]
        else:
            ways = [(self.at.outputs(node), ())]
        is_join = kind == "inclusive" and len(inputs) > 1
        for consumes in self._inclusive_entries(inputs) if is_join else inputs:
            for produces, takes in ways:
                move = Transition((node,), consumes, produces, node, takes=takes)
                self._add(move, awaits=node, join=node if is_join else -1)

    def _inclusive_ways(self, node: int, flows: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        always = self.at.started_by.get(node, 0)
        default = [flow for flow in flows if self.graph.is_default[flow]]
        conditioned = [flow for flow in flows if flow not in default]
        ways = [(always | sum(1 << flow for flow in subset), subset) for subset in self._subsets(conditioned)]
        return ways + [(always | 1 << flow, (flow,)) for flow in default]

    def _inclusive_entries(self, inputs: list[int]) -> list[int]:
        if len(inputs) > MAX_INCLUSIVE_WAYS:
            self.limits.append("inclusive_ways")
            return [*inputs, sum(inputs)]
        return [sum(chosen) for size in range(1, len(inputs) + 1) for chosen in combinations(inputs, size)]
