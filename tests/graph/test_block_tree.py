"""Blocks: what merges to which block, what does not merge, who is concurrent to whom, and how far that scales."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from ankunft_model.graph.activations import with_activations
from ankunft_model.graph.block_order import BlockOrder
from ankunft_model.graph.block_runs import expand_run, expand_run_among
from ankunft_model.graph.block_tree import KIND_NAMES, BlockTree, find_blocks
from ankunft_model.graph.control_flow import ControlFlow, FlowDraft, NodeDraft, NodeKind, build_control_flow

KINDS: dict[str, NodeKind] = {
    "s": "start",
    "e": "end",
    "x": "exclusive",
    "p": "parallel",
    "i": "inclusive",
    "t": "task",
    "z": "terminate",
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


def test_an_end_that_terminates_is_an_end_where_nothing_goes_on_beside_it() -> None:
    assert blocks_of("s p1 t1 p2 z", "p1 t2 p2") == "sequence(s p1 parallel(t1 t2) p2 z)"
    assert blocks_of("s x1 t1 z", "x1 p1 t2 p2 e", "p1 p2") != "none"
    assert blocks_of("s p1 t1 z", "p1 t2 e") == "none"
    assert blocks_of("s p1 t1 p2 t2 z", "p1 t3 p3 t4 e", "p2 p3") == "none"


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


def started_from(step: str, *ways: str) -> ControlFlow:
    """Return the control flow with these ways in which a step starts a second process `s2 t8 t9`."""
    ids = dict.fromkeys(node for way in ways for node in way.split())
    first = [NodeDraft(id_, KINDS[id_[0]]) for id_ in ids]
    second = [NodeDraft(id_, KINDS[id_[0]]) for id_ in ("s2", "t8", "t9")]
    flows = [FlowDraft(one, other) for way in (*ways, "s2 t8 t9") for one, other in pairwise(way.split())]
    return with_activations(build_control_flow([first, second], flows, triggers=[(step, "s2")]))


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (("s t1 t2 e",), "sequence(s t1 parallel(sequence(t2 e) sequence(s2 t8 t9)))"),
        (("s t1",), "sequence(s t1 s2 t8 t9)"),
        (
            ("s x1 t1 e", "x1 t2 e2"),
            "sequence(s x1 choice(sequence(t1 parallel(e sequence(s2 t8 t9))) sequence(t2 e2)))",
        ),
        (
            ("s x1 t1 x2 e", "x1 t2 x2"),
            "sequence(s x1 choice(sequence(t1 detached(sequence(s2 t8 t9))) t2) x2 e)",
        ),
        (
            ("s x1 t1 x2 e", "x2 x1"),
            "sequence(s loop(sequence(x1 t1 detached(sequence(s2 t8 t9)) x2) nothing) e)",
        ),
    ],
)
def test_a_started_process_stands_beside_the_rest_or_goes_on_beside_all_that_follows(
    ways: tuple[str, ...], expected: str
) -> None:
    tree = find_blocks(started_from("t1", *ways))

    assert tree is not None
    assert shape(tree) == expected


def test_a_started_process_is_concurrent_to_all_that_may_execute_while_it_goes_on() -> None:
    flow = started_from("t1", "s t0 x1 t1 t3 x2 t4 e", "x1 t2 x2")
    tree = find_blocks(flow)
    assert tree is not None
    number = {id_: node for node, id_ in enumerate(flow.ids)}

    def meet(one: str, other: str) -> bool:
        both = {tree.are_concurrent(number[one], number[other]), tree.are_concurrent(number[other], number[one])}
        assert len(both) == 1
        return both.pop()

    assert meet("t8", "t3")
    assert meet("t8", "t4")
    assert not meet("t8", "t0")
    assert not meet("t8", "t1")
    assert not meet("t8", "t2")
    assert not meet("t8", "t9")
    assert not meet("t3", "t4")

    loop = started_from("t1", "s x1 t0 t1 x2 t4 e", "x2 x1")
    round_tree = find_blocks(loop)
    assert round_tree is not None
    of_loop = {id_: node for node, id_ in enumerate(loop.ids)}
    assert round_tree.are_concurrent(of_loop["t8"], of_loop["t0"])


def run_of(flow: ControlFlow, *history: str, to_end: bool = False) -> str:
    tree = find_blocks(flow)
    assert tree is not None
    number = {id_: node for node, id_ in enumerate(flow.ids)}
    leaves = [tree.leaves_of[number[id_]][0] for id_ in history]
    whole = expand_run(tree, leaves, to_end=to_end)
    for asked in (("t8",), ("t4", "t9"), ("t1", "s2", "e")):
        among = expand_run_among(tree, leaves, [number[id_] for id_ in asked if id_ in number], to_end=to_end)
        assert [flow.ids[node] for node in among] == [flow.ids[node] for node in whole if flow.ids[node] in asked]
    return " ".join(flow.ids[node] for node in whole)


def test_a_run_does_of_a_started_process_what_has_to_happen_and_the_rest_at_the_end() -> None:
    flow = started_from("t1", "s x1 t1 t3 x2 t4 e", "x1 t2 x2")

    assert run_of(flow, "t4") == "s x1 t1 t3 x2 t4"
    assert run_of(flow, "t4", "t8") == "s x1 t1 t3 x2 t4 s2 t8"
    assert run_of(flow, "t8", "t4") == "s x1 t1 s2 t8 t3 x2 t4"
    assert run_of(flow, "t8", "t4", to_end=True) == "s x1 t1 s2 t8 t3 x2 t4 e t9"
    assert run_of(flow, "t2", to_end=True) == "s x1 t2 x2 t4 e"


def test_an_instance_is_over_before_a_loop_starts_the_next_one() -> None:
    flow = started_from("t1", "s x1 t0 t1 x2 t4 e", "x2 t5 x1")

    assert run_of(flow, "t5", "t8", "t1") == "s x1 t0 t1 x2 t5 s2 t8 x1 t0 t9 t1"
    assert run_of(flow, "t8", "t8") == "s x1 t0 t1 s2 t8 t9 x2 t5 x1 t0 t1 s2 t8"
    assert run_of(flow, "t8", "t0", "t9", "t4", to_end=True) == "s x1 t0 t1 s2 t8 x2 t5 x1 t0 t9 t1 x2 t4 e s2 t8 t9"


def test_order_to_a_started_process_is_told_both_ways() -> None:
    flow = started_from("t1", "s t0 x1 t1 t3 x2 t4 e", "x1 t2 x2")
    tree = find_blocks(flow)
    assert tree is not None
    number = {id_: node for node, id_ in enumerate(flow.ids)}

    def before(earlier: str, later: str) -> tuple[bool, bool] | None:
        return BlockOrder(tree, [number[earlier]]).before(number[later])

    assert before("t0", "t8") == before("t1", "t8") == before("t8", "t9") == (True, True)
    assert before("t8", "t3") == before("t8", "t4") == (True, False)
    assert before("t3", "t8") == before("t4", "t8") == (True, False)
    assert before("t2", "t8") == before("t8", "t2") == before("t9", "t8") == before("t8", "t1") == (False, False)
    assert before("t8", "t0") == (False, False)
