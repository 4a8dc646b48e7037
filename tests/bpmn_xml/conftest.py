from __future__ import annotations

from itertools import pairwise

import pytest
from tests.interchange.interchange import interchange

from ankunft_model.bpmn_xml.diagram import (
    Bounds,
    BPMNDiagram,
    BPMNEdge,
    BPMNLabel,
    BPMNPlane,
    BPMNShape,
    Point,
)
from ankunft_model.bpmn_xml.elements import (
    Association,
    BoundaryEvent,
    BusinessRuleTask,
    CallActivity,
    CancelEventDefinition,
    Category,
    CategoryValue,
    Collaboration,
    CompensateEventDefinition,
    ConditionalEventDefinition,
    DataInputAssociation,
    DataObject,
    DataObjectReference,
    DataOutputAssociation,
    DataStore,
    DataStoreReference,
    Definitions,
    Documentation,
    EndEvent,
    Error,
    ErrorEventDefinition,
    Escalation,
    EscalationEventDefinition,
    EventBasedGateway,
    EventDefinition,
    ExclusiveGateway,
    ExtensionElement,
    FlowElement,
    FlowNode,
    Group,
    InclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    Lane,
    LaneSet,
    LinkEventDefinition,
    ManualTask,
    Message,
    MessageEventDefinition,
    MessageFlow,
    ParallelGateway,
    Participant,
    ParticipantMultiplicity,
    Process,
    Property,
    ReceiveTask,
    ScriptTask,
    SendTask,
    SequenceFlow,
    ServiceTask,
    Signal,
    SignalEventDefinition,
    StartEvent,
    SubProcess,
    Task,
    TerminateEventDefinition,
    TextAnnotation,
    TimerEventDefinition,
    Translation,
    UserTask,
)
from ankunft_model.bpmn_xml.namespaces import ANKUNFT

__all__ = ["every_element", "interchange"]


def _chain(prefix: str, nodes: tuple[FlowNode, ...]) -> tuple[FlowElement, ...]:
    """Return the nodes and the sequence flows that join each to the next."""
    flows = (
        SequenceFlow(id=f"{prefix}_{number}", source_ref=source.id, target_ref=target.id)
        for number, (source, target) in enumerate(pairwise(nodes))
    )
    return (*nodes, *flows)


def _event_definitions() -> dict[str, EventDefinition]:
    return {
        "message": MessageEventDefinition(id="def_message", message_ref="letter"),
        "date": TimerEventDefinition(id="def_date", time_date="2025-06-01"),
        "duration": TimerEventDefinition(id="def_duration", time_duration="P14D"),
        "cycle": TimerEventDefinition(id="def_cycle", time_cycle="R/P1M"),
        "signal": SignalEventDefinition(id="def_signal", signal_ref="alarm"),
        "escalation": EscalationEventDefinition(id="def_escalation", escalation_ref="late"),
        "conditional": ConditionalEventDefinition(id="def_conditional", condition="Akte vollständig"),
        "link": LinkEventDefinition(id="def_link", name="Seite 2"),
        "compensate": CompensateEventDefinition(id="def_compensate", activity_ref="user"),
    }


