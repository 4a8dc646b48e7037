"""Whom it concerns: target groups, single cases, and what people must be told."""

from typing import Literal

from pydantic import Field

from ankunft_model.model.deadlines import Deadline
from ankunft_model.model.identifiers import ActorRef, BenefitRef, CohortRef, LegalBasisRef, NodeRef
from ankunft_model.model.part import Many, Named, Part, Registry, Some
from ankunft_model.model.quantities import Count, Date, Share
from ankunft_model.model.vocabulary import Channel, DutyBinding, HouseholdRole


class Member(Named):
    """A member of a household."""

    age: Count | None = None
    role: HouseholdRole | None = None


class Cohort(Named):
    """A target group: residence status, share of all cases, languages, household."""

    status: str | None = None
    share: Share | None = None
    languages: Many[str] = None
    group: str | None = None
    members: Registry[Member] = Registry()
    cases_per_year: Count | None = None


class CaseDates(Part):
    """Dates of one node in a case: when it was decided, when the money was paid."""

    decided: Date | None = None
    paid: Date | None = None


class Case(Named):
    """A documented or assumed single case: which decisions were taken, when nodes were completed.

    Attributes:
        choices: Fixed decisions, in the order of the file.
        dates: Completion of nodes in this case; overrides durations.
        paid_until: Last day for which a benefit was paid; a benefit that is missing: from `stops`.
    """

    cohort: CohortRef | None = None
    choices: dict[NodeRef, Some[NodeRef]] = Field(default_factory=dict)
    dates: dict[NodeRef, Date | CaseDates] = Field(default_factory=dict)
    paid_until: dict[BenefitRef, Date] = Field(default_factory=dict)


class InformationDuty(Named):
    """Who must tell whom what, where, how bindingly.

    Attributes:
        about: A benefit, actor, legal basis or free text; None: see the name.
        at: Steps where it is told; `()`: nowhere.
        needed_before: The latest useful moment.
    """

    about: str | None = None
    by: Many[ActorRef] = None
    to: CohortRef | None = None
    at: Many[NodeRef] = None
    needed_before: NodeRef | None = None
    binding: DutyBinding | None = None
    languages: Many[str] = None
    channel: Many[Channel | Literal["none"]] = None
    deadline: Deadline | None = None
    legal_basis: LegalBasisRef | None = None
