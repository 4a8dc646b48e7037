"""How often a route would cross those chosen before it (part of phase 7)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ankunft_model.layout.routes import ROW_STREET, Route
from ankunft_model.layout.rows import GriddedScope

MAX_PLACES_SEEN = 600
"""Longer segments are looked at up to here; bounds the time per line."""
BLOCK = 32
"""Pieces in a street are found by blocks of so many places."""
MOST_PIECES_SEEN = 60
"""Of more pieces in a block only so many are looked at; bounds the time per line."""
CROSSING_IN_STREET = 0.7
"""A crossing in a street counts so much: later lines may still change the order in which it is unavoidable."""
RISK_OF_TURN = 0.3
"""A turn beside a passing line counts as so much of a crossing, even where the better order avoids it."""


class Piece(NamedTuple):
    """What a line has in one street: from the place `low` to `high`, and the side to which it goes on at each end.

    A side is -1 (towards smaller places), 1 (towards greater ones) or 0 (the line ends there). `trunks` names what it
    may share a track with: the end of its line that it comes from, or leads to, by one turn, and the place of the turn.
    """

    low: int
    high: int
    side_at_low: int
    side_at_high: int
    trunks: frozenset[tuple[str, int, bool]]


NO_TRUNKS = frozenset[tuple[str, int, bool]]()


class Passages:
    """The places, in half steps, through which chosen routes pass straight on, and their pieces in streets."""

    def __init__(self, gridded: GriddedScope) -> None:
        self._column, self._row = gridded.columned.column, gridded.row
        self.ends = [(line.line.source, line.line.target) for line in gridded.columned.acyclic.sized.scope.lines]
        self._across_columns = 2 * gridded.columned.column_count + 1
        self._down_rows = 2 * len(gridded.rows) + 1
        self._passing_down: dict[int, list[int]] = {}
        """By row place: how many routes pass down at each column place."""
        self._passing_across: dict[int, list[int]] = {}
        """By column place: how many routes pass across at each row place."""
        self._pieces: dict[tuple[int, int], dict[int, list[Piece]]] = {}
        """By kind and number of the street, then by block of places."""

    def crossings(self, line: int, route: Route, most: float = math.inf) -> float:
        """Return how many of the chosen routes this route of the `line` at a place would cross.

        Once there are more than `most`, the rest may be left uncounted.

        In a street, any two routes are taken to lie in the better order; those that share a track do not count.
        """
        count = 0.0
        places = self._corners(route)
        passing_down, passing_across, pieces = self._passing_down, self._passing_across, self._pieces
        last = len(places) - 2
        begin, place = places[0], places[1]
        for index, (kind, number, _) in enumerate(route.segments, 1):
            end = places[index + 1]
            low, high = (begin, end) if begin < end else (end, begin)
            passing = (passing_down if kind <= ROW_STREET else passing_across).get(place)
            if passing is not None:
                if high - low > 1:
                    count += sum(passing[low + 1 : min(high, low + MAX_PLACES_SEEN)])
                if index > 1 and passing[begin]:
                    count += RISK_OF_TURN * passing[begin]
                if index < last and passing[end]:
                    count += RISK_OF_TURN * passing[end]
            if count > most:
                break
            if kind & 1 and high > low and (kind, number) in pieces:
                count += CROSSING_IN_STREET * self._crossings_in_street(line, kind, number, places, index)
            begin, place = place, end
        return count

    def _crossings_in_street(self, line: int, kind: int, number: int, places: Sequence[int], index: int) -> int:
        pieces = self._pieces[kind, number]
        begin, end = places[index - 1], places[index + 1]
        first, last = (begin // BLOCK, end // BLOCK) if begin < end else (end // BLOCK, begin // BLOCK)
        own: Piece | None = None
        count = 0
        for block in range(first, last + 1):
            there = pieces.get(block)
            if not there:
                continue
            if own is None:
                own = self._piece(line, places, index)
            own_low, own_high, _, _, own_trunks = own
            for other in there if len(there) <= MOST_PIECES_SEEN else there[:MOST_PIECES_SEEN]:
                low, high, _, _, trunks = other
                if low < own_low:
                    low = own_low
                if high > own_high:
                    high = own_high
                if low < high and low // BLOCK == block and own_trunks.isdisjoint(trunks):
                    crossings = crossings_in_order(own, other)
                    if crossings:
                        count += min(crossings, crossings_in_order(other, own))
        return count

    def add(self, line: int, route: Route, count: int = 1) -> None:
        """Note the chosen route of the `line` at a place, or take it back with a `count` of -1."""
        places = self._corners(route)
        for index, segment in enumerate(route.segments, 1):
            begin, place, end = places[index - 1 : index + 2]
            low, high = (begin, end) if begin < end else (end, begin)
            if segment.kind <= ROW_STREET:
                by_place, size = self._passing_across, self._down_rows
            else:
                by_place, size = self._passing_down, self._across_columns
            for passed in range(low + 1, min(high, low + MAX_PLACES_SEEN)):
                passing = by_place.get(passed)
                if passing is None:
                    passing = by_place[passed] = [0] * size
                passing[place] += count
            if segment.kind & 1:
                piece = self._piece(line, places, index)
                for block in range(low // BLOCK, high // BLOCK + 1):
                    there = self._pieces.setdefault((segment.kind, segment.number), {}).setdefault(block, [])
                    if count > 0:
                        there.append(piece)
                    else:
                        there.remove(piece)

    def _corners(self, route: Route) -> list[int]:
        """Return where a route begins, the places of its segments in turn, and where it ends."""
        source, segments, target = route
        places = [0]
        places += [2 * number if kind & 1 else 2 * number + 1 for kind, number, _ in segments]
        box, _, _, border_row = source
        ends = self._column if segments[0][0] <= ROW_STREET else self._row
        places[0] = 2 * (border_row if box is None else ends[box]) + 1
        box, _, _, border_row = target
        ends = self._column if segments[-1][0] <= ROW_STREET else self._row
        places.append(2 * (border_row if box is None else ends[box]) + 1)
        return places

    def _piece(self, line: int, places: Sequence[int], index: int) -> Piece:
        begin, place, end = places[index - 1 : index + 2]
        source, target = self.ends[line]
        last = len(places) - 2
        before = 0 if index == 1 else -1 if places[index - 2] < place else 1
        behind = 0 if index == last else -1 if places[index + 2] < place else 1
        trunks = NO_TRUNKS
        if index == 2:
            trunks = frozenset(((source, begin, True), (target, end, False)) if last == 3 else ((source, begin, True),))
        elif index == last - 1:
            trunks = frozenset(((target, end, False),))
        if begin < end:
            return Piece(begin, end, before, behind, trunks)
        return Piece(end, begin, behind, before, trunks)


def crossings_in_order(first: Piece, second: Piece) -> int:
    """Return how often two pieces of one street cross if `first` has the smaller track.

    Where both begin (or end) at one place, on opposite sides, one of them passes the other in the wrong order.
    """
    low, high, side_at_low, side_at_high, _ = first
    other_low, other_high, other_side_at_low, other_side_at_high, _ = second
    return (
        (side_at_low > 0 and other_low < low < other_high)
        + (side_at_high > 0 and other_low < high < other_high)
        + (other_side_at_low < 0 and low < other_low < high)
        + (other_side_at_high < 0 and low < other_high < high)
        + (side_at_low > 0 > other_side_at_low and low == other_low)
        + (side_at_high > 0 > other_side_at_high and high == other_high)
    )