def _office() -> Process:
    """Return a process with every task, event, gateway, data element and artifact."""
    definitions = _event_definitions()
    catches = tuple(
        IntermediateCatchEvent(id=f"catch_{kind}", name=kind, event_definitions=(definition,))
        for kind, definition in definitions.items()
        if kind in ("date", "duration", "cycle", "signal", "conditional", "link")
    )
    throws = tuple(
        IntermediateThrowEvent(id=f"throw_{kind}", name=kind, event_definitions=(definition,))
        for kind, definition in definitions.items()
        if kind in ("escalation", "compensate")
    )
    inner = _chain("inner", (StartEvent(id="sub_start"), Task(id="sub_task", name="Prüfen"), EndEvent(id="sub_end")))
    event_sub = SubProcess(
        id="event_sub",
        name="Widerruf",
        triggered_by_event=True,
        flow_elements=_chain(
            "event_inner",
            (
                StartEvent(
                    id="event_start",
                    is_interrupting=False,
                    event_definitions=(SignalEventDefinition(id="def_event_start", signal_ref="alarm"),),
                ),
                EndEvent(id="event_end", event_definitions=(TerminateEventDefinition(id="def_terminate"),)),
            ),
        ),
    )
    main = (
        StartEvent(id="start", name="Brief eingegangen", event_definitions=(definitions["message"],)),
        Task(
            id="plain",
            name="Antrag „A & B“ <prüfen>\nund ablegen",
            documentation=(
                Documentation(id="doc_plain", text="Erste Zeile\n  zweite Zeile & mehr"),
                Documentation(text="<p>Text</p>", text_format="text/html"),
            ),
            translations=(
                Translation(language="en", text="Check application"),
                Translation(language="en", text="First line", target="documentation"),
            ),
            extension_elements=(
                ExtensionElement(
                    namespace=ANKUNFT, name="step", attributes=(("kind", "application"),), text='{"a": "<1>"}'
                ),
                ExtensionElement(
                    namespace="urn:other",
                    name="list",
                    attributes=(("{urn:third}key", "v"),),
                    children=(ExtensionElement(namespace="urn:other", name="item", text=" x "),),
                ),
            ),
        ),
        UserTask(
            id="user",
            name="Erfassen",
            properties=(Property(id="prop", name="Eingang"),),
            data_input_associations=(DataInputAssociation(id="data_in", source_refs=("file_ref",), target_ref="prop"),),
            data_output_associations=(DataOutputAssociation(id="data_out", target_ref="register_ref"),),
        ),
        ManualTask(id="manual", name="Ablegen"),
        ServiceTask(id="service", name="Abrufen"),
        ScriptTask(id="script", name="Rechnen"),
        BusinessRuleTask(id="rule", name="Entscheiden"),
        SendTask(id="send", name="Senden", message_ref="answer"),
        ReceiveTask(id="receive", name="Empfangen", message_ref="letter"),
        CallActivity(id="call", name="Aufrufen", called_element="other"),
        SubProcess(id="sub", name="Teil", flow_elements=inner),
        *catches,
        *throws,
        ParallelGateway(id="fork", gateway_direction="Diverging"),
        EndEvent(
            id="end", name="Fertig", event_definitions=(MessageEventDefinition(id="def_end", message_ref="answer"),)
        ),
    )
    more = (
        BoundaryEvent(
            id="boundary",
            name="Frist",
            attached_to_ref="user",
            cancel_activity=False,
            event_definitions=(TimerEventDefinition(id="def_boundary", time_duration="P1M"),),
        ),
        BoundaryEvent(
            id="boundary_error",
            name="Fehler",
            attached_to_ref="service",
            event_definitions=(ErrorEventDefinition(id="def_error", error_ref="down"),),
        ),
        BoundaryEvent(
            id="boundary_cancel",
            name="Abbruch",
            attached_to_ref="sub",
            event_definitions=(CancelEventDefinition(id="def_cancel"),),
        ),
        ExclusiveGateway(id="decide", name="Vollständig?", default="no"),
        InclusiveGateway(id="some", name="Was fehlt?"),
        EventBasedGateway(id="wait"),
        EndEvent(id="end_two", name="Ende"),
        event_sub,
        SequenceFlow(id="to_decide", source_ref="fork", target_ref="decide"),
        SequenceFlow(
            id="yes", name="ja", source_ref="decide", target_ref="end_two", condition_expression="vollständig"
        ),
        SequenceFlow(id="no", name="nein", source_ref="decide", target_ref="some"),
        SequenceFlow(id="to_wait", source_ref="some", target_ref="wait"),
        SequenceFlow(id="waited", source_ref="wait", target_ref="catch_date"),
        DataObject(id="file", name="Akte", is_collection=True),
        DataObjectReference(id="file_ref", name="Akte", data_object_ref="file"),
        DataStoreReference(id="register_ref", name="AZR", data_store_ref="register"),
    )
    nodes = tuple(element.id for element in (*main, *more) if isinstance(element, FlowNode))
    return Process(
        id="office_process",
        name="Amt",
        documentation=(Documentation(text="Was das Amt tut"),),
        lane_sets=(
            LaneSet(
                id="lanes",
                lanes=(
                    Lane(
                        id="department",
                        name="Fachbereich",
                        child_lane_set=LaneSet(
                            id="inner_lanes",
                            lanes=(
                                Lane(id="desk", name="Schalter", flow_node_refs=nodes[:3]),
                                Lane(id="archive", name="Archiv", flow_node_refs=nodes[3:5]),
                            ),
                        ),
                        flow_node_refs=nodes[:5],
                    ),
                    Lane(id="back_office", name="Sachbearbeitung", flow_node_refs=nodes[5:]),
                ),
            ),
        ),
        flow_elements=(*_chain("flow", main), *more),
        artifacts=(
            TextAnnotation(id="note", text="Achtung: <Frist>"),
            Association(id="note_line", source_ref="note", target_ref="plain", association_direction="One"),
            Group(id="group", category_value_ref="phase_value"),
        ),
    )


