"""Two changed versions of a model put together, with the version that both come from.

What only one side has changed is taken from that side. What both have changed differently is a conflict: the own side
stays, and the conflict is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.wording import Wording

Path = tuple[str, ...]


class _Absent:
    """Stands for a key that is not there."""


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the other side says otherwise and that was taken over.

    Attributes:
        path: Keys from the top of the model; handovers by their id.
        before: What stood there; None where nothing stood.
        after: What stands there now; None where it was taken away.
    """

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing of which `mine` was kept: both sides say it otherwise than before, and not alike, or it cannot be.

    Attributes:
        path: As of a change.
        mine: What stands there; None where nothing does.
        theirs: What the other side says; None where it was taken away.
        reason: Why the other side's version leads to no well-formed model; None where both have changed it.
    """

    path: Path
    mine: Any
    theirs: Any
    reason: Wording | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The model put together, in the shape of its file, with what was taken over and what was not."""

    plain: dict[str, Any]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge_plain(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Merged:
    """Return `mine` with everything that `theirs` has changed since `base`.

    Example:
        >>> merged = merge_plain({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 4})
        >>> merged.plain, [conflict.path for conflict in merged.conflicts]
        ({'a': 2, 'b': 4}, [('a',)])
    """
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    plain = _merged(base, mine, theirs, (), changes, conflicts)
    return Merged(plain, tuple(changes), tuple(conflicts))


def _merged(base: Any, mine: Any, theirs: Any, path: Path, changes: list[Change], conflicts: list[Conflict]) -> Any:
    if theirs == base or mine == theirs:
        return mine
    base_entries, mine_entries, their_entries = _entries(base), _entries(mine), _entries(theirs)
    if mine_entries is not None and their_entries is not None:
        before = base_entries or {}
        found: dict[str, Any] = {}
        for key in (*mine_entries, *(key for key in their_entries if key not in mine_entries)):
            value = _merged(
                before.get(key, ABSENT),
                mine_entries.get(key, ABSENT),
                their_entries.get(key, ABSENT),
                (*path, key),
                changes,
                conflicts,
            )
            if value is not ABSENT:
                found[key] = value
        return list(found.values()) if is_sequence(mine) else found
    if mine == base:
        changes.append(Change(path, _shown(mine), _shown(theirs)))
        return theirs
    conflicts.append(Conflict(path, _shown(mine), _shown(theirs)))
    return mine


def item_of(value: object, key: str) -> object:
    """Return what stands under a key of a mapping, or the item of that id of a list; None if there is none.

    Example:
        >>> item_of([{"id": "a", "to": "b"}], "a")
        {'id': 'a', 'to': 'b'}
    """
    entries = _entries(value)
    return None if entries is None else entries.get(key)


def _entries(value: Any) -> dict[str, Any] | None:
    """Return the entries of a mapping, or of a list whose items have ids, by their ids."""
    if is_mapping(value):
        return value
    if is_sequence(value) and value and all(is_mapping(item) and "id" in item for item in value):
        return {item["id"]: item for item in value}
    return None


def _shown(value: Any) -> Any:
    return None if value is ABSENT else value
