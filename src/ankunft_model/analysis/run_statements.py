"""Statements about all runs: what is always before what, what never happens without, how often something happens.

Each is decided by walking the graph of all runs in which the named nodes are tried in every order, together with how
often each of them was executed, up to what the statement can tell apart. The answer is a shortest run that breaks the
statement, or none.

Source: precedence, coexistence and bounded existence of Dwyer, Avrunin and Corbett, Patterns in Property
Specifications for Finite-State Verification (ICSE 1999), read over complete runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.witness import Run
from ankunft_model.errors import UnknownElementError
from ankunft_model.graph import RunGraph, TokenGame, build_run_graph, build_token_game, executing_groups
from ankunft_model.model import Activity, nearest
from ankunft_model.wording import Wording

DEFAULT_STATE_LIMIT: Final = 200_000
"""So many pairs of a state and a count are looked at for one statement."""

Counts: TypeAlias = tuple[int, ...]
"""How often each watched node was executed so far, cut off above what matters."""
_State: TypeAlias = tuple[int, Counts]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one statement about all runs.

    Attributes:
        holds: Whether it holds on every run; None: a limit was reached before a run that breaks it was found.
        run: A shortest run that breaks the statement; None where there is none.
    """

    holds: bool | None
    run: Run | None = None


def is_always_before(computed: Computations, earlier: str, later: str) -> Verdict:
    """Return whether on every run, whenever `later` executes, `earlier` was executed before.

    Where no run executes `later` the statement holds.

    Raises:
        UnknownElementError: the model has no such node.
    """

    def breaks(node: int, counts: Counts) -> bool:
        return node == 1 and counts[0] == 0

    return _verdict(computed, (earlier, later), (1, 0), breaks_before=breaks)


def is_never_without(computed: Computations, node: str, other: str) -> Verdict:
    """Return whether every complete run that executes `node` also executes `other`, in whatever order.

    Raises:
        UnknownElementError: the model has no such node.
    """

    def breaks(counts: Counts) -> bool:
        return counts[0] > 0 and counts[1] == 0

    return _verdict(computed, (node, other), (1, 1), breaks_at_end=breaks)


def happens_at_most(computed: Computations, node: str, times: int) -> Verdict:
    """Return whether no run executes `node` more than `times` times, repetitions in a row counted each.

    Raises:
        UnknownElementError: the model has no such node.
    """

    def breaks(node: int, counts: Counts) -> bool:
        return counts[node] >= times

    return _verdict(computed, (node,), (times + 1,), breaks_before=breaks)


def happens_at_least(computed: Computations, node: str, times: int) -> Verdict:
    """Return whether every complete run executes `node` at least `times` times.

    Runs of entry processes that do not have the node count only if no entry process has it.

    Raises:
        UnknownElementError: the model has no such node.
    """

    def breaks(counts: Counts) -> bool:
        return counts[0] < times

    return _verdict(computed, (node,), (times,), breaks_at_end=breaks)


def happens_sometimes(computed: Computations, node: str) -> Verdict:
    """Return whether some run executes `node`; there is no run to show where none does.

    Raises:
        UnknownElementError: the model has no such node.
    """
    never = happens_at_most(computed, node, 0)
    return Verdict(None if never.holds is None else not never.holds)


def _verdict(
    computed: Computations,
    nodes: tuple[str, ...],
    caps: Counts,
    *,
    breaks_before: Callable[[int, Counts], bool] | None = None,
    breaks_at_end: Callable[[Counts], bool] | None = None,
) -> Verdict:
    """Look at the runs of every entry process that has the first-named node or the one that is judged."""
    known = computed.model.nodes
    for node in nodes:
        if node not in known:
            raise _unknown(node, known)
    is_sure = True
    for runs in _runs_with(computed, nodes):
        found, is_complete = _search(runs, nodes, caps, breaks_before, breaks_at_end)
        if found is not None:
            return Verdict(holds=False, run=found)
        is_sure = is_sure and is_complete
    return Verdict(True if is_sure else None)


