"""Phase 3: find the few flows that must run backwards, so that all others can run from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.layout.scopes import Scope
from ankunft_model.layout.sizes import SizedScope


@dataclass(frozen=True, slots=True)
class AcyclicScope:
    """A scope whose flows are parted into forward and backward ones.

    Attributes:
        sized: The scope with sizes.
        anchor: For each box the box that stands for it in a column: itself, or its host.
        forward: Places in `Scope.lines` of the flows that run to the right.
        backward: Places of the flows that close a circle, also those from a box to itself.
    """

    sized: SizedScope
    anchor: tuple[int, ...]
    forward: tuple[int, ...]
    backward: tuple[int, ...]


def break_cycles(sized: SizedScope) -> AcyclicScope:
    """Return the flows by direction; a depth-first walk in declared order decides.

    Starts are the boxes marked so, then those without arriving flow, then the first declared of the rest.

    Postcondition: the forward flows, taken between anchors, are acyclic.
    """
    scope = sized.scope
    anchor = tuple(place if box.host is None else box.host for place, box in enumerate(scope.boxes))
    leaving: list[list[tuple[int, int]]] = [[] for _ in scope.boxes]
    has_arrival = [False] * len(scope.boxes)
    for place, line in enumerate(scope.lines):
        if line.is_flow:
            source, target = _ends(scope, anchor, place)
            leaving[source].append((place, target))
            has_arrival[target] |= source != target
    own = [place for place in range(len(anchor)) if anchor[place] == place]
    starts = [place for place in own if scope.boxes[place].is_start]
    starts += [place for place in own if not has_arrival[place] and not scope.boxes[place].is_start]
    backward = _find_closing_lines(leaving, starts + own)
    forward = tuple(place for place, line in enumerate(scope.lines) if line.is_flow and place not in backward)
    return AcyclicScope(sized, anchor, forward, tuple(sorted(backward)))


def _ends(scope: Scope, anchor: tuple[int, ...], place: int) -> tuple[int, int]:
    source, target = scope.lines[place].source.box, scope.lines[place].target.box
    assert source is not None
    assert target is not None
    return anchor[source], anchor[target]


def _find_closing_lines(leaving: list[list[tuple[int, int]]], order: list[int]) -> set[int]:
    """Return the lines that lead to a box still on the path of the walk."""
    new, open_, done = 0, 1, 2
    state = [new] * len(leaving)
    closing: set[int] = set()
    for start in order:
        if state[start] != new:
            continue
        state[start] = open_
        path = [(start, iter(leaving[start]))]
        while path:
            here, rest = path[-1]
            for line, target in rest:
                if state[target] == open_:
                    closing.add(line)
                elif state[target] == new:
                    state[target] = open_
                    path.append((target, iter(leaving[target])))
                    break
            else:
                state[here] = done
                path.pop()
    return closing
