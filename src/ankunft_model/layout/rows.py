"""Phase 6: put the chains on rows, and the rows of all bands under each other."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ankunft_model.layout.chains import Chain, ChainedScope, form_chains, parted_at_branches
from ankunft_model.layout.columns import ColumnedScope, assign_columns
from ankunft_model.layout.core import core_of, with_whole_runs
from ankunft_model.layout.graph import Band
from ankunft_model.layout.row_model import ModelLines
from ankunft_model.layout.row_search import MOST_CHAINS_ALL_AGAIN, RowsOfBand, improve_rows
from ankunft_model.layout.scopes import BOTTOM, TOP, bands_in_reading_order

ROWS_TRIED = 5
"""So many rows above and below each neighbour of a chain are tried."""
COST_OF_NEW_ROW = 2.5
COST_OF_BLOCKED_CELL = 1.2
COST_OF_DISTANCE = 1.0
COST_OF_WRONG_SIDE = 0.4
"""Per row: for a line that leaves the band upwards, each row above counts so much, and likewise downwards."""
COST_OF_GOING_UP = 0.05
"""Branches rather lie below the way they leave."""
COST_OF_EXCEPTION_ABOVE = 4.0
"""What follows an event on the lower border of a box lies below that box."""
COST_OF_STRETCHING = 0.5
"""For each pair of chains that a new row between them would push apart."""
BELOW_ALL_BANDS = "\nbelow"
"""Stands for a band in tables of rows; no id of a band begins so."""
LEAST_GAIN_OF_A_PART = 1.2
"""A part of a chain leaves the row of the others, which bends the way, only for more than half a crossing."""
LEAST_GAIN_IN_THE_WHOLE = 0.6
"""With all boxes a chain leaves the row chosen without those that only lengthen a way for no less."""
SHARE_OF_FIRST_WAY = 2
"""Without these boxes, the first way out of a box is the main one unless another is more than so many times as long."""
CHAINS_ALL_SEARCHED_AGAIN = range(25, 2000)
"""Of so many chains also those without parts are looked at again; of fewer it saves nothing, of more it takes long."""
MAX_TIES_COUNTED = 20
MAX_RUN_IN = 6
"""A chain keeps so many cells free before its first and behind its last box, for the lines there to run straight."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, or a border without height (`is_border`) at the edge of a band.

    `band` is the innermost band it lies in; None outside of all bands. `is_closed`: in a band without content.
    """

    band: str | None
    is_border: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class GriddedScope:
    """A scope whose boxes stand in cells, at most one in each.

    Attributes:
        columned: The scope with columns.
        rows: All rows from top to bottom.
        row: The row of each box; an event has that of its host.
        band_rows: The upper and lower border row of each band.
        frame_rows: First and last row, which are borders, of the inside of a container.
    """

    columned: ColumnedScope
    rows: tuple[Row, ...]
    row: tuple[int, ...]
    band_rows: Mapping[str, tuple[int, int]]


def assign_rows(chained: ChainedScope) -> GriddedScope:
    """Return the grid.

    Of few chains the rows are chosen without the boxes that only lengthen a way; with them only for a real gain. Many
    chains are less of a whole: a change turns round what lies near it, whatever the rest does.

    Postcondition: no two boxes share a cell; all rows of a band lie between its borders.
    """
    columned = chained.columned
    if len(chained.chains) > MOST_CHAINS_ALL_AGAIN:
        return stack_rows(*_searched(chained, is_core=False))
    core = core_of(columned.acyclic)
    is_whole = len(core.runs) == len(columned.column)
    core_columns = columned if is_whole else assign_columns(core.acyclic)
    parted, rows_of_band = _searched(form_chains(core_columns, SHARE_OF_FIRST_WAY), is_core=True)
    parted, rows_of_band = with_whole_runs(core, columned, parted, rows_of_band)
    return stack_rows(parted, improve_rows(parted, rows_of_band, least_gain=LEAST_GAIN_IN_THE_WHOLE, passes=1))


def _searched(chained: ChainedScope, *, is_core: bool) -> tuple[ChainedScope, RowsOfBand]:
    """Return the chains, cut at branches, and those of each band by row."""
    scope = chained.columned.acyclic.sized.scope
    band_place = {band.id: place for place, band in enumerate(bands_in_reading_order(scope.bands))}
    chains_of: dict[str | None, list[int]] = {}
    for place, chain in enumerate(chained.chains):
        band = BELOW_ALL_BANDS if _belongs_below(chain, chained, band_place) else chain.band
        chains_of.setdefault(band, []).append(place)
    packing = _Packing(chained, band_place, in_declared_order=is_core)
    rows_of_band: RowsOfBand = {band: packing.pack(chains) for band, chains in chains_of.items()}
    lines = ModelLines(chained.columned).lines
    rows_of_band = improve_rows(chained, rows_of_band, lines=lines)
    parted, parts_of = parted_at_branches(chained)
    rows_of_band = {
        band: [[part for chain in row for part in parts_of[chain]] for row in rows]
        for band, rows in rows_of_band.items()
    }
    parts = sorted(part for each in parts_of if len(each) > 1 for part in each)
    if parts:
        first = None if len(chained.chains) in CHAINS_ALL_SEARCHED_AGAIN else parts
        rows_of_band = improve_rows(
            parted, rows_of_band, first=first, least_gain=LEAST_GAIN_OF_A_PART, passes=1, lines=lines
        )
    return parted, rows_of_band


def _belongs_below(chain: Chain, chained: ChainedScope, band_place: Mapping[str, int]) -> bool:
    """Whether a chain outside of all bands is tied to nothing but bands, and these lie in the lower half."""
    scope = chained.columned.acyclic.sized.scope
    if chain.band is not None or not band_place:
        return False
    own = set(chain.boxes)
    places: list[int] = []
    for line in scope.lines:
        for here, there in ((line.source, line.target), (line.target, line.source)):
            if here.box in own:
                if there.band is None:
                    return False
                places.append(band_place[there.band])
    return bool(places) and 2 * sum(places) > len(places) * (len(band_place) - 1)


@dataclass(slots=True, eq=False)
class _OpenRow:
    """A row being filled: the reserved column intervals, sorted, and its place among the rows of its band."""

    place: int = 0
    intervals: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])

    def is_free(self, first: int, last: int) -> bool:
        at = bisect_left(self.intervals, (first, -1, -1))
        if at < len(self.intervals) and self.intervals[at][0] <= last:
            return False
        return at == 0 or self.intervals[at - 1][1] < first

    def holds(self, column: int) -> bool:
        return not self.is_free(column, column)


@dataclass(frozen=True, slots=True)
class _Tie:
    """A line between a box of a chain and a box elsewhere.

    `side` is where the other end lies if in another band; `lean` is the side of the other box on which the chain should
    lie: below what an exception comes from, and where a line passes the border of a container.
    """

    column: int
    other_chain: int
    other_column: int
    side: int
    weight: float
    lean: int


class _Packing:
    """Puts the chains of one band after the other on rows."""

    def __init__(self, chained: ChainedScope, band_place: Mapping[str, int], *, in_declared_order: bool) -> None:
        self.chained = chained
        self.in_declared_order = in_declared_order
        self.column = chained.columned.column
        acyclic = chained.columned.acyclic
        scope, anchor = acyclic.sized.scope, acyclic.anchor
        chain_of = {box: place for place, chain in enumerate(chained.chains) for box in chain.boxes}
        flows = [line for line in scope.lines if line.line.kind != "association"]
        ends = [end.box for line in flows for end in (line.source, line.target)]
        self.in_flows = {anchor[box] for box in ends if box is not None}
        self.ties: list[list[_Tie]] = [[] for _ in chained.chains]
        for line in scope.lines:
            for here, there, is_leaving in ((line.source, line.target, True), (line.target, line.source, False)):
                if here.box is None:
                    continue
                box = anchor[here.box]
                lean = there.side or -here.side
                is_exit = not is_leaving or line.line.kind == "association"
                if is_exit and there.box is not None and anchor[there.box] != there.box:
                    lean = BOTTOM
                if there.box is None:
                    side = there.side
                    if there.band is not None:
                        band = scope.boxes[box].band
                        own = -1 if band is None else band_place[band]
                        side = BOTTOM if band_place[there.band] > own else TOP
                    self.ties[chain_of[box]].append(_Tie(self.column[box], -1, 0, side, 0.5, 0))
                    continue
                other = anchor[there.box]
                if chain_of[other] == chain_of[box]:
                    continue
                bands = [scope.boxes[place].band for place in (box, other)]
                places = [-1 if band is None else band_place[band] for band in bands]
                side = 0 if places[0] == places[1] else BOTTOM if places[1] > places[0] else TOP
                weight = 1.0 if line.line.kind == "sequence" else 0.6
                self.ties[chain_of[box]].append(
                    _Tie(self.column[box], chain_of[other], self.column[other], side, weight, lean)
                )
        self.rows: list[_OpenRow] = []
        self.row_of: dict[int, _OpenRow] = {}

    def pack(self, chains: list[int]) -> list[list[int]]:
        """Return the chains of one band by row, top to bottom."""
        self.rows = []
        for place in self._in_order_of_growth(chains):
            self._put(place)
        members: list[list[int]] = [[] for _ in self.rows]
        for place in chains:
            members[self.row_of[place].place].append(place)
        return members

    def _in_order_of_growth(self, chains: list[int]) -> Iterable[int]:
        """Yield the longest chain, then those tied to what is there, then the longest of the rest, and so on.

        Of those tied to what is there, the one that begins first comes first, or is declared first.
        Boxes without flows come last, so that they do not part what belongs together.
        """
        all_chains = self.chained.chains

        def rank(place: int) -> tuple[bool, bool, int, int]:
            chain = all_chains[place]
            return chain.is_artefact, chain.boxes[0] not in self.in_flows, -len(chain.boxes), place

        waiting = sorted(chains, key=rank)
        own = set(chains)
        done: set[int] = set()
        heap: list[tuple[bool, int, int]] = []
        for first in waiting:
            if first in done:
                continue
            heapq.heappush(heap, (False, 0, first))
            while heap:
                _, _, place = heapq.heappop(heap)
                if place in done:
                    continue
                done.add(place)
                yield place
                for tie in self.ties[place]:
                    other = tie.other_chain
                    if other in own and other not in done:
                        chain = all_chains[other]
                        first_box = chain.boxes[0]
                        key = first_box if self.in_declared_order else self.column[first_box]
                        heapq.heappush(heap, (chain.is_artefact, key, other))

    def _put(self, place: int) -> None:
        chain = self.chained.chains[place]
        first, last = self.column[chain.boxes[0]], self.column[chain.boxes[-1]]
        wide_first, wide_last = self._with_run_in(place, first, last)
        near: set[int] = set()
        for tie in self.ties[place]:
            row = self.row_of.get(tie.other_chain)
            if row is not None and tie.side == 0:
                near.update(range(max(0, row.place - ROWS_TRIED), min(len(self.rows), row.place + ROWS_TRIED + 1)))
        if not near:
            near.update(range(max(0, len(self.rows) - 2 * ROWS_TRIED), len(self.rows)))
        best: tuple[float, int, int] | None = None
        for number in sorted(near):
            if self.rows[number].is_free(wide_first, wide_last):
                cost = self._cost(place, number, is_new=False)
                best = min(best, (cost, 0, number)) if best else (cost, 0, number)
        for number in sorted(near | {number + 1 for number in near} or {0}):
            cost = self._cost(place, number, is_new=True)
            best = min(best, (cost, 1, number)) if best else (cost, 1, number)
        assert best is not None
        _, is_new, number = best
        if is_new:
            self.rows.insert(number, _OpenRow())
            for later in range(number, len(self.rows)):
                self.rows[later].place = later
        row = self.rows[number]
        insort(row.intervals, (wide_first, wide_last, place))
        self.row_of[place] = row

    def _with_run_in(self, place: int, first: int, last: int) -> tuple[int, int]:
        """Return the interval of a chain widened towards the boxes to which its ends are tied."""
        wide_first, wide_last = first, last
        if self.chained.chains[place].is_artefact:
            return first, last
        for tie in self.ties[place]:
            if tie.weight < 1.0:
                continue
            if tie.column == first and tie.other_column < first:
                wide_first = min(wide_first, max(tie.other_column, first - MAX_RUN_IN))
            if tie.column == last and tie.other_column > last:
                wide_last = max(wide_last, min(tie.other_column, last + MAX_RUN_IN))
        return wide_first, wide_last

    def _cost(self, place: int, number: int, *, is_new: bool) -> float:
        """Return how badly a row suits a chain; `number` counts before the insertion of a new row."""
        position = number - 0.5 if is_new else float(number)
        cost = (COST_OF_NEW_ROW + 0.05 * len(self.rows)) if is_new else 0.0
        if not self.ties[place]:
            cost += COST_OF_GOING_UP * (len(self.rows) - position)
        is_artefact = self.chained.chains[place].is_artefact
        for tie in self.ties[place][:MAX_TIES_COUNTED]:
            if tie.side:
                depth = position if tie.side == TOP else len(self.rows) - 1 - position
                cost += COST_OF_WRONG_SIDE * tie.weight * min(depth, 2 * ROWS_TRIED)
                continue
            other = self.row_of.get(tie.other_chain)
            if other is None:
                continue
            distance = other.place - position
            cost += COST_OF_DISTANCE * tie.weight * abs(distance)
            if is_artefact and distance < 0:
                cost += 0.3
            if tie.lean * distance > 0:
                cost += COST_OF_EXCEPTION_ABOVE
            if is_new:
                cost += COST_OF_STRETCHING * self._ties_across(tie.other_chain, place, position)
            if distance > 0 and not is_artefact:
                cost += COST_OF_GOING_UP
            upper, lower = sorted((position, float(other.place)))
            for between in self.rows[math.floor(upper) + 1 : min(int(lower + 0.5), int(upper) + 2 * ROWS_TRIED)]:
                if between is not other and (between.holds(tie.column) or between.holds(tie.other_column)):
                    cost += COST_OF_BLOCKED_CELL * tie.weight
        return cost

    def _ties_across(self, chain: int, newcomer: int, position: float) -> int:
        """Return how many chains tied to `chain` a new row at `position` would push away from it."""
        own = self.row_of[chain].place
        partners = {tie.other_chain for tie in self.ties[chain][:MAX_TIES_COUNTED] if tie.side == 0} - {newcomer, chain}
        rows = [self.row_of[partner].place for partner in partners if partner in self.row_of]
        return sum((own - position) * (row - position) < 0 for row in rows)


def stack_rows(chained: ChainedScope, rows_of_band: Mapping[str | None, list[list[int]]]) -> GriddedScope:
    """Put the rows of all bands under each other, with border rows where a band begins or ends."""
    columned = chained.columned
    scope = columned.acyclic.sized.scope
    rows: list[Row] = []
    row_of_chain: dict[int, int] = {}

    def add_cells(band: Band | None) -> None:
        for members in rows_of_band.get(band.id if band else None, []):
            row_of_chain.update((place, len(rows)) for place in members)
            rows.append(Row(band.id if band else None, is_border=False, is_closed=False))

    if scope.container is not None:
        rows.append(Row(None, is_border=True, is_closed=False))
    add_cells(None)
    if scope.container is not None:
        rows.append(Row(None, is_border=True, is_closed=False))
    band_rows: dict[str, tuple[int, int]] = {}
    inside: dict[str | None, list[Band]] = {}
    for band in scope.bands:
        inside.setdefault(band.parent, []).append(band)
    opened: dict[str, int] = {}
    waiting: list[tuple[Band, bool]] = [(band, True) for band in reversed(inside.get(None, []))]
    while waiting:
        band, is_entry = waiting.pop()
        if not is_entry:
            if not (inside.get(band.id) and rows[-1].is_border):
                rows.append(Row(band.id, is_border=True, is_closed=False))
            band_rows[band.id] = (opened[band.id], len(rows) - 1)
            continue
        if band.parent is None or not rows[-1].is_border:
            rows.append(Row(band.id, is_border=True, is_closed=False))
        opened[band.id] = len(rows) - 1
        add_cells(band)
        waiting.append((band, False))
        waiting.extend((lane, True) for lane in reversed(inside.get(band.id, [])))
        if not rows_of_band.get(band.id) and not inside.get(band.id):
            rows.append(Row(band.id, is_border=False, is_closed=band.closed))
    for members in rows_of_band.get(BELOW_ALL_BANDS, []):
        row_of_chain.update((place, len(rows)) for place in members)
        rows.append(Row(None, is_border=False, is_closed=False))
    row = [0] * len(scope.boxes)
    for place, chain in enumerate(chained.chains):
        for box in chain.boxes:
            row[box] = row_of_chain[place]
    row = [row[columned.acyclic.anchor[place]] for place in range(len(row))]
    return GriddedScope(columned, tuple(rows), tuple(row), band_rows)
