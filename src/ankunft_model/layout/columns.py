"""Phase 4: give every box a column; all bands share the columns, so time runs from left to right everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from ankunft_model.layout.cycles import AcyclicScope
from ankunft_model.layout.message_columns import spread_messages
from ankunft_model.layout.network_simplex import RankEdge, improve_ranks
from ankunft_model.layout.scopes import bands_in_reading_order
from ankunft_model.layout.separate_groups import anchored_groups, groups_in_order
from ankunft_model.layout.topological_order import TopologicalOrder

BALANCING_PASSES = 6
"""So often the boxes are moved towards their neighbours, alternately from right to left and back."""
WEIGHT_OF_FLOW = 4
WEIGHT_OF_MESSAGE = 5
"""A message that is not straight bends; a flow only becomes longer."""
WIDTH_OF_FIRST_COLUMN = 140
"""A container up to this width takes one column …"""
WIDTH_OF_COLUMN = 150
"""… and one more for each such width more."""
MOST_NOTES_BESIDE = 6
"""So many notes to the inside of a container stand side by side, even if the container is not as wide."""
LOOSE_BOXES_PER_ROW = 8
"""So many boxes without any line stand side by side."""


@dataclass(frozen=True, slots=True)
class ColumnedScope:
    """A scope with the column of each box, counted from 0 without gaps; an event has the column of its host."""

    acyclic: AcyclicScope
    column: tuple[int, ...]
    column_count: int


def assign_columns(acyclic: AcyclicScope) -> ColumnedScope:
    """Return the columns: longest path from the starts, then each box is drawn towards its neighbours.

    A message may stay in its column but not run to the left, unless it would close a circle with the flows.
    Boxes without flows and messages (data, annotations) stand in the column of the first box they are tied to.

    Postcondition: every forward flow leads to a column further right, unless it stays at one host.
    """
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    count = len(scope.boxes)
    edges: list[tuple[int, int, int, int]] = []
    for place in acyclic.forward:
        line = scope.lines[place]
        source, target = anchor[line.source.box or 0], anchor[line.target.box or 0]
        edges.append((source, target, _columns_taken(acyclic, source), WEIGHT_OF_FLOW))
    order = TopologicalOrder(count, [(source, target) for source, target, _, _ in edges])
    for line in scope.lines:
        if line.line.kind == "message" and line.source.box is not None and line.target.box is not None:
            source, target = anchor[line.source.box], anchor[line.target.box]
            if source != target and order.insert(source, target):
                edges.append((source, target, 0, WEIGHT_OF_MESSAGE))
    tied = {place for source, target, _, _ in edges for place in (source, target)}
    groups = [group & tied for group in anchored_groups(acyclic)]
    for first, second in groups_in_order(groups, [(source, target) for source, target, _, _ in edges]):
        for source, target in product(sorted(first), sorted(second)):
            order.insert(source, target)
            edges.append((source, target, _columns_taken(acyclic, source), 0))
    balanced = _balanced_columns(count, edges, order.sequence())
    rank_edges = [RankEdge(*edge) for edge in edges if edge[0] != edge[1]]
    column = spread_messages(acyclic, rank_edges, improve_ranks(balanced, rank_edges))
    _place_untied(acyclic, tied, column)
    for place in range(count):
        column[place] = column[anchor[place]]
    used = {number: place for place, number in enumerate(sorted(set(column)))}
    return ColumnedScope(acyclic, tuple(used[number] for number in column), len(used))


def _columns_taken(acyclic: AcyclicScope, box: int) -> int:
    """Return how many columns lie above and below a box: for a container so many as have room beside each other."""
    if acyclic.sized.scope.boxes[box].kind != "container":
        return 1
    return 1 + max(0, acyclic.sized.widths[box] - WIDTH_OF_FIRST_COLUMN) // WIDTH_OF_COLUMN


def _balanced_columns(count: int, edges: list[tuple[int, int, int, int]], sequence: list[int]) -> list[int]:
    arriving: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    leaving: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for source, target, length, weight in edges:
        leaving[source].append((target, length, weight))
        arriving[target].append((source, length, weight))
    column = [0] * count
    for place in sequence:
        column[place] = max((column[source] + length for source, length, _ in arriving[place]), default=0)
    passes_without_change = 0
    for number in range(BALANCING_PASSES):
        before = list(column)
        for place in reversed(sequence) if number % 2 == 0 else sequence:
            wishes = [(column[source] + length, weight) for source, length, weight in arriving[place]]
            later = [(column[target] - length, weight) for target, length, weight in leaving[place]]
            if later and (wishes or number % 2 == 0):
                lowest = max(wishes)[0] if wishes else 0
                column[place] = min(max(_weighted_median(wishes + later), lowest), min(later)[0])
            elif wishes:
                column[place] = max(wishes)[0]
        passes_without_change = passes_without_change + 1 if column == before else 0
        if passes_without_change == 2:  # one in each direction: nothing would change any more
            break
    return column


def _weighted_median(wishes: list[tuple[int, int]]) -> int:
    """Return the smallest of the columns at which half of the weight is reached; sorts the wishes."""
    wishes.sort()
    if len(wishes) == 2:
        (one, weight), (other, other_weight) = wishes
        return one if weight >= other_weight else other
    half = sum([weight for _, weight in wishes]) / 2
    reached = 0
    for column, weight in wishes:
        reached += weight
        if reached >= half:
            return column
    return wishes[-1][0]


def _place_untied(acyclic: AcyclicScope, tied: set[int], column: list[int]) -> None:
    """Put boxes without flows beside what they are tied to, and those without any line in rows from the left.

    What is tied to bands only stands where no message runs to a band.
    """
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    to_bands = [
        (end.box, line.line.kind)
        for line in scope.lines
        for end, other in ((line.source, line.target), (line.target, line.source))
        if other.band is not None and end.box is not None
    ]
    busy = {column[anchor[box]] for box, kind in to_bands if kind == "message"}
    at_bands = {box for box, _ in to_bands}
    partner_of: dict[int, tuple[int, int]] = {}
    for place, line in enumerate(scope.lines):
        if line.source.box is not None and line.target.box is not None:
            source, target = anchor[line.source.box], anchor[line.target.box]
            for here, there in ((source, target), (target, source)):
                if here not in tied and here not in partner_of and there != here:
                    partner_of[here] = there, place
    offset_of = _places_beside_containers(acyclic, partner_of)
    offset_of |= _places_beside_messages(acyclic, partner_of)
    loose_in_band: dict[str | None, int] = {}
    for place, box in enumerate(scope.boxes):
        if anchor[place] != place or place in tied:
            continue
        partner, _ = partner_of.get(place, (None, 0))
        if partner is not None and (partner in tied or partner < place):
            column[place] = column[partner] + offset_of.get(place, 0)
        elif partner is None:
            number = loose_in_band.get(box.band, 0)
            while place in at_bands and number in busy:
                number += 1
            loose_in_band[box.band] = number + 1
            column[place] = number if place in at_bands else number % LOOSE_BOXES_PER_ROW


def _places_beside_messages(acyclic: AcyclicScope, partner_of: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Return 1 for notes to an event on a border below which messages leave the host: they stand in the next column.

    Right below the host such a note would be in the way of the messages, and go above the host.
    """
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    place_of = {band.id: place for place, band in enumerate(bands_in_reading_order(scope.bands))}
    leaving_down: set[int] = set()
    for line in scope.lines:
        if line.line.kind == "message":
            ends = [
                (end.box, scope.boxes[anchor[end.box]].band if end.box is not None else end.band)
                for end in (line.source, line.target)
            ]
            for (box, band), (_, other) in (ends, ends[::-1]):
                if box is not None and band is not None and other is not None and place_of[other] > place_of[band]:
                    leaving_down.add(anchor[box])
    return {
        box: 1
        for box, (partner, place) in partner_of.items()
        if partner in leaving_down
        and scope.boxes[box].kind == "annotation"
        and any(
            end.box is not None and anchor[end.box] != end.box
            for end in (scope.lines[place].source, scope.lines[place].target)
        )
    }


