"""How elements of a model are called on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ankunft_model.model import ArrivalModel, Element, Gateway
from ankunft_model.registries.vocabularies import vocabulary
from ankunft_model.wording import Language, Wording

_GATEWAY_NAMES: Final = Wording(de="Entscheidung", en="decision")


class PageNames:
    """Names in the language of the page; an id that is not known is its own name."""

    def __init__(self, model: ArrivalModel, performer_of: Mapping[str, str | None], language: Language) -> None:
        self._model = model
        self._performer_of = performer_of
        self._language: Language = language
        self._registries: dict[str, Mapping[str, Any]] = {
            "node": model.nodes,
            "handover": model.handovers,
            "data": model.data,
            "benefit": model.benefits,
            "actor": model.actors,
            "system": model.systems,
            "document": model.documents,
            "legal_basis": model.legal_bases,
            "agreement": model.agreements,
            "consent": model.consents,
            "case": model.cases,
            "process": model.processes,
            "measure": model.measures,
            "cohort": model.cohorts,
            "body": model.bodies,
        }

    def of(self, kind: str, id_: str) -> str:
        """Return the name of an element; a handover is called after its ends."""
        if kind == "handover":
            return self.handover(id_)
        if kind == "legal_basis" and id_ in self._model.legal_bases:
            return self._model.legal_bases[id_].cite
        element = self._registries.get(kind, {}).get(id_)
        if isinstance(element, Gateway) and element.name is None:
            return _GATEWAY_NAMES.in_language(self._language)
        return element.label(self._language) if isinstance(element, Element) else id_

    def handover(self, id_: str) -> str:
        """Return sender and receiver of a handover."""
        handover = self._model.handovers.get(id_)
        if handover is None:
            return id_
        sender = handover.from_ if isinstance(handover.from_, str) else handover.from_.actor
        receiver = handover.to if isinstance(handover.to, str) else handover.to.actor
        return f"{self.end(sender)} → {self.end(receiver)}"

    def end(self, id_: str) -> str:
        """Return the body at an end of a handover, given a node or an actor."""
        if id_ == "none":
            return Wording(de="niemand", en="nobody").in_language(self._language)
        if id_ in self._model.nodes:
            return self.performer(id_)
        return self.of("actor", id_)

    def performer(self, node: str) -> str:
        """Return who performs a node."""
        actor = self._performer_of.get(node)
        if actor is None:
            return Wording(de="unbekannte Stelle", en="unknown body").in_language(self._language)
        return self.of("actor", actor)

    def word(self, vocabulary_name: str, id_: str) -> str:
        """Return the name of a word of a shipped vocabulary or of the model's own words; else the word itself."""
        shipped = vocabulary(vocabulary_name)
        if id_ in shipped:
            return shipped[id_].label(self._language)
        for words in self._model.vocabularies.values():
            if id_ in words:
                return words[id_].label(self._language)
        return id_

    def items(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of data items; a group of the model stands for its members if all are there.

        Order: as given, a group where its first member stood.
        """
        left: list[str] = list(self._model.items_of(ids))
        groups = [
            (group.id, set(self._model.items_of((group.id,)))) for group in self._model.data.values() if group.is_group
        ]
        names: list[str] = []
        while left:
            first = left[0]
            best: tuple[str, set[str]] = (first, {first})
            for group, inner in groups:
                if first in inner and len(inner) > len(best[1]) and inner <= set(left):
                    best = (group, inner)
            names.append(self.of("data", best[0]))
            left = [item for item in left if item not in best[1]]
        return tuple(names)
