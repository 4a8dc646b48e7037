"""What is not exact says why; two tokens on a flow are followed, and so are counts behind them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ankunft_model.analysis import Computations, check, computations, data_overview
from ankunft_model.analysis.knowledge import exploration
from ankunft_model.analysis.metrics_overview import metrics_overview
from ankunft_model.analysis.time_overview import time_overview
from ankunft_model.analysis.timing import causality
from ankunft_model.cli.data_text import as_text
from ankunft_model.graph import build_run_graph
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.graph.limits import LIMITS

from .small_models import build, small_models, structured, unstructured
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


@given(small_models(st.one_of(structured(), unstructured())))
def test_every_inexact_finding_time_and_metric_says_why(plain: dict[str, Any]) -> None:
    model = build(plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exploration, "DEFAULT_STATE_LIMIT", 2)
        patch.setattr(exploration, "BLOCK_STATE_LIMIT", 2)
        patch.setattr(computations, "build_run_graph", partial(build_run_graph, state_limit=3))
        patch.setattr(causality, "DEFAULT_RUN_LIMIT", 1)
        patch.setattr(causality.number_of_runs, "__kwdefaults__", {"limit": 1})
        computed = Computations(model)
        findings = check(model, computations=computed).to_dict()["findings"]
        times, metrics = time_overview(computed).to_dict(), metrics_overview(computed).to_dict()

    said = [finding for finding in findings if not finding["exact"]]
    event(f"inexact: {bool(said)}")
    for answer in said:
        assert answer["limits"], answer["id"]
        assert all(reached["message"]["de"] and reached["message"]["en"] for reached in answer["limits"])
    assert not any("limits" in finding for finding in findings if finding["exact"])
    answers = [*times["processes"].values(), *times["coverage"], *times["proof"], *times["deadlines"]]
    for answer in (*answers, *metrics["processes"].values()):
        assert answer["exact"] == (not answer["limits"])
