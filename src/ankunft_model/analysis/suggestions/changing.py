"""Small changes of a model: added handovers, retrievals, rights, consents and agreements; questions that are spared.

A change says what shall be there afterwards. Applying it twice, or after one that overlaps it, does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from ankunft_model.model import (
    Access,
    Activity,
    Agreement,
    AnyNode,
    ArrivalModel,
    Collection,
    Consent,
    Handover,
    LegalBasis,
    Recording,
    Retrieval,
    Step,
    SubProcess,
)

ChangeKind: TypeAlias = Literal[
    "handover", "extended_handover", "retrieval", "reading_right", "consent", "agreement", "legal_basis", "confirmation"
]
_UNCOUNTED: Final = ("confirmation", "legal_basis")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a model.

    Attributes:
        kind: What is changed; `confirmation`: a step has data confirmed that it asked for before.
        element: Id of the handover, node, system, consent, agreement or legal basis that is added or changed.
        part: What is added: a handover, retrieval, access, consent, agreement or legal basis; or, for a handover that
            is extended, what it says afterwards.
        items: The data concerned, by main name.
    """

    kind: ChangeKind
    element: str
    items: tuple[str, ...] = ()
    part: Handover | Retrieval | Access | Consent | Agreement | LegalBasis | None = None

    @property
    def counts(self) -> int:
        """1 if it counts as an addition, 0 if it only follows from one."""
        return 0 if self.kind in _UNCOUNTED else 1

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other changes: two with one key are one addition."""
        if isinstance(self.part, Retrieval):
            return (self.kind, self.element, self.part.from_)
        if isinstance(self.part, Access):
            return (self.kind, self.element, self.part.actor)
        return (self.kind, self.element)

    def to_dict(self) -> dict[str, Any]:
        """Return the change in the shape of `ankunft-suggest/1`."""
        part = None if self.part is None else self.part.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {"kind": self.kind, "element": self.element, "data": list(self.items), "part": part}


def with_changes(model: ArrivalModel, changes: Iterable[Change]) -> ArrivalModel:
    """Return the model with the changes, checked like any model.

    Raises:
        pydantic.ValidationError: the changes are for another model.
    """
    fields: dict[str, Any] = {}
    listed = tuple(changes)
    for registry in ("legal_bases", "agreements", "consents", "systems"):
        entries = dict(getattr(model, registry))
        for change in listed:
            _change_registry(model, registry, entries, change)
        if list(entries.values()) != list(getattr(model, registry).values()):
            fields[registry] = list(entries.values())
    processes = [_changed_process(model, id_, listed) for id_ in model.processes]
    if any(new is not old for new, old in zip(processes, model.processes.values(), strict=True)):
        fields["processes"] = processes
    return model.changed(**fields) if fields else model


def _change_registry(model: ArrivalModel, registry: str, entries: dict[str, Any], change: Change) -> None:
    part = change.part
    if (registry == "legal_bases" and isinstance(part, LegalBasis)) or (
        registry == "agreements" and isinstance(part, Agreement)
    ):
        entries.setdefault(part.id, part)
    elif registry == "consents" and isinstance(part, Consent):
        old = entries.get(part.id)
        entries[part.id] = part if old is None else _wider_consent(model, old, part)
    elif registry == "systems" and isinstance(part, Access):
        system = entries[change.element]
        entries[change.element] = system.changed(readers=_with_access(model, system.readers or (), part))


def _wider_consent(model: ArrivalModel, old: Consent, new: Consent) -> Consent:
    return old.changed(
        data=_united(model, old.data, new.data),
        recipients=tuple(dict.fromkeys((*old.recipients, *new.recipients))),
        given_at=tuple(dict.fromkeys((*old.given_at, *new.given_at))),
    )


def _with_access(model: ArrivalModel, readers: tuple[Access, ...], new: Access) -> list[Access]:
    found: list[Access] = []
    for access in readers:
        if access.actor == new.actor and access.legal_basis == new.legal_basis and access.used == new.used:
            if access.data is None:
                return list(readers)
            new = new.changed(data=_united(model, access.data, new.data or ()))
        else:
            found.append(access)
    return [*found, new]


def _united(model: ArrivalModel, old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """Return the old ids and those new ones whose items are not among them yet."""
    kept = tuple(old)
    known = {model.canonical(item) for item in model.items_of(kept)}
    added = (item for item in new if not {model.canonical(inner) for inner in model.items_of((item,))} <= known)
    return (*kept, *dict.fromkeys(added))


def _changed_process(model: ArrivalModel, id_: str, changes: tuple[Change, ...]) -> Any:
    process = model.processes[id_]
    fields: dict[str, Any] = {}
    handovers = {handover.id: handover for handover in process.handovers or ()}
    for change in changes:
        part = change.part
        if not isinstance(part, Handover):
            continue
        if part.id in handovers:
            handovers[part.id] = _wider_handover(model, handovers[part.id], part)
        elif model.process_of[part.from_node or ""] is process:
            handovers[part.id] = part
    if tuple(handovers.values()) != (process.handovers or ()):
        fields["handovers"] = tuple(handovers.values())
    at_nodes: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind in ("retrieval", "confirmation") and model.process_of.get(change.element) is process:
            at_nodes.setdefault(change.element, []).append(change)
    if at_nodes:
        fields["nodes"] = _with_nodes(process.nodes, at_nodes, lambda node, wanted: _changed_step(model, node, wanted))
    return process.changed(**fields) if fields else process


def _wider_handover(model: ArrivalModel, old: Handover, new: Handover) -> Handover:
    bases = old.legal_basis
    if isinstance(new.legal_basis, tuple) and new.legal_basis:
        stated = bases if isinstance(bases, tuple) else ()
        bases = tuple(dict.fromkeys((*stated, *new.legal_basis)))
    return old.changed(
        data=_united(model, old.data or (), new.data or ()),
        legal_basis=bases,
        consent=new.consent if new.consent not in (None, "none", "not_needed") else old.consent,
        agreement=new.agreement if new.agreement not in (None, "none", "not_needed") else old.agreement,
    )


def _with_nodes(
    nodes: Mapping[str, AnyNode],
    at_nodes: dict[str, list[Change]],
    changed: Callable[[Step | SubProcess, list[Change]], AnyNode],
) -> list[AnyNode]:
    """Return the nodes with changes, those inside sub-processes, too; a model's sub-processes are nested little."""
    found: list[AnyNode] = []
    for node in nodes.values():
        new: AnyNode = node
        if isinstance(node, (Step, SubProcess)) and node.id in at_nodes:
            new = changed(node, at_nodes[node.id])
        if isinstance(new, SubProcess):
            inner = _with_nodes(new.nodes, at_nodes, changed)
            if any(one is not other for one, other in zip(inner, new.nodes.values(), strict=True)):
                new = new.changed(nodes=inner)
        found.append(new)
    return found


