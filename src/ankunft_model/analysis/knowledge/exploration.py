"""All runs of a process as far as they differ in who knows one datum: exact gaps and avoidable collections.

They are followed on blocks where the process is made of them, else through the states of the token game.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ankunft_model.analysis.knowledge.block_exploration import ENDLESS, BlockWalk, walk_blocks
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.observing import NodeObservation, Observer
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.knowledge.state_exploration import DEFAULT_STATE_LIMIT, Exploration, StateExploring
from ankunft_model.analysis.witness import BlockRun, OrderedBlockRun, Run
from ankunft_model.graph import RunGraph, TokenGame, WorkflowGraph
from ankunft_model.graph.block_runs import ending_with
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.overlapping_instances import endless_runs, nodes_of_overlapping_instances

BLOCK_STATE_LIMIT: Final = 200_000
"""So many states are looked at on blocks: each takes a small part of the time of one of the token game."""
MAX_INSTANCES: Final = 3
"""So many instances of a process that a loop starts are told apart at once, where one after the other shows less."""


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
    return StateExploring(runs, observer, initial, moves or PossibleMoves(runs.game), state_limit).result()


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
    return StateExploring(endless, observer, initial, PossibleMoves(endless.game), limit, is_endless=True).result()


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
