"""The things that move in one direction, and which of them move together (part of phase 11)."""

from __future__ import annotations

from collections.abc import Sequence

from ankunft_model.layout.coordinates import CoordinatedScope
from ankunft_model.layout.routes import RIGHT_SIDE, UPPER_SIDE, Dock
from ankunft_model.layout.tightening import FAR, Item

BOX, TEXT, SEGMENT, BORDER = range(4)
"""The kinds of things."""

_Run = tuple[int, int, int, int]
"""Its level, where it begins and ends, and its node."""


class MovingGroups:
    """The things of a scope while they move across (to the left) or down (upwards).

    A node is what has a place of its own: a box with all that hangs on it, a border of bands, a segment across the
    movement. Nodes that must move alike are joined to a group, which is known by its smallest node.

    Attributes:
        cells: The places of the cells of all boxes along the movement.
        edge: The group that stays.
        end: The group behind all others.
        border: The nodes of border rows; they move upwards only.
        fences: Nodes that keep boxes in order, each with the boxes right before it, in their order.
        first_free: Nodes from here on are segments that end at no box.
        node_of_segment: By line and number of the segment.
        items: All that must not touch each other.
    """

    def __init__(self, coordinated: CoordinatedScope, *, is_across: bool) -> None:
        self.coordinated = coordinated
        self.is_across = is_across
        self.routed = coordinated.reserved.tracked.routed
        self.gridded = self.routed.gridded
        acyclic = self.gridded.columned.acyclic
        self.anchor = acyclic.anchor
        self.sized = acyclic.sized
        self.scope = self.sized.scope
        self.cells = coordinated.cell_x if is_across else coordinated.cell_y
        self.numbers = self.gridded.columned.column if is_across else self.gridded.row
        self._joined = list(range(len(self.scope.boxes)))
        self._hosts = frozenset(box.host for box in self.scope.boxes if box.host is not None)
        self.edge, self.end = self._new_node(), self._new_node()
        self.border = {} if is_across else {row: self._new_node() for row in coordinated.border_y}
        self.fences = self._fences()
        self.first_free = len(self._joined)
        self.node_of_segment: dict[tuple[int, int], int] = {}
        segments = self._segments()
        self._group_of_box = [self.group(anchor) for anchor in self.anchor]
        self.items = self._items(segments)

    def group_of_box(self, box: int) -> int:
        """Return the group of a box; an event on a host has that of the host."""
        return self._group_of_box[box]

    def _new_node(self) -> int:
        self._joined.append(len(self._joined))
        return len(self._joined) - 1

    def group(self, node: int) -> int:
        """Return the group of a node."""
        joined = self._joined
        while joined[node] != node:
            joined[node] = node = joined[joined[node]]
        return node

    def _join(self, node: int, other: int) -> None:
        one, two = self.group(node), self.group(other)
        self._joined[max(one, two)] = min(one, two)

    def _segments(self) -> list[_Run]:
        """Return the segments that lie across the movement; those that lie on each other are joined."""
        found: list[_Run] = []
        for line, route in self.routed.routes.items():
            levels = self.coordinated.levels[line]
            last = len(levels) - 1
            for index, segment in enumerate(route.segments):
                if segment.is_horizontal == self.is_across:
                    continue
                begin = levels[index - 1] if index else self._dock_level(route.source)
                end = levels[index + 1] if index < last else self._dock_level(route.target)
                first = route.source.box if index == 0 else None
                second = route.target.box if index == last else None
                if first is None:
                    node = self._new_node() if second is None else self.anchor[second]
                else:
                    node = self.anchor[first]
                    if second is not None:
                        self._join(node, self.anchor[second])
                self.node_of_segment[line, index] = node
                level = levels[index]
                found.append((level, begin, end, node) if begin < end else (level, end, begin, node))
        found.sort()
        reached: _Run = (-FAR, 0, 0, 0)
        for run in found:
            level, low, high, node = run
            if level == reached[0] and low <= reached[2]:
                self._join(reached[3], node)
                reached = (level, low, max(high, reached[2]), node)
            else:
                reached = run
        return found

    def _dock_level(self, dock: Dock) -> int:
        """Return where a segment begins or ends."""
        coordinated, sized = self.coordinated, self.sized
        if dock.box is None:
            if self.scope.container is None:
                return coordinated.border_y[dock.border_row]
            return coordinated.top if dock.border_row == 0 else coordinated.bottom
        if not self.is_across:
            half = sized.widths[dock.box] // 2
            return coordinated.cell_x[dock.box] + (half if dock.side == RIGHT_SIDE else -half)
        half = sized.heights[dock.box] // 2
        host = self.scope.boxes[dock.box].host
        y = coordinated.cell_y[dock.box] + (0 if host is None else sized.heights[host] // 2)
        return y - half if dock.side == UPPER_SIDE else y + half

    def _items(self, segments: Sequence[_Run]) -> list[Item]:
        """Return all that must not touch each other."""
        coordinated, sized = self.coordinated, self.sized
        reserved = coordinated.reserved
        rectangles: list[tuple[int, int, int, int, int, int]] = []
        for place, box in enumerate(self.scope.boxes):
            width, height = sized.widths[place], sized.heights[place]
            dx, dy = (0, 0) if box.host is None else (sized.boundary_dx[place], sized.heights[box.host] // 2)
            rectangles.append((place, dx - width // 2, dy - height // 2, width, height, BOX))
        texts = [*reserved.box_labels.items(), *reserved.line_labels.values()]
        rectangles += [(place, area.x, area.y, area.width, area.height, TEXT) for place, area in texts]
        first, last = self.ends()
        items = [Item(first, first, -FAR, FAR, BORDER, self.edge)]
        for place, dx, dy, width, height, kind in rectangles:
            x, y, group = coordinated.cell_x[place] + dx, coordinated.cell_y[place] + dy, self._group_of_box[place]
            if self.is_across:
                items.append(Item(x, x + width, y, y + height, kind, group))
            else:
                items.append(Item(y, y + height, x, x + width, kind, group))
        items += [
            Item(level, level, low - 1, high + 1, SEGMENT, self.group(node)) for level, low, high, node in segments
        ]
        for row, node in self.border.items():
            y = coordinated.border_y[row]
            items.append(Item(y, y, -FAR, FAR, BORDER, node))
        items.append(Item(last, last, -FAR, FAR, BORDER, self.end))
        return items

    def ends(self) -> tuple[int, int]:
        """Return where the content begins and ends along the movement."""
        coordinated = self.coordinated
        return (coordinated.left, coordinated.right) if self.is_across else (coordinated.top, coordinated.bottom)

    def stack(self, fence: int) -> str | None:
        """Return what a fence keeps in order: while things move upwards the band of its boxes, else everything."""
        return None if self.is_across else self.scope.boxes[self.fences[fence][0]].band

    def step(self, fence: int) -> int:
        """Return how far the next level lies below the boxes of a fence at least.

        In an earlier drawing that is as far as the events on their border; else rows may come level, which saves room.
        """
        if self.is_across or not self.scope.sketch:
            return 0
        return max((self.sized.heights[place] // 2 for place in self.fences[fence] if place in self._hosts), default=0)

    def _fences(self) -> dict[int, list[int]]:
        """Return a fence behind each level of an earlier drawing; without one behind each row, if things move upwards.

        So what lies in a higher row of a band never comes to lie lower than what lies in a lower one, which a small
        change elsewhere could turn round. Containers, which may be as high as many rows, stand beside all rows, and
        data and notes go with what they are tied to.
        """
        sketch = self.scope.sketch
        own = [place for place in range(len(self.scope.boxes)) if self.anchor[place] == place]
        level: dict[tuple[int, int], list[int]] = {}
        for place in own:
            box = self.scope.boxes[place]
            if box.id in sketch:
                middle = sketch[box.id].centre
                level.setdefault((self.numbers[place], middle.x if self.is_across else middle.y), []).append(place)
        if not level and not self.is_across:
            for place in own:
                if self.scope.boxes[place].kind in ("activity", "event", "gateway"):
                    level.setdefault((self.numbers[place], 0), []).append(place)
        return {self._new_node(): level[key] for key in sorted(level)}
