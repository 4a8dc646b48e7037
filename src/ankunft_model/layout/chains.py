"""Phase 5: part the boxes of each band into chains, which will lie on one row each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ankunft_model.layout.columns import ColumnedScope

SHARE_OF_DEFAULT = 2
"""The default way is the main way unless another one is more than so many times as long."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Boxes of one band from left to right; `is_artefact` for a box that no flow or message touches but a line does.

    Only boxes that stand in a cell are in chains, not events on a host.
    """

    boxes: tuple[int, ...]
    band: str | None
    is_artefact: bool


@dataclass(frozen=True, slots=True)
class ChainedScope:
    """A scope and its chains, in the order of the column and number of their first box."""

    columned: ColumnedScope
    chains: tuple[Chain, ...]


def form_chains(columned: ColumnedScope, share: int = 1) -> ChainedScope:
    """Return the chains: each box is followed by the next box of its main way, if that lies in its band.

    The longest ways choose first. Of several ways from a box the default is preferred unless it ends much sooner than
    another, then the longest way still to go, then declared order. A way that is not longer than another by more than
    `share` times counts as long as that one. Loose boxes of a band form chains as well.

    Postcondition: every box that is not on a host stands in one chain; columns grow strictly along a chain.
    """
    acyclic, column = columned.acyclic, columned.column
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    remaining = _longest_ways(columned)
    ways: list[list[tuple[bool, int, int, int]]] = [[] for _ in scope.boxes]
    for place in acyclic.forward:
        line = scope.lines[place]
        source, target = line.source.box or 0, line.target.box or 0
        is_plain = anchor[source] == source and anchor[target] == target
        if is_plain and scope.boxes[source].band == scope.boxes[target].band:
            ways[source].append((not line.line.is_default, -remaining[target], place, target))
    for source, each in enumerate(ways):
        longest = max((-way[1] for way in each), default=0)
        ways[source] = [
            (
                is_other or -negative * SHARE_OF_DEFAULT < longest,
                max(negative * share, -longest),
                place,
                target,
            )
            for is_other, negative, place, target in each
        ]
    following: dict[int, int] = {}
    preceding: dict[int, int] = {}
    for start in sorted(range(len(scope.boxes)), key=lambda place: (column[place] - remaining[place], place)):
        here = start
        while here not in following:
            free = [way for way in sorted(ways[here]) if way[-1] not in preceding]
            if not free:
                break
            following[here], preceding[free[0][-1]] = free[0][-1], here
            here = free[0][-1]
    touched = _touched_boxes(columned)
    _link_loose_boxes(columned, touched, following, preceding)
    chains: list[Chain] = []
    for place, box in enumerate(scope.boxes):
        if anchor[place] != place or place in preceding:
            continue
        members = [place]
        while members[-1] in following:
            members.append(following[members[-1]])
        is_artefact = len(members) == 1 and box.kind in ("data", "annotation") and touched.get(place) == "association"
        chains.append(Chain(tuple(members), box.band, is_artefact))
    chains.sort(key=lambda chain: (column[chain.boxes[0]], chain.boxes[0]))
    return ChainedScope(columned, tuple(chains))


def parted_at_branches(chained: ChainedScope) -> tuple[ChainedScope, list[list[int]]]:
    """Return the chains cut behind each box that several lines leave and before each at which several arrive.

    The second value has the parts of each of the given chains, from left to right.

    Postcondition: the parts of a chain have its boxes, in order; parts are in the order of `form_chains`.
    """
    acyclic, column = chained.columned.acyclic, chained.columned.column
    leaving = [0] * len(acyclic.anchor)
    arriving = [0] * len(acyclic.anchor)
    for line in acyclic.sized.scope.lines:
        for end, count in ((line.source, leaving), (line.target, arriving)):
            if end.box is not None:
                count[acyclic.anchor[end.box]] += 1
    parts: list[tuple[int, Chain]] = []
    for place, chain in enumerate(chained.chains):
        begin = 0
        for number, box in enumerate(chain.boxes):
            is_last = number == len(chain.boxes) - 1
            if is_last or leaving[box] > 1 or arriving[chain.boxes[number + 1]] > 1:
                parts.append((place, replace(chain, boxes=chain.boxes[begin : number + 1])))
                begin = number + 1
    parts.sort(key=lambda part: (column[part[1].boxes[0]], part[1].boxes[0]))
    parts_of: list[list[int]] = [[] for _ in chained.chains]
    for number, (place, _) in enumerate(parts):
        parts_of[place].append(number)
    return ChainedScope(chained.columned, tuple(part for _, part in parts)), parts_of


def _longest_ways(columned: ColumnedScope) -> list[int]:
    """Return for each box how many boxes of its own band the longest forward way from it still meets."""
    acyclic, column = columned.acyclic, columned.column
    scope, anchor = acyclic.sized.scope, acyclic.anchor
    leaving: list[list[int]] = [[] for _ in scope.boxes]
    for place in acyclic.forward:
        line = scope.lines[place]
        leaving[anchor[line.source.box or 0]].append(anchor[line.target.box or 0])
    remaining = [0] * len(scope.boxes)
    for place in sorted(range(len(scope.boxes)), key=lambda place: -column[place]):
        for target in leaving[place]:
            counted = scope.boxes[target].band == scope.boxes[place].band
            remaining[place] = max(remaining[place], remaining[target] + counted)
    return remaining


def _touched_boxes(columned: ColumnedScope) -> dict[int, str]:
    """Return the boxes at which lines end: "flow" if one orders or calls them, else "association"."""
    scope, anchor = columned.acyclic.sized.scope, columned.acyclic.anchor
    touched: dict[int, str] = {}
    for line in scope.lines:
        for end in (line.source, line.target):
            if end.box is not None:
                place = anchor[end.box]
                if line.line.kind != "association":
                    touched[place] = "flow"
                touched.setdefault(place, "association")
    return touched


def _link_loose_boxes(
    columned: ColumnedScope, touched: dict[int, str], following: dict[int, int], preceding: dict[int, int]
) -> None:
    """Let boxes without lines follow each other while their columns grow."""
    scope, anchor = columned.acyclic.sized.scope, columned.acyclic.anchor
    last_of: dict[str | None, int] = {}
    for place, box in enumerate(scope.boxes):
        if place in touched or anchor[place] != place:
            continue
        last = last_of.get(box.band)
        if last is not None and columned.column[last] < columned.column[place]:
            following[last] = place
            preceding[place] = last
        last_of[box.band] = place
