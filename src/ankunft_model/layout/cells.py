"""Phase 9: reserve room in the cells: for boxes, for events on their borders, and for every text.

A text stands in the cell of its box or of an end of its line. No foreign line enters that cell, so nothing can touch
the text, wherever the cell will lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ankunft_model.layout.geometry import Bounds
from ankunft_model.layout.routes import LEFT_SIDE, LOWER_SIDE, RIGHT_SIDE, UPPER_SIDE, Dock, Route
from ankunft_model.layout.scopes import BOTTOM, TOP, Scope, ScopeLine
from ankunft_model.layout.sizes import BOUNDARY_LABEL_GAP, SizedScope, text_beside
from ankunft_model.layout.text_metrics import TextBlock
from ankunft_model.layout.tracks import TrackedScope

LABEL_GAP = 5
"""Distance between a text and what it stands beside."""
CELL_MARGIN = 6
"""Room around everything in a cell."""
MAX_LABELS_PER_SIDE = 3
"""Where more lines end on one side of a box, their texts rather stand at the other end."""
TEXT_OUTSIDE = ("event", "gateway", "data")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a cell reaches from its middle to the left, right, top and bottom; pixels, all positive."""

    left: int
    right: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class ReservedScope:
    """A scope whose cells have extents.

    Attributes:
        tracked: The scope with tracks.
        extents: The extent of the cell of each box that stands in one.
        box_labels: For each box with text beside it, the text's rectangle, from the middle of the cell.
        line_labels: For each line with text, the box in whose cell the text stands, and its rectangle there.
        border_labels: For lines between borders of bands, the size of the text.
    """

    tracked: TrackedScope
    extents: Mapping[int, Extent]
    box_labels: Mapping[int, Bounds]
    line_labels: Mapping[int, tuple[int, Bounds]]
    border_labels: Mapping[int, TextBlock]


@dataclass(slots=True)
class _Visit:
    """A line that ends at the cell: its place, its dock, and its text if that is to stand here."""

    line: int
    dock: Dock
    text: TextBlock | None = None


@dataclass(slots=True)
class _Cell:
    """All that is to find room in one cell."""

    box: int
    visits: list[_Visit] = field(default_factory=list[_Visit])
    guests: list[int] = field(default_factory=list[int])


def reserve_cells(tracked: TrackedScope) -> ReservedScope:
    """Return the extents of all cells and the places of all texts in them.

    Postcondition: in each cell, the rectangles of texts overlap neither each other, nor the box, nor a line.
    """
    gridded = tracked.routed.gridded
    acyclic = gridded.columned.acyclic
    sized = acyclic.sized
    cells: dict[int, _Cell] = {place: _Cell(place) for place, anchor in enumerate(acyclic.anchor) if place == anchor}
    for place, anchor in enumerate(acyclic.anchor):
        if place != anchor:
            cells[anchor].guests.append(place)
    border_labels = _settle_line_labels(tracked, cells)
    extents: dict[int, Extent] = {}
    box_labels: dict[int, Bounds] = {}
    line_labels: dict[int, tuple[int, Bounds]] = {}
    for cell in cells.values():
        furnished = _Furnishing(sized, cell)
        furnished.furnish()
        extents[cell.box] = furnished.extent()
        box_labels.update(furnished.box_labels)
        line_labels.update((line, (cell.box, bounds)) for line, bounds in furnished.line_labels.items())
    return ReservedScope(
        tracked, extents, dict(sorted(box_labels.items())), dict(sorted(line_labels.items())), border_labels
    )


def _settle_line_labels(tracked: TrackedScope, cells: dict[int, _Cell]) -> dict[int, TextBlock]:
    """Enter each line at its cells, and its text at one of them; return the texts that have no cell.

    A text stands where its line begins, unless several lines begin together there: then where it ends, if it ends
    alone.
    """
    acyclic = tracked.routed.gridded.columned.acyclic
    lines = acyclic.sized.scope.lines
    routes = tracked.routed.routes
    users: dict[tuple[int, str, int], int] = {}
    crowd: dict[tuple[int, str], int] = {}
    for route in routes.values():
        for dock in (route.source, route.target):
            if dock.box is not None:
                key = (dock.box, dock.side, dock.dx)
                users[key] = users.get(key, 0) + 1
                crowd[key[:2]] = crowd.get(key[:2], 0) + 1
    border_labels: dict[int, TextBlock] = {}
    for place, route in routes.items():
        text = _text_of(acyclic.sized.scope, lines[place])
        at = None if text is None else _label_end(route, users, crowd)
        for dock in (route.source, route.target):
            if dock.box is not None:
                cell = cells[acyclic.anchor[dock.box]]
                cell.visits.append(_Visit(place, dock, text if dock is at else None))
        if text is not None and at is None:
            border_labels[place] = text
    return border_labels


