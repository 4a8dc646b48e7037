"""What stays the same while the rows of chains are searched (part of phase 6)."""

from __future__ import annotations

from collections.abc import Sequence

from ankunft_model.layout.chains import ChainedScope
from ankunft_model.layout.row_model import (
    BACKWARD,
    COST_OF_BEND,
    COST_OF_COLUMN_PASSED,
    COST_OF_ROW_PASSED,
    FORWARD,
    FROM_GUEST,
    TO_BORDER,
    UPRIGHT,
    ModelLine,
    ModelLines,
)
from ankunft_model.layout.scopes import bands_in_reading_order

LINES_SEEN = 24
"""Of a chain with more lines only so many are weighed."""


class RowGround:
    """The chains with their lines.

    Attributes:
        chained: The chains.
        lines: All lines.
        lines_seen: The lines of each chain that are weighed.
        to_borders: The lines that end at a border.
        messages: The messages between boxes.
        bounds: What each line costs at least.
        end_chains: The chains at both ends of each line, -1 at a border.
        lines_of: The lines of each chain.
        columns: The column of each box of each chain.
        span: The columns from the first to the last box of each chain, as bits.
        cells: The columns of its boxes, as bits.
    """

    def __init__(self, chained: ChainedScope, lines: Sequence[ModelLine] | None = None) -> None:
        self.chained = chained
        self.lines = ModelLines(chained.columned).lines if lines is None else lines
        chain_of = {box: place for place, chain in enumerate(chained.chains) for box in chain.boxes}
        chain_of[-1] = -1
        self.end_chains = [(chain_of[line.source.box], chain_of[line.target.box]) for line in self.lines]
        self.lines_of: list[list[int]] = [[] for _ in chained.chains]
        for number, (first, second) in enumerate(self.end_chains):
            if first >= 0:
                self.lines_of[first].append(number)
            if second >= 0 and second != first:
                self.lines_of[second].append(number)
        self.lines_seen = [numbers[:LINES_SEEN] for numbers in self.lines_of]
        self.to_borders = [number for number, line in enumerate(self.lines) if line.family == TO_BORDER]
        self.messages = [number for number, line in enumerate(self.lines) if line.is_message]
        self.bounds = [_lower_bound(line) for line in self.lines]
        bands = bands_in_reading_order(chained.columned.acyclic.sized.scope.bands)
        self.known_bands = [None, *(band.id for band in bands)]
        self.parent_of = {band.id: band.parent for band in bands}
        column = chained.columned.column
        self.columns = [[column[box] for box in chain.boxes] for chain in chained.chains]
        self.span = [((1 << each[-1] - each[0] + 1) - 1) << each[0] for each in self.columns]
        self.cells = [sum(1 << column for column in each) for each in self.columns]


def _lower_bound(line: ModelLine) -> tuple[float, float, float]:
    """Return what a line costs at least if both ends lie in one row, if they do not, and then for each row between."""
    columns = COST_OF_COLUMN_PASSED * abs(line.target.column - line.source.column)
    if line.family == FORWARD:
        return columns, columns + COST_OF_BEND, COST_OF_ROW_PASSED
    if line.family == BACKWARD and line.source.box != line.target.box:
        return 2 * COST_OF_BEND, 2 * COST_OF_BEND, COST_OF_ROW_PASSED
    if line.family == FROM_GUEST:
        return COST_OF_BEND, COST_OF_BEND, COST_OF_ROW_PASSED
    if line.family == UPRIGHT and columns:
        return columns + 2 * COST_OF_BEND, columns + 2 * COST_OF_BEND, COST_OF_ROW_PASSED
    return 0.0, 0.0, 0.0


def longest_of_each_band(chained: ChainedScope) -> frozenset[int]:
    """Return the chain with the most boxes of each band; of several the first."""
    longest: dict[str | None, int] = {}
    for place, chain in enumerate(chained.chains):
        other = longest.setdefault(chain.band, place)
        if len(chain.boxes) > len(chained.chains[other].boxes):
            longest[chain.band] = place
    return frozenset(longest.values())
