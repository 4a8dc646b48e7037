"""How often the person is asked for a datum within one run, and by how many: exact bounds over all runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Final

from ankunft_model.analysis.knowledge.block_counting import count_blocks, flat
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.witness import BlockRun, Run
from ankunft_model.graph import (
    RunGraph,
    TokenGame,
    WorkflowGraph,
    build_run_graph,
    ending_groups,
    strong_components,
)
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, hide_no_run, in_order

ASKER_SET_LIMIT: Final = 4_096
"""So many different sets of asking actors are told apart per state."""


@dataclass(frozen=True, slots=True)
class CollectionBounds:
    """Bounds over all complete runs; where no run completes, over those that get stuck.

    Attributes:
        least, most: Number of times the datum is asked; None: unbounded.
        least_askers, most_askers: Number of different actors that ask for it within one run.
        longest: A run with the most different askers.
        limits: What was reached, see `Limit`.
    """

    least: int
    most: int | None
    least_askers: int
    most_askers: int
    longest: Run
    limits: tuple[Limit, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether all runs were counted."""
        return hide_no_run(self.limits)


def _has_marks_of_instances(game: TokenGame) -> bool:
    """Return whether marks are left by instances that a loop starts, which are exact only where none overlaps."""
    return bool(game.control.repeated and game.control.waits)


class CollectionCounter:
    """Counts on the runs of one process; prepares once what data share."""

    def __init__(self, runs: RunGraph) -> None:
        self._runs = runs
        self._counting: dict[frozenset[int], _Counting] = {}

    def count(self, facts: dict[int, NodeFacts], actor_bits: dict[int, int]) -> CollectionBounds:
        """Return the bounds for the datum with `facts`.

        Args:
            facts: What nodes do to the datum.
            actor_bits: A bit per asking actor, by node.
        """
        asking = {node for node, fact in facts.items() if fact.is_collected}
        if not asking:
            return CollectionBounds(0, 0, 0, 0, Run(self._runs.game.graph, ()))
        if self._runs.regions is not None:
            return _count_in_blocks(self._runs.game.graph, self._runs.regions, facts, actor_bits)
        return self._counting_of(asking).count(facts, actor_bits)

    def _counting_of(self, asking: set[int]) -> _Counting:
        """Return the runs to count on; where something ends others early, with asking in every order."""
        watched: frozenset[int] = frozenset()
        game = self._runs.game
        if ending_groups(game) or _has_marks_of_instances(game):
            watched = frozenset(move.cluster for move in game.transitions if not asking.isdisjoint(move.executes))
        if watched not in self._counting:
            runs = build_run_graph(self._runs.game, watched=watched, goes_on=True) if watched else self._runs.followed
            self._counting[watched] = _Counting(runs, watched)
        return self._counting[watched]


