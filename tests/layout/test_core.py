"""The core of a drawing: without the boxes that only lengthen a way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from ankunft_model.layout.core import Core, core_of
from ankunft_model.layout.cycles import AcyclicScope
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line

from .administrative_processes import administrative_process
from .layout_graphs import layout_graphs
from .local_edits import band_by_box, is_passed_through, with_one_task_less, with_one_task_more
from .phases import acyclic


def flows(scope: AcyclicScope) -> list[tuple[str, str]]:
    """Return the forward and backward flows by the ids of their ends, in declared order."""
    boxes, lines = scope.sized.scope.boxes, scope.sized.scope.lines
    places = sorted((*scope.forward, *scope.backward))
    return [(boxes[lines[place].source.box or 0].id, boxes[lines[place].target.box or 0].id) for place in places]


def core(graph: LayoutGraph) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the ids of the boxes of the core, and its flows."""
    found = core_of(acyclic(graph)).acyclic
    return {box.id for box in found.sized.scope.boxes}, set(flows(found))


def gateway(name: str) -> Box:
    return Box(name, kind="gateway", width=50, height=50)


def flows_between(*ends: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(f"{source} {target}", source, target) for source, target in ends)


def chain_of_tasks(count: int) -> LayoutGraph:
    names = [f"task{number}" for number in range(count)]
    return LayoutGraph(boxes=tuple(map(Box, names)), lines=flows_between(*pairwise(names)))


@given(layout_graphs())
def test_each_box_belongs_to_one_run_that_only_one_flow_enters_and_leaves_within(graph: LayoutGraph) -> None:
    whole = acyclic(graph)
    found: Core = core_of(whole)
    boxes = whole.sized.scope.boxes

    assert sorted(box for run in found.runs for box in run) == list(range(len(boxes)))
    ends = flows(whole)
    for run in found.runs:
        for before, behind in pairwise(run):
            first, second = boxes[before].id, boxes[behind].id
            assert [target for source, target in ends if source == first] == [second]
            assert [source for source, target in ends if target == second] == [first]


@given(layout_graphs())
def test_the_core_has_all_lines_but_those_within_runs(graph: LayoutGraph) -> None:
    whole = acyclic(graph)
    found = core_of(whole)
    within = sum(len(run) - 1 for run in found.runs)

    assert len(found.acyclic.sized.scope.lines) == len(whole.sized.scope.lines) - within
    assert len(found.acyclic.forward) == len(whole.forward) - within
    assert len(found.acyclic.backward) == len(whole.backward)


def test_the_tasks_of_a_way_stand_with_its_first_box() -> None:
    assert core_of(acyclic(chain_of_tasks(6))).runs == ((0, 1, 2, 3, 4), (5,))


def test_a_branch_keeps_one_box() -> None:
    boxes = (gateway("split"), Box("one"), Box("two"), Box("other"), gateway("join"))
    lines = flows_between(("split", "one"), ("one", "two"), ("two", "join"), ("split", "other"), ("other", "join"))

    assert core_of(acyclic(LayoutGraph(boxes=boxes, lines=lines))).runs == ((0,), (1, 2), (3,), (4,))


def test_a_gateway_that_one_flow_enters_stands_for_the_tasks_before_it() -> None:
    boxes = (gateway("first"), Box("one"), Box("two"), gateway("second"), Box("aside"), Box("a"), Box("b"))
    lines = flows_between(
        ("first", "one"), ("one", "two"), ("two", "second"), ("first", "aside"), ("second", "a"), ("second", "b")
    )
    entered_twice = (*lines, Line("again", "aside", "second"))

    assert (1, 2, 3) in core_of(acyclic(LayoutGraph(boxes=boxes, lines=lines))).runs
    assert (1, 2) in core_of(acyclic(LayoutGraph(boxes=boxes, lines=entered_twice))).runs


def test_what_is_tied_to_anything_else_stands_for_itself() -> None:
    bands = (Band("upper"), Band("lower"))
    names = ("start", "called", "host", "handed over", "noted", "end")
    boxes = tuple(Box(name, "lower" if name == "handed over" else "upper") for name in names)
    lines = (
        *flows_between(*pairwise(names)),
        Line("call", "called", "other", "message"),
        Line("note", "text", "noted", "association"),
    )
    guest = Box("timer", kind="event", width=36, height=36, host="host")
    others = (Box("other", "lower"), Box("text", "upper", kind="annotation"), guest)

    assert len(core_of(acyclic(LayoutGraph(bands, (*boxes, *others), lines))).runs) == len(boxes) + len(others)


@pytest.mark.parametrize("seed", range(12))
def test_a_task_more_beside_a_task_that_is_passed_through_leaves_the_core_as_it_is(seed: int) -> None:
    graph = administrative_process(30, lanes=4, seed=seed)
    band = band_by_box(graph)
    passed = {box.id for box in graph.boxes if is_passed_through(graph, box)}
    whole = acyclic(graph)
    forward = {whole.sized.scope.lines[place].line.id for place in whole.forward}
    edited = [
        with_one_task_more(graph, line)
        for line in graph.lines
        if line.id in forward and line.source in passed and band[line.source] == band[line.target]
    ]

    assert edited
    assert all(core(each) == core(graph) for each in edited)


@pytest.mark.parametrize("seed", range(12))
def test_a_task_less_of_several_in_a_row_leaves_the_core_as_it_is(seed: int) -> None:
    graph = administrative_process(30, lanes=4, seed=seed)
    band = band_by_box(graph)
    passed = {box.id for box in graph.boxes if is_passed_through(graph, box)}
    behind = [
        line.target
        for line in graph.lines
        if {line.source, line.target} <= passed and band[line.source] == band[line.target]
    ]
    known = {box.id for box in graph.boxes}

    for task in behind:
        boxes, ends = core(with_one_task_less(graph, task))
        assert boxes <= known
        assert (boxes, ends) == core(graph)
