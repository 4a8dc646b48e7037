"""After all phases: draw associations as one straight, if need be slanted, line where nothing is in the way.

An association is no flow; a modeller draws it as a short dotted line to the nearest side, not around corners.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Box, BoxKind, LayoutGraph, Line
from ankunft_model.layout.spatial_grid import SpatialGrid

CLEARANCE = 5
"""A slanted line keeps so far away from boxes and texts."""
CLEARANCE_OF_OWN_TEXT = 1
"""The text of an event stands right beside where lines begin."""
PARALLEL_PX = 8
"""Lines that run side by side keep so far from each other."""
PARTS_OF_SIDE = 6
"""A slanted line may end between any two of so many parts of a side."""
LONGEST_PX = 900
"""Longer associations keep to the streets; bounds the time."""

Segment = tuple[Point, Point]


def straighten_associations(graph: LayoutGraph, layout: Layout) -> Layout:
    """Return the layout with associations straight where that enters no box or text and crosses no more lines.

    Postcondition: only routes of associations differ; each has no more bends and crossings than before.
    """
    box_of = {box.id: box for box in graph.boxes}
    bent = [
        line
        for line in graph.lines
        if line.kind == "association"
        and line.source in box_of
        and line.target in box_of
        and line.source != line.target
        and line.id not in layout.line_labels  # the text stands beside the bent line
        and len(layout.routes.get(line.id, ())) > 2
    ]
    if not bent:
        return layout
    work = _Straightening(box_of, layout)
    for line in bent:
        work.straighten(line)
    return replace(layout, routes=work.routes)


class _Straightening:
    """The routes, and what may be in their way."""

    def __init__(self, box_of: Mapping[str, Box], layout: Layout) -> None:
        self.box_of = box_of
        self.bounds_of = layout.boxes
        self.routes = dict(layout.routes)
        self.obstacles: dict[str, Bounds] = dict(layout.boxes)
        for texts in (layout.box_labels, layout.line_labels):
            self.obstacles.update((f"text of {owner}", bounds) for owner, bounds in texts.items())
        self.obstacles_near = SpatialGrid[str]()
        for id_, bounds in self.obstacles.items():
            self.obstacles_near.add(bounds, id_)
        self.lines_near = SpatialGrid[str]()
        for id_, route in self.routes.items():
            for begin, end in pairwise(route):
                self.lines_near.add(_area(begin, end), id_)

    def straighten(self, line: Line) -> None:
        """Take the first straight way that is free and crosses no more than the bent one."""
        allowed: int | None = None
        around = self._around(line.source) | self._around(line.target)
        if line.source in around or line.target in around:
            return
        for segment in self._straight_ways(line):
            if math.dist(_xy(segment[0]), _xy(segment[1])) > LONGEST_PX or not self._is_free(segment, line, around):
                continue
            crossings = self._crossings(line.id, segment)
            if crossings is None:
                continue
            if allowed is None:
                allowed = sum(self._crossings(line.id, part) or 0 for part in pairwise(self.routes[line.id]))
            if crossings <= allowed:
                self.routes[line.id] = segment
                self.lines_near.add(_area(*segment), line.id)
                return

    def _around(self, id_: str) -> set[str]:
        """Return the containers around a box."""
        found: set[str] = set()
        box = self.box_of[id_]
        while True:
            holder = box if box.host is None else self.box_of[box.host]
            if holder.parent is None:
                return found
            found.add(holder.parent)
            box = self.box_of[holder.parent]

    def _straight_ways(self, line: Line) -> Iterator[Segment]:
        """Yield ways between facing sides, middles or nearest places of sides, middles, and places on a side."""
        source, target = self.box_of[line.source], self.box_of[line.target]
        one, other = self.bounds_of[source.id], self.bounds_of[target.id]
        x = _common_middle(one.x, one.right, other.x, other.right)
        if (
            x is not None
            and (x == one.centre.x or _is_upright(source.kind))
            and (x == other.centre.x or _is_upright(target.kind))
        ):
            yield _facing(Point(x, one.bottom), Point(x, other.y), Point(x, one.y), Point(x, other.bottom))
        y = _common_middle(one.y, one.bottom, other.y, other.bottom)
        if (
            y is not None
            and (y == one.centre.y or _is_upright(source.kind))
            and (y == other.centre.y or _is_upright(target.kind))
        ):
            yield _facing(Point(one.right, y), Point(other.x, y), Point(one.x, y), Point(other.right, y))
        if one.bottom < other.y or other.bottom < one.y:
            first, second = (one.bottom, other.y) if one.bottom < other.y else (one.y, other.bottom)
            yield Point(one.centre.x, first), Point(other.centre.x, second)
            if _is_upright(target.kind):
                yield Point(one.centre.x, first), Point(_nearest(one.centre.x, other.x, other.right), second)
            if _is_upright(source.kind):
                yield Point(_nearest(other.centre.x, one.x, one.right), first), Point(other.centre.x, second)
        begin, end = _on_outline(one, source.kind, other.centre), _on_outline(other, target.kind, one.centre)
        if begin != end:
            yield begin, end
        if one.bottom < other.y or other.bottom < one.y:
            for place in _places_on_side(one, other) if _is_upright(target.kind) else ():
                yield _on_outline(one, source.kind, place), place
            for place in _places_on_side(other, one) if _is_upright(source.kind) else ():
                yield place, _on_outline(other, target.kind, place)

    def _is_free(self, segment: Segment, line: Line, around: set[str]) -> bool:
        ends = {line.source, line.target, f"text of {line.id}"} | around
        own_texts = {f"text of {line.source}", f"text of {line.target}"}
        return not any(
            id_ not in ends
            and _enters(segment, self.obstacles[id_], CLEARANCE_OF_OWN_TEXT if id_ in own_texts else CLEARANCE)
            for id_ in self.obstacles_near.near(_area(*segment))
        )

    def _crossings(self, own: str, segment: Segment) -> int | None:
        """Return how many lines a segment crosses, None if it runs along one."""
        count = 0
        for id_ in self.lines_near.near(_area(*segment)):
            if id_ == own:
                continue
            for part in pairwise(self.routes[id_]):
                if _runs_along(segment, part):
                    return None
                count += _cross(segment, part)
        return count


def _is_upright(kind: BoxKind) -> bool:
    """Whether a box is drawn as its whole rectangle, so that a line may end anywhere on its sides."""
    return kind not in ("event", "gateway")


def _facing(low_end: Point, high_end: Point, other_low: Point, other_high: Point) -> Segment:
    """Return the shorter of the two ways between facing sides."""
    first, second = (low_end, high_end), (other_low, other_high)
    return min(first, second, key=lambda ends: math.dist(_xy(ends[0]), _xy(ends[1])))


def _common_middle(low: int, high: int, other_low: int, other_high: int) -> int | None:
    first, last = max(low, other_low), min(high, other_high)
    return (first + last) // 2 if last - first >= 20 else None


def _nearest(place: int, low: int, high: int) -> int:
    """Return the place on a side, not at its corners, that is nearest to `place`."""
    margin = min(10, (high - low) // 2)
    return max(low + margin, min(place, high - margin))


def _places_on_side(seen_from: Bounds, bounds: Bounds) -> list[Point]:
    """Return places on the upper or lower side of a rectangle that faces another, the nearest first."""
    y = bounds.y if seen_from.bottom < bounds.y else bounds.bottom
    places = (bounds.x + bounds.width * part // PARTS_OF_SIDE for part in range(1, PARTS_OF_SIDE))
    return [Point(x, y) for x in sorted(places, key=lambda x: (abs(x - seen_from.centre.x), x))]


def _on_outline(bounds: Bounds, kind: BoxKind, towards: Point) -> Point:
    """Return the point of the outline on the way from the middle to `towards`."""
    middle = bounds.centre
    dx, dy = towards.x - middle.x, towards.y - middle.y
    half_width, half_height = bounds.width / 2, bounds.height / 2
    if dx == 0 and dy == 0:
        return middle
    across, down = abs(dx) / half_width, abs(dy) / half_height
    if kind == "event":
        share = 1 / math.hypot(across, down)
    elif kind == "gateway":
        share = 1 / (across + down)
    else:
        share = 1 / max(across, down)
    return Point(middle.x + round(dx * share), middle.y + round(dy * share))


def _xy(point: Point) -> tuple[int, int]:
    return point.x, point.y


def _area(begin: Point, end: Point) -> Bounds:
    return Bounds(min(begin.x, end.x), min(begin.y, end.y), abs(begin.x - end.x), abs(begin.y - end.y))


def _enters(segment: Segment, bounds: Bounds, margin: int) -> bool:
    """Whether a segment comes nearer than `margin` to a rectangle (Liang and Barsky's clipping)."""
    (begin, end), first, last = segment, 0.0, 1.0
    dx, dy = end.x - begin.x, end.y - begin.y
    for step, room in (
        (-dx, begin.x - bounds.x + margin),
        (dx, bounds.right + margin - begin.x),
        (-dy, begin.y - bounds.y + margin),
        (dy, bounds.bottom + margin - begin.y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last


def _side(begin: Point, end: Point, point: Point) -> int:
    return (end.x - begin.x) * (point.y - begin.y) - (end.y - begin.y) * (point.x - begin.x)


def _cross(one: Segment, other: Segment) -> bool:
    return _side(*one, other[0]) * _side(*one, other[1]) < 0 and _side(*other, one[0]) * _side(*other, one[1]) < 0


def _runs_along(one: Segment, other: Segment) -> bool:
    """Whether two segments run side by side, nearly touching, over some length."""
    length = math.dist(_xy(one[0]), _xy(one[1]))
    other_length = math.dist(_xy(other[0]), _xy(other[1]))
    if length == 0 or other_length == 0:
        return False
    ux, uy = (one[1].x - one[0].x) / length, (one[1].y - one[0].y) / length
    along = [ux * (point.x - one[0].x) + uy * (point.y - one[0].y) for point in other]
    aside = [abs(ux * (point.y - one[0].y) - uy * (point.x - one[0].x)) for point in other]
    return max(aside) < PARALLEL_PX and min(length, max(along)) - max(0.0, min(along)) > 2
