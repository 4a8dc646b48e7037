"""All states of the token game of a process, each with who knows one datum there.

A state is a marking and a state of knowledge. Nodes that do not touch the datum are executed first, one at a time:
that keeps every order in which nodes that do touch it can happen. Only these are tried in all orders.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.observing import NodeObservation, Observer
from ankunft_model.analysis.knowledge.possible_moves import PossibleMove, PossibleMoves, Way
from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph, TokenGame, Transition, ending_groups, strong_components
from ankunft_model.graph.limits import Limit, in_order

DEFAULT_STATE_LIMIT: Final = 50_000
MAX_STATES_BEHIND: Final = 5_000
"""So many states are looked at behind a meeting of two tokens."""


@dataclass(slots=True)
class Exploration:
    """What all runs show about one datum.

    Attributes:
        observations: By node that needs or collects the datum.
        limits: What was reached, see `Limit`; if anything was, every certainty is at most `possible`.
        states: Number of states that were looked at.
        parents: For each state the one before it, -1 for the first, and the moves between them.
        ever: Bits that are set in some state.
        may_overlap: Whether an instance could begin while an earlier one has not done all that it does to the datum.
    """

    game: TokenGame
    observations: dict[int, NodeObservation]
    limits: tuple[Limit, ...]
    states: int
    parents: list[tuple[int, tuple[int, ...]]] = field(repr=False)
    ever: int = 0
    may_overlap: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits

    def run(self, state: int, node: int) -> Run:
        """Return a run that leads to `state` and then executes `node`."""
        return Run(self.game.graph, self.run_to(state, node), self.decisions_to(state))

    def ordered_run(self, state: int, node: int) -> Run:
        """Return the run with a witness in the order of the whole run: the same here."""
        return self.run(state, node)

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


class StateExploring:
    """Looks at states breadth first; used once."""

    def __init__(
        self,
        runs: RunGraph,
        observer: Observer,
        initial: int,
        moves: PossibleMoves,
        state_limit: int,
        *,
        is_endless: bool = False,
    ) -> None:
        self.game = runs.game
        self.is_endless = is_endless
        self.runs = runs
        self.observer = observer
        self.initial = initial
        self.moves = moves
        self.state_limit = state_limit
        self.touching = _touching_groups(self.game, observer.facts)
        self.limits: set[Limit] = set()
        self.may_overlap = False
        self.states_behind = 0
        self.ways = moves.ways(self.touching)
        self.numbers: dict[tuple[int, int], int] = {}
        self.states: list[tuple[int, int]] = []
        self.parents: list[tuple[int, tuple[int, ...]]] = []
        self.successors: list[list[int]] = []
        self.queue: deque[int] = deque()
        self.made_up_for: set[tuple[int, int]] = set()

    def result(self) -> Exploration:
        """Look at all states, as far as the limits allow, and return what they show."""
        self._reach(self.game.initial, self.initial, -1, ())
        is_complete = self._look_at_all()
        while is_complete and self.runs.has_loops and self._make_up_for_ignored_moves():
            is_complete = self._look_at_all()
        if not is_complete:
            self.limits.add("states")
        if self.limits:  # not those of the game: it plays its runs to the end
            self.observer.judge_the_rest(self.initial)
        limits: set[Limit] = {*self.limits, *self.game.limits, *self.runs.limits}
        ever = 0
        for _, mask in self.states:
            ever |= mask
        return Exploration(
            game=self.game,
            observations=self.observer.observations,
            limits=in_order(limits),
            states=len(self.states),
            parents=self.parents,
            ever=ever,
            may_overlap=self.may_overlap,
        )

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
        move, _, after, _ = possible
        if after < 0:
            self.limits.add("tokens")
        elif after & self.game.lost:
            self.limits.add("marks")
        mask = self.states[number][1]
        for mask_after in self._execute(self.game.transitions[move], mask, number):
            if after >= 0:
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
            if way[0] > self.game.places:
                if self.states_behind >= MAX_STATES_BEHIND:
                    self.limits.add("states")
                    return
                self.states_behind += 1
            number = self.numbers[state] = len(self.states)
            self.states.append(state)
            self.parents.append((parent, moves + way[1]))
            self.successors.append([])
            self.queue.append(number)
        if parent >= 0 and self.runs.has_loops:
            self.successors[parent].append(number)

    def _way_from(self, marking: int) -> Way:
        """Make all moves that are no choice and do not touch the datum, round by round."""
        game = self.game
        made: list[int] = []
        seen: set[int] = set()
        while marking not in seen:
            seen.add(marking)
            for number in self._without_choice(marking):
                move = game.transitions[number]
                needed = move.consumes | move.requires
                if marking & needed == needed and not marking & move.inhibited_by:
                    after, _ = game.fire_among_two(marking, move)
                    if after >= 0 and not after & game.lost:
                        made.append(number)
                        marking = after
        return marking, tuple(made), self._group(marking)

    def _without_choice(self, marking: int) -> list[int]:
        """Return the moves that are alone in their group, which nothing holds back, and do not touch the datum."""
        only: dict[int, int] = {}
        held_back = self._held_back(marking)
        for move, cluster, _, _ in self.moves.at(marking):
            if cluster not in self.touching and cluster not in held_back:
                only[cluster] = -1 if cluster in only else move
        return [move for move in only.values() if move >= 0]

    def _held_back(self, marking: int) -> frozenset[int]:
        return self.game.held_back(marking) if self.game.can_be_held_back else frozenset()

    def _group(self, marking: int) -> tuple[PossibleMove, ...]:
        """Return the moves to try: those of the first group that does not touch the datum, else all."""
        possible = self.moves.at(marking)
        if self.is_endless:  # a token that stays where it is lets a move be made that changes nothing any more
            possible = tuple(move for move in possible if move[2] != marking or move[1] in self.touching)
        if all(move[1] in self.touching for move in possible) and self.game.keeps_an_instance_waiting(marking):
            self.may_overlap = True
        if len(possible) < 2:
            return possible
        ranks = self.runs.ranks
        touching = self.touching | self._held_back(marking)
        chosen = -1
        first = (0, 0)
        for move in possible:
            cluster = move[1]
            if cluster not in touching and (chosen < 0 or (ranks[cluster], cluster) < first):
                chosen, first = cluster, (ranks[cluster], cluster)
        if chosen < 0 and self.game.keeps_an_instance_waiting(marking):
            self.may_overlap = True
        return possible if chosen < 0 else tuple(move for move in possible if move[1] == chosen)

    def _execute(self, move: Transition, mask: int, state: int) -> tuple[int, ...]:
        """Return the possible states of knowledge after `move` and note what was seen."""
        masks: tuple[int, ...] = (mask,)
        for node in move.executes:
            if node in self.observer.facts:
                outcomes = (after for before in masks for after in self.observer.execute(node, before, state))
                masks = tuple(dict.fromkeys(outcomes))
        return masks

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
                if possible[0] not in made and (here, possible[0]) not in self.made_up_for:
                    self.made_up_for.add((here, possible[0]))
                    self._make(here, possible)
            found = found or sum(len(targets) for targets in self.successors) > before
        return found


def _touching_groups(game: TokenGame, facts: dict[int, NodeFacts]) -> frozenset[int]:
    """Return the groups of moves whose order matters: they touch the datum, or they stop others that may."""
    touched = {node for node, fact in facts.items() if fact.touches}
    found = {
        move.cluster for move in game.transitions if not touched.isdisjoint(move.executes) or move.interrupts in touched
    }
    return ending_groups(game) | found
