"""Bounds of elapsed time equal a plain simulation of all runs where they say so, and hold for all runs elsewhere."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from ankunft_model.analysis.timing.process_times import ProcessTimes, find_process_times
from ankunft_model.graph import build_run_graph, build_token_game, build_workflow_graph, entry_processes
from ankunft_model.model import ArrivalModel

from ..plain_reference import PlainGame, TooLargeError, plain_soundness
from ..rules.cases import case
from ..small_models import build, small_models, structured, unstructured
from .plain_times import timed_runs

DAY = 86_400
EXAMPLES = int(os.environ.get("ANKUNFT_EXAMPLES", "150"))
REPEATS = ({"min": 0, "max": 1}, {"min": 0, "max": 2}, {"max": 2}, {"min": 2, "max": 3})


@st.composite
def spans(draw: st.DrawFn) -> dict[str, str]:
    least, more = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    return {"min": f"P{least}D", "max": f"P{least + more}D"}


def with_times(draw: st.DrawFn, nodes: dict[str, Any]) -> None:
    """Give every step a time, every timer a duration, some flows a delay."""
    for node in nodes.values():
        if "name" in node and "nodes" not in node:
            node[draw(st.sampled_from(("wait", "duration")))] = draw(spans())
            node.pop("repeats", None)
            if draw(st.integers(0, 3)) == 0:
                node["repeats"] = dict(draw(st.sampled_from(REPEATS)))
            if "repeats" in node and draw(st.booleans()):
                node["repeats"]["every"] = draw(spans())
        if node.get("type") in ("catch", "boundary"):
            node |= {"trigger": "timer", "at": f"P{draw(st.integers(0, 4))}D"}
        flows = node.get("next")
        if isinstance(flows, list) and draw(st.integers(0, 5)) == 0:
            flow = flows[0]
            flows[0] = {**({"to": flow} if isinstance(flow, str) else flow), "delay": draw(spans())}
        if "nodes" in node:
            with_times(draw, node["nodes"])


@st.composite
def timed_models(draw: st.DrawFn) -> dict[str, Any]:
    plain = draw(st.one_of(small_models(structured()), small_models(structured()), small_models(unstructured())))
    for process in plain["processes"].values():
        with_times(draw, process["nodes"])
        for handover in process["handovers"]:
            if draw(st.integers(0, 1)) == 0:
                handover["latency"] = draw(spans())
    return plain


def times_of(model: ArrivalModel) -> list[ProcessTimes]:
    return [
        find_process_times(
            group,
            build_workflow_graph(*group),
            runs=lambda group=group: build_run_graph(build_token_game(*group)),  # type: ignore[misc]
        )
        for group in entry_processes(model)
    ]


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    deadline=None,
)
@given(timed_models())
def test_bounds_equal_a_plain_simulation_of_all_runs(plain: dict[str, Any]) -> None:
    model = build(plain)
    for group, found in zip(entry_processes(model), times_of(model), strict=True):
        try:
            assume(not plain_soundness(*group))
            game = PlainGame(*group)
            assume(not any(flow.source == flow.target for flow in game.flows.values()))
            quick, slow = list(timed_runs(game, "least")), list(timed_runs(game, "most"))
        except TooLargeError:
            event("too large")
            return
        assume(quick)  # else it only ever goes round
        least, most = min(run.over for run in quick), max(run.over for run in slow)
        event(f"exact: {found.exact}, bounded: {found.most is not None}")

        assert found.least is not None
        assert found.least <= least
        assert found.most is None or found.most >= most
        assert not found.unknown
        for id_, times in found.by_node.items():
            earliest = [run.first[id_] for run in quick if id_ in run.first]
            latest = [run.last[id_] for run in slow if id_ in run.last]
            if not earliest:
                continue  # only runs that come back to the same tokens get there
            assert times.earliest is not None
            assert times.earliest <= min(earliest)
            assert times.latest is None or times.latest >= max(latest)
            if found.exact and times.latest is not None and found.most is not None:
                assert (id_, times.earliest, times.latest) == (id_, min(earliest), max(latest))
        if found.exact:
            assert found.least == least
            if found.most is not None:
                assert found.most == most
                assert found.slowest.seconds == most
            else:
                assert found.endless


def test_the_longest_way_leads_over_what_is_waited_for() -> None:
    model = case(
        "first: {type: parallel, actor: agentur, next: [a, c]}\n"
        "a: {name: A, actor: agentur, wait: P1D, next: b}\n"
        "b: {name: B, actor: agentur, wait: P1D, duration: {min: P1D, max: P2D}, next: j}\n"
        "c: {name: C, actor: jobcenter, wait: {min: P4D, max: P5D}, next: d}\n"
        "d: {name: D, actor: jobcenter, duration: P2D, next: j}\n"
        "j: {type: parallel, actor: agentur, next: ende}",
        handovers="[{id: h, from: c, to: b, waits: true, latency: P1D}]",
    )

    (found,) = times_of(model)

    assert found.exact
    assert (found.least, found.most) == (7 * DAY, 9 * DAY)
    assert found.slowest.nodes == ("beginn", "first", "c", "b")
    assert (found.slowest.seconds, found.slowest.waiting_seconds) == (9 * DAY, 7 * DAY)
    assert (found.by_node["b"].earliest, found.by_node["b"].latest) == (7 * DAY, 9 * DAY)
    assert (found.by_node["d"].earliest, found.by_node["d"].latest) == (6 * DAY, 7 * DAY)
