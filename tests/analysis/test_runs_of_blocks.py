"""Runs that are given by what matters on them: what is asked of a part agrees with the whole run."""

from __future__ import annotations

import pytest
from benchmarks import large_models
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.rules.opaque_path import find_opaque_path
from ankunft_model.graph.participation import threads


@given(st.integers(0, 10_000), st.integers(5, 60), st.data())
def test_what_passes_on_a_run_is_what_the_whole_run_has_of_it(seed: int, steps: int, data: st.DataObject) -> None:
    model = large_models.blocks(steps, 4, seed=seed)
    (knowledge,) = Computations(model).knowledge
    runs = [gap.run for item in knowledge.items.values() for gap in item.gaps]
    runs += [item.longest for item in knowledge.items.values()]
    ids = list(model.nodes)
    for run in data.draw(st.lists(st.sampled_from(runs), max_size=4)) if runs else ():
        asked = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=12))

        assert run.among(asked) == tuple(id_ for id_ in run.ids if id_ in asked)
        assert run.passing(asked) == tuple(id_ for id_ in asked if id_ in run.ids)


@given(st.sampled_from(["blocks", "processes", "tangled"]), st.integers(0, 10_000), st.integers(5, 60))
def test_what_passes_of_the_nodes_that_touch_a_datum_is_told_without_the_whole_run(
    kind: str, seed: int, steps: int
) -> None:
    for knowledge in Computations(large_models.KINDS[kind](steps, 4, seed=seed)).knowledge:
        for item in knowledge.items.values():
            touching = [knowledge.facts.graph.nodes[node].id for node in knowledge.facts.by_node[item.key]]
            for found in (*item.gaps, *item.avoidable):
                assert found.run.among(touching) == tuple(id_ for id_ in found.run.ids if id_ in touching)


@given(st.integers(0, 10_000), st.integers(5, 25))
def test_the_longest_unguided_path_is_as_long_on_blocks_as_on_all_states(seed: int, steps: int) -> None:
    model = large_models.blocks(steps, 3, seed=seed)
    on_blocks, on_states = Computations(model), Computations(model)
    (runs,) = on_states.runs
    runs.__dict__["regions"] = runs.__dict__["blocks"] = None
    assert on_blocks.runs[0].blocks is not None
    found = [(seen.certainty, seen.message.de.split(" Stellen")[0]) for seen in find_opaque_path(on_blocks)]
    plain = [(seen.certainty, seen.message.de.split(" Stellen")[0]) for seen in find_opaque_path(on_states)]

    assert found == plain


@given(st.integers(0, 10_000), st.integers(5, 120))
def test_blocks_scattered_together_are_those_scattered_one_by_one(seed: int, steps: int) -> None:
    model = large_models.blocks(steps, 3, seed=seed)
    together = Computations(model).divisions["p"]
    with pytest.MonkeyPatch.context() as patch:
        badly_forked = threads._badly_forked
        patch.setattr(threads, "_badly_forked", lambda classes: list(badly_forked(classes))[:1])
        one_by_one = Computations(model).divisions["p"]

    if not any(node.type == "exclusive" and len(node.next or ()) > 1 for node in model.nodes.values()):
        assert together is one_by_one is None
        return
    assert together is not None
    assert one_by_one is not None
    assert together.threads == one_by_one.threads


@given(st.integers(0, 10_000), st.integers(5, 80))
def test_a_witness_names_only_what_executes_on_its_run(seed: int, steps: int) -> None:
    for finding in check(large_models.blocks(steps, 4, seed=seed), select=["data"]):
        assert set(finding.witness) <= set(finding.run())
