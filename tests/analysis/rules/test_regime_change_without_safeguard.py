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


def test_asks_who_sets_the_new_benefit_going_while_nobody_has_said_so() -> None:
    (finding,) = changed(STEPS.replace("initiated_by: person, ", ""))

    assert [fact.path for fact in finding.depends_on] == ["processes.p.nodes.then.initiated_by"]
    assert finding.certainty == "possible"


def test_what_entitles_counts_before_what_pays() -> None:
    steps = (
        "first: {name: Einstellen, actor: sozialamt, stops: [alt], next: mid}\n"
        "mid: {name: Anspruch feststellen, actor: jobcenter, initiated_by: %s, entitles: [neu], next: then}\n"
        "then: {name: Auszahlen, actor: jobcenter, initiated_by: %s, starts: [neu], next: ende}"
    )

    assert changed(steps % ("person", "status_event"))
    assert not changed(steps % ("status_event", "person"))


def test_uses_entitlements_where_no_payment_is_modelled() -> None:
    steps = STEPS.replace("stops: [alt]", "ends_entitlement: [alt]").replace("starts: [neu]", "entitles: [neu]")

    (finding,) = changed(steps)

    assert [element.id for element in finding.elements] == ["first", "then", "alt", "neu"]


@pytest.mark.parametrize(
    "more",
    [
        "agreements:\n  k: {name: V, parties: [sozialamt, agentur], bridges: {benefit: neu, until_starts: alt}}\n",
        "agreements:\n  k: {name: V, parties: [sozialamt, agentur]}\n",
        "agreements:\n  k: {name: V, parties: [agentur, jobcenter]}\n",
    ],
)
def test_agreements_of_others_and_bridges_the_other_way_round_do_not_help(more: str) -> None:
    assert changed(more=more)


def test_paying_on_until_another_benefit_starts_is_no_bridge() -> None:
    other = BENEFITS + "  dritte: {name: Dritte, regime: sgb8, payer: agentur, covers: [education]}\n"
    steps = STEPS.replace("stops: [alt]", "stops: [{benefit: alt, effective: {start_of: dritte}}]")

    assert [finding.elements[-1].id for finding in changed(steps, benefits=other)] == ["neu"]


def test_is_only_possible_where_the_new_benefit_also_begins_without_the_old_one() -> None:
    steps = (
        "first: {type: exclusive, name: Woher?, next: [{to: ends, when: a}, {to: then, when: b}]}\n"
        "ends: {name: Einstellen, actor: sozialamt, stops: [alt], next: then}\n"
        "then: {name: Bewilligen, actor: jobcenter, initiated_by: person, starts: [neu], next: ende}"
    )

    (finding,) = changed(steps)

    assert finding.certainty == "possible"
    assert "ends" in finding.run()
    assert "ends" in finding.witness


def test_says_who_ends_and_who_begins_what() -> None:
    (finding,) = changed()

    assert (
        "Sozialamt beendet „AsylbLG“ bei „Einstellen“, Jobcenter beginnt „SGB II“ bei „Bewilligen“"
        in finding.message.de
    )


def test_only_a_third_benefit_for_what_the_two_have_in_common_lies_between() -> None:
    def crossings(covers: str) -> list[tuple[str, ...]]:
        third = f"{BENEFITS}  zwischen: {{name: Zwischen, regime: sgb8, payer: agentur, covers: [{covers}]}}\n"
        steps = STEPS.replace("stops: [alt]", "stops: [alt], starts: [zwischen]")
        return [
            tuple(e.id for e in finding.elements if e.kind == "benefit") for finding in changed(steps, benefits=third)
        ]

    assert ("alt", "neu") in crossings("housing")
    assert ("alt", "neu") not in crossings("subsistence")
    assert ("alt", "neu") not in crossings("subsistence, housing")
