"""What the rule `transfer-without-consent` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import case, found, handed

CONSENT = "consents:\n  ok: {from: person, given_at: %s, data: [%s], recipients: [%s]}\n"
HANDOVER = "channel: email, data: [name], legal_basis: none, consent: %s"


def with_consent(given_at: str, data: str = "name", recipients: str = "jobcenter") -> ArrivalModel:
    return case(
        "first: {name: Einwilligung einholen, actor: sozialamt, next: send}\n"
        "send: {name: Senden, actor: sozialamt, next: then}\nthen: {name: Annehmen, actor: jobcenter, next: ende}",
        handovers=f"[{{id: h, from: send, to: then, {HANDOVER % 'ok'}}}]",
        more=CONSENT.replace("{from", "{name: Einwilligung, from") % (given_at, data, recipients),
    )


def test_a_consent_that_is_known_to_be_missing_is_definite() -> None:
    (finding,) = found("transfer-without-consent", handed(HANDOVER % "none"))

    assert finding.certainty == "definite"


def test_an_unknown_consent_is_a_question() -> None:
    (finding,) = found("transfer-without-consent", handed("channel: email, data: [name], legal_basis: none"))

    assert [fact.path for fact in finding.depends_on] == ["processes.p.handovers.h.consent"]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (with_consent("first", data="bank"), "umfasst nicht „Familienname“"),
        (with_consent("first", recipients="agentur"), "nennt Jobcenter nicht"),
        (with_consent("then"), "nie erteilt"),
    ],
)
def test_says_what_a_consent_lacks(model: ArrivalModel, words: str) -> None:
    (finding,) = found("transfer-without-consent", model)

    assert words in finding.message.de
    assert finding.because[0].kind == "consent"


def test_is_silent_about_a_consent_given_before_for_these_data_and_this_recipient() -> None:
    assert not found("transfer-without-consent", with_consent("first"))


def test_a_group_in_the_scope_covers_its_members() -> None:
    assert not found("transfer-without-consent", with_consent("first", data="both"))
