"""How long at least lies between two steps: enough to say that something has surely expired in between."""

from __future__ import annotations

from heapq import heappop, heappush

from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import DurationRange


def least_seconds_between(graph: WorkflowGraph, first: int, second: int) -> int | None:
    """Return the least time from the completion of a node to the moment another one executes, along any way of flows.

    Waiting and working times count with their least value, unknown ones as none. Steps that no flow joins may follow
    at once: None.
    """
    best = {first: 0}
    heap = [(0, first)]
    while heap:
        passed, node = heappop(heap)
        if node == second and node != first:
            return passed
        if passed > best[node]:
            continue
        work = _least(getattr(graph.nodes[node], "duration", None)) if node != first else 0
        for target, delay in _followers(graph, node):
            wait = _least(getattr(graph.nodes[target], "wait", None))
            arrival = passed + work + delay + wait
            if arrival < best.get(target, arrival + 1):
                best[target] = arrival
                heappush(heap, (arrival, target))
    return None


def has_surely_expired(graph: WorkflowGraph, first: int, second: int, valid_for: DurationRange | None) -> bool:
    """Return whether more time than `valid_for` lies between two steps on every way from the one to the other."""
    longest = None if valid_for is None else valid_for.max_seconds
    least = None if longest is None else least_seconds_between(graph, first, second)
    return longest is not None and least is not None and least > longest


def _least(time: DurationRange | None) -> int:
    return 0 if time is None else time.min_seconds or 0


def _followers(graph: WorkflowGraph, node: int) -> list[tuple[int, int]]:
    """Return what can follow a node, with the least delay on the way; leaving a sub-process takes no time."""
    found = [(graph.target[flow], _least(graph.flows[flow].flow.delay)) for flow in graph.outgoing[node]]
    found += [(event, 0) for event in graph.boundary_events[node]]
    found += [(inner, 0) for inner, parent in enumerate(graph.parent) if parent == node]
    if graph.parent[node] >= 0 and not graph.outgoing[node]:
        outer = graph.parent[node]
        found += [(graph.target[flow], _least(graph.flows[flow].flow.delay)) for flow in graph.outgoing[outer]]
    return found
