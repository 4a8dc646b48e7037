"""Processes that one case can begin more than once, so that two of them may run at the same time."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.blocks import in_cycles
from ankunft_model.graph.participation.dominance import Dominance, find_dominance
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, flow_ids, normalise_nodes
from ankunft_model.model import AnyNode, ArrivalModel, Process, SubProcess


def starts_of_several_instances(model: ArrivalModel, process: Process) -> tuple[str, ...]:
    """Return the handovers that can start `process` more than once in one run of the processes that send them.

    That is one whose sender can act again, and several whose senders can all act.
    """
    inside = {node.id for node in process.all_nodes}
    starting = [
        (handover.id, handover.from_node)
        for handover in model.handovers.values()
        if handover.triggers and handover.channel != () and handover.to_node in inside
    ]
    looks = {other.id: _Look(other) for other in model.processes.values()}
    found: dict[str, None] = {}
    places = [(id_, model.process_of[sender].id, sender) for id_, sender in starting if sender in model.process_of]
    for id_, of, sender in places:
        if of != process.id and looks[of].can_repeat(sender):
            found.setdefault(id_)
    for (one, of, sender), (other, other_of, other_sender) in combinations(places, 2):
        if of != other_of or not looks[of].are_alternatives(sender, other_sender):
            found.setdefault(one)
            found.setdefault(other)
    return tuple(id_ for id_, _ in starting if id_ in found)


class _Look:
    """How the nodes of a process follow each other, in each scope of it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._nodes_of: dict[str, tuple[AnyNode, ...]] = {process.id: tuple(process.nodes.values())}
        self._scope_of: dict[str, str] = {}
        scopes = [process.id]
        for scope in scopes:
            for node in self._nodes_of[scope]:
                self._scope_of[node.id] = scope
                if isinstance(node, SubProcess):
                    self._nodes_of[node.id] = tuple(node.nodes.values())
                    scopes.append(node.id)
        self._form = cache(self._found_form)

    def _found_form(self, scope: str) -> tuple[NormalForm, Dominance] | None:
        nodes = self._nodes_of[scope]
        kept = frozenset(node.id for node in nodes)
        try:
            form = normalise_nodes(scope, nodes, flow_ids(self._process), kept)
        except ExportError:
            return None
        return form, find_dominance(form)

    def _around(self, node: str) -> list[tuple[str, str]]:
        """Return the scopes around a node, the outermost first, each with what lies in it."""
        found = [(self._scope_of[node], node)]
        while found[-1][0] != self._process.id:
            found.append((self._scope_of[found[-1][0]], found[-1][0]))
        return found[::-1]

    def can_repeat(self, node: str) -> bool:
        """Return whether a node lies in a loop, or in a sub-process that does."""
        for scope, place in self._around(node):
            found = self._form(scope)
            if found is None or place in in_cycles(found[0]):
                return True
        return False

    def are_alternatives(self, one: str, other: str) -> bool:
        """Return whether one decision says which of two nodes acts, and is taken once."""
        for (scope, place), (_, beside) in zip(self._around(one), self._around(other), strict=False):
            if place == beside:
                continue
            found = self._form(scope)
            if found is None or self.can_repeat(one) or self.can_repeat(other):
                return False
            form, dominance = found
            above, beneath = _ways_from_common_dominator(dominance, place, beside)
            return {above, beneath} <= form.flows.keys() and form.source(above).kind in DECISIONS
        return False


def _ways_from_common_dominator(dominance: Dominance, one: str, other: str) -> tuple[str, str]:
    """Return what lies right below the nearest common dominator of two nodes, above each of them."""
    while not dominance.dominates(dominance.parent[one], other):
        one = dominance.parent[one]
    while not dominance.dominates(dominance.parent[other], one):
        other = dominance.parent[other]
    return one, other
