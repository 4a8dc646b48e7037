"""What the export says beside the diagram: what is waited for in another way, and what may run twice."""

from __future__ import annotations

from typing import Any

import pytest

from ankunft_model.exports.bpmn import remarks
from ankunft_model.model import ArrivalModel

from .exported import collaboration_of, elements, journey_of, names
from .token_games import differences

END = {"type": "end"}


def model_of_nodes(
    nodes: dict[str, Any], handovers: list[dict[str, Any]], other: dict[str, Any] | None = None
) -> ArrivalModel:
    processes: dict[str, Any] = {"one": {"name": "Eins", "nodes": nodes, "handovers": handovers}}
    if other is not None:
        processes["two"] = {"name": "Zwei", "nodes": other}
    actors = {id_: {"name": id_.upper(), "kind": "other"} for id_ in ("p", "q")}
    return ArrivalModel.model_validate(
        {"id": "m", "title": "Probe", "state": "as_is", "actors": actors, "processes": processes}
    )


# --- processes that run twice ---------------------------------------------------------------------------------------

OTHER = {
    "b": {"type": "start", "name": "Anstoß", "actor": "p", "next": "u"},
    "u": {"name": "U", "actor": "q", "next": "y"},
    "y": END,
}
CHOICE = [{"to": "s", "when": "ja"}, {"to": "t", "when": "nein"}]
IN_A_ROW = {
    "a": {"type": "start", "actor": "p", "next": "s"},
    "s": {"name": "S", "actor": "p", "next": "t"},
    "t": {"name": "T", "actor": "p", "next": "z"},
    "z": END,
}
ALTERNATIVES = {
    "a": {"type": "start", "actor": "p", "next": "g"},
    "g": {"type": "exclusive", "next": CHOICE},
    "s": {"name": "S", "actor": "p", "next": "z"},
    "t": {"name": "T", "actor": "q", "next": "z"},
    "z": END,
}
PARALLEL = {**ALTERNATIVES, "g": {"type": "parallel", "next": ["s", "t"]}, "z": {"type": "parallel", "next": "x"},
            "x": END}  # fmt: skip
