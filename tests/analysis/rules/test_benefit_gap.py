"""What the rule `benefit-gap` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

BENEFITS = """\
benefits:
  old: {name: Leistungen nach AsylbLG, regime: asylblg, payer: sozialamt, covers: subsistence, ends: month_end}
  new: {name: Bürgergeld, regime: sgb2, payer: jobcenter, covers: subsistence, begins: month_start}
"""
NODES = (
    "first: {name: Beenden, actor: sozialamt, ends_entitlement: [old], next: then}\n"
    "then: {name: Bewilligen, actor: jobcenter, entitles: [new], wait: %s, next: ende}"
)


def test_gives_the_bounds_over_the_calendar() -> None:
    (finding,) = found("benefit-gap", case(NODES % "P62D", more=BENEFITS))

    # sixty-two days reach over a whole month, whichever day it begins
    assert "28 bis " in finding.message.de
    assert finding.certainty == "definite"


def test_is_silent_where_months_are_rounded_together() -> None:
    assert not found("benefit-gap", case(NODES % "{min: P0D, max: P28D}", more=BENEFITS))


def test_is_silent_where_an_agreement_bridges() -> None:
    bridge = (
        "agreements:\n  a: {name: A, parties: [sozialamt, jobcenter], bridges: {benefit: old, until_starts: new}}\n"
    )

    assert not found("benefit-gap", case(NODES % "P60D", more=BENEFITS + bridge))


def test_a_need_that_is_never_covered_again_is_named() -> None:
    model = case("first: {name: Beenden, actor: sozialamt, ends_entitlement: [old], next: ende}", more=BENEFITS)

    (finding,) = found("benefit-gap", model)

    assert "in keinem Ablauf" in finding.message.de


def test_dates_of_a_case_give_exact_days() -> None:
    dated = "cases:\n  c: {name: Fall A, dates: {first: 2025-03-12, then: 2025-05-07}}\n"

    (finding,) = found("benefit-gap", case(NODES % "{min: P0D, max: P60D}", more=BENEFITS + dated))

    assert "30 Tage ohne Anspruch (1.4.2025 bis 30.4.2025)" in finding.message.de
