"""The layout of generated administrative processes: no defect at any size, few crossings."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.pipeline import lay_out

from .administrative_processes import administrative_process
from .crossings import count_crossings

SEEDS = (7, 8, 9)
MOST_CROSSINGS = {30: 18, 100: 48, 300: 400}
"""What the three processes of a size may have together: a little more than measured, so that a step back is noticed."""


@pytest.mark.parametrize(("nodes", "lanes"), [(30, 4), (100, 4), (300, 6)])
def test_generated_processes_have_no_defect_and_few_crossings(nodes: int, lanes: int) -> None:
    crossings = 0
    for seed in SEEDS:
        graph = administrative_process(nodes, lanes=lanes, seed=seed)
        layout = lay_out(graph)
        assert check_layout(graph, layout) == ()
        crossings += count_crossings(layout)

    assert crossings <= MOST_CROSSINGS[nodes]


@pytest.mark.slow
@pytest.mark.parametrize(("nodes", "lanes"), [(1000, 6), (3000, 8), (10000, 8)])
def test_large_generated_processes_have_no_defect(nodes: int, lanes: int) -> None:
    graph = administrative_process(nodes, lanes=lanes)

    assert check_layout(graph, lay_out(graph)) == ()


def test_a_process_without_pools_has_no_defect() -> None:
    graph = administrative_process(200, pools=False)

    assert check_layout(graph, lay_out(graph)) == ()


def test_the_drawing_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tests.layout.administrative_processes import administrative_process as a\n"
        "from ankunft_model.layout.pipeline import lay_out\n"
        "print(lay_out(a(60)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_another_name_of_equal_size_moves_nothing() -> None:
    graph = administrative_process(60)
    renamed = replace(
        graph, boxes=tuple(replace(box, label=box.label.replace("Termin", "Nimret")) for box in graph.boxes)
    )

    assert lay_out(renamed).boxes == lay_out(graph).boxes
