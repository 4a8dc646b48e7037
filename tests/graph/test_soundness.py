"""Soundness: each kind of problem, where it is, and a run that shows it."""

from __future__ import annotations

from typing import Any

from ankunft_model.graph import build_run_graph, build_token_game, check_process, check_soundness, control_flow_of
from ankunft_model.graph.soundness import Soundness
from ankunft_model.graph.soundness_overview import SoundnessOverview
from ankunft_model.model import Process


def soundness_of(handovers: Any = None, **nodes: Any) -> Soundness:
    for node in nodes.values():
        if "type" not in node:
            node.setdefault("name", "T")
        if node.get("type") == "exclusive" and isinstance(node["next"], list):
            node["next"] = [{"to": to, "when": to} for to in node["next"]]
    return check_soundness(build_run_graph(build_token_game(process_of(handovers, **nodes))))


def process_of(handovers: Any = None, **nodes: Any) -> Process:
    return Process.model_validate({"id": "p", "name": "P", "nodes": nodes, "handovers": handovers})


START = {"type": "start", "next": "a"}
END = {"type": "end"}


def kinds(found: Soundness) -> list[tuple[str, tuple[str, ...]]]:
    return [(problem.kind, problem.nodes) for problem in found.problems]


def test_a_join_that_waits_for_a_branch_not_taken_is_a_deadlock() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "exclusive", "next": ["b", "c"]},
        b={"next": "j"},
        c={"next": "j"},
        j={"type": "parallel", "next": "e"},
        e=dict(END),
    )

    assert ("deadlock", ("j",)) in kinds(found)
    assert ("dead_node", ("j",)) in kinds(found)
    assert found.problems[0].witness == ("s", "a", "b")


def test_parallel_branches_that_meet_in_an_exclusive_join_lack_synchronization() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "parallel", "next": ["b", "c"]},
        b={"next": "j"},
        c={"next": "j"},
        j={"type": "exclusive", "next": "d"},
        d={"next": "e"},
        e=dict(END),
    )

    assert [kind for kind, _ in kinds(found)] == ["lack_of_synchronization"]
    assert found.problems[0].nodes == ("j",)


def test_what_two_tokens_on_a_flow_lead_to_is_told_too() -> None:
    nodes = {
        "s": dict(START),
        "a": {"type": "parallel", "next": ["b", "c"]},
        "b": {"name": "B", "next": "j"},
        "c": {"name": "C", "next": "j"},
        "j": {"type": "exclusive", "next": "d"},
        "d": {"name": "D", "next": "k"},
        "k": {"type": "parallel", "next": "e"},
        "o": {"name": "O", "next": "k"},
        "e": dict(END),
    }
    process = Process.model_validate({"id": "p", "name": "P", "nodes": nodes})

    found = check_process(control_flow_of(process))

    assert {
        ("lack_of_synchronization", ("j",)),
        ("lack_of_synchronization", ("d",)),
        ("deadlock", ("k",)),
        ("dead_node", ("o",)),
        ("dead_node", ("k",)),
        ("dead_node", ("e",)),
    } == set(kinds(found))


def test_an_end_reached_twice_is_no_proper_completion() -> None:
    found = soundness_of(s=dict(START), a={"type": "parallel", "next": ["e", "b"]}, b={"next": "e"}, e=dict(END))

    assert kinds(found) == [("improper_completion", ("e",))]


def test_several_ends_reached_once_each_are_sound() -> None:
    assert soundness_of(s=dict(START), a={"type": "parallel", "next": ["e", "f"]}, e=dict(END), f=dict(END)).sound


def test_a_node_beside_an_endless_loop_is_not_dead() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "parallel", "next": ["l", "b"]},
        l={"type": "exclusive", "next": "m"},
        m={"next": "l"},
        b={"next": "e"},
        e=dict(END),
    )

    assert kinds(found) == []


def test_what_a_terminating_end_may_stop_is_not_dead() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "parallel", "next": ["t", "b"]},
        t={"type": "end", "trigger": "terminate"},
        b={"next": "c"},
        c={"next": "e"},
        e=dict(END),
    )

    assert found.sound


def test_two_steps_that_wait_for_each_other_block() -> None:
    found = soundness_of(
        [{"id": "h", "from": "b", "to": "c", "waits": True}, {"id": "k", "from": "c", "to": "b", "waits": True}],
        s=dict(START),
        a={"type": "parallel", "next": ["b", "c"]},
        b={"next": "e"},
        c={"next": "f"},
        e=dict(END),
        f=dict(END),
    )

    assert ("deadlock", ("b", "c")) in kinds(found)


def test_marks_of_a_waiting_handover_add_up() -> None:
    handover = [{"id": "h", "from": "b", "to": "c", "waits": True}]
    found = soundness_of(
        handover, s=dict(START), a={"next": "b"}, b={"next": "b2"}, b2={"next": "c"}, c={"next": "e"}, e=dict(END)
    )

    assert found.sound


def test_beyond_the_limit_the_answer_is_unknown() -> None:
    nodes = {"s": {"type": "start", "next": "a"}, "a": {"name": "A", "next": "e"}, "e": {"type": "end"}}
    game = build_token_game(Process.model_validate({"id": "p", "name": "P", "nodes": nodes}))

    assert check_soundness(build_run_graph(game, state_limit=2)).sound is None


