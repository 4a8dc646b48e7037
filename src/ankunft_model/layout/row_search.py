"""Move chains to other rows of their band while that saves crossings and bends (part of phase 6).

Each pass lays an empty row between all rows, so that a new row is just a row that nobody uses yet; rows that stay empty
are dropped at its end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ankunft_model.layout.chains import ChainedScope
from ankunft_model.layout.row_ground import RowGround, longest_of_each_band
from ankunft_model.layout.row_model import (
    COST_OF_CROSSING,
    COST_OF_SHARED_CORNER,
    ModelLine,
    RowModel,
    RunTables,
    Shape,
)
from ankunft_model.layout.scopes import BOTTOM

PASSES = 2
PASSES_OVER_MANY = 1
"""For more chains than are all looked at again."""
STEPS_PER_CHAIN = 220
"""So many lines are looked at for each chain, over all passes. Bounds the time."""
MOST_CHAINS_ALL_AGAIN = 24
"""Of more chains, only those that have moved, and those joined with them, are looked at in the second pass."""
REACH = 4
"""Rows so far above and below a chain and its neighbours are tried."""
COST_OF_ROW = 0.4
COST_OF_ROW_IN_HIGH_BAND = 0.06
"""A further row costs so much more for each row that the band has already."""
COST_OF_PASSING_LINE = 2.0
"""A line that runs through the place of a box must go around."""
LEAST_GAIN = 0.3
"""A chain stays where it is for less."""
ROUNDING = 1e-9
"""What sums of costs may differ by for the order in which they are added up."""
GOOD_ENOUGH = 1.2
"""A chain whose lines cost no more each, and cross nothing, is left in peace."""

OWN, AT_BORDER = -2, -1
"""Instead of a row: that of the chain that moves, and the border at which a line ends."""

_Ends = tuple[ModelLine, int, int, int, tuple[int, int]]
"""A line with the rows of its ends, the row where a message passes, and the borders at which it may end."""
RowsOfBand = Mapping[str | None, list[list[int]]]


def improve_rows(
    chained: ChainedScope,
    rows_of_band: RowsOfBand,
    *,
    first: Iterable[int] | None = None,
    least_gain: float = LEAST_GAIN,
    passes: int = PASSES,
    lines: Sequence[ModelLine] | None = None,
) -> dict[str | None, list[list[int]]]:
    """Return the chains of each band by row, with fewer crossings and bends by the measure of `RowModel`.

    The chains `first`, without it all, are looked at; then, of few chains, up to `passes` times in all, those that
    have moved and what is joined with them.

    A chain weighs its own lines only, so moves may go round in a circle. Of few chains the best of all that was reached
    is returned, the first of about equals; and the longest chain of each band chooses last, because the others lie
    above or below it.

    The `lines` are those of the scope, if they are known already.

    Postcondition: each band has the same chains as before; chains in one row do not overlap.
    """
    rows = {band: [list(row) for row in members] for band, members in rows_of_band.items()}
    ground = RowGround(chained, lines)
    budget = STEPS_PER_CHAIN * len(chained.chains)
    waiting: Iterable[int] = range(len(chained.chains)) if first is None else first
    is_small = len(chained.chains) <= MOST_CHAINS_ALL_AGAIN
    last = longest_of_each_band(chained) if is_small else frozenset[int]()
    seen: list[tuple[float, dict[str | None, list[list[int]]]]] = []
    for _ in range(passes if is_small else PASSES_OVER_MANY):
        search = _Search(ground, rows, budget, least_gain)
        if is_small:
            if any(rows == earlier for _, earlier in seen):
                break
            seen.append((search.cost(), rows))
        moved = search.move_chains(sorted(waiting, key=last.__contains__))
        budget = search.budget
        rows = search.rows_of_band()
        if not moved or budget <= 0:
            break
        waiting = search.touched_by(moved)
    if not is_small:
        return rows
    if all(rows != earlier for _, earlier in seen):
        seen.append((_Search(ground, rows, budget, least_gain).cost(), rows))
    best_cost, best = seen[0]
    for cost, tried in seen:
        if cost < best_cost - LEAST_GAIN:
            best_cost, best = cost, tried
    return best


def cost_of_rows(chained: ChainedScope, rows_of_band: RowsOfBand) -> float:
    """Return what these rows cost by the measure of `RowModel`: bends, crossings, ways and rows."""
    return _Search(RowGround(chained), rows_of_band, 0, LEAST_GAIN).cost()


@dataclass(slots=True, eq=False)
class _Row:
    """A row: its number from the top, the columns taken by its chains as bits; nothing is ever put into a border."""

    number: int
    band: str | None
    is_border: bool
    taken: int = 0
    chain_count: int = 0


class _Search:
    """One pass over all chains."""

    def __init__(self, ground: RowGround, rows_of_band: RowsOfBand, budget: int, least_gain: float) -> None:
        self.chained = chained = ground.chained
        self.budget = budget
        self.least_gain = least_gain
        self.rows: list[_Row] = []
        self.row_of: list[_Row] = [_Row(0, None, is_border=True)] * len(chained.chains)
        self.rows_in: dict[str | None, list[_Row]] = {}
        known = ground.known_bands
        self.edges_of_band: dict[str | None, tuple[int, int]] = {}
        for band in (*known, *(band for band in rows_of_band if band not in known)):
            self._add_band(band, rows_of_band.get(band, []), ground.parent_of)
        tables = RunTables(len(self.rows), chained.columned.column_count)
        self.tables = tables
        self.model = RowModel(tables)
        self.lines, self.lines_of, self.end_chains = ground.lines, ground.lines_of, ground.end_chains
        self.columns, self.span, self.cells = ground.columns, ground.span, ground.cells
        for place, row in enumerate(self.row_of):
            self._put(place, row)
        self.lines_seen, self.bounds = ground.lines_seen, ground.bounds
        self.border_sides = [(0, 0)] * len(self.lines)
        for number in ground.to_borders:
            self.border_sides[number] = self._border_of(number)
        self.gutters = [-1] * len(self.lines)
        for number in ground.messages:
            self.gutters[number] = self._gutter_of(number)
        self.shapes: list[Shape] = []
        for number in range(len(self.lines)):
            shape, _ = self._best_shape(number)
            self.shapes.append(shape)
            self.model.take(shape, 1)

    def cost(self) -> float:
        """Return what all lines and rows cost as they are now."""
        crossings = sum(map(self.tables.crossings, self.shapes)) / 2
        total = COST_OF_CROSSING * crossings + sum(shape.cost for shape in self.shapes)
        for rows in self.rows_in.values():
            used = sum(1 for row in rows if row.chain_count)
            total += COST_OF_ROW * used + COST_OF_ROW_IN_HIGH_BAND * used * (used - 1) / 2
        return total

    def _add_band(self, band: str | None, members: list[list[int]], parent_of: Mapping[str, str | None]) -> None:
        first = len(self.rows)
        rows = [_Row(number, band, is_border=number == first) for number in range(first, first + 2 * len(members) + 2)]
        self.rows += rows
        self.rows_in[band] = rows[1:]
        for row, chains in zip(rows[2::2], members, strict=True):
            row.chain_count = len(chains)
            for chain in chains:
                self.row_of[chain] = row
        around = band
        while True:  # a lane lies in all bands around it
            self.edges_of_band[around] = self.edges_of_band.get(around, (first, 0))[0], rows[-1].number
            around = None if around is None else parent_of.get(around)
            if around is None:
                break

    def _border_of(self, number: int) -> tuple[int, int]:
        """Return the rows between which a line ends at a border: the edges of its band, or of the whole drawing."""
        line = self.chained.columned.acyclic.sized.scope.lines[number]
        for end in (line.source, line.target):
            if end.box is None:
                if end.band is not None:
                    return self.edges_of_band[end.band]
                edge = len(self.rows) - 1 if end.side == BOTTOM else 0
                return edge, edge
        return 0, 0

    def _gutter_of(self, number: int) -> int:
        """Return the border row above the lower one of the two bands that a message joins."""
        one, other = (self.row_of[chain].number for chain in self.end_chains[number])
        upper, lower = min(one, other), max(one, other)
        return next((row for row in range(lower - 1, upper - 1, -1) if self.rows[row].is_border), -1)

    def _best_shape(self, number: int) -> tuple[Shape, float]:
        first, second = self.end_chains[number]
        source = self.row_of[first].number if first >= 0 else -1
        target = self.row_of[second].number if second >= 0 else -1
        if source < 0 or target < 0:
            upper, lower = self.border_sides[number]
            border = upper if upper > max(source, target) else lower
            source, target = source if source >= 0 else border, target if target >= 0 else border
        return self.model.best_shape(self.lines[number], source, target, self.gutters[number])

    def _put(self, chain: int, row: _Row) -> None:
        self.row_of[chain] = row
        row.taken |= self.span[chain]
        self.tables.boxes_in_row[row.number] |= self.cells[chain]
        for column in self.columns[chain]:
            self.tables.boxes_in_column[column] |= 1 << row.number

    def _take_out(self, chain: int) -> _Row:
        row = self.row_of[chain]
        row.taken &= ~self.span[chain]
        self.tables.boxes_in_row[row.number] &= ~self.cells[chain]
        for column in self.columns[chain]:
            self.tables.boxes_in_column[column] &= ~(1 << row.number)
        return row

    def move_chains(self, chains: Iterable[int]) -> list[int]:
        """Let each of the chains choose its row once; return those that have moved."""
        moved: list[int] = []
        for chain in chains:
            if self.budget <= 0:
                break
            if self.lines_of[chain] and self._move(chain):
                moved.append(chain)
        return moved

    def touched_by(self, moved: Iterable[int]) -> list[int]:
        """Return the chains that have moved and those that a line joins with them."""
        chains = {chain for each in moved for number in self.lines_of[each] for chain in self.end_chains[number]}
        return sorted(chain for chain in chains if chain >= 0)

    def _move(self, chain: int) -> bool:
        lines = self.lines_seen[chain]
        shapes = self.shapes
        if not self._is_worth_moving(lines) or self._cost_at_home(chain, lines) < self._least_cost(chain, lines):
            return False
        take = self.model.take
        for number in lines:
            take(shapes[number], -1)
        home = self._take_out(chain)
        home.chain_count -= 1
        ends = [self._ends_for(chain, number) for number in lines]
        best, best_cost = home, self._cost(chain, home, ends, [0.0] * len(ends)) - self.least_gain
        span = self.span[chain]
        bounds = [
            (*self.bounds[number], target if source == OWN else source)
            for number, (_, source, target, _, _) in zip(lines, ends, strict=True)
        ]
        for row in self._rows_to_try(chain, home, lines):
            if row is home or row.taken & span:
                continue
            own = row.number
            least = [
                at_least
                if other < 0 or other == own
                else slanted + per_row * (other - own if other > own else own - other)
                for at_least, slanted, per_row, other in bounds
            ]
            cost = self._cost(chain, row, ends, least, best_cost)
            if cost < best_cost:
                best, best_cost = row, cost
        self._put(chain, best)
        best.chain_count += 1
        for number in lines:
            shapes[number], _ = self._best_shape(number)
            take(shapes[number], 1)
        return best is not home

    def _cost_of_new_row(self, row: _Row) -> float:
        """Return what it costs that a chain takes a row: nothing if others are in it."""
        if row.chain_count:
            return 0.0
        return COST_OF_ROW + COST_OF_ROW_IN_HIGH_BAND * len(self.rows_in[row.band]) / 2

    def _is_worth_moving(self, lines: list[int]) -> bool:
        cost = 0.0
        for number in lines:
            shape = self.shapes[number]
            cost += shape.cost
            if self.tables.crossings(shape):
                return True
        outer = sum(1 for number in lines if len(self.shapes[number].runs) != 1)
        return cost > GOOD_ENOUGH * outer

    def _cost_at_home(self, chain: int, lines: list[int]) -> float:
        """Return what another row must cost less than: not less than what the search would find for the own row."""
        cost = ROUNDING - self.least_gain
        users = self.model.corner_users
        for number in lines:
            shape = self.shapes[number]
            cost += shape.cost + COST_OF_CROSSING * self.tables.crossings(shape)
            for corner in shape.corners:
                if users[corner] > 1:
                    cost += COST_OF_SHARED_CORNER
        row = self.row_of[chain]
        for column in self.columns[chain]:
            cost += COST_OF_PASSING_LINE * self.tables.passing(row.number, column)
        if row.chain_count == 1:
            cost += COST_OF_ROW + COST_OF_ROW_IN_HIGH_BAND * len(self.rows_in[row.band]) / 2
        return cost

    def _least_cost(self, chain: int, lines: list[int]) -> float:
        """Return what any row costs at least: only lines from one other row can run level."""
        cost = 0.0
        level: dict[int, float] = {}
        for number in lines:
            at_least, slanted, _ = self.bounds[number]
            first, second = self.end_chains[number]
            other = second if first == chain else first
            if other < 0 or other == chain:
                cost += at_least
            else:
                cost += slanted
                if slanted > at_least:
                    row = self.row_of[other].number
                    level[row] = level.get(row, 0.0) + slanted - at_least
        return cost - max(level.values()) if level else cost

    def _rows_to_try(self, chain: int, home: _Row, lines: list[int]) -> list[_Row]:
        rows = self.rows_in[home.band]
        first, count = rows[0].number, len(rows)
        near = (1 << 2 * REACH + 1) - 1
        wanted = near << home.number - first  # the bit of a row is `REACH` higher than its place
        for number in lines:
            for there in self.end_chains[number]:
                if there == chain:
                    continue
                other = (self.row_of[there].number if there >= 0 else self.border_sides[number][0]) - first
                if 0 <= other < count:
                    wanted |= near << other
                else:
                    wanted |= 0b111 << (REACH if other < 0 else max(0, REACH + count - 3))
        wanted = wanted >> REACH & (1 << count) - 1
        found: list[_Row] = []
        while wanted:
            lowest = wanted & -wanted
            found.append(rows[lowest.bit_length() - 1])
            wanted ^= lowest
        return found

    def _ends_for(self, chain: int, number: int) -> _Ends:
        first, second = self.end_chains[number]
        source = OWN if first == chain else self.row_of[first].number if first >= 0 else AT_BORDER
        target = OWN if second == chain else self.row_of[second].number if second >= 0 else AT_BORDER
        return self.lines[number], source, target, self.gutters[number], self.border_sides[number]

    def _cost(self, chain: int, row: _Row, ends: list[_Ends], least: list[float], limit: float = float("inf")) -> float:
        """Return what a row costs the chain with these ends of lines, or, if that is not less than `limit`, infinity.

        `least` is what each of the lines costs at least.
        """
        self.budget -= len(ends)
        cost = self._cost_of_new_row(row)
        room = limit + ROUNDING - cost - sum(least)
        if room <= 0.0:
            return math.inf
        tables, own = self.tables, row.number
        for column in self.columns[chain]:
            passing = COST_OF_PASSING_LINE * tables.passing(own, column)
            cost += passing
            room -= passing
        if room <= 0.0:
            return math.inf
        before = tables.boxes_in_row[own]
        tables.boxes_in_row[own] = before | self.cells[chain]
        least_cost = self.model.least_cost
        for (line, source, target, gutter, (upper, lower)), known in zip(ends, least, strict=True):
            if source < 0:
                source = own if source == OWN else upper if upper > own else lower
            if target < 0:
                target = own if target == OWN else upper if upper > own else lower
            room += known
            cost_of_line = least_cost(line, source, target, gutter, room)
            cost += cost_of_line
            room -= cost_of_line
            if room <= 0.0:
                break
        tables.boxes_in_row[own] = before
        return cost if room > 0.0 else math.inf

    def rows_of_band(self) -> dict[str | None, list[list[int]]]:
        """Return the chains of each band by row, without the empty rows."""
        members: list[list[int]] = [[] for _ in self.rows]
        for chain, row in enumerate(self.row_of):
            members[row.number].append(chain)
        return {
            band: [members[row.number] for row in rows if members[row.number]] for band, rows in self.rows_in.items()
        }
