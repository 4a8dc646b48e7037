"""When an inclusive join may fire: BPMN 2.0.2 (OMG formal/13-12-09), 13.4.3, word for word.

It may as soon as one input has a token, and every token from which a way leads to an input without one also has a
way to an input with one. Ways are made of sequence flows and do not pass the join itself, so they end at the border
of the sub-process or process: tokens inside and outside are none of each other's business. A step that is running
counts as a token before it, and what goes out of its boundary events as a way out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.token_game import Contest, Transition, bits


@dataclass(frozen=True, slots=True)
class WaysToJoin:
    """For each input of a join the places from which a way leads to it past the join, the input itself included."""

    places: Mapping[int, int]

    def inhibiting(self, consumed: int) -> int:
        """Return the places that must be empty if the join is to take the tokens `consumed`, and no other input."""
        empty = filled = others = 0
        for place, before in self.places.items():
            if consumed & place:
                filled |= before
            else:
                empty |= before
                others |= place
        return empty & ~filled | others

    @property
    def anywhere(self) -> int:
        """The places from which a way leads to some input."""
        found = 0
        for before in self.places.values():
            found |= before
        return found

    @property
    def to_several(self) -> int:
        """The places from which ways lead to more than one input: what happens there neither frees nor holds it."""
        once = several = 0
        for before in self.places.values():
            several |= once & before
            once |= before
        return several


def ways_to_join(control: ControlFlow, join: int, inputs: Iterable[int], places_at: Callable[[int], int]) -> WaysToJoin:
    """Return from where ways lead to each input of an inclusive join.

    Args:
        control: The control flow.
        join: The inclusive join.
        inputs: The places before it.
        places_at: The places that say that a token is at a node, or that the node is running; flows aside.
    """
    flows = (1 << len(control.source)) - 1
    return WaysToJoin({place: place | _before(control, join, list(bits(place & flows)), places_at) for place in inputs})


def _before(control: ControlFlow, join: int, last: list[int], places_at: Callable[[int], int]) -> int:
    """Return the places from which a way leads over one of the flows `last`."""
    found = 0
    seen = {join}
    stack = [control.source[flow] for flow in last]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        found |= places_at(node)
        for flow in control.incoming[node]:
            found |= 1 << flow
            stack.append(control.source[flow])
        if control.host[node] >= 0:
            stack.append(control.host[node])
    return found


def contests(moves: Sequence[Transition], ways: Mapping[int, WaysToJoin]) -> tuple[Contest, ...]:
    """Return at which joins it can matter what comes first: the join, or tokens that come to several of its inputs."""
    contested = {join: there for join, there in ways.items() if there.to_several}
    if not contested:
        return ()
    before: dict[int, int] = {}
    for move in moves:
        needed = move.consumes | move.requires | move.inhibited_by
        for place in bits(move.produces):
            before[place] = before.get(place, 0) | needed
    found: list[Contest] = []
    for join, there in contested.items():
        region = seen = there.anywhere
        stack = list(bits(region))
        while stack:
            new = before.get(stack.pop(), 0) & ~seen
            seen |= new
            region |= new
            stack.extend(bits(new))
        groups = frozenset(move.cluster for move in moves if move.consumes & region)
        found.append(Contest(there.anywhere, there.to_several, groups | {join}))
    return tuple(found)
