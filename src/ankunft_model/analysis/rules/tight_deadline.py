"""Deadlines that are kept only if it goes faster than usual.

What it finds: deadlines that the least times allow and the usual times do not.

Why it matters: such a deadline is missed in many cases although nobody did anything wrong.

How to resolve it: begin earlier, leave a buffer, or make the slowest piece on the way reliably shorter.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.deadline_wording import describe_deadline
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_tight_deadline(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per deadline, in the order of the file; what only should be kept is graded lower."""
    for times in computed.deadlines:
        if times.verdict == "tight" and times.least is not None:
            yield describe_deadline(
                computed, times, severity="warning" if times.stated.deadline.strength == "must" else "hint"
            )


_BODY = """\
processes:
  kurs:
    name: Integrationskurs
    nodes:
      beginn:    {type: start, name: Berechtigt, actor: person, next: anmelden}
      anmelden:  {name: Anmeldung aufnehmen, actor: sozialamt, duration: PT1H, next: beginnen}
"""

RULE = Rule(
    id="tight-deadline",
    codes=("G-22",),
    title=Wording(de="Frist knapp", en="Tight deadline"),
    group="money_papers_time",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Fristen, die mit den kürzesten Zeiten zu halten sind, mit den üblichen (`likely`) nicht. Ist keine übliche "
        "Zeit angegeben, steht nur die Spanne fest; dann ist der Befund möglich und nennt, was zu erfragen ist. Nicht "
        "gemeldet werden Fristen, die mit den üblichen Zeiten zu halten sind, auch wenn die längsten darüber liegen.",
        en="Deadlines that can be kept at the shortest times, but not at the usual ones (`likely`). If no usual time is "
        "stated only the bounds are known; the finding is possible then and names what to ask. Not reported: deadlines "
        "that can be kept at the usual times, even if the longest are beyond.",
    ),
    matters=Wording(
        de="Eine solche Frist wird oft verpasst, ohne dass jemand etwas falsch gemacht hat.",
        en="Such a deadline is often missed although nobody did anything wrong.",
    ),
    resolve=Wording(
        de="Früher beginnen, Puffer vorsehen oder das langsamste Stück verlässlich verkürzen.",
        en="Begin earlier, provide a buffer, or make the slowest piece reliably shorter.",
    ),
    sources=("LAW:IntV § 7 Abs. 4", "LAW:BMG § 17 Abs. 1"),
    sound=example_model(
        _BODY
        + """\
      beginnen:  {name: Kurs beginnen, actor: sozialamt, wait: {min: P2W, likely: P4W, max: P8W}, next: ende, deadlines: [{within: P6W, after: anmelden}]}
      ende:      {type: end, name: Kurs begonnen}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      beginnen:  {name: Kurs beginnen, actor: sozialamt, wait: {min: P2W, likely: P10W, max: P14W}, next: ende, deadlines: [{within: P6W, after: anmelden}]}
      ende:      {type: end, name: Kurs begonnen}
    handovers: none
"""
    ),
    find=find_tight_deadline,
)
