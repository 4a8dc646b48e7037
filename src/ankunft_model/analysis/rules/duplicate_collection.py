"""The person is asked for the same datum by several bodies within one run.

What it finds: data items that at least two different actors ask from the person on some run.

Why it matters: every question costs the person and the office time; contradicting answers cost more.

How to resolve it: ask once, then hand over or let others retrieve; see `avoidable-collection` for each place.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.results import ItemKnowledge, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.wording import Wording

MANY_ASKERS = 3
"""From so many asking bodies on, it is no longer a mere hint."""


def find_duplicate_collection(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per data item, in the order of the model."""
    for knowledge in computed.knowledge:
        for item in knowledge.items.values():
            if item.collections.most_askers >= 2:
                yield _observation(computed, knowledge, item)


def _observation(computed: Computations, knowledge: ProcessKnowledge, item: ItemKnowledge) -> Observation:
    counted = item.collections
    index_of = knowledge.facts.graph.index_of
    askers = tuple(dict.fromkeys(knowledge.facts.performers[index_of[node]] for node in item.collected_at))
    who = listed([computed.names.actor(actor) for actor in askers])
    what = computed.names.item_about(item.key.item, item.key.member)
    times = _times(counted.least, counted.most)
    bodies = (
        Wording(de=f"{counted.most_askers} Stellen", en=f"{counted.most_askers} bodies")
        if counted.least_askers == counted.most_askers
        else Wording(de=f"bis zu {counted.most_askers} Stellen", en=f"up to {counted.most_askers} bodies")
    )
    run = item.longest
    return Observation(
        message=Wording(
            de=f"{what.de} wird je Ablauf {times.de} erfragt, von {bodies.de}: {who.de}.",
            en=f"{what.en} is asked {times.en} per run, by {bodies.en}: {who.en}.",
        ),
        recommendation=Wording(
            de="Einmal erfragen, dann übermitteln oder abrufen; an den übrigen Stellen nur bestätigen lassen.",
            en="Ask once, then hand over or retrieve; elsewhere only have it confirmed.",
        ),
        elements=(
            ElementRef("data", item.key.item),
            *(ElementRef("node", node) for node in item.collected_at),
            *about_member(item.key),
        ),
        certainty="definite" if counted.least_askers >= 2 and counted.is_exact else "possible",
        severity="warning" if counted.most_askers >= MANY_ASKERS else "hint",
        exact=counted.is_exact,
        limits=counted.limits,
        data=(item.key.item,),
        witness=run.witness(item.collected_at),
        full_run=run.ids,
    )


def _times(least: int, most: int | None) -> Wording:
    if most is None:
        return Wording(
            de=f"mindestens {least}-mal, ohne Grenze nach oben,", en=f"at least {least} times, without bound,"
        )
    if least == most:
        return Wording(de=f"{least}-mal", en=f"{least} times")
    return Wording(de=f"{least}- bis {most}-mal", en=f"{least} to {most} times")


_BODY = """\
data:
  qualification: {name: Schulbildung und Beruf, category: education_work}
processes:
  beratung:
    name: Beratung
    nodes:
      beginn:  {type: start, name: Angekommen, actor: person, next: fragen}
      fragen:  {name: Erstgespräch führen, actor: sozialamt, collects: [qualification], next: planen}
"""

RULE = Rule(
    id="duplicate-collection",
    codes=("D-01", "D-03"),
    title=Wording(de="Doppelerhebung", en="Duplicate collection"),
    group="data",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Angaben, die mindestens zwei verschiedene Stellen in einem Ablauf von der Person erfragen; „beachten“ ab "
        "drei Stellen. Gezählt werden alle Abläufe genau. Nicht gemeldet werden Stellen in Zweigen, die einander "
        "ausschließen, und mehrfaches Fragen derselben Stelle.",
        en="Data that at least two different bodies ask from the person within one run; a warning from three on. All "
        "runs are counted exactly. Not reported: bodies on branches that exclude each other, and the same body asking "
        "several times.",
    ),
    matters=Wording(
        de="Jede Frage kostet die Person und das Amt Zeit; widersprüchliche Antworten kosten mehr.",
        en="Every question costs the person and the office time; contradicting answers cost more.",
    ),
    resolve=Wording(
        de="Einmal erfragen, dann übermitteln oder abrufen.",
        en="Ask once, then hand over or retrieve.",
    ),
    sources=("S3-05", "S1-05", "W:bosch-stiftung.de"),
    sound=example_model(
        _BODY
        + """\
      planen:  {name: Plan schließen, actor: jobcenter, needs: [qualification], next: ende}
      ende:    {type: end, name: Plan geschlossen}
    handovers:
      - {id: h1, from: fragen, to: planen, channel: interface_xoev, data: [qualification], agreement: not_needed}
"""
    ),
    broken=example_model(
        _BODY
        + """\
      planen:  {name: Plan schließen, actor: jobcenter, collects: [qualification], next: ende}
      ende:    {type: end, name: Plan geschlossen}
    handovers: none
"""
    ),
    find=find_duplicate_collection,
)
