"""One drawing of a file before it is laid out, and the sizes of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from ankunft_model.diagrams.semantics import DATA, EVENTS, GATEWAYS
from ankunft_model.layout.graph import Band, Box, BoxKind, LayoutGraph, Line, LineKind

TASK_SIZE: Final = (100, 80)
SIZE_OF: Final[dict[str, tuple[int, int]]] = {
    **dict.fromkeys(EVENTS, (36, 36)),
    **dict.fromkeys(GATEWAYS, (50, 50)),
    **dict.fromkeys(DATA, (36, 50)),
    "dataStoreReference": (50, 50),
    "textAnnotation": (100, 30),
}
"""Width and height in pixels as the common BPMN tools draw them; everything else has the size of a task."""
LINE_KIND_OF: Final[dict[str, LineKind]] = {"sequenceFlow": "sequence", "messageFlow": "message"}
"""How a connection is drawn; all others are dotted."""
BOX_KIND_OF: Final[dict[str, BoxKind]] = {
    **dict.fromkeys(EVENTS, "event"),
    **dict.fromkeys(GATEWAYS, "gateway"),
    **dict.fromkeys(DATA, "data"),
    "textAnnotation": "annotation",
}
"""How a node is drawn; all others are activities, or containers."""
HIDDEN: Final = "\n"
"""Begins the ids of bands that are not drawn; no id of a file can begin so."""
EMPTY_SUB_PROCESS_SIZE: Final = (140, 100)


@dataclass(slots=True)
class Plane:
    """One drawing.

    Attributes:
        root: The collaboration, process or sub-process drawn.
        bands: Pools and lanes.
        boxes: Nodes.
        lines: Connections with both ends in `bands` and `boxes`.
        groups: For each group the ids of its members.
        groups_by_place: Those whose members are what they were drawn around.
        loose_lines: Connections that begin or end on a connection or group.
        anchors: For each of these the boxes or bands near which its ends lie.
        hidden: Bands that only hold others together.
        expanded: Sub-processes whose content is drawn inside, also those without content.
    """

    root: str
    bands: list[Band] = field(default_factory=list[Band])
    boxes: list[Box] = field(default_factory=list[Box])
    lines: list[Line] = field(default_factory=list[Line])
    groups: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    groups_by_place: set[str] = field(default_factory=set[str])
    loose_lines: list[Line] = field(default_factory=list[Line])
    anchors: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    hidden: set[str] = field(default_factory=set[str])
    expanded: set[str] = field(default_factory=set[str])

    def graph(self, *, is_vertical: bool = False) -> LayoutGraph:
        """Return what is to be laid out; a line to a line is drawn to a box near that line first."""
        loose = [
            replace(line, source=self.anchors[line.id][0], target=self.anchors[line.id][1])
            for line in self.loose_lines
            if line.id in self.anchors
        ]
        groups = tuple(tuple(members) for members in self.groups.values() if members)
        return LayoutGraph(tuple(self.bands), tuple(self.boxes), (*self.lines, *loose), is_vertical, groups=groups)

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.bands or self.boxes or self.groups)


@dataclass(slots=True)
class Places:
    """Where things are drawn.

    Attributes:
        plane_of: The drawing of each element that has one.
        defaults: The flows that are usually taken.
        reference_of: For data objects and stores the first reference to them, which is drawn in their place.
        collapsed: Sub-processes whose content has a drawing of its own.
    """

    plane_of: dict[str, Plane] = field(default_factory=dict[str, Plane])
    defaults: set[str] = field(default_factory=set[str])
    reference_of: dict[str, str] = field(default_factory=dict[str, str])
    collapsed: set[str] = field(default_factory=set[str])
