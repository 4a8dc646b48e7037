"""Phase 7: choose a way for every line, through free cells or through streets, before anything has a coordinate.

Each line takes the cheapest of a few patterns (straight, one corner, two, …) that is free; the last pattern uses
streets only and is always free, so that no line is left over.
"""

from __future__ import annotations

from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.passages import Passages
from ankunft_model.layout.route_patterns import Candidate, RoutePatterns
from ankunft_model.layout.routes import LOWER_SIDE, RIGHT_SIDE, UPPER_SIDE, Route, RoutedScope
from ankunft_model.layout.rows import GriddedScope
from ankunft_model.layout.scopes import BOTTOM, TOP

COST_OF_CROSSING = 1.0


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
        self.passages = Passages(gridded)
        self.patterns = RoutePatterns(self.occupancy)
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
        best: Candidate | None = None
        best_cost = 0.0
        for candidate in self.patterns.candidates(place):
            if best is not None and candidate.cost >= best_cost:
                continue
            if not self._is_free(place, candidate):
                continue
            cost = candidate.cost + COST_OF_CROSSING * self.passages.crossings(candidate.route)
            if best is None or cost < best_cost:
                best, best_cost = candidate, cost
        assert best is not None, "the last pattern is always free"
        self.passages.add(best.route)
        for row, first, last in best.across:
            self.occupancy.claim_across(place, row, first, last)
        for column, dx, first, last in best.down:
            self.occupancy.claim_down(place, column, dx, first, last)
        if best.route.source.box is not None and best.route.source.side == RIGHT_SIDE:
            self.occupancy.claim_right_door(best.route.source.box)
        for dock in (best.route.source, best.route.target):
            if dock.box is not None and dock.side in (UPPER_SIDE, LOWER_SIDE):
                self.occupancy.claim_slot(place, dock.box, TOP if dock.side == UPPER_SIDE else BOTTOM, dock.dx)
        return best.route

    def _is_free(self, place: int, candidate: Candidate) -> bool:
        occupancy = self.occupancy
        return all(occupancy.is_free_across(place, *cells) for cells in candidate.across) and all(
            occupancy.is_free_down(place, *cells) for cells in candidate.down
        )
