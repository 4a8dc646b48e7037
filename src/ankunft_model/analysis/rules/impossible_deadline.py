"""Deadlines that cannot be kept even if everything goes as fast as it can.

What it finds: deadlines whose process takes longer from the first to the last moment, at least times, than they leave.

Why it matters: somebody loses a right, or an authority breaks the law, whatever anybody does.

How to resolve it: shorten the slowest piece on the way, begin it earlier, or count the deadline from another moment.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.deadline_wording import describe_deadline
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_impossible_deadline(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per deadline, in the order of the file; what only should be kept is graded lower."""
    for times in computed.deadlines:
        if times.verdict == "impossible" and times.least is not None:
            yield describe_deadline(
                computed, times, severity="error" if times.stated.deadline.strength == "must" else "warning"
            )


_BODY = """\
processes:
  verteilung:
    name: Verteilung
    nodes:
      beginn: {type: start, name: Aufgegriffen, actor: person, next: melden}
"""

RULE = Rule(
    id="impossible-deadline",
    codes=("G-21",),
    title=Wording(de="Frist unerfüllbar", en="Impossible deadline"),
    group="money_papers_time",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Fristen, für die der Ablauf selbst mit den kürzesten angegebenen Zeiten zu lange braucht; auf jedem Ablauf "
        "(sicher) oder auf manchem (möglich). Gezählt wird nach Tagen: der Tag des Ereignisses zählt nicht, die Frist "
        "endet mit dem letzten Tag. Werktage und Arbeitstage werden mit den Feiertagen des Landes gerechnet, und zwar "
        "von dem Tag an, der die Frist am längsten macht. Nicht gemeldet werden Fristen, die auch nur bei einem Beginn "
        "zu halten sind, und solche, deren Weg keine angegebenen Zeiten hat.",
        en="Deadlines for which the process takes too long even at the shortest times stated; on every run (definite) or "
        "on some (possible). Counted in days: the day of the event does not count, the deadline ends with its last day. "
        "Werktage and working days are counted with the holidays of the Land, from the day that makes the deadline "
        "longest. Not reported: deadlines that can be kept from at least one day on, and those without stated times on "
        "the way.",
    ),
    matters=Wording(
        de="Jemand verliert ein Recht, oder eine Behörde bricht das Recht, was auch immer die Beteiligten tun.",
        en="Somebody loses a right, or an authority breaks the law, whatever those involved do.",
    ),
    resolve=Wording(
        de="Das langsamste Stück des Wegs verkürzen oder früher beginnen; klären, ob eine Ausnahme greift.",
        en="Shorten the slowest piece of the way or begin earlier; find out whether an exception applies.",
    ),
    sources=("LAW:SGB VIII §§ 42a, 42b", "LAW:BMG § 17 Abs. 1", "GK:BGB §§ 187, 188"),
    sound=example_model(
        _BODY
        + """\
      melden: {name: Der Landesstelle melden, actor: sozialamt, wait: {min: P2D, max: P9D}, next: ende, deadlines: [{within: P7D, after: beginn}]}
      ende:   {type: end, name: Gemeldet}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      melden: {name: Der Landesstelle melden, actor: sozialamt, wait: {min: P3W, max: P8W}, next: ende, deadlines: [{within: P2W, after: beginn}]}
      ende:   {type: end, name: Gemeldet}
    handovers: none
"""
    ),
    find=find_impossible_deadline,
)
