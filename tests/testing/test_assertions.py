"""What is asserted in words is silent where it holds, and shows sentence and run where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import ankunft_model
from ankunft_model.errors import UnknownElementError
from ankunft_model.testing import ModelAssertions, UnmetExpectationError, assert_that

MODEL = """
format: ankunft/1
id: m
title: Wechsel
state: as_is
actors:
  person: {name: Person, kind: person}
  amt: {name: Sozialamt, kind: social_welfare_office}
  jc: {name: Jobcenter, kind: jobcenter}
systems: {akte: {name: Akte, operated_by: amt, readers: [amt], holds: none}}
data:
  iban: {name: Bankverbindung, category: financial}
  status: {name: Status, category: residence_status}
  alles: {name: Alles, contains: [iban, status]}
processes:
  p:
    name: Wechsel zum Jobcenter
    nodes:
      los: {type: start, name: Los, actor: person, next: fragen}
      fragen: {name: Einwilligung fragen, actor: amt, collects: [status], next: erteilt}
      erteilt:
        type: exclusive
        name: Erteilt?
        next: [{to: senden, when: ja}, {to: antrag, when: nein, default: true}]
      senden: {name: Akte senden, actor: amt, next: antrag}
      antrag: {name: Antrag aufnehmen, actor: jc, collects: [iban, status], needs: [iban, status], next: bescheid}
      bescheid: {name: Bescheid, actor: amt, needs: [iban], next: ende}
      ende: {type: end, name: Fertig}
    handovers: none
"""


@pytest.fixture
def that() -> ModelAssertions:
    return assert_that(ankunft_model.read_text(MODEL, suffix=".yaml"), language="de")


HOLD: list[Callable[[ModelAssertions], None]] = [
    lambda that: that.is_sound(),
    lambda that: that.step("fragen").is_always_before("antrag"),
    lambda that: that.step("antrag").is_always_after("fragen"),
    lambda that: that.step("senden").is_never_without("antrag"),
    lambda that: that.step("antrag").happens_at_most_once(),
    lambda that: that.step("antrag").happens_always(),
    lambda that: that.step("senden").happens_sometimes(),
    lambda that: that.data("iban").is_asked_at_most_once(),
    lambda that: that.data("status").is_asked(at_least=2, at_most=2),
    lambda that: that.data("alles").is_asked(at_least=1, at_most=2),
    lambda that: that.data("alles").is_there_at("antrag"),
    lambda that: that.has_no("payment-gap", "dead-end"),
    lambda that: that.has("needed-but-unavailable", at_least=1, at_most=1),
]
BREAK: list[tuple[Callable[[ModelAssertions], None], str]] = [
    (lambda that: that.step("senden").is_always_before("antrag"), "„Akte senden“ kommt nicht immer vor „Antrag"),
    (lambda that: that.step("antrag").is_always_after("senden"), "nicht immer nach „Akte senden“"),
    (lambda that: that.step("antrag").is_never_without("senden"), "kommt auch ohne „Akte senden“ vor"),
    (lambda that: that.step("senden").happens_always(), "kommt in einem Ablauf nicht vor"),
    (lambda that: that.step("antrag").happens(at_most=0), "öfter als 0-mal"),
    (lambda that: that.data("status").is_asked_at_most_once(), "2 bis 2 mal erfragt, erwartet höchstens 1"),
    (lambda that: that.data("iban").is_there_at("bescheid"), "„Bankverbindung“ fehlt bei „Bescheid“"),
    (lambda that: that.data("status").is_there_at("bescheid"), "braucht „Status“ nicht"),
    (lambda that: that.has_no("needed-but-unavailable"), "1 Befunde, erwartet genau 0"),
    (lambda that: that.has("payment-gap", at_least=1), "0 Befunde, erwartet mindestens 1"),
]


@pytest.mark.parametrize("expectation", HOLD)
def test_what_holds_is_silent(that: ModelAssertions, expectation: Callable[[ModelAssertions], None]) -> None:
    expectation(that)


@pytest.mark.parametrize(("expectation", "message"), BREAK, ids=[message for _, message in BREAK])
def test_what_does_not_hold_says_so(
    that: ModelAssertions, expectation: Callable[[ModelAssertions], None], message: str
) -> None:
    with pytest.raises(UnmetExpectationError) as failure:
        expectation(that)

    assert message in str(failure.value)


def test_a_failure_shows_the_run_that_breaks_it(that: ModelAssertions) -> None:
    with pytest.raises(UnmetExpectationError) as failure:
        that.step("senden").is_always_before("antrag")

    assert failure.value.run == ("los", "fragen", "erteilt", "antrag")
    assert "Ablauf: Los → Einwilligung fragen → Erteilt? – nein → Antrag aufnehmen" in str(failure.value)


def test_failures_are_assertion_errors_and_english_by_default() -> None:
    with pytest.raises(AssertionError, match="also happens without “Akte senden”"):
        assert_that(ankunft_model.read_text(MODEL, suffix=".yaml")).step("antrag").is_never_without("senden")


def test_an_unsound_process_is_shown_with_its_run() -> None:
    broken = MODEL.replace("type: exclusive", "type: parallel").replace(
        "[{to: senden, when: ja}, {to: antrag, when: nein, default: true}]", "[senden, antrag]"
    )

    with pytest.raises(UnmetExpectationError, match="is not sound"):
        assert_that(ankunft_model.read_text(broken, suffix=".yaml")).is_sound()


@pytest.mark.parametrize(
    "expectation",
    [
        lambda that: that.step("antrga"),
        lambda that: that.step("antrag").is_always_after("antrga"),
        lambda that: that.data("ibann"),
        lambda that: that.data("iban").is_there_at("antrga"),
        lambda that: that.has_no("payment-gapp"),
    ],
)
def test_unknown_names_are_no_failed_expectation_but_an_error(
    that: ModelAssertions, expectation: Callable[[ModelAssertions], None]
) -> None:
    with pytest.raises(UnknownElementError, match="Did you mean"):
        expectation(that)
