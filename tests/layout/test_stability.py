"""A small change of a process changes little in its drawing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ankunft_model.layout.pipeline import lay_out

from .administrative_processes import administrative_process
from .local_edits import local_edits, turned_round

SHARE_WITH_EARLIER_DRAWING = 0.0005


@pytest.mark.parametrize(
    ("nodes", "lanes", "seeds", "most"), [(30, 4, 16, 0.005), (100, 4, 3, 0.002), (300, 6, 1, 0.002)]
)
def test_a_local_edit_turns_few_boxes_round(nodes: int, lanes: int, seeds: int, most: float) -> None:
    shares: list[float] = []
    for seed in range(seeds):
        graph = administrative_process(nodes, lanes=lanes, seed=seed)
        before = lay_out(graph)
        for edited in local_edits(graph, 4):
            turned, pairs = turned_round(before, lay_out(edited))
            shares.append(turned / pairs)

    assert sum(shares) / len(shares) <= most


def test_with_the_earlier_drawing_a_local_edit_turns_next_to_nothing_round() -> None:
    shares: list[float] = []
    for seed in range(5):
        graph = administrative_process(30, seed=seed)
        before = lay_out(graph)
        for edited in local_edits(graph, 4):
            turned, pairs = turned_round(before, lay_out(replace(edited, sketch=before.boxes)))
            shares.append(turned / pairs)

    assert sum(shares) / len(shares) <= SHARE_WITH_EARLIER_DRAWING
