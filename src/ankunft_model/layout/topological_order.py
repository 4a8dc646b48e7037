"""An order of boxes that respects growing constraints and notices when one would close a circle."""

from __future__ import annotations

import heapq
from collections.abc import Sequence


class TopologicalOrder:
    """Places of `count` boxes such that every accepted pair leads from an earlier to a later place.

    Precondition: `pairs` are acyclic.

    Source: Pearce and Kelly, A Dynamic Topological Sort Algorithm for Directed Acyclic Graphs (2006).

    Example:
        >>> order = TopologicalOrder(3, [(0, 1)])
        >>> order.insert(1, 2), order.insert(2, 0)
        (True, False)
        >>> order.sequence()
        [0, 1, 2]
    """

    def __init__(self, count: int, pairs: Sequence[tuple[int, int]]) -> None:
        self._leaving: list[list[int]] = [[] for _ in range(count)]
        self._arriving: list[list[int]] = [[] for _ in range(count)]
        for source, target in pairs:
            self._leaving[source].append(target)
            self._arriving[target].append(source)
        self._place = [0] * count
        for place, box in enumerate(self._initial_order(count)):
            self._place[box] = place

    def insert(self, source: int, target: int) -> bool:
        """Accept that `source` comes before `target` and return True, or return False if that closes a circle."""
        if source == target:
            return False
        lower, upper = self._place[target], self._place[source]
        if lower < upper:
            behind = self._reached(target, self._leaving, lower, upper)
            if source in behind:
                return False
            before = self._reached(source, self._arriving, lower, upper)
            self._reorder(before, behind)
        self._leaving[source].append(target)
        self._arriving[target].append(source)
        return True

    def sequence(self) -> list[int]:
        """Return the boxes in the order reached so far."""
        return sorted(range(len(self._place)), key=self._place.__getitem__)

    def _initial_order(self, count: int) -> list[int]:
        """Return the boxes by their distance from the starts, then by number."""
        missing = [len(sources) for sources in self._arriving]
        depth = [0] * count
        ready = [(0, box) for box in range(count) if not missing[box]]
        ordered: list[int] = []
        while ready:
            _, box = heapq.heappop(ready)
            ordered.append(box)
            for target in self._leaving[box]:
                missing[target] -= 1
                depth[target] = max(depth[target], depth[box] + 1)
                if not missing[target]:
                    heapq.heappush(ready, (depth[target], target))
        return ordered

    def _reached(self, start: int, neighbours: list[list[int]], lowest: int, highest: int) -> set[int]:
        """Return the boxes that a walk from `start` meets between the places `lowest` and `highest`."""
        met = {start}
        waiting = [start]
        while waiting:
            for box in neighbours[waiting.pop()]:
                if box not in met and lowest <= self._place[box] <= highest:
                    met.add(box)
                    waiting.append(box)
        return met

    def _reorder(self, before: set[int], behind: set[int]) -> None:
        """Let all of `before` come before all of `behind`, on the places that both have now."""
        moved = sorted(before, key=self._place.__getitem__) + sorted(behind, key=self._place.__getitem__)
        places = sorted(self._place[box] for box in moved)
        for place, box in zip(places, moved, strict=True):
            self._place[box] = place
