"""Reading: files of ours, of other tools, and broken ones."""

from __future__ import annotations

import re

import pytest

from ankunft_model.bpmn_xml.elements import (
    CallActivity,
    Definitions,
    ExclusiveGateway,
    Process,
    SequenceFlow,
    StartEvent,
    Task,
    TextAnnotation,
    Translation,
)
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, MODEL
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.errors import SourceError


def file_with(content: str, *, attributes: str = "") -> bytes:
    """Return a file whose process starts in line 2 and has `content` from line 3 on."""
    return (
        f'<definitions xmlns="{MODEL}" xmlns:x="urn:x" targetNamespace="urn:t" {attributes}>\n'
        f'<process id="process">\n{content}</process></definitions>'
    ).encode()


def read_process(content: str) -> Process:
    return read_definitions(file_with(content)).processes[0]


def problems_of(data: bytes) -> list[tuple[str, int | None]]:
    with pytest.raises(SourceError) as caught:
        read_definitions(data, file="a.bpmn")
    assert all(problem.location.file == "a.bpmn" for problem in caught.value.problems)
    assert all(problem.wording.de and problem.wording.en for problem in caught.value.problems)
    return [(problem.code, problem.location.line) for problem in caught.value.problems]


def test_reads_every_element_as_it_was_written(every_element: Definitions) -> None:
    data = write_definitions(every_element)

    definitions = read_definitions(data)

    assert definitions == every_element
    assert definitions.unread == ()
    assert write_definitions(definitions) == data


def test_prefixes_do_not_matter(every_element: Definitions) -> None:
    data = write_definitions(every_element).replace(b"bpmn:", b"model:").replace(b"ankunft:", b"our:")
    data = data.replace(b"xmlns:bpmn=", b"xmlns:model=").replace(b"xmlns:ankunft=", b"xmlns:our=")

    assert read_definitions(data) == every_element


def test_line_breaks_a_byte_order_mark_and_utf_16_do_not_matter(every_element: Definitions) -> None:
    text = write_definitions(every_element).decode()

    dos = text.replace("\n", "\r\n").encode("utf-8-sig")
    utf_16 = text.replace("UTF-8", "UTF-16").encode("utf-16")
    latin = text.replace("UTF-8", "ISO-8859-15").encode("iso-8859-15", errors="xmlcharrefreplace")

    assert read_definitions(dos) == every_element
    assert read_definitions(utf_16) == every_element
    assert read_definitions(latin) == every_element


def test_text_may_stand_in_cdata_and_around_comments() -> None:
    (note, *_) = read_process(
        '<textAnnotation id="note"><text>a &lt; <![CDATA[b & <c>]]><!-- not this --> d</text></textAnnotation>'
    ).artifacts

    assert note == TextAnnotation(id="note", text="a < b & <c> d")


def test_children_may_stand_in_any_order_and_elements_between_each_other() -> None:
    process = read_process(
        '<sequenceFlow id="f" targetRef="b" sourceRef="a"/><textAnnotation id="note"/>'
        '<task id="a"><outgoing>f</outgoing><incoming>wrong</incoming>'
        '<extensionElements><x:y z="1"> v </x:y></extensionElements><documentation>d</documentation></task>'
        '<task name="B" id="b"/>'
    )

    flow, first, second = process.flow_elements
    assert flow == SequenceFlow(id="f", source_ref="a", target_ref="b")
    assert (first.documentation[0].text, first.extension_elements[0].text) == ("d", " v ")
    assert second == Task(id="b", name="B")
    assert process.artifacts == (TextAnnotation(id="note"),)


def test_references_may_be_qualified_and_padded() -> None:
    data = file_with(
        '<exclusiveGateway id="a" default=" t:f "/><task id="b"/>\n'
        '<sequenceFlow id="f" sourceRef="t:a" targetRef=" b "/>',
        attributes='xmlns:t="urn:t"',
    )

    gateway, _, flow = read_definitions(data).processes[0].flow_elements

    assert gateway == ExclusiveGateway(id="a", default="f")
    assert flow == SequenceFlow(id="f", source_ref="a", target_ref="b")


@pytest.mark.parametrize(
    ("written", "meant"), [("other", "other"), ("t:other", "other"), ("u:other", "{urn:u}other"), ("${x}", "${x}")]
)
def test_a_called_process_may_be_of_another_file(written: str, meant: str) -> None:
    data = file_with(f'<callActivity id="c" calledElement="{written}"/>', attributes='xmlns:t="urn:t" xmlns:u="urn:u"')

    (call,) = read_definitions(data).processes[0].flow_elements

    assert call == CallActivity(id="c", called_element=meant)


def test_an_empty_reference_is_none() -> None:
    (gateway,) = read_process('<exclusiveGateway id="a" default=""/>').flow_elements

    assert gateway == ExclusiveGateway(id="a")


def test_truth_values_may_be_digits() -> None:
    (start,) = read_process('<startEvent id="a" isInterrupting="0"/>').flow_elements

    assert start == StartEvent(id="a", is_interrupting=False)


def test_colours_of_older_viewers_count_where_there_are_no_newer_ones() -> None:
    data = f"""<definitions xmlns="{MODEL}" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
        xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0"
        xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" targetNamespace="urn:t">
        <di:BPMNDiagram><di:BPMNPlane>
        <di:BPMNShape bioc:fill="#111111" bioc:stroke="#222222" color:border-color="#333333">
        <dc:Bounds x="0" y="0" width="1" height="1"/></di:BPMNShape>
        </di:BPMNPlane></di:BPMNDiagram></definitions>"""

    (shape,) = read_definitions(data.encode()).diagrams[0].plane.plane_elements

    assert getattr(shape, "background_color", None) == "#111111"
    assert shape.border_color == "#333333"


