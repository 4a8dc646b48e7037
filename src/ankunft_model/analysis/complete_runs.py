"""Complete runs that pass some steps and avoid others: whether there is one, and which."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph

_Place: TypeAlias = tuple[int, frozenset[int]]
"""A state, and the numbers of the sets of which a step was executed."""


def find_complete_run(
    runs: RunGraph, *, through: Iterable[Iterable[str]] = (), avoiding: Iterable[str] = ()
) -> Run | None:
    """Return a shortest complete run; None: there is none.

    Args:
        runs: The graph of runs.
        through: Sets of steps; the run executes at least one step of each. Ids of other processes are ignored.
        avoiding: Steps that the run does not execute.
    """
    graph = runs.game.graph
    wanted = [frozenset(graph.index_of[id_] for id_ in ids if id_ in graph.index_of) for ids in through]
    barred = frozenset(graph.index_of[id_] for id_ in avoiding if id_ in graph.index_of)
    start: _Place = (0, frozenset())
    came_from: dict[_Place, tuple[_Place, int] | None] = {start: None}
    queue: deque[_Place] = deque([start])
    while queue:
        here = queue.popleft()
        state, met = here
        if len(met) == len(wanted) and runs.game.is_complete(runs.markings[state]):
            return _run(runs, here, came_from)
        for edge in runs.edges[state]:
            executes = runs.game.transitions[edge.move].executes
            if edge.target < 0 or not barred.isdisjoint(executes):
                continue
            new = {number for number, nodes in enumerate(wanted) if not nodes.isdisjoint(executes)}
            there = (edge.target, met | new)
            if there not in came_from:
                came_from[there] = (here, edge.move)
                queue.append(there)
    return None


def _run(runs: RunGraph, last: _Place, came_from: dict[_Place, tuple[_Place, int] | None]) -> Run:
    moves: list[int] = []
    step = came_from[last]
    while step is not None:
        moves.append(step[1])
        step = came_from[step[0]]
    taken = [runs.game.transitions[move] for move in reversed(moves)]
    return Run(
        runs.game.graph,
        tuple(node for move in taken for node in move.executes),
        tuple(flow for move in taken for flow in move.takes),
    )
