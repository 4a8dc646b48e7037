"""Which data the steps of a group of processes use, and what is used from a step on.

Used is what a step needs or has confirmed, what it makes another item or a document of, what it hands over, and what
it keeps for others. Flows, sub-processes, boundary events, started processes and waiting handovers are followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from ankunft_model.analysis.knowledge.facts import APPLICANT, ItemKey, members_at
from ankunft_model.graph import WorkflowGraph, strong_components
from ankunft_model.model import Activity, ArrivalModel, Handover

ANCESTOR_LIMIT: Final = 20_000
"""In graphs with more nodes, steps that are neither before nor after each other are not told apart."""

QUESTION_LIMIT: Final = 200
"""So often at most the runs are asked whether two steps that no flow joins can follow each other."""

REMOTE_CHANNELS: Final = frozenset({"paper_letter", "phone", "email", "fax", "video", "online_service"})
"""Channels on which somebody can be reached only with contact data."""

Purpose: TypeAlias = Literal["any", "receiver"]
"""Whose use counts: that of anybody, or what a receiver does with what it is sent (asking for it counts, too)."""


class DataUse:
    """Which data are used where, in one group of processes."""

    def __init__(
        self,
        model: ArrivalModel,
        graph: WorkflowGraph,
        performers: tuple[str | None, ...],
        derived: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.model = model
        self.graph = graph
        self.performers = performers
        self._derived = derived
        self._sent = self._sent_items()
        self._components = strong_components(dict(enumerate(_successors(graph))))
        self._component_of = {node: number for number, nodes in enumerate(self._components) for node in nodes}
        self._next = _component_successors(graph, self._components, self._component_of)
        self._bit_of: dict[ItemKey, int] = {}
        self._ancestors: list[int] | None = None
        self._downstream: dict[str | None, list[int]] = {}
        self._users: dict[str | None, dict[ItemKey, list[int]]] = {}
        self._used: dict[tuple[int, Purpose], tuple[ItemKey, ...]] = {}

    def members_of(self, node: int) -> tuple[str, ...]:
        """Return the members of the household that a step is about; `""` is the applicant."""
        return members_at(self.model, self.graph.nodes[node])

    def keys(self, node: int, ids: Iterable[str]) -> tuple[ItemKey, ...]:
        """Return the single data, by main name and member, that `ids` mean at a step."""
        stated = self.model.items_of(ids)
        if not stated:
            return ()
        members = self.members_of(node)
        items = dict.fromkeys(map(self.model.canonical, stated))
        if members == (APPLICANT,):
            return tuple([ItemKey(item, APPLICANT) for item in items])
        return tuple(ItemKey(item, member) for item in items for member in members)

    def used_at(self, node: int, purpose: Purpose = "any") -> tuple[ItemKey, ...]:
        """Return the data that a step itself uses, each once."""
        if (node, purpose) not in self._used:
            self._used[node, purpose] = tuple(dict.fromkeys(self._find_used_at(node, purpose)))
        return self._used[node, purpose]

    def _find_used_at(self, node: int, purpose: Purpose) -> Iterator[ItemKey]:
        step = self.graph.nodes[node]
        yield from self._sent.get(node, ())
        if not isinstance(step, Activity):
            return
        yield from self.keys(node, (*(step.needs or ()), *(step.confirms or ())))
        for made in self.keys(node, (*(step.produces or ()), *(step.needs or ()))):
            yield from (ItemKey(item, made.member) for item in self._derived.get(made.item, ()))
        for document in step.documents_out or ():
            yield from self.keys(node, self.model.documents[document].prints or ())
        if REMOTE_CHANNELS & set(step.channel or ()):
            contact = [item.id for item in self.model.data.values() if item.category == "contact"]
            yield from self.keys(node, contact)
        for recording in step.records_in or ():
            if purpose == "receiver":
                yield from self.keys(node, recording.data or ())
            elif self.is_kept_for_others(recording.system, self.performers[node]):
                asked = [entry.item for entry in step.collects or ()]
                yield from self.keys(node, asked if recording.data is None else recording.data)
        if purpose == "receiver":
            yield from self.keys(node, (entry.item for entry in step.collects or ()))

    def is_kept_for_others(self, system: str, actor: str | None) -> bool:
        """Return whether a system states by itself what it is for: a register, or read by others than the actor."""
        kept = self.model.systems[system]
        return kept.kind in ("register", "shared", "portal") or any(
            access.actor != actor for access in kept.readers or ()
        )

    def used_from(self, node: int, *, actor: str | None = None) -> frozenset[ItemKey]:
        """Return the data that are used at a node or at one that flows lead to from there.

        Args:
            node: Index of the node.
            actor: Count only steps of this actor, as the receiver of data; None: of everybody.
        """
        masks = self._masks(actor)
        mask = masks[self._component_of[node]]
        return frozenset(key for key, bit in self._bit_of.items() if mask & bit)

    def is_used_from(self, node: int, key: ItemKey, *, actor: str | None = None) -> bool:
        """Return whether a datum is used at a node or at one that flows lead to from there."""
        masks = self._masks(actor)
        return bool(masks[self._component_of[node]] & self._bit_of.get(key, 0))

    def unordered_users(self, node: int, key: ItemKey, *, actor: str | None = None) -> tuple[int, ...]:
        """Return the steps using a datum that flows lead neither to from `node` nor from to `node`."""
        if actor not in self._users:
            self._users[actor] = {}
            for other, performer in enumerate(self.performers):
                if actor is None or performer == actor:
                    for used in self.used_at(other, "any" if actor is None else "receiver"):
                        self._users[actor].setdefault(used, []).append(other)
        users = self._users[actor].get(key, ())
        return tuple(other for other in users if not self._is_before(other, node) and not self._is_before(node, other))

    def _sent_items(self) -> Mapping[int, list[ItemKey]]:
        """Return what handovers take along from each node."""
        found: dict[int, list[ItemKey]] = {}
        for process in self.graph.processes:
            for handover in process.handovers or ():
                sender = self.graph.index_of.get(handover.from_node or "")
                if sender is not None and handover.channel != ():
                    found.setdefault(sender, []).extend(self.keys(sender, _passed(self.model, handover)))
        return found

    def _masks(self, actor: str | None) -> list[int]:
        """Return by component what is used there or later, as bits of data."""
        if actor not in self._downstream:
            masks = [0] * len(self._components)
            for number, nodes in enumerate(self._components):
                mask = 0
                for node in nodes:
                    if actor is None or self.performers[node] == actor:
                        for key in self.used_at(node, "any" if actor is None else "receiver"):
                            mask |= self._bit_of.setdefault(key, 1 << len(self._bit_of))
                for later in self._next[number]:
                    # where nothing is added the number itself is shared: most components add nothing of most actors
                    mask = mask | masks[later] if mask else masks[later]
                masks[number] = mask
            self._downstream[actor] = masks
        return self._downstream[actor]

    def _is_before(self, first: int, second: int) -> bool:
        """Return whether flows lead from `first` to `second`; True where that is too much to compute."""
        if len(self.graph.nodes) > ANCESTOR_LIMIT:
            return True
        if self._ancestors is None:
            reached = [0] * len(self._components)
            for number, nodes in enumerate(self._components):
                mask = 0
                for node in nodes:
                    mask |= 1 << node
                for later in self._next[number]:
                    mask |= reached[later]
                reached[number] = mask
            self._ancestors = reached
        return bool(self._ancestors[self._component_of[first]] >> second & 1)


def derived_items(model: ArrivalModel) -> Mapping[str, tuple[str, ...]]:
    """Return for each item the main names of those that it can be derived from."""
    found: dict[str, tuple[str, ...]] = {}
    for item in model.data.values():
        if item.derivable_from:
            sources = tuple(model.canonical(source) for source in model.items_of(item.derivable_from))
            found[model.canonical(item.id)] = sources
    return found


def _passed(model: ArrivalModel, handover: Handover) -> Iterator[str]:
    yield from handover.data or ()
    for document in handover.documents or ():
        yield from model.documents[document].prints or ()


def _successors(graph: WorkflowGraph) -> list[list[int]]:
    """Return for each node those that can follow it at once."""
    found: list[list[int]] = [[graph.target[flow] for flow in graph.outgoing[node]] for node in range(len(graph.nodes))]
    for node, parent in enumerate(graph.parent):
        if parent >= 0:
            found[parent].append(node)
            found[node].extend(graph.target[flow] for flow in graph.outgoing[parent])
            found[node].extend(graph.boundary_events[parent])
        found[node].extend(graph.boundary_events[node])
    for process in graph.processes:
        for handover in process.handovers or ():
            source = graph.index_of.get(handover.from_node or "")
            target = graph.index_of.get(handover.to_node or "")
            if source is not None and target is not None and (handover.triggers or handover.waits):
                found[source].append(target)
    return found


def _component_successors(
    graph: WorkflowGraph, components: list[list[int]], component_of: dict[int, int]
) -> list[tuple[int, ...]]:
    successors = _successors(graph)
    return [
        tuple(
            dict.fromkeys(
                component_of[target] for node in nodes for target in successors[node] if component_of[target] != number
            )
        )
        for number, nodes in enumerate(components)
    ]
