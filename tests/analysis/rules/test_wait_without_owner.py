"""What the rule `wait-without-owner` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "wait-without-owner"


def waited(then: str, *, more: str = "") -> list[str]:
    model = case(
        "first: {name: Aufnehmen, actor: sozialamt, next: then}\n"
        f"then: {{name: Entscheiden, actor: jobcenter, {then}, next: ende}}{more}"
    )
    return [element.id for finding in found(RULE, model) for element in finding.elements]


@pytest.mark.parametrize("then", ["wait: P8W", "wait: {min: P4W, max: P3M}", "wait: P1M", "kind: wait, duration: P30D"])
def test_reports_long_waiting_that_nobody_looks_after(then: str) -> None:
    assert waited(then) == ["then"]


@pytest.mark.parametrize("then", ["wait: P3W", "wait: {max: P3M}", "duration: P3M", "wait: unknown"])
def test_is_silent_about_short_uncertain_and_unknown_waiting_and_about_work(then: str) -> None:
    assert waited(then) == []


def test_is_silent_with_a_deadline_a_timer_or_an_appointment() -> None:
    reminder = "\nwecker: {type: boundary, attached_to: then, trigger: timer, at: P6W, name: Erinnern, next: ende}"
    dated = case(
        "first: {name: Termin geben, actor: sozialamt, appointment_for: then, next: then}\n"
        "then: {name: Entscheiden, actor: jobcenter, wait: P8W, next: ende}"
    )

    assert waited("wait: P8W, deadlines: [{within: P3M, after: first}]") == []
    assert waited("wait: P8W", more=reminder) == []
    assert not found(RULE, dated)