def _text_of(scope: Scope, line: ScopeLine) -> TextBlock | None:
    if not line.carries_label or not line.line.label.strip():
        return None
    return text_beside(scope, line.line.label)


def _label_end(
    route: Route, users: Mapping[tuple[int, str, int], int], crowd: Mapping[tuple[int, str], int]
) -> Dock | None:
    """Return the end beside which a line's text stands."""

    def rank(dock: Dock) -> tuple[int, int]:
        """Return how badly a text would stand here: alone best, then in a row beside the box, then in a crowd."""
        box = dock.box or 0
        is_sideways = dock.side in (LEFT_SIDE, RIGHT_SIDE)
        in_crowd = crowd[box, dock.side]
        if users[box, dock.side, dock.dx] == 1 and (is_sideways or in_crowd <= MAX_LABELS_PER_SIDE):
            return 0, 0
        return (1, 0) if is_sideways else (2, in_crowd)

    return min((dock for dock in (route.source, route.target) if dock.box is not None), key=rank, default=None)


class _Furnishing:
    """Puts texts into one cell; coordinates count from the middle of the cell."""

    def __init__(self, sized: SizedScope, cell: _Cell) -> None:
        self.sized = sized
        self.cell = cell
        self.half_width = sized.widths[cell.box] // 2
        self.half_height = sized.heights[cell.box] // 2
        self.box_labels: dict[int, Bounds] = {}
        self.line_labels: dict[int, Bounds] = {}
        self.taken = [Bounds(-self.half_width, -self.half_height, 2 * self.half_width, 2 * self.half_height)]
        self.reach_of_docks = max((abs(visit.dock.dx) for visit in cell.visits), default=0)

    def furnish(self) -> None:
        """Put everything into its place."""
        self._fill_side(RIGHT_SIDE)
        self._fill_side(LEFT_SIDE)
        if self.cell.guests:
            self._fill_below_guests()
        label_side = self._side_of_box_label()
        for side in (TOP, BOTTOM):
            self._fill_stack(side, has_box_label=side == label_side)

    def extent(self) -> Extent:
        """Return how far the contents reach."""
        taken = self.taken
        return Extent(
            left=max(self.reach_of_docks, -min([area.x for area in taken])) + CELL_MARGIN,
            right=max(self.reach_of_docks, max([area.x + area.width for area in taken])) + CELL_MARGIN,
            up=CELL_MARGIN - min([area.y for area in taken]),
            down=max([area.y + area.height for area in taken]) + CELL_MARGIN,
        )

    def _fill_side(self, side: str) -> None:
        """Put texts above the line that leaves or enters sideways, side by side."""
        x = self.half_width + LABEL_GAP
        for visit in self.cell.visits:
            if visit.dock.side == side and visit.text is not None and not self._is_guest(visit.dock):
                text = visit.text
                left = x if side == RIGHT_SIDE else -x - text.width
                self._take_line_label(visit.line, Bounds(left, -LABEL_GAP - text.height, text.width, text.height))
                x += text.width + LABEL_GAP

    def _fill_below_guests(self) -> None:
        """Put events on the lower border, and right below them their texts and those of their lines.

        The texts of the first event stand left of its line, below the host, if no line ends there: so what the event
        leads to has room on the other side.
        """
        scope = self.sized.scope
        has_room_left = not any(
            visit.dock.side == LOWER_SIDE and (not self._is_guest(visit.dock) or visit.dock.dx not in self._exits())
            for visit in self.cell.visits
        )
        first = min(self.cell.guests, key=lambda guest: self.sized.boundary_dx[guest])
        for guest in self.cell.guests:
            dx, radius = self.sized.boundary_dx[guest], self.sized.heights[guest] // 2
            width = self.sized.widths[guest]
            self.taken.append(Bounds(dx - width // 2, self.half_height - radius, width, 2 * radius))
            y = self.half_height + radius + 2
            is_left = guest == first and has_room_left

            def below(text: TextBlock, y: int, *, dx: int = dx, is_left: bool = is_left) -> Bounds:
                x = dx - BOUNDARY_LABEL_GAP - text.width if is_left else dx + BOUNDARY_LABEL_GAP
                return Bounds(x, y, text.width, text.height)

            text = text_beside(scope, scope.boxes[guest].label)
            if text.lines:
                self.box_labels[guest] = below(text, y)
                self.taken.append(self.box_labels[guest])
                y += text.height + 2
            for visit in self.cell.visits:
                if visit.dock.box == guest and visit.text is not None:
                    self._take_line_label(visit.line, below(visit.text, y))
                    y += visit.text.height + 2

    def _exits(self) -> set[int]:
        """Return where the lines leave that begin at events on the border."""
        return {self.sized.boundary_dx[guest] for guest in self.cell.guests}

    def _side_of_box_label(self) -> int:
        """Return the side on which the box's own text stands: where no line is, for gateways rather above."""
        box = self.sized.scope.boxes[self.cell.box]
        if box.kind not in TEXT_OUTSIDE or not box.label.strip():
            return 0
        busy = {visit.dock.side for visit in self.cell.visits}
        first, second = (TOP, BOTTOM) if box.kind == "gateway" else (BOTTOM, TOP)
        names = {TOP: UPPER_SIDE, BOTTOM: LOWER_SIDE}
        return second if names[first] in busy and names[second] not in busy else first

    def _fill_stack(self, side: int, *, has_box_label: bool) -> None:
        """Put the text of the box, then those of lines that end above or below, where no line runs."""
        name = UPPER_SIDE if side == TOP else LOWER_SIDE
        visits = [visit for visit in self.cell.visits if visit.dock.side == name and not self._is_guest(visit.dock)]
        base = self.half_height + LABEL_GAP
        docks = sorted({visit.dock.dx for visit in visits})
        gaps = self._gaps_between(docks, side)
        if has_box_label:
            text = text_beside(self.sized.scope, self.sized.scope.boxes[self.cell.box].label)
            if docks:
                left = Bounds(gaps[0][1] - text.width, 0, text.width, text.height)
                beside = self._at_level(left, side, base), self._in_gap(text, docks[-1], gaps, side, base)
                bounds = min(beside, key=lambda bounds: abs(bounds.y))
            else:
                bounds = self._at_level(Bounds(-text.width // 2, 0, text.width, text.height), side, base)
            self.box_labels[self.cell.box] = bounds
            self.taken.append(bounds)
        for visit in sorted(visits, key=lambda visit: (-visit.dock.dx, visit.line)):
            if visit.text is not None:
                bounds = self._in_gap(visit.text, visit.dock.dx, gaps, side, base)
                self._take_line_label(visit.line, bounds)

    def _gaps_between(self, docks: list[int], side: int) -> list[tuple[int, int]]:
        """Return the stretches beside and between lines that run up or down, from left to right."""
        far = 10**9
        right_end = far
        if side == BOTTOM and self.cell.guests:
            right_end = min(self.sized.boundary_dx[guest] - self.sized.widths[guest] // 2 for guest in self.cell.guests)
        edges = [-far, *docks, right_end]
        return [(left + LABEL_GAP, right - LABEL_GAP) for left, right in pairwise(edges)]

    def _in_gap(self, text: TextBlock, dx: int, gaps: list[tuple[int, int]], side: int, base: int) -> Bounds:
        """Return a rectangle for `text` in the nearest gap that is wide enough, rather right of `dx` than left."""
        places: list[tuple[int, int]] = []
        for left, right in gaps:
            if right - left >= text.width:
                x = left if left > dx else right - text.width
                places.append((abs(x - dx) if x > dx else abs(x + text.width - dx) + 1, x))
        _, x = min(places)
        return self._at_level(Bounds(x, 0, text.width, text.height), side, base)

    def _at_level(self, bounds: Bounds, side: int, base: int) -> Bounds:
        """Return `bounds` as near to the box as other texts allow."""
        level = base
        while True:
            y = level if side == BOTTOM else -level - bounds.height
            tried = Bounds(bounds.x, y, bounds.width, bounds.height)
            in_the_way = [other for other in self.taken[1:] if other.overlaps(tried, by=-2)]
            if not in_the_way:
                return tried
            level = max(other.bottom if side == BOTTOM else -other.y for other in in_the_way) + 3

    def _is_guest(self, dock: Dock) -> bool:
        return dock.box != self.cell.box

    def _take_line_label(self, line: int, bounds: Bounds) -> None:
        self.line_labels[line] = bounds
        self.taken.append(bounds)
