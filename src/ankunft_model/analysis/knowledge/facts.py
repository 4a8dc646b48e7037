"""What each node does to one datum: who learns it, where it is stored, who has to have it.

A state of knowledge is one integer. Its bits are the knowers (actors that are not persons, and systems), the
documents that were issued carrying the datum, and the handovers that the person carries and that have not arrived.
The order of effects within a step is that of FIELDS part 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import Activity, AnyNode, ArrivalModel

APPLICANT = ""
"""Stands for the person itself where data are told apart by member of the household."""


class ItemKey(NamedTuple):
    """One datum: the main name of a data item, and the member of the household it is about."""

    item: str
    member: str = APPLICANT


@dataclass(frozen=True, slots=True)
class Knowers:
    """The bits of everything that can know, hold or carry data, and who can read what.

    Attributes:
        bit_of: Bit by id of an actor or system.
        document_bit_of, carried_bit_of: Bit by id of a document, of a handover that the person carries.
        all_knowers: All bits of actors and systems.
        person: Ids of actors of kind person; they have every datum and count as no knowers.
    """

    bit_of: dict[str, int]
    document_bit_of: dict[str, int]
    carried_bit_of: dict[str, int]
    all_knowers: int
    person: frozenset[str]

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the ids of the actors and systems in `mask`, in the order of the model."""
        return tuple(id_ for id_, bit in self.bit_of.items() if mask & bit)


@dataclass(frozen=True, slots=True)
class Passing:
    """A handover that leaves a node with the datum.

    Attributes:
        sender_has: It passes the datum if one of these bits is set.
        sets: Bits that it sets.
        always: Whether it passes the datum in any case: a person sends, who has everything.
        is_carried: Whether the person carries it.
        handover: Its id.
    """

    sender_has: int
    sets: int
    always: bool
    is_carried: bool
    handover: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What executing one node means for one datum.

    Attributes:
        own: Bit of the performing actor; 0 for a person or nobody.
        has: The actor has the datum if one of these bits is set (itself, and systems that it reads).
        can_read: Systems that the actor could read, also by rights that practice does not use.
        is_person: Whether a person performs it.
        shown: Documents that print the datum and are shown; arrived: carried handovers that arrive here.
        retrieves: Systems asked, of those that the actor has a right to read.
        is_needed, is_collected, is_produced: Whether the step needs, collects, produces the datum.
        is_voided: The old value becomes worthless here.
        records: Systems that store what the step collects or produces.
        records_if_had: Systems that store it if the actor has it on completion.
        is_discarded, forgets: The actor forgets it; who does.
        issues: Documents issued that print it.
        passes: Handovers that leave with it.
        repeats: Least and greatest number of executions in a row; None: unbounded.
    """

    own: int = 0
    has: int = 0
    can_read: int = 0
    is_person: bool = False
    shown: int = 0
    arrived: int = 0
    retrieves: int = 0
    is_needed: bool = False
    is_collected: bool = False
    is_produced: bool = False
    is_voided: bool = False
    records: int = 0
    records_if_had: int = 0
    is_discarded: bool = False
    forgets: int = 0
    issues: int = 0
    passes: tuple[Passing, ...] = ()
    repeats: tuple[int, int | None] = (1, 1)

    @property
    def touches(self) -> bool:
        """Whether executing the node can change or observe who knows the datum."""
        return bool(
            self.shown
            or self.arrived
            or self.retrieves
            or self.is_needed
            or self.is_collected
            or self.is_produced
            or self.is_voided
            or self.records_if_had
            or self.is_discarded
            or self.issues
            or self.passes
        )

    def before_needs(self, mask: int) -> int:
        """Return the state after documents, carried handovers and retrievals, before needs are judged."""
        if mask & (self.shown | self.arrived | self.retrieves):
            mask |= self.own
        return mask

    def satisfies(self, mask: int) -> bool:
        """Return whether the need is met in the state after `before_needs`."""
        return self.is_person or self.is_collected or bool(mask & self.has)

    def complete(self, mask: int) -> int:
        """Return the state after the node has completed, from the state after `before_needs`."""
        if self.is_voided:
            mask = 0
        if self.is_collected or self.is_produced:
            mask |= self.own | self.records
        has_it = self.is_person or bool(mask & self.has)
        if has_it:
            mask |= self.records_if_had
        if self.is_discarded:
            mask &= ~self.forgets
            has_it = self.is_person or bool(mask & self.has)
        if has_it:
            mask |= self.issues
        for passing in self.passes:
            if passing.always or mask & passing.sender_has:
                mask |= passing.sets
        return mask


@dataclass(frozen=True, slots=True)
class DataFacts:
    """All that the model says about who knows what in one group of processes.

    Attributes:
        keys: Every datum that some step touches, by item in the order of the model, the applicant first.
        by_node: Facts by node for each datum; nodes that do not touch it are left out.
        initial: State of knowledge at the beginning, by datum.
    """

    graph: WorkflowGraph
    knowers: Knowers
    performers: tuple[str | None, ...]
    keys: tuple[ItemKey, ...]
    by_node: dict[ItemKey, dict[int, NodeFacts]]
    initial: dict[ItemKey, int]

    def without_carried(self, key: ItemKey) -> dict[int, NodeFacts]:
        """Return the facts of a datum as if the person carried nothing and showed no document."""
        found: dict[int, NodeFacts] = {}
        for node, facts in self.by_node[key].items():
            passes = tuple(passing for passing in facts.passes if not passing.is_carried)
            found[node] = replace(facts, shown=0, arrived=0, passes=passes)
        return found


def in_a_row(element: AnyNode) -> tuple[int, int | None]:
    """Return how often a node executes in a row, at least and at most; that it may be left out is the game's."""
    repeats = element.repeats if isinstance(element, Activity) else None
    return (1, 1) if repeats is None else (max(repeats.min, 1), repeats.max)


def members_at(model: ArrivalModel, element: AnyNode) -> tuple[str, ...]:
    """Return the members of the household that a node is about; `APPLICANT` is the applicant."""
    if not isinstance(element, Activity) or not element.for_:
        return (APPLICANT,)
    applicants = {
        member.id
        for cohort in model.cohorts.values()
        for member in cohort.members.values()
        if member.role == "applicant"
    }
    return tuple(APPLICANT if member in applicants else member for member in element.for_)
