"""The elements of a BPMN 2.0 file, under the names of the standard: what `writer` writes and `reader` reads.

All are frozen; sequences are in the order of the file. A name that ends in `_ref` holds the id of another
element of the same file. `None` means that the attribute or element is absent.

Source: OMG formal/2011-01-03 (BPMN 2.0), parts 8 to 10; attribute and element names of `Semantic.xsd`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ankunft_model.bpmn_xml.diagram import BPMNDiagram

# --- what every element can carry ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionElement:
    """An element of another namespace inside `extensionElements`.

    Attributes:
        namespace: Its namespace, "" for none.
        name: Its local name.
        attributes: Name and value; a name in a namespace is written `{namespace}name`.
        text: Its text. White space around `children` is layout and not kept.
        children: Elements inside it; they come after the text.
    """

    namespace: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple[ExtensionElement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A text of an element in another language (the OMG's extension for internationalisation).

    Attributes:
        language: As in `xml:lang`, such as `en`.
        target: What is translated: an attribute (`@name`) or a child element (`documentation`).
    """

    language: str
    text: str
    target: str = "@name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """A text for the readers of the model."""

    element_name: ClassVar[str] = "documentation"
    id: str | None = None
    text: str
    text_format: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseElement:
    """What all elements have in common.

    Attributes:
        id: Unique in the file; a name without colon (NCName), so that references to it can be QNames.
        documentation: Texts for the readers of the model.
        translations: Name and documentation in other languages.
        extension_elements: Everything that BPMN has no words for.
        extension_attributes: Attributes of other namespaces, name in Clark notation and value.
    """

    element_name: ClassVar[str]
    id: str
    documentation: tuple[Documentation, ...] = ()
    translations: tuple[Translation, ...] = ()
    extension_elements: tuple[ExtensionElement, ...] = ()
    extension_attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RootElement(BaseElement):
    """An element that stands directly in `definitions`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowElement(BaseElement):
    """An element of a process or sub-process, except artifacts."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNode(FlowElement):
    """An element that sequence flows connect; its `incoming` and `outgoing` are derived from them when written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact(BaseElement):
    """An element that explains and does not act."""


# --- data -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DataObject(FlowElement):
    """Data that exists while the process runs; it is not drawn itself."""

    element_name: ClassVar[str] = "dataObject"
    is_collection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DataObjectReference(FlowElement):
    """A drawn data object."""

    element_name: ClassVar[str] = "dataObjectReference"
    data_object_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStore(RootElement):
    """A place where data outlives the process."""

    element_name: ClassVar[str] = "dataStore"
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStoreReference(FlowElement):
    """A drawn data store."""

    element_name: ClassVar[str] = "dataStoreReference"
    data_store_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property(BaseElement):
    """Data of one activity or event, never drawn; the schema demands it as the target of a `DataInputAssociation`."""

    element_name: ClassVar[str] = "property"
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataInputAssociation(BaseElement):
    """Data flows from `source_refs` (data objects or stores) into `target_ref` (a `Property`)."""

    element_name: ClassVar[str] = "dataInputAssociation"
    source_refs: tuple[str, ...] = ()
    target_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataOutputAssociation(BaseElement):
    """Data flows into `target_ref` (a data object or store)."""

    element_name: ClassVar[str] = "dataOutputAssociation"
    source_refs: tuple[str, ...] = ()
    target_ref: str


# --- activities -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(FlowNode):
    """Work. `default` is the id of the sequence flow taken when no condition holds."""

    default: str | None = None
    properties: tuple[Property, ...] = ()
    data_input_associations: tuple[DataInputAssociation, ...] = ()
    data_output_associations: tuple[DataOutputAssociation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Activity):
    """One piece of work, of no stated kind."""

    element_name: ClassVar[str] = "task"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTask(Task):
    """Work of a person with the help of software."""

    element_name: ClassVar[str] = "userTask"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualTask(Task):
    """Work of a person without software."""

    element_name: ClassVar[str] = "manualTask"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTask(Task):
    """Work of software."""

    element_name: ClassVar[str] = "serviceTask"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptTask(Task):
    """Work of the process engine itself."""

    element_name: ClassVar[str] = "scriptTask"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRuleTask(Task):
    """A decision by stated rules."""

    element_name: ClassVar[str] = "businessRuleTask"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTask(Task):
    """Sends a message."""

    element_name: ClassVar[str] = "sendTask"
    message_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveTask(Task):
    """Waits for a message; with `instantiate` the message starts the process."""

    element_name: ClassVar[str] = "receiveTask"
    message_ref: str | None = None
    instantiate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallActivity(Activity):
    """Runs another process: `called_element` is its id, for one of another file `{target namespace}id`."""

    element_name: ClassVar[str] = "callActivity"
    called_element: str | None = None


