"""Boxes that lead only to each other, beside many boxes without any line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out


@pytest.mark.parametrize("kind", ["activity", "gateway"])
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 30), st.booleans())
@settings(max_examples=60, deadline=None)
def test_rings_beside_loose_boxes_can_be_laid_out(kind: str, rings: list[int], loose: int, is_last: bool) -> None:
    boxes: list[Box] = []
    lines: list[Line] = []
    for ring, length in enumerate(rings):
        ids = [f"ring_{ring}_{place}" for place in range(length)]
        boxes += [Box(id_, kind=kind if place == 0 else "activity") for place, id_ in enumerate(ids)]  # type: ignore[arg-type]
        lines += [Line(f"flow_{ring}_{place}", id_, ids[(place + 1) % length]) for place, id_ in enumerate(ids)]
    others = [Box(f"loose_{place}") for place in range(loose)]
    graph = LayoutGraph(boxes=tuple([*others, *boxes] if is_last else [*boxes, *others]), lines=tuple(lines))

    assert check_layout(graph, lay_out(graph)) == ()
