"""What allows or obliges: legal bases, agreements, consents."""

from typing import Annotated, Literal

from pydantic import Field

from ankunft_model.model.identifiers import (
    ActorRef,
    BenefitRef,
    DataRef,
    HandoverRef,
    LegalBasisRef,
    NodeRef,
    Reference,
)
from ankunft_model.model.part import Element, Many, Named, Part, Some
from ankunft_model.model.quantities import Date, DurationRange, Flag
from ankunft_model.model.texts import Text
from ankunft_model.model.vocabulary import AgreementKind, ConsentForm, LegalBasisKind, LegalStage


class Allowance(Part):
    """Who may receive which data.

    Attributes:
        recipients: Actors, actor kinds, or `any`.
        data: Data items, or `any`.
    """

    recipients: Many[Annotated[str, Reference(("actors", "actor_kinds"))]] = None
    data: Many[Annotated[str, Reference(("data",))]] = None


class LegalBasis(Element):
    """A citation with validity and what it allows.

    Attributes:
        cite: The citation as jurists write it, such as `AZRG § 18b Abs. 1 Nr. 10`.
        mandatory: Whether it obliges to transfer, so that no agreement is needed.
        valid_from, valid_to: First and last day of validity; None: unknown, or open.
    """

    cite: str
    kind: LegalBasisKind
    allows: Allowance | None = None
    mandatory: Flag = False
    stage: LegalStage = "in_force"
    purpose: Text | None = None
    valid_from: Date | None = None
    valid_to: Date | None = None

    def label(self, language: str = "de") -> str:
        """Return the name in `language`, or the citation."""
        return self.cite if self.name is None else super().label(language)


class Bridge(Part):
    """An old benefit is paid until the new one starts."""

    benefit: BenefitRef
    until_starts: BenefitRef
    notice: DurationRange | None = None
    legal_basis: LegalBasisRef | None = None


class Agreement(Named):
    """An agreement between actors, with the handovers that it covers."""

    parties: Annotated[Some[ActorRef], Field(min_length=2)]
    kind: AgreementKind | None = None
    binding: Flag | None = None
    covers: Many[HandoverRef] = None
    valid_from: Date | None = None
    valid_to: Date | None = None
    review: DurationRange | None = None
    bridges: Bridge | None = None


class Consent(Element):
    """A consent: given where, for which data, recipients and purpose; it may do without a name.

    Attributes:
        from_: Who consents; None: the person.
        refused_at: First node of the branch without consent, or `none` if there is no such branch.
    """

    from_: Annotated[ActorRef | None, Field(alias="from")] = None
    given_at: Some[NodeRef]
    data: Some[DataRef]
    recipients: Some[ActorRef]
    purpose: Text | None = None
    form: ConsentForm | None = None
    revocable: Flag | None = None
    refused_at: NodeRef | Literal["none"] | None = None
