"""Open facts of the model as questions to ask somebody, with the place where the answer is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ankunft_model.analysis.elements import node_path
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.naming import Names
from ankunft_model.findings import OpenFact
from ankunft_model.model import ArrivalModel, Handover
from ankunft_model.wording import Wording


def open_questions(
    model: ArrivalModel, names: Names, facts: Iterable[UnknownFact], sender: Callable[[Handover], str | None]
) -> tuple[OpenFact, ...]:
    """Return the question for each open fact, in their order, each once; `sender` tells who hands over."""
    return tuple(OpenFact(_path(model, fact), _question(model, names, fact, sender)) for fact in dict.fromkeys(facts))


def _path(model: ArrivalModel, fact: UnknownFact) -> str:
    if fact.kind == "actor":
        return node_path(model, fact.id, "actor")
    if fact.kind == "retrieval":
        return node_path(model, fact.id, "retrieves")
    if fact.kind == "handover":
        process = next(
            process.id
            for process in model.processes.values()
            if any(handover.id == fact.id for handover in process.handovers or ())
        )
        return f"processes.{process}.handovers.{fact.id}.data"
    if fact.kind in ("prints", "held"):
        return f"documents.{fact.id}.{'prints' if fact.kind == 'prints' else 'held_at_start'}"
    return f"systems.{fact.id}.{fact.kind}"


def _question(
    model: ArrivalModel, names: Names, fact: UnknownFact, sender: Callable[[Handover], str | None]
) -> Wording:
    if fact.kind == "handover":
        who = names.actor(sender(model.handovers[fact.id]))
        return Wording(de=f"Welche Angaben gibt {who.de} weiter?", en=f"Which data does {who.en} pass on?")
    if fact.kind in ("actor", "retrieval"):
        node = names.node(fact.id)
        if fact.kind == "actor":
            return Wording(de=f"Wer führt {node.de} aus?", en=f"Who performs {node.en}?")
        return Wording(de=f"Was wird bei {node.de} abgerufen?", en=f"What is looked up at {node.en}?")
    if fact.kind in ("prints", "held"):
        document = model.documents[fact.id]
        if fact.kind == "held":
            return Wording(
                de=f"Hat die Person „{document.label('de')}“ schon, wenn der Ablauf beginnt?",
                en=f"Does the person already have “{document.label('en')}” when the run begins?",
            )
        return Wording(
            de=f"Was steht auf dem Dokument „{document.label('de')}“?",
            en=f"What does the document “{document.label('en')}” say?",
        )
    system = names.knower(fact.id)
    if fact.kind == "readers":
        return Wording(de=f"Wer darf {system.de} lesen?", en=f"Who may read {system.en}?")
    return Wording(
        de=f"Was steht zu Beginn über die Person in {system.de}?",
        en=f"What does {system.en} hold about the person at the beginning?",
    )
