"""All runs of a process made of blocks, as far as they differ in who knows one datum.

A state is where a run is, as points of the automaton, and who knows the datum. Where parallel parts touch the datum
all orders are tried; choices that touch nothing are made first, which leaves every order possible.
"""

from __future__ import annotations

from array import array
from typing import Final, TypeAlias

from ankunft_model.analysis.knowledge.block_automaton import ApartBranches, Automaton, project
from ankunft_model.analysis.knowledge.block_places import Passing, Place, Places
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.observing import Observer
from ankunft_model.analysis.knowledge.overlapping_points import keep_points_of_instances
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.limits import Limit, in_order

ENDLESS: Final = 0
"""As number of instances: as many as there may be."""

MAX_APART: Final = 40
"""Parallel blocks nested deeper than this are looked at in all orders."""

_JOINED: Final = -(1 << 31)
"""Events from here on say that several histories follow each other: the place in a list, from this number on."""

_Waiting: TypeAlias = "tuple[int, Place, int, Passing | None]"


class _Stretch:
    """States between two points; those of a branch that is looked at by itself are kept apart.

    Attributes:
        known: Who can know the datum somewhere on the way, with the first state that shows it.
        at_end: Who can know it at the end point.
        visits: What was known, and in which state, when a node first executed.
        executed: Who may know the datum after a leaf, by the leaf and by who knew it before.
        queue: States to go on from: number, place, who knows the datum, what is still passed on the way to the place.
        reached: The places that runs have come to, with who knew the datum.
    """

    __slots__ = ("at_end", "end", "executed", "known", "queue", "reached", "visits")

    def __init__(self, end: int) -> None:
        self.end = end
        self.reached: set[tuple[Place, int]] = set()
        self.queue: list[_Waiting] = []
        self.at_end: dict[int, int] = {}
        self.visits: dict[int, tuple[int, int]] = {}
        self.executed: dict[tuple[int, int], tuple[int, ...]] = {}
        self.known: dict[int, int] = {}


class BlockWalk:
    """The states that runs come through; used once.

    Attributes:
        masks_at_end: Who can know the datum when a run is over, with a state that shows it.
        ever: Bits that are set at some time on some run.
        limits: What was reached, see `Limit`.
    """

    __slots__ = ("_before", "_event", "_joined", "ever", "limits", "masks_at_end")

    def __init__(
        self, tree: BlockTree, automaton: Automaton, observer: Observer, initial: int, state_limit: int
    ) -> None:
        walking = _Walking(tree, automaton, observer, state_limit)
        whole = walking.walk(0, 1, initial, 0, 0)
        self.masks_at_end: dict[int, int] = whole.at_end
        self.ever = 0
        for known in whole.known:
            self.ever |= known
        self.limits: tuple[Limit, ...] = walking.limits
        # kept for the runs that may be asked for; copies have no room to grow
        self._before, self._event, self._joined = walking.before[:], walking.event[:], tuple(walking.joined)

    @property
    def states(self) -> int:
        """The number of states that were looked at."""
        return len(self._before)

    def history(self, state: int) -> tuple[int, ...]:
        """Return what happened on the way to a state: leaves, and chosen parts as `-2 - part`."""
        before, events = self._before, self._event
        found: list[int] = []
        stack = [(state, -1)]
        while stack:
            here, since = stack.pop()
            while here > since:
                event = events[here]
                if event < _JOINED + len(self._joined):
                    begin = before[here]
                    stack.append((begin, since))
                    stack.extend((at, begin) for at in self._joined[event - _JOINED])
                    break
                if event != -1:
                    found.append(event)
                here = before[here]
        found.reverse()
        return tuple(found)


