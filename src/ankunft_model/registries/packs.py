"""Packs: entries of registries that a model may use by id without defining them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, TypeAlias, get_args

from ankunft_model.registries.data_files import read_data
from ankunft_model.registries.words import wording
from ankunft_model.wording import Wording

PackRegistry: TypeAlias = Literal["data", "documents", "legal_bases", "sources"]
Entry: TypeAlias = dict[str, Any]
"""An entry in the shape of the file, without its id."""

PACK_REGISTRIES: Final[tuple[PackRegistry, ...]] = get_args(PackRegistry)
"""Registries for which entries ship, in the order of the model."""

_FOLDERS: Final = ("de_2025",)


@dataclass(frozen=True, slots=True)
class Pack:
    """Entries that belong together: one country, one state of the law.

    Attributes:
        id: What `origin` of a model's entry says, such as `de-2025`.
        law_read_on: State of the texts of law that were read; later changes are noted where they are known.
    """

    id: str
    name: Wording
    description: Wording
    law_read_on: date
    folder: str

    def entries(self, registry: PackRegistry) -> dict[str, Entry]:
        """Return the entries of a registry by id, in the order of the file; they belong to the caller."""
        found: dict[str, Entry] = read_data(f"{self.folder}/{registry}.json")
        return found


@cache
def packs() -> tuple[Pack, ...]:
    """Return the packs that ship with the package; where two define an id, the first wins."""
    return tuple(_read_pack(folder) for folder in _FOLDERS)


def pack_entries(registry: str) -> dict[str, Entry]:
    """Return all shipped entries of a registry by id, each with its pack as `origin`; they belong to the caller.

    A registry without shipped entries gives an empty mapping.

    Example:
        >>> entry = pack_entries("legal_bases")["azrg_18b"]
        >>> entry["cite"], entry["allows"]["recipients"], entry["origin"]
        ('AZRG § 18b Abs. 1 Nr. 10', ['jobcenter', 'employment_agency'], 'de-2025')
    """
    entries: dict[str, Entry] = {}
    for known in PACK_REGISTRIES:
        if known == registry:
            for pack in packs():
                for id_, entry in pack.entries(known).items():
                    entries.setdefault(id_, {**entry, "origin": pack.id})
    return entries


def _read_pack(folder: str) -> Pack:
    data: dict[str, Any] = read_data(f"{folder}/pack.json")
    return Pack(
        id=data["id"],
        name=wording(data["name"]),
        description=wording(data["description"]),
        law_read_on=date.fromisoformat(data["law_read_on"]),
        folder=folder,
    )