def _runs_with(computed: Computations, nodes: tuple[str, ...]) -> Iterator[RunGraph]:
    for group in computed.groups:
        game = build_token_game(*group)
        watched = {game.graph.index_of[node] for node in nodes if node in game.graph.index_of}
        if watched:
            yield build_run_graph(game, watched=executing_groups(game, watched))


def _search(
    runs: RunGraph,
    nodes: tuple[str, ...],
    caps: Counts,
    breaks_before: Callable[[int, Counts], bool] | None,
    breaks_at_end: Callable[[Counts], bool] | None,
) -> tuple[Run | None, bool]:
    """Return a shortest run that breaks the statement, and whether all runs were looked at."""
    game = runs.game
    watched = {game.graph.index_of[node]: place for place, node in enumerate(nodes) if node in game.graph.index_of}
    repeats = {node: _repeats(game, node) for node in watched}
    start: _State = (0, (0,) * len(nodes))
    parents: dict[_State, tuple[_State, int] | None] = {start: None}
    queue: deque[_State] = deque([start])
    while queue:
        here = queue.popleft()
        state, counts = here
        if breaks_at_end and not runs.edges[state] and game.is_complete(runs.markings[state]) and breaks_at_end(counts):
            return _run(runs, parents, here, None), True
        for edge in runs.edges[state]:
            outcomes = [counts]
            for node in game.transitions[edge.move].executes:
                if node not in watched:
                    continue
                place = watched[node]
                if breaks_before and any(
                    breaks_before(place, before) or breaks_before(place, _later(before, place, repeats[node], caps))
                    for before in outcomes
                ):
                    return _run(runs, parents, here, edge.move), True
                outcomes = [
                    _added(before, place, times, caps)
                    for before in outcomes
                    for times in dict.fromkeys((repeats[node][0], repeats[node][1] or caps[place] + 1))
                ]
            if edge.target < 0:
                continue
            for after in dict.fromkeys(outcomes):
                if (edge.target, after) not in parents:
                    if len(parents) >= DEFAULT_STATE_LIMIT:
                        return None, False
                    parents[edge.target, after] = (here, edge.move)
                    queue.append((edge.target, after))
    return None, runs.is_complete and game.is_exact


def _repeats(game: TokenGame, node: int) -> tuple[int, int | None]:
    element = game.graph.nodes[node]
    repeats = element.repeats if isinstance(element, Activity) else None
    if repeats is None:
        return (1, 1)
    return (repeats.min, repeats.max)


def _later(counts: Counts, place: int, repeats: tuple[int, int | None], caps: Counts) -> Counts:
    """Return the counts before the last execution of a node that is repeated in a row."""
    most = repeats[1] or caps[place] + 1
    return _added(counts, place, most - 1, caps)


def _added(counts: Counts, place: int, times: int, caps: Counts) -> Counts:
    count = min(counts[place] + times, caps[place])
    return (*counts[:place], count, *counts[place + 1 :])


def _run(
    runs: RunGraph,
    parents: dict[_State, tuple[_State, int] | None],
    last: _State,
    move: int | None,
) -> Run:
    moves = [] if move is None else [move]
    step = parents[last]
    while step is not None:
        moves.append(step[1])
        step = parents[step[0]]
    made = [runs.game.transitions[number] for number in reversed(moves)]
    return Run(
        runs.game.graph,
        tuple(node for transition in made for node in transition.executes),
        tuple(flow for transition in made for flow in transition.takes),
    )


def _unknown(node: str, known: Iterable[str]) -> UnknownElementError:
    near = nearest(node, known)
    return UnknownElementError(
        Wording(
            de=f"Es gibt keinen Schritt, kein Ereignis und kein Gateway „{node}“."
            + (f" Gemeint ist wohl „{near}“." if near else ""),
            en=f"there is no step, event or gateway '{node}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=node,
    )