class _Walking:
    """Looks at states breadth first; used once.

    Attributes:
        before: For each state the one before it, -1 for the first.
        event: What happened between: a leaf, a chosen part as `-2 - part`, -1 for nothing, or a number of `joined`.
        joined: States whose ways since the state before follow each other.
        limits: What was reached.
    """

    __slots__ = ("_apart", "_automaton", "_executed", "_limit", "_node_of", "_observer", "_places",
                 "before", "event", "joined", "limits")  # fmt: skip

    def __init__(self, tree: BlockTree, automaton: Automaton, observer: Observer, state_limit: int) -> None:
        self.before = array("i", [-1])
        self.event = array("i", [-1])
        self.joined: list[tuple[int, ...]] = []
        self.limits: tuple[Limit, ...] = automaton.limits
        self._automaton = automaton
        self._places = Places(automaton)
        self._node_of = tree.node
        self._observer = observer
        self._limit = state_limit
        self._executed: dict[tuple[int, int], tuple[int, ...]] = {}

    def walk(self, begin: int, end: int, mask: int, state: int, depth: int) -> _Stretch:
        """Look at all states from a point on until the end point; `state` is where that begins.

        States come in the order of the number of moves that lead to them, those that are only passed counted; so the
        first state with something to be seen is one of the shortest runs that show it.
        """
        stretch = _Stretch(end)
        reached, queue, known_at = stretch.reached, stretch.queue, stretch.known
        reached.add((begin, mask))
        queue.append((state, begin, mask, None))
        apart = self._automaton.apart if depth < MAX_APART else {}
        # most of the time of large models is spent here: names are local, and states are noted without a call
        before, events, limit = self.before, self.event, self._limit
        known_moves, moves_from = self._places.known, self._places.moves
        executed = stretch.executed
        for number, place, known, passing in queue:  # which grows meanwhile
            if known not in known_at:
                known_at[known] = number
            if passing is not None:
                event, rest = passing
                if rest is None:
                    if (place, known) in reached:
                        continue
                    reached.add((place, known))
                if event != -1:
                    before.append(number)
                    events.append(event)
                    number = len(before) - 1
                queue.append((number, place, known, rest))
                continue
            if place == end:
                stretch.at_end.setdefault(known, number)
                continue
            if apart and isinstance(place, int) and place in apart:
                self._look_apart(place, known, number, stretch, depth)
            else:
                for target, leaf, event, passing in known_moves.get(place) or moves_from(place):
                    outcomes = (known,) if leaf < 0 else executed.get((leaf, known))
                    for after in outcomes or self._execute(stretch, leaf, known, number):
                        if passing is None:
                            if (target, after) in reached:
                                continue
                            reached.add((target, after))
                        before.append(number)
                        events.append(event)
                        queue.append((len(before) - 1, target, after, passing))
            if len(before) > limit:
                self.limits = in_order((*self.limits, "states"))
                break
        return stretch

    def _execute(self, stretch: _Stretch, leaf: int, mask: int, number: int) -> tuple[int, ...]:
        """Return who may know the datum after a leaf; what is seen is noted the first time, later it is the same."""
        node = self._node_of[leaf]
        if node not in stretch.visits and node in self._observer.observations:
            stretch.visits[node] = mask, number
        outcomes = self._executed.get((node, mask))
        if outcomes is None:
            outcomes = self._executed[node, mask] = self._observer.execute(node, mask, number)
        stretch.executed[leaf, mask] = outcomes
        return outcomes

    def _reach(self, stretch: _Stretch, place: Place, mask: int, parent: int, event: int) -> None:
        if (place, mask) not in stretch.reached:
            stretch.reached.add((place, mask))
            stretch.queue.append((self._noted(parent, event), place, mask, None))

    def _noted(self, before: int, event: int) -> int:
        """Return the number of a new state."""
        self.before.append(before)
        self.event.append(event)
        return len(self.before) - 1

    def _one_after_the_other(self, states: tuple[int, ...], since: int) -> int:
        """Return a new state in whose history the ways to all `states` follow each other."""
        self.joined.append(states)
        return self._noted(since, _JOINED + len(self.joined) - 1)

    def _look_apart(self, place: int, mask: int, state: int, outer: _Stretch, depth: int) -> None:
        """Look at the branches of a block that learn nothing from each other, and at the way past it."""
        self._look_at_branches(self._automaton.apart[place], mask, state, outer, depth)
        for behind, _, event in self._automaton.ways[place]:
            self._reach(outer, behind, mask, state, event)

    def _look_at_branches(self, block: ApartBranches, mask: int, state: int, outer: _Stretch, depth: int) -> None:
        """Look at branches one by one that learn nothing from each other.

        What a branch finds known is what was known before, what it adds itself, and what the others have added by
        then: anything from nothing to all that they can add.
        """
        inner = [self.walk(begin, end, mask, state, depth + 1) for begin, end in block.branches]
        if len(self.before) > self._limit:
            return
        for number, stretch in enumerate(inner):
            others = [other for place, other in enumerate(inner) if place != number]
            self._note_others(stretch, others, mask, state)
            for node, visit in stretch.visits.items():
                outer.visits.setdefault(node, visit)
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
            if (block.behind, after) not in outer.reached:
                self._reach(outer, block.behind, after, self._one_after_the_other(states, state), -1)

    def _note_others(self, stretch: _Stretch, others: list[_Stretch], mask: int, since: int) -> None:
        """Note what the nodes of a branch may find known because the others were faster."""
        more = 0
        for other in others:
            for known in other.known:
                more |= known & ~mask
        if not more:
            return
        for node, (known_then, at_node) in stretch.visits.items():
            for bits in self._observer.news(node, more):
                at = next(n for other in others for known, n in other.known.items() if known & bits & ~mask)
                self._observer.note_more(node, known_then | bits, self._one_after_the_other((at, at_node), since))
            self._observer.note_knowers(node, more)


def walk_blocks(
    tree: BlockTree,
    facts: dict[int, NodeFacts],
    observer: Observer,
    initial: int,
    state_limit: int,
    copies: int = 1,
) -> BlockWalk | None:
    """Return all runs as far as they differ in the datum with `facts`; None if blocks cannot say that.

    Observations are left in `observer`. Of each process that is started up to `copies` instances are under way at
    once; `ENDLESS`: as many as there may be, with more runs than there are.
    """
    control = tree.control
    if any(control.kinds[node] == "boundary" and not control.interrupts[node] for node in facts):
        return None  # it happens before its step completes, which blocks do not say
    automaton = project(tree, facts, max(copies, 1))
    if automaton is None:
        return None
    if copies == ENDLESS:
        keep_points_of_instances(automaton)
    walk = BlockWalk(tree, automaton, observer, initial, state_limit)
    if walk.limits:
        observer.judge_the_rest(initial)
    return walk