def _changed_step(model: ArrivalModel, node: Step | SubProcess, changes: list[Change]) -> AnyNode:
    fields: dict[str, Any] = {}
    retrieves = list(node.retrieves or ())
    for change in changes:
        if isinstance(change.part, Retrieval):
            _retrieve(model, retrieves, change.part)
    if tuple(retrieves) != (node.retrieves or ()):
        fields["retrieves"] = tuple(retrieves)
    confirmed = {item for change in changes if change.kind == "confirmation" for item in change.items}
    if confirmed:
        fields |= _confirming(model, node, confirmed)
    return node.changed(**fields)


def _retrieve(model: ArrivalModel, retrieves: list[Retrieval], new: Retrieval) -> None:
    for place, old in enumerate(retrieves):
        if old.from_ == new.from_ and old.legal_basis in (None, new.legal_basis):
            retrieves[place] = old.changed(
                data=_united(model, old.data or (), new.data or ()), legal_basis=new.legal_basis
            )
            return
    retrieves.append(new)


def _confirming(model: ArrivalModel, node: Activity, items: set[str]) -> dict[str, Any]:
    """Return what changes if a step has items confirmed instead of asking for them; what it recorded it still does."""

    def main_names(ids: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(model.canonical(item) for item in model.items_of(ids)))

    collects: dict[str, Collection] = {}
    spared: dict[str, None] = {}
    for entry in node.collects or ():
        inner = model.items_of((entry.item,))
        gone = [item for item in inner if model.canonical(item) in items]
        spared.update(dict.fromkeys(model.canonical(item) for item in gone))
        if not gone:
            collects.setdefault(entry.item, entry)
            continue
        for item in inner:
            if item not in gone:
                collects.setdefault(item, entry.changed(item=item))
    if not spared:
        return {}
    confirms = _united(model, node.confirms or (), spared)
    records = list(node.records_in or ())
    produced = main_names(node.produces or ())
    for recording in node.records_in or ():
        kept = tuple(item for item in spared if item not in produced)
        if recording.data is None and kept:
            records.append(Recording(system=recording.system, data=kept))
    return {"collects": tuple(collects.values()), "confirms": confirms, "records_in": tuple(records) or node.records_in}