def test_elements_without_id_get_a_free_one() -> None:
    process = read_process('<task name="A"/><task id="task_1"/><task name="B"/>')

    assert [element.id for element in process.flow_elements] == ["task_2", "task_1", "task_3"]


def test_translations_and_other_extensions_are_told_apart() -> None:
    data = file_with(
        '<task id="a"><extensionElements xmlns:i="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0">'
        '<i:translation xml:lang="en">Check</i:translation><i:translation>no language</i:translation>'
        "</extensionElements></task>"
    )

    (task,) = read_definitions(data).processes[0].flow_elements

    assert task.translations == (Translation(language="en", text="Check"),)
    assert [extension.text for extension in task.extension_elements] == ["no language"]


def test_foreign_extensions_are_kept_with_their_children() -> None:
    (task,) = read_process(
        '<task id="a"><extensionElements><x:properties>\n  <x:property name="k" x:n="v"/>\n</x:properties>'
        "</extensionElements></task>"
    ).flow_elements

    (properties,) = task.extension_elements
    assert (properties.namespace, properties.name, properties.text) == ("urn:x", "properties", "")
    assert properties.children[0].attributes == (("name", "k"), ("{urn:x}n", "v"))


def test_what_has_no_place_is_listed_with_its_line() -> None:
    data = file_with(
        '<task id="a" x:owner="me" startQuantity="1">\n'
        "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>\n"
        '</task>stray\n<complexGateway id="c"/><x:thing/>\n'
    )

    unread = read_definitions(data).unread

    assert [(item.kind, item.name.rpartition("}")[2], item.line, item.element_id) for item in unread] == [
        ("attribute", "startQuantity", 3, "a"),
        ("element", "multiInstanceLoopCharacteristics", 4, "a"),
        ("text", "process", 2, "process"),
        ("element", "complexGateway", 6, "process"),
        ("element", "thing", 6, "process"),
    ]


def test_attributes_of_other_namespaces_are_kept_at_their_element() -> None:
    (process,) = read_definitions(file_with('<task id="a" x:owner="me" x:since="1"/>')).processes

    (task,) = process.flow_elements

    assert task.extension_attributes == (("{urn:x}owner", "me"), ("{urn:x}since", "1"))


def test_a_second_child_where_one_is_allowed_is_listed() -> None:
    data = file_with(
        '<startEvent id="a"><timerEventDefinition id="t"><timeDate>1</timeDate><timeDate>2</timeDate>'
        "<timeCycle>3</timeCycle></timerEventDefinition></startEvent>"
    )

    unread = read_definitions(data).unread

    assert [item.name.rpartition("}")[2] for item in unread] == ["timeDate", "timeCycle"]


def test_schema_locations_and_types_are_not_worth_a_word() -> None:
    data = file_with(
        '<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b">'
        '<conditionExpression xsi:type="tFormalExpression">ja</conditionExpression></sequenceFlow>',
        attributes='xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:t t.xsd"',
    )

    definitions = read_definitions(data)

    assert definitions.unread == ()
    assert definitions.processes[0].flow_elements[2] == SequenceFlow(
        id="f", source_ref="a", target_ref="b", condition_expression="ja"
    )


def test_reports_all_problems_at_once_with_their_lines() -> None:
    data = file_with(
        '<task id="a"/>\n'
        '<task id="a"/>\n'
        '<sequenceFlow id="f" targetRef="a"/>\n'
        '<startEvent id="s" isInterrupting="perhaps"/>\n'
        '<exclusiveGateway id="g" gatewayDirection="left"/>\n'
        '<userTask id="u"><dataInputAssociation id="d"/></userTask>\n'
    )

    assert problems_of(data) == [
        ("duplicate-id", 4),
        ("missing-attribute", 5),
        ("wrong-value", 6),
        ("wrong-value", 7),
        ("missing-element", 8),
    ]


@pytest.mark.parametrize("number", ["", "x", "1_0", "NaN", "INF", "1e999", "9" * 100, "١"])
def test_a_place_that_is_no_number_is_a_problem(every_element: Definitions, number: str) -> None:
    data = re.sub(
        rb'<dc:Bounds x="[^"]*"', f'<dc:Bounds x="{number}"'.encode(), write_definitions(every_element), count=1
    )

    codes = {code for code, _ in problems_of(data)}

    assert "wrong-value" in codes


def test_a_shape_without_bounds_is_a_problem() -> None:
    data = (
        f'<definitions xmlns="{MODEL}" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" targetNamespace="urn:t">'
        "<di:BPMNDiagram><di:BPMNPlane><di:BPMNShape/></di:BPMNPlane></di:BPMNDiagram></definitions>"
    )

    assert problems_of(data.encode()) == [("missing-element", 1)]


@pytest.mark.parametrize(
    "data",
    [
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        b"<Package/>",
        f'<process xmlns="{MODEL}"/>'.encode(),
        f'<x xmlns="{ANKUNFT}"/>'.encode(),
    ],
)
def test_other_xml_is_not_a_bpmn_file(data: bytes) -> None:
    assert problems_of(data) == [("not-a-bpmn-file", 1)]
