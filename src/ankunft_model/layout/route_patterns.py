"""The patterns that a line's route may have (part of phase 7)."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.layout.box_patterns import BoxPatterns, Ranked
from ankunft_model.layout.line_ends import LineEnds, VerticalEnd
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.pattern_ground import COST_OF_BEND, COST_OF_STEP, PatternGround
from ankunft_model.layout.route_candidate import Candidate, reversed_candidate
from ankunft_model.layout.routes import (
    COLUMN,
    COLUMN_STREET,
    LEFT_SIDE,
    LOWER_SIDE,
    RIGHT_SIDE,
    ROW,
    ROW_STREET,
    UPPER_SIDE,
    Dock,
    Route,
    Segment,
)
from ankunft_model.layout.scopes import TOP, End, ScopeLine

RANK_OF_BORDERS = 5000


class RoutePatterns:
    """Lists possible routes of a line; at least one of them is free whatever the others have taken."""

    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy = occupancy
        self.ends = LineEnds(occupancy)
        self.ground = PatternGround(occupancy)
        self.gridded = occupancy.gridded
        self.column = self.gridded.columned.column
        self.row = self.gridded.row
        self.scope = occupancy.sized.scope
        self.column_count = self.gridded.columned.column_count

    def straight(self, place: int) -> Candidate | None:
        """Return the way straight on along a row, if it is free and both ends lie in one; no other can be better."""
        line = self.scope.lines[place]
        source, target = line.source.box, line.target.box
        if source is None or target is None or self.row[source] != self.row[target]:
            return None
        row, first, last = self.row[source], self.column[source], self.column[target]
        if first >= last or not self.occupancy.is_free_across(place, row, first + 1, last - 1):
            return None
        if not (self.ends.has_side_door(line, line.source) and self.ends.has_side_door(line, line.target)):
            return None
        route = Route(Dock(source, RIGHT_SIDE), (self.ground.along_row[row],), Dock(target, LEFT_SIDE))
        cost = COST_OF_STEP * (last - first) + self.ground.cost_of_right_door(source)
        return Candidate(route, ((row, first + 1, last - 1),), (), cost)

    def candidates(self, place: int) -> Iterator[Ranked]:
        """Yield the free routes of the line at `place` in `Scope.lines` that cost less than the limit.

        Those with few bends come first. The number with each is its rank: of routes that cost the same the one with the
        smallest is to be taken.
        """
        line = self.scope.lines[place]
        starts = self.ends.vertical_ends(place, line.source, line.target, is_source=True)
        stops = self.ends.vertical_ends(place, line.target, line.source, is_source=False)
        source = line.source.box if self.ends.has_side_door(line, line.source) else None
        target = line.target.box if self.ends.has_side_door(line, line.target) else None
        yield from BoxPatterns(self.ground, place, line.line.kind, source, target, starts, stops).candidates()
        if line.source.box is None or line.target.box is None:
            for candidate in self._to_borders(line, starts, stops):
                if candidate.cost < self.ground.limit and self.occupancy.is_free(place, candidate):
                    yield RANK_OF_BORDERS, candidate

    def _to_borders(self, line: ScopeLine, starts: list[VerticalEnd], stops: list[VerticalEnd]) -> Iterator[Candidate]:
        """Yield the routes of a line that begins or ends on the border of a band or container."""
        if line.source.box is None and line.target.box is None:
            yield self._from_border_to_border(line)
        elif self.scope.container in (line.line.source, line.line.target):
            yield self._from_own_container(line)
        elif line.source.box is None:
            for stop in stops:
                for candidate in self._from_vertical_to_border(line, stop, line.source):
                    yield reversed_candidate(candidate)
        else:
            for start in starts:
                yield from self._from_vertical_to_border(line, start, line.target)

    def _from_vertical_to_border(self, line: ScopeLine, start: VerticalEnd, end: End) -> Iterator[Candidate]:
        """Yield straight to the border of a band or container, or first aside into a street between columns."""
        border, side = self.ends.border_row(end, start.row)
        dock = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        down = Segment(COLUMN, start.column, start.dx)
        extra = self.ground.cost_of_slot(start)
        first, last = (start.row + 1, border) if border > start.row else (border, start.row - 1)
        if (border - start.row) * start.side > 0:
            yield self._candidate(
                start.dock,
                [down],
                dock,
                down=[(start.column, start.dx, first, last)],
                steps=abs(border - start.row),
                extra=extra,
            )
        for street in (start.column, start.column + 1):
            segments = [down, Segment(ROW_STREET, start.street), Segment(COLUMN_STREET, street)]
            costs = self.ground.streets.costs(line.line.kind)
            extra_street = costs[start.street]
            yield self._candidate(
                start.dock, segments, dock, steps=abs(border - start.row) + 0.5, extra=extra + extra_street
            )

    def _from_border_to_border(self, line: ScopeLine) -> Candidate:
        """Return the way between two bands, behind all boxes: there is room for its text."""
        assert line.source.band is not None
        assert line.target.band is not None
        first, second = self.gridded.band_rows[line.source.band], self.gridded.band_rows[line.target.band]
        street = self.column_count
        if first[0] <= second[0]:
            begin = Dock(None, LOWER_SIDE, border_row=first[1])
            end = Dock(None, UPPER_SIDE, border_row=second[0])
        else:
            begin = Dock(None, UPPER_SIDE, border_row=first[0])
            end = Dock(None, LOWER_SIDE, border_row=second[1])
        return self._candidate(begin, [Segment(COLUMN_STREET, street)], end, steps=1)

    def _from_own_container(self, line: ScopeLine) -> Candidate:
        """Return the way between a box and the container around it: sideways and straight to the border."""
        leaves = line.source.box is not None
        box = line.source.box if leaves else line.target.box
        assert box is not None
        border, side = self.ends.border_row(line.target if leaves else line.source, self.row[box])
        at_border = Dock(None, UPPER_SIDE if side == TOP else LOWER_SIDE, border_row=border)
        column = self.column[box]
        own_end = line.source if leaves else line.target
        if self.scope.boxes[box].host is not None or own_end.side:
            place = self.scope.lines.index(line)
            end = self.ends.vertical_ends(place, own_end, End(side=side), is_source=leaves)[0]
            street = Segment(COLUMN_STREET, column + 1)
            segments = [Segment(COLUMN, column, end.dx), Segment(ROW_STREET, end.street), street]
            candidate = self._candidate(end.dock, segments, at_border, steps=1)
            return candidate if leaves else reversed_candidate(candidate)
        across = Segment(ROW, self.row[box])
        if leaves:
            segments = [across, Segment(COLUMN_STREET, column + 1)]
            return self._candidate(Dock(box, RIGHT_SIDE), segments, at_border, steps=1)
        return self._candidate(at_border, [Segment(COLUMN_STREET, column), across], Dock(box, LEFT_SIDE), steps=1)

    def _candidate(
        self,
        source: Dock,
        segments: list[Segment],
        target: Dock,
        *,
        steps: float,
        down: list[tuple[int, int, int, int]] | None = None,
        extra: float = 0.0,
    ) -> Candidate:
        cost = COST_OF_BEND * (len(segments) - 1) + COST_OF_STEP * steps + extra
        if source.side == RIGHT_SIDE:
            cost += self.ground.cost_of_right_door(source.box)
        return Candidate(Route(source, tuple(segments), target), (), tuple(down or ()), cost)
