from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings

from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.routes import COLUMN, COLUMN_STREET, ROW, ROW_STREET, Segment, segment_span

from .layout_graphs import layout_graphs
from .phases import routed, tracked


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_every_line_has_a_route_that_turns_at_each_segment(graph: LayoutGraph) -> None:
    result = routed(graph)

    scope = result.gridded.columned.acyclic.sized.scope
    assert sorted(result.routes) == list(range(len(scope.lines)))
    for route in result.routes.values():
        assert all(a.is_horizontal != b.is_horizontal for a, b in pairwise(route.segments))


def test_neighbours_in_a_row_are_joined_straight_and_a_way_around_a_box_is_a_bridge() -> None:
    graph = LayoutGraph(
        boxes=tuple(map(Box, "abc")), lines=(Line("ab", "a", "b"), Line("bc", "b", "c"), Line("ac", "a", "c"))
    )

    routes = routed(graph).routes

    assert [segment.kind for segment in routes[0].segments] == [ROW]
    assert [segment.kind for segment in routes[2].segments] == [COLUMN, ROW_STREET, COLUMN]


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_lines_on_one_track_at_one_place_have_a_common_end(graph: LayoutGraph) -> None:
    result = tracked(graph)

    scope = result.routed.gridded.columned.acyclic.sized.scope
    users: dict[tuple[Segment, int, int], set[int]] = {}
    for (line, index), track in result.tracks.items():
        route = result.routed.routes[line]
        low, high = sorted(segment_span(result.routed.gridded, route, index))
        for place in range(low, high + 1):
            users.setdefault((route.segments[index], track, place), set()).add(line)
    for lines in users.values():
        ends = [(scope.lines[line].line.source, scope.lines[line].line.target) for line in sorted(lines)]
        assert len({source for source, _ in ends}) == 1 or len({target for _, target in ends}) == 1


@settings(max_examples=25, deadline=None)
@given(layout_graphs())
def test_streets_have_as_many_tracks_as_are_used(graph: LayoutGraph) -> None:
    result = tracked(graph)

    for (line, index), track in result.tracks.items():
        segment = result.routed.routes[line].segments[index]
        counts = result.column_street_tracks if segment.kind == COLUMN_STREET else result.row_street_tracks
        assert 0 <= track < counts[segment.number]
