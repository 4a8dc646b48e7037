"""What is drawn over a finished layout: dotted lines to other lines or to groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ankunft_model.diagrams.plane import Plane
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Line
from ankunft_model.layout.spatial_grid import SpatialGrid

_STEP: Final = 10
"""Ends of dotted lines are tried at this distance along a line or border."""


def with_loose_lines(plane: Plane, layout: Layout) -> Layout:
    """Return the layout with a straight dotted line for each connection that ends on another line or on a group.

    Of the places tried along both ends, the shortest line wins that meets no box or text and crosses the fewest lines.
    If every straight line meets something, the way to the box near the other line stays.
    """
    if not plane.loose_lines:
        return layout
    routes = {id_: route for id_, route in layout.routes.items() if id_ not in plane.anchors}
    obstacles = _Obstacles(plane, layout)
    waiting = list(plane.loose_lines)
    while waiting:
        line = next((line for line in waiting if all(_has_place(end, layout, routes) for end in _ends(line))), None)
        if line is None:
            break
        waiting.remove(line)
        found = _straight_line(line, layout, routes, obstacles)
        if found is not None and (found[0] == 0 or line.id not in layout.routes):
            routes[line.id] = found[1:]
        elif line.id in layout.routes:
            routes[line.id] = layout.routes[line.id]
    for line in waiting:
        if line.id in layout.routes:
            routes[line.id] = layout.routes[line.id]
    return replace(layout, routes=routes)


class _Obstacles:
    """Boxes and texts that a dotted line must not meet."""

    def __init__(self, plane: Plane, layout: Layout) -> None:
        self.areas: list[tuple[str, Bounds]] = [
            (box.id, layout.boxes[box.id]) for box in plane.boxes if box.kind != "container"
        ]
        self.areas += [
            (f"{id_}\n", area) for texts in (layout.box_labels, layout.line_labels) for id_, area in texts.items()
        ]
        self.near = SpatialGrid[int]()
        for place, (_, area) in enumerate(self.areas):
            self.near.add(area, place)

    def met(self, begin: Point, end: Point, ends: tuple[str, str]) -> int:
        """Return how many of them a straight line meets, but for its own ends."""
        places = self.near.near(segment_area(begin, end))
        return sum(self.areas[place][0] not in ends and meets(begin, end, self.areas[place][1]) for place in places)


def _straight_line(
    line: Line, layout: Layout, routes: Mapping[str, tuple[Point, ...]], obstacles: _Obstacles
) -> tuple[int, Point, Point] | None:
    """Return the best straight line and how many obstacles it meets; a line that it lies on is one."""
    best: tuple[int, int, int, Point, Point] | None = None
    segments = [part for route in routes.values() for part in pairwise(route)]
    for begin in _places(line.source, layout, routes):
        for end in _places(line.target, layout, routes):
            length = abs(begin.x - end.x) + abs(begin.y - end.y)
            met = obstacles.met(begin, end, _ends(line))
            if best is not None and (met, 0, length) > best[:3]:
                continue
            met += any(_lies_on(begin, end, *part) for part in segments)
            crossed = sum(_cross(begin, end, *part) for part in segments)
            candidate = (met, crossed, length, begin, end)
            best = candidate if best is None else min(best, candidate)
    return None if best is None else (best[0], best[3], best[4])


def _ends(line: Line) -> tuple[str, str]:
    return line.source, line.target


def _has_place(end: str, layout: Layout, routes: Mapping[str, tuple[Point, ...]]) -> bool:
    return end in layout.boxes or end in layout.bands or end in routes


def _places(end: str, layout: Layout, routes: Mapping[str, tuple[Point, ...]]) -> Iterator[Point]:
    """Yield places on an outline or along a line where a dotted line may end; the corners of boxes are none."""
    if end in routes:
        for first, last in pairwise(routes[end]):
            length = max(abs(last.x - first.x), abs(last.y - first.y))
            steps = max(2, min(30, length // _STEP))
            for number in range(1, steps):
                yield Point(
                    first.x + (last.x - first.x) * number // steps, first.y + (last.y - first.y) * number // steps
                )
        return
    bounds = layout.boxes[end] if end in layout.boxes else layout.bands[end]
    for quarter in (2, 1, 3):
        yield Point(bounds.x + bounds.width * quarter // 4, bounds.y)
        yield Point(bounds.x + bounds.width * quarter // 4, bounds.bottom)
    yield Point(bounds.x, bounds.centre.y)
    yield Point(bounds.right, bounds.centre.y)


def segment_area(begin: Point, end: Point) -> Bounds:
    """Return the rectangle of which a straight line is a diagonal, or a side."""
    return Bounds(min(begin.x, end.x), min(begin.y, end.y), abs(begin.x - end.x), abs(begin.y - end.y))


def meets(begin: Point, end: Point, box: Bounds) -> bool:
    """Whether the straight line from `begin` to `end` enters the rectangle (Liang and Barsky's clipping)."""
    dx, dy = end.x - begin.x, end.y - begin.y
    low, high = 0.0, 1.0
    for step, room in (
        (-dx, begin.x - box.x - 1),
        (dx, box.right - 1 - begin.x),
        (-dy, begin.y - box.y - 1),
        (dy, box.bottom - 1 - begin.y),
    ):
        if step == 0:
            if room <= 0:
                return False
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    return high > low


def _lies_on(first: Point, second: Point, third: Point, fourth: Point) -> bool:
    """Whether two segments lie on each other over some length."""
    dx, dy = second.x - first.x, second.y - first.y
    if any(dx * (point.y - first.y) != dy * (point.x - first.x) for point in (third, fourth)):
        return False
    along = [dx * (point.x - first.x) + dy * (point.y - first.y) for point in (third, fourth)]
    return min(dx * dx + dy * dy, max(along)) > max(0, min(along))


def _cross(first: Point, second: Point, third: Point, fourth: Point) -> bool:
    def turn(a: Point, b: Point, c: Point) -> int:
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

    return (
        turn(first, second, third) * turn(first, second, fourth) < 0
        and turn(third, fourth, first) * turn(third, fourth, second) < 0
    )
