"""All runs of a process as far as they differ in who knows one datum: exact gaps and avoidable collections.

A state is a marking and a state of knowledge. Nodes that do not touch the datum are executed first, one at a time:
that keeps every order in which nodes that do touch it can happen. Only these are tried in all orders.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ankunft_model.analysis.knowledge.block_exploration import ENDLESS, BlockWalk, walk_blocks
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.observing import NodeObservation, Observer
from ankunft_model.analysis.knowledge.possible_moves import PossibleMove, PossibleMoves, Way
from ankunft_model.analysis.witness import BlockRun, OrderedBlockRun, Run
from ankunft_model.graph import RunGraph, TokenGame, Transition, WorkflowGraph, ending_groups, strong_components
from ankunft_model.graph.block_runs import ending_with
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.overlapping_instances import endless_runs, nodes_of_overlapping_instances

DEFAULT_STATE_LIMIT: Final = 50_000
BLOCK_STATE_LIMIT: Final = 200_000
"""So many states are looked at on blocks: each takes a small part of the time of one of the token game."""
MAX_STATES_BEHIND: Final = 5_000
"""So many states are looked at behind a meeting of two tokens."""
MAX_INSTANCES: Final = 3
"""So many instances of a process that a loop starts are told apart at once, where one after the other shows less."""


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


@dataclass(slots=True)
class BlockExploration:
    """What all runs show about one datum, in a process made of blocks; see `Exploration`.

    Attributes:
        told: Nodes that runs name whenever they execute: those that touch the datum, if nothing else is in the way.
    """

    graph: WorkflowGraph
    blocks: BlockTree
    observations: dict[int, NodeObservation]
    limits: tuple[Limit, ...]
    states: int
    ever: int
    walk: BlockWalk = field(repr=False)
    told: Collection[int] = field(default=(), repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits

    def run(self, state: int, node: int) -> Run:
        """Return a run that leads to `state` and then executes `node`."""
        history = partial(_history_with, self.blocks, self.walk, state, node)
        return BlockRun(self.graph, self.blocks, history, told=self.told)

    def ordered_run(self, state: int, node: int) -> Run:
        """Return the run with a witness in the order of the whole run."""
        history = partial(_history_with, self.blocks, self.walk, state, node)
        return OrderedBlockRun(self.graph, self.blocks, history, told=self.told)


def _history_with(blocks: BlockTree, walk: BlockWalk, state: int, node: int) -> tuple[int, ...]:
    """Return what happens on the way to a state, and then the node; runs keep no more of an exploration than this."""
    return ending_with(blocks, walk.history(state), node)


def explore(
    runs: RunGraph,
    facts: dict[int, NodeFacts],
    initial: int,
    all_knowers: int,
    moves: PossibleMoves | None = None,
    *,
    state_limit: int | None = None,
) -> Exploration | BlockExploration:
    """Return what all runs show about the datum with `facts`.

    Args:
        runs: The graph of runs of the process.
        facts: What nodes do to the datum; nodes that do not touch it are left out.
        initial: Who holds it at the beginning.
        all_knowers: The bits that count as knowers.
        moves: The possible moves of the game, if they are shared by several data.
        state_limit: So many states are looked at; None: as many as suits the process.
    """
    observer = Observer(facts, all_knowers)
    if not observer.observations:
        return Exploration(runs.game, {}, limits=(), states=0, parents=[])
    return explore_with(runs, observer, initial, moves, state_limit=state_limit)


def explore_with(
    runs: RunGraph,
    observer: Observer,
    initial: int,
    moves: PossibleMoves | None = None,
    *,
    state_limit: int | None = None,
) -> Exploration | BlockExploration:
    """Return what all runs show to an observer; see `explore`."""
    if state_limit is None:
        state_limit = default_state_limit(runs)
    found = _explored(runs, observer, initial, moves, state_limit)
    if runs.game.keeps_orders or not (runs.game.control.waits or _can_overlap(runs.game, observer.facts)):
        return found
    return _with_overlaps(runs, observer, initial, found, state_limit)


def _explored(
    runs: RunGraph, observer: Observer, initial: int, moves: PossibleMoves | None, state_limit: int, copies: int = 1
) -> Exploration | BlockExploration:
    """Return what the runs show on which up to `copies` instances of a process that a loop starts go on at once."""
    if runs.regions is not None:
        walk = walk_blocks(runs.regions, observer.facts, observer, initial, state_limit, copies)
        if walk is not None:
            found = observer.observations
            told = () if walk.limits or copies > 1 else _told(runs.regions, observer.facts)
            return BlockExploration(
                runs.game.graph, runs.regions, found, walk.limits, walk.states, walk.ever, walk, told
            )
    state_limit = min(state_limit, DEFAULT_STATE_LIMIT)
    return _Exploring(runs, observer, initial, moves or PossibleMoves(runs.game), state_limit).result()


def _can_overlap(game: TokenGame, facts: dict[int, NodeFacts]) -> bool:
    """Return whether instances that may be under way at once have anything to do with the datum."""
    if game.is_loose:
        return True
    several = nodes_of_overlapping_instances(game.control)
    return any(fact.touches and node in several for node, fact in facts.items())


def _with_overlaps(
    runs: RunGraph, observer: Observer, initial: int, found: Exploration | BlockExploration, state_limit: int
) -> Exploration | BlockExploration:
    """Return what is seen with any number of instances at once, from what is seen where one follows the other.

    Nothing new is seen where more runs than there are show nothing new. Else two instances may be at work at once;
    if more runs than there are show more even then, this is taken as what may be so.
    """
    is_loose = runs.game.is_loose
    if isinstance(found, Exploration) and runs.game.control.waits and not (is_loose or found.limits):
        if not found.may_overlap:
            return found  # each instance is over, as far as the datum goes, before the next one begins
        is_loose = True
    limits: list[Limit] = [limit for limit in found.limits if limit != "starts"]
    if not limits:
        endless = observer.anew()
        more = _explored_endlessly(runs, endless, initial, state_limit)
        limits += more.limits
        states = found.states + more.states
        ever = more.ever & observer.all_knowers
        for copies in () if limits or is_loose else range(1, MAX_INSTANCES + 1):
            if copies > 1:
                if not isinstance(found, BlockExploration):
                    break
                several = observer.anew()
                found = _explored(runs, several, initial, None, state_limit, copies)
                states += found.states
                if found.limits:
                    limits += found.limits
                    break
                observer.take(several)
            if observer.has_seen_all_of(endless) and not ever & ~found.ever:
                found.observations, found.states = observer.observations, states
                return found
        observer.add(endless)
        found.ever |= ever
        found.observations, found.states = observer.observations, states
    if limits:
        observer.judge_the_rest(initial)
    found.limits = in_order((*limits, "starts" if is_loose or runs.game.control.waits else "instances"))
    return found


def _explored_endlessly(
    runs: RunGraph, observer: Observer, initial: int, state_limit: int
) -> Exploration | BlockExploration:
    if runs.regions is not None:
        walk = walk_blocks(runs.regions, observer.facts, observer, initial, state_limit, ENDLESS)
        if walk is not None:
            found = observer.observations
            return BlockExploration(runs.game.graph, runs.regions, found, walk.limits, walk.states, walk.ever, walk)
    limit = min(state_limit, DEFAULT_STATE_LIMIT)
    endless = endless_runs(runs)
    return _Exploring(endless, observer, initial, PossibleMoves(endless.game), limit, is_endless=True).result()


def _told(blocks: BlockTree, facts: dict[int, NodeFacts]) -> Collection[int]:
    """Return the nodes with `facts` if each is a single leaf that the walk has seen, else none.

    What happens at the same time in a net has another order in its history than in the whole run.
    """
    leaves_of, in_nets = blocks.leaves_of, blocks.in_nets
    if in_nets and not in_nets.isdisjoint(facts):
        return ()
    return facts if all(fact.touches and len(leaves_of.get(node, ())) == 1 for node, fact in facts.items()) else ()


def default_state_limit(runs: RunGraph) -> int:
    """Return how many states are looked at if nobody says so."""
    return DEFAULT_STATE_LIMIT if runs.regions is None else BLOCK_STATE_LIMIT


class _Exploring:
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
