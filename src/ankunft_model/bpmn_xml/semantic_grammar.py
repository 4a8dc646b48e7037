"""How the elements of the semantic model stand in XML: attributes and children, in the order of the schema.

Source: OMG formal/2011-01-03, `Semantic.xsd`.
"""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml import elements
from ankunft_model.bpmn_xml.grammar_words import (
    Attribute,
    Children,
    Content,
    ElementGrammar,
    Extensions,
    FlowReferences,
    Leaf,
    ValueKind,
)
from ankunft_model.bpmn_xml.namespaces import MODEL, clark


def _model(name: str) -> str:
    """Return the tag of an element of the model."""
    return clark(MODEL, name)


def _tags(
    *classes: type[elements.BaseElement | elements.Documentation | elements.ParticipantMultiplicity],
) -> dict[type, str]:
    """Return the tag of each class in the namespace of the model."""
    return {cls: _model(cls.element_name) for cls in classes}


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

_BASE: tuple[Content, ...] = (Children(_tags(elements.Documentation), "documentation"), Extensions())
_NODE: tuple[Content, ...] = (*_BASE, FlowReferences())
_PROPERTIES = Children(_tags(elements.Property), "properties")
_INPUTS = Children(_tags(elements.DataInputAssociation), "data_input_associations")
_OUTPUTS = Children(_tags(elements.DataOutputAssociation), "data_output_associations")
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

_EVENT_DEFINITIONS = Children(_tags(*EVENT_DEFINITIONS), "event_definitions")
_CATCH: tuple[Content, ...] = (*_NODE, _PROPERTIES, _OUTPUTS, _EVENT_DEFINITIONS)
_THROW: tuple[Content, ...] = (*_NODE, _PROPERTIES, _INPUTS, _EVENT_DEFINITIONS)
_LANE_SETS = Children(_tags(elements.LaneSet), "lane_sets")
_FLOW_ELEMENTS = Children(_tags(*FLOW_ELEMENTS), "flow_elements")
_ARTIFACTS = Children(_tags(*ARTIFACTS), "artifacts")
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


SEMANTIC_ROWS: tuple[tuple[type, ElementGrammar], ...] = (
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
    _element(elements.LaneSet, _NAME, content=(*_BASE, Children(_tags(elements.Lane), "lanes"))),
    _element(
        elements.Lane,
        _NAME,
        content=(
            *_BASE,
            Leaf(_model("flowNodeRef"), "flow_node_refs", ValueKind.REFERENCE, many=True),
            Children({elements.LaneSet: _model("childLaneSet")}, "child_lane_set", many=False),
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
        content=(*_BASE, Children(_tags(elements.CategoryValue), "category_values")),
    ),
    (
        elements.ParticipantMultiplicity,
        ElementGrammar(
            _model("participantMultiplicity"),
            (
                _OPTIONAL_ID,
                Attribute("minimum", "minimum", ValueKind.WHOLE_NUMBER, default=0),
                Attribute("maximum", "maximum", ValueKind.WHOLE_NUMBER, default=1),
            ),
        ),
    ),
    _element(
        elements.Participant,
        _NAME,
        Attribute("processRef", "process_ref", ValueKind.REFERENCE),
        content=(*_BASE, Children(_tags(elements.ParticipantMultiplicity), "multiplicity", many=False)),
    ),
    _element(elements.MessageFlow, _NAME, *_SOURCE_AND_TARGET, _MESSAGE),
    _element(
        elements.Collaboration,
        _NAME,
        Attribute("isClosed", "is_closed", ValueKind.BOOLEAN, default=False),
        content=(
            *_BASE,
            Children(_tags(elements.Participant), "participants"),
            Children(_tags(elements.MessageFlow), "message_flows"),
            _ARTIFACTS,
        ),
    ),
)
