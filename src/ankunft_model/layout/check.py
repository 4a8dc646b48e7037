"""Check a layout against what every reader may expect of it; an empty result is the promise of `lay_out`.

Tolerances are those of the public measures for BPMN diagrams: 1 pixel for overlaps, 2 for ends on circles and diamonds,
60 for the distance of a text from its box or line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Band, Box, LayoutGraph
from ankunft_model.layout.spatial_grid import SpatialGrid

DefectKind = Literal[
    "box-overlap",
    "outside-band",
    "outside-container",
    "band-overlap",
    "lanes-do-not-tile",
    "line-through-box",
    "line-through-own-box",
    "slanted-line",
    "end-off-outline",
    "lines-on-each-other",
    "label-on-box",
    "label-on-line",
    "label-on-label",
    "label-far",
    "label-missing",
    "missing",
]

TOLERANCE = 1
OUTLINE_TOLERANCE = 2.0
FOREIGN_TOLERANCE = 5
"""Ends of foreign lines may be so many pixels off the border of a rectangle."""
LABEL_MAX_DISTANCE = 60
SHARED_LENGTH = 2
"""Lines may lie on each other for so many pixels."""


@dataclass(frozen=True, slots=True, order=True)
class LayoutDefect:
    """One thing that is wrong with a layout, and the ids of what is concerned."""

    kind: DefectKind
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One straight part of a route: the line, its number in the route, whether it is the first or last."""

    line: str
    begin: Point
    end: Point
    is_outer: bool

    def area(self) -> Bounds:
        return Bounds(
            min(self.begin.x, self.end.x),
            min(self.begin.y, self.end.y),
            abs(self.begin.x - self.end.x),
            abs(self.begin.y - self.end.y),
        )


def check_layout(graph: LayoutGraph, layout: Layout, *, is_foreign: bool = False) -> tuple[LayoutDefect, ...]:
    """Return all defects of `layout` as a drawing of `graph`, sorted by kind and ids.

    Crossings and bends are no defects.

    Args:
        graph: What is drawn.
        layout: Where it is drawn.
        is_foreign: Whether somebody else drew it: bands may then lie in any order and direction and need not fill
            each other, dotted lines may be slanted, and ends may be up to 5 pixels off a rectangle.
    """
    missing = tuple(_find_missing(graph, layout))
    if missing:
        return tuple(sorted(missing))
    checker = _Checker(graph, layout, is_foreign=is_foreign)
    found = [
        *checker.overlapping_boxes(),
        *checker.boxes_outside(),
        *(checker.overlapping_bands() if is_foreign else checker.band_faults()),
        *checker.line_faults(),
        *checker.lines_on_each_other(),
        *checker.label_faults(),
    ]
    return tuple(sorted(set(found)))


def _find_missing(graph: LayoutGraph, layout: Layout) -> Iterator[LayoutDefect]:
    undrawable = set(layout.undrawable_lines)
    yield from (LayoutDefect("missing", (box.id,)) for box in graph.boxes if box.id not in layout.boxes)
    yield from (LayoutDefect("missing", (band.id,)) for band in graph.bands if band.id not in layout.bands)
    for line in graph.lines:
        if len(layout.routes.get(line.id, ())) < 2 and line.id not in undrawable:
            yield LayoutDefect("missing", (line.id,))


