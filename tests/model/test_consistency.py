"""What keeps a model from being well-formed: every rule is broken once, and kept by the model that is left."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from ankunft_model.model import ArrivalModel
from ankunft_model.model.arrival_model import MAX_INCONSISTENCIES
from ankunft_model.model.inconsistencies import find_circles

Plain = dict[str, Any]


def sound() -> Plain:
    """Return a model that keeps all rules and has something for each of them."""
    return {
        "id": "m",
        "title": "M",
        "state": "as_is",
        "actors": {
            "person": {"name": "Person", "kind": "person"},
            "kreis": {"name": "Kreis", "kind": "other"},
            "abh": {"name": "ABH", "kind": "immigration_office", "part_of": "kreis"},
        },
        "systems": {"register": {"name": "Register", "stores": ["name"], "readers": ["abh"]}},
        "data": {
            "family_name": {"name": "Familienname", "category": "identity"},
            "surname": {"name": "Nachname", "category": "identity", "canonical": "family_name"},
            "name": {"name": "Name", "contains": ["family_name", "surname"]},
        },
        "agreements": {"koop": {"name": "K", "parties": ["kreis", "abh"], "covers": ["h"]}},
        "cases": {"case": {"name": "Fall", "choices": {"split": "work"}}},
        "measures": {"change": {"name": "Maßnahme", "changes": ["node:work", "abh"]}},
        "processes": {
            "p": {
                "name": "P",
                "nodes": {
                    "start": {"type": "start", "next": "split"},
                    "split": {
                        "type": "exclusive",
                        "next": [
                            {"to": "work", "when": "ja", "share": 0.4},
                            {"to": "wait", "when": "nein", "share": 0.6},
                        ],
                    },
                    "work": {
                        "name": "Arbeiten",
                        "actor": "abh",
                        "records_in": {"system": "register", "data": "family_name"},
                        "next": "inner",
                    },
                    "late": {"type": "boundary", "trigger": "timer", "attached_to": "work", "next": "end"},
                    "inner": {
                        "type": "subprocess",
                        "name": "Teil",
                        "nodes": {"begin": {"type": "start", "next": "finish"}, "finish": {"type": "end"}},
                        "next": "end",
                    },
                    "wait": {"type": "event_based", "next": ["answer", "pause"]},
                    "answer": {"type": "catch", "trigger": "message", "next": "end"},
                    "pause": {"type": "catch", "trigger": "timer", "next": "end"},
                    "end": {"type": "end"},
                },
                "handovers": [{"id": "h", "from": "work", "to": "second_start", "triggers": True, "agreement": "koop"}],
            },
            "q": {
                "name": "Q",
                "nodes": {"second_start": {"type": "start", "next": "second_end"}, "second_end": {"type": "end"}},
            },
        },
    }


def nodes(plain: Plain) -> Plain:
    return plain["processes"]["p"]["nodes"]


def put(*path: str | int, value: Any) -> Callable[[Plain], None]:
    """Return what sets `value` at `path`."""

    def change(plain: Plain) -> None:
        inner: Any = plain
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Plain], None]:
    """Return what takes away the value at `path`."""

    def change(plain: Plain) -> None:
        inner: Any = plain
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return change


P = ("processes", "p", "nodes")
BREAKS = [
    ("duplicate-id", put("systems", "abh", value={"name": "Doppelt"})),
    ("duplicate-id", put("processes", "q", "nodes", "work", value={"name": "Doppelt", "next": "second_end"})),
    ("duplicate-id", put(*P, "inner", "nodes", "work", value={"name": "Doppelt", "next": "finish"})),
    ("duplicate-id", put("processes", "q", "handovers", value=[{"id": "h", "from": "second_start", "to": "none"}])),
    ("duplicate-id", put(*P, "start", "next", value=[{"to": "split", "id": "x"}, {"to": "work", "id": "x"}])),
    ("unknown-reference", put(*P, "work", "actor", value="ahb")),
    ("unknown-reference", put(*P, "start", "next", value="nowhere")),
    ("unknown-reference", put(*P, "late", "attached_to", value="nowhere")),
    ("unknown-reference", put("measures", "change", "changes", value=["node:abh"])),
    ("unknown-reference", put("measures", "change", "changes", value=["thing:abh"])),
    ("unknown-reference", put("cases", "case", "choices", value={"nowhere": "work"})),
    ("cycle", put("actors", "kreis", "part_of", value="abh")),
    ("cycle", put("actors", "kreis", "part_of", value="kreis")),
    ("cycle", put("data", "name", "contains", value=["family_name", "name"])),
    ("missing-category", drop("data", "family_name", "category")),
    ("canonical-chain", put("data", "family_name", "canonical", value="surname")),
    ("second-person", put("actors", "abh", "kind", value="person")),
    ("end-with-next", put(*P, "end", "next", value="work")),
    ("missing-next", drop(*P, "work", "next")),
    ("flow-leaves-scope", put(*P, "work", "next", value="finish")),
    ("flow-leaves-scope", put(*P, "inner", "nodes", "begin", "next", value="end")),
    ("flow-into-start", put(*P, "work", "next", value="start")),
    ("flow-into-start", put(*P, "start", "next", value="late")),
    ("two-defaults", put(*P, "split", "next", value=[{"to": each, "default": True} for each in ("work", "wait")])),
    ("missing-condition", put(*P, "split", "next", value=["work", "wait"])),
    ("wrong-shares", put(*P, "split", "next", 0, "share", value=0.5)),
    ("event-expected", put(*P, "wait", "next", value=["answer", "work"])),
    ("missing-trigger", drop(*P, "answer", "trigger")),
    ("missing-host", drop(*P, "late", "attached_to")),
    ("wrong-host", put(*P, "late", "attached_to", value="split")),
    ("wrong-host", put(*P, "late", "attached_to", value="begin")),
    ("wrong-host", put(*P, "answer", "attached_to", value="work")),
    (
        "self-handover",
        put("processes", "p", "handovers", 0, value={"id": "h", "from": "work", "to": "work", "agreement": "koop"}),
    ),
    ("wrong-trigger", put("processes", "p", "handovers", 0, "to", value="start")),
    ("not-storable", put("systems", "register", "stores", value="none")),
    ("agreement-conflict", put("processes", "p", "handovers", 0, "agreement", value="none")),
    ("wrong-choice", put("cases", "case", "choices", value={"work": "inner"})),
    ("wrong-choice", put("cases", "case", "choices", value={"split": "end"})),
    ("wrong-choice", put("cases", "case", "choices", value={"split": ["work", "wait"]})),
]


def codes(plain: Plain) -> list[str]:
    try:
        ArrivalModel.model_validate(plain)
    except ValidationError as error:
        return [details["type"] for details in error.errors()]
    return []


def test_the_sound_model_keeps_all_rules() -> None:
    assert codes(sound()) == []


@pytest.mark.parametrize(("code", "change"), BREAKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_broken_rule_is_named(code: str, change: Callable[[Plain], None]) -> None:
    plain = copy.deepcopy(sound())

    change(plain)

    assert set(codes(plain)) == {code}


def test_messages_are_there_in_both_languages_without_braces() -> None:
    for _, change in BREAKS:
        plain = sound()
        change(plain)
        with pytest.raises(ValidationError) as caught:
            ArrivalModel.model_validate(plain)
        for details in caught.value.errors():
            assert details["msg"]
            assert details["ctx"]["message_de"]
            assert "{" not in details["msg"] + details["ctx"]["message_de"]


def test_an_unknown_id_names_the_nearest_known_one() -> None:
    plain = sound()
    nodes(plain)["work"]["actor"] = "ahb"

    with pytest.raises(ValidationError, match="did you mean 'abh'"):
        ArrivalModel.model_validate(plain)


def test_an_unknown_id_that_resembles_nothing_names_some_of_those_that_are_known() -> None:
    plain = sound()
    nodes(plain)["work"]["actor"] = "zzzzz"

    with pytest.raises(ValidationError, match=f"known are: {', '.join(list(plain['actors'])[:5])}"):
        ArrivalModel.model_validate(plain)


def test_very_many_inconsistencies_are_cut_off() -> None:
    plain = sound()
    plain["data"].update({f"d{number}": {"name": "D"} for number in range(MAX_INCONSISTENCIES + 500)})

    assert len(codes(plain)) == MAX_INCONSISTENCIES


def test_a_long_hierarchy_and_deep_groups_are_checked_without_recursion() -> None:
    plain = sound()
    long = 3000
    plain["actors"].update(
        {f"a{number}": {"name": "A", "kind": "other", "part_of": f"a{number + 1}"} for number in range(long)}
    )
    plain["actors"][f"a{long}"] = {"name": "A", "kind": "other"}
    plain["data"].update({f"g{number}": {"name": "G", "contains": [f"g{number + 1}"]} for number in range(long)})
    plain["data"][f"g{long}"] = {"name": "G", "category": "identity"}

    model = ArrivalModel.model_validate(plain)

    assert model.items_of(["g0"]) == (f"g{long}",)
    assert model.top_actor("a0").id == f"a{long}"


def test_groups_that_share_members_are_resolved_once() -> None:
    plain = sound()
    depth = 60
    for number in range(depth):
        plain["data"][f"g{number}"] = {"name": "G", "contains": [f"g{number + 1}", f"h{number + 1}"]}
        plain["data"][f"h{number}"] = {"name": "H", "contains": [f"g{number + 1}", f"h{number + 1}"]}
    for name in ("g", "h"):
        plain["data"][f"{name}{depth}"] = {"name": name, "category": "identity"}

    assert ArrivalModel.model_validate(plain).items_of(["g0"]) == ("g60", "h60")


@pytest.mark.parametrize(
    ("followers", "circles"),
    [
        ({}, []),
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [("a",)]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, [("a", "b")]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [("a", "b"), ("c", "d")]),
    ],
)
def test_circles_are_found(followers: dict[str, list[str]], circles: list[tuple[str, ...]]) -> None:
    assert list(find_circles(followers)) == circles
