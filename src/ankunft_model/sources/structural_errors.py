"""What pydantic says about a plain model, told by the paths of the file and without its internals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.references import Path
from ankunft_model.sources.pruning import child

_KEY: Final = "[key]"
_NODE_TAGS: Final = frozenset({"step", "subprocess", "event", "gateway"})
_INTERNAL: Final = frozenset({"is_instance_of"})
_MISFITS: Final = frozenset(
    {
        "string_type",
        "model_type",
        "model_attributes_type",
        "dict_type",
        "tuple_type",
        "list_type",
        "date_type",
        "bool_type",
        "int_type",
        "float_type",
    }
)
"""Errors that only say that a value is of another kind; in a choice of kinds, one of the others was meant."""
_WORDS: Final = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class StructuralError:
    """One thing that is wrong with the form of a plain model.

    Attributes:
        type: Name that pydantic or our own validators give it.
        path: Where it stands, in keys and positions of the file.
        context: Details: `value`, `expected` words, bounds.
        alternatives: Names of the other errors at the same place, where one of several forms was expected.
        is_about_key: Whether the key itself is wrong.
    """

    type: str
    path: Path
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])
    alternatives: tuple[str, ...] = ()
    is_about_key: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the closed vocabulary that was expected."""
        return tuple(_WORDS.findall(str(self.context.get("expected", ""))))


@dataclass(frozen=True, slots=True)
class _Found:
    """An error with the branch of a union (its position and name) that it belongs to."""

    error: StructuralError
    branch_at: Path | None
    branch: str


def structural_errors(error: ValidationError, data: object, limit: int) -> list[StructuralError]:
    """Return at most `limit` errors of the form of `data`, one per place, in the order in which they were found."""
    found: list[_Found] = []
    for details in error.errors(include_url=False, include_input=False)[:limit]:
        if details["type"] not in _INTERNAL:
            context = {key: value for key, value in details.get("ctx", {}).items() if key != "error"}
            found.append(_located(details["loc"], details["type"], context, data))
    return _without_double(_without_wrong_branches(found, data))


def _located(loc: tuple[int | str, ...], type_: str, context: Mapping[str, Any], data: object) -> _Found:
    path: list[str | int] = []
    value = data
    branch_at: Path | None = None
    branch = ""
    is_about_key = False
    node_expected = False
    for position, item in enumerate(loc):
        is_last = position == len(loc) - 1
        if isinstance(item, int):
            if is_sequence(value) and item < len(value):
                path.append(item)
                value = value[item]
            elif is_mapping(value) and loc[position - 1] == "fields":
                key = [key for key in value if key != "default"][item]  # levels of confidence, see PartialConfidence
                path.append(key)
                value = value[key]
            continue
        if item == _KEY:
            is_about_key = True
        elif node_expected and item in _NODE_TAGS:
            node_expected = False
        elif is_mapping(value) and item in value:
            node_expected = len(path) > 0 and path[-1] == "nodes"
            path.append(item)
            value = value[item]
        elif is_last and type_ == "missing":
            path.append(item)
        elif branch_at is None and not (is_last and item == "id"):
            branch_at, branch = tuple(path), item
    if type_ == "extra_forbidden":
        is_about_key = True
    return _Found(StructuralError(type_, tuple(path), context, (), is_about_key), branch_at, branch)


def _without_wrong_branches(found: Iterable[_Found], data: object) -> list[StructuralError]:
    """Keep, where one of several forms was allowed, the errors of the form that was meant."""
    at_place: dict[Path, list[_Found]] = {}
    for one in found:
        if one.branch_at is not None:
            at_place.setdefault(one.branch_at, []).append(one)
    kept: list[StructuralError] = []
    told: set[Path] = set()
    for one in found:
        if one.branch_at is None:
            kept.append(one.error)
        elif one.branch_at not in told:
            told.add(one.branch_at)
            kept.extend(_meant(at_place[one.branch_at], one.branch_at, data))
    return kept


def _meant(found: list[_Found], place: Path, data: object) -> list[StructuralError]:
    here: list[_Found] = [one for one in found if one.error.path == place]
    refused = {one.branch for one in here}
    entered = [one for one in found if one.branch not in refused]
    value: object = data
    for key in place:
        value = child(value, key)
    if entered and (is_mapping(value) or is_sequence(value)):
        return [one.error for one in entered]
    fitting = [one.error for one in here if one.error.type not in _MISFITS]
    telling = [error for error in fitting if error.type != "literal_error"] or fitting
    if is_mapping(value) or is_sequence(value) or not telling:
        return [StructuralError("wrong_form", place, {}, tuple(dict.fromkeys(one.error.type for one in here)))]
    first = telling[0]
    others = tuple(dict.fromkeys(error.type for error in telling))
    return [StructuralError(first.type, place, first.context, others)]


def _without_double(errors: Iterable[StructuralError]) -> list[StructuralError]:
    seen: dict[tuple[str, Path], StructuralError] = {}
    for error in errors:
        seen.setdefault((error.type, error.path), error)
    return list(seen.values())
