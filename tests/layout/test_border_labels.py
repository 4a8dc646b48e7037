"""Texts of messages between pools stand beside their lines, wherever those run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

LABELS = ("", "Daten", "Antrag auf Leistungen", "Ja")


def pools(labels: list[tuple[str, bool]], *, steps: int, others: int = 0) -> LayoutGraph:
    """Return two pools with messages between their borders, downwards or upwards, and closed pools below."""
    boxes = tuple(Box(f"step_{place}", band="b") for place in range(steps))
    flows = tuple(Line(f"flow_{place}", f"step_{place}", f"step_{place + 1}") for place in range(steps - 1))
    messages = tuple(
        Line(f"message_{place}", *(("a", "b") if is_down else ("b", "a")), kind="message", label=label)
        for place, (label, is_down) in enumerate(labels)
    )
    below = tuple(Band(f"other_{place}", name="C", closed=True) for place in range(others))
    bands = (Band("a", name="A", closed=True), Band("b", name="B"), *below)
    return LayoutGraph(boxes=boxes, lines=(*flows, *messages), bands=bands)


@pytest.mark.parametrize("label", ["Daten", "Antrag auf Leistungen"])
@pytest.mark.parametrize("steps", [3, 8])
def test_a_message_beside_another_one_has_its_text_beside_it(label: str, steps: int) -> None:
    graph = pools([("", False), (label, True)], steps=steps, others=1)
    layout = lay_out(graph)

    (point, *_), text = layout.routes["message_1"], layout.line_labels["message_1"]
    assert min(abs(text.x - point.x), abs(text.right - point.x)) <= 10
    assert layout.bands["a"].bottom < text.y < text.bottom < layout.bands["b"].y
    assert check_layout(graph, layout) == ()


@given(
    st.lists(st.tuples(st.sampled_from(LABELS), st.booleans()), min_size=1, max_size=2),
    st.integers(2, 8),
    st.integers(0, 2),
)
@settings(max_examples=60, deadline=None)
def test_texts_of_two_messages_between_pools_touch_nothing_and_are_near(
    labels: list[tuple[str, bool]], steps: int, others: int
) -> None:
    graph = pools(labels, steps=steps, others=others)

    assert check_layout(graph, lay_out(graph)) == ()
