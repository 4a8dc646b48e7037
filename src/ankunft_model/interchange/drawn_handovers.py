"""Handovers of a model after somebody has changed the message flows of its diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.interchange.drawn_flows import references_of
from ankunft_model.interchange.drawn_moves import Moves
from ankunft_model.interchange.file_index import Ids, name_of
from ankunft_model.interchange.plain_model import Plain, entries_of, handovers_in, nodes_in
from ankunft_model.interchange.words import bpmn
from ankunft_model.model.plain import is_sequence


def without_handovers(process: Plain, gone: frozenset[str], nodes: frozenset[str] = frozenset()) -> None:
    """Take handovers away from a process: those of these ids, and those from or to these nodes."""
    listed: Any = process.get("handovers")
    if not is_sequence(listed):
        return
    kept = [one for one in listed if one["id"] not in gone and nodes.isdisjoint(_nodes_at_its_ends(one))]
    if len(kept) != len(listed):
        process["handovers"] = kept or "none"


def _nodes_at_its_ends(handover: Plain) -> Iterator[str]:
    """Yield the nodes that a handover leads from and to; an end may be an actor instead."""
    yield from (end for key in ("from", "to") if isinstance(end := handover.get(key), str))


def deleted_handovers(before: Document, after: Document, moves: Moves, node_of: Mapping[str, str]) -> frozenset[str]:
    """Return the handovers whose message flow somebody has deleted.

    One that a tool took away because an end went into another pool is not deleted.
    """
    left = {flow.get("id") for flow in after.root.iter(bpmn("messageFlow"))}
    found: set[str] = set()
    for flow in before.root.iter(bpmn("messageFlow")):
        handover = references_of(flow).get("handover")
        ends = {node_of.get(flow.get(key) or "", "") for key in ("sourceRef", "targetRef")}
        if handover is not None and flow.get("id") not in left and moves.nodes.isdisjoint(ends):
            found.add(handover)
    drawn = {references_of(flow).get("handover") for flow in after.root.iter(bpmn("messageFlow"))}
    return frozenset(one for one in found if one not in drawn)


def told_otherwise(before: Document, after: Document) -> Iterator[str]:
    """Yield the ids of deleted pools and messages that only show what other parts of the file say.

    These are closed pools, messages between two of them, and one of several messages of one handover.
    """
    left = {element.get("id") for tag in _SHOWN for element in after.root.iter(tag)}
    closed = {pool.get("id") for pool in before.root.iter(_POOL) if pool.get("processRef") is None}
    yield from (id_ for pool in before.root.iter(_POOL) if (id_ := pool.get("id") or "") in closed - left)
    still_drawn = {references_of(flow).get("handover") for flow in before.root.iter(_MESSAGE) if flow.get("id") in left}
    for flow in before.root.iter(_MESSAGE):
        ends = {flow.get("sourceRef"), flow.get("targetRef")}
        if flow.get("id") in left or not ends & closed <= left:
            continue
        handover = references_of(flow).get("handover")
        if (handover is None and ends <= closed) or (handover is not None and handover in still_drawn):
            yield flow.get("id") or ""


_POOL: Final = bpmn("participant")
_MESSAGE: Final = bpmn("messageFlow")
_SHOWN: Final = (_POOL, _MESSAGE)


def add_handovers(
    plain: Plain, before: Document, after: Document, moves: Moves, node_of: Mapping[str, str], unclear: list[str]
) -> None:
    """Add handovers for new messages between nodes.

    Args:
        plain: The model in the shape of its file; it is changed.
        before: The diagram as it was written.
        after: The diagram as it came back.
        moves: What has changed pools.
        node_of: The node of the model that an element stands for, by the element's id.
        unclear: Takes the ids of messages that lead from or to no node.
    """
    ids = Ids()
    for id_ in handovers_in(plain):
        ids.take(id_)
    old = {element.get("id") for element in before.root.iter(bpmn("messageFlow"))}
    process_of = {
        node: process
        for process in entries_of(plain, "processes").values()
        for node in nodes_in({"processes": {"p": process}})
    }
    for element in after.root.iter(bpmn("messageFlow")):
        if element.get("id") in old or element.get("id") in moves.as_messages:
            continue
        source, target = (node_of.get(element.get(key) or "") for key in ("sourceRef", "targetRef"))
        if source is None or target is None or source == target or process_of.get(source) is None:
            unclear.append(element.get("id") or "")
            continue
        process = process_of[source]
        if process_of.get(target) is not process:
            unclear.append(element.get("id") or "")
            continue
        listed: Any = process.get("handovers")
        handover = _handover(element, ids, source, target)
        process["handovers"] = [*listed, handover] if is_sequence(listed) else [handover]


def _handover(element: Node, ids: Ids, source: str, target: str) -> Plain:
    handover: Plain = {"id": ids.take(element.get("id")), "from": source, "to": target}
    name = name_of(element)
    if name is not None:
        handover["name"] = name
    if element.get("id") != handover["id"]:
        handover["bpmn_id"] = element.get("id")
    return handover
