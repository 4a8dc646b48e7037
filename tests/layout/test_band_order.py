from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.band_order import in_best_order
from ankunft_model.layout.check import check_layout
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

from .layout_graphs import layout_graphs


def test_a_closed_pool_leaves_the_way_between_two_pools_that_talk() -> None:
    graph = LayoutGraph(
        bands=(Band("a"), Band("closed", closed=True), Band("b")),
        boxes=(Box("x", "a"), Box("y", "b")),
        lines=(Line("1", "x", "y", "message"), Line("2", "x", "closed", "message")),
    )

    assert [band.id for band in in_best_order(graph).bands] == ["closed", "a", "b"]


def test_lanes_stay_as_declared_unless_asked() -> None:
    graph = LayoutGraph(
        bands=(Band("pool"), *(Band(lane, "pool") for lane in "abc")),
        boxes=tuple(Box(f"in {lane}", lane) for lane in "abc"),
        lines=(Line("1", "in a", "in c"), Line("2", "in c", "in a")),
    )

    assert in_best_order(graph) == graph
    assert [band.id for band in in_best_order(graph, lanes=True).bands] == ["pool", "a", "c", "b"]


def test_eight_pools_in_a_ring_of_messages_lie_beside_their_partners() -> None:
    names = [f"p{number}" for number in range(8)]
    partners = [(names[0], names[4]), (names[4], names[2]), (names[2], names[6])]
    graph = LayoutGraph(
        bands=tuple(map(Band, names)),
        boxes=tuple(Box(f"in {name}", name) for name in names),
        lines=tuple(Line(f"{a}{b}", f"in {a}", f"in {b}", "message") for a, b in partners),
    )

    place = {band.id: number for number, band in enumerate(in_best_order(graph).bands)}

    assert all(abs(place[a] - place[b]) == 1 for a, b in partners)


@settings(max_examples=25, deadline=None)
@given(layout_graphs())
def test_a_new_order_keeps_all_bands_and_can_be_drawn(graph: LayoutGraph) -> None:
    ordered = in_best_order(graph, lanes=True)

    assert sorted(band.id for band in ordered.bands) == sorted(band.id for band in graph.bands)
    assert in_best_order(ordered, lanes=True) == ordered
    assert [d for d in check_layout(ordered, lay_out(ordered)) if d.kind != "label-far"] == []
