"""What all patterns of routes need to know of the grid (part of phase 7)."""

from __future__ import annotations

import math

from ankunft_model.layout.line_ends import VerticalEnd
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.routes import COLUMN_STREET, ROW, ROW_STREET, Segment
from ankunft_model.layout.row_streets import RowStreets

COST_OF_BEND = 1.0
COST_OF_STEP = 0.12
"""For each column or row that a line passes."""
COST_OF_SHARED_SLOT = 0.7
COST_OF_SIDE_DOOR = 0.5
"""Flows rather leave boxes other than gateways to the right and enter them from the left."""
COST_OF_SHARED_DOOR = 1.3
"""Of two lines out of a gateway one rather takes a corner."""


class PatternGround:
    """The grid while routes are chosen, with what a route costs.

    Attributes:
        limit: Routes that cost as much need not be listed.
        reach: How far beyond the rows of both ends a line may go around.
        along_row: The segment through the middle of each row.
        in_row_street: The segment in each street between rows.
        in_column_street: The segment in each street between columns.
    """

    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy = occupancy
        self.gridded = occupancy.gridded
        self.column = self.gridded.columned.column
        self.row = self.gridded.row
        self.scope = occupancy.sized.scope
        self.limit = math.inf
        self.reach = 0
        self.streets = RowStreets(self.gridded.rows)
        row_count, column_count = len(self.gridded.rows), self.gridded.columned.column_count
        self.along_row = [Segment(ROW, row) for row in range(row_count)]
        self.in_row_street = [Segment(ROW_STREET, street) for street in range(row_count + 1)]
        self.in_column_street = [Segment(COLUMN_STREET, street) for street in range(column_count + 1)]

    def cost_of_slot(self, end: VerticalEnd) -> float:
        """Return what it costs to begin or end at this place of a side."""
        if end.dock.box is None:
            return 0.0
        users = self.occupancy.users_of_slot(end.dock.box, end.side, end.dx)
        return COST_OF_SHARED_SLOT * min(users, 1) + 0.01 * abs(end.dx) / 10

    def cost_of_flow_end(self, end: VerticalEnd) -> float:
        """Return what it costs that a flow begins or ends upwards or downwards here."""
        box = end.dock.box
        cost = self.cost_of_slot(end)
        if box is None or self.scope.boxes[box].kind == "gateway" or self.scope.boxes[box].host is not None:
            return cost
        return cost + COST_OF_SIDE_DOOR

    def cost_of_right_door(self, box: int | None) -> float:
        """Return what it costs to leave a box to the right."""
        if box is None or self.scope.boxes[box].kind != "gateway":
            return 0.0
        return COST_OF_SHARED_DOOR * self.occupancy.shares_right_door(box)
