"""Time grows about as the model: counted in calls of functions, which no load of the machine changes."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from benchmarks.large_models import KINDS

from ankunft_model.analysis import check
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
