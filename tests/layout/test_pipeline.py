from __future__ import annotations

import doctest
import hashlib
import itertools
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

from .layout_graphs import layout_graphs


def chain(*names: str) -> tuple[Line, ...]:
    return tuple(Line(f"{a}-{b}", a, b) for a, b in itertools.pairwise(names))


def two_offices() -> LayoutGraph:
    """An applicant and an authority with two lanes: a choice, a loop, a deadline, a message each way, a register."""
    return LayoutGraph(
        bands=(
            Band("person", name="Geflüchtete Person"),
            Band("office", name="Ausländerbehörde"),
            Band("desk", "office", "Empfang"),
            Band("unit", "office", "Fachbereich"),
            Band("register", name="Ausländerzentralregister", closed=True),
        ),
        boxes=(
            Box("need", "person", "event", 36, 36, "Aufenthalt läuft ab"),
            Box("apply", "person", label="Antrag stellen"),
            Box("wait", "person", "event", 36, 36, "Bescheid erhalten"),
            Box("arrived", "desk", "event", 36, 36, "Antrag eingegangen"),
            Box("check", "desk", label="Unterlagen prüfen"),
            Box("late", None, "event", 36, 36, "Frist abgelaufen", host="check"),
            Box("closed", "desk", "event", 36, 36, "eingestellt"),
            Box("complete", "desk", "gateway", 50, 50, "Vollständig?"),
            Box("ask", "desk", label="Nachweise nachfordern"),
            Box("decide", "unit", label="Aufenthaltserlaubnis erteilen"),
            Box("sent", "unit", "event", 36, 36, "Bescheid versandt"),
        ),
        lines=(
            *chain("need", "apply", "wait"),
            *chain("arrived", "check", "complete"),
            *chain("decide", "sent"),
            *chain("late", "closed"),
            Line("yes", "complete", "decide", label="ja", is_default=True),
            Line("no", "complete", "ask", label="nein"),
            Line("again", "ask", "check"),
            Line("application", "apply", "arrived", "message", "Antrag"),
            Line("decision", "sent", "wait", "message", "Bescheid"),
            Line("entry", "decide", "register", "message", "Speichersachverhalt"),
        ),
    )


def test_an_ordinary_collaboration_has_no_defect() -> None:
    graph = two_offices()

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()


def test_a_chain_is_one_straight_line_from_left_to_right() -> None:
    graph = LayoutGraph(boxes=tuple(Box(name) for name in "abcd"), lines=chain(*"abcd"))

    layout = lay_out(graph)

    assert [len(route) for route in layout.routes.values()] == [2, 2, 2]
    assert [layout.boxes[name].x for name in "abcd"] == sorted(layout.boxes[name].x for name in "abcd")
    assert len({layout.boxes[name].y for name in "abcd"}) == 1


def test_a_message_between_events_in_step_runs_straight_down() -> None:
    graph = LayoutGraph(
        bands=(Band("upper"), Band("lower")),
        boxes=(
            Box("start", "upper", "event", 36, 36),
            Box("throw", "upper", "event", 36, 36, "Antrag gesendet"),
            Box("catch", "lower", "event", 36, 36, "Antrag eingegangen"),
        ),
        lines=(*chain("start", "throw"), Line("message", "throw", "catch", "message")),
    )

    layout = lay_out(graph)

    begin, end = layout.routes["message"]
    assert begin.x == end.x
    assert begin.y == layout.boxes["throw"].bottom
    assert end.y == layout.boxes["catch"].y


def test_a_message_to_the_pool_around_its_own_box_ends_at_the_nearer_border() -> None:
    bands = (Band("pool"), Band("upper", "pool"), Band("lower", "pool"))
    names = [("a", "upper"), ("b", "upper"), ("c", "lower"), ("d", "lower")]
    flows = (Line("ab", "a", "b"), Line("bc", "b", "c"), Line("cd", "c", "d"))
    messages = (Line("up", "a", "pool", "message"), Line("down", "d", "pool", "message"))
    graph = LayoutGraph(bands, tuple(Box(id_, band) for id_, band in names), flows + messages)
    layout = lay_out(graph)
    pool = layout.bands["pool"]
    assert [point.y for point in layout.routes["up"]] == [layout.boxes["a"].y, pool.y]
    assert [point.y for point in layout.routes["down"]] == [layout.boxes["d"].bottom, pool.bottom]


def test_a_branch_leaves_a_gateway_by_its_corner_and_joins_with_one_bend() -> None:
    graph = LayoutGraph(
        boxes=(
            Box("split", kind="gateway", width=50, height=50),
            *map(Box, "abc"),
            Box("end"),
            Box("join", kind="gateway", width=50, height=50),
        ),
        lines=(
            *(Line(f"to {name}", "split", name) for name in "abc"),
            *(Line(f"from {name}", name, "join") for name in "abc"),
            Line("on", "join", "end"),
        ),
    )

    layout = lay_out(graph)

    bends = sorted(len(route) - 2 for route in layout.routes.values())
    assert bends == [0, 0, 0, 1, 1, 1, 1]
    middle = layout.boxes["split"].centre.y
    sides = sorted((layout.boxes[name].centre.y > middle) - (layout.boxes[name].centre.y < middle) for name in "abc")
    assert sides == [-1, 0, 1]


