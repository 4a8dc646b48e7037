"""The ways of lines on the grid, before anything has a coordinate.

Columns and rows of cells alternate with streets: street `k` lies before (left of, above) column or row `k`, the last
street behind the last column or row. A place across is counted in half steps: street `k` is `2 * k`, column or row
`k` is `2 * k + 1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ankunft_model.layout.rows import GriddedScope

# horizontal kinds come before vertical ones, and the kinds of streets are odd: the inner loops rely on both
ROW = 0
"""A horizontal segment through the middle of a row."""
ROW_STREET = 1
"""A horizontal segment in the street above a row."""
COLUMN = 2
"""A vertical segment in a column, `dx` pixels right of its middle."""
COLUMN_STREET = 3
"""A vertical segment in the street left of a column."""

LEFT_SIDE = "left"
RIGHT_SIDE = "right"
UPPER_SIDE = "top"
LOWER_SIDE = "bottom"


class Segment(NamedTuple):
    """A straight piece of a route: its kind, the number of its row, column or street, its distance from the middle."""

    kind: int
    number: int
    dx: int = 0

    @property
    def is_horizontal(self) -> bool:
        """Whether the segment runs from left to right or back."""
        return self.kind in (ROW, ROW_STREET)

    @property
    def place(self) -> int:
        """The place across, in half steps."""
        return 2 * self.number + (self.kind in (ROW, COLUMN))


class Dock(NamedTuple):
    """Where a route begins or ends.

    `box` with `side` and, on the upper and lower side, the distance `dx` from the middle of its column; or the border
    row `border_row` (`box` is None).
    """

    box: int | None
    side: str
    dx: int = 0
    border_row: int = 0


class Route(NamedTuple):
    """The way of one piece of a line: horizontal and vertical segments in turn."""

    source: Dock
    segments: tuple[Segment, ...]
    target: Dock


@dataclass(frozen=True, slots=True)
class RoutedScope:
    """A scope with a route for each line, by the line's place in `Scope.lines`."""

    gridded: GriddedScope
    routes: Mapping[int, Route]


def dock_place(gridded: GriddedScope, dock: Dock, *, is_horizontal: bool) -> int:
    """Return the place of a dock along a segment: among columns for a horizontal one, among rows for a vertical one."""
    if dock.box is None:
        return 2 * dock.border_row + 1
    return 2 * (gridded.columned.column[dock.box] if is_horizontal else gridded.row[dock.box]) + 1


def segment_span(gridded: GriddedScope, route: Route, index: int) -> tuple[int, int]:
    """Return the places at which a segment begins and ends, in the direction of the line."""
    segment = route.segments[index]
    if index == 0:
        begin = dock_place(gridded, route.source, is_horizontal=segment.is_horizontal)
    else:
        begin = route.segments[index - 1].place
    if index == len(route.segments) - 1:
        end = dock_place(gridded, route.target, is_horizontal=segment.is_horizontal)
    else:
        end = route.segments[index + 1].place
    return begin, end
