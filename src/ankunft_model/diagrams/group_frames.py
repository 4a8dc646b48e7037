"""The frames of groups around their members, and their texts, drawn over a finished layout."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ankunft_model.diagrams.beside import meets, segment_area
from ankunft_model.diagrams.plane import Plane
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.spatial_grid import SpatialGrid
from ankunft_model.layout.text_metrics import measure

GROUP_MARGIN: Final = 14
"""Distance of a group's border from its members, in pixels, where there is room."""
LEAST_MARGIN: Final = 3
"""If there is twice as much room."""
BETWEEN_FRAMES: Final = 4
"""Between the frames of two groups whose members lie close to each other, where there is room."""
MOST_FITTED: Final = 400
"""So many frames and texts get a place that suits what is around them, the others the usual one; bounds the time."""
EMPTY_GROUP_SIZE: Final = (140, 100)
_EMPTY_GROUP_DISTANCE: Final = 40
_TEXT_DISTANCE: Final = 2
_INDENT: Final = 4
"""Of a text inside its frame."""
_STEP: Final = 10
_MOST_STEPS: Final = 40
"""A text inside its frame is tried at about so many places along each side; bounds the time."""
_MANY: Final = 10**9


def with_groups(
    plane: Plane, layout: Layout, names: Mapping[str, str], *, is_vertical: bool = False
) -> tuple[Layout, tuple[str, ...]]:
    """Return the layout with the rectangle and text of each group, and the groups that hold nothing.

    A frame comes closer to its members where the border of a pool or lane, a text or another box is near.
    A text stands above its frame at the left, unless it meets less elsewhere: at the right, below, or inside.
    """
    surroundings = _Surroundings(plane, layout, is_vertical=is_vertical)
    frames: dict[str, Bounds] = {}
    empty: list[str] = []
    left = layout.size.x
    for group, members in plane.groups.items():
        frame = surroundings.frame(members)
        while frame is not None and group in plane.groups_by_place:
            inside = [box.id for box in plane.boxes if _holds(frame, layout.boxes[box.id])]
            if len(inside) <= len(members):
                break
            members = inside
            frame = surroundings.frame(members) or frame
        if frame is None:
            empty.append(group)
            frame = Bounds(left, layout.size.bottom + _EMPTY_GROUP_DISTANCE, *EMPTY_GROUP_SIZE)
            left += EMPTY_GROUP_SIZE[0] + _EMPTY_GROUP_DISTANCE
        frames[group] = frame
    for group, frame in frames.items():
        surroundings.add_border(frame, group)
    texts: dict[str, Bounds] = {}
    for group, frame in frames.items():
        size = measure(names.get(group, ""))
        if size.lines:
            texts[group] = surroundings.place_of_text(frame, size.width, size.height)
    return replace(layout, boxes={**layout.boxes, **frames}, box_labels={**layout.box_labels, **texts}), tuple(empty)


