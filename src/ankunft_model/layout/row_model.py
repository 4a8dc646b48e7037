"""What a row costs a chain: bends, crossings and boxes in the way, as the router will probably have them (phase 6).

Each line is taken to run in one of a few shapes of horizontal and vertical runs on the grid. Places of columns count in
half steps, as in `routes`; rows are counted one by one. Tables of what passes where tell the crossings of a run as one
sum.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ankunft_model.layout.columns import ColumnedScope
from ankunft_model.layout.scopes import BOTTOM, End, ScopeLine

ACROSS = True
DOWN = False
COST_OF_BEND = 1.0
COST_OF_CROSSING = 2.0
COST_OF_BLOCKED_RUN = 3.0
"""A box in the way of a run: the line must go around."""
COST_OF_SIDE_DOOR = 0.5
COST_OF_BRIDGE = 3.0
COST_OF_ROW_PASSED = 0.06
COST_OF_COLUMN_PASSED = 0.02
WEIGHT_OF_ASSOCIATION = 1.0
COST_OF_EXCEPTION_ABOVE = 4.0
"""What follows an event on the lower border of a box lies below that box."""
COST_OF_GOING_UP = 0.15
"""Branches rather lie below the way they leave."""
COST_OF_SHARED_CORNER = 0.7
AT_START, AT_STOP = -1, -2
"""Where a flow with one corner has it; else a flow turns in a street, which has a place of its own."""


Run = tuple[bool, int, int, int]
"""A straight piece: whether it is horizontal, its level, its lower and its higher end.

