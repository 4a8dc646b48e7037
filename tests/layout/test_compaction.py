from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ankunft_model.layout.cells import reserve_cells
from ankunft_model.layout.compaction import tighten
from ankunft_model.layout.coordinates import coordinate_grid
from ankunft_model.layout.geometry import Bounds, Point
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out
from ankunft_model.layout.placement import PlacedScope, place_scope
from ankunft_model.layout.sketch import SAME_COLUMN_PX, SAME_ROW_PX

from .layout_graphs import layout_graphs
from .phases import tracked

Segment = tuple[Point, Point]


def segments_of(placed: PlacedScope) -> list[tuple[str, Segment]]:
    return [(line, part) for line, route in placed.routes.items() for part in pairwise(route)]


def crossings(placed: PlacedScope) -> int:
    across = [(line, a, b) for line, (a, b) in segments_of(placed) if a.y == b.y]
    down = [(line, a, b) for line, (a, b) in segments_of(placed) if a.x == b.x]
    return sum(
        line != other and min(a.x, b.x) < c.x < max(a.x, b.x) and min(c.y, d.y) < a.y < max(c.y, d.y)
        for line, a, b in across
        for other, c, d in down
    )


def bends(placed: PlacedScope) -> int:
    return sum(len(route) - 2 for route in placed.routes.values())


def overlaps(placed: PlacedScope) -> set[tuple[str, str]]:
    areas = [*placed.boxes.items(), *((f"text of {id_}", area) for id_, area in placed.box_labels.items())]
    areas += [(f"text of {id_}", area) for id_, area in placed.line_labels.items()]
    return {(one, two) for one, area in areas for two, other in areas if one < two and area.overlaps(other)}


@settings(max_examples=120, deadline=None)
@given(layout_graphs())
def test_everything_keeps_its_order_and_nothing_new_touches(graph: LayoutGraph) -> None:
    grid = coordinate_grid(reserve_cells(tracked(graph)))
    loose = place_scope(grid)

    tight = place_scope(tighten(grid))

    assert tight.width <= loose.width
    assert tight.height <= loose.height
    sheets = {box.id for box in graph.boxes if box.kind in ("data", "annotation")}
    assert all(tight.boxes[id_].x <= area.x for id_, area in loose.boxes.items())
    assert all(tight.boxes[id_].y <= area.y for id_, area in loose.boxes.items() if id_ not in sheets)
    assert overlaps(tight) <= overlaps(loose)
    assert crossings(tight) <= crossings(loose)
    assert bends(tight) <= bends(loose)
    for one, first in loose.boxes.items():
        for two, second in loose.boxes.items():
            if first.y < second.bottom and second.y < first.bottom and first.right <= second.x:
                assert tight.boxes[one].right <= tight.boxes[two].x, (one, two)


@settings(max_examples=60, deadline=None)
@given(layout_graphs())
def test_tightening_again_never_makes_a_drawing_larger(graph: LayoutGraph) -> None:
    tight = tighten(coordinate_grid(reserve_cells(tracked(graph))))

    again = tighten(tight)

    assert again.bottom <= tight.bottom  # what has become narrower may pass beside something else
    assert (again.left, again.top) == (tight.left, tight.top)


@settings(max_examples=80, deadline=None)
@given(layout_graphs(), st.randoms(use_true_random=False))
def test_an_earlier_drawing_keeps_the_order_of_middles(graph: LayoutGraph, random: Random) -> None:
    sketch = {
        box.id: Bounds(random.randrange(0, 900, 30), random.randrange(0, 600, 30), box.width, box.height)
        for box in graph.boxes
        if box.host is None and box.parent is None
    }

    boxes = lay_out(replace(graph, sketch=sketch)).boxes

    band_of = {box.id: box.band for box in graph.boxes}
    for one, two in combinations(sketch, 2):
        before, after = sketch[one].centre, sketch[two].centre
        if after.x - before.x > SAME_COLUMN_PX:
            assert boxes[one].centre.x <= boxes[two].centre.x
        if after.y - before.y > SAME_ROW_PX and band_of[one] == band_of[two]:
            assert boxes[one].centre.y <= boxes[two].centre.y


