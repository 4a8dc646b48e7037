"""Actors: organisations, units, roles and persons; the sites where they are."""

from typing import Literal

from ankunft_model.model.identifiers import ActorRef
from ankunft_model.model.part import Many, Named, Part
from ankunft_model.model.quantities import Count, Date, Number, Share
from ankunft_model.model.vocabulary import BodyType


class Capacity(Part):
    """How much an actor can do: full-time equivalents, cases per year."""

    fte: Number | None = None
    cases: Count | None = None


class Funding(Part):
    """Who pays for an actor, which share, until when."""

    by: str
    share: Share | None = None
    until: Date | None = None


class Actor(Named):
    """An organisation, unit, role or person that performs steps.

    Attributes:
        kind: Word of the open vocabulary `actor_kinds`; exactly one actor of kind `person` is *the* person.
        part_of: The larger organisation; shares neither knowledge nor reading rights.
        body_type: Kind of body in law; None: derived from `kind` where the vocabulary says, else unknown.
    """

    kind: str
    part_of: ActorRef | None = None
    body_type: BodyType | None = None
    capacity: Capacity | None = None
    funding: Many[Funding] = None
    commissioned_by: ActorRef | None = None
    contact: str | None = None


class Site(Named):
    """A place where actors work."""

    used_by: Many[ActorRef] = None
    address: str | None = None


PERSON_KIND: Literal["person"] = "person"
"""The kind of the actor whose way the model follows."""