def test_an_inclusive_join_does_not_wait_for_the_sub_process_that_it_lies_in() -> None:
    split = {"type": "inclusive", "next": [{"to": "b", "when": "0"}, {"to": "c", "default": True}]}
    found = soundness_of(
        s=dict(START),
        a={"type": "exclusive", "next": "r"},
        r={
            "type": "subprocess",
            "name": "R",
            "next": "x",
            "nodes": {
                "i": split,
                "b": {"name": "B", "next": "j"},
                "c": {"name": "C", "next": "j"},
                "j": {"type": "inclusive", "next": "f"},
                "f": {"name": "F"},
            },
        },
        x={"type": "exclusive", "next": ["a", "e"]},
        e=dict(END),
    )

    assert found.sound


def test_an_inclusive_join_does_not_wait_for_what_comes_round_only_after_it_has_fired() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "exclusive", "next": "g"},
        g={"type": "parallel", "next": ["i", "j"]},
        i={"type": "inclusive", "next": [{"to": "k", "default": True}, {"to": "y", "when": "y"}]},
        y={"next": "k"},
        k={"type": "inclusive", "next": "j"},
        j={"type": "parallel", "next": "x"},
        x={"type": "exclusive", "next": ["a", "e"]},
        e=dict(END),
    )

    assert found.sound


def test_an_inclusive_join_waits_for_a_token_that_has_no_other_way() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "inclusive", "next": [{"to": "b", "when": "b"}, {"to": "c", "when": "c"}]},
        b={"next": "j"},
        c={"next": "d"},
        d={"next": "j"},
        j={"type": "inclusive", "next": "e"},
        e=dict(END),
    )

    assert found.sound  # fired too early it would reach the end twice


LOOPED = {
    "s": START,
    "a": {"type": "exclusive", "next": "r"},
    "x": {"type": "exclusive", "next": ["a", "e"]},
    "e": END,
}


def test_a_sub_process_that_is_done_again_may_come_to_its_end_again() -> None:
    inner = {"b": {"name": "B", "next": "f"}, "f": dict(END)}
    sub = {"type": "subprocess", "name": "R", "next": "x", "nodes": inner}

    assert soundness_of(**{id_: dict(node) for id_, node in LOOPED.items()}, r=sub).sound


def test_an_end_that_a_sub_process_reaches_twice_before_it_is_over_is_none() -> None:
    inner = {"i": {"type": "parallel", "next": ["b", "c"]}, "b": {"name": "B", "next": "f"},
             "c": {"name": "C", "next": "f"}, "f": dict(END)}  # fmt: skip
    sub = {"type": "subprocess", "name": "R", "next": "x", "nodes": inner}
    found = soundness_of(**{id_: dict(node) for id_, node in LOOPED.items()}, r=sub)

    assert kinds(found) == [("improper_completion", ("f",))]
    assert found.problems[0].witness in {("s", "a", "i", "b", "f", "c", "f"), ("s", "a", "i", "b", "c", "f", "f")}


def test_two_inclusive_joins_that_wait_for_each_other_are_a_deadlock() -> None:
    found = soundness_of(
        s=dict(START),
        a={"type": "parallel", "next": ["i", "j"]},
        i={"type": "inclusive", "next": "x"},
        x={"type": "exclusive", "next": ["j", "e"]},
        j={"type": "inclusive", "next": "y"},
        y={"type": "exclusive", "next": ["i", "f"]},
        e=dict(END),
        f=dict(END),
    )

    assert ("deadlock", ("i", "j")) in kinds(found)


def test_processes_of_the_same_name_are_told_apart_by_their_ids() -> None:
    sound = Soundness(sound=True, problems=())
    overview = SoundnessOverview({"a": sound, "b": sound, "c": sound}, {"a": "Antrag", "b": "Antrag", "c": "Bescheid"})

    shown = [line.partition(":")[0] for line in overview.to_text().splitlines()]
    assert shown == ["Antrag (a)", "Antrag (b)", "Bescheid"]


def test_tokens_of_a_side_thread_that_meet_in_a_loop_are_named_beside_an_inclusive_block() -> None:
    process = process_of(
        s={"type": "start", "next": "j"},
        j={"type": "exclusive", "next": "x"},
        x={"type": "exclusive", "next": [{"to": "split", "when": "1"}, {"to": "some", "when": "2"}]},
        split={"type": "parallel", "next": ["b", "c"]},
        b={"name": "T", "next": "both"},
        c={"name": "T", "next": "both"},
        beside={"type": "boundary", "trigger": "message", "attached_to": "c", "interrupting": False, "next": "side"},
        side={"name": "T", "next": "side_end"},
        side_end=dict(END),
        both={"type": "parallel", "next": "y"},
        some={"type": "inclusive", "next": [{"to": "f", "when": "1"}, {"to": "g", "when": "2"}]},
        f={"name": "T", "next": "merge"},
        g={"name": "T", "next": "merge"},
        merge={"type": "inclusive", "next": "y"},
        y={"type": "exclusive", "next": "again"},
        again={"type": "exclusive", "next": [{"to": "j", "when": "1"}, {"to": "e", "when": "2"}]},
        e=dict(END),
    )

    found = check_process(control_flow_of(process))

    assert {kind for kind, _ in kinds(found)} == {"lack_of_synchronization", "improper_completion"}
    assert ("lack_of_synchronization", ("side",)) in kinds(found)
