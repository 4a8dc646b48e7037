from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.scopes import BOTTOM, TOP, End, bands_in_reading_order, part_into_scopes

from .layout_graphs import layout_graphs


def test_a_line_out_of_two_containers_is_cut_at_both_borders() -> None:
    graph = LayoutGraph(
        bands=(Band("upper"), Band("lower")),
        boxes=(
            Box("outer", "upper", "container"),
            Box("inner", kind="container", parent="outer"),
            Box("throw", kind="event", parent="inner"),
            Box("catch", "lower", "event"),
        ),
        lines=(Line("m", "throw", "catch", "message", "Antrag"),),
    )

    scopes = part_into_scopes(graph).scopes

    assert [scope.container for scope in scopes] == ["inner", "outer", None]
    pieces = [scope.lines[0] for scope in scopes]
    assert [(piece.source, piece.target) for piece in pieces] == [
        (End(0), End(side=BOTTOM)),
        (End(0, side=BOTTOM), End(side=BOTTOM)),
        (End(0, side=BOTTOM), End(1)),
    ]
    assert [piece.carries_label for piece in pieces] == [False, False, True]


def test_a_line_upwards_leaves_by_the_upper_border() -> None:
    graph = LayoutGraph(
        bands=(Band("upper"), Band("lower")),
        boxes=(Box("outer", "lower", "container"), Box("throw", parent="outer"), Box("catch", "upper")),
        lines=(Line("m", "throw", "catch", "message"),),
    )

    assert part_into_scopes(graph).scopes[0].lines[0].target == End(side=TOP)


def test_only_messages_may_end_at_a_band() -> None:
    graph = LayoutGraph(
        bands=(Band("pool"),),
        boxes=(Box("a"),),
        lines=(Line("flow", "a", "pool"), Line("message", "a", "pool", "message")),
    )

    tree = part_into_scopes(graph)

    assert tree.undrawable_lines == ("flow",)
    assert [line.line.id for line in tree.scopes[-1].lines] == ["message"]


def test_bands_are_read_from_top_to_bottom_with_their_lanes() -> None:
    bands = (Band("lane2", "pool1"), Band("pool1"), Band("pool2"), Band("inner", "lane2"))

    assert [band.id for band in bands_in_reading_order(bands)] == ["pool1", "lane2", "inner", "pool2"]


@settings(max_examples=30, deadline=None)
@given(layout_graphs())
def test_every_box_stands_in_one_scope_and_every_line_is_drawn_or_named(graph: LayoutGraph) -> None:
    tree = part_into_scopes(graph)

    assert sorted(box.id for scope in tree.scopes for box in scope.boxes) == sorted(box.id for box in graph.boxes)
    drawn = {piece.line.id for scope in tree.scopes for piece in scope.lines}
    assert drawn | set(tree.undrawable_lines) == {line.id for line in graph.lines}
    labelled = [piece.line.id for scope in tree.scopes for piece in scope.lines if piece.carries_label]
    assert sorted(labelled) == sorted(drawn)
