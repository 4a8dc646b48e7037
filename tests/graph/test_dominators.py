"""Dominators and post-dominators equal those of networkx, and what taking a vertex away shows."""

from __future__ import annotations

from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.rules.cases import case
from tests.analysis.small_models import build, plain_models

from ankunft_model.graph import (
    Dominators,
    WorkflowGraph,
    build_workflow_graph,
    find_dominators,
    node_dominators,
    node_post_dominators,
)


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    count = draw(st.integers(1, 9))
    return [draw(st.lists(st.integers(0, count - 1), max_size=3)) for _ in range(count)]


def of_networkx(successors: list[list[int]]) -> dict[int, int]:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(successors)))
    graph.add_edges_from((vertex, next_) for vertex, following in enumerate(successors) for next_ in following)
    found = nx.immediate_dominators(graph, 0)
    return {vertex: above for vertex, above in found.items() if vertex != 0}


def known(found: Dominators) -> dict[int, int]:
    return {vertex: above for vertex, above in enumerate(found.parent) if above >= 0}


@settings(max_examples=400)
@given(graphs())
def test_immediate_dominators_equal_those_of_networkx(successors: list[list[int]]) -> None:
    assert known(find_dominators(successors, 0)) == of_networkx(successors)


@given(graphs())
def test_a_vertex_dominates_what_cannot_be_reached_without_it(successors: list[list[int]]) -> None:
    found = find_dominators(successors, 0)

    reached = reachable(successors, without=-1)
    for above in reached:
        left = reachable(successors, without=above)
        assert {below for below in reached if found.dominates(above, below)} == reached - left
        assert set(found.dominated_by(above)) == reached - left


def reachable(successors: list[list[int]], *, without: int) -> set[int]:
    seen: set[int] = set()
    stack = [0] if without != 0 else []
    while stack:
        vertex = stack.pop()
        if vertex not in seen and vertex != without:
            seen.add(vertex)
            stack += successors[vertex]
    return seen


@settings(max_examples=100)
@given(plain_models)
def test_processes_have_the_dominators_of_their_flows_in_both_directions(plain: dict[str, Any]) -> None:
    graph = build_workflow_graph(*build(plain).processes.values())

    forwards, backwards = node_dominators(graph), node_post_dominators(graph)

    root = len(graph.nodes)
    flows = nx.DiGraph(edges(graph))
    flows.add_node(root)
    flows.add_edges_from((root, node) for node in graph.entry_points())
    assert known(forwards) == without_root(nx.immediate_dominators(flows, root), root)
    ways = nx.DiGraph(edges(graph))
    ways.add_nodes_from(range(root))
    ends = [node for node in range(root) if ways.out_degree(node) == 0]
    ways.add_node(root)
    ways.add_edges_from((node, root) for node in ends)
    assert known(backwards) == without_root(nx.immediate_dominators(ways.reverse(), root), root)


def edges(graph: WorkflowGraph) -> list[tuple[int, int]]:
    found = list(zip(graph.source, graph.target, strict=True))
    for node in range(len(graph.nodes)):
        found += [(node, event) for event in graph.boundary_events[node]]
        found += [(node, entry) for entry in graph.entries_of(node)]
    return found


def without_root(found: dict[int, int], root: int) -> dict[int, int]:
    return {vertex: above for vertex, above in found.items() if vertex != root}


def test_a_decision_is_passed_before_and_its_join_after_each_branch() -> None:
    model = case(
        "first: {type: exclusive, name: Was?, next: [{to: a, when: a}, {to: b, when: b}]}\n"
        "a: {name: A, actor: sozialamt, next: zu}\n"
        "b: {name: B, actor: sozialamt, next: zu}\n"
        "zu: {type: exclusive, next: ende}"
    )
    graph = build_workflow_graph(*model.processes.values())
    at = graph.index_of

    before, after = node_dominators(graph), node_post_dominators(graph)

    assert before.parent[at["zu"]] == at["first"]
    assert after.parent[at["first"]] == at["zu"]
    assert not before.dominates(at["a"], at["zu"])
    assert after.dominates(at["zu"], at["a"])
