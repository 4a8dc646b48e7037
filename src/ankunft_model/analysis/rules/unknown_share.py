"""A decision of which nobody knows how often it goes which way.

What it finds: exclusive decisions without shares for at least two of their ways, in models that count elsewhere: with
shares at other decisions, or with numbers of cases.

Why it matters: expected numbers, times and costs behind the decision cannot be said; they are bounds only.

How to resolve it: count once, ask those who decide, or estimate and mark it as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import AnyNode, ArrivalModel
from ankunft_model.wording import Wording


def find_unknown_share(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per decision without shares, in the order of the model."""
    model = computed.model
    if not _counts(model):
        return
    for process in model.processes.values():
        for node in process.all_nodes:
            unknown = [position for position, flow in enumerate(node.next) if flow.share is None]
            if not _is_decision(node) or len(unknown) < 2:
                continue
            name, actor = computed.names.node(node.id), computed.names.actor(computed.performer_of[node.id])
            question = Wording(
                de=f"Wie oft entscheidet {actor.de} bei {name.de} wie?",
                en=f"How often does {actor.en} decide which way at {name.en}?",
            )
            path = f"processes.{process.id}.nodes.{node.id}.next"
            yield Observation(
                message=Wording(
                    de=f"Bei {name.de} ist nicht angegeben, wie sich die Fälle auf {len(unknown)} Wege verteilen.",
                    en=f"At {name.en} it is not stated how the cases part among {len(unknown)} ways.",
                ),
                recommendation=Wording(
                    de="Anteile zählen oder von der entscheidenden Stelle schätzen lassen und als „share“ eintragen "
                    "(Schätzungen als Annahme kennzeichnen).",
                    en="Count the shares or have the deciding body estimate them, and state them as 'share' (mark "
                    "estimates as assumptions).",
                ),
                elements=(ElementRef("node", node.id),),
                depends_on=tuple(OpenFact(f"{path}[{position}].share", question) for position in unknown),
                witness=(node.id,),
            )


def _is_decision(node: AnyNode) -> bool:
    return node.type == "exclusive" and len(node.next) > 1


def _counts(model: ArrivalModel) -> bool:
    """Whether the model states how often something happens."""
    has_cases = any(cohort.cases_per_year is not None for cohort in model.cohorts.values())
    return has_cases or any(flow.share is not None for node in model.nodes.values() for flow in node.next)


_PROCESS = """\
cohorts:
  alle: {{name: Alle Ankommenden, cases_per_year: 600}}
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {{type: start, name: Antrag gestellt, actor: person, next: pruefen}}
      pruefen:  {{name: Antrag prüfen, actor: sozialamt, next: genuegt}}
      genuegt:
        type: exclusive
        name: Anspruch?
        actor: sozialamt
        next: [{{to: bewilligt, when: ja{share}}}, {{to: abgelehnt, when: nein}}]
      bewilligt: {{type: end, name: Bewilligt}}
      abgelehnt: {{type: end, name: Abgelehnt}}
    handovers: none
"""

RULE = Rule(
    id="unknown-share",
    codes=(),
    title=Wording(de="Unbekannter Anteil", en="Unknown share"),
    group="modelling",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de="Entscheidungen ohne Angabe, wie oft sie wie ausgehen, in Modellen, die sonst zählen (Anteile oder "
        "Fallzahlen). Nicht gemeldet werden Modelle, die nirgends zählen, und Entscheidungen, bei denen nur ein Anteil "
        "fehlt: Er ergibt sich aus den anderen.",
        en="Decisions without a statement how often they go which way, in models that count elsewhere (shares or numbers "
        "of cases). Not reported: models that count nowhere, and decisions where only one share is missing: it follows "
        "from the others.",
    ),
    matters=Wording(
        de="Erwartete Fallzahlen, Zeiten und Kosten dahinter lassen sich nicht nennen, nur Grenzen.",
        en="Expected numbers, times and costs behind it cannot be said, only bounds.",
    ),
    resolve=Wording(
        de="Anteile zählen oder schätzen und eintragen.", en="Count or estimate the shares, and state them."
    ),
    sources=("FIELDS 4.1", "ANALYSIS 3.6"),
    sound=example_model(_PROCESS.format(share=", share: 0.8")),
    broken=example_model(_PROCESS.format(share="")),
    find=find_unknown_share,
)
