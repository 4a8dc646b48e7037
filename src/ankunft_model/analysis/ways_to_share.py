"""Ways on which an item can come to an actor by what the model states, whether or not a run uses them in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.transfers import bases_allowing
from ankunft_model.model import Activity, AnyDocument, ArrivalModel


class WaysToShare:
    """The items that can come to each actor, found in one pass over the model when first asked for."""

    def __init__(self, computed: Computations) -> None:
        self._computed = computed
        self._model = computed.model
        self._allowed: dict[tuple[str, str], bool] = {}

    def lead(self, item: str, actor: str) -> bool:
        """Return whether a handover, a right to read, a paper, a legal basis or a consent leads an item to an actor."""
        if item in self._stated.get(actor, ()):
            return True
        if (actor, item) not in self._allowed:
            self._allowed[actor, item] = bool(bases_allowing(self._model, actor, (item,)))
        return self._allowed[actor, item]

    def kept_in(self, system: str) -> frozenset[str]:
        """Return what a system holds from the start, is able to hold, or gets from a step, by main names."""
        return self._kept.get(system, frozenset())

    @cached_property
    def _stated(self) -> Mapping[str, frozenset[str]]:
        model = self._model
        ids: dict[str, set[str]] = {}
        for handover in model.handovers.values():
            receiver = self._computed.receiver(handover)
            if receiver is not None and handover.channel != ():
                ids.setdefault(receiver, set()).update(handover.data or (), _printed(model, handover.documents or ()))
        for system in model.systems.values():
            for access in system.readers or ():
                read = self._kept_ids.get(system.id, ()) if access.data is None else access.data
                ids.setdefault(access.actor, set()).update(read)
        for node in model.nodes.values():
            if isinstance(node, Activity) and node.documents_in and node.actor is not None:
                shown = (
                    document
                    for entry in node.documents_in
                    for document in (entry.any_of if isinstance(entry, AnyDocument) else (entry,))
                )
                ids.setdefault(node.actor, set()).update(_printed(model, shown))
        for consent in model.consents.values():
            for recipient in consent.recipients:
                ids.setdefault(recipient, set()).update(consent.data)
        return {actor: _main_names(model, found) for actor, found in ids.items()}

    @cached_property
    def _kept_ids(self) -> Mapping[str, set[str]]:
        systems = self._model.systems.values()
        ids = {system.id: {*(system.holds or ()), *(system.stores or ())} for system in systems}
        for node in self._model.nodes.values():
            for recording in (node.records_in or ()) if isinstance(node, Activity) else ():
                kept = ids[recording.system]
                kept.update(recording.data or ())
                if recording.data is None and isinstance(node, Activity):
                    kept.update((entry.item for entry in node.collects or ()), node.produces or ())
        return ids

    @cached_property
    def _kept(self) -> Mapping[str, frozenset[str]]:
        return {system: _main_names(self._model, ids) for system, ids in self._kept_ids.items()}


def _printed(model: ArrivalModel, documents: Iterable[str]) -> Iterator[str]:
    for document in documents:
        yield from model.documents[document].prints or ()


def _main_names(model: ArrivalModel, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(model.canonical(item) for item in model.items_of(ids))
