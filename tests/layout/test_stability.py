"""A small change of a process changes little in its drawing."""

from __future__ import annotations

import pytest

from .local_edits import stability

SHARE_WITH_EARLIER_DRAWING = 0.0005


@pytest.mark.parametrize(
    ("nodes", "lanes", "seeds", "mean", "nearly_all"),
    [(30, 4, 36, 0.003, 0.022), (100, 4, 3, 0.002, 0.012), (300, 6, 1, 0.002, 0.012)],
)
def test_a_local_edit_turns_few_boxes_round(nodes: int, lanes: int, seeds: int, mean: float, nearly_all: float) -> None:
    found = stability(nodes, lanes=lanes, seeds=range(seeds))

    assert found.mean <= mean
    assert found.reached_by(0.95) <= nearly_all


def test_with_the_earlier_drawing_a_local_edit_turns_next_to_nothing_round() -> None:
    found = stability(30, lanes=4, seeds=range(5), with_earlier_drawing=True)

    assert found.mean <= SHARE_WITH_EARLIER_DRAWING
