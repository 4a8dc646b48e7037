"""What the rule `transfer-without-legal-basis` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, handed

LAW = (
    "legal_bases:\n"
    "  basis: {cite: AZRG § 18b, kind: statute, stage: %s, allows: {recipients: [jobcenter], data: any}}\n"
)


def test_a_basis_that_is_known_to_be_missing_is_definite() -> None:
    (finding,) = found(
        "transfer-without-legal-basis", handed("channel: email, data: [name], legal_basis: none, consent: none")
    )

    assert finding.certainty == "definite"
    assert finding.severity == "error"


def test_an_unknown_basis_is_a_question() -> None:
    (finding,) = found("transfer-without-legal-basis", handed("channel: email, data: [name]"))

    assert {fact.path for fact in finding.depends_on} == {
        "processes.p.handovers.h.legal_basis", "processes.p.handovers.h.consent"
    }  # fmt: skip


def test_names_special_categories_first() -> None:
    model = handed("channel: email, data: [name, health], legal_basis: none, consent: none")

    assert found("transfer-without-legal-basis", model)[0].data == ("health", "name")


def test_suggests_the_bases_of_the_model_that_allow_it() -> None:
    model = handed("channel: email, data: [name], legal_basis: none, consent: none", more=LAW % "in_force")

    assert "AZRG § 18b" in found("transfer-without-legal-basis", model)[0].recommendation.de


def test_a_draft_is_no_basis() -> None:
    stated = "channel: email, data: [name], legal_basis: [basis], consent: none"

    assert len(found("transfer-without-legal-basis", handed(stated, more=LAW % "draft"))) == 1
    assert not found("transfer-without-legal-basis", handed(stated, more=LAW % "in_force"))


@pytest.mark.parametrize(
    "handover",
    [
        "channel: paper_carried, data: [name]",
        "channel: email, data: none",
        "channel: email, data: [name], legal_basis: not_needed",
    ],
)
def test_is_silent_about_what_the_person_carries_what_is_empty_and_what_needs_no_basis(handover: str) -> None:
    assert not found("transfer-without-legal-basis", handed(handover))


def test_says_where_nobody_has_named_the_data() -> None:
    model = handed("channel: email, legal_basis: none, consent: none")

    (finding,) = found("transfer-without-legal-basis", model)

    assert "Angaben nicht benannt" in finding.message.de
    assert "data not named" in finding.message.en
