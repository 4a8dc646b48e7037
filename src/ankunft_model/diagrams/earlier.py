"""What the drawing that a file already has says: places, colours, what is expanded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.lexical import parse_boolean, parse_number
from ankunft_model.bpmn_xml.namespaces import BPMNDI, DC, DI
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.diagrams.kept import KeptDiagrams, find_kept
from ankunft_model.diagrams.semantics import SUB_PROCESSES, BpmnFile

_PLANE: Final = f"{{{BPMNDI}}}BPMNPlane"
_SHAPE: Final = f"{{{BPMNDI}}}BPMNShape"
_EDGE: Final = f"{{{BPMNDI}}}BPMNEdge"
_LABEL: Final = f"{{{BPMNDI}}}BPMNLabel"
_BOUNDS: Final = f"{{{DC}}}Bounds"
_WAYPOINT: Final = f"{{{DI}}}waypoint"
_KEPT: Final = ("isMarkerVisible", "isMessageVisible", "messageVisibleKind")
_OWN: Final = frozenset(
    (
        *_KEPT, "id", "bpmnElement", "isHorizontal", "isExpanded", "choreographyActivityShape", "participantBandKind",
        "sourceElement", "targetElement",
    )
)  # fmt: skip

Rectangle = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """A shape or edge as it was drawn.

    Attributes:
        id: Its own id.
        plane: The element whose plane shows it.
        attributes: What says how it looks, not where: colours and markers, by name in Clark notation.
        prefix_of: The prefixes of name spaces of those attributes.
        bounds: Of a shape.
        waypoints: Of an edge.
        label: Bounds of its text.
        is_expanded: As the file says; None if it does not.
        is_horizontal: Likewise.
    """

    id: str
    plane: str
    attributes: tuple[tuple[str, str], ...]
    prefix_of: Mapping[str, str]
    bounds: Rectangle | None
    waypoints: tuple[tuple[float, float], ...]
    label: Rectangle | None
    is_expanded: bool | None
    is_horizontal: bool | None


@dataclass(frozen=True, slots=True)
class EarlierDrawing:
    """The diagrams of a file.

    Attributes:
        items: The first shape or edge of each element.
        diagrams: Of the first diagram of each plane element: attributes of diagram and of plane.
        order: The plane elements in the order of their diagrams.
        planes: Each diagram: its plane element, and what it shows.
        kept: The diagrams that no layout touches; nothing of them is in the other tables.
    """

    items: dict[str, EarlierItem] = field(default_factory=dict[str, EarlierItem])
    diagrams: dict[str, tuple[dict[str, str], dict[str, str]]] = field(
        default_factory=dict[str, tuple[dict[str, str], dict[str, str]]]
    )
    order: list[str] = field(default_factory=list[str])
    planes: list[tuple[str, dict[str, EarlierItem]]] = field(default_factory=list[tuple[str, dict[str, EarlierItem]]])
    kept: KeptDiagrams = field(default_factory=KeptDiagrams)

    def is_expanded(self, file: BpmnFile, id_: str) -> bool:
        """Whether the content of a sub-process is drawn inside of it; undrawn ones are expanded if they have any."""
        item = self.items.get(id_)
        if id_ in self.diagrams:
            return item is not None and item.is_expanded is True
        if item is None or item.bounds is None:
            return True
        if item.is_expanded is not None:
            return item.is_expanded
        return any(child in self.items and self.items[child].plane == item.plane for child in file.inside.get(id_, ()))


def read_drawing(file: BpmnFile) -> EarlierDrawing:
    """Return what the diagrams of the file say, and note what cannot be carried over."""
    kept = find_kept(file)
    drawing = EarlierDrawing(kept=kept)
    for root in kept.roots:
        file.note("kept-diagram", root, file.elements[root].kind)
    diagrams = [diagram for place, diagram in enumerate(file.diagrams) if place not in kept.places]
    stale: set[str] = set()
    repeated: set[str] = set()
    joined: set[str] = set()
    for diagram in diagrams:
        plane = next((child for child in diagram if child.tag == _PLANE), None)
        if plane is None:
            continue
        shown = _plane_element(file, diagram)
        if shown not in drawing.diagrams:
            drawing.diagrams[shown] = (_plain(diagram), _plain(plane))
            drawing.order.append(shown)
        elif shown in file.elements and shown not in joined:
            joined.add(shown)
            file.note("joined-diagrams", shown, str(sum(_plane_element(file, other) == shown for other in diagrams)))
        items: dict[str, EarlierItem] = {}
        drawing.planes.append((shown, items))
        for node in plane:
            if node.tag not in (_SHAPE, _EDGE):
                continue
            element = file.resolve(node.get("bpmnElement"))
            if element not in file.elements:
                if element not in stale:
                    stale.add(element)
                    file.note("stale-shape", node.get("id") or "", element or "–")
                continue
            items.setdefault(element, _item(node, shown))
            if element not in drawing.items:
                drawing.items[element] = items[element]
            elif element not in repeated and file.elements[element].kind not in SUB_PROCESSES:
                repeated.add(element)
                file.note("second-drawing-dropped", element, shown)
    return drawing


def _plane_element(file: BpmnFile, diagram: XmlElement) -> str:
    """Return the element that a diagram is of; "" without a plane."""
    plane = next((child for child in diagram if child.tag == _PLANE), None)
    return "" if plane is None else file.resolve(plane.get("bpmnElement"))


def _plain(node: XmlElement) -> dict[str, str]:
    return {key: node.get(key) or "" for key in sorted(node.keys()) if "}" not in key}


def _item(node: XmlElement, plane: str) -> EarlierItem:
    kept = tuple(
        (key, node.get(key) or "") for key in sorted(node.keys()) if key in _KEPT or ("}" in key and key not in _OWN)
    )
    bounds = next((child for child in node if child.tag == _BOUNDS), None)
    label = next((child for child in node if child.tag == _LABEL), None)
    label_bounds = None if label is None else next((child for child in label if child.tag == _BOUNDS), None)
    waypoints: list[tuple[float, float]] = []
    for child in node:
        if child.tag == _WAYPOINT:
            x, y = (parse_number(child.get(key) or "") for key in ("x", "y"))
            if x is not None and y is not None:
                waypoints.append((x, y))
    return EarlierItem(
        id=node.get("id") or "",
        plane=plane,
        attributes=kept,
        prefix_of={uri: prefix for prefix, uri in node.nsmap.items() if prefix} if kept else {},
        bounds=None if bounds is None else _rectangle(bounds),
        waypoints=tuple(waypoints),
        label=None if label_bounds is None else _rectangle(label_bounds),
        is_expanded=parse_boolean(node.get("isExpanded") or ""),
        is_horizontal=parse_boolean(node.get("isHorizontal") or ""),
    )


def _rectangle(node: XmlElement) -> Rectangle | None:
    numbers = [parse_number(node.get(key) or "") for key in ("x", "y", "width", "height")]
    x, y, width, height = numbers
    if x is None or y is None or width is None or height is None or width < 0 or height < 0:
        return None
    return x, y, width, height
