"""Check the drawing that a BPMN file has, whoever made it: defects, and figures such as crossings and bends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.diagrams.earlier import EarlierDrawing, EarlierItem, Rectangle, read_drawing
from ankunft_model.diagrams.notes import LayoutNote
from ankunft_model.diagrams.plane import BOX_KIND_OF, LINE_KIND_OF, Plane
from ankunft_model.diagrams.planes import build_planes
from ankunft_model.diagrams.semantics import (
    CONNECTIONS,
    DATA,
    EVENTS,
    FLOW_NODES,
    GATEWAYS,
    SUB_PROCESSES,
    BpmnFile,
    Element,
    parse_bpmn,
    read_elements,
)
from ankunft_model.layout.check import LayoutDefect, check_layout
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.quality import LayoutFigures, measure_layout

FARTHEST_PX: Final = 10_000_000
"""Shapes further away count as not drawn."""


@dataclass(frozen=True, slots=True)
class CheckedDiagram:
    """One diagram of a file.

    Attributes:
        element_id: The collaboration, process or sub-process that it shows.
        defects: What every reader may expect and does not find, sorted; empty if all is well.
        figures: Crossings, bends and the like.
    """

    element_id: str
    defects: tuple[LayoutDefect, ...]
    figures: LayoutFigures


@dataclass(frozen=True, slots=True)
class LayoutReport:
    """What a check of a file's drawing found.

    Attributes:
        diagrams: Each diagram of the file.
        missing: Ids of elements that could be drawn and are in no diagram.
        notes: What the file says that cannot be drawn.
    """

    diagrams: tuple[CheckedDiagram, ...]
    missing: tuple[str, ...]
    notes: tuple[LayoutNote, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is missing and no diagram has a defect."""
        return not self.missing and not any(diagram.defects for diagram in self.diagrams)


def check_bpmn_layout(data: bytes, *, file: str | None = None) -> LayoutReport:
    """Return the defects of the drawing that a BPMN 2.0 file has, and its figures.

    Coordinates are rounded to whole pixels first. Diagrams of choreographies and conversations are not checked.

    Args:
        data: The content of the file.
        file: Its name, for messages only.

    Raises:
        SourceError: The data is no BPMN 2.0 file.
    """
    model = read_elements(parse_bpmn(data, file=file), file=file)
    drawing = read_drawing(model)
    planes = build_planes(model, drawing)
    diagrams: list[CheckedDiagram] = []
    for root, items in drawing.planes:
        graph, layout = _Reading(model, items).drawn()
        defects = check_layout(graph, layout, is_foreign=True)
        diagrams.append(CheckedDiagram(root, defects, measure_layout(layout)))
    return LayoutReport(tuple(diagrams), tuple(_find_missing(planes, drawing)), drawing.kept.without_known(model.notes))


def _find_missing(planes: list[Plane], drawing: EarlierDrawing) -> Iterator[str]:
    for plane in planes:
        for band in plane.bands:
            if band.id not in plane.hidden and band.id not in drawing.items:
                yield band.id
        ids = [box.id for box in plane.boxes] + [line.id for line in (*plane.lines, *plane.loose_lines)]
        yield from (id_ for id_ in (*ids, *plane.groups) if id_ not in drawing.items)


