"""What holds between the parts of a model: ids are known and unique, flows and hierarchies make sense."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pydantic_core import InitErrorDetails

from ankunft_model.model.actors import PERSON_KIND
from ankunft_model.model.identifiers import nearest
from ankunft_model.model.inconsistencies import find_circles, inconsistency
from ankunft_model.model.known_ids import REGISTRIES, find_unknown_references, unknown_uses
from ankunft_model.model.nodes import Activity, AnyNode, Gateway, SubProcess
from ankunft_model.model.part import Registry
from ankunft_model.model.references import Path
from ankunft_model.model.workflow_consistency import find_in_nodes
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.model.arrival_model import ArrivalModel

__all__ = ["REGISTRIES", "find_inconsistencies", "unknown_uses"]

_MOST_SHOWN_OF_WAY: Final = 8
"""So many names of a circle are written out."""

_MOST_NEAREST: Final = 30
"""So many candidates are compared for what was meant; a bound on the time that a hostile model takes."""


def find_inconsistencies(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    """Yield everything that keeps `model` from being well-formed, in the order of the checks."""
    yield from _double_ids(model)
    yield from find_unknown_references(model)
    yield from _hierarchies(model)
    yield from _data_items(model)
    yield from _persons(model)
    for process in model.processes.values():
        yield from find_in_nodes(process.nodes, ("processes", process.id, "nodes"), model.nodes)
    yield from _handovers(model)
    yield from _recordings(model)
    yield from _agreements(model)
    yield from _cases(model)


def _double_ids(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for system in model.systems:
        if system in model.actors:
            yield inconsistency(
                "duplicate-id",
                Wording(de=f"„{system}“ ist zugleich Akteur und System", en=f"'{system}' is an actor and a system"),
                ("systems", system),
                value=system,
            )
    seen: dict[str, Path] = {}
    has_double_nodes = len(model.nodes) < sum(len(process.all_nodes) for process in model.processes.values())
    for process in model.processes.values() if has_double_nodes else ():
        for path, node in _nodes_with_paths(process.nodes, ("processes", process.id, "nodes")):
            if node.id in seen:
                other = ".".join(map(str, seen[node.id]))
                yield inconsistency(
                    "duplicate-id",
                    Wording(
                        de=f"Den Knoten „{node.id}“ gibt es zweimal; der andere ist {other}",
                        en=f"node '{node.id}' is there twice; the other one is {other}",
                    ),
                    path,
                    value=node.id,
                    other=other,
                )
            seen.setdefault(node.id, path)
    for process in model.processes.values():
        flow_ids: set[str] = set()
        for node in process.all_nodes:
            for flow in node.next:
                if flow.id is None:
                    continue  # then its id is made from its ends, unlike all others
                if flow.id in flow_ids:
                    yield inconsistency(
                        "duplicate-id",
                        Wording(de=f"Den Fluss „{flow.id}“ gibt es zweimal", en=f"flow '{flow.id}' is there twice"),
                        ("processes", process.id, "nodes", node.id),
                        value=flow.id,
                    )
                flow_ids.add(flow.id)
    seen = {}
    for process in model.processes.values():
        for index, handover in enumerate(process.handovers or ()):
            path = ("processes", process.id, "handovers", index)
            if handover.id in seen:
                yield inconsistency(
                    "duplicate-id",
                    Wording(
                        de=f"Die Übergabe „{handover.id}“ gibt es zweimal",
                        en=f"handover '{handover.id}' is there twice",
                    ),
                    path,
                    value=handover.id,
                )
            seen.setdefault(handover.id, path)


def _nodes_with_paths(nodes: Registry[AnyNode], path: Path) -> Iterator[tuple[Path, AnyNode]]:
    stack = [(path, iter(nodes.values()))]
    while stack:
        here, remaining = stack[-1]
        node = next(remaining, None)
        if node is None:
            stack.pop()
            continue
        yield (*here, node.id), node
        if isinstance(node, SubProcess):
            stack.append(((*here, node.id, "nodes"), iter(node.nodes.values())))


def _hierarchies(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    above = {actor.id: (actor.part_of,) for actor in model.actors.values() if actor.part_of is not None}
    for circle in find_circles(above):
        way = _shown_way(circle)
        yield inconsistency(
            "cycle",
            Wording(
                de=f"„{circle[0]}“ ist Teil von sich selbst: {way}",
                en=f"'{circle[0]}' is part of itself: {way}",
            ),
            ("actors", circle[0], "part_of"),
            value=circle[0],
        )
    members = {item.id: item.contains for item in model.data.values() if item.contains}
    for circle in find_circles(members):
        way = _shown_way(circle)
        yield inconsistency(
            "cycle",
            Wording(
                de=f"Die Gruppe „{circle[0]}“ enthält sich selbst: {way}",
                en=f"group '{circle[0]}' contains itself: {way}",
            ),
            ("data", circle[0], "contains"),
            value=circle[0],
        )


def _shown_way(circle: tuple[str, ...]) -> str:
    names = circle if len(circle) <= _MOST_SHOWN_OF_WAY else (*circle[: _MOST_SHOWN_OF_WAY - 1], "…")
    return " → ".join((*names, circle[0]))


def _data_items(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for item in model.data.values():
        path: Path = ("data", item.id)
        if item.category is None and not item.is_group:
            yield inconsistency(
                "missing-category",
                Wording(
                    de="„category“ fehlt (nur Gruppen kommen ohne sie aus)",
                    en="category is missing (only groups do without)",
                ),
                path,
                value=item.id,
            )
        main = model.data.get(item.canonical or "")
        if main is not None and (main.canonical is not None or main is item):
            yield inconsistency(
                "canonical-chain",
                Wording(
                    de=f"„{main.id}“ ist selbst ein anderer Name; hier muss die Hauptangabe stehen",
                    en=f"'{main.id}' is itself another name; name the main item",
                ),
                (*path, "canonical"),
                value=main.id,
            )


def _persons(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    persons = [actor.id for actor in model.actors.values() if actor.kind == PERSON_KIND]
    for extra in persons[1:]:
        yield inconsistency(
            "second-person",
            Wording(
                de=f"„{extra}“ ist neben „{persons[0]}“ ein zweiter Akteur mit kind: person; "
                "Mitglieder eines Haushalts gehören in eine Zielgruppe (cohorts)",
                en=f"'{extra}' is a second actor of kind person besides '{persons[0]}'; "
                "members of a household belong to a cohort",
            ),
            ("actors", extra, "kind"),
            value=extra,
            other=persons[0],
        )


def _handovers(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    process_of_start = {event.id: process.id for process in model.processes.values() for event in process.start_events}
    for process in model.processes.values():
        own = {node.id for node in process.all_nodes} if process.handovers else set[str]()
        for index, handover in enumerate(process.handovers or ()):
            path: Path = ("processes", process.id, "handovers", index)
            if handover.from_node is not None and handover.from_node == handover.to_node:
                yield inconsistency(
                    "self-handover",
                    Wording(
                        de=f"„{handover.from_node}“ übergibt an sich selbst",
                        en=f"'{handover.from_node}' hands over to itself",
                    ),
                    path,
                    value=handover.from_node,
                )
            target = model.nodes.get(handover.to_node or "")
            home = process.id
            if handover.from_node is not None and handover.from_node not in own:
                home = model.process_of.get(handover.from_node, process).id
            starts_other = target is not None and process_of_start.get(target.id, home) != home
            if handover.triggers and target is not None and not starts_other:
                yield inconsistency(
                    "wrong-trigger",
                    Wording(
                        de=f"„{target.id}“ ist kein Startereignis eines anderen Prozesses",
                        en=f"'{target.id}' is not a start event of another process",
                    ),
                    (*path, "to"),
                    value=target.id,
                )


def _recordings(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    if all(system.stores is None for system in model.systems.values()):
        return
    allowed_in: dict[str, frozenset[str]] = {}
    for process in model.processes.values():
        for path, node in _nodes_with_paths(process.nodes, ("processes", process.id, "nodes")):
            if not isinstance(node, Activity):
                continue
            for index, recording in enumerate(node.records_in or ()):
                system = model.systems.get(recording.system)
                if system is None or system.stores is None or recording.data is None:
                    continue
                allowed = allowed_in.get(system.id)
                if allowed is None:
                    allowed = allowed_in[system.id] = frozenset(model.items_of(system.stores))
                for item in model.items_of(recording.data):
                    if item not in allowed:
                        yield inconsistency(
                            "not-storable",
                            Wording(
                                de=f"„{system.id}“ kann „{item}“ nicht aufnehmen (stores)",
                                en=f"'{system.id}' cannot hold '{item}' (stores)",
                            ),
                            (*path, "records_in", index),
                            value=item,
                            system=system.id,
                        )


def _agreements(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for agreement in model.agreements.values():
        for index, covered in enumerate(agreement.covers or ()):
            handover = model.handovers.get(covered)
            if handover is not None and handover.agreement not in (None, agreement.id):
                yield inconsistency(
                    "agreement-conflict",
                    Wording(
                        de=f"„{covered}“ selbst nennt agreement: {handover.agreement}",
                        en=f"'{covered}' itself says agreement: {handover.agreement}",
                    ),
                    ("agreements", agreement.id, "covers", index),
                    value=covered,
                    other=handover.agreement,
                )


def _cases(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for case in model.cases.values():
        for gateway, targets in case.choices.items():
            node = model.nodes.get(gateway)
            if node is None:
                continue
            path: Path = ("cases", case.id, "choices", gateway)
            follows = [flow.to for flow in node.next]
            if not (isinstance(node, Gateway) and node.type in ("exclusive", "inclusive", "event_based")):
                yield inconsistency(
                    "wrong-choice",
                    Wording(de=f"„{gateway}“ entscheidet nichts", en=f"'{gateway}' decides nothing"),
                    path,
                    value=gateway,
                )
                continue
            for target in targets:
                if target in model.nodes and target not in follows:
                    yield inconsistency(
                        "wrong-choice",
                        Wording(
                            de=f"„{target}“ folgt nicht auf „{gateway}“", en=f"'{target}' does not follow '{gateway}'"
                        ),
                        path,
                        value=target,
                        gateway=gateway,
                        nearest=nearest(target, follows[:_MOST_NEAREST]) or "",
                    )
            if node.type == "exclusive" and len(targets) > 1:
                yield inconsistency(
                    "wrong-choice",
                    Wording(de=f"„{gateway}“ nimmt nur einen Weg", en=f"'{gateway}' takes one way only"),
                    path,
                    value=gateway,
                )