def _places_beside_containers(acyclic: AcyclicScope, partner_of: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Return for boxes tied to containers over which of its columns they stand.

    What is tied to the inside stands where its line passes the border, or in the nearest column where none of the
    others does; what is tied to the container itself takes a column that is left.
    """
    sized = acyclic.sized
    scope = sized.scope
    wishes: dict[int, list[tuple[bool, int, int]]] = {}
    for box, (partner, place) in partner_of.items():
        if scope.boxes[partner].kind == "container":
            line = scope.lines[place]
            side = line.source.side if line.target.box == box else line.target.side
            x = sized.ports[partner, line.line.id, side] if side else 0
            wishes.setdefault(partner, []).append((not side, x + sized.widths[partner] // 2, box))
    offset_of: dict[int, int] = {}
    for partner, boxes in wishes.items():
        inside = sum(not is_outside for is_outside, _, _ in boxes)
        free = list(range(max(min(inside, MOST_NOTES_BESIDE), _columns_taken(acyclic, partner))))
        for is_outside, x, box in sorted(boxes):
            wish = 0 if is_outside else max(0, x - WIDTH_OF_COLUMN // 2) // WIDTH_OF_COLUMN
            offset = min(free, key=lambda offset: abs(offset - wish), default=0)
            offset_of[box] = offset
            if free:
                free.remove(offset)
    return offset_of
