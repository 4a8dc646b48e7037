"""Whether every run of a process can come to a proper end: the four properties of soundness.

Tokens are moved in topological order, one competing group of moves at a time; only inside loops are all orders
tried. In a graph whose moves compete only inside a group this reaches the same deadlocks, meetings of tokens and
executions as all interleavings (persistent sets: Godefroid, Partial-Order Methods, LNCS 1032, 1996).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ankunft_model.graph.token_game import TokenGame, Transition
from ankunft_model.model import Event

ProblemKind: TypeAlias = Literal["deadlock", "lack_of_synchronization", "dead_node", "improper_completion"]

DEFAULT_STATE_LIMIT: Final = 50_000


@dataclass(frozen=True, slots=True)
class SoundnessProblem:
    """One violation: its kind, the nodes concerned, and a run that shows it (ids in order of execution)."""

    kind: ProblemKind
    nodes: tuple[str, ...]
    witness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Soundness:
    """The verdict on one process; `sound` is None if the limit was reached before the answer was known."""

    sound: bool | None
    problems: tuple[SoundnessProblem, ...]
    states: int


_State: TypeAlias = tuple[int, int]


def check_soundness(game: TokenGame, *, state_limit: int = DEFAULT_STATE_LIMIT) -> Soundness:
    """Return whether the process is sound, with each kind of problem once per group of nodes.

    Args:
        game: The token game of the process.
        state_limit: So many states are looked at; then what is known so far is returned with `sound` None,
            or False if a problem was found.
    """
    graph = game.graph
    ranks, is_loop = _ranks(game)
    ends = {
        node: 1 << node
        for node, element in enumerate(graph.nodes)
        if isinstance(element, Event) and element.type == "end"
    }
    start: _State = (game.initial, 0)
    parents: dict[_State, tuple[_State, Transition] | None] = {start: None}
    queue = deque([start])
    executed: set[int] = set()
    problems: dict[tuple[ProblemKind, tuple[str, ...]], SoundnessProblem] = {}

    def witness(state: _State, last: Transition | None = None) -> tuple[str, ...]:
        moves = [] if last is None else [last]
        step = parents[state]
        while step is not None:
            moves.append(step[1])
            step = parents[step[0]]
        return tuple(graph.nodes[node].id for move in reversed(moves) for node in move.executes)

    def note(kind: ProblemKind, nodes: tuple[str, ...], state: _State, last: Transition | None = None) -> None:
        problems.setdefault((kind, nodes), SoundnessProblem(kind, nodes, witness(state, last)))

    while queue:
        if len(parents) > state_limit:
            return Soundness(False if problems else None, tuple(problems.values()), len(parents))
        state = queue.popleft()
        marking, ended = state
        moves = list(game.enabled(marking))
        if not moves:
            if not game.is_complete(marking):
                note("deadlock", _waiting(game, marking), state)
            continue
        first = min(ranks[move.cluster] for move in moves)
        group = [move for move in moves if ranks[move.cluster] == first]
        if not is_loop[first]:
            cluster = group[0].cluster
            group = [move for move in group if move.cluster == cluster]
        for move in group:
            executed.update(move.executes)
            after, doubled = game.fire(marking, move)
            if doubled:
                flow = (doubled & -doubled).bit_length() - 1
                meeting = graph.flows[flow].source if flow < len(graph.flows) else graph.nodes[move.executes[-1]].id
                note("lack_of_synchronization", (meeting,), state, move)
                continue
            finished = ended
            for node in move.executes:
                if node in ends:
                    if finished & ends[node]:
                        note("improper_completion", (graph.nodes[node].id,), state, move)
                    finished |= ends[node]
            next_state = (after, finished)
            if next_state not in parents:
                parents[next_state] = (state, move)
                queue.append(next_state)
    if not problems:
        dead = [node.id for index, node in enumerate(graph.nodes) if index not in executed]
        for node_id in dead:
            problems["dead_node", (node_id,)] = SoundnessProblem("dead_node", (node_id,))
    return Soundness(not problems and (True if game.is_exact else None), tuple(problems.values()), len(parents))


def _waiting(game: TokenGame, marking: int) -> tuple[str, ...]:
    """Return the nodes at which the tokens of a dead marking wait, in the order of the file."""
    graph = game.graph
    found = {graph.target[flow] for flow in range(len(graph.flows)) if marking >> flow & 1}
    found |= {graph.index_of[node.id] for node in graph.nodes if not found}
    return tuple(graph.nodes[node].id for node in sorted(found))


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
    components = _strong_components(successors)
    ranks: dict[int, int] = {}
    is_loop: dict[int, bool] = {}
    for rank, component in enumerate(reversed(components)):
        is_loop[rank] = len(component) > 1 or component[0] in successors[component[0]]
        for cluster in component:
            ranks[cluster] = rank
    return ranks, is_loop


def _strong_components(successors: dict[int, dict[int, None]]) -> list[list[int]]:
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
