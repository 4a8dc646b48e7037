"""The picture of a BPMN file: complete, accessible, safe, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNDiagram, BPMNEdge, BPMNLabel, BPMNPlane, BPMNShape, Point
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.errors import ExportError
from ankunft_model.exports.svg import to_svg
from ankunft_model.findings import ElementRef, Finding, Severity
from ankunft_model.layout.text_metrics import INNER_FONT_PX, WIDE_FONT_PERCENT, text_width
from ankunft_model.wording import Wording

from .gallery import gallery

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "javascript:alert(1)",
    "a\x00b\ud800",
    "]]>",
    "&amp;",
)
ALLOWED_TAGS = {"svg", "title", "desc", "style", "g", "a", "rect", "circle", "path", "text", "tspan"}


def parsed(picture: str) -> etree._Element:
    return etree.fromstring(picture.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def group_of(root: etree._Element, element_id: str) -> etree._Element:
    (found,) = [group for group in root.iter(f"{SVG}g") if group.get("data-element") == element_id]
    return found


def words_in(element: etree._Element) -> str:
    return " ".join("".join(text.itertext()) for text in element.iter(f"{SVG}tspan"))


def one_step(name: str, *, id_: str = "a", width: float = 100, height: float = 80) -> bpmn.Definitions:
    step = bpmn.Task(id=id_, name=name)
    plane = BPMNPlane(plane_elements=(BPMNShape(bpmn_element=id_, bounds=Bounds(0, 0, width, height)),))
    return bpmn.Definitions(
        target_namespace="urn:x",
        root_elements=(bpmn.Process(id="p", flow_elements=(step,)),),
        diagrams=(BPMNDiagram(plane=plane),),
    )


def finding(element: str, severity: Severity = "error", *, kind: str = "node", text: str = "Befund") -> Finding:
    return Finding(
        id=f"rule:{element}:{severity}:{text}",
        rule="rule",
        model="m",
        severity=severity,
        certainty="definite",
        elements=(ElementRef(kind, element),),
        message=Wording(de=text, en=f"en {text}"),
        recommendation=Wording(de="", en=""),
    )


def test_draws_every_element_that_the_diagram_has() -> None:
    definitions = gallery()

    root = parsed(to_svg(definitions))

    drawn = {group.get("data-element") for group in root.iter(f"{SVG}g") if group.get("data-element")}
    assert drawn == {element.bpmn_element for element in definitions.diagrams[0].plane.plane_elements}


def test_ids_are_unique_and_begin_with_the_prefix() -> None:
    root = parsed(to_svg(gallery(), id_prefix="ist-"))

    ids = [element.get("id") for element in root.iter() if element.get("id")]

    assert len(ids) == len(set(ids))
    assert all(id_ is not None and id_.startswith("ist-") for id_ in ids)


def test_every_element_has_a_title_with_kind_and_name() -> None:
    root = parsed(to_svg(gallery(), language="en"))

    titles = {group.get("data-element"): group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g")}

    assert titles["host"] == "Step with software: Auf Unterlagen warten"
    assert titles["group"] == "Group: Erste Wochen"
    assert all(title for id_, title in titles.items() if id_)


def test_the_whole_picture_has_a_title_and_a_description() -> None:
    root = parsed(to_svg(gallery(), title="Weg", description="Was zu sehen ist"))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Weg"
    assert root.findtext(f"{SVG}desc") == "Was zu sehen ist"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")  # type: ignore[union-attr]


def test_is_the_same_every_time() -> None:
    definitions, findings = gallery(), [finding("host"), finding("task_1", "hint")]

    assert to_svg(definitions, findings=findings) == to_svg(definitions, findings=findings)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    picture = to_svg(one_step(name), title=name, description=name, findings=[finding("a", text=name)])

    root = parsed(picture)

    assert {etree.QName(element).localname for element in root.iter()} <= ALLOWED_TAGS
    assert not any(key.startswith("on") or "href" in key for element in root.iter() for key in map(str, element.attrib))
    assert "{{7*7}}" not in name or "{{7*7}}" in "".join(root.itertext())


@settings(max_examples=40)
@given(name=st.text(max_size=80), id_=st.text(min_size=1, max_size=12), width=st.floats(-10, 400))
def test_any_name_id_and_size_gives_a_file_that_can_be_parsed(name: str, id_: str, width: float) -> None:
    root = parsed(to_svg(one_step(name, id_=id_, width=width), link_prefix="f-", marks={id_: "hint"}))

    assert root.tag == f"{SVG}svg"


def test_no_picture_names_an_address_other_than_its_namespace() -> None:
    picture = to_svg(gallery(), marks={"host": "error"}, link_prefix="f-")

    assert picture.count("http") == picture.count("http://www.w3.org/2000/svg") == 1
    assert "url(" not in picture
    assert "@import" not in picture


def test_refuses_a_file_without_a_diagram() -> None:
    with pytest.raises(ExportError, match="no diagram"):
        to_svg(replace(gallery(), diagrams=()))


def test_leaves_out_shapes_of_elements_that_do_not_exist_and_bounds_that_are_no_numbers() -> None:
    definitions = one_step("a")
    shapes = (
        BPMNShape(bpmn_element="nobody", bounds=Bounds(0, 0, 10, 10)),
        BPMNShape(bpmn_element="a", bounds=Bounds(float("nan"), 0, 10, 10)),
    )
    broken = replace(definitions, diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=shapes)),))

    root = parsed(to_svg(broken))

    assert list(root.iter(f"{SVG}g")) == []


def test_text_stays_inside_of_narrow_steps() -> None:
    root = parsed(to_svg(one_step("Aufenthaltserlaubnis nach Anerkennung erteilen")))

    assert words_in(root).split()[:2] == ["Aufenthalts-", "erlaubnis"]


def test_a_text_too_long_for_its_step_ends_in_an_ellipsis_and_is_whole_in_the_title() -> None:
    name = "Antrag auf Leistungen nach dem Asylbewerberleistungsgesetz " * 4

    root = parsed(to_svg(one_step(name, height=60)))

    assert words_in(root).endswith("…")
    assert " ".join(name.split()) in (group_of(root, "a").findtext(f"{SVG}title") or "")


def test_names_in_the_wanted_language_are_taken_from_the_translations() -> None:
    step = bpmn.Task(id="a", name="Antrag", translations=(bpmn.Translation(language="en", text="Application"),))
    definitions = replace(one_step("x"), root_elements=(bpmn.Process(id="p", flow_elements=(step,)),))

    assert words_in(parsed(to_svg(definitions, language="en"))) == "Application"
    assert words_in(parsed(to_svg(definitions, language="de"))) == "Antrag"


def test_a_finding_marks_what_it_names_with_badge_and_title() -> None:
    found = [finding("host", "warning", text="Zweimal gefragt"), finding("host", "error", text="Kein Geld")]

    root = parsed(to_svg(gallery(), findings=found))

    group = group_of(root, "host")
    (badge,) = [inner for inner in group.iter(f"{SVG}g") if "badge" in (inner.get("class") or "")]
    assert group.get("data-severity") == "error"
    assert "".join(badge.itertext()) == "2"
    assert (group.findtext(f"{SVG}title") or "").splitlines()[1:] == [
        "• kritisch: Kein Geld",
        "• beachten: Zweimal gefragt",
    ]
    assert group_of(root, "task_1").get("data-severity") is None


def upright_extent(element: etree._Element) -> tuple[float, float]:
    """Return where a name that reads upwards begins and ends at most, in a font as wide as they come."""
    (group,) = [inner for inner in element.iter(f"{SVG}g") if "rotate" in (inner.get("transform") or "")]
    middle = float(re.findall(r"[-.\d]+", group.get("transform") or "")[1])
    lines = ["".join(line.itertext()) for line in group.iter(f"{SVG}tspan")]
    style = group[0].get("style") or ""
    size = int(found[1]) if (found := re.search(r"font-size:(\d+)px", style)) else INNER_FONT_PX
    half = max(text_width(line, size) for line in lines) * WIDE_FONT_PERCENT / 200
    return middle - half, middle + half


def test_the_badge_of_a_pool_covers_no_letter_of_its_name() -> None:
    pool = bpmn.Participant(id="pool", name="Zugewanderte Familie", process_ref="p")
    shape = BPMNShape(bpmn_element="pool", bounds=Bounds(0, 0, 600, 130), is_horizontal=True)
    definitions = bpmn.Definitions(
        target_namespace="urn:x",
        root_elements=(bpmn.Collaboration(id="c", participants=(pool,)), bpmn.Process(id="p")),
        diagrams=(BPMNDiagram(plane=BPMNPlane(bpmn_element="c", plane_elements=(shape,))),),
    )

    group = group_of(parsed(to_svg(definitions, marks={"pool": "warning"})), "pool")

    begin, end = upright_extent(group)
    (badge,) = [inner for inner in group.iter(f"{SVG}g") if "badge" in (inner.get("class") or "")]
    lower_edge = float(re.findall(r"[-.\d]+", badge.get("transform") or "")[1]) + 9
    assert lower_edge <= begin
    assert end <= 130
    assert words_in(group).startswith("Zugewanderte Familie")


@pytest.mark.parametrize("width", range(108, 142, 4))
def test_lines_of_several_words_stay_inside_where_a_wider_font_stands_in(width: int) -> None:
    name = "Sachleistungen und Taschengeld gewähren"

    group = group_of(parsed(to_svg(one_step(name, width=width))), "a")

    lines = ["".join(line.itertext()) for line in group.iter(f"{SVG}tspan")]
    assert " ".join(lines) == name
    assert all(text_width(line, INNER_FONT_PX) * WIDE_FONT_PERCENT / 100 <= width for line in lines if " " in line)


def test_severities_differ_by_form_not_only_by_colour() -> None:
    severities: tuple[Severity, ...] = ("info", "hint", "warning", "error")

    forms = set()
    for severity in severities:
        root = parsed(to_svg(one_step("x"), marks={"a": severity}))
        (badge,) = [group for group in root.iter(f"{SVG}g") if "badge" in (group.get("class") or "")]
        forms.add((badge[0].tag, badge[0].get("d")))

    assert len(forms) == 4


def test_an_element_that_draws_one_of_the_model_is_marked_by_findings_about_that() -> None:
    reference = bpmn.ExtensionElement(
        namespace=ANKUNFT, name="element", attributes=(("kind", "handover"), ("id", "h1"))
    )
    definitions = gallery()
    collaboration = definitions.collaboration
    assert collaboration is not None
    flows = tuple(
        replace(flow, extension_elements=(reference,)) if flow.id == "letter" else flow
        for flow in collaboration.message_flows
    )
    roots = (replace(collaboration, message_flows=flows), *definitions.root_elements[1:])

    root = parsed(
        to_svg(
            replace(definitions, root_elements=roots),
            findings=[finding("h1", kind="handover"), finding("h1", kind="node", text="anderes")],
            link_prefix="befunde-",
        )
    )

    link = group_of(root, "letter").find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "#befunde-h1"
    assert "anderes" not in (link.findtext(f"{SVG}title") or "")
    assert root.get("role") == "group"


def test_everything_lies_inside_of_the_frame() -> None:
    definitions = gallery()
    x, y, width, height = map(float, (parsed(to_svg(definitions)).get("viewBox") or "").split())

    for drawn in definitions.diagrams[0].plane.plane_elements:
        corners = (
            [Point(b.x, b.y), Point(b.x + b.width, b.y + b.height)]
            if isinstance(drawn, BPMNShape) and (b := drawn.bounds)
            else drawn.waypoints
            if isinstance(drawn, BPMNEdge)
            else []
        )
        assert corners
        assert all(x <= corner.x <= x + width and y <= corner.y <= y + height for corner in corners)


def test_colours_of_the_file_are_kept_and_what_is_no_colour_is_not() -> None:
    definitions = one_step("x")
    shape = BPMNShape(
        bpmn_element="a", bounds=Bounds(0, 0, 100, 80), background_color="#003366", border_color="red;x:y"
    )
    coloured = replace(definitions, diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=(shape,))),))

    picture = to_svg(coloured)

    assert 'style="fill:#003366"' in picture
    assert 'class="on-dark"' in picture
    assert "red" not in picture


@pytest.mark.parametrize(
    ("way", "is_above"),
    [
        ((Point(100, 40), Point(400, 40)), True),
        ((Point(100, 40), Point(250, -60), Point(400, 40)), False),
        ((Point(100, 40), Point(200, 40)), False),
        ((Point(50, 40), Point(250, 40)), False),
        ((Point(100, 2), Point(400, 2)), False),
    ],
    ids=["through the middle one", "around it", "to it", "from and to the inside", "along its edge"],
)
def test_a_line_that_a_foreign_step_would_hide_is_drawn_above_it(way: tuple[Point, ...], is_above: bool) -> None:
    tasks = tuple(bpmn.Task(id=id_, name=id_) for id_ in ("a", "b", "c"))
    flow = bpmn.SequenceFlow(id="f", source_ref="a", target_ref="c")
    drawn = (
        *(BPMNShape(bpmn_element=id_, bounds=Bounds(x, 0, 100, 80)) for id_, x in (("a", 0), ("b", 200), ("c", 400))),
        BPMNEdge(bpmn_element="f", waypoints=way),
    )
    file = bpmn.Definitions(
        target_namespace="urn:x",
        root_elements=(bpmn.Process(id="p", flow_elements=(*tasks, flow)),),
        diagrams=(BPMNDiagram(plane=BPMNPlane(bpmn_element="p", plane_elements=drawn)),),
    )

    order = [group.get("data-element") for group in parsed(to_svg(file)).iter("{http://www.w3.org/2000/svg}g")]

    assert (order.index("f") > order.index("b")) is is_above


def test_a_line_keeps_its_label_in_its_bounds() -> None:
    flow = bpmn.SequenceFlow(id="f", name="nein", source_ref="a", target_ref="b")
    edge = BPMNEdge(
        bpmn_element="f",
        waypoints=(Point(0, 0), Point(100, 0), Point(100, 50)),
        label=BPMNLabel(bounds=Bounds(40, 10, 30, 14)),
    )
    definitions = bpmn.Definitions(
        target_namespace="urn:x",
        root_elements=(bpmn.Process(id="p", flow_elements=(flow,)),),
        diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=(edge,))),),
    )

    (label,) = parsed(to_svg(definitions)).iter(f"{SVG}tspan")

    assert label.text == "nein"
    assert float(label.get("x") or 0) == 55
    assert 10 < float(label.get("y") or 0) < 24


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("start_message", {"thin"}),
        ("end_message", {"thick"}),
        ("catch_message", {"double"}),
        ("reminder", {"double", "dashed"}),
        ("task_8", {"heavy"}),
        ("event_sub", {"dotted"}),
        ("link", {"dotted"}),
        ("letter", {"message"}),
    ],
)
def test_the_notation_tells_kinds_apart(element: str, words: set[str]) -> None:
    root = parsed(to_svg(gallery()))

    used = {word for inner in group_of(root, element).iter() for word in (inner.get("class") or "").split()}

    assert words <= used


def test_thrown_triggers_are_filled_and_caught_ones_are_not() -> None:
    root = parsed(to_svg(gallery()))

    for trigger in ("message", "signal", "error", "escalation", "link", "compensation", "cancel"):
        filled = {
            kind: any("solid" in (inner.get("class") or "") for inner in group_of(root, f"{kind}_{trigger}").iter())
            for kind in ("start", "catch", "throw", "end")
        }
        assert filled == {"start": False, "catch": False, "throw": True, "end": True}
