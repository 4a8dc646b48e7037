from __future__ import annotations

from itertools import pairwise, product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.layout.geometry import Layout
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out
from ankunft_model.layout.separate_groups import groups_in_order

BOXES = 12
boxes = st.integers(0, BOXES - 1)
acyclic_edges = st.lists(st.tuples(boxes, boxes).map(sorted).filter(lambda ends: ends[0] < ends[1]).map(tuple))


@given(st.lists(st.frozensets(boxes, min_size=1, max_size=4), max_size=5), acyclic_edges)
def test_groups_that_lie_beside_each_other_close_no_circle(
    groups: list[frozenset[int]], edges: list[tuple[int, int]]
) -> None:
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(BOXES))
    pairs = list(groups_in_order(groups, edges))

    for first, second in pairs:
        assert not first & second
        graph.add_edges_from(product(first, second))
    assert nx.is_directed_acyclic_graph(graph)


@given(st.frozensets(boxes, min_size=1, max_size=4), st.frozensets(boxes, min_size=1, max_size=4), acyclic_edges)
def test_of_two_groups_the_one_that_leads_to_the_other_and_not_back_lies_left(
    one: frozenset[int], other: frozenset[int], edges: list[tuple[int, int]]
) -> None:
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(BOXES))
    leads = {ends: any(nx.has_path(graph, a, b) for a, b in product(*ends)) for ends in ((one, other), (other, one))}
    expected = [ends for ends, there in leads.items() if there and not leads[ends[1], ends[0]] and not one & other]

    assert list(groups_in_order((one, other), edges)) == expected


def test_groups_over_two_pools_lie_beside_each_other() -> None:
    # the person is done with the first part long before the office, and could begin the second at once
    office, person = [f"office{number}" for number in range(6)], [f"person{number}" for number in range(4)]
    graph = LayoutGraph(
        bands=(Band("office", name="Amt"), Band("person", name="Person")),
        boxes=(*(Box(name, "office") for name in office), *(Box(name, "person") for name in person)),
        lines=(
            *(Line(f"{a}-{b}", a, b) for names in (office, person) for a, b in pairwise(names)),
            Line("letter", "office0", "person0", "message"),
        ),
        groups=((*office[:4], *person[:2]), (*office[4:], *person[2:])),
    )

    layout = lay_out(graph)

    first, second = (sides(layout, group) for group in graph.groups)
    assert first[1] + 28 <= second[0]


def sides(layout: Layout, group: tuple[str, ...]) -> tuple[int, int]:
    return min(layout.boxes[box].x for box in group), max(layout.boxes[box].right for box in group)
