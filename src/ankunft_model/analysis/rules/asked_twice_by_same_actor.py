"""The same body asks the person for the same datum at two of its own steps.

What it finds: steps at which a body asks for data that it has asked for at another step of its own before, on some
run; the value has not changed in between.

Why it matters: the person answers the same desk twice, and two answers in one file may contradict each other.

How to resolve it: show what stands in the file and only have it confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member, listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.results import ItemKnowledge, ProcessKnowledge
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder, limits_of
from ankunft_model.findings import Certainty, ElementRef
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_asked_twice_by_same_actor(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step that asks again, by member and certainty, in the order of the model."""
    for knowledge, order in zip(computed.knowledge, computed.orders, strict=True):
        again: dict[tuple[str, str, Certainty], list[tuple[ItemKey, Preceded]]] = {}
        for item in knowledge.items.values():
            for seen in _asked_again(computed.model, knowledge, order, item):
                place = (seen.node, item.key.member, seen.certainty_marked)
                again.setdefault(place, []).append((item.key, seen))
        index_of = knowledge.facts.graph.index_of
        for place, found in sorted(again.items(), key=lambda entry: (index_of[entry[0][0]], entry[0][1:])):
            yield _observation(computed, knowledge, place[0], found)


def _asked_again(
    model: ArrivalModel, knowledge: ProcessKnowledge, order: StepOrder, item: ItemKnowledge
) -> Iterator[Preceded]:
    """Yield the steps that ask for the item after another step of the same actor."""
    facts = knowledge.facts
    index_of = facts.graph.index_of
    for actor in dict.fromkeys(found.actor for found in item.avoidable if found.grade == "same_actor"):
        asking = [node for node in item.collected_at if facts.performers[index_of[node]] == actor]
        forgotten = [
            facts.graph.nodes[node].id
            for node, fact in facts.by_node[item.key].items()
            if fact.is_voided or (fact.is_discarded and facts.performers[node] == actor)
        ]
        for seen in order.repeated(asking, cleared_by=forgotten):
            if not _is_demanded(model, seen.node, item.key.item):
                yield seen


def _is_demanded(model: ArrivalModel, node: str, item: str) -> bool:
    """Return whether the step names a legal basis that demands asking for the item."""
    step = model.nodes[node]
    return isinstance(step, Activity) and any(
        entry.justified_by not in (None, "none")
        and item in {model.canonical(inner) for inner in model.items_of((entry.item,))}
        for entry in step.collects or ()
    )


def _observation(
    computed: Computations, knowledge: ProcessKnowledge, node: str, found: list[tuple[ItemKey, Preceded]]
) -> Observation:
    facts = knowledge.facts
    index_of = facts.graph.index_of
    items = tuple(dict.fromkeys(key.item for key, _ in found))
    earlier: dict[str, None] = {}
    for key, seen in found:
        asking = (
            facts.graph.nodes[index].id
            for index, fact in facts.by_node[key].items()
            if fact.is_collected and facts.performers[index] == facts.performers[index_of[node]]
        )
        if seen.marked is not None:
            earlier.update(dict.fromkeys(seen.marked.among(asking)[:-1]))
    before = tuple(sorted(earlier, key=index_of.__getitem__))
    member = found[0][0].member
    about = computed.names.about(member)
    actor, step, what = (
        computed.names.actor(facts.performers[index_of[node]]),
        computed.names.node(node),
        computed.names.items(items),
    )
    where = listed_nodes(computed.names, before)
    certainty = found[0][1].certainty_marked
    always = Wording("", "") if certainty == "definite" else Wording(de="in manchen Abläufen ", en="on some runs ")
    run = found[-1][1].marked
    return Observation(
        message=Wording(
            de=f"{actor.de} fragt bei {step.de} nach {what.de}{about.de} und hat {always.de}schon bei {where.de} danach "
            "gefragt.",
            en=f"{actor.en} asks for {what.en}{about.en} at {step.en} and has {always.en}already asked at {where.en}.",
        ),
        recommendation=Wording(
            de="Die Antworten aus der eigenen Akte zeigen und nur bestätigen oder ergänzen lassen.",
            en="Show the answers from the body's own file and only have them confirmed or completed.",
        ),
        elements=(
            ElementRef("node", node),
            *(ElementRef("node", id_) for id_ in before if id_ != node),
            *about_member(found[0][0]),
        ),
        certainty=certainty,
        exact=all(seen.is_exact for _, seen in found),
        limits=limits_of(seen for _, seen in found),
        data=items,
        witness=() if run is None else run.witness((*before, node)),
        full_run=() if run is None else run.ids,
    )


_BODY = """\
data:
  bank_account: {name: Bankverbindung, category: financial}
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: aufnehmen}
      aufnehmen: {name: Antrag aufnehmen, actor: jobcenter, collects: [bank_account], next: beraten}
"""

RULE = Rule(
    id="asked-twice-by-same-actor",
    codes=("D-15",),
    title=Wording(de="Mehrfachbefragung durch dieselbe Stelle", en="Asked twice by the same body"),
    group="data",
    severity="info",
    dimension="fitting",
    finds=Wording(
        de="Schritte, bei denen eine Stelle nach Angaben fragt, nach denen sie in einem anderen eigenen Schritt schon "
        "gefragt hat. Nicht gemeldet werden Angaben, die sich dazwischen geändert haben oder gelöscht wurden, solche, "
        "die jedes Mal neu zu geben sind (Unterschrift), vorgeschriebene erneute Fragen und derselbe Schritt, der sich "
        "wiederholt.",
        en="Steps at which a body asks for data that it has asked for at another step of its own before. Not reported: "
        "data that changed or were deleted in between, data to be given anew each time (a signature), questions that "
        "the law demands again, and one step that repeats itself.",
    ),
    matters=Wording(
        de="Die Person antwortet derselben Stelle zweimal; weichen die Antworten ab, steht die Akte im Widerspruch.",
        en="The person answers the same body twice; if the answers differ, the file contradicts itself.",
    ),
    resolve=Wording(
        de="Vorhandene Antworten zeigen und nur bestätigen lassen.",
        en="Show the answers that are there and only have them confirmed.",
    ),
    sources=("D-15", "S3-05"),
    sound=example_model(
        _BODY
        + """\
      beraten:   {name: Beraten, actor: jobcenter, confirms: [bank_account], next: ende}
      ende:      {type: end, name: Beraten}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      beraten:   {name: Beraten, actor: jobcenter, collects: [bank_account], next: ende}
      ende:      {type: end, name: Beraten}
    handovers: none
"""
    ),
    find=find_asked_twice_by_same_actor,
)
