from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import case, found


def waiting(wait: str, deadline: str, *, more: str = "") -> ArrivalModel:
    return case(
        "first: {name: Anzeigen, actor: sozialamt, duration: PT1H, next: then}\n"
        f"then: {{name: Melden, actor: jobcenter, wait: {wait}, deadlines: [{deadline}], next: ende}}",
        more=more,
    )


def test_names_the_least_time() -> None:
    (finding,) = found("impossible-deadline", waiting("{min: P20D, max: P30D}", "{within: P14D, after: first}"))

    assert finding.severity == "error"
    assert finding.certainty == "definite"
    assert "der Weg dauert mindestens 20 Tage" in finding.message.de
    assert [element.id for element in finding.elements] == ["then", "first"]


def test_counts_the_last_day_in_full() -> None:
    assert not found("impossible-deadline", waiting("P14DT12H", "{within: P14D, after: first}"))
    assert found("impossible-deadline", waiting("P15D", "{within: P14D, after: first}"))


def test_counts_hours_exactly() -> None:
    assert found("impossible-deadline", waiting("PT3H", "{within: PT2H, after: first}"))
    assert not found("impossible-deadline", waiting("PT2H", "{within: PT2H, after: first}"))


def test_what_only_should_be_kept_is_graded_lower() -> None:
    (finding,) = found("impossible-deadline", waiting("P20D", "{within: P14D, after: first, strength: should}"))

    assert finding.severity == "warning"


@pytest.mark.parametrize(("days", "is_found"), [(11, False), (17, True)])
def test_working_days_count_from_the_day_that_makes_the_deadline_longest(days: int, is_found: bool) -> None:
    # 5 working days from Christmas on may last 11 days in Germany, never 17
    model = waiting(f"P{days}D", "{within: P5D, days: working, after: first}")

    assert bool(found("impossible-deadline", model)) is is_found


def test_is_silent_about_unknown_times() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: then}\n"
        "then: {name: Melden, actor: jobcenter, deadlines: [{within: P1D, after: first}], next: ende}"
    )

    assert not found("impossible-deadline", model)


def test_is_possible_only_where_another_decision_is_fast_enough() -> None:
    model = case(
        "first: {name: Anzeigen, actor: sozialamt, next: weg}\n"
        "weg: {type: exclusive, name: Wohin?, next: [{to: kurz, when: a}, {to: lang, when: b}]}\n"
        "kurz: {name: Kurz, actor: sozialamt, wait: P1D, next: zu}\n"
        "lang: {name: Lang, actor: sozialamt, wait: P30D, next: zu}\n"
        "zu: {type: exclusive, next: then}\n"
        "then: {name: Melden, actor: jobcenter, duration: PT1H, deadlines: [{within: P7D, after: first}], next: ende}"
    )

    (finding,) = found("impossible-deadline", model)

    assert finding.certainty == "possible"
    assert "auf manchem Ablauf" in finding.message.de
    assert "lang" in finding.witness


def test_says_what_a_dated_case_did() -> None:
    cases = "cases:\n  fall: {name: Fall, dates: {first: 2025-03-01, then: 2025-03-25}}\n"

    (finding,) = found("impossible-deadline", waiting("P20D", "{within: P14D, after: first}", more=cases))

    assert "versäumt: erledigt am 25.3.2025, letzter Tag 15.3.2025" in finding.message.de
