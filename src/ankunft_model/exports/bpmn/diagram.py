"""The diagram of a BPMN file: what is to be laid out, and the laid out places as diagram interchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn.closed_pools import draw_closed_pools
from ankunft_model.layout.geometry import Bounds, Layout
from ankunft_model.layout.graph import Band, Box, BoxKind, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

EVENT_SIZE_PX = 36
GATEWAY_SIZE_PX = 50
TASK_WIDTH_PX = 100
TASK_HEIGHT_PX = 80
ANNOTATION_WIDTH_PX = 100
ANNOTATION_HEIGHT_PX = 30
DATA_WIDTH_PX = 36
DATA_HEIGHT_PX = 50


@dataclass
class _Collected:
    """Parts of the layout graph, in the order of the file."""

    bands: list[Band] = field(default_factory=list[Band])
    boxes: list[Box] = field(default_factory=list[Box])
    lines: list[Line] = field(default_factory=list[Line])
    elements: dict[str, bpmn.BaseElement] = field(default_factory=dict[str, bpmn.BaseElement])
    closed: list[bpmn.SubProcess] = field(default_factory=list[bpmn.SubProcess])


def to_layout_graph(definitions: bpmn.Definitions) -> LayoutGraph:
    """Return what is to be laid out of a BPMN file: bands for pools and lanes, boxes for nodes, lines for flows."""
    return _graph(_collect(definitions))


def _graph(found: _Collected) -> LayoutGraph:
    return LayoutGraph(tuple(found.bands), tuple(found.boxes), tuple(found.lines))


def with_diagram(definitions: bpmn.Definitions, *, collapsed: bool = False) -> bpmn.Definitions:
    """Return the file with a diagram of each collaboration (or of the first process), freshly laid out.

    Args:
        definitions: The file without diagram.
        collapsed: Whether sub-processes are closed; the inside of each has a diagram of its own, after the one in which
            it lies.
    """
    collaborations = definitions.collaborations
    if len(collaborations) <= 1:
        return replace(definitions, diagrams=tuple(_diagrams(definitions, collapsed=collapsed)))
    process_of_pool = {process.id: process for process in definitions.processes}
    diagrams: list[di.BPMNDiagram] = []
    for collaboration in collaborations:
        shown = (process_of_pool.get(pool.process_ref or "") for pool in collaboration.participants)
        part = replace(definitions, root_elements=(collaboration, *(one for one in shown if one is not None)))
        diagrams += _diagrams(part, collapsed=collapsed)
    return replace(definitions, diagrams=tuple(diagrams))


def _diagrams(definitions: bpmn.Definitions, *, collapsed: bool) -> Iterator[di.BPMNDiagram]:
    """Yield the diagram of a file with one collaboration, then those of its closed sub-processes."""
    found = _collect(definitions, collapsed=collapsed)
    collaboration = definitions.collaboration
    if collaboration is not None:
        yield _diagram(found, collaboration.id, collaboration.name)
    else:
        yield _diagram(found, definitions.processes[0].id)
    for sub_process in found.closed:
        inside = _Collected()
        _collect_flow_elements(inside, sub_process.flow_elements, {}, None, collapsed=True)
        _collect_artifacts(inside, sub_process.artifacts, None)
        yield _diagram(inside, sub_process.id)
        found.closed.extend(inside.closed)


def _diagram(found: _Collected, plane_element: str, name: str | None = None) -> di.BPMNDiagram:
    """Return the diagram of what was collected, laid out."""
    is_closed = found.bands and not found.boxes and all(band.closed for band in found.bands)
    layout = draw_closed_pools(found.bands, found.lines) if is_closed else lay_out(_graph(found))
    plane = di.BPMNPlane(
        id=f"{plane_element}_plane",
        bpmn_element=plane_element,
        plane_elements=(*_shapes(found, layout), *_edges(found, layout)),
    )
    return di.BPMNDiagram(id=f"{plane_element}_diagram", name=name, plane=plane)


def _collect(definitions: bpmn.Definitions, *, collapsed: bool = False) -> _Collected:
    found = _Collected()
    processes = {process.id: process for process in definitions.processes}
    collaboration = definitions.collaboration
    band_of_process: dict[str, str] = {}
    if collaboration is not None:
        for participant in collaboration.participants:
            found.elements[participant.id] = participant
            is_closed = participant.process_ref not in processes
            found.bands.append(Band(participant.id, None, participant.name or "", is_closed))
            if participant.process_ref is not None:
                band_of_process[participant.process_ref] = participant.id
    for process in processes.values():
        pool = band_of_process.get(process.id)
        lane_of: dict[str, str] = {}
        stack = [(lane, pool) for lane_set in process.lane_sets for lane in lane_set.lanes][::-1]
        while stack:
            lane, parent = stack.pop()
            found.elements[lane.id] = lane
            found.bands.append(Band(lane.id, parent, lane.name or ""))
            lane_of.update(dict.fromkeys(lane.flow_node_refs, lane.id))
            if lane.child_lane_set is not None:
                stack.extend((child, lane.id) for child in reversed(lane.child_lane_set.lanes))
        _collect_flow_elements(found, process.flow_elements, lane_of, pool, collapsed=collapsed)
        _collect_artifacts(found, process.artifacts, pool)
    if collaboration is not None:
        for flow in collaboration.message_flows:
            found.elements[flow.id] = flow
            found.lines.append(Line(flow.id, flow.source_ref, flow.target_ref, "message", flow.name or ""))
        _collect_artifacts(found, collaboration.artifacts, None)
    return found


def _collect_flow_elements(
    found: _Collected,
    elements: Iterable[bpmn.FlowElement],
    lane_of: dict[str, str],
    pool: str | None,
    *,
    collapsed: bool = False,
) -> None:
    """Add boxes and lines of a process and of the sub-processes in it; of closed ones the box alone."""
    scopes: list[tuple[Iterable[bpmn.FlowElement], str | None]] = [(elements, None)]
    defaults: set[str] = set()
    for inside, parent in scopes:
        for element in inside:
            default = getattr(element, "default", None)
            if default is not None:
                defaults.add(default)
            box = _box(element)
            is_closed = collapsed and isinstance(element, bpmn.SubProcess) and bool(element.flow_elements)
            if box is not None and is_closed:
                box = replace(box, kind="activity")
            if box is not None:
                found.elements[element.id] = element
                found.boxes.append(replace(box, band=lane_of.get(element.id, pool), parent=parent))
            if isinstance(element, bpmn.SubProcess) and is_closed:
                found.closed.append(element)
            elif isinstance(element, bpmn.SubProcess):
                scopes.append((element.flow_elements, element.id))
                _collect_artifacts(found, element.artifacts, lane_of.get(element.id, pool), element.id)
    for inside, _ in scopes:
        for element in inside:
            if isinstance(element, bpmn.SequenceFlow):
                found.elements[element.id] = element
                found.lines.append(
                    Line(
                        element.id,
                        element.source_ref,
                        element.target_ref,
                        "sequence",
                        element.name or "",
                        is_default=element.id in defaults,
                        is_signed=element.id in defaults,
                    )
                )


def _collect_artifacts(
    found: _Collected, artifacts: Iterable[bpmn.Artifact], band: str | None, parent: str | None = None
) -> None:
    for artifact in artifacts:
        found.elements[artifact.id] = artifact
        if isinstance(artifact, bpmn.TextAnnotation):
            found.boxes.append(
                Box(
                    artifact.id,
                    band,
                    "annotation",
                    ANNOTATION_WIDTH_PX,
                    ANNOTATION_HEIGHT_PX,
                    artifact.text,
                    None,
                    parent,
                )
            )
        elif isinstance(artifact, bpmn.Association):
            found.lines.append(Line(artifact.id, artifact.source_ref, artifact.target_ref, "association"))


def _box(element: bpmn.FlowElement) -> Box | None:
    name = element.name or ""
    if isinstance(element, bpmn.BoundaryEvent):
        return Box(element.id, None, "event", EVENT_SIZE_PX, EVENT_SIZE_PX, name, element.attached_to_ref)
    if isinstance(element, bpmn.Event):
        is_start = isinstance(element, bpmn.StartEvent)
        return Box(element.id, None, "event", EVENT_SIZE_PX, EVENT_SIZE_PX, name, is_start=is_start)
    if isinstance(element, bpmn.Gateway):
        return Box(element.id, None, "gateway", GATEWAY_SIZE_PX, GATEWAY_SIZE_PX, name)
    if isinstance(element, bpmn.DataObjectReference | bpmn.DataStoreReference):
        return Box(element.id, None, "data", DATA_WIDTH_PX, DATA_HEIGHT_PX, name)
    if isinstance(element, bpmn.Activity):
        has_content = isinstance(element, bpmn.SubProcess) and bool(element.flow_elements)
        kind: BoxKind = "container" if has_content else "activity"
        return Box(element.id, None, kind, TASK_WIDTH_PX, TASK_HEIGHT_PX, name)
    return None


def _shapes(found: _Collected, layout: Layout) -> Iterable[di.BPMNShape]:
    for band in found.bands:
        yield di.BPMNShape(
            id=f"{band.id}_di", bpmn_element=band.id, bounds=_bounds(layout.bands[band.id]), is_horizontal=True
        )
    for box in found.boxes:
        label = layout.box_labels.get(box.id)
        element = found.elements[box.id]
        yield di.BPMNShape(
            id=f"{box.id}_di",
            bpmn_element=box.id,
            bounds=_bounds(layout.boxes[box.id]),
            is_expanded=_is_expanded(element, box),
            is_marker_visible=True if isinstance(element, bpmn.ExclusiveGateway) else None,
            label=None if label is None else di.BPMNLabel(bounds=_bounds(label)),
        )


def _is_expanded(element: bpmn.BaseElement, box: Box) -> bool | None:
    if box.kind == "container":
        return True
    return False if isinstance(element, bpmn.SubProcess) else None


def _edges(found: _Collected, layout: Layout) -> Iterable[di.BPMNEdge]:
    for line in found.lines:
        if line.id not in layout.routes:
            continue
        label = layout.line_labels.get(line.id)
        yield di.BPMNEdge(
            id=f"{line.id}_di",
            bpmn_element=line.id,
            waypoints=tuple(di.Point(point.x, point.y) for point in layout.routes[line.id]),
            label=None if label is None else di.BPMNLabel(bounds=_bounds(label)),
        )


def _bounds(bounds: Bounds) -> di.Bounds:
    return di.Bounds(bounds.x, bounds.y, bounds.width, bounds.height)
