"""Agreements between institutions: who is party, which handover shows one, and what is still open."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import Computations
from ankunft_model.analysis.agreements import handovers_between, have_agreed, open_agreements
from ankunft_model.model import ArrivalModel

from .rules.cases import case, handed, model_of


@pytest.mark.parametrize(
    ("parties", "agreed"),
    [("[sozialamt, jobcenter]", True), ("[jobcenter, sozialamt]", True), ("[sozialamt, agentur]", False),
     ("[agentur, jobcenter]", False)],
)  # fmt: skip
def test_two_bodies_have_agreed_where_both_are_parties(parties: str, agreed: bool) -> None:
    model = handed("channel: email, data: none", more=f"agreements:\n  k: {{name: K, parties: {parties}}}\n")

    assert have_agreed(Computations(model), "sozialamt", "jobcenter") is agreed


def test_an_agreement_of_the_unit_above_or_for_a_handover_counts() -> None:
    text = handed("channel: email, data: none").to_yaml()
    unit = "  team: {name: Team, kind: other, part_of: sozialamt}\n"
    agreement = "agreements:\n  k: {name: K, parties: [sozialamt, jobcenter]}\n\n"
    model = model_of(text.replace("data:\n", f"{unit}\ndata:\n", 1).replace("processes:\n", f"{agreement}processes:\n"))
    covered = "agreements:\n  k: {name: K, parties: [agentur, jobcenter], covers: [h]}\n"

    assert have_agreed(Computations(model), "team", "jobcenter")
    assert not have_agreed(Computations(model), "team", "agentur")
    assert have_agreed(Computations(handed("channel: email, data: none", more=covered)), "jobcenter", "sozialamt")


@pytest.mark.parametrize(
    ("handover", "found"),
    [
        ("channel: email", ["h"]),
        ("channel: none", []),
        ("channel: paper_carried", []),
        ("channel: [paper_carried, email]", ["h"]),
    ],
)
def test_what_the_person_carries_or_does_not_pass_is_no_handover_between_bodies(
    handover: str, found: list[str]
) -> None:
    computed = Computations(handed(f"{handover}, data: none"))

    assert [one.id for one in handovers_between(computed, "jobcenter", "sozialamt")] == found
    assert handovers_between(computed, "agentur", "sozialamt") == ()


def test_a_question_is_open_only_while_nobody_has_answered_it() -> None:
    def asked(model: ArrivalModel) -> list[str]:
        return [fact.path for fact in open_agreements(Computations(model), "sozialamt", "jobcenter")]

    nothing = "first: {name: A, actor: sozialamt, next: ende}"
    assert asked(handed("channel: email, data: none")) == ["processes.p.handovers.h.agreement"]
    assert asked(handed("channel: email, data: none, agreement: none")) == []
    assert asked(case(nothing)) == ["agreements"]
    assert asked(case(nothing, more="agreements: none\n")) == []
