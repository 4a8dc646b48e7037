"""Phase 7: choose a way for every line, through free cells or through streets, before anything has a coordinate.

Each line takes the cheapest of a few patterns (straight, one corner, two, …) that is free; the last pattern uses
streets only and is always free, so that no line is left over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ankunft_model.layout.occupancy import Occupancy
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
    RoutedScope,
    Segment,
)
from ankunft_model.layout.rows import GriddedScope
from ankunft_model.layout.scopes import BOTTOM, TOP, End, ScopeLine

COST_OF_BEND = 1.0
COST_OF_STEP = 0.12
"""For each column or row that a line passes."""
COST_OF_CROSSING = 0.8
COST_OF_SHARED_SLOT = 0.7
COST_OF_STREET_IN_BAND = 0.3
"""For messages, which belong between pools."""
COST_OF_STREET_IN_CLOSED_BAND = 50.0
STREETS_TRIED = 8


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible route, the cells it needs, and its cost without crossings."""

    route: Route
    across: tuple[tuple[int, int, int], ...]
    down: tuple[tuple[int, int, int, int], ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _VerticalEnd:
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


def choose_routes(gridded: GriddedScope) -> RoutedScope:
    """Return a route for every line.

    Postcondition: segments are horizontal and vertical in turn; two lines lie on each other in a cell only if they
    have the same source or the same target.
    """
    router = _Router(gridded)
    routes = {place: router.route(place) for place in router.order()}
    return RoutedScope(gridded, {place: routes[place] for place in sorted(routes)})


class _Router:
    """Chooses routes one by one, taking the cells they use."""

    def __init__(self, gridded: GriddedScope) -> None:
        self.gridded = gridded
        self.column = gridded.columned.column
        self.row = gridded.row
        self.sized = gridded.columned.acyclic.sized
        self.scope = self.sized.scope
        self.occupancy = Occupancy(gridded)
        self.column_count = gridded.columned.column_count
        place_of_line = {line.line.id: place for place, line in enumerate(self.scope.lines)}
        for (box, line_id, side), dx in self.sized.ports.items():
            if line_id in place_of_line:  # else the line ends at the container's own border
                self.occupancy.claim_slot(place_of_line[line_id], box, side, dx)

    def order(self) -> list[int]:
        """Return the lines in the order in which they choose: flows first, short before long."""
        backward = set(self.gridded.columned.acyclic.backward)

        def key(place: int) -> tuple[int, int, int]:
            line = self.scope.lines[place]
            kinds = {"sequence": 0, "message": 1, "association": 2}
            source, target = line.source.box, line.target.box
            if source is None or target is None:
                return kinds[line.line.kind], 1000, place
            rows, columns = abs(self.row[source] - self.row[target]), abs(self.column[source] - self.column[target])
            rank = 3 if place in backward else kinds[line.line.kind]
            straight = rows == 0 or (columns == 0 and rank > 0)
            return rank, rows + columns - (1000 if straight else 0), place

        return sorted(range(len(self.scope.lines)), key=key)

    def route(self, place: int) -> Route:
        """Return the cheapest free route of a line and take its cells."""
        best: _Candidate | None = None
        best_cost = 0.0
        for candidate in self._candidates(place):
            if best is not None and candidate.cost >= best_cost:
                continue
            if not self._is_free(place, candidate):
                continue
            cost = candidate.cost + COST_OF_CROSSING * self._crossings(candidate)
            if best is None or cost < best_cost:
                best, best_cost = candidate, cost
        assert best is not None, "the last pattern is always free"
        for row, first, last in best.across:
            self.occupancy.claim_across(place, row, first, last)
        for column, dx, first, last in best.down:
            self.occupancy.claim_down(place, column, dx, first, last)
        for dock in (best.route.source, best.route.target):
            if dock.box is not None and dock.side in (UPPER_SIDE, LOWER_SIDE):
                self.occupancy.claim_slot(place, dock.box, TOP if dock.side == UPPER_SIDE else BOTTOM, dock.dx)
        return best.route

    def _is_free(self, place: int, candidate: _Candidate) -> bool:
        occupancy = self.occupancy
        return all(occupancy.is_free_across(place, *cells) for cells in candidate.across) and all(
            occupancy.is_free_down(place, *cells) for cells in candidate.down
        )

    def _crossings(self, candidate: _Candidate) -> int:
        across = sum(self.occupancy.crossings_across(*cells) for cells in candidate.across)
        return across + sum(
            self.occupancy.crossings_down(column, first, last) for column, _, first, last in candidate.down
        )

    # What may begin and end where

    def _candidates(self, place: int) -> Iterator[_Candidate]:
        line = self.scope.lines[place]
        starts = self._vertical_ends(place, line.source, line.target, is_source=True)
        stops = self._vertical_ends(place, line.target, line.source, is_source=False)
        leaves_right = self._has_side_door(line, line.source)
        enters_left = self._has_side_door(line, line.target)
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
                yield from self._from_vertical_to_vertical(line, start, stop)
        if source is None and target is None:
            yield self._from_border_to_border(line)
        elif self.scope.container in (line.line.source, line.line.target):
            yield self._from_own_container(line)
        elif source is None:
            for stop in stops:
                for candidate in self._from_vertical_to_border(line, stop, line.source):
                    yield _reversed(candidate)
        elif target is None:
            for start in starts:
                yield from self._from_vertical_to_border(line, start, line.target)

    def _has_side_door(self, line: ScopeLine, end: End) -> bool:
        """Whether a line may leave to the right or enter from the left here."""
        return (
            line.line.kind == "sequence"
            and end.box is not None
            and end.side == 0
            and self.scope.boxes[end.box].host is None
        )

    def _vertical_ends(self, place: int, end: End, other: End, *, is_source: bool) -> list[_VerticalEnd]:
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
            slots = self.occupancy.slots(place, box, BOTTOM, is_source=is_source)
            return [self._vertical_end(box, column, row, BOTTOM, dx) for dx in slots]
        if line.line.kind == "sequence" and other.box is not None:
            return self._flow_corners(place, box, other)
        ends: list[_VerticalEnd] = []
        for side in self._sides_towards(box, other):
            slots = self.occupancy.slots(place, box, side, is_source=is_source)
            ends += [self._vertical_end(box, column, row, side, dx) for dx in slots[:5]]
        return ends

    def _flow_corners(self, place: int, box: int, other: End) -> list[_VerticalEnd]:
        """Return the corners of a gateway, and for backward flows the sides of any box."""
        row, column = self.row[box], self.column[box]
        is_backward = place in self.gridded.columned.acyclic.backward
        if self.scope.boxes[box].kind != "gateway" and not is_backward:
            return []
        ends: list[_VerticalEnd] = []
        for side in (BOTTOM, TOP):
            if self.scope.boxes[box].kind == "gateway":
                users = self.occupancy.users_of_slot(box, side, 0)
                if users == 0 or self.occupancy.may_use_slot(place, box, side, 0):
                    ends.append(self._vertical_end(box, column, row, side, 0))
            elif other.box is not None and other.box != box:
                is_source = self.scope.lines[place].source.box == box
                dx = self.occupancy.slots(place, box, side, is_source=is_source)[0]
                if not self.occupancy.users_of_slot(box, side, dx):
                    ends.append(self._vertical_end(box, column, row, side, dx))
        return ends

    def _vertical_end(self, box: int, column: int, row: int, side: int, dx: int) -> _VerticalEnd:
        return _VerticalEnd(Dock(box, UPPER_SIDE if side == TOP else LOWER_SIDE, dx), column, row, side, dx)

    def _sides_towards(self, box: int, other: End) -> tuple[int, ...]:
        """Return the sides of a box that look towards the other end; both where it lies in the same row."""
        if other.box is not None:
            there = self.row[other.box]
            if self.scope.boxes[other.box].host is not None and there == self.row[box]:
                return (BOTTOM,)
        elif other.band is not None:
            upper, lower = self.gridded.band_rows[other.band]
            there = upper if upper > self.row[box] else lower
        else:
            return (other.side,)
        return (BOTTOM,) if there > self.row[box] else (TOP,) if there < self.row[box] else (BOTTOM, TOP)

    # The patterns

    def _from_side_to_side(self, source: int, target: int) -> Iterator[_Candidate]:
        """Yield straight on, over one street between columns, and around through a street between rows."""
        (r1, c1), (r2, c2) = (self.row[source], self.column[source]), (self.row[target], self.column[target])
        begin, end = Dock(source, RIGHT_SIDE), Dock(target, LEFT_SIDE)
        first, last = Segment(ROW, r1), Segment(ROW, r2)
        if r1 == r2 and c1 < c2:
            yield self._candidate(begin, [first], end, across=[(r1, c1 + 1, c2 - 1)], steps=c2 - c1)
        if c1 < c2:
            streets = sorted({c1 + 1, c2, *range(c1 + 2, min(c2, c1 + 5)), *range(max(c1 + 2, c2 - 4), c2)})
            for street in streets if r1 != r2 else []:
                across = [(r1, c1 + 1, street - 1), (r2, street, c2 - 1)]
                segments = [first, Segment(COLUMN_STREET, street), last]
                yield self._candidate(begin, segments, end, across=across, steps=c2 - c1 + abs(r1 - r2))
        if r1 != r2 and c2 == c1 + 1:
            return
        for street in self._row_streets(r1, r2):
            segments = [
                first,
                Segment(COLUMN_STREET, c1 + 1),
                Segment(ROW_STREET, street),
                Segment(COLUMN_STREET, c2),
                last,
            ]
            steps = abs(c2 - c1 - 1) + _detour(2 * r1 + 1, 2 * street, 2 * r2 + 1) / 2
            yield self._candidate(begin, segments, end, steps=steps, extra=self._street_cost(street))

    def _from_vertical_to_side(self, start: _VerticalEnd, target: int) -> Iterator[_Candidate]:
        """Yield one corner into the row of the target, or through a street between rows and one between columns."""
        row, column = self.row[target], self.column[target]
        end, last = Dock(target, LEFT_SIDE), Segment(ROW, row)
        down = Segment(COLUMN, start.column, start.dx)
        extra = self._slot_cost(start)
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
        for street in self._row_streets(start.row, row):
            passed = _rows_between(start, street)
            if passed is None:
                continue
            segments = [down, Segment(ROW_STREET, street), Segment(COLUMN_STREET, column), last]
            steps = abs(column - start.column) + _detour(2 * start.row + 1, 2 * street, 2 * row + 1) / 2
            yield self._candidate(
                start.dock,
                segments,
                end,
                down=[(start.column, start.dx, *passed)],
                steps=steps,
                extra=extra + self._street_cost(street),
            )

    def _from_side_to_vertical(self, source: int, stop: _VerticalEnd) -> Iterator[_Candidate]:
        """Yield the mirror images of `_from_vertical_to_side`."""
        row, column = self.row[source], self.column[source]
        begin, first = Dock(source, RIGHT_SIDE), Segment(ROW, row)
        up = Segment(COLUMN, stop.column, stop.dx)
        extra = self._slot_cost(stop)
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
        for street in self._row_streets(row, stop.row):
            passed = _rows_between(stop, street)
            if passed is None:
                continue
            segments = [first, Segment(COLUMN_STREET, column + 1), Segment(ROW_STREET, street), up]
            steps = abs(stop.column - column) + _detour(2 * row + 1, 2 * street, 2 * stop.row + 1) / 2
            yield self._candidate(
                begin,
                segments,
                stop.dock,
                down=[(stop.column, stop.dx, *passed)],
                steps=steps,
                extra=extra + self._street_cost(street),
            )

    def _from_vertical_to_vertical(
        self, line: ScopeLine, start: _VerticalEnd, stop: _VerticalEnd
    ) -> Iterator[_Candidate]:
        """Yield straight down or up, over one street between rows, and around through a street between columns."""
        extra = self._slot_cost(start) + self._slot_cost(stop)
        down, up = Segment(COLUMN, start.column, start.dx), Segment(COLUMN, stop.column, stop.dx)
        is_level = start.column == stop.column and start.dx == stop.dx
        faces = start.side == -stop.side and (stop.row - start.row) * start.side > 0
        if is_level and faces:
            passed = (min(start.row, stop.row) + 1, max(start.row, stop.row) - 1)
            yield self._candidate(
                start.dock,
                [down],
                stop.dock,
                down=[(start.column, start.dx, *passed)],
                steps=abs(start.row - stop.row),
                extra=extra,
            )
        for street in self._row_streets(start.row, stop.row):
            first, last = _rows_between(start, street), _rows_between(stop, street)
            if first is None or last is None or is_level:
                continue
            steps = abs(start.column - stop.column) + _detour(2 * start.row + 1, 2 * street, 2 * stop.row + 1) / 2
            yield self._candidate(
                start.dock,
                [down, Segment(ROW_STREET, street), up],
                stop.dock,
                down=[(start.column, start.dx, *first), (stop.column, stop.dx, *last)],
                steps=steps,
                extra=extra + self._street_cost(street, is_message=line.line.kind == "message"),
            )
        if start.street != stop.street:
            for street in sorted({start.column, start.column + 1, stop.column, stop.column + 1}):
                segments = [
                    down,
                    Segment(ROW_STREET, start.street),
                    Segment(COLUMN_STREET, street),
                    Segment(ROW_STREET, stop.street),
                    up,
                ]
                steps = _detour(2 * start.column + 1, 2 * street, 2 * stop.column + 1) / 2 + abs(start.row - stop.row)
                yield self._candidate(start.dock, segments, stop.dock, steps=steps, extra=extra)
        elif is_level:  # both ends look at one street from one side: only a line from a box to itself
            segments = [down, Segment(ROW_STREET, start.street), up]
            yield self._candidate(start.dock, segments, stop.dock, steps=1, extra=extra + 10)

    def _from_vertical_to_border(self, line: ScopeLine, start: _VerticalEnd, end: End) -> Iterator[_Candidate]:
        """Yield straight to the border of a band or container, or first aside into a street between columns."""
        border, side = self._border_row(end, start.row)
        dock = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        down = Segment(COLUMN, start.column, start.dx)
        extra = self._slot_cost(start)
        first, last = (start.row + 1, border - 1) if border > start.row else (border + 1, start.row - 1)
        if (border - start.row) * start.side > 0:
            yield self._candidate(
                start.dock, [down], dock, down=[(start.column, start.dx, first, last)], steps=abs(border - start.row), extra=extra
            )
        for street in (start.column, start.column + 1):
            segments = [down, Segment(ROW_STREET, start.street), Segment(COLUMN_STREET, street)]
            extra_street = self._street_cost(start.street, is_message=line.line.kind == "message")
            yield self._candidate(
                start.dock, segments, dock, steps=abs(border - start.row) + 0.5, extra=extra + extra_street
            )

    def _from_border_to_border(self, line: ScopeLine) -> _Candidate:
        """Return the way between two bands, in the middle of the drawing."""
        assert line.source.band is not None
        assert line.target.band is not None
        first, second = self.gridded.band_rows[line.source.band], self.gridded.band_rows[line.target.band]
        street = self.column_count // 2
        if first[0] <= second[0]:
            begin = Dock(None, LOWER_SIDE, border_row=first[1])
            end = Dock(None, UPPER_SIDE, border_row=second[0])
        else:
            begin = Dock(None, UPPER_SIDE, border_row=first[0])
            end = Dock(None, LOWER_SIDE, border_row=second[1])
        return self._candidate(begin, [Segment(COLUMN_STREET, street)], end, steps=1)

    def _from_own_container(self, line: ScopeLine) -> _Candidate:
        """Return the way between a box and the container around it: sideways and straight to the border."""
        leaves = line.source.box is not None
        box = line.source.box if leaves else line.target.box
        assert box is not None
        border, side = self._border_row(line.target if leaves else line.source, self.row[box])
        at_border = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        column = self.column[box]
        own_end = line.source if leaves else line.target
        if self.scope.boxes[box].host is not None or own_end.side:
            place = self.scope.lines.index(line)
            end = self._vertical_ends(place, own_end, End(side=side), is_source=leaves)[0]
            street = Segment(COLUMN_STREET, column + 1)
            segments = [Segment(COLUMN, column, end.dx), Segment(ROW_STREET, end.street), street]
            candidate = self._candidate(end.dock, segments, at_border, steps=1)
            return candidate if leaves else _reversed(candidate)
        across = Segment(ROW, self.row[box])
        if leaves:
            segments = [across, Segment(COLUMN_STREET, column + 1)]
            return self._candidate(Dock(box, RIGHT_SIDE), segments, at_border, steps=1)
        return self._candidate(at_border, [Segment(COLUMN_STREET, column), across], Dock(box, LEFT_SIDE), steps=1)

    # Small questions

    def _border_row(self, end: End, from_row: int) -> tuple[int, int]:
        """Return the border row at which a line ends, and the side of the band or frame it belongs to."""
        if end.band is not None:
            upper, lower = self.gridded.band_rows[end.band]
            return (upper, TOP) if upper > from_row else (lower, BOTTOM)
        return (0, TOP) if end.side == TOP else (len(self.gridded.rows) - 1, BOTTOM)

    def _row_streets(self, row: int, other: int) -> list[int]:
        """Return streets between rows worth trying for a line between two rows."""
        upper, lower = sorted((row, other))
        between = range(upper + 1, lower + 1)
        if len(between) > STREETS_TRIED:
            between = [*between[: STREETS_TRIED // 2], *between[-STREETS_TRIED // 2 :]]
        return sorted({upper, *between, lower + 1})

    def _street_cost(self, street: int, *, is_message: bool = False) -> float:
        rows = self.gridded.rows
        above, below = rows[street - 1] if street else None, rows[street] if street < len(rows) else None
        if (above and above.is_closed) or (below and below.is_closed):
            return COST_OF_STREET_IN_CLOSED_BAND
        if above and below and above.is_border and below.is_border:
            return 0.0 if is_message else COST_OF_STREET_IN_BAND
        return COST_OF_STREET_IN_BAND if is_message else 0.0

    def _slot_cost(self, end: _VerticalEnd) -> float:
        if end.dock.box is None:
            return 0.0
        users = self.occupancy.users_of_slot(end.dock.box, end.side, end.dx)
        return COST_OF_SHARED_SLOT * min(users, 1) + 0.01 * abs(end.dx) / 10

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
    ) -> _Candidate:
        cost = COST_OF_BEND * (len(segments) - 1) + COST_OF_STEP * steps + extra
        return _Candidate(Route(source, tuple(segments), target), tuple(across or ()), tuple(down or ()), cost)


def _reversed(candidate: _Candidate) -> _Candidate:
    route = candidate.route
    turned = Route(route.target, tuple(reversed(route.segments)), route.source)
    return _Candidate(turned, candidate.across, candidate.down, candidate.cost)


def _detour(begin: int, over: int, end: int) -> int:
    """Return the length of a way that passes `over`."""
    return abs(begin - over) + abs(over - end)


def _rows_between(end: _VerticalEnd, street: int) -> tuple[int, int] | None:
    """Return the rows that a vertical line passes from an end to a street, None if the street lies behind the end."""
    if end.side == BOTTOM:
        return (end.row + 1, street - 1) if street > end.row else None
    return (street, end.row - 1) if street <= end.row else None
