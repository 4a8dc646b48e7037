"""How each element stands in XML: its attributes and children, in the order that the schema demands.

`writer` and `reader` both walk this one table, so that they cannot disagree. The table is private to this room.

Source: OMG formal/2011-01-03, `Semantic.xsd`, `BPMNDI.xsd`, `DI.xsd`, `DC.xsd`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from ankunft_model.bpmn_xml import diagram, elements
from ankunft_model.bpmn_xml.namespaces import BIOC, BPMNDI, COLOR, DC, DI, MODEL, clark


class ValueKind(Enum):
    """What the text of an attribute or leaf element is."""

    ID = auto()
    """The name of this element."""
    REFERENCE = auto()
    """The name of an element of this file."""
    NAME = auto()
    """The name of an element, perhaps of another file."""
    TEXT = auto()
    BOOLEAN = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute and the field that holds it.

    Attributes:
        name: Name in the file, in Clark notation where it has a namespace.
        field: Name of the field.
        kind: What its text is.
        default: The value that an absent attribute means; it is not written, unless `always`.
        required: The schema demands the attribute.
        choices: The allowed texts; empty for any.
        twin: A second name under which the same value is written, and read where the first is absent.
    """

    name: str
    field: str
    kind: ValueKind = ValueKind.TEXT
    default: Any = None
    required: bool = False
    always: bool = False
    choices: tuple[str, ...] = ()
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A child element that holds text only, and the field that holds the text (a tuple if `many`).

    Attributes:
        tag: Name of the child, in Clark notation.
        default: The value that an absent child means.
        always: The child is written also when the value is the default.
    """

    tag: str
    field: str
    kind: ValueKind = ValueKind.TEXT
    many: bool = False
    required: bool = False
    always: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Children:
    """Child elements that are elements of ours, and the field that holds them (a tuple if `many`).

    Attributes:
        by_tag: The class for each allowed tag, in Clark notation.
        minimum: So many the schema demands.
    """

    by_tag: dict[str, type]
    field: str
    many: bool = True
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Extensions:
    """`extensionElements`: the fields `translations` and `extension_elements`."""

    tag: str = clark(MODEL, "extensionElements")


@dataclass(frozen=True, slots=True)
class FlowReferences:
    """`incoming` and `outgoing`: derived from the sequence flows, held in no field."""

    incoming: str = clark(MODEL, "incoming")
    outgoing: str = clark(MODEL, "outgoing")


Content = Leaf | Children | Extensions | FlowReferences


@dataclass(frozen=True, slots=True)
class ElementGrammar:
    """One element.

    Attributes:
        tag: Name in the file, in Clark notation.
        attributes: In the order in which they are written.
        content: Children, in the order of the schema.
        body: The field that holds the element's own text, if it has any.
        at_most_one_of: Fields that the schema allows in the place of each other only.
    """

    tag: str
    attributes: tuple[Attribute, ...] = ()
    content: tuple[Content, ...] = ()
    body: str | None = None
    at_most_one_of: tuple[str, ...] = ()


# --- the parts of which the table is built ----------------------------------------------------------------------


def _model(name: str) -> str:
    return clark(MODEL, name)


def _by_tag(*classes: type) -> dict[str, type]:
    """Return the classes by their tag in the namespace of the model."""
    return {_model(cls.__dict__["element_name"]): cls for cls in classes}


_ID = Attribute("id", "id", ValueKind.ID, required=True)
_OPTIONAL_ID = Attribute("id", "id", ValueKind.ID)
_NAME = Attribute("name", "name")
_DEFAULT_FLOW = Attribute("default", "default", ValueKind.REFERENCE)
_SOURCE_AND_TARGET = (
    Attribute("sourceRef", "source_ref", ValueKind.REFERENCE, required=True),
    Attribute("targetRef", "target_ref", ValueKind.REFERENCE, required=True),
)
_MESSAGE = Attribute("messageRef", "message_ref", ValueKind.REFERENCE)
_TEXT_FORMAT = Attribute("textFormat", "text_format", default="text/plain")

_BASE: tuple[Content, ...] = (Children(_by_tag(elements.Documentation), "documentation"), Extensions())
_NODE: tuple[Content, ...] = (*_BASE, FlowReferences())
_PROPERTIES = Children(_by_tag(elements.Property), "properties")
_INPUTS = Children(_by_tag(elements.DataInputAssociation), "data_input_associations")
_OUTPUTS = Children(_by_tag(elements.DataOutputAssociation), "data_output_associations")
_ACTIVITY: tuple[Content, ...] = (*_NODE, _PROPERTIES, _INPUTS, _OUTPUTS)

EVENT_DEFINITIONS: Final = (
    elements.MessageEventDefinition,
    elements.TimerEventDefinition,
    elements.SignalEventDefinition,
    elements.ErrorEventDefinition,
    elements.EscalationEventDefinition,
    elements.ConditionalEventDefinition,
    elements.LinkEventDefinition,
    elements.TerminateEventDefinition,
    elements.CompensateEventDefinition,
    elements.CancelEventDefinition,
)
TASKS: Final = (
    elements.Task,
    elements.UserTask,
    elements.ManualTask,
    elements.ServiceTask,
    elements.ScriptTask,
    elements.BusinessRuleTask,
    elements.SendTask,
    elements.ReceiveTask,
)
CATCH_EVENTS: Final = (elements.StartEvent, elements.IntermediateCatchEvent, elements.BoundaryEvent)
THROW_EVENTS: Final = (elements.IntermediateThrowEvent, elements.EndEvent)
GATEWAYS: Final = (
    elements.ExclusiveGateway,
    elements.InclusiveGateway,
    elements.ParallelGateway,
    elements.EventBasedGateway,
)
DATA_ELEMENTS: Final = (elements.DataObject, elements.DataObjectReference, elements.DataStoreReference)
ARTIFACTS: Final = (elements.TextAnnotation, elements.Association, elements.Group)
FLOW_ELEMENTS: Final = (
    *TASKS,
    elements.CallActivity,
    elements.SubProcess,
    *CATCH_EVENTS,
    *THROW_EVENTS,
    *GATEWAYS,
    elements.SequenceFlow,
    *DATA_ELEMENTS,
)
ROOT_ELEMENTS: Final = (
    elements.Collaboration,
    elements.Process,
    elements.Message,
    elements.Signal,
    elements.Error,
    elements.Escalation,
    elements.DataStore,
    elements.Category,
    *EVENT_DEFINITIONS,
)

_EVENT_DEFINITIONS = Children(_by_tag(*EVENT_DEFINITIONS), "event_definitions")
_CATCH: tuple[Content, ...] = (*_NODE, _PROPERTIES, _OUTPUTS, _EVENT_DEFINITIONS)
_THROW: tuple[Content, ...] = (*_NODE, _PROPERTIES, _INPUTS, _EVENT_DEFINITIONS)
_LANE_SETS = Children(_by_tag(elements.LaneSet), "lane_sets")
_FLOW_ELEMENTS = Children(_by_tag(*FLOW_ELEMENTS), "flow_elements")
_ARTIFACTS = Children(_by_tag(*ARTIFACTS), "artifacts")
_CONTAINER: tuple[Content, ...] = (_LANE_SETS, _FLOW_ELEMENTS, _ARTIFACTS)
_DATA_ASSOCIATION: tuple[Content, ...] = (
    *_BASE,
    Leaf(_model("sourceRef"), "source_refs", ValueKind.REFERENCE, many=True),
    Leaf(_model("targetRef"), "target_ref", ValueKind.REFERENCE, required=True),
)
_GATEWAY_ATTRIBUTES = (
    _ID,
    _NAME,
    Attribute(
        "gatewayDirection",
        "gateway_direction",
        default="Unspecified",
        choices=("Unspecified", "Converging", "Diverging", "Mixed"),
    ),
)


def _element(
    cls: type[elements.BaseElement],
    *attributes: Attribute,
    content: tuple[Content, ...] = _BASE,
    at_most_one_of: tuple[str, ...] = (),
) -> tuple[type, ElementGrammar]:
    """Return the row of an element of the semantic model."""
    return cls, ElementGrammar(_model(cls.element_name), (_ID, *attributes), content, at_most_one_of=at_most_one_of)


def _flow_node(
    cls: type[elements.FlowNode], *attributes: Attribute, content: tuple[Content, ...]
) -> tuple[type, ElementGrammar]:
    """Return the row of a flow node, which has a name."""
    return _element(cls, _NAME, *attributes, content=content)


_SEMANTIC_ROWS: tuple[tuple[type, ElementGrammar], ...] = (
    (
        elements.Documentation,
        ElementGrammar(_model("documentation"), (_OPTIONAL_ID, _TEXT_FORMAT), body="text"),
    ),
    # data
    _element(elements.DataObject, _NAME, Attribute("isCollection", "is_collection", ValueKind.BOOLEAN, default=False)),
    _element(elements.DataObjectReference, _NAME, Attribute("dataObjectRef", "data_object_ref", ValueKind.REFERENCE)),
    _element(elements.DataStore, _NAME),
    _element(elements.DataStoreReference, _NAME, Attribute("dataStoreRef", "data_store_ref", ValueKind.REFERENCE)),
    _element(elements.Property, _NAME),
    _element(elements.DataInputAssociation, content=_DATA_ASSOCIATION),
    _element(elements.DataOutputAssociation, content=_DATA_ASSOCIATION),
    # activities
    *(
        _flow_node(cls, _DEFAULT_FLOW, content=_ACTIVITY)
        for cls in TASKS
        if cls not in (elements.SendTask, elements.ReceiveTask)
    ),
    _flow_node(elements.SendTask, _DEFAULT_FLOW, _MESSAGE, content=_ACTIVITY),
    _flow_node(
        elements.ReceiveTask,
        _DEFAULT_FLOW,
        _MESSAGE,
        Attribute("instantiate", "instantiate", ValueKind.BOOLEAN, default=False),
        content=_ACTIVITY,
    ),
    _flow_node(
        elements.CallActivity,
        _DEFAULT_FLOW,
        Attribute("calledElement", "called_element", ValueKind.NAME),
        content=_ACTIVITY,
    ),
    _flow_node(
        elements.SubProcess,
        _DEFAULT_FLOW,
        Attribute("triggeredByEvent", "triggered_by_event", ValueKind.BOOLEAN, default=False),
        content=(*_ACTIVITY, *_CONTAINER),
    ),
    # sequence flow
    _element(
        elements.SequenceFlow,
        _NAME,
        *_SOURCE_AND_TARGET,
        content=(*_BASE, Leaf(_model("conditionExpression"), "condition_expression")),
    ),
    # events
    _flow_node(
        elements.StartEvent,
        Attribute("isInterrupting", "is_interrupting", ValueKind.BOOLEAN, default=True),
        content=_CATCH,
    ),
    _flow_node(elements.IntermediateCatchEvent, content=_CATCH),
    _flow_node(
        elements.BoundaryEvent,
        Attribute("cancelActivity", "cancel_activity", ValueKind.BOOLEAN, default=True),
        Attribute("attachedToRef", "attached_to_ref", ValueKind.REFERENCE, required=True),
        content=_CATCH,
    ),
    _flow_node(elements.IntermediateThrowEvent, content=_THROW),
    _flow_node(elements.EndEvent, content=_THROW),
    _element(elements.MessageEventDefinition, _MESSAGE),
    _element(
        elements.TimerEventDefinition,
        content=(
            *_BASE,
            Leaf(_model("timeDate"), "time_date"),
            Leaf(_model("timeDuration"), "time_duration"),
            Leaf(_model("timeCycle"), "time_cycle"),
        ),
        at_most_one_of=("time_date", "time_duration", "time_cycle"),
    ),
    _element(elements.SignalEventDefinition, Attribute("signalRef", "signal_ref", ValueKind.REFERENCE)),
    _element(elements.ErrorEventDefinition, Attribute("errorRef", "error_ref", ValueKind.REFERENCE)),
    _element(elements.EscalationEventDefinition, Attribute("escalationRef", "escalation_ref", ValueKind.REFERENCE)),
    _element(
        elements.ConditionalEventDefinition,
        content=(*_BASE, Leaf(_model("condition"), "condition", default="", always=True)),
    ),
    _element(elements.LinkEventDefinition, Attribute("name", "name", required=True)),
    _element(elements.TerminateEventDefinition),
    _element(elements.CompensateEventDefinition, Attribute("activityRef", "activity_ref", ValueKind.REFERENCE)),
    _element(elements.CancelEventDefinition),
    # gateways
    *(
        (cls, ElementGrammar(_model(cls.element_name), (*_GATEWAY_ATTRIBUTES, _DEFAULT_FLOW), _NODE))
        for cls in (elements.ExclusiveGateway, elements.InclusiveGateway)
    ),
    (
        elements.ParallelGateway,
        ElementGrammar(_model(elements.ParallelGateway.element_name), _GATEWAY_ATTRIBUTES, _NODE),
    ),
    (
        elements.EventBasedGateway,
        ElementGrammar(
            _model(elements.EventBasedGateway.element_name),
            (
                *_GATEWAY_ATTRIBUTES,
                Attribute("instantiate", "instantiate", ValueKind.BOOLEAN, default=False, always=True),
                Attribute(
                    "eventGatewayType",
                    "event_gateway_type",
                    default="Exclusive",
                    always=True,
                    choices=("Exclusive", "Parallel"),
                ),
            ),
            _NODE,
        ),
    ),
    # artifacts
    _element(
        elements.TextAnnotation,
        _TEXT_FORMAT,
        content=(*_BASE, Leaf(_model("text"), "text", default="", always=True)),
    ),
    _element(
        elements.Association,
        Attribute("associationDirection", "association_direction", default="None", choices=("None", "One", "Both")),
        *_SOURCE_AND_TARGET,
    ),
    _element(elements.Group, Attribute("categoryValueRef", "category_value_ref", ValueKind.REFERENCE)),
    # containers
    _element(elements.LaneSet, _NAME, content=(*_BASE, Children(_by_tag(elements.Lane), "lanes"))),
    _element(
        elements.Lane,
        _NAME,
        content=(
            *_BASE,
            Leaf(_model("flowNodeRef"), "flow_node_refs", ValueKind.REFERENCE, many=True),
            Children({_model("childLaneSet"): elements.LaneSet}, "child_lane_set", many=False),
        ),
    ),
    _element(
        elements.Process,
        _NAME,
        Attribute("isExecutable", "is_executable", ValueKind.BOOLEAN, default=False, always=True),
        content=(*_BASE, *_CONTAINER),
    ),
    # collaboration
    _element(elements.Message, _NAME),
    _element(elements.Signal, _NAME),
    _element(elements.Error, _NAME, Attribute("errorCode", "error_code")),
    _element(elements.Escalation, _NAME, Attribute("escalationCode", "escalation_code")),
    _element(elements.CategoryValue, Attribute("value", "value")),
    _element(
        elements.Category,
        _NAME,
        content=(*_BASE, Children(_by_tag(elements.CategoryValue), "category_values")),
    ),
    _element(elements.Participant, _NAME, Attribute("processRef", "process_ref", ValueKind.REFERENCE)),
    _element(elements.MessageFlow, _NAME, *_SOURCE_AND_TARGET, _MESSAGE),
    _element(
        elements.Collaboration,
        _NAME,
        Attribute("isClosed", "is_closed", ValueKind.BOOLEAN, default=False),
        content=(
            *_BASE,
            Children(_by_tag(elements.Participant), "participants"),
            Children(_by_tag(elements.MessageFlow), "message_flows"),
            _ARTIFACTS,
        ),
    ),
)


# --- diagram interchange ----------------------------------------------------------------------------------------


def _numbers(*names: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, name, ValueKind.NUMBER, required=True) for name in names)


_BORDER = Attribute(clark(COLOR, "border-color"), "border_color", twin=clark(BIOC, "stroke"))
_BACKGROUND = Attribute(clark(COLOR, "background-color"), "background_color", twin=clark(BIOC, "fill"))
_BPMN_ELEMENT = Attribute("bpmnElement", "bpmn_element", ValueKind.REFERENCE)
_LABEL = Children({clark(BPMNDI, "BPMNLabel"): diagram.BPMNLabel}, "label", many=False)
_BOUNDS_BY_TAG: dict[str, type] = {clark(DC, "Bounds"): diagram.Bounds}

_DIAGRAM_ROWS: tuple[tuple[type, ElementGrammar], ...] = (
    (diagram.Point, ElementGrammar(clark(DI, "waypoint"), _numbers("x", "y"))),
    (diagram.Bounds, ElementGrammar(clark(DC, "Bounds"), _numbers("x", "y", "width", "height"))),
    (
        diagram.BPMNLabel,
        ElementGrammar(
            clark(BPMNDI, "BPMNLabel"),
            (_OPTIONAL_ID, Attribute(clark(COLOR, "color"), "color")),
            (Children(_BOUNDS_BY_TAG, "bounds", many=False),),
        ),
    ),
    (
        diagram.BPMNShape,
        ElementGrammar(
            clark(BPMNDI, "BPMNShape"),
            (
                _OPTIONAL_ID,
                _BPMN_ELEMENT,
                Attribute("isHorizontal", "is_horizontal", ValueKind.BOOLEAN),
                Attribute("isExpanded", "is_expanded", ValueKind.BOOLEAN),
                Attribute("isMarkerVisible", "is_marker_visible", ValueKind.BOOLEAN),
                Attribute("isMessageVisible", "is_message_visible", ValueKind.BOOLEAN),
                _BACKGROUND,
                _BORDER,
            ),
            (Children(_BOUNDS_BY_TAG, "bounds", many=False, minimum=1), _LABEL),
        ),
    ),
    (
        diagram.BPMNEdge,
        ElementGrammar(
            clark(BPMNDI, "BPMNEdge"),
            (
                _OPTIONAL_ID,
                _BPMN_ELEMENT,
                Attribute("sourceElement", "source_element", ValueKind.REFERENCE),
                Attribute("targetElement", "target_element", ValueKind.REFERENCE),
                Attribute("messageVisibleKind", "message_visible_kind", choices=("initiating", "non_initiating")),
                _BORDER,
            ),
            (Children({clark(DI, "waypoint"): diagram.Point}, "waypoints", minimum=2), _LABEL),
        ),
    ),
    (
        diagram.BPMNPlane,
        ElementGrammar(
            clark(BPMNDI, "BPMNPlane"),
            (_OPTIONAL_ID, _BPMN_ELEMENT),
            (
                Children(
                    {clark(BPMNDI, "BPMNShape"): diagram.BPMNShape, clark(BPMNDI, "BPMNEdge"): diagram.BPMNEdge},
                    "plane_elements",
                ),
            ),
        ),
    ),
    (
        diagram.BPMNDiagram,
        ElementGrammar(
            clark(BPMNDI, "BPMNDiagram"),
            (
                _OPTIONAL_ID,
                _NAME,
                Attribute("documentation", "documentation"),
                Attribute("resolution", "resolution", ValueKind.NUMBER),
            ),
            (Children({clark(BPMNDI, "BPMNPlane"): diagram.BPMNPlane}, "plane", many=False, minimum=1),),
        ),
    ),
    (
        elements.Definitions,
        ElementGrammar(
            _model("definitions"),
            (
                _OPTIONAL_ID,
                _NAME,
                Attribute("targetNamespace", "target_namespace", required=True),
                Attribute("exporter", "exporter"),
                Attribute("exporterVersion", "exporter_version"),
            ),
            (
                Children(_by_tag(*ROOT_ELEMENTS), "root_elements"),
                Children({clark(BPMNDI, "BPMNDiagram"): diagram.BPMNDiagram}, "diagrams"),
            ),
        ),
    ),
)

GRAMMAR: Final[dict[type, ElementGrammar]] = dict((*_SEMANTIC_ROWS, *_DIAGRAM_ROWS))
"""The grammar of every class of `elements` and `diagram` that stands in a file."""

MAX_DEPTH: Final = 100
"""Elements may be nested so deep; real files stay below 20. It keeps reading and writing within Python's stack."""
