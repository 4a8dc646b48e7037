"""Where a model relies on a legal basis."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel


def find_uses(model: ArrivalModel) -> dict[str, tuple[ElementRef, ...]]:
    """Return the elements that name each legal basis, in the order of the model, each once."""
    found: dict[str, dict[ElementRef, None]] = {}
    for basis, element in _uses(model):
        if basis is not None and basis in model.legal_bases:
            found.setdefault(basis, {}).setdefault(element)
    return {id_: tuple(found[id_]) for id_ in model.legal_bases if id_ in found}


def _uses(model: ArrivalModel) -> Iterator[tuple[str | None, ElementRef]]:
    for system in model.systems.values():
        for access in (*(system.readers or ()), *(system.writers or ())):
            yield access.legal_basis, ElementRef("system", system.id)
    for document in model.documents.values():
        yield document.legal_basis, ElementRef("document", document.id)
    for agreement in model.agreements.values():
        if agreement.bridges is not None:
            yield agreement.bridges.legal_basis, ElementRef("agreement", agreement.id)
    for benefit in model.benefits.values():
        yield benefit.legal_basis, ElementRef("benefit", benefit.id)
    for duty in model.information_duties.values():
        element = ElementRef("information_duty", duty.id)
        yield duty.legal_basis, element
        yield (duty.deadline.legal_basis if duty.deadline is not None else None), element
    yield from _uses_in_processes(model)


def _uses_in_processes(model: ArrivalModel) -> Iterator[tuple[str | None, ElementRef]]:
    for process in model.processes.values():
        for deadline in process.deadlines or ():
            yield deadline.legal_basis, ElementRef("process", process.id)
    for node in model.nodes.values():
        if isinstance(node, Activity):
            yield from _uses_of_step(node)
    for handover in model.handovers.values():
        bases = () if handover.legal_basis == "not_needed" else handover.legal_basis or ()
        for basis in bases:
            yield basis, ElementRef("handover", handover.id)
        for deadline in handover.deadlines or ():
            yield deadline.legal_basis, ElementRef("handover", handover.id)


def _uses_of_step(node: Activity) -> Iterator[tuple[str | None, ElementRef]]:
    element = ElementRef("node", node.id)
    for collection in node.collects or ():
        yield collection.justified_by, element
    for retrieval in node.retrieves or ():
        yield retrieval.legal_basis, element
    for deadline in node.deadlines or ():
        yield deadline.legal_basis, element
