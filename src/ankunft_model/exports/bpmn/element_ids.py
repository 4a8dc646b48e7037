"""Ids of the BPMN file: those of the model where an element stands for one, else made from them; never twice."""

from __future__ import annotations

import re

_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_]+")
_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")


class ElementIds:
    """Hands out ids; the same sequence of calls gives the same ids.

    Example:
        >>> ids = ElementIds()
        >>> ids.take("apply"), ids.take("apply"), ids.made("Catch", "apply>done")
        ('apply', 'apply_2', 'Catch_apply_done')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return `wanted` if it can be an id and is free, else something near it."""
        base = wanted if _NCNAME.fullmatch(wanted) else "Id_" + _NOT_IN_NAME.sub("_", wanted).strip("_")
        chosen, number = base, 1
        while chosen in self._taken:
            number += 1
            chosen = f"{base}_{number}"
        self._taken.add(chosen)
        return chosen

    def drawn(self, known: str | None, prefix: str, *parts: str) -> str:
        """Return the id that somebody who drew the element gave it, if it is free, else one made as in `made`."""
        if known is not None and known not in self._taken and _NCNAME.fullmatch(known):
            return self.take(known)
        return self.made(prefix, *parts)

    def made(self, prefix: str, *parts: str) -> str:
        """Return an id for an added element: a capitalised prefix, which no id of a model has, and what it is from."""
        return self.take("_".join((prefix, *(_NOT_IN_NAME.sub("_", part).strip("_") for part in parts))))
