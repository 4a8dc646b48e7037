"""Instead of phases 4 to 6: columns and rows as an earlier drawing, or a person, has chosen them.

Boxes whose middles lay above each other share a column, in the order of these middles from left to right; likewise rows
within each band. So small shifts vanish and the order stays. Boxes that are new take a place beside their neighbours;
columns and rows are put in for them where no cell is free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ankunft_model.layout.chains import Chain, ChainedScope
from ankunft_model.layout.columns import ColumnedScope
from ankunft_model.layout.cycles import AcyclicScope
from ankunft_model.layout.geometry import Bounds
from ankunft_model.layout.rows import GriddedScope, stack_rows

SAME_COLUMN_PX = 10
"""Boxes whose middles lie no further apart share a column."""
SAME_ROW_PX = 16
"""The same for rows."""

Key: TypeAlias = tuple[int, int]
"""A place in an order: the number of a drawn column or row, and how far behind it something new was put in."""


def has_sketch(acyclic: AcyclicScope) -> bool:
    """Whether an earlier place is known for any box of the scope."""
    scope = acyclic.sized.scope
    return any(box.id in scope.sketch for box in scope.boxes)


def grid_of_sketch(acyclic: AcyclicScope) -> GriddedScope:
    """Return the grid that keeps the order of `Scope.sketch`.

    Postcondition: no two boxes share a cell. Flows that do not lead to a later column become backward ones.
    """
    return _Sketching(acyclic).gridded()


class _Sketching:
    """The places of one scope while they are chosen."""

    def __init__(self, acyclic: AcyclicScope) -> None:
        self.acyclic = acyclic
        self.anchor = acyclic.anchor
        self.scope = acyclic.sized.scope
        self.own = [place for place, anchor in enumerate(self.anchor) if place == anchor]
        self.drawn = {
            place: self.scope.sketch[self.scope.boxes[place].id]
            for place in self.own
            if self.scope.boxes[place].id in self.scope.sketch
        }
        self.column: dict[int, Key] = {}
        self.row: dict[int, Key] = {}
        self.taken: set[tuple[str | None, Key, Key]] = set()
        self.before: dict[int, list[int]] = {}
        self.behind: dict[int, list[int]] = {}
        self.beside: dict[int, list[int]] = {}
        forward = frozenset(acyclic.forward)
        for place, line in enumerate(self.scope.lines):
            if line.source.box is None or line.target.box is None:
                continue
            source, target = self.anchor[line.source.box], self.anchor[line.target.box]
            self.beside.setdefault(source, []).append(target)
            self.beside.setdefault(target, []).append(source)
            if place in forward:
                self.behind.setdefault(source, []).append(target)
                self.before.setdefault(target, []).append(source)

    def gridded(self) -> GriddedScope:
        """Return the grid."""
        self._draw_columns()
        for place in self._new_in_order():
            self.column[place] = self._new_column(place)
        self._draw_rows()
        number_of_column = {key: number for number, key in enumerate(sorted(set(self.column.values())))}
        columns = tuple(number_of_column[self.column[self.anchor[place]]] for place in range(len(self.anchor)))
        acyclic = self._with_directions(columns)
        columned = ColumnedScope(acyclic, columns, len(number_of_column))
        chains = tuple(
            Chain((place,), self.scope.boxes[place].band, self.scope.boxes[place].kind in ("data", "annotation"))
            for place in self.own
        )
        rows: dict[str | None, dict[Key, list[int]]] = {}
        for number, place in enumerate(self.own):
            rows.setdefault(self.scope.boxes[place].band, {}).setdefault(self.row[place], []).append(number)
        rows_of_band = {band: [keys[key] for key in sorted(keys)] for band, keys in rows.items()}
        return stack_rows(ChainedScope(columned, chains), rows_of_band)

    def _draw_columns(self) -> None:
        middles = {place: area.centre.x for place, area in self.drawn.items()}
        self.column = {place: (level, 0) for place, level in levels(middles, SAME_COLUMN_PX).items()}

    def _draw_rows(self) -> None:
        by_band: dict[str | None, list[int]] = {}
        for place in self.drawn:
            by_band.setdefault(self.scope.boxes[place].band, []).append(place)
        for band, places in by_band.items():
            level_of = levels({place: self.drawn[place].centre.y for place in places}, SAME_ROW_PX)
            for place in sorted(places, key=lambda place: (self.drawn[place].y, self.drawn[place].x, place)):
                self._take_row(place, band, (level_of[place], 0))
        for place in self._new_in_order():
            band = self.scope.boxes[place].band
            near = [
                self.row[other]
                for other in (*self.before.get(place, ()), *self.beside.get(place, ()))
                if other in self.row and self.scope.boxes[other].band == band
            ]
            last = max((self.row[other] for other in self.row if self.scope.boxes[other].band == band), default=(0, 0))
            self._take_row(place, band, near[0] if near else (last[0], last[1] + 1))

    def _take_row(self, place: int, band: str | None, wished: Key) -> None:
        """Take the cell of a box in the row wished, or in the first row put in behind it where the cell is free."""
        row = wished
        while (band, row, self.column[place]) in self.taken:
            row = (row[0], row[1] + 1)
        self.taken.add((band, row, self.column[place]))
        self.row[place] = row

    def _new_in_order(self) -> list[int]:
        """Return the boxes without an earlier place, each after those that flow into it."""
        new = [place for place in self.own if place not in self.drawn]
        waiting = dict.fromkeys(new, 0)
        for place in new:
            waiting[place] = sum(other in waiting for other in self.before.get(place, ()) if other != place)
        ready = [place for place in new if not waiting[place]]
        for place in ready:
            for other in self.behind.get(place, ()):
                if other in waiting and other != place:
                    waiting[other] -= 1
                    if not waiting[other]:
                        ready.append(other)
        return ready

    def _new_column(self, place: int) -> Key:
        """Return a column between those of the boxes before and behind; an existing one if there is one between."""
        lower = max((self.column[other] for other in self.before.get(place, ()) if other in self.column), default=None)
        upper = min((self.column[other] for other in self.behind.get(place, ()) if other in self.column), default=None)
        if lower is None and upper is None:
            beside = [self.column[other] for other in self.beside.get(place, ()) if other in self.column]
            return beside[0] if beside else (0, 0)
        if lower is None:
            assert upper is not None
            return (upper[0] - 1, 0)
        if upper is None or lower[0] + 1 < upper[0]:
            return (lower[0] + 1, 0)
        return (lower[0], lower[1] + 1)

    def _with_directions(self, columns: Sequence[int]) -> AcyclicScope:
        forward: list[int] = []
        backward: list[int] = []
        for place, line in enumerate(self.scope.lines):
            if line.is_flow:
                source, target = columns[line.source.box or 0], columns[line.target.box or 0]
                (forward if source < target else backward).append(place)
        return replace(self.acyclic, forward=tuple(forward), backward=tuple(backward))


def levels(middles: Mapping[int, int], tolerance: int) -> Mapping[int, int]:
    """Return for each name the number of its level: those within `tolerance` of the first of a level belong to it.

    Example:
        >>> levels({1: 50, 2: 65, 3: 170, 4: 58}, 10)
        {1: 0, 4: 0, 2: 1, 3: 2}
    """
    level_of: dict[int, int] = {}
    begin, level = 0, -1
    for name, middle in sorted(middles.items(), key=lambda item: (item[1], item[0])):
        if level < 0 or middle > begin + tolerance:
            begin, level = middle, level + 1
        level_of[name] = level
    return level_of


def is_redrawn(scope_sketch: Mapping[str, Bounds], places: Mapping[str, Bounds]) -> bool:
    """Whether all boxes that are in both lie to each other as they did; at least one is in both."""
    common = [id_ for id_ in places if id_ in scope_sketch]
    shifts = {(places[id_].x - scope_sketch[id_].x, places[id_].y - scope_sketch[id_].y) for id_ in common}
    sizes = all(places[id_].width == scope_sketch[id_].width for id_ in common)
    return len(shifts) == 1 and sizes
