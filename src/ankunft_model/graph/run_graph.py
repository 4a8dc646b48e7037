"""All runs of a process as one small graph of states, up to the order of what happens independently.

Tokens are moved in topological order, one competing group of moves at a time; only inside loops are all orders
tried. In a graph whose moves compete only inside a group this reaches the same deadlocks, meetings of tokens,
decisions and executions as all interleavings (persistent sets: Godefroid, Partial-Order Methods, LNCS 1032, 1996).
A move that is put off for ever by an endless loop is made up for afterwards. What depends on the order of
independent nodes is not seen here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from ankunft_model.graph.block_tree import BlockTree, find_blocks
from ankunft_model.graph.components import strong_components
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.token_game import TokenGame, Transition, bits

DEFAULT_STATE_LIMIT: Final = 50_000


MAX_STATES_BEHIND: Final = 2_000
"""So many states are looked at behind a meeting of two tokens."""


class RunEdge(NamedTuple):
    """One move from a state: its index in the game, and the state it leads to, or -1 if two tokens would meet.

    `doubled` are the places at which they meet.
    """

    move: int
    target: int
    doubled: int


@dataclass(frozen=True, slots=True)
class States:
    """What `RunGraph` has once its states were looked at."""

    markings: tuple[int, ...]
    edges: tuple[tuple[RunEdge, ...], ...]
    reached_by: tuple[tuple[int, int] | None, ...]
    repeated_ends: tuple[tuple[int, int], ...]
    limits: tuple[Limit, ...]
    ranks: dict[int, int]
    has_loops: bool


class RunGraph:
    """States and moves; state 0 is the beginning. They are looked at when the first is asked for.

    Attributes:
        game: The game that is played.
        regions: The block structure of the process, in which nets may stand for blocks; None if it has none.
        blocks: The same if it has no nets.
        markings: The marking of each state.
        edges: The moves that leave each state; none where the run is over or stuck.
        reached_by: The state and move over which each state was first reached, breadth first; None for state 0.
        repeated_ends: Moves (state, move) in which an end event executes a second time in its run.
        limits: Whether the limit of states was reached, or three tokens met; what lies behind is missing then.
        ranks: Topological rank of each group of competing moves; groups of one loop share a rank.
        has_loops: Whether a group of moves can come again within a run.
    """

    def __init__(self, game: TokenGame, explore: Callable[[], States]) -> None:
        self.game = game
        self._explore = explore

    @cached_property
    def blocks(self) -> BlockTree | None:  # noqa: D102 see the class
        return self.regions if self.regions is None or not self.regions.nets else None

    @cached_property
    def regions(self) -> BlockTree | None:  # noqa: D102 see the class
        return find_blocks(self.game.control)

    @cached_property
    def _states(self) -> States:
        return self._explore()

    @property
    def markings(self) -> tuple[int, ...]:  # noqa: D102 see the class
        return self._states.markings

    @property
    def edges(self) -> tuple[tuple[RunEdge, ...], ...]:  # noqa: D102 see the class
        return self._states.edges

    @property
    def reached_by(self) -> tuple[tuple[int, int] | None, ...]:  # noqa: D102 see the class
        return self._states.reached_by

    @property
    def repeated_ends(self) -> tuple[tuple[int, int], ...]:  # noqa: D102 see the class
        return self._states.repeated_ends

    @property
    def limits(self) -> tuple[Limit, ...]:  # noqa: D102 see the class
        return self._states.limits

    @property
    def is_complete(self) -> bool:
        """Whether no limit was reached."""
        return not self._states.limits

    @cached_property
    def followed(self) -> RunGraph:
        """The same runs, followed behind meetings of two tokens on one flow where there are any."""
        if not any(edge.doubled for edges in self.edges for edge in edges):
            return self
        return build_run_graph(self.game, goes_on=True)

    @property
    def ranks(self) -> dict[int, int]:  # noqa: D102 see the class
        return self._states.ranks

    @property
    def has_loops(self) -> bool:  # noqa: D102 see the class
        return self._states.has_loops

    def moves_to(self, state: int) -> tuple[int, ...]:
        """Return the moves, in order, that lead to `state`."""
        moves: list[int] = []
        step = self.reached_by[state]
        while step is not None:
            moves.append(step[1])
            step = self.reached_by[step[0]]
        return tuple(reversed(moves))

    def run_to(self, state: int, last: int | None = None) -> tuple[int, ...]:
        """Return the nodes that execute on the way to `state`, then those of the move `last`, in order."""
        moves = self.moves_to(state) if last is None else (*self.moves_to(state), last)
        return tuple(node for move in moves for node in self.game.transitions[move].executes)


def build_run_graph(
    game: TokenGame,
    *,
    state_limit: int = DEFAULT_STATE_LIMIT,
    watched: frozenset[int] | None = None,
    goes_on: bool = False,
) -> RunGraph:
    """Return the graph of all runs of `game`, at most `state_limit` states of it.

    Args:
        game: The game.
        state_limit: So many states are looked at.
        watched: Groups of moves that are tried in every order with each other and with what ends other moves early;
            None: none, unless what is ended early would have been awaited elsewhere.
        goes_on: Whether runs are followed behind a meeting of two tokens on one flow, up to a bound.
    """
    return RunGraph(game, lambda: _Exploring(game, state_limit, watched, goes_on=goes_on).build())


class _Exploring:
    """Looks at states breadth first; used once."""

    def __init__(
        self, game: TokenGame, state_limit: int, watched: frozenset[int] | None, *, goes_on: bool = False
    ) -> None:
        self.game = game
        self.goes_on = goes_on
        self.states_behind = 0
        self.state_limit = state_limit
        self.ranks, self.looping = topological_ranks(game)
        self.late: frozenset[int] | None = None
        if watched is not None:
            self.late = watched | ending_groups(game)
        elif _ends_what_is_awaited(game):
            self.late = frozenset(move.cluster for move in game.transitions)
        self.end_bit = {node: 1 << node for node, kind in enumerate(game.control.kinds) if kind in ("end", "terminate")}
        self.states: list[tuple[int, int]] = [(game.initial, 0)]
        self.number_of = {self.states[0]: 0}
        self.edges: list[list[RunEdge]] = [[]]
        self.reached_by: list[tuple[int, int] | None] = [None]
        self.repeated_ends: list[tuple[int, int]] = []
        self.limits: set[Limit] = set()
        self.queue = deque([0])

    def build(self) -> States:
        while True:
            while self.queue:
                number = self.queue.popleft()
                for move in self._group(self.states[number][0]):
                    self._make(number, move)
            if not self.looping or not self._make_up_for_ignored_moves():
                break
        return States(
            markings=tuple(marking for marking, _ in self.states),
            edges=tuple(map(tuple, self.edges)),
            reached_by=tuple(self.reached_by),
            repeated_ends=tuple(self.repeated_ends),
            limits=in_order(self.limits),
            ranks=self.ranks,
            has_loops=bool(self.looping),
        )

    def _group(self, marking: int) -> list[int]:
        """Return the moves to try in a state: those of the first group, or all that are watched."""
        game, ranks = self.game, self.ranks
        moves = list(game.enabled(marking))
        late = self.late
        contested = game.contested(marking) if game.contests else frozenset[int]()
        if late is not None:
            waiting = contested | late
            waiting |= game.held_back(marking) if game.can_be_held_back else frozenset[int]()
            free = [move for move in moves if game.transitions[move].cluster not in waiting]
            if not free:
                return moves
            moves, contested = free, frozenset[int]()
        if len(moves) < 2:
            return moves
        clusters = [game.transitions[move].cluster for move in moves]
        first = min(ranks[cluster] for cluster in clusters)
        if first in self.looping:
            chosen = {cluster for cluster in clusters if ranks[cluster] == first}
        else:
            chosen = {next(cluster for cluster in clusters if ranks[cluster] == first)}
        if not contested.isdisjoint(chosen):
            # nothing else leads to what is contested; in any other order tokens beside it might never meet
            chosen |= contested
        return [move for move, cluster in zip(moves, clusters, strict=True) if cluster in chosen]

    def _make(self, number: int, move_number: int) -> None:
        marking, ended = self.states[number]
        move = self.game.transitions[move_number]
        after, doubled = self._fire(marking, move)
        if after < 0:
            self.edges[number].append(RunEdge(move_number, -1, doubled))
            return
        for node in move.executes:
            bit = self.end_bit.get(node, 0)
            if ended & bit:
                self.repeated_ends.append((number, move_number))
            ended |= bit
        state = (after, self.game.ended(ended, after))
        target = self.number_of.get(state)
        if target is None:
            behind = after > self.game.places
            if len(self.states) >= self.state_limit or (behind and self.states_behind >= MAX_STATES_BEHIND):
                self.limits.add("states")
                if doubled:
                    self.edges[number].append(RunEdge(move_number, -1, doubled))
                return
            self.states_behind += behind
            target = self.number_of[state] = len(self.states)
            self.states.append(state)
            self.edges.append([])
            self.reached_by.append((number, move_number))
            self.queue.append(target)
        self.edges[number].append(RunEdge(move_number, target, doubled))

    def _fire(self, marking: int, move: Transition) -> tuple[int, int]:
        """Return the marking after a move, or -1 where it is not looked at, and where tokens meet."""
        if self.goes_on:
            after, doubled = self.game.fire_among_two(marking, move)
            if after < 0:
                self.limits.add("tokens")
            return after, doubled
        after, doubled = self.game.fire(marking, move)
        return (-1 if doubled else after), doubled

    def _make_up_for_ignored_moves(self) -> bool:
        """Try, in rounds without a way out, what was possible all the time and put off; return if there was any."""
        successors = {n: {e.target: None for e in edges if e.target >= 0} for n, edges in enumerate(self.edges)}
        found = False
        for states in strong_components(successors):
            inside = set(states)
            if any(not successors[state] or not inside.issuperset(successors[state]) for state in states):
                continue
            made = {edge.move for state in states for edge in self.edges[state]}
            here = min(states)
            for move in list(self.game.enabled(self.states[here][0])):
                if move not in made:
                    before = len(self.edges[here])
                    self._make(here, move)
                    found = found or len(self.edges[here]) > before  # not if a limit kept it from being made
        return found


def executing_groups(game: TokenGame, nodes: Iterable[int]) -> frozenset[int]:
    """Return the groups of moves that execute one of the nodes, or end it before it is done."""
    named = set(nodes)
    return frozenset(
        move.cluster for move in game.transitions if not named.isdisjoint(move.executes) or move.interrupts in named
    )


def ending_groups(game: TokenGame) -> frozenset[int]:
    """Return the groups of moves that take tokens away from others (terminating ends, interruptions).

    With them, those whose moves may be ended so although something elsewhere waits for them, or is started by them.
    """
    ending = {move.cluster for move in game.transitions if move.clears & ~game.passive}
    return frozenset(ending) | _awaited_groups(game)


def _awaited_groups(game: TokenGame) -> frozenset[int]:
    flows = (1 << len(game.control.source)) - 1
    found: set[int] = set()
    for ended in {move.clears & ~game.passive for move in game.transitions} - {0}:
        found |= {
            move.cluster
            for move in game.transitions
            if move.consumes & ended and (move.marks or move.produces & ~ended & ~flows)
        }
    return frozenset(found)


def _ends_what_is_awaited(game: TokenGame) -> bool:
    """Whether moves that something else waits for, or is started by, can be ended early."""
    return bool(_awaited_groups(game))


def topological_ranks(game: TokenGame) -> tuple[dict[int, int], frozenset[int]]:
    """Return a topological rank per group of competing moves, loops sharing one, and which ranks are loops."""
    producers: list[set[int]] = [set() for _ in range(game.place_count)]
    groups: dict[int, None] = {}
    for move in game.transitions:
        groups.setdefault(move.cluster)
        for place in bits(move.produces | move.marks):
            producers[place].add(move.cluster)
    consumers: list[set[int]] = [set() for _ in range(game.place_count)]
    for move in game.transitions:
        for place in bits(move.consumes):
            consumers[place].add(move.cluster)
    successors: dict[int, dict[int, None]] = {group: {} for group in groups}
    for move in game.transitions:
        # what empties a place comes before what it keeps from happening, or ends
        for place in bits(move.clears | move.inhibited_by & ~game.passive):
            for consumer in sorted(consumers[place] - {move.cluster}):
                successors[consumer].setdefault(move.cluster)
        own = move.inhibited_by | move.clears | (move.consumes | move.requires) & game.passive
        for place in bits(move.consumes | move.requires | move.inhibited_by | move.clears):
            for producer in sorted(producers[place]):
                if producer != move.cluster or not own >> place & 1:
                    successors[producer].setdefault(move.cluster)
    components = strong_components(successors)
    ranks: dict[int, int] = {}
    looping: set[int] = set()
    for rank, component in enumerate(reversed(components)):
        if len(component) > 1 or component[0] in successors[component[0]]:
            looping.add(rank)
        for group in component:
            ranks[group] = rank
    return ranks, frozenset(looping)
