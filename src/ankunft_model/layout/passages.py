"""How often a route would cross those chosen before it (part of phase 7)."""

from __future__ import annotations

from array import array

from ankunft_model.layout.routes import Route, segment_span
from ankunft_model.layout.rows import GriddedScope

MAX_PLACES_SEEN = 600
"""Longer segments are looked at up to here; bounds the time per line."""
SHARE_OF_TURN = 0.3
"""A turn beside a passing line counts as so much of a crossing."""


class Passages:
    """The places, in half steps, through which chosen routes pass straight on, across or down."""

    def __init__(self, gridded: GriddedScope) -> None:
        self.gridded = gridded
        self._across_columns = 2 * gridded.columned.column_count + 1
        self._down_rows = 2 * len(gridded.rows) + 1
        self._passing_down: dict[int, array[int]] = {}
        """By row place: how many routes pass down at each column place."""
        self._passing_across: dict[int, array[int]] = {}
        """By column place: how many routes pass across at each row place."""

    def crossings(self, route: Route) -> float:
        """Return how many chosen routes this one would cross where both run straight on.

        Where the route turns beside one that passes, the order of tracks decides whether they cross; that counts for
        a part.
        """
        count = 0.0
        last = len(route.segments) - 1
        for index, segment in enumerate(route.segments):
            passing = (self._passing_down if segment.is_horizontal else self._passing_across).get(segment.place)
            if passing is not None:
                begin, end = segment_span(self.gridded, route, index)
                low, high = (begin, end) if begin < end else (end, begin)
                count += sum(passing[low + 1 : min(high, low + MAX_PLACES_SEEN)])
                if index and passing[begin]:
                    count += SHARE_OF_TURN * passing[begin]
                if index < last and passing[end]:
                    count += SHARE_OF_TURN * passing[end]
        return count

    def add(self, route: Route, count: int = 1) -> None:
        """Note a chosen route, or take it back with a `count` of -1."""
        for index, segment in enumerate(route.segments):
            low, high = self._inside(route, index)
            place = segment.place
            if segment.is_horizontal:
                by_place, size = self._passing_across, self._down_rows
            else:
                by_place, size = self._passing_down, self._across_columns
            for passed in range(low, high):
                passing = by_place.get(passed)
                if passing is None:
                    passing = by_place[passed] = array("i", bytes(4 * size))
                passing[place] += count

    def _inside(self, route: Route, index: int) -> tuple[int, int]:
        """Return the places inside of a segment, its ends left out, as a half-open range."""
        low, high = segment_span(self.gridded, route, index)
        if low > high:
            low, high = high, low
        return low + 1, min(high, low + MAX_PLACES_SEEN)
