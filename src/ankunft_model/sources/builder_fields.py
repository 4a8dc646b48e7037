"""What the builder's calls may say, key by key, for type checkers and editors.

The keys are those of the file (`FIELDS` of the model); where a key is a word of Python it ends in `_`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Required, TypeAlias, TypedDict

from ankunft_model.model.part import Part
from ankunft_model.model.quantities import Duration, DurationRange
from ankunft_model.model.vocabulary import (
    AgreementKind,
    BenefitBegin,
    BenefitEnd,
    BodyKind,
    BodyLevel,
    BodyType,
    Channel,
    ConfidenceLevel,
    ConsentForm,
    DataCategory,
    Domain,
    DutyBinding,
    HandoverBinding,
    Initiative,
    LegalBasisKind,
    LegalStage,
    PaymentRhythm,
    SystemKind,
)
from ankunft_model.sources.handles import Handle

Ref: TypeAlias = str | Handle
"""An element: its handle, its id, or its name if no other element of the kind has it."""
Refs: TypeAlias = Ref | Sequence[Ref]
Text: TypeAlias = str | Mapping[str, str]
"""A text, or one per language (`{"de": …, "en": …}`)."""
Words: TypeAlias = str | Sequence[str]
Channels: TypeAlias = Channel | Literal["none"] | Sequence[Channel]
Day: TypeAlias = str | date
Span: TypeAlias = str | Duration | DurationRange | Mapping[str, str | Duration]
"""A duration as ISO 8601 text, or `{"min": …, "likely": …, "max": …}`."""
Form: TypeAlias = Mapping[str, object] | Part
"""A part in the shape of the file; handles may stand for ids in it."""
Forms: TypeAlias = Form | Sequence[Form]
RefsOrForms: TypeAlias = Ref | Form | Sequence[Ref | Form]


class ElementFields(TypedDict, total=False):
    """What may be said of any element."""

    id: str
    name: Text
    description: Text
    source: Words
    confidence: ConfidenceLevel | Mapping[str, ConfidenceLevel]
    validated_by: Refs
    validated_on: Day
    bpmn_id: str
    carried: str


class ActorFields(ElementFields, total=False):
    """What may be said of an actor."""

    kind: Required[str]
    part_of: Ref
    body_type: BodyType
    capacity: Form
    funding: Forms
    commissioned_by: Ref
    contact: str


class SystemFields(ElementFields, total=False):
    """What may be said of a system."""

    operated_by: Ref
    kind: SystemKind
    holds: Refs
    stores: Refs
    readers: RefsOrForms
    writers: RefsOrForms
    retention: Span


class DataItemFields(ElementFields, total=False):
    """What may be said of a data item."""

    category: DataCategory
    fim_id: str
    special_category: bool
    canonical: Ref
    voluntary: bool
    reusable: bool
    contains: Refs
    valid_for: Span
    derivable_from: Refs
    source_of_truth: Ref


class DocumentFields(ElementFields, total=False):
    """What may be said of a document."""

    issuer: Refs
    prints: Refs
    valid_for: Literal["none"] | Span
    proves: Refs
    provisional: bool
    needed_by: Refs
    held_at_start: bool
    legal_basis: Ref


class LegalBasisFields(ElementFields, total=False):
    """What may be said of a legal basis."""

    cite: Required[str]
    kind: Required[LegalBasisKind]
    allows: Form
    mandatory: bool
    stage: LegalStage
    purpose: Text
    valid_from: Day
    valid_to: Day


class AgreementFields(ElementFields, total=False):
    """What may be said of an agreement."""

    parties: Required[Refs]
    kind: AgreementKind
    binding: bool
    covers: Refs
    valid_from: Day
    valid_to: Day
    review: Span
    bridges: Form


class ConsentFields(ElementFields, total=False):
    """What may be said of a consent."""

    from_: Ref
    given_at: Required[Refs]
    data: Required[Refs]
    recipients: Required[Refs]
    purpose: Text
    form: ConsentForm
    revocable: bool
    refused_at: Ref


class BodyFields(ElementFields, total=False):
    """What may be said of a body."""

    kind: Required[BodyKind]
    members: Required[Refs]
    level: BodyLevel
    rhythm: Span
    channel: Channels
    covers: Refs
    evaluates: bool


class BenefitFields(ElementFields, total=False):
    """What may be said of a benefit."""

    payer: Required[Ref]
    regime: Required[str]
    covers: Required[Words]
    begins: BenefitBegin
    ends: BenefitEnd
    paid: PaymentRhythm
    legal_basis: Ref
    cost_bearer: Ref
    monthly_amount: Form


class CohortFields(ElementFields, total=False):
    """What may be said of a cohort."""

    status: str
    share: float
    languages: Words
    group: str
    members: Form
    cases_per_year: int


class CaseFields(ElementFields, total=False):
    """What may be said of a case."""

    cohort: Ref
    choices: Mapping[str, Ref | Sequence[Ref]]
    dates: Mapping[str, Day | Form]
    paid_until: Mapping[str, Day]


class InformationDutyFields(ElementFields, total=False):
    """What may be said of an information duty."""

    about: str
    by: Refs
    to: Ref
    at: Refs
    needed_before: Ref
    binding: DutyBinding
    languages: Words
    channel: Channels
    deadline: Form
    legal_basis: Ref


class MeasureFields(ElementFields, total=False):
    """What may be said of a measure."""

    changes: Refs
    resolves: Words
    agreement: Ref
    cost: Form
    lead_time: Span
    examples: Text | Sequence[Text]
    good_for: Form


class SourceFields(ElementFields, total=False):
    """What may be said of a source."""

    date: Day
    url: str


class SiteFields(ElementFields, total=False):
    """What may be said of a site."""

    used_by: Refs
    address: str


class ProcessFields(ElementFields, total=False):
    """What may be said of a process."""

    domain: Domain
    handovers: Literal["none"]
    deadlines: Forms
    owner: Ref


class NodeFields(ElementFields, total=False):
    """What may be said of any node."""

    domain: Domain
    status: str
    milestone: str
    cohorts: Refs


class ActivityFields(NodeFields, total=False):
    """What may be said of a step or sub-process."""

    kind: str
    responsible: Ref
    with_: Refs
    regime: str
    channel: Channels
    initiated_by: Initiative
    appointment_for: Ref
    changes: Refs
    collects: RefsOrForms
    confirms: Refs
    needs: Refs
    produces: Refs
    retrieves: Forms
    records_in: RefsOrForms
    discards: Refs
    documents_in: RefsOrForms
    documents_out: Refs
    entitles: Refs
    ends_entitlement: Refs
    starts: RefsOrForms
    stops: RefsOrForms
    duration: Span
    wait: Span
    repeats: Form
    for_: Refs
    deadlines: Forms
    observed: Forms
    site: Ref


class EventFields(NodeFields, total=False):
    """What may be said of an event."""

    at: Day | Duration | Form
    interrupting: bool


class GatewayFields(NodeFields, total=False):
    """What may be said of a gateway."""

    question: str


class HandoverFields(ElementFields, total=False):
    """What may be said of a handover."""

    channel: Channels
    data: Refs
    wanted: Refs
    documents: Refs
    legal_basis: Refs
    agreement: Ref
    consent: Ref
    binding: HandoverBinding
    latency: Span
    triggers: bool
    waits: bool
    via: Ref
    deadlines: Forms


class FlowFields(TypedDict, total=False):
    """What may be said of a flow."""

    when: Text
    share: float
    default: bool
    delay: Span
    repeats: Form
    id: str
    name: Text
    bpmn_id: str
    carried: str
