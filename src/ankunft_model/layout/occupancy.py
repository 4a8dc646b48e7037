"""Which cells are taken by boxes and by lines that run straight through them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ankunft_model.layout.rows import GriddedScope
from ankunft_model.layout.scopes import BOTTOM, TOP
from ankunft_model.layout.sizes import SLOT_PITCH, SizedScope

MAX_CELLS_CROSSED = 120
"""No line runs straight through more cells; it takes a street instead. Bounds the time per line."""
NEAR_PX = 8
"""Vertical lines closer than this count as lying on each other."""


@dataclass(slots=True)
class _Sharers:
    """The lines on one way; each two have the same source or the same target, so all have one of them in common."""

    dx: int
    sources: set[str] = field(default_factory=set[str])
    targets: set[str] = field(default_factory=set[str])
    count: int = 0

    def welcomes(self, source: str, target: str) -> bool:
        """Whether a line may join: with one common end, not with both."""
        return (self.sources == {source} and target not in self.targets) or (
            self.targets == {target} and source not in self.sources
        )

    def join(self, source: str, target: str) -> None:
        """Add a line."""
        self.sources.add(source)
        self.targets.add(target)
        self.count += 1


class Occupancy:
    """The cells of a grid while routes are chosen.

    Lines may share a way only if each two of them have the same source or the same target.
    """

    def __init__(self, gridded: GriddedScope) -> None:
        self.gridded = gridded
        self.sized: SizedScope = gridded.columned.acyclic.sized
        scope = self.sized.scope
        self.ends = [(line.line.source, line.line.target) for line in scope.lines]
        self.box_at: dict[tuple[int, int], int] = {}
        anchor = gridded.columned.acyclic.anchor
        for place in range(len(scope.boxes)):
            if anchor[place] == place:
                self.box_at[gridded.row[place], gridded.columned.column[place]] = place
        self._across: dict[tuple[int, int], _Sharers] = {}
        self._right_doors: dict[int, int] = {}
        self._down: dict[tuple[int, int, int], list[_Sharers]] = {}

    def is_free_across(self, line: int, row: int, first: int, last: int) -> bool:
        """Whether `line` may run through the middle of the cells `first` to `last` of `row`."""
        if last - first >= MAX_CELLS_CROSSED or self.gridded.rows[row].is_border or self.gridded.rows[row].is_closed:
            return first > last
        for column in range(first, last + 1):
            if (row, column) in self.box_at:
                return False
            sharers = self._across.get((row, column))
            if sharers is not None and not sharers.welcomes(*self.ends[line]):
                return False
        return True

    def is_free_down(self, line: int, column: int, dx: int, first: int, last: int) -> bool:
        """Whether `line` may run down the cells in rows `first` to `last` of `column`, `dx` from the middle."""
        if last - first >= MAX_CELLS_CROSSED:
            return False
        for row in range(first, last + 1):
            if (row, column) in self.box_at:
                return False
            if not (
                self._is_free_half(line, row, column, TOP, dx) and self._is_free_half(line, row, column, BOTTOM, dx)
            ):
                return False
        return True

    def _is_free_half(self, line: int, row: int, column: int, half: int, dx: int) -> bool:
        return all(
            abs(dx - sharers.dx) >= NEAR_PX or sharers.welcomes(*self.ends[line])
            for sharers in self._down.get((row, column, half), ())
        )

    def claim_across(self, line: int, row: int, first: int, last: int) -> None:
        """Note that `line` runs through the middle of these cells."""
        for column in range(first, last + 1):
            self._across.setdefault((row, column), _Sharers(0)).join(*self.ends[line])

    def claim_down(self, line: int, column: int, dx: int, first: int, last: int) -> None:
        """Note that `line` runs down these cells."""
        for row in range(first, last + 1):
            self._claim_half(line, (row, column, TOP), dx)
            self._claim_half(line, (row, column, BOTTOM), dx)

    def claim_slot(self, line: int, box: int, side: int, dx: int) -> None:
        """Note that `line` ends at the upper or lower side of `box`."""
        self._claim_half(line, (*self._cell(box), side), dx)

    def _claim_half(self, line: int, half: tuple[int, int, int], dx: int) -> None:
        there = self._down.setdefault(half, [])
        for sharers in there:
            if sharers.dx == dx:
                sharers.join(*self.ends[line])
                return
        there.append(_Sharers(dx))
        there[-1].join(*self.ends[line])

    def users_of_slot(self, box: int, side: int, dx: int) -> int:
        """Return how many lines end at this place of a side."""
        there = self._down.get((*self._cell(box), side), ())
        return sum(sharers.count for sharers in there if abs(dx - sharers.dx) < NEAR_PX)

    def claim_right_door(self, box: int) -> None:
        """Note that a line leaves `box` to the right."""
        self._right_doors[box] = self._right_doors.get(box, 0) + 1

    def users_of_right_door(self, box: int) -> int:
        """Return how many lines leave a box to the right."""
        return self._right_doors.get(box, 0)

    def may_use_slot(self, line: int, box: int, side: int, dx: int) -> bool:
        """Whether `line` may end at this place together with the lines that are there."""
        return self._is_free_half(line, *self._cell(box), side, dx)

    def slots(self, line: int, box: int, side: int, *, is_source: bool) -> list[int]:
        """Return the places on a side where `line` may end, best first; never empty.

        A place nobody uses comes first, near the middle. The outermost places are kept for lines that arrive (left)
        and that leave (right), so that in need all arriving lines share one place and all leaving ones another.
        """
        width, kind = self.sized.widths[box], self.sized.scope.boxes[box].kind
        if self.sized.scope.boxes[box].host is not None:
            middle = self.sized.boundary_dx[box]
            return [middle] if is_source else [middle - SLOT_PITCH]
        reach = SLOT_PITCH if kind in ("event", "gateway") else max(SLOT_PITCH, (width // 2 - 10) // 10 * 10)
        free_right = min(reach, (self.sized.free_right[box] // 10) * 10) if side == BOTTOM else reach
        places = list(range(-reach, free_right + 1, SLOT_PITCH))
        if len(places) < 2:
            places = [-reach, -reach + SLOT_PITCH]
        own, others = (places[-1], places[0]) if is_source else (places[0], places[-1])
        middle = 0 if places[0] <= 0 <= places[-1] else (places[0] + places[-1]) // 20 * 10
        ordered = sorted((place for place in places if place != others), key=lambda place: (abs(place - middle), place))
        cell = self._cell(box)
        unused = [dx for dx in ordered if not self.users_of_slot(box, side, dx)]
        shared = [dx for dx in ordered if dx not in unused and self._is_free_half(line, *cell, side, dx)]
        return unused + shared or [own]

    def _cell(self, box: int) -> tuple[int, int]:
        return self.gridded.row[box], self.gridded.columned.column[box]
