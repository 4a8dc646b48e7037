"""The pools together do exactly what the model says: proved by playing tokens on the exported file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from lxml import etree

from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.doors import read_bpmn
from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn import remarks, to_bpmn
from ankunft_model.exports.bpmn.projection import project
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.file_reader import read

from .exported import collaboration_of, definitions_of, elements, names
from .short_notation import (
    ModelBuilder,
    model_of,
    parse,
    random_model,
    random_model_with_knots,
    random_model_with_marks,
    random_model_with_sub_processes,
    random_model_with_triggers,
    random_model_with_two_starts,
    random_tangled_model,
)
from .token_games import BPMN, BpmnGame, ModelGame, Space, TooManyStatesError, can_replay, differences, is_sound, walk

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FEW_STATES = 3_000
MANY_STATES = 20_000

WHERE_IT_STOPS = ("a terminating end would have to stop others", "do not come together in one join that fits it")
"""Nobody can stop others at once, nor conduct a tangled part in which several organisations have border events."""

CASES = [
    ("AND[P|R];P", "S"),
    ("XOR[P|()];Q;P", "Q"),
    ("P;LOOP[Q;P;Q];Q;P", "P"),
    ("P;LOOP[Q;P;Q];Q", "P"),
    ("XOR[AND[P|P]|R];P", "Q"),
    ("P;Q;XOR[AND[Q;P|R;P]|P];Q;P", "P"),
    ("P;Q;AND[Q;XOR[P|()];Q|R;P];Q;P", "P"),
    ("AND[OR[S|R]|S;R]", "S"),
]
FURTHER_CASES = [
    ("P;Q;R;P", "P"),
    ("P;OR[Q|R;P|()];P", "P"),
    ("P;XOR[()|()];Q;AND[()|()|P];OR[()|()|Q];P", "P"),
    ("P;SIDE[Q;R|P;R];Q;P", "P"),
    ("P;AND[SIDE[Q];R|P];ENDS[P|Q;P|R]", "P"),
    ("P;BORDER[Q|R];P", "P"),
    ("P;ASIDE[Q|P;R];Q;P", "P"),
    ("P;EVENT[Q|P|R;P];Q", "P"),
    ("P;STOP[R];Q;STOP[Q];P", "P"),
    ("LOOP[P;XOR[Q|R]|R;P];Q", "Q"),
]


def branch_terms(text: str) -> Any:
    """Return the term of a text, in which the first part of BORDER, ASIDE and EVENT is a pool."""

    def corrected(term: Any) -> Any:
        kind, *parts = term
        if kind == "step":
            return term
        if kind in ("border", "aside", "event"):
            return (kind, parts[0][1][1], *map(corrected, parts[1:]))
        return (kind, *map(corrected, parts))

    return corrected(parse(text))


@pytest.mark.parametrize(("text", "starter"), CASES)
def test_known_difficult_processes_do_the_runs_of_the_model(text: str, starter: str) -> None:
    model = model_of(text, starter)

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []


@pytest.mark.parametrize(("text", "starter"), FURTHER_CASES)
def test_every_kind_of_part_does_the_runs_of_the_model(text: str, starter: str) -> None:
    model = ModelBuilder().model(branch_terms(text), starter)

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []


def differences_if_sound(model: ArrivalModel, draw: Callable[[ArrivalModel], bytes]) -> list[str]:
    """Return how the runs of the file differ from those of a model; unsound and very large models are not looked at."""
    try:
        assume(is_sound(model, limit=FEW_STATES))
        return differences(model, draw(model), limit=FEW_STATES)
    except TooManyStatesError:
        reject()


@given(st.integers(0, 10**9))
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_random_processes_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model(Random(seed), 10)

    assert differences_if_sound(model, collaboration_of) == []


@given(st.integers(0, 10**9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_random_processes_with_two_starts_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model_with_two_starts(Random(seed), 8)
    try:
        found = differences(model, collaboration_of(model), limit=FEW_STATES)
    except TooManyStatesError:
        assume(False)

    assert found == []


@given(st.integers(0, 10**9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_random_processes_with_marks_do_the_runs_of_the_model_or_are_refused(seed: int) -> None:
    model = random_model_with_marks(Random(seed), 9)
    try:
        found = differences(model, collaboration_of(model), limit=FEW_STATES)
        may_block = not is_sound(model, limit=FEW_STATES)
    except ExportError:
        return
    except TooManyStatesError:
        assume(False)

    assert found == []
    told = ("bleibt ihre Nachricht liegen", "wird innerhalb eines Pools gewartet")
    if not any(text in remark.de for remark in remarks(model) for text in told):
        assert not left_over(collaboration_of(model))
    assert not may_block


@given(st.integers(0, 10**9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_random_processes_with_sub_processes_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model_with_sub_processes(Random(seed), 9)
    reason = ""
    found: list[str] = []
    try:
        assume(is_sound(model, limit=FEW_STATES))
        found = differences(model, collaboration_of(model), limit=FEW_STATES)
    except ExportError as error:
        reason = str(error)
    except TooManyStatesError:
        assume(False)

    assert found == []
    assert reason == "" or any(limit in reason for limit in WHERE_IT_STOPS)


@given(st.integers(0, 10**9))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_random_processes_that_start_others_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model_with_triggers(Random(seed), 7)

    assert differences_if_sound(model, collaboration_of) == []


@given(st.integers(0, 10**9))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_random_tangled_parallel_parts_do_the_runs_of_the_model(seed: int) -> None:
    model = random_tangled_model(Random(seed), 5)
    try:
        found = differences(model, collaboration_of(model), limit=FEW_STATES)
    except TooManyStatesError:
        assume(False)

    assert found == []


@given(st.integers(0, 10**9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_random_processes_with_tangled_parts_in_them_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model_with_knots(Random(seed), 10)

    assert differences_if_sound(model, collaboration_of) == []


def test_only_the_tangled_part_is_conducted() -> None:
    knot = ("knot", ("step", "P"), ("step", "R"), ("step", "P"), ("step", "R"))
    term = ("seq", ("step", "Q"), ("step", "P"), ("step", "Q"), knot, ("step", "Q"), ("step", "R"), ("step", "Q"))
    model = ModelBuilder().model(term, "Q")

    found = project(model, next(iter(model.processes.values())))

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []
    assert found.conductors == ("p",)
    starts = {pool.owner: [one.id for one in pool.elements if one.kind == "start"] for pool in found.pools}
    assert {owner: len(ids) for owner, ids in starts.items()} == {"q": 1, "p": 1, "r": 3}


def test_where_a_tangled_part_lies_in_another_both_are_conducted() -> None:
    inner = ("knot", ("step", "P"), ("step", "Q"), ("step", "P"), ("step", "Q"))
    outer = ("knot", ("seq", inner, ("step", "R")), ("step", "S"), ("step", "R"), ("seq",))
    model = ModelBuilder().model(("seq", ("step", "S"), outer, ("step", "S")), "S")

    found = project(model, next(iter(model.processes.values())))

    assert len(found.conductors) == 2
    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []


def test_where_parallel_branches_are_tangled_one_organisation_orders_what_the_others_do() -> None:
    tangled = next(
        model
        for model in (random_tangled_model(Random(seed), 5) for seed in range(50))
        if project(model, next(iter(model.processes.values()))).conductors
    )

    assert is_sound(tangled, limit=MANY_STATES)
    assert differences(tangled, collaboration_of(tangled), limit=MANY_STATES) == []
    assert "gleichzeitige Zweige verflochten" in next(remarks(tangled)).de


# --- telling those who wait ----------------------------------------------------------------------------------------


def notified(model: ArrivalModel) -> bytes:
    return write_definitions(definitions_of(model, notify=True))


@given(st.integers(0, 10**9))
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_random_processes_in_which_those_who_wait_are_told_do_the_runs_of_the_model(seed: int) -> None:
    model = random_model(Random(seed), 10)

    assert differences_if_sound(model, notified) == []


def test_who_decides_tells_who_waits_that_nothing_more_comes() -> None:
    model = model_of("P;Q;XOR[R;P|R];Q", "P")

    plain, told = collaboration_of(model), notified(model)

    assert differences(model, told, limit=MANY_STATES) == []
    assert "Entscheidung: Antwort 1 – nichts weiter zu tun" not in names(plain, "message")
    assert "Entscheidung: Antwort 1 – nichts weiter zu tun" in names(told, "message")
    assert not elements(plain, "eventBasedGateway")
    (waiting,) = elements(told, "eventBasedGateway")
    assert waiting.getparent().get("id") == "Process_p"
    assert not list(remarks(model, notify=True))


@pytest.mark.parametrize(
    ("text", "starter"),
    [("Q;XOR[P|R];Q", "Q"), ("P;Q;AND[XOR[P|Q];Q|P;R];R", "P"), ("P;OR[Q;P|R];R", "P")],
    ids=["before it has begun", "in parallel branches", "where several ways are taken at once"],
)
def test_where_nobody_can_be_told_nobody_is(text: str, starter: str) -> None:
    model = model_of(text, starter)

    assert differences(model, notified(model), limit=MANY_STATES) == []
    assert not [name for name in names(notified(model), "message") if "nichts weiter" in name]


def test_a_notice_of_the_inner_decision_of_a_loop_comes_once() -> None:
    model = model_of("P;LOOP[Q;XOR[P;Q|R];Q];R", "P")

    assert differences(model, notified(model), limit=MANY_STATES) == []
    assert [name for name in names(notified(model), "message") if "nichts weiter" in name]


def test_a_file_with_notices_is_read_back_as_the_model() -> None:
    model = model_of("P;Q;XOR[R;P|R];Q", "P")

    xml = to_bpmn(model, notify=True)

    assert read_bpmn(xml) == model
    assert b'notify="true"' in xml


def test_nobody_is_told_in_the_journey_view() -> None:
    with pytest.raises(ExportError, match="--notify is for"):
        to_bpmn(model_of("P;Q", "P"), view="journey", notify=True)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("start", range(0, 20_000, 1_000))
def test_many_large_random_processes_do_the_runs_of_the_model(start: int) -> None:
    refused = 0
    for seed in range(start, start + 1_000):
        model = random_model(Random(seed), 14)
        try:
            if is_sound(model, limit=FEW_STATES):
                assert (seed, differences(model, collaboration_of(model), limit=2 * FEW_STATES)) == (seed, [])
        except TooManyStatesError:
            continue
        except ExportError:
            refused += 1

    assert refused == 0


@pytest.mark.parametrize("seed", range(15))
def test_random_walks_through_large_processes_are_runs_of_the_model(seed: int) -> None:
    model = random_model(Random(seed), 36)
    drawn, said = BpmnGame(collaboration_of(model)), ModelGame(model)

    for number in range(5):
        steps, last, problems = walk(drawn, Random(number))

        assert problems == []
        assert drawn.is_final(last)
        assert can_replay(said, steps)


@pytest.mark.parametrize("name", ["as_is", "to_be"])
def test_random_walks_through_the_dueren_example_are_runs_of_the_model(name: str) -> None:
    model = read(EXAMPLES / "dueren" / f"{name}.yaml")
    drawn, said = BpmnGame(to_bpmn(model)), ModelGame(model)
    drawn_outcomes, said_outcomes = set(), set()

    for number in range(40):
        steps, last, problems = walk(drawn, Random(number))
        assert problems == []
        assert drawn.is_final(last)
        drawn_outcomes.add(frozenset(steps))
        if number < 5:
            assert can_replay(said, steps)
        steps, last, _ = walk(said, Random(number))
        assert said.is_final(last)
        said_outcomes.add(frozenset(steps))

    assert drawn_outcomes == said_outcomes
    assert set(drawn.nodes) == drawn.acted


# --- marks, triggers ----------------------------------------------------------------------------------------------


def handover(**fields: Any) -> dict[str, Any]:
    return {"id": "h", "name": "Bescheid", "waits": True, **fields}


def test_a_mark_from_another_pool_is_a_message_that_is_waited_for() -> None:
    model = ModelBuilder().model(parse("P;AND[P;P|Q;Q]"), "P", (handover(**{"from": "s4", "to": "s6"}),))
    assert (model.nodes["s4"].actor, model.nodes["s6"].actor) == ("p", "q")

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert "Bescheid eingegangen" in names(xml, "intermediateCatchEvent")


def test_a_mark_inside_a_pool_is_a_sequence_flow_from_a_fork_to_a_join() -> None:
    model = ModelBuilder().model(parse("R;AND[P;P|P;P]"), "R", (handover(**{"from": "s4", "to": "s6"}),))

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    (line,) = [flow for flow in elements(xml, "sequenceFlow") if flow.get("name") == "Bescheid"]
    flows = {(flow.get("sourceRef"), flow.get("targetRef")) for flow in elements(xml, "sequenceFlow")}
    assert {("s4", line.get("sourceRef")), (line.get("targetRef"), "s6")} <= flows


@pytest.mark.parametrize(
    ("text", "sender", "receiver"),
    [
        ("P;LOOP[AND[P;P|Q;Q]];Q", "s5", "s7"),
        ("P;LOOP[AND[XOR[P|R];P|Q;LOOP[R];Q]];Q", "s8", "s13"),
        ("R;LOOP[AND[P;P|P;P]];R", "s5", "s7"),
    ],
)
def test_in_a_loop_what_is_sent_and_taken_once_a_round_is_waited_for(text: str, sender: str, receiver: str) -> None:
    model = ModelBuilder().model(parse(text), "P", (handover(**{"from": sender, "to": receiver}),))

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert b"Bescheid" in xml


@pytest.mark.parametrize(
    ("text", "sender", "receiver"), [("P;P;XOR[Q|R];P", "s1", "s4"), ("P;LOOP[P;Q;R];Q", "s3", "s5")]
)
def test_what_is_always_at_hand_is_not_waited_for(text: str, sender: str, receiver: str) -> None:
    model = ModelBuilder().model(parse(text), "P", (handover(**{"from": sender, "to": receiver}),))

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert list(remarks(model)) == []


def test_a_message_event_of_the_model_takes_the_mark_itself() -> None:
    builder = ModelBuilder()
    model = builder.model(parse("P;AND[P;P|Q;Q]"), "P", (handover(**{"from": "s4", "to": "s6"}),))
    plain = dict(builder.nodes)
    plain["s6"] = {**plain["s6"], "type": "catch", "trigger": "message"}
    model = with_nodes(model, plain)

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    (flow,) = [flow for flow in elements(xml, "messageFlow") if flow.get("id").startswith("MessageFlow")]
    assert (flow.get("sourceRef"), flow.get("targetRef")) == ("s4", "s6")


def with_nodes(model: ArrivalModel, nodes: dict[str, Any]) -> ArrivalModel:
    (process,) = model.processes.values()
    actors = {actor.id: {"name": actor.name, "kind": actor.kind} for actor in model.actors.values()}
    handovers = [
        {"id": h.id, "name": h.name, "from": h.from_, "to": h.to, "waits": h.waits} for h in process.handovers or ()
    ]
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Probe",
            "state": "as_is",
            "actors": actors,
            "processes": {"p": {"name": "Ablauf", "nodes": nodes, "handovers": handovers}},
        }
    )


@pytest.mark.parametrize(
    ("text", "sender", "receiver"),
    [
        ("P;XOR[P|R];Q", "s3", "s6"),
        ("P;LOOP[Q;P];Q", "s1", "s3"),
        ("P;Q;R", "s3", "s1"),
    ],
)
def test_a_mark_that_may_never_come_is_refused(text: str, sender: str, receiver: str) -> None:
    model = ModelBuilder().model(parse(text), "P", (handover(**{"from": sender, "to": receiver}),))

    with pytest.raises(ExportError, match="'h'"):
        collaboration_of(model)


def test_marks_that_wait_for_each_other_are_refused() -> None:
    marks = (
        {"id": "one", "from": "s4", "to": "s5", "waits": True},
        {"id": "two", "from": "s6", "to": "s3", "waits": True},
    )
    model = ModelBuilder().model(parse("P;AND[P;P|Q;Q]"), "P", marks)

    with pytest.raises(ExportError, match=r"wait for each other|in some runs"):
        collaboration_of(model)


def test_a_handover_that_triggers_starts_the_other_process_with_a_message() -> None:
    model = ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Zwei Abläufe",
            "state": "as_is",
            "actors": {"p": {"name": "P", "kind": "other"}, "q": {"name": "Q", "kind": "other"}},
            "processes": {
                "one": {
                    "name": "Eins",
                    "nodes": {
                        "a": {"type": "start", "name": "A", "actor": "p", "next": "s"},
                        "s": {"name": "S", "actor": "p", "next": "t"},
                        "t": {"name": "T", "actor": "q", "next": "z"},
                        "z": {"type": "end"},
                    },
                    "handovers": [{"id": "h", "name": "Anstoß", "from": "s", "to": "b", "triggers": True}],
                },
                "two": {
                    "name": "Zwei",
                    "nodes": {
                        "b": {"type": "start", "name": "B", "actor": "p", "next": "u"},
                        "u": {"name": "U", "actor": "q", "next": "y"},
                        "y": {"type": "end"},
                    },
                },
            },
        }
    )

    game = BpmnGame(collaboration_of(model))

    space = Space(game, MANY_STATES)
    assert space.can_complete() == set(space.moves)
    steps = {steps for seed in range(30) for steps in [tuple(walk(game, Random(seed))[0])]}
    assert steps == {("s", "t", "u"), ("s", "u", "t")}
    assert names(collaboration_of(model), "participant") == ["P – Eins", "Q – Eins", "P – Zwei", "Q – Zwei"]


# --- what is refused ------------------------------------------------------------------------------------------------


def unsound(**nodes: Any) -> ArrivalModel:
    actors = {id_: {"name": id_, "kind": "other"} for id_ in ("p", "q")}
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Probe",
            "state": "as_is",
            "actors": actors,
            "processes": {"x": {"name": "Ablauf", "nodes": nodes}},
        }
    )


START = {"type": "start", "actor": "p", "next": "g"}
END = {"type": "end"}
STEPS = {"s": {"name": "S", "actor": "p", "next": "j"}, "t": {"name": "T", "actor": "q", "next": "j"}}
CHOICE = {"type": "exclusive", "next": [{"to": "s", "when": "ja"}, {"to": "t", "when": "nein"}]}


@pytest.mark.parametrize(
    "nodes",
    [
        {"a": START, "g": CHOICE, **STEPS, "j": {"type": "parallel", "next": "z"}, "z": END},
        {"a": START, "g": {"type": "parallel", "next": ["s", "t"]}, **STEPS, "j": {"type": "exclusive", "next": "z"},
         "z": {**END, "actor": "p"}},
        {"a": START, "g": {"type": "exclusive", "next": [{"to": "s", "when": "ja"}, {"to": "z", "when": "nein"}]},
         "s": {"name": "S", "actor": "p", "next": "t"}, "t": {"name": "T", "actor": "q", "next": "s"}, "z": END},
        {"a": START, "g": {"type": "parallel", "next": ["s", "t"]}, **STEPS,
         "s": {"name": "S", "actor": "p", "next": "h"},
         "h": {"type": "exclusive", "next": [{"to": "y", "when": "ja"}, {"to": "j", "when": "nein"}]},
         "y": {**END, "trigger": "terminate"}, "j": {"type": "parallel", "next": "z"}, "z": END},
        {"a": START, "g": {"type": "exclusive", "next": "h"}, "h": {"type": "exclusive", "next": [
            {"to": "f", "when": "ja"}, {"to": "z", "when": "nein"}]},
         "f": {"type": "parallel", "next": ["h", "t"]}, "t": {"name": "T", "actor": "q", "next": "y"}, "y": END,
         "z": END},
    ],
    ids=["choice into a parallel join", "parallel into a merge", "no way out",
         "terminating before a join", "threads from a loop"],
)  # fmt: skip
def test_a_process_that_pools_cannot_do_is_refused_with_advice(nodes: dict[str, Any]) -> None:
    model = unsound(**nodes)

    with pytest.raises(ExportError) as caught:
        collaboration_of(model)

    assert "journey" in caught.value.in_language("en")
    assert "Wegansicht" in caught.value.in_language("de")
    assert caught.value.element_id in model.nodes


@pytest.mark.parametrize("owner", ["p", "q"])
def test_an_end_that_terminates_stops_what_the_same_organisation_does_beside_it(owner: str) -> None:
    event = {"type": "boundary", "attached_to": "s", "interrupting": False, "trigger": "timer", "next": "r"}
    reminder = {"b": event, "r": {"name": "Erinnern", "actor": owner, "next": "y"}, "y": END}
    model = unsound(
        a={"type": "start", "actor": "q", "next": "s"},
        s={"name": "S", "actor": "p", "next": "u"},
        u={"name": "U", "actor": "p", "next": "z"},
        z={**END, "trigger": "terminate"},
        **reminder,
    )
    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert len(elements(xml, "terminateEventDefinition")) == 1
    assert any("hält ein abbrechendes Ende an" in remark.de for remark in remarks(model)) == (owner == "q")


def test_what_an_end_of_another_organisation_has_to_stop_stands_in_its_pool_in_a_lane_of_who_acts() -> None:
    nodes = {"a": {**START, "next": "v"}, "v": {"name": "V", "actor": "q", "next": "g"},
             "g": {"type": "parallel", "next": ["s", "t"]}, "s": {"name": "S", "actor": "p", "next": "y"},
             "y": {**END, "trigger": "terminate"}, "t": {"name": "T", "actor": "q", "next": "z"}, "z": END}  # fmt: skip
    model = unsound(**nodes)

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert names(xml, "participant") == ["p", "q"]
    lanes = {lane.get("name"): [ref.text for ref in lane.iter(f"{BPMN}flowNodeRef")] for lane in elements(xml, "lane")}
    assert "t" in lanes["q"]
    assert "s" in lanes["p"]


def test_an_end_that_terminates_when_all_is_done_is_an_end_like_any_other() -> None:
    nodes = {"a": START, "g": {"type": "parallel", "next": ["s", "t"]}, **STEPS, "j": {"type": "parallel", "next": "z"},
             "z": {**END, "trigger": "terminate"}}  # fmt: skip
    model = unsound(**nodes)

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []


def test_a_process_without_a_start_is_refused() -> None:
    model = unsound(s={"name": "S", "actor": "p", "next": "z"}, z=END)

    with pytest.raises(ExportError, match="no start event"):
        collaboration_of(model)


def test_tangled_parallel_parts_of_one_organisation_are_drawn_as_they_are() -> None:
    nodes = {"a": START, "g": CHOICE, **STEPS, "j": {"type": "parallel", "next": "z"}, "z": END}
    alone = {**nodes, "t": {"name": "T", "actor": "p", "next": "j"}}

    xml = collaboration_of(unsound(**alone))

    assert len(elements(xml, "participant")) == 1
    assert len(elements(xml, "parallelGateway")) == 1


def test_the_same_model_gives_the_same_bytes() -> None:
    text = "P;Q;AND[Q;XOR[P|()];Q|R;P];Q;P"

    assert to_bpmn(model_of(text, "P")) == to_bpmn(model_of(text, "P"))


def test_each_pool_has_a_start_an_end_and_no_second_blank_start() -> None:
    for seed in range(60):
        xml = collaboration_of(random_model(Random(seed), 12))

        for process in elements(xml, "process"):
            starts = [node for node in process if etree.QName(node).localname == "startEvent"]
            blank = [node for node in starts if not len(node.findall("*[@id]"))]
            assert starts
            assert len(blank) <= 1
            assert any(etree.QName(node).localname == "endEvent" for node in process)


# --- several processes, sub-processes ------------------------------------------------------------------------------


def two_processes(nodes: dict[str, Any], senders: tuple[str, ...]) -> ArrivalModel:
    """Return a model in which steps of P and Q start the same second process."""
    handovers = [
        {"id": f"h{place}", "from": sender, "to": "b", "triggers": True} for place, sender in enumerate(senders)
    ]
    second = {
        "b": {"type": "start", "name": "Anstoß", "actor": "p", "next": "u"},
        "u": {"name": "Prüfen", "actor": "q", "next": "y"},
        "y": {"type": "end"},
    }
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Probe",
            "state": "as_is",
            "actors": {id_: {"name": id_, "kind": "other"} for id_ in ("p", "q")},
            "processes": {
                "one": {"name": "Eins", "nodes": nodes, "handovers": handovers},
                "two": {"name": "Zwei", "nodes": second},
            },
        }
    )


def complete_runs(xml: bytes) -> set[tuple[str, ...]]:
    game = BpmnGame(xml)
    space = Space(game, MANY_STATES)
    assert space.can_complete() == set(space.moves)
    return {tuple(walk(game, Random(seed))[0]) for seed in range(60)}


@pytest.mark.parametrize("view", ["collaboration", "journey"])
def test_each_of_several_handovers_starts_the_other_process_with_a_message_of_its_own(view: Any) -> None:
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "g"},
        "g": {"type": "exclusive", "next": [{"to": "s", "when": "ja"}, {"to": "t", "when": "nein"}]},
        "s": {"name": "S", "actor": "p", "next": "z"},
        "t": {"name": "T", "actor": "q", "next": "z"},
        "z": {"type": "end"},
    }

    xml = to_bpmn(two_processes(nodes, ("s", "t")), view=view)

    assert complete_runs(xml) == {("s", "u"), ("t", "u")}
    assert not elements(xml, "participantMultiplicity")
    flows = [flow for flow in elements(xml, "messageFlow") if flow.get("sourceRef") in ("s", "t")]
    assert len({flow.get("targetRef") for flow in flows}) == len(flows) == 2


def test_an_end_that_starts_another_process_does_so_on_every_way_to_it() -> None:
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "g"},
        "g": {"type": "exclusive", "next": [{"to": "s", "when": "ja"}, {"to": "t", "when": "nein"}]},
        "s": {"name": "S", "actor": "p", "next": "z"},
        "t": {"name": "T", "actor": "q", "next": "z"},
        "z": {"type": "end"},
    }

    runs = complete_runs(to_bpmn(two_processes(nodes, ("z",)), view="collaboration"))

    assert runs == {("s", "u"), ("t", "u")}


def test_what_is_done_on_an_order_can_start_another_process() -> None:
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "f"},
        "f": {"type": "parallel", "next": ["r", "t"]},
        "r": {"name": "R", "actor": "p", "next": "h"},
        "h": {"type": "parallel", "next": ["s", "m"]},
        "t": {"name": "T", "actor": "p", "next": "m"},
        "m": {"type": "parallel", "next": "v"},
        "s": {"name": "S", "actor": "q", "next": "j"},
        "v": {"name": "V", "actor": "p", "next": "j"},
        "j": {"type": "parallel", "next": "z"},
        "z": {"type": "end"},
    }
    model = two_processes(nodes, ("s",))

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []
    assert any("verflochten" in remark.de for remark in remarks(model))


def test_two_handovers_in_a_row_begin_two_instances() -> None:
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "s"},
        "s": {"name": "S", "actor": "p", "next": "t"},
        "t": {"name": "T", "actor": "p", "next": "z"},
        "z": {"type": "end", "actor": "p"},
    }

    xml = to_bpmn(two_processes(nodes, ("s", "t")), view="collaboration")
    runs = complete_runs(xml)

    assert all(sorted(run) == ["s", "t", "u", "u"] for run in runs)
    assert len(runs) > 1
    several = elements(xml, "participantMultiplicity")
    assert several
    assert {(each.get("minimum", "0"), each.get("maximum")) for each in several} == {("0", "2")}


@pytest.mark.parametrize("inner", ["p", "q"])
@pytest.mark.parametrize("sender", ["s", "sub", "i", "e", "g"])
@pytest.mark.parametrize("view", ["collaboration", "journey"])
def test_whatever_lies_in_or_around_a_sub_process_can_start_another_process(inner: str, sender: str, view: Any) -> None:
    inside = {
        "i": {"type": "start", "next": "s"},
        "s": {"name": "S", "actor": inner, "next": "g"},
        "g": {"type": "exclusive", "next": "e"},
        "e": {"type": "end"},
    }
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "sub"},
        "sub": {"type": "subprocess", "name": "Teil", "actor": "p", "nodes": inside, "next": "z"},
        "z": {"type": "end", "actor": "p"},
    }

    xml = to_bpmn(two_processes(nodes, (sender,)), view=view)

    (message,) = [flow for flow in elements(xml, "messageFlow") if flow.get("targetRef") == "b"]
    assert message.get("sourceRef")


SHARED = {
    "i": {"type": "start", "next": "s"},
    "s": {"name": "S", "actor": "q", "next": "e"},
    "f": {"type": "boundary", "attached_to": "s", "interrupting": False, "trigger": "timer", "name": "F", "next": "r"},
    "r": {"name": "Erinnern", "actor": "p", "next": "d"},
    "d": {"type": "end"},
    "e": {"type": "end"},
}


def test_what_comes_behind_a_shared_sub_process_waits_for_its_side_threads() -> None:
    model = unsound(
        a={"type": "start", "actor": "p", "next": "sub"},
        sub={"type": "subprocess", "name": "Teil", "actor": "p", "nodes": SHARED, "next": "t"},
        t={"name": "T", "actor": "p", "next": "z"},
        z=END,
    )

    runs = complete_runs(collaboration_of(model))

    assert {("s", "t"), ("s", "r", "t")} <= runs
    assert all(run[-1] == "t" for run in runs)


def test_a_side_thread_that_outlives_its_branch_in_a_shared_sub_process_is_conducted() -> None:
    inside = {
        **SHARED,
        "i": {"type": "start", "next": "g"},
        "g": {"type": "parallel", "next": ["s", "v"]},
        "s": {"name": "S", "actor": "q", "next": "j"},
        "v": {"name": "V", "actor": "p", "next": "j"},
        "j": {"type": "parallel", "next": "w"},
        "w": {"name": "W", "actor": "p", "next": "e"},
        "r": {"name": "Erinnern", "actor": "q", "next": "d"},
    }
    model = unsound(
        a={"type": "start", "actor": "p", "next": "sub"},
        sub={"type": "subprocess", "name": "Teil", "actor": "p", "nodes": inside, "next": "z"},
        z=END,
    )

    assert differences(model, collaboration_of(model), limit=MANY_STATES) == []
    assert "verflochten" in next(remarks(model)).de


def test_a_tangled_shared_sub_process_that_nobody_can_conduct_stays_whole_and_the_rest_is_divided() -> None:
    inside = {
        **SHARED,
        "i": {"type": "start", "next": "g"},
        "g": {"type": "parallel", "next": ["s", "v"]},
        "s": {"name": "S", "actor": "q", "next": "j"},
        "v": {"name": "V", "actor": "p", "next": "m"},
        "k": {"type": "boundary", "attached_to": "v", "trigger": "timer", "next": "m"},
        "m": {"type": "exclusive", "next": "j"},
        "j": {"type": "parallel", "next": "w"},
        "w": {"name": "W", "actor": "p", "next": "e"},
        "r": {"name": "Erinnern", "actor": "q", "next": "d"},
    }
    model = unsound(
        a={"type": "start", "actor": "p", "next": "sub"},
        sub={"type": "subprocess", "name": "Teil", "actor": "p", "nodes": inside, "next": "t"},
        t={"name": "T", "actor": "q", "next": "z"},
        z=END,
    )

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert len(elements(xml, "participant")) == 2
    assert [element.get("id") for element in elements(xml, "subProcess")] == ["sub"]
    assert "Teilprozess „sub“" in next(remarks(model)).de


def test_a_shared_sub_process_that_is_interrupted_stays_whole_in_one_pool_and_the_rest_is_divided() -> None:
    inside = {"i": SHARED["i"], "s": SHARED["s"], "e": SHARED["e"]}
    model = unsound(
        a={"type": "start", "actor": "p", "next": "sub"},
        sub={"type": "subprocess", "name": "Teil", "actor": "p", "nodes": inside, "next": "t"},
        f={"type": "boundary", "attached_to": "sub", "trigger": "timer", "name": "Frist", "next": "y"},
        y={"type": "end"},
        t={"name": "T", "actor": "q", "next": "z"},
        z=END,
    )

    xml = collaboration_of(model)

    assert len(elements(xml, "participant")) == 2
    assert [element.get("id") for element in elements(xml, "subProcess")] == ["sub"]
    assert "Teilprozess „sub“" in next(remarks(model)).de


def left_over(xml: bytes) -> bool:
    """Return whether a run of the file can end with a message that nobody took."""
    game = BpmnGame(xml)
    space = Space(game, MANY_STATES)
    return any(state[1] and not moves for state, moves in space.moves.items())  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("P;AND[P;P|Q;XOR[R|Q]];Q", True),
        ("P;AND[P;P|P;XOR[R|Q]];Q", True),
        ("P;AND[P;P|Q;XOR[Q;XOR[R|()]|P|AND[Q|P]]];Q", True),
        ("P;AND[P;P|Q;XOR[AND[P|Q;R]|Q]];Q", True),
        ("P;AND[P;P|Q;OR[R|Q]];Q", True),
        ("P;AND[P;P|P;OR[R;Q|Q]];P", True),
        ("P;AND[P;P|Q;OR[R;Q|Q]]", True),
        ("P;AND[P;P|XOR[Q;OR[R|OR[Q|R;Q]]|P]]", True),
        ("P;AND[P;P|Q;XOR[OR[Q|AND[Q|R]];Q|P]];R", True),
        ("P;AND[P;P|Q;R;Q];Q", False),
    ],
)
def test_what_may_not_be_needed_is_kept_until_it_is_asked_for(text: str, is_asked: bool) -> None:
    builder = ModelBuilder()
    nodes = builder.model(parse(text), "P").nodes
    sender = [id_ for id_, node in nodes.items() if node.actor == "p" and id_.startswith("s")][2]
    receiver = next(id_ for id_, node in nodes.items() if node.actor == "r")
    model = ModelBuilder().model(parse(text), "P", (handover(**{"from": sender, "to": receiver}),))

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert not left_over(xml)
    assert ("Anfrage: Bescheid" in names(xml, "message")) == is_asked
    assert any("fragt ihr Empfänger danach" in remark.de for remark in remarks(model)) == is_asked
    assert not any("bleibt ihre Nachricht liegen" in remark.de for remark in remarks(model))


@pytest.mark.parametrize("text", ["P;AND[P;P|Q;XOR[R|Q]];Q", "P;AND[P;P|P;XOR[R|Q]];Q", "R;AND[P;P|P;R;R]"])
def test_a_file_in_which_something_is_waited_for_is_read_back_as_the_model(text: str) -> None:
    wait = handover(**{"from": "s4", "to": "s7"})
    model = ModelBuilder().model(parse(text), "P", (wait,))

    xml = to_bpmn(model, view="collaboration")
    name = str(model.nodes["s1"].name)
    edited = read_bpmn(xml.replace(f'name="{name}"'.encode(), b'name="Umbenannt"'))

    assert read_bpmn(xml) == model
    assert {id_: node.name for id_, node in edited.nodes.items()} == {
        id_: "Umbenannt" if id_ == "s1" else node.name for id_, node in model.nodes.items()
    }
    assert edited.handovers == model.handovers
    assert {flow.id for process in edited.processes.values() for flow in process.flows} == {
        flow.id for process in model.processes.values() for flow in process.flows
    }


def test_a_message_that_nobody_may_take_is_told() -> None:
    model = ModelBuilder().model(branch_terms("P;ASIDE[P|Q;R];Q"), "P", (handover(**{"from": "s2", "to": "s5"}),))

    xml = collaboration_of(model)

    assert differences(model, xml, limit=MANY_STATES) == []
    assert left_over(xml)
    assert any("bleibt ihre Nachricht liegen" in remark.de for remark in remarks(model))
