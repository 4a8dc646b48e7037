"""Counts how often the person is asked in a case: along the runs that take the decisions the case fixes."""

from __future__ import annotations

from collections.abc import Collection

from ankunft_model.graph import RunEdge, RunGraph, WorkflowGraph, build_run_graph, build_token_game
from ankunft_model.model import Activity, ArrivalModel, Case, Process


def least_times_asked(model: ArrivalModel, process: Process, case: Case, item: str, *, after: str | None = None) -> int:
    """Return how often at least a complete run of `case` asks the applicant for `item`.

    Args:
        model: The model.
        process: The process, without loops.
        case: Its choices are taken; other decisions are free.
        item: A data item; other names of the same item count as well.
        after: Count only steps that flows lead to from this node.
    """
    runs = build_run_graph(build_token_game(process))
    graph = runs.game.graph
    counted = graph.reachable_from([graph.index_of[after]]) if after is not None else range(len(graph.nodes))
    return _least_cost(runs, _costs(model, runs, item, counted), _choices_by_gateway(graph, case))


def _choices_by_gateway(graph: WorkflowGraph, case: Case) -> dict[int, frozenset[int]]:
    return {
        graph.index_of[gateway]: frozenset(graph.index_of[target] for target in targets)
        for gateway, targets in case.choices.items()
    }


def _costs(model: ArrivalModel, runs: RunGraph, item: str, counted: Collection[int]) -> list[int]:
    """Return how often each move asks, a repeated step as often as it has to be repeated."""
    return [
        sum(_times(model, runs, node, item) for node in move.executes if node in counted)
        for move in runs.game.transitions
    ]


def _times(model: ArrivalModel, runs: RunGraph, node: int, item: str) -> int:
    step = runs.game.graph.nodes[node]
    if not isinstance(step, Activity) or step.for_:
        return 0  # what is asked about another member of the household is another count
    asked = model.items_of(entry.item for entry in step.collects or ())
    if model.canonical(item) not in {model.canonical(name) for name in asked}:
        return 0
    return 1 if step.repeats is None else step.repeats.min


def _least_cost(runs: RunGraph, costs: list[int], choices: dict[int, frozenset[int]]) -> int:
    """Return the least sum of costs on a way from the first state to one where the run is over (no loops)."""
    least: dict[int, int] = {}
    work = [0]
    while work:
        state = work[-1]
        edges = [edge for edge in runs.edges[state] if _is_taken(runs, edge, choices)]
        waiting = [edge.target for edge in edges if edge.target not in least]
        if waiting:
            work.extend(waiting)
            continue
        work.pop()
        least[state] = min((least[edge.target] + costs[edge.move] for edge in edges), default=0)
    return least[0]


def _is_taken(runs: RunGraph, edge: RunEdge, choices: dict[int, frozenset[int]]) -> bool:
    graph = runs.game.graph
    return all(
        graph.source[flow] not in choices or graph.target[flow] in choices[graph.source[flow]]
        for flow in runs.game.transitions[edge.move].takes
    )