def test_a_wide_container_does_not_push_apart_what_lies_above_it() -> None:
    inner = [Box(f"in{number}", parent="wide") for number in range(5)]
    graph = LayoutGraph(
        bands=(Band("upper"), Band("lower")),
        boxes=(
            *(Box(f"above{number}", "upper") for number in range(6)),
            Box("before", "lower"),
            Box("wide", "lower", "container"),
            *inner,
            Box("behind", "lower"),
        ),
        lines=(
            *(Line(f"above {number}", f"above{number}", f"above{number + 1}") for number in range(5)),
            *(Line(f"in {number}", f"in{number}", f"in{number + 1}") for number in range(4)),
            Line("in", "before", "wide"),
            Line("out", "wide", "behind"),
        ),
    )

    boxes = lay_out(graph).boxes

    gaps = [boxes[f"above{number + 1}"].x - boxes[f"above{number}"].right for number in range(5)]
    assert max(gaps) < 120
    assert boxes["wide"].width > 600


def test_boxes_of_a_column_stay_in_line_if_that_costs_no_room() -> None:
    graph = LayoutGraph(
        bands=(Band("pool"), Band("one", "pool"), Band("two", "pool")),
        boxes=(
            *(Box(f"a{number}", "one", label="Unterlagen vollständig prüfen und ergänzen") for number in range(4)),
            *(Box(f"b{number}", "two") for number in range(4)),
        ),
        lines=(
            *(Line(f"a {number}", f"a{number}", f"a{number + 1}") for number in range(3)),
            *(Line(f"b {number}", f"b{number}", f"b{number + 1}") for number in range(3)),
            *(Line(f"down {number}", f"a{number}", f"b{number}", "association") for number in range(1)),
        ),
    )

    boxes = lay_out(graph).boxes

    for number in range(4):
        assert boxes[f"a{number}"].centre.x == boxes[f"b{number}"].centre.x


def test_the_content_of_a_band_that_its_name_makes_high_lies_in_its_middle() -> None:
    name = "Ausländerbehörde der Landeshauptstadt, Abteilung für humanitäre Aufenthalte"
    graph = LayoutGraph(bands=(Band("pool", name=name),), boxes=(Box("a", "pool"),))

    layout = lay_out(graph)

    band, box = layout.bands["pool"], layout.boxes["a"]
    assert band.height > box.height + 60
    assert abs(band.centre.y - box.centre.y) <= 6


def test_a_text_stands_on_that_side_of_an_exit_where_nothing_follows() -> None:
    graph = LayoutGraph(
        boxes=(
            Box("check", label="Antrag prüfen"),
            Box("late", kind="event", width=36, height=36, label="Frist verstrichen", host="check"),
            Box("remind", label="Erinnern"),
        ),
        lines=(Line("exit", "late", "remind"),),
    )

    layout = lay_out(graph)

    text, exit_x = layout.box_labels["late"], layout.routes["exit"][0].x
    assert text.right < exit_x
    assert layout.boxes["remind"].y - layout.boxes["late"].bottom < text.height + 30
    assert not Bounds(text.x, text.y, text.width, text.height).overlaps(layout.boxes["check"])


def test_data_above_a_box_stays_near_to_it_although_others_lie_higher() -> None:
    branches = ("upper", "middle", "lower")
    graph = LayoutGraph(
        boxes=(
            Box("first"),
            Box("form", kind="data", width=36, height=50),
            Box("split", kind="gateway", width=50, height=50),
            *(Box(name, kind="container") for name in branches),
            *(Box(f"{name} {number}", parent=name) for name in branches for number in range(20)),
        ),
        lines=(
            Line("in", "first", "split"),
            *(Line(f"to {name}", "split", name) for name in branches),
            Line("writes", "first", "form", "association"),
        ),
    )

    boxes = lay_out(graph).boxes

    assert boxes["upper"].height > 300
    assert 0 < boxes["first"].y - boxes["form"].bottom < 40


def test_what_begins_late_stays_beside_what_it_starts_and_no_message_turns_to_the_left() -> None:
    graph = LayoutGraph(
        bands=(Band("upper"), Band("middle"), Band("lower")),
        boxes=(
            *(Box(f"a{number}", "upper") for number in range(8)),
            Box("start", "middle", "event", 36, 36),
            Box("answer", "middle"),
            Box("archive", "lower"),
            Box("end", "lower", "event", 36, 36),
        ),
        lines=(
            *(Line(f"a {number}", f"a{number}", f"a{number + 1}") for number in range(7)),
            Line("begin", "start", "answer"),
            Line("ask", "a6", "answer", "message"),
            Line("copy", "a6", "archive", "message"),
            Line("done", "archive", "end"),
        ),
    )

    boxes = lay_out(graph).boxes

    assert boxes["answer"].x - boxes["start"].right < 80
    assert boxes["archive"].centre.x >= boxes["a6"].centre.x
