"""What the rule `wait-without-owner` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, model_of

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


@pytest.mark.parametrize(("then", "is_found"), [("wait: P27D", False), ("wait: P28D", True), ("wait: P27DT23H", False)])
def test_four_weeks_are_long(then: str, is_found: bool) -> None:
    assert bool(waited(then)) is is_found


def test_waiting_before_a_step_and_the_step_of_waiting_add_up() -> None:
    assert waited("wait: P14D, kind: wait, duration: P14D") == ["then"]
    assert waited("wait: P14D, kind: decide, duration: P14D") == []


def test_is_silent_where_somebody_owns_the_process() -> None:
    text = case("first: {name: Entscheiden, actor: jobcenter, wait: P8W, next: ende}").to_yaml()

    assert found(RULE, model_of(text))
    assert not found(RULE, model_of(text.replace("name: Ablauf\n", "name: Ablauf\n    owner: sozialamt\n")))


def test_is_silent_where_a_deadline_of_another_step_the_process_or_the_handover_ends_the_waiting() -> None:
    until = "deadlines: [{within: P3M, after: first, until: then}]"
    nodes = (
        "first: {name: Aufnehmen, actor: sozialamt, STEPnext: then}\n"
        "then: {name: Entscheiden, actor: jobcenter, wait: P8W, next: ende}"
    )
    handover = "[{id: h, from: first, to: then, channel: email, data: noneLIMIT}]"
    of_process = model_of(
        case(nodes.replace("STEP", "")).to_yaml().replace("name: Ablauf\n", f"name: Ablauf\n    {until}\n")
    )

    assert found(RULE, case(nodes.replace("STEP", "")))
    assert not found(RULE, case(nodes.replace("STEP", f"{until}, ")))
    assert not found(RULE, of_process)
    assert found(RULE, case(nodes.replace("STEP", ""), handovers=handover.replace("LIMIT", "")))
    limited = handover.replace("LIMIT", ", deadlines: [{within: P3M, after: first}]")
    assert not found(RULE, case(nodes.replace("STEP", ""), handovers=limited))


def test_a_timer_or_an_appointment_elsewhere_does_not_help() -> None:
    elsewhere = "\nwecker: {type: boundary, attached_to: first, trigger: timer, at: P6W, name: Erinnern, next: ende}"
    message = "\npost: {type: boundary, attached_to: then, trigger: message, name: Brief, next: ende}"

    assert waited("wait: P8W", more=elsewhere) == ["then"]
    assert waited("wait: P8W", more=message) == ["then"]
    assert waited("wait: P8W, appointment_for: first") == ["then"]


def test_says_how_long_and_on_whom_one_waits() -> None:
    (finding,) = found(RULE, case("first: {name: Entscheiden, actor: jobcenter, wait: P8W, next: ende}"))
    (nobody,) = found(RULE, case("first: {name: Entscheiden, actor: none, wait: P8W, next: ende}"))

    assert finding.message.de.startswith("Auf „Entscheiden“ (Jobcenter) wartet man mindestens 56 Tage;")
    assert nobody.message.de.startswith("Auf „Entscheiden“ wartet man mindestens 56 Tage;")
    assert (finding.severity, finding.certainty, finding.witness) == ("hint", "definite", ("first",))


def test_steps_behind_one_that_is_looked_after_are_looked_at_too() -> None:
    model = case(
        "first: {name: Prüfen, actor: sozialamt, wait: P8W, deadlines: [{within: P3M, after: beginn}], next: b}\n"
        "b: {name: Melden, actor: sozialamt, wait: P1D, next: then}\n"
        "then: {name: Entscheiden, actor: jobcenter, wait: P8W, next: ende}"
    )

    assert [element.id for finding in found(RULE, model) for element in finding.elements] == ["then"]
