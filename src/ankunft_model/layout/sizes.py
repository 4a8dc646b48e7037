"""Phase 2: give every box of a scope its size, and every boundary event its place on the border of its host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ankunft_model.layout.scopes import BOTTOM, Scope, ScopeBox
from ankunft_model.layout.text_metrics import INNER_FONT_PX, TextBlock, inner_text_height, longest_word_width, measure

ACTIVITY_MAX_WIDTH = 160
"""Activities grow to this width before they grow in height; only a longer word makes them wider."""
TEXT_MARGIN = 18
"""Room left and right of the text in an activity, together; the common tools keep seven pixels free on each side."""
TEXT_MARGIN_VERTICAL = 26
"""Room above and below the text in an activity, together: the marker of its type stands there."""
SLOT_PITCH = 10
"""Distance of two lines that end on the same side of a box."""
BOUNDARY_LABEL_GAP = 5
"""Distance of a boundary event's text from the line below the event."""
CROWDED_SLOTS = 3
"""Where more lines may end beside the events on a lower border, there is room for a text between lines and events."""
MAX_RESERVED_SLOTS = 8
"""A side is widened for so many lines at most; further ones share a place with lines of the same end."""


@dataclass(frozen=True, slots=True)
class FramePort:
    """A place on the upper or lower border of a container where a line passes, from the container's left border."""

    side: int
    x: int


@dataclass(frozen=True, slots=True)
class InnerLayout:
    """What the scope around a container needs to know of its inside: size and ports, by line id and by side."""

    width: int
    height: int
    ports: Mapping[tuple[str, int], FramePort]


@dataclass(frozen=True, slots=True)
class SizedScope:
    """A scope whose boxes have sizes.

    Attributes:
        scope: The scope.
        widths: Width of each box; even.
        heights: Height of each box; even.
        boundary_dx: For events on a host, their centre as a distance from the host's centre, else 0.
        free_right: The lower border of a box is free for docking up to this distance from its centre; the boundary
            events stand to the right of it.
        ports: Where a line crosses the border of a container: by place of the box, line id and side, as a distance from
            the centre.
    """

    scope: Scope
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    boundary_dx: tuple[int, ...]
    free_right: tuple[int, ...]
    ports: Mapping[tuple[int, str, int], int]


