"""Blocks: what merges to which block, what does not merge, who is concurrent to whom, and how far that scales."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from ankunft_model.graph.block_runs import expand_run
from ankunft_model.graph.block_tree import KIND_NAMES, BlockTree, find_blocks
from ankunft_model.graph.control_flow import ControlFlow, FlowDraft, NodeDraft, NodeKind, build_control_flow

KINDS: dict[str, NodeKind] = {
    "s": "start",
    "e": "end",
    "x": "exclusive",
    "p": "parallel",
    "i": "inclusive",
    "t": "task",
}


def control(*ways: str) -> ControlFlow:
    """Return the control flow with these ways, such as `s1 x1 t1`; the first letter of a node is its kind."""
    ids = dict.fromkeys(node for way in ways for node in way.split())
    flows = [FlowDraft(one, other) for way in ways for one, other in pairwise(way.split())]
    return build_control_flow([[NodeDraft(id_, KINDS[id_[0]]) for id_ in ids]], flows)


def shape(tree: BlockTree, block: int = 0) -> str:
    """Return a block in brackets, leaves as ids."""
    if KIND_NAMES[tree.kind[block]] == "leaf":
        return tree.control.ids[tree.node[block]]
    inside = " ".join(shape(tree, part) for part in tree.children[block])
    return f"{KIND_NAMES[tree.kind[block]]}({inside})" if inside else "nothing"


def blocks_of(*ways: str) -> str:
    tree = find_blocks(control(*ways))
    return "none" if tree is None else shape(tree)


def test_splits_and_joins_of_one_kind_are_blocks() -> None:
    assert blocks_of("s x1 t1 x2 e", "x1 t2 x2") == "sequence(s x1 choice(t1 t2) x2 e)"
    assert blocks_of("s p1 t1 p2 e", "p1 p2") == "sequence(s p1 parallel(nothing t1) p2 e)"
    assert blocks_of("s i1 t1 i2 e", "i1 t2 i2") == "sequence(s i1 inclusive(t1 t2) i2 e)"


def test_an_end_fits_every_split() -> None:
    assert blocks_of("s x1 t1 e1", "x1 p1 t2 e2", "p1 t3 e3") == (
        "sequence(s x1 choice(sequence(t1 e1) sequence(p1 parallel(sequence(t2 e2) sequence(t3 e3)))))"
    )


def test_a_way_back_is_a_loop() -> None:
    assert blocks_of("s x1 t1 x2 e", "x2 t2 x1") == "sequence(s loop(sequence(x1 t1 x2) t2) e)"


@pytest.mark.parametrize(
    "ways",
    [
        ("s x1 t1 p2 e", "x1 t2 p2"),
        ("s p1 t1 x2 e", "p1 t2 x2"),
        ("s i1 t1 x2 e", "i1 t2 x2"),
        ("s x1 t1 x2", "x2 x1"),
        ("s p1 t1 e", "p1 t2 e"),
        ("s p1 p2 p3 e", "p1 x1 p3", "p2 x2 p4 e2", "x1 p4", "x2 p3"),
    ],
)
def test_what_is_not_sound_or_not_made_of_blocks_does_not_merge(ways: tuple[str, ...]) -> None:
    assert blocks_of(*ways) == "none"


def test_what_an_event_inside_a_sub_process_starts_elsewhere_is_no_block() -> None:
    inner = [NodeDraft("i", "task", parent="sub"), NodeDraft("b", "boundary", parent="sub", host="i", interrupts=True)]
    process = [NodeDraft("s1", "start"), NodeDraft("sub", "sub_process"), *inner]
    other = [NodeDraft("s2", "start"), NodeDraft("t", "task")]
    flows = [FlowDraft("s1", "sub"), FlowDraft("s2", "t")]

    assert find_blocks(build_control_flow([process, other], flows, triggers=[("i", "s2")])) is None
    assert find_blocks(build_control_flow([process, other], flows, triggers=[("b", "s2")])) is None
    assert find_blocks(build_control_flow([process, other], flows, triggers=[("sub", "s2")])) is not None


def test_branches_of_a_parallel_block_are_concurrent_and_nothing_else_is() -> None:
    flow = control("s p1 t1 x1 t2 x2 p2 t4 e", "p1 t3 p2", "x1 t5 x2")
    tree = find_blocks(flow)
    assert tree is not None
    number = {id_: node for node, id_ in enumerate(flow.ids)}

    def meet(one: str, other: str) -> bool:
        return tree.are_concurrent(number[one], number[other])

    assert meet("t1", "t3")
    assert meet("t3", "t2")
    assert not meet("t2", "t5")
    assert not meet("t1", "t2")
    assert not meet("t4", "t3")


def test_a_run_is_completed_around_what_has_to_happen() -> None:
    flow = control("s x1 t1 x2 t2 e", "x2 t3 x1")
    tree = find_blocks(flow)
    assert tree is not None
    number = {id_: node for node, id_ in enumerate(flow.ids)}

    run = expand_run(tree, tree.leaves_of[number["t3"]] * 2, to_end=True)

    assert [flow.ids[node] for node in run] == [
        "s",
        "x1",
        "t1",
        "x2",
        "t3",
        "x1",
        "t1",
        "x2",
        "t3",
        "x1",
        "t1",
        "x2",
        "t2",
        "e",
    ]


@pytest.mark.parametrize("form", ["chain", "nested"])
def test_a_hundred_thousand_steps_are_no_problem(form: str) -> None:
    count = 100_000
    if form == "chain":
        flow = control("s " + " ".join(f"t{number}" for number in range(count)) + " e")
    else:
        half = count // 4
        there = " ".join(f"x{number}" for number in range(half))
        back = " ".join(f"x{2 * half - number}" for number in reversed(range(half)))
        flow = control(f"s {there} t {back} e", *(f"x{n} t{n} x{2 * half - n}" for n in range(half)))
    begin = time.process_time()

    tree = find_blocks(flow)

    assert tree is not None
    assert len(tree.leaves_of) == len(flow.ids)
    assert time.process_time() - begin < 30
