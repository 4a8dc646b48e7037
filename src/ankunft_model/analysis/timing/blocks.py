"""Whether a process consists of blocks: every split is joined again by a join of its kind, or its ways end."""

from __future__ import annotations

from collections import Counter

from ankunft_model.analysis.timing.time_graph import Gathering, TimeGraph
from ankunft_model.model import SubProcess


def consists_of_blocks(times: TimeGraph) -> bool:
    """Return whether sequences, blocks, loops and ends reduce the process, and every sub-process, to nothing.

    Then the recursion over blocks equals the enumeration of all runs. Reduction: Sadiq and Orlowska, Analyzing
    process models using graph reduction techniques, Information Systems 25(2), 2000.
    """
    if not times.is_plain:
        return False
    graph = times.graph
    scopes = [-1, *(n for n, node in enumerate(graph.nodes) if isinstance(node, SubProcess) and graph.entries_of(n))]
    return all(_Reduction(times, scope).succeeds() for scope in scopes)


class _Reduction:
    """One scope, reduced as far as it goes; used once."""

    def __init__(self, times: TimeGraph, parent: int) -> None:
        graph = times.graph
        self.begin, self.sink = -1, -2
        self.joins: dict[int, Gathering | None] = {self.sink: None}
        self.splits: dict[int, Gathering] = {}
        self.after: dict[int, Counter[int]] = {self.begin: Counter(), self.sink: Counter()}
        self.before: dict[int, Counter[int]] = {self.begin: Counter(), self.sink: Counter()}
        entries = graph.entries_of(parent)
        self.splits[self.begin] = "any" if all(graph.is_start(entry) for entry in entries) else "all"
        for node in range(len(graph.nodes)):
            if graph.parent[node] == parent:
                self._add_node(times, node)
        for entry in entries:
            self._link(self.begin, 2 * entry)

    def _add_node(self, times: TimeGraph, node: int) -> None:
        graph = times.graph
        arrive, done = 2 * node, 2 * node + 1
        self.joins[arrive], self.splits[arrive] = times.joins[node], "any"
        self.joins[done], self.splits[done] = "any", times.splits[node]
        if graph.host[node] < 0:
            self._link(arrive, done)
        for event in graph.boundary_events[node]:
            self._link(arrive, 2 * event + 1)
        targets = [times.edges[i].target for i in times.leaving[done] if not times.edges[i].is_side]
        targets = [target for target in targets if target % 2 == 0]
        for target in targets:
            self._link(done, target)
        if not targets:
            self._link(done, self.sink)

    def _link(self, source: int, target: int) -> None:
        self.after.setdefault(source, Counter())[target] += 1
        self.before.setdefault(target, Counter())[source] += 1

    def _unlink(self, source: int, target: int, count: int = 1) -> None:
        for table, key, other in ((self.after, source, target), (self.before, target, source)):
            table[key][other] -= count
            if table[key][other] <= 0:
                del table[key][other]

    def succeeds(self) -> bool:
        """Return whether only the way from the beginning to the end is left."""
        waiting = [vertex for vertex in self.after if vertex >= 0]
        waiting = list(dict.fromkeys([*self.joins, *waiting]))[::-1]
        queued = set(waiting)
        while waiting:
            vertex = waiting.pop()
            queued.discard(vertex)
            for other in self._reduce(vertex):
                if other not in queued:
                    queued.add(other)
                    waiting.append(other)
        self._merge(self.begin)
        return dict(self.after[self.begin]) == {self.sink: 1} and set(self.before[self.sink]) == {self.begin}

    def _reduce(self, vertex: int) -> list[int]:
        """Apply what applies at a vertex; return those at which something may apply now."""
        if vertex < 0:
            return []
        after, before = self.after.get(vertex, Counter[int]()), self.before.get(vertex, Counter[int]())
        touched = self._merge(vertex)
        for source in list(before):
            touched += self._merge(source)
        if after.get(vertex) and self.joins[vertex] == "any" == self.splits[vertex]:
            self._unlink(vertex, vertex, after[vertex])
            touched.append(vertex)
        if before.total() == 1 == after.total():
            (source,), (target,) = before, after
            if source != vertex != target:
                self._unlink(source, vertex)
                self._unlink(vertex, target)
                self._link(source, target)
                touched += [source, target]
        elif after.total() == 1 and self.joins[vertex] == "any":
            (target,) = after
            if target >= 0 and target != vertex and self.before[target].total() == 1 and self.splits[target] == "any":
                self._fuse(vertex, target)
                touched.append(vertex)
        return touched

    def _fuse(self, join: int, split: int) -> None:
        """Make one vertex of an exclusive join and the exclusive split that follows it directly: the core of a loop."""
        self._unlink(join, split)
        for target, count in list(self.after[split].items()):
            self._unlink(split, target, count)
            for _ in range(count):
                self._link(join, target)
        self.splits[join] = "any"

    def _merge(self, source: int) -> list[int]:
        """Merge the ways that lead from a split straight to one join of the same kind, or to the end."""
        touched: list[int] = []
        for target, count in list(self.after.get(source, Counter[int]()).items()):
            kind = self.joins[target]
            if count > 1 and target != source and (kind is None or kind == self.splits[source]):
                self._unlink(source, target, count - 1)
                touched += [source, target]
        return touched
