"""What blocks say about order is what all runs show."""

from __future__ import annotations

import pytest
from benchmarks import large_models
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.analysis import Computations
from ankunft_model.analysis.step_order import StepOrder


def compare(order: StepOrder, watched: list[str], by: list[str]) -> None:
    told = order.told_by_blocks(watched, by)
    seen = order.preceded(watched, by)
    assert told.keys() == seen.keys()
    for id_, answer in seen.items():
        assert answer.is_exact
        assert told[id_].sometimes == (answer.marked is not None), (id_, by)
        assert told[id_].always == (answer.unmarked is None), (id_, by)


@pytest.mark.parametrize("kind", ["blocks", "processes"])
@given(seed=st.integers(0, 10_000), steps=st.integers(5, 40), data=st.data())
def test_what_blocks_say_about_order_is_what_all_runs_show(
    kind: str, seed: int, steps: int, data: st.DataObject
) -> None:
    for order in Computations(large_models.KINDS[kind](steps, 4, seed=seed)).orders:
        ids = st.lists(st.sampled_from([node.id for node in order.graph.nodes]), unique=True, min_size=1, max_size=4)
        watched, by = data.draw(ids), data.draw(ids)
        if order.told_by_blocks(watched, by):
            compare(order, watched, by)
