"""What the rule `unvalidated-assumption` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import check

from .cases import case, found, handed

STEP = "first: {name: Prüfen, actor: %s, next: ende%s}"


def test_names_the_assumed_element_and_the_rule_that_rests_on_it() -> None:
    (finding,) = found("unvalidated-assumption", case(STEP % ("none", ", confidence: assumption")))

    assert [element.id for element in finding.elements] == ["first"]
    assert "missing-responsibility" in finding.message.de
    assert finding.severity == "info"


def test_only_assumed_fields_that_the_finding_rests_on_count() -> None:
    on_actor = case(STEP % ("none", ", confidence: {default: fact, actor: assumption}"))
    on_time = case(STEP % ("none", ", confidence: {default: fact, wait: assumption}"))

    assert found("unvalidated-assumption", on_actor)
    assert not found("unvalidated-assumption", on_time)


@pytest.mark.parametrize(
    "said", ["", ", confidence: fact", ", confidence: source_needed",
             ", confidence: assumption, validated_by: [sozialamt]",
             ", confidence: assumption, validated_on: 2025-01-01"],
)  # fmt: skip
def test_is_silent_about_facts_open_questions_and_what_was_confirmed(said: str) -> None:
    assert not found("unvalidated-assumption", case(STEP % ("none", said)))


def test_is_silent_about_assumptions_on_which_nothing_critical_rests() -> None:
    assert not found("unvalidated-assumption", case(STEP % ("sozialamt", ", confidence: assumption")))


def test_what_other_rules_find_does_not_show_when_only_this_one_is_asked() -> None:
    model = case(STEP % ("none", ", confidence: assumption"))

    assert {finding.rule for finding in check(model, select=["unvalidated-assumption"])} == {"unvalidated-assumption"}
    assert "missing-responsibility" in {finding.rule for finding in check(model)}


def test_a_handover_is_called_by_its_name_or_after_its_ends() -> None:
    def said(name: str) -> str:
        model = handed(f"channel: email, data: [bank], legal_basis: none, consent: none, confidence: assumption{name}")
        (finding,) = (f for f in found("unvalidated-assumption", model) if f.elements[0].kind == "handover")
        return finding.message.de

    assert "über die Übergabe von Sozialamt an Jobcenter sagt" in said("")
    assert "über „Fallübergabe“ sagt" in said(", name: Fallübergabe")