def _holds(area: Bounds, box: Bounds) -> bool:
    """Whether the middle of a box lies in an area, as it is decided when a drawing is read."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return area.x <= x <= area.right and area.y <= y <= area.bottom


class _Surroundings:
    """What a frame should not touch and a text should not meet: boxes, texts, borders, and for texts lines."""

    def __init__(self, plane: Plane, layout: Layout, *, is_vertical: bool) -> None:
        self.layout = layout
        self.fitted = 0
        self.owners: list[str] = []
        """The box that an area belongs to, or nothing."""
        self.areas: list[Bounds] = []
        self.near_areas = SpatialGrid[int]()
        self.borders: list[tuple[str, Bounds]] = []
        self.near_borders = SpatialGrid[int]()
        self.segments: list[tuple[Point, Point]] = []
        self.near_segments = SpatialGrid[int]()
        for band, bounds in layout.bands.items():
            if band not in plane.hidden:
                self.add_border(bounds, band)
                strip = layout.strip_width
                across = replace(bounds, height=strip) if is_vertical else replace(bounds, width=strip)
                self._add_area("", across)
        for box in plane.boxes:
            bounds = layout.boxes[box.id]
            if box.kind == "container":
                self.add_border(bounds, box.id)
            else:
                self._add_area(box.id, bounds)
        for id_, bounds in layout.box_labels.items():
            self._add_area(id_, bounds)
        for bounds in layout.line_labels.values():
            self._add_area("", bounds)
        for route in layout.routes.values():
            for begin, end in pairwise(route):
                self.near_segments.add(segment_area(begin, end), len(self.segments))
                self.segments.append((begin, end))

    def _add_area(self, owner: str, bounds: Bounds) -> None:
        self.near_areas.add(bounds, len(self.areas))
        self.owners.append(owner)
        self.areas.append(bounds)

    def add_border(self, bounds: Bounds, owner: str) -> None:
        """Add the four sides of a rectangle."""
        x, y, width, height = bounds.x, bounds.y, bounds.width, bounds.height
        sides = (
            Bounds(x, y, width, 0),
            Bounds(x, bounds.bottom, width, 0),
            Bounds(x, y, 0, height),
            Bounds(bounds.right, y, 0, height),
        )
        for side in sides:
            self.near_borders.add(side, len(self.borders))
            self.borders.append((owner, side))

    def frame(self, members: Collection[str]) -> Bounds | None:
        """Return the rectangle around boxes and their texts, with a margin on each side as wide as there is room."""
        own = set(members)
        parts = [each[id_] for id_ in members for each in (self.layout.boxes, self.layout.box_labels) if id_ in each]
        if not parts:
            return None
        x, y = min(part.x for part in parts), min(part.y for part in parts)
        right, bottom = max(part.right for part in parts), max(part.bottom for part in parts)
        hull = Bounds(x, y, right - x, bottom - y)
        near = hull.grown(2 * GROUP_MARGIN + BETWEEN_FRAMES)
        beside = list(self._beside(near, own)) if self.is_fitting() else []
        wide = hull.grown(GROUP_MARGIN)
        rows = [other for other in beside if other.y < wide.bottom and wide.y < other.bottom]
        columns = [other for other in beside if other.x < wide.right and wide.x < other.right]
        left = _margin(x - other.right for other in rows)
        upper = _margin(y - other.bottom for other in columns)
        x_margins = left + _margin(other.x - right for other in rows)
        y_margins = upper + _margin(other.y - bottom for other in columns)
        return Bounds(x - left, y - upper, hull.width + x_margins, hull.height + y_margins)

    def _beside(self, area: Bounds, own: set[str]) -> Iterator[Bounds]:
        for place in self.near_areas.near(area):
            if self.owners[place] not in own:
                yield self.areas[place]
        for place in self.near_borders.near(area):
            owner, border = self.borders[place]
            if owner not in own:
                yield border

    def place_of_text(self, frame: Bounds, width: int, height: int) -> Bounds:
        """Return the place beside or inside a frame where a text meets the least, and take it."""
        above, below = frame.y - height - _TEXT_DISTANCE, frame.bottom + _TEXT_DISTANCE
        at_right = max(frame.x, frame.right - width)
        places = [(frame.x, above), (at_right, above), (frame.x, below), (at_right, below)]
        if frame.width >= width + 2 * _INDENT and frame.height >= height + 2 * _INDENT:
            left, right = frame.x + _INDENT, frame.right - width - _INDENT
            top, bottom = frame.y + _INDENT, frame.bottom - height - _INDENT
            places += [(x, y) for y in (top, bottom) for x in _steps(left, right)]
            places += [(x, y) for y in _steps(top, bottom) for x in (left, right)]
        best, least = Bounds(frame.x, above, width, height), (_MANY, 0, 0)
        for x, y in places if self.is_fitting() else ():
            tried = Bounds(x, y, width, height)
            met = self._met(tried)
            if met < least:
                best, least = tried, met
            if not any(met):
                break
        self._add_area("", best)
        return best

    def is_fitting(self) -> bool:
        """Count what is fitted into its surroundings, and tell whether there is still time for it."""
        self.fitted += 1
        return self.fitted <= MOST_FITTED

    def _met(self, text: Bounds) -> tuple[int, int, int]:
        """Return how many boxes and texts, borders, and lines a text meets; the first are the worst."""
        areas = sum(self.areas[place].overlaps(text, by=1) for place in self.near_areas.near(text))
        borders = sum(_is_in(self.borders[place][1], text) for place in self.near_borders.near(text))
        lines = sum(meets(*self.segments[place], text) for place in self.near_segments.near(text))
        return areas, borders, lines


def _is_in(border: Bounds, area: Bounds) -> bool:
    """Whether a side of a rectangle, which is a line, passes through an area."""
    return border.x < area.right and area.x < border.right + 1 and border.y < area.bottom and area.y < border.bottom + 1


def _steps(low: int, high: int) -> list[int]:
    """Return places from `low` to `high`, both among them."""
    return [*range(low, high, max(_STEP, (high - low) // _MOST_STEPS)), high]


def _margin(distances: Iterable[int]) -> int:
    """Return the widest margin, given how far away what is on this side begins; less than 0 is on another side."""
    nearest = min((distance for distance in distances if distance >= 0), default=2 * GROUP_MARGIN + BETWEEN_FRAMES)
    return max(min(nearest // 2, LEAST_MARGIN), min(GROUP_MARGIN, (nearest - BETWEEN_FRAMES) // 2))
