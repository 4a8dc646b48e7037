"""What the rule `handover-without-agreement` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, handed, model_of


def test_an_unknown_agreement_is_only_possible() -> None:
    (finding,) = found("handover-without-agreement", handed("channel: email, data: none"))

    assert finding.certainty == "possible"
    assert finding.depends_on[0].path == "processes.p.handovers.h.agreement"


def test_is_critical_where_a_benefit_depends_on_it() -> None:
    model = handed("channel: email, data: none, agreement: none", then=", kind: benefit_start")

    assert [finding.severity for finding in found("handover-without-agreement", model)] == ["error"]


def test_an_agreement_may_name_the_handover_instead() -> None:
    more = "agreements:\n  koop: {name: Vereinbarung, parties: [sozialamt, jobcenter], covers: [h]}\n"

    assert not found("handover-without-agreement", handed("channel: email, data: none", more=more))


@pytest.mark.parametrize(
    "handover",
    [
        "channel: paper_carried, data: [name], agreement: none",
        "channel: none, agreement: none",
        "channel: email, agreement: not_needed",
    ],
)
def test_is_silent_about_what_the_person_carries_what_does_not_pass_and_what_needs_none(handover: str) -> None:
    assert not found("handover-without-agreement", handed(handover))


def test_is_silent_about_what_law_obliges_to_transfer() -> None:
    more = "legal_bases:\n  duty: {cite: AsylG § 24 Abs. 3, kind: statute, mandatory: true}\n"
    model = handed("channel: email, agreement: none, legal_basis: [duty]", more=more)

    assert not found("handover-without-agreement", model)


def test_is_silent_about_what_a_common_body_steers() -> None:
    more = (
        "bodies:\n  runde: {name: Steuerungsrunde, kind: steering_body, members: [sozialamt, jobcenter], covers: [p]}\n"
    )

    assert not found("handover-without-agreement", handed("channel: email, agreement: none", more=more))


@pytest.mark.parametrize(
    ("members", "covers", "is_found"),
    [
        ("[sozialamt, jobcenter]", "[h]", False),
        ("[sozialamt, jobcenter]", "[p]", False),
        ("[amt, jobcenter]", "[p]", False),
        ("[sozialamt, agentur]", "[p]", True),
        ("[agentur, jobcenter]", "[p]", True),
        ("[sozialamt, jobcenter]", "none", True),
    ],
)
def test_a_common_body_steers_only_what_it_covers_between_its_members_and_their_units(
    members: str, covers: str, is_found: bool
) -> None:
    body = f"bodies:\n  runde: {{name: Runde, kind: steering_body, members: {members}, covers: {covers}}}\n"
    text = handed("channel: email, agreement: none").to_yaml().replace("processes:\n", f"{body}processes:\n")
    text = text.replace("actors:\n", "actors:\n  amt: {name: Stadtverwaltung, kind: municipality}\n")
    text = text.replace("kind: social_welfare_office", "kind: social_welfare_office, part_of: amt")

    assert bool(found("handover-without-agreement", model_of(text))) is is_found


def test_is_critical_also_where_the_sending_step_stops_or_the_receiving_one_starts_a_benefit() -> None:
    more = "benefits:\n  geld: {name: Geld, regime: sgb2, payer: jobcenter, covers: housing}\n"

    def severity(first: str = "", then: str = "") -> list[str]:
        model = handed("channel: email, data: none, agreement: none", more=more, first=first, then=then)
        return [finding.severity for finding in found("handover-without-agreement", model)]

    assert severity() == ["warning"]
    assert severity(first=", stops: [geld]") == severity(then=", starts: [geld]") == ["error"]


def test_a_norm_that_only_allows_it_does_not_replace_an_agreement_and_is_named() -> None:
    more = "legal_bases:\n  may: {cite: X § 1, kind: statute}\n"

    (finding,) = found(
        "handover-without-agreement",
        handed("channel: email, data: [bank], agreement: none, legal_basis: [may]", more=more),
    )

    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "may")]
    assert (finding.certainty, finding.data, finding.depends_on) == ("definite", ("bank",), ())
    assert "gibt es keine Vereinbarung." in finding.message.de
