"""What the rule `reactive-trigger` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import case, found, model_of

DECIDED = (
    "first: {name: Entscheiden, actor: agentur, next: appointment}\n"
    "appointment: {name: Termin vergeben, actor: sozialamt, kind: appointment, initiated_by: %s, "
    "appointment_for: then, next: then}\nthen: {name: Antrag aufnehmen, actor: sozialamt, next: ende}"
)
TOLD = "[{id: h, from: first, to: then, channel: interface_xoev, data: none}]"


def decided(by: str = "person", handovers: str = TOLD) -> ArrivalModel:
    """Return a model in which somebody asks for an appointment after a decision of another body."""
    return case(DECIDED % by, handovers=handovers)


def test_names_an_appointment_that_the_authority_could_give_by_itself() -> None:
    (finding,) = found("reactive-trigger", decided())

    assert [element.id for element in finding.elements] == ["appointment"]
    assert finding.witness == ("first", "appointment")


def test_names_a_renewal_of_a_paper_that_the_authority_issued_itself() -> None:
    model = case(
        "first: {name: Karte ausstellen, actor: sozialamt, documents_out: [card], next: renew}\n"
        "renew: {name: Karte verlängern, actor: sozialamt, initiated_by: person, documents_in: [card], "
        "documents_out: [card], next: ende}",
        more="documents:\n  card: {name: Karte, valid_for: P6M}\n",
    )

    (finding,) = found("reactive-trigger", model)

    assert "„Karte“ selbst befristet ausgestellt" in finding.message.de


def test_is_silent_where_the_authority_acts_or_nobody_said_who_does() -> None:
    for by in ("push", "status_event", "unknown"):
        assert not found("reactive-trigger", decided(by))


def test_is_silent_where_the_authority_learns_of_it_through_the_person_only() -> None:
    carried = "[{id: h, from: first, to: then, channel: paper_carried, data: none}]"

    assert not found("reactive-trigger", decided(handovers=carried))
    assert not found("reactive-trigger", decided(handovers="none"))


def test_is_silent_where_the_news_need_not_come_before() -> None:
    model = case(
        "first: {type: parallel, actor: sozialamt, next: [other, appointment]}\n"
        "other: {name: Entscheiden, actor: agentur, next: both}\n"
        "appointment: {name: Termin vergeben, actor: sozialamt, kind: appointment, initiated_by: person, "
        "appointment_for: then, next: both}\nboth: {type: parallel, actor: sozialamt, next: then}\n"
        "then: {name: Antrag aufnehmen, actor: sozialamt, next: ende}",
        handovers="[{id: h, from: other, to: then, channel: email, data: none}]",
    )

    assert not found("reactive-trigger", model)


def test_is_silent_about_applications_that_the_law_demands() -> None:
    model = case(
        "first: {name: Entscheiden, actor: agentur, next: then}\n"
        "then: {name: Antrag aufnehmen, actor: sozialamt, kind: application, initiated_by: person, next: ende}",
        handovers="[{id: h, from: first, to: then, channel: email, data: none}]",
    )

    assert not found("reactive-trigger", model)


def test_is_silent_where_another_body_than_the_one_that_gives_the_appointment_is_told() -> None:
    model = case(
        (DECIDED % "person").replace("Antrag aufnehmen, actor: sozialamt", "Antrag aufnehmen, actor: jobcenter"),
        handovers=TOLD,
    )

    assert not found("reactive-trigger", model)


RENEWED = (
    "first: {name: Karte ausstellen, actor: %s, documents_out: [card], next: renew}\n"
    "renew: {name: Karte verlängern, actor: sozialamt, initiated_by: person, documents_in: [%s], "
    "documents_out: [card], next: ende}"
)


@pytest.mark.parametrize(
    ("issuer", "shown", "valid_for", "is_found"),
    [
        ("sozialamt", "card", "valid_for: P6M", True),
        ("jobcenter", "card", "valid_for: P6M", False),
        ("sozialamt", "other", "valid_for: P6M", False),
        ("sozialamt", "card", "valid_for: none", False),
        ("sozialamt", "card", "prints: [name]", False),
    ],
)
def test_a_renewal_is_foreseen_where_the_same_body_issued_the_same_paper_for_a_limited_time(
    issuer: str, shown: str, valid_for: str, is_found: bool
) -> None:
    more = f"documents:\n  card: {{name: Karte, {valid_for}}}\n  other: {{name: Pass}}\n"

    assert bool(found("reactive-trigger", case(RENEWED % (issuer, shown), more=more))) is is_found


def test_a_paper_that_is_issued_only_later_or_by_the_step_itself_is_no_renewal() -> None:
    more = "documents:\n  card: {name: Karte, valid_for: P6M}\n"
    alone = (
        "first: {name: Karte verlängern, actor: sozialamt, initiated_by: person, documents_in: [card], "
        "documents_out: [card], next: %s}\n"
        "last: {name: Karte ausstellen, actor: sozialamt, documents_out: [card], next: ende}"
    )

    assert not found("reactive-trigger", case(alone % "last", more=more))


def test_a_step_behind_one_of_a_private_body_is_looked_at_too() -> None:
    model = decided().to_yaml().replace("kind: social_welfare_office", "kind: volunteer_group")

    assert not found("reactive-trigger", model_of(model))


def test_is_told_also_by_a_handover_to_the_authority_itself() -> None:
    told = "[{id: h, from: first, to: {actor: sozialamt}, channel: email, data: none}]"
    elsewhere = told.replace("{actor: sozialamt}", "{actor: jobcenter}")
    nothing = told.replace("channel: email", "channel: none")

    (finding,) = found("reactive-trigger", decided(handovers=told))

    assert finding.message.de.startswith(
        "Sozialamt erfährt von „Entscheiden“ und wartet bei „Termin vergeben“ trotzdem"
    )
    assert (finding.severity, finding.certainty) == ("hint", "definite")
    assert not found("reactive-trigger", decided(handovers=elsewhere))
    assert not found("reactive-trigger", decided(handovers=nothing))


def test_names_each_step_of_which_the_authority_is_told() -> None:
    model = case(
        "first: {name: Entscheiden, actor: agentur, next: zweit}\n"
        "zweit: {name: Zustellen, actor: agentur, next: appointment}\n"
        "appointment: {name: Termin vergeben, actor: sozialamt, kind: appointment, initiated_by: person, "
        "appointment_for: then, next: then}\nthen: {name: Antrag aufnehmen, actor: sozialamt, next: ende}",
        handovers="[{id: a, from: beginn, to: then, channel: email, data: none}, "
        "{id: b, from: first, to: then, channel: email, data: none}, "
        "{id: c, from: zweit, to: appointment, channel: email, data: none}]",
    )

    (finding,) = found("reactive-trigger", model)

    assert finding.witness == ("first", "zweit", "appointment")


@pytest.mark.parametrize(
    ("appointment", "is_found"),
    [
        ("kind: appointment, initiated_by: person, appointment_for: then", True),
        ("kind: appointment, initiated_by: person", False),
        ("kind: counsel, initiated_by: person, appointment_for: then", False),
    ],
)
def test_only_an_appointment_for_something_can_be_given_unasked(appointment: str, is_found: bool) -> None:
    nodes = (
        "first: {name: Entscheiden, actor: agentur, next: appointment}\n"
        f"appointment: {{name: Termin, actor: sozialamt, {appointment}, next: then}}\n"
        "then: {name: Antrag aufnehmen, actor: sozialamt, next: ende}"
    )

    assert bool(found("reactive-trigger", case(nodes, handovers=TOLD))) is is_found
