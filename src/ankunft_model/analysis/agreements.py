"""Agreements between institutions, whatever handover they cover."""

from __future__ import annotations

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.transfers import agreement_of, institution_of
from ankunft_model.findings import OpenFact
from ankunft_model.model import ArrivalModel, Handover
from ankunft_model.wording import Wording


def are_parties(model: ArrivalModel, one: str, other: str) -> bool:
    """Return whether an agreement of the model has both actors, or units above them, among its parties."""
    return any(
        _units(model, one) & set(agreement.parties) and _units(model, other) & set(agreement.parties)
        for agreement in model.agreements.values()
    )


def _units(model: ArrivalModel, actor: str) -> set[str]:
    """Return the actor and the units above it."""
    found = {actor}
    while (above := model.actors[actor].part_of) is not None:
        actor = above
        found.add(actor)
    return found


def handovers_between(computed: Computations, one: str, other: str) -> tuple[Handover, ...]:
    """Return the handovers between the institutions of two actors that neither the person carries nor are `none`."""
    model = computed.model
    pair = {institution_of(model, one), institution_of(model, other)}
    found: list[Handover] = []
    for handover in model.handovers.values():
        sender, receiver = computed.sender(handover), computed.receiver(handover)
        if sender is None or receiver is None or handover.is_carried_by_person or handover.channel == ():
            continue
        if {institution_of(model, sender), institution_of(model, receiver)} == pair:
            found.append(handover)
    return tuple(found)


def have_agreed(computed: Computations, one: str, other: str) -> bool:
    """Return whether two actors have an agreement: one between them, or one for a handover between them."""
    model = computed.model
    return are_parties(model, one, other) or any(
        agreement_of(model, handover) is not None for handover in handovers_between(computed, one, other)
    )


def open_agreements(computed: Computations, one: str, other: str) -> tuple[OpenFact, ...]:
    """Return the questions that could show an agreement between two actors; none if it is known that there is none."""
    model = computed.model
    who, whom = computed.names.actor(one), computed.names.actor(other)
    question = Wording(
        de=f"Gibt es eine Vereinbarung zwischen {who.de} und {whom.de}?",
        en=f"Is there an agreement between {who.en} and {whom.en}?",
    )
    handovers = handovers_between(computed, one, other)
    found = [
        OpenFact(f"processes.{process.id}.handovers.{handover.id}.agreement", question)
        for process in model.processes.values()
        for handover in process.handovers or ()
        if handover in handovers and handover.agreement is None
    ]
    if not handovers and not model.agreements.is_stated:
        found.append(OpenFact("agreements", question))
    return tuple(found)
