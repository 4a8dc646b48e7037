"""Suggestions in words for case workers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ankunft_model.analysis.naming import Names, listed
from ankunft_model.analysis.suggestions.candidates import Way
from ankunft_model.analysis.suggestions.law import is_proven
from ankunft_model.analysis.suggestions.results import Lawfulness, OpenReason
from ankunft_model.model import Agreement, ArrivalModel, LegalBasis
from ankunft_model.wording import Wording

_EXPLICIT: Final = Wording(
    de=" Bei besonderen Kategorien muss sie ausdrücklich sein (Art. 9 Abs. 2 Buchst. a DSGVO).",
    en=" For special categories it has to be explicit (Art. 9 (2) (a) GDPR).",
)


def text_of_own_file(names: Names, step: str, actor: str, items: Sequence[str]) -> Wording:
    """Return that a step need not ask, because the body has the data."""
    who, what, where = names.actor(actor), names.items(items), names.node(step)
    return Wording(
        de=f"{who.de} hat {what.de} bei {where.de} schon: nicht mehr abfragen, nur bestätigen lassen.",
        en=f"{who.en} already has {what.en} at {where.en}: do not ask any more, only have it confirmed.",
    )


def law_of_own_file(*, is_unclear: bool) -> Wording:
    """Return what using what a body already has rests on."""
    if is_unclear:
        return Wording(
            de="Die Stelle hat die Angabe nur durch eine Übermittlung, von der nicht angegeben ist, worauf sie beruht: "
            "vor der Umsetzung klären.",
            en="The body has it only by a transfer of which nobody said what it rests on: settle it before doing this.",
        )
    return Wording(
        de="Die Stelle hat die Angabe schon; es wird nichts zusätzlich übermittelt.",
        en="The body has it already; nothing is transferred in addition.",
    )


def text_of_way(names: Names, way: Way, items: Sequence[str], asking: Sequence[str], lacking: Sequence[str]) -> Wording:
    """Return what a way is, and at which steps it spares questions or closes gaps."""
    who, what = names.actor(way.receiver), names.items(items)
    if way.kind == "retrieval":
        where, system = names.node(way.place[0]), names.quoted(names.knower(way.place[1]))
        told = Wording(
            de=f"{who.de} ruft bei {where.de} {what.de} aus {system.de} ab.",
            en=f"{who.en} looks up {what.en} in {system.en} at {where.en}.",
        )
        if way.access is not None:
            told = Wording(
                de=f"{told.de} Dafür das Leserecht einrichten.", en=f"{told.en} Set up the right to read for it."
            )
    elif way.kind == "extended_handover":
        sender, from_ = names.actor(way.sender), names.node(way.place[1])
        told = Wording(
            de=f"{sender.de} gibt {who.de} nach {from_.de} auch {what.de} mit (Übergabe {way.place[0]}).",
            en=f"{sender.en} also passes {what.en} to {who.en} after {from_.en} (handover {way.place[0]}).",
        )
    else:
        sender, from_ = names.actor(way.sender), names.node(way.place[0])
        told = Wording(
            de=f"{sender.de} gibt {what.de} nach {from_.de} an {who.de} weiter.",
            en=f"{sender.en} passes {what.en} on to {who.en} after {from_.en}.",
        )
    return Wording(
        de=told.de + _effect(names, asking, lacking).de,
        en=told.en + _effect(names, asking, lacking).en,
    )


def text_of_wider_consent(names: Names, consent: str, items: Sequence[str]) -> Wording:
    """Return which consent of the model has to cover more data."""
    which, what = names.consent(consent), names.items(items)
    return Wording(
        de=f"Die Einwilligung {which.de} muss dafür auch {what.de} umfassen.",
        en=f"The consent {which.en} has to cover {what.en}, too.",
    )


def _effect(names: Names, asking: Sequence[str], lacking: Sequence[str]) -> Wording:
    de = en = ""
    if asking:
        where = listed([names.node(step) for step in asking])
        de += f" Nicht mehr gefragt, nur bestätigt wird bei {where.de}."
        en += f" Not asked any more but only confirmed at {where.en}."
    if lacking:
        where = listed([names.node(step) for step in lacking])
        de += f" Nicht mehr fehlen wird es bei {where.de}."
        en += f" No longer missing at {where.en}."
    return Wording(de, en)


def law_in_words(
    names: Names, lawfulness: Lawfulness, bases: Sequence[LegalBasis], agreements: Sequence[Agreement]
) -> Wording:
    """Return what a suggestion rests on, with sources."""
    cited = listed([_cited(basis) for basis in bases])
    told = {
        "same_body": Wording(
            de="Die Angabe bleibt in derselben Stelle; es wird nichts übermittelt.",
            en="The data stay within the same body; nothing is transferred.",
        ),
        "legal_basis": Wording(de=f"Rechtsgrundlage: {cited.de}.", en=f"Legal basis: {cited.en}."),
        "to_be_examined": Wording(
            de=f"In Frage kommt nach dem Modell: {cited.de}; ob die Vorschrift diese Übermittlung trägt, ist zu "
            "prüfen.",
            en=f"By what the model says this comes into question: {cited.en}; whether it carries this transfer is "
            "to be examined.",
        ),
        "consent": Wording(
            de="Eine Rechtsgrundlage ist nicht bekannt: nur mit Einwilligung der Person.",
            en="No legal basis is known: only with the person's consent.",
        ),
        "unknown": Wording(
            de="Worauf die Übermittlung beruht, ist nicht angegeben: vor der Umsetzung klären.",
            en="What the transfer rests on is not stated: settle it before doing this.",
        ),
    }[lawfulness]
    if agreements:
        which = listed([names.quoted(Wording(one.label("de"), one.label("en"))) for one in agreements])
        told = Wording(de=f"{told.de} Vereinbarung: {which.de}.", en=f"{told.en} Agreement: {which.en}.")
    return told


def _cited(basis: LegalBasis) -> Wording:
    source = ", ".join(basis.source or ())
    if source and not is_proven(basis):
        return Wording(
            de=f"{basis.cite} (Quelle: {source}, noch zu belegen)", en=f"{basis.cite} (source: {source}, to be proven)"
        )
    return Wording(
        basis.cite + (f" (Quelle: {source})" if source else ""), basis.cite + (f" (source: {source})" if source else "")
    )


def condition_of_consent(
    model: ArrivalModel, names: Names, where: Sequence[str], asking: Sequence[str], items: Sequence[str]
) -> Wording:
    """Return what holds only with consent, and what happens without."""
    given = listed([names.node(step) for step in where])
    steps = listed([names.node(step) for step in asking])
    told = Wording(
        de=f"Gilt, wenn die Person einwilligt; zu fragen ist bei {given.de}.",
        en=f"Holds if the person consents; ask at {given.en}.",
    )
    if asking:
        told = Wording(
            de=f"{told.de} Ohne Einwilligung wird bei {steps.de} gefragt wie bisher.",
            en=f"{told.en} Without consent, {steps.en} asks as before.",
        )
    if any(model.data[item].is_special for item in items):
        told = Wording(told.de + _EXPLICIT.de, told.en + _EXPLICIT.en)
    return told


def text_of_open(names: Names, reason: OpenReason, step: str, items: Sequence[str], *, is_question: bool) -> Wording:
    """Return why nothing is suggested for a finding; without items it is about a document."""
    where = names.node(step)
    what = names.items(items) if items else Wording("Ein Dokument", "A document")
    one = len(items) < 2
    why = {
        "demanded_by_law": Wording(
            de="eine Vorschrift verlangt, hier erneut zu fragen", en="a provision demands asking again here"
        ),
        "document": Wording(
            de="es fehlt ein Dokument; es ist früher auszustellen, durch ein anderes zu ersetzen oder entbehrlich",
            en="a document is missing; issue it earlier, accept another one, or do without",
        ),
        "nobody_named": Wording(
            de="das Modell nennt keine Stelle, die den Schritt ausführt", en="the model names no body that performs it"
        ),
        "nobody_knows": Wording(
            de="niemand kennt sie vorher; bei der Person zu erfragen oder entbehrlich",
            en="nobody knows it before; ask the person for it, or do without",
        ),
        "not_on_every_run": Wording(
            de="nicht in jedem Ablauf kennt sie vorher jemand; erst nachsehen, sonst die Person fragen",
            en="not on every run does somebody know it before; look first, else ask the person",
        ),
        "no_way": Wording(
            de="wer sie kennt, hat sicher vorher keinen Schritt, von dem aus er sie weitergeben könnte",
            en="those who know it have no step for certain before from which they could pass it on",
        ),
        "opens_a_gap": Wording(
            de="ohne diese Frage fehlte die Angabe an anderer Stelle",
            en="without this question it would be missing elsewhere",
        ),
        "only_carried": Wording(
            de="die Stelle kennt sie nur aus dem, was die Person vorlegt; von dort übernehmen statt fragen",
            en="the body knows it only from what the person brings; take it from there instead of asking",
        ),
        "limit": Wording(de="eine Grenze der Berechnung wurde erreicht", en="a limit of the computation was reached"),
    }[reason]
    if is_question:
        return Wording(
            de=f"{where.de} fragt weiter nach {what.de}: {why.de}.",
            en=f"{where.en} still asks for {what.en}: {why.en}.",
        )
    return Wording(
        de=f"Bei {where.de} {'fehlt' if one else 'fehlen'} weiter {what.de}: {why.de}.",
        en=f"At {where.en} {what.en} {'is' if one else 'are'} still missing: {why.en}.",
    )
