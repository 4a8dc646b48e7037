"""Room in a drawing by hand for pools and lanes that it does not show yet; everything else keeps its place.

A new pool stands below all others. A new lane around lanes takes their area. Any other new lane stands at the bottom of
what holds it, which grows, and what lies below moves down. Of the first lanes of a pool that had none, one takes its
area and the others stand below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn

_BETWEEN_POOLS_PX: Final = 40
_HEADER_PX: Final = 30
"""Width of the name of a pool or lane at its left."""

Hand = dict[tuple[type, str | None], di.BPMNShape | di.BPMNEdge]
"""What is drawn by hand, by kind and by the element that it draws."""


def holders_in(definitions: bpmn.Definitions) -> dict[str, str | None]:
    """Return all pools and lanes by id, each with the one that it lies in, outer ones first."""
    pools = [pool for one in definitions.collaborations for pool in one.participants]
    found: dict[str, str | None] = {pool.id: None for pool in pools}
    pool_of = {pool.process_ref: pool.id for pool in pools}
    for process in definitions.processes:
        waiting = [(lane, pool_of.get(process.id)) for lanes in process.lane_sets for lane in lanes.lanes]
        while waiting:
            lane, around = waiting.pop(0)
            found[lane.id] = around
            if lane.child_lane_set is not None:
                waiting += [(child, lane.id) for child in lane.child_lane_set.lanes]
    return found


def with_room(
    hand: Hand, shapes: Mapping[str, di.BPMNShape], holders: Mapping[str, str | None], content: Mapping[str, int]
) -> Hand:
    """Return the drawing with all pools and lanes of `shapes`.

    Args:
        hand: The drawing by hand.
        shapes: What is to be drawn as the layout places it, by the element.
        holders: Pools and lanes, as from `holders_in`.
        content: How many elements of each pool or lane are drawn by hand.
    """
    waiting = [id_ for id_ in holders if id_ in shapes and (di.BPMNShape, id_) not in hand]
    while waiting:
        id_ = next(one for one in waiting if holders[one] not in waiting)
        own, around = shapes[id_], holders[id_]
        outer = _bounds(hand, around)
        inner = [one for one, holder in holders.items() if holder == id_ and _bounds(hand, one) is not None]
        if inner:
            hand, place = _around(hand, inner)
        elif outer is None:
            drawn = [bounds for one in holders if (bounds := _bounds(hand, one)) is not None]
            place = _below(own.bounds, drawn)
        else:
            beside = [one for one, holder in holders.items() if holder == around and one in shapes]
            drawn = [bounds for one in beside if (bounds := _bounds(hand, one)) is not None]
            if drawn:
                bottom = outer.y + outer.height
                hand = _lengthened(hand, bottom, own.bounds.height, _chain(around, holders))
                place = di.Bounds(drawn[-1].x, bottom, drawn[-1].width, own.bounds.height)
            else:
                id_ = max(beside, key=lambda one: content.get(one, 0))
                own = shapes[id_]
                place = replace(outer, x=outer.x + _HEADER_PX, width=outer.width - _HEADER_PX)
        hand = {**hand, (di.BPMNShape, id_): replace(own, bounds=place)}
        waiting.remove(id_)
    return hand


def moved(bounds: di.Bounds, x: float, y: float) -> di.Bounds:
    """Return a rectangle at another place."""
    return replace(bounds, x=bounds.x + x, y=bounds.y + y)


def _bounds(hand: Hand, id_: str | None) -> di.Bounds | None:
    shape = hand.get((di.BPMNShape, id_))
    return shape.bounds if isinstance(shape, di.BPMNShape) else None


def _chain(id_: str | None, holders: Mapping[str, str | None]) -> frozenset[str]:
    """Return a pool or lane with all that it lies in."""
    found: set[str] = set()
    while id_ is not None and id_ not in found:
        found.add(id_)
        id_ = holders.get(id_)
    return frozenset(found)


def _below(own: di.Bounds, others: list[di.Bounds]) -> di.Bounds:
    if not others:
        return own
    left = min(one.x for one in others)
    right = max(one.x + one.width for one in others)
    bottom = max(one.y + one.height for one in others)
    return di.Bounds(left, bottom + _BETWEEN_POOLS_PX, max(own.width, right - left), own.height)


def _around(hand: Hand, inner: list[str]) -> tuple[Hand, di.Bounds]:
    """Return the drawing with these lanes a header's width narrower, and the area that they had."""
    found = dict(hand)
    areas: list[di.Bounds] = []
    for id_ in inner:
        shape = hand[di.BPMNShape, id_]
        if isinstance(shape, di.BPMNShape):
            areas.append(shape.bounds)
            narrow = replace(shape.bounds, x=shape.bounds.x + _HEADER_PX, width=shape.bounds.width - _HEADER_PX)
            found[di.BPMNShape, id_] = replace(shape, bounds=narrow)
    left, top = min(one.x for one in areas), min(one.y for one in areas)
    right, bottom = max(one.x + one.width for one in areas), max(one.y + one.height for one in areas)
    return found, di.Bounds(left, top, right - left, bottom - top)


def _lengthened(hand: Hand, bottom: float, height: float, growing: frozenset[str]) -> Hand:
    """Return the drawing with a strip of this height put in at `bottom`, at which `growing` end."""
    found: Hand = {}
    for key, one in hand.items():
        label = one.label
        if isinstance(one, di.BPMNEdge):
            points = tuple(
                replace(point, y=point.y + height) if point.y >= bottom else point for point in one.waypoints
            )
            if label is not None and label.bounds is not None and label.bounds.y >= bottom:
                label = replace(label, bounds=moved(label.bounds, 0, height))
            found[key] = replace(one, waypoints=points, label=label)
        elif one.bpmn_element in growing:
            found[key] = replace(one, bounds=replace(one.bounds, height=one.bounds.height + height))
        elif one.bounds.y >= bottom:
            if label is not None and label.bounds is not None:
                label = replace(label, bounds=moved(label.bounds, 0, height))
            found[key] = replace(one, bounds=moved(one.bounds, 0, height), label=label)
        else:
            found[key] = one
    return found