class _Checker:
    """A drawing with the tables that its checks need."""

    def __init__(self, graph: LayoutGraph, layout: Layout, *, is_foreign: bool) -> None:
        self.is_foreign = is_foreign
        self.graph = graph
        self.layout = layout
        self.box_of = {box.id: box for box in graph.boxes}
        self.band_of = {band.id: band for band in graph.bands}
        self.line_of = {line.id: line for line in graph.lines}
        self.boxes_near = SpatialGrid[str]()
        for id_, bounds in layout.boxes.items():
            self.boxes_near.add(bounds, id_)
        self.parts = [
            _Part(id_, begin, end, index in (0, len(route) - 2))
            for id_, route in layout.routes.items()
            for index, (begin, end) in enumerate(pairwise(route))
        ]
        self.parts_near = SpatialGrid[int]()
        for place, part in enumerate(self.parts):
            self.parts_near.add(part.area(), place)

    def _around(self, id_: str) -> set[str]:
        """Return the containers around a box."""
        found: set[str] = set()
        box = self.box_of.get(id_)
        while box is not None:
            holder = self.box_of[box.host] if box.host is not None else box
            if holder.parent is None or holder.parent in found:
                break
            found.add(holder.parent)
            box = self.box_of[holder.parent]
        return found

    def _holder(self, box: Box) -> Box:
        return self.box_of[box.host] if box.host is not None else box

    def overlapping_boxes(self) -> Iterator[LayoutDefect]:
        """Yield pairs of boxes on each other, but for events on their host and content of containers."""
        bounds_of = self.layout.boxes
        for id_, bounds in bounds_of.items():
            around = self._around(id_)
            for other in self.boxes_near.near(bounds):
                if other <= id_ or not bounds.overlaps(bounds_of[other], by=TOLERANCE):
                    continue
                if self.box_of[id_].host == other or self.box_of[other].host == id_:
                    continue
                if other not in around and id_ not in self._around(other):
                    yield LayoutDefect("box-overlap", (id_, other))

    def boxes_outside(self) -> Iterator[LayoutDefect]:
        """Yield boxes that are not in their band or container; of an event on a host the middle counts."""
        for box in self.graph.boxes:
            bounds = self.layout.boxes[box.id]
            if box.host is not None:
                centre = bounds.centre
                bounds = Bounds(centre.x, centre.y, 0, 0)
                host = self.layout.boxes[box.host]
                if not _is_on_rectangle(centre, host, within=FOREIGN_TOLERANCE if self.is_foreign else 0):
                    yield LayoutDefect("end-off-outline", (box.id, box.host))
            holder = self._holder(box)
            if holder.parent is not None:
                if not self.layout.boxes[holder.parent].contains(bounds):
                    yield LayoutDefect("outside-container", (box.id, holder.parent))
                continue
            band = holder.band
            while band is not None:
                if not self.layout.bands[band].contains(bounds):
                    yield LayoutDefect("outside-band", (box.id, band))
                band = self.band_of[band].parent

    def band_faults(self) -> Iterator[LayoutDefect]:
        """Yield bands that overlap, leave their parent, or do not fill it."""
        inside: dict[str | None, list[Band]] = {}
        for band in self.graph.bands:
            inside.setdefault(band.parent, []).append(band)
        with_own_boxes = {box.band for box in self.graph.boxes if box.host is None and box.parent is None}
        for parent, bands in inside.items():
            areas = [self.layout.bands[band.id] for band in bands]
            for place, area in enumerate(areas):
                if place and areas[place - 1].bottom > area.y:
                    yield LayoutDefect("band-overlap", (bands[place - 1].id, bands[place].id))
                if parent is not None and not self.layout.bands[parent].contains(area):
                    yield LayoutDefect("band-overlap", (bands[place].id, parent))
            if parent is None:
                if len({(area.x, area.right) for area in areas}) > 1:
                    yield LayoutDefect("lanes-do-not-tile", tuple(band.id for band in bands))
            elif parent not in with_own_boxes and not self._tile(self.layout.bands[parent], areas):
                yield LayoutDefect("lanes-do-not-tile", (parent,))

    def overlapping_bands(self) -> Iterator[LayoutDefect]:
        """Yield bands of one parent that overlap, and bands outside of their parent."""
        inside: dict[str | None, list[Band]] = {}
        for band in self.graph.bands:
            inside.setdefault(band.parent, []).append(band)
        for parent, bands in inside.items():
            areas_near = SpatialGrid[str]()
            for band in bands:
                area = self.layout.bands[band.id]
                for other in areas_near.near(area):
                    if area.overlaps(self.layout.bands[other], by=TOLERANCE):
                        yield LayoutDefect("band-overlap", (other, band.id))
                areas_near.add(area, band.id)
                if parent is not None and not self.layout.bands[parent].grown(TOLERANCE).contains(area):
                    yield LayoutDefect("band-overlap", (band.id, parent))

    def _tile(self, whole: Bounds, parts: list[Bounds]) -> bool:
        left = whole.x + self.layout.strip_width
        y = whole.y
        for part in parts:
            if (part.x, part.right, part.y) != (left, whole.right, y):
                return False
            y = part.bottom
        return y == whole.bottom

    def line_faults(self) -> Iterator[LayoutDefect]:
        """Yield lines that are slanted, cut through boxes, end beside their ends or run backwards without need."""
        around_of: dict[str, set[str]] = {}
        for part in self.parts:
            line = self.line_of[part.line]
            if self._is_slanted(part):
                yield LayoutDefect("slanted-line", (part.line,))
            if part.line not in around_of:
                around_of[part.line] = self._around(line.source) | self._around(line.target)
            for id_ in self.boxes_near.near(part.area()):
                bounds = self.layout.boxes[id_]
                if id_ in (line.source, line.target):
                    other = line.target if id_ == line.source else line.source
                    is_inside_out = id_ in self._around(other)  # from a container to its own content
                    if not part.is_outer and not is_inside_out and _enters(part, bounds, 2):
                        yield LayoutDefect("line-through-own-box", (part.line, id_))
                elif id_ not in around_of[part.line] and _enters(part, bounds, TOLERANCE):
                    hosts = {self.box_of[end].host for end in (line.source, line.target) if end in self.box_of}
                    if not (id_ in hosts and part.is_outer):
                        yield LayoutDefect("line-through-box", (part.line, id_))
        for id_, route in self.layout.routes.items():
            line = self.line_of[id_]
            for end, point in ((line.source, route[0]), (line.target, route[-1])):
                if not self._is_on_outline(end, point):
                    yield LayoutDefect("end-off-outline", (id_, end))

    def _is_slanted(self, part: _Part) -> bool:
        area = part.area()
        within = TOLERANCE if self.is_foreign else 0
        return self.line_of[part.line].kind != "association" and min(area.width, area.height) > within

    def _is_on_outline(self, end: str, point: Point) -> bool:
        within = FOREIGN_TOLERANCE if self.is_foreign else 0
        if end in self.layout.bands:
            return _is_on_rectangle(point, self.layout.bands[end], within=within)
        if end not in self.layout.boxes:  # a line to a line
            return True
        bounds, kind = self.layout.boxes[end], self.box_of[end].kind
        dx = point.x - bounds.x - bounds.width / 2
        dy = point.y - bounds.y - bounds.height / 2
        if kind == "event":
            return abs(math.hypot(dx, dy) - bounds.width / 2) <= OUTLINE_TOLERANCE
        if kind == "gateway" and bounds.width and bounds.height:
            off = (abs(dx) / (bounds.width / 2) + abs(dy) / (bounds.height / 2) - 1) * bounds.width / 2
            return abs(off) <= OUTLINE_TOLERANCE
        return _is_on_rectangle(point, bounds, within=within)

    def lines_on_each_other(self) -> Iterator[LayoutDefect]:
        """Yield pairs of lines without a common source or target that lie on each other."""
        for place, part in enumerate(self.parts):
            for other_place in self.parts_near.near(part.area()):
                other = self.parts[other_place]
                if other_place <= place or other.line == part.line:
                    continue
                if _common_length(part, other) <= SHARED_LENGTH:
                    continue
                line, other_line = self.line_of[part.line], self.line_of[other.line]
                if line.source != other_line.source and line.target != other_line.target:
                    yield LayoutDefect("lines-on-each-other", tuple(sorted((part.line, other.line))))

    def label_faults(self) -> Iterator[LayoutDefect]:
        """Yield texts beside boxes and lines that are missing, far away, or touch a box, a line or another text."""
        layout = self.layout
        for box in self.graph.boxes:
            if box.kind in ("event", "gateway", "data") and box.label.strip() and box.id not in layout.box_labels:
                yield LayoutDefect("label-missing", (box.id,))
        for line in self.graph.lines:
            if line.label.strip() and line.id in layout.routes and line.id not in layout.line_labels:
                yield LayoutDefect("label-missing", (line.id,))
        texts_near = SpatialGrid[str]()
        all_labels = {**layout.box_labels, **layout.line_labels}
        for owner, bounds in all_labels.items():
            yield from self._one_label_faults(owner, bounds)
            for other in texts_near.near(bounds):
                if bounds.overlaps(all_labels[other], by=TOLERANCE):
                    yield LayoutDefect("label-on-label", tuple(sorted((owner, other))))
            texts_near.add(bounds, owner)

    def _one_label_faults(self, owner: str, bounds: Bounds) -> Iterator[LayoutDefect]:
        around = self._around(owner)
        line = self.line_of.get(owner)
        if line is not None:
            around = (self._around(line.source) | {line.source}) & (self._around(line.target) | {line.target})
            gaps = [
                _gap(bounds, _Part(owner, begin, end, is_outer=True).area())
                for begin, end in pairwise(self.layout.routes[owner])
            ]
        else:
            gaps = [_gap(bounds, self.layout.boxes[owner])]
        if min(gaps) > LABEL_MAX_DISTANCE:
            yield LayoutDefect("label-far", (owner,))
        for id_ in self.boxes_near.near(bounds):
            if id_ != owner and id_ not in around and bounds.overlaps(self.layout.boxes[id_], by=TOLERANCE):
                yield LayoutDefect("label-on-box", (owner, id_))
        for place in self.parts_near.near(bounds):
            part = self.parts[place]
            if part.line != owner and _enters(part, bounds, TOLERANCE):
                yield LayoutDefect("label-on-line", (owner, part.line))


