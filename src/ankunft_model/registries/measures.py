"""The catalogue of measures: what municipalities have done about which finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ankunft_model.registries.data_files import read_data
from ankunft_model.registries.words import Confidence, wording
from ankunft_model.wording import Wording


@dataclass(frozen=True, slots=True)
class ShippedMeasure:
    """A measure of the catalogue.

    Attributes:
        resolves: Names of the rules whose findings it resolves, the most important first.
        examples: Places that have done it.
    """

    id: str
    name: Wording
    description: Wording
    resolves: tuple[str, ...]
    examples: tuple[Wording, ...]
    source: tuple[str, ...]
    confidence: Confidence


@cache
def shipped_measures() -> Mapping[str, ShippedMeasure]:
    """Return the catalogue by id, in the order of the file."""
    return MappingProxyType({id_: _read_measure(id_, entry) for id_, entry in measure_entries().items()})


def measures_resolving(rule: str) -> tuple[ShippedMeasure, ...]:
    """Return the measures against findings of `rule`; those made for it come before those that also help.

    Example:
        >>> [measure.id for measure in measures_resolving("media-break")]
        ['shared_software', 'read_access']
    """
    helping = [measure for measure in shipped_measures().values() if rule in measure.resolves]
    return tuple(sorted(helping, key=lambda measure: measure.resolves.index(rule)))


def measure_entries() -> dict[str, dict[str, Any]]:
    """Return the catalogue in the shape of the file's registry `measures`; the entries belong to the caller."""
    entries: dict[str, dict[str, Any]] = read_data("measures.json")
    return entries


def _read_measure(id_: str, entry: dict[str, Any]) -> ShippedMeasure:
    return ShippedMeasure(
        id=id_,
        name=wording(entry["name"]),
        description=wording(entry["description"]),
        resolves=tuple(entry["resolves"]),
        examples=tuple(wording(example) for example in entry.get("examples", ())),
        source=tuple(entry["source"]),
        confidence=entry["confidence"],
    )
