"""Ids, what they refer to, and the nearest known id when one is unknown."""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_ID_LENGTH: Final = 64
ID_PATTERN: Final = re.compile(r"[a-z][a-z0-9_]*")
RESERVED_WORDS: Final = frozenset({"none", "unknown", "any", "not_needed"})
"""Words that stand for the absence or the whole of something and therefore name nothing."""

_MOST_CELLS: Final = 100_000
"""How many pairs of characters `nearest` compares at most; some hundred candidates of usual length."""

_SHORTEST_ABBREVIATION: Final = 3
"""So many characters must be given of a word that is cut short."""

_OTHER_SIGNS: Final = re.compile("[^a-z0-9]+")
_SPELT_OUT: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field as the id of an entry of one of `kinds`, such as `actors` or `nodes`."""

    kinds: tuple[str, ...]


def is_id(value: str) -> bool:
    """Return whether `value` is a well-formed id: `ID_PATTERN`, not too long, no reserved word.

    Example:
        >>> is_id("abh_2"), is_id("ABH"), is_id("none")
        (True, False, False)
    """
    return (
        value.isidentifier()
        and value.islower()
        and value.isascii()
        and value[0] != "_"
        and len(value) <= MAX_ID_LENGTH
        and value not in RESERVED_WORDS
    )


def check_id(value: str) -> str:
    """Return `value` if it is a well-formed id.

    Raises:
        PydanticCustomError: `malformed-id` or `reserved-id`.
    """
    if value in RESERVED_WORDS:
        raise PydanticCustomError("reserved-id", "'{value}' is a reserved word and cannot be an id", {"value": value})
    if not is_id(value):
        raise PydanticCustomError(
            "malformed-id",
            "'{value}' is not an id; expected a-z, then a-z, 0-9 or _, at most 64 characters",
            {"value": value[:80]},
        )
    return value


_ID_SCHEMA: Final = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": MAX_ID_LENGTH}

Id: TypeAlias = Annotated[str, AfterValidator(check_id), WithJsonSchema(_ID_SCHEMA)]
"""An id: `[a-z][a-z0-9_]*`, at most 64 characters, no reserved word."""

ActorRef: TypeAlias = Annotated[Id, Reference(("actors",))]
SystemRef: TypeAlias = Annotated[Id, Reference(("systems",))]
DataRef: TypeAlias = Annotated[Id, Reference(("data",))]
DocumentRef: TypeAlias = Annotated[Id, Reference(("documents",))]
LegalBasisRef: TypeAlias = Annotated[Id, Reference(("legal_bases",))]
AgreementRef: TypeAlias = Annotated[Id, Reference(("agreements",))]
ConsentRef: TypeAlias = Annotated[Id, Reference(("consents",))]
BenefitRef: TypeAlias = Annotated[Id, Reference(("benefits",))]
CohortRef: TypeAlias = Annotated[Id, Reference(("cohorts",))]
MemberRef: TypeAlias = Annotated[Id, Reference(("members",))]
SiteRef: TypeAlias = Annotated[Id, Reference(("sites",))]
NodeRef: TypeAlias = Annotated[Id, Reference(("nodes",))]
HandoverRef: TypeAlias = Annotated[Id, Reference(("handovers",))]


def id_from_text(text: str, taken: Container[str] = ()) -> str:
    """Return an id made from `text`: lower case, umlauts spelt out, other signs `_`, a number if taken.

    Example:
        >>> id_from_text("Platz zuweisen (Schulamt)"), id_from_text("Größe", taken={"groesse"})
        ('platz_zuweisen_schulamt', 'groesse_2')
    """
    plain = text.lower()
    is_one = plain.isascii() and plain.isidentifier() and len(plain) <= MAX_ID_LENGTH - 6
    base = plain if is_one and "_" not in (plain[0], plain[-1]) and "__" not in plain else _spelt_out(plain)
    if base in RESERVED_WORDS:
        base = f"{base}_1"
    if base not in taken:
        return base
    number = 2
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def _spelt_out(plain: str) -> str:
    """Return an id made from a text in lower case."""
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_SPELT_OUT)).encode("ascii", "ignore").decode("ascii")
    base = _OTHER_SIGNS.sub("_", plain).strip("_")[: MAX_ID_LENGTH - 6].strip("_")
    if not base or not base[0].isalpha():
        base = f"n_{base}".rstrip("_")
    return base


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was most probably meant to be, or None if none is near.

    Distance is the number of inserted, deleted, replaced or swapped neighbouring characters (optimal string
    alignment, Damerau 1964); at most a third of the longer word may differ. A word that is only cut short has
    distance 1. Ties go to the first candidate. Among very many candidates only the first ones are compared.

    Example:
        >>> nearest("jobcentre", ["jobcenter", "sozialamt"])
        'jobcenter'
    """
    best: str | None = None
    best_distance = 10**9
    cells_left = _MOST_CELLS
    for candidate in candidates:
        if len(word) >= _SHORTEST_ABBREVIATION and candidate.startswith(word) and candidate != word:
            if best_distance > 1:
                best, best_distance = candidate, 1
            continue
        limit = min(max(len(word), len(candidate)) // 3 + (len(word) > 2), best_distance - 1)
        if abs(len(word) - len(candidate)) > limit:
            continue
        cells_left -= len(word) * len(candidate)
        if cells_left < 0:
            break
        distance = _distance(word, candidate)
        if distance <= limit:
            best, best_distance = candidate, distance
    return best


def _distance(first: str, second: str) -> int:
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for i, left in enumerate(first, start=1):
        row = [i]
        for j, right in enumerate(second, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1]
