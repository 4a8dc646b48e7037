"""All runs of a process as far as they differ in who knows one datum: exact gaps and avoidable collections.

A state is a marking and a state of knowledge. Nodes that do not touch the datum are executed first, one at a time:
that keeps every order in which nodes that do touch it can happen. Only these are tried in all orders.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.possible_moves import PossibleMove, PossibleMoves
from ankunft_model.graph import RunGraph, TokenGame, Transition, ending_groups, strong_components

DEFAULT_STATE_LIMIT: Final = 50_000

_Way: TypeAlias = tuple[int, tuple[int, ...], tuple[PossibleMove, ...]]
"""Where a marking leads without any choice, over which moves, and what can be chosen there."""


@dataclass(slots=True)
class NodeObservation:
    """What was seen whenever a node executed, over all runs.

    Attributes:
        lacks, has: A state in which the need was not met, or was met, as number of the state; -1: never seen.
        known_to: Bits of all knowers seen before a collection.
        known, unknown: A state in which somebody knew the datum before the collection, or nobody did.
        known_to_same, readable: States in which the asking actor itself knew it, or could have read it.
        always_same, always_readable: Whether that was so at every collection.
    """

    lacks: int = -1
    has: int = -1
    known_to: int = 0
    known: int = -1
    unknown: int = -1
    known_to_same: int = -1
    readable: int = -1
    always_same: bool = True
    always_readable: bool = True


@dataclass(slots=True)
class Exploration:
    """What all runs show about one datum.

    Attributes:
        observations: By node that needs or collects the datum.
        is_exact: False if the limit was reached; then every certainty is at most `possible`.
        states: Number of states that were looked at.
        parents: For each state the one before it, -1 for the first, and the moves between them.
    """

    game: TokenGame
    observations: dict[int, NodeObservation]
    is_exact: bool
    states: int
    parents: list[tuple[int, tuple[int, ...]]] = field(repr=False)

    def run_to(self, state: int, node: int) -> tuple[int, ...]:
        """Return a run, as nodes in order, that leads to `state` and then executes `node`."""
        run = [executed for move in self._moves_to(state) for executed in self.game.transitions[move].executes]
        return (*run, node)

    def decisions_to(self, state: int) -> tuple[int, ...]:
        """Return the flows chosen at decisions on the way to `state`, in order."""
        return tuple(flow for move in self._moves_to(state) for flow in self.game.transitions[move].takes)

    def _moves_to(self, state: int) -> list[int]:
        steps: list[tuple[int, ...]] = []
        while state >= 0:
            state, moves = self.parents[state]
            steps.append(moves)
        return [move for moves in reversed(steps) for move in moves]


def explore(
    runs: RunGraph,
    facts: dict[int, NodeFacts],
    initial: int,
    all_knowers: int,
    moves: PossibleMoves,
    *,
    state_limit: int = DEFAULT_STATE_LIMIT,
) -> Exploration:
    """Return what all runs show about the datum with `facts`.

    Args:
        runs: The graph of runs of the process.
        facts: What nodes do to the datum; nodes that do not touch it are left out.
        initial: Who holds it at the beginning.
        all_knowers: The bits that count as knowers.
        moves: The possible moves of the game, shared by all data.
        state_limit: So many states are looked at.
    """
    exploring = _Exploring(runs, _without_unread_documents(facts), initial, all_knowers, moves, state_limit)
    return exploring.result()


def _without_unread_documents(facts: dict[int, NodeFacts]) -> dict[int, NodeFacts]:
    """Return the facts without the issuing of documents that are shown nowhere."""
    shown = 0
    for fact in facts.values():
        shown |= fact.shown
    return {
        node: replace(fact, issues=fact.issues & shown) if fact.issues & ~shown else fact
        for node, fact in facts.items()
    }


class _Exploring:
    """Looks at states breadth first; used once."""

    def __init__(
        self,
        runs: RunGraph,
        facts: dict[int, NodeFacts],
        initial: int,
        all_knowers: int,
        moves: PossibleMoves,
        state_limit: int,
    ) -> None:
        self.game = runs.game
        self.runs = runs
        self.facts = facts
        self.initial = initial
        self.all_knowers = all_knowers
        self.moves = moves
        self.state_limit = state_limit
        self.touching = _touching_groups(self.game, facts)
        self.observations = {
            node: NodeObservation() for node, fact in sorted(facts.items()) if fact.is_needed or fact.is_collected
        }
        self.is_exact = self.game.is_exact and runs.is_complete
        self.ways: dict[int, _Way] = {}
        self.numbers: dict[tuple[int, int], int] = {}
        self.states: list[tuple[int, int]] = []
        self.parents: list[tuple[int, tuple[int, ...]]] = []
        self.successors: list[list[int]] = []
        self.queue: deque[int] = deque()

    def result(self) -> Exploration:
        if not self.observations:
            return Exploration(self.game, {}, self.is_exact, 0, [])
        self._reach(self.game.initial, self.initial, -1, ())
        is_complete = self._look_at_all()
        while is_complete and self.runs.has_loops and self._make_up_for_ignored_moves():
            is_complete = self._look_at_all()
        if not is_complete:
            self.is_exact = False
            self._judge_the_rest()
        return Exploration(self.game, self.observations, self.is_exact, len(self.states), self.parents)

    def _look_at_all(self) -> bool:
        """Look at all states that wait; return whether the limit was kept."""
        while self.queue:
            if len(self.states) > self.state_limit:
                return False
            number = self.queue.popleft()
            for possible in self.ways[self.states[number][0]][2]:
                self._make(number, possible)
        return True

    def _make(self, number: int, possible: PossibleMove) -> None:
        move, _, after, doubled = possible
        if doubled or after & self.game.lost:
            self.is_exact = False
        mask = self.states[number][1]
        for mask_after in self._execute(self.game.transitions[move], mask, number):
            self._reach(after, mask_after, number, (move,))

    def _reach(self, marking: int, mask: int, parent: int, moves: tuple[int, ...]) -> None:
        """Note the state to which a marking leads without any choice."""
        way = self.ways.get(marking)
        if way is None:
            way = self._way_from(marking)
            self.ways[marking] = way
            self.ways.setdefault(way[0], (way[0], (), way[2]))
        state = (way[0], mask)
        number = self.numbers.get(state)
        if number is None:
            number = self.numbers[state] = len(self.states)
            self.states.append(state)
            self.parents.append((parent, moves + way[1]))
            self.successors.append([])
            self.queue.append(number)
        if parent >= 0 and self.runs.has_loops:
            self.successors[parent].append(number)

    def _way_from(self, marking: int) -> _Way:
        """Make all moves that are no choice and do not touch the datum, round by round."""
        game = self.game
        made: list[int] = []
        seen: set[int] = set()
        while marking not in seen:
            seen.add(marking)
            for number in self._without_choice(self.moves.at(marking)):
                move = game.transitions[number]
                needed = move.consumes | move.requires
                if marking & needed == needed and not marking & move.inhibited_by:
                    after, doubled = game.fire(marking, move)
                    if not doubled and not after & game.lost:
                        made.append(number)
                        marking = after
        return marking, tuple(made), self._group(marking)

    def _without_choice(self, possible: tuple[PossibleMove, ...]) -> list[int]:
        """Return the moves that are alone in their group and do not touch the datum."""
        only: dict[int, int] = {}
        for move, cluster, _, _ in possible:
            if cluster not in self.touching:
                only[cluster] = -1 if cluster in only else move
        return [move for move in only.values() if move >= 0]

    def _group(self, marking: int) -> tuple[PossibleMove, ...]:
        """Return the moves to try: those of the first group that does not touch the datum, else all."""
        possible = self.moves.at(marking)
        if len(possible) < 2:
            return possible
        ranks = self.runs.ranks
        touching = self.touching
        chosen = -1
        first = (0, 0)
        for move in possible:
            cluster = move[1]
            if cluster not in touching and (chosen < 0 or (ranks[cluster], cluster) < first):
                chosen, first = cluster, (ranks[cluster], cluster)
        return possible if chosen < 0 else tuple(move for move in possible if move[1] == chosen)

    def _execute(self, move: Transition, mask: int, state: int) -> tuple[int, ...]:
        """Return the possible states of knowledge after `move` and note what was seen."""
        masks: tuple[int, ...] = (mask,)
        for node in move.executes:
            fact = self.facts.get(node)
            if fact is None:
                continue
            if fact.repeats == (1, 1):
                masks = tuple(dict.fromkeys(self._execute_once(node, fact, before, state) for before in masks))
            else:
                outcomes: dict[int, None] = {}
                for before in masks:
                    self._execute_in_a_row(node, fact, before, state, outcomes)
                masks = tuple(outcomes)
        return masks

    def _execute_in_a_row(self, node: int, fact: NodeFacts, mask: int, state: int, outcomes: dict[int, None]) -> None:
        """Add the states of knowledge after each allowed number of executions, until nothing new can come."""
        least, most = fact.repeats
        execution = 0
        seen: set[int] = set()
        while most is None or execution < most:
            if mask in seen and execution >= least:
                return
            if mask in seen and execution < least:
                # what repeats goes on repeating; all that is to come was seen, also the state at the least number
                outcomes.update(dict.fromkeys(_rest_of_circle(mask, fact)))
                return
            seen.add(mask)
            mask = self._execute_once(node, fact, mask, state)
            execution += 1
            if execution >= least:
                outcomes.setdefault(mask)

    def _execute_once(self, node: int, fact: NodeFacts, mask: int, state: int) -> int:
        seen = self.observations.get(node)
        if seen is not None and fact.is_collected:
            known = mask & self.all_knowers
            seen.known_to |= known
            if not known:
                seen.unknown = state if seen.unknown < 0 else seen.unknown
            elif seen.known < 0:
                seen.known = state
            if known & fact.own:
                seen.known_to_same = state if seen.known_to_same < 0 else seen.known_to_same
            else:
                seen.always_same = False
            if known & fact.can_read:
                seen.readable = state if seen.readable < 0 else seen.readable
            else:
                seen.always_readable = False
        mask = fact.before_needs(mask)
        if seen is not None and fact.is_needed:
            if fact.satisfies(mask):
                seen.has = state if seen.has < 0 else seen.has
            elif seen.lacks < 0:
                seen.lacks = state
        return fact.complete(mask)

    def _make_up_for_ignored_moves(self) -> bool:
        """Try, in rounds without a way out, what was possible all the time and put off; return if there was any."""
        successors = dict(enumerate(self.successors))
        found = False
        for states in strong_components(successors):
            inside = set(states)
            if any(not successors[state] or not inside.issuperset(successors[state]) for state in states):
                continue
            made = {move for state in states for move, *_ in self.ways[self.states[state][0]][2]}
            for state in states:
                if state != min(states):
                    made.update(self.parents[state][1])
            here = min(states)
            before = sum(len(targets) for targets in self.successors)
            for possible in self.moves.at(self.states[here][0]):
                if possible[0] not in made:
                    self._make(here, possible)
            found = found or sum(len(targets) for targets in self.successors) > before
        return found

    def _judge_the_rest(self) -> None:
        """Beyond the limit, take every need as perhaps unmet and every collection as perhaps avoidable.

        What nobody can ever know, by any step, stays unknown.
        """
        may = self.initial
        for fact in self.facts.values():
            may |= fact.own | fact.records | fact.records_if_had
            for passing in fact.passes:
                may |= passing.sets
        for node, seen in self.observations.items():
            fact = self.facts[node]
            if fact.is_needed and not fact.is_person and not fact.is_collected and seen.lacks < 0:
                seen.lacks = 0
            known = may & self.all_knowers
            if fact.is_collected and known & ~seen.known_to:
                seen.known_to |= known
                seen.known = max(seen.known, 0)
                if known & fact.can_read:
                    seen.readable = max(seen.readable, 0)


def _rest_of_circle(mask: int, fact: NodeFacts) -> list[int]:
    found: dict[int, None] = {}
    while mask not in found:
        found[mask] = None
        mask = fact.complete(fact.before_needs(mask))
    return list(found)


def _touching_groups(game: TokenGame, facts: dict[int, NodeFacts]) -> frozenset[int]:
    """Return the groups of moves whose order matters: they touch the datum, or they stop others that may."""
    touched = {node for node, fact in facts.items() if fact.touches}
    found = {
        move.cluster for move in game.transitions if not touched.isdisjoint(move.executes) or move.interrupts in touched
    }
    return ending_groups(game) | found
