"""What the rule `handover-without-agreement` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, handed


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