A horizontal one has a row as level and places of columns as ends, a vertical one the other way round.
"""


class Shape(NamedTuple):
    """The way of a line: its runs, its cost without crossings, and which corners it takes: box and side."""

    runs: tuple[Run, ...]
    cost: float
    corners: tuple[tuple[int, int], ...] = ()


class LineEnd(NamedTuple):
    """One end of a line: the box in whose cell it ends (-1: a border), its column, how it is drawn."""

    box: int
    column: int
    is_gateway: bool
    is_guest: bool
    side: int = 0
    """The side at which the line must end, if that is fixed."""


class Span(NamedTuple):
    """What a flow passes from its first to its last column: their places, the columns between as bits, and its cost."""

    first: int
    last: int
    between: int
    cost: float


class ModelLine(NamedTuple):
    """A line as the model sees it; `family` tells which shapes it may have."""

    kind: str
    family: int
    span: Span
    source: LineEnd
    target: LineEnd
    is_message: bool


TO_BORDER, UPRIGHT, BACKWARD, FROM_GUEST, FORWARD = range(5)
"""Families of lines: to a border, a message or association, and three of flows."""


class RunTables:
    """What passes where, and where boxes stand."""

    def __init__(self, row_count: int, column_count: int) -> None:
        places = 2 * column_count + 1
        self.passing_down = [[0] * places for _ in range(row_count)]
        self.passing_across = [[0] * row_count for _ in range(places)]
        self.turning: dict[int, int] = {}
        """How many runs turn at a row and a place of columns, by the number of both."""
        self.places = places
        self.boxes_in_row = [0] * row_count
        """The columns with boxes as bits."""
        self.boxes_in_column = [0] * column_count
        """The rows with boxes as bits."""

    def crossings(self, shape: Shape) -> int:
        """Return how many runs of other lines the runs of a shape cross."""
        count = 0
        for is_horizontal, level, low, high in shape.runs:
            if high - low > 1:
                count += sum((self.passing_down if is_horizontal else self.passing_across)[level][low + 1 : high])
        return count

    def note(self, shape: Shape, count: int) -> None:
        """Add the runs of a shape `count` times; -1 takes them away."""
        runs = shape.runs
        for is_horizontal, level, low, high in runs:
            if high - low > 1:
                tables = self.passing_across if is_horizontal else self.passing_down
                for place in range(low + 1, high):
                    tables[place][level] += count
        if len(runs) == 2:
            (is_across, level, _, _), (_, other, _, _) = runs
            corner = level * self.places + other if is_across else other * self.places + level
            self.turning[corner] = self.turning.get(corner, 0) + count

    def passing(self, row: int, column: int) -> int:
        """Return how many runs pass through a cell or turn in it."""
        place = 2 * column + 1
        turning = self.turning.get(row * self.places + place, 0)
        return self.passing_down[row][place] + self.passing_across[place][row] + turning

    def is_row_taken(self, row: int, first: int, last: int) -> bool:
        """Whether boxes stand in the columns `first` to `last` of a row."""
        return first <= last and self.boxes_in_row[row] >> first & (1 << last - first + 1) - 1 != 0

    def is_column_taken(self, column: int, low: int, high: int) -> bool:
        """Whether boxes stand in a column between the rows `low` and `high`."""
        return high - low > 1 and self.boxes_in_column[column] >> low + 1 & (1 << high - low - 1) - 1 != 0


class ModelLines:
    """The lines of a scope as the model sees them; they do not depend on chains and rows."""

    def __init__(self, columned: ColumnedScope) -> None:
        acyclic = columned.acyclic
        self.column = columned.column
        self.scope = acyclic.sized.scope
        self.anchor = acyclic.anchor
        backward = frozenset(acyclic.backward)
        self.lines = [self._line(line, place in backward) for place, line in enumerate(self.scope.lines)]

    def _line(self, line: ScopeLine, is_backward: bool) -> ModelLine:  # noqa: FBT001
        kind, source, target = line.line.kind, self._end(line.source), self._end(line.target)
        if source.box < 0 or target.box < 0:
            family = TO_BORDER
        elif kind != "sequence":
            family = UPRIGHT
        elif source.column >= target.column or is_backward:
            family = BACKWARD
        else:
            family = FROM_GUEST if source.is_guest else FORWARD
        first, last = source.column, target.column
        between = (1 << last) - (2 << first) if first < last else 0
        span = Span(2 * first + 1, 2 * last + 1, between, COST_OF_COLUMN_PASSED * (last - first))
        return ModelLine(kind, family, span, source, target, family == UPRIGHT and kind == "message")

    def _end(self, end: End) -> LineEnd:
        box = end.box
        if box is None:
            return LineEnd(-1, 0, is_gateway=False, is_guest=False)
        anchor = self.anchor[box]
        is_gateway = self.scope.boxes[box].kind == "gateway"
        side = BOTTOM if anchor != box else end.side
        return LineEnd(anchor, self.column[anchor], is_gateway, anchor != box, side)


class RowModel:
    """The shapes that lines may have, given the rows of their ends."""

    def __init__(self, tables: RunTables) -> None:
        self.tables = tables
        self.corner_users: dict[tuple[int, int], int] = {}

    def best_shape(self, line: ModelLine, source: int, target: int, gutter: int) -> tuple[Shape, float]:
        """Return the cheapest shape of a line and its cost with crossings, given the rows of its ends.

        A message passes from one column to the other in the `gutter`, a row.
        """
        if line.family == FORWARD and source != target:
            cost, way, own = self._best_forward(line, source, target)
            return _forward_shape(line, source, target, way, own), cost
        shape = self._only_shape(line, source, target, gutter)
        return shape, shape.cost + COST_OF_CROSSING * self.tables.crossings(shape)

    def least_cost(self, line: ModelLine, source: int, target: int, gutter: int, most: float) -> float:
        """Return the cost of `best_shape`, or, if that is more than `most`, anything more than `most`."""
        if line.family == FORWARD:
            if source != target:
                return self._best_forward(line, source, target, most)[0]
            first, last, between, cost = line.span
            if self.tables.boxes_in_row[source] & between:
                cost += COST_OF_BRIDGE
            if cost > most:
                return cost
            return cost + COST_OF_CROSSING * sum(self.tables.passing_down[source][first + 1 : last])
        shape = self._only_shape(line, source, target, gutter)
        return shape.cost if shape.cost > most else shape.cost + COST_OF_CROSSING * self.tables.crossings(shape)

    def _only_shape(self, line: ModelLine, source: int, target: int, gutter: int) -> Shape:
        """Return the shape of a line for which there is no choice."""
        family = line.family
        if family == FORWARD:
            return self._level(line, source)
        if family == UPRIGHT:
            return self._up_or_down(line, source, target, gutter)
        if family == BACKWARD:
            return self._backward(line.source, line.target, source, target)
        if family == FROM_GUEST:
            return self._from_guest(line.source, line.target, source, target)
        return self._to_border(line, source, target)

    def take(self, shape: Shape, count: int) -> None:
        """Note a chosen shape, or take it away with a `count` of -1."""
        if shape.runs:
            self.tables.note(shape, count)
        for corner in shape.corners:
            self.corner_users[corner] = self.corner_users.get(corner, 0) + count

    def _to_border(self, line: ModelLine, source: int, target: int) -> Shape:
        end = line.source if line.source.box >= 0 else line.target
        if end.box < 0:
            return Shape((), 0.0)
        low, high = min(source, target), max(source, target)
        cost = COST_OF_ROW_PASSED * (high - low)
        if self.tables.is_column_taken(end.column, low, high):
            cost += COST_OF_BLOCKED_RUN
        return Shape(((DOWN, 2 * end.column + 1, low, high),), cost)

    def _level(self, line: ModelLine, row: int) -> Shape:
        first, last, between, cost = line.span
        if self.tables.boxes_in_row[row] & between:
            cost += COST_OF_BRIDGE
        return Shape(((ACROSS, row, first, last),), cost)

    def _backward(self, start: LineEnd, stop: LineEnd, source: int, target: int) -> Shape:
        if start.box == stop.box:
            return Shape((), 2 * COST_OF_BEND)
        low, high = min(source, target), max(source, target)
        one, other = 2 * start.column + 1, 2 * stop.column + 1
        runs = ((ACROSS, high, min(one, other), max(one, other)), (DOWN, one if source < target else other, low, high))
        return Shape(runs, 2 * COST_OF_BEND + COST_OF_ROW_PASSED * (high - low))

    def _from_guest(self, start: LineEnd, stop: LineEnd, source: int, target: int) -> Shape:
        low, high = min(source, target), max(source, target)
        cost = COST_OF_BEND + COST_OF_ROW_PASSED * (high - low)
        if target <= source:
            cost += COST_OF_EXCEPTION_ABOVE
        if self.tables.is_row_taken(target, start.column, stop.column - 1):
            cost += COST_OF_BLOCKED_RUN
        if self.tables.is_column_taken(start.column, low, high):
            cost += COST_OF_BLOCKED_RUN
        one, other = 2 * start.column + 1, 2 * stop.column + 1
        return Shape(((DOWN, one, low, high), (ACROSS, target, one, other)), cost)

    def _best_forward(
        self, line: ModelLine, source: int, target: int, most: float = math.inf
    ) -> tuple[float, int, float]:
        """Return the best of: a corner at the column of the start or of the stop, two in a street beside them.

        That is its cost, the way (`AT_START`, `AT_STOP` or the place of the street), and the cost without crossings.
        What costs more than `most` need not be the best.
        """
        low, high, side = (source, target, 1) if target > source else (target, source, -1)
        _, _, between, length = line.span
        basic = COST_OF_ROW_PASSED * (high - low) + length
        if side < 0:
            basic += COST_OF_GOING_UP
        with_corner = basic + COST_OF_BEND
        if with_corner > most:
            return with_corner, AT_START, basic
        _, _, _, start, stop, _ = line
        first, last = start.column, stop.column
        tables = self.tables
        boxes_in_row, boxes_in_column = tables.boxes_in_row, tables.boxes_in_column
        in_source_row, in_target_row = boxes_in_row[source], boxes_in_row[target]
        rows_between = (1 << high) - (2 << low)
        best_way, best_own, best_cost = AT_START, 0.0, math.inf
        if not in_target_row & (between | 1 << first) and not boxes_in_column[first] & rows_between:
            own = with_corner if start.is_gateway else with_corner + COST_OF_SIDE_DOOR
            if own <= most:
                best_own = own
                best_cost = own + COST_OF_CROSSING * self._crossings_at_start(line.span, source, target)
                if self.corner_users.get((start.box, side)):
                    best_cost += COST_OF_SHARED_CORNER
        if not in_source_row & (between | 1 << last) and not boxes_in_column[last] & rows_between:
            own = with_corner if stop.is_gateway else with_corner + COST_OF_SIDE_DOOR
            if own < best_cost and own <= most:
                cost = own + COST_OF_CROSSING * self._crossings_at_stop(line.span, source, target)
                if self.corner_users.get((stop.box, -side)):
                    cost += COST_OF_SHARED_CORNER
                if cost < best_cost:
                    best_way, best_own, best_cost = AT_STOP, own, cost
        basic += 2 * COST_OF_BEND
        if best_cost <= basic or basic > most:
            return min(best_cost, basic), best_way, best_own
        streets = [(2 * last, in_source_row & between), (2 * first + 2, in_target_row & between)]
        for street, in_the_way in streets[: last - first]:
            own = basic + COST_OF_BLOCKED_RUN if in_the_way else basic
            if own < best_cost and own <= most:
                cost = own + COST_OF_CROSSING * self._crossings_over_street(line.span, source, target, street)
                if cost < best_cost:
                    best_way, best_own, best_cost = street, own, cost
        return best_cost, best_way, best_own

    def _crossings_at_start(self, span: Span, source: int, target: int) -> int:
        """Return how many runs a flow crosses that has its corner at the column of its start."""
        one, other, _, _ = span
        low, high = (source, target) if source < target else (target, source)
        tables = self.tables
        return sum(tables.passing_across[one][low + 1 : high]) + sum(tables.passing_down[target][one + 1 : other])

    def _crossings_at_stop(self, span: Span, source: int, target: int) -> int:
        """Return how many runs a flow crosses that has its corner at the column of its stop."""
        one, other, _, _ = span
        low, high = (source, target) if source < target else (target, source)
        tables = self.tables
        return sum(tables.passing_down[source][one + 1 : other]) + sum(tables.passing_across[other][low + 1 : high])

    def _crossings_over_street(self, span: Span, source: int, target: int, street: int) -> int:
        """Return how many runs a flow crosses that turns twice in a street."""
        tables = self.tables
        low, high = (source, target) if source < target else (target, source)
        return (
            sum(tables.passing_down[source][span.first + 1 : street])
            + sum(tables.passing_down[target][street + 1 : span.last])
            + sum(tables.passing_across[street][low + 1 : high])
        )

    def _up_or_down(self, line: ModelLine, source: int, target: int, gutter: int) -> Shape:
        """Return the shape of a message or association."""
        first, last = line.source.column, line.target.column
        low, high = min(source, target), max(source, target)
        weight = WEIGHT_OF_ASSOCIATION if line.kind == "association" else 1.0
        cost = COST_OF_ROW_PASSED * (high - low) + COST_OF_COLUMN_PASSED * abs(first - last)
        if line.source.side * (source - target) > 0 or line.target.side * (target - source) > 0:
            cost += COST_OF_BLOCKED_RUN
        if first == last:
            if low == high or self.tables.is_column_taken(first, low, high):
                cost += COST_OF_BLOCKED_RUN
            return Shape(((DOWN, 2 * first + 1, low, high),), weight * cost)
        if not low < gutter < high:
            gutter = (low + high) // 2
        one, other = (low, gutter, first), (gutter, high, last)
        if source > target:
            one, other = (gutter, high, first), (low, gutter, last)
        cost += 2 * COST_OF_BEND
        runs: list[Run] = []
        for top, bottom, column in (one, other):
            if self.tables.is_column_taken(column, top, bottom):
                cost += COST_OF_BLOCKED_RUN
            runs.append((DOWN, 2 * column + 1, top, bottom))
        return Shape(tuple(runs), weight * cost)


def _forward_shape(line: ModelLine, source: int, target: int, way: int, cost: float) -> Shape:
    """Return the shape of one way of a flow from one row to another."""
    one, other, _, _ = line.span
    low, high, side = (source, target, 1) if target > source else (target, source, -1)
    if way == AT_START:
        return Shape(((DOWN, one, low, high), (ACROSS, target, one, other)), cost, ((line.source.box, side),))
    if way == AT_STOP:
        return Shape(((ACROSS, source, one, other), (DOWN, other, low, high)), cost, ((line.target.box, -side),))
    return Shape(((ACROSS, source, one, way), (DOWN, way, low, high), (ACROSS, target, way, other)), cost)
