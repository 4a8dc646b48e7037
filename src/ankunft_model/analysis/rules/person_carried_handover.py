"""A step depends on what the person alone carries.

What it finds: needs of a step that would become gaps if everything that the person carries (`paper_carried`) and
every document that is shown were left out.

Why it matters: the person becomes the messenger between authorities; if the paper is late, lost or not understood,
the step waits, and with it the benefit or the title.

How to resolve it: let the authority that has the data hand them over, or let the one that needs them retrieve them
where a right to do so exists.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.results import Gap, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, Reason, Severity
from ankunft_model.model import Activity, AnyDocument, ArrivalModel
from ankunft_model.wording import Wording


def find_person_carried_handover(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step and certainty that rests on what the person carries, in the order of the model."""
    for knowledge in computed.knowledge:
        gaps: dict[tuple[str, str], list[Gap]] = {}
        for item in knowledge.items.values():
            for gap in item.carried_gaps:
                gaps.setdefault((gap.node, gap.certainty), []).append(gap)
        order = knowledge.facts.graph.index_of
        for (node, _), found in sorted(gaps.items(), key=lambda entry: (order[entry[0][0]], entry[0][1])):
            yield _observation(computed, knowledge, node, found)


def _observation(computed: Computations, knowledge: ProcessKnowledge, node: str, gaps: list[Gap]) -> Observation:
    model = computed.model
    keys = [gap.key for gap in gaps]
    items = tuple(dict.fromkeys(key.item for key in keys))
    what = computed.names.items(items)
    actor = computed.names.actor(gaps[0].actor)
    name = computed.names.node(node)
    carriers = _carriers(model, node, items)
    through = listed(
        [
            Wording(de=f"„{model.documents[id_].label('de')}“", en=f"“{model.documents[id_].label('en')}”")
            for id_ in carriers
        ]
    )
    sources = _readable(knowledge, node, keys)
    always = all(gap.as_stated == "definite" for gap in gaps)
    carried = Wording(de=f" ({through.de})", en=f" ({through.en})") if carriers else Wording("", "")
    pull = listed([computed.names.knower(id_) for id_ in sources])
    run = gaps[0].run
    return Observation(
        message=Wording(
            de=f"{actor.de} erfährt {what.de} für {name.de} {'nur' if always else 'in manchen Abläufen nur'}, wenn die "
            f"Person die {'Angabe' if len(items) == 1 else 'Angaben'} selbst mitbringt{carried.de}.",
            en=f"{actor.en} learns {what.en} for {name.en} {'only' if always else 'on some runs only'} if the person "
            f"brings {'it' if len(items) == 1 else 'them'} along{carried.en}.",
        ),
        recommendation=Wording(
            de=f"Selbst abrufen statt mitbringen lassen: {pull.de}. Andernfalls Übermittlung vereinbaren.",
            en=f"Retrieve it instead of having it brought along: {pull.en}. Otherwise agree on a transfer.",
        )
        if sources
        else Wording(
            de="Übermittlung durch die Stelle vereinbaren, die die Angabe schon kennt, oder einen Abruf ermöglichen.",
            en="Agree on a transfer by the body that already knows it, or enable retrieval.",
        ),
        elements=(ElementRef("node", node), *(ElementRef("handover", id_) for id_ in _handovers(model, node, items))),
        severity=_severity(model, node),
        certainty=gaps[0].certainty,
        exact=all(gap.exact for gap in gaps),
        limits=knowledge.limits_of(keys),
        depends_on=computed.open_questions(fact for gap in gaps for fact in gap.depends_on),
        data=items,
        because=_rights(model, sources, gaps[0].actor),
        witness=run.witness((node,)),
        full_run=run.ids,
    )


def _rights(model: ArrivalModel, systems: tuple[str, ...], actor: str | None) -> tuple[Reason, ...]:
    """Return the legal bases on which the actor may read the systems."""
    bases = [
        access.legal_basis for id_ in systems for access in model.systems[id_].readers or () if access.actor == actor
    ]
    return tuple(Reason("legal_basis", basis) for basis in dict.fromkeys(bases) if basis is not None)


