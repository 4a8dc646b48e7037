"""Phase 12: the rectangles, points and texts of one scope, from the places of its cells and streets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ankunft_model.layout.border_labels import border_labels
from ankunft_model.layout.cells import LABEL_GAP
from ankunft_model.layout.coordinates import (
    OUTER_STREET_MIN,
    STRIP_WIDTH,
    CoordinatedScope,
    band_depths,
    even,
)
from ankunft_model.layout.geometry import Bounds, Point
from ankunft_model.layout.graph import Band
from ankunft_model.layout.routes import LEFT_SIDE, LOWER_SIDE, RIGHT_SIDE, Dock, Segment


@dataclass(frozen=True, slots=True)
class PlacedScope:
    """The geometry of one scope, from its own upper left corner; ids are those of the layout graph."""

    bands: Mapping[str, Bounds]
    boxes: Mapping[str, Bounds]
    box_labels: Mapping[str, Bounds]
    routes: Mapping[str, tuple[Point, ...]]
    line_labels: Mapping[str, Bounds]
    width: int
    height: int


def place_scope(coordinated: CoordinatedScope) -> PlacedScope:
    """Return the geometry of a scope, from its own upper left corner.

    Postcondition: every box, text, band and line of the scope has its place; all numbers are whole pixels.
    """
    return _Placing(coordinated).placed()


class _Placing:
    """The measures of one scope."""

    def __init__(self, coordinated: CoordinatedScope) -> None:
        self.coordinated = coordinated
        self.reserved = coordinated.reserved
        self.routes = self.reserved.tracked.routed.routes
        self.gridded = self.reserved.tracked.routed.gridded
        self.columned = self.gridded.columned
        self.sized = self.columned.acyclic.sized
        self.scope = self.sized.scope
        self.depth_of = band_depths(self.scope.bands)
        self.is_inner = self.scope.container is not None
        room = max((text.width for text in self.reserved.border_labels.values()), default=0)
        self.border_label_x = coordinated.right - OUTER_STREET_MIN + LABEL_GAP
        self.width = even(self.border_label_x + room + LABEL_GAP if room else coordinated.right)
        self.height = even(coordinated.bottom)

    def placed(self) -> PlacedScope:
        """Return all rectangles and points."""
        boxes = {box.id: self._box_bounds(place) for place, box in enumerate(self.scope.boxes)}
        box_labels = {
            self.scope.boxes[place].id: self._in_cell(self.columned.acyclic.anchor[place], bounds)
            for place, bounds in self.reserved.box_labels.items()
        }
        line_labels = {
            self.scope.lines[place].line.id: self._in_cell(box, bounds)
            for place, (box, bounds) in self.reserved.line_labels.items()
        }
        routes: dict[str, tuple[Point, ...]] = {}
        for place in self.routes:
            line = self.scope.lines[place].line.id
            routes[line] = self._points(place)
        bands = {band.id: self._band_bounds(band) for band in self.scope.bands}
        texts = [(self.scope.lines[place].line.id, text) for place, text in self.reserved.border_labels.items()]
        if texts:
            taken = [*boxes.values(), *box_labels.values(), *line_labels.values()]
            line_labels.update(border_labels(texts, routes, taken, bands.values(), column_x=self.border_label_x))
        return PlacedScope(bands, boxes, box_labels, routes, line_labels, self.width, self.height)

    def _in_cell(self, box: int, bounds: Bounds) -> Bounds:
        return bounds.moved(self.coordinated.cell_x[box], self.coordinated.cell_y[box])

    def _box_bounds(self, place: int) -> Bounds:
        width, height = self.sized.widths[place], self.sized.heights[place]
        host = self.scope.boxes[place].host
        dx, dy = 0, 0
        if host is not None:
            dx, dy = self.sized.boundary_dx[place], self.sized.heights[host] // 2
        return self._in_cell(place, Bounds(dx - width // 2, dy - height // 2, width, height))

    def _band_bounds(self, band: Band) -> Bounds:
        first, last = self.gridded.band_rows[band.id]
        x = STRIP_WIDTH * self.depth_of[band.id]
        upper, lower = self.coordinated.border_y[first], self.coordinated.border_y[last]
        return Bounds(x, upper, self.width - x, lower - upper)

    def _points(self, place: int) -> tuple[Point, ...]:
        route = self.routes[place]
        across = self.coordinated.levels[place]
        points = [self._dock_point(route.source, route.segments[0], across[0])]
        for index in range(1, len(across)):
            if route.segments[index].is_horizontal:
                points.append(Point(across[index - 1], across[index]))
            else:
                points.append(Point(across[index], across[index - 1]))
        points.append(self._dock_point(route.target, route.segments[-1], across[-1]))
        return straightened(points)

    def _dock_point(self, dock: Dock, segment: Segment, level: int) -> Point:
        if dock.box is None:
            return Point(level, self._border_y(dock, segment))
        bounds = self._box_bounds(dock.box)
        if dock.side == RIGHT_SIDE:
            return Point(bounds.right, level)
        if dock.side == LEFT_SIDE:
            return Point(bounds.x, level)
        inset = self._outline_inset(dock.box, level - bounds.centre.x)
        return Point(level, bounds.bottom - inset if dock.side == LOWER_SIDE else bounds.y + inset)

    def _outline_inset(self, box: int, dx: int) -> int:
        """Return how far the drawn outline lies inside the rectangle, `dx` from its middle."""
        kind = self.scope.boxes[box].kind
        half_width, half_height = self.sized.widths[box] // 2, self.sized.heights[box] // 2
        if kind == "event":
            share = max(0.0, 1 - (dx / half_width) ** 2)
            return round(half_height * (1 - math.sqrt(share)))
        if kind == "gateway":
            return round(half_height * abs(dx) / half_width)
        return 0

    def _border_y(self, dock: Dock, segment: Segment) -> int:
        assert not segment.is_horizontal
        if self.is_inner:
            return 0 if dock.border_row == 0 else self.height
        return self.coordinated.border_y[dock.border_row]


def straightened(points: list[Point]) -> tuple[Point, ...]:
    """Return the points without those that lie between their neighbours or repeat them."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1:
            before, last = kept[-2], kept[-1]
            if (before.x == last.x == point.x and (last.y - before.y) * (point.y - last.y) > 0) or (
                before.y == last.y == point.y and (last.x - before.x) * (point.x - last.x) > 0
            ):
                kept.pop()
        kept.append(point)
    return tuple(kept)
