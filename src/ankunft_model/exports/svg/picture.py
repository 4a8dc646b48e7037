"""The picture of a BPMN file: its diagram drawn as SVG, without any program outside of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNEdge, BPMNShape, Point
from ankunft_model.errors import ExportError
from ankunft_model.exports.svg.catalogue import Catalogue, catalogue_of, model_references
from ankunft_model.exports.svg.connections import draw_line, label_of_line, middle_of, outline_of
from ankunft_model.exports.svg.lettering import break_lines, draw_label
from ankunft_model.exports.svg.marks import Mark, badge, halo_along, halo_around, marks_of, title_of
from ankunft_model.exports.svg.markup import escaped, fragment_id, is_finite, number, tag
from ankunft_model.exports.svg.palette import PICTURE_CLASS, style_sheet
from ankunft_model.exports.svg.pools import draw_pool_or_lane
from ankunft_model.exports.svg.shapes import draw_shape
from ankunft_model.findings import Finding, Severity
from ankunft_model.layout.text_metrics import LABEL_FONT_PX, LABEL_WIDTH_PX, text_width
from ankunft_model.wording import Language, Wording

MARGIN: Final = 24
"""Empty room around the drawing in pixels; badges reach into it."""
ID_PREFIX: Final = "shape-"
_OUTSIDE_LABEL: Final = (
    bpmn.Event | bpmn.Gateway | bpmn.DataObjectReference | bpmn.DataStoreReference | bpmn.DataObject | bpmn.Group
)


def to_svg(
    definitions: bpmn.Definitions,
    *,
    findings: Iterable[Finding] = (),
    marks: Mapping[str, Severity] | None = None,
    title: str | None = None,
    description: str | None = None,
    language: Language = "de",
    id_prefix: str = ID_PREFIX,
    link_prefix: str | None = None,
) -> str:
    """Return the first diagram of `definitions` as SVG that can stand alone or inside of an HTML page.

    Every drawn element is a group with the id `id_prefix` + its id, `data-element` (its id in the file), `data-model`
    (kind and id of what it draws of the model) and a title.
    The picture has no scripts and loads nothing.

    Args:
        definitions: A BPMN file with its diagram.
        findings: Elements that they name are marked, and have their messages as title.
        marks: Further elements to mark, by id in the file or in the model.
        title: What the picture shows; None: the name of the file's diagram or collaboration.
        description: A sentence or two for those who cannot see it; None: what there is to be seen, counted.
        language: Language of names and titles.
        id_prefix: Begins all ids; pictures in one page need different ones.
        link_prefix: Marked elements link to `#` + this + the id of the element of the model; None: no links.

    Raises:
        ExportError: there is no diagram.
    """
    if not definitions.diagrams:
        raise ExportError(
            Wording(
                de="Die Datei enthält kein Diagramm, das gezeichnet werden könnte; erst anordnen lassen.",
                en="the file has no diagram that could be drawn; have it laid out first",
            )
        )
    diagram = definitions.diagrams[0]
    catalogue = catalogue_of(definitions, language=language)
    drawing = _Drawing(catalogue, diagram.plane.plane_elements, findings, marks or {}, id_prefix, link_prefix)
    frame = drawing.frame()
    title_id, description_id = f"{id_prefix}title", f"{id_prefix}description"
    shown_title = title or diagram.name or definitions.name or Wording(de="Prozess", en="Process").in_language(language)
    return tag(
        "svg",
        tag("title", escaped(shown_title), id=title_id),
        tag("desc", escaped(description or drawing.summary()), id=description_id),
        tag("style", style_sheet()),
        tag("rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, class_="paper"),
        drawing.content(),
        xmlns="http://www.w3.org/2000/svg",
        class_=PICTURE_CLASS,
        viewBox=" ".join(number(value) for value in (frame.x, frame.y, frame.width, frame.height)),
        width=frame.width,
        height=frame.height,
        role="img" if link_prefix is None else "group",
        aria_labelledby=title_id,
        aria_describedby=description_id,
        lang=language,
    )


class _Drawing:
    """The elements of one plane, drawn from the back to the front."""

    def __init__(
        self,
        catalogue: Catalogue,
        plane_elements: tuple[BPMNShape | BPMNEdge, ...],
        findings: Iterable[Finding],
        marks: Mapping[str, Severity],
        id_prefix: str,
        link_prefix: str | None,
    ) -> None:
        self._catalogue = catalogue
        self._id_prefix = id_prefix
        self._link_prefix = link_prefix
        self._shapes: list[tuple[bpmn.BaseElement, BPMNShape]] = []
        self._edges: list[tuple[bpmn.BaseElement, BPMNEdge]] = []
        for drawn in plane_elements:
            element = catalogue.element_of.get(drawn.bpmn_element or "")
            if element is None:
                continue
            if isinstance(drawn, BPMNShape):
                b = drawn.bounds
                if is_finite(b.x, b.y, b.width, b.height) and b.width > 0 and b.height > 0:
                    self._shapes.append((element, drawn))
            elif len(drawn.waypoints) > 1 and is_finite(*(v for point in drawn.waypoints for v in (point.x, point.y))):
                self._edges.append((element, drawn))
        elements = [element for element, _ in (*self._shapes, *self._edges)]
        self._marks = marks_of(elements, findings, marks, catalogue.language)

    def frame(self) -> Bounds:
        """Return the rectangle that holds everything, with a margin."""
        boxes = [shape.bounds for _, shape in self._shapes]
        boxes += [Bounds(point.x, point.y, 0, 0) for _, edge in self._edges for point in edge.waypoints]
        labels = [shape.label for _, shape in self._shapes] + [edge.label for _, edge in self._edges]
        boxes += [label.bounds for label in labels if label is not None and label.bounds is not None]
        boxes = [box for box in boxes if is_finite(box.x, box.y, box.width, box.height)]
        left = min((box.x for box in boxes), default=0) - MARGIN
        top = min((box.y for box in boxes), default=0) - MARGIN
        right = max((box.x + box.width for box in boxes), default=0) + MARGIN
        bottom = max((box.y + box.height for box in boxes), default=0) + MARGIN
        return Bounds(left, top, right - left, bottom - top)

    def summary(self) -> str:
        """Return in a sentence what there is to be seen."""
        pools = sum(isinstance(element, bpmn.Participant) for element, _ in self._shapes)
        steps = sum(isinstance(element, bpmn.Activity) for element, _ in self._shapes)
        messages = sum(isinstance(element, bpmn.MessageFlow) for element, _ in self._edges)
        marked = len(self._marks)
        return Wording(
            de=f"BPMN-Diagramm mit {pools} Organisationen, {steps} Schritten und {messages} Nachrichten; "
            f"{marked} Elemente sind mit Befunden markiert.",
            en=f"BPMN diagram with {pools} organisations, {steps} steps and {messages} messages; "
            f"{marked} elements are marked with findings.",
        ).in_language(self._catalogue.language)

    def content(self) -> str:
        """Return all elements: grounds, lines, nodes, messages, labels of lines."""
        grounds = [pair for pair in self._shapes if _is_ground(*pair)]
        nodes = [pair for pair in self._shapes if not _is_ground(*pair)]
        nodes.sort(key=lambda pair: isinstance(pair[0], bpmn.BoundaryEvent))
        return "".join(
            [
                *(self._shape(element, shape) for element, shape in grounds),
                *(self._edge(element, edge) for element, edge in self._edges if not _is_message(element)),
                *(self._shape(element, shape) for element, shape in nodes),
                *(self._edge(element, edge) for element, edge in self._edges if _is_message(element)),
                *(label_of_line(edge, self._catalogue.name(element)) for element, edge in self._edges),
            ]
        )

    def _shape(self, element: bpmn.BaseElement, shape: BPMNShape) -> str:
        name = self._catalogue.name(element)
        mark = self._marks.get(element.id)
        if isinstance(element, bpmn.Participant | bpmn.Lane):
            drawn = draw_pool_or_lane(element, shape, name)
            corner = Point(shape.bounds.x + 15, shape.bounds.y + 16)
            return self._group(element, drawn, mark, "" if mark is None else badge(corner, mark))
        drawn = draw_shape(element, shape, name)
        if isinstance(element, _OUTSIDE_LABEL) and name.strip():
            drawn += draw_label(name, _label_bounds(element, shape, name))
        if mark is not None:
            drawn += halo_around(element, shape.bounds, mark)
        corner = Point(shape.bounds.x + shape.bounds.width, shape.bounds.y)
        return self._group(element, drawn, mark, "" if mark is None else badge(corner, mark))

    def _edge(self, element: bpmn.BaseElement, edge: BPMNEdge) -> str:
        mark = self._marks.get(element.id)
        drawn = draw_line(element, edge, self._catalogue)
        if mark is None:
            return self._group(element, drawn, mark, "")
        return self._group(element, halo_along(outline_of(edge), mark) + drawn, mark, badge(middle_of(edge), mark))

    def _group(self, element: bpmn.BaseElement, drawn: str, mark: Mark | None, sign: str) -> str:
        if not drawn:
            return ""
        title = title_of(self._catalogue.title(element), mark, self._catalogue.language)
        content = tag("title", escaped(title)) + drawn + sign
        if mark is not None and self._link_prefix is not None:
            content = tag("a", content, href="#" + fragment_id(self._link_prefix, mark.reference))
        return tag(
            "g",
            content,
            id=fragment_id(self._id_prefix, element.id),
            data_element=element.id,
            data_model=" ".join(f"{kind}:{id_}" for kind, id_ in model_references(element) if kind) or None,
            data_severity=None if mark is None else mark.severity,
        )


def _is_message(element: bpmn.BaseElement) -> bool:
    """Return whether the line runs above the nodes, as the circle at its beginning does."""
    return isinstance(element, bpmn.MessageFlow)


def _is_ground(element: bpmn.BaseElement, shape: BPMNShape) -> bool:
    """Return whether lines run above the shape."""
    return isinstance(element, bpmn.Participant | bpmn.Lane | bpmn.Group) or (
        isinstance(element, bpmn.SubProcess) and bool(shape.is_expanded)
    )


def _label_bounds(element: bpmn.BaseElement, shape: BPMNShape, name: str) -> Bounds:
    """Return where the outside label stands: where the file says, else below; a group's inside at the top."""
    if shape.label is not None and shape.label.bounds is not None:
        b = shape.label.bounds
        if is_finite(b.x, b.y, b.width, b.height):
            return b
    lines = break_lines(name, LABEL_WIDTH_PX, LABEL_FONT_PX)
    width = max((text_width(line, LABEL_FONT_PX) for line in lines), default=0)
    middle = shape.bounds.x + shape.bounds.width / 2
    top = shape.bounds.y + 4 if isinstance(element, bpmn.Group) else shape.bounds.y + shape.bounds.height + 5
    return Bounds(middle - width / 2, top, width, len(lines) * LABEL_FONT_PX * 1.2)
