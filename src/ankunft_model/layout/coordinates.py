"""Phase 10: turn columns, rows, streets and tracks into pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ankunft_model.layout.cells import LABEL_GAP, ReservedScope
from ankunft_model.layout.geometry import Bounds, Point
from ankunft_model.layout.graph import Band
from ankunft_model.layout.routes import COLUMN, COLUMN_STREET, LEFT_SIDE, LOWER_SIDE, RIGHT_SIDE, ROW, Dock, Segment
from ankunft_model.layout.rows import Row
from ankunft_model.layout.scopes import bands_in_reading_order
from ankunft_model.layout.text_metrics import INNER_FONT_PX, measure

TRACK_PITCH = 12
"""Distance of neighbouring tracks in a street."""
STREET_MARGIN = 14
"""Distance of the first and last track from the cells beside the street; an arrow head fits in."""
BORDER_STREET_MARGIN = 10
"""The same for a street beside the border of a band."""
COLUMN_STREET_MIN = 32
ROW_STREET_MIN = 14
BORDER_STREET_MIN = 12
"""Least height of a street between a row and the border of its band."""
GUTTER_MIN = 30
"""Least distance of two pools."""
EMPTY_ROW_HEIGHT = 36
OUTER_STREET_MIN = 14
STRIP_WIDTH = 30
"""Width of the strip with a band's name; lanes are indented by it."""
TITLE_HEIGHT = 26
"""Room for the name of a container, above its content."""
MIN_BAND_HEIGHT = 60


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


def place_scope(reserved: ReservedScope) -> PlacedScope:
    """Return the pixels of a scope.

    Postcondition: every street is wide enough for its tracks, every column and row for its cells.
    """
    return _Placing(reserved).placed()


