"""What steers and improves: bodies, measures; and the sources that statements rest on."""

from typing import Annotated

from ankunft_model.model.identifiers import ActorRef, AgreementRef, Reference
from ankunft_model.model.part import Many, Named, Part, Some
from ankunft_model.model.quantities import Date, DurationRange, Flag, Number
from ankunft_model.model.texts import Text
from ankunft_model.model.vocabulary import BodyKind, BodyLevel, Channel


class Body(Named):
    """A steering body, case conference or working group."""

    kind: BodyKind
    members: Some[ActorRef]
    level: BodyLevel | None = None
    rhythm: DurationRange | None = None
    channel: Many[Channel] = None
    covers: Many[Annotated[str, Reference(("processes", "handovers"))]] = None
    evaluates: Flag | None = None


class Cost(Part):
    """What a measure costs: full-time equivalents, euros, once or each year."""

    fte: Number | None = None
    euros: Number | None = None
    once: Flag | None = None
    funding: Text | None = None


class Measure(Named):
    """A change that resolves findings.

    Attributes:
        changes: Nodes, handovers or entries of registries that it touches; `kind:id` where an id is ambiguous.
        resolves: Names of rules.
    """

    changes: Many[Annotated[str, Reference(("anything",))]] = None
    resolves: Many[str] = None
    agreement: AgreementRef | None = None
    cost: Cost | None = None
    lead_time: DurationRange | None = None
    examples: Many[Text] = None
    good_for: dict[ActorRef, Text] | None = None


class Source(Named):
    """Where statements come from; an element cites it as `TAG:passage`."""

    date: Date | None = None
    url: str | None = None
