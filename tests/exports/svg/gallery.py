"""A file with one of each thing that can be drawn, side by side."""

from __future__ import annotations

from collections.abc import Callable

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNDiagram, BPMNEdge, BPMNLabel, BPMNPlane, BPMNShape, Point

TRIGGERS: dict[str, Callable[[str], bpmn.EventDefinition]] = {
    "message": lambda id_: bpmn.MessageEventDefinition(id=id_),
    "timer": lambda id_: bpmn.TimerEventDefinition(id=id_),
    "signal": lambda id_: bpmn.SignalEventDefinition(id=id_),
    "error": lambda id_: bpmn.ErrorEventDefinition(id=id_),
    "escalation": lambda id_: bpmn.EscalationEventDefinition(id=id_),
    "conditional": lambda id_: bpmn.ConditionalEventDefinition(id=id_),
    "link": lambda id_: bpmn.LinkEventDefinition(id=id_, name=id_),
    "terminate": lambda id_: bpmn.TerminateEventDefinition(id=id_),
    "compensation": lambda id_: bpmn.CompensateEventDefinition(id=id_),
    "cancel": lambda id_: bpmn.CancelEventDefinition(id=id_),
}
TASKS: tuple[type[bpmn.Activity], ...] = (
    bpmn.Task, bpmn.UserTask, bpmn.ManualTask, bpmn.ServiceTask, bpmn.SendTask, bpmn.ReceiveTask, bpmn.ScriptTask,
    bpmn.BusinessRuleTask, bpmn.CallActivity,
)  # fmt: skip
GATEWAYS: tuple[type[bpmn.Gateway], ...] = (
    bpmn.ExclusiveGateway, bpmn.ParallelGateway, bpmn.InclusiveGateway, bpmn.EventBasedGateway,
)  # fmt: skip


