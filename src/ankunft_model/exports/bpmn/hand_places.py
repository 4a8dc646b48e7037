"""Places for what is new in a drawing by hand, and whether what is old can stay where it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ankunft_model.bpmn_xml import diagram as di
from ankunft_model.bpmn_xml import elements as bpmn

_STEP_PX: Final = 20
_MOST_STEPS: Final = 30
_HEADER_PX: Final = 30
"""Width of the name of a pool or lane at its left."""
_MARGIN_PX: Final = 10
_TOUCH_PX: Final = 3


def containers_of(definitions: bpmn.Definitions) -> dict[str, tuple[str, ...]]:
    """Return the pool and lanes, or the sub-process, that each flow node lies in, the innermost last; by id."""
    pools = [pool for one in definitions.collaborations for pool in one.participants]
    pool_of = {pool.process_ref: pool.id for pool in pools}
    found: dict[str, tuple[str, ...]] = {}
    for process in definitions.processes:
        pool = pool_of.get(process.id)
        around = () if pool is None else (pool,)
        found.update((one.id, around) for one in process.flow_elements if isinstance(one, bpmn.FlowNode))
        open_lanes = [(lane, around) for lanes in process.lane_sets for lane in lanes.lanes]
        while open_lanes:
            lane, outer = open_lanes.pop()
            inner = (*outer, lane.id)
            found.update((node, inner) for node in lane.flow_node_refs)
            if lane.child_lane_set is not None:
                open_lanes += [(child, inner) for child in lane.child_lane_set.lanes]
    holders: list[bpmn.SubProcess] = [
        one for process in definitions.processes for one in process.flow_elements if isinstance(one, bpmn.SubProcess)
    ]
    for holder in holders:
        found.update((one.id, (holder.id,)) for one in holder.flow_elements if isinstance(one, bpmn.FlowNode))
        holders += [one for one in holder.flow_elements if isinstance(one, bpmn.SubProcess)]
    return found


def is_inside(bounds: di.Bounds, around: di.Bounds) -> bool:
    """Return whether the middle of a shape lies in another."""
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    return around.x <= x <= around.x + around.width and around.y <= y <= around.y + around.height


def touches(point: di.Point, bounds: di.Bounds) -> bool:
    """Return whether a point lies on a shape or at its border."""
    return (
        bounds.x - _TOUCH_PX <= point.x <= bounds.x + bounds.width + _TOUCH_PX
        and bounds.y - _TOUCH_PX <= point.y <= bounds.y + bounds.height + _TOUCH_PX
    )


def free_place(wanted: di.Bounds, area: di.Bounds, taken: Iterable[di.Bounds]) -> di.Bounds:
    """Return the free place in `area` that is nearest to the wanted one, or the wanted one if there is none near."""
    reach = _STEP_PX * _MOST_STEPS
    near = [one for one in taken if abs(one.x - wanted.x) < 2 * reach and abs(one.y - wanted.y) < 2 * reach]
    left, right = area.x + _HEADER_PX + _MARGIN_PX, area.x + area.width - wanted.width - _MARGIN_PX
    top, bottom = area.y + _MARGIN_PX, area.y + area.height - wanted.height - _MARGIN_PX
    if right < left or bottom < top:
        return wanted
    x, y = min(max(wanted.x, left), right), min(max(wanted.y, top), bottom)
    steps = range(-_MOST_STEPS, _MOST_STEPS + 1)
    places = sorted(
        (abs(dx) + 2 * abs(dy), dx, dy)
        for dx in steps
        for dy in steps
        if left <= x + dx * _STEP_PX <= right and top <= y + dy * _STEP_PX <= bottom
    )
    for _, dx, dy in places:
        place = di.Bounds(x + dx * _STEP_PX, y + dy * _STEP_PX, wanted.width, wanted.height)
        if not any(_overlap(place, one) for one in near):
            return place
    return di.Bounds(x, y, wanted.width, wanted.height)


def way_between(start: di.Bounds, end: di.Bounds, *, is_message: bool) -> tuple[di.Point, ...]:
    """Return a line in right angles between two shapes, without regard to what lies between."""
    if not is_message and end.x >= start.x + start.width + _MARGIN_PX:
        x, y = start.x + start.width, start.y + start.height / 2
        other_y = end.y + end.height / 2
        if abs(y - other_y) < 1:
            return di.Point(x, y), di.Point(end.x, y)
        middle = (x + end.x) / 2
        return di.Point(x, y), di.Point(middle, y), di.Point(middle, other_y), di.Point(end.x, other_y)
    x, other_x = start.x + start.width / 2, end.x + end.width / 2
    is_down = end.y + end.height / 2 >= start.y + start.height / 2
    y, other_y = (start.y + start.height, end.y) if is_down else (start.y, end.y + end.height)
    if abs(x - other_x) < 1:
        return di.Point(x, y), di.Point(x, other_y)
    middle = (y + other_y) / 2
    return di.Point(x, y), di.Point(x, middle), di.Point(other_x, middle), di.Point(other_x, other_y)


def straight_between(start: di.Bounds, end: di.Bounds) -> tuple[di.Point, di.Point]:
    """Return the straight line between the middles of the nearest sides of two shapes, as of a note."""
    if end.y + end.height <= start.y:
        sides = (start.y, end.y + end.height)
    elif start.y + start.height <= end.y:
        sides = (start.y + start.height, end.y)
    else:
        is_right = end.x >= start.x
        y, other_y = start.y + start.height / 2, end.y + end.height / 2
        first = di.Point(start.x + start.width if is_right else start.x, y)
        return first, di.Point(end.x if is_right else end.x + end.width, other_y)
    return di.Point(start.x + start.width / 2, sides[0]), di.Point(end.x + end.width / 2, sides[1])


def can_stay(
    id_: str, bounds: di.Bounds, containers: Mapping[str, tuple[str, ...]], place_of: Mapping[str, di.Bounds]
) -> bool:
    """Return whether a place by hand lies in the pool, lane or sub-process that the element belongs to now."""
    return all(is_inside(bounds, place_of[one]) for one in containers.get(id_, ()) if one in place_of)


def _overlap(one: di.Bounds, other: di.Bounds) -> bool:
    return (
        one.x < other.x + other.width + _MARGIN_PX
        and other.x < one.x + one.width + _MARGIN_PX
        and one.y < other.y + other.height + _MARGIN_PX
        and other.y < one.y + one.height + _MARGIN_PX
    )
