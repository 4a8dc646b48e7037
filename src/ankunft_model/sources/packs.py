"""Entries of shipped packs that a model uses by id without defining them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.data import DataItem, Document
from ankunft_model.model.governance import Source
from ankunft_model.model.identifiers import nearest
from ankunft_model.model.known_ids import KIND_PREFIXES, unknown_uses
from ankunft_model.model.law import LegalBasis
from ankunft_model.model.part import Element, Registry
from ankunft_model.model.references import Use
from ankunft_model.registries.packs import pack_entries

_CLASS_OF_KIND: Final[Mapping[str, type[Element]]] = {
    "data": DataItem,
    "documents": Document,
    "legal_bases": LegalBasis,
    "sources": Source,
}
"""The registries that packs have entries for, and what their entries are."""


def complete_with_packs(model: ArrivalModel) -> ArrivalModel:
    """Return `model` with the entries of shipped packs that it uses, directly or through other such entries.

    They stand after the own entries, in the order of the pack, and carry its name as `origin`; with them come the
    shipped sources that they cite. Whether a registry is stated as `none` stays as it is. The result is not checked.
    """
    taken: dict[str, set[str]] = {kind: set() for kind in _CLASS_OF_KIND}
    completed = model
    while True:
        new = {place for use in unknown_uses(completed) if (place := _shipped_place(use)) is not None}
        new = {(kind, id_) for kind, id_ in new if id_ not in taken[kind]}
        if not new:
            break
        for kind, id_ in new:
            taken[kind].add(id_)
        completed = _with_entries(model, taken)
    cited = _cited_sources(completed)
    return completed if not cited else _with_entries(model, {**taken, "sources": cited})


def nearest_in_packs(kinds: Iterable[str], word: str) -> str | None:
    """Return the id of a shipped entry of one of `kinds` that `word` was probably meant to be, or None."""
    return nearest(word, (id_ for kind in kinds if kind in _CLASS_OF_KIND for id_ in pack_entries(kind)))


def _shipped_place(use: Use) -> tuple[str, str] | None:
    """Return kind and id of the shipped entry that `use` names, or None."""
    prefix, _, id_ = use.id.rpartition(":")
    if prefix:
        kinds: Iterable[str] = (KIND_PREFIXES.get(prefix.strip(), ""),)
    else:
        kinds = _CLASS_OF_KIND if use.kinds == ("anything",) else use.kinds
    found = (kind for kind in kinds if kind in _CLASS_OF_KIND and id_.strip() in _shipped(kind))
    kind = next(found, None)
    return None if kind is None else (kind, id_.strip())


@cache
def _shipped(kind: str) -> Mapping[str, Element]:
    entry_class = _CLASS_OF_KIND[kind]
    return {id_: entry_class.model_validate({**entry, "id": id_}) for id_, entry in pack_entries(kind).items()}


def _cited_sources(model: ArrivalModel) -> set[str]:
    """Return the ids of the shipped sources that shipped entries of `model` cite."""
    tags = {
        text.partition(":")[0].strip().lower()
        for kind in _CLASS_OF_KIND
        for entry in getattr(model, kind).values()
        if entry.origin is not None
        for text in entry.source or ()
    }
    return {tag for tag in tags if tag in _shipped("sources") and tag not in model.sources}


def _with_entries(model: ArrivalModel, taken: Mapping[str, set[str]]) -> ArrivalModel:
    fields: dict[str, Any] = {name: getattr(model, name) for name in ArrivalModel.model_fields}
    for kind, ids in taken.items():
        if ids:
            own: Registry[Any] = fields[kind]
            added = [entry for id_, entry in _shipped(kind).items() if id_ in ids]
            fields[kind] = Registry([*own.values(), *added], is_stated=own.is_stated)
    return ArrivalModel.model_validate(fields, context={"references": "unchecked"})
