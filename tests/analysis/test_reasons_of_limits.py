"""What is not exact says why; two tokens on a flow are followed, and so are counts behind them."""

from __future__ import annotations

from typing import Any

from ankunft_model.analysis import Computations, data_overview
from ankunft_model.cli.data_text import as_text
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.graph.limits import LIMITS

from .test_limits import model_with


def figures(nodes: dict[str, Any]) -> dict[str, Any]:
    return data_overview(Computations(model_with(nodes))).to_dict()["items"]["d"]


def meeting(*branches: str) -> dict[str, Any]:
    """Return a split whose branches meet without waiting for each other, before a step that asks and needs."""
    return {
        "s": {"type": "start", "actor": "person", "next": "x"},
        "x": {"type": "parallel", "next": list(branches)},
        **{branch: {"name": "T", "actor": "a0", "next": "ask"} for branch in branches},
        "ask": {"name": "A", "actor": "a1", "collects": ["d"], "next": "use"},
        "use": {"name": "U", "actor": "a2", "needs": ["d"], "next": "e"},
        "e": {"type": "end"},
    }


def test_behind_two_tokens_on_a_flow_everything_is_counted_exactly() -> None:
    found = figures(meeting("l", "r"))

    assert (found["exact"], found["limits"]) == (True, [])
    assert found["collections"] == {"min": 2, "max": 2}
    assert [(gap["node"], gap["certainty"]) for gap in found["gaps"]] == [("use", "definite")]
    # the first of the two asks somebody who was not asked before
    assert [(f["node"], f["certainty"], f["known_to"]) for f in found["avoidable"]] == [("ask", "possible", ["a1"])]


def test_where_more_tokens_meet_than_are_told_apart_it_says_so() -> None:
    found = figures(
        {
            "s": {"type": "start", "actor": "person", "next": "j"},
            "j": {"type": "exclusive", "next": "x"},
            "x": {"type": "parallel", "next": ["ask", "j"]},
            "ask": {"name": "A", "actor": "a1", "collects": ["d"], "next": "e"},
            "e": {"type": "end"},
        }
    )

    assert not found["exact"]
    assert "tokens" in [reached["limit"] for reached in found["limits"]]
    assert found["collections"] == {"min": 0, "max": None}


def test_counts_are_not_exact_where_no_run_comes_to_an_end() -> None:
    model = model_with(
        {
            "s": {"type": "start", "actor": "person", "next": "ask"},
            "ask": {"name": "A", "actor": "a1", "collects": ["d"], "next": "x"},
            "x": {"type": "exclusive", "next": [{"to": "l", "when": "1"}, {"to": "r", "when": "2"}]},
            "l": {"name": "L", "actor": "a1", "next": "j"},
            "r": {"name": "R", "actor": "a1", "next": "j"},
            "j": {"type": "parallel", "next": "e"},
            "e": {"type": "end"},
        }
    )
    overview = data_overview(Computations(model))
    found = overview.to_dict()["items"]["d"]

    assert [reached["limit"] for reached in found["limits"]] == ["no_end"]
    assert "Nicht genau (D): Kein Ablauf kommt zu einem Ende" in " ".join(
        as_text(model, overview, language="de", width=200).split()
    )


def test_a_verdict_on_soundness_says_what_kept_it_from_being_complete() -> None:
    model = model_with(
        {
            "s": {"type": "start", "actor": "person", "next": "outer"},
            "outer": {"type": "exclusive", "next": "inner"},
            "inner": {"type": "exclusive", "next": "t"},
            "t": {"name": "T", "actor": "a0", "next": "x"},
            "x": {
                "type": "exclusive",
                "next": [{"to": "inner", "when": "again", "repeats": {"max": 30}}, {"to": "y", "when": "done"}],
            },
            "y": {"type": "exclusive", "next": [{"to": "outer", "when": "anew"}, {"to": "e", "when": "over"}]},
            "e": {"type": "end"},
        }
    )
    verdict = model.soundness().to_dict()["processes"]["p"]

    assert verdict["sound"] is None
    assert [reached["limit"] for reached in verdict["limits"]] == ["repetitions"]
    assert "Grenze: Eine Wiederholung ist öfter erlaubt, als gezählt wird" in model.soundness().to_text()


def test_every_limit_has_a_sentence_in_both_languages() -> None:
    assert tuple(LIMIT_SENTENCES) == LIMITS
