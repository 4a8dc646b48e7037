"""A model for one target group or one case: conditions are fixed, what cannot happen any more is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ankunft_model.errors import UnknownElementError
from ankunft_model.graph.views import without_unknown_uses
from ankunft_model.graph.workflow_graph import build_workflow_graph
from ankunft_model.model import AnyNode, ArrivalModel, Case, Flow, Gateway, Process, SubProcess, nearest
from ankunft_model.wording import Wording

_DECIDING = ("exclusive", "event_based", "inclusive")


def for_cohort(model: ArrivalModel, cohort: str) -> ArrivalModel:
    """Return the part of the model that is for one target group, as a model of its own.

    Branches of decisions that are for others (`cohorts` of their first node) are left out, and so is what only they
    lead to; a step for others between two that are not is passed over. Cases and information duties of other groups
    are left out. What is decided away is not waited for.

    Raises:
        UnknownElementError: the cohort is not known.
    """
    if cohort not in model.cohorts:
        raise _unknown("cohort", cohort, model.cohorts)

    def is_for_others(node: AnyNode) -> bool:
        return node.cohorts is not None and cohort not in node.cohorts

    narrowed = _narrowed(model, lambda _: None, is_for_others)
    cases = [case for case in narrowed.cases.values() if case.cohort in (None, cohort)]
    duties = [duty for duty in narrowed.information_duties.values() if duty.to in (None, cohort)]
    return without_unknown_uses({**_fields(narrowed), "cases": cases, "information_duties": duties})


def for_case(model: ArrivalModel, case: str) -> ArrivalModel:
    """Return the part of the model that a case can pass, as a model of its own.

    The decisions that the case states are taken as it states them, those that it leaves open stay open. It is narrowed
    to its target group, too, and no other case is left.

    Raises:
        UnknownElementError: the case is not known.
    """
    if case not in model.cases:
        raise _unknown("case", case, model.cases)
    found: Case = model.cases[case]
    if found.cohort is not None:
        model = for_cohort(model, found.cohort)
        found = model.cases[case]
    taken = {**_fields(model), "cases": [found.changed(choices={})]}
    narrowed = _narrowed(without_unknown_uses(taken), lambda gateway: found.choices.get(gateway.id), lambda _: False)
    return without_unknown_uses({**_fields(narrowed), "cases": [narrowed.cases[case]]})


def _unknown(kind: str, id_: str, known: Iterable[str]) -> UnknownElementError:
    near = nearest(id_, known)
    german = {"cohort": "Die Zielgruppe", "case": "Den Fall"}[kind]
    return UnknownElementError(
        Wording(
            de=f"{german} „{id_}“ gibt es nicht." + (f" Gemeint: „{near}“?" if near else ""),
            en=f"there is no {kind} '{id_}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=id_,
    )


def _fields(model: ArrivalModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in type(model).model_fields}


def _narrowed(
    model: ArrivalModel,
    chosen: Callable[[Gateway], tuple[str, ...] | None],
    is_for_others: Callable[[AnyNode], bool],
) -> ArrivalModel:
    """Return the model with decisions fixed, without what is for others, and without what is not reached any more."""
    others = {node.id for node in model.nodes.values() if is_for_others(node)}
    change = _Narrowing(chosen, others)
    processes = [process.changed(nodes=change.nodes(process.nodes.values())) for process in model.processes.values()]
    reached: list[Process] = []
    for process in processes:
        graph = build_workflow_graph(process)
        alive = {graph.nodes[node].id for node in graph.reachable_from(graph.entry_points())}
        reached.append(_without_nodes(process, alive))
    return _without_unstarted(model, without_unknown_uses({**_fields(model), "processes": reached}))


@dataclass(frozen=True, slots=True)
class _Narrowing:
    chosen: Callable[[Gateway], tuple[str, ...] | None]
    others: set[str]

    def nodes(self, nodes: Iterable[AnyNode]) -> list[AnyNode]:
        """Return the nodes with their flows narrowed, those inside sub-processes, too."""
        known = {node.id: node for node in nodes}
        return [self._node(node, known) for node in known.values()]

    def _node(self, node: AnyNode, known: Mapping[str, AnyNode]) -> AnyNode:
        flows = list(node.next)
        fields: dict[str, Any] = {}
        if isinstance(node, Gateway) and node.type in _DECIDING and len(flows) > 1:
            kept = self._decided(node, flows)
            if len(kept) < len(flows) or self.chosen(node) is not None:
                flows = [flow.changed(share=None) for flow in kept]
                if node.type == "inclusive" and self.chosen(node) is not None:
                    fields["type"] = "parallel" if len(flows) > 1 else "exclusive"
        flows = [flow.changed(to=self._passed_over(flow.to, known)) for flow in flows]
        if isinstance(node, SubProcess):
            fields["nodes"] = self.nodes(node.nodes.values())
        return node.changed(next=tuple(flows), **fields)

    def _decided(self, gateway: Gateway, flows: list[Flow]) -> list[Flow]:
        targets = self.chosen(gateway)
        if targets is not None:
            return [flow for flow in flows if flow.to in targets]
        return [flow for flow in flows if flow.to not in self.others] or flows

    def _passed_over(self, target: str, known: Mapping[str, AnyNode]) -> str:
        """Return the first node from `target` on that is not for others, as far as one flow leads on."""
        seen: set[str] = set()
        while target in self.others and target not in seen and len(known[target].next) == 1:
            seen.add(target)
            target = known[target].next[0].to
        return target


def _without_nodes(process: Process, alive: set[str]) -> Process:
    def kept(nodes: Iterable[AnyNode]) -> list[AnyNode]:
        return [
            node.changed(nodes=kept(node.nodes.values())) if isinstance(node, SubProcess) else node
            for node in nodes
            if node.id in alive
        ]

    nodes = kept(process.nodes.values())
    return process if len(nodes) == len(process.nodes) else process.changed(nodes=nodes)


def _without_unstarted(before: ArrivalModel, after: ArrivalModel) -> ArrivalModel:
    """Leave out processes that handovers started before and nothing starts any more."""
    started = _started(before)
    while True:
        gone = (started - _started(after)) & set(after.processes)
        left = [process for process in after.processes.values() if process.id not in gone]
        if not gone or not left:
            return after
        after = without_unknown_uses({**_fields(after), "processes": left})


def _started(model: ArrivalModel) -> set[str]:
    return {
        model.process_of[handover.to_node].id
        for handover in model.handovers.values()
        if handover.triggers
        and handover.to_node is not None
        and handover.from_node is not None
        and model.process_of[handover.from_node] is not model.process_of[handover.to_node]
    }
