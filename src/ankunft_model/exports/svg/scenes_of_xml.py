"""The diagrams of any BPMN file, read from its XML: which there are, and one of them with all its places.

Source: OMG formal/2011-01-03, part 12 (BPMN DI), `BPMNDI.xsd`, `DI.xsd`, `DC.xsd`; "BPMN in Color", non-normative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNEdge, BPMNLabel, BPMNShape, Point
from ankunft_model.bpmn_xml.lexical import local_name, parse_boolean, parse_number
from ankunft_model.bpmn_xml.namespaces import BIOC, BPMNDI, COLOR, DC, DI, MODEL, clark
from ankunft_model.bpmn_xml.other_xml import not_bpmn
from ankunft_model.bpmn_xml.parsing import MAX_BYTES, MAX_ELEMENTS, XmlElement, parse_document
from ankunft_model.errors import Location, Problem, SourceError, UnknownElementError
from ankunft_model.exports.svg.bands import Placed, fitted, placed
from ankunft_model.exports.svg.figures import CONNECTIONS, SUB_PROCESSES, Figure, Scene
from ankunft_model.exports.svg.figures_of_xml import figures_of_xml, model_name, reference
from ankunft_model.wording import Language, Wording

FARTHEST_PX: Final = 1_000_000
"""Nothing is drawn farther from the origin; real diagrams stay below 100,000."""
MAX_WAYPOINTS: Final = 1_000
"""One line may have so many points; real ones have below 30."""


@dataclass(frozen=True, slots=True)
class DiagramEntry:
    """One diagram of a file, as a person chooses it.

    Attributes:
        number: Its place in the file, counted from 1.
        id: Its id, or that of its plane, or "".
        name: Its name, or that of what it shows, or "".
    """

    number: int
    id: str
    name: str


class DiagramFile:
    """A BPMN file whose diagrams can be drawn."""

    def __init__(self, data: bytes, *, file: str | None = None, language: Language | None = None) -> None:
        """Read the file.

        Args:
            data: The file as it is.
            file: Its name, for messages only.
            language: Language of names that the file has in several; None: as they stand.

        Raises:
            SourceError: it is no XML, hostile, or not BPMN 2.0.
        """
        self._file = file
        self._language: Language = language or "de"
        self._root = parse_document(data, file=file, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
        if self._root.tag != clark(MODEL, "definitions"):
            raise self._error(self._root, "not-a-bpmn-file", not_bpmn(str(self._root.tag)))
        self._figures = figures_of_xml(self._root, language=language)
        self._diagrams = [node for node in self._root if node.tag == clark(BPMNDI, "BPMNDiagram")]
        self._holder_of = {
            child.get("id") or "": node.get("id") or ""
            for node in self._root.iter()
            if model_name(node) in SUB_PROCESSES
            for child in node
        }
        self._name_of = {node.get("id"): node.get("name") for node in self._root.iter() if node.get("name")}

    def entries(self) -> tuple[DiagramEntry, ...]:
        """Return the diagrams in the order of the file."""
        found: list[DiagramEntry] = []
        for number, diagram in enumerate(self._diagrams, 1):
            plane = _child(diagram, BPMNDI, "BPMNPlane")
            shown = None if plane is None else reference(plane.get("bpmnElement") or "")
            id_ = diagram.get("id") or ("" if plane is None else plane.get("id")) or ""
            found.append(DiagramEntry(number, id_, diagram.get("name") or self._name_of.get(shown) or ""))
        return tuple(found)

    def scene(self, diagram: str | None = None) -> Scene:
        """Return one diagram.

        Args:
            diagram: Its number from 1, its id or its name, or the id of what it shows; None: the first with content.

        Raises:
            UnknownElementError: there is no such diagram.
            SourceError: there is no diagram at all, or places in it cannot be drawn.
        """
        if not self._diagrams:
            raise SourceError([Problem("no-diagram", _NO_DIAGRAM, Location(self._file))])
        entries = self.entries()
        if diagram is None:
            place = next((place for place, node in enumerate(self._diagrams) if _plane_elements(node)), 0)
        else:
            place = self._place_of(diagram, entries)
        problems: list[Problem] = []
        scene = self._scene(self._diagrams[place], entries[place].name, problems)
        if problems:
            raise SourceError(problems)
        return scene

    def _place_of(self, wanted: str, entries: Sequence[DiagramEntry]) -> int:
        for entry, node in zip(entries, self._diagrams, strict=True):
            plane = _child(node, BPMNDI, "BPMNPlane")
            shown = "" if plane is None else reference(plane.get("bpmnElement") or "")
            if wanted in (str(entry.number), entry.id, entry.name, shown) and wanted:
                return entry.number - 1
        known = "; ".join(": ".join(part for part in (str(e.number), e.name or e.id) if part) for e in entries[:30])
        raise UnknownElementError(
            Wording(
                de=f"Ein Diagramm „{wanted[:60]}“ gibt es nicht; möglich sind: {known}",
                en=f"there is no diagram '{wanted[:60]}'; possible are: {known}",
            ),
            location=Location(self._file),
            element_id=wanted,
        )

    def _scene(self, diagram: XmlElement, name: str, problems: list[Problem]) -> Scene:
        shapes: list[Placed] = []
        edges: list[tuple[Figure, BPMNEdge]] = []
        for node in _plane_elements(diagram):
            figure = self._figures.get(reference(node.get("bpmnElement") or ""))
            if figure is None:
                continue
            try:
                if node.tag == clark(BPMNDI, "BPMNEdge"):
                    if figure.kind in CONNECTIONS:
                        edges.append((figure, self._edge(node)))
                elif figure.kind not in CONNECTIONS:
                    shapes.append(placed(figure, self._shape(node), node))
            except SourceError as error:
                problems.extend(error.problems)
        return Scene(
            name or self._root.get("name") or "", _opened(fitted(shapes), self._holder_of), tuple(edges), self._language
        )

    def _shape(self, node: XmlElement) -> BPMNShape:
        bounds = _child(node, DC, "Bounds")
        if bounds is None:
            raise self._error(node, "missing-element", _NO_BOUNDS)
        return BPMNShape(
            id=node.get("id"),
            bpmn_element=node.get("bpmnElement"),
            bounds=self._bounds(bounds),
            is_horizontal=parse_boolean(node.get("isHorizontal") or ""),
            is_expanded=parse_boolean(node.get("isExpanded") or ""),
            is_marker_visible=parse_boolean(node.get("isMarkerVisible") or ""),
            label=self._label(node),
            background_color=_colour(node, clark(COLOR, "background-color"), clark(BIOC, "fill")),
            border_color=_colour(node, clark(COLOR, "border-color"), clark(BIOC, "stroke")),
        )

    def _edge(self, node: XmlElement) -> BPMNEdge:
        points = [child for child in node if child.tag == clark(DI, "waypoint")]
        if len(points) > MAX_WAYPOINTS:
            raise self._error(node, "too-many-waypoints", _TOO_MANY_POINTS)
        return BPMNEdge(
            bpmn_element=node.get("bpmnElement"),
            waypoints=tuple(Point(self._number(point, "x"), self._number(point, "y")) for point in points),
            message_visible_kind=node.get("messageVisibleKind"),
            label=self._label(node),
            border_color=_colour(node, clark(COLOR, "border-color"), clark(BIOC, "stroke")),
        )

    def _label(self, node: XmlElement) -> BPMNLabel | None:
        label = _child(node, BPMNDI, "BPMNLabel")
        if label is None:
            return None
        bounds = _child(label, DC, "Bounds")
        return BPMNLabel(
            bounds=None if bounds is None else self._bounds(bounds), color=_colour(label, clark(COLOR, "color"))
        )

    def _bounds(self, node: XmlElement) -> Bounds:
        bounds = Bounds(*(self._number(node, name) for name in ("x", "y", "width", "height")))
        if bounds.width < 0 or bounds.height < 0:
            raise self._error(node, "wrong-value", _NEGATIVE_SIZE)
        return bounds

    def _number(self, node: XmlElement, name: str) -> float:
        text = node.get(name) or ""
        value = parse_number(text)
        if value is None or abs(value) > FARTHEST_PX:
            raise self._error(node, "wrong-value", _wrong_number(local_name(node.tag), name, text))
        return value

    def _error(self, node: XmlElement, code: str, wording: Wording) -> SourceError:
        return SourceError([Problem(code, wording, Location(self._file, node.sourceline))])


def _plane_elements(diagram: XmlElement) -> tuple[XmlElement, ...]:
    plane = _child(diagram, BPMNDI, "BPMNPlane")
    return () if plane is None else tuple(node for node in plane if node.tag in _DRAWN)


_DRAWN: Final = (clark(BPMNDI, "BPMNShape"), clark(BPMNDI, "BPMNEdge"))


def _child(node: XmlElement, namespace: str, name: str) -> XmlElement | None:
    tag = clark(namespace, name)
    return next((child for child in node if child.tag == tag), None)


def _colour(node: XmlElement, *attributes: str) -> str | None:
    """Return the first colour that is stated, as `#rrggbb`; None for none, or for words that are no colour."""
    stated = next((text for attribute in attributes if (text := node.get(attribute))), None)
    return None if stated is None else hex_colour(stated)


def hex_colour(text: str) -> str | None:
    """Return a colour as `#rrggbb`: from hexadecimal digits, `rgb(…)` or one of the basic names; None for others.

    Example:
        >>> hex_colour("#0Af"), hex_colour("rgb(255, 0,16)"), hex_colour("Red"), hex_colour("url(x)")
        ('#00aaff', '#ff0010', '#ff0000', None)
    """
    word = text.strip().lower()
    if _HEX.fullmatch(word):
        return word if len(word) == 7 else "#" + "".join(digit * 2 for digit in word[1:])
    numbers = _RGB.fullmatch(word)
    if numbers is not None:
        red, green, blue = (min(int(number), 255) for number in numbers.groups())
        return f"#{red:02x}{green:02x}{blue:02x}"
    return _COLOUR_NAMES.get(word)


_HEX: Final = re.compile("#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB: Final = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_COLOUR_NAMES: Final = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000",
    "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff",
    "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500",
}  # fmt: skip
"""The basic colours of CSS; files write others by their numbers."""


def _opened(
    shapes: Sequence[tuple[Figure, BPMNShape]], holder_of: dict[str, str]
) -> tuple[tuple[Figure, BPMNShape], ...]:
    """Return `shapes` with each sub-process open that the file draws with its content and does not call closed."""
    filled = {holder_of.get(figure.id) for figure, _ in shapes}
    return tuple(
        (figure, replace(shape, is_expanded=True))
        if figure.kind in SUB_PROCESSES and shape.is_expanded is None and figure.id in filled
        else (figure, shape)
        for figure, shape in shapes
    )


_NO_DIAGRAM: Final = Wording(
    de="Die Datei enthält kein Diagramm, das gezeichnet werden könnte; „ankunft layout“ ordnet eines an, wenn ein "
    "Prozess, eine Zusammenarbeit oder eine Choreographie darin steht.",
    en="the file has no diagram that could be drawn; 'ankunft layout' lays one out if it holds a process, a "
    "collaboration or a choreography.",
)
_NO_BOUNDS: Final = Wording(
    de="Einer Form fehlen Ort und Größe („Bounds“).", en="a shape lacks its place and size ('Bounds')."
)
_NEGATIVE_SIZE: Final = Wording(
    de="Breite und Höhe einer Form sind nicht negativ.", en="width and height of a shape are not negative."
)
_TOO_MANY_POINTS: Final = Wording(
    de=f"Eine Linie hat mehr als {MAX_WAYPOINTS} Punkte; so zeichnet kein Modellierungsprogramm.",
    en=f"a line has more than {MAX_WAYPOINTS} points; no modelling tool draws like this.",
)


def _wrong_number(element: str, name: str, text: str) -> Wording:
    limit = f"{FARTHEST_PX:,}"
    return Wording(
        de=f"„{element[:60]}“: {name} ist „{text[:40]}“; erwartet wird eine Zahl bis {limit.replace(',', '.')}.",
        en=f"'{element[:60]}': {name} is '{text[:40]}'; expected is a number up to {limit}.",
    )
