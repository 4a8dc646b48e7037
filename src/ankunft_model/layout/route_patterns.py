"""The patterns that a line's route may have, cheapest first within each pattern (part of phase 7)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ankunft_model.layout.line_ends import LineEnds, VerticalEnd, rows_between
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.route_candidate import Candidate, reversed_candidate
from ankunft_model.layout.routes import (
    COLUMN,
    COLUMN_STREET,
    LEFT_SIDE,
    LOWER_SIDE,
    RIGHT_SIDE,
    ROW,
    ROW_STREET,
    UPPER_SIDE,
    Dock,
    Route,
    Segment,
)
from ankunft_model.layout.row_streets import RowStreets
from ankunft_model.layout.scopes import BOTTOM, TOP, End, ScopeLine

COST_OF_BEND = 1.0
COST_OF_STEP = 0.12
"""For each column or row that a line passes."""
COST_OF_SHARED_SLOT = 0.7
COST_OF_SIDE_DOOR = 0.5
"""Flows rather leave boxes other than gateways to the right and enter them from the left."""
COST_OF_SHARED_DOOR = 1.3
"""Of two lines out of a gateway one rather takes a corner."""
ENDS_JOINED = 2
"""Of the places where a line may leave and enter up or down, so many are joined by streets; the rest straight only."""


class RoutePatterns:
    """Lists possible routes of a line; at least one of them is free whatever the others have taken."""

    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy = occupancy
        self.ends = LineEnds(occupancy)
        self.gridded = occupancy.gridded
        self.column = self.gridded.columned.column
        self.row = self.gridded.row
        self.scope = occupancy.sized.scope
        self.column_count = self.gridded.columned.column_count
        self.limit = math.inf
        """Routes that cost as much are not listed."""
        self.reach = 0
        """How far beyond the rows of both ends a line may go around."""
        self.streets = RowStreets(self.gridded.rows)

    def straight(self, place: int) -> Candidate | None:
        """Return the way straight on along a row, if both ends lie in one; no other can be better if it is free."""
        line = self.scope.lines[place]
        source, target = line.source.box, line.target.box
        if source is None or target is None or self.row[source] != self.row[target]:
            return None
        first, last = self.column[source], self.column[target]
        if first >= last or not (
            self.ends.has_side_door(line, line.source) and self.ends.has_side_door(line, line.target)
        ):
            return None
        row = self.row[source]
        return self._candidate(
            Dock(source, RIGHT_SIDE),
            [Segment(ROW, row)],
            Dock(target, LEFT_SIDE),
            across=[(row, first + 1, last - 1)],
            steps=last - first,
        )

    def candidates(self, place: int) -> Iterator[Candidate]:
        """Yield the possible routes of the line at `place` in `Scope.lines`, without asking which cells are free."""
        line = self.scope.lines[place]
        starts = self.ends.vertical_ends(place, line.source, line.target, is_source=True)
        stops = self.ends.vertical_ends(place, line.target, line.source, is_source=False)
        leaves_right = self.ends.has_side_door(line, line.source)
        enters_left = self.ends.has_side_door(line, line.target)
        source, target = line.source.box, line.target.box
        if leaves_right and enters_left and source is not None and target is not None:
            yield from self._from_side_to_side(source, target)
        if leaves_right and source is not None:
            for stop in stops:
                yield from self._from_side_to_vertical(source, stop)
        if enters_left and target is not None:
            for start in starts:
                yield from self._from_vertical_to_side(start, target)
        for start in starts:
            for stop in stops:
                if start.column == stop.column and start.dx == stop.dx:
                    yield from self._straight_down(start, stop)
        for start in starts[:ENDS_JOINED]:
            for stop in stops[:ENDS_JOINED]:
                yield from self._from_vertical_to_vertical(line, start, stop)
        if source is None or target is None:
            yield from self._to_borders(line, starts, stops)

    def _to_borders(self, line: ScopeLine, starts: list[VerticalEnd], stops: list[VerticalEnd]) -> Iterator[Candidate]:
        """Yield the routes of a line that begins or ends on the border of a band or container."""
        if line.source.box is None and line.target.box is None:
            yield self._from_border_to_border(line)
        elif self.scope.container in (line.line.source, line.line.target):
            yield self._from_own_container(line)
        elif line.source.box is None:
            for stop in stops:
                for candidate in self._from_vertical_to_border(line, stop, line.source):
                    yield reversed_candidate(candidate)
        else:
            for start in starts:
                yield from self._from_vertical_to_border(line, start, line.target)

    def _from_side_to_side(self, source: int, target: int) -> Iterator[Candidate]:
        """Yield straight on, over one street between columns, and around through a street between rows."""
        (r1, c1), (r2, c2) = (self.row[source], self.column[source]), (self.row[target], self.column[target])
        begin, end = Dock(source, RIGHT_SIDE), Dock(target, LEFT_SIDE)
        first, last = Segment(ROW, r1), Segment(ROW, r2)
        if r1 == r2 and c1 < c2:
            yield self._candidate(begin, [first], end, across=[(r1, c1 + 1, c2 - 1)], steps=c2 - c1)
        if c1 < c2:
            streets = sorted({c1 + 1, c2, *range(c1 + 2, min(c2, c1 + 5)), *range(max(c1 + 2, c2 - 4), c2)})
            for street in streets if r1 != r2 else []:
                if self._is_too_dear(2, c2 - c1 + abs(r1 - r2)):
                    break
                across = [(r1, c1 + 1, street - 1), (r2, street, c2 - 1)]
                segments = [first, Segment(COLUMN_STREET, street), last]
                yield self._candidate(begin, segments, end, across=across, steps=c2 - c1 + abs(r1 - r2))
        if (r1 != r2 and c2 == c1 + 1) or self._is_too_dear(4, abs(c2 - c1 - 1) + abs(r1 - r2)):
            return
        flow_costs = self.streets.costs("sequence")
        for street in self.streets.beside(r1, r2, self.reach):
            steps = abs(c2 - c1 - 1) + _detour(2 * r1 + 1, 2 * street, 2 * r2 + 1) / 2
            if self._is_too_dear(4, steps):
                continue
            segments = [
                first,
                Segment(COLUMN_STREET, c1 + 1),
                Segment(ROW_STREET, street),
                Segment(COLUMN_STREET, c2),
                last,
            ]
            yield self._candidate(begin, segments, end, steps=steps, extra=flow_costs[street])

    def _from_vertical_to_side(self, start: VerticalEnd, target: int) -> Iterator[Candidate]:
        """Yield one corner into the row of the target, or through a street between rows and one between columns."""
        row, column = self.row[target], self.column[target]
        end, last = Dock(target, LEFT_SIDE), Segment(ROW, row)
        down = Segment(COLUMN, start.column, start.dx)
        extra = self._slot_cost(start) + self._door_cost(start)
        towards = BOTTOM if row > start.row else TOP
        if start.column < column and row != start.row and towards == start.side:
            passed = (start.row + 1, row) if towards == BOTTOM else (row, start.row - 1)
            yield self._candidate(
                start.dock,
                [down, last],
                end,
                across=[(row, start.column, column - 1)],
                down=[(start.column, start.dx, *passed)],
                steps=column - start.column + abs(row - start.row),
                extra=extra,
            )
        if self._is_too_dear(3, abs(column - start.column) + abs(row - start.row), extra):
            return
        flow_costs = self.streets.costs("sequence")
        for street in self.streets.beside(start.row, row, self.reach):
            between = rows_between(start, street)
            if between is None:
                continue
            steps = abs(column - start.column) + _detour(2 * start.row + 1, 2 * street, 2 * row + 1) / 2
            if self._is_too_dear(3, steps, extra):
                continue
            segments = [down, Segment(ROW_STREET, street), Segment(COLUMN_STREET, column), last]
            yield self._candidate(
                start.dock,
                segments,
                end,
                down=[(start.column, start.dx, *between)],
                steps=steps,
                extra=extra + flow_costs[street],
            )

    def _from_side_to_vertical(self, source: int, stop: VerticalEnd) -> Iterator[Candidate]:
        """Yield the mirror images of `_from_vertical_to_side`."""
        row, column = self.row[source], self.column[source]
        begin, first = Dock(source, RIGHT_SIDE), Segment(ROW, row)
        up = Segment(COLUMN, stop.column, stop.dx)
        extra = self._slot_cost(stop) + self._door_cost(stop)
        towards = BOTTOM if row > stop.row else TOP
        if column < stop.column and row != stop.row and towards == stop.side:
            passed = (stop.row + 1, row) if towards == BOTTOM else (row, stop.row - 1)
            yield self._candidate(
                begin,
                [first, up],
                stop.dock,
                across=[(row, column + 1, stop.column)],
                down=[(stop.column, stop.dx, *passed)],
                steps=stop.column - column + abs(row - stop.row),
                extra=extra,
            )
        if self._is_too_dear(3, abs(stop.column - column) + abs(row - stop.row), extra):
            return
        flow_costs = self.streets.costs("sequence")
        for street in self.streets.beside(row, stop.row, self.reach):
            between = rows_between(stop, street)
            if between is None:
                continue
            steps = abs(stop.column - column) + _detour(2 * row + 1, 2 * street, 2 * stop.row + 1) / 2
            if self._is_too_dear(3, steps, extra):
                continue
            segments = [first, Segment(COLUMN_STREET, column + 1), Segment(ROW_STREET, street), up]
            yield self._candidate(
                begin,
                segments,
                stop.dock,
                down=[(stop.column, stop.dx, *between)],
                steps=steps,
                extra=extra + flow_costs[street],
            )

    def _straight_down(self, start: VerticalEnd, stop: VerticalEnd) -> Iterator[Candidate]:
        """Yield straight down or up between two boxes that face each other."""
        if start.side == -stop.side and (stop.row - start.row) * start.side > 0:
            passed = (min(start.row, stop.row) + 1, max(start.row, stop.row) - 1)
            yield self._candidate(
                start.dock,
                [Segment(COLUMN, start.column, start.dx)],
                stop.dock,
                down=[(start.column, start.dx, *passed)],
                steps=abs(start.row - stop.row),
                extra=self._slot_cost(start) + self._slot_cost(stop),
            )

    def _from_vertical_to_vertical(self, line: ScopeLine, start: VerticalEnd, stop: VerticalEnd) -> Iterator[Candidate]:
        """Yield ways over one street between rows, and around through a street between columns."""
        extra = self._slot_cost(start) + self._slot_cost(stop)
        down, up = Segment(COLUMN, start.column, start.dx), Segment(COLUMN, stop.column, stop.dx)
        is_level = start.column == stop.column and start.dx == stop.dx
        columns, rows = abs(start.column - stop.column), abs(start.row - stop.row)
        is_too_far = self._is_too_dear(2, columns + rows, extra)
        street_costs = self.streets.costs(line.line.kind)
        for street in () if is_level or is_too_far else self.streets.beside(start.row, stop.row, self.reach):
            first, last = rows_between(start, street), rows_between(stop, street)
            if first is None or last is None:
                continue
            steps = columns + _detour(2 * start.row + 1, 2 * street, 2 * stop.row + 1) / 2
            if self._is_too_dear(2, steps, extra):
                continue
            yield self._candidate(
                start.dock,
                [down, Segment(ROW_STREET, street), up],
                stop.dock,
                down=[(start.column, start.dx, *first), (stop.column, stop.dx, *last)],
                steps=steps,
                extra=extra + street_costs[street],
            )
        if start.street != stop.street:
            if self._is_too_dear(4, columns + rows, extra):
                return
            for street in sorted({start.column, start.column + 1, stop.column, stop.column + 1}):
                steps = _detour(2 * start.column + 1, 2 * street, 2 * stop.column + 1) / 2 + rows
                if self._is_too_dear(4, steps, extra):
                    continue
                segments = [
                    down,
                    Segment(ROW_STREET, start.street),
                    Segment(COLUMN_STREET, street),
                    Segment(ROW_STREET, stop.street),
                    up,
                ]
                yield self._candidate(start.dock, segments, stop.dock, steps=steps, extra=extra)
        elif is_level:  # both ends look at one street from one side: only a line from a box to itself
            segments = [down, Segment(ROW_STREET, start.street), up]
            yield self._candidate(start.dock, segments, stop.dock, steps=1, extra=extra + 10)

    def _from_vertical_to_border(self, line: ScopeLine, start: VerticalEnd, end: End) -> Iterator[Candidate]:
        """Yield straight to the border of a band or container, or first aside into a street between columns."""
        border, side = self.ends.border_row(end, start.row)
        dock = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        down = Segment(COLUMN, start.column, start.dx)
        extra = self._slot_cost(start)
        first, last = (start.row + 1, border) if border > start.row else (border, start.row - 1)
        if (border - start.row) * start.side > 0:
            yield self._candidate(
                start.dock,
                [down],
                dock,
                down=[(start.column, start.dx, first, last)],
                steps=abs(border - start.row),
                extra=extra,
            )
        for street in (start.column, start.column + 1):
            segments = [down, Segment(ROW_STREET, start.street), Segment(COLUMN_STREET, street)]
            costs = self.streets.costs(line.line.kind)
            extra_street = costs[start.street]
            yield self._candidate(
                start.dock, segments, dock, steps=abs(border - start.row) + 0.5, extra=extra + extra_street
            )

    def _from_border_to_border(self, line: ScopeLine) -> Candidate:
        """Return the way between two bands, behind all boxes: there is room for its text."""
        assert line.source.band is not None
        assert line.target.band is not None
        first, second = self.gridded.band_rows[line.source.band], self.gridded.band_rows[line.target.band]
        street = self.column_count
        if first[0] <= second[0]:
            begin = Dock(None, LOWER_SIDE, border_row=first[1])
            end = Dock(None, UPPER_SIDE, border_row=second[0])
        else:
            begin = Dock(None, UPPER_SIDE, border_row=first[0])
            end = Dock(None, LOWER_SIDE, border_row=second[1])
        return self._candidate(begin, [Segment(COLUMN_STREET, street)], end, steps=1)

    def _from_own_container(self, line: ScopeLine) -> Candidate:
        """Return the way between a box and the container around it: sideways and straight to the border."""
        leaves = line.source.box is not None
        box = line.source.box if leaves else line.target.box
        assert box is not None
        border, side = self.ends.border_row(line.target if leaves else line.source, self.row[box])
        at_border = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        column = self.column[box]
        own_end = line.source if leaves else line.target
        if self.scope.boxes[box].host is not None or own_end.side:
            place = self.scope.lines.index(line)
            end = self.ends.vertical_ends(place, own_end, End(side=side), is_source=leaves)[0]
            street = Segment(COLUMN_STREET, column + 1)
            segments = [Segment(COLUMN, column, end.dx), Segment(ROW_STREET, end.street), street]
            candidate = self._candidate(end.dock, segments, at_border, steps=1)
            return candidate if leaves else reversed_candidate(candidate)
        across = Segment(ROW, self.row[box])
        if leaves:
            segments = [across, Segment(COLUMN_STREET, column + 1)]
            return self._candidate(Dock(box, RIGHT_SIDE), segments, at_border, steps=1)
        return self._candidate(at_border, [Segment(COLUMN_STREET, column), across], Dock(box, LEFT_SIDE), steps=1)

    def _slot_cost(self, end: VerticalEnd) -> float:
        if end.dock.box is None:
            return 0.0
        users = self.occupancy.users_of_slot(end.dock.box, end.side, end.dx)
        return COST_OF_SHARED_SLOT * min(users, 1) + 0.01 * abs(end.dx) / 10

    def _door_cost(self, end: VerticalEnd) -> float:
        """Return what it costs that a flow leaves or enters a box by its upper or lower side."""
        box = end.dock.box
        if box is None or self.scope.boxes[box].kind == "gateway" or self.scope.boxes[box].host is not None:
            return 0.0
        return COST_OF_SIDE_DOOR

    def _is_too_dear(self, bends: int, steps: float, extra: float = 0.0) -> bool:
        return COST_OF_BEND * bends + COST_OF_STEP * steps + extra >= self.limit

    def _candidate(
        self,
        source: Dock,
        segments: list[Segment],
        target: Dock,
        *,
        steps: float,
        across: list[tuple[int, int, int]] | None = None,
        down: list[tuple[int, int, int, int]] | None = None,
        extra: float = 0.0,
    ) -> Candidate:
        cost = COST_OF_BEND * (len(segments) - 1) + COST_OF_STEP * steps + extra
        if source.side == RIGHT_SIDE and source.box is not None and self.scope.boxes[source.box].kind == "gateway":
            cost += COST_OF_SHARED_DOOR * self.occupancy.shares_right_door(source.box)
        return Candidate(Route(source, tuple(segments), target), tuple(across or ()), tuple(down or ()), cost)


def _detour(begin: int, over: int, end: int) -> int:
    """Return the length of a way that passes `over`."""
    return abs(begin - over) + abs(over - end)
