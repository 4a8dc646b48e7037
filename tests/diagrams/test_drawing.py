"""A new drawing for any BPMN file: the process stays byte for byte, everything drawable is drawn, the rest is named."""

from __future__ import annotations

import codecs

import pytest
from tests.diagrams.bpmn_files import CORPUS, bpmn, drawing_of, flow, node, process, without_diagrams

import ankunft_model as am

SMALL = process(node("startEvent", "start", name="Beginn") + node("task", "check") + flow("start", "check"))
WITH_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no BPMN files by others in {CORPUS}")


def codes(layout: am.BpmnLayout) -> list[tuple[str, str]]:
    return [(note.code, note.element_id) for note in layout.notes]


def test_a_file_without_diagram_gets_one_at_the_end() -> None:
    layout = am.lay_out_bpmn(bpmn(SMALL))

    drawing = drawing_of(layout.data)
    assert drawing.planes == ["process"]
    assert set(drawing.shapes) == {"start", "check"}
    assert set(drawing.edges) == {"start-check"}
    assert "start" in drawing.labels
    assert without_diagrams(layout.data).replace(b"\n", b"") == bpmn(SMALL).replace(b"\n", b"")


def test_a_condition_and_a_default_leave_a_task_at_different_places() -> None:
    # the sign of a condition (diamond) and that of a default (slash) would lie on each other
    def conditional(source: str, target: str) -> str:
        condition = "<bpmn:conditionExpression>x</bpmn:conditionExpression>"
        return node("sequenceFlow", f"{source}-{target}", inside=condition, sourceRef=source, targetRef=target)

    nodes = (
        node("exclusiveGateway", "split", default="split-one")
        + node("task", "one", default="one-two")
        + node("task", "two")
        + node("task", "three", default="three-two")
        + node("exclusiveGateway", "join")
        + node("endEvent", "end")
    )
    plain = [("split", "one"), ("split", "two"), ("split", "three"), ("one", "two"), ("three", "two"), ("two", "join")]
    flows = "".join(flow(*ends) for ends in [*plain, ("join", "end")])
    content = process(nodes + flows + conditional("one", "end") + conditional("three", "join"))

    edges = drawing_of(am.lay_out_bpmn(bpmn(content)).data).edges

    for default, condition in (("one-two", "one-end"), ("three-two", "three-join")):
        (x, y), (other_x, other_y) = edges[default][0], edges[condition][0]
        assert abs(x - other_x) + abs(y - other_y) >= 24


