"""Deadlines of steps, processes, handovers and information duties."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from ankunft_model.model.identifiers import LegalBasisRef, NodeRef
from ankunft_model.model.part import Sourced
from ankunft_model.model.quantities import Duration
from ankunft_model.model.texts import Text
from ankunft_model.model.vocabulary import DeadlineConsequence, DeadlineDays, DeadlineStrength


class Deadline(Sourced):
    """A deadline: `within` a duration after, or before, the completion of a node.

    Attributes:
        until: What has to happen in time; None: the element that carries the deadline.
        of: Which moment of it counts: its documents, its start; None: its completion.
        days: Kind of days counted; `werktage` are Monday to Saturday, `working` Monday to Friday.
    """

    within: Duration
    after: NodeRef | None = None
    before: NodeRef | None = None
    until: NodeRef | None = None
    of: Literal["documents_out", "start"] | None = None
    days: DeadlineDays = "calendar"
    strength: DeadlineStrength = "must"
    legal_basis: LegalBasisRef | None = None
    consequence: DeadlineConsequence | None = None
    name: Text | None = None

    @model_validator(mode="after")
    def _one_anchor(self) -> "Deadline":
        if self.after is not None and self.before is not None:
            raise PydanticCustomError("two-anchors", "a deadline counts from one node: 'after' or 'before', not both")
        counts_days_only = not (
            self.within.years or self.within.months or self.within.hours or self.within.minutes or self.within.seconds
        )
        if self.days != "calendar" and not counts_days_only:
            raise PydanticCustomError("days-only", "werktage and working days need a duration in days, such as P7D")
        return self
