"""Photo or fingerprints are taken again although they were taken before.

What it finds: biometric data that at least two steps take on one run, unless they have surely expired in between.

Why it matters: biometric data are specially protected (Art. 9 GDPR); taking them again needs a reason of its own.

How to resolve it: use what was taken, or name what demands taking it again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member, listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.freshness import has_surely_expired
from ankunft_model.analysis.knowledge.results import ItemKnowledge, ProcessKnowledge
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, limits_of
from ankunft_model.findings import ElementRef, Reason
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_repeated_biometrics(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per biometric item and member, in the order of the model."""
    model = computed.model
    for knowledge, order in zip(computed.knowledge, computed.orders, strict=True):
        for item in knowledge.items.values():
            if item.key.item not in model.data or model.data[item.key.item].category != "biometric":
                continue
            facts = knowledge.facts
            gone = [facts.graph.nodes[node].id for node, fact in facts.by_node[item.key].items() if fact.is_voided]
            again = [
                seen
                for seen in order.repeated(item.collected_at, cleared_by=gone)
                if not _has_expired(model, knowledge, item, seen)
            ]
            if again:
                yield _observation(computed, item, again)


def _has_expired(model: ArrivalModel, knowledge: ProcessKnowledge, item: ItemKnowledge, seen: Preceded) -> bool:
    """Return whether what every other step took is surely too old when the step takes it again."""
    graph = knowledge.facts.graph
    valid_for = model.data[item.key.item].valid_for
    return all(
        has_surely_expired(graph, graph.index_of[other], graph.index_of[seen.node], valid_for)
        for other in item.collected_at
        if other != seen.node
    )


def _observation(computed: Computations, item: ItemKnowledge, again: list[Preceded]) -> Observation:
    names = computed.names
    what = names.item_about(item.key.item, item.key.member)
    where = listed_nodes(names, item.collected_at)
    demanding = {seen.node: _demanded_by(computed.model, seen.node, item.key.item) for seen in again}
    bases = tuple(dict.fromkeys(basis for basis in demanding.values() if basis is not None))
    is_demanded = all(demanding.values())
    because = Wording("", "")
    if bases:
        cited = [names.legal_basis(basis) for basis in bases]
        because = Wording(
            de=f" Vorgeschrieben durch {', '.join(basis.de for basis in cited)}.",
            en=f" Demanded by {', '.join(basis.en for basis in cited)}.",
        )
    last = again[-1]
    run = last.marked
    taken = () if run is None else run.passing(item.collected_at)
    return Observation(
        message=Wording(
            de=f"Mehrfach aufgenommen: {what.de}, bei {where.de}.{because.de}",
            en=f"Taken several times: {what.en}, at {where.en}.{because.en}",
        ),
        recommendation=Wording(
            de="Die vorhandenen Daten verwenden, soweit Norm und Qualität es zulassen; sonst angeben, was die erneute "
            "Aufnahme verlangt (`justified_by`).",
            en="Use the data that are there as far as norm and quality allow; otherwise state what demands taking them "
            "again (`justified_by`).",
        ),
        elements=(
            ElementRef("data", item.key.item),
            *(ElementRef("node", node) for node in item.collected_at),
            *about_member(item.key),
        ),
        severity="info" if is_demanded else "warning",
        certainty="definite" if any(seen.certainty_marked == "definite" for seen in again) else "possible",
        exact=all(seen.is_exact for seen in again),
        limits=limits_of(again),
        data=(item.key.item,),
        because=tuple(Reason("legal_basis", basis) for basis in bases),
        witness=() if run is None else run.witness(taken),
        full_run=() if run is None else run.ids,
    )


def _demanded_by(model: ArrivalModel, node: str, item: str) -> str | None:
    """Return the legal basis that demands taking the item at the step, if one is named."""
    step = model.nodes[node]
    for entry in (step.collects or ()) if isinstance(step, Activity) else ():
        is_meant = item in {model.canonical(inner) for inner in model.items_of((entry.item,))}
        if is_meant and entry.justified_by not in (None, "none"):
            return entry.justified_by
    return None


_BODY = """\
data:
  fingerprints: {name: Fingerabdrücke, category: biometric}
processes:
  titel:
    name: Aufenthaltstitel
    nodes:
      beginn:   {type: start, name: Angekommen, actor: person, next: erfassen}
      erfassen: {name: Registrieren, actor: sozialamt, collects: [fingerprints], next: ausgeben}
"""

RULE = Rule(
    id="repeated-biometrics",
    codes=("D-11",),
    title=Wording(de="Wiederholte Biometrie", en="Repeated biometrics"),
    group="data",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Biometrische Daten (Lichtbild, Fingerabdrücke), die mindestens zwei Schritte eines Ablaufs aufnehmen; nur "
        "eine Information, wo eine Norm die erneute Aufnahme verlangt. Nicht gemeldet wird, was dazwischen mit "
        "Sicherheit abgelaufen ist (`valid_for`), und derselbe Schritt, der sich wiederholt.",
        en="Biometric data (photo, fingerprints) that at least two steps of one run take; an information only where a "
        "norm demands taking them again. Not reported: what has surely expired in between (`valid_for`), and one step "
        "that repeats itself.",
    ),
    matters=Wording(
        de="Biometrische Daten sind besonders geschützt (Art. 9 DSGVO); jede erneute Aufnahme braucht einen Grund.",
        en="Biometric data are specially protected (Art. 9 GDPR); taking them again needs a reason each time.",
    ),
    resolve=Wording(
        de="Vorhandene Daten verwenden oder den Grund angeben.",
        en="Use the data that are there, or state the reason.",
    ),
    sources=("D-11", "DSGVO Art. 9"),
    sound=example_model(
        _BODY
        + """\
      ausgeben: {name: Titel ausgeben, actor: jobcenter, next: ende}
      ende:     {type: end, name: Titel ausgegeben}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      ausgeben: {name: Titel beantragen, actor: jobcenter, collects: [fingerprints], next: ende}
      ende:     {type: end, name: Titel beantragt}
    handovers: none
"""
    ),
    find=find_repeated_biometrics,
)
