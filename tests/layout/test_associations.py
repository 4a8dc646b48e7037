from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.associations import straighten_associations
from ankunft_model.layout.check import check_layout
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

from .layout_graphs import layout_graphs

GRAPH = LayoutGraph(
    boxes=(Box("task"), Box("note", kind="annotation", height=30), Box("between")),
    lines=(Line("tie", "task", "note", "association"),),
)
BENT = (Point(150, 100), Point(150, 60), Point(350, 60), Point(350, 45))


def test_a_bent_association_is_drawn_straight_to_the_facing_side() -> None:
    places = {"task": Bounds(100, 100, 100, 80), "note": Bounds(300, 15, 100, 30), "between": Bounds(600, 0, 100, 80)}

    straight = straighten_associations(GRAPH, Layout(boxes=places, routes={"tie": BENT}))

    assert straight.routes["tie"] == (Point(150, 100), Point(350, 45))


def test_it_stays_bent_where_a_box_is_in_the_way() -> None:
    places = {"task": Bounds(100, 100, 100, 80), "note": Bounds(300, 15, 100, 30), "between": Bounds(210, 65, 60, 30)}
    layout = Layout(boxes=places, routes={"tie": BENT})

    assert straighten_associations(GRAPH, layout) == layout


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_flows_keep_their_ways_and_no_association_has_more_than_one_bend_too_many(graph: LayoutGraph) -> None:
    layout = lay_out(graph)

    again = straighten_associations(graph, layout)

    kind = {line.id: line.kind for line in graph.lines}
    for id_, route in again.routes.items():
        assert route == layout.routes[id_] or (kind[id_] == "association" and len(route) == 2)
    assert [d for d in check_layout(graph, again) if d.kind != "label-far"] == []
