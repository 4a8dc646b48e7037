"""Figures of a layout: what makes it pleasant or tiring to read. They count, they do not judge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.spatial_grid import SpatialGrid

_SLIGHT_TURN = 0.02
"""Sine of the angle up to which two parts of a line count as one."""


@dataclass(frozen=True, slots=True)
class LayoutFigures:
    """What was counted; lengths are pixels.

    Attributes:
        boxes: Number of boxes.
        lines: Number of lines.
        crossings: How often two lines cross; ends that touch do not.
        bends: How often a line turns.
        straight_lines: Lines without a bend.
        line_length: The sum of all lengths.
        width: Of the smallest rectangle around everything.
        height: Likewise.
    """

    boxes: int
    lines: int
    crossings: int
    bends: int
    straight_lines: int
    line_length: int
    width: int
    height: int


def measure_layout(layout: Layout) -> LayoutFigures:
    """Return the figures of a layout.

    Example:
        >>> layout = Layout(routes={"1": (Point(0, 5), Point(9, 5)), "2": (Point(4, 0), Point(4, 8), Point(9, 8))})
        >>> figures = measure_layout(layout)
        >>> figures.crossings, figures.bends, figures.line_length
        (1, 1, 22)
    """
    bends_of = [_bends(route) for route in layout.routes.values()]
    length = sum(math.dist((a.x, a.y), (b.x, b.y)) for route in layout.routes.values() for a, b in pairwise(route))
    areas = [
        area for areas in (layout.bands, layout.boxes, layout.box_labels, layout.line_labels) for area in areas.values()
    ]
    xs = [x for area in areas for x in (area.x, area.right)] + [p.x for r in layout.routes.values() for p in r]
    ys = [y for area in areas for y in (area.y, area.bottom)] + [p.y for r in layout.routes.values() for p in r]
    return LayoutFigures(
        boxes=len(layout.boxes),
        lines=len(layout.routes),
        crossings=_crossings(layout),
        bends=sum(bends_of),
        straight_lines=bends_of.count(0),
        line_length=round(length),
        width=max(xs, default=0) - min(xs, default=0),
        height=max(ys, default=0) - min(ys, default=0),
    )


def _bends(route: tuple[Point, ...]) -> int:
    directions = [math.atan2(b.y - a.y, b.x - a.x) for a, b in pairwise(route) if a != b]
    return sum(abs(math.sin(a - b)) > _SLIGHT_TURN or math.cos(a - b) < 0 for a, b in pairwise(directions))


def _crossings(layout: Layout) -> int:
    parts = [(number, a, b) for number, route in enumerate(layout.routes.values()) for a, b in pairwise(route)]
    near = SpatialGrid[int]()
    count = 0
    for place, (line, a, b) in enumerate(parts):
        area = Bounds(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        for other in near.near(area):
            other_line, c, d = parts[other]
            if other_line != line and _cross(a, b, c, d):
                count += 1
        near.add(area, place)
    return count


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def turn(p: Point, q: Point, r: Point) -> int:
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
