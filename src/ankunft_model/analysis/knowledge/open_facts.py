"""The facts that nobody stated and that could let an actor have a datum it seems to lack.

They are looked for backwards from the step that needs the datum: who could tell its actor, who could tell those, and
so on, over everything that the open facts may let pass. Whether they really decide is settled by playing all runs.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from ankunft_model.analysis.knowledge.facts import DataFacts, ItemKey, NodeFacts
from ankunft_model.analysis.knowledge.held_documents import held_at_start
from ankunft_model.graph import WorkflowGraph, find_unnamed_performers
from ankunft_model.model import Activity, ArrivalModel

OpenKind: TypeAlias = Literal["actor", "handover", "retrieval", "holds", "readers", "prints", "held"]


class UnknownFact(NamedTuple):
    """A fact that nobody stated.

    Attributes:
        kind: `actor`: who performs a node; `handover`: what one passes on; `retrieval`: what a step looks up;
            `holds`, `readers`: what a system holds at the beginning, who reads it; `prints`: what a document says;
            `held`: whether the person has it at the beginning.
        id: Of the node, handover, system or document.
    """

    kind: OpenKind
    id: str


def is_anything_open(model: ArrivalModel, graph: WorkflowGraph) -> bool:
    """Return whether something is left open that says who may know what."""
    return (
        any(handover.data is None for process in graph.processes for handover in process.handovers or ())
        or any(system.holds is None or system.readers is None for system in model.systems.values())
        or any(document.prints is None for document in model.documents.values())
        or None in held_at_start(model, graph).values()
        or any(unnamed >= 0 for unnamed in find_unnamed_performers(graph))
        or any(
            retrieval.data is None
            for node in graph.nodes
            for retrieval in ((node.retrieves or ()) if isinstance(node, Activity) else ())
        )
    )


class OpenFacts:
    """Answers which open facts could matter to a gap, in one group of processes.

    Args:
        model: The model.
        facts: Everything that the model says, open facts read as spreading all they could.
    """

    def __init__(self, model: ArrivalModel, facts: DataFacts) -> None:
        self.model = model
        self.facts = facts
        self.unnamed = find_unnamed_performers(facts.graph)
        knowers = facts.knowers
        self.unheld = {bit: id_ for id_, bit in knowers.bit_of.items() if self._is_open(id_, "holds")}
        self.unread = {bit: id_ for id_, bit in knowers.bit_of.items() if self._is_open(id_, "readers")}
        self.unprinted = {
            bit: id_ for id_, bit in knowers.document_bit_of.items() if model.documents[id_].prints is None
        }
        held = held_at_start(model, facts.graph)
        self.perhaps_held = {bit: id_ for id_, bit in knowers.document_bit_of.items() if held[id_] is None}
        self._later: dict[int, frozenset[int]] = {}
        self._order = {fact: number for number, fact in enumerate(self._all())}

    def _is_open(self, id_: str, name: Literal["holds", "readers"]) -> bool:
        system = self.model.systems.get(id_)
        return system is not None and getattr(system, name) is None

    def _all(self) -> list[UnknownFact]:
        """Return all facts that could be open, in the order in which they are named."""
        return [
            *(UnknownFact("actor", node.id) for node in self.facts.graph.nodes),
            *(UnknownFact("handover", id_) for id_ in self.model.handovers),
            *(UnknownFact("retrieval", node.id) for node in self.facts.graph.nodes),
            *(UnknownFact(kind, id_) for id_ in self.model.systems for kind in ("readers", "holds")),
            *(UnknownFact(kind, id_) for id_ in self.model.documents for kind in ("held", "prints")),
        ]

    def before(self, key: ItemKey, node: int, *, carried: bool = True) -> tuple[UnknownFact, ...]:
        """Return the open facts that could let the actor of `node` have the datum, at whatever time.

        Args:
            key: The datum.
            node: The step that needs it.
            carried: Whether what the person carries and shows counts.
        """
        return self._searched(key, node, frozenset(), carried=carried)

    def to_ask(self, key: ItemKey, node: int, *, carried: bool = True) -> tuple[UnknownFact, ...]:
        """Return those of `before` that do not lie behind the step; all of them if none is left."""
        if node not in self._later:
            self._later[node] = _only_after(self.facts.graph, node)
        found = self._searched(key, node, self._later[node], carried=carried)
        return found or self.before(key, node, carried=carried)

    def _searched(self, key: ItemKey, node: int, left_out: frozenset[int], *, carried: bool) -> tuple[UnknownFact, ...]:
        by_node = self.facts.by_node[key] if carried else self.facts.without_carried(key)
        considered = {at: fact for at, fact in by_node.items() if at not in left_out}
        search = _Search(self, considered, self.facts.initial[key])
        search.begin(node)
        return tuple(sorted(search.found, key=self._order.__getitem__))


class _Search:
    """Goes backwards from a step to all who could be the origin of a datum; used once."""

    def __init__(self, open_facts: OpenFacts, by_node: dict[int, NodeFacts], initial: int) -> None:
        self.open = open_facts
        self.graph = open_facts.facts.graph
        self.by_node = by_node
        self.initial = initial
        self.possible = _could_be_set(by_node, initial)
        self.found: set[UnknownFact] = set()
        self.wanted: list[int] = []
        self.seen = 0

    def begin(self, node: int) -> None:
        self._have(node)
        while self.wanted:
            bit = self.wanted.pop()
            self._ask_start(bit)
            for at, fact in self.by_node.items():
                self._ask(at, fact, bit)

    def _want(self, mask: int) -> None:
        new = mask & self.possible & ~self.seen
        self.seen |= new
        while new:
            self.wanted.append(new & -new)
            new &= new - 1

    def _have(self, node: int) -> None:
        """Ask how the actor of `node` could have the datum: by knowing or by reading."""
        self._name(node)
        fact = self.by_node[node]
        self._read(fact.has)
        self._want(fact.has)

    def _read(self, systems: int) -> None:
        """Note the systems of which nobody said who reads them."""
        for bit, id_ in self.open.unread.items():
            if systems & self.possible & bit:
                self.found.add(UnknownFact("readers", id_))

    def _name(self, node: int) -> None:
        unnamed = self.open.unnamed[node]
        if unnamed >= 0:
            self.found.add(UnknownFact("actor", self.graph.nodes[unnamed].id))

    def _print(self, documents: int) -> None:
        for bit, id_ in self.open.unprinted.items():
            if documents & bit:
                self.found.add(UnknownFact("prints", id_))

    def _ask_start(self, bit: int) -> None:
        if self.initial & bit and bit in self.open.unheld:
            self.found.add(UnknownFact("holds", self.open.unheld[bit]))
        if self.initial & bit and bit in self.open.perhaps_held:
            self.found.add(UnknownFact("held", self.open.perhaps_held[bit]))

    def _ask(self, node: int, fact: NodeFacts, bit: int) -> None:
        """Ask what a node adds to who knows the datum."""
        brought = (fact.shown | fact.arrived | fact.retrieves) & self.possible
        if fact.own & bit and (brought or fact.is_collected or fact.is_produced):
            self._name(node)
            self._print(fact.shown & brought)
            self._retrieve(node, fact.retrieves & brought)
            self._want(brought)
        if (fact.records_if_had | fact.issues) & bit:
            self._print(fact.issues & bit)
            self._have(node)
        for passing in fact.passes:
            if passing.sets & bit and (passing.always or passing.sender_has & self.possible):
                self._pass(node, passing.handover, passing.sender_has)

    def _retrieve(self, node: int, systems: int) -> None:
        self._read(systems)
        step = self.graph.nodes[node]
        for retrieval in (step.retrieves or ()) if isinstance(step, Activity) else ():
            if retrieval.data is None and systems & self.open.facts.knowers.bit_of[retrieval.from_]:
                self.found.add(UnknownFact("retrieval", step.id))

    def _pass(self, node: int, id_: str, sender_has: int) -> None:
        handover = self.open.model.handovers[id_]
        if handover.data is None:
            self.found.add(UnknownFact("handover", id_))
        for document in handover.documents or ():
            self._print(self.open.facts.knowers.document_bit_of[document])
        receiver = self.graph.index_of.get(handover.to_node or "")
        if receiver is not None:
            self._name(receiver)
        if handover.via is None:
            self._name(node)
            self._read(sender_has)
        self._want(sender_has)


def _could_be_set(by_node: dict[int, NodeFacts], initial: int) -> int:
    """Return the bits that could be set at some time, in whatever order the nodes execute."""
    possible, before = initial, -1
    while possible != before:
        before = possible
        for fact in by_node.values():
            possible |= fact.before_needs(possible)
            if fact.is_collected or fact.is_produced:
                possible |= fact.own | fact.records
            if fact.is_person or possible & fact.has:
                possible |= fact.records_if_had | fact.issues
            for passing in fact.passes:
                if passing.always or possible & passing.sender_has:
                    possible |= passing.sets
    return possible


def _only_after(graph: WorkflowGraph, node: int) -> frozenset[int]:
    """Return nodes that flows lead to from `node` and from which nothing leads back; none where that is unclear."""
    around = node
    while graph.parent[around] >= 0:
        around = graph.parent[around]
    if len(graph.processes) > 1 or (around != node and _may_come_again(graph, around)):
        return frozenset()
    after = graph.reachable_from([graph.target[flow] for flow in graph.outgoing[node]]) - {node}
    after -= graph.reachable_from([*graph.boundary_events[node], *graph.entries_of(node)])  # these come while it runs
    leads_back = {node}
    stack = [node]
    while stack:
        at = stack.pop()
        before = [graph.source[flow] for flow in graph.incoming[at]]
        before += [graph.host[at], graph.parent[at]]
        before += [inner for inner in after if graph.parent[inner] == at] if at in after else []
        for new in before:
            if new in after and new not in leads_back:
                leads_back.add(new)
                stack.append(new)
    return after - leads_back


def _may_come_again(graph: WorkflowGraph, sub_process: int) -> bool:
    element = graph.nodes[sub_process]
    if isinstance(element, Activity) and element.repeats is not None:
        return True
    targets = [graph.target[flow] for flow in graph.outgoing[sub_process]]
    return sub_process in graph.reachable_from([*targets, *graph.boundary_events[sub_process]])
