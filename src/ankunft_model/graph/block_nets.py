"""Parts of a process with one way in and one way out that merge no further: nets of splits and joins.

What lies on the flows between them are blocks. A net is looked at by itself, state by state: a state is the set of its
flows that hold a token. It stands for a block only if each of its runs ends with nothing left behind, no flow ever
holds two tokens, and each flow is used on some run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final, NamedTuple

from ankunft_model.graph.block_scopes import (
    END,
    EXCLUSIVE_JOIN,
    EXCLUSIVE_SPLIT,
    PARALLEL_JOIN,
    PARALLEL_SPLIT,
    NoBlocksError,
)
from ankunft_model.graph.token_game import bits

MAX_STATES: Final = 2_000
"""A net with more states than this is not looked at by itself."""


class Corner(NamedTuple):
    """A split or join of a net, with its flows; `END` takes what comes and keeps it."""

    kind: int
    incoming: tuple[int, ...]
    outgoing: tuple[int, ...]


class Firing(NamedTuple):
    """A token passes a corner: the corner, the part that it chooses or -1, flows before and behind, and what follows.

    `target` is the number of the state after it.
    """

    corner: int
    chosen: int
    consumes: int
    produces: int
    target: int


@dataclass(frozen=True)
class Net:
    """Corners, and flows between them that are numbered as the parts of the block.

    Attributes:
        corners: The splits and joins.
        part_count: Number of flows between corners; the way in has this number, the way out the next one.
        outlets: The flows that hold a token when the net is done: the way out, or those that come to an end.
        states: The sets of flows that hold a token, as bits; the first is the beginning.
        firings: What can happen in each state.
    """

    corners: tuple[Corner, ...]
    part_count: int
    outlets: int
    states: tuple[int, ...]
    firings: tuple[tuple[Firing, ...], ...]

    def is_done(self, state: int) -> bool:
        """Return whether nothing is left to do in a state but what lies on the flows that hold a token."""
        return not self.states[state] & ~self.outlets

    @property
    def ends_by_collecting(self) -> bool:
        """Whether it is done when each of its tokens has come to an end; else when one comes out."""
        return not self.outlets >> (self.part_count + 1)

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """For each part the other ones, as bits, that may hold a token at the same time."""
        found = [0] * self.part_count
        for state in self.states:
            for part in bits(state & ((1 << self.part_count) - 1)):
                found[part] |= state & ~(1 << part)
        return tuple(found)

    @cached_property
    def is_parallel(self) -> bool:
        """Whether several of its flows may hold a token at once."""
        return any(state & (state - 1) for state in self.states)

    @cached_property
    def has_loop(self) -> bool:
        """Whether some state can come again."""
        entering = [0] * len(self.states)
        for firings in self.firings:
            for firing in firings:
                entering[firing.target] += 1
        free = [state for state, count in enumerate(entering) if not count]
        passed = 0
        while free:
            passed += 1
            for firing in self.firings[free.pop()]:
                entering[firing.target] -= 1
                if not entering[firing.target]:
                    free.append(firing.target)
        return passed < len(self.states)

    def way_to_part(self, state: int, part: int) -> list[Firing] | None:
        """Return what happens, with as few choices as possible, until a token comes to a part; None: it never does."""
        return self._way(state, part, chosen=False)

    def way_to_choice(self, state: int, part: int) -> list[Firing] | None:
        """Return the same until a decision takes a part, whether or not there is a token already."""
        return self._way(state, part, chosen=True)

    def way_to_end(self, state: int) -> list[Firing]:
        """Return what happens, with as few choices as possible, until the net is done."""
        return self._way(state, -1, chosen=False) or []

    def _way(self, state: int, part: int, *, chosen: bool) -> list[Firing] | None:
        """Look for a way with the fewest choices, of those for one with the fewest firings."""
        queue: list[tuple[int, int, int]] = [(0, 0, state)]
        came_from: dict[int, tuple[int, Firing] | None] = {state: None}
        cost = {state: (0, 0)}
        best: tuple[int, int, int, Firing] | None = None
        while queue:
            choices, steps, here = heappop(queue)
            if (choices, steps) > cost[here]:
                continue
            if best is not None and (choices, steps) >= best[:2]:
                break
            if part < 0 and self.is_done(here):
                return self._traced(came_from, here)
            for firing in self.firings[here]:
                more = choices + (self.corners[firing.corner].kind == EXCLUSIVE_SPLIT)
                there = (more, steps + 1)
                if part >= 0 and (firing.chosen == part if chosen else firing.produces >> part & 1):
                    if best is None or there < best[:2]:
                        best = (*there, here, firing)
                    continue
                if firing.target not in cost or there < cost[firing.target]:
                    cost[firing.target] = there
                    came_from[firing.target] = (here, firing)
                    heappush(queue, (*there, firing.target))
        return None if best is None else [*self._traced(came_from, best[2]), best[3]]

    @staticmethod
    def _traced(came_from: dict[int, tuple[int, Firing] | None], state: int) -> list[Firing]:
        found: list[Firing] = []
        step = came_from[state]
        while step is not None:
            found.append(step[1])
            step = came_from[step[0]]
        return found[::-1]


def build_net(corners: tuple[Corner, ...], part_count: int) -> Net:
    """Return the net with these corners.

    Raises:
        NoBlocksError: it is not sound, has too many states, or a corner whose rule looks beyond the net.
    """
    kinds = (END, EXCLUSIVE_JOIN, EXCLUSIVE_SPLIT, PARALLEL_JOIN, PARALLEL_SPLIT)
    if any(corner.kind not in kinds for corner in corners):
        raise NoBlocksError
    ends = [corner for corner in corners if corner.kind == END]
    outlets = sum(1 << flow for flow in ends[0].incoming) if ends else 1 << (part_count + 1)
    leading = {flow: number for number, corner in enumerate(corners) for flow in corner.incoming}
    states = [1 << part_count]
    number_of = {states[0]: 0}
    firings: list[tuple[Firing, ...]] = []
    for state in states:
        moving = state & ~outlets
        if not ends and moving and state & outlets:
            raise NoBlocksError  # a token comes out, and another one is still inside
        found: list[Firing] = []
        for number in sorted({leading[flow] for flow in bits(moving)}):
            for chosen, consumes, produces in _ways_past(corners[number], state, part_count):
                if state & ~consumes & produces:
                    raise NoBlocksError  # two tokens meet on a flow
                after = state & ~consumes | produces
                if after not in number_of:
                    number_of[after] = len(states)
                    states.append(after)
                found.append(Firing(number, chosen, consumes, produces, number_of[after]))
        if (moving and not found) or len(states) > MAX_STATES:
            raise NoBlocksError  # a token is stuck, or too much is possible
        firings.append(tuple(found))
    net = Net(corners, part_count, outlets, tuple(states), tuple(firings))
    _refuse_what_never_ends_or_happens(net)
    return net


def _ways_past(corner: Corner, state: int, part_count: int) -> Iterator[tuple[int, int, int]]:
    """Yield how tokens can pass a corner in a state: the part that is chosen or -1, the flows before, those behind."""
    incoming = sum(1 << flow for flow in corner.incoming)
    outgoing = sum(1 << flow for flow in corner.outgoing)
    if corner.kind == PARALLEL_JOIN:
        if state & incoming == incoming:
            yield -1, incoming, outgoing
        return
    for flow in bits(state & incoming):
        if corner.kind == EXCLUSIVE_SPLIT:
            for chosen in corner.outgoing:
                yield chosen if chosen < part_count else -1, 1 << flow, 1 << chosen
        else:
            yield -1, 1 << flow, outgoing


def _refuse_what_never_ends_or_happens(net: Net) -> None:
    used = 0
    before: list[list[int]] = [[] for _ in net.states]
    for state, firings in enumerate(net.firings):
        used |= net.states[state]
        for firing in firings:
            before[firing.target].append(state)
    if used & ((1 << net.part_count) - 1) != (1 << net.part_count) - 1:
        raise NoBlocksError
    stack = [state for state in range(len(net.states)) if net.is_done(state)]
    ending = set(stack)
    while stack:
        for state in before[stack.pop()]:
            if state not in ending:
                ending.add(state)
                stack.append(state)
    if len(ending) < len(net.states):
        raise NoBlocksError
