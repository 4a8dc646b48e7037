"""A step needs a datum or a document that its actor does not have on some run.

What it finds: needs of a step that, on some run, its actor neither knows, nor can read, nor asks for, nor is shown;
and documents that have to be shown although nobody issued them on the run.

Why it matters: the step waits, or decides on wrong or old information.

How to resolve it: collect it, hand it over, give the right to read it, or issue the document in time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.documents import MissingDocument, find_missing_documents
from ankunft_model.analysis.elements import about_member, listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.results import Gap, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef, Severity
from ankunft_model.graph.limits import in_order
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_needed_but_unavailable(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per item and step, in the order of items and steps; then the missing documents.

    A document that comes too late is reported per step, one that no step issues once with all its steps.
    """
    for knowledge in computed.knowledge:
        for item in knowledge.items.values():
            for gap in item.gaps:
                yield _missing_item(computed, knowledge, gap)
    for runs in computed.runs:
        unissued: dict[tuple[str, ...], list[MissingDocument]] = {}
        for missing in find_missing_documents(computed.model, runs):
            if missing.is_issued:
                yield _missing_document(computed, [missing])
            else:
                unissued.setdefault(missing.documents, []).append(missing)
        for demands in unissued.values():
            yield _missing_document(computed, demands)


def _missing_item(computed: Computations, knowledge: ProcessKnowledge, gap: Gap) -> Observation:
    names = computed.names
    actor, what, step = names.actor(gap.actor), names.item_about(gap.key.item, gap.key.member), names.node(gap.node)
    how_often = _how_often(gap)
    knowers = _other_knowers(knowledge, gap)
    elsewhere = listed([names.knower(id_) for id_ in knowers])
    return Observation(
        message=Wording(
            de=f"{actor.de} braucht {what.de} für {step.de}, hat die Angabe aber {how_often.de}.",
            en=f"{actor.en} needs {what.en} for {step.en} but {how_often.en}.",
        ),
        recommendation=Wording(
            de=f"Bekannt ist die Angabe bei: {elsewhere.de}. Übermittlung vereinbaren oder Zugriff geben.",
            en=f"It is known to {elsewhere.en}. Agree on a transfer or give access.",
        )
        if knowers
        else Wording(
            de="Nach dem, was bisher bekannt ist, erhebt niemand die Angabe: zuerst die offenen Fragen klären, sonst die "
            "Abfrage bei der Person vorsehen.",
            en="By what is known so far nobody collects it: settle the open questions first, else provide for asking the "
            "person.",
        )
        if gap.depends_on
        else Wording(
            de="Niemand erhebt die Angabe: Abfrage bei der Person vorsehen oder klären, ob sie wirklich gebraucht wird.",
            en="Nobody collects it: provide for asking the person, or settle whether it is really needed.",
        ),
        elements=(ElementRef("node", gap.node), ElementRef("data", gap.key.item), *about_member(gap.key)),
        severity=_severity(computed.model, gap.node),
        certainty=gap.certainty,
        exact=gap.exact,
        limits=knowledge.items[gap.key].limits,
        depends_on=computed.open_questions(gap.depends_on),
        data=(gap.key.item,),
        witness=gap.run.witness((gap.node,)),
        full_run=gap.run.ids,
    )


def _how_often(gap: Gap) -> Wording:
    """Return how often the datum is missing, as far as it is certain."""
    if gap.as_stated == "possible":
        return Wording(de="nicht in jedem Ablauf", en="does not have it on every run")
    if gap.depends_on:
        return Wording(de="nach dem, was bisher bekannt ist, nie", en="by what is known so far never has it")
    return Wording(de="nie", en="never has it")


