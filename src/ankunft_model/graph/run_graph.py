"""All runs of a process as one small graph of states, up to the order of what happens independently.

Tokens are moved in topological order, one competing group of moves at a time; only inside loops are all orders
tried. In a graph whose moves compete only inside a group this reaches the same deadlocks, meetings of tokens,
decisions and executions as all interleavings (persistent sets: Godefroid, Partial-Order Methods, LNCS 1032, 1996).
What depends on the order of independent nodes is not seen here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final, NamedTuple

from ankunft_model.graph.token_game import TokenGame, Transition
from ankunft_model.model import Event

DEFAULT_STATE_LIMIT: Final = 50_000


class RunEdge(NamedTuple):
    """One move from a state: its index in the game, and the state it leads to, or -1 if two tokens would meet."""

    move: int
    target: int
    doubled: int


@dataclass(frozen=True, slots=True)
class RunGraph:
    """States and moves; state 0 is the beginning.

    Attributes:
        markings: The marking of each state.
        edges: The moves that leave each state; none where the run is over or stuck.
        reached_by: The state and move over which each state was first reached, breadth first; None for state 0.
        repeated_ends: Moves (state, move) in which an end event executes a second time in its run.
        is_complete: False if the limit of states was reached; what lies behind is missing then.
        ranks: Topological rank of each group of competing moves; groups of one loop share a rank.
    """

    game: TokenGame
    markings: tuple[int, ...]
    edges: tuple[tuple[RunEdge, ...], ...]
    reached_by: tuple[tuple[int, int] | None, ...]
    repeated_ends: tuple[tuple[int, int], ...]
    is_complete: bool
    ranks: dict[int, int]

    def run_to(self, state: int, last: int | None = None) -> tuple[int, ...]:
        """Return the nodes that execute on the way to `state`, then those of the move `last`, in order."""
        moves = [] if last is None else [last]
        step = self.reached_by[state]
        while step is not None:
            moves.append(step[1])
            step = self.reached_by[step[0]]
        return tuple(node for move in reversed(moves) for node in self.game.transitions[move].executes)


def build_run_graph(game: TokenGame, *, state_limit: int = DEFAULT_STATE_LIMIT) -> RunGraph:
    """Return the graph of all runs of `game`, at most `state_limit` states of it.

    A flow that the model allows a limited number of times (`repeats`) is not taken more often.
    """
    graph = game.graph
    ranks, is_loop = _ranks(game)
    end_bit = {
        node: 1 << node
        for node, element in enumerate(graph.nodes)
        if isinstance(element, Event) and element.type == "end"
    }
    bounds = {
        1 << flow: line.flow.repeats.max for flow, line in enumerate(graph.flows) if line.flow.repeats is not None
    }
    start = (game.initial, 0, (0,) * len(bounds))
    number_of = {start: 0}
    markings = [game.initial]
    edges: list[tuple[RunEdge, ...]] = []
    reached_by: list[tuple[int, int] | None] = [None]
    repeated_ends: list[tuple[int, int]] = []
    move_number = {id(move): index for index, move in enumerate(game.transitions)}
    queue = deque([start])
    is_complete = True
    while queue:
        state = queue.popleft()
        marking, ended, taken = state
        number = number_of[state]
        leaving: list[RunEdge] = []
        for move in _next_group(list(game.enabled(marking)), ranks, is_loop):
            index = move_number[id(move)]
            counts = tuple(count + bool(move.produces & place) for count, place in zip(taken, bounds, strict=True))
            if any(count > most for count, most in zip(counts, bounds.values(), strict=True)):
                continue
            after, doubled = game.fire(marking, move)
            if doubled:
                leaving.append(RunEdge(index, -1, doubled))
                continue
            finished = ended
            for node in move.executes:
                bit = end_bit.get(node, 0)
                if finished & bit:
                    repeated_ends.append((number, index))
                finished |= bit
            next_state = (after, finished, counts)
            if next_state not in number_of:
                if len(markings) >= state_limit:
                    is_complete = False
                    continue
                number_of[next_state] = len(markings)
                markings.append(after)
                reached_by.append((number, index))
                queue.append(next_state)
            leaving.append(RunEdge(index, number_of[next_state], 0))
        edges.append(tuple(leaving))
    return RunGraph(game, tuple(markings), tuple(edges), tuple(reached_by), tuple(repeated_ends), is_complete, ranks)


def _next_group(moves: list[Transition], ranks: dict[int, int], is_loop: dict[int, bool]) -> list[Transition]:
    if not moves:
        return []
    first = min(ranks[move.cluster] for move in moves)
    group = [move for move in moves if ranks[move.cluster] == first]
    if is_loop[first]:
        return group
    return [move for move in group if move.cluster == group[0].cluster]


def _ranks(game: TokenGame) -> tuple[dict[int, int], dict[int, bool]]:
    """Return a topological rank per cluster of moves, loops sharing one, and which ranks are loops."""
    producers: list[set[int]] = [set() for _ in range(game.place_count)]
    clusters: dict[int, None] = {}
    for move in game.transitions:
        clusters.setdefault(move.cluster)
        places = move.produces | move.marks
        while places:
            lowest = places & -places
            producers[lowest.bit_length() - 1].add(move.cluster)
            places ^= lowest
    successors: dict[int, dict[int, None]] = {cluster: {} for cluster in clusters}
    for move in game.transitions:
        places = move.consumes | move.requires | move.inhibited_by
        while places:
            lowest = places & -places
            for producer in sorted(producers[lowest.bit_length() - 1]):
                if producer != move.cluster or not move.inhibited_by & lowest:
                    successors[producer].setdefault(move.cluster)
            places ^= lowest
    components = strong_components(successors)
    ranks: dict[int, int] = {}
    is_loop: dict[int, bool] = {}
    for rank, component in enumerate(reversed(components)):
        is_loop[rank] = len(component) > 1 or component[0] in successors[component[0]]
        for cluster in component:
            ranks[cluster] = rank
    return ranks, is_loop


def strong_components(successors: dict[int, dict[int, None]]) -> list[list[int]]:
    """Return the strongly connected components, targets before sources (Tarjan 1972), without recursion."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[list[int]] = []
    for root in successors:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(successors[root]))]
        while work:
            node, remaining = work[-1]
            for target in remaining:
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(successors[target])))
                    break
                if target in on_stack:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component: list[int] = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    found.append(component)
    return found
