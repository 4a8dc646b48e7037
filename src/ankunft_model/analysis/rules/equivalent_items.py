"""Two entries of the model mean the same datum and are not linked.

What it finds: data items with the same FIM id, or with the same name and category, of which none is stated as another
name (`canonical`) of the other.

Why it matters: as two items they are counted twice, and asking for the one does not count as asking for the other.

How to resolve it: make one the main name and let the other point to it with `canonical`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel, DataItem
from ankunft_model.wording import Wording


def find_equivalent_items(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per set of items that look alike, in the order of the model."""
    model = computed.model
    alike: dict[tuple[str, ...], dict[str, None]] = {}
    for item in model.data.values():
        if item.is_group:
            continue
        for mark in _marks(item):
            alike.setdefault(mark, {}).setdefault(item.id)
    reported: set[frozenset[str]] = set()
    for mark, ids in alike.items():
        items = tuple(sorted(ids))
        if len({model.canonical(id_) for id_ in items}) < 2 or frozenset(items) in reported:
            continue
        reported.add(frozenset(items))
        yield _observation(computed, items, by_fim_id=mark[0] == "fim")


def _marks(item: DataItem) -> Iterator[tuple[str, ...]]:
    """Yield what an item has in common with another one of the same meaning."""
    if item.fim_id is not None:
        yield "fim", item.fim_id
    for language in ("de", "en"):
        yield language, plain_name(item.label(language)), str(item.category)


def plain_name(name: str) -> str:
    """Return a name without case, marks, spaces and punctuation.

    Example:
        >>> plain_name("Familien-Name ") == plain_name("familienname")
        True
    """
    whole = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in whole if sign.isalnum())


def _observation(computed: Computations, items: tuple[str, ...], *, by_fim_id: bool) -> Observation:
    names = listed(
        [Wording(f"{computed.names.item(id_).de} ({id_})", f"{computed.names.item(id_).en} ({id_})") for id_ in items]
    )
    why = (
        Wording(de="haben dieselbe FIM-Kennung", en="have the same FIM id")
        if by_fim_id
        else Wording(de="heißen gleich", en="have the same name")
    )
    return Observation(
        message=Wording(
            de=f"{names.de} {why.de}, stehen im Modell aber als verschiedene Angaben.",
            en=f"{names.en} {why.en} but stand in the model as different items.",
        ),
        recommendation=Wording(
            de="Wenn dasselbe gemeint ist: einen Eintrag als Hauptnamen wählen und beim anderen `canonical` angeben; "
            "sonst die Namen unterscheiden.",
            en="If the same is meant: choose one entry as main name and state `canonical` at the other; otherwise tell "
            "the names apart.",
        ),
        elements=tuple(ElementRef("data", id_) for id_ in items),
        data=items,
        witness=_asking(computed.model, items),
    )


def _asking(model: ArrivalModel, items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first step that asks for each of the items."""
    found: dict[str, str] = {}
    for node in model.nodes.values():
        for entry in (node.collects or ()) if isinstance(node, Activity) else ():
            for item in model.items_of((entry.item,)):
                if item in items:
                    found.setdefault(item, node.id)
    return tuple(dict.fromkeys(found.values()))


_REST = """\
processes:
  anmeldung:
    name: Anmeldung
    nodes:
      beginn:    {type: start, name: Angekommen, actor: person, next: anmelden}
      anmelden:  {name: Anmelden, actor: sozialamt, collects: [family_name], next: beantragen}
      beantragen: {name: Beantragen, actor: jobcenter, collects: [surname], next: ende}
      ende:      {type: end, name: Beantragt}
    handovers: none
"""

RULE = Rule(
    id="equivalent-items",
    codes=("D-08",),
    title=Wording(de="Gleiche Angabe, zwei Einträge", en="Equivalent items"),
    group="data",
    severity="info",
    dimension="transparent",
    finds=Wording(
        de="Angaben mit derselben FIM-Kennung oder mit gleichem Namen und gleicher Kategorie, die nicht über "
        "`canonical` verbunden sind. Groß- und Kleinschreibung, Bindestriche und Leerzeichen zählen nicht. Nicht "
        "gemeldet werden Gruppen und gleich benannte Angaben verschiedener Kategorie.",
        en="Items with the same FIM id, or with the same name and category, that are not linked by `canonical`. Case, "
        "hyphens and spaces do not count. Not reported: groups, and items of the same name in different categories.",
    ),
    matters=Wording(
        de="Als zwei Angaben zählen sie doppelt, und Mehrfacherhebungen bleiben unerkannt.",
        en="As two items they count twice, and repeated questions stay undetected.",
    ),
    resolve=Wording(
        de="Einen Hauptnamen wählen und mit `canonical` darauf zeigen.",
        en="Choose a main name and point to it with `canonical`.",
    ),
    sources=("D-08", "DIN SPEC 91379"),
    sound=example_model(
        """\
data:
  family_name: {name: Familienname, category: identity}
  surname:     {name: Familien-Name, category: identity, canonical: family_name}
"""
        + _REST
    ),
    broken=example_model(
        """\
data:
  family_name: {name: Familienname, category: identity}
  surname:     {name: Familien-Name, category: identity}
"""
        + _REST
    ),
    find=find_equivalent_items,
)
