"""Let boxes with messages stand in columns of their own, so that each message can run straight (part of phase 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ankunft_model.layout.cycles import AcyclicScope
from ankunft_model.layout.network_simplex import RankEdge
from ankunft_model.layout.scopes import BOTTOM, TOP, bands_in_reading_order

DEAREST_SHIFT = 4
"""Flows may become longer by so much, in weights of the columns, for a message to get a column of its own."""
LARGEST_GROUP = 6


def spread_messages(acyclic: AcyclicScope, edges: Sequence[RankEdge], column: Sequence[int]) -> list[int]:
    """Return columns in which fewer boxes with messages of one pool stand above each other.

    Such a box moves by one column together with the boxes that its messages reach straight. So does what follows an
    event on a border, which will lie below and be in the way of messages downwards.

    Precondition: `column` respects all edges.
    Postcondition: so do the new columns.
    """
    return _Spreading(acyclic, edges, column).spread()


class _Spreading:
    """Boxes with messages, by pool and column."""

    def __init__(self, acyclic: AcyclicScope, edges: Sequence[RankEdge], column: Sequence[int]) -> None:
        scope = acyclic.sized.scope
        self.column = list(column)
        self.edges_at: list[list[RankEdge]] = [[] for _ in scope.boxes]
        for edge in edges:
            self.edges_at[edge.tail].append(edge)
            self.edges_at[edge.head].append(edge)
        pool_of = _pools({band.id: band.parent for band in scope.bands})
        place_of = {band.id: place for place, band in enumerate(bands_in_reading_order(scope.bands))}
        self.pool = [pool_of.get(box.band) for box in scope.boxes]
        self.partners: dict[int, list[int]] = {}
        self.directions: dict[int, set[int]] = {}
        self.in_the_way: set[int] = set()
        """Boxes without messages that lie below others."""
        for line in scope.lines:
            if line.line.kind != "message":
                continue
            bands = [
                end.band if end.box is None else scope.boxes[acyclic.anchor[end.box]].band
                for end in (line.source, line.target)
            ]
            first, second = (-1 if band is None else place_of[band] for band in bands)
            ends = [None if end.box is None else acyclic.anchor[end.box] for end in (line.source, line.target)]
            for here, there, is_downwards in ((ends[0], ends[1], first < second), (ends[1], ends[0], second < first)):
                if here is not None:
                    self.directions.setdefault(here, set()).add(BOTTOM if is_downwards else TOP)
                    self.partners.setdefault(here, []).extend([] if there in (None, here) else [there])
        for follower in _exception_boxes(acyclic):
            if follower not in self.partners:
                self.in_the_way.add(follower)
                self.directions[follower] = {BOTTOM}
                self.partners[follower] = []
        self.standing: dict[tuple[str | None, int, int, bool], int] = {}
        """How many boxes of a pool send or receive messages upwards, or downwards, in a column; others in the way."""
        for box in self.partners:
            self._count(box, 1)

    def spread(self) -> list[int]:
        for box in sorted(self.partners, key=lambda place: (self.column[place], place)):
            if self._most_beside(box, self.column[box], frozenset((box,))):
                self._shift(box)
        return self.column

    def _count(self, box: int, count: int) -> None:
        for direction in self.directions.get(box, ()):
            key = self.pool[box], self.column[box], direction, box in self.in_the_way
            self.standing[key] = self.standing.get(key, 0) + count

    def _most_beside(self, box: int, column: int, except_for: frozenset[int]) -> int:
        """Return how many others of its pool in a column may be in the way of the box's messages, or it in theirs."""
        pool = self.pool[box]
        kinds = (False,) if box in self.in_the_way else (False, True)
        most = 0
        for direction in self.directions.get(box, ()):
            there = sum(self.standing.get((pool, column, direction, kind), 0) for kind in kinds)
            own = sum(
                self.pool[other] == pool
                and self.column[other] == column
                and direction in self.directions.get(other, ())
                and (other in self.in_the_way) in kinds
                for other in except_for
            )
            most = max(most, there - own)
        return most

    def _shift(self, box: int) -> None:
        """Move a box and what hangs straight on it to the cheaper side, if it is free there."""
        ways: list[tuple[int, int, frozenset[int]]] = []
        for step in (1, -1):
            members = self._group(box, step)
            if members is None:
                continue
            cost = self._cost(members, step)
            is_free = not any(
                self._most_beside(member, self.column[member] + step, except_for=members) for member in members
            )
            if cost is not None and cost <= DEAREST_SHIFT and is_free:
                ways.append((cost, step, members))
        if not ways:
            return
        _, step, members = min(ways, key=lambda way: (way[0], -way[1]))
        for member in sorted(members):
            self._count(member, -1)
            self.column[member] += step
            self._count(member, 1)

    def _group(self, box: int, step: int) -> frozenset[int] | None:
        """Return what moves with a box: boxes that its messages reach straight, and those that edges push along."""
        group = [box]
        for member in group:
            joined = [other for other in self.partners.get(member, ()) if self.column[other] == self.column[member]]
            for edge in self.edges_at[member]:
                is_pushed = (edge.tail if step > 0 else edge.head) == member
                if is_pushed and self.column[edge.head] - self.column[edge.tail] == edge.length:
                    joined.append(edge.head if step > 0 else edge.tail)
            group += [other for other in dict.fromkeys(joined) if other not in group]
            if len(group) > LARGEST_GROUP:
                return None
        return frozenset(group)

    def _cost(self, members: frozenset[int], step: int) -> int | None:
        """Return by how much edges grow if the members move by `step`, None if an edge forbids it."""
        cost = 0
        for member in sorted(members):
            for edge in self.edges_at[member]:
                if edge.tail in members and edge.head in members:
                    continue
                grows = step if edge.head == member else -step
                if self.column[edge.head] - self.column[edge.tail] + grows < edge.length:
                    return None
                cost += grows * edge.weight
        return cost


def _exception_boxes(acyclic: AcyclicScope) -> list[int]:
    """Return the boxes to which only ways from events on borders lead, in order; they will lie below."""
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    leaving: dict[int, list[int]] = {}
    missing: dict[int, int] = {}
    found: list[int] = []
    for place in acyclic.forward:
        source, target = scope.lines[place].source.box, scope.lines[place].target.box
        if source is None or target is None:
            continue
        missing[anchor[target]] = missing.get(anchor[target], 0) + 1
        leaving.setdefault(source, []).append(anchor[target])
    waiting = [place for place, box in enumerate(scope.boxes) if box.host is not None]
    for box in waiting:
        for target in leaving.get(box, ()):
            missing[target] -= 1
            if not missing[target]:
                waiting.append(target)
                found.append(target)
    return sorted(found)


def _pools(parent_of: Mapping[str, str | None]) -> dict[str | None, str]:
    """Return the outermost band around each band."""
    pool_of: dict[str | None, str] = {}
    for band in parent_of:
        here = band
        while (parent := parent_of[here]) is not None:
            here = parent
        pool_of[band] = here
    return pool_of
