"""A BPMN file, as text, with one of each thing that the standard draws: what our own exports have, and all the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
    xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0"
    xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" id="file" targetNamespace="urn:x">
"""
TRIGGERS = (
    "message", "timer", "signal", "escalation", "error", "conditional", "link", "compensate", "cancel", "terminate",
)  # fmt: skip
TASKS = ("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway")


@dataclass
class File:
    """A file under construction: elements, and where they stand."""

    elements: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def shape(self, id_: str, x: float, y: float, width: float = 36, height: float = 36, more: str = "") -> None:
        self.ids.append(id_)
        bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />'
        self.drawn.append(f'<bpmndi:BPMNShape bpmnElement="{id_}" {more}>{bounds}</bpmndi:BPMNShape>')

    def edge(self, id_: str, *points: tuple[float, float], more: str = "") -> None:
        self.ids.append(id_)
        waypoints = "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in points)
        self.drawn.append(f'<bpmndi:BPMNEdge bpmnElement="{id_}" {more}>{waypoints}</bpmndi:BPMNEdge>')

    def node(self, kind: str, id_: str, attributes: str = "", inside: str = "", name: str = "") -> None:
        self.elements.append(f'<{kind} id="{id_}" name={quoteattr(name)} {attributes}>{inside}</{kind}>')

    def text(self) -> str:
        collaboration = f'<collaboration id="c">{"".join(self.participants)}{"".join(self.lines)}</collaboration>'
        process = f'<process id="p" isExecutable="false">{"".join(self.elements)}</process>'
        plane = f'<bpmndi:BPMNPlane bpmnElement="c">{"".join(self.drawn)}</bpmndi:BPMNPlane>'
        return (
            f"{HEAD}{''.join(self.roots)}{collaboration}{process}"
            f"<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram></definitions>"
        )


def zoo() -> File:
    """Return the file."""
    file = File()
    _pools(file)
    _tasks(file)
    _events(file)
    _gateways_and_data(file)
    _sub_processes(file)
    _connections(file)
    _choreographies_and_conversations(file)
    return file


def _pools(file: File) -> None:
    file.participants.append('<participant id="open" name="Kreis Düren" processRef="p" />')
    file.shape("open", 20, 20, 1260, 1000, 'isHorizontal="true"')
    several = '<participantMultiplicity minimum="2" maximum="5" />'
    file.participants.append(f'<participant id="several" name="Schulen">{several}</participant>')
    file.shape("several", 20, 1040, 1260, 60)
    file.participants.append('<participant id="upright" name="Jobcenter" processRef="p" />')
    file.shape("upright", 1300, 20, 160, 500, 'isHorizontal="false"')
    lanes = "".join(f'<lane id="{id_}" name="{name}" />' for id_, name in (("lane", "Amt"), ("upright_lane", "Team")))
    file.elements.append(f'<laneSet id="lanes">{lanes}</laneSet>')
    file.shape("lane", 50, 20, 1230, 1000, 'isHorizontal="true"')
    file.shape("upright_lane", 1300, 50, 160, 470, 'isHorizontal="false"')


def _tasks(file: File) -> None:
    for place, kind in enumerate(TASKS):
        file.node(kind, kind, name=f"{kind} Antrag")
        file.shape(kind, 100 + 120 * place, 40, 100, 80)
    file.node("receiveTask", "instantiating", 'instantiate="true"', name="Post")
    file.shape("instantiating", 100 + 120 * 8, 40, 100, 80)
    markers = {
        "loop": "<standardLoopCharacteristics />",
        "parallel": "<multiInstanceLoopCharacteristics />",
        "sequential": '<multiInstanceLoopCharacteristics isSequential="true" />',
    }
    for place, (id_, inside) in enumerate(markers.items()):
        file.node("userTask", id_, inside=inside, name="Beraten")
        file.shape(id_, 100 + 120 * place, 140, 100, 80)
    compensation = 'isForCompensation="true"'
    file.node("task", "undone", compensation, "<standardLoopCharacteristics />", name="Zurücknehmen")
    file.shape("undone", 100 + 120 * 3, 140, 100, 80)
    file.roots.append('<globalUserTask id="global" name="Global" />')
    file.node("callActivity", "calls_process", 'calledElement="other"', name="Ruft Prozess")
    file.shape("calls_process", 100 + 120 * 4, 140, 100, 80)
    file.node("callActivity", "calls_task", 'calledElement="global"', name="Ruft Schritt")
    file.shape("calls_task", 100 + 120 * 5, 140, 100, 80)
    colours = 'color:background-color="#ffe0b2" color:border-color="#6b3c00"'
    file.node("userTask", "coloured", name="Bunt")
    file.shape("coloured", 100 + 120 * 6, 140, 100, 80, colours)
    file.node("serviceTask", "older_colours", name="Ältere Farben")
    file.shape("older_colours", 100 + 120 * 7, 140, 100, 80, 'bioc:fill="rgb(0,51,102)" bioc:stroke="black"')
    file.node("task", "host")
    file.shape("host", 100 + 120 * 8, 140, 100, 80)
    file.node("boundaryEvent", "attached", 'attachedToRef="host"', "<timerEventDefinition />", name="Frist")
    file.shape("attached", 1050, 202)


