"""Nets: parts with one way in and one way out that merge no further and are looked at by themselves."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from ankunft_model.graph import check_process
from ankunft_model.graph.block_nets import MAX_STATES
from ankunft_model.graph.block_runs import expand_run, expand_run_among
from ankunft_model.graph.block_tree import BlockTree, find_blocks
from ankunft_model.graph.control_flow import ControlFlow, Signal

from .test_block_tree import control, shape

BRIDGE = ("x1 t1 x2 t2 x4", "x1 t3 x3 t4 x4", "x2 t5 x3")
LADDER = ("p1 t11 p2 t12 p4", "p1 t13 p3 t14 p4", "p2 t15 p3")


def tree_of(*ways: str) -> BlockTree:
    tree = find_blocks(control(*ways))
    assert tree is not None
    return tree


def nets_of(*ways: str) -> list[tuple[bool, bool, bool]]:
    """Return of each net whether several things happen at once in it, it can go round, and ends lie in it."""
    return [(net.is_parallel, net.has_loop, net.ends_by_collecting) for net in tree_of(*ways).nets.values()]


def test_a_part_that_merges_no_further_is_a_net_among_blocks() -> None:
    assert shape(tree_of("s x1", *BRIDGE, "x4 e")) == (
        "sequence(s x1 net(sequence(t1 x2) t3 t2 t5 sequence(x3 t4)) x4 e)"
    )
    assert nets_of("s x1", *BRIDGE, "x4 e") == [(False, False, False)]
    assert nets_of("s p1", *LADDER, "p4 e") == [(True, False, False)]


def test_nets_may_lie_behind_each_other_in_loops_in_branches_and_in_nets() -> None:
    behind = tree_of("s x1", *BRIDGE, "x4 p1", *LADDER, "p4 e")
    assert [net.is_parallel for net in behind.nets.values()] == [False, True]

    looped = tree_of("s x8 x1", *BRIDGE, "x4 x9 e", "x9 x8")
    assert "loop(" in shape(looped)
    assert len(looped.nets) == 1

    beside = tree_of("s p8 x1", *BRIDGE, "x4 p9 e", "p8 t9 p9")
    assert "parallel(" in shape(beside)
    assert len(beside.nets) == 1

    within = tree_of("s p1", *LADDER[1:], "p1 x1", *BRIDGE, "x4 p2 t12 p4", "p4 e")
    assert [net.is_parallel for net in within.nets.values()] == [True, False]


def test_a_net_may_go_round_and_may_hold_several_ends() -> None:
    assert nets_of("s x1 t1 x2 t2 x3 x1", "x2 x4 e", "x3 t3 x4") == [(False, True, False)]
    assert nets_of("s x1 t1 x2 t2 e1", "x1 t3 x3 t4 e2", "x2 t5 x3") == [(False, False, True)]
    assert nets_of("s p1 t1 p2 t2 e1", "p1 t3 p3 t4 e2", "p2 t5 p3") == [(True, False, True)]


def test_an_inclusive_join_in_a_net_waits_for_nothing_or_for_all() -> None:
    assert nets_of("s x1 t1 x2 t2 i4 e", "x1 t3 i3 t4 i4", "x2 t5 i3") == [(False, False, False)]
    assert nets_of("s p1 t1 p2 t2 i4 e", "p1 t3 i3 t4 i4", "p2 t5 i3") == [(True, False, False)]


@pytest.mark.parametrize(
    "ways",
    [
        # of three branches two or three come to the join
        ("s p1 t1 x2 t2 i4 e", "p1 t3 i4", "p1 t4 x3 t5 i4", "x2 x3"),
        # what comes to the join depends on a decision beside it
        ("s p1 t1 x1 t2 i4 e", "x1 t3 x5 t4 e", "p1 t6 x2 t7 i4", "x2 t8 x5"),
        # an inclusive join that a way leads back to
        ("s i1 x2 t1 x3 i1", "x2 t2 x4 e", "x3 t3 x4"),
    ],
)
def test_an_inclusive_join_that_waits_for_what_a_decision_sends_makes_no_net(ways: tuple[str, ...]) -> None:
    assert find_blocks(control(*ways)) is None


@pytest.mark.parametrize(
    "ways",
    [
        ("s x1", *BRIDGE[:2], "x2 t5 p5 t6 x4", "p5 x3", "x4 e"),
        ("s p1", "p1 t1 p2 t2 x4", "p1 t3 x3 t4 x4", "p2 t5 x3", "x4 e"),
        ("s x1", "x1 t1 x2 t2 p4", "x1 t3 p3 t4 p4", "x2 t5 p3", "p4 e"),
        ("s x1 t1 x2 t2 x3 x1", "x2 t4 x4 t5 x4"),
        ("s i1 t1 x2 t2 i4 e", "i1 t3 x3 t4 i4", "x2 t5 x3"),
    ],
)
def test_a_net_that_is_not_sound_or_has_inclusive_gateways_is_none(ways: tuple[str, ...]) -> None:
    assert find_blocks(control(*ways)) is None


def test_a_process_with_sound_nets_is_sound_and_one_with_another_net_is_not() -> None:
    assert check_process(control("s x1", *BRIDGE, "x4 p1", *LADDER, "p4 e")).sound
    assert not check_process(control("s x1", *BRIDGE, "x4 p1", "p1 t1 p2 t2 x9 e", "p1 x9", "p2 x9")).sound


def test_a_net_with_too_many_states_is_left_to_the_whole_process() -> None:
    count = MAX_STATES.bit_length() + 1
    branches = [f"p1 p{n}1 x{n}1 t{n} p{n}2 p9" for n in range(2, count)]
    links = [f"p{n}1 p{n + 1}2" for n in range(2, count - 1)]

    assert find_blocks(control("s p1", *branches[:3], *links[:2], "p9 e")) is not None
    assert find_blocks(control("s p1", *branches, *links, "p9 e")) is None


def run_of(tree: BlockTree, *history: str, to_end: bool = False) -> str:
    """Return the run on which the named leaves execute in this order, `>t` meaning that a decision leads to `t`."""
    number = {id_: node for node, id_ in enumerate(tree.control.ids)}
    events = []
    for id_ in history:
        leaf = tree.leaves_of[number[id_.removeprefix(">")]][0]
        if id_.startswith(">"):
            while tree.parent[leaf] not in tree.nets:
                leaf = tree.parent[leaf]
            events.append(-2 - leaf)
        else:
            events.append(leaf)
    whole = expand_run(tree, events, to_end=to_end)
    for asked in (("t1", "t12"), ("t4", "t5", "t13"), ("t3", "t15", "e")):
        wanted = [number[id_] for id_ in asked if id_ in number]
        among = expand_run_among(tree, events, wanted, to_end=to_end)
        assert [tree.control.ids[node] for node in among] == [
            tree.control.ids[node] for node in whole if tree.control.ids[node] in asked
        ]
    return " ".join(tree.control.ids[node] for node in whole)


def test_a_run_leads_through_a_net_as_its_history_says() -> None:
    bridge = tree_of("s x1", *BRIDGE, "x4 e")
    assert run_of(bridge, "t5", to_end=True) == "s x1 t1 x2 t5 x3 t4 x4 e"
    assert run_of(bridge, ">t3", "t4") == "s x1 t3 x3 t4"
    assert run_of(bridge, ">t1", "t1", ">t5", "t4") == "s x1 t1 x2 t5 x3 t4"

    ladder = tree_of("s p1", *LADDER, "p4 e")
    assert run_of(ladder, "t13", "t11", "t14", "t12", to_end=True) == "s p1 t13 t11 p2 t15 p3 t14 t12 p4 e"
    assert run_of(ladder, "t12", "t13") == "s p1 t11 p2 t12 t13"


def test_a_run_goes_round_in_a_net_and_around_it() -> None:
    inside = tree_of("s x1 t1 x2 t4 x3 x1", "x2 x4 e", "x3 t3 x4", "x2 t5 x4")
    assert run_of(inside, "t4", "t4", to_end=True) == "s x1 t1 x2 t4 x3 x1 t1 x2 t4 x3 t3 x4 e"

    around = tree_of("s x8 x1", *BRIDGE, "x4 x9 e", "x9 x8")
    assert run_of(around, ">t3", "t4", ">t1", "t5") == "s x8 x1 t3 x3 t4 x4 x9 x8 x1 t1 x2 t5"


def test_a_thousand_nets_are_no_problem() -> None:
    ways = ["s x01"]
    for number in range(1_000):
        ways += [way.replace("x", f"x{number}").replace("t", f"t{number}y") for way in BRIDGE]
        ways.append(f"x{number}4 x{number + 1}1")
    ways.append("x10001 e")
    begin = time.process_time()

    tree = find_blocks(control(*ways))

    assert tree is not None
    assert len(tree.nets) == 1_000
    assert time.process_time() - begin < 30


def waiting(sender: str, receiver: str, *ways: str) -> ControlFlow:
    """Return the control flow with these ways in which the receiver waits for the sender."""
    flow = control(*ways)
    return replace(flow, waits=(Signal(flow.ids.index(sender), flow.ids.index(receiver)),))


def test_a_step_that_waits_for_one_that_always_comes_is_part_of_a_net_or_block() -> None:
    beside = find_blocks(waiting("t2", "t5", "s p1 t1 t2 t3 p2 e", "p1 t4 t5 t6 p2"))
    assert beside is not None
    assert [net.is_parallel for net in beside.nets.values()] == [True]

    behind = find_blocks(waiting("t1", "t2", "s t1 t3 t2 e"))
    assert behind is not None
    assert shape(behind) == "sequence(s t1 parallel(nothing t3) t2 e)"


@pytest.mark.parametrize(
    ("sender", "receiver", "ways"),
    [
        ("t1", "t4", ("s x1 t1 x2 t4 e", "x1 t2 x2")),
        ("t4", "t1", ("s t1 t4 e",)),
        ("t1", "t2", ("s p1 t1 p2 e", "p1 x1 t2 x2 p2", "x1 x2")),
        ("t1", "t4", ("s x1 t1 x2 t4 e", "x2 x1")),
    ],
)
def test_a_mark_that_may_be_missing_or_left_over_makes_no_block(
    sender: str, receiver: str, ways: tuple[str, ...]
) -> None:
    assert find_blocks(waiting(sender, receiver, *ways)) is None