LOOP = {
    "a": {"type": "start", "actor": "p", "next": "j"},
    "j": {"type": "exclusive", "next": "s"},
    "s": {"name": "S", "actor": "p", "next": "t"},
    "t": {"name": "T", "actor": "q", "next": "g"},
    "g": {"type": "exclusive", "next": [{"to": "j", "when": "ja"}, {"to": "z", "when": "nein"}]},
    "z": END,
}
IN_A_LOOPING_PART = {
    **{id_: node for id_, node in LOOP.items() if id_ not in ("s", "t")},
    "j": {"type": "exclusive", "next": "sub"},
    "sub": {"type": "subprocess", "name": "Teil", "actor": "p", "next": "g", "nodes": {
        "i": {"type": "start", "next": "s"}, "s": {"name": "S", "actor": "p", "next": "t"},
        "t": {"name": "T", "actor": "p", "next": "e"}, "e": END}},
}  # fmt: skip
INSIDE_ALTERNATIVES = {
    **ALTERNATIVES,
    "s": {"type": "subprocess", "name": "Teil", "actor": "p", "next": "z", "nodes": {
        "i": {"type": "start", "next": "v"}, "v": {"name": "V", "actor": "p", "next": "e"}, "e": END}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("nodes", "senders", "expected"),
    [
        (IN_A_ROW, ["s"], None),
        (IN_A_ROW, ["s", "t"], "h0, h1"),
        (ALTERNATIVES, ["s", "t"], None),
        (INSIDE_ALTERNATIVES, ["v", "t"], None),
        (PARALLEL, ["s", "t"], "h0, h1"),
        (LOOP, ["t"], "h0"),
        (IN_A_LOOPING_PART, ["s"], "h0"),
    ],
    ids=["once", "in a row", "alternatives", "alternatives inside", "parallel", "loop", "part of a loop"],
)
def test_a_process_that_may_run_twice_at_once_is_told(
    nodes: dict[str, Any], senders: list[str], expected: str | None
) -> None:
    handovers = [
        {"id": f"h{place}", "from": sender, "to": "b", "triggers": True} for place, sender in enumerate(senders)
    ]

    told = [remark.de for remark in remarks(model_of_nodes(nodes, handovers, OTHER)) if "mehrmals" in remark.de]

    assert [f"({expected})" in text for text in told] == ([] if expected is None else [True])


# --- what is waited for inside a pool -------------------------------------------------------------------------------

WAITING = {
    "a": {"type": "start", "actor": "p", "next": "sub"},
    "sub": {"type": "subprocess", "name": "Teil", "actor": "p", "next": "z", "nodes": {
        "i": {"type": "start", "next": "f"},
        "f": {"type": "parallel", "next": ["s", "t"]},
        "s": {"name": "S", "actor": "p", "next": "j"},
        "t": {"name": "T", "actor": "p", "next": "u"},
        "u": {"name": "U", "actor": "p", "next": "j"},
        "j": {"type": "parallel", "next": "e"},
        "e": END,
    }},
    "z": END,
}  # fmt: skip
WAIT = {"id": "h", "name": "Bescheid", "from": "s", "to": "u", "waits": True}


def perhaps(nodes: dict[str, Any]) -> dict[str, Any]:
    """Return the nodes in which U is only perhaps done."""
    inside = {
        **nodes["sub"]["nodes"],
        "t": {"name": "T", "actor": "p", "next": "x"},
        "x": {"type": "exclusive", "next": [{"to": "u", "when": "ja"}, {"to": "k", "when": "nein"}]},
        "u": {"name": "U", "actor": "p", "next": "k"},
        "k": {"type": "exclusive", "next": "j"},
    }
    return {**nodes, "sub": {**nodes["sub"], "nodes": inside}}


def test_what_is_waited_for_inside_a_sub_process_is_a_sequence_flow_there() -> None:
    model = model_of_nodes(WAITING, [WAIT])

    xml = journey_of(model)

    assert differences(model, xml, limit=1_000) == []
    (line,) = [flow for flow in elements(xml, "sequenceFlow") if flow.get("name") == "Bescheid"]
    assert line.getparent().get("id") == "sub"
    assert not any("„h“" in remark.de for remark in remarks(model))


def test_what_is_waited_for_across_the_border_of_a_sub_process_is_a_message() -> None:
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "f"},
        "f": {"type": "parallel", "next": ["sub", "v"]},
        "sub": {"type": "subprocess", "name": "Teil", "actor": "p", "next": "g", "nodes": {
            "i": {"type": "start", "next": "s"},
            "s": {"name": "S", "actor": "p", "next": "t"},
            "t": {"name": "T", "actor": "p", "next": "e"},
            "e": END,
        }},
        "v": {"name": "V", "actor": "q", "next": "u"},
        "u": {"name": "U", "actor": "q", "next": "g"},
        "g": {"type": "parallel", "next": "z"},
        "z": END,
    }  # fmt: skip
    model = model_of_nodes(nodes, [WAIT])

    xml = collaboration_of(model)

    assert differences(model, xml, limit=1_000) == []
    assert "Bescheid eingegangen" in names(xml, "intermediateCatchEvent")


def test_what_is_only_perhaps_needed_inside_a_sub_process_is_a_condition_there() -> None:
    model = model_of_nodes(perhaps(WAITING), [WAIT])

    xml = journey_of(model)

    assert differences(model, xml, limit=1_000) == []
    assert "Bescheid liegt vor" in names(xml, "intermediateCatchEvent")
    (line,) = elements(xml, "association")
    assert (line.getparent().get("id"), line.get("sourceRef")) == ("sub", "s")


def test_what_is_waited_for_inside_one_pool_as_a_condition_is_told() -> None:
    told = [remark.de for remark in remarks(model_of_nodes(perhaps(WAITING), [WAIT]))]

    assert any("„h“ wird innerhalb eines Pools gewartet" in text for text in told)


def test_a_handover_that_nobody_can_wait_for_is_told() -> None:
    told = [remark.de for remark in remarks(model_of_nodes(WAITING, [{**WAIT, "to": "j"}]))]

    assert any("Auf die Übergabe „h“ wartet in dieser Zeichnung niemand" in text for text in told)
