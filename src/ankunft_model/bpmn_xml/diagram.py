"""Diagram interchange: where the elements of a BPMN file are drawn.

Coordinates are pixels; x grows to the right, y downwards; the origin is the top left corner of the plane.

`extension_attributes` are those of other name spaces, name in Clark notation and value.

Source: OMG formal/2011-01-03, part 12 (BPMN DI); colours: "BPMN in Color", non-normative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Point:
    """A position on the plane."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle on the plane; `x`, `y` is its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BPMNLabel:
    """The place of a name beside its shape or edge; without bounds each tool places it as it likes.

    Attributes:
        color: Colour of the text, as `#rrggbb`.
    """

    element_name: ClassVar[str] = "BPMNLabel"
    id: str | None = None
    bounds: Bounds | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BPMNShape:
    """A node, participant, lane, data object or artifact as it is drawn.

    Attributes:
        bpmn_element: Id of the element drawn.
        is_horizontal: Of participants and lanes: the name stands at the left, flow runs to the right.
        is_expanded: Of sub-processes: their content is drawn inside.
        is_marker_visible: Of exclusive gateways: the X is drawn.
        background_color: Fill, as `#rrggbb`.
        border_color: Outline, as `#rrggbb`.
    """

    element_name: ClassVar[str] = "BPMNShape"
    id: str | None = None
    bpmn_element: str | None = None
    bounds: Bounds
    is_horizontal: bool | None = None
    is_expanded: bool | None = None
    is_marker_visible: bool | None = None
    is_message_visible: bool | None = None
    label: BPMNLabel | None = None
    background_color: str | None = None
    border_color: str | None = None
    extension_attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BPMNEdge:
    """A sequence flow, message flow or association as it is drawn.

    Attributes:
        bpmn_element: Id of the element drawn.
        waypoints: The line from source to target, at least two points.
        message_visible_kind: Of message flows: an envelope is drawn, white (`initiating`) or grey (`non_initiating`).
        border_color: Colour of the line, as `#rrggbb`.
    """

    element_name: ClassVar[str] = "BPMNEdge"
    id: str | None = None
    bpmn_element: str | None = None
    waypoints: tuple[Point, ...]
    source_element: str | None = None
    target_element: str | None = None
    message_visible_kind: str | None = None
    label: BPMNLabel | None = None
    border_color: str | None = None
    extension_attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BPMNPlane:
    """The surface of a diagram; later elements are drawn over earlier ones.

    Attributes:
        bpmn_element: Id of the collaboration, process or sub-process drawn.
    """

    element_name: ClassVar[str] = "BPMNPlane"
    id: str | None = None
    bpmn_element: str | None = None
    plane_elements: tuple[BPMNShape | BPMNEdge, ...] = ()
    extension_attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BPMNDiagram:
    """One drawing of a file; `resolution` is in dots per inch."""

    element_name: ClassVar[str] = "BPMNDiagram"
    id: str | None = None
    name: str | None = None
    documentation: str | None = None
    resolution: float | None = None
    plane: BPMNPlane
    extension_attributes: tuple[tuple[str, str], ...] = ()
