"""Texts of lines between borders of bands, which end at no box and so have no cell (part of phase 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from ankunft_model.layout.cells import LABEL_GAP
from ankunft_model.layout.geometry import Bounds, Point
from ankunft_model.layout.spatial_grid import SpatialGrid
from ankunft_model.layout.text_metrics import TextBlock

LEAST_GAP_DOWN: Final = 1
"""Between a text and the border above or below it."""
FAR_PX: Final = 20
"""A text in the column at the right is looked for a place beside its line if the line is farther away than this."""


def border_labels(
    texts: Iterable[tuple[str, TextBlock]],
    routes: Mapping[str, tuple[Point, ...]],
    taken: Iterable[Bounds],
    bands: Iterable[Bounds],
    *,
    column_x: int,
) -> dict[str, Bounds]:
    """Return the places of texts: right of everything and under each other, or beside lines that run elsewhere.

    Args:
        texts: Id of each line with its text.
        routes: All lines.
        taken: What no text may touch.
        bands: Pools and lanes; no text lies on their borders.
        column_x: Where the column begins that is kept free for texts.
    """
    found: dict[str, Bounds] = {}
    lowest = 0
    ground = _Ground(routes, taken, bands, column_x)
    for line, text in sorted(texts, key=lambda item: (min(point.y for point in routes[item[0]]), item[0])):
        beside = None
        if column_x - max(point.x for point in routes[line]) > FAR_PX:
            beside = next((place for place in _beside(routes[line], text) if ground.is_free(place, line)), None)
        if beside is None:
            y = max(lowest, min(point.y for point in routes[line]) + LABEL_GAP)
            beside = Bounds(column_x, y, text.width, text.height)
            lowest = y + text.height + 3
        found[line] = beside
        ground.take(beside)
    return found


def _beside(route: tuple[Point, ...], text: TextBlock) -> Iterator[Bounds]:
    """Yield the places beside the vertical parts of a line: right and left, at the upper and at the lower end."""
    for begin, end in pairwise(route):
        if begin.x != end.x:
            continue
        top, bottom = sorted((begin.y, end.y))
        room = bottom - top - text.height
        if room < 2 * LEAST_GAP_DOWN:
            continue
        gap = min(LABEL_GAP, room // 2)
        for y in (top + gap, bottom - gap - text.height):
            yield Bounds(begin.x + LABEL_GAP, y, text.width, text.height)
            yield Bounds(begin.x - LABEL_GAP - text.width, y, text.width, text.height)


class _Ground:
    """What lies where."""

    def __init__(
        self,
        routes: Mapping[str, tuple[Point, ...]],
        taken: Iterable[Bounds],
        bands: Iterable[Bounds],
        column_x: int,
    ) -> None:
        self.right = column_x
        self.areas: list[tuple[str, Bounds]] = []
        self.near = SpatialGrid[int]()
        for area in taken:
            self.take(area)
        for band in bands:
            for y in (band.y, band.bottom):
                self.take(Bounds(band.x, y, band.width, 0))
        for line, points in routes.items():
            for begin, end in pairwise(points):
                x, y = min(begin.x, end.x), min(begin.y, end.y)
                self.take(Bounds(x, y, abs(end.x - begin.x), abs(end.y - begin.y)), line)

    def take(self, area: Bounds, line: str = "") -> None:
        """Keep `area` free, but for the text of `line`."""
        self.near.add(area, len(self.areas))
        self.areas.append((line, area))

    def is_free(self, place: Bounds, line: str) -> bool:
        """Whether nothing but the line itself is nearer to `place` than a few pixels."""
        if place.x < LABEL_GAP or place.right > self.right:
            return False
        wide = Bounds(place.x - 3, place.y, place.width + 6, place.height)
        return not any(
            owner != line and _touch(wide, area)
            for owner, area in (self.areas[found] for found in self.near.near(wide))
        )


def _touch(one: Bounds, other: Bounds) -> bool:
    return one.x <= other.right and other.x <= one.right and one.y <= other.bottom and other.y <= one.bottom
