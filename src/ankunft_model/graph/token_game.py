"""The token game of a process: which nodes can execute when, as transitions over a marking in one integer.

A marking is a set of places, one bit each: the flows, and a few places of the game itself (the beginning, the
inside of a running step, marks that waiting handovers left, how often a bounded flow may still be taken). Where
tokens met, the places that hold two stand once more above all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.limits import Limit

if TYPE_CHECKING:
    from ankunft_model.graph.workflow_graph import WorkflowGraph


@dataclass(frozen=True, slots=True)
class Transition:
    """One move of the game.

    Attributes:
        executes: Indices of the nodes that execute, in order; all of them complete.
        interrupts: Index of the step that an interrupting boundary event stops instead of letting it complete, or -1.
        consumes: Places that lose their token.
        requires: Places that must hold a token and keep it.
        inhibited_by: Places that must be empty.
        clears: Places that lose a token if they hold one.
        produces: Places that gain a token; one that already holds a token is a lack of synchronization.
        marks: Places of waiting handovers that gain a token, or keep the one that they hold.
        takes: Flows chosen where the node decides, in order; empty where it does not.
        cluster: Moves with the same cluster compete for the same tokens.
    """

    executes: tuple[int, ...]
    consumes: int
    produces: int
    cluster: int
    interrupts: int = -1
    requires: int = 0
    inhibited_by: int = 0
    clears: int = 0
    marks: int = 0
    takes: tuple[int, ...] = ()


class Contest(NamedTuple):
    """Where it can matter whether an inclusive join fires before or after tokens that are on their way to it.

    Attributes:
        before: Places from which a way leads to an input of the join, the inputs included.
        to_several: Those of them from which ways lead to more than one input.
        groups: The groups of moves that matter to it, the join's own among them.
    """

    before: int
    to_several: int
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class GameParts:
    """Places and moves of a game; see `TokenGame`."""

    place_count: int
    transitions: tuple[Transition, ...]
    initial: int
    passive: int
    lost: int
    marks: tuple[int, ...]
    limits: tuple[Limit, ...]
    by_place: tuple[tuple[int, ...], ...]
    contests: tuple[Contest, ...] = ()
    ends_inside: tuple[tuple[int, int], ...] = ()
    answers: int = 0
    overlapping: int = 0


class TokenGame:
    """All moves of one process; they are made when the first is asked for.

    Attributes:
        control: The control flow that is played; place `f` is flow `f`.
        workflow: The nodes of the model behind it; None if there is no model.
        place_count: Number of places; those beyond the flows belong to the game itself.
        transitions: All moves, in the order of the nodes.
        initial: The marking at the beginning.
        passive: Places whose tokens do not keep a run from being complete: marks, budgets, armed boundary events.
        lost: Places that hold a token once a mark of a waiting handover was lost for want of places.
        marks: Places of the marks of each waiting handover, in the order of `control.waits`.
        limits: What the game leaves out: combinations of a very wide inclusive gateway, the bound of a flow that may
            be taken very often, the bounds of a repeated sub-process, instances without end.
        by_place: Moves by the lowest of the places that they consume or require.
        contests: Where the order of an inclusive join and of tokens on their way to it can matter.
        ends_inside: For each sub-process the place that says that it is active, and its ends as bits by node.
        answers: Places that say how a question was answered that several decisions ask; nobody waits for them.
        overlapping: Places of processes of which several instances may be under way at once.
    """

    def __init__(
        self, control: ControlFlow, build: Callable[[], GameParts], workflow: WorkflowGraph | None = None
    ) -> None:
        self.control = control
        self.workflow = workflow
        self._build = build

    @cached_property
    def _parts(self) -> GameParts:
        return self._build()

    @cached_property
    def place_count(self) -> int:  # noqa: D102 see the class
        return self._parts.place_count

    @cached_property
    def places(self) -> int:
        """All places."""
        return (1 << self.place_count) - 1

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:  # noqa: D102 see the class
        return self._parts.transitions

    @cached_property
    def initial(self) -> int:  # noqa: D102 see the class
        return self._parts.initial

    @cached_property
    def passive(self) -> int:  # noqa: D102 see the class
        return self._parts.passive

    @cached_property
    def lost(self) -> int:  # noqa: D102 see the class
        return self._parts.lost

    @cached_property
    def marks(self) -> tuple[int, ...]:  # noqa: D102 see the class
        return self._parts.marks

    @cached_property
    def limits(self) -> tuple[Limit, ...]:  # noqa: D102 see the class
        return self._parts.limits

    @cached_property
    def answers(self) -> int:  # noqa: D102 see the class
        return self._parts.answers

    @property
    def is_exact(self) -> bool:
        """Whether the game leaves nothing out."""
        return not self.limits

    @cached_property
    def by_place(self) -> tuple[tuple[int, ...], ...]:  # noqa: D102 see the class
        return self._parts.by_place

    @cached_property
    def contests(self) -> tuple[Contest, ...]:  # noqa: D102 see the class
        return self._parts.contests

    @cached_property
    def ends_inside(self) -> tuple[tuple[int, int], ...]:  # noqa: D102 see the class
        return self._parts.ends_inside

    @cached_property
    def overlapping(self) -> int:  # noqa: D102 see the class
        return self._parts.overlapping

    @property
    def keeps_orders(self) -> bool:
        """False if instances of a started process are played one after the other although they may overlap."""
        return not self.control.repeated and not self.control.is_loose

    @property
    def is_loose(self) -> bool:
        """Whether more may happen than the moves show: instances start each other without end."""
        return self.control.is_loose

    @property
    def graph(self) -> WorkflowGraph:
        """The nodes of the model that is played."""
        if self.workflow is None:
            raise ValueError("this game is played without a model")
        return self.workflow

    def enabled(self, marking: int) -> Iterator[int]:
        """Yield the numbers of the moves that are possible in `marking`, grouped by place."""
        rest = marking & self.places
        while rest:
            lowest = rest & -rest
            for index in self.by_place[lowest.bit_length() - 1]:
                move = self.transitions[index]
                needed = move.consumes | move.requires
                if marking & needed == needed and not marking & move.inhibited_by:
                    yield index
            rest ^= lowest

    @cached_property
    def can_be_held_back(self) -> bool:
        """Whether `held_back` ever returns anything."""
        return bool(self.contests) or any(move.inhibited_by & ~self.passive for move in self.transitions)

    def held_back(self, marking: int) -> frozenset[int]:
        """Return the groups of moves that are not to be chosen before all others: their order matters.

        Of such a group one move has all its tokens and waits only for other tokens to go on; whoever chooses the
        group by another of its moves decides before its time. Or the group is contested.
        """
        found = set(self.contested(marking))
        for move in self.transitions:
            if move.inhibited_by & ~self.passive & marking:
                needed = move.consumes | move.requires
                if marking & needed == needed:
                    found.add(move.cluster)
        return frozenset(found)

    def contested(self, marking: int) -> frozenset[int]:
        """Return the groups whose order decides with which tokens an inclusive join fires, and how often.

        These are those before a join to which several tokens are on their way, one of them to more than one input.
        """
        groups: frozenset[int] = frozenset()
        for contest in self.contests:
            there = marking & contest.before
            if there & contest.to_several and (there & (there - 1) or marking >> self.place_count & there):
                groups |= contest.groups
        return groups

    @cached_property
    def _restarting(self) -> tuple[Transition, ...]:
        """The moves that start an instance from outside, and wait until an earlier one is over."""
        several = self.overlapping
        return tuple(
            move
            for move in self.transitions
            if move.inhibited_by & several and move.produces & several and not (move.consumes | move.requires) & several
        )

    def keeps_an_instance_waiting(self, marking: int) -> bool:
        """Return whether a further instance could begin in `marking`, but for an earlier one that is not over."""
        for move in self._restarting:
            needed = move.consumes | move.requires
            waits_for = move.inhibited_by & marking
            if waits_for and not waits_for & ~self.overlapping and marking & needed == needed:
                return True
        return False

    def ended(self, ended: int, marking: int) -> int:
        """Return the ends of `ended` (as bits by node) that `marking` remembers: those of what is active still.

        A sub-process that begins anew has not come to an end yet.
        """
        for active, ends in self.ends_inside:
            if ended & ends and not marking & active:
                ended &= ~ends
        return ended

    def fire(self, marking: int, move: Transition) -> tuple[int, int]:
        """Return the marking after `move` and the places that would hold two tokens then."""
        remaining = marking & ~move.consumes & ~move.clears
        return remaining | move.produces | move.marks, remaining & move.produces

    def fire_among_two(self, marking: int, move: Transition) -> tuple[int, int]:
        """Return the marking after `move` where a flow may hold two tokens, and the places that gained a second one.

        The marking is -1 where a third token would come to a flow, or a second one to what is no flow.
        """
        places, size = self.places, self.place_count
        twice = marking >> size
        once = (marking & places & ~(move.consumes & ~twice)) & ~move.clears
        twice &= ~(move.consumes | move.clears)
        doubled = once & move.produces
        if doubled & (twice | ~((1 << len(self.control.source)) - 1)):
            return -1, doubled
        return once | move.produces | move.marks | (twice | doubled) << size, doubled

    def is_complete(self, marking: int) -> bool:
        """Return whether no token is left in `marking`."""
        return not marking & ~self.passive


def bits(places: int) -> Iterator[int]:
    """Yield the numbers of the places in a marking, ascending.

    Example:
        >>> list(bits(0b1010))
        [1, 3]
    """
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
