"""The core of a scope: the boxes that decide what lies above what (part of phase 6).

A task that one flow enters and one flow leaves only lengthens a way. Rows are chosen for the scope without such boxes,
so that one more or less of them turns nothing round; then they come back beside their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ankunft_model.layout.chains import ChainedScope
from ankunft_model.layout.columns import ColumnedScope
from ankunft_model.layout.cycles import AcyclicScope
from ankunft_model.layout.scopes import End, ScopeLine
from ankunft_model.layout.sizes import SizedScope


@dataclass(frozen=True, slots=True)
class Core:
    """A scope in which one box stands for all that follow each other on a way.

    Attributes:
        acyclic: The scope, with fewer boxes and lines.
        runs: For each of its boxes the boxes of the whole scope for which it stands, in the order of the flow.
    """

    acyclic: AcyclicScope
    runs: tuple[tuple[int, ...], ...]


def core_of(acyclic: AcyclicScope) -> Core:
    """Return the core of a scope.

    A box with one flow in, one flow out and nothing else stands with the box before it if no other flow leaves that, or
    with the one behind it if no other line ends at that but flows that leave it; both in the same band. Gateways, hosts
    of events and members of groups stand for themselves, and so does the last box of a ring without other flows.

    Postcondition: each box belongs to one run; in a run each box but the first is entered by one flow, from the box
    before it, and each but the last is left by that flow only.
    """
    joining = _Joining(acyclic)
    joined = joining.next_of()
    followers = set(joined.values())
    runs: list[tuple[int, ...]] = []
    for box in range(len(acyclic.anchor)):
        if box not in followers:
            run = [box]
            while run[-1] in joined:
                run.append(joined[run[-1]])
            runs.append(tuple(run))
    return _contracted(acyclic, runs, joining.is_passed)


def with_whole_runs(
    core: Core, columned: ColumnedScope, chained: ChainedScope, rows_of_band: Mapping[str | None, list[list[int]]]
) -> tuple[ChainedScope, dict[str | None, list[list[int]]]]:
    """Return the chains of the core with all boxes of the scope, and their rows.

    Chains of one row that are too long to stand in it together come to lie under each other; the longest stays.

    Args:
        core: The core.
        columned: The whole scope.
        chained: The core with chains.
        rows_of_band: The chains of each band by row.
    """
    column = columned.column
    whole = [
        replace(chain, boxes=tuple(box for place in chain.boxes for box in core.runs[place]))
        for chain in chained.chains
    ]
    spans = [(column[chain.boxes[0]], column[chain.boxes[-1]]) for chain in whole]
    order = sorted(range(len(whole)), key=lambda place: (spans[place][0], whole[place].boxes[0]))
    number = {place: new for new, place in enumerate(order)}
    found: dict[str | None, list[list[int]]] = {}
    for band, rows in rows_of_band.items():
        found[band] = []
        for row in rows:
            parts: list[list[int]] = []
            for place in sorted(row, key=lambda place: (-len(chained.chains[place].boxes), place)):
                first, last = spans[place]
                for part in parts:
                    if all(last < spans[other][0] or spans[other][1] < first for other in part):
                        part.append(place)
                        break
                else:
                    parts.append([place])
            found[band] += [sorted(number[place] for place in part) for part in parts]
    return ChainedScope(columned, tuple(whole[place] for place in order)), found


class _Joining:
    """What is known of each box while runs are formed."""

    def __init__(self, acyclic: AcyclicScope) -> None:
        self.acyclic = acyclic
        self.boxes = acyclic.sized.scope.boxes
        self.leaving: list[list[int]] = [[] for _ in self.boxes]
        self.arriving: list[list[int]] = [[] for _ in self.boxes]
        scope = acyclic.sized.scope
        forward = frozenset(acyclic.forward)
        self.forward: set[tuple[int, int]] = set()
        is_bound = [box.host is not None for box in self.boxes]
        for place, line in enumerate(scope.lines):
            source, target = line.source.box, line.target.box
            if line.is_flow and source is not None and target is not None:
                self.leaving[source].append(target)
                self.arriving[target].append(source)
                if place in forward:
                    self.forward.add((source, target))
            if not line.is_flow or source == target:
                for end in (source, target):
                    if end is not None:
                        is_bound[end] = True
        for box in self.boxes:
            if box.host is not None:
                is_bound[box.host] = True
        for group in scope.groups:
            for place in group:
                is_bound[place] = True
        self.is_bound = is_bound
        self.is_passed = [
            not is_bound[place] and box.kind != "gateway" and len(self.leaving[place]) == len(self.arriving[place]) == 1
            for place, box in enumerate(self.boxes)
        ]

    def next_of(self) -> dict[int, int]:
        """Return the box that follows each box in its run."""
        joined: dict[int, int] = {}
        for box, is_passed in enumerate(self.is_passed):
            if is_passed:
                (before,) = self.arriving[box]
                if len(self.leaving[before]) == 1 and self._may_join(before, box):
                    joined[before] = box
        followers = set(joined.values())
        for box, is_passed in enumerate(self.is_passed):
            if is_passed and box not in followers:  # a whole run stands with the box behind it
                last = box
                while last in joined:
                    last = joined[last]
                (behind,) = self.leaving[last]
                is_alone = len(self.arriving[behind]) == 1 and not self.is_bound[behind]
                if is_alone and self._may_join(last, behind):
                    joined[last] = behind
        self._open_rings(joined)
        return joined

    def _open_rings(self, joined: dict[int, int]) -> None:
        """Let the last box of each ring that no other flow enters or leaves stand for itself.

        As one box the ring would have no flow, and stand among the boxes without any line.
        """
        followers = set(joined.values())
        for first in sorted(joined):
            if first not in followers:
                before, last = first, joined[first]
                while last in joined:
                    before, last = last, joined[last]
                if self.leaving[last] == [first] and self.arriving[first] == [last] and len(self.leaving[first]) == 1:
                    del joined[before]

    def _may_join(self, first: int, second: int) -> bool:
        boxes = self.boxes
        is_link = (first, second) in self.forward and boxes[first].host is None and boxes[second].host is None
        return is_link and boxes[first].band == boxes[second].band


def _contracted(acyclic: AcyclicScope, runs: list[tuple[int, ...]], is_passed: list[bool]) -> Core:
    sized = acyclic.sized
    scope = sized.scope
    # the box that more than one flow enters or leaves stands for its run, else the first declared
    kept_of = [max(run, key=lambda box: (not is_passed[box], -box)) for run in runs]
    order = sorted(range(len(runs)), key=kept_of.__getitem__)
    runs = [runs[number] for number in order]
    kept = [kept_of[number] for number in order]
    new_place = {box: place for place, run in enumerate(runs) for box in run}
    inner = {(run[place - 1], run[place]) for run in runs for place in range(1, len(run))}
    forward, backward = frozenset(acyclic.forward), frozenset(acyclic.backward)
    lines: list[ScopeLine] = []
    new_forward: list[int] = []
    new_backward: list[int] = []
    for place, line in enumerate(scope.lines):
        source, target = line.source.box, line.target.box
        if place in forward and (source, target) in inner:
            continue
        if place in forward:
            new_forward.append(len(lines))
        elif place in backward:
            new_backward.append(len(lines))
        begin, end = _moved(line.source, new_place), _moved(line.target, new_place)
        lines.append(ScopeLine(line.line, begin, end, line.carries_label))
    boxes = tuple(
        box if box.host is None else replace(box, host=new_place[box.host])
        for box in (scope.boxes[place] for place in kept)
    )
    groups = tuple(frozenset(new_place[box] for box in group) for group in scope.groups)
    core = SizedScope(
        replace(scope, boxes=boxes, lines=tuple(lines), groups=groups),
        tuple(sized.widths[place] for place in kept),
        tuple(sized.heights[place] for place in kept),
        tuple(sized.boundary_dx[place] for place in kept),
        tuple(sized.free_right[place] for place in kept),
        {(new_place[box], line, side): dx for (box, line, side), dx in sized.ports.items()},
    )
    anchor = tuple(new_place[acyclic.anchor[place]] for place in kept)
    return Core(AcyclicScope(core, anchor, tuple(new_forward), tuple(new_backward)), tuple(runs))


def _moved(end: End, new_place: Mapping[int, int]) -> End:
    if end.box is None:
        return end
    place = new_place[end.box]
    return end if place == end.box else End(place, end.band, end.side)
