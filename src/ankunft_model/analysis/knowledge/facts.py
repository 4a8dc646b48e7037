"""What each node does to one datum: who learns it, where it is stored, who has to have it.

A state of knowledge is one integer. Its bits are the knowers (actors that are not persons, and systems), the
documents that were issued carrying the datum, and the handovers that the person carries and that have not arrived.
The order of effects within a step is that of FIELDS part 4.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ankunft_model.graph import WorkflowGraph, find_performers
from ankunft_model.model import PERSON_KIND, Activity, ActorEnd, AnyDocument, AnyNode, ArrivalModel, Handover

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
    """

    sender_has: int
    sets: int
    always: bool
    is_carried: bool


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
        is_discarded: The actor forgets it.
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
            mask &= ~self.own
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


def compile_facts(model: ArrivalModel, graph: WorkflowGraph) -> DataFacts:
    """Return what every node of `graph` does to every datum."""
    return _Compiler(model, graph).compile()


@dataclass(slots=True)
class _Draft:
    """Facts of one node that are being collected, per datum."""

    facts: dict[ItemKey, NodeFacts] = field(default_factory=dict["ItemKey", "NodeFacts"])


class _Compiler:
    def __init__(self, model: ArrivalModel, graph: WorkflowGraph) -> None:
        self.model = model
        self.graph = graph
        self.performers = find_performers(graph)
        self.handovers = [handover for process in graph.processes for handover in process.handovers or ()]
        self.knowers = self._number_knowers()
        self.drafts = [_Draft() for _ in graph.nodes]
        self.rights = self._reading_rights()
        self.known_readable: dict[tuple[str | None, str, bool], int] = {}

    def compile(self) -> DataFacts:
        for node, element in enumerate(self.graph.nodes):
            if isinstance(element, Activity):
                self._add_step(node, element)
        for handover in self.handovers:
            self._add_handover(handover)
        found: dict[ItemKey, dict[int, NodeFacts]] = {}
        for node, draft in enumerate(self.drafts):
            for key, facts in draft.facts.items():
                found.setdefault(key, {})[node] = facts
        position = {item: number for number, item in enumerate(self.model.data)}
        members = {member: number for number, member in enumerate(self._members())}
        keys = sorted(found, key=lambda key: (position.get(key.item, 0), members.get(key.member, -1)))
        return DataFacts(
            graph=self.graph,
            knowers=self.knowers,
            performers=self.performers,
            keys=tuple(keys),
            by_node={key: found[key] for key in keys},
            initial={key: self._held_at_start(key) for key in keys},
        )

    def _members(self) -> Iterable[str]:
        return (member for cohort in self.model.cohorts.values() for member in cohort.members)

    def _number_knowers(self) -> Knowers:
        person = frozenset(id_ for id_, actor in self.model.actors.items() if actor.kind == PERSON_KIND)
        ids = [id_ for id_ in self.model.actors if id_ not in person] + list(self.model.systems)
        bit_of = {id_: 1 << number for number, id_ in enumerate(ids)}
        used = len(ids)
        document_bit_of = {id_: 1 << used + number for number, id_ in enumerate(self.model.documents)}
        used += len(document_bit_of)
        carried = [handover.id for handover in self.handovers if handover.is_carried_by_person]
        carried_bit_of = {id_: 1 << used + number for number, id_ in enumerate(carried)}
        return Knowers(bit_of, document_bit_of, carried_bit_of, sum(bit_of.values()), person)

    def _items(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the main names of the items, groups resolved, without duplicates."""
        return tuple(dict.fromkeys(self.model.canonical(item) for item in self.model.items_of(ids)))

    def _held_at_start(self, key: ItemKey) -> int:
        mask = 0
        for system in self.model.systems.values():
            if system.holds and key.item in self._items(system.holds):
                mask |= self.knowers.bit_of[system.id]
        return mask

    def _reading_rights(self) -> dict[str, list[tuple[int, frozenset[str] | None, bool]]]:
        """Return by actor the systems that it may read: their bit, the data (None: all), and whether it does."""
        found: dict[str, list[tuple[int, frozenset[str] | None, bool]]] = {}
        for system in self.model.systems.values():
            for access in system.readers or ():
                items = None if access.data is None else frozenset(self._items(access.data))
                found.setdefault(access.actor, []).append((self.knowers.bit_of[system.id], items, access.used))
        return found

    def _readable(self, actor: str | None, item: str, *, by_unused_rights: bool) -> int:
        asked = actor, item, by_unused_rights
        mask = self.known_readable.get(asked)
        if mask is None:
            mask = 0
            for bit, items, is_used in self.rights.get(actor or "", ()):
                if (items is None or item in items) and (is_used or by_unused_rights):
                    mask |= bit
            self.known_readable[asked] = mask
        return mask

    def _node_members(self, node: int) -> tuple[str, ...]:
        element = self.graph.nodes[node]
        if not isinstance(element, Activity) or not element.for_:
            return (APPLICANT,)
        applicants = {
            member.id
            for cohort in self.model.cohorts.values()
            for member in cohort.members.values()
            if member.role == "applicant"
        }
        return tuple(APPLICANT if member in applicants else member for member in element.for_)

    def _update(self, node: int, items: Iterable[str], **changes: object) -> None:
        """Set fields of the facts of `node` for each item and member; integers and tuples are united."""
        for member in self._node_members(node):
            for item in items:
                key = ItemKey(item, member)
                old = self.drafts[node].facts.get(key) or self._fresh(node, item)
                united = {
                    name: getattr(old, name) | value
                    if type(value) is int
                    else getattr(old, name) + value
                    if isinstance(value, tuple)
                    else value
                    for name, value in changes.items()
                }
                self.drafts[node].facts[key] = replace(old, **united)  # type: ignore[arg-type]  # names are fields

    def _fresh(self, node: int, item: str) -> NodeFacts:
        actor = self.performers[node]
        own = self.knowers.bit_of.get(actor or "", 0)
        return NodeFacts(
            own=own,
            has=own | self._readable(actor, item, by_unused_rights=False),
            can_read=self._readable(actor, item, by_unused_rights=True),
            is_person=actor in self.knowers.person,
            repeats=in_a_row(self.graph.nodes[node]),
        )

    def _add_step(self, node: int, step: Activity) -> None:
        for entry in step.documents_in or ():
            for document in entry.any_of if isinstance(entry, AnyDocument) else (entry,):
                prints = self._items(self.model.documents[document].prints or ())
                self._update(node, prints, shown=self.knowers.document_bit_of[document])
        for retrieval in step.retrieves or ():
            for item in self._items(retrieval.data or ()):
                # a step that looks something up is the practice: the right counts even if it is marked as unused
                readable = self._readable(self.performers[node], item, by_unused_rights=True)
                self._update(node, (item,), retrieves=readable & self.knowers.bit_of[retrieval.from_])
        collected = self._items(entry.item for entry in step.collects or ())
        produced = self._items(step.produces or ())
        self._update(node, self._items((*(step.needs or ()), *(step.confirms or ()))), is_needed=True)
        self._update(node, self._items(step.changes or ()), is_voided=True)
        self._update(node, collected, is_collected=True)
        self._update(node, produced, is_produced=True)
        for recording in step.records_in or ():
            system = self.knowers.bit_of[recording.system]
            if recording.data is None:
                self._update(node, dict.fromkeys((*collected, *produced)), records=system)
            else:
                self._update(node, self._items(recording.data), records_if_had=system)
        self._update(node, self._items(step.discards or ()), is_discarded=True)
        for document in step.documents_out or ():
            prints = self._items(self.model.documents[document].prints or ())
            self._update(node, prints, issues=self.knowers.document_bit_of[document])

    def _add_handover(self, handover: Handover) -> None:
        sender = self.graph.index_of.get(handover.from_node or "")
        if sender is None:
            return
        items = dict.fromkeys(self._items(handover.data or ()))
        for document in handover.documents or ():
            items.update(dict.fromkeys(self._items(self.model.documents[document].prints or ())))
        receiver = self.graph.index_of.get(handover.to_node or "")
        if isinstance(handover.to, ActorEnd):
            receiving_actor: str | None = handover.to.actor
        else:
            receiving_actor = None if receiver is None else self.performers[receiver]
        target = self.knowers.bit_of.get(receiving_actor or "", 0)
        if not target:
            return
        for item in items:
            fresh = self._fresh(sender, item)
            has = self.knowers.bit_of[handover.via] if handover.via is not None else fresh.has
            sets = target
            if handover.is_carried_by_person and receiver is not None:
                sets = self.knowers.carried_bit_of[handover.id]
                self._receive_carried(sender, receiver, item, sets)
            passing = Passing(has, sets, fresh.is_person and handover.via is None, handover.is_carried_by_person)
            self._update(sender, (item,), passes=(passing,))

    def _receive_carried(self, sender: int, receiver: int, item: str, bit: int) -> None:
        for member in self._node_members(sender):
            key = ItemKey(item, member)
            old = self.drafts[receiver].facts.get(key) or self._fresh(receiver, item)
            self.drafts[receiver].facts[key] = replace(old, arrived=old.arrived | bit)
