"""Retrieval rights: which kind of body may get which data from which register, and on which basis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ankunft_model.registries.data_files import read_data
from ankunft_model.registries.words import Confidence, wording
from ankunft_model.wording import Wording


@dataclass(frozen=True, slots=True)
class RetrievalRight:
    """A right that the law gives, whether or not practice uses it.

    Attributes:
        register, register_name: The register; models name their systems themselves, `azr` is usual for the AZR.
        mode: `retrieve` if the recipient asks, `push` if the register sends by itself.
        recipients: Kinds of actors.
        data: Data items of the pack, or None for all that the register holds.
        legal_basis: Legal basis of the pack; it has the validity.
    """

    id: str
    register: str
    register_name: Wording
    mode: Literal["retrieve", "push"]
    recipients: tuple[str, ...]
    data: tuple[str, ...] | None
    legal_basis: str
    source: tuple[str, ...]
    confidence: Confidence

    def covers(self, item: str) -> bool:
        """Return whether the right is about the data item."""
        return self.data is None or item in self.data


@cache
def retrieval_rights() -> tuple[RetrievalRight, ...]:
    """Return all shipped retrieval rights, in the order of the file."""
    return tuple(_read_right(data) for data in read_data("de_2025/retrieval_rights.json"))


def retrieval_rights_of(actor_kind: str, item: str) -> tuple[RetrievalRight, ...]:
    """Return the rights by which bodies of `actor_kind` may get the data item, in the order of the file.

    Example:
        >>> [right.legal_basis for right in retrieval_rights_of("jobcenter", "school_education")]
        ['azrg_18b', 'sgb2_50']
    """
    return tuple(right for right in retrieval_rights() if actor_kind in right.recipients and right.covers(item))


def _read_right(data: dict[str, Any]) -> RetrievalRight:
    return RetrievalRight(
        id=data["id"],
        register=data["register"]["id"],
        register_name=wording(data["register"]["name"]),
        mode=data["mode"],
        recipients=tuple(data["recipients"]),
        data=None if data["data"] == "any" else tuple(data["data"]),
        legal_basis=data["legal_basis"],
        source=tuple(data["source"]),
        confidence=data["confidence"],
    )
