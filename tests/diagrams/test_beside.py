"""Dotted lines that end on other lines."""

from __future__ import annotations

from ankunft_model.diagrams.beside import with_loose_lines
from ankunft_model.diagrams.plane import Plane
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Box, Line


def test_a_dotted_line_to_a_flow_does_not_lie_on_it() -> None:
    # the shortest way from the note to the flow runs on along the flow
    plane = Plane(
        "process",
        boxes=[Box("a"), Box("b"), Box("note", kind="annotation")],
        lines=[Line("flow", "a", "b")],
        loose_lines=[Line("tie", "note", "flow", "association")],
    )
    places = {"a": Bounds(0, 0, 100, 80), "b": Bounds(0, 300, 100, 80), "note": Bounds(140, 20, 100, 40)}
    flow = (Point(100, 40), Point(120, 40), Point(120, 340), Point(100, 340))
    layout = Layout(boxes=places, routes={"flow": flow})

    begin, end = with_loose_lines(plane, layout).routes["tie"]

    assert begin.x in (140, 165, 190, 215, 240)
    assert end.x == 120
    assert end.y > 40
