"""Expected counts equal those on the graph of all runs, and are intervals where a share is open."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.analysis.rules.cases import case
from tests.analysis.small_models import build, small_models, structured

from ankunft_model.analysis.metrics.run_counts import RunCounting
from ankunft_model.graph import RunGraph, build_run_graph, build_token_game
from ankunft_model.graph.expected_counts import Expectation, expected_counts
from ankunft_model.model import Activity, ArrivalModel


@st.composite
def with_shares(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a process of blocks in which decisions have shares, some of them open."""
    plain = draw(small_models(structured()))
    plain["processes"] = {"p": {**plain["processes"]["p"], "handovers": []}}
    give_shares(draw, plain["processes"]["p"]["nodes"])
    return plain


def give_shares(draw: st.DrawFn, nodes: dict[str, Any]) -> None:
    for node in nodes.values():
        give_shares(draw, node.get("nodes", {}))
        flows = node.get("next", [])
        if node.get("type") != "exclusive" or len(flows) < 2:
            continue
        parts = [draw(st.integers(1, 5)) for _ in flows]
        for flow, part in zip(flows, parts, strict=True):
            if draw(st.integers(0, 5)):
                flow["share"] = round(0.96 * part / sum(parts), 4)
        if all("share" in flow for flow in flows):
            flows[-1]["share"] = round(1 - sum(flow["share"] for flow in flows[:-1]), 4)


def runs_of(model: ArrivalModel) -> RunGraph:
    return build_run_graph(build_token_game(*model.processes.values()))


def expected(runs: RunGraph) -> dict[str, Expectation]:
    assert runs.blocks is not None
    graph = runs.game.graph
    counts = expected_counts(runs.blocks, [flow.flow.share for flow in graph.flows])
    return {graph.nodes[node].id: count for node, count in counts.items()}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(with_shares())
def test_counts_equal_those_of_all_runs(plain: dict[str, Any]) -> None:
    runs = runs_of(build(plain))
    assume(runs.blocks is not None)
    counting = RunCounting(runs)
    assume(counting.is_exact and len(runs.edges) < 300)

    found = expected(runs)

    graph = runs.game.graph
    for id_, count in found.items():
        number = graph.index_of[id_]
        node = graph.nodes[number]
        if isinstance(node, Activity) and node.repeats is not None:
            continue
        bounds = counting.count({number: 1.0}, {number: 1.0})
        assert bounds.least <= count.least or not count.is_known
        if bounds.expected is None:
            continue
        event("known" if count.is_known else "open")
        assert float(count.least) <= bounds.expected + 1e-6
        assert count.most is None or bounds.expected <= float(count.most) + 1e-6


CHOICE = """\
first: {{type: exclusive, name: Was?, next: [{{to: a, when: a{a}}}, {{to: b, when: b{b}}}, {{to: c, when: c{c}}}]}}
a: {{name: A, actor: sozialamt, next: zu}}
b: {{name: B, actor: sozialamt, next: both}}
c: {{name: C, actor: sozialamt, next: both}}
both: {{type: exclusive, next: d}}
d: {{name: D, actor: sozialamt, next: zu}}
zu: {{type: exclusive, next: ende}}"""


def point(numerator: int, denominator: int) -> Expectation:
    return Expectation(Fraction(numerator, denominator), Fraction(numerator, denominator))


def test_shares_of_nested_parts_are_those_of_their_decision() -> None:
    found = expected(runs_of(case(CHOICE.format(a=", share: 0.2", b=", share: 0.3", c=", share: 0.5"))))

    assert [found[id_] for id_ in ("a", "b", "c", "d")] == [point(1, 5), point(3, 10), point(1, 2), point(4, 5)]


def test_one_open_share_is_what_the_others_leave() -> None:
    found = expected(runs_of(case(CHOICE.format(a=", share: 0.2", b=", share: 0.3", c=""))))

    assert (found["c"], found["d"]) == (point(1, 2), point(4, 5))


def test_several_open_shares_give_an_interval() -> None:
    found = expected(runs_of(case(CHOICE.format(a=", share: 0.2", b="", c=""))))

    assert (found["a"], found["d"]) == (point(1, 5), point(4, 5))
    assert (found["b"].least, found["b"].most) == (Fraction(0), Fraction(4, 5))


LOOP = """\
first: {{type: exclusive, next: ask}}
ask: {{name: Fragen, actor: sozialamt, next: again}}
again: {{type: exclusive, name: Noch einmal?, next: [{{to: more, when: ja{share}}}, {{to: ende, when: nein}}]}}
more: {{name: Nachreichen, actor: person, next: [{{to: first{bound}}}]}}"""


@pytest.mark.parametrize(
    ("share", "bound", "asked", "more"),
    [
        (", share: 0.25", "", point(4, 3), point(1, 3)),
        (", share: 0.25", ", repeats: {max: 2}", point(21, 16), point(5, 16)),
        (", share: 0", "", point(1, 1), point(0, 1)),
    ],
)
def test_a_loop_is_a_geometric_series(share: str, bound: str, asked: Expectation, more: Expectation) -> None:
    found = expected(runs_of(case(LOOP.format(share=share, bound=bound))))

    assert (found["ask"], found["more"]) == (asked, more)


def test_an_open_loop_has_no_bound() -> None:
    found = expected(runs_of(case(LOOP.format(share="", bound=""))))

    assert (found["ask"].least, found["ask"].most) == (1, None)
