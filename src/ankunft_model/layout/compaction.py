"""Phase 11: move everything together, first to the left, then upwards, as far as nothing comes too near to anything.

In the grid a column is as wide as its widest cell, and all others of the column stand in its middle. Here boxes, texts
and segments keep their order and their distances, but share columns and rows only where that costs no room. The rows
of a band also keep their order where nothing lies above each other.

Why nothing can get onto anything: of two things with a common height, the one on the left stays on the left while
things move sideways, and what has no common height cannot meet. Both ends of a horizontal segment are such things, and
so is every vertical segment; hence a line crosses afterwards what it crossed before. Likewise upwards.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, product

from ankunft_model.layout.cells import CELL_MARGIN
from ankunft_model.layout.coordinates import (
    BORDER_STREET_MARGIN,
    BORDER_STREET_MIN,
    COLUMN_STREET_MIN,
    GUTTER_MIN,
    OUTER_STREET_MIN,
    ROW_STREET_MIN,
    STREET_MARGIN,
    TRACK_PITCH,
    CoordinatedScope,
    least_band_height,
)
from ankunft_model.layout.moving_groups import BORDER, MovingGroups
from ankunft_model.layout.separate_groups import MOST_GROUPS, anchored_groups
from ankunft_model.layout.tightening import FAR, Demand, facing_pairs, farthest_moves

ACROSS = (
    (COLUMN_STREET_MIN + 2 * CELL_MARGIN, 12, STREET_MARGIN + CELL_MARGIN, OUTER_STREET_MIN + CELL_MARGIN),
    (12, 12, 8, 8),
    (STREET_MARGIN + CELL_MARGIN, 8, TRACK_PITCH, OUTER_STREET_MIN),
    (OUTER_STREET_MIN + CELL_MARGIN, 8, OUTER_STREET_MIN, 0),
)
"""How far things keep apart from left to right, by their kinds, unless the grid has them nearer."""
DOWN = (
    (ROW_STREET_MIN + 2 * CELL_MARGIN, 12, STREET_MARGIN + CELL_MARGIN, BORDER_STREET_MIN + CELL_MARGIN),
    (12, 8, 8, 12),
    (STREET_MARGIN + CELL_MARGIN, 8, TRACK_PITCH, BORDER_STREET_MARGIN),
    (BORDER_STREET_MIN + CELL_MARGIN, 12, BORDER_STREET_MARGIN, 0),
)
"""The same from top to bottom."""
NEAR = (13, 4, 7)
"""Nothing moves up beside something else if they would stand nearer to each other than the sum of these, by kinds."""
DISTANCE_OF_GROUPS = 40
"""Between the members of one group and of the next, for their frames."""
LEAST_PROGRESS = 20
"""So far to the right a flow or message leads at least, from middle to middle, unless it leads straight down."""


def tighten(coordinated: CoordinatedScope) -> CoordinatedScope:
    """Return the scope in as little room as its order allows.

    Postcondition: nothing overlaps that did not before; lines have the bends and crossings they had, or fewer; flows
    that lead to the right still do; columns and rows stay straight unless that would make the drawing larger; nothing
    has moved to the right or downwards, except data and notes towards what they are tied to.
    """
    narrow = _Axis(coordinated, is_across=True).tightened()
    return _Axis(narrow, is_across=False).tightened()


class _Axis:
    """One direction of movement."""

    def __init__(self, coordinated: CoordinatedScope, *, is_across: bool) -> None:
        self.coordinated = coordinated
        self.is_across = is_across
        self.groups = MovingGroups(coordinated, is_across=is_across)
        self.scope = self.groups.scope

    def tightened(self) -> CoordinatedScope:
        """Return the scope after the movement."""
        groups = self.groups
        demands = self._demands()
        begin = {fence: groups.cells[places[0]] for fence, places in groups.fences.items()}
        for item in groups.items:
            begin[item.group] = min(item.low, begin.get(item.group, FAR))
        order = sorted(begin, key=lambda group: (begin[group], group != groups.edge, group == groups.end, group))
        place_of_line = {number: groups.cells[place] for place, number in enumerate(groups.numbers)}
        lines = self._line_of_group()
        loyal = self._beginnings(lines)
        move = farthest_moves(demands, order, lines, place_of_line, loyal, groups.edge, groups.end)
        self._centre_free_segments(move, demands, order)
        if not self.is_across:
            self._lower_artefacts(move, demands)
            self._centre_bands(move, demands, begin)
        return self._moved(move)

    def _demands(self) -> list[Demand]:
        """Return what keeps groups apart."""
        items = self.groups.items
        distances = ACROSS if self.is_across else DOWN
        clearance = 0 if self.is_across else self.scope.clearance
        demands: list[Demand] = []
        for one, two in facing_pairs(items):
            _, high, _, _, kind, group = items[one]
            low, _, _, _, other_kind, other = items[two]
            room = low - high
            if room < 0:  # does not happen; if it did, both would keep their places
                demands += [(group, other, 0), (other, group, 0)]
                continue
            if other_kind == BORDER:
                if kind == BORDER:
                    continue
                room -= max(distances[kind][other_kind], clearance)
            else:
                room -= distances[kind][other_kind]
            demands.append((group, other, room if room > 0 else 0))
        demands += self._fence_demands()
        if self.is_across:
            return demands + self._progress_demands() + self._group_demands()
        near = [
            (low, high, start - NEAR[kind], stop + NEAR[kind], kind, group)
            for low, high, start, stop, kind, group in items
            if kind != BORDER
        ]
        for one, two in facing_pairs(near):
            _, high, _, _, kind, group = near[one]
            low, _, _, _, other_kind, other = near[two]
            if low >= high:
                room = low - high - distances[kind][other_kind]
                demands.append((group, other, room if room > 0 else 0))
        return demands + self._border_demands()

    def _fence_demands(self) -> list[Demand]:
        """What has an order across all that lies between stays in it."""
        groups, demands = self.groups, list[Demand]()
        before: int | None = None
        for fence, places in groups.fences.items():
            for place in places:
                group = groups.group_of_box(place)
                demands.append((group, fence, 0))
                if before is not None and groups.stack(before) == groups.stack(fence):
                    room = groups.cells[place] - groups.cells[groups.fences[before][0]]
                    demands.append((before, group, max(0, room - groups.step(before))))
            before = fence
        return demands

    def _progress_demands(self) -> list[Demand]:
        """Flows and messages that lead to the right still do."""
        groups, demands = self.groups, list[Demand]()
        backward = frozenset(groups.gridded.columned.acyclic.backward)
        for place, line in enumerate(self.scope.lines):
            source, target = line.source.box, line.target.box
            if source is None or target is None or line.line.kind == "association" or place in backward:
                continue
            one, two = groups.group_of_box(source), groups.group_of_box(target)
            room = groups.cells[target] - groups.cells[source]
            if one != two and room >= 0:
                demands.append((one, two, max(0, room - LEAST_PROGRESS)))
        return demands

    def _group_demands(self) -> list[Demand]:
        """Groups that lie beside each other still do, with room for their frames."""
        groups, reserved, demands = self.groups, self.coordinated.reserved, list[Demand]()
        acyclic = groups.gridded.columned.acyclic
        left = {box: groups.cells[box] - extent.left for box, extent in reserved.extents.items()}
        right = {box: groups.cells[box] + extent.right for box, extent in reserved.extents.items()}
        for one, other in permutations(anchored_groups(acyclic)[:MOST_GROUPS], 2):
            if max(right[box] for box in one) >= min(left[box] for box in other):
                continue
            for first, second in product(sorted(one), sorted(other)):
                before, behind = groups.group_of_box(first), groups.group_of_box(second)
                if before != behind:
                    room = left[second] - right[first] - DISTANCE_OF_GROUPS
                    demands.append((before, behind, max(0, room)))
        return demands

    def _border_demands(self) -> list[Demand]:
        """Bands are as high as their names, pools keep apart, and the outermost borders stay at the ends."""
        border_y, border = self.coordinated.border_y, self.groups.border
        edge, end = self.groups.edge, self.groups.end
        first, last = self.groups.ends()
        rows = sorted(border_y)
        if not rows:
            return [(edge, end, max(0, last - first))]
        demands = [
            (edge, border[rows[0]], border_y[rows[0]] - first if rows[0] else 0),
            (border[rows[-1]], end, 0),
        ]
        for upper, lower in pairwise(rows):
            room = border_y[lower] - border_y[upper]
            demands.append((border[upper], border[lower], max(0, room - GUTTER_MIN)))
        for band in self.scope.bands:
            upper, lower = self.groups.gridded.band_rows[band.id]
            room = border_y[lower] - border_y[upper]
            demands.append((border[upper], border[lower], max(0, room - least_band_height(band))))
        return demands

    def _line_of_group(self) -> dict[int, int]:
        """Return the column or row of each group; one with a container, which may be much larger, has none."""
        groups, found = self.groups, dict[int, int]()
        large = {groups.group(place) for place, box in enumerate(self.scope.boxes) if box.kind == "container"}
        for place, number in enumerate(groups.numbers):
            group = groups.group_of_box(place)
            if group not in large:
                found[group] = min(number, found.get(group, FAR))
        return found

    def _beginnings(self, groups_in_lines: Collection[int]) -> set[int]:
        """Return the groups, while things move to the left, to which no line leads from the left."""
        if not self.is_across:
            return set()
        groups, found = self.groups, set(groups_in_lines)
        for line in self.scope.lines:
            if line.source.box is not None and line.target.box is not None:
                left, right = sorted((line.source.box, line.target.box), key=lambda box: groups.cells[box])
                if groups.cells[left] < groups.cells[right]:
                    found.discard(groups.group_of_box(right))
        return found

    def _centre_free_segments(self, move: dict[int, int], demands: Sequence[Demand], order: Sequence[int]) -> None:
        """Move segments that end at no box back into the middle of the room they have, as they lay in the grid."""
        before: dict[int, list[Demand]] = {group: [] for group in order if group >= self.groups.first_free}
        behind: dict[int, list[Demand]] = {group: [] for group in before}
        for demand in demands:
            first, second, _ = demand
            if second in before:
                before[second].append(demand)
            if first in behind:
                behind[first].append(demand)
        for group in before:
            if not before[group] or not behind[group]:
                continue
            most, above = min((move[first] + slack, move[first]) for first, _, slack in before[group])
            least, below = max((move[second] - slack, move[second]) for _, second, slack in behind[group])
            move[group] = max(0, least, min(most, (above + below) // 2))

    def _lower_artefacts(self, move: dict[int, int], demands: Sequence[Demand]) -> None:
        """Bring data and notes that are tied to what lies below them back near to it."""
        groups = self.groups
        cells = groups.cells
        is_above: dict[int, bool] = {}
        for line in self.scope.lines:
            for here, there in ((line.source.box, line.target.box), (line.target.box, line.source.box)):
                if here is not None and self.scope.boxes[here].kind in ("data", "annotation"):
                    below = there is not None and cells[there] > cells[here]
                    is_above[here] = is_above.get(here, True) and below
        room = {groups.group_of_box(box): FAR for box, is_it in is_above.items() if is_it}
        for place in range(len(self.scope.boxes)):  # what moves with other boxes stays
            group = groups.group_of_box(place)
            if group in room and not is_above.get(place):
                del room[group]
        for first, second, slack in demands:
            if first in room:
                room[first] = min(room[first], move[first] + slack - move[second])
        for group, down in room.items():
            move[group] -= down if down < FAR else 0

    def _centre_bands(self, move: dict[int, int], demands: Sequence[Demand], begin: Mapping[int, int]) -> None:
        """Move the content of bands that are higher than it, for their names, down into their middle."""
        border_y, border = self.coordinated.border_y, self.groups.border
        borders = frozenset(border.values())
        room: dict[int, int] = {}
        for first, second, slack in demands:
            if first not in borders:
                room[second] = min(room.get(second, FAR), move[first] + slack - move[second])
        order = sorted((low, group) for group, low in begin.items())
        for upper, lower in pairwise(sorted(border_y)):
            shift = room.get(border[lower], 0) // 2
            if 0 < shift < FAR // 2:
                first, last = bisect_right(order, (border_y[upper], FAR)), bisect_left(order, (border_y[lower], -1))
                for _, group in order[first:last]:
                    move[group] -= min(shift, move[group])

    def _moved(self, move: Mapping[int, int]) -> CoordinatedScope:
        coordinated, groups = self.coordinated, self.groups
        levels: dict[int, tuple[int, ...]] = {}
        nodes = groups.node_of_segment
        for line, old in coordinated.levels.items():
            levels[line] = tuple(
                level - move[groups.group(nodes[line, index])] if (line, index) in nodes else level
                for index, level in enumerate(old)
            )
        cells = tuple(cell - move[groups.group_of_box(place)] for place, cell in enumerate(groups.cells))
        if self.is_across:
            return replace(coordinated, cell_x=cells, levels=levels, right=coordinated.right - move[groups.end])
        border_y = {row: y - move[groups.border[row]] for row, y in coordinated.border_y.items()}
        bottom = coordinated.bottom - move[groups.end]
        return replace(coordinated, cell_y=cells, levels=levels, border_y=border_y, bottom=bottom)
