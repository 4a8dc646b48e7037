"""An end that one run can reach twice.

What it finds: end events that execute a second time in the same run, because two ways of it lead there one after the
other.

Why it matters: an end that comes twice is no end: the case counts as closed while another part of it still runs.

How to resolve it: bring the ways together before the end, or give each its own end with its own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.flow_problems import find_flow_problems
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.wording import Wording


def find_improper_completion(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per end that a run can reach twice, in the order of the processes."""
    for problem in find_flow_problems(computed, "improper_completion"):
        where = listed(computed.names.node(id_) for id_ in problem.nodes)
        yield Observation(
            message=Wording(
                de=f"Ein Fall kann das Ende {where.de} zweimal erreichen: Er gilt als abgeschlossen, während ein "
                "anderer Teil noch läuft.",
                en=f"A case can reach the end {where.en} twice: it counts as closed while another part still runs.",
            ),
            recommendation=Wording(
                de="Die gleichzeitigen Wege vor dem Ende mit einem parallelen Gateway zusammenführen, oder jedem Weg "
                "sein eigenes Ende geben, das sagt, was erreicht ist.",
                en="Bring the ways together before the end with a parallel gateway, or give each its own end that says "
                "what is achieved.",
            ),
            elements=problem.elements,
            certainty=problem.certainty,
            witness=problem.witness,
            full_run=problem.run,
        )


_START = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {type: start, name: Antrag gestellt, actor: person, next: teilen}
      teilen:   {type: parallel, actor: sozialamt, next: [bescheid, karte]}
"""

RULE = Rule(
    id="improper-completion",
    codes=(),
    title=Wording(de="Doppeltes Ende", en="Improper completion"),
    group="flow",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Enden, die derselbe Fall zweimal erreichen kann. Nicht gemeldet werden mehrere Enden, von denen jedes "
        "höchstens einmal erreicht wird, und abbrechende Enden (terminate).",
        en="Ends that the same case can reach twice. Not reported: several ends of which each is reached once at most, "
        "and terminating ends.",
    ),
    matters=Wording(
        de="Der Fall gilt als abgeschlossen, obwohl ein Teil noch läuft; Auswertungen zählen ihn doppelt.",
        en="The case counts as closed although a part still runs; figures count it twice.",
    ),
    resolve=Wording(
        de="Die Wege vorher zusammenführen oder getrennte Enden benennen.",
        en="Bring the ways together before, or name separate ends.",
    ),
    sources=("ANALYSIS 1.2", "BPMN 2.0.2 (OMG formal/13-12-09), 13.5.6"),
    sound=example_model(
        _START
        + """\
      bescheid: {name: Bescheid erteilen, actor: sozialamt, next: ende}
      karte:    {name: Karte bestellen, actor: sozialamt, next: bestellt}
      ende:     {type: end, name: Bescheid erteilt}
      bestellt: {type: end, name: Karte bestellt}
    handovers: none
"""
    ),
    broken=example_model(
        _START
        + """\
      bescheid: {name: Bescheid erteilen, actor: sozialamt, next: ende}
      karte:    {name: Karte bestellen, actor: sozialamt, next: ende}
      ende:     {type: end, name: Fertig}
    handovers: none
"""
    ),
    find=find_improper_completion,
)
