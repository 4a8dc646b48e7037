from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

GRAPH = LayoutGraph(
    bands=(Band("pool"), Band("upper", "pool"), Band("lower", "pool")),
    boxes=(
        Box("a", "upper", "event", 36, 36, "Beginn"),
        Box("b", "upper"),
        Box("c", "upper"),
        Box("d", "lower", "gateway", 50, 50),
        Box("e", "lower"),
    ),
    lines=(Line("ab", "a", "b"), Line("bc", "b", "c", label="weiter"), Line("de", "d", "e")),
)


def with_box(layout: Layout, id_: str, bounds: Bounds) -> Layout:
    return replace(layout, boxes={**layout.boxes, id_: bounds})


def with_route(layout: Layout, id_: str, *points: Point) -> Layout:
    return replace(layout, routes={**layout.routes, id_: points})


def shifted_end(layout: Layout) -> Layout:
    begin, end = layout.routes["ab"]
    return with_route(layout, "ab", Point(begin.x + 5, begin.y), end)


def off_diamond(layout: Layout) -> Layout:
    begin, end = layout.routes["de"]
    return with_route(layout, "de", Point(begin.x, begin.y - 10), Point(end.x, end.y - 10))


def slanted(layout: Layout) -> Layout:
    begin, end = layout.routes["ab"]
    return with_route(layout, "ab", begin, Point(end.x, end.y + 3))


def through_b(layout: Layout) -> Layout:
    begin, end = layout.routes["ab"]
    beyond = layout.boxes["b"].right + 10
    return with_route(layout, "ab", begin, Point(end.x - 5, end.y), Point(beyond, end.y), end)


def on_another(layout: Layout) -> Layout:
    begin, end = layout.routes["ab"]
    d, e = layout.boxes["d"], layout.boxes["e"]
    way = (Point(d.centre.x, d.y), Point(d.centre.x, begin.y), Point(end.x - 1, begin.y), Point(end.x - 1, e.centre.y))
    return with_route(layout, "de", *way, Point(e.x, e.centre.y))


def text_moved(layout: Layout) -> Layout:
    return replace(layout, box_labels={"a": layout.box_labels["a"].moved(0, 200)})


def text_on(id_: str) -> Callable[[Layout], Layout]:
    return lambda layout: replace(layout, line_labels={"bc": layout.boxes[id_]})


FAULTS: list[tuple[str, Callable[[Layout], Layout]]] = [
    ("box-overlap", lambda layout: with_box(layout, "c", layout.boxes["b"].moved(10, 10))),
    ("outside-band", lambda layout: with_box(layout, "d", layout.boxes["a"].moved(0, -60))),
    ("band-overlap", lambda layout: replace(layout, bands={**layout.bands, "lower": layout.bands["upper"]})),
    ("lanes-do-not-tile", lambda layout: replace(layout, bands={**layout.bands, "pool": Bounds(0, 0, 9999, 9999)})),
    ("end-off-outline", shifted_end),
    ("end-off-outline", off_diamond),
    ("slanted-line", slanted),
    ("line-through-own-box", through_b),
    ("lines-on-each-other", on_another),
    ("label-far", text_moved),
    ("label-missing", lambda layout: replace(layout, line_labels={})),
    ("label-on-box", text_on("c")),
    ("label-on-line", lambda layout: replace(layout, line_labels={"bc": layout.boxes["a"].moved(30, 0)})),
    ("label-on-label", lambda layout: replace(layout, line_labels={"bc": layout.box_labels["a"]})),
    ("missing", lambda layout: replace(layout, routes={})),
]


def test_the_sound_drawing_has_no_defect() -> None:
    assert check_layout(GRAPH, lay_out(GRAPH)) == ()


@pytest.mark.parametrize(("kind", "spoil"), FAULTS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(FAULTS)])
def test_a_spoilt_drawing_has_the_defect(kind: str, spoil: Callable[[Layout], Layout]) -> None:
    spoilt = spoil(lay_out(GRAPH))

    assert kind in {defect.kind for defect in check_layout(GRAPH, spoilt)}
