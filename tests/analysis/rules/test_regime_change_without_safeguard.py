"""What the rule `regime-change-without-safeguard` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.findings import Findings

from .cases import case, found

RULE = "regime-change-without-safeguard"
BENEFITS = """\
benefits:
  alt: {name: AsylbLG, regime: asylblg, payer: sozialamt, covers: [subsistence]}
  neu: {name: SGB II, regime: sgb2, payer: jobcenter, covers: [subsistence, housing]}
"""
STEPS = (
    "first: {name: Einstellen, actor: sozialamt, stops: [alt], next: then}\n"
    "then: {name: Bewilligen, actor: jobcenter, initiated_by: person, starts: [neu], next: ende}"
)


APART = (
    "first: {type: exclusive, name: Wer?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
    "links: {name: Einstellen, actor: sozialamt, stops: [alt], next: ende}\n"
    "rechts: {name: Bewilligen, actor: jobcenter, initiated_by: person, starts: [neu], next: ende}"
)


def changed(
    steps: str = STEPS, *, more: str = "agreements: none\n", benefits: str = BENEFITS, handovers: str = "none"
) -> Findings:
    return found(RULE, case(steps, more=benefits + more, handovers=handovers))


def test_reports_the_crossing_with_both_steps_and_benefits() -> None:
    (finding,) = changed()

    assert [element.id for element in finding.elements] == ["first", "then", "alt", "neu"]
    assert (finding.severity, finding.certainty) == ("error", "definite")


def test_reports_a_change_that_begins_before_the_old_benefit_ends() -> None:
    steps = (
        "first: {type: parallel, next: [links, rechts]}\n"
        "links: {name: Einstellen, actor: sozialamt, stops: [alt], next: zusammen}\n"
        "rechts: {name: Bewilligen, actor: jobcenter, initiated_by: person, starts: [neu], next: zusammen}\n"
        "zusammen: {type: parallel, next: ende}"
    )

    assert [finding.certainty for finding in changed(steps)] == ["definite"]


@pytest.mark.parametrize(
    "more",
    [
        "agreements:\n  koop: {name: Vereinbarung, parties: [sozialamt, jobcenter]}\n",
        "agreements:\n  koop: {name: V, parties: [sozialamt, agentur], bridges: {benefit: alt, until_starts: neu}}\n",
    ],
)
def test_is_silent_with_an_agreement_or_a_bridge(more: str) -> None:
    assert not changed(more=more)


@pytest.mark.parametrize(
    "steps",
    [
        STEPS.replace("initiated_by: person", "initiated_by: status_event"),
        STEPS.replace("stops: [alt]", "stops: [{benefit: alt, effective: {start_of: neu}}]"),
        APART,
    ],
)
def test_is_silent_where_the_authority_acts_pays_on_or_the_two_never_meet(steps: str) -> None:
    assert not changed(steps)


@pytest.mark.parametrize(
    "change",
    [
        ("regime: sgb2", "regime: asylblg"),
        ("payer: jobcenter", "payer: sozialamt"),
        ("[subsistence, housing]", "[housing]"),
    ],
)
def test_is_silent_within_one_regime_or_payer_and_about_other_needs(change: tuple[str, str]) -> None:
    assert not changed(benefits=BENEFITS.replace(*change))


def test_is_silent_where_a_third_benefit_lies_between() -> None:
    third = BENEFITS + "  zwischen: {name: Zwischen, regime: asylblg, payer: agentur, covers: [subsistence]}\n"
    steps = STEPS.replace("stops: [alt]", "stops: [alt], starts: [zwischen]").replace(
        "starts: [neu]", "stops: [zwischen], starts: [neu]"
    )

    (finding,) = changed(steps, benefits=third)

    assert [element.id for element in finding.elements] == ["then", "zwischen", "neu"]


def test_is_only_possible_while_an_agreement_is_unknown() -> None:
    (nobody_said,) = changed(more="")
    (of_a_handover,) = changed(handovers="[{id: h, from: first, to: then, channel: email, data: none}]")

    assert [fact.path for fact in nobody_said.depends_on] == ["agreements"]
    assert [fact.path for fact in of_a_handover.depends_on] == ["processes.p.handovers.h.agreement"]
    assert {nobody_said.certainty, of_a_handover.certainty} == {"possible"}
