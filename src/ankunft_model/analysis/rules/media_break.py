"""Data that are digital on both sides travel on paper, by word of mouth, or as a list or e-mail in between.

What it finds: handovers between institutions all of whose channels break the digital way (paper, phone, e-mail,
fax, lists, meetings), where the sender has the data in a system and the receiver keeps the same data in one.

Why it matters: somebody types again what is already digital; that takes time and makes errors.

How to resolve it: an interface, a shared system, a retrieval or reading right instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.transfers import Transfer, find_transfers
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording

SEAMLESS_CHANNELS: Final = frozenset(
    {"shared_software", "read_access", "interface_xoev", "register_retrieval", "online_service"}
)
"""Channels on which data stay digital and structured from system to system."""


def find_media_break(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per handover that breaks a digital way, in the order of the model."""
    model = computed.model
    kept = _items_by_system(model)
    for transfer in find_transfers(computed):
        handover = transfer.handover
        if not handover.channel or SEAMLESS_CHANNELS & set(handover.channel) or not transfer.data:
            continue
        source = _systems_with(model, kept, transfer.sender, transfer.data)
        target = _systems_with(model, kept, transfer.receiver, transfer.data)
        items = tuple(item for item in transfer.data if item in source and item in target)
        if not items:
            continue
        retyped = _asked_again(model, transfer, items)
        sender, receiver = computed.names.actor(transfer.sender), computed.names.actor(transfer.receiver)
        what = computed.names.items(items)
        how = listed([computed.names.channel(channel) for channel in handover.channel])
        systems = tuple(dict.fromkeys(system for item in items for system in (source[item], target[item])))
        yield Observation(
            message=Wording(
                de=f"{sender.de} gibt {what.de} an {receiver.de} weiter ({how.de}), obwohl beide die Angaben digital führen"
                + (f"; {receiver.de} fragt sie neu ab." if retyped else "."),
                en=f"{sender.en} passes {what.en} to {receiver.en} ({how.en}) although both keep them digitally"
                + (f"; {receiver.en} asks for them again." if retyped else "."),
            ),
            recommendation=Wording(
                de="Schnittstelle, gemeinsames Verfahren oder Lesezugriff statt Papier, Liste oder E-Mail.",
                en="An interface, a shared system or read access instead of paper, lists or e-mail.",
            ),
            elements=(*transfer.elements, *(ElementRef("system", system) for system in systems)),
            severity="warning" if retyped else "hint",
            data=items,
            witness=transfer.ends,
        )


def _items_by_system(model: ArrivalModel) -> dict[str, frozenset[str]]:
    """Return which items (main names) each system holds from the start or gets from some step."""
    kept: dict[str, set[str]] = {
        system.id: {model.canonical(item) for item in model.items_of(system.holds or ())}
        for system in model.systems.values()
    }
    for node in model.nodes.values():
        if not isinstance(node, Activity):
            continue
        added = [*(entry.item for entry in node.collects or ()), *(node.produces or ())]
        for recording in node.records_in or ():
            items = model.items_of(added if recording.data is None else recording.data)
            kept[recording.system].update(model.canonical(item) for item in items)
    return {system: frozenset(items) for system, items in kept.items()}


def _systems_with(
    model: ArrivalModel, kept: dict[str, frozenset[str]], actor: str, data: tuple[str, ...]
) -> dict[str, str]:
    """Return, for each of the data, the first system with it that the actor operates or reads."""
    found: dict[str, str] = {}
    for system in model.systems.values():
        for access in system.readers or ():
            if access.actor != actor or not access.used:
                continue
            readable = None if access.data is None else {model.canonical(item) for item in model.items_of(access.data)}
            for item in data:
                main = model.canonical(item)
                if main in kept[system.id] and (readable is None or main in readable):
                    found.setdefault(item, system.id)
    return found


def _asked_again(model: ArrivalModel, transfer: Transfer, items: tuple[str, ...]) -> bool:
    """Return whether the receiving step asks the person for one of the items again, which it just received."""
    node = model.nodes.get(transfer.handover.to_node or "")
    if not isinstance(node, Activity):
        return False
    asked = {model.canonical(item) for item in model.items_of(entry.item for entry in node.collects or ())}
    return bool(asked & {model.canonical(item) for item in items})


_BODY = """\
systems:
  akte_a: {name: Fachverfahren A, operated_by: sozialamt, readers: [sozialamt], holds: none}
  akte_b: {name: Fachverfahren B, operated_by: jobcenter, readers: [jobcenter], holds: none}
data:
  address: {name: Anschrift, category: contact}
legal_bases:
  norm: {cite: Beispielgesetz § 1, kind: statute}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:   {type: start, name: Anerkannt, actor: person, next: melden}
      melden:   {name: Anschrift erfassen, actor: sozialamt, collects: [address], records_in: [akte_a], next: annehmen}
      annehmen: {name: Akte anlegen, actor: jobcenter, records_in: [{system: akte_b, data: [address]}], next: ende}
      ende:     {type: end, name: Akte angelegt}
    handovers:
"""

RULE = Rule(
    id="media-break",
    codes=("G-12",),
    title=Wording(de="Medienbruch", en="Media break"),
    group="channel",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Übergaben auf Papier, mündlich, per E-Mail, Fax oder Liste, obwohl beide Seiten die Daten in einem "
        "Verfahren führen; „beachten“, wenn die empfangende Stelle sie neu erfasst. Nicht gemeldet wird, was auch über "
        "Schnittstelle, gemeinsames Verfahren oder Abruf läuft und was die Person trägt.",
        en="Handovers on paper, by word of mouth, e-mail, fax or list although both sides keep the data in a system; "
        "a warning where the receiver asks for them again. Not reported: what also runs over an interface, a shared "
        "system or retrieval, and what the person carries.",
    ),
    matters=Wording(
        de="Abtippen kostet Zeit und erzeugt Fehler, die in anderen Verfahren stehen bleiben.",
        en="Typing again costs time and makes errors that stay in other systems.",
    ),
    resolve=Wording(
        de="Schnittstelle, gemeinsames Verfahren oder Lesezugriff einrichten.",
        en="Set up an interface, a shared system or read access.",
    ),
    sources=("S1-24", "W:kommune21.de 15.9.2016"),
    sound=example_model(
        _BODY
        + """\
      - {id: h1, from: melden, to: annehmen, channel: interface_xoev, data: [address], legal_basis: norm}
"""
    ),
    broken=example_model(
        _BODY
        + """\
      - {id: h1, from: melden, to: annehmen, channel: [email, file_list], data: [address], legal_basis: norm}
"""
    ),
    find=find_media_break,
)
