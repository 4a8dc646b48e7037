"""A step asks the person for what an authority or a system already knows.

What it finds: collections of a datum that, on some run, a knower (an actor other than the person, or a system)
already knows or holds before; graded by who it is.

Why it matters: this is the place where asking could stop, and the message says what it takes.

How to resolve it: look it up where a right to do so exists, agree on a handover, or only have it confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.results import AvoidableCollection, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import bases_allowing
from ankunft_model.findings import ElementRef, Reason, Severity
from ankunft_model.graph.limits import Limit
from ankunft_model.model import Activity, ArrivalModel, LegalBasis
from ankunft_model.wording import Wording


def find_avoidable_collection(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per data item and step, in the order of items, then of steps."""
    for knowledge in computed.knowledge:
        for item in knowledge.items.values():
            for found in item.avoidable:
                yield _observation(computed, found, item.limits, _first_source(knowledge, found))


def _observation(
    computed: Computations, found: AvoidableCollection, limits: tuple[Limit, ...], source: str | None
) -> Observation:
    names = computed.names
    model = computed.model
    actor, what, step = (
        names.actor(found.actor),
        names.item_about(found.key.item, found.key.member),
        names.node(found.node),
    )
    demanded_by = _justification(model, found)
    because = () if demanded_by is None else (Reason("legal_basis", demanded_by),)
    justified = (
        Wording("", "")
        if demanded_by is None
        else Wording(
            de=f" Vorgeschrieben durch {names.legal_basis(demanded_by).de}.",
            en=f" Demanded by {names.legal_basis(demanded_by).en}.",
        )
    )
    message = _message(computed, found, actor, what, step, source)
    return Observation(
        message=Wording(de=message.de + justified.de, en=message.en + justified.en),
        recommendation=_recommendation(computed, found, actor),
        elements=(ElementRef("node", found.node), ElementRef("data", found.key.item), *about_member(found.key)),
        severity=_severity(found, is_justified=demanded_by is not None),
        certainty=found.certainty,
        exact=found.exact,
        limits=limits,
        depends_on=computed.open_questions(found.depends_on),
        data=(found.key.item,),
        witness=found.run.witness(id_ for id_ in (source, found.node) if id_ is not None),
        full_run=found.run.ids,
        because=because + _reading_rights(model, found) + _transfer_bases(model, found),
    )


def _message(
    computed: Computations,
    found: AvoidableCollection,
    actor: Wording,
    what: Wording,
    step: Wording,
    source: str | None,
) -> Wording:
    perhaps = (
        Wording("", "")
        if found.grade_certainty == "definite"
        else Wording(de="in manchen Abläufen ", en="on some runs ")
    )
    since = _since(computed, source)
    if found.grade == "same_actor":
        return Wording(
            de=f"{actor.de} fragt {what.de} bei {step.de} erneut ab, obwohl die Angabe dort {perhaps.de}schon"
            f"{since.de} bekannt ist.",
            en=f"{actor.en} asks for {what.en} again at {step.en} although it {perhaps.en}already knows it{since.en}.",
        )
    if found.grade == "readable":
        systems = listed([computed.names.knower(id_) for id_ in found.readable_from])
        return Wording(
            de=f"{actor.de} fragt {what.de} bei {step.de} ab, obwohl die Angabe {perhaps.de}abrufbar ist: {systems.de}.",
            en=f"{actor.en} asks for {what.en} at {step.en} although it could {perhaps.en}look it up: {systems.en}.",
        )
    who = listed([computed.names.knower(id_) for id_ in found.known_to])
    one = len(found.known_to) == 1
    allowing = _allowing(computed.model, found)
    bases = (
        listed([Wording(f"{basis.cite} (zu prüfen)", f"{basis.cite} (to be examined)") for basis in allowing])
        if allowing
        else Wording("nicht angegeben", "none stated")
    )
    return Wording(
        de=f"{actor.de} fragt {what.de} bei {step.de} erneut ab, obwohl {who.de} die Angabe {perhaps.de}schon"
        f"{since.de} {'kennt' if one else 'kennen'}. Rechtsgrundlage für eine Übermittlung: {bases.de}.",
        en=f"{actor.en} asks for {what.en} again at {step.en} although {who.en} {perhaps.en}already "
        f"{'knows' if one else 'know'} it{since.en}. Legal basis of a transfer: {bases.en}.",
    )


def _since(computed: Computations, step: str | None) -> Wording:
    if step is None:
        return Wording("", "")
    name = computed.names.node(step)
    return Wording(de=f" seit {name.de}", en=f" since {name.en}")


