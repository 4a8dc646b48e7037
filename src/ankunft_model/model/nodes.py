"""Nodes of a process: steps, events, gateways, sub-processes, and the flows that leave them."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ankunft_model.model.deadlines import Deadline
from ankunft_model.model.identifiers import (
    ActorRef,
    BenefitRef,
    CohortRef,
    DataRef,
    DocumentRef,
    Id,
    LegalBasisRef,
    MemberRef,
    NodeRef,
    SiteRef,
    SystemRef,
)
from ankunft_model.model.part import Abbreviated, Element, Many, Part, Registry, Some, Sourced
from ankunft_model.model.plain import is_mapping
from ankunft_model.model.quantities import Count, Date, Duration, DurationRange, Flag, Share
from ankunft_model.model.texts import Text
from ankunft_model.model.vocabulary import Channel, Domain, EventType, GatewayType, Initiative, StepType, Trigger


class FlowRepetition(Part):
    """How often a backward flow may be taken."""

    max: Count


class Flow(Abbreviated):
    """A flow that leaves a node.

    Attributes:
        to: The node that follows.
        when: The answer that leads here; at exclusive and inclusive splits.
        share: Probability that it is taken.
        default: Taken when no other answer holds.
        id: Own id of the flow; None: `FROM__TO`, then `FROM__TO_2`, …
    """

    main_key: ClassVar[str] = "to"

    to: NodeRef
    when: Text | None = None
    share: Share | None = None
    default: Flag = False
    delay: DurationRange | None = None
    id: Id | None = None
    name: Text | None = None
    repeats: FlowRepetition | None = None
    bpmn_id: str | None = None
    carried: str | None = None


class TimerAge(Part):
    """A timer that fires when the person reaches an age."""

    age: Duration


class Node(Element):
    """What all nodes share.

    Attributes:
        actor: Who performs; `none`: known to be nobody; None: unknown for tasks and starts, else by default rules.
        next: The flows that leave, in order; `()` for ends.
        status: The person's residence status from here on.
    """

    actor: ActorRef | Literal["none"] | None = None
    next: Annotated[tuple[Flow, ...], BeforeValidator(lambda value: _as_flows(value))] = ()
    domain: Domain | None = None
    status: str | None = None
    milestone: Id | None = None
    cohorts: Many[CohortRef] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the file, where `next` may be one flow."""
        found = super().__get_pydantic_json_schema__(schema, handler)
        properties = handler.resolve_ref_schema(found)["properties"]
        array = properties["next"]
        properties["next"] = {"anyOf": [array["items"], {**array, "minItems": 1}]}
        properties["next"].pop("default", None)
        return found


def _as_flows(value: Any) -> Any:
    return (value,) if isinstance(value, str | dict | Flow) else value


class Collection(Abbreviated):
    """A datum asked from the person; `justified_by` names what demands asking again, `none` says nothing does."""

    main_key: ClassVar[str] = "item"

    item: DataRef
    justified_by: LegalBasisRef | Literal["none"] | None = None


class Retrieval(Part):
    """Data looked up in a system; works for readers of the system only."""

    from_: Annotated[SystemRef, Field(alias="from")]
    data: Many[DataRef] = None
    legal_basis: LegalBasisRef | None = None


class Recording(Abbreviated):
    """A system in which a step records; `data` None: all that the step collects and produces."""

    main_key: ClassVar[str] = "system"

    system: SystemRef
    data: Many[DataRef] = None


class AnyDocument(Part):
    """One of several documents suffices."""

    any_of: Some[DocumentRef]


class PaymentChange(Abbreviated):
    """The start or stop of paying a benefit.

    Attributes:
        effective: `now`, `month_end`, `next_month`, or the start of another benefit.
    """

    main_key: ClassVar[str] = "benefit"

    benefit: BenefitRef
    effective: "Literal['now', 'month_end', 'next_month'] | StartOfBenefit" = "now"


class StartOfBenefit(Part):
    """The moment at which another benefit starts."""

    start_of: BenefitRef