class _Reading:
    """Turns one diagram into a graph and its layout."""

    def __init__(self, model: BpmnFile, items: dict[str, EarlierItem]) -> None:
        self.model = model
        self.items = items
        self.areas: dict[str, Bounds] = {}
        for id_, item in items.items():
            bounds = None if item.bounds is None else _whole(item.bounds)
            if bounds is not None:
                self.areas[id_] = bounds
        self.containers = {self._container_around(model.elements[id_]) for id_ in self.areas}
        self.lane_of = self._lanes()
        self.pool_of = {
            model.resolve(model.elements[id_].node.get("processRef")): id_
            for id_ in self.areas
            if model.elements[id_].kind == "participant"
        }

    def _lanes(self) -> dict[str, str]:
        """Return the deepest drawn lane that names each node."""
        lane_of: dict[str, tuple[int, str]] = {}
        for id_ in self.areas:
            element = self.model.elements[id_]
            if element.kind != "lane":
                continue
            depth = len(self._lanes_around(element))
            for reference in element.node:
                if reference.tag.endswith("}flowNodeRef"):
                    member = self.model.resolve(reference.text)
                    lane_of[member] = max(lane_of.get(member, (-1, "")), (depth, id_))
        return {member: lane for member, (_, lane) in lane_of.items()}

    def _lanes_around(self, lane: Element) -> list[str]:
        found: list[str] = []
        while lane.lane:
            found.append(lane.lane)
            lane = self.model.elements[lane.lane]
        return found

    def drawn(self) -> tuple[LayoutGraph, Layout]:
        """Return what is drawn, and where."""
        bands: list[Band] = []
        boxes: list[Box] = []
        lines: list[Line] = []
        for id_ in self.areas:
            element = self.model.elements[id_]
            if element.kind in ("participant", "lane"):
                bands.append(Band(id_, self._band_around(element), element.name))
            elif element.kind in FLOW_NODES or element.kind in DATA or element.kind == "textAnnotation":
                boxes.append(self._box(element))
        routes: dict[str, tuple[Point, ...]] = {}
        for id_, item in self.items.items():
            route = tuple(Point(round(x), round(y)) for x, y in item.waypoints if max(abs(x), abs(y)) < FARTHEST_PX)
            line = self._line(self.model.elements[id_]) if len(route) > 1 else None
            if line is not None:
                lines.append(line)
                routes[id_] = route
        labels = {
            id_: _whole(item.label) for id_, item in self.items.items() if item.label is not None and item.label[2] > 0
        }
        outside = {box.id for box in boxes if box.kind in ("event", "gateway", "data")}
        layout = Layout(
            bands={band.id: self.areas[band.id] for band in bands},
            boxes={box.id: self.areas[box.id] for box in boxes},
            box_labels={id_: area for id_, area in labels.items() if area is not None and id_ in outside},
            routes=routes,
            line_labels={id_: area for id_, area in labels.items() if area is not None and id_ in routes},
        )
        return LayoutGraph(tuple(bands), tuple(boxes), tuple(lines)), layout

    def _band_around(self, element: Element) -> str | None:
        """Return the drawn lane or pool around a lane or node."""
        if element.kind == "participant":
            return None
        if element.kind == "lane":
            around = next((lane for lane in self._lanes_around(element) if lane in self.areas), None)
        else:
            around = self.lane_of.get(element.id)
        return around or self.pool_of.get(self._process_of(element))

    def _process_of(self, element: Element) -> str:
        here = element
        while here.holder and here.kind != "process":
            here = self.model.elements[here.holder]
        return here.id

    def _container_around(self, element: Element) -> str | None:
        """Return the nearest sub-process around a node that is drawn in this diagram."""
        while element.holder:
            element = self.model.elements[element.holder]
            if element.kind in SUB_PROCESSES and element.id in self.areas:
                return element.id
        return None

    def _box(self, element: Element) -> Box:
        kind = "container" if element.id in self.containers else BOX_KIND_OF.get(element.kind, "activity")
        parent = self._container_around(element)
        host = self.model.resolve(element.node.get("attachedToRef")) if element.kind == "boundaryEvent" else ""
        is_hosted = host in self.areas and self.model.elements[host].kind in FLOW_NODES - EVENTS - GATEWAYS
        band = None if parent is not None else self._band_around(element)
        return Box(element.id, band, kind, 0, 0, element.name, host if is_hosted else None, parent)

    def _line(self, element: Element) -> Line | None:
        source, target = self.model.ends(element)
        if element.kind not in CONNECTIONS or not source or not target:
            return None
        kind = LINE_KIND_OF.get(element.kind, "association")
        return Line(element.id, source, target, kind, element.name if kind != "association" else "")


def _whole(rectangle: Rectangle) -> Bounds | None:
    """Return a rectangle in whole pixels, or None if it is too far away."""
    if max(map(abs, rectangle)) >= FARTHEST_PX:
        return None
    x, y, width, height = rectangle
    left, top = round(x), round(y)
    return Bounds(left, top, round(x + width) - left, round(y + height) - top)
