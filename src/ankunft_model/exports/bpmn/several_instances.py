"""Processes that one case can begin more than once, so that two of them may run at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.pool_elements import PoolProcess
from ankunft_model.graph.participation.blocks import in_cycles
from ankunft_model.graph.participation.dominance import Dominance, find_dominance
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, flow_ids, normalise_nodes
from ankunft_model.graph.participation.terminating_ends import is_terminating
from ankunft_model.model import AnyNode, ArrivalModel, Process, SubProcess


def starts_of_several_instances(model: ArrivalModel, process: Process) -> tuple[str, ...]:
    """Return the handovers that can start `process` more than once in one run of the processes that send them.

    That is one whose sender can act again, and several whose senders can all act.
    """
    if not _starts(model, process):
        return ()
    looks = {other.id: _Look(other) for other in model.processes.values()}
    repeated: set[str] = set()
    while True:
        found = {
            other.id: _of_several(_starts(model, other), other.id, looks, repeated)
            for other in model.processes.values()
        }
        more = {id_ for id_, starts in found.items() if starts}
        if more == repeated:
            return found[process.id]
        repeated = more


def _of_several(
    starts: tuple[_Start, ...], process: str, looks: Mapping[str, _Look], repeated: set[str]
) -> tuple[str, ...]:
    """Return those of the starts of a process that several instances can stem from, where `repeated` ones run often."""
    found: set[str] = set()
    for start in starts:
        if start.process in repeated or (start.process != process and looks[start.process].can_repeat(start.sender)):
            found.add(start.handover)
    for one, other in combinations(starts, 2):
        if one.process != other.process or not looks[one.process].are_alternatives(one.sender, other.sender):
            found.update((one.handover, other.handover))
    return tuple(start.handover for start in starts if start.handover in found)


@dataclass(frozen=True, slots=True)
class _Start:
    """A handover that starts a process, its sender, and the process of that."""

    handover: str
    sender: str
    process: str


def _starts(model: ArrivalModel, process: Process) -> tuple[_Start, ...]:
    inside = {node.id for node in process.all_nodes}
    return tuple(
        _Start(handover.id, handover.from_node, model.process_of[handover.from_node].id)
        for handover in model.handovers.values()
        if handover.triggers and handover.channel != () and handover.to_node in inside
        if handover.from_node is not None and handover.from_node in model.process_of
    )


def is_anonymous(pool: PoolProcess) -> bool:
    """Return whether it makes no difference which of several instances of a pool gets a message.

    That is so where the pool waits for nothing: each instance is begun by its message and does its part alone. It is
    so, too, where nothing but the place of a token says what comes next: where no join and no sub-process waits for
    other tokens of the same instance, and no end stops them.
    """
    elements = [element for level in pool.levels() for element in level.elements]
    waits = any(element.receives is not None and element.kind != "start" for element in elements)
    return not waits or not any(
        element.kind in ("parallel_join", "inclusive_join")
        or element.inner is not None
        or (element.kind == "end" and element.node is not None and is_terminating(element.node))
        for element in elements
    )


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
