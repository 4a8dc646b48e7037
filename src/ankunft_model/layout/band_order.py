"""Before phase 1: the order of pools, and on request of lanes, in which lines pass as little as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from ankunft_model.layout.graph import Band, LayoutGraph

MOST_BANDS_TRIED_IN_FULL = 6
"""All orders of so many bands beside each other are compared; more are improved by moving one after the other."""
PASSES = 8
THICKNESS_OF_CLOSED_BAND = 1
THICKNESS_OF_BAND = 4
"""A line that passes a band with content will probably cross something."""


def in_best_order(graph: LayoutGraph, *, lanes: bool = False) -> LayoutGraph:
    """Return the graph with its pools in the order in which lines pass the fewest other pools; ties keep the order.

    With `lanes`, the lanes of each pool and lane are put in order likewise; else they stay as declared.

    Example:
        >>> from ankunft_model.layout.graph import Box, Line
        >>> graph = LayoutGraph(
        ...     bands=(Band("a"), Band("b"), Band("c")),
        ...     boxes=(Box("x", "a"), Box("y", "b"), Box("z", "c")),
        ...     lines=(Line("xz", "x", "z", "message"),),
        ... )
        >>> [band.id for band in in_best_order(graph).bands]
        ['a', 'c', 'b']
    """
    ordering = _Ordering(graph)
    for parent in ordering.parents() if lanes else (None,):
        ordering.put_in_order(parent)
    return replace(graph, bands=tuple(ordering.in_reading_order()))


class _Ordering:
    """Bands with what lies in them and which lines join them."""

    def __init__(self, graph: LayoutGraph) -> None:
        self.band_of = {band.id: band for band in graph.bands}
        self.inside: dict[str | None, list[str]] = {}
        for band in graph.bands:
            self.inside.setdefault(band.parent, []).append(band.id)
        box_of = {box.id: box for box in graph.boxes}
        band_of_box: dict[str, str | None] = {}
        for box in graph.boxes:
            outer = box
            while outer.host is not None or outer.parent is not None:
                outer = box_of[outer.host or outer.parent or ""]
            band_of_box[box.id] = outer.band
        self.has_content = {band for band in band_of_box.values() if band is not None}
        self.joined: dict[tuple[str, str], int] = {}
        for line in graph.lines:
            ends = [end if end in self.band_of else band_of_box.get(end) for end in (line.source, line.target)]
            first, second = ends
            if first is not None and second is not None and first != second:
                pair = (min(first, second), max(first, second))
                self.joined[pair] = self.joined.get(pair, 0) + 1

    def parents(self) -> list[str | None]:
        """Return the bands with bands in them, from outside to inside."""
        found: list[str | None] = [None]
        for parent in found:
            found.extend(band for band in self.inside.get(parent, []) if band in self.inside)
        return found

    def in_reading_order(self) -> list[Band]:
        """Return all bands from top to bottom, each before those in it."""
        ordered: list[Band] = []
        waiting = list(reversed(self.inside.get(None, [])))
        while waiting:
            band = waiting.pop()
            ordered.append(self.band_of[band])
            waiting.extend(reversed(self.inside.get(band, [])))
        return ordered

    def put_in_order(self, parent: str | None) -> None:
        """Put the bands directly in `parent` in their best order."""
        members = self.inside.get(parent, [])
        pairs = self._pairs_among(parent, members)
        if len(members) < 2 or not pairs:
            return
        thickness = [THICKNESS_OF_BAND if self._holds_boxes(band) else THICKNESS_OF_CLOSED_BAND for band in members]
        if len(members) <= MOST_BANDS_TRIED_IN_FULL:
            best = min(permutations(range(len(members))), key=lambda order: (_passed(order, pairs, thickness), order))
        else:
            best = _improved(tuple(range(len(members))), pairs, thickness)
        self.inside[parent] = [members[place] for place in best]

    def _holds_boxes(self, band: str) -> bool:
        waiting = [band]
        for each in waiting:
            if each in self.has_content:
                return True
            waiting.extend(self.inside.get(each, []))
        return False

    def _pairs_among(self, parent: str | None, members: Sequence[str]) -> Mapping[tuple[int, int], int]:
        """Return how many lines join which two of the members; -1 and the count of members stand for what is outside.

        What is outside lies above or below all members.
        """
        place_of = {band: place for place, band in enumerate(members)}
        reading_place = {band.id: place for place, band in enumerate(self.in_reading_order())}
        own = reading_place.get(parent, -1) if parent is not None else -1
        pairs: dict[tuple[int, int], int] = {}
        for (first, second), count in self.joined.items():
            places: list[int] = []
            for band in (first, second):
                here: str | None = band
                while here is not None and here not in place_of:
                    here = self.band_of[here].parent
                if here is not None:
                    places.append(place_of[here])
                else:
                    places.append(-1 if reading_place[band] <= own else len(members))
            low, high = sorted(places)
            if low != high and (low, high) != (-1, len(members)):
                pairs[low, high] = pairs.get((low, high), 0) + count
        return pairs


def _passed(order: Sequence[int], pairs: Mapping[tuple[int, int], int], thickness: Sequence[int]) -> int:
    """Return how much the lines pass in all, if the members lie in this order."""
    top: dict[int, int] = {-1: 0}
    reached = 0
    for member in order:
        top[member] = reached
        reached += thickness[member]
    top[len(order)] = reached
    total = 0
    for (first, second), count in pairs.items():
        upper, lower = (first, second) if top[first] < top[second] or first < 0 else (second, first)
        total += count * (top[lower] - top[upper] - (thickness[upper] if upper >= 0 else 0))
    return total


def _improved(
    order: tuple[int, ...], pairs: Mapping[tuple[int, int], int], thickness: Sequence[int]
) -> tuple[int, ...]:
    """Return an order in which no single band would lie better elsewhere, or the last one reached."""
    best, best_cost = order, _passed(order, pairs, thickness)
    for _ in range(PASSES):
        before = best_cost
        for member in range(len(order)):
            rest = [other for other in best if other != member]
            for place in range(len(order)):
                tried = (*rest[:place], member, *rest[place:])
                cost = _passed(tried, pairs, thickness)
                if cost < best_cost:
                    best, best_cost = tried, cost
        if best_cost == before:
            break
    return best
