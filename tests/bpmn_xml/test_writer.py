"""Writing: order, form, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNDiagram, BPMNEdge, BPMNPlane, BPMNShape, Point
from ankunft_model.bpmn_xml.elements import (
    CallActivity,
    Collaboration,
    Definitions,
    Documentation,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    ExtensionElement,
    Lane,
    LaneSet,
    Message,
    Process,
    RootElement,
    SequenceFlow,
    StartEvent,
    SubProcess,
    Task,
    TimerEventDefinition,
    Translation,
)
from ankunft_model.bpmn_xml.grammar import MAX_DEPTH
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, MODEL, PREFIX_OF
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.errors import ExportError


def file_of(*root_elements: RootElement, diagrams: tuple[BPMNDiagram, ...] = ()) -> Definitions:
    return Definitions(id="file", target_namespace="urn:x", root_elements=root_elements, diagrams=diagrams)


def process_of(*flow_elements: Any, **more: Any) -> Process:
    return Process(id="process", flow_elements=flow_elements, **more)


def lines_of(definitions: Definitions) -> list[str]:
    return write_definitions(definitions).decode().splitlines()


def local_names(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_writes_a_small_file_as_bpmn_js_would() -> None:
    start = StartEvent(id="start", name="Zuzug")
    flow = SequenceFlow(id="flow", source_ref="start", target_ref="end")
    small = file_of(process_of(start, flow, EndEvent(id="end")))

    text = write_definitions(small).decode()

    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<bpmn:definitions xmlns:bpmn="{MODEL}" id="file" targetNamespace="urn:x">\n'
        '  <bpmn:process id="process" isExecutable="false">\n'
        '    <bpmn:startEvent id="start" name="Zuzug">\n'
        "      <bpmn:outgoing>flow</bpmn:outgoing>\n"
        "    </bpmn:startEvent>\n"
        '    <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="end" />\n'
        '    <bpmn:endEvent id="end">\n'
        "      <bpmn:incoming>flow</bpmn:incoming>\n"
        "    </bpmn:endEvent>\n"
        "  </bpmn:process>\n"
        "</bpmn:definitions>\n"
    )


def test_children_stand_in_the_order_of_the_schema() -> None:
    task = Task(
        id="task",
        extension_elements=(ExtensionElement(namespace=ANKUNFT, name="step"),),
        documentation=(Documentation(text="Was zu tun ist"),),
    )
    sub = SubProcess(
        id="sub",
        flow_elements=(Task(id="inner"),),
        lane_sets=(LaneSet(id="inner_lanes"),),
        documentation=(Documentation(text="x"),),
    )
    flows = (
        SequenceFlow(id="loop", source_ref="task", target_ref="sub", condition_expression="ja"),
        SequenceFlow(id="back", source_ref="sub", target_ref="task"),
    )
    lanes = LaneSet(id="lanes", lanes=(Lane(id="lane", flow_node_refs=("task", "sub")),))

    root = etree.fromstring(write_definitions(file_of(process_of(task, sub, *flows, lane_sets=(lanes,)))))

    process = root[0]
    assert local_names(process) == ["laneSet", "task", "subProcess", "sequenceFlow", "sequenceFlow"]
    assert local_names(process[1]) == ["documentation", "extensionElements", "incoming", "outgoing"]
    assert local_names(process[2]) == ["documentation", "incoming", "outgoing", "laneSet", "task"]


def test_incoming_and_outgoing_follow_the_order_of_the_flows_and_stay_in_their_process() -> None:
    flows = (
        SequenceFlow(id="second", source_ref="a", target_ref="b"),
        SequenceFlow(id="first", source_ref="a", target_ref="b"),
    )
    inner = SubProcess(
        id="a", flow_elements=(Task(id="c"), Task(id="d"), SequenceFlow(id="in", source_ref="c", target_ref="d"))
    )

    lines = [line.strip() for line in lines_of(file_of(process_of(inner, Task(id="b"), *flows)))]

    assert [line for line in lines if "outgoing" in line] == [
        "<bpmn:outgoing>second</bpmn:outgoing>",
        "<bpmn:outgoing>first</bpmn:outgoing>",
        "<bpmn:outgoing>in</bpmn:outgoing>",
    ]
    assert lines.index("<bpmn:incoming>second</bpmn:incoming>") < lines.index("<bpmn:incoming>first</bpmn:incoming>")


def test_declares_only_the_name_spaces_that_are_used() -> None:
    plain = lines_of(file_of(process_of()))[1]
    extended = lines_of(
        file_of(process_of(extension_elements=(ExtensionElement(namespace="urn:foreign", name="thing"),)))
    )[1]

    assert plain.count("xmlns:") == 1
    assert 'xmlns:ns1="urn:foreign"' in extended
    assert PREFIX_OF[ANKUNFT] not in extended


def test_nothing_stands_in_definitions_that_the_schema_forbids(every_element: Definitions) -> None:
    root = etree.fromstring(write_definitions(every_element))

    assert "extensionElements" not in local_names(root)
    assert "documentation" not in local_names(root)


def test_says_that_a_waiting_gateway_starts_nothing() -> None:
    line = lines_of(file_of(process_of(EventBasedGateway(id="wait"))))[3]

    assert line.strip() == '<bpmn:eventBasedGateway id="wait" instantiate="false" eventGatewayType="Exclusive" />'


def test_text_and_attributes_are_escaped_and_keep_their_line_breaks() -> None:
    name = 'A & B <c> "d"\tund\nmehr\r'
    task = Task(id="task", name=name, documentation=(Documentation(text=name),))

    root = etree.fromstring(write_definitions(file_of(process_of(task))))

    assert root[0][0].get("name") == name
    assert root[0][0][0].text == name


def test_translations_use_the_extension_of_the_omg() -> None:
    message = Message(
        id="letter",
        name="Brief",
        translations=(
            Translation(language="en", text="Letter"),
            Translation(language="en", text="About it", target="documentation"),
        ),
    )

    lines = [line.strip() for line in lines_of(file_of(message))]

    assert '<i18n:translation xml:lang="en">Letter</i18n:translation>' in lines
    assert '<i18n:translation xml:lang="en" target="documentation">About it</i18n:translation>' in lines


def test_text_before_child_elements_is_not_indented() -> None:
    inner = ExtensionElement(namespace="urn:x", name="b", text="in")
    mixed = ExtensionElement(namespace="urn:x", name="a", text="before", children=(inner, inner))

    root = etree.fromstring(write_definitions(file_of(process_of(extension_elements=(mixed,)))))

    assert root[0][0][0].text == "before"


def test_a_called_process_of_another_file_is_written_with_a_declared_prefix() -> None:
    lines = lines_of(file_of(process_of(CallActivity(id="call", called_element="{urn:other}p"))))

    assert 'xmlns:ns1="urn:other"' in lines[1]
    assert lines[3].strip() == '<bpmn:callActivity id="call" calledElement="ns1:p" />'


def test_an_extension_without_name_space_has_no_prefix() -> None:
    extension = ExtensionElement(namespace="", name="note", text="x")

    lines = lines_of(file_of(process_of(extension_elements=(extension,))))

    assert lines[4].strip() == "<note>x</note>"


def test_numbers_are_short_and_exact() -> None:
    shape = BPMNShape(bpmn_element="task", bounds=Bounds(100.0, -0.5, 1e20, 0.1))
    diagram = BPMNDiagram(plane=BPMNPlane(bpmn_element="process", plane_elements=(shape,)))

    text = write_definitions(file_of(process_of(Task(id="task")), diagrams=(diagram,))).decode()

    assert '<dc:Bounds x="100" y="-0.5" width="1e+20" height="0.1" />' in text


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
@pytest.mark.parametrize("place", ["name", "documentation", "extension"])
def test_refuses_characters_that_xml_cannot_carry(character: str, place: str) -> None:
    text = f"abc{character}"
    task = {
        "name": Task(id="task", name=text),
        "documentation": Task(id="task", documentation=(Documentation(text=text),)),
        "extension": Task(
            id="task", extension_elements=(ExtensionElement(namespace="urn:x", name="x", attributes=(("k", text),)),)
        ),
    }[place]

    with pytest.raises(ExportError) as caught:
        write_definitions(file_of(process_of(task)))

    assert f"U+{ord(character):04X}" in caught.value.in_language("de")
    assert caught.value.element_id == "task"


@pytest.mark.parametrize("element_id", ["", "1a", "a b", "a:b", "ä<", "-a"])
def test_refuses_ids_that_no_reference_can_name(element_id: str) -> None:
    with pytest.raises(ExportError):
        write_definitions(file_of(process_of(Task(id=element_id))))


def test_refuses_an_id_given_twice_also_in_the_diagram() -> None:
    shape = BPMNShape(id="task", bpmn_element="task", bounds=Bounds(0, 0, 1, 1))
    diagram = BPMNDiagram(plane=BPMNPlane(plane_elements=(shape,)))

    with pytest.raises(ExportError, match="'task' is given twice"):
        write_definitions(file_of(process_of(Task(id="task")), diagrams=(diagram,)))


def test_refuses_a_reference_that_leads_nowhere() -> None:
    gateway = ExclusiveGateway(id="gateway", default="missing")

    with pytest.raises(ExportError, match="'missing'") as caught:
        write_definitions(file_of(process_of(gateway)))

    assert caught.value.element_id == "gateway"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_refuses_numbers_without_a_place(number: float) -> None:
    shape = BPMNShape(bounds=Bounds(number, 0, 1, 1))

    with pytest.raises(ExportError, match="finite"):
        write_definitions(file_of(diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=(shape,))),)))


def test_refuses_an_edge_of_one_point() -> None:
    edge = BPMNEdge(waypoints=(Point(0, 0),))

    with pytest.raises(ExportError, match="waypoints"):
        write_definitions(file_of(diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=(edge,))),)))


def test_refuses_two_times_in_one_timer() -> None:
    timer = TimerEventDefinition(id="timer", time_date="2025-06-01", time_duration="P1D")

    with pytest.raises(ExportError, match="time_date, time_duration"):
        write_definitions(file_of(process_of(StartEvent(id="start", event_definitions=(timer,)))))


def test_refuses_an_element_in_a_wrong_place() -> None:
    collaboration: Any = Collaboration(id="collaboration")

    with pytest.raises(ExportError, match="Collaboration"):
        write_definitions(file_of(process_of(collaboration)))


def test_refuses_nesting_that_no_reader_would_follow() -> None:
    sub = SubProcess(id="sub_0")
    for level in range(1, MAX_DEPTH):
        sub = SubProcess(id=f"sub_{level}", flow_elements=(sub,))

    with pytest.raises(ExportError, match="nested"):
        write_definitions(file_of(process_of(sub)))


def test_equal_definitions_give_equal_bytes(every_element: Definitions) -> None:
    copy = replace(every_element, root_elements=tuple(replace(element) for element in every_element.root_elements))

    assert write_definitions(copy) == write_definitions(every_element)
