"""Who owns each node: the organisation (pool) in whose process it is drawn.

An explicit actor wins, except for joins of parallel parts. The defaults give few messages; any owner of an exclusive
gateway would be correct.

Source: design of the collaboration view, part 2 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ankunft_model.graph.participation.blocks import BlockStructure
from ankunft_model.graph.participation.dissolved_joins import without_joins
from ankunft_model.graph.participation.dominance import ROOT
from ankunft_model.graph.participation.handover_paths import handovers_on_flows
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, NormalNode
from ankunft_model.graph.participation.terminating_ends import is_terminating
from ankunft_model.model import ArrivalModel, Handover

UNKNOWN_OWNER = "?"
"""The pool of steps without a known actor; no actor can have this id."""

_ACTING = frozenset(("start", "end", "step", "event", "boundary"))


@dataclass(frozen=True)
class Ownership:
    """The block structure of a process and the owner of each node of its normal form.

    Attributes:
        owner_of: Id of a top actor, or `UNKNOWN_OWNER`, by node id.
    """

    structure: BlockStructure
    owner_of: dict[str, str]

    def crosses(self, flow: str) -> bool:
        """Return whether the ends of the flow belong to different owners."""
        ends = self.structure.form.flows[flow]
        return self.owner_of[ends.source] != self.owner_of[ends.target]


def explicit_owners(model: ArrivalModel, form: NormalForm) -> dict[str, str]:
    """Return the owner of each node that has one by itself: steps, and what names its actor.

    What is held belongs to who holds it. Events of a step's border belong to its owner; the catching events behind an
    event-based gateway are left out, because they are decisions of the gateway's owner.
    """
    found: dict[str, str] = {}
    for node in form.nodes.values():
        if node.held_by is not None:
            found[node.id] = node.held_by
        elif node.actor is not None:
            found[node.id] = model.top_actor(node.actor).id
        elif node.kind in ("step", "boundary_split") or (node.kind == "spawn" and not _is_gateway(node)):
            found[node.id] = UNKNOWN_OWNER
    for node in form.nodes.values():
        if node.kind == "boundary" and node.element is not None:
            host = getattr(node.element, "attached_to", None)
            found[node.id] = found[host] if isinstance(host, str) else UNKNOWN_OWNER
        if node.kind == "event_split":
            caught = {found.get(form.flows[flow].target) for flow in form.outgoing[node.id]}
            if node.id not in found and len(caught) == 1 and (actor := caught.pop()) is not None:
                found[node.id] = actor
            for flow in form.outgoing[node.id]:
                found.pop(form.flows[flow].target, None)
    return found


def _is_gateway(node: NormalNode) -> bool:
    return node.element is not None and node.element.type in ("parallel", "exclusive", "inclusive", "event_based")


def find_owners(
    model: ArrivalModel,
    structure: BlockStructure,
    handovers: tuple[Handover, ...],
    denied_joins: frozenset[str] = frozenset(),
) -> Ownership:
    """Return who owns each node.

    Args:
        model: Says which organisation an actor belongs to.
        structure: The process.
        handovers: Those that may lie on its flows.
        denied_joins: Parallel joins whose explicit actor cannot be kept; the owner of the split gets them.
    """
    form = structure.form
    explicit = explicit_owners(model, form)
    owner_of: dict[str, str] = {}
    for node in form.nodes.values():
        is_gatherer = node.id in structure.block_of_join
        if is_gatherer and (node.kind == "inclusive_join" or node.id in denied_joins):
            continue
        if node.id in explicit:
            owner_of[node.id] = explicit[node.id]
    order = [vertex for vertex in structure.dominance.order if vertex in form.nodes]
    rules = _DefaultOwners(structure, owner_of, handovers_on_flows(form, handovers))
    waiting = [id_ for id_ in order if id_ not in owner_of]
    while waiting:
        left: list[str] = []
        for id_ in waiting:
            owner = rules.owner(form.nodes[id_])
            if owner is None:
                left.append(id_)
            else:
                owner_of[id_] = owner
        if len(left) == len(waiting):
            owner_of[left[0]] = rules.any_owner(form.nodes[left[0]])
            left = left[1:]
        waiting = left
    return Ownership(structure, owner_of)


class _DefaultOwners:
    """The table of defaults; answers None while an owner that it depends on is not known yet."""

    def __init__(
        self,
        structure: BlockStructure,
        owner_of: dict[str, str],
        handovers_on: Mapping[str, tuple[Handover, ...]],
    ) -> None:
        self._structure = structure
        self._form = structure.form
        self._owner_of = owner_of
        self._handovers_on = handovers_on

    def owner(self, node: NormalNode) -> str | None:
        if node.kind == "start":
            return self._acts_after(self._form.only_out(node.id))
        if node.id in self._structure.block_of_join:
            return self._owner_of.get(self._structure.block_of_join[node.id].split)
        if node.kind == "exclusive_join":
            return self._exclusive_join(node)
        if node.kind in ("parallel_split", "spawn"):
            return self._begins_all(node) or self._before(node)
        return self._before(node)

    def any_owner(self, node: NormalNode) -> str:
        """Return an owner for a node whose default depends on itself: who acts after it, before it, or first."""
        for flow in self._form.outgoing[node.id]:
            if (owner := self._acts_after(flow)) is not None:
                return owner
        for flow in self._form.incoming[node.id]:
            if (owner := self._owner_of.get(self._form.flows[flow].source)) is not None:
                return owner
        return next(iter(self._owner_of.values()), UNKNOWN_OWNER)

    def _before(self, node: NormalNode) -> str | None:
        (flow,) = self._form.incoming[node.id]
        return self._owner_of.get(self._form.flows[flow].source)

    def _begins_all(self, node: NormalNode) -> str | None:
        """Return the owner with which all branches of a parallel split begin, if there is just one."""
        flows = list(self._form.outgoing[node.id])
        behind = self._form.target(self._form.only_out(node.id)) if node.kind == "spawn" else None
        if behind is not None and behind.kind == "parallel_split" and behind.element is node.element:
            flows = [*self._form.sides[node.id], *self._form.outgoing[behind.id]]
        before = self._form.source(self._form.incoming[node.id][0])
        if before.kind == "spawn" and before.element is node.element:
            return self._owner_of.get(before.id)
        first = {self._owner_of.get(self._form.flows[flow].target) for flow in flows}
        return first.pop() if len(first) == 1 else None

    def _exclusive_join(self, node: NormalNode) -> str | None:
        incoming = self._form.incoming[node.id]
        dominance = self._structure.dominance
        back = [flow for flow in incoming if dominance.dominates(node.id, self._form.flows[flow].source)]
        before = {self._owner_of.get(self._form.flows[flow].source) for flow in incoming}
        out = self._form.only_out(node.id)
        after = self._acts_after(out)
        if len(before) == 1 and None not in before:
            (only,) = before
            return after if after is not None and self._keeps_handovers_apart(node, out) else only
        if back:
            if after is not None:
                return after
            entering = [flow for flow in incoming if flow not in back]
            return self._owner_of.get(self._form.flows[entering[0]].source) if entering else None
        if None in before:
            return None
        return after or self._owner_of.get(self._deciding_split(node.id))

    def _deciding_split(self, node: str) -> str:
        """Return the nearest node before `node` that all ways to it lead through."""
        above = self._structure.dominance.parent[node]
        while above != ROOT and above not in self._form.nodes:
            above = self._structure.dominance.parent[above]
        return above

    def _acts_after(self, flow: str) -> str | None:
        """Return who acts next on `flow`, None if a decision or an end comes first or it is not known yet."""
        seen: set[str] = set()
        while flow not in seen:
            seen.add(flow)
            node = self._form.target(flow)
            if node.kind in DECISIONS or node.kind == "end" or node.kind == "inclusive_split":
                return None
            if node.kind in _ACTING and node.id in self._owner_of:
                return self._owner_of[node.id]
            if node.kind == "parallel_split":
                return self._owner_of.get(node.id)
            flow = self._form.only_out(node.id)
        return None

    def _keeps_handovers_apart(self, node: NormalNode, out: str) -> bool:
        """Return whether several handovers lead through a join to the step behind it."""
        through = {
            handover.id
            for flow in self._form.incoming[node.id]
            for handover in self._handovers_on.get(flow, ())
            if handover in self._handovers_on.get(out, ())
        }
        return len(through) > 1


def find_owners_without_needless_messages(
    model: ArrivalModel,
    structure: BlockStructure,
    handovers: tuple[Handover, ...],
    denied_joins: frozenset[str] = frozenset(),
) -> Ownership:
    """Return who owns each node, after joins were dissolved that would cost a message just to end together.

    A join after which only joins and an end follow, none with an actor of its own, is dissolved if a flow into it
    crosses: each branch then ends where it is.
    """
    ownership = find_owners(model, structure, handovers, denied_joins)
    while True:
        structure = ownership.structure
        found = [node for node in structure.form.nodes.values() if _is_needless(ownership, node)]
        if not found:
            return ownership
        ownership = find_owners(model, without_joins(structure, found), handovers, denied_joins)


def _is_needless(ownership: Ownership, node: NormalNode) -> bool:
    form = ownership.structure.form
    if node.kind not in ("exclusive_join", "parallel_join") or node.actor is not None or node.id in form.kept:
        return False
    behind = form.target(form.only_out(node.id))
    if behind.kind != "end" or behind.actor is not None or behind.id in form.kept:
        return False
    if node.kind == "parallel_join" and is_terminating(behind):
        return False  # ending apart, the first branch would stop the others
    return any(ownership.crosses(flow) for flow in form.incoming[node.id])
