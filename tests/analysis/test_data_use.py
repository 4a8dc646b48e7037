"""Which data are used from a step on: it equals what a plain look at all ways of flows says."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_use import DataUse
from ankunft_model.graph import WorkflowGraph

from .rules.cases import case
from .small_models import build, plain_models


def plain_later(graph: WorkflowGraph, node: int) -> set[int]:
    """Return the nodes that can come after a node, this included, by following everything that leads on."""
    found = {node}
    while True:
        more = {graph.target[flow] for flow, source in enumerate(graph.source) if source in found}
        for here in found:
            more |= {event for event, host in enumerate(graph.host) if host == here}
            more |= {inner for inner, parent in enumerate(graph.parent) if parent == here}
            outer = graph.parent[here]
            if outer >= 0:
                more |= {graph.target[flow] for flow in graph.outgoing[outer]}
                more |= set(graph.boundary_events[outer])
        for process in graph.processes:
            for handover in process.handovers or ():
                joins = handover.waits or handover.triggers
                if joins and graph.index_of.get(handover.from_node or "", -1) in found and handover.to_node is not None:
                    more.add(graph.index_of[handover.to_node])
        if more <= found:
            return found
        found |= more


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plain_models)
def test_use_downstream_equals_a_plain_search(plain: dict[str, Any]) -> None:
    for use in Computations(build(plain)).data_uses:
        nodes = range(len(use.graph.nodes))
        keys = {key for node in nodes for key in use.used_at(node)}
        for node in nodes:
            later = plain_later(use.graph, node)
            expected = {key for key in keys if any(key in set(use.used_at(other)) for other in later)}

            assert use.used_from(node) == expected
            assert {key for key in keys if use.is_used_from(node, key)} == expected
            for key in keys:
                users = {other for other in nodes if key in set(use.used_at(other))}
                beside = {other for other in users - later if node not in plain_later(use.graph, other)}
                assert set(use.unordered_users(node, key)) == beside


def uses(nodes: str, **changes: str) -> DataUse:
    (use,) = Computations(case(nodes, **changes)).data_uses
    return use


def test_what_an_item_is_derived_from_is_used_with_it() -> None:
    use = uses("first: {name: Zahlen, actor: sozialamt, needs: [both], produces: [health], next: ende}")

    used = {key.item for key in use.used_at(use.graph.index_of["first"])}

    assert used == {"name", "bank"}


def test_a_receiver_uses_what_it_asks_for_and_nobody_else_does() -> None:
    use = uses("first: {name: Fragen, actor: sozialamt, collects: [name], next: ende}")
    node = use.graph.index_of["first"]

    assert list(use.used_at(node)) == []
    assert [key.item for key in use.used_at(node, "receiver")] == ["name"]