def _severity(model: ArrivalModel, node: str) -> Severity:
    """It is critical where money depends on it."""
    step = model.nodes[node]
    is_money = isinstance(step, Activity) and (
        step.kind in ("benefit_start", "benefit_pay", "benefit_end") or step.starts or step.entitles
    )
    return "error" if is_money else "warning"


def _carriers(model: ArrivalModel, node: str, items: tuple[str, ...]) -> list[str]:
    """Return the documents shown at the step that print one of the items."""
    step = model.nodes[node]
    found: list[str] = []
    for entry in (step.documents_in or ()) if isinstance(step, Activity) else ():
        for document in entry.any_of if isinstance(entry, AnyDocument) else (entry,):
            printed = {model.canonical(item) for item in model.items_of(model.documents[document].prints or ())}
            if printed & set(items):
                found.append(document)
    return found


def _handovers(model: ArrivalModel, node: str, items: tuple[str, ...]) -> list[str]:
    return [
        handover.id
        for handover in model.handovers.values()
        if handover.to_node == node
        and handover.is_carried_by_person
        and {model.canonical(item) for item in model.items_of(handover.data or ())} & set(items)
    ]


def _readable(knowledge: ProcessKnowledge, node: str, keys: list[ItemKey]) -> tuple[str, ...]:
    """Return the systems that the actor may read for one of the items and that somebody else fills with it."""
    facts = knowledge.facts
    index = facts.graph.index_of[node]
    mask = 0
    for key in keys:
        stored = facts.initial[key]
        for other, fact in facts.by_node[key].items():
            if facts.performers[other] != facts.performers[index]:
                stored |= fact.records | fact.records_if_had
        mask |= facts.by_node[key][index].can_read & stored
    return facts.knowers.names(mask)


_BODY = """\
data:
  decision: {name: Entscheidung, category: residence_status}
documents:
  bescheid: {name: Bescheid, issuer: jobcenter, prints: [decision]}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:      {type: start, name: Antrag gestellt, actor: person, next: entscheiden}
      entscheiden: {name: Entscheiden, actor: jobcenter, produces: [decision], documents_out: [bescheid], next: stoppen}
"""

RULE = Rule(
    id="person-carried-handover",
    codes=("G-13",),
    title=Wording(de="Weitergabe nur durch die Person", en="Person-carried handover"),
    group="channel",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Angaben, die eine Stelle braucht und nur hat, weil die Person Papier mitbringt; kritisch, wenn eine "
        "Leistung daran hängt. Nicht gemeldet wird, was die Stelle auch auf anderem Weg erfährt.",
        en="Data that a body needs and has only because the person brings paper along; an error where a benefit "
        "depends on it. Not reported: what the body also learns in another way.",
    ),
    matters=Wording(
        de="Die Person wird zum Boten zwischen Behörden: Kommt das Papier spät oder gar nicht, steht der Fall still.",
        en="The person becomes the messenger between authorities: if the paper is late or lost, the case stands still.",
    ),
    resolve=Wording(
        de="Übermittlung vereinbaren oder Abruf ermöglichen; das Papier bleibt Ergänzung.",
        en="Agree on a transfer or enable retrieval; paper remains a supplement.",
    ),
    sources=("S1-07", "W:br.de 6/2022"),
    sound=example_model(
        _BODY
        + """\
      stoppen:     {name: Leistung einstellen, actor: sozialamt, needs: [decision], next: ende}
      ende:        {type: end, name: Eingestellt}
    handovers:
      - {id: h1, from: entscheiden, to: stoppen, channel: interface_xoev, data: [decision]}
"""
    ),
    broken=example_model(
        _BODY
        + """\
      stoppen:     {name: Leistung einstellen, actor: sozialamt, needs: [decision], documents_in: [bescheid], next: ende}
      ende:        {type: end, name: Eingestellt}
    handovers: none
"""
    ),
    find=find_person_carried_handover,
)
