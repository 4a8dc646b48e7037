"""The least times: what has to be there before something goes on, and what need not."""

from __future__ import annotations

from typing import Any

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.timing.process_times import ProcessTimes
from ankunft_model.model import Handover, Process

from ..test_limits import model_with

DAY = 86_400


def step(days: int, then: Any, **more: Any) -> dict[str, Any]:
    return {"name": "S", "actor": "a0", "duration": {"min": f"P{days}D", "max": f"P{days + 20}D"}, "next": then, **more}


def times_of(nodes: dict[str, Any]) -> ProcessTimes:
    (found,) = Computations(
        model_with({"s": {"type": "start", "next": "first"}, **nodes, "e": {"type": "end"}})
    ).process_times
    return found


def earliest(found: ProcessTimes, node: str) -> int | None:
    seconds = found.by_node[node].earliest
    return None if seconds is None else seconds // DAY


def inner(nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a sub-process that takes a day of its own besides what is in it."""
    inside = {"is": {"type": "start", "next": "ia"}, **nodes, "ie": {"type": "end"}}
    return {
        "type": "subprocess",
        "name": "I",
        "actor": "a0",
        "nodes": inside,
        "duration": "P1D",
        "next": "after",
        **more,
    }


BESIDE = {
    "ia": {"type": "parallel", "next": ["ib", "ic"]},
    "ib": step(3, "ij"),
    "ic": step(5, "ij"),
    "ij": {"type": "parallel", "next": "ie"},
}


def test_a_sub_process_takes_what_is_in_it_and_its_own_time() -> None:
    found = times_of({"first": step(2, "sub"), "sub": inner(BESIDE), "after": step(4, "e")})

    assert (earliest(found, "sub"), earliest(found, "after")) == (2 + 5 + 1, 2 + 5 + 1 + 4)
    assert found.least == 12 * DAY


def test_a_sub_process_that_may_be_left_out_takes_its_time_where_it_is_executed() -> None:
    sub = inner(BESIDE, repeats={"min": 0, "max": 1})

    found = times_of({"first": step(2, "sub"), "sub": sub, "after": step(4, "e")})

    assert (earliest(found, "sub"), earliest(found, "after")) == (2 + 5 + 1, 2 + 4)
    assert found.least == 6 * DAY


@pytest.mark.parametrize(("kind", "days"), [("exclusive", 3), ("inclusive", 3), ("parallel", 5)])
def test_gateways_wait_for_one_or_for_all(kind: str, days: int) -> None:
    ways: Any = ["b", "c"] if kind == "parallel" else [{"to": "b", "when": "eins"}, {"to": "c", "when": "zwei"}]

    found = times_of(
        {
            "first": {"type": kind, "next": ways},
            "b": step(3, "j"),
            "c": step(5, "j"),
            "j": {"type": kind, "next": "after"},
            "after": step(1, "e"),
        }
    )

    assert (earliest(found, "after"), found.least) == (days + 1, (days + 1) * DAY)


def test_a_run_is_over_when_the_last_of_its_ends_is_reached() -> None:
    nodes = {"first": {"type": "parallel", "next": ["b", "c"]}, "b": step(3, "e"), "c": step(5, "e2")}

    assert times_of({**nodes, "e2": {"type": "end"}}).least == 5 * DAY


def test_where_an_end_terminates_others_the_bound_holds_and_is_not_called_exact() -> None:
    nodes = {"first": {"type": "parallel", "next": ["b", "c"]}, "b": step(5, "e"), "c": step(3, "e2")}

    found = times_of({**nodes, "e2": {"type": "end", "trigger": "terminate"}})

    assert (found.least, found.exact) == (3 * DAY, False)


def test_a_flow_without_a_condition_is_always_taken_beside_one_of_the_others() -> None:
    ways = [{"to": "b"}, {"to": "c", "when": "eins"}, {"to": "d", "when": "zwei"}]

    found = times_of({"first": step(1, ways), "b": step(4, "e"), "c": step(6, "e"), "d": step(8, "e")})

    assert found.least == (1 + 6) * DAY
    assert [earliest(found, node) for node in "bcd"] == [5, 7, 9]


def test_what_interrupts_a_step_frees_it_before_its_time() -> None:
    found = times_of(
        {
            "first": step(9, "after"),
            "alarm": {"type": "boundary", "attached_to": "first", "trigger": "timer", "at": "P2D", "next": "plan"},
            "plan": step(3, "e"),
            "after": step(1, "e"),
        }
    )

    assert [earliest(found, node) for node in ("alarm", "plan", "first", "after")] == [2, 5, 9, 10]
    assert found.least == 5 * DAY


@pytest.mark.parametrize(("repeats", "days"), [(None, 1 + 6), ({"min": 0, "max": 1}, 2)])
def test_a_step_that_is_left_out_starts_no_process(repeats: dict[str, int] | None, days: int) -> None:
    ask = step(1, "wait") if repeats is None else step(1, "wait", repeats=repeats)
    plain = model_with({"s": {"type": "start", "next": "ask"}, "ask": ask, "wait": step(2, "e"), "e": {"type": "end"}})
    other = Process.model_validate(
        {
            "id": "q",
            "name": "Q",
            "nodes": {"b": {"type": "start", "next": "do"}, "do": step(6, "f"), "f": {"type": "end"}},
        }
    )
    begins = Handover.model_validate({"id": "h", "from": "ask", "to": "b", "triggers": True, "data": "none"})

    (found,) = Computations(
        plain.changed(processes=[plain.processes["p"].changed(handovers=[begins]), other])
    ).process_times

    assert (found.least, found.exact) == (days * DAY, True)