class Repetition(Part):
    """A step executes `min` to `max` times in a row; `until` is for reading only."""

    min: Count = 1
    max: Count | None = None
    every: DurationRange | None = None
    until: NodeRef | None = None


class Observation(Sourced):
    """A measured time from the completion of `since` to the completion of the step; compared with the bounds."""

    since: NodeRef
    mean: Duration | None = None
    median: Duration | None = None
    min: Duration | None = None
    max: Duration | None = None
    year: Count | None = None


class Activity(Node):
    """What a step and a sub-process share: the work, its data, documents, benefits and time."""

    name: Text  # pyright: ignore[reportGeneralTypeIssues, reportIncompatibleVariableOverride] - required here, and frozen
    kind: str | None = None
    responsible: ActorRef | Literal["none"] | None = None
    with_: Annotated[Many[ActorRef], Field(alias="with")] = None
    regime: str | None = None
    channel: Many[Channel] = None
    initiated_by: Initiative | None = None
    appointment_for: NodeRef | None = None
    changes: Many[DataRef] = None
    collects: Many[Collection] = None
    confirms: Many[DataRef] = None
    needs: Many[DataRef] = None
    produces: Many[DataRef] = None
    retrieves: Many[Retrieval] = None
    records_in: Many[Recording] = None
    discards: Many[DataRef] = None
    documents_in: Many[DocumentRef | AnyDocument] = None
    documents_out: Many[DocumentRef] = None
    entitles: Many[BenefitRef] = None
    ends_entitlement: Many[BenefitRef] = None
    starts: Many[PaymentChange] = None
    stops: Many[PaymentChange] = None
    duration: DurationRange | None = None
    wait: DurationRange | None = None
    repeats: Repetition | None = None
    for_: Annotated[Many[MemberRef], Field(alias="for")] = None
    deadlines: Many[Deadline] = None
    observed: Many[Observation] = None
    site: SiteRef | None = None


class Step(Activity):
    """One piece of work of one actor."""

    type: StepType = "task"


class SubProcess(Activity):
    """A step that consists of nodes of its own."""

    type: Literal["subprocess"]
    nodes: Registry["AnyNode"]


class Event(Node):
    """A start, an end, or something that happens in between.

    Attributes:
        trigger: What it reacts to or throws; None for a plain start or end.
        at: For timers: a date, a duration, or an age of the person.
        attached_to: For boundary events: the step they sit on.
        interrupting: For boundary events: whether they end that step.
    """

    type: EventType
    trigger: Trigger | None = None
    at: Date | Duration | TimerAge | None = None
    attached_to: NodeRef | None = None
    interrupting: Flag = True


class Gateway(Node):
    """A split or join of the flow.

    Attributes:
        question: Gateways with the same question take the same answer within a run.
    """

    type: GatewayType
    question: Id | None = None


_KIND_OF_TYPE: dict[str, str] = {
    **dict.fromkeys(("start", "end", "catch", "throw", "boundary"), "event"),
    **dict.fromkeys(("exclusive", "parallel", "inclusive", "event_based"), "gateway"),
    "subprocess": "subprocess",
}


NODE_CLASS_OF_KIND: Final[Mapping[str, type[Node]]] = {
    "step": Step,
    "subprocess": SubProcess,
    "event": Event,
    "gateway": Gateway,
}
"""The four kinds of node; `node_kind` says which one a value is."""


def node_kind(value: Any) -> str:
    """Return the kind of a node or of its mapping in a file; what has no known type counts as a step."""
    type_: object = value.get("type", "task") if is_mapping(value) else getattr(value, "type", "task")
    return _KIND_OF_TYPE.get(type_, "step") if isinstance(type_, str) else "step"


AnyNode: TypeAlias = Annotated[
    Annotated[Step, Tag("step")]
    | Annotated[SubProcess, Tag("subprocess")]
    | Annotated[Event, Tag("event")]
    | Annotated[Gateway, Tag("gateway")],
    Discriminator(node_kind),
]
"""A node of any kind; `type` decides which."""

PaymentChange.model_rebuild()
SubProcess.model_rebuild()
