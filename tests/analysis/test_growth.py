"""Time grows about as the model: counted in calls and lines, which no load of the machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from benchmarks.large_models import KINDS, Maker, chain, relay
from tests.analysis import costs_of_lines
from tests.analysis.costs_of_lines import costs_of_check, growing_lines

from ankunft_model.analysis import check
from ankunft_model.analysis.knowledge.finding import _Explorer
from ankunft_model.model import ArrivalModel

SMALL = 250
STEEPEST = {"blocks": 1.3, "tangled": 1.3}
"""The exponent with which calls may grow, 1.2 by default; random blocks are nested deeper in larger models."""


def calls_of_check(model: ArrivalModel) -> int:
    check(model)  # what is loaded once counts for no model
    count = 0

    def note(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        check(model)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_calls_of_all_rules_grow_about_as_the_steps(kind: str) -> None:
    few, many = (calls_of_check(KINDS[kind](steps, steps // 5)) for steps in (SMALL, 4 * SMALL))

    assert many <= 4 ** STEEPEST.get(kind, 1.2) * few


def many_chains(steps: int, items: int) -> ArrivalModel:
    """Return a model of many processes of four steps each."""
    maker = Maker(items, seed=1)
    for number in range(steps // 4):
        maker.end_process(f"p{number}", *maker.chain([maker.step() for _ in range(4)]), [])
    return maker.model()


LINE_SMALL = 32
"""Steps of the small models whose lines are counted; the others have four times as many."""


@pytest.mark.parametrize("kind", [chain, relay, many_chains])
def test_no_line_costs_more_per_step_in_a_larger_model(kind: Callable[..., ArrivalModel]) -> None:
    few, many = (costs_of_check(kind(steps, steps // 4)) for steps in (LINE_SMALL, 4 * LINE_SMALL))

    assert growing_lines(few, many, small=LINE_SMALL, times=4, steepest=2.5) == {}


def test_a_slice_of_a_list_in_a_loop_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _Explorer.__init__

    def slicing(self: _Explorer, *arguments: Any) -> None:
        plain(self, *arguments)
        nodes = list(self.facts.graph.nodes)
        for place in range(len(nodes)):
            assert place < 0 or nodes[place:]

    monkeypatch.setattr(_Explorer, "__init__", slicing)
    monkeypatch.setattr(costs_of_lines, "LIBRARY", str(Path(__file__).parents[2]))
    few, many = (costs_of_check(chain(steps, steps // 4)) for steps in (LINE_SMALL, 4 * LINE_SMALL))

    (found,) = growing_lines(few, many, small=LINE_SMALL, times=4, steepest=2.5)
    assert "test_growth.py" in found
