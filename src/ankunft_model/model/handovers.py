"""Handovers: a case or data pass from one step's actor to another's."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ankunft_model.model.deadlines import Deadline
from ankunft_model.model.identifiers import (
    ActorRef,
    AgreementRef,
    ConsentRef,
    DataRef,
    DocumentRef,
    LegalBasisRef,
    NodeRef,
    SystemRef,
)
from ankunft_model.model.part import Element, Many, Part
from ankunft_model.model.quantities import DurationRange, Flag
from ankunft_model.model.vocabulary import Channel, HandoverBinding


class ActorEnd(Part):
    """An end of a handover that is an actor without a modelled step."""

    actor: ActorRef


class Handover(Element):
    """Passing of the case, with data, from one node to another.

    It happens when `from_` completes; what the person alone carries arrives when `to` executes.

    Attributes:
        to: Receiving node or actor; `none`: no receiver is known to exist.
        channel: `()`: nothing passes at all.
        data: What passes; `()`: nothing; None: unknown.
        wanted: What ought to pass and does not.
        legal_basis: Bases of the transfer; `none`, `not_needed`, or None for unknown.
        triggers: `to` is a start event of another process, which this handover starts.
        waits: `to` needs a mark that this handover leaves.
        via: The system that delivers what it holds, instead of what the actor has.
    """

    keeps_id: ClassVar[bool] = True

    from_: Annotated[NodeRef | ActorEnd, Field(alias="from")]
    to: NodeRef | ActorEnd | Literal["none"]
    channel: Many[Channel] = None
    data: Many[DataRef] = None
    wanted: Many[DataRef] = None
    documents: Many[DocumentRef] = None
    legal_basis: Literal["not_needed"] | Many[LegalBasisRef] = None
    agreement: Literal["none", "not_needed"] | AgreementRef | None = None
    consent: Literal["none", "not_needed"] | ConsentRef | None = None
    binding: HandoverBinding | None = None
    latency: DurationRange | None = None
    triggers: Flag = False
    waits: Flag = False
    via: SystemRef | None = None
    deadlines: Many[Deadline] = None

    @property
    def from_node(self) -> str | None:
        """The id of the sending node, or None if an actor without a step sends."""
        return self.from_ if isinstance(self.from_, str) else None

    @property
    def to_node(self) -> str | None:
        """The id of the receiving node, or None if there is none."""
        return self.to if isinstance(self.to, str) and self.to != "none" else None

    @property
    def is_carried_by_person(self) -> bool:
        """Whether the person alone carries it (`paper_carried` is its only channel)."""
        return self.channel == ("paper_carried",)
