"""The order of lines in one street: few crossings, and what must lie left (or above) does so."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol

MAX_SWAPPED = 150
"""In streets with more lines the first order stays; bounds the time."""
MAX_PASSES = 12


class _Turn(Protocol):
    @property
    def place(self) -> int: ...
    @property
    def side(self) -> int: ...


class _Bundle(Protocol):
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    def turns(self) -> Sequence[_Turn]: ...


def order_bundles(bundles: Sequence[_Bundle], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the track of each bundle.

    Precondition: `pairs` (first must have the smaller track) are acyclic.
    Postcondition: bundles with a common place have different tracks, and pairs are respected if they have one.
    """
    order = _first_order(bundles, pairs)
    if len(order) <= MAX_SWAPPED:
        order = _with_fewer_crossings(bundles, pairs, order)
    return _packed(bundles, order)


def _first_order(bundles: Sequence[_Bundle], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return an order that respects the pairs and nests lines that run the same way."""

    def key(place: int) -> tuple[int, int, int]:
        turns = bundles[place].turns()
        first = min(turns, key=lambda turn: (turn.side, turn.place))
        runs_down = first.place <= (bundles[place].low + bundles[place].high) / 2
        return (0, -bundles[place].low, place) if runs_down else (1, bundles[place].high, place)

    following: list[list[int]] = [[] for _ in bundles]
    degree = [0] * len(bundles)
    for first, second in pairs:
        following[first].append(second)
        degree[second] += 1
    heap = [(key(place), place) for place in range(len(bundles)) if not degree[place]]
    heapq.heapify(heap)
    order: list[int] = []
    while heap:
        _, place = heapq.heappop(heap)
        order.append(place)
        for second in following[place]:
            degree[second] -= 1
            if not degree[second]:
                heapq.heappush(heap, (key(second), second))
    return order


def _with_fewer_crossings(bundles: Sequence[_Bundle], pairs: Sequence[tuple[int, int]], order: list[int]) -> list[int]:
    """Return the order after moving each line to the neighbouring place where it crosses less, while that helps."""
    fixed = set(pairs)
    spans = [(bundle.low, bundle.high) for bundle in bundles]
    near = [sorted(turn.place for turn in bundle.turns() if turn.side < 0) for bundle in bundles]
    far = [sorted(turn.place for turn in bundle.turns() if turn.side > 0) for bundle in bundles]

    def crossings(first: int, second: int) -> int:
        """Return how often two lines cross if `first` has the smaller track."""
        low, high = spans[second]
        count = bisect_left(far[first], high) - bisect_right(far[first], low)
        low, high = spans[first]
        return max(count, 0) + max(bisect_left(near[second], high) - bisect_right(near[second], low), 0)

    order = list(order)
    for _ in range(MAX_PASSES):
        moved = False
        for start in range(1, len(order)):
            place = start
            gain, best_gain, best_place = 0, 0, start
            while place > 0 and (order[place - 1], order[start]) not in fixed:
                before = order[place - 1]
                gain += crossings(before, order[start]) - crossings(order[start], before)
                place -= 1
                if gain > best_gain:
                    best_gain, best_place = gain, place
            if best_gain > 0:
                order.insert(best_place, order.pop(start))
                moved = True
        if not moved:
            break
    return order


def _packed(bundles: Sequence[_Bundle], order: list[int]) -> list[int]:
    """Return the smallest tracks that keep the order of all bundles with a common place."""
    places = sorted({place for bundle in bundles for place in (bundle.low, bundle.high)})
    number_of = {place: number for number, place in enumerate(places)}
    reached = [0] * len(places)
    track_of = [0] * len(bundles)
    for place in order:
        first, last = number_of[bundles[place].low], number_of[bundles[place].high]
        track = max(reached[first : last + 1])
        track_of[place] = track
        reached[first : last + 1] = [track + 1] * (last + 1 - first)
    return track_of
