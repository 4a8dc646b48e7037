"""The lanes of a pool: one for each unit that acts in it, units of one larger unit within a lane of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ankunft_model.exports.bpmn.pool_elements import FORKING, PoolProcess
from ankunft_model.graph.participation.owners import UNKNOWN_OWNER
from ankunft_model.model import PERSON_KIND, ArrivalModel


@dataclass
class LaneTree:
    """A lane: elements of its own, or lanes within it.

    Attributes:
        actor: Id of the unit, or `UNKNOWN_OWNER`.
        elements: Ids of the elements in it, in the order of the pool.
        lanes: The lanes within it.
    """

    actor: str
    elements: list[str] = field(default_factory=list[str])
    lanes: list[LaneTree] = field(default_factory=list["LaneTree"])


def actor_of_elements(pool: PoolProcess) -> dict[str, str]:
    """Return the actor in whose lane each element lies; empty if the model names none in this pool.

    What has no actor of its own lies with what comes before it (decisions, what is sent, ends) or after it (what is
    received, merges); only steps that nobody is known to perform lie with `UNKNOWN_OWNER`.
    """
    found = {
        element.id: element.node.actor
        for element in pool.elements
        if element.node is not None and element.node.actor is not None
    }
    if not found:
        return {}
    found.update(
        (element.id, UNKNOWN_OWNER) for element in pool.elements if element.kind == "step" and element.id not in found
    )
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for flow in pool.flows:
        before.setdefault(flow.target, []).append(flow.source)
        after.setdefault(flow.source, []).append(flow.target)
    goes_back = {
        element.id: element.kind in FORKING or element.kind in ("throw", "end", "event") for element in pool.elements
    }
    for element in pool.elements:
        if element.host is not None and element.host in found:
            found[element.id] = found[element.host]
    queue = list(found)
    for asked in (True, False):
        for id_ in queue:
            neighbours = [*after.get(id_, []), *before.get(id_, [])]
            for other in neighbours:
                towards = other in after.get(id_, [])
                if other not in found and (not asked or goes_back[other] == towards):
                    found[other] = found[id_]
                    queue.append(other)
        queue = list(found)
    first = next(iter(found.values()))
    return {element.id: found.get(element.id, first) for element in pool.elements}


def build_lanes(
    model: ArrivalModel, pool: PoolProcess, actor_of: Mapping[str, str], *, beneath: str | None
) -> list[LaneTree]:
    """Return the lanes of a pool from top to bottom: the person first, then in the order in which units first act.

    Args:
        model: Says which unit is part of which.
        pool: The pool.
        actor_of: The actor of each element.
        beneath: The organisation of the pool, which gets no lane around the others; None if the pool is of several.

    Returns:
        No lane where the organisation acts as a whole. A unit that acts alone has one: the pool does not name it.
    """
    if beneath is not None and set(actor_of.values()) <= {beneath}:
        return []
    elements_of: dict[str, list[str]] = {}
    for element in pool.elements:
        if element.id in actor_of:
            elements_of.setdefault(actor_of[element.id], []).append(element.id)
    roots: list[LaneTree] = []
    for actor, elements in elements_of.items():
        level = roots
        for unit in _path(model, actor, beneath):
            lane = next((lane for lane in level if lane.actor == unit), None)
            if lane is None:
                lane = LaneTree(unit)
                level.append(lane)
            level = lane.lanes
            if unit == actor:
                lane.elements = elements
    lanes = [_simplified(lane) for lane in roots]
    if len(lanes) == 1 and lanes[0].lanes:
        lanes = lanes[0].lanes
    return sorted(lanes, key=lambda lane: lane.actor == UNKNOWN_OWNER or model.actors[lane.actor].kind != PERSON_KIND)


def _path(model: ArrivalModel, actor: str, beneath: str | None) -> Iterable[str]:
    """Return the units from the outermost one (below `beneath`, if the actor is a part of that) to `actor`."""
    if actor == UNKNOWN_OWNER:
        return [actor]
    path = [actor]
    while (above := model.actors[path[-1]].part_of) is not None:
        path.append(above)
    path.reverse()
    return path[1:] if path[0] == beneath and len(path) > 1 else path


def _simplified(lane: LaneTree) -> LaneTree:
    """Return the lane without levels that hold just one other; work of its own beside others gets a lane within."""
    stack: list[tuple[LaneTree, bool]] = [(lane, False)]
    done: dict[int, LaneTree] = {}
    while stack:
        here, is_left = stack.pop()
        if not is_left:
            stack.append((here, True))
            stack.extend((inner, False) for inner in here.lanes)
            continue
        inner_lanes = [done[id(inner)] for inner in here.lanes]
        if not inner_lanes:
            done[id(here)] = here
        elif not here.elements and len(inner_lanes) == 1:
            done[id(here)] = inner_lanes[0]
        else:
            own = [LaneTree(here.actor, here.elements)] if here.elements else []
            done[id(here)] = LaneTree(here.actor, [], own + inner_lanes)
    return done[id(lane)]
