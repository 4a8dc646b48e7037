from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings

from ankunft_model.layout.chains import parted_at_branches
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line

from .layout_graphs import layout_graphs
from .phases import chained, gridded


def test_the_main_way_is_one_chain_through_split_and_join() -> None:
    graph = LayoutGraph(
        boxes=(Box("a"), Box("split", kind="gateway"), Box("no"), Box("yes"), Box("join", kind="gateway"), Box("z")),
        lines=(
            Line("1", "a", "split"),
            Line("2", "split", "no"),
            Line("3", "split", "yes", is_default=True),
            Line("4", "no", "join"),
            Line("5", "yes", "join"),
            Line("6", "join", "z"),
        ),
    )

    chains = [[graph.boxes[box].id for box in chain.boxes] for chain in chained(graph).chains]

    assert chains == [["a", "split", "yes", "join", "z"], ["no"]]


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_chains_run_to_the_right_and_hold_each_box_once(graph: LayoutGraph) -> None:
    result = chained(graph)

    column, anchor = result.columned.column, result.columned.acyclic.anchor
    members = sorted(box for chain in result.chains for box in chain.boxes)
    assert members == [place for place in range(len(anchor)) if anchor[place] == place]
    assert all(column[a] < column[b] for chain in result.chains for a, b in pairwise(chain.boxes))


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_chains_are_parted_where_several_lines_leave_or_arrive_and_nowhere_else(graph: LayoutGraph) -> None:
    whole = chained(graph)

    parted, parts_of = parted_at_branches(whole)

    acyclic = whole.columned.acyclic
    lines = acyclic.sized.scope.lines
    leaving = Counter(acyclic.anchor[line.source.box] for line in lines if line.source.box is not None)
    arriving = Counter(acyclic.anchor[line.target.box] for line in lines if line.target.box is not None)
    for chain, parts in zip(whole.chains, parts_of, strict=True):
        assert tuple(box for part in parts for box in parted.chains[part].boxes) == chain.boxes
        ends = {parted.chains[part].boxes[-1] for part in parts}
        for box, following in pairwise(chain.boxes):
            assert (box in ends) == (leaving[box] > 1 or arriving[following] > 1)
    order = [(whole.columned.column[chain.boxes[0]], chain.boxes[0]) for chain in parted.chains]
    assert order == sorted(order)


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_no_two_boxes_share_a_cell_and_each_lies_in_its_band(graph: LayoutGraph) -> None:
    result = gridded(graph)

    scope, anchor = result.columned.acyclic.sized.scope, result.columned.acyclic.anchor
    own = [place for place in range(len(anchor)) if anchor[place] == place]
    assert len({(result.row[place], result.columned.column[place]) for place in own}) == len(own)
    for place in own:
        band = scope.boxes[place].band
        assert not result.rows[result.row[place]].is_border
        if band is not None:
            upper, lower = result.band_rows[band]
            assert upper < result.row[place] < lower


def test_exceptions_go_down_and_branches_spread_to_both_sides() -> None:
    graph = LayoutGraph(
        boxes=(
            *(Box(name) for name in ("a", "b", "c", "stopped")),
            Box("late", kind="event", width=36, height=36, host="b"),
        ),
        lines=(Line("ab", "a", "b"), Line("bc", "b", "c"), Line("stop", "late", "stopped")),
    )

    result = gridded(graph)

    assert result.row[3] > result.row[1] == result.row[0] == result.row[2]


def test_an_empty_lane_has_a_row_of_its_own() -> None:
    graph = LayoutGraph(bands=(Band("pool"), Band("empty", "pool"), Band("full", "pool")), boxes=(Box("a", "full"),))

    result = gridded(graph)

    upper, lower = result.band_rows["empty"]
    assert lower == upper + 2
    assert result.band_rows["pool"] == (upper, result.band_rows["full"][1])
