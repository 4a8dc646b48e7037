"""What the rule `reactive-trigger` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found

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
