"""Phase 8: give the lines in each street tracks beside each other, so that no two lie on each other.

Two lines in one street conflict only where both continue in the same row of cells (or the same place of a column): the
one that comes from the near side must turn off before the one that goes to the far side. Where such demands form a
circle, one line changes its track on the way, through a street that crosses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ankunft_model.layout.occupancy import NEAR_PX
from ankunft_model.layout.routes import (
    COLUMN,
    COLUMN_STREET,
    ROW,
    ROW_STREET,
    Route,
    RoutedScope,
    Segment,
    segment_span,
)
from ankunft_model.layout.track_order import order_bundles

BEFORE = -1
"""The side of smaller places: left of a street between columns, above a street between rows."""
BEHIND = 1
"""The side of greater places."""


@dataclass(frozen=True, slots=True)
class TrackedScope:
    """A scope whose routes have tracks.

    Attributes:
        routed: The scope with its final routes; some have got a jog.
        tracks: The track of each street segment, by line and number of the segment, counted from 0 left to right or
            top to bottom.
        column_street_tracks: How many tracks each street between columns holds.
        row_street_tracks: How many tracks each street between rows holds.
    """

    routed: RoutedScope
    tracks: Mapping[tuple[int, int], int]
    column_street_tracks: tuple[int, ...]
    row_street_tracks: tuple[int, ...]


Trunk = tuple[str, int, int, int]
"""A common beginning ("source") or end ("target") of lines: the number of that end, the place in the street, and dx."""


class Turn(NamedTuple):
    """Where a street segment begins or ends: the place along the street and the side to which the line goes on.

    `cell` is the row (for a street between columns) or the column (for a street between rows) in whose cells the line
    goes on, -1 where it goes on in another street or ends; `dx` its distance from the middle there.
    """

    place: int
    side: int
    cell: int = -1
    dx: int = 0


@dataclass(frozen=True, slots=True)
class StreetPiece:
    """One segment in a street.

    `trunks` names the common beginning and end it may share with other lines; `ends` are the numbers of its
    line's ends.
    """

    line: int
    index: int
    first: Turn
    last: Turn
    trunks: tuple[Trunk, ...]
    ends: tuple[int, int]


@dataclass(slots=True, eq=False)
class Bundle:
    """Segments that share one track of a street."""

    pieces: list[StreetPiece] = field(default_factory=list[StreetPiece])

    @property
    def low(self) -> int:
        """The first place that the bundle covers."""
        return min(min(piece.first.place, piece.last.place) for piece in self.pieces)

    @property
    def high(self) -> int:
        """The last place that the bundle covers."""
        return max(max(piece.first.place, piece.last.place) for piece in self.pieces)

    def turns(self) -> list[Turn]:
        """Return where its lines turn off, each turn once."""
        return sorted({turn for piece in self.pieces for turn in (piece.first, piece.last)})


def assign_tracks(routed: RoutedScope) -> TrackedScope:
    """Return the tracks.

    Postcondition: segments that touch the same place of a street have different tracks, unless they share a trunk; of
    two that go on in the same cells, the one on the near side has the smaller track.
    """
    work = _Work(routed)
    while True:  # a jog in a street of one kind runs in a street of the other
        work.has_jogs = False
        bundled = {
            (kind, street): work.loosen(kind, street)
            for kind in (COLUMN_STREET, ROW_STREET)
            for street in work.streets(kind)
        }
        if not work.has_jogs:
            break
    final = work.frozen()
    tracks: dict[tuple[int, int], int] = {}
    counts = {
        COLUMN_STREET: [0] * (routed.gridded.columned.column_count + 1),
        ROW_STREET: [0] * (len(routed.gridded.rows) + 1),
    }
    for (kind, street), bundles in bundled.items():
        track_of = order_bundles(bundles, constraints(bundles))
        for bundle, track in zip(bundles, track_of, strict=True):
            for piece in bundle.pieces:
                tracks[piece.line, piece.index] = track
        counts[kind][street] = max(track_of, default=-1) + 1
    return TrackedScope(final, tracks, tuple(counts[COLUMN_STREET]), tuple(counts[ROW_STREET]))


class _Work:
    """Routes that may still get jogs."""

    def __init__(self, routed: RoutedScope) -> None:
        self.gridded = routed.gridded
        self.routes = dict(routed.routes)
        self.has_jogs = False
        self._lines_in: dict[tuple[int, int], dict[int, None]] = {}
        for line, route in self.routes.items():
            self._note(line, route)
        scope = routed.gridded.columned.acyclic.sized.scope
        names = {name for line in scope.lines for name in (line.line.source, line.line.target)}
        number_of = {name: number for number, name in enumerate(sorted(names))}
        self.ends = [(number_of[line.line.source], number_of[line.line.target]) for line in scope.lines]

    def _note(self, line: int, route: Route) -> None:
        for segment in route.segments:
            if segment.kind in (COLUMN_STREET, ROW_STREET):
                self._lines_in.setdefault((segment.kind, segment.number), {})[line] = None

    def frozen(self) -> RoutedScope:
        return RoutedScope(self.gridded, dict(self.routes))

    def streets(self, kind: int) -> list[int]:
        """Return the streets of a kind that hold lines."""
        return sorted(street for of_kind, street in self._lines_in if of_kind == kind)

    def pieces(self, kind: int, street: int) -> list[StreetPiece]:
        """Return the pieces in one street, in the order of the lines."""
        found: list[StreetPiece] = []
        for line in sorted(self._lines_in[kind, street]):
            for index, segment in enumerate(self.routes[line].segments):
                if segment.kind == kind and segment.number == street:
                    found.append(self._piece(line, index))
        return found

    def _piece(self, line: int, index: int) -> StreetPiece:
        route = self.routes[line]
        begin, end = segment_span(self.gridded, route, index)
        first = self._turn(route, index, index - 1, begin)
        last = self._turn(route, index, index + 1, end)
        trunks: list[Trunk] = []
        if index == 1 and first.cell >= 0:
            trunks.append(("source", self.ends[line][0], begin, first.dx))
        if index == len(route.segments) - 2 and last.cell >= 0:
            trunks.append(("target", self.ends[line][1], end, last.dx))
        return StreetPiece(line, index, first, last, tuple(trunks), self.ends[line])

    def _turn(self, route: Route, index: int, neighbour: int, place: int) -> Turn:
        if not 0 <= neighbour < len(route.segments):
            return Turn(place, 0)
        other = route.segments[neighbour]
        span = segment_span(self.gridded, route, neighbour)
        far = span[0] if neighbour < index else span[1]
        side = BEFORE if far < route.segments[index].place else BEHIND if far > route.segments[index].place else 0
        if other.kind in (ROW, COLUMN):
            return Turn(place, side, other.number, other.dx)
        return Turn(place, side)

    def loosen(self, kind: int, street: int) -> list[Bundle]:
        """Give lines jogs until the demands in a street form no circle, and return its bundles."""
        while True:
            found = acyclic_bundles(self.pieces(kind, street))
            if not isinstance(found, StreetPiece):
                return found
            self._jog(kind, street, found)

    def _jog(self, kind: int, street: int, piece: StreetPiece) -> None:
        """Let a line leave its track in the middle of a piece, over a short way in a crossing street."""
        self.has_jogs = True
        low, high = sorted((piece.first.place, piece.last.place))
        crossing = list(range((low + 1) // 2, high // 2 + 1)) or [low // 2 + 1]
        if kind == COLUMN_STREET:
            crossing = [number for number in crossing if not self._is_in_closed_band(number)] or crossing
        other = ROW_STREET if kind == COLUMN_STREET else COLUMN_STREET
        own = Segment(kind, street)
        route = self.routes[piece.line]
        segments = (
            *route.segments[: piece.index],
            own,
            Segment(other, crossing[0]),
            own,
            *route.segments[piece.index + 1 :],
        )
        self.routes[piece.line] = Route(route.source, segments, route.target)
        self._note(piece.line, self.routes[piece.line])

    def _is_in_closed_band(self, street: int) -> bool:
        rows = self.gridded.rows
        return any(rows[row].is_closed for row in (street - 1, street) if 0 <= row < len(rows))


def acyclic_bundles(pieces: list[StreetPiece]) -> list[Bundle] | StreetPiece:
    """Return the pieces in bundles whose demands form no circle, or a piece that must get a jog.

    A bundle is as large as it may be; those in a circle are taken apart first.
    """
    bundles = _bundled(pieces)
    while True:
        core = _circular_core(bundles, constraints(bundles))
        if not core:
            return bundles
        if all(len(bundles[place].pieces) == 1 for place in core):
            return bundles[core[0]].pieces[0]
        apart = set(core)
        bundles = [
            part
            for place, bundle in enumerate(bundles)
            for part in ([Bundle([piece]) for piece in bundle.pieces] if place in apart else [bundle])
        ]


def _bundled(pieces: list[StreetPiece]) -> list[Bundle]:
    """Put pieces with a common beginning or end together, the larger group first; never two with both in common."""
    sizes: dict[Trunk, int] = {}
    for piece in pieces:
        for shared in piece.trunks:
            sizes[shared] = sizes.get(shared, 0) + 1
    bundles: list[Bundle] = []
    bundle_of: dict[Trunk, Bundle] = {}
    members: set[tuple[Trunk | None, tuple[int, int]]] = set()
    for piece in pieces:
        trunk: Trunk | None = max(piece.trunks, key=lambda trunk: sizes[trunk], default=None)
        if trunk is None or trunk not in bundle_of or (trunk, piece.ends) in members:
            bundles.append(Bundle([piece]))
            if trunk is not None:
                bundle_of.setdefault(trunk, bundles[-1])
        else:
            bundle_of[trunk].pieces.append(piece)
        members.add((trunk, piece.ends))
    return bundles


def constraints(bundles: list[Bundle]) -> list[tuple[int, int]]:
    """Return the pairs of bundles of which the first must have the smaller track."""
    arriving: dict[int, list[tuple[int, int]]] = {}
    leaving: dict[int, list[tuple[int, int]]] = {}
    for place, bundle in enumerate(bundles):
        for turn in bundle.turns():
            if turn.cell >= 0 and turn.side:
                side = arriving if turn.side == BEFORE else leaving
                side.setdefault(turn.place, []).append((turn.dx, place))
    pairs = {
        (first, second): None
        for cell, firsts in arriving.items()
        for dx, first in firsts
        for other_dx, second in leaving.get(cell, ())
        if first != second and abs(dx - other_dx) < NEAR_PX
    }
    return list(pairs)


def _circular_core(bundles: list[Bundle], pairs: list[tuple[int, int]]) -> list[int]:
    """Return the bundles left when those that nothing must precede, or follow, are taken away again and again."""
    remaining = set(range(len(bundles)))
    for forward in (True, False):
        following: dict[int, list[int]] = {}
        degree = dict.fromkeys(remaining, 0)
        for pair in pairs:
            first, second = pair if forward else pair[::-1]
            if first in remaining and second in remaining:
                following.setdefault(first, []).append(second)
                degree[second] += 1
        ready = [place for place in remaining if not degree[place]]
        while ready:
            place = ready.pop()
            remaining.discard(place)
            for second in following.get(place, ()):
                degree[second] -= 1
                if not degree[second]:
                    ready.append(second)
    return sorted(remaining)
