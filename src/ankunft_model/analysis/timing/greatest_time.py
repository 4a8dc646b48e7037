"""Greatest times over all runs: the longest ways through a process, and where nothing bounds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final, NamedTuple

from ankunft_model.analysis.timing.time_graph import TimeGraph
from ankunft_model.graph import strong_components

MAX_LOOP_STATES: Final = 50_000
"""So many combinations of vertices and remaining repetitions of one loop are looked at; beyond, no bound is named."""


class _Link(NamedTuple):
    """The last edge of a way, and the way before it."""

    before: _Link | None
    edge: int


@dataclass(frozen=True, slots=True)
class GreatestTimes:
    """Seconds since the beginning.

    Attributes:
        latest: Latest completion of each node; None: without bound, unknown, or never reached.
        waiting: Part of the longest way to each node's completion in which nobody works on the case; None: never
            reached. Unknown times count as nothing, endless loops are taken once.
        elapsed: Greatest time until a run is over; None: without bound, or unknown.
        way: Edges of the longest way, in order; unknown times count as nothing, endless loops are taken once.
        way_seconds: What this way takes.
        endless: Nodes in loops that nothing bounds, in the order of the file.
        is_exact: False if a loop with bounds was too large to be looked at.
    """

    latest: tuple[int | None, ...]
    waiting: tuple[int | None, ...]
    elapsed: int | None
    way: tuple[int, ...]
    way_seconds: int
    endless: tuple[int, ...]
    is_exact: bool


def greatest_times(times: TimeGraph) -> GreatestTimes:
    """Return upper bounds that hold for every run; exact where every way through the graph belongs to a run."""
    return _Longest(times).find()


class _Longest:
    """Settles one strong component after the other; used once."""

    def __init__(self, times: TimeGraph) -> None:
        self.times = times
        self.weights = [edge.time.stated for edge in times.edges]
        self.value: dict[int, int] = {}
        self.unbounded: set[int] = set()
        self.links: dict[int, _Link] = {}
        self.endless: set[int] = set()
        self.is_exact = True

    def find(self) -> GreatestTimes:
        times = self.times
        successors = {
            vertex: dict.fromkeys(times.edges[index].target for index in times.leaving[vertex])
            for vertex in range(times.begin + 1)
        }
        self.value[times.begin] = 0
        for component in reversed(strong_components(successors)):
            inside = set(component)
            if len(component) > 1 or component[0] in successors[component[0]]:
                self._settle_loop(component, inside)
            self._leave(component, inside)
        self._open_what_is_unknown()
        latest = tuple(
            None if 2 * node + 1 in self.unbounded else self.value.get(2 * node + 1)
            for node in range(len(times.graph.nodes))
        )
        last = max(self.value, key=lambda vertex: (self.value[vertex], -vertex))
        return GreatestTimes(
            latest=latest,
            waiting=self._waiting(),
            elapsed=None if self.unbounded else self.value[last],
            way=self._way(last),
            way_seconds=self.value[last],
            endless=tuple(sorted({vertex // 2 for vertex in self.endless})),
            is_exact=self.is_exact,
        )

    def _leave(self, component: Sequence[int], inside: set[int]) -> None:
        for vertex in component:
            for index in self.times.leaving[vertex]:
                target = self.times.edges[index].target
                if target in inside or vertex not in self.value:
                    continue
                self._offer(target, self.value[vertex] + self.weights[index], _Link(self.links.get(vertex), index))

    def _open_what_is_unknown(self) -> None:
        """Note which vertices come after a loop without bound, or after something whose greatest time is unknown."""
        times = self.times
        for edge in times.edges:
            if edge.time.most is None and edge.source in self.value:
                self.unbounded.add(edge.target)
                if edge.time.is_unbounded:
                    self.endless.add(2 * edge.node)
        stack = sorted(self.unbounded)
        while stack:
            for index in times.leaving[stack.pop()]:
                target = times.edges[index].target
                if target not in self.unbounded:
                    self.unbounded.add(target)
                    stack.append(target)

    def _offer(self, target: int, seconds: int, link: _Link | None) -> None:
        if target not in self.value or seconds > self.value[target]:
            self.value[target] = seconds
            if link is not None:
                self.links[target] = link

    def _settle_loop(self, component: Sequence[int], inside: set[int]) -> None:
        """Find the longest ways inside a loop from the values at which it is entered."""
        times = self.times
        entered = {vertex: self.value[vertex] for vertex in component if vertex in self.value}
        if not entered:
            return
        leaving = [index for vertex in component for index in times.leaving[vertex]]
        within = [index for index in leaving if times.edges[index].target in inside]
        bounded = [index for index in within if times.edges[index].budget is not None]
        free = [index for index in within if times.edges[index].budget is None]
        rest: dict[int, dict[int, None]] = {vertex: {} for vertex in component}
        for index in free:
            rest[times.edges[index].source][times.edges[index].target] = None
        parts = strong_components(rest)
        looping = [part for part in parts if len(part) > 1 or part[0] in rest[part[0]]]
        in_part = {vertex: number for number, part in enumerate(looping) for vertex in part}
        inner = [times.edges[index] for index in free if self.weights[index] > 0]
        if any(in_part.get(edge.source, -1) == in_part.get(edge.target, -2) for edge in inner):
            self.unbounded.update(component)
            self.endless.update(component)
        sizes = [(times.edges[index].budget or 0) + 1 for index in bounded]
        if looping or prod(sizes) * len(component) > MAX_LOOP_STATES:
            if bounded and not self.unbounded.issuperset(component) and any(self.weights[index] for index in within):
                self.is_exact = False
                self.unbounded.update(component)
            self._settle_once(within, entered)
            return
        order = [vertex for part in reversed(parts) for vertex in part]
        self._settle_layers(order, bounded, sizes, entered)

    def _settle_layers(
        self, order: Sequence[int], bounded: Sequence[int], sizes: Sequence[int], entered: Mapping[int, int]
    ) -> None:
        """Look at every number of times that the bounded flows were taken, fewest first."""
        times = self.times
        number_of = {index: number for number, index in enumerate(bounded)}
        best: dict[tuple[int, tuple[int, ...]], tuple[int, _Link | None]] = {}
        inside = set(order)
        for used in sorted(product(*map(range, sizes)), key=sum):
            for vertex in order:
                state = (vertex, used)
                if not any(used) and vertex in entered and (state not in best or best[state][0] < entered[vertex]):
                    best[state] = (entered[vertex], self.links.get(vertex))
                if state not in best:
                    continue
                seconds, link = best[state]
                for index in times.leaving[vertex]:
                    target = times.edges[index].target
                    if target not in inside:
                        continue
                    then = used
                    if index in number_of:
                        position = number_of[index]
                        if used[position] + 1 >= sizes[position]:
                            continue
                        then = (*used[:position], used[position] + 1, *used[position + 1 :])
                    offered = seconds + self.weights[index]
                    if (target, then) not in best or offered > best[target, then][0]:
                        best[target, then] = (offered, _Link(link, index))
        for (vertex, _), (seconds, link) in best.items():
            self._offer(vertex, seconds, link)

    def _settle_once(self, within: Sequence[int], entered: Mapping[int, int]) -> None:
        """Follow the loop once, without the flows that lead back."""
        times = self.times
        inside = set(within)
        order, back = _order_without_ways_back(times, list(entered), inside)
        for vertex in order:
            if vertex not in self.value:
                continue
            for index in times.leaving[vertex]:
                if index in inside and index not in back:
                    link = _Link(self.links.get(vertex), index)
                    self._offer(times.edges[index].target, self.value[vertex] + self.weights[index], link)

    def _waiting(self) -> tuple[int | None, ...]:
        """Return the waiting on the longest way to the completion of each node."""
        known: dict[int, int] = {}  # by identity of the last link; links are kept alive by `links`
        found: list[int | None] = []
        for node in range(len(self.times.graph.nodes)):
            if 2 * node + 1 not in self.value:
                found.append(None)
                continue
            link = self.links.get(2 * node + 1)
            pending: list[_Link] = []
            while link is not None and id(link) not in known:
                pending.append(link)
                link = link.before
            waited = 0 if link is None else known[id(link)]
            for one in reversed(pending):
                waited += self.times.edges[one.edge].time.waiting
                known[id(one)] = waited
            found.append(waited)
        return tuple(found)

    def _way(self, last: int) -> tuple[int, ...]:
        found: list[int] = []
        link = self.links.get(last)
        while link is not None:
            found.append(link.edge)
            link = link.before
        return tuple(reversed(found))


def _order_without_ways_back(times: TimeGraph, entries: Sequence[int], within: set[int]) -> tuple[list[int], set[int]]:
    """Return the vertices of a loop in an order of its edges, and the edges that lead back, depth first."""
    order: list[int] = []
    back: set[int] = set()
    active: set[int] = set()
    seen: set[int] = set()
    for entry in entries:
        if entry in seen:
            continue
        seen.add(entry)
        active.add(entry)
        stack: list[tuple[int, Iterator[int]]] = [(entry, iter(times.leaving[entry]))]
        while stack:
            vertex, ways = stack[-1]
            index = next(ways, None)
            if index is None:
                stack.pop()
                active.discard(vertex)
                order.append(vertex)
                continue
            target = times.edges[index].target
            if index not in within:
                continue
            if target in active:
                back.add(index)
            elif target not in seen:
                seen.add(target)
                active.add(target)
                stack.append((target, iter(times.leaving[target])))
    return order[::-1], back