def test_lanes_tile_their_pool_and_pools_share_both_edges() -> None:
    layout = lay_out(two_offices())

    office, desk, unit = layout.bands["office"], layout.bands["desk"], layout.bands["unit"]
    assert (desk.y, desk.bottom, unit.bottom) == (office.y, unit.y, office.bottom)
    assert desk.x == unit.x == office.x + layout.strip_width
    pools = [layout.bands[name] for name in ("person", "office", "register")]
    assert len({(pool.x, pool.right) for pool in pools}) == 1
    assert all(upper.bottom < lower.y for upper, lower in itertools.pairwise(pools))


def test_a_line_without_an_end_is_named_and_left_out() -> None:
    graph = LayoutGraph(boxes=(Box("a"),), lines=(Line("lost", "a", "nobody"),))

    layout = lay_out(graph)

    assert layout.undrawable_lines == ("lost",)
    assert layout.routes == {}


def test_an_empty_drawing_is_laid_out() -> None:
    assert lay_out(LayoutGraph()).boxes == {}
    assert lay_out(LayoutGraph(bands=(Band("pool", name="Meldebehörde"),))).bands["pool"].height >= 60


def test_a_line_to_the_inside_of_a_container_crosses_its_border() -> None:
    graph = LayoutGraph(
        bands=(Band("upper"), Band("lower")),
        boxes=(
            Box("throw", "upper", "event", 36, 36),
            Box("outer", "lower", "container", label="Verfahren"),
            Box("inner", None, "container", label="Prüfung", parent="outer"),
            Box("catch", None, "event", 36, 36, "Antrag eingegangen", parent="inner"),
        ),
        lines=(Line("message", "throw", "catch", "message", "Antrag"),),
    )

    layout = lay_out(graph)

    assert check_layout(graph, layout) == ()
    assert layout.boxes["outer"].contains(layout.boxes["inner"])
    assert layout.boxes["inner"].contains(layout.boxes["catch"])


@settings(max_examples=150, deadline=None)
@given(layout_graphs())
def test_any_drawing_has_no_defect(graph: LayoutGraph) -> None:
    layout = lay_out(graph)

    defects = [
        defect for defect in check_layout(graph, layout) if not is_far_text_in_a_crowd(graph, defect.elements[0])
    ]
    assert defects == []


def is_far_text_in_a_crowd(graph: LayoutGraph, line_id: str) -> bool:
    """Whether a line ends at or crosses the border of a container, or ends on both sides in a crowd of lines."""
    boxes = {box.id: box for box in graph.boxes}
    line = next((line for line in graph.lines if line.id == line_id), None)
    if line is None:
        return False

    def is_crowded(end: str) -> bool:
        around = boxes[end].host or end if end in boxes else end
        inside = {box.id for box in graph.boxes if around in (box.id, box.parent, box.host)}
        return sum((other.source in inside) + (other.target in inside) for other in graph.lines) > 3

    holders = [boxes[boxes[end].host or end] for end in (line.source, line.target) if end in boxes]
    at_border = any(box.kind == "container" for box in holders) or len({box.parent for box in holders}) > 1
    return at_border or (is_crowded(line.source) and is_crowded(line.target))


def test_a_new_name_of_equal_size_moves_nothing() -> None:
    graph = two_offices()
    renamed = replace(
        graph,
        boxes=tuple(replace(box, label="Nachweise xxxxxxxxxx") if box.id == "ask" else box for box in graph.boxes),
    )

    assert lay_out(renamed).boxes == lay_out(graph).boxes
    assert lay_out(renamed).routes == lay_out(graph).routes


def test_the_result_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "import hashlib\n"
        "from ankunft_model.layout.graph import Box, LayoutGraph, Line, Band\n"
        "from ankunft_model.layout.pipeline import lay_out\n"
        "boxes = tuple(Box(f'b{i}', f'p{i % 3}', label=f'Schritt {i}') for i in range(30))\n"
        "lines = tuple(Line(f'l{i}', f'b{i * 7 % 30}', f'b{i * 11 % 30}', label=str(i)) for i in range(45))\n"
        "layout = lay_out(LayoutGraph(tuple(Band(f'p{i}') for i in range(3)), boxes, lines))\n"
        "text = repr((dict(layout.bands), dict(layout.boxes), dict(layout.routes), dict(layout.line_labels)))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )

    results = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }

    assert len(results) == 1
    assert len(results.pop().strip()) == len(hashlib.sha256().hexdigest())


def test_a_long_chain_needs_neither_recursion_nor_quadratic_time() -> None:
    names = [f"b{number}" for number in range(5000)]
    graph = LayoutGraph(boxes=tuple(Box(name) for name in names), lines=chain(*names))

    begin = time.perf_counter()
    layout = lay_out(graph)

    assert len(layout.routes) == len(names) - 1
    assert time.perf_counter() - begin < 20


def test_the_page_that_explains_the_layout_tells_the_true_numbers() -> None:
    page = Path(__file__).parents[2] / "docs" / "explanation" / "layout.md"

    failures, examples = doctest.testfile(str(page), module_relative=False)

    assert examples > 20
    assert failures == 0
