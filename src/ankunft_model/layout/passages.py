"""How often a route would cross those chosen before it (part of phase 7)."""

from __future__ import annotations

from array import array

from ankunft_model.layout.routes import COLUMN, ROW, Route, dock_place
from ankunft_model.layout.rows import GriddedScope

CELLS = (ROW, COLUMN)
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
        places = _corners(self.gridded, route)
        last = len(places) - 2
        for index in range(1, last + 1):
            segment = route.segments[index - 1]
            passing = (self._passing_down if segment.is_horizontal else self._passing_across).get(places[index])
            if passing is None:
                continue
            begin, end = places[index - 1], places[index + 1]
            low, high = (begin, end) if begin < end else (end, begin)
            if high - low > 1:
                count += sum(passing[low + 1 : min(high, low + MAX_PLACES_SEEN)])
            if index > 1 and passing[begin]:
                count += SHARE_OF_TURN * passing[begin]
            if index < last and passing[end]:
                count += SHARE_OF_TURN * passing[end]
        return count

    def add(self, route: Route, count: int = 1) -> None:
        """Note a chosen route, or take it back with a `count` of -1."""
        places = _corners(self.gridded, route)
        for index in range(1, len(places) - 1):
            begin, place, end = places[index - 1 : index + 2]
            low, high = (begin, end) if begin < end else (end, begin)
            if route.segments[index - 1].is_horizontal:
                by_place, size = self._passing_across, self._down_rows
            else:
                by_place, size = self._passing_down, self._across_columns
            for passed in range(low + 1, min(high, low + MAX_PLACES_SEEN)):
                passing = by_place.get(passed)
                if passing is None:
                    passing = by_place[passed] = array("i", bytes(4 * size))
                passing[place] += count


def _corners(gridded: GriddedScope, route: Route) -> list[int]:
    """Return where a route begins, the places of its segments in turn, and where it ends."""
    segments = route.segments
    first = dock_place(gridded, route.source, is_horizontal=segments[0].is_horizontal)
    last = dock_place(gridded, route.target, is_horizontal=segments[-1].is_horizontal)
    return [first, *(2 * number + (kind in CELLS) for kind, number, _ in segments), last]
