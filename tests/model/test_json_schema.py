"""The JSON Schema accepts what the reader accepts, as far as a schema can say it."""

from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from tests.strategies import WHOLE_MODELS, plain_models

from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.model.json_schema import model_schema

VALIDATOR = Draft202012Validator(model_schema())


def least() -> dict[str, Any]:
    """Return a small model in the shape of the file."""
    return {
        "format": "ankunft/1",
        "id": "m",
        "title": {"de": "M", "en": "M"},
        "state": "as_is",
        "actors": {"abh": {"name": "ABH", "kind": "immigration_office"}},
        "processes": {
            "p": {
                "name": "P",
                "nodes": {
                    "s": {"type": "start", "next": "w"},
                    "w": {"name": "W", "actor": "abh", "duration": {"min": "P1D"}, "next": [{"to": "e"}]},
                    "e": {"type": "end"},
                },
                "handovers": "none",
            }
        },
    }


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(model_schema())


def test_the_schema_is_the_same_every_time() -> None:
    assert model_schema() == model_schema()
    assert "null" not in repr(model_schema()["$defs"])


@WHOLE_MODELS
@given(plain_models())
def test_every_valid_model_fits_in_short_and_in_canonical_form(plain: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(plain)) == []
    assert list(VALIDATOR.iter_errors(to_plain(ArrivalModel.model_validate(plain)))) == []


def test_an_entry_that_completes_an_included_one_may_be_partial() -> None:
    partial = {**least(), "systems": {"azr": {"readers": ["abh"]}}}

    assert not VALIDATOR.is_valid(partial)
    assert VALIDATOR.is_valid({**partial, "include": ["common.yaml"]})


def wrong(*path: Any, value: Any) -> dict[str, Any]:
    plain: Any = least()
    inner = plain
    for key in path[:-1]:
        inner = inner.setdefault(key, {})
    inner[path[-1]] = value
    return plain


NODES = ("processes", "p", "nodes")


@pytest.mark.parametrize(
    "plain",
    [
        {key: value for key, value in least().items() if key != "format"},
        {key: value for key, value in least().items() if key != "processes"},
        wrong("state", value="as-is"),
        wrong("actorss", value={}),
        wrong("as_of", value="1.6.2025"),
        wrong("as_of", value=None),
        wrong("actors", value=None),
        wrong("actors", value=["abh"]),
        wrong("actors", "Abh", value={"name": "A", "kind": "other"}),
        wrong("actors", "x", value={"name": "A"}),
        wrong("actors", "x", value={"name": "A", "kind": "other", "origin": "de-2025"}),
        wrong("actors", "x", value={"id": "x", "name": "A", "kind": "other"}),
        wrong(*NODES, "w", "duration", value="2 Tage"),
        wrong(*NODES, "w", "channel", value="mail"),
        wrong(*NODES, "w", "needs", value=[1]),
        wrong(*NODES, "w", "type", value="tsk"),
        wrong(*NODES, "s", "collects", value=["x"]),
        wrong(*NODES, "w", "next", value=[{"to": "e", "share": 2}]),
        wrong(*NODES, "w", "next", value=[]),
        wrong("processes", "p", "handovers", value=[{"from": "s", "to": "w"}]),
        wrong("include", value="common.txt"),
    ],
)
def test_typical_mistakes_do_not_fit(plain: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(least())
    assert not VALIDATOR.is_valid(plain)
