"""The picture of any BPMN file: everything that the standard draws, as it draws it; hostile places are refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ankunft_model.errors import SourceError, UnknownElementError
from ankunft_model.exports.png import to_png
from ankunft_model.exports.svg.picture import draw_scene
from ankunft_model.exports.svg.scenes_of_xml import DiagramFile

from .zoo import GATEWAYS, HEAD, TASKS, TRIGGERS, File, zoo

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED_TAGS = {"svg", "title", "desc", "style", "g", "a", "rect", "circle", "path", "text", "tspan"}


def drawn(text: str, diagram: str | None = None) -> etree._Element:
    picture = draw_scene(DiagramFile(text.encode(), file="x.bpmn").scene(diagram))
    return etree.fromstring(picture.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


@pytest.fixture(scope="module")
def picture() -> etree._Element:
    return drawn(zoo().text())


def groups_of(root: etree._Element, element_id: str) -> list[etree._Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("data-element") == element_id]


def form_of(root: etree._Element, element_id: str) -> str:
    """Return the drawing of an element without its title, place and text."""
    (group,) = groups_of(root, element_id)
    parts = [
        (part.tag, part.get("d"), part.get("r"), part.get("class"))
        for part in group.iter(f"{SVG}path", f"{SVG}circle", f"{SVG}rect")
    ]
    return str(parts)


def one_task(shape: str, more: str = "", name: str = "Beraten") -> str:
    file = File()
    file.node("task", "a", name=name)
    body = f'<process id="p">{"".join(file.elements)}</process>'
    plane = f'<bpmndi:BPMNPlane bpmnElement="p">{shape}{more}</bpmndi:BPMNPlane>'
    return f"{HEAD}{body}<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram></definitions>"


def shape(x: str = "10", width: str = "100") -> str:
    return (
        f'<bpmndi:BPMNShape bpmnElement="a"><dc:Bounds x="{x}" y="0" width="{width}" height="80" /></bpmndi:BPMNShape>'
    )


def test_everything_that_has_a_place_is_drawn(picture: etree._Element) -> None:
    shown = {group.get("data-element") for group in picture.iter(f"{SVG}g")} - {None}

    assert shown == set(zoo().ids)


def test_every_kind_of_task_trigger_gateway_and_marker_looks_different(picture: etree._Element) -> None:
    tasks = [form_of(picture, kind) for kind in (*TASKS, "instantiating", "loop", "parallel", "sequential")]
    starts = [form_of(picture, f"{trigger}_0") for trigger in ("none", *TRIGGERS, "multiple", "all")]
    gateways = [form_of(picture, id_) for id_ in (*GATEWAYS, "bare", "first", "all_of_them")]
    closed = [form_of(picture, f"closed_{place}") for place in range(4)]

    for family in (tasks, starts, gateways, closed):
        assert len(set(family)) == len(family)


def test_events_that_start_wait_throw_and_end_look_different_for_every_trigger(picture: etree._Element) -> None:
    for trigger in ("none", "message", "signal", "escalation", "compensate", "link", "multiple"):
        rows = [form_of(picture, f"{trigger}_{row}") for row in (0, 1, 2, 4, 5, 6)]
        # thrown or caught, an intermediate event without trigger has the same two rings
        assert len(set(rows)) == (5 if trigger == "none" else 6), trigger


def test_symbols_are_filled_where_an_event_is_thrown_only(picture: etree._Element) -> None:
    for trigger in ("message", "signal", "escalation", "link"):
        assert "icon solid" not in form_of(picture, f"{trigger}_2")
        assert "icon solid" in form_of(picture, f"{trigger}_5")


def test_a_call_shows_the_sign_of_the_global_task_that_it_calls(picture: etree._Element) -> None:
    (task,) = groups_of(picture, "calls_task")
    (user,) = groups_of(picture, "userTask")

    icons = [[part.get("d") for part in group.iter(f"{SVG}path")] for group in (task, user)]

    assert icons[0] == icons[1] != []


def test_a_sub_process_that_says_nothing_is_open_if_its_content_is_drawn(picture: etree._Element) -> None:
    (said,) = groups_of(picture, "opened_0")
    (unsaid,) = groups_of(picture, "unsaid")

    assert "frame" in (unsaid.find(f"{SVG}rect").get("class") or "")  # type: ignore[union-attr]
    assert "frame" in (said.find(f"{SVG}rect").get("class") or "")  # type: ignore[union-attr]


def test_colours_of_the_file_reach_outline_ground_symbol_and_text(picture: etree._Element) -> None:
    (coloured,) = groups_of(picture, "coloured")
    (older,) = groups_of(picture, "older_colours")

    assert coloured.find(f"{SVG}rect").get("style") == "fill:#ffe0b2;stroke:#6b3c00"  # type: ignore[union-attr]
    assert {part.get("style") for part in coloured.iter(f"{SVG}path")} == {"fill:#ffe0b2;stroke:#6b3c00"}
    assert [text.get("style") for text in coloured.iter(f"{SVG}text")] == ["fill:#6b3c00"]
    assert older.find(f"{SVG}rect").get("style") == "fill:#003366;stroke:#000000"  # type: ignore[union-attr]
    assert "on-dark" in [group.get("class") for group in older]


def test_participants_of_a_choreography_are_bands_with_their_messages(picture: etree._Element) -> None:
    asks, answers = groups_of(picture, "asks"), groups_of(picture, "answers")

    assert len(asks) == len(answers) == 3
    assert "strip-fill" not in (asks[0].find(f"{SVG}rect").get("class") or "")  # type: ignore[union-attr]
    assert all("strip-fill" in etree.tostring(group).decode() for group in answers)


def test_everything_lies_within_the_picture(picture: etree._Element) -> None:
    left, top, width, height = map(float, (picture.get("viewBox") or "").split())

    for text in picture.iter(f"{SVG}tspan"):
        if text.getparent().getparent().get("transform") is None:  # type: ignore[union-attr]
            assert left < float(text.get("x") or "nan") < left + width
            assert top < float(text.get("y") or "nan") < top + height


def test_an_element_that_is_drawn_twice_has_one_id(picture: etree._Element) -> None:
    ids = [element.get("id") for element in picture.iter() if element.get("id")]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("number", ["NaN", "INF", "-INF", "1e9", "1e400", "", "ten", "0x10", "1_0", "9" * 500])
def test_a_place_that_is_no_number_or_far_away_is_refused_with_its_line(number: str) -> None:
    with pytest.raises(SourceError) as refused:
        drawn(one_task(shape(x=number)))

    (problem,) = refused.value.problems
    assert problem.code == "wrong-value"
    assert problem.location.file == "x.bpmn"
    assert problem.location.line is not None


def test_negative_sizes_and_endless_lines_are_refused() -> None:
    waypoints = '<di:waypoint x="1" y="1" />' * 1001
    flow = f'<bpmndi:BPMNEdge bpmnElement="f">{waypoints}</bpmndi:BPMNEdge>'
    text = one_task(shape(), flow).replace("</process>", '<sequenceFlow id="f" /></process>')

    with pytest.raises(SourceError) as endless:
        drawn(text)
    with pytest.raises(SourceError):
        drawn(one_task(shape(width="-1")))

    assert endless.value.problems[0].code == "too-many-waypoints"


def test_all_wrong_places_are_told_at_once() -> None:
    with pytest.raises(SourceError) as refused:
        drawn(one_task(shape(x="a") + shape(x="b")))

    assert len(refused.value.problems) == 2


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_names_never_become_markup(name: str) -> None:
    root = drawn(one_task(shape(), name=name + "<script>alert(1)</script>"))

    assert {etree.QName(element).localname for element in root.iter()} <= ALLOWED_TAGS


def test_what_is_missing_or_dangling_does_not_hide_the_rest() -> None:
    gone = shape().replace('"a"', '"gone"')
    nameless = '<bpmndi:BPMNShape><dc:Bounds x="1" y="1" width="9" height="9" /></bpmndi:BPMNShape>'
    foreign = '<x:thing xmlns:x="urn:other"><x:y /></x:thing>'

    root = drawn(one_task(gone + nameless + foreign + shape()).replace("<task ", "<task/><task ", 1))

    assert [group.get("data-element") for group in root.iter(f"{SVG}g") if group.get("data-element")] == ["a"]


def test_each_diagram_can_be_chosen_by_number_id_name_or_what_it_shows() -> None:
    second = (
        '<bpmndi:BPMNDiagram id="second" name="Überblick"><bpmndi:BPMNPlane bpmnElement="sub">'
        '<bpmndi:BPMNShape bpmnElement="b"><dc:Bounds x="0" y="0" width="9" height="9" /></bpmndi:BPMNShape>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"
    )
    inner = '<subProcess id="sub"><task id="b" /></subProcess></process>'
    text = one_task(shape()).replace("</process>", inner).replace("</definitions>", second)

    for wanted, expected in ((None, "a"), ("1", "a"), ("2", "b"), ("second", "b"), ("Überblick", "b"), ("sub", "b")):
        root = drawn(text, wanted)
        assert [group.get("data-element") for group in root.iter(f"{SVG}g") if group.get("data-element")] == [expected]
    with pytest.raises(UnknownElementError, match="2: Überblick"):
        drawn(text, "third")


def test_a_file_without_diagram_says_what_to_do() -> None:
    text = f'{HEAD}<process id="p"><task id="a" /></process></definitions>'

    with pytest.raises(SourceError, match="ankunft layout") as refused:
        drawn(text)

    assert refused.value.problems[0].code == "no-diagram"


def test_names_in_the_wanted_language_come_from_the_translations() -> None:
    translation = (
        '<extensionElements><i:translation xmlns:i="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0" '
        'xml:lang="en">Advise</i:translation></extensionElements>'
    )
    text = one_task(shape()).replace("></task>", f">{translation}</task>")

    scene = DiagramFile(text.encode(), language="en").scene()
    as_named = DiagramFile(text.replace('lang="en"', 'lang="de"').encode()).scene()

    assert [figure.name for figure, _ in scene.shapes] == ["Advise"]
    assert [figure.name for figure, _ in as_named.shapes] == ["Beraten"]


def test_the_picture_as_png_has_ink_and_the_wanted_size() -> None:
    svg = draw_scene(DiagramFile(one_task(shape()).encode()).scene())

    small, large = to_png(svg, scale=1), to_png(svg, scale=3)
    blank = to_png(draw_scene(DiagramFile(one_task(shape(), name="").encode()).scene()), scale=1)

    sizes = [(int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) for data in (small, large)]
    assert small.startswith(b"\x89PNG")
    assert sizes == [(148, 128), (444, 384)]
    assert small != blank  # the letters are there


def choreography(activity: str, bands: str, roots: str = "") -> str:
    participants = (
        '<participant id="a" name="Amt" /><participant id="b" name="Schulen">'
        '<participantMultiplicity minimum="1" maximum="9" /></participant>'
    )
    plane = (
        '<bpmndi:BPMNShape id="s" bpmnElement="x"><dc:Bounds x="0" y="0" width="120" height="100" />'
        f"</bpmndi:BPMNShape>{bands}"
    )
    return (
        f'{HEAD}{roots}<choreography id="c">{participants}{activity}</choreography><bpmndi:BPMNDiagram>'
        f'<bpmndi:BPMNPlane bpmnElement="c">{plane}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>'
    )


def band(participant: str, kind: str, y: float, height: float) -> str:
    return (
        f'<bpmndi:BPMNShape bpmnElement="{participant}" choreographyActivityShape="s" participantBandKind="{kind}">'
        f'<dc:Bounds x="0" y="{y}" width="120" height="{height}" /></bpmndi:BPMNShape>'
    )


def markers_of(root: etree._Element, element_id: str) -> list[tuple[float, float]]:
    """Return the places of the markers of an element."""
    (group,) = groups_of(root, element_id)
    places = [part.get("transform", "") for part in group.iter(f"{SVG}g") if "translate" in part.get("transform", "")]
    return [(float(x), float(y)) for x, y in (place[10:-1].split() for place in places)]


@pytest.mark.parametrize("height", [20, 30, 45])
def test_markers_and_names_of_a_choreography_stand_between_its_bands(height: float) -> None:
    bands = band("a", "top_initiating", 0, height) + band("b", "bottom_non_initiating", 100 - height, height)
    root = drawn(choreography('<choreographyTask id="x" name="Fragen" loopType="Standard" />', bands))

    ((_, bottom),) = markers_of(root, "x")
    (group,) = groups_of(root, "x")
    assert bottom < 100 - height
    assert all(height < float(text.get("y", "nan")) < bottom for text in group.iter(f"{SVG}tspan"))


@pytest.mark.parametrize("height", [20, 30, 45])
def test_the_marker_of_several_participants_does_not_cover_their_name(height: float) -> None:
    root = drawn(choreography('<choreographyTask id="x" />', band("b", "bottom_initiating", 100 - height, height)))

    ((x, bottom),) = markers_of(root, "b")
    (group,) = groups_of(root, "b")
    (text,) = group.iter(f"{SVG}tspan")
    middle, line = float(text.get("x", "nan")), float(text.get("y", "nan"))
    assert 100 - height < bottom - 13 < bottom < 100
    assert line < bottom - 13 or middle + 25 < x - 4.5


def test_calls_of_what_has_parts_show_that_they_are_closed() -> None:
    roots = '<globalChoreographyTask id="one" /><choreography id="many" />'
    calls = [
        drawn(choreography(f'<callChoreography id="x" calledChoreographyRef="{called}" />', "", roots))
        for called in ("one", "many", "elsewhere", "")
    ]

    assert [len(markers_of(root, "x")) for root in calls] == [0, 1, 1, 0]


def test_a_call_of_a_collaboration_shows_that_it_is_closed_and_a_call_of_a_global_conversation_does_not() -> None:
    file = File(roots=['<collaboration id="many" />', '<globalConversation id="one" />'])
    for called in ("one", "many"):
        file.lines.append(f'<callConversation id="call_{called}" calledCollaborationRef="{called}" />')
        file.shape(f"call_{called}", 0, 0, 60, 50)
    root = drawn(file.text())

    assert [len(markers_of(root, f"call_{called}")) for called in ("one", "many")] == [0, 1]


def test_the_bands_of_a_call_choreography_leave_its_heavy_outline_to_be_seen() -> None:
    bands = band("a", "top_initiating", 0, 20) + band("b", "bottom_non_initiating", 80, 20)
    root = drawn(choreography('<callChoreography id="x" />', bands))

    places = [
        tuple(float(part.get(side, "nan")) for side in ("x", "y", "width", "height"))
        for id_ in ("a", "b")
        for group in groups_of(root, id_)
        for part in group.iter(f"{SVG}rect")
    ]
    assert places == [(2, 2, 116, 18), (2, 80, 116, 18)]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_closed_event_sub_process_shows_the_event_that_starts_it(trigger: str) -> None:
    def sub_process(start: str, is_expanded: str = "false") -> str:
        file = File()
        file.node("subProcess", "a", 'triggeredByEvent="true"', start, name="Frist")
        file.shape("a", 0, 0, 100, 80, f'isExpanded="{is_expanded}"')
        return form_of(drawn(file.text()), "a")

    inside = f"<{trigger}EventDefinition />"
    forms = [
        sub_process(""),
        sub_process(f'<startEvent id="s">{inside}</startEvent>'),
        sub_process(f'<startEvent id="s" isInterrupting="false">{inside}</startEvent>'),
        sub_process(f'<startEvent id="s">{inside}{inside}</startEvent>'),
    ]

    assert len(set(forms)) == 4
    assert sub_process(f'<startEvent id="s">{inside}</startEvent>', "true") == sub_process("", "true")
