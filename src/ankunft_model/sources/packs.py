"""Entries of shipped packs that a model uses by id without defining them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.identifiers import nearest
from ankunft_model.model.known_ids import KIND_PREFIXES, unknown_uses
from ankunft_model.model.part import Element, Registry

PACKED_KINDS: Final = ("legal_bases", "data", "documents", "measures")
"""The registries that packs have entries for."""


def complete_with_packs(model: ArrivalModel) -> ArrivalModel:
    """Return `model` with the entries of shipped packs that it uses, directly or through other such entries.

    They stand after the own entries, in the order of the pack, and carry its name as `origin`. Whether a registry is
    stated as `none` stays as it is. The result is not checked; use `find_inconsistencies`.
    """
    shipped = pack_entries()
    taken: dict[str, set[str]] = {kind: set() for kind in PACKED_KINDS}
    completed = model
    while True:
        found = False
        for use in unknown_uses(completed):
            prefix, _, bare = use.id.rpartition(":")
            kinds: Iterable[str] = (KIND_PREFIXES.get(prefix.strip(), ""),) if prefix else use.kinds
            for kind in PACKED_KINDS if use.kinds == ("anything",) and not prefix else kinds:
                id_ = bare.strip()
                if kind in taken and id_ in shipped[kind] and id_ not in taken[kind]:
                    taken[kind].add(id_)
                    found = True
                    break
        if not found:
            return completed
        completed = _with_entries(model, shipped, taken)


def _with_entries(
    model: ArrivalModel, shipped: Mapping[str, Mapping[str, Element]], taken: Mapping[str, set[str]]
) -> ArrivalModel:
    registries: dict[str, Registry[Any]] = {}
    for kind, ids in taken.items():
        if ids:
            own: Registry[Any] = getattr(model, kind)
            added = [entry for id_, entry in shipped[kind].items() if id_ in ids]
            registries[kind] = Registry([*own.values(), *added], is_stated=own.is_stated)
    fields = {name: getattr(model, name) for name in ArrivalModel.model_fields}
    return ArrivalModel.model_validate({**fields, **registries}, context={"references": "unchecked"})


def nearest_in_packs(kinds: Iterable[str], word: str) -> str | None:
    """Return the id of a shipped entry of one of `kinds` that `word` was probably meant to be, or None."""
    shipped = pack_entries()
    return nearest(word, (id_ for kind in kinds if kind in PACKED_KINDS for id_ in shipped[kind]))


def pack_entries() -> Mapping[str, Mapping[str, Element]]:
    """Return the shipped entries of every kind by id, in the order of the packs."""
    return {kind: {} for kind in PACKED_KINDS}
