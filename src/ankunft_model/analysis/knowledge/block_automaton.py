"""What is left of the blocks of a process for one datum: points, and how runs go from one to the next.

Only nodes that touch the datum are kept; a block without any is passed at once. Parallel parts of which one alone
touches the datum need no order; where several do, a run is at several points at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.net_points import add_net
from ankunft_model.graph.block_tree import (
    CHOICE,
    DETACHED,
    INCLUSIVE,
    LEAF,
    LOOP,
    NET,
    PARALLEL,
    PREFIX,
    SEQUENCE,
    BlockTree,
    enclosing_parts,
)
from ankunft_model.graph.limits import Limit

MAX_UNROLLED: Final = 20
"""A loop that may be taken more often than this counts as unbounded."""

Way: TypeAlias = tuple[int, int, int]
"""The next point, the leaf that executes on the way or -1, the part of a choice that is taken as `-2 - part` or -1."""


class ApartBranches(NamedTuple):
    """Branches that can be looked at one by one: the points that begin and end each, and the point behind them.

    Attributes:
        is_optional: Whether a branch may be left out; `may_skip_all` whether all may be.
    """

    branches: tuple[tuple[int, int], ...]
    behind: int
    is_optional: bool
    may_skip_all: bool


@dataclass(slots=True)
class Automaton:
    """Points and ways; runs begin at point 0 and end at point 1.

    Attributes:
        ways: Ways by point.
        busy: Points from which some way executes a leaf.
        forks: Sets of points at which a run goes on at once, by point; one of them is chosen.
        part_of: The parallel block that a point ends a branch of, by point.
        ends: The points that end the branches of each parallel block; the point behind it.
        apart: Parallel blocks, by the point before them, whose branches learn nothing from each other.
        gone: The points at which a started process is over; a run that is elsewhere too is there no more.
        instances: The points of each started process, by block; where several may be under way, of each of them.
        awaited: Started processes that must be over before a run goes on from a point, by point.
        sinks: The points at which a net is done when a run is nowhere else in it: its points, and the point behind.
        kept: Points that a run stays at although it goes on from them, see `overlapping_points`.
        closure: Where a run goes on without executing anything, by the point behind a join whose ends are kept.
        limits: Whether a bound of a loop was left out.
    """

    ways: list[list[Way]] = field(default_factory=list[list["Way"]])
    busy: set[int] = field(default_factory=set[int])
    forks: dict[int, list[tuple[int, ...]]] = field(default_factory=dict[int, list[tuple[int, ...]]])
    part_of: dict[int, int] = field(default_factory=dict[int, int])
    ends: list[tuple[frozenset[int], int]] = field(default_factory=list[tuple[frozenset[int], int]])
    apart: dict[int, ApartBranches] = field(default_factory=dict[int, "ApartBranches"])
    gone: set[int] = field(default_factory=set[int])
    instances: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    awaited: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    sinks: dict[int, tuple[range, int]] = field(default_factory=dict[int, tuple[range, int]])
    kept: set[int] = field(default_factory=set[int])
    closure: dict[int, tuple[int, ...]] = field(default_factory=dict[int, "tuple[int, ...]"])
    limits: tuple[Limit, ...] = ()

    def point(self) -> int:
        """Return a new point."""
        self.ways.append([])
        return len(self.ways) - 1


def touched_parts(tree: BlockTree, nodes: Iterable[int]) -> dict[int, list[int]]:
    """Return the parts, in order, that hold one of the nodes, by block; leaves have none."""
    return enclosing_parts(tree, (leaf for node in nodes for leaf in tree.leaves_of.get(node, ())))


def project(tree: BlockTree, facts: dict[int, NodeFacts], copies: int = 1) -> Automaton | None:
    """Return the automaton of the runs as far as they differ in the order of the nodes that touch a datum.

    Of each started process up to `copies` instances may be under way at once.

    None: something may be stopped while several parts of it run at once; no automaton of points says that.
    """
    touching = {node: fact for node, fact in facts.items() if fact.touches}
    projection = _Projection(tree, touched_parts(tree, touching), touching, copies)
    return projection.automaton if projection.build() else None


def _effects_of(fact: NodeFacts) -> tuple[int, int]:
    """Return the bits that a node sets, and those that it asks for: all, if it takes any away."""
    sets = fact.records | fact.records_if_had | fact.issues
    asks = fact.shown | fact.arrived | fact.retrieves
    if asks or fact.is_collected or fact.is_produced:
        sets |= fact.own
    if fact.records_if_had or fact.issues:
        asks |= fact.has
    for passing in fact.passes:
        sets |= passing.sets
        asks |= passing.sender_has
    return sets, -1 if fact.is_voided or fact.is_discarded else asks


class _Projection:
    """Makes points of blocks, outer ones first; used once."""

    def __init__(self, tree: BlockTree, parts: dict[int, list[int]], facts: dict[int, NodeFacts], copies: int) -> None:
        self.tree = tree
        self.copies = copies
        self.facts = facts
        self.parts = parts
        self.automaton = Automaton()
        self.tasks: list[tuple[int, int, int]] = []
        self.starts_processes = DETACHED in map(tree.kind.__getitem__, parts)

    def build(self) -> bool:
        begin, end = self.automaton.point(), self.automaton.point()
        if not self.parts:
            self.automaton.ways[begin].append((end, -1, -1))
            return True
        self.tasks.append((0, begin, end))
        tasks, kinds, ways, busy = self.tasks, self.tree.kind, self.automaton.ways, self.automaton.busy
        while tasks:
            block, entry, end_point = tasks.pop()
            if entry < 0:
                self._note_points(block, entry, end_point)
            elif block < 0:
                if not self._allow_stops(-1 - block, entry, end_point):
                    return False
            elif kinds[block] == LEAF:
                ways[entry].append((end_point, block, -1))
                busy.add(entry)
            elif kinds[block] == SEQUENCE:
                self._sequence(self.parts[block], entry, end_point)
            else:
                self._add(block, kinds[block], entry, end_point)
        return True

    def _add(self, block: int, kind: int, entry: int, end_point: int) -> None:
        """Add a block that is no leaf and no sequence."""
        if kind == CHOICE:
            self._choice(block, entry, end_point)
        elif kind == LOOP:
            self._loop(block, entry, end_point)
        elif kind == PREFIX:
            inner_end = self.automaton.point()
            first = len(self.automaton.ways)
            self.tasks.append((-1 - first, entry, end_point))
            self.automaton.ways[inner_end].append((end_point, -1, -1))
            self.tasks.append((self.parts[block][0], entry, inner_end))
        elif kind in (PARALLEL, INCLUSIVE):
            self._parallel(block, entry, end_point)
        elif kind == DETACHED:
            self._detached(block, entry, end_point)
        elif kind == NET:
            self.tasks += add_net(self.tree, block, self.parts[block], self.automaton, entry, end_point)

    def _note_points(self, block: int, entry: int, point: int) -> None:
        """Note which points a started process has, from `point` on, or a net, from its sink on."""
        if entry == -1:
            self.automaton.instances.setdefault(block, set()).update(range(point, len(self.automaton.ways)))
        else:
            self.automaton.sinks[-2 - entry] = (range(-2 - entry, len(self.automaton.ways)), point)

    def _sequence(self, blocks: list[int], entry: int, end: int) -> None:
        here, last = entry, blocks[-1]
        starts = self.copies == 1 and self.starts_processes
        for part in blocks:
            next_ = end if part == last else self.automaton.point()
            if starts and self.tree.kind[part] == LEAF and (started := self._started_by(part)):
                self.automaton.awaited[here] = started
            self.tasks.append((part, here, next_))
            here = next_

    def _started_by(self, leaf: int) -> tuple[int, ...]:
        """Return the blocks of the processes that a node starts, as far as they touch the datum."""
        return tuple(block for block in self.tree.started_behind(leaf) if block in self.parts)

    def _detached(self, block: int, entry: int, end: int) -> None:
        if self.copies == 1:
            self._begin_instance(block, block, entry, end)
            return
        for number in range(self.copies):
            here = self.automaton.point()
            self.automaton.ways[entry].append((here, -1, -1))
            self._begin_instance(block, block * self.copies + number, here, end)

    def _begin_instance(self, block: int, instance: int, entry: int, end: int) -> None:
        begin, gone = self.automaton.point(), self.automaton.point()
        self.automaton.gone.add(gone)
        self.automaton.forks[entry] = [(end, begin)]
        self.automaton.awaited[entry] = (instance,)
        self.tasks.append((instance, -1, begin))  # when all inside has its points
        self.tasks.append((self.parts[block][0], begin, gone))

    def _choice(self, block: int, entry: int, end: int) -> None:
        self._choose(self.parts[block], entry, end)
        untouched = self._untouched(block)
        if untouched >= 0:
            self.automaton.ways[entry].append((end, -1, -2 - untouched))

    def _choose(self, parts: list[int], entry: int, end: int) -> None:
        ways, tasks = self.automaton.ways, self.tasks
        for part in parts:
            ways[entry].append((len(ways), -1, -2 - part))
            tasks.append((part, len(ways), end))
            ways.append([])

    def _untouched(self, block: int) -> int:
        """Return the first part without any of the nodes, or -1."""
        touched, children = self.parts[block], self.tree.children[block]
        if len(touched) == len(children):
            return -1
        pairs = zip(touched, children, strict=False)
        return next((child for part, child in pairs if part != child), children[len(touched)])

    def _loop(self, block: int, entry: int, end: int) -> None:
        body, back = self.tree.children[block]
        bound = self.tree.bound[block]
        if bound > MAX_UNROLLED:
            self.automaton.limits = ("repetitions",)
            bound = -1
        if bound < 0:
            self._go_round(body, back, entry, end, again=entry)
            return
        here = entry
        for _ in range(bound):
            again = self.automaton.point()
            self._go_round(body, back, here, end, again=again)
            here = again
        self._pass(body, here, end)

    def _go_round(self, body: int, back: int, entry: int, end: int, *, again: int) -> None:
        ways = self.automaton.ways
        middle = self.automaton.point()
        self._pass(body, entry, middle)
        ways[middle].append((end, -1, -1))
        point = self.automaton.point()
        ways[middle].append((point, -1, -1))
        self._pass(back, point, again)

    def _pass(self, block: int, entry: int, end: int) -> None:
        if block in self.parts:
            self.tasks.append((block, entry, end))
        else:
            self.automaton.ways[entry].append((end, -1, -1))

    def _parallel(self, block: int, entry: int, end: int) -> None:
        touched = self.parts[block]
        is_inclusive = self.tree.kind[block] == INCLUSIVE
        untouched = self._untouched(block) if is_inclusive else -1
        if len(touched) == 1:
            self._choose(touched, entry, end)
            if untouched >= 0:
                self.automaton.ways[entry].append((end, -1, -2 - untouched))
            return
        automaton = self.automaton
        begins, ends = [automaton.point() for _ in touched], [automaton.point() for _ in touched]
        number = len(automaton.ends)
        automaton.ends.append((frozenset(ends), end))
        for part, begin, branch_end in zip(touched, begins, ends, strict=True):
            automaton.part_of[branch_end] = number
            self._choose([part], begin, branch_end)
        if self._are_apart(touched):
            branches = tuple(zip(begins, ends, strict=True))
            automaton.apart[entry] = ApartBranches(branches, end, is_inclusive, may_skip_all=untouched >= 0)
        if not is_inclusive:
            automaton.forks[entry] = [tuple(begins)]
            return
        # the first branch that is taken is certain, those before it are left out, those behind it may be
        optional = [automaton.point() for _ in touched]
        for begin, branch_end, maybe in zip(begins, ends, optional, strict=True):
            automaton.ways[maybe] += ((begin, -1, -1), (branch_end, -1, -1))
        automaton.forks[entry] = [
            (*ends[:first], begins[first], *optional[first + 1 :]) for first in range(len(touched))
        ]
        if untouched >= 0:
            automaton.ways[entry].append((end, -1, -2 - untouched))

    def _are_apart(self, parts: list[int]) -> bool:
        """Return whether no part asks for what another one sets, and none takes anything away or outlasts the block."""
        numbers, sets_of, asks_of = self._effects
        set_before = asked_before = 0
        for part in parts:
            first, behind = bisect_left(numbers, part), bisect_right(numbers, self.tree.last[part])
            sets = asks = 0
            for place in range(first, behind):
                sets |= sets_of[place]
                asks |= asks_of[place]
            if asks & set_before or sets & asked_before or asks < 0:
                return False
            set_before |= sets
            asked_before |= asks
        return True

    @cached_property
    def _effects(self) -> tuple[list[int], list[int], list[int]]:
        """The leaves in order, with the bits that each sets and those that it asks for.

        All bits are asked for, a negative number, by what takes any away, and by a process that goes on beside.
        """
        tree = self.tree
        numbers = sorted(block for block in self.parts if tree.kind[block] in (LEAF, DETACHED))
        effects = [
            (0, -1) if tree.kind[block] == DETACHED else _effects_of(self.facts[tree.node[block]]) for block in numbers
        ]
        return numbers, [sets for sets, _ in effects], [asks for _, asks in effects]

    def _allow_stops(self, first: int, entry: int, end: int) -> bool:
        points = range(first, len(self.automaton.ways))
        if any(point in self.automaton.forks for point in (entry, *points)):
            return False
        for point in (entry, *points):
            self.automaton.ways[point].append((end, -1, -1))
        return True
