"""Which cells are taken by boxes and by lines that run straight through them (part of phase 7).

Each row and column keeps a whole number as a set of bits, so that the common answer (nothing there) takes one step.
"""

from __future__ import annotations

from ankunft_model.layout.route_candidate import Candidate
from ankunft_model.layout.routes import LOWER_SIDE, RIGHT_SIDE, UPPER_SIDE, Dock
from ankunft_model.layout.rows import GriddedScope
from ankunft_model.layout.scopes import BOTTOM, TOP
from ankunft_model.layout.sizes import SLOT_PITCH, SizedScope

MAX_CELLS_CROSSED = 250
"""No line runs straight through more cells; it takes a street instead. Bounds the time per line."""
NEAR_PX = 8
"""Vertical lines closer than this count as lying on each other."""
ROOMY_PX = 20
"""Lines that end on one side of a box rather have this distance."""
SIGN_PX = 24
"""A sign where a line begins has no other line nearer than this."""


class Occupancy:
    """The cells of a grid while routes are chosen.

    Lines may share a way only if each two of them have the same source or the same target, and not both.
    """

    def __init__(self, gridded: GriddedScope) -> None:
        self.gridded = gridded
        self.sized: SizedScope = gridded.columned.acyclic.sized
        scope = self.sized.scope
        self.ends = [(line.line.source, line.line.target) for line in scope.lines]
        self.is_signed = [line.line.is_signed for line in scope.lines]
        column_count, row_count = gridded.columned.column_count, len(gridded.rows)
        self._boxes_in_row = [0] * row_count
        self._boxes_in_column = [0] * column_count
        self._no_passage = [row.is_border or row.is_closed for row in gridded.rows]
        anchor = gridded.columned.acyclic.anchor
        for place in range(len(scope.boxes)):
            if anchor[place] == place:
                row, column = gridded.row[place], gridded.columned.column[place]
                self._boxes_in_row[row] |= 1 << column
                self._boxes_in_column[column] |= 1 << row
        self._across: list[list[tuple[int, int, int]]] = [[] for _ in range(row_count)]
        self._across_bits = [0] * row_count
        self._down: list[list[tuple[int, int, int, int]]] = [[] for _ in range(column_count)]
        self._down_bits = [0] * column_count
        self._places_in_order: dict[tuple[int, int, bool], list[int]] = {}
        self._slots: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._right_doors: dict[int, list[int]] = {}

    def holds_box(self, row: int, column: int) -> bool:
        """Whether a box stands in this cell."""
        return bool(self._boxes_in_row[row] >> column & 1)

    def is_free_across(self, line: int, row: int, first: int, last: int) -> bool:
        """Whether `line` may run through the middle of the cells `first` to `last` of `row`."""
        if first > last:
            return True
        if last - first >= MAX_CELLS_CROSSED or self._no_passage[row]:
            return False
        bits = ((1 << (last - first + 1)) - 1) << first
        if self._boxes_in_row[row] & bits:
            return False
        if not self._across_bits[row] & bits:
            return True
        return all(
            self._may_share(line, other)
            for other_first, other_last, other in self._across[row]
            if other_first <= last and first <= other_last
        )

    def is_free_down(self, line: int, column: int, dx: int, first: int, last: int) -> bool:
        """Whether `line` may run down the cells in rows `first` to `last` of `column`, `dx` from the middle."""
        if first > last:
            return True
        if last - first >= MAX_CELLS_CROSSED:
            return False
        bits = ((1 << (last - first + 1)) - 1) << first
        if self._boxes_in_column[column] & bits:
            return False
        if not self._down_bits[column] & bits:
            return True
        return all(
            self._may_share(line, other)
            for other_first, other_last, other_dx, other in self._down[column]
            if other_first <= last and first <= other_last and abs(dx - other_dx) < NEAR_PX
        )

    def is_free(self, line: int, candidate: Candidate) -> bool:
        """Whether `line` may take this route."""
        return all(self.is_free_across(line, *cells) for cells in candidate.across) and all(
            self.is_free_down(line, *cells) for cells in candidate.down
        )

    def _may_share(self, line: int, other: int) -> bool:
        """Whether two lines may lie on each other: with one common end, not with both."""
        (source, target), (other_source, other_target) = self.ends[line], self.ends[other]
        return (source == other_source) != (target == other_target)

    def claim(self, line: int, chosen: Candidate) -> None:
        """Note all that the chosen route of `line` takes."""
        for row, first, last in chosen.across:
            self.claim_across(line, row, first, last)
        for column, dx, first, last in chosen.down:
            self.claim_down(line, column, dx, first, last)
        source, target = chosen.route.source, chosen.route.target
        if source.box is not None and source.side == RIGHT_SIDE:
            self._right_doors.setdefault(source.box, []).append(line)
        for dock in (source, target):
            if dock.box is not None and dock.side in (UPPER_SIDE, LOWER_SIDE):
                self.claim_slot(line, dock.box, TOP if dock.side == UPPER_SIDE else BOTTOM, dock.dx)

    def release(self, line: int, chosen: Candidate) -> None:
        """Take back `claim`."""
        for row, first, last in chosen.across:
            self.release_across(line, row, first, last)
        for column, dx, first, last in chosen.down:
            self.release_down(line, column, dx, first, last)
        source, target = chosen.route.source, chosen.route.target
        if source.box is not None and source.side == RIGHT_SIDE:
            self._right_doors[source.box].remove(line)
        for dock in (source, target):
            if dock.box is not None and dock.side in (UPPER_SIDE, LOWER_SIDE):
                self.release_slot(line, dock.box, TOP if dock.side == UPPER_SIDE else BOTTOM, dock.dx)

    def claim_across(self, line: int, row: int, first: int, last: int) -> None:
        """Note that `line` runs through the middle of these cells."""
        if first <= last:
            self._across[row].append((first, last, line))
            self._across_bits[row] |= _bits(first, last)

    def claim_down(self, line: int, column: int, dx: int, first: int, last: int) -> None:
        """Note that `line` runs down these cells."""
        if first <= last:
            self._down[column].append((first, last, dx, line))
            self._down_bits[column] |= _bits(first, last)

    def claim_slot(self, line: int, box: int, side: int, dx: int) -> None:
        """Note that `line` ends at the upper or lower side of `box`."""
        self._slots.setdefault(self._key(box, side), []).append((dx, line))

    def release_across(self, line: int, row: int, first: int, last: int) -> None:
        """Take back `claim_across`."""
        if first <= last:
            self._across[row].remove((first, last, line))
            self._across_bits[row] = 0
            for other_first, other_last, _ in self._across[row]:
                self._across_bits[row] |= _bits(other_first, other_last)

    def release_down(self, line: int, column: int, dx: int, first: int, last: int) -> None:
        """Take back `claim_down`."""
        if first <= last:
            self._down[column].remove((first, last, dx, line))
            self._down_bits[column] = 0
            for other_first, other_last, _, _ in self._down[column]:
                self._down_bits[column] |= _bits(other_first, other_last)

    def release_slot(self, line: int, box: int, side: int, dx: int) -> None:
        """Take back `claim_slot`."""
        self._slots[self._key(box, side)].remove((dx, line))

    def users_of_slot(self, box: int, side: int, dx: int) -> int:
        """Return how many lines end at this place of a side."""
        there = self._slots.get(self._key(box, side))
        return 0 if there is None else sum(abs(dx - other_dx) < NEAR_PX for other_dx, _ in there)

    def shares_right_door(self, box: int) -> bool:
        """Whether a line leaves a box to the right already."""
        return bool(self._right_doors.get(box))

    def hides_sign(self, line: int, dock: Dock) -> bool:
        """Whether a sign would touch another line, if `line` begins here: its own, or that of a line that is there."""
        if dock.box is None:
            return False
        if dock.side == RIGHT_SIDE:
            there = self._right_doors.get(dock.box, [])
        else:
            side = TOP if dock.side == UPPER_SIDE else BOTTOM
            slots = self._slots.get(self._key(dock.box, side), ())
            there = [other for dx, other in slots if abs(dx - dock.dx) < SIGN_PX]
        is_signed = self.is_signed
        return any(is_signed[line] or is_signed[other] for other in there if other != line)

    def may_use_slot(self, line: int, box: int, side: int, dx: int) -> bool:
        """Whether `line` may end at this place together with the lines that are there."""
        there = self._slots.get(self._key(box, side))
        return there is None or all(
            abs(dx - other_dx) >= NEAR_PX or self._may_share(line, other) for other_dx, other in there
        )

    def slots(self, line: int, box: int, side: int, *, is_source: bool) -> list[int]:
        """Return the places on a side where `line` may end, best first; never empty.

        A place nobody uses comes first, far enough from the others and near the middle. The outermost places are kept
        for lines that arrive (left) and that leave (right), so that in need all arriving lines share one place and all
        leaving ones another.
        """
        if self.sized.scope.boxes[box].host is not None:
            middle = self.sized.boundary_dx[box]
            return [middle] if is_source else [middle - SLOT_PITCH]
        ordered = self._places_in_order.get((box, side, is_source))
        if ordered is None:
            places = self._places(box, side)
            others = places[0] if is_source else places[-1]
            middle = 0 if places[0] <= 0 <= places[-1] else (places[0] + places[-1]) // 20 * 10
            by_distance = sorted((abs(place - middle), place) for place in places if place != others)
            ordered = self._places_in_order[box, side, is_source] = [place for _, place in by_distance]
        if not self._slots.get(self._key(box, side)):
            return list(ordered)
        unused = [dx for dx in ordered if not self.users_of_slot(box, side, dx)]
        unused.sort(key=lambda dx: self._is_crowded(box, side, dx))
        shared = [dx for dx in ordered if dx not in unused and self.may_use_slot(line, box, side, dx)]
        if unused or shared:
            return unused + shared
        places = self._places(box, side)
        return [places[-1] if is_source else places[0]]

    def _is_crowded(self, box: int, side: int, dx: int) -> bool:
        """Whether the arrows of two lines would nearly touch here."""
        return any(abs(dx - other_dx) < ROOMY_PX for other_dx, _ in self._slots.get(self._key(box, side), ()))

    def has_place(self, box: int, side: int, dx: int) -> bool:
        """Whether a side reaches so far from its middle."""
        places = self._places(box, side)
        return places[0] <= dx <= places[-1]

    def _places(self, box: int, side: int) -> list[int]:
        """Return the places on a side of a box that stands in a cell, at least two."""
        width, kind = self.sized.widths[box], self.sized.scope.boxes[box].kind
        reach = SLOT_PITCH if kind in ("event", "gateway") else max(SLOT_PITCH, (width // 2 - 10) // 10 * 10)
        free_right = min(reach, (self.sized.free_right[box] // 10) * 10) if side == BOTTOM else reach
        places = list(range(-reach, free_right + 1, SLOT_PITCH))
        return places if len(places) > 1 else [-reach, -reach + SLOT_PITCH]

    def _key(self, box: int, side: int) -> tuple[int, int]:
        """Return the half cell above or below a box; the events on a host share that of the host."""
        return self.gridded.columned.acyclic.anchor[box], side


def _bits(first: int, last: int) -> int:
    return ((1 << (last - first + 1)) - 1) << first