def _enters(part: _Part, bounds: Bounds, margin: int) -> bool:
    """Whether a part runs inside of a rectangle made smaller by `margin` on each side (Liang and Barsky's clipping)."""
    left, right = bounds.x + margin, bounds.right - margin
    top, bottom = bounds.y + margin, bounds.bottom - margin
    if left >= right or top >= bottom:
        return False
    dx, dy = part.end.x - part.begin.x, part.end.y - part.begin.y
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, part.begin.x - left),
        (dx, right - part.begin.x),
        (-dy, part.begin.y - top),
        (dy, bottom - part.begin.y),
    ):
        if step == 0:
            if room <= 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return (last - first) * math.hypot(dx, dy) > 0


def _common_length(part: _Part, other: _Part) -> int:
    """Return how long two parts lie on each other, at most a pixel apart."""
    first, second = part.area(), other.area()
    if first.width == 0 and second.width == 0 and abs(first.x - second.x) <= TOLERANCE:
        return min(first.bottom, second.bottom) - max(first.y, second.y)
    if first.height == 0 and second.height == 0 and abs(first.y - second.y) <= TOLERANCE:
        return min(first.right, second.right) - max(first.x, second.x)
    return 0


def _is_on_rectangle(point: Point, bounds: Bounds, *, within: int = 0) -> bool:
    """Whether a point lies on the border of a rectangle, give or take `within` pixels."""
    across = bounds.x - within <= point.x <= bounds.right + within
    down = bounds.y - within <= point.y <= bounds.bottom + within
    on_level = min(abs(point.y - bounds.y), abs(point.y - bounds.bottom)) <= within
    on_side = min(abs(point.x - bounds.x), abs(point.x - bounds.right)) <= within
    return (across and on_level) or (down and on_side)


def _gap(first: Bounds, second: Bounds) -> float:
    return math.hypot(
        max(second.x - first.right, 0, first.x - second.right),
        max(second.y - first.bottom, 0, first.y - second.bottom),
    )
