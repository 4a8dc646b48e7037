"""Diagrams as somebody drew them by hand, used for the next export: what is still there keeps its place.

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
from ankunft_model.exports.bpmn.hand_places import can_stay, containers_of, free_place, touches, way_between

_LEAST_SHARE: Final = 0.5
"""A drawing that places fewer of the shapes than this is one of something else, such as another view."""

Shift = tuple[float, float]


def with_hand_drawn(definitions: bpmn.Definitions, drawing: str) -> bpmn.Definitions:
    """Return the file with shapes and lines where `drawing` (XML of diagrams) has them.

    A drawing that cannot be read, or that shows something else, is not used.
    """
    planes = _planes_of(drawing)
    plane_of = {plane.bpmn_element: plane for plane in planes}
    if len(planes) == 1 and definitions.diagrams:
        plane_of = {definitions.diagrams[0].plane.bpmn_element: planes[0]}
    diagrams = (
        diagram if drawn is None else _as_drawn(definitions, diagram, drawn)
        for diagram in definitions.diagrams
        for drawn in (plane_of.get(diagram.plane.bpmn_element),)
    )
    return replace(definitions, diagrams=tuple(diagrams))


def _as_drawn(definitions: bpmn.Definitions, diagram: di.BPMNDiagram, drawn: di.BPMNPlane) -> di.BPMNDiagram:
    """Return a diagram with shapes and lines where they are drawn by hand."""
    hand = {(type(one), one.bpmn_element): one for one in drawn.plane_elements}
    shapes = [one for one in diagram.plane.plane_elements if isinstance(one, di.BPMNShape)]
    kept = sum((di.BPMNShape, one.bpmn_element) in hand for one in shapes)
    if kept < _LEAST_SHARE * len(shapes):
        return diagram
    containers = containers_of(definitions)
    around = {one for holders in containers.values() for one in holders}
    if any(one.bpmn_element in around and (di.BPMNShape, one.bpmn_element) not in hand for one in shapes):
        return diagram  # a pool or lane that nobody has drawn: everything finds its place anew
    by_hand = {id_: one.bounds for (_, id_), one in hand.items() if isinstance(one, di.BPMNShape) and id_ is not None}
    for id_ in [id_ for id_, bounds in by_hand.items() if not can_stay(id_, bounds, containers, by_hand)]:
        del hand[di.BPMNShape, id_]
    shift_of = _shifts(definitions, shapes, hand)
    hosts = _hosts(definitions)
    placed: dict[str, di.BPMNShape] = {}
    for one in shapes:
        if (di.BPMNShape, one.bpmn_element) in hand:
            placed[one.bpmn_element or ""] = _shape(one, hand[di.BPMNShape, one.bpmn_element], (0, 0))
    for one in shapes:
        id_ = one.bpmn_element or ""
        if id_ in placed:
            continue
        shift = shift_of.get(id_, (0, 0))
        holders = containers.get(id_, ())
        if holders and holders[-1] in placed and id_ not in hosts:
            taken = [
                other.bounds for key, other in placed.items() if key not in around and containers.get(key) == holders
            ]
            place = free_place(_moved(one.bounds, shift), placed[holders[-1]].bounds, taken)
            shift = (place.x - one.bounds.x, place.y - one.bounds.y)
        placed[id_] = _shape(one, None, shift)
    ends = _ends(definitions)
    messages = _message_ids(definitions)
    elements = [
        placed[one.bpmn_element or ""]
        if isinstance(one, di.BPMNShape)
        else _edge(
            one,
            hand.get((di.BPMNEdge, one.bpmn_element)),
            [placed.get(end) for end in ends.get(one.bpmn_element or "", ())],
            is_message=one.bpmn_element in messages,
        )
        for one in diagram.plane.plane_elements
    ]
    plane = replace(diagram.plane, plane_elements=tuple(elements))
    return replace(diagram, plane=plane)


def _planes_of(drawing: str) -> list[di.BPMNPlane]:
    """Return the planes that the text draws; none if it cannot be read."""
    wrapped = f'<definitions xmlns="{MODEL}" targetNamespace="urn:drawing">{drawing}</definitions>'
    try:
        diagrams = read_definitions(wrapped.encode()).diagrams
    except SourceError:
        return []
    return [diagram.plane for diagram in diagrams]


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


def _edge(one: di.BPMNEdge, before: object, ends: list[di.BPMNShape | None], *, is_message: bool) -> di.BPMNEdge:
    """Return a line as it was drawn by hand if it still joins its ends, else a new one between them."""
    label = one.label
    start, end = ends if ends else (None, None)
    if isinstance(before, di.BPMNEdge) and (
        start is None
        or end is None
        or (touches(before.waypoints[0], start.bounds) and touches(before.waypoints[-1], end.bounds))
    ):
        if label is not None and before.label is not None:
            label = replace(label, bounds=before.label.bounds or label.bounds)
        return replace(one, waypoints=before.waypoints, label=label)
    if start is None or end is None:
        return one
    points = way_between(start.bounds, end.bounds, is_message=is_message)
    if label is not None and label.bounds is not None:
        first = one.waypoints[0]
        label = replace(label, bounds=_moved(label.bounds, (points[0].x - first.x, points[0].y - first.y)))
    return replace(one, waypoints=points, label=label)


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
    for collaboration in definitions.collaborations:
        found.update((flow.id, (flow.source_ref, flow.target_ref)) for flow in collaboration.message_flows)
    holders: list[bpmn.Process | bpmn.SubProcess] = list(definitions.processes)
    for holder in holders:
        for element in holder.flow_elements:
            if isinstance(element, bpmn.SequenceFlow):
                found[element.id] = (element.source_ref, element.target_ref)
            elif isinstance(element, bpmn.SubProcess):
                holders.append(element)
    return found


def _message_ids(definitions: bpmn.Definitions) -> frozenset[str]:
    return frozenset(flow.id for one in definitions.collaborations for flow in one.message_flows)


def _hosts(definitions: bpmn.Definitions) -> frozenset[str]:
    """Return the ids of boundary events and of what bears them; they lie on each other."""
    found: set[str] = set()
    holders: list[bpmn.Process | bpmn.SubProcess] = list(definitions.processes)
    for holder in holders:
        for element in holder.flow_elements:
            if isinstance(element, bpmn.BoundaryEvent):
                found |= {element.id, element.attached_to_ref}
            elif isinstance(element, bpmn.SubProcess):
                holders.append(element)
    return frozenset(found)
