"""Phase 7: choose a way for every line, through free cells or through streets, before anything has a coordinate.

Each line takes the cheapest of a few patterns (straight, one corner, two, …) that is free; the last pattern uses
streets only and is always free, so that no line is left over.
"""

from __future__ import annotations

import math

from ankunft_model.layout.dock_order import order_docks
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.passages import Passages
from ankunft_model.layout.route_candidate import Candidate
from ankunft_model.layout.route_patterns import RoutePatterns
from ankunft_model.layout.routes import RoutedScope
from ankunft_model.layout.rows import GriddedScope

COST_OF_CROSSING = 2.0
"""In bends."""
REROUTING_PASSES = 1
REACH_OF_DETOURS = 12
"""A line that crosses others may go around by streets so many rows beyond its ends."""


def choose_routes(gridded: GriddedScope, *, cost_of_crossing: float = COST_OF_CROSSING) -> RoutedScope:
    """Return a route for every line.

    Postcondition: segments are horizontal and vertical in turn; two lines lie on each other in a cell only if they
    have the same source or the same target.
    """
    router = _Router(gridded, cost_of_crossing)
    for place in router.order():
        router.route(place)
    router.reroute()
    order_docks(router.occupancy, router.chosen)
    return RoutedScope(gridded, {place: router.chosen[place].route for place in sorted(router.chosen)})


class _Router:
    """Chooses routes one by one, taking the cells they use."""

    def __init__(self, gridded: GriddedScope, cost_of_crossing: float) -> None:
        self.gridded = gridded
        self.cost_of_crossing = cost_of_crossing
        self.column = gridded.columned.column
        self.row = gridded.row
        self.sized = gridded.columned.acyclic.sized
        self.scope = self.sized.scope
        self.occupancy = Occupancy(gridded)
        self.passages = Passages(gridded)
        self.patterns = RoutePatterns(self.occupancy)
        self.chosen: dict[int, Candidate] = {}
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

    def reroute(self) -> None:
        """Let the lines that cross others choose again, now that all have a route; those that cross most first."""
        self.patterns.reach = REACH_OF_DETOURS
        for _ in range(REROUTING_PASSES):
            crossings = {place: self.passages.crossings(place, chosen.route) for place, chosen in self.chosen.items()}
            is_better = False
            for place in sorted((place for place in crossings if crossings[place]), key=lambda p: (-crossings[p], p)):
                before = self.chosen[place]
                self._release(place)
                self.route(place, before, before.cost + self.cost_of_crossing * crossings[place])
                is_better |= self.chosen[place].route != before.route
            if not is_better:
                return

    def route(self, place: int, before: Candidate | None = None, limit: float = math.inf) -> None:
        """Give a line its cheapest free route and take its cells; the route `before` it had if none costs less."""
        straight = self.patterns.straight(place)
        if (
            straight is not None
            and self._is_free(place, straight)
            and not self.passages.crossings(place, straight.route)
        ):
            self._claim(place, straight)
            return
        best, best_cost = before, limit
        self.patterns.limit = limit
        for candidate in self.patterns.candidates(place):
            if candidate.cost >= best_cost or not self._is_free(place, candidate):
                continue
            cost = candidate.cost + self.cost_of_crossing * self.passages.crossings(place, candidate.route)
            if cost < best_cost:
                best, best_cost = candidate, cost
                self.patterns.limit = cost
        assert best is not None, "the last pattern is always free"
        self._claim(place, best)

    def _claim(self, place: int, chosen: Candidate) -> None:
        self.chosen[place] = chosen
        self.passages.add(place, chosen.route)
        self.occupancy.claim(place, chosen)

    def _release(self, place: int) -> None:
        chosen = self.chosen.pop(place)
        self.passages.add(place, chosen.route, -1)
        self.occupancy.release(place, chosen)

    def _is_free(self, place: int, candidate: Candidate) -> bool:
        occupancy = self.occupancy
        for cells in candidate.across:
            if not occupancy.is_free_across(place, *cells):
                return False
        return not candidate.down or all(occupancy.is_free_down(place, *cells) for cells in candidate.down)
