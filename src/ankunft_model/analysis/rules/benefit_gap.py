"""Days without entitlement when one benefit ends before the next one begins.

What it finds: pairs of a step that ends entitlement to a benefit and a step that begins entitlement to the next one
for the same need, with days in between on some run or in a dated case.

Why it matters: in these days nobody has to pay; they cannot be made good later.

How to resolve it: act before entitlement ends (appointment, application without a title), or agree that the old
benefit is granted until the new one begins.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.coverage_wording import describe_coverage_gap
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_benefit_gap(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per pair of steps, in the order in which benefits end."""
    for gap in computed.coverage_gaps("entitlement"):
        yield describe_coverage_gap(
            computed,
            gap,
            without=Wording(de="ohne Anspruch", en="without entitlement"),
            recommendation=Wording(
                de="Vor dem Ende des alten Anspruchs handeln: Termin von Amts wegen, Antrag auch ohne Titel annehmen; "
                "oder vereinbaren, dass die alte Leistung bis zum Beginn der neuen gewährt wird.",
                en="Act before the old entitlement ends: appointment by the authority, application accepted without the "
                "title; or agree that the old benefit is granted until the new one begins.",
            ),
        )


_BODY = """\
benefits:
  alt: {name: Leistungen nach AsylbLG, regime: asylblg, payer: sozialamt, covers: subsistence, ends: month_end}
  neu: {name: Bürgergeld, regime: sgb2, payer: jobcenter, covers: subsistence, begins: month_start}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:    {type: start, name: Anerkannt, actor: person, next: enden}
      enden:     {name: Anspruch beenden, actor: sozialamt, ends_entitlement: [alt], next: beantragen}
"""

RULE = Rule(
    id="benefit-gap",
    codes=("G-08",),
    title=Wording(de="Leistungslücke", en="Benefit gap"),
    group="money_papers_time",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Tage ohne Anspruch zwischen dem Ende einer Leistung und dem Beginn der nächsten für denselben Bedarf, als "
        "Spanne über alle Abläufe und genau für datierte Fälle. Anspruch, Auszahlung und Nachweis sind drei "
        "Zeitleisten; hier geht es nur um den Anspruch. Nicht gemeldet werden Wechsel, die eine Vereinbarung "
        "überbrückt, und Abläufe, in denen keine neue Leistung mehr folgt, solange andere eine haben.",
        en="Days without entitlement between the end of a benefit and the start of the next one for the same need, as "
        "bounds over all runs and exactly for dated cases. Entitlement, payment and proof are three timelines; this is "
        "entitlement only. Not reported: changes that an agreement bridges, and runs on which no new benefit follows "
        "while others have one.",
    ),
    matters=Wording(
        de="In diesen Tagen muss niemand zahlen; sie lassen sich später nicht heilen.",
        en="In these days nobody has to pay; they cannot be made good later.",
    ),
    resolve=Wording(
        de="Früher handeln oder die Weitergewährung vereinbaren.",
        en="Act earlier, or agree on continued granting.",
    ),
    sources=("LAW:AsylbLG § 1 Abs. 3", "LAW:SGB II § 37 Abs. 2", "S1-06"),
    sound=example_model(
        _BODY
        + """\
      beantragen: {name: Antrag aufnehmen, actor: jobcenter, entitles: [neu], wait: {min: P1D, max: P14D}, next: ende}
      ende:       {type: end, name: Antrag aufgenommen}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      beantragen: {name: Antrag aufnehmen, actor: jobcenter, entitles: [neu], wait: {min: P8W, max: P12W}, next: ende}
      ende:       {type: end, name: Antrag aufgenommen}
    handovers: none
"""
    ),
    find=find_benefit_gap,
)
