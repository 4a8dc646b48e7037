"""Ids of what is suggested: nothing that is in the model, or suggested beside it, is called so already."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final

_LONGEST: Final = 64
"""Longer ids are not valid in the file of a model."""


class NewIds:
    """Gives each new thing of one kind an id of its own.

    Example:
        >>> ids = NewIds(["consent_a"])
        >>> ids.of("first", "consent_a"), ids.of("second", "consent_a"), ids.of("first", "consent_a")
        ('consent_a_2', 'consent_a_3', 'consent_a_2')
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._id_of: dict[Hashable, str] = {}

    def keep(self, thing: Hashable, id_: str) -> None:
        """Let a thing have the id under which it was suggested before."""
        self._id_of.setdefault(thing, id_)

    def of(self, thing: Hashable, base: str) -> str:
        """Return the id of a thing: `base`, cut to the longest id, with a number if that is taken."""
        if thing not in self._id_of:
            id_, number = base[:_LONGEST], 1
            while id_ in self._taken:
                number += 1
                ending = f"_{number}"
                id_ = base[: _LONGEST - len(ending)] + ending
            self._taken.add(id_)
            self._id_of[thing] = id_
        return self._id_of[thing]
