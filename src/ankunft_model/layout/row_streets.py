"""The streets between rows that are worth trying for a line, and what they cost (part of phase 7)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ankunft_model.layout.graph import LineKind
from ankunft_model.layout.rows import Row

COST_OF_STREET_IN_BAND = 0.3
"""For messages, which belong between pools."""
COST_OF_STREET_IN_CLOSED_BAND = 50.0
STREETS_TRIED = 8


class RowStreets:
    """The streets above, between and below rows; street `k` lies above row `k`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        streets = range(len(rows) + 1)
        self._costs = [self._cost(street, is_message=False) for street in streets]
        self._costs_of_messages = [self._cost(street, is_message=True) for street in streets]
        self._known: dict[tuple[int, int, int], list[int]] = {}

    def costs(self, kind: LineKind) -> list[float]:
        """Return what each street costs a line of this kind."""
        return self._costs_of_messages if kind == "message" else self._costs

    def beside(self, row: int, other: int, reach: int) -> list[int]:
        """Return the streets worth trying for a line between two rows.

        With a `reach` also those so many rows above and below both, up to the border of the pool.

        Example:
            >>> streets = RowStreets([Row(None, is_border=False, is_closed=False)] * 6)
            >>> streets.beside(3, 2, 0), streets.beside(2, 2, 1)
            ([2, 3, 4], [1, 2, 3, 4])
        """
        upper, lower = (row, other) if row < other else (other, row)
        key = upper, lower, reach
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(upper, lower, reach)
        return known

    def _found(self, upper: int, lower: int, reach: int) -> list[int]:
        between: Sequence[int] = range(upper + 1, lower + 1)
        if len(between) > STREETS_TRIED:
            between = [*between[: STREETS_TRIED // 2], *between[-STREETS_TRIED // 2 :]]
        found = {upper, *between, lower + 1}
        if reach:
            above = range(upper - 1, max(0, upper - reach) - 1, -1)
            below = range(lower + 2, min(len(self._rows), lower + 1 + reach) + 1)
            found.update(takewhile(self._is_inside_pool, above))
            found.update(takewhile(self._is_inside_pool, below))
        return sorted(found)

    def _is_inside_pool(self, street: int) -> bool:
        """Whether a street between rows lies neither between two pools nor outside of all rows of a frame."""
        beside = self._rows[max(0, street - 1) : street + 1]
        return not all(row.is_border for row in beside)

    def _cost(self, street: int, *, is_message: bool) -> float:
        rows = self._rows
        above, below = rows[street - 1] if street else None, rows[street] if street < len(rows) else None
        if (above and above.is_closed) or (below and below.is_closed):
            return COST_OF_STREET_IN_CLOSED_BAND
        if above and below and above.is_border and below.is_border:
            return 0.0 if is_message else COST_OF_STREET_IN_BAND
        return COST_OF_STREET_IN_BAND if is_message else 0.0
