"""The layout of generated administrative processes: no defect at any size, few crossings, stable under small edits."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from ankunft_model.layout.check import check_layout
from ankunft_model.layout.geometry import Layout
from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

from .administrative_processes import administrative_process
from .crossings import count_crossings

SEEDS = (7, 8, 9)
MOST_CROSSINGS = {30: 20, 100: 52, 300: 420}
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


def test_one_task_more_changes_the_vertical_order_of_few_pairs() -> None:
    changed = total = 0
    for seed in SEEDS:
        graph = administrative_process(100, seed=seed)
        before = lay_out(graph)
        flows = [line for line in graph.lines if line.kind == "sequence"]
        for line in flows[10:100:30]:
            after = lay_out(with_one_task_more(graph, line))
            pairs = list(combinations([box.id for box in graph.boxes], 2))
            changed += sum(is_flipped(before, after, *pair) for pair in pairs)
            total += len(pairs)

    assert changed <= 0.005 * total


def with_one_task_more(graph: LayoutGraph, line: Line) -> LayoutGraph:
    """Return the process with a task on one of its flows."""
    band_of = {box.id: box.band for box in graph.boxes}
    host_of = {box.id: box.host for box in graph.boxes}
    band = band_of[host_of[line.source] or line.source]
    lines = tuple(replace(each, target="new") if each.id == line.id else each for each in graph.lines)
    return replace(graph, boxes=(*graph.boxes, Box("new", band)), lines=(*lines, Line("to new", "new", line.target)))


def is_flipped(before: Layout, after: Layout, one: str, other: str) -> bool:
    first = before.boxes[one].centre.y - before.boxes[other].centre.y
    second = after.boxes[one].centre.y - after.boxes[other].centre.y
    return first * second < 0
