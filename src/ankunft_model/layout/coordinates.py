"""Phase 10: turn columns, rows, streets and tracks into pixels, by adding up widths and heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ankunft_model.layout.cells import ReservedScope
from ankunft_model.layout.graph import Band
from ankunft_model.layout.routes import COLUMN, COLUMN_STREET, ROW, Segment
from ankunft_model.layout.rows import Row
from ankunft_model.layout.scopes import bands_in_reading_order
from ankunft_model.layout.text_metrics import INNER_FONT_PX, TEXTS_REMEMBERED, longest_word_width, measure, most_lines

TRACK_PITCH = 12
"""Distance of neighbouring tracks in a street."""
STREET_MARGIN = 14
"""Distance of the first and last track from the cells beside the street; an arrow head fits in."""
BORDER_STREET_MARGIN = 10
"""The same for a street beside the border of a band."""
COLUMN_STREET_MIN = 28
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
NAME_MARGIN = 12
"""Room before and behind the name in a strip, together."""


@dataclass(frozen=True, slots=True)
class CoordinatedScope:
    """A scope in which everything that can move has a place, in pixels.

    Attributes:
        reserved: The scope with the extents of its cells.
        cell_x: The middle of the cell of each box; an event on a host has that of the host.
        cell_y: Likewise.
        levels: For each line, the y of its horizontal and the x of its vertical segments.
        border_y: The y of each border row.
        left: Where the content begins, right of all strips with names.
        right: Where the content ends.
        top: Where the content begins, below the name of a container.
        bottom: Where the content ends.
    """

    reserved: ReservedScope
    cell_x: tuple[int, ...]
    cell_y: tuple[int, ...]
    levels: Mapping[int, tuple[int, ...]]
    border_y: Mapping[int, int]
    left: int
    right: int
    top: int
    bottom: int


def coordinate_grid(reserved: ReservedScope) -> CoordinatedScope:
    """Return the pixels of a scope in which each column and row is as large as its largest cell.

    Postcondition: every street is wide enough for its tracks, every column and row for its cells.
    """
    return _Adding(reserved).coordinated()


class _Adding:
    """The measures of one scope."""

    def __init__(self, reserved: ReservedScope) -> None:
        self.reserved = reserved
        self.tracked = reserved.tracked
        self.gridded = self.tracked.routed.gridded
        self.columned = self.gridded.columned
        self.sized = self.columned.acyclic.sized
        self.scope = self.sized.scope
        depth = band_depths(self.scope.bands)
        self.is_inner = self.scope.container is not None
        left = STRIP_WIDTH * (max(depth.values()) + 1) if depth else 0
        title = TITLE_HEIGHT if self.is_inner else 0
        self.left = left + (title if self.scope.is_vertical else 0)
        self.top = 0 if self.scope.is_vertical else title
        self._measure_columns(self.left)
        self._measure_rows(self.top)

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
        self.right = x

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
        self.bottom = y

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
            needed = least_band_height(band)
            if height < needed:
                sizes[last] += (needed - height) // 2
                sizes[first + 1] += needed - height - (needed - height) // 2

    def coordinated(self) -> CoordinatedScope:
        """Return the places of all cells, segments and borders."""
        rows = self.gridded.rows
        levels = {
            place: tuple(self._level(place, index, segment) for index, segment in enumerate(route.segments))
            for place, route in self.tracked.routed.routes.items()
        }
        return CoordinatedScope(
            self.reserved,
            tuple(self.column_x[column] for column in self.columned.column),
            tuple(self.row_y[row] for row in self.gridded.row),
            levels,
            {number: self.row_y[number] for number, row in enumerate(rows) if row.is_border},
            self.left,
            self.right,
            self.top,
            self.bottom,
        )

    def _level(self, line: int, index: int, segment: Segment) -> int:
        """Return the y of a horizontal segment, the x of a vertical one."""
        if segment.kind == ROW:
            return self.row_y[segment.number]
        if segment.kind == COLUMN:
            return self.column_x[segment.number] + segment.dx
        track = self.tracked.tracks[line, index]
        streets = self.column_track_x if segment.kind == COLUMN_STREET else self.row_track_y
        return streets[segment.number] + track * TRACK_PITCH


def _least_street(above: Row, below: Row) -> int:
    if above.is_border and below.is_border:
        return GUTTER_MIN
    if above.is_border or below.is_border:
        return BORDER_STREET_MIN
    return ROW_STREET_MIN


def _street_size(tracks: int, margin: int) -> int:
    return 0 if tracks == 0 else 2 * margin + (tracks - 1) * TRACK_PITCH


def least_band_height(band: Band) -> int:
    """Return how high a band must be for its name; that of a closed band is not written in a strip but across it."""
    return MIN_BAND_HEIGHT if band.closed else max(MIN_BAND_HEIGHT, _name_height(band.name))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _name_height(name: str) -> int:
    """Return how high a band must be for its name, which runs upwards in two lines at most, in whole words."""
    if not name.strip():
        return 0
    one_line = measure(name, max_width_px=10**6, font_px=INNER_FONT_PX).width
    for width in range(max(MIN_BAND_HEIGHT, longest_word_width(name, INNER_FONT_PX) + NAME_MARGIN), one_line, 20):
        if len(most_lines(name, width - NAME_MARGIN, INNER_FONT_PX)) <= 2:
            return width
    return one_line + NAME_MARGIN


def band_depths(bands: tuple[Band, ...]) -> dict[str, int]:
    """Return how many bands lie around each band."""
    depth: dict[str, int] = {}
    for band in bands_in_reading_order(bands):
        depth[band.id] = 0 if band.parent is None else depth[band.parent] + 1
    return depth


def even(length: int) -> int:
    """Return the next even number."""
    return length + length % 2
