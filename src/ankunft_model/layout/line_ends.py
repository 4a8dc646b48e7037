"""Where a line may leave and enter boxes, bands and the frame of a container (part of phase 7)."""

from __future__ import annotations

from typing import NamedTuple

from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.routes import LOWER_SIDE, UPPER_SIDE, Dock
from ankunft_model.layout.scopes import BOTTOM, TOP, End, ScopeLine
from ankunft_model.layout.sizes import SLOT_PITCH

SLOTS_TRIED = 5
"""So many places on a side are tried for each line."""


class VerticalEnd(NamedTuple):
    """An end from which a line runs up or down: the column, the row, and the side of the row it leaves by."""

    dock: Dock
    column: int
    row: int
    side: int
    dx: int

    @property
    def street(self) -> int:
        """The street beside the end."""
        return self.row + (self.side == BOTTOM)


class LineEnds:
    """Answers where lines may begin and end, given what is taken already."""

    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy = occupancy
        self.gridded = occupancy.gridded
        self.column = self.gridded.columned.column
        self.row = self.gridded.row
        self.sized = occupancy.sized
        self.scope = self.sized.scope
        self.backward = frozenset(self.gridded.columned.acyclic.backward)
        self.arrivals = {line.target.box for line in self.scope.lines}
        self._known_ends: dict[tuple[int, int, int], VerticalEnd] = {}

    def has_side_door(self, line: ScopeLine, end: End) -> bool:
        """Whether a line may leave to the right or enter from the left here."""
        return (
            line.line.kind == "sequence"
            and end.box is not None
            and end.side == 0
            and self.scope.boxes[end.box].host is None
        )

    def vertical_ends(self, place: int, end: End, other: End, *, is_source: bool) -> list[VerticalEnd]:
        """Return the ways to begin or end upwards or downwards at a box."""
        line = self.scope.lines[place]
        box = end.box
        if box is None:
            return []
        row, column = self.row[box], self.column[box]
        if end.side:
            dx = self.sized.ports[box, line.line.id, end.side]
            return [self._vertical_end(box, column, row, end.side, dx)]
        if self.scope.boxes[box].host is not None:
            # a dotted line leaves beside the way out of the event, where none arrives
            is_aside = line.line.kind == "association" and box not in self.arrivals
            slots = self.occupancy.slots(place, box, BOTTOM, is_source=is_source and not is_aside)
            return [self._vertical_end(box, column, row, BOTTOM, dx) for dx in slots]
        if line.line.kind == "sequence" and other.box is not None:
            return self._flow_corners(place, box, other, is_source=is_source)
        ends: list[VerticalEnd] = []
        for side in self._sides_towards(box, other):
            slots = self.occupancy.slots(place, box, side, is_source=is_source)[:SLOTS_TRIED]
            facing = self._place_facing_guest(place, box, side, other, is_source=is_source)
            if facing is not None and facing not in slots:
                slots.append(facing)
            ends += [self._vertical_end(box, column, row, side, dx) for dx in slots]
        return ends

    def _place_facing_guest(self, place: int, box: int, side: int, other: End, *, is_source: bool) -> int | None:
        """Return the place on a side right above or below an event on the border of a box of the same column."""
        there = other.box
        if there is None or self.scope.boxes[there].host is None or self.column[there] != self.column[box]:
            return None
        dx = self.vertical_ends(place, other, End(box), is_source=not is_source)[0].dx
        is_upright = self.scope.boxes[box].kind not in ("event", "gateway")
        has_room = abs(dx) <= self.sized.widths[box] // 2 - SLOT_PITCH
        return dx if is_upright and has_room and self.occupancy.may_use_slot(place, box, side, dx) else None

    def _flow_corners(self, place: int, box: int, other: End, *, is_source: bool) -> list[VerticalEnd]:
        """Return the corners of a gateway, and the middles of the sides of any other box."""
        row, column = self.row[box], self.column[box]
        is_backward = place in self.backward
        ends: list[VerticalEnd] = []
        if self.scope.boxes[box].kind == "gateway":
            sides = (side for side in (BOTTOM, TOP) if self.occupancy.may_use_slot(place, box, side, 0))
            return [self._vertical_end(box, column, row, side, 0) for side in sides]
        if other.box is None or (other.box == box and is_source):
            return ends
        towards = self.row[other.box] - row
        comes_from_below = towards == 0 and self.scope.boxes[other.box].host is not None
        is_skip = towards == 0 and not comes_from_below and abs(self.column[other.box] - column) > 1
        for side in (BOTTOM, TOP):
            if not is_backward and not is_skip and towards * side <= 0 and not (comes_from_below and side == BOTTOM):
                continue
            dx = self.occupancy.slots(place, box, side, is_source=is_source)[0]
            if not self.occupancy.users_of_slot(box, side, dx):
                ends.append(self._vertical_end(box, column, row, side, dx))
        return ends

    def _vertical_end(self, box: int, column: int, row: int, side: int, dx: int) -> VerticalEnd:
        known = self._known_ends.get((box, side, dx))
        if known is None:
            dock = Dock(box, UPPER_SIDE if side == TOP else LOWER_SIDE, dx)
            known = self._known_ends[box, side, dx] = VerticalEnd(dock, column, row, side, dx)
        return known

    def _sides_towards(self, box: int, other: End) -> tuple[int, ...]:
        """Return the sides of a box that look towards the other end; both where it lies in the same row."""
        if other.box is not None:
            there = self.row[other.box]
            if self.scope.boxes[other.box].host is not None and there == self.row[box]:
                return (BOTTOM,)
        elif other.band is not None:
            there, _ = self.border_row(other, self.row[box])
        else:
            return (other.side,)
        return (BOTTOM,) if there > self.row[box] else (TOP,) if there < self.row[box] else (BOTTOM, TOP)

    def border_row(self, end: End, from_row: int) -> tuple[int, int]:
        """Return the border row at which a line ends, and the side of the band or frame it belongs to: the nearer."""
        if end.band is not None:
            upper, lower = self.gridded.band_rows[end.band]
            is_upper_nearer = from_row - upper < lower - from_row  # of a band around the row itself
            return (upper, TOP) if upper > from_row or is_upper_nearer else (lower, BOTTOM)
        return (0, TOP) if end.side == TOP else (len(self.gridded.rows) - 1, BOTTOM)


def rows_between(end: VerticalEnd, street: int) -> tuple[int, int] | None:
    """Return the rows that a vertical line passes from an end to a street, None if the street lies behind the end."""
    if end.side == BOTTOM:
        return (end.row + 1, street - 1) if street > end.row else None
    return (street, end.row - 1) if street <= end.row else None
