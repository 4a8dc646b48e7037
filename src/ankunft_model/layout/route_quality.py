"""How many crossings and bends routes on tracks have, before anything has a pixel (part of phase 8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ankunft_model.layout.routes import COLUMN, COLUMN_STREET, ROW_STREET, Dock, Route, Segment
from ankunft_model.layout.tracks import TrackedScope

PLACE = 100_000
"""Streets and cells lie so far apart; tracks and docks count within."""
COST_OF_CROSSING = 3


def route_cost(tracked: TrackedScope) -> tuple[int, int]:
    """Return crossings and bends of all routes, weighed together, and the crossings alone."""
    across: list[tuple[int, int, int, int]] = []
    down: list[tuple[int, int, int, int]] = []
    bends = 0
    for line, route in tracked.routed.routes.items():
        bends += len(route.segments) - 1
        levels = [_level(tracked, line, index, segment) for index, segment in enumerate(route.segments)]
        ends = [_dock_level(tracked, route, is_first=True), *levels, _dock_level(tracked, route, is_first=False)]
        for index, segment in enumerate(route.segments):
            low, high = sorted((ends[index], ends[index + 2]))
            (across if segment.is_horizontal else down).append((levels[index], low, high, line))
    across.sort()
    heights = [piece[0] for piece in across]
    crossings = 0
    for x, low, high, line in down:
        for place in range(bisect_right(heights, low), bisect_left(heights, high)):
            _, first, last, other = across[place]
            crossings += first < x < last and other != line
    return COST_OF_CROSSING * crossings + bends, crossings


def _level(tracked: TrackedScope, line: int, index: int, segment: Segment) -> int:
    if segment.kind in (ROW_STREET, COLUMN_STREET):
        return segment.place * PLACE + tracked.tracks[line, index]
    return segment.place * PLACE + (segment.dx if segment.kind == COLUMN else 0)


def _dock_level(tracked: TrackedScope, route: Route, *, is_first: bool) -> int:
    """Return the level at which the first or last segment of a route begins or ends."""
    dock: Dock = route.source if is_first else route.target
    segment = route.segments[0 if is_first else -1]
    gridded = tracked.routed.gridded
    if dock.box is None:
        return (2 * dock.border_row + 1) * PLACE
    if segment.is_horizontal:
        return (2 * gridded.columned.column[dock.box] + 1) * PLACE
    return (2 * gridded.row[dock.box] + 1) * PLACE
