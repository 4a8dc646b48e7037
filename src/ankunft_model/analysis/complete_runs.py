"""Complete runs that pass some steps and avoid others: whether there is one, and which."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph, build_run_graph, ending_groups, executing_groups

_Place: TypeAlias = tuple[int, frozenset[int]]
"""A state, and the numbers of the sets of which a step was executed."""


@dataclass(frozen=True, slots=True)
class CompleteRun:
    """What a search for a complete run came to.

    Attributes:
        run: The run; None: none was found.
        is_exact: Whether all runs were looked at.
    """

    run: Run | None
    is_exact: bool

    @property
    def is_impossible(self) -> bool:
        """Whether there surely is no such run."""
        return self.run is None and self.is_exact


def find_complete_run(
    runs: RunGraph, *, through: Iterable[Iterable[str]] = (), avoiding: Iterable[str] = ()
) -> CompleteRun:
    """Return a shortest complete run that does all this.

    Args:
        runs: The graph of runs.
        through: Sets of steps; the run executes at least one step of each. Ids of other processes are ignored.
        avoiding: Steps that the run does not execute.
    """
    graph = runs.game.graph
    wanted = [frozenset(graph.index_of[id_] for id_ in ids if id_ in graph.index_of) for ids in through]
    barred = frozenset(graph.index_of[id_] for id_ in avoiding if id_ in graph.index_of)
    if ending_groups(runs.game):
        # whether a step is left out may hang on how early something is ended: the orders that matter are all tried
        named = barred.union(*wanted)
        runs = build_run_graph(runs.game, watched=executing_groups(runs.game, named))
    is_exact = runs.is_complete and runs.game.is_exact
    start: _Place = (0, frozenset())
    came_from: dict[_Place, tuple[_Place, int] | None] = {start: None}
    queue: deque[_Place] = deque([start])
    while queue:
        here = queue.popleft()
        state, met = here
        if len(met) == len(wanted) and runs.game.is_complete(runs.markings[state]):
            return CompleteRun(_run(runs, here, came_from), is_exact)
        for edge in runs.edges[state]:
            executes = runs.game.transitions[edge.move].executes
            if edge.target < 0 or not barred.isdisjoint(executes):
                continue
            new = {number for number, nodes in enumerate(wanted) if not nodes.isdisjoint(executes)}
            there = (edge.target, met | new)
            if there not in came_from:
                came_from[there] = (here, edge.move)
                queue.append(there)
    return CompleteRun(None, is_exact)


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
