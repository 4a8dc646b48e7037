from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.associations import straighten_associations
from ankunft_model.layout.check import check_layout
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
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


def note(id_: str, band: str | None = None) -> Box:
    return Box(id_, band, "annotation", 120, 40, "Hinweis")


def test_a_note_to_an_event_on_a_border_lies_below_and_its_line_beside_the_way_out() -> None:
    graph = LayoutGraph(
        boxes=(
            Box("check"),
            Box("failed", kind="event", width=36, height=36, label="gescheitert", host="check"),
            Box("next"),
            Box("handle"),
            note("why"),
        ),
        lines=(
            Line("on", "check", "next"),
            Line("exit", "failed", "handle"),
            Line("because", "failed", "why", "association"),
        ),
    )

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()
    assert len(layout.routes["because"]) == 2
    assert layout.boxes["why"].y > layout.boxes["check"].bottom
    assert layout.routes["because"][0].x != layout.routes["exit"][0].x


def test_a_wide_note_to_an_event_stands_beside_the_messages_of_its_host_and_not_above_it() -> None:
    graph = LayoutGraph(
        bands=(Band("office"), Band("stock", closed=True)),
        boxes=(
            Box("begin", "office"),
            Box("fetch", "office"),
            Box("late", "office", "event", 36, 36, label="2 Tage", host="fetch"),
            Box("send", "office"),
            Box("inform", "office"),
            Box("why", "office", "annotation", 430, 90),
        ),
        lines=(
            Line("to fetch", "begin", "fetch"),
            Line("to send", "fetch", "send"),
            Line("exit", "late", "inform"),
            Line("because", "late", "why", "association"),
            Line("ask", "fetch", "stock", "message"),
            Line("answer", "stock", "fetch", "message"),
        ),
    )

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()
    assert layout.boxes["why"].y > layout.boxes["fetch"].bottom
    assert [len(layout.routes[line]) for line in ("because", "ask", "answer")] == [2, 2, 2]


def test_a_line_ends_elsewhere_on_the_side_where_the_text_of_its_event_is_in_the_way_of_the_middle() -> None:
    graph = LayoutGraph(
        boxes=(Box("event", kind="event", width=36, height=36, label="vorbei"), Box("why", kind="annotation")),
        lines=(Line("because", "event", "why", "association"),),
    )
    layout = Layout(
        boxes={"event": Bounds(0, 0, 36, 36), "why": Bounds(60, 90, 440, 90)},
        box_labels={"event": Bounds(20, 38, 40, 28)},
        routes={"because": (Point(18, 36), Point(18, 70), Point(280, 70), Point(280, 90))},
    )

    begin, end = straighten_associations(graph, layout).routes["because"]

    assert (begin.x - 18) ** 2 + (begin.y - 18) ** 2 <= 19**2
    assert end.y == 90
    assert 60 < end.x < 500


def test_notes_to_the_inside_of_a_container_lie_side_by_side_over_what_they_mean() -> None:
    graph = LayoutGraph(
        boxes=(
            Box("outer", kind="container"),
            *(Box(name, parent="outer") for name in "abc"),
            Box("before"),
            *(note(f"on {name}") for name in "cba"),
        ),
        lines=(
            Line("in", "before", "outer"),
            Line("ab", "a", "b"),
            Line("bc", "b", "c"),
            *(Line(f"note {name}", f"on {name}", name, "association") for name in "abc"),
        ),
    )

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()
    assert [len(layout.routes[f"note {name}"]) for name in "abc"] == [2, 2, 2]
    notes = [layout.boxes[f"on {name}"] for name in "abc"]
    assert all(area.bottom < layout.boxes["outer"].y for area in notes)
    assert [area.x for area in notes] == sorted(area.x for area in notes)


def test_a_note_to_a_closed_band_stands_where_no_message_passes() -> None:
    graph = LayoutGraph(
        bands=(Band("desk"), Band("post", closed=True), Band("notes"), Band("person", closed=True)),
        boxes=(Box("send", "desk"), Box("wait", "desk"), note("about", "notes")),
        lines=(
            Line("on", "send", "wait"),
            Line("letter", "send", "person", "message"),
            Line("because", "about", "post", "association"),
        ),
    )

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()
    assert len(layout.routes["letter"]) == len(layout.routes["because"]) == 2
