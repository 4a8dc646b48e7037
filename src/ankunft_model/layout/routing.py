"""Phase 7: choose a way for every line, through free cells or through streets, before anything has a coordinate.

Each line takes the cheapest of a few patterns (straight, one corner, two, …) that is free; the last pattern uses
streets only and is always free, so that no line is left over.
"""

from __future__ import annotations

import math
from itertools import combinations, islice

from ankunft_model.layout.dock_order import order_docks
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.passages import Passages
from ankunft_model.layout.route_candidate import Candidate
from ankunft_model.layout.route_patterns import RoutePatterns
from ankunft_model.layout.routes import RoutedScope
from ankunft_model.layout.rows import GriddedScope

COST_OF_CROSSING = 2.0
"""In bends."""
COST_OF_HIDDEN_SIGN = 4.0
"""A line with a sign where it begins rather begins alone."""
REROUTING_PASSES = 1
MOST_LINES_IN_PAIRS = 64
"""In a small drawing pairs of lines choose again together."""
MOST_PAIRS_OF_A_BOX = 10
"""So many pairs at one box. Bounds the time."""
ROUNDING = 1e-9
"""Costs that differ by less may be the same."""
REACH_OF_DETOURS = 12
"""A line that crosses others may go around by streets so many rows beyond its ends."""


def choose_routes(gridded: GriddedScope, *, cost_of_crossing: float = COST_OF_CROSSING) -> RoutedScope:
    """Return a route for every line.

    Postcondition: segments are horizontal and vertical in turn; two lines lie on each other in a cell only if they
    have the same source or the same target.
    """
    router = _Router(gridded, cost_of_crossing)
    order = router.order()
    for place in order:
        router.route(place)
    router.reroute()
    if router.has_signs and len(order) <= MOST_LINES_IN_PAIRS:
        router.reroute_pairs(order)
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
        self.has_signs = any(line.line.is_signed for line in self.scope.lines)
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
        """Let the lines that cross others choose again, now that all have a route; those that cross most first.

        So do those that hide a sign.
        """
        self.patterns.ground.reach = REACH_OF_DETOURS
        for _ in range(REROUTING_PASSES):
            faults = {place: self._cost_of_faults(place, chosen) for place, chosen in self.chosen.items()}
            is_better = False
            for place in sorted((place for place in faults if faults[place]), key=lambda p: (-faults[p], p)):
                before = self.chosen[place]
                self._release(place)
                self.route(place, before, before.cost + faults[place])
                is_better |= self.chosen[place].route != before.route
            if not is_better:
                return

    def reroute_pairs(self, order: list[int]) -> None:
        """Let two lines that begin, or end, at one box and both cross others choose again.

        The one that comes later in the `order` in which they have chosen is the first now.
        """
        partners: dict[tuple[str, bool], list[int]] = {}
        for place in order:
            if self._cost_of_faults(place, self.chosen[place]):
                line = self.scope.lines[place].line
                partners.setdefault((line.source, True), []).append(place)
                partners.setdefault((line.target, False), []).append(place)
        for places in partners.values():
            for first, second in islice(combinations(places, 2), MOST_PAIRS_OF_A_BOX):
                self._reroute_pair(first, second)

    def _reroute_pair(self, first: int, second: int) -> None:
        before = self.chosen[first], self.chosen[second]
        self._release(first)
        self._release(second)
        cost = self._claimed_cost(first, before[0]) + self._claimed_cost(second, before[1])
        self._release(first)
        self._release(second)
        new_cost = 0.0
        for place in (second, first):
            self.route(place)
            chosen = self.chosen[place]
            new_cost += chosen.cost + self._cost_of_faults(place, chosen)
        if new_cost >= cost:
            self._release(first)
            self._release(second)
            self._claim(first, before[0])
            self._claim(second, before[1])

    def _claimed_cost(self, place: int, chosen: Candidate) -> float:
        """Let a line take a route, and return what that costs together with those that are there."""
        cost = chosen.cost + self._cost_of_faults(place, chosen)
        self._claim(place, chosen)
        return cost

    def route(self, place: int, before: Candidate | None = None, limit: float = math.inf) -> None:
        """Give a line its cheapest free route and take its cells; the route `before` it had if none costs less."""
        straight = self.patterns.straight(place)
        if straight is not None and not self._cost_of_faults(place, straight):
            self._claim(place, straight)
            return
        best, best_key = before, (limit, -1)
        ground, weight = self.patterns.ground, self.cost_of_crossing
        ground.limit = limit
        for rank, candidate in self.patterns.candidates(place):
            cost = candidate.cost
            if (cost, rank) >= best_key:
                continue
            most = (best_key[0] - cost) / weight + ROUNDING
            cost += self._cost_of_faults(place, candidate, most)
            if (cost, rank) < best_key:
                best, best_key = candidate, (cost, rank)
                ground.limit = cost + ROUNDING
        assert best is not None, "the last pattern is always free"
        self._claim(place, best)

    def _cost_of_faults(self, place: int, candidate: Candidate, most: float = math.inf) -> float:
        """Return the cost of crossings, of which more than `most` need not be counted, and of signs on other lines."""
        cost = self.cost_of_crossing * self.passages.crossings(place, candidate.route, most)
        if self.has_signs and self.occupancy.hides_sign(place, candidate.route.source):
            cost += COST_OF_HIDDEN_SIGN
        return cost

    def _claim(self, place: int, chosen: Candidate) -> None:
        self.chosen[place] = chosen
        self.passages.add(place, chosen.route)
        self.occupancy.claim(place, chosen)

    def _release(self, place: int) -> None:
        chosen = self.chosen.pop(place)
        self.passages.add(place, chosen.route, -1)
        self.occupancy.release(place, chosen)
