"""The order of lines that end side by side above or below one box: such that they do not cross (part of phase 7).

Lines choose their places one by one; when all have chosen, two of them change places where they cross less so.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.route_candidate import Candidate
from ankunft_model.layout.routes import LOWER_SIDE, UPPER_SIDE, Dock, Route, dock_place
from ankunft_model.layout.scopes import BOTTOM, TOP

PASSES = 3
MOST_LINES_COMPARED = 12
"""Where more lines end on one side they stay as they are; bounds the time."""

Side = tuple[int, int]
"""A box and its upper or lower side."""


class Way(NamedTuple):
    """How a line goes on from its place on a side, all counted away from the box.

    `depth` is how far it runs before it turns (to the left: -1, to the right: 1, not at all: 0), `far` the place among
    columns up to which it then runs, `onward` whether it goes on away from the box (1), back (-1) or ends there (0).
    """

    dx: int
    depth: int
    turn: int
    far: int
    onward: int


def order_docks(occupancy: Occupancy, chosen: dict[int, Candidate]) -> None:
    """Let lines change places on the side of a box where they, or others there, then cross each other less.

    `chosen` has the route of each line, which has claimed its cells; both are changed.

    Postcondition: places and cells are taken by the same rules as before; nothing but distances from the middle of a
    column (`dx`) has changed.
    """
    ordering = _Ordering(occupancy, chosen)
    for side in sorted(ordering.lines_at):
        ordering.order(side)


class _Ordering:
    """The lines at each side of a box."""

    def __init__(self, occupancy: Occupancy, chosen: dict[int, Candidate]) -> None:
        self.occupancy = occupancy
        self.chosen = chosen
        self.gridded = occupancy.gridded
        self.scope = occupancy.sized.scope
        self.lines_at: dict[Side, list[int]] = {}
        for line, candidate in chosen.items():
            for dock in (candidate.route.source, candidate.route.target):
                side = _side_of(dock)
                if side is not None:
                    self.lines_at.setdefault(side, []).append(line)
        self.lines_at = {side: lines for side, lines in self.lines_at.items() if len(lines) > 1}

    def order(self, side: Side) -> None:
        """Exchange two places, or take the one across the middle from another, while that saves a crossing."""
        lines = self.lines_at[side]
        if len(lines) > MOST_LINES_COMPARED or self.scope.boxes[side[0]].host is not None:
            return
        if not self._crossings(side):
            return
        for _ in range(PASSES):
            used = {self._way(line, side).dx for line in lines}
            places = sorted(used | {-dx for dx in used})
            if not any(self._exchange(side, *pair) for pair in combinations(places, 2)):
                return

    def _crossings(self, side: Side) -> int:
        """Return how often lines that end at a side cross each other near it."""
        ways = sorted(self._way(line, side) for line in self.lines_at.get(side, ()))
        return sum(crossings_beside(one, other) for one, other in combinations(ways, 2) if one.dx < other.dx)

    def _exchange(self, side: Side, dx: int, other_dx: int) -> bool:
        """Let the lines at two places of a side change places if that is allowed and saves crossings."""
        moves: dict[int, int] = {}
        sides = [side]
        for line in self.lines_at[side]:
            here = self._way(line, side).dx
            if here not in (dx, other_dx):
                continue
            other_side = self._side_that_moves_along(line, side)
            if not self._may_move(line, side, other_side):
                return False
            moves[line] = other_dx if here == dx else dx
            if other_side is not None:
                sides.append(other_side)
        before = sum(map(self._crossings, sides))
        old = {line: self.chosen[line] for line in moves}
        for line, candidate in old.items():
            self.occupancy.release(line, candidate)
        claimed: list[int] = []
        for line, to_dx in moves.items():
            moved = self._moved(line, side, to_dx)
            if not self._is_free(line, moved):
                break
            self.chosen[line] = moved
            self.occupancy.claim(line, moved)
            claimed.append(line)
        if len(claimed) == len(moves) and sum(map(self._crossings, sides)) < before:
            return True
        for line in claimed:
            self.occupancy.release(line, self.chosen[line])
        for line, candidate in old.items():
            self.chosen[line] = candidate
            self.occupancy.claim(line, candidate)
        return False

    def _may_move(self, line: int, side: Side, other_side: Side | None) -> bool:
        """Whether neither end of a line that would move is fixed or shares its place with others on the other side."""
        piece, route = self.scope.lines[line], self.chosen[line].route
        if _side_of(route.source) == _side_of(route.target):
            return False
        for end, dock in ((piece.source, route.source), (piece.target, route.target)):
            at = _side_of(dock)
            if at is None or at not in (side, other_side):
                continue
            if end.side or self.scope.boxes[at[0]].host is not None:
                return False
            if at == other_side and self.occupancy.users_of_slot(at[0], at[1], dock.dx) > 1:
                return False
        return True

    def _side_that_moves_along(self, line: int, side: Side) -> Side | None:
        """Return the side of another box at which a line ends that runs straight up or down from this one."""
        route = self.chosen[line].route
        if len(route.segments) > 1:
            return None
        return next((at for at in map(_side_of, (route.source, route.target)) if at is not None and at != side), None)

    def _moved(self, line: int, side: Side, dx: int) -> Candidate:
        """Return the route of a line that ends elsewhere on a side."""
        candidate = self.chosen[line]
        route = candidate.route
        is_straight = len(route.segments) == 1
        at_source = _side_of(route.source) == side
        before = (route.source if at_source else route.target).dx
        column = self.gridded.columned.column[side[0]]
        segments = list(route.segments)
        place = 0 if at_source else -1
        segments[place] = segments[place]._replace(dx=dx)
        source = route.source._replace(dx=dx) if at_source or is_straight else route.source
        target = route.target._replace(dx=dx) if not at_source or is_straight else route.target
        if is_straight:  # on a border there is no distance from the middle
            source = source if source.box is not None else route.source
            target = target if target.box is not None else route.target
        down = tuple(
            (at, dx if (at, of) == (column, before) else of, low, high) for at, of, low, high in candidate.down
        )
        return candidate._replace(route=Route(source, tuple(segments), target), down=down)

    def _is_free(self, line: int, candidate: Candidate) -> bool:
        occupancy = self.occupancy
        for dock in (candidate.route.source, candidate.route.target):
            side = _side_of(dock)
            if side is None:
                continue
            if not occupancy.has_place(*side, dock.dx) or not occupancy.may_use_slot(line, *side, dock.dx):
                return False
        return all(occupancy.is_free_down(line, *cells) for cells in candidate.down)

    def _way(self, line: int, side: Side) -> Way:
        """Return how a line goes on from a side."""
        route = self.chosen[line].route
        if _side_of(route.source) != side:
            route = Route(route.target, route.segments[::-1], route.source)
        begin = dock_place(self.gridded, route.source, is_horizontal=False)
        column = 2 * self.gridded.columned.column[side[0]] + 1
        places = [segment.place for segment in route.segments[1:4]]
        if len(places) < len(route.segments):
            is_horizontal = route.segments[-1].is_horizontal
            places.append(dock_place(self.gridded, route.target, is_horizontal=is_horizontal))
        depth = (places[0] - begin) * side[1]
        if len(route.segments) == 1:
            return Way(route.source.dx, depth, 0, column, 0)
        far = places[1]
        turn = (far > column) - (far < column)
        onward = 0 if len(places) < 3 else (places[2] - places[0]) * side[1]
        return Way(route.source.dx, depth, turn, far, (onward > 0) - (onward < 0))


def crossings_beside(left: Way, right: Way) -> int:
    """Return how often two lines cross near the side on which both end, the first left of the second."""
    if left.depth != right.depth:
        return (right.turn < 0 and left.depth > right.depth) + (left.turn > 0 and right.depth > left.depth)
    if left.turn > 0 > right.turn:
        return 1
    if left.turn != right.turn or not left.turn or left.far == right.far:
        return 0
    outer, inner = (left, right) if left.turn < 0 else (right, left)
    is_outer_farther = (outer.far - inner.far) * left.turn > 0
    return int(inner.onward < 0 if is_outer_farther else outer.onward > 0)


def _side_of(dock: Dock) -> Side | None:
    if dock.box is None or dock.side not in (UPPER_SIDE, LOWER_SIDE):
        return None
    return dock.box, TOP if dock.side == UPPER_SIDE else BOTTOM
