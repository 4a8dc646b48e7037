"""A datum is looked up in a system that is not the leading one, or in several that are kept apart.

What it finds: retrievals of a datum from a system other than its stated source of truth, and data that are looked up
in two systems which different steps fill independently, with no leading one stated.

Why it matters: two offices work with two values, and the person can correct neither where it counts.

How to resolve it: state the leading source, look the datum up there, and let the other systems take it over from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import MAX_WITNESS, ElementRef, OpenFact
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_conflicting_sources(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per item and bypassed source, then per set of systems kept apart, in the order of items."""
    model = computed.model
    read_at = _reading_steps(model)
    written_at = _writing_steps(model)
    apart: dict[tuple[str, ...], list[str]] = {}
    for item in model.data:
        systems = read_at.get(item, {})
        filled = written_at.get(item, {})
        leading = model.data[item].source_of_truth
        if leading is None:
            kept = _kept_apart(model, item, tuple(systems), filled)
            if kept:
                apart.setdefault(tuple(sorted(kept)), []).append(item)
        elif leading in filled or item in _main_names(model, model.systems[leading].holds):
            for other, nodes in systems.items():
                if other != leading and not _is_copy(model, item, other, leading, filled):
                    yield _bypassed(computed, item, other, leading, nodes)
    for kept, items in apart.items():
        yield _several(computed, kept, items, read_at)


def _reading_steps(model: ArrivalModel) -> Mapping[str, dict[str, list[str]]]:
    """Return by item, then system, the steps that look the item up there."""
    found: dict[str, dict[str, list[str]]] = {}
    for node in model.nodes.values():
        for retrieval in (node.retrieves or ()) if isinstance(node, Activity) else ():
            for item in _main_names(model, retrieval.data):
                found.setdefault(item, {}).setdefault(retrieval.from_, []).append(node.id)
    return found


def _writing_steps(model: ArrivalModel) -> Mapping[str, dict[str, list[str]]]:
    """Return by item, then system, the steps that record the item there."""
    found: dict[str, dict[str, list[str]]] = {}
    for node in model.nodes.values():
        if not isinstance(node, Activity):
            continue
        own = (*(entry.item for entry in node.collects or ()), *(node.produces or ()))
        for recording in node.records_in or ():
            for item in _main_names(model, own if recording.data is None else recording.data):
                found.setdefault(item, {}).setdefault(recording.system, []).append(node.id)
    return found


def _main_names(model: ArrivalModel, ids: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(model.canonical(item) for item in model.items_of(ids or ())))


def _creates(model: ArrivalModel, node: str, item: str) -> bool:
    """Return whether a step has the item from the person or makes it, rather than from another system."""
    step = model.nodes[node]
    if not isinstance(step, Activity):
        return False
    return item in _main_names(model, (*(entry.item for entry in step.collects or ()), *(step.produces or ())))


def _kept_apart(
    model: ArrivalModel, item: str, systems: tuple[str, ...], filled: Mapping[str, list[str]]
) -> tuple[str, ...]:
    """Return the systems of which each gets, or holds, a value that the other does not get."""
    held = {id_ for id_ in systems if item in _main_names(model, model.systems[id_].holds)}
    found: dict[str, None] = {}
    for one, other in combinations(systems, 2):
        apart = [
            first in held
            or any(node not in filled.get(second, ()) and _creates(model, node, item) for node in filled.get(first, ()))
            for first, second in ((one, other), (other, one))
        ]
        if all(apart):
            found |= dict.fromkeys((one, other))
    return tuple(id_ for id_ in systems if id_ in found)


def _is_copy(model: ArrivalModel, item: str, system: str, leading: str, filled: Mapping[str, list[str]]) -> bool:
    """Return whether no step gives a system a value of its own: each takes it over, or records it as well."""
    if item in _main_names(model, model.systems[system].holds):
        return False
    return all(node in filled.get(leading, ()) or not _creates(model, node, item) for node in filled.get(system, ()))


def _bypassed(computed: Computations, item: str, system: str, leading: str, nodes: list[str]) -> Observation:
    names = computed.names
    what, where, other, first = (
        names.item(item),
        listed_nodes(names, nodes),
        names.knower(system),
        names.knower(leading),
    )
    return Observation(
        message=Wording(
            de=f"{where.de}: {what.de} wird in {other.de} nachgesehen, führend ist {first.de}.",
            en=f"{where.en}: {what.en} is looked up in {other.en} while {first.en} is the leading source.",
        ),
        recommendation=Wording(
            de=f"In {first.de} nachsehen, oder {other.de} von dort füllen lassen.",
            en=f"Look it up in {first.en}, or let {other.en} be filled from there.",
        ),
        elements=(
            ElementRef("data", item),
            ElementRef("system", system),
            ElementRef("system", leading),
            *(ElementRef("node", node) for node in nodes),
        ),
        data=(item,),
        witness=tuple(nodes),
    )


