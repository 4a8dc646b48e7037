"""Steps that somebody has put into another pool, and what the modelling tool then did to their lines by itself.

No sequence flow may leave a pool and no message flow may stay in one. So when an element changes pools, a tool turns
the one into the other under a new id, or deletes it where neither is allowed. Nobody has drawn that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange.drawn_flows import references_of
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn


@dataclass(frozen=True, slots=True)
class Moves:
    """What has changed pools, and which lines only look otherwise because of that.

    Attributes:
        nodes: Nodes of the model that lie in another pool.
        as_messages: Ids of message flows that stand for the sequence flow that was there.
        as_sequence: Ids of sequence flows that stand for the message of a flow of the model that was there.
        within: Ids of sequence flows that stand for a message which nobody waits for; they say nothing of the order.
    """

    nodes: frozenset[str] = frozenset()
    as_messages: frozenset[str] = frozenset()
    as_sequence: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()


def find_moves(before: Understanding, after: Understanding, node_of: Mapping[str, str]) -> Moves:
    """Return what lies in another pool in `after` than in `before`.

    Args:
        before: The diagram as it was written.
        after: The diagram as it came back.
        node_of: The node of the model that an element stands for, by the element's id.
    """
    pools = _pools(before)
    moved = {id_ for id_, pool in _pools(after).items() if pools.get(id_, pool) != pool}
    if not moved:
        return Moves()
    was_sequence = {_ends(flow): flow for flow in before.document.root.iter(bpmn("sequenceFlow"))}
    was_message = {_ends(flow): flow for flow in before.document.root.iter(bpmn("messageFlow"))}
    known = {flow.get("id") for flows in (was_sequence, was_message) for flow in flows.values()}
    as_messages: set[str] = set()
    as_sequence: set[str] = set()
    within: set[str] = set()
    for tag in ("messageFlow", "sequenceFlow"):
        for flow in after.document.root.iter(bpmn(tag)):
            ends, id_ = _ends(flow), flow.get("id") or ""
            if id_ in known or moved.isdisjoint(ends):
                continue
            if tag == "messageFlow" and ends in was_sequence:
                as_messages.add(id_)
            elif tag == "sequenceFlow" and ends in was_message:
                (as_sequence if "flow" in references_of(was_message[ends]) else within).add(id_)
    nodes = frozenset(node_of[id_] for id_ in moved if id_ in node_of)
    return Moves(nodes, frozenset(as_messages), frozenset(as_sequence), frozenset(within))


def _pools(understood: Understanding) -> dict[str, str]:
    """Return the process, one for each pool, in which each flow node lies, by id."""
    found: dict[str, str] = {}
    for process in understood.document.root.iter(bpmn("process")):
        for node in process.iter():
            id_ = node.get("id") if isinstance(node.tag, str) else None
            if id_ is not None and id_ in understood.index.element_of_id:
                found[id_] = process.get("id") or ""
    return found


def _ends(flow: Node) -> tuple[str, str]:
    return flow.get("sourceRef") or "", flow.get("targetRef") or ""


def process_of(element: Node) -> str | None:
    """Return the process of the model that the pool of an element belongs to; None for a pool drawn by hand."""
    around: Node | None = element
    while around is not None and around.tag != bpmn("process"):
        around = around.getparent()
    return None if around is None else references_of(around).get("process")
