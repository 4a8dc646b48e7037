"""How often a route would cross those chosen before it (part of phase 7)."""

from __future__ import annotations

from ankunft_model.layout.routes import Route, segment_span
from ankunft_model.layout.rows import GriddedScope

MAX_PLACES_SEEN = 400
"""Longer segments are looked at up to here; bounds the time per line."""


class Passages:
    """The places, in half steps, through which chosen routes pass straight on, across or down."""

    def __init__(self, gridded: GriddedScope) -> None:
        self.gridded = gridded
        self._across: dict[tuple[int, int], int] = {}
        self._down: dict[tuple[int, int], int] = {}

    def crossings(self, route: Route) -> int:
        """Return how many chosen routes this one would cross where both run straight on."""
        return sum(
            (self._down if is_horizontal else self._across).get(place, 0)
            for is_horizontal, place in self._places(route)
        )

    def add(self, route: Route) -> None:
        """Note a chosen route."""
        for is_horizontal, place in self._places(route):
            passed = self._across if is_horizontal else self._down
            passed[place] = passed.get(place, 0) + 1

    def _places(self, route: Route) -> list[tuple[bool, tuple[int, int]]]:
        """Return the places inside of each segment, its ends left out: column first, then row."""
        places: list[tuple[bool, tuple[int, int]]] = []
        for index, segment in enumerate(route.segments):
            low, high = sorted(segment_span(self.gridded, route, index))
            is_horizontal, level = segment.is_horizontal, segment.place
            inner = range(low + 1, min(high, low + MAX_PLACES_SEEN))
            places += [(is_horizontal, (place, level) if is_horizontal else (level, place)) for place in inner]
        return places
