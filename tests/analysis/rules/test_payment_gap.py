"""What the rule `payment-gap` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

BENEFITS = """\
benefits:
  old: {name: Leistungen nach AsylbLG, regime: asylblg, payer: sozialamt, covers: subsistence}
  new: {name: Bürgergeld, regime: sgb2, payer: jobcenter, covers: subsistence}
"""
NODES = (
    "first: {name: Einstellen, actor: sozialamt, stops: [%s], next: then}\n"
    "then: {name: Auszahlen, actor: jobcenter, starts: [new], wait: %s, next: ende}"
)


def test_counts_the_days_without_payment() -> None:
    (finding,) = found("payment-gap", case(NODES % ("old", "P1D"), more=BENEFITS))

    assert "1 Tag ohne Auszahlung" in finding.message.de


def test_is_silent_about_a_stop_that_takes_effect_when_the_new_benefit_starts() -> None:
    stop = "{benefit: old, effective: {start_of: new}}"

    assert not found("payment-gap", case(NODES % (stop, "P90D"), more=BENEFITS))


def test_is_silent_about_benefits_for_another_need() -> None:
    housing = BENEFITS + "  rent: {name: Wohngeld, regime: sgb2, payer: jobcenter, covers: housing}\n"
    model = case(
        "first: {name: Einstellen, actor: sozialamt, stops: [old], starts: [new], next: then}\n"
        "then: {name: Auszahlen, actor: jobcenter, starts: [rent], wait: P90D, next: ende}",
        more=housing,
    )

    assert not found("payment-gap", model)
