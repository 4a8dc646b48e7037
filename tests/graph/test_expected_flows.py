"""Expected counts of processes that are not made of blocks equal those on the graph of all runs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.analysis.small_models import build, small_models, structured, unstructured

from ankunft_model.analysis.metrics.run_counts import RunCounting
from ankunft_model.graph import check_soundness
from ankunft_model.graph.control_flow import ControlFlow, FlowDraft, NodeDraft, build_control_flow
from ankunft_model.graph.expected_flows import expected_flows

from .test_expected_counts import give_shares, runs_of


@st.composite
def with_shares(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a process, made of blocks or not, in which decisions have shares, some of them open."""
    plain = draw(small_models(st.one_of(unstructured(), structured())))
    process = next(iter(plain["processes"].values()))
    plain["processes"] = {"p": {**process, "handovers": []}}
    give_shares(draw, plain["processes"]["p"]["nodes"])
    return plain


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(with_shares())
def test_means_equal_those_of_all_runs(plain: dict[str, Any]) -> None:
    runs = runs_of(build(plain))
    assume(len(runs.edges) < 300)
    verdict = check_soundness(runs)
    assume(not verdict.limits and all(problem.kind == "dead_node" for problem in verdict.problems))
    counting = RunCounting(runs)
    graph = runs.game.graph

    found = expected_flows(runs.game.control, [flow.flow.share for flow in graph.flows])

    if found is None or not counting.is_exact:
        event("no equations say it")
        return
    for node, mean in found.items():
        expected = counting.count({node: 1.0}, {node: 1.0}).expected
        if mean is not None and expected is not None:
            event("made of blocks" if runs.blocks is not None else "not made of blocks")
            assert abs(float(mean) - expected) < 1e-6
        elif mean is None and expected is not None:
            event("known only to the runs")
        elif mean is not None:
            event("known only to the equations")


def crossing(shares: tuple[float | None, float | None, float | None]) -> tuple[ControlFlow, list[float | None]]:
    """Return decisions whose ways cross: first a or b; from a to b or to the end; from b back to a or to the end."""
    nodes = [NodeDraft("s", "start"), NodeDraft("x", "exclusive"), NodeDraft("a", "task"), NodeDraft("xa", "exclusive"),
             NodeDraft("b", "task"), NodeDraft("xb", "exclusive"), NodeDraft("e", "end")]  # fmt: skip
    first, from_a, from_b = shares
    flows: list[tuple[str, str, float | None]] = [
        ("s", "x", None), ("x", "a", first), ("x", "b", None),
        ("a", "xa", None), ("xa", "b", from_a), ("xa", "e", None),
        ("b", "xb", None), ("xb", "a", from_b), ("xb", "e", None),
    ]  # fmt: skip
    control = build_control_flow([nodes], [FlowDraft(source, target) for source, target, _ in flows])
    return control, [share for _, _, share in flows]


def by_name(control: ControlFlow, shares: list[float | None]) -> dict[str, Fraction | None]:
    found = expected_flows(control, shares)
    assert found is not None
    return {control.ids[node]: mean for node, mean in found.items()}


def test_loops_that_cross_are_solved_in_exact_fractions() -> None:
    # a = 1/2 + b/4, b = 1/2 + a/2
    found = by_name(*crossing((0.5, 0.5, 0.25)))

    assert (found["a"], found["b"], found["e"]) == (Fraction(5, 7), Fraction(6, 7), 1)


def test_what_is_open_stays_open_and_is_known_again_where_it_falls_out() -> None:
    found = by_name(*crossing((None, 0.5, 0.25)))

    assert (found["a"], found["b"], found["e"]) == (None, None, 1)


def test_a_loop_that_is_never_left_has_no_mean() -> None:
    nodes = [NodeDraft("s", "start"), NodeDraft("x", "exclusive"), NodeDraft("e", "end")]
    control = build_control_flow([nodes], [FlowDraft("s", "x"), FlowDraft("x", "x"), FlowDraft("x", "e")])

    assert expected_flows(control, [None, 1.0, None]) is None
    assert by_name(control, [None, 0.75, None])["x"] == 4


def test_an_end_that_stops_what_happens_beside_it_leaves_everything_open() -> None:
    nodes = [NodeDraft("s", "start"), NodeDraft("x", "parallel"), NodeDraft("t", "task"), NodeDraft("e", "terminate")]
    flows = [FlowDraft("s", "x"), FlowDraft("x", "t"), FlowDraft("x", "e"), FlowDraft("t", "e")]

    assert expected_flows(build_control_flow([nodes], flows), [None] * 4) is None
