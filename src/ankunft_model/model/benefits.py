"""Benefits: who pays what under which regime, for which need."""

from typing import Annotated

from pydantic import Field

from ankunft_model.model.identifiers import ActorRef, LegalBasisRef
from ankunft_model.model.part import Named, Part, Some
from ankunft_model.model.quantities import Date, Number
from ankunft_model.model.texts import Text
from ankunft_model.model.vocabulary import BenefitBegin, BenefitEnd, PaymentRhythm


class Amount(Part):
    """An amount of money with the day and the household it holds for."""

    value: Number
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    as_of: Date | None = None
    for_: Annotated[Text | None, Field(alias="for")] = None


class Benefit(Named):
    """A benefit.

    Attributes:
        regime: Word of the open vocabulary `regimes`.
        covers: Needs that it covers, words of the open vocabulary `covers`.
        begins: `month_start`: entitlement rounds back to the first of the month.
        ends: `month_end`: entitlement runs to the end of the month.
    """

    payer: ActorRef
    regime: str
    covers: Some[str]
    begins: BenefitBegin = "day"
    ends: BenefitEnd = "day"
    paid: PaymentRhythm | None = None
    legal_basis: LegalBasisRef | None = None
    cost_bearer: ActorRef | None = None
    monthly_amount: Amount | None = None
