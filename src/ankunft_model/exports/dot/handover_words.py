"""What a handover is called in a graph: its channels, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from ankunft_model.model import ArrivalModel, Handover
from ankunft_model.registries.vocabularies import vocabulary
from ankunft_model.wording import Language, Wording

HandoverKind: TypeAlias = Literal["passed", "carried", "nothing"]
"""Passed by institutions; carried by the person alone; nothing passes although something ought to."""

CARRIED = Wording(de="trägt die Person", en="carried by the person")
NOTHING = Wording(de="nichts wird übergeben", en="nothing is handed over")
NO_AGREEMENT = Wording(de="ohne Vereinbarung", en="no agreement")
AGREEMENT_UNKNOWN = Wording(de="Vereinbarung unbekannt", en="agreement unknown")
NO_BASIS = Wording(de="ohne Rechtsgrundlage", en="no legal basis")
BASIS_UNKNOWN = Wording(de="Rechtsgrundlage unbekannt", en="legal basis unknown")
CHANNEL_UNKNOWN = Wording(de="Weg unbekannt", en="channel unknown")


def kind_of(handover: Handover) -> HandoverKind:
    """Return which of the three kinds of lines stands for the handover."""
    if handover.channel == ():
        return "nothing"
    return "carried" if handover.is_carried_by_person else "passed"


def channel_words(handovers: Iterable[Handover], language: Language) -> tuple[str, ...]:
    """Return the names of the channels without what stands in brackets, each once, in order of first mention."""
    names = vocabulary("channels")
    found: dict[str, None] = {}
    for handover in handovers:
        if handover.channel is None:
            found.setdefault(CHANNEL_UNKNOWN.in_language(language))
        for channel in handover.channel or ():
            found.setdefault(names[channel].label(language).split(" (")[0])
    return tuple(found)


def lacks(model: ArrivalModel, handovers: Iterable[Handover]) -> tuple[tuple[Wording, ...], bool]:
    """Return what is missing or unknown at any of the handovers, and whether something is known to be missing.

    Agreements count also where only they name the handover.
    """
    missing: dict[Wording, None] = {}
    unknown: dict[Wording, None] = {}
    covered = {id_ for agreement in model.agreements.values() for id_ in agreement.covers or ()}
    for handover in handovers:
        if handover.id not in covered:
            if handover.agreement == "none":
                missing.setdefault(NO_AGREEMENT)
            elif handover.agreement is None:
                unknown.setdefault(AGREEMENT_UNKNOWN)
        if handover.legal_basis == ():
            missing.setdefault(NO_BASIS)
        elif handover.legal_basis is None:
            unknown.setdefault(BASIS_UNKNOWN)
    return (*missing, *unknown), bool(missing)
