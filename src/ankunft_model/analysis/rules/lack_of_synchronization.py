"""Ways that run at the same time come together without waiting for each other.

What it finds: nodes behind which two tokens of one run can lie on the same flow, so that what follows happens twice.

Why it matters: the same application is decided twice, the same letter is sent twice, and nobody knows which one holds.

How to resolve it: bring ways that run at the same time together with a parallel gateway.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.flow_problems import find_flow_problems
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_lack_of_synchronization(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per node behind which two tokens can meet, in the order of the processes."""
    for problem in find_flow_problems(computed, "lack_of_synchronization"):
        where = listed(computed.names.node(id_) for id_ in problem.nodes)
        may = problem.certainty == "possible"
        yield Observation(
            message=Wording(
                de=f"Was nach {where.de} kommt, {'kann' if may else 'wird'} im selben Fall "
                f"zweimal {'geschehen' if may else 'ausgelöst'}: Wege, die gleichzeitig laufen, warten dort nicht "
                "aufeinander.",
                en=f"What comes after {where.en} {'can happen' if may else 'is set off'} twice in the same case: ways "
                "that run at the same time do not wait for each other there.",
            ),
            recommendation=Wording(
                de="Gleichzeitige Wege mit einem parallelen Gateway zusammenführen; oder die Verzweigung davor zu "
                "einer Entscheidung machen, wenn nur ein Weg gemeint ist.",
                en="Bring ways that run at the same time together with a parallel gateway; or make the split before a "
                "decision if only one way is meant.",
            ),
            elements=problem.elements,
            certainty=problem.certainty,
            witness=problem.witness,
            full_run=problem.run,
        )


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {{type: start, name: Antrag gestellt, actor: person, next: teilen}}
      teilen:    {{type: parallel, actor: sozialamt, next: [wohnung, einkommen]}}
      wohnung:   {{name: Wohnung prüfen, actor: sozialamt, next: zusammen}}
      einkommen: {{name: Einkommen prüfen, actor: sozialamt, next: zusammen}}
      zusammen:  {{type: {join}, actor: sozialamt, next: bescheid}}
      bescheid:  {{name: Bescheid erteilen, actor: sozialamt, next: ende}}
      ende:      {{type: end, name: Bescheid erteilt}}
    handovers: none
"""

RULE = Rule(
    id="lack-of-synchronization",
    codes=(),
    title=Wording(de="Doppelt ausgelöst", en="Lack of synchronisation"),
    group="flow",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Knoten, hinter denen im selben Fall zwei Wege auf einmal ankommen können, sodass alles Weitere doppelt "
        "geschieht. Nicht gemeldet werden Schleifen, in denen etwas nacheinander mehrmals geschieht, und Wege, von "
        "denen immer nur einer genommen wird.",
        en="Nodes behind which two ways can arrive at once in the same case, so that all that follows happens twice. "
        "Not reported: loops in which something happens several times one after the other, and ways of which only one "
        "is ever taken.",
    ),
    matters=Wording(
        de="Derselbe Antrag wird zweimal entschieden, derselbe Brief zweimal verschickt, und niemand weiß, was gilt.",
        en="The same application is decided twice, the same letter is sent twice, and nobody knows which one holds.",
    ),
    resolve=Wording(
        de="Gleichzeitige Wege mit einem parallelen Gateway zusammenführen.",
        en="Bring ways that run at the same time together with a parallel gateway.",
    ),
    sources=("ANALYSIS 1.2", "BPMN 2.0.2 (OMG formal/13-12-09), 13.4"),
    sound=example_model(_PROCESS.format(join="parallel")),
    broken=example_model(_PROCESS.format(join="exclusive")),
    find=find_lack_of_synchronization,
)
