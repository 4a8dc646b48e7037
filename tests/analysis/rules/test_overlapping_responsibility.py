"""What the rule `overlapping-responsibility` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, model_of

STEP = "first: {name: Entscheiden, actor: sozialamt, with: [jobcenter]%s, next: ende}"


def test_names_the_decision_and_both_bodies() -> None:
    (finding,) = found("overlapping-responsibility", case(STEP % ", kind: decide"))

    assert [element.id for element in finding.elements] == ["first", "sozialamt", "jobcenter"]
    assert finding.severity == "warning"


@pytest.mark.parametrize("more", [", kind: counsel", "", ", kind: decide, responsible: jobcenter"])
def test_is_silent_where_nothing_is_decided_or_somebody_answers_for_it(more: str) -> None:
    assert not found("overlapping-responsibility", case(STEP % more))


def test_is_silent_where_the_parties_have_agreed() -> None:
    more = "agreements:\n  koop: {name: Vereinbarung, parties: [sozialamt, jobcenter]}\n"

    assert not found("overlapping-responsibility", case(STEP % ", kind: decide", more=more))


def test_is_silent_where_one_of_them_pays_the_benefit() -> None:
    more = "benefits:\n  hilfe: {name: Hilfe, payer: jobcenter, regime: sgb2, covers: [subsistence]}\n"

    assert not found("overlapping-responsibility", case(STEP % ", kind: benefit_start, starts: [hilfe]", more=more))


def test_is_silent_about_the_person_taking_part() -> None:
    model = case("first: {name: Entscheiden, actor: sozialamt, with: [person], kind: decide, next: ende}")

    assert not found("overlapping-responsibility", model)


def test_a_decision_of_nobody_does_not_hide_the_ones_behind_it() -> None:
    model = case(
        "first: {name: Offen, actor: none, with: [jobcenter], kind: decide, next: then}\n"
        "then: {name: Entscheiden, actor: sozialamt, with: [jobcenter], kind: permit, next: ende}"
    )

    assert [finding.elements[0].id for finding in found("overlapping-responsibility", model)] == ["then"]


def test_is_silent_about_a_unit_of_the_same_body_and_not_about_an_agreement_with_one_of_two() -> None:
    two = case("first: {name: Entscheiden, actor: sozialamt, with: [jobcenter, agentur], kind: decide, next: ende}")
    text = two.to_yaml()
    unit = text.replace("kind: jobcenter", "kind: social_welfare_office, part_of: sozialamt").replace(
        "with: [jobcenter, agentur]", "with: [jobcenter]"
    )
    agreed = text.replace("processes:\n", "agreements:\n  k: {name: K, parties: [sozialamt, agentur]}\n\nprocesses:\n")

    (finding,) = found("overlapping-responsibility", model_of(agreed))

    assert "wirken Sozialamt und Jobcenter und Agentur für Arbeit mit" in finding.message.de
    assert not found("overlapping-responsibility", model_of(unit))
