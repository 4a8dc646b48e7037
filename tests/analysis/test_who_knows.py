"""Who knows a datum at a node, its way through the model, and who ever sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ankunft_model import ArrivalModel, UnknownElementError


def model(nodes: dict[str, Any], handovers: Any = "none") -> ArrivalModel:
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "M",
            "state": "as_is",
            "actors": {
                "person": {"name": "P", "kind": "person"},
                "one": {"name": "A", "kind": "jobcenter"},
                "two": {"name": "B", "kind": "school"},
            },
            "systems": {"file": {"name": "F", "operated_by": "one", "readers": ["one"], "holds": "none"}},
            "data": {
                "address": {"name": "Anschrift", "category": "contact"},
                "home": {"name": "Wohnort", "category": "contact", "canonical": "address"},
            },
            "processes": {
                "p": {
                    "name": "P",
                    "nodes": {
                        "s": {"type": "start", "actor": "person", "next": next(iter(nodes))},
                        **nodes,
                        "e": {"type": "end"},
                    },
                    "handovers": handovers,
                }
            },
        }
    )


CHOICE = {
    "ask": {"name": "Fragen", "actor": "one", "collects": ["home"], "records_in": ["file"], "next": "x"},
    "x": {
        "type": "exclusive",
        "name": "Weiter?",
        "next": [{"to": "tell", "when": "ja"}, {"to": "use", "when": "nein"}],
    },
    "tell": {"name": "Mitteilen", "actor": "one", "next": "use"},
    "use": {"name": "Nutzen", "actor": "two", "needs": ["address"], "next": "e"},
}
HANDOVER = [{"id": "h", "from": "tell", "to": "use", "channel": ["email"], "data": ["address"]}]


def test_what_holds_on_every_run_is_told_apart_from_what_holds_on_some() -> None:
    known = model(CHOICE, HANDOVER).who_knows("home", at="use")

    assert (known.item, known.always, known.sometimes) == ("address", ("one", "file"), ("two",))
    assert known.exact


def test_before_the_first_question_nobody_knows() -> None:
    known = model(CHOICE, HANDOVER).who_knows("address", at="ask")

    assert known.is_reached
    assert (known.always, known.sometimes) == ((), ())


def test_what_another_branch_may_have_asked_is_known_sometimes() -> None:
    known = model(
        {
            "p": {"type": "parallel", "next": ["ask", "use"]},
            "ask": {"name": "Fragen", "actor": "one", "collects": ["address"], "next": "j"},
            "use": {"name": "Nutzen", "actor": "two", "next": "j"},
            "j": {"type": "parallel", "next": "e"},
        }
    ).who_knows("address", at="use")

    assert (known.always, known.sometimes) == ((), ("one",))


def test_a_node_that_no_run_executes_has_no_answer() -> None:
    nodes = {**CHOICE, "never": {"name": "Nie", "actor": "two", "next": "e"}}

    known = model(nodes, HANDOVER).who_knows("address", at="never")

    assert not known.is_reached
    assert (known.always, known.sometimes) == ((), ())


def test_what_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownElementError, match="address"):
        model(CHOICE).who_knows("adress", at="use")
    with pytest.raises(UnknownElementError, match="use"):
        model(CHOICE).who_knows("address", at="usee")


def test_the_way_of_a_datum_has_every_place_that_touches_it() -> None:
    way = model(CHOICE, HANDOVER).lineage("address")

    assert way.collected == ("ask",)
    assert way.recorded == (("ask", "file"),)
    assert way.handed_over == ("h",)
    assert way.used == ("use",)


def test_the_table_of_who_sees_what_counts_every_run() -> None:
    assert model(CHOICE, HANDOVER).disclosure() == {"address": ("one", "two", "file")}
    assert model(CHOICE).disclosure() == {"address": ("one", "file")}


def with_open_register() -> ArrivalModel:
    """Return a model in which nobody said what the register holds at the beginning."""
    plain = json.loads(model(CHOICE, HANDOVER).to_json())
    plain["systems"]["register"] = {"name": "R", "operated_by": "two", "readers": ["two"]}
    return ArrivalModel.model_validate(plain)


def test_what_an_open_fact_could_add_is_told_apart_from_what_is_stated() -> None:
    opened = with_open_register()
    known = opened.who_knows("home", at="ask")

    assert (known.always, known.sometimes, known.possibly) == ((), (), ("register",))
    assert opened.disclosure()["address"] == ("one", "two", "file")
    assert opened.disclosure(with_open_facts=True)["address"] == ("one", "two", "file", "register")


def test_a_model_that_leaves_nothing_open_adds_nobody() -> None:
    closed = model(CHOICE, HANDOVER)

    assert closed.who_knows("home", at="use").possibly == ()
    assert closed.disclosure(with_open_facts=True) == closed.disclosure()


def test_that_nobody_collects_is_said_with_what_is_open() -> None:
    plain = json.loads(with_open_register().to_json())
    plain["processes"]["p"]["nodes"]["ask"]["collects"] = "none"
    plain["processes"]["p"]["nodes"]["ask"]["records_in"] = "none"
    (finding,) = ArrivalModel.model_validate(plain).check(select=["needed-but-unavailable"])

    assert finding.recommendation.de.startswith("Nach dem, was bisher bekannt ist, erhebt niemand die Angabe")
    plain["systems"]["register"]["holds"] = "none"
    (finding,) = ArrivalModel.model_validate(plain).check(select=["needed-but-unavailable"])
    assert finding.recommendation.de.startswith("Niemand erhebt die Angabe")
