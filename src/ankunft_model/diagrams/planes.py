"""Which drawings a file needs, and what stands in each: bands for pools and lanes, boxes for nodes, lines for flows.

There is one drawing for each collaboration, for each process that no participant shows, and for the inside of each
collapsed sub-process.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ankunft_model.bpmn_xml.namespaces import MODEL
from ankunft_model.diagrams.connections import connect
from ankunft_model.diagrams.earlier import EarlierDrawing
from ankunft_model.diagrams.plane import BOX_KIND_OF, EMPTY_SUB_PROCESS_SIZE, HIDDEN, SIZE_OF, TASK_SIZE, Places, Plane
from ankunft_model.diagrams.semantics import (
    DATA,
    EVENTS,
    FLOW_NODES,
    GATEWAYS,
    SUB_PROCESSES,
    UNSUPPORTED,
    BpmnFile,
    Element,
    children,
)
from ankunft_model.layout.graph import Band, Box

_HOSTS: Final = FLOW_NODES - EVENTS - GATEWAYS
_CHILD_LANES: Final = f"{{{MODEL}}}childLaneSet"


def build_planes(file: BpmnFile, drawing: EarlierDrawing) -> list[Plane]:
    """Return the drawings that the file needs, those that it has already first; never fails."""
    building = _Building(file, drawing)
    building.collect()
    connect(file, drawing, building.planes, building.places)
    order = {root: number for number, root in enumerate(drawing.order)}
    planes = [plane for plane in building.planes if not plane.is_empty() or plane.root in drawing.diagrams]
    others = [plane for plane in planes if plane.boxes or not _is_kept(plane, drawing)]
    if drawing.kept.places:
        return sorted(others, key=lambda plane: order.get(plane.root, len(order)))
    planes = planes or building.planes[:1]  # tools open a file with an empty diagram, but none without any
    return sorted(planes, key=lambda plane: order.get(plane.root, len(order)))


def _is_kept(plane: Plane, drawing: EarlierDrawing) -> bool:
    """Return whether the only diagram of it is one of conversations: black boxes need no second one."""
    return plane.root in drawing.kept.roots and plane.root not in drawing.diagrams


class _Building:
    """The tables needed while drawings are composed."""

    def __init__(self, file: BpmnFile, drawing: EarlierDrawing) -> None:
        self.file = file
        self.drawing = drawing
        self.planes: list[Plane] = []
        self.places = Places()
        self.plane_of = self.places.plane_of

    def collect(self) -> None:
        """Fill the drawings with bands and boxes."""
        elements = self.file.elements
        shown: dict[str, str] = {}
        for id_ in self.file.inside[""]:
            kind = elements[id_].kind
            if kind in UNSUPPORTED:
                self.file.note("not-supported", id_, kind)
            if kind != "collaboration":
                continue
            plane = self._add_plane(id_)
            for inner in self.file.inside[id_]:
                if elements[inner].kind == "participant":
                    self._collect_participant(plane, elements[inner], shown)
                elif elements[inner].kind in UNSUPPORTED:
                    self.file.note("not-supported", inner, elements[inner].kind)
            self._collect_nodes(plane, id_, None, {})
        for id_ in self.file.inside[""]:
            if elements[id_].kind == "process" and id_ not in shown:
                self._collect_process(self._plane_beside_pools(id_) or self._add_plane(id_), id_, None)
        self._attach_boundary_events()

    def _plane_beside_pools(self, process: str) -> Plane | None:
        """Return the drawing of pools in which a process without a pool stands: where it was drawn, or is tied to."""
        if not self.planes or process in self.drawing.diagrams:
            return None
        plane_of_root = {plane.root: plane for plane in self.planes}
        inside = self.file.inside[process]
        for id_ in inside:
            item = self.drawing.items.get(id_)
            if item is not None:
                return plane_of_root.get(item.plane)
        own = set(inside)
        for plane in self.planes:
            for id_ in self.file.inside.get(plane.root, ()):
                node = self.file.elements[id_].node
                if own & {self.file.resolve(node.get(key)) for key in ("sourceRef", "targetRef")}:
                    return plane
        return None

    def _add_plane(self, root: str) -> Plane:
        plane = Plane(root)
        self.planes.append(plane)
        return plane

    def _collect_participant(self, plane: Plane, participant: Element, shown: dict[str, str]) -> None:
        process = self.file.resolve(participant.node.get("processRef"))
        is_process = process in self.file.elements and self.file.elements[process].kind == "process"
        if is_process and process in shown:
            self.file.note("repeated-participant", participant.id, process)
        has_content = is_process and process not in shown
        plane.bands.append(Band(participant.id, None, participant.name, closed=not has_content))
        self.plane_of[participant.id] = plane
        if has_content:
            shown[process] = participant.id
            self._collect_process(plane, process, participant.id)

    def _collect_process(self, plane: Plane, process: str, pool: str | None) -> None:
        lane_of: dict[str, str] = {}
        top = pool
        lane_sets = list(children(self.file.elements[process].node, "laneSet"))
        if pool is None and any(next(children(lane_set, "lane"), None) is not None for lane_set in lane_sets):
            top = HIDDEN + process
            plane.bands.append(Band(top))
            plane.hidden.add(top)
        stack = [(lane, top) for lane_set in lane_sets for lane in children(lane_set, "lane")][::-1]
        depth_of: dict[str, int] = {}
        while stack:
            node, parent = stack.pop()
            lane = self.file.elements.get(node.get("id") or "")
            if lane is None or lane.node is not node:  # without an id of its own: already noted
                continue
            plane.bands.append(Band(lane.id, parent, lane.name))
            self.plane_of[lane.id] = plane
            depth = depth_of[lane.id] = depth_of.get(parent or "", 0) + 1
            for reference in children(node, "flowNodeRef"):
                member = self.file.resolve(reference.text)
                if member not in self.file.elements:
                    self.file.note("missing-lane-member", lane.id, member)
                elif depth > depth_of.get(lane_of.get(member, ""), 0):
                    lane_of[member] = lane.id
            for lane_set in (child for child in node if child.tag == _CHILD_LANES):
                stack.extend((child, lane.id) for child in reversed(list(children(lane_set, "lane"))))
        self._collect_nodes(plane, process, top, lane_of)

    def _collect_nodes(self, plane: Plane, holder: str, pool: str | None, lane_of: dict[str, str]) -> None:
        """Add the boxes of a process or collaboration and of the sub-processes in it."""
        scopes: list[tuple[Plane, str, str | None, str | None]] = [(plane, holder, None, pool)]
        for here, scope, parent, top in scopes:
            for id_ in self.file.inside.get(scope, ()):
                element = self.file.elements[id_]
                kind = element.kind
                default = self.file.resolve(element.node.get("default"))
                if default:
                    self.places.defaults.add(default)
                if kind == "lane" and parent is not None:
                    self.file.note("lane-not-drawn", id_, scope)
                elif kind in UNSUPPORTED and scope != holder:
                    self.file.note("not-supported", id_, kind)
                elif kind == "dataObjectReference":
                    self.places.reference_of.setdefault(self.file.resolve(element.node.get("dataObjectRef")), id_)
                elif kind == "dataStoreReference":
                    self.places.reference_of.setdefault(self.file.resolve(element.node.get("dataStoreRef")), id_)
                elif kind == "group":
                    here.groups[id_] = []
                    self.plane_of[id_] = here
                if not self._is_box(element):
                    continue
                box = self._box(element, parent, lane_of.get(id_, top) if parent is None else None)
                if kind in SUB_PROCESSES:
                    box = self._open_or_close(here, box, scopes)
                here.boxes.append(box)
                self.plane_of[id_] = here

    def _is_box(self, element: Element) -> bool:
        if element.kind in ("dataInput", "dataOutput"):
            return not element.owner
        return element.kind in FLOW_NODES or element.kind in DATA or element.kind == "textAnnotation"

    def _box(self, element: Element, parent: str | None, band: str | None) -> Box:
        width, height = SIZE_OF.get(element.kind, TASK_SIZE)
        kind = BOX_KIND_OF.get(element.kind, "activity")
        is_start = element.kind == "startEvent"
        return Box(element.id, band, kind, width, height, element.name, None, parent, is_start)

    def _open_or_close(self, plane: Plane, box: Box, scopes: list[tuple[Plane, str, str | None, str | None]]) -> Box:
        """Return the box of a sub-process, and queue its content for this drawing or for one of its own."""
        has_content = any(self._is_box(self.file.elements[id_]) for id_ in self.file.inside.get(box.id, ()))
        if self.drawing.is_expanded(self.file, box.id):
            plane.expanded.add(box.id)
            if not has_content:
                width, height = EMPTY_SUB_PROCESS_SIZE
                return replace(box, width=width, height=height)
            scopes.append((plane, box.id, box.id, None))
            return replace(box, kind="container")
        self.places.collapsed.add(box.id)
        if has_content or box.id in self.drawing.diagrams:
            scopes.append((self._add_plane(box.id), box.id, None, None))
        return box

    def _attach_boundary_events(self) -> None:
        """Let events sit on their hosts; one without a host stands by itself."""
        for plane in self.planes:
            for place, box in enumerate(plane.boxes):
                element = self.file.elements[box.id]
                if element.kind != "boundaryEvent":
                    continue
                host = self.file.resolve(element.node.get("attachedToRef"))
                is_activity = host in self.file.elements and self.file.elements[host].kind in _HOSTS
                if is_activity and self.plane_of.get(host) is plane:
                    plane.boxes[place] = replace(box, host=host)
                else:
                    self.file.note("missing-host", box.id, host or "–")
