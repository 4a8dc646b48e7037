"""Diagrams as somebody drew them by hand, used for the next export: what is still there keeps its place.

What is new stands where the layout puts it in relation to what it is connected with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, MODEL
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import SourceError
from ankunft_model.exports.bpmn.hand_places import (
    can_stay,
    containers_of,
    free_place,
    is_inside,
    straight_between,
    touches,
    way_between,
)
from ankunft_model.exports.bpmn.hand_room import Hand, holders_in, moved, with_room
from ankunft_model.interchange.finding_colours import FINDING_COLOURS

_LEAST_SHARE: Final = 0.5
"""A drawing that places fewer of the shapes than this is one of something else, such as another view."""

_OF_FINDINGS: Final = frozenset(outline for _, outline in FINDING_COLOURS.values())

_Line = Literal["sequence", "message", "association"]
_KIND_OF: Final[Mapping[type, _Line]] = {
    bpmn.SequenceFlow: "sequence",
    bpmn.MessageFlow: "message",
    bpmn.Association: "association",
}

Shift = tuple[float, float]


@dataclass(frozen=True, slots=True)
class HandDrawing:
    """What a model keeps of a drawing by hand.

    Attributes:
        planes: How it is drawn.
        notes: Notes, and the lines that lead to them.
        additions: What other tools have added, each with the id of what it belongs to.
    """

    planes: tuple[di.BPMNPlane, ...] = ()
    notes: tuple[bpmn.Artifact, ...] = ()
    additions: tuple[bpmn.ExtensionElement, ...] = ()


def read_hand_drawing(drawing: str) -> HandDrawing:
    """Return what the text of a drawing (diagrams, before them a collaboration with notes) says.

    Nothing if it cannot be read: anybody may have edited it.
    """
    wrapped = f'<definitions xmlns="{MODEL}" targetNamespace="urn:drawing">{drawing}</definitions>'
    try:
        found = read_definitions(wrapped.encode())
    except SourceError:
        return HandDrawing()
    notes = tuple(note for one in found.collaborations for note in one.artifacts)
    additions = tuple(
        addition
        for one in found.collaborations
        for extension in one.extension_elements
        if (extension.namespace, extension.name) == (ANKUNFT, "additions")
        for addition in extension.children
    )
    return HandDrawing(tuple(diagram.plane for diagram in found.diagrams), notes, additions)


def with_hand_drawn(definitions: bpmn.Definitions, drawing: HandDrawing) -> bpmn.Definitions:
    """Return the file with shapes and lines where the drawing has them, in its colours.

    Of a drawing that shows something else only the colours are used.
    """
    plane_of = {plane.bpmn_element: plane for plane in drawing.planes}
    if len(drawing.planes) == 1 and definitions.diagrams:
        plane_of = {definitions.diagrams[0].plane.bpmn_element: drawing.planes[0]}
    diagrams = (
        diagram if drawn is None else _as_drawn(definitions, diagram, drawn)
        for diagram in definitions.diagrams
        for drawn in (plane_of.get(diagram.plane.bpmn_element),)
    )
    return replace(definitions, diagrams=tuple(diagrams))


def _as_drawn(definitions: bpmn.Definitions, diagram: di.BPMNDiagram, drawn: di.BPMNPlane) -> di.BPMNDiagram:
    """Return a diagram with shapes and lines where they are drawn by hand."""
    by_hand: Hand = {(type(one), one.bpmn_element): one for one in drawn.plane_elements}
    return replace(diagram, plane=_coloured(_placed_as(definitions, diagram.plane, dict(by_hand)), by_hand))


def _placed_as(definitions: bpmn.Definitions, plane: di.BPMNPlane, hand: Hand) -> di.BPMNPlane:
    """Return a plane with shapes and lines where they are drawn by hand, if it is the same view."""
    shapes = {
        one.bpmn_element: one
        for one in plane.plane_elements
        if isinstance(one, di.BPMNShape) and one.bpmn_element is not None
    }
    holders = holders_in(definitions)
    if not _is_of_this(hand, shapes, holders):
        return plane
    containers = containers_of(definitions)
    content = Counter(one for id_, around in containers.items() if (di.BPMNShape, id_) in hand for one in around)
    for id_ in _out_of_place(hand, holders):
        del hand[di.BPMNShape, id_]
    hand = with_room(hand, shapes, holders, content)
    by_hand = {id_: one.bounds for (_, id_), one in hand.items() if isinstance(one, di.BPMNShape) and id_ is not None}
    for id_ in [id_ for id_, bounds in by_hand.items() if not can_stay(id_, bounds, containers, by_hand)]:
        del hand[di.BPMNShape, id_]
    placed = _placed(definitions, shapes, hand, containers)
    ends = _ends(definitions)
    kind_of: dict[str | None, _Line] = {one.id: _KIND_OF[type(one)] for one in _lines(definitions)}
    elements = [
        placed[one.bpmn_element or ""]
        if isinstance(one, di.BPMNShape)
        else _edge(
            one,
            hand.get((di.BPMNEdge, one.bpmn_element)),
            [placed.get(end) for end in ends.get(one.bpmn_element or "", ())],
            kind_of.get(one.bpmn_element or "", "sequence"),
        )
        for one in plane.plane_elements
    ]
    return replace(plane, plane_elements=tuple(elements))


def _coloured(plane: di.BPMNPlane, hand: Hand) -> di.BPMNPlane:
    """Return a plane with the colours that a person gave to what it shows."""
    elements: list[di.BPMNShape | di.BPMNEdge] = []
    for one in plane.plane_elements:
        before = hand.get((type(one), one.bpmn_element))
        if isinstance(one, di.BPMNShape) and isinstance(before, di.BPMNShape):
            ground, outline = _colours(before)
            elements.append(replace(one, background_color=ground, border_color=outline))
        elif (
            isinstance(one, di.BPMNEdge) and isinstance(before, di.BPMNEdge) and before.border_color not in _OF_FINDINGS
        ):
            elements.append(replace(one, border_color=before.border_color))
        else:
            elements.append(one)
    return replace(plane, plane_elements=tuple(elements))


def _is_of_this(hand: Hand, shapes: Mapping[str, di.BPMNShape], holders: Mapping[str, str | None]) -> bool:
    """Return whether a drawing shows the same view: enough of the elements, and one of the pools."""
    if sum((di.BPMNShape, id_) in hand for id_ in shapes) < _LEAST_SHARE * len(shapes):
        return False
    pools = [id_ for id_, around in holders.items() if around is None and id_ in shapes]
    return not pools or any((di.BPMNShape, id_) in hand for id_ in pools)


def _out_of_place(hand: Hand, holders: Mapping[str, str | None]) -> list[str]:
    """Return the lanes that are drawn outside of what holds them now, such as one that was a pool."""
    place_of = {id_: one.bounds for (_, id_), one in hand.items() if isinstance(one, di.BPMNShape)}
    return [
        id_
        for id_, around in holders.items()
        if id_ in place_of and around in place_of and not is_inside(place_of[id_], place_of[around])
    ]


def _placed(
    definitions: bpmn.Definitions,
    shapes: Mapping[str, di.BPMNShape],
    hand: Hand,
    containers: Mapping[str, tuple[str, ...]],
) -> dict[str, di.BPMNShape]:
    """Return all shapes: those by hand where they were drawn, others as near to them as the layout has them."""
    shift_of = _shifts(definitions, list(shapes.values()), hand)
    hosts = _hosts(definitions)
    around = {one for holders in containers.values() for one in holders}
    placed = {
        id_: _shape(one, hand[di.BPMNShape, id_], (0, 0)) for id_, one in shapes.items() if (di.BPMNShape, id_) in hand
    }
    for id_, one in shapes.items():
        if id_ in placed:
            continue
        shift = shift_of.get(id_, (0, 0))
        holders = containers.get(id_, ())
        if holders and holders[-1] in placed and id_ not in hosts:
            taken = [
                other.bounds for key, other in placed.items() if key not in around and containers.get(key) == holders
            ]
            place = free_place(moved(one.bounds, *shift), placed[holders[-1]].bounds, taken)
            shift = (place.x - one.bounds.x, place.y - one.bounds.y)
        placed[id_] = _shape(one, None, shift)
    return placed


def _shape(one: di.BPMNShape, before: object, shift: Shift) -> di.BPMNShape:
    if isinstance(before, di.BPMNShape):
        label = one.label
        if label is not None and before.label is not None:
            label = replace(label, bounds=before.label.bounds or label.bounds)
        elif label is not None and label.bounds is not None:
            by = (before.bounds.x - one.bounds.x, before.bounds.y - one.bounds.y)
            label = replace(label, bounds=moved(label.bounds, *by))
        return replace(one, bounds=before.bounds, label=label)
    label = one.label
    if label is not None and label.bounds is not None:
        label = replace(label, bounds=moved(label.bounds, *shift))
    return replace(one, bounds=moved(one.bounds, *shift), label=label)


def _colours(drawn: di.BPMNShape) -> tuple[str | None, str | None]:
    """Return the colours that a person gave a shape; those of findings are given anew where they are asked for."""
    ground, outline = drawn.background_color, drawn.border_color
    if ((ground or "").lower(), (outline or "").lower()) in FINDING_COLOURS.values():
        return None, None
    return ground, outline


def _edge(one: di.BPMNEdge, before: object, ends: list[di.BPMNShape | None], kind: _Line) -> di.BPMNEdge:
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
    if kind == "association":
        return replace(one, waypoints=straight_between(start.bounds, end.bounds))
    points = way_between(start.bounds, end.bounds, is_message=kind == "message")
    if label is not None and label.bounds is not None:
        first = one.waypoints[0]
        label = replace(label, bounds=moved(label.bounds, points[0].x - first.x, points[0].y - first.y))
    return replace(one, waypoints=points, label=label)


def _shifts(
    definitions: bpmn.Definitions,
    shapes: list[di.BPMNShape],
    hand: Hand,
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
    """Return source and target of every line, by its id."""
    return {one.id: (one.source_ref, one.target_ref) for one in _lines(definitions)}


def _lines(definitions: bpmn.Definitions) -> Iterator[bpmn.SequenceFlow | bpmn.MessageFlow | bpmn.Association]:
    for collaboration in definitions.collaborations:
        yield from collaboration.message_flows
        yield from (one for one in collaboration.artifacts if isinstance(one, bpmn.Association))
    holders: list[bpmn.Process | bpmn.SubProcess] = list(definitions.processes)
    for holder in holders:
        yield from (one for one in holder.artifacts if isinstance(one, bpmn.Association))
        for element in holder.flow_elements:
            if isinstance(element, bpmn.SequenceFlow):
                yield element
            elif isinstance(element, bpmn.SubProcess):
                holders.append(element)


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