def _missing_document(computed: Computations, demands: list[MissingDocument]) -> Observation:
    missing = demands[0]
    nodes = [demand.node for demand in demands]
    documents = [computed.model.documents[id_] for id_ in missing.documents]
    what = listed([Wording(de=f"„{found.label('de')}“", en=f"“{found.label('en')}”") for found in documents])
    step = listed_nodes(computed.names, nodes)
    if not missing.is_issued:
        how = Wording(de="kein Schritt stellt es aus", en="no step issues it")
    elif missing.as_stated == "definite":
        how = Wording(de="in keinem Ablauf ist es bis dahin ausgestellt", en="on no run is it issued by then")
    else:
        how = Wording(
            de="nicht in jedem Ablauf ist es bis dahin ausgestellt", en="not on every run is it issued by then"
        )
    return Observation(
        message=Wording(
            de=f"Für {step.de} ist vorzulegen: {what.de}; {how.de}.",
            en=f"To be shown for {step.en}: {what.en}; {how.en}.",
        ),
        recommendation=Wording(
            de="Ausstellung vorziehen, ein anderes Dokument zulassen oder auf die Vorlage verzichten.",
            en="Issue it earlier, accept another document, or do without it.",
        )
        if missing.is_issued
        else Wording(
            de="Den Schritt ergänzen, der es ausstellt, oder angeben, dass die Person es mitbringt "
            "(`held_at_start: true`); sonst auf die Vorlage verzichten.",
            en="Add the step that issues it, or state that the person brings it along (`held_at_start: true`); "
            "otherwise do without it.",
        ),
        elements=(
            *(ElementRef("node", node) for node in nodes),
            *(ElementRef("document", id_) for id_ in missing.documents),
        ),
        severity="hint" if missing.depends_on and not missing.is_issued else _worst(computed.model, nodes),
        certainty=missing.certainty,
        exact=all(demand.exact for demand in demands),
        limits=in_order(limit for demand in demands for limit in demand.limits),
        depends_on=computed.open_questions(missing.depends_on),
        witness=missing.run.witness((missing.node,)),
        full_run=missing.run.ids,
    )


def _severity(model: ArrivalModel, node: str) -> Severity:
    """It is critical where money depends on it."""
    step = model.nodes[node]
    is_money = isinstance(step, Activity) and (step.kind in ("benefit_start", "benefit_pay") or step.starts)
    return "error" if is_money else "warning"


def _worst(model: ArrivalModel, nodes: list[str]) -> Severity:
    return "error" if any(_severity(model, node) == "error" for node in nodes) else "warning"


def _other_knowers(knowledge: ProcessKnowledge, gap: Gap) -> tuple[str, ...]:
    """Return the actors and systems that some step lets know the item, in the order of the model."""
    facts = knowledge.facts
    mask = facts.initial[gap.key]
    for fact in facts.by_node[gap.key].values():
        if fact.is_collected or fact.is_produced:
            mask |= fact.own | fact.records
        mask |= fact.records_if_had
    return facts.knowers.names(mask)


_BODY = """\
data:
  skills: {name: Fähigkeiten, category: education_work}
processes:
  beratung:
    name: Beratung
    nodes:
      beginn: {type: start, name: Angekommen, actor: person, next: fragen}
"""

RULE = Rule(
    id="needed-but-unavailable",
    codes=("D-05",),
    title=Wording(de="Benötigt, aber nicht da", en="Needed but unavailable"),
    group="data",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Angaben, die eine Stelle für einen Schritt braucht und in mindestens einem Ablauf nicht hat, und Dokumente, "
        "die vorzulegen sind, ohne ausgestellt zu sein oder zu Beginn vorzuliegen (Hinweis, wenn offen ist, ob die Person "
        "sie mitbringt); kritisch, wenn eine Leistung daran hängt. Nicht gemeldet wird, "
        "was der Schritt selbst erfragt oder abruft, und was die Person braucht.",
        en="Data that a body needs for a step and does not have on at least one run, and documents to be shown that were "
        "neither issued nor held at the beginning (a hint where it is open whether the person brings them); an error where a benefit depends on it. Not reported: what the step itself asks or retrieves, and "
        "what the person needs.",
    ),
    matters=Wording(
        de="Der Schritt wartet oder entscheidet nach falschen oder alten Angaben.",
        en="The step waits, or decides on wrong or old information.",
    ),
    resolve=Wording(
        de="Erheben, übermitteln, Zugriff geben oder das Dokument rechtzeitig ausstellen.",
        en="Collect it, hand it over, give access, or issue the document in time.",
    ),
    sources=("S3-06",),
    sound=example_model(
        _BODY
        + """\
      fragen: {name: Erstgespräch führen, actor: jobcenter, collects: [skills], next: planen}
      planen: {name: Plan schließen, actor: jobcenter, needs: [skills], next: ende}
      ende:   {type: end, name: Plan geschlossen}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      fragen: {name: Erstgespräch führen, actor: sozialamt, collects: [skills], next: planen}
      planen: {name: Plan schließen, actor: jobcenter, needs: [skills], next: ende}
      ende:   {type: end, name: Plan geschlossen}
    handovers: none
"""
    ),
    find=find_needed_but_unavailable,
)