class _Counting:
    def __init__(self, runs: RunGraph, watched: frozenset[int]) -> None:
        self._runs = runs
        self._watched = watched | ending_groups(runs.game)
        successors = {
            state: {edge.target: None for edge in edges if edge.target >= 0} for state, edges in enumerate(runs.edges)
        }
        self._components = strong_components(successors)
        self._component_of = {state: number for number, states in enumerate(self._components) for state in states}
        self._is_over = _final_states(runs, self._components)

    def count(self, facts: dict[int, NodeFacts], actor_bits: dict[int, int]) -> CollectionBounds:
        game = self._runs.game
        costs = [self._cost(game, move, facts) for move in range(len(game.transitions))]
        least, most = self._bounds(costs)
        few, many, moves, is_exact = self._askers(facts, actor_bits)
        limits: list[Limit] = [*game.limits, *self._runs.limits]
        if not is_exact:
            limits.append("asker_sets")
        if any(marking & game.lost for marking in self._runs.markings):
            limits.append("marks")
        has_end = any(map(game.is_complete, self._runs.markings))
        if not has_end:
            limits.append("no_end")
        if is_held_up := not has_end and any(map(game.keeps_an_instance_waiting, self._runs.markings)):
            limits.append("instances")  # beside one that is stuck another can begin, and the run goes on
        is_open = game.is_loose or (
            _has_marks_of_instances(game) and any(map(self._keeps_waiting, range(len(self._runs.edges))))
        )
        if is_open:
            limits.append("starts")
        if not self._runs.is_complete or is_open or is_held_up:
            # what lies behind the limit, behind a meeting of three tokens, or further instances, may ask again, or not
            few, least, most = 0, 0, inf
        return CollectionBounds(
            least=int(least),
            most=None if most == inf else int(most),
            least_askers=few,
            most_askers=many,
            longest=_run_of(game, moves),
            limits=in_order(limits),
        )

    def _keeps_waiting(self, state: int) -> bool:
        """Return whether an instance could begin in a state in which an earlier one is not over and nothing else is."""
        game = self._runs.game
        return game.keeps_an_instance_waiting(self._runs.markings[state]) and all(
            game.transitions[edge.move].cluster in self._watched for edge in self._runs.edges[state]
        )

    @staticmethod
    def _cost(game: TokenGame, move: int, facts: dict[int, NodeFacts]) -> tuple[int, float]:
        least: int = 0
        most: float = 0
        for node in game.transitions[move].executes:
            fact = facts.get(node)
            if fact is not None and fact.is_collected:
                least += fact.repeats[0]
                most += inf if fact.repeats[1] is None else fact.repeats[1]
        return least, most

    def _bounds(self, costs: list[tuple[int, float]]) -> tuple[float, float]:
        """Return the least and the greatest sum of costs on a way from the first state to one where a run is over.

        Components come with targets before sources, so each is final when its sources are looked at.
        """
        runs = self._runs
        least: dict[int, float] = {}
        most: dict[int, float] = {}
        for number, states in enumerate(self._components):
            inner = [
                (state, edge)
                for state in states
                for edge in runs.edges[state]
                if self._component_of.get(edge.target) == number
            ]
            lows = {state: 0.0 if self._is_over[state] else inf for state in states}
            highest = max((0.0 for state in states if self._is_over[state]), default=-inf)
            for state in states:
                for edge in runs.edges[state]:
                    if edge.target < 0 or self._component_of[edge.target] == number:
                        continue
                    lows[state] = min(lows[state], least[edge.target] + costs[edge.move][0])
                    highest = max(highest, most[edge.target] + costs[edge.move][1])
            if inner:
                self._relax(states, lows, costs)
                if highest > -inf and any(costs[edge.move][1] > 0 for _, edge in inner):
                    highest = inf
            for state in states:
                least[state], most[state] = lows[state], highest
        return (0, 0) if least[0] == inf else (least[0], max(most[0], 0))

    def _relax(self, states: list[int], lows: dict[int, float], costs: list[tuple[int, float]]) -> None:
        changed = True
        while changed:
            changed = False
            for state in states:
                for edge in self._runs.edges[state]:
                    if edge.target in lows and lows[edge.target] + costs[edge.move][0] < lows[state]:
                        lows[state] = lows[edge.target] + costs[edge.move][0]
                        changed = True

    def _askers(
        self, facts: dict[int, NodeFacts], actor_bits: dict[int, int]
    ) -> tuple[int, int, tuple[int, ...], bool]:
        """Return the least and greatest number of different actors that ask within one run, and its moves."""
        runs = self._runs
        bits = [
            sum({actor_bits[node] for node in move.executes if node in facts and facts[node].is_collected})
            for move in runs.game.transitions
        ]
        seen: dict[tuple[int, int], tuple[tuple[int, int], int] | None] = {(0, 0): None}
        count = [0] * len(runs.edges)
        work = [(0, 0)]
        over: list[tuple[int, int]] = []
        is_exact = True
        while work:
            here = work.pop()
            state, askers = here
            if self._is_over[state]:
                over.append(here)
            for edge in reversed(runs.edges[state]):
                after = (edge.target, askers | bits[edge.move])
                if edge.target < 0 or after in seen:
                    continue
                if count[edge.target] >= ASKER_SET_LIMIT:
                    is_exact = False
                    continue
                count[edge.target] += 1
                seen[after] = (here, edge.move)
                work.append(after)
        if not over:
            return 0, 0, (), is_exact
        most = max(over, key=lambda end: end[1].bit_count())
        moves: list[int] = []
        step = seen[most]
        while step is not None:
            moves.append(step[1])
            step = seen[step[0]]
        return min(end[1].bit_count() for end in over), most[1].bit_count(), tuple(reversed(moves)), is_exact


def _run_of(game: TokenGame, numbers: tuple[int, ...]) -> Run:
    moves = [game.transitions[number] for number in numbers]
    nodes = tuple(node for move in moves for node in move.executes)
    return Run(game.graph, nodes, tuple(flow for move in moves for flow in move.takes))


def _count_in_blocks(
    graph: WorkflowGraph, blocks: BlockTree, facts: dict[int, NodeFacts], actor_bits: dict[int, int]
) -> CollectionBounds:
    found = count_blocks(blocks, facts, actor_bits)
    most = max(found.askers, key=int.bit_count)
    return CollectionBounds(
        least=int(found.least),
        most=None if found.most == inf else int(found.most),
        least_askers=min(mask.bit_count() for mask in found.askers),
        most_askers=most.bit_count(),
        longest=BlockRun(graph, blocks, partial(flat, found.askers[most]), to_end=True),
        limits=() if found.is_exact else ("asker_sets",),
    )


def _final_states(runs: RunGraph, components: list[list[int]]) -> list[bool]:
    """Return which states end a run: complete ones; without any, those that are stuck, or go round for ever."""
    game = runs.game
    complete = [game.is_complete(marking) for marking in runs.markings]
    if any(complete):
        return complete
    stuck = [not edges for edges in runs.edges]
    if any(stuck):
        return stuck
    last = set(components[0])
    return [state in last for state in range(len(runs.edges))]
