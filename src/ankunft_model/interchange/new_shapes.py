"""Shapes and edges for elements that a model adds to a file, put where there is room; nothing else is moved.

They are a beginning for the person who opens the file, or for a new layout of the whole diagram.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ankunft_model.bpmn_xml.document import Node, new_node
from ankunft_model.bpmn_xml.lexical import number_text, parse_number
from ankunft_model.bpmn_xml.namespaces import BPMNDI, DC, DI, clark
from ankunft_model.interchange import words
from ankunft_model.interchange.file_edits import FileEdits, detach, insert_behind
from ankunft_model.interchange.words import bpmn

Rectangle = tuple[float, float, float, float]
"""Left, top, width, height, in pixels."""

_SHAPE: Final = clark(BPMNDI, "BPMNShape")
_EDGE: Final = clark(BPMNDI, "BPMNEdge")
_BOUNDS: Final = clark(DC, "Bounds")
_WAYPOINT: Final = clark(DI, "waypoint")
_GAP: Final = 50.0
_ROW: Final = 110.0
_MOST_ROWS: Final = 60
_SIZES: Final = {"event": (36.0, 36.0), "gateway": (50.0, 50.0), "step": (100.0, 80.0)}
_HOLDERS: Final = frozenset(bpmn(name) for name in ("participant", "lane", "group", *words.SUB_PROCESS_TAGS))


class NewShapes:
    """Draws new elements in the diagrams of one file."""

    def __init__(self, edits: FileEdits) -> None:
        self.edits = edits
        self.occupied: dict[Node, list[Rectangle]] = {}

    def draw_node(self, node: Node, type_: str, before: Sequence[Node], behind: Sequence[Node]) -> None:
        """Draw a flow node beside its neighbours: right of `before`, left of `behind`, or between them."""
        neighbours = [*before, *behind]
        plane = next((plane for one in neighbours if (plane := self.plane_of(one)) is not None), None)
        if plane is None:
            planes = self.edits.planes
            if not planes:
                return
            plane = planes[0]
        kind = "event" if type_ in words.EVENTS else "gateway" if type_ in words.GATEWAYS else "step"
        width, height = _SIZES[kind]
        left, middle = self._wanted_place(before, behind, width)
        taken = self._occupied(plane)
        for row in range(_MOST_ROWS):
            here = (left, middle + row * _ROW - height / 2, width, height)
            if not any(_overlap(here, other) for other in taken):
                break
        else:
            here = (left, middle - height / 2, width, height)
        taken.append(here)
        self._put(plane, node, here)

    def _wanted_place(self, before: Sequence[Node], behind: Sequence[Node], width: float) -> tuple[float, float]:
        """Return left edge and middle height."""
        lefts = [bounds for one in before if (bounds := self.bounds_of(one)) is not None]
        rights = [bounds for one in behind if (bounds := self.bounds_of(one)) is not None]
        if lefts and rights:
            first, last = lefts[0], rights[0]
            room = last[0] - first[0] - first[2]
            if room >= width + _GAP:
                return first[0] + first[2] + (room - width) / 2, first[1] + first[3] / 2
        if lefts:
            first = lefts[0]
            return first[0] + first[2] + _GAP, first[1] + first[3] / 2
        if rights:
            last = rights[0]
            return last[0] - _GAP - width, last[1] + last[3] / 2
        return 100.0, 100.0

    def draw_edge(self, flow: Node, source: Node, target: Node) -> None:
        """Draw a connection with right angles between two shapes."""
        plane, first, last = self.plane_of(source), self.bounds_of(source), self.bounds_of(target)
        if plane is None or first is None or last is None:
            return
        points = [{"x": number_text(x), "y": number_text(y)} for x, y in _route(first, last)]
        old = next((one for one in self.edits.drawn.get(flow.get("id") or "", ()) if one.tag == _EDGE), None)
        if old is not None:
            for waypoint in [child for child in old if child.tag == _WAYPOINT]:
                detach(waypoint)
            for place, point in enumerate(points):
                old.insert(place, new_node(_WAYPOINT, point, near=plane))
            return
        edge = new_node(_EDGE, self._names(flow), near=plane)
        for point in points:
            edge.append(new_node(_WAYPOINT, point, near=plane))
        self._append(plane, flow, edge)

    def _put(self, plane: Node, node: Node, bounds: Rectangle) -> None:
        shape = new_node(_SHAPE, self._names(node), near=plane)
        values = {key: number_text(value) for key, value in zip(("x", "y", "width", "height"), bounds, strict=True)}
        shape.append(new_node(_BOUNDS, values, near=plane))
        self._append(plane, node, shape)

    def _names(self, node: Node) -> dict[str, str]:
        id_ = node.get("id") or ""
        return {"id": self.edits.free_id(f"{id_}_di"), "bpmnElement": id_}

    def _append(self, plane: Node, node: Node, drawing: Node) -> None:
        drawn = self.edits.drawn  # as it was before
        last: Node | None = None
        for child in plane:
            last = child
        insert_behind(plane, last, drawing)
        drawn.setdefault(node.get("id") or "", []).append(drawing)

    def bounds_of(self, node: Node) -> Rectangle | None:
        """Return where a node is drawn, if it is."""
        for shape in self.edits.drawn.get(node.get("id") or "", ()):
            found = bounds_in(shape)
            if found is not None:
                return found
        return None

    def plane_of(self, node: Node) -> Node | None:
        """Return the plane on which a node is drawn, if it is."""
        for shape in self.edits.drawn.get(node.get("id") or "", ()):
            if shape.tag == _SHAPE:
                return shape.getparent()
        return None

    def _occupied(self, plane: Node) -> list[Rectangle]:
        if plane not in self.occupied:
            found: list[Rectangle] = []
            for shape in plane:
                element = self.edits.index.element_of_id.get(shape.get("bpmnElement") or "")
                bounds = bounds_in(shape) if shape.tag == _SHAPE else None
                if bounds is not None and (element is None or element.tag not in _HOLDERS or not len(element)):
                    found.append(bounds)
            self.occupied[plane] = found
        return self.occupied[plane]


def bounds_in(shape: Node) -> Rectangle | None:
    """Return the bounds of a shape, if it has readable ones."""
    for child in shape:
        if child.tag == _BOUNDS:
            numbers = [parse_number(child.get(key) or "") for key in ("x", "y", "width", "height")]
            if all(number is not None for number in numbers):
                left, top, width, height = (number or 0.0 for number in numbers)
                return left, top, width, height
    return None


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _route(first: Rectangle, last: Rectangle) -> list[tuple[float, float]]:
    """Return points from one rectangle to another: right to left where there is room, else below both."""
    y1, y2 = first[1] + first[3] / 2, last[1] + last[3] / 2
    right, left = first[0] + first[2], last[0]
    if right <= left:
        if y1 == y2:
            return [(right, y1), (left, y2)]
        middle = (right + left) / 2
        return [(right, y1), (middle, y1), (middle, y2), (left, y2)]
    below = max(first[1] + first[3], last[1] + last[3]) + _GAP / 2
    x1, x2 = first[0] + first[2] / 2, last[0] + last[2] / 2
    return [(x1, first[1] + first[3]), (x1, below), (x2, below), (x2, last[1] + last[3])]
