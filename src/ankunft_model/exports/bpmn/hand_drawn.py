"""A diagram as somebody drew it by hand, used for the next export: what is still there keeps its place.

What is new stands where the layout puts it in relation to what it is connected with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import MODEL
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import SourceError

_LEAST_SHARE: Final = 0.5
"""A drawing that places fewer of the shapes than this is one of something else, such as another view."""

Shift = tuple[float, float]


def with_hand_drawn(definitions: bpmn.Definitions, drawing: str) -> bpmn.Definitions:
    """Return the file with shapes and lines where `drawing` (XML of one diagram) has them.

    A drawing that cannot be read, or that shows something else, is not used.
    """
    drawn = _plane_of(drawing)
    if drawn is None or not definitions.diagrams:
        return definitions
    diagram = definitions.diagrams[0]
    hand = {(type(one), one.bpmn_element): one for one in drawn.plane_elements}
    shapes = [one for one in diagram.plane.plane_elements if isinstance(one, di.BPMNShape)]
    kept = sum((di.BPMNShape, one.bpmn_element) in hand for one in shapes)
    if kept < _LEAST_SHARE * len(shapes):
        return definitions
    shift_of = _shifts(definitions, shapes, hand)
    elements: list[di.BPMNShape | di.BPMNEdge] = []
    ends = _ends(definitions)
    for one in diagram.plane.plane_elements:
        before = hand.get((type(one), one.bpmn_element))
        if isinstance(one, di.BPMNShape):
            elements.append(_shape(one, before, shift_of.get(one.bpmn_element or "", (0, 0))))
        else:
            elements.append(_edge(one, before, shift_of, ends.get(one.bpmn_element or "", ("", ""))))
    plane = replace(diagram.plane, plane_elements=tuple(elements))
    return replace(definitions, diagrams=(replace(diagram, plane=plane), *definitions.diagrams[1:]))


def _plane_of(drawing: str) -> di.BPMNPlane | None:
    """Return the plane that the text draws, or None if it cannot be read."""
    wrapped = f'<definitions xmlns="{MODEL}" targetNamespace="urn:drawing">{drawing}</definitions>'
    try:
        diagrams = read_definitions(wrapped.encode()).diagrams
    except SourceError:
        return None
    return diagrams[0].plane if diagrams else None


def _shape(one: di.BPMNShape, before: object, shift: Shift) -> di.BPMNShape:
    if isinstance(before, di.BPMNShape):
        label = one.label
        if label is not None and before.label is not None:
            label = replace(label, bounds=before.label.bounds or label.bounds)
        elif label is not None and label.bounds is not None:
            moved = (before.bounds.x - one.bounds.x, before.bounds.y - one.bounds.y)
            label = replace(label, bounds=_moved(label.bounds, moved))
        return replace(one, bounds=before.bounds, label=label)
    label = one.label
    if label is not None and label.bounds is not None:
        label = replace(label, bounds=_moved(label.bounds, shift))
    return replace(one, bounds=_moved(one.bounds, shift), label=label)


def _edge(one: di.BPMNEdge, before: object, shift_of: dict[str, Shift], ends: tuple[str, str]) -> di.BPMNEdge:
    if isinstance(before, di.BPMNEdge):
        label = one.label
        if label is not None and before.label is not None:
            label = replace(label, bounds=before.label.bounds or label.bounds)
        return replace(one, waypoints=before.waypoints, label=label)
    first, last = (shift_of.get(end, (0.0, 0.0)) for end in ends)
    points = one.waypoints
    if first == last:
        moved = tuple(di.Point(point.x + first[0], point.y + first[1]) for point in points)
    else:
        start = di.Point(points[0].x + first[0], points[0].y + first[1])
        end = di.Point(points[-1].x + last[0], points[-1].y + last[1])
        middle = (start.x + end.x) / 2
        moved = (start, di.Point(middle, start.y), di.Point(middle, end.y), end)
    label = one.label
    if label is not None and label.bounds is not None:
        label = replace(label, bounds=_moved(label.bounds, first))
    return replace(one, waypoints=moved, label=label)


def _moved(bounds: di.Bounds, shift: Shift) -> di.Bounds:
    return replace(bounds, x=bounds.x + shift[0], y=bounds.y + shift[1])


def _shifts(
    definitions: bpmn.Definitions,
    shapes: list[di.BPMNShape],
    hand: dict[tuple[type, str | None], di.BPMNShape | di.BPMNEdge],
) -> dict[str, Shift]:
    """Return how far each shape is from where the layout puts it; a new one goes with what it is connected with."""
    shift_of: dict[str, Shift] = {}
    for one in shapes:
        before = hand.get((di.BPMNShape, one.bpmn_element))
        if isinstance(before, di.BPMNShape) and one.bpmn_element is not None:
            shift_of[one.bpmn_element] = (before.bounds.x - one.bounds.x, before.bounds.y - one.bounds.y)
    neighbours: dict[str, list[str]] = {}
    for source, target in _ends(definitions).values():
        neighbours.setdefault(source, []).append(target)
        neighbours.setdefault(target, []).append(source)
    waiting = list(shift_of)
    for id_ in waiting:
        for neighbour in neighbours.get(id_, ()):
            if neighbour not in shift_of:
                shift_of[neighbour] = shift_of[id_]
                waiting.append(neighbour)
    return shift_of


def _ends(definitions: bpmn.Definitions) -> dict[str, tuple[str, str]]:
    """Return source and target of every flow, by its id."""
    found: dict[str, tuple[str, str]] = {}
    collaboration = definitions.collaboration
    if collaboration is not None:
        found.update((flow.id, (flow.source_ref, flow.target_ref)) for flow in collaboration.message_flows)
    holders: list[bpmn.Process | bpmn.SubProcess] = list(definitions.processes)
    for holder in holders:
        for element in holder.flow_elements:
            if isinstance(element, bpmn.SequenceFlow):
                found[element.id] = (element.source_ref, element.target_ref)
            elif isinstance(element, bpmn.SubProcess):
                holders.append(element)
    return found