def _events(file: File) -> None:
    rows = (
        ("startEvent", ""),
        ("startEvent", 'isInterrupting="false"'),
        ("intermediateCatchEvent", ""),
        ("boundaryEvent", 'attachedToRef="host"'),
        ("boundaryEvent", 'attachedToRef="host" cancelActivity="false"'),
        ("intermediateThrowEvent", ""),
        ("endEvent", ""),
    )
    for row, (kind, attributes) in enumerate(rows):
        y = 250 + 50 * row
        file.node(kind, f"none_{row}", attributes)
        file.shape(f"none_{row}", 100, y)
        for place, trigger in enumerate(TRIGGERS):
            id_ = f"{trigger}_{row}"
            name = ' name="L"' if trigger == "link" else ""
            file.node(kind, id_, attributes, f"<{trigger}EventDefinition{name} />")
            file.shape(id_, 150 + 50 * place, y)
        two = "<messageEventDefinition /><timerEventDefinition />"
        file.node(kind, f"multiple_{row}", attributes, two)
        file.shape(f"multiple_{row}", 650, y)
        file.node(kind, f"all_{row}", f'{attributes} parallelMultiple="true"', two)
        file.shape(f"all_{row}", 700, y)
    file.roots.append('<signalEventDefinition id="shared" />')
    file.node("implicitThrowEvent", "implicit", inside="<eventDefinitionRef>shared</eventDefinitionRef>")
    file.shape("implicit", 750, 250)


def _gateways_and_data(file: File) -> None:
    for place, kind in enumerate(GATEWAYS):
        file.node(kind, kind, name="Frage?")
        file.shape(kind, 800 + 90 * place, 250, 50, 50, 'isMarkerVisible="true"')
    file.node("exclusiveGateway", "bare")
    file.shape("bare", 800, 350, 50, 50)
    file.node("eventBasedGateway", "first", 'instantiate="true"')
    file.shape("first", 890, 350, 50, 50)
    file.node("eventBasedGateway", "all_of_them", 'instantiate="true" eventGatewayType="Parallel"')
    file.shape("all_of_them", 980, 350, 50, 50)
    file.node("dataObject", "data", 'isCollection="true"', name="Akten")
    file.node("dataObjectReference", "data_ref", 'dataObjectRef="data"', '<dataState name="vollständig" />')
    file.shape("data_ref", 800, 430, 36, 50)
    file.node("dataObject", "data_alone", name="Bescheid")
    file.shape("data_alone", 870, 430, 36, 50)
    file.node("dataStoreReference", "store", name="Register")
    file.shape("store", 940, 430, 50, 50)
    inputs = '<dataInput id="taken" name="Antrag" isCollection="true" /><dataOutput id="given" name="Ergebnis" />'
    file.elements.insert(0, f"<ioSpecification>{inputs}<inputSet /><outputSet /></ioSpecification>")
    file.shape("taken", 1020, 430, 36, 50)
    file.shape("given", 1090, 430, 36, 50)
    file.roots.append('<message id="message" name="Brief" />')
    file.shape("message", 1160, 430, 30, 20)
    file.elements.append('<textAnnotation id="note"><text>Eine Anmerkung</text></textAnnotation>')
    file.shape("note", 1080, 350, 120, 40)
    file.roots.append('<category id="category"><categoryValue id="value" value="Erste Wochen" /></category>')
    file.elements.append('<group id="group" categoryValueRef="value" />')
    file.shape("group", 790, 320, 430, 190)


