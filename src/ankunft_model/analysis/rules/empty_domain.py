"""A process names a field of action in which it has no step.

What it finds: processes whose own field of action (`domain`) none of their steps belongs to.

Why it matters: the field counts as covered although nothing happens in it.

How to resolve it: model the steps of the field, or name the one that the process is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, Process
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Wording


def find_empty_domain(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per process, in the order of the model."""
    domains = vocabulary("domains")
    for process in computed.model.processes.values():
        if process.domain is None or _has_step(process, {process.domain, *_parts(process.domain)}):
            continue
        field = domains[process.domain]
        yield Observation(
            message=Wording(
                de=f"„{process.label('de')}“ gehört zum Handlungsfeld „{field.label('de')}“, hat dort aber keinen Schritt.",
                en=f"“{process.label('en')}” belongs to the field “{field.label('en')}” but has no step in it.",
            ),
            recommendation=Wording(
                de="Die Schritte des Handlungsfelds ergänzen, oder das Feld nennen, um das es im Ablauf geht.",
                en="Add the steps of the field, or name the field that the process is about.",
            ),
            elements=(ElementRef("process", process.id),),
            witness=tuple(node.id for node in process.start_events),
        )


def _parts(domain: str) -> tuple[str, ...]:
    """Return the narrower fields that belong to a field."""
    return tuple(word.id for word in vocabulary("domains").values() if word.part_of == domain)


def _has_step(process: Process, domains: set[str]) -> bool:
    return any(isinstance(node, Activity) and (node.domain or process.domain) in domains for node in process.all_nodes)


_BODY = """\
processes:
  lernen:
    name: Sprache lernen
    domain: language
    nodes:
      beginn: {type: start, name: Angekommen, actor: person, next: melden}
      melden: {name: Bedarf aufnehmen, actor: sozialamt, domain: counselling, next: kurs}
"""

RULE = Rule(
    id="empty-domain",
    codes=("G-27",),
    title=Wording(de="Handlungsfeld ohne Schritt", en="Empty domain"),
    group="access",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Abläufe, die ein Handlungsfeld nennen, zu dem keiner ihrer Schritte gehört. Nicht gemeldet werden "
        "Handlungsfelder, die kein Ablauf nennt, und solche, in deren engerem Feld es einen Schritt gibt.",
        en="Processes that name a field of action to which none of their steps belongs. Not reported: fields that no "
        "process names, and fields in whose narrower field there is a step.",
    ),
    matters=Wording(
        de="Das Feld gilt als bearbeitet, obwohl darin nichts geschieht.",
        en="The field counts as covered although nothing happens in it.",
    ),
    resolve=Wording(
        de="Schritte ergänzen oder das Handlungsfeld berichtigen.",
        en="Add steps, or correct the field.",
    ),
    sources=("G-27", "S0-06"),
    sound=example_model(
        _BODY
        + """\
      kurs:   {name: Sprachkurs besuchen, actor: jobcenter, next: ende}
      ende:   {type: end, name: Kurs besucht}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      kurs:   {name: Auf den Kurs verweisen, actor: jobcenter, domain: counselling, next: ende}
      ende:   {type: end, name: Verwiesen}
    handovers: none
"""
    ),
    find=find_empty_domain,
)
