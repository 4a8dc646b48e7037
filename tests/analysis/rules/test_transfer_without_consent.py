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


def test_is_silent_while_nobody_has_said_whether_there_is_a_legal_basis() -> None:
    assert not found("transfer-without-consent", handed("channel: email, data: [name], consent: none"))


@pytest.mark.parametrize(
    "handover",
    ["data: none, legal_basis: none, consent: none", "data: [name], legal_basis: not_needed, consent: none",
     "data: [name], legal_basis: [norm], consent: none"],
)  # fmt: skip
def test_is_silent_about_transfers_without_data_and_those_that_law_carries(handover: str) -> None:
    more = "legal_bases:\n  norm: {cite: X § 1, kind: statute}\n"

    assert not found("transfer-without-consent", handed(f"channel: email, {handover}", more=more))


def test_says_that_the_data_are_not_named_and_whether_the_consent_is_unknown_or_missing() -> None:
    (missing,) = found("transfer-without-consent", handed("channel: email, legal_basis: none, consent: none"))
    (unknown,) = found("transfer-without-consent", handed(HANDOVER.replace(", consent: %s", "")))

    assert "(nicht benannte Daten) hat keine Rechtsgrundlage; die nötige Einwilligung fehlt." in missing.message.de
    assert (
        "(„Familienname“) hat keine Rechtsgrundlage; die nötige Einwilligung ist nicht bekannt." in unknown.message.de
    )
    assert (missing.data, unknown.data) == ((), ("name",))


def test_a_consent_that_is_given_on_one_way_only_is_possibly_missing() -> None:
    model = case(
        "first: {type: exclusive, name: Will sie?, next: [{to: ask, when: ja}, {to: send, when: nein}]}\n"
        "ask: {name: Einwilligung einholen, actor: sozialamt, next: send}\n"
        "send: {name: Senden, actor: sozialamt, next: then}\nthen: {name: Annehmen, actor: jobcenter, next: ende}",
        handovers=f"[{{id: h, from: send, to: then, {HANDOVER % 'ok'}}}]",
        more=CONSENT.replace("{from", "{name: Ja, from") % ("ask", "name", "jobcenter"),
    )
    narrow = model.changed(consents=[one.changed(data=["bank"]) for one in model.consents.values()])

    (finding,) = found("transfer-without-consent", model)
    (uncovered,) = found("transfer-without-consent", narrow)

    assert "liegt bei der Übergabe nicht in jedem Ablauf vor" in finding.message.de
    assert (finding.certainty, uncovered.certainty) == ("possible", "definite")
    assert "send" in finding.witness
    assert "ask" not in finding.run()
