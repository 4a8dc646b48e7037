"""Least times over all runs, by alternatives and joins: as soon as one of several, or all of them, can be there.

Every value is the least over one or the greatest over all of what leads there; no time is negative, so that values
can be settled in ascending order (Knuth, A Generalization of Dijkstra's Algorithm, 1977).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TypeAlias

from ankunft_model.analysis.timing.time_graph import TimeGraph
from ankunft_model.model import Event, SubProcess

Inputs: TypeAlias = "Sequence[tuple[int, int]]"
"""What a value is made of: (number of another value, seconds to add)."""


@dataclass(frozen=True, slots=True)
class LeastTimes:
    """Seconds since the beginning.

    Attributes:
        earliest: Earliest completion of each node, or None if it is never reached.
        elapsed: Least time until a run is over; None if none ends.
    """

    earliest: tuple[int | None, ...]
    elapsed: int | None


def least_times(times: TimeGraph) -> LeastTimes:
    """Return lower bounds that hold for every run; exact where the process consists of blocks.

    Waiting handovers, and latencies over joins, are left out: they can only make it later.
    """
    inside = _inner_times(times)
    graph = times.graph
    count = len(graph.nodes)
    values: dict[int, tuple[bool, list[tuple[int, int]]]] = {times.begin: (True, [])}
    for node in range(count):
        values[2 * node] = (times.joins[node] == "all", [])
        values[2 * node + 1] = (False, [])
    for edge in times.edges:
        if edge.is_side:
            continue
        least = edge.time.least
        if edge.node in inside and edge.target == 2 * edge.node + 1:
            continue  # it completes when everything inside has
        values[edge.target][1].append((edge.source, least))
    for node in times.can_skip:
        values[2 * node + 1][1].append((2 * node, 0))
    for node, needed in inside.items():
        if needed is not None:
            values[2 * node + 1][1].append((2 * node, needed + times.times[node].least))
    found = _settled(values, {times.begin: 0})
    earliest: list[int | None] = []
    for node in range(count):
        done = found.get(2 * node + 1)
        if node in times.can_skip and (arrived := found.get(2 * node)) is not None:
            done = arrived + times.times[node].least + (inside.get(node) or 0)
        earliest.append(done)
    return LeastTimes(tuple(earliest), _rest(times, -1, inside))


def _inner_times(times: TimeGraph) -> dict[int, int | None]:
    """Return the least time of the inside of each sub-process that has one, innermost first."""
    graph = times.graph
    inside: dict[int, int | None] = {}
    for node in reversed(range(len(graph.nodes))):  # what is inside follows its sub-process
        if isinstance(graph.nodes[node], SubProcess) and graph.entries_of(node):
            inside[node] = _rest(times, node, inside)
    return inside


def _rest(times: TimeGraph, parent: int, inside: Mapping[int, int | None]) -> int | None:
    """Return the least time from the beginning of a sub-process, or of the run (-1), until nothing is left in it."""
    graph = times.graph
    scope = [node for node in range(len(graph.nodes)) if graph.parent[node] == parent]
    values: dict[int, tuple[bool, list[tuple[int, int]]]] = {}
    base: dict[int, int] = {}
    number = 2 * len(graph.nodes) + 1
    for node in scope:
        number = _add_rest(times, node, inside, values, base, number)
    entries = graph.entries_of(parent)
    is_choice = all(graph.is_start(entry) for entry in entries)
    values[-1] = (not is_choice, [(2 * entry, 0) for entry in entries])
    if any(
        isinstance(end := graph.nodes[node], Event) and end.trigger == "terminate" for node in range(len(graph.nodes))
    ):
        values = {key: (False, inputs) for key, (_, inputs) in values.items()}  # the rest need not be waited for
    return _settled(values, base).get(-1)


def _add_rest(
    times: TimeGraph,
    node: int,
    inside: Mapping[int, int | None],
    values: dict[int, tuple[bool, list[tuple[int, int]]]],
    base: dict[int, int],
    number: int,
) -> int:
    """Add what follows the arrival at a node, and its completion; return the next free number of a value."""
    graph = times.graph
    arrive, done = 2 * node, 2 * node + 1
    own = times.times[node].least
    ways: list[tuple[int, int]] = []
    if node not in inside:
        ways.append((done, own))
    elif (needed := inside[node]) is not None:
        ways.append((done, own + needed))
    if node in times.can_skip:
        ways.append((done, 0))
    for event in graph.boundary_events[node]:
        boundary = graph.nodes[event]
        if isinstance(boundary, Event) and boundary.interrupting:
            ways.append((2 * event + 1, times.times[event].least))
    values[arrive] = (False, ways)
    always: list[tuple[int, int]] = []
    choices: list[tuple[int, int]] = []
    for index in times.leaving[done]:
        edge = times.edges[index]
        if edge.is_side or edge.target % 2:
            continue
        if graph.parent[edge.target // 2] != graph.parent[node]:
            continue  # a sub-process does not wait for the process that something in it starts
        is_start = not graph.incoming[edge.target // 2]
        way = (edge.target, edge.time.least)
        if is_start and node in times.can_skip:
            continue  # nothing is started where it is left out
        if times.splits[node] == "all" or is_start:
            always.append(way)
        else:
            choices.append(way)
    flows = [graph.flows[flow].flow for flow in graph.outgoing[node]]
    if times.splits[node] == "or" and not _is_gateway_like(times, node):
        targets = {
            2 * graph.target[flow]
            for flow, line in zip(graph.outgoing[node], flows, strict=True)
            if line.when is None and not line.default
        }
        always += [way for way in choices if way[0] in targets]
        choices = [way for way in choices if way[0] not in targets]
    if not always and not choices:
        base[done] = 0
        return number
    if choices and always:
        values[number] = (False, choices)
        always.append((number, 0))
        number += 1
    values[done] = (bool(always), always or choices)
    return number


def _is_gateway_like(times: TimeGraph, node: int) -> bool:
    """Return whether one of the ways suffices: a gateway, not a step with conditions on some of its flows."""
    return times.graph.nodes[node].type == "inclusive"


def _settled(values: Mapping[int, tuple[bool, Inputs]], base: Mapping[int, int]) -> dict[int, int]:
    """Return the values that can be reached from those given; each is the greatest of all inputs, or the least."""
    users: dict[int, list[tuple[int, int]]] = {}
    missing: dict[int, int] = {}
    for value, (is_all, inputs) in values.items():
        missing[value] = len(inputs) if is_all else 0
        for source, seconds in inputs:
            users.setdefault(source, []).append((value, seconds))
    highest: dict[int, int] = {}
    found: dict[int, int] = {}
    heap = [(seconds, value) for value, seconds in base.items()]
    heap.sort()
    while heap:
        seconds, value = heappop(heap)
        if value in found:
            continue
        found[value] = seconds
        for user, more in users.get(value, ()):
            if user in found:
                continue
            if not values[user][0]:
                heappush(heap, (seconds + more, user))
                continue
            highest[user] = max(highest.get(user, 0), seconds + more)
            missing[user] -= 1
            if missing[user] == 0:
                heappush(heap, (highest[user], user))
    return found
