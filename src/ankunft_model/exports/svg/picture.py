"""The picture of a diagram as SVG, drawn without any program outside of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNEdge, BPMNShape, Point
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.errors import ExportError
from ankunft_model.exports.svg.connections import draw_line, label_of_line, middle_of, outline_of
from ankunft_model.exports.svg.figures import ACTIVITIES, LABELLED_OUTSIDE, Figure, Scene
from ankunft_model.exports.svg.figures_of_definitions import scene_of_definitions
from ankunft_model.exports.svg.hidden_lines import Covers
from ankunft_model.exports.svg.lettering import break_lines, coloured_text, draw_label
from ankunft_model.exports.svg.marks import Mark, badge, halo_along, halo_around, marks_of, title_of
from ankunft_model.exports.svg.markup import escaped, fragment_id, is_finite, number, tag
from ankunft_model.exports.svg.palette import PICTURE_CLASS, style_sheet
from ankunft_model.exports.svg.pools import badge_place, draw_pool_or_lane
from ankunft_model.exports.svg.shapes import BAND_MESSAGE_PX, draw_shape, is_open
from ankunft_model.findings import Finding, Severity
from ankunft_model.layout.text_metrics import LABEL_FONT_PX, LABEL_WIDTH_PX, text_width
from ankunft_model.wording import Language, Wording

MARGIN: Final = 24
"""Empty room around the drawing in pixels; badges reach into it."""
ID_PREFIX: Final = "shape-"


def to_svg(
    definitions: Definitions,
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
    return draw_scene(
        scene_of_definitions(definitions, language=language),
        findings=findings,
        marks=marks,
        title=title,
        description=description,
        id_prefix=id_prefix,
        link_prefix=link_prefix,
    )


def draw_scene(
    scene: Scene,
    *,
    findings: Iterable[Finding] = (),
    marks: Mapping[str, Severity] | None = None,
    title: str | None = None,
    description: str | None = None,
    id_prefix: str = ID_PREFIX,
    link_prefix: str | None = None,
) -> str:
    """Return one diagram as SVG; see `to_svg`."""
    language = scene.language
    drawing = _Drawing(scene, findings, marks or {}, id_prefix, link_prefix)
    frame = drawing.frame()
    title_id, description_id = f"{id_prefix}title", f"{id_prefix}description"
    shown_title = title or scene.name or Wording(de="Prozess", en="Process").in_language(language)
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
        scene: Scene,
        findings: Iterable[Finding],
        marks: Mapping[str, Severity],
        id_prefix: str,
        link_prefix: str | None,
    ) -> None:
        self._language: Language = scene.language
        self._id_prefix = id_prefix
        self._link_prefix = link_prefix
        self._ids_given: set[str] = set()
        self._shapes = [(figure, shape) for figure, shape in scene.shapes if _can_be_drawn(shape.bounds)]
        self._edges = [
            (figure, edge)
            for figure, edge in scene.edges
            if len(edge.waypoints) > 1 and is_finite(*(v for point in edge.waypoints for v in (point.x, point.y)))
        ]
        figures = [figure for figure, _ in (*self._shapes, *self._edges)]
        self._marks = marks_of(figures, findings, marks, scene.language)

    def frame(self) -> Bounds:
        """Return the rectangle that holds everything, with a margin."""
        boxes = [shape.bounds for _, shape in self._shapes]
        boxes += [Bounds(point.x, point.y, 0, 0) for _, edge in self._edges for point in edge.waypoints]
        boxes += [_label_bounds(*pair) for pair in self._shapes if pair[0].kind in LABELLED_OUTSIDE and pair[0].name]
        boxes += [
            edge.label.bounds for _, edge in self._edges if edge.label is not None and edge.label.bounds is not None
        ]
        boxes += [
            Bounds(b.x, b.y - BAND_MESSAGE_PX, b.width, b.height + 2 * BAND_MESSAGE_PX)
            for figure, shape in self._shapes
            if "message-shown" in figure.traits
            for b in (shape.bounds,)
        ]
        boxes = [box for box in boxes if is_finite(box.x, box.y, box.width, box.height)]
        left = min((box.x for box in boxes), default=0) - MARGIN
        top = min((box.y for box in boxes), default=0) - MARGIN
        right = max((box.x + box.width for box in boxes), default=0) + MARGIN
        bottom = max((box.y + box.height for box in boxes), default=0) + MARGIN
        return Bounds(left, top, right - left, bottom - top)

    def summary(self) -> str:
        """Return in a sentence what there is to be seen."""
        pools = sum(figure.kind == "participant" for figure, _ in self._shapes)
        steps = sum(figure.kind in ACTIVITIES for figure, _ in self._shapes)
        messages = sum(figure.kind == "messageFlow" for figure, _ in self._edges)
        marked = len(self._marks)
        return Wording(
            de=f"BPMN-Diagramm mit {pools} Organisationen, {steps} Schritten und {messages} Nachrichten; "
            f"{marked} Elemente sind mit Befunden markiert.",
            en=f"BPMN diagram with {pools} organisations, {steps} steps and {messages} messages; "
            f"{marked} elements are marked with findings.",
        ).in_language(self._language)

    def content(self) -> str:
        """Return all elements: grounds, lines, nodes, messages, labels of lines.

        A line that a foreign node would hide is drawn above the nodes, or it would seem to end there.
        """
        grounds = [pair for pair in self._shapes if _is_ground(*pair)]
        nodes = [pair for pair in self._shapes if not _is_ground(*pair)]
        nodes.sort(key=lambda pair: pair[0].kind in _ON_TOP)
        covers = Covers(shape.bounds for figure, shape in nodes if figure.kind not in _ON_TOP)
        above = [figure.kind == "messageFlow" or covers.hide(edge.waypoints) for figure, edge in self._edges]
        lines = [*zip(self._edges, above, strict=True)]
        return "".join(
            [
                *(self._shape(figure, shape) for figure, shape in grounds),
                *(self._edge(figure, edge) for (figure, edge), is_above in lines if not is_above),
                *(self._shape(figure, shape) for figure, shape in nodes),
                *(self._edge(figure, edge) for (figure, edge), is_above in lines if is_above),
                *(_coloured(label_of_line(edge, figure.name), edge) for figure, edge in self._edges),
            ]
        )

    def _shape(self, figure: Figure, shape: BPMNShape) -> str:
        mark = self._marks.get(figure.id)
        if figure.kind in ("participant", "lane"):
            drawn = draw_pool_or_lane(figure, shape, has_badge=mark is not None)
            return self._group(figure, drawn, mark, "" if mark is None else badge(badge_place(shape), mark))
        drawn = draw_shape(figure, shape)
        if figure.kind in LABELLED_OUTSIDE and figure.name.strip():
            drawn += _coloured(draw_label(figure.name, _label_bounds(figure, shape)), shape)
        if mark is not None:
            drawn += halo_around(figure, shape.bounds, mark)
        corner = Point(shape.bounds.x + shape.bounds.width, shape.bounds.y)
        return self._group(figure, drawn, mark, "" if mark is None else badge(corner, mark))

    def _edge(self, figure: Figure, edge: BPMNEdge) -> str:
        mark = self._marks.get(figure.id)
        drawn = draw_line(figure, edge)
        if mark is None:
            return self._group(figure, drawn, mark, "")
        return self._group(figure, halo_along(outline_of(edge), mark) + drawn, mark, badge(middle_of(edge), mark))

    def _group(self, figure: Figure, drawn: str, mark: Mark | None, sign: str) -> str:
        if not drawn:
            return ""
        title = title_of(figure.title(self._language), mark, self._language)
        content = tag("title", escaped(title)) + drawn + sign
        if mark is not None and self._link_prefix is not None:
            content = tag("a", content, href="#" + fragment_id(self._link_prefix, mark.reference))
        id_ = fragment_id(self._id_prefix, figure.id)
        is_first = id_ not in self._ids_given  # a file may draw one element twice
        self._ids_given.add(id_)
        return tag(
            "g",
            content,
            id=id_ if is_first else None,
            data_element=figure.id,
            data_model=" ".join(f"{kind}:{id_}" for kind, id_ in figure.references if kind) or None,
            data_severity=None if mark is None else mark.severity,
        )


_ON_TOP: Final = frozenset({"boundaryEvent", "participantBand"})
"""Kinds that lie on the edge of other shapes."""


def _can_be_drawn(b: Bounds) -> bool:
    return is_finite(b.x, b.y, b.width, b.height) and b.width > 0 and b.height > 0


def _is_ground(figure: Figure, shape: BPMNShape) -> bool:
    """Return whether lines run above the shape."""
    return figure.kind in ("participant", "lane", "group") or is_open(figure, shape)


def _coloured(label: str, drawn: BPMNShape | BPMNEdge) -> str:
    """Return a label in the colour that the file gives it."""
    return label if drawn.label is None else coloured_text(label, drawn.label.color)


def _label_bounds(figure: Figure, shape: BPMNShape) -> Bounds:
    """Return where the outside label stands: where the file says, else below; a group's inside at the top."""
    if shape.label is not None and shape.label.bounds is not None:
        b = shape.label.bounds
        if is_finite(b.x, b.y, b.width, b.height) and (b.width > 0 or b.height > 0):
            return b
    lines = break_lines(figure.name, LABEL_WIDTH_PX, LABEL_FONT_PX)
    width = max((text_width(line, LABEL_FONT_PX) for line in lines), default=0)
    middle = shape.bounds.x + shape.bounds.width / 2
    top = shape.bounds.y + 4 if figure.kind == "group" else shape.bounds.y + shape.bounds.height + 5
    return Bounds(middle - width / 2, top, width, len(lines) * LABEL_FONT_PX * 1.2)
