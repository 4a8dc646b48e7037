"""A new drawing for any BPMN 2.0 file; what the file says of the process stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from ankunft_model.bpmn_xml.diagram_bytes import Style, with_diagrams
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.diagrams.beside import with_loose_lines
from ankunft_model.diagrams.di_text import Diagram, FreeIds, Prefixes, Shape, diagram_text
from ankunft_model.diagrams.earlier import EarlierDrawing, read_drawing
from ankunft_model.diagrams.group_frames import with_groups
from ankunft_model.diagrams.notes import LayoutNote
from ankunft_model.diagrams.plane import Plane
from ankunft_model.diagrams.planes import build_planes
from ankunft_model.diagrams.semantics import SUB_PROCESSES, BpmnFile, parse_bpmn, read_elements
from ankunft_model.diagrams.sketch import Sketch, read_sketch
from ankunft_model.layout.band_order import in_best_order
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import LayoutGraph
from ankunft_model.layout.pipeline import lay_out
from ankunft_model.layout.scopes import bands_in_reading_order

LaneOrder: TypeAlias = Literal["auto", "declared"]
"""Who decides the order of pools and lanes: the layout, or the file."""

Direction: TypeAlias = Literal["horizontal", "vertical"]
"""Which way flows run: to the right or down."""


@dataclass(frozen=True, slots=True)
class BpmnLayout:
    """A BPMN file with a new drawing.

    Attributes:
        data: The file; only its diagrams differ from what was given.
        notes: What could not be drawn as the file has it, in the order of the file; empty for a sound file.
    """

    data: bytes
    notes: tuple[LayoutNote, ...]


def lay_out_bpmn(
    data: bytes,
    *,
    file: str | None = None,
    lanes: LaneOrder = "auto",
    direction: Direction = "horizontal",
    previous: bytes | None = None,
) -> BpmnLayout:
    """Return the file with new diagrams; equal input gives equal output.

    Pools, lanes, all nodes, data, annotations, groups and connections are drawn; a collapsed sub-process gets a diagram
    of its own. Ids, colours and markers of the shapes stay, and so do the names of diagrams. What cannot be drawn, such
    as a flow to an element that does not exist, is named in the notes. Diagrams of choreographies and conversations
    stay as they are.

    Args:
        data: The content of a BPMN 2.0 file.
        file: Its name, for messages only.
        lanes: `declared` keeps pools and lanes in the order of the file; `auto` puts them so that connections become
            short, and keeps the order of the file where that makes no difference.
        direction: `horizontal`: flows run to the right, pools lie under each other; `vertical`: flows run down, pools
            stand side by side.
        previous: A BPMN file with an earlier drawing, perhaps changed by hand, often an earlier state of the same
            file or the file itself. What it shows keeps its order from left to right and from top to bottom, also
            pools and lanes; what is new finds its place in between.

    Raises:
        SourceError: The data is no BPMN 2.0 file; a file that can be read is always drawn.

    Example:
        >>> model = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        >>> model += b'<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
        >>> model += b'<sequenceFlow id="g" sourceRef="a" targetRef="c"/></process></definitions>'
        >>> layout = lay_out_bpmn(model)
        >>> layout.data.count(b"waypoint"), [(note.code, note.element_id) for note in layout.notes]
        (2, [('missing-end', 'g')])
    """
    options = _Options(lanes, direction)
    sketch = Sketch() if previous is None else read_sketch(previous, direction=direction)
    root = parse_bpmn(data, file=file)
    model = read_elements(root, file=file)
    earlier = read_drawing(model)
    planes = build_planes(model, earlier)
    drawings = [(plane, _laid_out(model, plane, options, sketch)) for plane in planes]
    if not planes:
        if not earlier.kept.places:
            model.note("nothing-to-draw", "")
        return BpmnLayout(data, earlier.kept.without_known(model.notes))

    def build_text(style: Style) -> str:
        return _Writing(root, model, earlier, options).text(drawings, style)

    new = with_diagrams(data, build_text, file=file, kept=earlier.kept.places)
    return BpmnLayout(new, tuple(sorted(earlier.kept.without_known(model.notes), key=_in_file_order)))


def _in_file_order(note: LayoutNote) -> int:
    return note.location.line or 0


@dataclass(frozen=True, slots=True)
class _Options:
    """How to draw."""

    lanes: LaneOrder
    direction: Direction

    @property
    def is_vertical(self) -> bool:
        return self.direction == "vertical"


def _laid_out(model: BpmnFile, plane: Plane, options: _Options, sketch: Sketch) -> Layout:
    graph = replace(plane.graph(is_vertical=options.is_vertical), sketch=sketch.places_in(plane))
    if options.lanes == "auto":
        graph = in_best_order(graph, lanes=True)
    graph = _with_notes_side_by_side(sketch.with_kept_bands(graph), plane.hidden)
    plane.bands = list(graph.bands)
    layout = lay_out(graph)
    for line in layout.undrawable_lines:
        model.note("end-not-drawn", line, model.elements[line].kind)
    names = {group: _group_name(model, group) for group in plane.groups}
    layout, empty = with_groups(plane, layout, names, is_vertical=options.is_vertical)
    for group in empty:
        model.note("empty-group", group)
    return with_loose_lines(plane, layout)


def _with_notes_side_by_side(graph: LayoutGraph, hidden: Collection[str]) -> LayoutGraph:
    """Return the graph with one band for the notes on several pools, where their bands lie side by side."""
    parents = {band.parent for band in graph.bands}
    outermost = [band for band in bands_in_reading_order(graph.bands) if band.parent is None]
    shared: dict[str | None, str] = {}
    for upper, lower in pairwise(outermost):
        if all(band.id in hidden and band.id not in parents for band in (upper, lower)):
            shared[lower.id] = shared.get(upper.id, upper.id)
    if not shared:
        return graph
    boxes = tuple(replace(box, band=shared.get(box.band, box.band)) for box in graph.boxes)
    return replace(graph, bands=tuple(band for band in graph.bands if band.id not in shared), boxes=boxes)


def _group_name(model: BpmnFile, group: str) -> str:
    """Return the value of the category that a group names."""
    category = model.resolve(model.elements[group].node.get("categoryValueRef"))
    element = model.elements.get(category)
    return "" if element is None else (element.node.get("value") or "").strip()


class _Writing:
    """Turns layouts into diagrams."""

    def __init__(self, root: XmlElement, model: BpmnFile, earlier: EarlierDrawing, options: _Options) -> None:
        self.root = root
        self.is_vertical = options.is_vertical
        self.model = model
        self.earlier = earlier
        wished: dict[str, str] = {}
        for item in earlier.items.values():
            wished.update(item.prefix_of)
        self.prefixes = Prefixes(root.nsmap, wished)
        self.ids = FreeIds((*model.elements, *earlier.kept.ids))

    def text(self, drawings: list[tuple[Plane, Layout]], style: Style) -> str:
        """Return all diagrams as XML."""
        return diagram_text([self._diagram(plane, layout) for plane, layout in drawings], self.prefixes, style)

    def _diagram(self, plane: Plane, layout: Layout) -> Diagram:
        old_diagram, old_plane = self.earlier.diagrams.get(plane.root, ({}, {}))
        diagram_id = self.ids.take(old_diagram.get("id", ""), f"{plane.root}_diagram")
        plane_id = self.ids.take(old_plane.get("id", ""), f"{plane.root}_plane")
        kept = tuple(
            (key, value) for key, value in old_diagram.items() if key in ("documentation", "name", "resolution")
        )
        items = (*self._shapes(plane, layout), *self._edges(plane, layout))
        return Diagram((("id", diagram_id), *kept), (("id", plane_id), ("bpmnElement", plane.root)), items)

    def _shapes(self, plane: Plane, layout: Layout) -> Iterator[Shape]:
        shift = self._shift(plane, layout)
        for band in plane.bands:
            if band.id not in plane.hidden:
                bounds = layout.bands[band.id]
                yield self._shape(
                    band.id, bounds, None, (("isHorizontal", "false" if self.is_vertical else "true"),), shift
                )
        for box in plane.boxes:
            element = self.model.elements[box.id]
            own: list[tuple[str, str]] = []
            if element.kind in SUB_PROCESSES:
                own.append(("isExpanded", "true" if box.id in plane.expanded else "false"))
            if element.kind == "exclusiveGateway":
                old = self.earlier.items.get(box.id)
                if old is None or "isMarkerVisible" not in dict(old.attributes):
                    own.append(("isMarkerVisible", "true"))
            yield self._shape(box.id, layout.boxes[box.id], layout.box_labels.get(box.id), tuple(own), shift)
        for group in plane.groups:
            yield self._shape(group, layout.boxes[group], layout.box_labels.get(group), (), shift)

    def _shift(self, plane: Plane, layout: Layout) -> Point:
        """Return how everything moves because the strip of a hidden pool is not drawn."""
        is_hidden = all(band.id in plane.hidden for band in plane.bands if band.parent is None)
        width = layout.strip_width if plane.hidden and is_hidden else 0
        return Point(0, -width) if self.is_vertical else Point(-width, 0)

    def _shape(
        self, id_: str, bounds: Bounds, label: Bounds | None, own: tuple[tuple[str, str], ...], shift: Point
    ) -> Shape:
        return Shape(
            "BPMNShape",
            (*self._identity(id_), *own, *self._kept(id_)),
            bounds=_four(bounds, shift),
            label=None if label is None else _four(label, shift),
        )

    def _edges(self, plane: Plane, layout: Layout) -> Iterator[Shape]:
        shift = self._shift(plane, layout)
        for line in (*plane.lines, *plane.loose_lines):
            route = layout.routes.get(line.id)
            if route is None:
                continue
            label = layout.line_labels.get(line.id)
            yield Shape(
                "BPMNEdge",
                (*self._identity(line.id), *self._kept(line.id)),
                points=tuple((point.x + shift.x, point.y + shift.y) for point in route),
                label=None if label is None else _four(label, shift),
            )

    def _identity(self, id_: str) -> tuple[tuple[str, str], ...]:
        old = self.earlier.items.get(id_)
        return ("id", self.ids.take("" if old is None else old.id, f"{id_}_di")), ("bpmnElement", id_)

    def _kept(self, id_: str) -> tuple[tuple[str, str], ...]:
        old = self.earlier.items.get(id_)
        return () if old is None else old.attributes


def _four(bounds: Bounds, shift: Point) -> tuple[int, int, int, int]:
    return bounds.x + shift.x, bounds.y + shift.y, bounds.width, bounds.height
