"""What the model says about who knows what, put together per datum and node.

Where the model leaves something open, the facts are compiled for one reading of it: `NOTHING` counts what is stated
only; `EVERYTHING` lets the open facts spread as much knowledge as any answer could; `FORGETTING` lets whoever an
unnamed body is forget what it discards. No answer lets anybody know less than one of the outer two, or more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis.knowledge.facts import (
    DataFacts,
    ItemKey,
    Knowers,
    NodeFacts,
    Passing,
    in_a_row,
    members_at,
)
from ankunft_model.analysis.knowledge.held_documents import held_at_start
from ankunft_model.graph import WorkflowGraph, find_performers, find_unnamed_performers
from ankunft_model.model import PERSON_KIND, Activity, ActorEnd, AnyDocument, ArrivalModel, Handover

Reading: TypeAlias = Literal["nothing", "everything", "forgetting"]
"""How open facts are read; see the docstring of the module."""

NOTHING: Final[Reading] = "nothing"
EVERYTHING: Final[Reading] = "everything"
FORGETTING: Final[Reading] = "forgetting"


def compile_facts(
    model: ArrivalModel, graph: WorkflowGraph, reading: Reading = NOTHING, *, only: frozenset[str] | None = None
) -> DataFacts:
    """Return what every node of `graph` does to every datum.

    Args:
        model: The model.
        graph: The workflow graph of the processes that are played together.
        reading: How open facts are read.
        only: Main names of the items that are asked for; None: all.
    """
    return _Compiler(model, graph, reading, only).compile()


class _FactsInStock:
    """Keeps each facts once: of large models most steps do the same to their data as other steps of their actor."""

    def __init__(self) -> None:
        self._fresh: dict[tuple[object, ...], NodeFacts] = {}
        self._changed: dict[tuple[object, ...], tuple[NodeFacts, NodeFacts]] = {}

    def fresh(
        self, own: int, has: int, can_read: int, *, is_person: bool, repeats: tuple[int, int | None]
    ) -> NodeFacts:
        """Return the facts of a node that does nothing yet."""
        key = (own, has, can_read, is_person, repeats)
        found = self._fresh.get(key)
        if found is None:
            found = NodeFacts(own=own, has=has, can_read=can_read, is_person=is_person, repeats=repeats)
            self._fresh[key] = found
        return found

    def changed(self, old: NodeFacts, changes: dict[str, object]) -> NodeFacts:
        """Return facts with some fields set; integers and tuples are united."""
        if "passes" in changes:
            return _united(old, changes)  # a handover has its id with it, which does not count when facts are compared
        key = (id(old), *changes.items())
        if key not in self._changed:  # the old ones are kept too, so that their number stays their own
            self._changed[key] = old, _united(old, changes)
        return self._changed[key][1]


def _united(old: NodeFacts, changes: dict[str, object]) -> NodeFacts:
    united = {
        name: getattr(old, name) | value
        if type(value) is int
        else getattr(old, name) + value
        if isinstance(value, tuple)
        else value
        for name, value in changes.items()
    }
    return replace(old, **united)  # type: ignore[arg-type]  # names are fields


class _Compiler:
    def __init__(
        self, model: ArrivalModel, graph: WorkflowGraph, reading: Reading, only: frozenset[str] | None
    ) -> None:
        self.model = model
        self.graph = graph
        self.spreads = reading == EVERYTHING
        self.forgets = reading == FORGETTING
        self.only = only
        self.known_items: dict[str, tuple[str, ...]] = {}
        self.performers = find_performers(graph)
        self.unnamed = tuple(node >= 0 for node in find_unnamed_performers(graph))
        self.handovers = [handover for process in graph.processes for handover in process.handovers or ()]
        self.knowers = self._number_knowers()
        self.anybody = sum(bit for id_, bit in self.knowers.bit_of.items() if id_ in model.actors)
        self.unread = sum(self.knowers.bit_of[system.id] for system in model.systems.values() if system.readers is None)
        self.held = held_at_start(model, graph)
        self.drafts: list[dict[ItemKey, NodeFacts]] = [{} for _ in graph.nodes]
        self.stock = _FactsInStock()
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
            for key, facts in draft.items():
                found.setdefault(key, {})[node] = facts
        position = self.model.place_of_item
        members = {member: number for number, member in enumerate(self._members())}
        keys = sorted(found, key=lambda key: (position.get(key.item, 0), members.get(key.member, -1)))
        held = self._held_at_start()
        return DataFacts(
            graph=self.graph,
            knowers=self.knowers,
            performers=self.performers,
            keys=tuple(keys),
            by_node={key: found[key] for key in keys},
            initial={key: held.get(key.item, 0) for key in keys},
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
        """Return the main names of the items that are asked for, groups resolved, without duplicates."""
        known = self.known_items
        found: list[tuple[str, ...]] = []
        for id_ in ids:
            names = known.get(id_)
            if names is None:
                every = dict.fromkeys(self.model.canonical(item) for item in self.model.items_of((id_,)))
                names = known[id_] = tuple(name for name in every if self.only is None or name in self.only)
            found.append(names)
        if len(found) < 2:
            return found[0] if found else ()
        return tuple(dict.fromkeys(name for names in found for name in names))

    def _stated_or_open(self, ids: tuple[str, ...] | None) -> tuple[str, ...]:
        """Return the items of a list; where nobody stated it, those that it may be read as."""
        if ids is not None or not self.spreads:
            return self._items(ids or ())
        return self._items(self.model.data)

    def _held_at_start(self) -> dict[str, int]:
        """Return the bits of who holds each item at the beginning, and of the documents that print it then."""
        masks: dict[str, int] = {}
        for system in self.model.systems.values():
            held = system.holds
            if held is None and self.spreads:
                held = tuple(self.model.data) if system.stores is None else system.stores
            for item in self._items(held or ()):
                masks[item] = masks.get(item, 0) | self.knowers.bit_of[system.id]
        for document in self.model.documents.values():
            is_held = self.held[document.id]
            if is_held or (is_held is None and self.spreads):
                for item in self._stated_or_open(document.prints):
                    masks[item] = masks.get(item, 0) | self.knowers.document_bit_of[document.id]
        return masks

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
            mask = self.unread if self.spreads else 0
            for bit, items, is_used in self.rights.get(actor or "", ()):
                if (items is None or item in items) and (is_used or by_unused_rights):
                    mask |= bit
            self.known_readable[asked] = mask
        return mask

    def _node_members(self, node: int) -> tuple[str, ...]:
        return members_at(self.model, self.graph.nodes[node])

    def _update(self, node: int, items: Collection[str], **changes: object) -> None:
        """Set fields of the facts of `node` for each item and member; integers and tuples are united."""
        if not items:
            return
        facts = self.drafts[node]
        for member in self._node_members(node):
            for item in items:
                key = ItemKey(item, member)
                facts[key] = self.stock.changed(facts.get(key) or self._fresh(node, item), changes)

    def _fresh(self, node: int, item: str) -> NodeFacts:
        if self.unnamed[node] and self.spreads:
            # whoever it is: any body, or the person, who has everything
            everything = self.knowers.all_knowers
            repeats = in_a_row(self.graph.nodes[node])
            return self.stock.fresh(self.anybody, everything, everything, is_person=True, repeats=repeats)
        actor = self.performers[node]
        own = self.knowers.bit_of.get(actor or "", 0)
        return self.stock.fresh(
            own,
            own | self._readable(actor, item, by_unused_rights=False),
            self._readable(actor, item, by_unused_rights=True),
            is_person=actor in self.knowers.person,
            repeats=in_a_row(self.graph.nodes[node]),
        )

    def _add_step(self, node: int, step: Activity) -> None:
        for entry in step.documents_in or ():
            for document in entry.any_of if isinstance(entry, AnyDocument) else (entry,):
                prints = self._stated_or_open(self.model.documents[document].prints)
                self._update(node, prints, shown=self.knowers.document_bit_of[document])
        for retrieval in step.retrieves or ():
            for item in self._stated_or_open(retrieval.data):
                # a step that looks something up is the practice: the right counts even if it is marked as unused
                readable = self._readable(self.performers[node], item, by_unused_rights=True)
                if self.unnamed[node] and self.spreads:
                    readable = self.knowers.all_knowers
                self._update(node, (item,), retrieves=readable & self.knowers.bit_of[retrieval.from_])
        collected = self._items(entry.item for entry in step.collects or ())
        produced = self._items(step.produces or ())
        self._update(node, self._items((*(step.needs or ()), *(step.confirms or ()))), is_needed=True)
        if step.changes:
            self._update(node, self._items(step.changes), is_voided=True)
        self._update(node, collected, is_collected=True)
        self._update(node, produced, is_produced=True)
        for recording in step.records_in or ():
            system = self.knowers.bit_of[recording.system]
            if recording.data is None:
                self._update(node, dict.fromkeys((*collected, *produced)), records=system)
            else:
                self._update(node, self._items(recording.data), records_if_had=system)
        if step.discards:
            self._update(node, self._items(step.discards), is_discarded=True, forgets=self._forgetting(node))
        for document in step.documents_out or ():
            prints = self._stated_or_open(self.model.documents[document].prints)
            self._update(node, prints, issues=self.knowers.document_bit_of[document])

    def _forgetting(self, node: int) -> int:
        """Return the bits of who forgets what the node discards."""
        if self.unnamed[node]:
            return self.anybody if self.forgets else 0
        return self.knowers.bit_of.get(self.performers[node] or "", 0)

    def _add_handover(self, handover: Handover) -> None:
        sender = self.graph.index_of.get(handover.from_node or "")
        if sender is None:
            return
        is_open = handover.data is None and handover.channel != ()
        items = dict.fromkeys(self._stated_or_open(None) if is_open else self._items(handover.data or ()))
        for document in handover.documents or ():
            items.update(dict.fromkeys(self._stated_or_open(self.model.documents[document].prints)))
        receiver = self.graph.index_of.get(handover.to_node or "")
        if isinstance(handover.to, ActorEnd):
            receiving_actor: str | None = handover.to.actor
        else:
            receiving_actor = None if receiver is None else self.performers[receiver]
        target = self.knowers.bit_of.get(receiving_actor or "", 0)
        if receiver is not None and self.unnamed[receiver] and self.spreads:
            target = self.anybody
        if not target:
            return
        for item in items:
            fresh = self._fresh(sender, item)
            has = self.knowers.bit_of[handover.via] if handover.via is not None else fresh.has
            sets = target
            if handover.is_carried_by_person and receiver is not None:
                sets = self.knowers.carried_bit_of[handover.id]
                self._receive_carried(sender, receiver, item, sets)
            always = fresh.is_person and handover.via is None
            passing = Passing(has, sets, always, handover.is_carried_by_person, handover.id)
            self._update(sender, (item,), passes=(passing,))

    def _receive_carried(self, sender: int, receiver: int, item: str, bit: int) -> None:
        for member in self._node_members(sender):
            key = ItemKey(item, member)
            old = self.drafts[receiver].get(key) or self._fresh(receiver, item)
            self.drafts[receiver][key] = self.stock.changed(old, {"arrived": bit})