def _sub_processes(file: File) -> None:
    inner = "<standardLoopCharacteristics />"
    kinds = (
        ("subProcess", ""),
        ("transaction", ""),
        ("adHocSubProcess", ""),
        ("subProcess", 'triggeredByEvent="true"'),
    )
    for place, (kind, attributes) in enumerate(kinds):
        file.node(kind, f"closed_{place}", attributes, inner, name="Teil")
        file.shape(f"closed_{place}", 100 + 130 * place, 620, 100, 80, 'isExpanded="false"')
        content = f'<task id="inside_{place}" name="Innen" />'
        file.node(kind, f"opened_{place}", attributes, inner + content, name="Teil mit Inhalt")
        file.shape(f"opened_{place}", 100 + 200 * place, 720, 180, 130, 'isExpanded="true"')
        file.shape(f"inside_{place}", 140 + 200 * place, 750, 100, 60)
    file.node("subProcess", "unsaid", inside='<task id="deeper" name="Innen" />', name="Ohne Angabe")
    file.shape("unsaid", 920, 720, 180, 130)
    file.shape("deeper", 960, 750, 100, 60)


def _connections(file: File) -> None:
    for place, (kind, attributes) in enumerate((("task", 'default="usual"'), ("task", ""), ("task", ""), ("task", ""))):
        file.node(kind, f"end_{place}", attributes)
        file.shape(f"end_{place}", 100 + 150 * place, 900, 70, 50)
    flows = {"usual": (0, 1, ""), "asked": (1, 2, "<conditionExpression>x</conditionExpression>"), "plain": (2, 3, "")}
    for id_, (source, target, inside) in flows.items():
        ends = f'sourceRef="end_{source}" targetRef="end_{target}"'
        file.elements.append(f'<sequenceFlow id="{id_}" name="{id_}" {ends}>{inside}</sequenceFlow>')
        file.edge(id_, (170 + 150 * source, 925), (100 + 150 * target, 925))
    for place, direction in enumerate(("None", "One", "Both")):
        y = 965 + 15 * place
        ends = f'sourceRef="end_0" targetRef="end_1" associationDirection="{direction}"'
        file.elements.append(f'<association id="associated_{place}" {ends} />')
        file.edge(f"associated_{place}", (100, y), (320, y))
    data = '<dataInputAssociation id="into"><targetRef>x</targetRef></dataInputAssociation>'
    data += '<dataOutputAssociation id="out_of"><targetRef>x</targetRef></dataOutputAssociation>'
    file.node("task", "with_data", inside=data)
    file.shape("with_data", 760, 900, 70, 50)
    file.edge("into", (730, 980), (760, 950))
    file.edge("out_of", (830, 950), (860, 980))
    for place, kind in enumerate(("", "initiating", "non_initiating")):
        id_ = f"sent_{place}"
        file.lines.append(f'<messageFlow id="{id_}" name="Brief {place}" sourceRef="end_0" targetRef="several" />')
        more = f'messageVisibleKind="{kind}"' if kind else 'color:border-color="#0a58a8"'
        file.edge(id_, (500 + 80 * place, 950), (500 + 80 * place, 1040), more=more)


def _choreographies_and_conversations(file: File) -> None:
    kinds = ("choreographyTask", "subChoreography", "callChoreography")
    file.participants.append('<participant id="asks" name="Amt" /><participant id="answers" name="Person" />')
    tasks = ""
    for place, kind in enumerate(kinds):
        x = 100 + 160 * place
        loop = 'loopType="MultiInstanceParallel"' if place == 1 else ""
        tasks += f'<{kind} id="exchange_{place}" name="Austausch" {loop} initiatingParticipantRef="asks" />'
        file.shape(f"exchange_{place}", x, 1160, 120, 100)
        bands = (("asks", 1160, "top_initiating"), ("answers", 1240, "bottom_non_initiating"))
        for participant, y, band in bands:
            more = f'participantBandKind="{band}" isMessageVisible="true" choreographyActivityShape="s"'
            file.shape(participant, x, y, 120, 20, more)
    file.roots.append(f'<choreography id="ch">{tasks}</choreography>')
    for place, kind in enumerate(("conversation", "subConversation", "callConversation")):
        file.lines.append(f'<{kind} id="{kind}" name="Gespräch" />')
        file.shape(kind, 700 + 110 * place, 1180, 60, 50)
    file.lines.append('<conversationLink id="link" sourceRef="several" targetRef="conversation" />')
    file.edge("link", (730, 1100), (730, 1180))
