"""Days without money when one payment stops before the next one starts.

What it finds: pairs of a step that stops paying a benefit and a step that starts paying the next one for the same
need, with days in between on some run or in a dated case.

Why it matters: rent and food have to be paid in these days, even if entitlement is continuous.

How to resolve it: stop the old payment only when the new one starts, with reimbursement between the payers; pay
advances or provisional benefits.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.coverage_wording import describe_coverage_gap
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_payment_gap(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per pair of steps, in the order in which payments stop."""
    for gap in computed.coverage_gaps("payment"):
        yield describe_coverage_gap(
            computed,
            gap,
            without=Wording(de="ohne Auszahlung", en="without payment"),
            recommendation=Wording(
                de="Die alte Leistung erst einstellen, wenn die neue ausgezahlt wird, mit Erstattung zwischen den "
                "Trägern; sonst Vorschuss oder vorläufige Leistung (SGB I §§ 42, 43).",
                en="Stop the old benefit only when the new one is paid, with reimbursement between the payers; else "
                "advances or provisional benefits (SGB I §§ 42, 43).",
            ),
        )


_BODY = """\
benefits:
  alt: {name: Leistungen nach AsylbLG, regime: asylblg, payer: sozialamt, covers: subsistence}
  neu: {name: Bürgergeld, regime: sgb2, payer: jobcenter, covers: subsistence}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:    {type: start, name: Anerkannt, actor: person, next: bewilligen}
"""

RULE = Rule(
    id="payment-gap",
    codes=("G-09",),
    title=Wording(de="Zahlungslücke", en="Payment gap"),
    group="money_papers_time",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Tage ohne Auszahlung zwischen dem Einstellen einer Leistung und der ersten Zahlung der nächsten für "
        "denselben Bedarf, als Spanne über alle Abläufe und genau für datierte Fälle. Nicht gemeldet werden "
        "Einstellungen, die erst zum Beginn der neuen Leistung wirken, und Wechsel, die eine Vereinbarung überbrückt.",
        en="Days without payment between stopping a benefit and the first payment of the next one for the same need, as "
        "bounds over all runs and exactly for dated cases. Not reported: stops that take effect only when the new "
        "benefit starts, and changes that an agreement bridges.",
    ),
    matters=Wording(
        de="Miete und Essen sind auch in diesen Tagen zu bezahlen.",
        en="Rent and food have to be paid in these days, too.",
    ),
    resolve=Wording(
        de="Einstellung an den Beginn der neuen Zahlung knüpfen und Erstattung vereinbaren.",
        en="Tie the stop to the start of the new payment and agree on reimbursement.",
    ),
    sources=("S1-06", "LAW:SGB X §§ 102 ff.", "LAW:SGB I § 43"),
    sound=example_model(
        _BODY
        + """\
      bewilligen: {name: Bürgergeld auszahlen, actor: jobcenter, starts: [neu], wait: P30D, next: einstellen}
      einstellen: {name: Alte Leistung einstellen, actor: sozialamt, stops: [alt], next: ende}
      ende:       {type: end, name: Leistung läuft}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY.replace("next: bewilligen", "next: einstellen")
        + """\
      einstellen: {name: Alte Leistung einstellen, actor: sozialamt, stops: [alt], next: bewilligen}
      bewilligen: {name: Bürgergeld auszahlen, actor: jobcenter, starts: [neu], wait: P30D, next: ende}
      ende:       {type: end, name: Leistung läuft}
    handovers: none
"""
    ),
    find=find_payment_gap,
)
