"""What is stated about a way by which a body could come to a datum, and what is not taken for a ground."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.suggestions.law import Law, allows, is_proven, is_valid
from ankunft_model.model import Agreement, ArrivalModel

from ..rules.cases import case, handed, model_of

BASES = """\
legal_bases:
  norm: {cite: X § 1, kind: statute}
  duty: {cite: X § 2, kind: statute, mandatory: true}
consents:
  ja: {name: Ja, given_at: first, data: [bank], recipients: [jobcenter]}
"""


def law_of(model: ArrivalModel) -> Law:
    return Law(Computations(model))


@pytest.mark.parametrize(
    ("handover", "forbidden", "is_open"),
    [
        ("channel: email, data: [bank], legal_basis: none, consent: none", True, False),
        ("channel: email, data: [bank], legal_basis: none, consent: not_needed", True, False),
        ("channel: email, data: [bank], legal_basis: none", False, True),
        ("channel: email, data: [bank], legal_basis: none, consent: ja", False, False),
        ("channel: email, data: [bank]", False, True),
        ("channel: email, data: [bank], consent: none", False, True),
        ("channel: email, data: [bank], legal_basis: [norm], consent: none", False, False),
        ("channel: email, data: [bank], legal_basis: not_needed, consent: none", False, False),
        ("channel: none, data: [bank], legal_basis: none, consent: none", False, False),
        ("channel: paper_carried, data: [bank], legal_basis: none, consent: none", False, False),
    ],
)
def test_nothing_is_built_on_a_transfer_that_is_known_to_rest_on_nothing(
    handover: str, forbidden: bool, is_open: bool
) -> None:
    model = handed(handover, more=BASES)
    law = law_of(model)

    assert (law.is_forbidden(model.handovers["h"]), law.is_open(model.handovers["h"])) == (forbidden, is_open)


@pytest.mark.parametrize(
    ("sender", "receiver"), [("person", "jobcenter"), ("sozialamt", "person"), ("sozialamt", "team")]
)
def test_what_passes_to_or_from_a_person_or_within_one_body_is_no_transfer(sender: str, receiver: str) -> None:
    rest = "channel: email, data: [bank], legal_basis: none, consent: none"
    text = case(
        f"first: {{name: A, actor: {sender}, next: then}}\nthen: {{name: B, actor: agentur, next: ende}}",
        handovers=f"[{{id: h, from: first, to: then, {rest}}}]",
    ).to_yaml()
    team = "  team: {name: Team, kind: social_welfare_office, part_of: sozialamt}\n"
    model = model_of(text.replace("data:\n", f"{team}\ndata:\n", 1).replace("actor: agentur", f"actor: {receiver}"))
    law = law_of(model)

    assert not law.is_forbidden(model.handovers["h"])
    assert not law.is_open(model.handovers["h"])


@pytest.mark.parametrize(
    ("as_of", "valid", "expected"),
    [
        (None, "valid_from: 2030-01-01", True),
        ("2025-06-01", "", True),
        ("2025-06-01", "valid_from: 2025-06-01", True),
        ("2025-06-01", "valid_from: 2025-06-02", False),
        ("2025-06-01", "valid_to: 2025-06-01", True),
        ("2025-06-01", "valid_to: 2025-05-31", False),
        ("2025-06-01", "valid_from: 2025-01-01, valid_to: 2025-12-31", True),
    ],
)
def test_a_basis_is_valid_from_its_first_to_its_last_day(as_of: str | None, valid: str, expected: bool) -> None:
    rest = f", {valid}" if valid else ""
    model = handed(
        "channel: email, data: none",
        more=f"{'' if as_of is None else f'as_of: {as_of}'}\nlegal_bases:\n  norm: {{cite: X, kind: statute{rest}}}\n",
    )

    assert is_valid(model, model.legal_bases["norm"]) is expected


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        ("", True),
        (", confidence: fact", True),
        (", confidence: assumption", False),
        (", confidence: source_needed", False),
    ],
)
def test_a_citation_that_is_an_assumption_or_wants_a_source_is_to_be_examined(confidence: str, expected: bool) -> None:
    model = handed("channel: email, data: none", more=f"legal_bases:\n  norm: {{cite: X, kind: statute{confidence}}}\n")

    assert is_proven(model.legal_bases["norm"]) is expected


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("", False),
        (", allows: {recipients: [jobcenter], data: [bank]}", True),
        (", allows: {recipients: [jobcenter], data: [both]}", True),
        (", allows: {recipients: [jobcenter], data: [health]}", False),
        (", allows: {recipients: [agentur], data: [bank]}", False),
        (", allows: {recipients: [agentur], data: any}", False),
        (", allows: {recipients: [any], data: [bank]}", True),
        (", allows: {recipients: [jobcenter], data: any}", True),
    ],
)
def test_a_basis_allows_what_it_names_for_whom_it_names(allowed: str, expected: bool) -> None:
    model = handed("channel: email, data: none", more=f"legal_bases:\n  norm: {{cite: X, kind: statute{allowed}}}\n")

    assert allows(model, model.legal_bases["norm"], "jobcenter", "bank") is expected


def test_an_agreement_covers_both_bodies_or_the_units_above_them() -> None:
    text = handed("channel: email, data: none", more=BASES).to_yaml()
    unit = text.replace("data:\n", "  team: {name: Team, kind: integration_office, part_of: sozialamt}\n\ndata:\n", 1)

    def between(parties: str, sender: str, bases: tuple[str, ...] = ()) -> Agreement | bool:
        agreement = f"agreements:\n  koop: {{name: Kooperation, parties: {parties}}}\n"
        law = law_of(model_of(unit.replace("processes:\n", f"{agreement}\nprocesses:\n")))
        return law.agreement_between(sender, "jobcenter", bases)

    def found(parties: str, sender: str) -> bool:
        return isinstance(between(parties, sender), Agreement)

    assert found("[sozialamt, jobcenter]", "sozialamt")
    assert found("[sozialamt, jobcenter]", "team")
    assert between("[sozialamt, agentur]", "sozialamt") is False
    assert between("[agentur, jobcenter]", "team") is False
    assert between("[sozialamt, agentur]", "sozialamt", ("norm",)) is False
    assert between("[sozialamt, agentur]", "sozialamt", ("norm", "duty")) is True


def test_a_basis_in_use_between_two_bodies_carries_more_only_if_it_names_it() -> None:
    def ground(
        allowed: str, *, item: str = "bank", handover: str = "legal_basis: [norm]"
    ) -> tuple[str, tuple[str, ...]]:
        model = handed(
            f"channel: email, data: [name], {handover}",
            more=f"legal_bases:\n  norm: {{cite: X § 1, kind: statute{allowed}}}\n",
        )
        found = law_of(model).ground_of_transfer("sozialamt", "jobcenter", item)
        return found.lawfulness, found.bases

    both = ", allows: {recipients: [jobcenter], data: [bank]}"
    assert ground(both) == ("legal_basis", ("norm",))
    assert ground(both, item="health") == ("consent", ())
    assert ground(both, handover="legal_basis: none") == ("to_be_examined", ("norm",))
    assert ground("") == ("consent", ())
    assert ground(f"{both}, confidence: assumption") == ("to_be_examined", ("norm",))


def test_a_handover_that_rests_on_consent_extends_that_consent() -> None:
    def ground(handover: str) -> tuple[str, str | None, tuple[str, ...]]:
        model = handed(f"channel: email, data: [bank], {handover}", more=BASES)
        found = law_of(model).ground_of_extension(model.handovers["h"], "sozialamt", "jobcenter", "health")
        return found.lawfulness, found.consent, found.bases

    assert ground("legal_basis: none, consent: ja") == ("consent", "ja", ())
    assert ground("legal_basis: [norm]") == ("consent", None, ())
    assert ground("legal_basis: none") == ("unknown", None, ())