def test_frames_of_groups_over_two_pools_do_not_overlap() -> None:
    def member(kind: str, id_: str, group: str) -> str:
        return node(kind, id_, inside=f"<bpmn:categoryValueRef>{group} value</bpmn:categoryValueRef>")

    groups = ("apply", "decide")
    office = [member("task", f"office{number}", groups[number // 3]) for number in range(6)]
    person = [member("task", f"person{number}", groups[number // 2]) for number in range(4)]
    flows = [flow(f"office{number}", f"office{number + 1}") for number in range(5)]
    others = [flow(f"person{number}", f"person{number + 1}") for number in range(3)]
    pools = "".join(node("participant", f"{name} pool", processRef=name) for name in ("office", "person"))
    values = "".join(
        node("category", f"{name} category", inside=node("categoryValue", f"{name} value", value=name))
        for name in groups
    )
    frames = "".join(node("group", name, categoryValueRef=f"{name} value") for name in groups)
    content = (
        values
        + node("collaboration", "both", inside=pools + flow("office0", "person0", "messageFlow") + frames)
        + process("".join(office + flows), "office")
        + process("".join(person + others), "person")
    )

    shapes = drawing_of(am.lay_out_bpmn(bpmn(content)).data).shapes

    (x, _, width, _), (other_x, _, _, _) = shapes["apply"], shapes["decide"]
    assert x + width < other_x


def test_laying_out_a_laid_out_file_changes_nothing() -> None:
    once = am.lay_out_bpmn(bpmn(SMALL)).data

    assert am.lay_out_bpmn(once).data == once


def test_comments_and_text_that_look_like_a_diagram_stay() -> None:
    tricky = (
        SMALL
        + "<!-- <bpmndi:BPMNDiagram> --><bpmn:message id='m' name='a > b'/>"
        + "<bpmn:error id='e'><bpmn:documentation><![CDATA[<bpmndi:BPMNDiagram/>]]></bpmn:documentation></bpmn:error>"
    )

    laid_out = am.lay_out_bpmn(bpmn(tricky)).data

    begin = laid_out.index(b"  <bpmndi:BPMNDiagram id=")
    end = laid_out.rindex(b"</bpmndi:BPMNDiagram>") + len(b"</bpmndi:BPMNDiagram>\n")
    assert laid_out[:begin] + laid_out[end:] == bpmn(tricky)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "big5"])
def test_the_encoding_of_the_file_stays(encoding: str) -> None:
    name = "中文" if encoding == "big5" else "Prüfung"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = bpmn(process(node("task", "a", name=name))).decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    data = text.encode(encoding)

    laid_out = am.lay_out_bpmn(data).data

    assert laid_out.decode(encoding).count("BPMNShape") == 2
    assert name in laid_out.decode(encoding)
    assert laid_out.startswith(data[:100])
    assert am.lay_out_bpmn(laid_out).data == laid_out


def test_an_id_that_the_encoding_does_not_have_is_written_as_a_reference() -> None:
    text = bpmn(process(node("task", "a"))).decode().replace("UTF-8", "US-ASCII").replace('"a"', '"&#228;"')

    laid_out = am.lay_out_bpmn(text.encode("ascii")).data

    assert b'bpmnElement="&#228;"' in laid_out


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("step", ["  ", "\t", "    "])
def test_the_diagram_is_indented_like_the_file(line_break: str, step: str) -> None:
    text = bpmn(SMALL).decode().replace("\n  ", f"\n{step}").replace("\n", line_break)

    laid_out = am.lay_out_bpmn(text.encode()).data.decode()

    assert f"{line_break}{step}<bpmndi:BPMNDiagram " in laid_out
    assert laid_out.count("\r\n") in (0, laid_out.count("\n"))
    assert laid_out.endswith(f"{step}</bpmndi:BPMNDiagram>{line_break}</bpmn:definitions>{line_break}")


def test_prefixes_of_the_file_are_used_and_taken_ones_are_not() -> None:
    text = bpmn(SMALL).decode()
    own = text.replace("<bpmn:definitions ", '<bpmn:definitions xmlns:x="http://www.omg.org/spec/BPMN/20100524/DI" ', 1)
    taken = text.replace("<bpmn:definitions ", '<bpmn:definitions xmlns:dc="urn:other" ', 1)

    assert b"<x:BPMNShape " in am.lay_out_bpmn(own.encode()).data
    assert set(drawing_of(am.lay_out_bpmn(taken.encode()).data).shapes) == {"start", "check"}


def test_colours_markers_and_ids_of_the_old_drawing_stay() -> None:
    once = am.lay_out_bpmn(bpmn(process(node("task", "a") + node("exclusiveGateway", "g")))).data.decode()
    painted = once.replace(
        'id="a_di"', 'id="mine" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="#eee"'
    )
    painted = painted.replace('isMarkerVisible="true"', 'isMarkerVisible="false"')

    drawing = drawing_of(am.lay_out_bpmn(painted.encode()).data)

    assert drawing.attributes["a"]["id"] == "mine"
    assert drawing.attributes["a"]["{http://bpmn.io/schema/bpmn/biocolor/1.0}fill"] == "#eee"
    assert drawing.attributes["g"]["isMarkerVisible"] == "false"


def test_ids_of_shapes_are_new_where_elements_have_them() -> None:
    data = am.lay_out_bpmn(bpmn(process(node("task", "a") + node("task", "a_di")))).data

    ids = [part.split(b'"')[1] for part in data.split(b" id=")[1:]]
    assert len(set(ids)) == len(ids)


def test_everything_that_bpmn_draws_is_drawn() -> None:
    inside = node("task", "inner") + node("textAnnotation", "inner_note", inside="<bpmn:text>Hinweis</bpmn:text>")
    content = (
        '<bpmn:laneSet id="lanes"><bpmn:lane id="outer" name="Amt"><bpmn:flowNodeRef>call</bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>event</bpmn:flowNodeRef>"
        '<bpmn:childLaneSet id="children"><bpmn:lane id="deep" name="Stelle">'
        "<bpmn:flowNodeRef>call</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id='empty' /></bpmn:childLaneSet>"
        "</bpmn:lane></bpmn:laneSet>"
        '<bpmn:ioSpecification><bpmn:dataInput id="input" name="Antrag" /><bpmn:dataOutput id="output" />'
        "</bpmn:ioSpecification>"
        + node("callActivity", "call")
        + node("adHocSubProcess", "adhoc", inside=inside)
        + node("transaction", "transaction", inside=node("task", "booked"))
        + node("subProcess", "watch", inside=node("startEvent", "alarm"), triggeredByEvent="true")
        + node("subProcess", "hollow")
        + node("intermediateThrowEvent", "event", name="Versandt")
        + node("boundaryEvent", "timeout", attachedToRef="adhoc")
        + node("complexGateway", "gateway", name="Weiter?")
        + node("dataObject", "object")
        + node("dataObjectReference", "reference", name="Akte", dataObjectRef="object")
        + node("dataStoreReference", "store", name="Register")
        + node("textAnnotation", "note", inside="<bpmn:text>Siehe Erlass</bpmn:text>")
        + flow("note", "call-gateway", "association")
        + flow("note", "call", "association")
        + flow("call", "gateway")
        + flow("gateway", "inner")
        + node("group", "group", categoryValueRef="value")
        + node(
            "sendTask",
            "sender",
            inside='<bpmn:categoryValueRef>value</bpmn:categoryValueRef><bpmn:dataInputAssociation id="reads">'
            "<bpmn:sourceRef>object</bpmn:sourceRef></bpmn:dataInputAssociation>"
            '<bpmn:dataOutputAssociation id="writes"><bpmn:targetRef>store</bpmn:targetRef>'
            "</bpmn:dataOutputAssociation>",
        )
    )
    pools = (
        '<bpmn:collaboration id="all"><bpmn:participant id="pool" name="Amt" processRef="process" />'
        '<bpmn:participant id="closed" name="Bank" /><bpmn:participant id="hollow_pool" processRef="nothing" />'
        + flow("sender", "closed", "messageFlow", "Auftrag")
        + flow("closed", "inner", "messageFlow")
        + node("textAnnotation", "outside", inside="<bpmn:text>Vertrag</bpmn:text>")
        + flow("outside", "closed", "association")
        + "</bpmn:collaboration>"
    )
    category = node("category", "category", inside=node("categoryValue", "value", value="Phase 1"))

    layout = am.lay_out_bpmn(bpmn(pools + process(content) + process("", "nothing") + category))

    drawing = drawing_of(layout.data)
    assert layout.notes == ()
    assert drawing.planes == ["all"]
    assert set(drawing.shapes) == {
        "pool", "closed", "hollow_pool", "outer", "deep", "empty", "call", "adhoc", "inner", "inner_note",
        "transaction", "booked", "watch", "alarm", "hollow", "event", "timeout", "gateway", "reference", "store",
        "note", "sender", "input", "output", "group", "outside",
    }  # fmt: skip
    assert set(drawing.edges) == {
        "note-call-gateway", "note-call", "call-gateway", "gateway-inner", "sender-closed", "closed-inner",
        "outside-closed", "reads", "writes",
    }  # fmt: skip
    assert {"input", "reference", "store", "gateway", "event", "sender-closed", "group"} <= set(drawing.labels)
    assert am.check_bpmn_layout(layout.data).is_clean


def test_the_content_of_a_collapsed_sub_process_has_a_diagram_of_its_own() -> None:
    once = am.lay_out_bpmn(bpmn(process(node("subProcess", "sub", inside=node("task", "inner"))))).data
    collapsed = once.replace(b'isExpanded="true"', b'isExpanded="false"')

    drawing = drawing_of(am.lay_out_bpmn(collapsed).data)

    assert drawing.planes == ["process", "sub"]
    assert drawing.plane_of == {"sub": "process", "inner": "sub"}
    assert drawing.attributes["sub"]["isExpanded"] == "false"


def test_every_process_without_a_pool_has_a_diagram_of_its_own() -> None:
    data = bpmn(process(node("task", "a"), "one") + process(node("task", "b"), "two"))

    assert drawing_of(am.lay_out_bpmn(data).data).plane_of == {"a": "one", "b": "two"}


def test_the_deepest_lane_holds_a_node_that_several_lanes_name() -> None:
    lanes = (
        '<bpmn:laneSet id="set"><bpmn:lane id="outer"><bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:childLaneSet id="c">'
        '<bpmn:lane id="first" /><bpmn:lane id="second"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>"
    )

    shapes = drawing_of(am.lay_out_bpmn(bpmn(process(lanes + node("task", "a")))).data).shapes

    assert shapes["second"][1] <= shapes["a"][1] <= shapes["second"][1] + shapes["second"][3]
    assert shapes["outer"][0] == 0


def test_a_connection_without_an_end_gets_no_line_and_is_named() -> None:
    layout = am.lay_out_bpmn(bpmn(process(node("task", "a") + flow("a", "gone") + flow("gone", "a"))))

    assert drawing_of(layout.data).edges == {}
    assert codes(layout) == [("missing-end", "a-gone"), ("missing-end", "gone-a")]
    assert layout.notes[0].location.line == 3


def test_a_boundary_event_without_its_host_stands_by_itself_and_is_named() -> None:
    layout = am.lay_out_bpmn(bpmn(process(node("boundaryEvent", "event", attachedToRef="gone"))))

    assert set(drawing_of(layout.data).shapes) == {"event"}
    assert codes(layout) == [("missing-host", "event")]


def test_elements_with_the_same_id_are_drawn_once_and_named() -> None:
    layout = am.lay_out_bpmn(bpmn(process(node("task", "a") + node("task", "a") + "<bpmn:task />")))

    assert set(drawing_of(layout.data).shapes) == {"a"}
    assert codes(layout) == [("repeated-id", "a"), ("missing-id", "")]


def test_choreographies_are_named_and_nothing_else_suffers() -> None:
    layout = am.lay_out_bpmn(bpmn(node("choreography", "dance") + SMALL))

    assert codes(layout) == [("not-supported", "dance")]
    assert set(drawing_of(layout.data).shapes) == {"start", "check"}


def test_a_message_into_a_collapsed_sub_process_ends_on_its_border_and_is_named() -> None:
    pools = (
        '<bpmn:collaboration id="all"><bpmn:participant id="pool" processRef="process" />'
        '<bpmn:participant id="closed" />' + flow("closed", "inner", "messageFlow") + "</bpmn:collaboration>"
    )
    once = am.lay_out_bpmn(bpmn(pools + process(node("subProcess", "sub", inside=node("task", "inner"))))).data

    layout = am.lay_out_bpmn(once.replace(b'isExpanded="true"', b'isExpanded="false"'))

    assert codes(layout) == [("end-in-other-diagram", "closed-inner")]
    assert drawing_of(layout.data).plane_of["closed-inner"] == "all"


@pytest.mark.parametrize("lanes", ["auto", "declared"])
def test_pools_keep_their_order_only_on_request(lanes: str) -> None:
    pools = (
        '<bpmn:collaboration id="all"><bpmn:participant id="p1" processRef="one" /><bpmn:participant id="p2" />'
        '<bpmn:participant id="p3" />' + flow("a", "p3", "messageFlow") + "</bpmn:collaboration>"
    )

    shapes = drawing_of(
        am.lay_out_bpmn(bpmn(pools + process(node("task", "a"), "one")), lanes=lanes).data  # type: ignore[arg-type]
    ).shapes

    order = sorted(("p1", "p2", "p3"), key=lambda pool: shapes[pool][1])
    assert order == (["p1", "p2", "p3"] if lanes == "declared" else ["p1", "p3", "p2"]) or order == ["p2", "p1", "p3"]
    assert (order == ["p1", "p2", "p3"]) == (lanes == "declared")


def test_notes_on_two_pools_that_lie_side_by_side_share_a_stripe() -> None:
    text = "<bpmn:textAnnotation id='note_{0}'><bpmn:text>Hinweis</bpmn:text></bpmn:textAnnotation>"
    tie = "<bpmn:association id='tie_{0}' sourceRef='{0}' targetRef='note_{0}'/>"
    content = "".join(f"<bpmn:participant id='{pool}' name='{pool}'/>" for pool in ("one", "two"))
    content += "<bpmn:participant id='own' processRef='process'/>"
    content += "".join(text.format(pool) + tie.format(pool) for pool in ("one", "two"))
    content += "".join(flow("check", pool, "messageFlow") for pool in ("one", "two"))
    collaboration = f"<bpmn:collaboration id='all'>{content}</bpmn:collaboration>"

    data = am.lay_out_bpmn(bpmn(collaboration + SMALL)).data

    drawing = drawing_of(data)
    assert am.check_bpmn_layout(data).is_clean
    assert [len(drawing.edges[f"tie_{pool}"]) for pool in ("one", "two")] == [2, 2]


def test_attributes_in_another_order_give_the_same_drawing() -> None:
    text = bpmn(SMALL).decode()
    turned = text.replace('sourceRef="start" targetRef="check"', 'targetRef="check" sourceRef="start"')
    assert turned != text

    first, second = (am.lay_out_bpmn(data.encode()).data for data in (text, turned))

    assert first[first.index(b"<bpmndi:") :] == second[second.index(b"<bpmndi:") :]


def test_a_file_with_nothing_to_draw_stays_as_it_is() -> None:
    layout = am.lay_out_bpmn(bpmn(node("message", "m")))

    assert layout.data == bpmn(node("message", "m"))
    assert codes(layout) == [("nothing-to-draw", "")]


def test_an_empty_process_gets_an_empty_diagram_so_that_tools_open_the_file() -> None:
    layout = am.lay_out_bpmn(bpmn(process("")))

    assert drawing_of(layout.data).planes == ["process"]


def test_no_bpmn_file_is_refused_with_a_reason() -> None:
    for data in (b"<html/>", b"<definitions/>", b"", b"{}", codecs.BOM_UTF8):
        with pytest.raises(am.SourceError):
            am.lay_out_bpmn(data)


@WITH_CORPUS
@pytest.mark.parametrize("folder", ["auto-layout-fixtures", "for-research", "miwg"])
def test_files_by_others_keep_every_byte_outside_of_their_diagrams(folder: str) -> None:
    for path in sorted((CORPUS / folder).glob("*.bpmn")):
        data = path.read_bytes()
        laid_out = am.lay_out_bpmn(data).data
        if b"ISO-8859-1" not in data[:100]:
            assert without_diagrams(laid_out) == without_diagrams(data), path.name
        assert am.lay_out_bpmn(laid_out).data == laid_out, path.name


@WITH_CORPUS
@pytest.mark.parametrize("folder", ["auto-layout-fixtures", "for-research", "miwg"])
def test_drawings_of_files_by_others_have_no_defect(folder: str) -> None:
    for path in sorted((CORPUS / folder).glob("*.bpmn")):
        report = am.check_bpmn_layout(am.lay_out_bpmn(path).data)
        assert report.is_clean, (path.name, report)
