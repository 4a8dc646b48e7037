"""A step that nobody is known to perform, or that decides without anybody being accountable.

What it finds: steps whose `actor` is missing, `unknown` or `none`; and decisions, benefits and permits whose
`responsible` is `none`.

Why it matters: where nobody is responsible, the person is sent from office to office and the case stands still.

How to resolve it: settle who performs the step, by law or by an agreement, and write it into `actor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, SubProcess
from ankunft_model.wording import Wording

ACCOUNTABLE_KINDS: Final = frozenset({"decide", "permit", "benefit_start", "benefit_pay", "benefit_end"})
"""Kinds of steps for which somebody has to be accountable, not only to perform."""

_RECOMMENDATION: Final = Wording(
    de="Zuständigkeit klären und die Stelle im Modell als „actor“ eintragen.",
    en="Settle who is responsible and state the body as 'actor' in the model.",
)


def find_missing_responsibility(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step without a performer or without an accountable body, in the order of the model."""
    for process in computed.model.processes.values():
        for node in process.all_nodes:
            if not isinstance(node, Activity):
                continue
            name = computed.names.node(node.id)
            elements = (ElementRef("node", node.id),)
            path = f"processes.{process.id}.nodes.{node.id}"
            if node.actor is None and not isinstance(node, SubProcess):
                yield Observation(
                    message=Wording(
                        de=f"Für den Schritt {name.de} ist niemand als zuständig bekannt.",
                        en=f"Nobody is known to be responsible for the step {name.en}.",
                    ),
                    recommendation=_RECOMMENDATION,
                    elements=elements,
                    depends_on=(
                        OpenFact(
                            f"{path}.actor",
                            Wording(de=f"Wer führt {name.de} aus?", en=f"Who performs {name.en}?"),
                        ),
                    ),
                    witness=(node.id,),
                )
            elif node.actor == "none":
                yield Observation(
                    message=Wording(
                        de=f"Für den Schritt {name.de} ist niemand zuständig.",
                        en=f"Nobody is responsible for the step {name.en}.",
                    ),
                    recommendation=_RECOMMENDATION,
                    elements=elements,
                    witness=(node.id,),
                )
            elif node.responsible == "none" and node.kind in ACCOUNTABLE_KINDS:
                actor = computed.names.actor(computed.performer_of[node.id])
                yield Observation(
                    message=Wording(
                        de=f"Den Schritt {name.de} führt aus: {actor.de}; verantwortlich ist dafür niemand.",
                        en=f"The step {name.en} is performed by {actor.en}, but nobody is accountable for it.",
                    ),
                    recommendation=Wording(
                        de="Festlegen, wer die Entscheidung verantwortet, und als „responsible“ eintragen.",
                        en="Settle who is accountable for the decision and state it as 'responsible'.",
                    ),
                    elements=elements,
                    witness=(node.id,),
                )


RULE = Rule(
    id="missing-responsibility",
    codes=("G-01",),
    title=Wording(de="Fehlende Zuständigkeit", en="Missing responsibility"),
    group="responsibility",
    severity="error",
    dimension="binding",
    finds=Wording(
        de="Schritte, für die niemand als ausführende Stelle bekannt ist, und Entscheidungen, Leistungen oder "
        "Dokumente, die niemand verantwortet. Nicht gemeldet werden Ereignisse und Gateways ohne „actor“: Für sie "
        "gilt die Stelle davor.",
        en="Steps that nobody is known to perform, and decisions, benefits or permits that nobody is accountable for. "
        "Not reported: events and gateways without 'actor', which belong to the body before them.",
    ),
    matters=Wording(
        de="Wo niemand zuständig ist, wird die Person weitergeschickt und der Fall bleibt liegen.",
        en="Where nobody is responsible the person is sent on and the case stands still.",
    ),
    resolve=Wording(
        de="Zuständigkeit durch Gesetz, Weisung oder Vereinbarung klären und eintragen.",
        en="Settle responsibility by law, instruction or agreement, and state it.",
    ),
    sources=("LAW:SGB I § 16", "S1-01", "S3-12"),
    sound=example_model(
        """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {type: start, name: Antrag gestellt, actor: person, next: pruefen}
      pruefen:  {name: Antrag prüfen, actor: sozialamt, next: ende}
      ende:     {type: end, name: Antrag geprüft}
    handovers: none
"""
    ),
    broken=example_model(
        """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {type: start, name: Antrag gestellt, actor: person, next: pruefen}
      pruefen:  {name: Antrag prüfen, actor: none, next: ende}
      ende:     {type: end, name: Antrag geprüft}
    handovers: none
"""
    ),
    find=find_missing_responsibility,
)
