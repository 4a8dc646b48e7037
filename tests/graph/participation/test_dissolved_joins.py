"""Joins in front of an end are taken apart without looking for all blocks again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks import large_models
from hypothesis import given
from hypothesis import strategies as st
from tests.exports.bpmn.short_notation import random_model

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.blocks import BlockStructure, find_blocks
from ankunft_model.graph.participation.dissolved_joins import without_joins
from ankunft_model.graph.participation.normal_form import NormalForm, NormalFormBuilder, NormalNode, normalise


def joins_before_ends(form: NormalForm) -> list[NormalNode]:
    return [
        node
        for node in form.nodes.values()
        if node.kind in ("exclusive_join", "parallel_join") and form.target(form.only_out(node.id)).kind == "end"
    ]


def dissolve_all(structure: BlockStructure, chance: Random) -> int:
    """Take joins apart, some at a time, as long as there are any; return how often."""
    rounds = 0
    while joins := joins_before_ends(structure.form):
        rounds += 1
        found = without_joins(structure, chance.sample(joins, chance.randint(1, len(joins))))
        again = find_blocks(found.form, is_whole=True)
        assert found == again
        for kept, afresh in (
            (found.block_of_split, again.block_of_split),
            (found.block_of_join, again.block_of_join),
            (found.block_of_branch, again.block_of_branch),
        ):
            assert list(kept) == list(afresh)  # the order in which owners are found
        structure = found
    return rounds


def without_last_steps(form: NormalForm) -> NormalForm:
    """Return the form without the steps between the last join and an end."""
    while True:
        builder = NormalFormBuilder.of(form)
        for node in form.nodes.values():
            if node.kind == "step" and form.target(form.only_out(node.id)).kind == "end":
                (entry,), out = form.incoming[node.id], form.only_out(node.id)
                if form.source(entry).kind in ("step", "exclusive_join", "parallel_join"):
                    builder.flows[entry] = replace(builder.flows[entry], target=builder.flows.pop(out).target)
                    del builder.nodes[node.id]
                    break
        else:
            return form
        form = builder.build()


@given(st.integers(0, 10**6))
def test_joins_taken_apart_leave_the_blocks_that_would_be_found_afresh(seed: int) -> None:
    chance = Random(seed)
    (process,) = random_model(chance, 12).processes.values()
    try:
        structure = find_blocks(without_last_steps(normalise(process)))
    except ExportError:
        return

    dissolve_all(structure, chance)


def test_layers_of_joins_are_taken_apart_one_after_the_other() -> None:
    models = [large_models.blocks(60, 3, seed=seed) for seed in range(20)]
    forms = [without_last_steps(normalise(process)) for model in models for process in model.processes.values()]

    assert max(dissolve_all(find_blocks(form), Random(1)) for form in forms) >= 3