def _several(
    computed: Computations, systems: tuple[str, ...], items: list[str], read_at: Mapping[str, dict[str, list[str]]]
) -> Observation:
    names = computed.names
    what, where = names.items(items), listed([names.knower(id_) for id_ in systems])
    nodes = tuple(
        node.id
        for node in computed.model.nodes.values()
        if any(node.id in read_at[item].get(id_, ()) for item in items for id_ in systems)
    )
    question = Wording(de="Welches System ist für die Angabe führend?", en="Which system leads for the item?")
    return Observation(
        message=Wording(
            de=f"{where.de} werden unabhängig voneinander gefüllt, und in jedem davon wird nachgesehen: {what.de}. "
            "Welches System führt, ist nicht angegeben.",
            en=f"{where.en} are filled independently of each other, and this is looked up in each: {what.en}. Which "
            "system leads is not stated.",
        ),
        recommendation=Wording(
            de="Die führende Quelle festlegen (`source_of_truth`) und Änderungen nur dort eintragen.",
            en="Lay down the leading source (`source_of_truth`) and enter changes there only.",
        ),
        elements=(
            *(ElementRef("system", id_) for id_ in systems),
            *(ElementRef("node", node) for node in nodes),
        ),
        depends_on=tuple(OpenFact(f"data.{item}.source_of_truth", question) for item in items),
        data=tuple(items),
        witness=nodes[:MAX_WITNESS],
    )


_BODY = """\
systems:
  melderegister: {name: Melderegister, operated_by: sozialamt, readers: [sozialamt, jobcenter], holds: none}
  akte:          {name: Fachverfahren, operated_by: jobcenter, readers: [jobcenter], holds: none}
processes:
  umzug:
    name: Umzug
    nodes:
      beginn:   {type: start, name: Umgezogen, actor: person, next: anmelden}
      anmelden: {name: Anmelden, actor: sozialamt, collects: [address], records_in: [melderegister], next: melden}
      melden:   {name: Umzug mitteilen, actor: jobcenter, collects: [address], records_in: [akte], next: schreiben}
"""

RULE = Rule(
    id="conflicting-sources",
    codes=("D-09",),
    title=Wording(de="Widersprüchliche Quelle", en="Conflicting sources"),
    group="data",
    severity="hint",
    dimension="transparent",
    finds=Wording(
        de="Angaben, die in einem anderen als dem führenden System (`source_of_truth`) nachgesehen werden, und Angaben, "
        "die in mehreren unabhängig gefüllten Systemen nachgesehen werden, ohne dass eines als führend benannt ist. "
        "Nicht gemeldet werden Abschriften, die aus dem führenden System stammen, und Systeme, die dieselben Schritte "
        "zugleich füllen.",
        en="Data looked up in a system other than the leading one (`source_of_truth`), and data looked up in several "
        "systems that are filled independently while none is named as leading. Not reported: copies taken from the "
        "leading system, and systems that the same steps fill at the same time.",
    ),
    matters=Wording(
        de="Zwei Stellen arbeiten mit zwei Werten, und die Person kann den falschen nicht an der richtigen Stelle "
        "berichtigen lassen.",
        en="Two bodies work with two values, and the person cannot have the wrong one corrected where it counts.",
    ),
    resolve=Wording(
        de="Führende Quelle benennen und dort nachsehen.",
        en="Name the leading source and look it up there.",
    ),
    sources=("D-09", "DSGVO Art. 5 Abs. 1 Buchst. d"),
    sound=example_model(
        "data:\n  address: {name: Anschrift, category: contact, source_of_truth: melderegister}\n"
        + _BODY
        + """\
      schreiben: {name: Bescheid schicken, actor: jobcenter, retrieves: [{from: melderegister, data: [address]}], needs: [address], next: ende}
      ende:     {type: end, name: Verschickt}
    handovers: none
"""
    ),
    broken=example_model(
        "data:\n  address: {name: Anschrift, category: contact, source_of_truth: melderegister}\n"
        + _BODY
        + """\
      schreiben: {name: Bescheid schicken, actor: jobcenter, retrieves: [{from: akte, data: [address]}], needs: [address], next: ende}
      ende:     {type: end, name: Verschickt}
    handovers: none
"""
    ),
    find=find_conflicting_sources,
)
