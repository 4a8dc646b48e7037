"""Limits count states; beyond them results stay on the safe side and say so."""

from __future__ import annotations

from typing import Any

import pytest

from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.model import ArrivalModel


def model_with(nodes: dict[str, Any], actors: int = 3) -> ArrivalModel:
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "M",
            "state": "as_is",
            "actors": {
                "person": {"name": "P", "kind": "person"},
                **{f"a{n}": {"name": f"A{n}", "kind": "jobcenter"} for n in range(actors)},
            },
            "data": {"d": {"name": "D", "category": "identity"}},
            "processes": {"p": {"name": "P", "nodes": nodes, "handovers": "none"}},
        }
    )


def diamonds(count: int) -> ArrivalModel:
    """Return as many decisions in a row; on one branch the datum is asked, on the other needed."""
    nodes: dict[str, Any] = {"s": {"type": "start", "actor": "person", "next": "x0"}}
    for n in range(count):
        nodes[f"x{n}"] = {"type": "exclusive", "next": [{"to": f"l{n}", "when": "a"}, {"to": f"r{n}", "when": "b"}]}
        nodes[f"l{n}"] = {"name": "L", "actor": f"a{n % 3}", "collects": ["d"], "next": f"j{n}"}
        nodes[f"r{n}"] = {"name": "R", "actor": f"a{(n + 1) % 3}", "needs": ["d"], "next": f"j{n}"}
        nodes[f"j{n}"] = {"type": "exclusive", "next": f"x{n + 1}" if n < count - 1 else "e"}
    return model_with({**nodes, "e": {"type": "end"}})


def branches(count: int) -> ArrivalModel:
    """Return as many parallel branches; each asks for the datum, the step behind needs it."""
    nodes: dict[str, Any] = {
        "s": {"type": "start", "actor": "person", "next": "x"},
        "x": {"type": "parallel", "next": [f"t{n}" for n in range(count)]},
        "j": {"type": "parallel", "next": "last"},
        "last": {"name": "L", "actor": "a0", "needs": ["d"], "next": "e"},
        "e": {"type": "end"},
    }
    return model_with(
        {**nodes, **{f"t{n}": {"name": "T", "actor": f"a{n}", "collects": ["d"], "next": "j"} for n in range(count)}},
        count,
    )


def test_many_decisions_in_a_row_are_exact() -> None:
    item = Computations(diamonds(200)).knowledge[0].items[ItemKey("d")]

    assert item.is_exact
    assert (item.collections.least, item.collections.most) == (0, 200)
    assert len(item.gaps) == 200
    assert len(item.avoidable) == 199


def test_a_long_chain_is_no_problem() -> None:
    nodes: dict[str, Any] = {
        f"t{n}": {"name": "T", "actor": f"a{n % 3}", "collects": ["d"] if n % 100 == 0 else "none", "next": f"t{n + 1}"}
        for n in range(3000)
    }
    model = model_with({"s": {"type": "start", "actor": "person", "next": "t0"}, **nodes, "t3000": {"type": "end"}})

    findings = check(model, select=["avoidable-collection"])

    assert len(findings) == 29


@pytest.mark.parametrize("limit", [1, 10, 100])
def test_beyond_the_limit_everything_is_possible_and_nothing_is_missing(limit: int) -> None:
    model = branches(8)
    exact = find_knowledge(model, model.processes["p"]).items[ItemKey("d")]

    cut = find_knowledge(model, model.processes["p"], state_limit=limit, total_state_limit=limit).items[ItemKey("d")]

    assert exact.is_exact
    assert exact.gaps == ()
    assert {a.certainty for a in exact.avoidable} == {"possible"}
    if limit < 100:
        limited = find_knowledge(model, model.processes["p"], state_limit=limit).items[ItemKey("d")]
        assert not limited.is_exact
        assert {a.node for a in limited.avoidable} == {a.node for a in exact.avoidable}
        assert {a.certainty for a in limited.avoidable} == {"possible"}
        assert [(gap.node, gap.certainty, gap.exact) for gap in limited.gaps] == [("last", "possible", False)]
    assert {a.node for a in cut.avoidable} == {a.node for a in exact.avoidable}
