from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.message_columns import spread_messages
from ankunft_model.layout.network_simplex import RankEdge

from .layout_graphs import layout_graphs
from .phases import acyclic


def test_of_two_branches_with_messages_one_moves_aside_with_its_partner() -> None:
    # two boxes of one pool, both in column 1, send to boxes of the other pool in column 1
    graph = LayoutGraph(
        bands=(Band("p"), Band("q")),
        boxes=(Box("s", "p"), Box("a", "p"), Box("b", "p"), Box("e", "p"), Box("x", "q"), Box("y", "q")),
        lines=(Line("ax", "a", "x", "message"), Line("by", "b", "y", "message")),
    )
    edges = [RankEdge(0, 1, 1, 4), RankEdge(0, 2, 1, 4), RankEdge(1, 3, 1, 4), RankEdge(2, 3, 1, 4)]

    column = spread_messages(acyclic(graph), edges, [0, 1, 1, 3, 1, 1])

    assert column[1] == column[4]
    assert column[2] == column[5]
    assert column[1] != column[2]


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_columns_still_respect_all_edges(graph: LayoutGraph) -> None:
    found = acyclic(graph)
    scope, anchor = found.sized.scope, found.anchor
    edges = [
        RankEdge(anchor[line.source.box or 0], anchor[line.target.box or 0], 1, 4)
        for line in (scope.lines[place] for place in found.forward)
    ]
    column = [0] * len(scope.boxes)
    for _ in scope.boxes:
        for edge in edges:
            column[edge.head] = max(column[edge.head], column[edge.tail] + edge.length)

    spread = spread_messages(found, edges, column)

    assert all(spread[edge.head] - spread[edge.tail] >= edge.length for edge in edges)
