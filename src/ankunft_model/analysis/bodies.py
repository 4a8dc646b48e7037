"""What kind of body an actor is in law, and who sits in which steering body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ankunft_model.model import ArrivalModel
from ankunft_model.registries import ActorKindWord
from ankunft_model.registries.vocabularies import vocabulary

NON_PUBLIC: Final = frozenset({"welfare_private", "private", "volunteer"})
"""Types of bodies that are no public authority (SGB X § 67 Abs. 5)."""


def body_type_of(model: ArrivalModel, actor: str) -> str | None:
    """Return the type of body: as stated, by kind, or that of the organisation above; None: unknown."""
    here: str | None = actor
    while here is not None:
        entry = model.actors[here]
        if entry.body_type is not None:
            return entry.body_type
        word = vocabulary("actor_kinds").get(entry.kind)
        if isinstance(word, ActorKindWord) and word.body_type is not None:
            return word.body_type
        here = entry.part_of
    return None


def sits_in(model: ArrivalModel, actor: str | None, members: Iterable[str]) -> bool:
    """Return whether the actor or an organisation above it is among the members."""
    seated = set(members)
    while actor is not None:
        if actor in seated:
            return True
        actor = model.actors[actor].part_of
    return False


def is_public(model: ArrivalModel, actor: str) -> bool | None:
    """Return whether the actor is a public body, by its stated type or its kind; None: unknown, or it depends."""
    stated = model.actors[actor].body_type
    if stated is not None:
        return stated not in NON_PUBLIC and stated != "person"
    word = vocabulary("actor_kinds").get(model.actors[actor].kind)
    return word.is_public if isinstance(word, ActorKindWord) else None