def size_boxes(
    scope: Scope, inner_layouts: Mapping[str, InnerLayout], rank_of_event: Mapping[int, int] | None = None
) -> SizedScope:
    """Return `scope` with sizes; of the events on one host, those of smaller rank stand further left.

    Precondition: `inner_layouts` has every container of the scope.
    Postcondition: text, boundary events with their labels, and the docks of lines have room; events, gateways and data
    keep their own size (made even).
    """
    guests: dict[int, list[int]] = {}
    for place, box in enumerate(scope.boxes):
        if box.host is not None:
            guests.setdefault(box.host, []).append(place)
    if rank_of_event:
        for events in guests.values():
            events.sort(key=lambda place: rank_of_event.get(place, 0))
    vertical_docks = _count_vertical_docks(scope)
    line_label_width = _line_label_widths(scope)
    widths: list[int] = []
    heights: list[int] = []
    dx = [0] * len(scope.boxes)
    free_right: list[int] = []
    ports: dict[tuple[int, str, int], int] = {}
    for place, box in enumerate(scope.boxes):
        inner = inner_layouts.get(box.id)
        width, height = _own_size(box, inner, is_vertical=scope.is_vertical)
        last_port = -1
        if inner is not None:
            last_port = max((port.x for port in inner.ports.values() if port.side == BOTTOM), default=-1)
        slots = min(MAX_RESERVED_SLOTS, max(2, vertical_docks[place]))
        needed_left = max(last_port + SLOT_PITCH * 2, SLOT_PITCH * (slots + 1))
        pitches = [
            max(
                scope.boxes[g].width + 10,
                text_beside(scope, scope.boxes[g].label).width + 20,
                line_label_width.get(g, 0) + 20,
            )
            for g in guests.get(place, [])
        ]
        offset = text_room = 0
        if box.kind not in ("event", "gateway", "data"):
            width = max(width, SLOT_PITCH * (slots + 1))
        if pitches:
            first = guests[place][0]
            text_room = line_label_width.get(place, 0) + 2 * BOUNDARY_LABEL_GAP if slots > CROWDED_SLOTS else 0
            needed_left += text_room
            room = sum(pitches[:-1]) + scope.boxes[guests[place][-1]].width // 2
            needed_left += scope.boxes[first].width // 2
            width = max(width, _even(needed_left + room + 10))
            offset = width - 10 - room
        for guest, pitch in zip(guests.get(place, []), pitches, strict=True):
            dx[guest] = offset - width // 2
            offset += pitch
        if pitches:
            first = guests[place][0]
            free_right.append(dx[first] - scope.boxes[first].width // 2 - SLOT_PITCH - text_room)
        else:
            free_right.append(width // 2)
        widths.append(width)
        heights.append(height)
        if inner is not None:
            for (line_id, side), port in inner.ports.items():
                ports[place, line_id, side] = port.x - width // 2
    return SizedScope(scope, tuple(widths), tuple(heights), tuple(dx), tuple(free_right), ports)


def _own_size(box: ScopeBox, inner: InnerLayout | None, *, is_vertical: bool) -> tuple[int, int]:
    """Return the size before docks and events on the border are thought of; turned over if the drawing will be."""
    if inner is not None:
        across, down = (inner.height, inner.width) if is_vertical else (inner.width, inner.height)
        size = _even(max(across, longest_word_width(box.label, INNER_FONT_PX) + 20, 100)), _even(down)
    elif box.kind in ("activity", "annotation"):
        size = _size_for_text(box)
    else:
        size = _even(max(box.width, 10)), _even(max(box.height, 10))
    return (size[1], size[0]) if is_vertical else size


def text_beside(scope: Scope, text: str) -> TextBlock:
    """Return the block of a text beside a box or line; turned over if the drawing will be."""
    block = measure(text)
    return TextBlock(block.lines, block.height, block.width) if scope.is_vertical else block


def _size_for_text(box: ScopeBox) -> tuple[int, int]:
    """Return the smallest size, growing first in width, that holds the box's text."""
    width, height = _even(max(box.width, 40)), _even(max(box.height, 30))
    if not box.label.strip():
        return width, height
    margin = TEXT_MARGIN_VERTICAL if box.kind == "activity" else 8
    width = max(width, _even(longest_word_width(box.label, INNER_FONT_PX) + TEXT_MARGIN))
    while True:
        needed = inner_text_height(box.label, width - TEXT_MARGIN, INNER_FONT_PX, in_any_font=box.kind == "annotation")
        if needed is not None and needed + margin <= height:
            return width, height
        if width + 10 > ACTIVITY_MAX_WIDTH and needed is not None:
            return width, _even(needed + margin)
        width += 10


def _count_vertical_docks(scope: Scope) -> list[int]:
    """Return for each box how many lines might end at its upper or lower side."""
    counts = [0] * len(scope.boxes)
    for line in scope.lines:
        for end in (line.source, line.target):
            if end.box is not None and line.line.kind != "sequence":
                counts[end.box] += 1
    return [count + 1 for count in counts]


def _line_label_widths(scope: Scope) -> dict[int, int]:
    """Return for each box how wide the widest text of a line at its upper or lower side may be."""
    widths: dict[int, int] = {}
    for line in scope.lines:
        for end in (line.source, line.target):
            if end.box is not None:
                width = text_beside(scope, line.line.label).width if line.carries_label else 0
                widths[end.box] = max(widths.get(end.box, 0), width)
    return widths


def _even(length: int) -> int:
    return length + length % 2
