"""Pools and lanes of a file as actors of a model, and which actor each flow node lies with."""

from __future__ import annotations

from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange import words
from ankunft_model.interchange.file_index import FileIndex, Ids, documentation_of, name_of
from ankunft_model.interchange.understood import Organisations
from ankunft_model.interchange.words import bpmn

ACTOR_KIND: Final = "other"
"""A file does not say what kind of body a pool or lane is."""

_LANE_SET: Final = bpmn("laneSet")
_CHILD_LANE_SET: Final = bpmn("childLaneSet")
_LANE: Final = bpmn("lane")
_NODE_REFERENCE: Final = bpmn("flowNodeRef")


def understand_organisations(index: FileIndex, ids: Ids) -> Organisations:
    """Return the actors of the file: participants first, then lanes from top to bottom, each below what holds it."""
    found = Organisations()
    lane_sets: list[tuple[Node, str | None]] = []
    for root in index.document.root:
        if root.tag == bpmn("collaboration"):
            for participant in root:
                if participant.tag == bpmn("participant"):
                    _add_participant(found, index, ids, participant)
    for root in index.document.root:
        if root.tag == bpmn("process"):
            lane_sets += [
                (lane_set, found.actor_of_process.get(_process_around(lane_set))) for lane_set in root.iter(_LANE_SET)
            ]
    for lane_set, above in lane_sets:
        _add_lanes(found, index, ids, lane_set, above)
    return found


def _process_around(node: Node) -> Node:
    around = node.getparent()
    while around is not None and around.tag != bpmn("process"):
        around = around.getparent()
    return node if around is None else around


def _add_participant(found: Organisations, index: FileIndex, ids: Ids, participant: Node) -> None:
    process = index.target(participant, participant.get("processRef"))
    if process is not None and process.tag != bpmn("process"):
        process = None
    name = name_of(participant) or (name_of(process) if process is not None else None)
    actor = _add(found, ids, participant, name or f"{words.POOL.de} {len(found.plain) + 1}", None)
    found.actor_of_participant[participant] = actor
    if process is not None and process not in found.participant_of:
        found.participant_of[process] = participant
        found.actor_of_process[process] = actor


def _add_lanes(found: Organisations, index: FileIndex, ids: Ids, lane_set: Node, above: str | None) -> None:
    open_sets = [(lane_set, above)]
    while open_sets:
        lanes, holder = open_sets.pop()
        inner: list[tuple[Node, str | None]] = []
        for lane in lanes:
            if lane.tag != _LANE:
                continue
            actor = _add(found, ids, lane, name_of(lane) or f"{words.LANE.de} {len(found.plain) + 1}", holder)
            for child in lane:
                if child.tag == _NODE_REFERENCE:
                    node = index.target(child, child.text)
                    if node is not None:
                        found.actor_of_node[node] = actor
                elif child.tag == _CHILD_LANE_SET:
                    inner.append((child, actor))
        open_sets += reversed(inner)


def _add(found: Organisations, ids: Ids, node: Node, name: str, above: str | None) -> str:
    own = node.get("id")
    actor = ids.take(own, name)
    plain: dict[str, Any] = {"name": name, "kind": ACTOR_KIND}
    if above is not None:
        plain["part_of"] = above
    description = documentation_of(node)
    if description is not None:
        plain["description"] = description
    if own and own != actor:
        plain["bpmn_id"] = own
    found.plain[actor] = plain
    found.element_of[actor] = node
    return actor