class _Placing:
    """The measures of one scope."""

    def __init__(self, reserved: ReservedScope) -> None:
        self.reserved = reserved
        self.tracked = reserved.tracked
        self.gridded = self.tracked.routed.gridded
        self.columned = self.gridded.columned
        self.sized = self.columned.acyclic.sized
        self.scope = self.sized.scope
        depth = _band_depths(self.scope.bands)
        self.depth_of = depth
        self.is_inner = self.scope.container is not None
        left = STRIP_WIDTH * (max(depth.values()) + 1) if depth else 0
        title = TITLE_HEIGHT if self.is_inner else 0
        self._measure_columns(left + (title if self.scope.is_vertical else 0))
        self._measure_rows(0 if self.scope.is_vertical else title)

    def _measure_columns(self, start: int) -> None:
        count = self.columned.column_count
        left, right = [0] * count, [0] * count
        for box, extent in self.reserved.extents.items():
            column = self.columned.column[box]
            left[column] = max(left[column], extent.left)
            right[column] = max(right[column], extent.right)
        self.column_x: list[int] = []
        self.column_track_x: list[int] = []
        x = start
        for street in range(count + 1):
            tracks = self.tracked.column_street_tracks[street]
            outer = street in (0, count)
            width = max(OUTER_STREET_MIN if outer else COLUMN_STREET_MIN, _street_size(tracks, STREET_MARGIN))
            self.column_track_x.append(x + (width - max(tracks - 1, 0) * TRACK_PITCH) // 2)
            x += width
            if street < count:
                self.column_x.append(x + left[street])
                x += left[street] + right[street]
        room = max((text.width for text in self.reserved.border_labels.values()), default=0)
        self.border_label_x = x - OUTER_STREET_MIN + LABEL_GAP
        self.width = _even(self.border_label_x + room + LABEL_GAP if room else x)

    def _measure_rows(self, start: int) -> None:
        rows = self.gridded.rows
        up, down = [0] * len(rows), [0] * len(rows)
        for box, extent in self.reserved.extents.items():
            row = self.gridded.row[box]
            up[row] = max(up[row], extent.up)
            down[row] = max(down[row], extent.down)
        for number, kind in enumerate(rows):
            if not kind.is_border and up[number] + down[number] == 0:
                up[number] = down[number] = EMPTY_ROW_HEIGHT // 2
        sizes = [self._row_street_size(street) for street in range(len(rows) + 1)]
        self._stretch_bands(sizes, up, down)
        self.row_y: list[int] = []
        self.row_track_y: list[int] = []
        y = start
        for street, size in enumerate(sizes):
            tracks = self.tracked.row_street_tracks[street]
            self.row_track_y.append(y + (size - max(tracks - 1, 0) * TRACK_PITCH) // 2)
            y += size
            if street < len(rows):
                self.row_y.append(y + up[street])
                y += up[street] + down[street]
        self.height = _even(y)

    def _row_street_size(self, street: int) -> int:
        rows = self.gridded.rows
        above = rows[street - 1] if street > 0 else None
        below = rows[street] if street < len(rows) else None
        tracks = self.tracked.row_street_tracks[street]
        if above is None or below is None:
            beside = above or below
            if tracks == 0 and (beside is None or beside.is_border):
                return 0
            return _street_size(tracks, STREET_MARGIN)
        margin = BORDER_STREET_MARGIN if above.is_border or below.is_border else STREET_MARGIN
        clearance = self.scope.clearance if street == len(rows) - 1 else 0
        return max(_least_street(above, below), clearance, _street_size(tracks, max(margin, clearance)))

    def _stretch_bands(self, sizes: list[int], up: list[int], down: list[int]) -> None:
        """Make bands high enough for their names, by widening their last street."""
        for band in reversed(bands_in_reading_order(self.scope.bands)):
            first, last = self.gridded.band_rows[band.id]
            height = sum(up[row] + down[row] for row in range(first, last + 1)) + sum(sizes[first + 1 : last + 1])
            needed = max(MIN_BAND_HEIGHT, _name_height(band.name))
            if height < needed:
                sizes[last] += (needed - height) // 2
                sizes[first + 1] += needed - height - (needed - height) // 2

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
        for place in self.tracked.routed.routes:
            line = self.scope.lines[place].line.id
            routes[line] = self._points(place)
        line_labels.update(self._border_label_bounds(routes))
        bands = {band.id: self._band_bounds(band) for band in self.scope.bands}
        return PlacedScope(bands, boxes, box_labels, routes, line_labels, self.width, self.height)

    def _border_label_bounds(self, routes: Mapping[str, tuple[Point, ...]]) -> dict[str, Bounds]:
        """Return the places of the texts of lines between bands: right of everything, under each other."""
        found: dict[str, Bounds] = {}
        lowest = 0
        texts = [(self.scope.lines[place].line.id, text) for place, text in self.reserved.border_labels.items()]
        for line, text in sorted(texts, key=lambda item: (min(point.y for point in routes[item[0]]), item[0])):
            y = max(lowest, min(point.y for point in routes[line]) + LABEL_GAP)
            found[line] = Bounds(self.border_label_x, y, text.width, text.height)
            lowest = y + text.height + 3
        return found

    def _in_cell(self, box: int, bounds: Bounds) -> Bounds:
        return bounds.moved(self.column_x[self.columned.column[box]], self.row_y[self.gridded.row[box]])

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
        return Bounds(x, self.row_y[first], self.width - x, self.row_y[last] - self.row_y[first])

    def _points(self, place: int) -> tuple[Point, ...]:
        route = self.tracked.routed.routes[place]
        across = [self._level(place, index, segment) for index, segment in enumerate(route.segments)]
        points = [self._dock_point(route.source, route.segments[0], across[0])]
        for index in range(1, len(across)):
            if route.segments[index].is_horizontal:
                points.append(Point(across[index - 1], across[index]))
            else:
                points.append(Point(across[index], across[index - 1]))
        points.append(self._dock_point(route.target, route.segments[-1], across[-1]))
        return straightened(points)

    def _level(self, line: int, index: int, segment: Segment) -> int:
        """Return the y of a horizontal segment, the x of a vertical one."""
        if segment.kind == ROW:
            return self.row_y[segment.number]
        if segment.kind == COLUMN:
            return self.column_x[segment.number] + segment.dx
        track = self.tracked.tracks[line, index]
        streets = self.column_track_x if segment.kind == COLUMN_STREET else self.row_track_y
        return streets[segment.number] + track * TRACK_PITCH

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
        return self.row_y[dock.border_row]


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


def _least_street(above: Row, below: Row) -> int:
    if above.is_border and below.is_border:
        return GUTTER_MIN
    if above.is_border or below.is_border:
        return BORDER_STREET_MIN
    return ROW_STREET_MIN


def _street_size(tracks: int, margin: int) -> int:
    return 0 if tracks == 0 else 2 * margin + (tracks - 1) * TRACK_PITCH


def _name_height(name: str) -> int:
    """Return how high a band must be for its name, which runs upwards in two lines at most."""
    if not name.strip():
        return 0
    one_line = measure(name, max_width_px=10**6, font_px=INNER_FONT_PX).width
    for width in range(MIN_BAND_HEIGHT, one_line, 20):
        if len(measure(name, max_width_px=width - 10, font_px=INNER_FONT_PX).lines) <= 2:
            return width
    return one_line + 10


def _band_depths(bands: tuple[Band, ...]) -> dict[str, int]:
    depth: dict[str, int] = {}
    for band in bands_in_reading_order(bands):
        depth[band.id] = 0 if band.parent is None else depth[band.parent] + 1
    return depth


def _even(length: int) -> int:
    return length + length % 2
