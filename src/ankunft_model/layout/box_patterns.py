"""The patterns that a line between two boxes may have (part of phase 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ankunft_model.layout.graph import LineKind
from ankunft_model.layout.line_ends import VerticalEnd, rows_between
from ankunft_model.layout.pattern_ground import COST_OF_BEND, COST_OF_STEP, PatternGround
from ankunft_model.layout.route_candidate import Candidate
from ankunft_model.layout.routes import COLUMN, LEFT_SIDE, RIGHT_SIDE, Dock, Route, Segment
from ankunft_model.layout.scopes import BOTTOM, TOP

ENDS_JOINED = 2
"""Of the places where a line may leave and enter up or down, so many are joined by streets; the rest straight only."""
RANK_OF_COLUMN_STREET, RANK_AROUND = 1, 2
RANK_FROM_SIDE, RANK_TO_SIDE, RANK_OF_STRAIGHT_DOWN, RANK_OF_PAIRS = range(1000, 5000, 1000)
"""Of routes that cost the same the one with the smallest rank is taken; that along a row has 0."""

Ranked = tuple[int, Candidate]
"""A possible route with its rank."""


class BoxPatterns:
    """Lists the free ways of one line that cost less than the limit, those with few bends first.

    Once a way is found the limit sinks, and most of those with more bends are not even looked at.

    Args:
        ground: The grid; its limit is asked for each way anew.
        place: The line.
        kind: Its kind.
        source: The box that it may leave to the right, if it may.
        target: The box that it may enter from the left, if it may.
        starts: Where it may begin upwards or downwards.
        stops: Where it may end likewise.
    """

    def __init__(
        self,
        ground: PatternGround,
        place: int,
        kind: LineKind,
        source: int | None,
        target: int | None,
        starts: Sequence[VerticalEnd],
        stops: Sequence[VerticalEnd],
    ) -> None:
        self.ground, self.place = ground, place
        self.kind: LineKind = kind
        self.source, self.target, self.starts, self.stops = source, target, starts, stops
        self.is_free_across, self.is_free_down = ground.occupancy.is_free_across, ground.occupancy.is_free_down
        self.cost_of_door = ground.cost_of_right_door(source)

    def candidates(self) -> Iterator[Ranked]:
        """Yield the ways."""
        ground, source, target = self.ground, self.source, self.target
        beside = [] if source is None or target is None else [(source, target)]
        leaving = [] if source is None else [(source, end, ground.cost_of_flow_end(end)) for end in self.stops]
        entering = [] if target is None else [(end, target, ground.cost_of_flow_end(end)) for end in self.starts]
        pairs = list(product(self.starts[:ENDS_JOINED], self.stops[:ENDS_JOINED]))
        for start, stop in product(self.starts, self.stops):
            if start.column == stop.column and start.dx == stop.dx:
                yield from self._straight_down(start, stop)
        for boxes in beside:
            yield from self._straight_across(*boxes)
        for number, out in enumerate(leaving):
            yield from self._corner_to_vertical(RANK_FROM_SIDE + 2 * number, *out)
        for number, into in enumerate(entering):
            yield from self._corner_to_side(RANK_TO_SIDE + 2 * number, *into)
        for boxes in beside:
            yield from self._over_one_column_street(*boxes)
        for number, pair in enumerate(pairs):
            yield from self._over_one_row_street(RANK_OF_PAIRS + 2 * number, *pair)
        for number, out in enumerate(leaving):
            yield from self._around_to_vertical(RANK_FROM_SIDE + 2 * number + 1, *out)
        for number, into in enumerate(entering):
            yield from self._around_to_side(RANK_TO_SIDE + 2 * number + 1, *into)
        for boxes in beside:
            yield from self._around_to_the_side(*boxes)
        for number, pair in enumerate(pairs):
            yield from self._over_streets(RANK_OF_PAIRS + 2 * number + 1, *pair)

    def _straight_across(self, source: int, target: int) -> Iterator[Ranked]:
        """Yield straight on along a row."""
        ground = self.ground
        row, first, last = ground.row[source], ground.column[source], ground.column[target]
        if row != ground.row[target] or first >= last:
            return
        cost = COST_OF_STEP * (last - first) + 0.0 + self.cost_of_door
        if cost < ground.limit and self.is_free_across(self.place, row, first + 1, last - 1):
            route = Route(Dock(source, RIGHT_SIDE), (ground.along_row[row],), Dock(target, LEFT_SIDE))
            yield 0, Candidate(route, ((row, first + 1, last - 1),), (), cost)

    def _over_one_column_street(self, source: int, target: int) -> Iterator[Ranked]:
        """Yield ways from one row to another over one street between columns."""
        ground = self.ground
        (r1, c1), (r2, c2) = (ground.row[source], ground.column[source]), (ground.row[target], ground.column[target])
        if c1 >= c2 or r1 == r2:
            return
        cost = 2 * COST_OF_BEND + COST_OF_STEP * (c2 - c1 + abs(r1 - r2)) + self.cost_of_door
        if cost >= ground.limit:
            return
        begin, end = Dock(source, RIGHT_SIDE), Dock(target, LEFT_SIDE)
        first, last = ground.along_row[r1], ground.along_row[r2]
        for street in sorted({c1 + 1, c2, *range(c1 + 2, min(c2, c1 + 5)), *range(max(c1 + 2, c2 - 4), c2)}):
            if cost >= ground.limit:
                return
            one, other = (r1, c1 + 1, street - 1), (r2, street, c2 - 1)
            if self.is_free_across(self.place, *one) and self.is_free_across(self.place, *other):
                route = Route(begin, (first, ground.in_column_street[street], last), end)
                yield RANK_OF_COLUMN_STREET, Candidate(route, (one, other), (), cost)

    def _around_to_the_side(self, source: int, target: int) -> Iterator[Ranked]:
        """Yield ways around through a street between rows."""
        ground = self.ground
        (r1, c1), (r2, c2) = (ground.row[source], ground.column[source]), (ground.row[target], ground.column[target])
        if (r1 != r2 and c2 == c1 + 1) or self._is_too_dear(4, abs(c2 - c1 - 1) + abs(r1 - r2)):
            return
        begin, end = Dock(source, RIGHT_SIDE), Dock(target, LEFT_SIDE)
        first, last = ground.along_row[r1], ground.along_row[r2]
        out, back = ground.in_column_street[c1 + 1], ground.in_column_street[c2]
        costs = ground.streets.costs("sequence")
        for street in ground.streets.beside(r1, r2, ground.reach):
            steps = abs(c2 - c1 - 1) + _detour(2 * r1 + 1, 2 * street, 2 * r2 + 1) / 2
            cost = 4 * COST_OF_BEND + COST_OF_STEP * steps + costs[street] + self.cost_of_door
            if cost < ground.limit:
                route = Route(begin, (first, out, ground.in_row_street[street], back, last), end)
                yield RANK_AROUND, Candidate(route, (), (), cost)

    def _corner_to_side(self, rank: int, start: VerticalEnd, target: int, extra: float) -> Iterator[Ranked]:
        """Yield one corner into the row of the target."""
        ground = self.ground
        row, column = ground.row[target], ground.column[target]
        _, from_column, from_row, side, dx = start
        towards = BOTTOM if row > from_row else TOP
        if from_column >= column or row == from_row or towards != side:
            return
        cost = COST_OF_BEND + COST_OF_STEP * (column - from_column + abs(row - from_row)) + extra
        if cost >= ground.limit:
            return
        across = (row, from_column, column - 1)
        down = (from_column, dx, from_row + 1, row) if towards == BOTTOM else (from_column, dx, row, from_row - 1)
        if self.is_free_across(self.place, *across) and self.is_free_down(self.place, *down):
            segments = (Segment(COLUMN, from_column, dx), ground.along_row[row])
            yield rank, Candidate(Route(start.dock, segments, Dock(target, LEFT_SIDE)), (across,), (down,), cost)

    def _corner_to_vertical(self, rank: int, source: int, stop: VerticalEnd, extra: float) -> Iterator[Ranked]:
        """Yield the mirror image of `_corner_to_side`."""
        ground = self.ground
        row, column = ground.row[source], ground.column[source]
        _, to_column, to_row, side, dx = stop
        towards = BOTTOM if row > to_row else TOP
        if column >= to_column or row == to_row or towards != side:
            return
        cost = COST_OF_BEND + COST_OF_STEP * (to_column - column + abs(row - to_row)) + extra + self.cost_of_door
        if cost >= ground.limit:
            return
        across = (row, column + 1, to_column)
        down = (to_column, dx, to_row + 1, row) if towards == BOTTOM else (to_column, dx, row, to_row - 1)
        if self.is_free_across(self.place, *across) and self.is_free_down(self.place, *down):
            segments = (ground.along_row[row], Segment(COLUMN, to_column, dx))
            yield rank, Candidate(Route(Dock(source, RIGHT_SIDE), segments, stop.dock), (across,), (down,), cost)

    def _around_to_side(self, rank: int, start: VerticalEnd, target: int, extra: float) -> Iterator[Ranked]:
        """Yield ways through a street between rows and one between columns."""
        ground = self.ground
        row, column = ground.row[target], ground.column[target]
        _, from_column, from_row, _, dx = start
        columns = abs(column - from_column)
        if self._is_too_dear(3, columns + abs(row - from_row), extra):
            return
        down, last = Segment(COLUMN, from_column, dx), ground.along_row[row]
        up, end = ground.in_column_street[column], Dock(target, LEFT_SIDE)
        costs = ground.streets.costs("sequence")
        for street in ground.streets.beside(from_row, row, ground.reach):
            between = rows_between(start, street)
            if between is None:
                continue
            steps = columns + _detour(2 * from_row + 1, 2 * street, 2 * row + 1) / 2
            cost = 3 * COST_OF_BEND + COST_OF_STEP * steps + (extra + costs[street])
            if cost < ground.limit and self.is_free_down(self.place, from_column, dx, *between):
                route = Route(start.dock, (down, ground.in_row_street[street], up, last), end)
                yield rank, Candidate(route, (), ((from_column, dx, *between),), cost)

    def _around_to_vertical(self, rank: int, source: int, stop: VerticalEnd, extra: float) -> Iterator[Ranked]:
        """Yield the mirror images of `_around_to_side`."""
        ground = self.ground
        row, column = ground.row[source], ground.column[source]
        _, to_column, to_row, _, dx = stop
        columns = abs(to_column - column)
        if self._is_too_dear(3, columns + abs(row - to_row), extra):
            return
        begin, first = Dock(source, RIGHT_SIDE), ground.along_row[row]
        out, up = ground.in_column_street[column + 1], Segment(COLUMN, to_column, dx)
        costs = ground.streets.costs("sequence")
        for street in ground.streets.beside(row, to_row, ground.reach):
            between = rows_between(stop, street)
            if between is None:
                continue
            steps = columns + _detour(2 * row + 1, 2 * street, 2 * to_row + 1) / 2
            cost = 3 * COST_OF_BEND + COST_OF_STEP * steps + (extra + costs[street]) + self.cost_of_door
            if cost < ground.limit and self.is_free_down(self.place, to_column, dx, *between):
                route = Route(begin, (first, out, ground.in_row_street[street], up), stop.dock)
                yield rank, Candidate(route, (), ((to_column, dx, *between),), cost)

    def _straight_down(self, start: VerticalEnd, stop: VerticalEnd) -> Iterator[Ranked]:
        """Yield straight down or up between two boxes that face each other."""
        ground = self.ground
        if start.side != -stop.side or (stop.row - start.row) * start.side <= 0:
            return
        steps = abs(start.row - stop.row)
        if self._is_too_dear(0, steps):
            return
        cost = COST_OF_STEP * steps + (ground.cost_of_slot(start) + ground.cost_of_slot(stop))
        down = (start.column, start.dx, min(start.row, stop.row) + 1, max(start.row, stop.row) - 1)
        if cost < ground.limit and self.is_free_down(self.place, *down):
            route = Route(start.dock, (Segment(COLUMN, start.column, start.dx),), stop.dock)
            yield RANK_OF_STRAIGHT_DOWN, Candidate(route, (), (down,), cost)

    def _over_one_row_street(self, rank: int, start: VerticalEnd, stop: VerticalEnd) -> Iterator[Ranked]:
        """Yield ways up or down, over one street between rows, and up or down."""
        ground = self.ground
        columns, rows = abs(start.column - stop.column), abs(start.row - stop.row)
        is_level = start.column == stop.column and start.dx == stop.dx
        if is_level or self._is_too_dear(2, columns + rows):
            return
        extra = ground.cost_of_slot(start) + ground.cost_of_slot(stop)
        if self._is_too_dear(2, columns + rows, extra):
            return
        down, up = Segment(COLUMN, start.column, start.dx), Segment(COLUMN, stop.column, stop.dx)
        costs = ground.streets.costs(self.kind)
        for street in ground.streets.beside(start.row, stop.row, ground.reach):
            first, last = rows_between(start, street), rows_between(stop, street)
            if first is None or last is None:
                continue
            steps = columns + _detour(2 * start.row + 1, 2 * street, 2 * stop.row + 1) / 2
            cost = 2 * COST_OF_BEND + COST_OF_STEP * steps + (extra + costs[street])
            if cost >= ground.limit:
                continue
            one, other = (start.column, start.dx, *first), (stop.column, stop.dx, *last)
            if self.is_free_down(self.place, *one) and self.is_free_down(self.place, *other):
                route = Route(start.dock, (down, ground.in_row_street[street], up), stop.dock)
                yield rank, Candidate(route, (), (one, other), cost)

    def _over_streets(self, rank: int, start: VerticalEnd, stop: VerticalEnd) -> Iterator[Ranked]:
        """Yield ways out into the streets beside both ends, and through a street between columns."""
        ground = self.ground
        columns, rows = abs(start.column - stop.column), abs(start.row - stop.row)
        down, up = Segment(COLUMN, start.column, start.dx), Segment(COLUMN, stop.column, stop.dx)
        if start.street != stop.street:
            if self._is_too_dear(4, columns + rows):
                return
            extra = ground.cost_of_slot(start) + ground.cost_of_slot(stop)
            out, back = ground.in_row_street[start.street], ground.in_row_street[stop.street]
            for street in sorted({start.column, start.column + 1, stop.column, stop.column + 1}):
                steps = _detour(2 * start.column + 1, 2 * street, 2 * stop.column + 1) / 2 + rows
                cost = 4 * COST_OF_BEND + COST_OF_STEP * steps + extra
                if cost < ground.limit:
                    segments = (down, out, ground.in_column_street[street], back, up)
                    yield rank, Candidate(Route(start.dock, segments, stop.dock), (), (), cost)
        elif start.column == stop.column and start.dx == stop.dx:
            # both ends look at one street from one side: only a line from a box to itself
            extra = ground.cost_of_slot(start) + ground.cost_of_slot(stop) + 10
            route = Route(start.dock, (down, ground.in_row_street[start.street], up), stop.dock)
            yield rank, Candidate(route, (), (), 2 * COST_OF_BEND + COST_OF_STEP + extra)

    def _is_too_dear(self, bends: int, steps: float, extra: float = 0.0) -> bool:
        return COST_OF_BEND * bends + COST_OF_STEP * steps + extra >= self.ground.limit


def _detour(begin: int, over: int, end: int) -> int:
    """Return the length of a way that passes `over`."""
    return abs(begin - over) + abs(over - end)
