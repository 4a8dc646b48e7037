from __future__ import annotations

import networkx as nx
from hypothesis import given, settings

from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.topological_order import TopologicalOrder

from .layout_graphs import layout_graphs
from .phases import acyclic, columned


def test_a_loop_turns_back_at_its_last_flow_only() -> None:
    graph = LayoutGraph(
        boxes=(Box("start"), Box("a"), Box("b")),
        lines=(Line("in", "start", "a"), Line("on", "a", "b"), Line("again", "b", "a"), Line("self", "b", "b")),
    )

    found = acyclic(graph)

    assert (found.forward, found.backward) == ((0, 1), (2, 3))


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_forward_flows_are_acyclic_and_lead_to_the_right(graph: LayoutGraph) -> None:
    result = columned(graph)

    scope, anchor = result.acyclic.sized.scope, result.acyclic.anchor
    pairs = [
        (anchor[scope.lines[place].source.box or 0], anchor[scope.lines[place].target.box or 0])
        for place in result.acyclic.forward
    ]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(pairs))
    assert all(result.column[source] < result.column[target] for source, target in pairs)
    assert sorted(set(result.column)) == list(range(result.column_count))


def test_all_bands_share_the_columns_so_a_message_goes_straight_down() -> None:
    graph = LayoutGraph(
        bands=(Band("p"), Band("q")),
        boxes=(Box("a", "p"), Box("b", "p"), Box("c", "q"), Box("d", "q")),
        lines=(Line("ab", "a", "b"), Line("cd", "c", "d"), Line("bc", "b", "c", "message")),
    )

    result = columned(graph)

    assert result.column == (0, 1, 1, 2)


def test_a_late_start_stands_beside_what_it_starts() -> None:
    graph = LayoutGraph(
        boxes=(*tuple(map(Box, "abcd")), Box("late")),
        lines=(Line("ab", "a", "b"), Line("bc", "b", "c"), Line("cd", "c", "d"), Line("ld", "late", "d")),
    )

    assert columned(graph).column == (0, 1, 2, 3, 2)


def test_an_order_grows_by_pairs_and_refuses_circles() -> None:
    order = TopologicalOrder(4, [(0, 1)])

    accepted = [order.insert(*pair) for pair in ((3, 0), (1, 2), (2, 3), (3, 2))]

    assert accepted == [True, True, False, True]
    assert order.sequence() == [3, 0, 1, 2]
