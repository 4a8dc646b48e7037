"""What the rule `special-category-unprotected` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, handed

MORE = (
    "legal_bases:\n  law: {cite: X § 1, kind: statute}\n"
    "consents:\n  ok: {given_at: first, data: [health], recipients: [jobcenter]}\n"
)
RULE = "special-category-unprotected"


def test_a_missing_basis_is_critical_and_names_the_special_items_only() -> None:
    model = handed("channel: interface_xoev, data: [name, health], legal_basis: none", more=MORE)

    (finding,) = found(RULE, model)

    assert (finding.data, finding.severity, finding.certainty) == (("health",), "error", "definite")


@pytest.mark.parametrize("channel", ["email", "fax", "file_list"])
def test_an_open_channel_is_a_question_about_encryption(channel: str) -> None:
    (finding,) = found(RULE, handed(f"channel: {channel}, data: [health], legal_basis: law", more=MORE))

    assert (finding.severity, finding.certainty) == ("warning", "possible")
    assert finding.depends_on[0].path == "processes.p.handovers.h.channel"


@pytest.mark.parametrize(
    "handover",
    [
        "channel: paper_letter, data: [health], legal_basis: law",
        "channel: interface_xoev, data: [health], consent: ok",
        "channel: email, data: [name], legal_basis: none",
        "channel: paper_carried, data: [health], legal_basis: none",
    ],
)
def test_is_silent_about_letters_consent_ordinary_data_and_what_the_person_carries(handover: str) -> None:
    assert not found(RULE, handed(handover, more=MORE))
