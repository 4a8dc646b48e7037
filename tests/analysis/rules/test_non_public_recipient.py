"""What the rule `non-public-recipient` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import found, handed

MORE = (
    "legal_bases:\n  law: {cite: X § 1, kind: statute}\n  order: {cite: Weisung 1, kind: internal_instruction}\n"
    "agreements:\n  av: {name: AVV, parties: [sozialamt, jobcenter], kind: processing_contract}\n"
    "  koop: {name: Kooperation, parties: [sozialamt, jobcenter], kind: cooperation_agreement}\n"
    "consents:\n  ok: {given_at: first, data: [bank], recipients: [jobcenter]}\n"
)


def passed(handover: str, kind: str = "volunteer_group") -> ArrivalModel:
    """Return a model in which the receiver is of some kind."""
    model = handed(handover, more=MORE)
    actors = [one.changed(kind=kind) if one.id == "jobcenter" else one for one in model.actors.values()]
    return model.changed(actors=actors)


def test_names_recipient_and_data() -> None:
    (finding,) = found("non-public-recipient", passed("channel: email, data: [bank], legal_basis: none, consent: none"))

    assert (finding.data, finding.severity, finding.certainty) == (("bank",), "error", "definite")


@pytest.mark.parametrize("rest", ["legal_basis: order", "legal_basis: none, agreement: koop"])
def test_an_instruction_or_a_cooperation_does_not_carry_it(rest: str) -> None:
    assert found("non-public-recipient", passed(f"channel: email, data: [bank], {rest}"))


@pytest.mark.parametrize("rest", ["legal_basis: law", "consent: ok", "agreement: av", "legal_basis: not_needed"])
def test_is_silent_about_statute_consent_and_contract(rest: str) -> None:
    assert not found("non-public-recipient", passed(f"channel: email, data: [bank], {rest}"))


def test_is_silent_about_public_bodies_and_those_of_which_nobody_knows() -> None:
    for kind in ("social_welfare_office", "other"):
        assert not found("non-public-recipient", passed("channel: email, data: [bank], legal_basis: none", kind))


def test_is_silent_about_what_the_person_carries_and_about_handovers_without_data() -> None:
    for handover in ("channel: paper_carried, data: [bank]", "channel: email, data: none"):
        assert not found("non-public-recipient", passed(f"{handover}, legal_basis: none, consent: none"))


@pytest.mark.parametrize(
    ("handover", "asked", "certainty"),
    [
        ("data: [bank], legal_basis: none, consent: none", [], "definite"),
        ("data: [bank], legal_basis: none", [], "definite"),
        ("data: [bank], consent: none", ["legal_basis"], "possible"),
        ("data: [bank]", ["legal_basis", "consent"], "possible"),
        ("consent: none", ["legal_basis", "data"], "possible"),
        ("legal_basis: none, consent: none", ["data"], "possible"),
    ],
)
def test_asks_for_what_nobody_has_said_about_the_transfer(handover: str, asked: list[str], certainty: str) -> None:
    (finding,) = found("non-public-recipient", passed(f"channel: email, {handover}"))

    assert [fact.path for fact in finding.depends_on] == [f"processes.p.handovers.h.{name}" for name in asked]
    assert finding.certainty == certainty


def test_names_the_basis_that_does_not_carry_it_and_the_data_as_far_as_they_are_named() -> None:
    (weak,) = found("non-public-recipient", passed("channel: email, data: [bank], legal_basis: order"))
    (bare,) = found("non-public-recipient", passed("channel: email, legal_basis: none, consent: none"))

    assert "Die angegebene Grundlage trägt das nicht: Weisung 1." in weak.message.de
    assert [(reason.kind, reason.id) for reason in weak.because] == [("legal_basis", "order")]
    assert "gibt nicht benannte Angaben an Jobcenter weiter" in bare.message.de
    assert "weder Einwilligung noch Vertrag noch Rechtsgrundlage" in bare.message.de
    assert (weak.data, bare.data, weak.witness) == (("bank",), (), ("first", "then"))
