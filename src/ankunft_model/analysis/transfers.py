"""Transfers of personal data: which handovers pass data between institutions, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ankunft_model.analysis.computations import Computations
from ankunft_model.findings import ElementRef
from ankunft_model.model import PERSON_KIND, Agreement, ArrivalModel, Handover, LegalBasis, Process


@dataclass(frozen=True, slots=True)
class Transfer:
    """A handover between two institutions that neither the person makes nor the person carries.

    Attributes:
        path: Place of the handover in the model.
        data: Items that pass, groups resolved, special categories (Art. 9 GDPR) first; None: unknown.
    """

    process: Process
    handover: Handover
    path: str
    sender: str
    receiver: str
    data: tuple[str, ...] | None

    @property
    def elements(self) -> tuple[ElementRef, ...]:
        """The handover, then the nodes at its ends."""
        return (ElementRef("handover", self.handover.id), *(ElementRef("node", id_) for id_ in self.ends))

    @property
    def ends(self) -> tuple[str, ...]:
        """The ids of the nodes at the ends, those that are known."""
        return tuple(id_ for id_ in (self.handover.from_node, self.handover.to_node) if id_ is not None)


def institution_of(model: ArrivalModel, actor: str) -> str:
    """Return the responsible body of an actor: the highest unit above it that has the same task (kind).

    Data protection looks at the unit by its task, not at the whole administration (SGB X § 67 Abs. 4).
    """
    while (above := model.actors[actor].part_of) is not None and model.actors[above].kind == model.actors[actor].kind:
        actor = above
    return actor


def handing_over(computed: Computations, process: Process) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the institutions that hand over to each other in a process, and the nodes of the first such handover.

    What the person carries between them counts; handovers from or to the person do not. There are at least two
    institutions, or none. Order: that of the model.
    """
    model = computed.model
    found: dict[str, None] = {}
    ends: tuple[str, ...] = ()
    for handover in process.handovers or ():
        actors = (computed.sender(handover), computed.receiver(handover))
        sides = [
            institution_of(model, actor)
            for actor in actors
            if actor is not None and model.actors[actor].kind != PERSON_KIND
        ]
        if len(set(sides)) == 2:
            found.update(dict.fromkeys(sides))
            ends = ends or tuple(id_ for id_ in (handover.from_node, handover.to_node) if id_ is not None)
    return tuple(found), ends


def find_transfers(computed: Computations) -> tuple[Transfer, ...]:
    """Return the handovers between institutions on which something passes, in the order of the model.

    Left out: what the person carries or sends or receives, what stays within one institution, handovers on which
    nothing passes (`channel: none`) and those whose sender or receiver is not known.
    """
    return computed.once(_transfers)


def _transfers(computed: Computations) -> Iterator[Transfer]:
    model = computed.model
    for process in model.processes.values():
        for handover in process.handovers or ():
            sender, receiver = computed.sender(handover), computed.receiver(handover)
            if sender is None or receiver is None or handover.channel == () or handover.is_carried_by_person:
                continue
            if PERSON_KIND in (model.actors[sender].kind, model.actors[receiver].kind):
                continue
            if institution_of(model, sender) == institution_of(model, receiver):
                continue
            yield Transfer(
                process=process,
                handover=handover,
                path=f"processes.{process.id}.handovers.{handover.id}",
                sender=sender,
                receiver=receiver,
                data=passed_data(model, handover),
            )


def passed_data(model: ArrivalModel, handover: Handover) -> tuple[str, ...] | None:
    """Return the items that a handover passes, also in documents, special categories first; None if unknown."""
    if handover.data is None and not handover.documents:
        return None
    ids = list(handover.data or ())
    for document in handover.documents or ():
        ids.extend(model.documents[document].prints or ())
    items = model.items_of(ids)
    return tuple(sorted(items, key=lambda item: not model.data[item].is_special))


def agreement_of(model: ArrivalModel, handover: Handover) -> Agreement | None:
    """Return the agreement that covers a handover: its own, or one that names it."""
    if handover.agreement in model.agreements:
        return model.agreements[handover.agreement or ""]
    return next((found for found in model.agreements.values() if handover.id in (found.covers or ())), None)


def stated_bases(model: ArrivalModel, handover: Handover) -> tuple[LegalBasis, ...]:
    """Return the legal bases that the model states for a handover and that are in force.

    Whether a stated basis reaches as far as the transfer is a legal question that the model does not answer.
    """
    if handover.legal_basis is None or handover.legal_basis == "not_needed":
        return ()
    bases = (model.legal_bases[id_] for id_ in handover.legal_basis)
    return tuple(basis for basis in bases if basis.stage == "in_force")


def bases_allowing(model: ArrivalModel, recipient: str, items: Iterable[str]) -> tuple[LegalBasis, ...]:
    """Return the legal bases in force that the model says allow an actor to receive all of the items.

    Order: that of the model; none if there are no items.
    """
    if not model.legal_bases:
        return ()
    wanted = {model.canonical(item) for item in items}
    kind = model.actors[recipient].kind
    found: list[LegalBasis] = []
    for basis in model.legal_bases.values():
        if basis.stage != "in_force" or basis.allows is None or not wanted:
            continue
        recipients, data = basis.allows.recipients or (), basis.allows.data or ()
        allowed = {model.canonical(item) for item in model.items_of(data)}
        if {recipient, kind, "any"} & set(recipients) and ("any" in data or wanted <= allowed):
            found.append(basis)
    return tuple(found)