def _recommendation(computed: Computations, found: AvoidableCollection, actor: Wording) -> Wording:
    if found.grade == "same_actor":
        return Wording(
            de=f"{actor.de} nutzt die eigene Akte und lässt die Angabe nur bestätigen.",
            en=f"{actor.en} uses its own file and only has the datum confirmed.",
        )
    if found.grade == "readable":
        systems = listed([computed.names.knower(id_) for id_ in found.readable_from])
        return Wording(
            de=f"Abruf aus {systems.de} statt Abfrage bei der Person; Angabe nur bestätigen lassen.",
            en=f"Retrieve it from {systems.en} instead of asking the person; only have it confirmed.",
        )
    who = computed.names.knower(found.known_to[0])
    if _allowing(computed.model, found):
        return Wording(
            de=f"Übermittlung durch {who.de} vereinbaren; die Angabe nur bestätigen lassen.",
            en=f"Agree on a transfer by {who.en}; only have the datum confirmed.",
        )
    return Wording(
        de=f"Übermittlung durch {who.de} mit Einwilligung vereinbaren.",
        en=f"Agree on a transfer by {who.en} with consent.",
    )


def _allowing(model: ArrivalModel, found: AvoidableCollection) -> tuple[LegalBasis, ...]:
    """Return the legal bases of the model on which the asking actor may receive the datum."""
    return () if found.actor not in model.actors else bases_allowing(model, found.actor or "", (found.key.item,))


def _severity(found: AvoidableCollection, *, is_justified: bool) -> Severity:
    if is_justified:
        return "info"
    return "hint" if found.grade == "known_elsewhere" else "warning"


def _justification(model: ArrivalModel, found: AvoidableCollection) -> str | None:
    """Return the legal basis that demands asking again, if the step names one for the item."""
    step = model.nodes[found.node]
    for entry in (step.collects or ()) if isinstance(step, Activity) else ():
        is_meant = found.key.item in {model.canonical(item) for item in model.items_of((entry.item,))}
        if is_meant and entry.justified_by not in (None, "none"):
            return entry.justified_by
    return None


def _reading_rights(model: ArrivalModel, found: AvoidableCollection) -> tuple[Reason, ...]:
    bases: dict[str, None] = {}
    for id_ in found.readable_from:
        for access in model.systems[id_].readers or ():
            if access.actor == found.actor and access.legal_basis is not None:
                bases.setdefault(access.legal_basis)
    return tuple(Reason("legal_basis", basis) for basis in bases)


def _transfer_bases(model: ArrivalModel, found: AvoidableCollection) -> tuple[Reason, ...]:
    if found.grade != "known_elsewhere":
        return ()
    return tuple(Reason("legal_basis", basis.id) for basis in _allowing(model, found))


def _first_source(knowledge: ProcessKnowledge, found: AvoidableCollection) -> str | None:
    """Return the first step of the run that asked for the item or created it; for the same actor, one of its own."""
    facts = knowledge.facts
    gaining = facts.by_node[found.key]
    for node in found.run.nodes[:-1]:
        fact = gaining.get(node)
        if fact is None or not (fact.is_collected or fact.is_produced):
            continue
        if found.grade != "same_actor" or facts.performers[node] == found.actor:
            return facts.graph.nodes[node].id
    return None


_BODY = """\
systems:
  akte: {name: Fachverfahren, operated_by: sozialamt, readers: [sozialamt], holds: none}
data:
  bank_account: {name: Bankverbindung, category: financial}
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {type: start, name: Antrag gestellt, actor: person, next: aufnehmen}
      aufnehmen:
        name: Antrag aufnehmen
        actor: sozialamt
        collects: [bank_account]
        records_in: [akte]
        next: zahlen
"""

RULE = Rule(
    id="avoidable-collection",
    codes=("D-02", "D-13"),
    title=Wording(de="Vermeidbare Erhebung", en="Avoidable collection"),
    group="data",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Abfragen bei der Person, obwohl eine Stelle oder ein Verfahren die Angabe schon kennt: dieselbe Stelle "
        "(beachten), ein Verfahren, in dem die Stelle nachsehen darf (beachten), oder andere Stellen (Hinweis). Eine "
        "Vorschrift, die das erneute Fragen verlangt, senkt auf „Information“. Nicht gemeldet werden Angaben, die jedes "
        "Mal neu gegeben werden müssen (reusable: false), und erste Abfragen.",
        en="Questions to the person although a body or a system already knows: the same body (warning), a system in "
        "which the body may look it up (warning), or others (hint). A provision that demands asking again lowers it to "
        "info. Not reported: data that must be given anew each time (reusable: false), and first questions.",
    ),
    matters=Wording(
        de="Hier kann das wiederholte Fragen aufhören, und der Befund sagt, was dafür fehlt.",
        en="This is where asking again can stop, and the finding says what it takes.",
    ),
    resolve=Wording(
        de="Nachsehen, übermitteln lassen oder nur bestätigen lassen.",
        en="Look it up, have it transferred, or only have it confirmed.",
    ),
    sources=("LAW:AZRG §§ 18a–18e", "S1-07", "W:bosch-stiftung.de"),
    sound=example_model(
        _BODY
        + """\
      zahlen:   {name: Auszahlen, actor: sozialamt, needs: [bank_account], next: ende}
      ende:     {type: end, name: Ausgezahlt}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      zahlen:   {name: Auszahlen, actor: jobcenter, collects: [bank_account], next: ende}
      ende:     {type: end, name: Ausgezahlt}
    handovers: none
"""
    ),
    find=find_avoidable_collection,
)