def gallery() -> bpmn.Definitions:
    """Return the file: a pool with two lanes, a row per family of shapes, and a closed pool below."""
    nodes: list[bpmn.FlowElement] = []
    shapes: list[BPMNShape | BPMNEdge] = []

    def add(element: bpmn.FlowElement, x: float, y: float, width: float, height: float, **more: object) -> None:
        nodes.append(element)
        shapes.append(BPMNShape(bpmn_element=element.id, bounds=Bounds(x, y, width, height), **more))  # type: ignore[arg-type]

    for place, task in enumerate(TASKS):
        name = "Aufenthaltserlaubnis prüfen" if place % 2 else "Antrag auf Leistungen aufnehmen"
        add(task(id=f"task_{place}", name=name), 110 + 130 * place, 40, 100, 80)
    add(bpmn.ReceiveTask(id="instantiating", name="Empfangen", instantiate=True), 110 + 130 * 9, 40, 100, 80)
    for place, (trigger, make) in enumerate(TRIGGERS.items()):
        x = 110 + 90 * place
        definition = (make(f"{trigger}_0"),)
        add(bpmn.StartEvent(id=f"start_{trigger}", name=trigger, event_definitions=definition), x, 150, 36, 36)
        add(
            bpmn.IntermediateCatchEvent(id=f"catch_{trigger}", event_definitions=(make(f"{trigger}_1"),)),
            x,
            220,
            36,
            36,
        )
        add(
            bpmn.IntermediateThrowEvent(id=f"throw_{trigger}", event_definitions=(make(f"{trigger}_2"),)),
            x,
            290,
            36,
            36,
        )
        add(bpmn.EndEvent(id=f"end_{trigger}", event_definitions=(make(f"{trigger}_3"),)), x, 360, 36, 36)
    add(bpmn.StartEvent(id="start_none", name="Beginn"), 1010, 150, 36, 36)
    add(bpmn.IntermediateThrowEvent(id="throw_none"), 1010, 290, 36, 36)
    add(bpmn.EndEvent(id="end_none"), 1010, 360, 36, 36)
    many = (bpmn.MessageEventDefinition(id="m_1"), bpmn.TimerEventDefinition(id="m_2"))
    add(bpmn.IntermediateCatchEvent(id="catch_many", event_definitions=many), 1010, 220, 36, 36)
    for place, gateway in enumerate(GATEWAYS):
        more = {"is_marker_visible": True} if gateway is bpmn.ExclusiveGateway else {}
        add(gateway(id=f"gateway_{place}", name="Einwilligung erteilt?"), 1100 + 90 * place, 150, 50, 50, **more)
    add(bpmn.EventBasedGateway(id="instantiating_gateway", instantiate=True), 1100, 250, 50, 50)
    add(
        bpmn.EventBasedGateway(id="parallel_gateway", instantiate=True, event_gateway_type="Parallel"),
        1190,
        250,
        50,
        50,
    )
    add(bpmn.DataObjectReference(id="data_object", name="Bescheid"), 1290, 245, 36, 50)
    add(bpmn.DataStoreReference(id="data_store", name="Ausländerzentralregister"), 1380, 245, 50, 50)

    inner = (
        bpmn.StartEvent(id="inner_start"),
        bpmn.Task(id="inner_task", name="Unterlagen sichten", default="inner_flow"),
        bpmn.SequenceFlow(id="inner_flow", source_ref="inner_task", target_ref="inner_start"),
        bpmn.SequenceFlow(
            id="inner_condition", name="vollständig", source_ref="inner_task", target_ref="inner_start",
            condition_expression="x",
        ),
    )  # fmt: skip
    add(bpmn.SubProcess(id="open", name="Antrag prüfen", flow_elements=inner), 110, 450, 300, 160, is_expanded=True)
    shapes.append(BPMNShape(bpmn_element="inner_start", bounds=Bounds(140, 520, 36, 36)))
    shapes.append(BPMNShape(bpmn_element="inner_task", bounds=Bounds(270, 500, 100, 80)))
    shapes.append(BPMNEdge(bpmn_element="inner_flow", waypoints=(Point(270, 530), Point(176, 530))))
    shapes.append(
        BPMNEdge(
            bpmn_element="inner_condition",
            waypoints=(Point(320, 580), Point(320, 596), Point(158, 596), Point(158, 556)),
        )
    )
    add(bpmn.SubProcess(id="closed", name="Hilfeplan aufstellen"), 460, 470, 100, 80, is_expanded=False)
    add(bpmn.SubProcess(id="event_sub", name="Widerruf", triggered_by_event=True), 610, 470, 100, 80, is_expanded=False)
    add(
        bpmn.UserTask(id="host", name="Auf Unterlagen warten"),
        760,
        470,
        120,
        80,
        background_color="#fff3c4",
        border_color="#7a5c00",
    )
    timer, message = (bpmn.TimerEventDefinition(id="b_1"),), (bpmn.MessageEventDefinition(id="b_2"),)
    add(
        bpmn.BoundaryEvent(id="deadline", name="Frist", attached_to_ref="host", event_definitions=timer),
        770,
        532,
        36,
        36,
    )
    add(
        bpmn.BoundaryEvent(id="reminder", attached_to_ref="host", cancel_activity=False, event_definitions=message),
        830, 532, 36, 36,
    )  # fmt: skip
    add(
        bpmn.UserTask(
            id="crowded",
            name="Antrag auf Leistungen nach dem Asylbewerberleistungsgesetz einschließlich Unterkunft bewilligen",
        ),
        930,
        470,
        100,
        80,
    )
    add(bpmn.SequenceFlow(id="flow", name="ja", source_ref="closed", target_ref="event_sub"), 0, 0, 1, 1)
    shapes.pop()
    shapes.append(
        BPMNEdge(
            bpmn_element="flow",
            waypoints=(Point(560, 510), Point(585, 510), Point(585, 480), Point(610, 480)),
            label=BPMNLabel(bounds=Bounds(570, 490, 20, 14)),
        )
    )
    note = bpmn.TextAnnotation(id="note", text="Nach § 18b AZRG wäre ein Abruf möglich.")
    link = bpmn.Association(id="link", source_ref="host", target_ref="note", association_direction="One")
    shapes.append(BPMNShape(bpmn_element="note", bounds=Bounds(1100, 480, 130, 44)))
    shapes.append(BPMNEdge(bpmn_element="link", waypoints=(Point(880, 490), Point(1100, 490))))
    group = bpmn.Group(id="group", category_value_ref="phase")
    shapes.append(BPMNShape(bpmn_element="group", bounds=Bounds(1270, 450, 170, 120)))

    upper = bpmn.Lane(id="upper", name="Leistungsabteilung", flow_node_refs=())
    lower = bpmn.Lane(id="lower", name="Fallmanagement und Beratung", flow_node_refs=())
    process = bpmn.Process(
        id="process",
        lane_sets=(bpmn.LaneSet(id="lanes", lanes=(upper, lower)),),
        flow_elements=tuple(nodes),
        artifacts=(note, link, group),
    )
    pools = [
        BPMNShape(bpmn_element="office", bounds=Bounds(20, 10, 1450, 630), is_horizontal=True),
        BPMNShape(bpmn_element="upper", bounds=Bounds(50, 10, 1420, 420), is_horizontal=True),
        BPMNShape(bpmn_element="lower", bounds=Bounds(50, 430, 1420, 210), is_horizontal=True),
        BPMNShape(bpmn_element="person", bounds=Bounds(20, 680, 1450, 60), is_horizontal=True),
    ]
    collaboration = bpmn.Collaboration(
        id="collaboration",
        participants=(
            bpmn.Participant(id="office", name="Sozialamt", process_ref="process"),
            bpmn.Participant(id="person", name="Zugewanderte Person"),
        ),
        message_flows=(
            bpmn.MessageFlow(id="letter", name="Bescheid", source_ref="crowded", target_ref="person"),
            bpmn.MessageFlow(id="answer", source_ref="person", target_ref="closed"),
        ),
    )
    shapes.append(
        BPMNEdge(bpmn_element="letter", waypoints=(Point(980, 550), Point(980, 680)), message_visible_kind="initiating")
    )
    shapes.append(BPMNEdge(bpmn_element="answer", waypoints=(Point(510, 680), Point(510, 550))))
    category = bpmn.Category(id="category", category_values=(bpmn.CategoryValue(id="phase", value="Erste Wochen"),))
    plane = BPMNPlane(bpmn_element="collaboration", plane_elements=(*pools, *shapes))
    return bpmn.Definitions(
        target_namespace="urn:gallery",
        root_elements=(collaboration, category, process),
        diagrams=(BPMNDiagram(name="Galerie", plane=plane),),
    )