# --- sequence flow ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFlow(FlowElement):
    """The order of two flow nodes of one process."""

    element_name: ClassVar[str] = "sequenceFlow"
    source_ref: str
    target_ref: str
    condition_expression: str | None = None


# --- events -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDefinition(RootElement):
    """What triggers an event or what it triggers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEventDefinition(EventDefinition):
    """A message is sent or received."""

    element_name: ClassVar[str] = "messageEventDefinition"
    message_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerEventDefinition(EventDefinition):
    """A time comes or passes; at most one of the three is set, as ISO 8601 text or as words."""

    element_name: ClassVar[str] = "timerEventDefinition"
    time_date: str | None = None
    time_duration: str | None = None
    time_cycle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalEventDefinition(EventDefinition):
    """A signal is broadcast or caught."""

    element_name: ClassVar[str] = "signalEventDefinition"
    signal_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEventDefinition(EventDefinition):
    """An error is thrown or caught."""

    element_name: ClassVar[str] = "errorEventDefinition"
    error_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationEventDefinition(EventDefinition):
    """An escalation is thrown or caught."""

    element_name: ClassVar[str] = "escalationEventDefinition"
    escalation_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalEventDefinition(EventDefinition):
    """A condition becomes true."""

    element_name: ClassVar[str] = "conditionalEventDefinition"
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEventDefinition(EventDefinition):
    """Flow goes on at the catching link of the same name."""

    element_name: ClassVar[str] = "linkEventDefinition"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateEventDefinition(EventDefinition):
    """The whole process ends at once."""

    element_name: ClassVar[str] = "terminateEventDefinition"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensateEventDefinition(EventDefinition):
    """Work done is undone."""

    element_name: ClassVar[str] = "compensateEventDefinition"
    activity_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelEventDefinition(EventDefinition):
    """A transaction is cancelled."""

    element_name: ClassVar[str] = "cancelEventDefinition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(FlowNode):
    """Something that happens; without event definition a none event."""

    properties: tuple[Property, ...] = ()
    event_definitions: tuple[EventDefinition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchEvent(Event):
    """An event that waits for its trigger."""

    data_output_associations: tuple[DataOutputAssociation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowEvent(Event):
    """An event that happens when flow reaches it."""

    data_input_associations: tuple[DataInputAssociation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEvent(CatchEvent):
    """Where a process begins; `is_interrupting` matters in event sub-processes only."""

    element_name: ClassVar[str] = "startEvent"
    is_interrupting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class IntermediateCatchEvent(CatchEvent):
    """Waits for its trigger within the flow."""

    element_name: ClassVar[str] = "intermediateCatchEvent"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryEvent(CatchEvent):
    """Waits for its trigger while an activity runs; `cancel_activity` ends the activity."""

    element_name: ClassVar[str] = "boundaryEvent"
    attached_to_ref: str
    cancel_activity: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class IntermediateThrowEvent(ThrowEvent):
    """Happens within the flow."""

    element_name: ClassVar[str] = "intermediateThrowEvent"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEvent(ThrowEvent):
    """Where a path of a process ends."""

    element_name: ClassVar[str] = "endEvent"


# --- gateways ---------------------------------------------------------------------------------------------------

GatewayDirection = Literal["Unspecified", "Converging", "Diverging", "Mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(FlowNode):
    """Where flow splits or joins."""

    gateway_direction: GatewayDirection = "Unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusiveGateway(Gateway):
    """One of several ways is taken; `default` is the id of the flow taken when no condition holds."""

    element_name: ClassVar[str] = "exclusiveGateway"
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusiveGateway(Gateway):
    """One or more of several ways are taken; `default` as in `ExclusiveGateway`."""

    element_name: ClassVar[str] = "inclusiveGateway"
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelGateway(Gateway):
    """All ways are taken; all are awaited."""

    element_name: ClassVar[str] = "parallelGateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBasedGateway(Gateway):
    """The first event behind it decides; with `instantiate` it starts the process."""

    element_name: ClassVar[str] = "eventBasedGateway"
    instantiate: bool = False
    event_gateway_type: Literal["Exclusive", "Parallel"] = "Exclusive"


# --- artifacts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnnotation(Artifact):
    """A note."""

    element_name: ClassVar[str] = "textAnnotation"
    text: str = ""
    text_format: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Association(Artifact):
    """A dotted line between an artifact and another element."""

    element_name: ClassVar[str] = "association"
    source_ref: str
    target_ref: str
    association_direction: Literal["None", "One", "Both"] = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Artifact):
    """A dashed frame; its name is the value of the `CategoryValue` that `category_value_ref` names."""

    element_name: ClassVar[str] = "group"
    category_value_ref: str | None = None


# --- containers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSet(BaseElement):
    """The lanes of a process, sub-process or lane, from top to bottom.

    Attributes:
        element_name: `laneSet`; inside a lane the file says `childLaneSet`.
    """

    element_name: ClassVar[str] = "laneSet"
    name: str | None = None
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(BaseElement):
    """A part of a participant; `flow_node_refs` are the flow nodes drawn in it."""

    element_name: ClassVar[str] = "lane"
    name: str | None = None
    flow_node_refs: tuple[str, ...] = ()
    child_lane_set: LaneSet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubProcess(Activity):
    """An activity with flow of its own; with `triggered_by_event` an event sub-process."""

    element_name: ClassVar[str] = "subProcess"
    triggered_by_event: bool = False
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(RootElement):
    """The work of one participant."""

    element_name: ClassVar[str] = "process"
    name: str | None = None
    is_executable: bool = False
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


# --- collaboration ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(RootElement):
    """What a message flow carries."""

    element_name: ClassVar[str] = "message"
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(RootElement):
    """What a signal event broadcasts."""

    element_name: ClassVar[str] = "signal"
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Error(RootElement):
    """What an error event throws."""

    element_name: ClassVar[str] = "error"
    name: str | None = None
    error_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(RootElement):
    """What an escalation event throws."""

    element_name: ClassVar[str] = "escalation"
    name: str | None = None
    escalation_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryValue(BaseElement):
    """The name of a group."""

    element_name: ClassVar[str] = "categoryValue"
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(RootElement):
    """Names of groups."""

    element_name: ClassVar[str] = "category"
    name: str | None = None
    category_values: tuple[CategoryValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantMultiplicity:
    """How many instances of a participant take part; from a maximum of two on, its pool has three bars."""

    element_name: ClassVar[str] = "participantMultiplicity"
    id: str | None = None
    minimum: int = 0
    maximum: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(BaseElement):
    """A pool; without `process_ref` a closed one (black box)."""

    element_name: ClassVar[str] = "participant"
    name: str | None = None
    process_ref: str | None = None
    multiplicity: ParticipantMultiplicity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFlow(BaseElement):
    """A message on its way from one participant, or a node in it, to another."""

    element_name: ClassVar[str] = "messageFlow"
    name: str | None = None
    source_ref: str
    target_ref: str
    message_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration(RootElement):
    """The participants and the messages between them."""

    element_name: ClassVar[str] = "collaboration"
    name: str | None = None
    is_closed: bool = False
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


# --- the file ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadContent:
    """Something in a file that has no place in these elements; writing the elements leaves it out.

    Attributes:
        kind: `element` (with everything in it), `attribute` or `text` (between elements).
        name: `{namespace}name` of the element or attribute; of the surrounding element for text.
        line: Line of the element (for an attribute: of its element), counted from 1.
        element_id: Id of the nearest surrounding element that has one.
    """

    kind: Literal["element", "attribute", "text"]
    name: str
    line: int | None
    element_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """A BPMN file.

    The standard allows neither documentation nor extension elements here; they belong to the collaboration or process.

    Attributes:
        extension_attributes: Attributes of other namespaces, name in Clark notation and value.
        unread: What the reader found and has no place for, in the order of the file. It takes no part in equality.
    """

    element_name: ClassVar[str] = "definitions"
    id: str | None = None
    name: str | None = None
    target_namespace: str
    exporter: str | None = None
    exporter_version: str | None = None
    root_elements: tuple[RootElement, ...] = ()
    diagrams: tuple[BPMNDiagram, ...] = ()
    extension_attributes: tuple[tuple[str, str], ...] = ()
    unread: tuple[UnreadContent, ...] = field(default=(), compare=False)

    @property
    def collaboration(self) -> Collaboration | None:
        """The first collaboration of the file, if there is one."""
        return next((element for element in self.root_elements if isinstance(element, Collaboration)), None)

    @property
    def collaborations(self) -> tuple[Collaboration, ...]:
        """The collaborations of the file, in its order."""
        return tuple(element for element in self.root_elements if isinstance(element, Collaboration))

    @property
    def processes(self) -> tuple[Process, ...]:
        """The processes of the file, in its order."""
        return tuple(element for element in self.root_elements if isinstance(element, Process))
