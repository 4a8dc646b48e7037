from __future__ import annotations

from hypothesis import given, settings

from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.sizes import ACTIVITY_MAX_WIDTH

from .layout_graphs import layout_graphs
from .phases import reserved, sized


def test_an_activity_grows_to_hold_a_long_german_name() -> None:
    names = ("Prüfen", "Aufenthaltserlaubnis nach § 25 erteilen", "Rechtsschutzversicherungsgesellschaftsprüfung")
    graph = LayoutGraph(boxes=tuple(Box(f"b{place}", label=name) for place, name in enumerate(names)))

    short, middle, long = sized(graph).widths

    assert short == 100
    assert 100 < middle <= ACTIVITY_MAX_WIDTH < long
    assert sized(graph).heights[:2] == (80, 80)


def test_events_on_one_border_stand_apart_with_their_texts() -> None:
    events = tuple(Box(f"e{n}", None, "event", 36, 36, "Frist abgelaufen", host="task") for n in range(3))

    result = sized(LayoutGraph(boxes=(Box("task"), *events)))

    first, second, third = result.boundary_dx[1:]
    assert second - first >= 80
    assert third - second >= 80
    assert third + 18 <= result.widths[0] // 2


def test_a_gateway_has_its_text_above_and_those_of_its_lines_beside_their_corners() -> None:
    graph = LayoutGraph(
        boxes=(Box("split", None, "gateway", 50, 50, "Vollständig?"), Box("a"), Box("b")),
        lines=(Line("yes", "split", "a", label="ja", is_default=True), Line("no", "split", "b", label="nein")),
    )

    result = reserved(graph)

    own = result.box_labels[0]
    (yes_at, yes), (no_at, no) = result.line_labels[0], result.line_labels[1]
    assert yes_at == no_at == 0
    assert own.bottom < -25
    assert yes.x >= 25
    assert yes.bottom < 0
    assert no.y >= 25


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_texts_in_a_cell_do_not_overlap_and_lie_inside(graph: LayoutGraph) -> None:
    result = reserved(graph)

    anchor = result.tracked.routed.gridded.columned.acyclic.anchor
    in_cell: dict[int, list[object]] = {}
    for box, bounds in [*((anchor[box], b) for box, b in result.box_labels.items()), *result.line_labels.values()]:
        extent = result.extents[box]
        assert -extent.left <= bounds.x
        assert bounds.right <= extent.right
        assert -extent.up <= bounds.y
        assert bounds.bottom <= extent.down
        for other in in_cell.setdefault(box, []):
            assert not bounds.overlaps(other)  # type: ignore[arg-type]
        in_cell[box].append(bounds)