@pytest.fixture(scope="session")
def every_element() -> Definitions:
    """Return a file in which every element of the room occurs, with a diagram."""
    office = _office()
    shapes = (
        BPMNShape(id="office_di", bpmn_element="office", is_horizontal=True, bounds=Bounds(0, 0, 4000, 600)),
        BPMNShape(id="person_di", bpmn_element="person", is_horizontal=True, bounds=Bounds(0, 700, 4000, 60)),
        *(
            BPMNShape(id=f"{lane}_di", bpmn_element=lane, is_horizontal=True, bounds=bounds)
            for lane, bounds in (
                ("department", Bounds(30, 0, 3970, 300)),
                ("desk", Bounds(60, 0, 3940, 150)),
                ("archive", Bounds(60, 150, 3940, 150)),
                ("back_office", Bounds(30, 300, 3970, 300)),
            )
        ),
        *(
            BPMNShape(
                id=f"{element.id}_di",
                bpmn_element=element.id,
                is_expanded=False if isinstance(element, SubProcess) else None,
                is_marker_visible=True if isinstance(element, ExclusiveGateway) else None,
                background_color="#ffe0b2" if element.id == "plain" else None,
                border_color="#6b3c00" if element.id == "plain" else None,
                bounds=Bounds(100 + 90.5 * number, 40, 80, 60.25),
                label=BPMNLabel(bounds=Bounds(100 + 90.5 * number, 110, 80, 28), color="#6b3c00")
                if element.id == "start"
                else None,
            )
            for number, element in enumerate(office.flow_elements)
            if not isinstance(element, SequenceFlow | DataObject)
        ),
        BPMNShape(id="note_di", bpmn_element="note", bounds=Bounds(100, 500, 100, 30)),
        BPMNShape(id="group_di", bpmn_element="group", bounds=Bounds(90, 20, 300, 120)),
    )
    edges = (
        *(
            BPMNEdge(
                id=f"{element.id}_di",
                bpmn_element=element.id,
                waypoints=(Point(100, 70), Point(150.5, 70), Point(-20, 70)),
                label=BPMNLabel(bounds=Bounds(110, 50, 30, 14)) if element.name else None,
                border_color="#b00020" if element.id == "no" else None,
            )
            for element in office.flow_elements
            if isinstance(element, SequenceFlow)
        ),
        BPMNEdge(id="note_line_di", bpmn_element="note_line", waypoints=(Point(100, 500), Point(100, 100))),
        BPMNEdge(id="letter_flow_di", bpmn_element="letter_flow", waypoints=(Point(10, 700), Point(10, 100))),
        BPMNEdge(
            id="answer_flow_di",
            bpmn_element="answer_flow",
            message_visible_kind="non_initiating",
            waypoints=(Point(30, 100), Point(30, 700)),
        ),
        BPMNEdge(id="data_in_di", bpmn_element="data_in", waypoints=(Point(30, 100), Point(30, 700))),
        BPMNEdge(id="data_out_di", bpmn_element="data_out", waypoints=(Point(30, 100), Point(30, 700))),
    )
    return Definitions(
        id="definitions",
        name="Alles",
        target_namespace="https://example.org/all",
        exporter="ankunft-model",
        exporter_version="1",
        root_elements=(
            Collaboration(
                id="collaboration",
                participants=(
                    Participant(id="office", name="Amt", process_ref="office_process"),
                    Participant(id="person", name="Person", multiplicity=ParticipantMultiplicity(minimum=1, maximum=3)),
                ),
                message_flows=(
                    MessageFlow(
                        id="letter_flow", name="Brief", source_ref="person", target_ref="start", message_ref="letter"
                    ),
                    MessageFlow(id="answer_flow", source_ref="end", target_ref="person", message_ref="answer"),
                ),
            ),
            Message(id="letter", name="Brief"),
            Message(id="answer", name="Antwort"),
            Signal(id="alarm", name="Alarm"),
            Error(id="down", name="Ausfall", error_code="42"),
            Escalation(id="late", name="Zu spät", escalation_code="L"),
            DataStore(id="register", name="AZR"),
            Category(id="phases", category_values=(CategoryValue(id="phase_value", value="Ankunft"),)),
            office,
        ),
        diagrams=(
            BPMNDiagram(
                id="diagram",
                name="Zusammenarbeit",
                plane=BPMNPlane(id="plane", bpmn_element="collaboration", plane_elements=(*shapes, *edges)),
            ),
        ),
    )
