"""A form asks for standard fields that a system could fill in.

What it finds: steps that ask for data with a FIM id (fields of the federal building kit for forms) which, at that
moment on some run, stand in a system that the asking body may read.

Why it matters: filled in, the person only checks; fields with a FIM id mean the same in every form.

How to resolve it: fill the fields in from the system and have them confirmed (`confirms`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.results import AvoidableCollection, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, Reason
from ankunft_model.wording import Wording


def find_prefill_possible(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step and member, in the order of the model."""
    for knowledge in computed.knowledge:
        found: dict[tuple[str, str], list[AvoidableCollection]] = {}
        for item in knowledge.items.values():
            for avoidable in item.avoidable:
                if avoidable.readable_from and computed.model.data[item.key.item].fim_id is not None:
                    found.setdefault((avoidable.node, item.key.member), []).append(avoidable)
        index_of = knowledge.facts.graph.index_of
        for (node, _), fields in sorted(found.items(), key=lambda entry: (index_of[entry[0][0]], entry[0][1])):
            yield _observation(computed, knowledge, node, fields)


def _observation(
    computed: Computations, knowledge: ProcessKnowledge, node: str, fields: list[AvoidableCollection]
) -> Observation:
    names, model = computed.names, computed.model
    items = tuple(dict.fromkeys(field.key.item for field in fields))
    systems = tuple(id_ for id_ in model.systems if any(id_ in field.readable_from for field in fields))
    actor, step, what = names.actor(fields[0].actor), names.node(node), names.items(items)
    where = listed([names.knower(id_) for id_ in systems])
    about = names.about(fields[0].key.member)
    bases = dict.fromkeys(
        access.legal_basis
        for id_ in systems
        for access in model.systems[id_].readers or ()
        if access.actor == fields[0].actor and access.legal_basis is not None
    )
    run = fields[0].run
    return Observation(
        message=Wording(
            de=f"{actor.de} kann bei {step.de} {what.de}{about.de} vorausfüllen: {where.de}.",
            en=f"{actor.en} can fill in {what.en}{about.en} in advance at {step.en}: {where.en}.",
        ),
        recommendation=Wording(
            de="Die Felder aus dem System vorausfüllen und von der Person nur prüfen lassen.",
            en="Fill the fields in from the system and let the person only check them.",
        ),
        elements=(
            ElementRef("node", node),
            *(ElementRef("system", id_) for id_ in systems),
            *about_member(fields[0].key),
        ),
        certainty="definite" if any(_is_always_there(field) for field in fields) else "possible",
        exact=all(field.exact for field in fields),
        limits=knowledge.limits_of(field.key for field in fields),
        data=items,
        because=tuple(Reason("legal_basis", basis) for basis in bases),
        witness=run.witness((node,)),
        full_run=run.ids,
    )


def _is_always_there(field: AvoidableCollection) -> bool:
    """Return whether the field can be filled in on every run."""
    return field.grade == "readable" and field.grade_certainty == "definite"


_BODY = """\
systems:
  register: {name: Register, operated_by: sozialamt, kind: register, readers: [sozialamt, jobcenter], holds: [family_name]}
"""

_REST = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: aufnehmen}
      aufnehmen: {name: Antrag aufnehmen, actor: jobcenter, collects: [family_name], next: ende}
      ende:      {type: end, name: Aufgenommen}
    handovers: none
"""

RULE = Rule(
    id="prefill-possible",
    codes=("D-07",),
    title=Wording(de="Vorausfüllen möglich", en="Prefill possible"),
    group="data",
    severity="info",
    dimension="fitting",
    finds=Wording(
        de="Schritte, die nach Angaben mit FIM-Kennung fragen, die zu diesem Zeitpunkt in einem System stehen, das die "
        "fragende Stelle lesen darf, auch wenn sie das Recht noch nicht nutzt. Nicht gemeldet werden Angaben ohne "
        "FIM-Kennung, Systeme ohne Leserecht und Angaben, die jedes Mal neu zu geben sind.",
        en="Steps that ask for data with a FIM id which at that moment stand in a system that the asking body may read, "
        "even if it does not use that right yet. Not reported: data without a FIM id, systems without a right to read, "
        "and data to be given anew each time.",
    ),
    matters=Wording(
        de="Vorausgefüllt prüft die Person nur noch; Felder mit FIM-Kennung bedeuten in jedem Formular dasselbe.",
        en="Filled in, the person only checks; fields with a FIM id mean the same in every form.",
    ),
    resolve=Wording(
        de="Aus dem System vorausfüllen, prüfen lassen.",
        en="Fill in from the system, have it checked.",
    ),
    sources=("D-07", "FIM XDatenfelder 3"),
    sound=example_model("data:\n  family_name: {name: Familienname, category: identity}\n" + _BODY + _REST),
    broken=example_model(
        "data:\n  family_name: {name: Familienname, category: identity, fim_id: F60000227}\n" + _BODY + _REST
    ),
    find=find_prefill_possible,
)
