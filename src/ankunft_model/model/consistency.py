"""What holds between the parts of a model: ids are known and unique, flows and hierarchies make sense."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from pydantic_core import InitErrorDetails, PydanticCustomError

from ankunft_model.model.actors import PERSON_KIND
from ankunft_model.model.identifiers import nearest
from ankunft_model.model.nodes import Activity, AnyNode, Event, Gateway, SubProcess
from ankunft_model.model.part import Registry
from ankunft_model.model.references import Path, Use, references
from ankunft_model.model.vocabulary import ACTOR_KINDS

if TYPE_CHECKING:
    from ankunft_model.model.arrival_model import ArrivalModel

REGISTRIES: Final = (
    "actors",
    "systems",
    "data",
    "documents",
    "legal_bases",
    "agreements",
    "consents",
    "bodies",
    "benefits",
    "cohorts",
    "cases",
    "information_duties",
    "measures",
    "sources",
    "sites",
)
"""Names of the registries of a model, in the order of the file."""

KIND_PREFIXES: Final[Mapping[str, str]] = {
    "actor": "actors",
    "system": "systems",
    "data": "data",
    "document": "documents",
    "legal_basis": "legal_bases",
    "agreement": "agreements",
    "consent": "consents",
    "body": "bodies",
    "benefit": "benefits",
    "cohort": "cohorts",
    "case": "cases",
    "information_duty": "information_duties",
    "measure": "measures",
    "source": "sources",
    "site": "sites",
    "node": "nodes",
    "handover": "handovers",
    "process": "processes",
}
"""What stands before the colon of `kind:id`, and the kind it means."""


def find_inconsistencies(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    """Yield everything that keeps `model` from being well-formed, in the order of the checks."""
    yield from _double_ids(model)
    yield from _unknown_references(model)
    yield from _hierarchies(model)
    yield from _data_items(model)
    yield from _persons(model)
    for process in model.processes.values():
        yield from _nodes(process.nodes, ("processes", process.id, "nodes"))
    yield from _handovers(model)
    yield from _recordings(model)
    yield from _agreements(model)
    yield from _cases(model)


def unknown_uses(model: "ArrivalModel") -> Iterator[Use]:
    """Yield the uses of ids that `model` does not have."""
    known = _known_ids(model)
    for use in references(model):
        if not _is_known(use, known):
            yield use


def _known_ids(model: "ArrivalModel") -> dict[str, Mapping[str, object]]:
    known: dict[str, Mapping[str, object]] = {name: getattr(model, name) for name in REGISTRIES}
    known["nodes"] = model.nodes
    known["handovers"] = model.handovers
    known["processes"] = model.processes
    known["members"] = {id_: member for cohort in model.cohorts.values() for id_, member in cohort.members.items()}
    own_kinds = model.vocabularies.get("actor_kinds", Registry())
    known["actor_kinds"] = dict.fromkeys((*ACTOR_KINDS, *own_kinds, *(actor.kind for actor in model.actors.values())))
    return known


def _is_known(use: Use, known: Mapping[str, Mapping[str, object]]) -> bool:
    id_, kinds = use.id, use.kinds
    if ":" in id_:
        prefix, id_ = id_.split(":", 1)
        kind = KIND_PREFIXES.get(prefix.strip())
        if kind is None or (kinds != ("anything",) and kind not in kinds):
            return False
        return id_.strip() in known[kind]
    if kinds == ("anything",):
        return any(id_ in ids for ids in known.values())
    return any(id_ in known[kind] for kind in kinds)


def _error(code: str, message: str, path: Path, **context: object) -> InitErrorDetails:
    # PydanticCustomError wants a literal template; ours are literals at every call, which the type cannot express
    return InitErrorDetails(
        type=PydanticCustomError(code, message, context),  # pyright: ignore[reportArgumentType]
        loc=path,
        input=context.get("value"),
    )


def _unknown_references(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    known = _known_ids(model)
    for use in references(model):
        if _is_known(use, known):
            continue
        kinds = tuple(known) if use.kinds == ("anything",) else use.kinds
        candidates = [id_ for kind in kinds for id_ in known[kind]]
        near = nearest(use.id, candidates)
        hint = f"; did you mean '{near}'?" if near else ""
        yield _error(
            "unknown-reference",
            "'{value}' is not known in {kinds}" + hint,
            use.path,
            value=use.id,
            kinds=" or ".join(use.kinds),
            nearest=near or "",
        )


def _double_ids(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for system in model.systems:
        if system in model.actors:
            yield _error("duplicate-id", "'{value}' is an actor and a system", ("systems", system), value=system)
    seen: dict[str, Path] = {}
    for process in model.processes.values():
        for path, node in _nodes_with_paths(process.nodes, ("processes", process.id, "nodes")):
            if node.id in seen:
                yield _error(
                    "duplicate-id",
                    "node '{value}' is there twice; the other one is {other}",
                    path,
                    value=node.id,
                    other=".".join(map(str, seen[node.id])),
                )
            seen.setdefault(node.id, path)
    for process in model.processes.values():
        flow_ids: set[str] = set()
        for flow in process.flows:
            if flow.id in flow_ids:
                yield _error(
                    "duplicate-id",
                    "flow '{value}' is there twice",
                    ("processes", process.id, "nodes", flow.source),
                    value=flow.id,
                )
            flow_ids.add(flow.id)
    seen = {}
    for process in model.processes.values():
        for index, handover in enumerate(process.handovers or ()):
            path = ("processes", process.id, "handovers", index)
            if handover.id in seen:
                yield _error("duplicate-id", "handover '{value}' is there twice", path, value=handover.id)
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
    for actor in model.actors.values():
        above, steps = actor.part_of, 0
        while above is not None and above != actor.id and above in model.actors and steps <= len(model.actors):
            above, steps = model.actors[above].part_of, steps + 1
        if above == actor.id:
            yield _error(
                "cycle",
                "'{value}' is, over several steps, part of itself",
                ("actors", actor.id, "part_of"),
                value=actor.id,
            )


def _data_items(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for item in model.data.values():
        path: Path = ("data", item.id)
        if item.category is None and not item.is_group:
            yield _error("missing-category", "category is missing (only groups do without)", path, value=item.id)
        main = model.data.get(item.canonical or "")
        if main is not None and (main.canonical is not None or main is item):
            yield _error(
                "canonical-chain",
                "'{value}' is itself another name; name the main item",
                (*path, "canonical"),
                value=main.id,
            )
        if item.is_group:
            stack, seen = list(item.contains or ()), set[str]()
            while stack:
                inner = stack.pop()
                if inner == item.id:
                    yield _error("cycle", "group '{value}' contains itself", (*path, "contains"), value=item.id)
                    break
                if inner not in seen and inner in model.data:
                    seen.add(inner)
                    stack.extend(model.data[inner].contains or ())


def _persons(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    persons = [actor.id for actor in model.actors.values() if actor.kind == PERSON_KIND]
    for extra in persons[1:]:
        yield _error(
            "second-person",
            "'{value}' is a second actor of kind person besides '{other}'; members of a household belong to a cohort",
            ("actors", extra, "kind"),
            value=extra,
            other=persons[0],
        )


def _nodes(nodes: Registry[AnyNode], path: Path) -> Iterator[InitErrorDetails]:
    for node in nodes.values():
        here = (*path, node.id)
        yield from _flows(node, nodes, here)
        if isinstance(node, Gateway):
            yield from _conditions(node, here)
            yield from _event_based_targets(node, nodes, here)
        elif isinstance(node, Event):
            yield from _event(node, nodes, here)
        if isinstance(node, SubProcess):
            yield from _nodes(node.nodes, (*here, "nodes"))


def _flows(node: AnyNode, nodes: Registry[AnyNode], path: Path) -> Iterator[InitErrorDetails]:
    is_end = isinstance(node, Event) and node.type == "end"
    if is_end and node.next:
        yield _error("end-with-next", "an end event has no next", (*path, "next"), value=node.id)
    if not is_end and not node.next:
        yield _error("missing-next", "next is missing", path, value=node.id)
    for index, flow in enumerate(node.next):
        target = nodes.get(flow.to)
        here = (*path, "next", index, "to")
        if target is None:
            yield _error(
                "flow-leaves-scope",
                "'{value}' is not in the same process or sub-process",
                here,
                value=flow.to,
                nearest=nearest(flow.to, nodes) or "",
            )
        elif isinstance(target, Event) and target.type in ("start", "boundary"):
            yield _error(
                "flow-into-start",
                "a flow cannot lead to the {type} event '{value}'",
                here,
                value=flow.to,
                type=target.type,
            )
    if sum(flow.default for flow in node.next) > 1:
        yield _error("two-defaults", "two flows are marked as default", (*path, "next"), value=node.id)


def _conditions(gateway: Gateway, path: Path) -> Iterator[InitErrorDetails]:
    if gateway.type not in ("exclusive", "inclusive"):
        return
    if len(gateway.next) > 1:
        for index, flow in enumerate(gateway.next):
            if flow.when is None and not flow.default:
                yield _error("missing-condition", "'when' is missing", (*path, "next", index), value=flow.to)
    shares = [flow.share for flow in gateway.next if flow.share is not None]
    if gateway.type == "exclusive" and shares:
        total = sum(shares)
        if total > 1 + 1e-9 or (len(shares) == len(gateway.next) and abs(total - 1) > 1e-6):
            yield _error("wrong-shares", "the shares sum to {total}, expected 1", (*path, "next"), total=f"{total:g}")


def _event_based_targets(gateway: Gateway, nodes: Registry[AnyNode], path: Path) -> Iterator[InitErrorDetails]:
    if gateway.type != "event_based":
        return
    for index, flow in enumerate(gateway.next):
        target = nodes.get(flow.to)
        if target is not None and target.type not in ("catch", "receive"):
            yield _error(
                "event-expected",
                "'{value}' follows an event-based gateway and must be a catch event or a receive task",
                (*path, "next", index, "to"),
                value=flow.to,
            )


def _event(event: Event, nodes: Registry[AnyNode], path: Path) -> Iterator[InitErrorDetails]:
    if event.type not in ("start", "end") and event.trigger is None:
        yield _error("missing-trigger", "trigger is missing", path, value=event.id)
    if event.type == "boundary":
        if event.attached_to is None:
            yield _error("missing-host", "attached_to is missing", path, value=event.id)
        elif event.attached_to in nodes and not isinstance(nodes[event.attached_to], Activity):
            yield _error(
                "wrong-host",
                "'{value}' is no step; boundary events sit on steps",
                (*path, "attached_to"),
                value=event.attached_to,
            )
        elif event.attached_to not in nodes:
            yield _error(
                "wrong-host",
                "'{value}' is not in the same process or sub-process",
                (*path, "attached_to"),
                value=event.attached_to,
            )
    elif event.attached_to is not None:
        yield _error(
            "wrong-host", "only boundary events are attached to a step", (*path, "attached_to"), value=event.id
        )


def _handovers(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for process in model.processes.values():
        for index, handover in enumerate(process.handovers or ()):
            path: Path = ("processes", process.id, "handovers", index)
            if handover.from_node is not None and handover.from_node == handover.to_node:
                yield _error("self-handover", "'{value}' hands over to itself", path, value=handover.from_node)
            target = model.nodes.get(handover.to_node or "")
            if handover.triggers and target is not None:
                starts = {
                    event.id
                    for other in model.processes.values()
                    if other is not process
                    for event in other.start_events
                }
                if target.id not in starts:
                    yield _error(
                        "wrong-trigger",
                        "'{value}' is not a start event of another process",
                        (*path, "to"),
                        value=target.id,
                    )


def _recordings(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for process in model.processes.values():
        for path, node in _nodes_with_paths(process.nodes, ("processes", process.id, "nodes")):
            if not isinstance(node, Activity):
                continue
            for index, recording in enumerate(node.records_in or ()):
                system = model.systems.get(recording.system)
                if system is None or system.stores is None or recording.data is None:
                    continue
                allowed = model.items_of(system.stores)
                for item in model.items_of(recording.data):
                    if item not in allowed:
                        yield _error(
                            "not-storable",
                            "'{system}' cannot hold '{value}' (stores)",
                            (*path, "records_in", index),
                            value=item,
                            system=system.id,
                        )


def _agreements(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    for agreement in model.agreements.values():
        for index, covered in enumerate(agreement.covers or ()):
            handover = model.handovers.get(covered)
            if handover is not None and handover.agreement not in (None, agreement.id):
                yield _error(
                    "agreement-conflict",
                    "'{value}' itself says agreement: {other}",
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
                yield _error("wrong-choice", "'{value}' decides nothing", path, value=gateway)
                continue
            for target in targets:
                if target in model.nodes and target not in follows:
                    yield _error(
                        "wrong-choice",
                        "'{value}' does not follow '{gateway}'",
                        path,
                        value=target,
                        gateway=gateway,
                        nearest=nearest(target, follows) or "",
                    )
            if node.type == "exclusive" and len(targets) > 1:
                yield _error("wrong-choice", "'{value}' takes one way only", path, value=gateway)
