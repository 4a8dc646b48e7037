"""All runs of a process made of blocks, as far as they differ in who knows one datum.

A state is where a run is, as points of the automaton, and who knows the datum. Where parallel parts touch the datum
all orders are tried; choices that touch nothing are made first, which leaves every order possible.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from ankunft_model.analysis.knowledge.block_automaton import ApartBranches, Automaton, project
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.observing import Observer
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, in_order

MAX_APART: Final = 40
"""Parallel blocks nested deeper than this are looked at in all orders."""

Place: TypeAlias = "int | tuple[int, ...]"
"""Where a run is: a point, or several points in ascending order."""


class _Visit(NamedTuple):
    """A node that executed in a branch, with what was known then and in which state."""

    node: int
    mask: int
    state: int


class _Stretch:
    """States between two points; those of a branch that is looked at by itself are kept apart."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.numbers: dict[tuple[Place, int], int] = {}
        self.queue: list[tuple[int, Place, int]] = []
        self.at_end: dict[int, int] = {}
        self.visits: list[_Visit] = []
        self.known: dict[int, int] = {}


class BlockWalk:
    """The states that runs come through; used once.

    Attributes:
        masks_at_end: Who can know the datum when a run is over, with a state that shows it.
        ever: Bits that are set at some time on some run.
        limits: What was reached, see `Limit`.
    """

    __slots__ = (
        "_automaton",
        "_before",
        "_event",
        "_limit",
        "_moves",
        "_node_of",
        "_observer",
        "_parents",
        "_silent",
        "ever",
        "limits",
        "masks_at_end",
    )

    def __init__(
        self, tree: BlockTree, automaton: Automaton, observer: Observer, initial: int, state_limit: int
    ) -> None:
        self._node_of = tree.node
        self._automaton = automaton
        self._observer = observer
        self._limit = state_limit
        # for each state the one before it, -1 for the first, and what happened between: a leaf, a chosen part as
        # `-2 - part`, or -1 for nothing
        self._parents: list[tuple[int, int]] = [(-1, -1)]
        self._silent = [
            all(node < 0 for _, node, _ in ways) and (bool(ways) or point in automaton.forks)
            for point, ways in enumerate(automaton.ways)
        ]
        self._moves: dict[Place, tuple[tuple[Place, int, int], ...]] = {}
        self.limits: tuple[Limit, ...] = automaton.limits
        whole = self._walk(0, 1, initial, 0, 0)
        self.masks_at_end: dict[int, int] = whole.at_end
        self.ever = 0
        for known in whole.known:
            self.ever |= known
        # what is kept for the runs that may be asked for takes little room: one list of pairs becomes two of numbers
        self._before = array("i", [before for before, _ in self._parents])
        self._event = array("i", [event for _, event in self._parents])
        del self._parents, self._automaton, self._silent, self._moves, self._observer

    @property
    def states(self) -> int:
        """The number of states that were looked at."""
        return len(self._before)

    def history(self, state: int) -> tuple[int, ...]:
        """Return what happened on the way to a state: leaves, and chosen parts as `-2 - part`."""
        found: list[int] = []
        while state >= 0:
            event = self._event[state]
            if event != -1:
                found.append(event)
            state = self._before[state]
        return tuple(reversed(found))

    def _events(self, state: int, since: int) -> list[int]:
        found: list[int] = []
        while state > since and state >= 0:
            state, event = self._parents[state]
            if event != -1:
                found.append(event)
        return found[::-1]

    def _walk(self, begin: int, end: int, mask: int, state: int, depth: int) -> _Stretch:
        """Look at all states from a point on until the end point; `state` is where that begins."""
        stretch = _Stretch(end)
        stretch.numbers[begin, mask] = state
        stretch.queue.append((state, begin, mask))
        apart = self._automaton.apart if depth < MAX_APART else {}
        # most of the time of large models is spent here: names are local, and states are noted without a call
        numbers, queue, known_at = stretch.numbers, stretch.queue, stretch.known
        parents, moves_of, limit = self._parents, self._moves, self._limit
        for number, place, known in queue:  # which grows meanwhile
            if known not in known_at:
                known_at[known] = number
            if place == end:
                stretch.at_end.setdefault(known, number)
            elif apart and isinstance(place, int) and place in apart:
                self._look_apart(apart[place], known, number, stretch, depth)
                for behind, _, flow in self._automaton.ways[place]:
                    self._reach(stretch, behind, known, number, -1 if flow < 0 else -2 - flow)
            else:
                for target, leaf, event in moves_of.get(place) or self._moves_of(place):
                    if leaf >= 0:
                        self._execute(stretch, leaf, target, known, number)
                    elif (reached := (target, known)) not in numbers:
                        numbers[reached] = len(parents)
                        queue.append((len(parents), target, known))
                        parents.append((number, event))
            if len(parents) > limit:
                self.limits = in_order((*self.limits, "states"))
                break
        return stretch

    def _moves_of(self, place: Place) -> tuple[tuple[Place, int, int], ...]:
        """Return where a run can go on to; from the first point that leads on without executing anything, else all."""
        found = tuple(self._moves_at(place) if isinstance(place, int) else self._moves_from(place))
        self._moves[place] = found
        return found

    def _moves_at(self, point: int) -> Iterator[tuple[Place, int, int]]:
        """Yield the same as `_moves_from` for a run that is at one point only."""
        for target, node, flow in self._automaton.ways[point]:
            yield self._settled((target,)), node, -1 if flow < 0 else -2 - flow
        for fork in self._automaton.forks.get(point, ()):
            yield self._settled(fork), -1, -1

    def _moves_from(self, points: tuple[int, ...]) -> Iterator[tuple[Place, int, int]]:
        """Yield where a run can go on to, the leaf that executes on the way or -1, and what is noted of it."""
        everywhere = points
        if self._automaton.awaited:
            points = tuple(point for point in points if not self._waits(point, points))
        first = next((point for point in points if self._silent[point]), -1)
        for point in points if first < 0 else (first,):
            rest = tuple(other for other in everywhere if other != point)
            for target, node, flow in self._automaton.ways[point]:
                yield self._settled((*rest, target)), node, -1 if flow < 0 else -2 - flow
            for fork in self._automaton.forks.get(point, ()):
                yield self._settled((*rest, *fork)), -1, -1

    def _waits(self, point: int, points: tuple[int, ...]) -> bool:
        """Return whether an instance is still running that must be over before a run goes on from a point."""
        instances = self._automaton.instances
        return any(not instances[block].isdisjoint(points) for block in self._automaton.awaited.get(point, ()))

    def _execute(self, stretch: _Stretch, leaf: int, place: Place, mask: int, number: int) -> None:
        node = self._node_of[leaf]
        if node in self._observer.observations:
            stretch.visits.append(_Visit(node, mask, number))
        for after in self._observer.execute(node, mask, number):
            self._reach(stretch, place, after, number, leaf)

    def _settled(self, points: tuple[int, ...]) -> Place:
        """Return where a run is when parallel parts that are all at their end have been joined."""
        sinks = self._automaton.sinks
        if len(points) == 1:
            point = points[0]
            while point in sinks:
                point = sinks[point][1]
            return point
        here = set(points) - self._automaton.gone
        part_of = self._automaton.part_of
        joined = not part_of.keys().isdisjoint(here) or not sinks.keys().isdisjoint(here)
        while joined:
            joined = False
            for sink in sinks.keys() & here:
                inside, behind = sinks[sink]
                if not any(point in inside for point in here if point != sink):
                    here.discard(sink)
                    here.add(behind)
                    joined = True
            for number in {part_of[point] for point in here if point in part_of}:
                ends, behind = self._automaton.ends[number]
                if ends <= here:
                    here -= ends
                    here.add(behind)
                    joined = True
        return tuple(sorted(here)) if len(here) > 1 else here.pop()

    def _reach(self, stretch: _Stretch, place: Place, mask: int, parent: int, event: int) -> None:
        if (place, mask) not in stretch.numbers:
            number = stretch.numbers[place, mask] = len(self._parents)
            self._parents.append((parent, event))
            stretch.queue.append((number, place, mask))

    def _look_apart(self, block: ApartBranches, mask: int, state: int, outer: _Stretch, depth: int) -> None:
        """Look at branches one by one that learn nothing from each other.

        What a branch finds known is what was known before, what it adds itself, and what the others have added by
        then: anything from nothing to all that they can add.
        """
        inner = [self._walk(begin, end, mask, state, depth + 1) for begin, end in block.branches]
        if len(self._parents) > self._limit:
            return
        for number, stretch in enumerate(inner):
            others = [other for place, other in enumerate(inner) if place != number]
            self._note_others(stretch, others, mask, state)
            outer.visits += stretch.visits
        outcomes: dict[int, tuple[int, ...]] = {mask: ()}
        for stretch in inner:
            found: dict[int, tuple[int, ...]] = dict(outcomes) if block.is_optional else {}
            for before, states in outcomes.items():
                for after, at in stretch.at_end.items():
                    found.setdefault(before | after, (*states, at))
            outcomes = found
        if block.is_optional and not block.may_skip_all and not any(mask in stretch.at_end for stretch in inner):
            outcomes.pop(mask, None)
        for stretch in inner:
            for known, at in stretch.known.items():
                outer.known.setdefault(known, at)
        full = mask
        for stretch in inner:
            for known in stretch.known:
                full |= known
        outer.known.setdefault(full, state)
        for after, states in outcomes.items():
            if (block.behind, after) in outer.numbers:
                continue
            last = self._one_after_the_other(states, state)
            self._reach(outer, block.behind, after, last, -1)

    def _one_after_the_other(self, states: Iterable[int], since: int) -> int:
        """Return a new state in whose history the ways to all `states` follow each other."""
        last = since
        for at in states:
            for event in self._events(at, since):
                self._parents.append((last, event))
                last = len(self._parents) - 1
        return last

    def _note_others(self, stretch: _Stretch, others: list[_Stretch], mask: int, since: int) -> None:
        """Note what the nodes of a branch may find known because the others were faster."""
        more = 0
        for other in others:
            for known in other.known:
                more |= known & ~mask
        if not more:
            return
        for visit in stretch.visits:
            for bits in self._observer.news(visit.node, more):
                at = next(n for other in others for known, n in other.known.items() if known & bits & ~mask)
                self._parents.append((self._one_after_the_other((at, visit.state), since), -1))
                self._observer.note_more(visit.node, visit.mask | bits, len(self._parents) - 1)
            self._observer.note_knowers(visit.node, more)


def walk_blocks(
    tree: BlockTree, facts: dict[int, NodeFacts], observer: Observer, initial: int, state_limit: int
) -> BlockWalk | None:
    """Return all runs as far as they differ in the datum with `facts`; None if blocks cannot say that.

    Observations are left in `observer`.
    """
    control = tree.control
    if any(control.kinds[node] == "boundary" and not control.interrupts[node] for node in facts):
        return None  # it happens before its step completes, which blocks do not say
    automaton = project(tree, facts)
    if automaton is None:
        return None
    walk = BlockWalk(tree, automaton, observer, initial, state_limit)
    if walk.limits:
        observer.judge_the_rest(initial)
    return walk
