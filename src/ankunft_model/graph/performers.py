"""Who performs a node: the stated actor, or the default of FIELDS for events and gateways."""

from __future__ import annotations

from ankunft_model.graph.workflow_graph import WorkflowGraph
from ankunft_model.model import Activity, Event


def find_performers(graph: WorkflowGraph) -> tuple[str | None, ...]:
    """Return the id of the performing actor of each node, or None where nobody is known to perform it.

    A start event without actor belongs to the node after it, a boundary event to its host, any other event or
    gateway to the node before it. A step without actor has none.
    """
    return tuple(_performer(graph, node)[0] for node in range(len(graph.nodes)))


def find_unnamed_performers(graph: WorkflowGraph) -> tuple[int, ...]:
    """Return for each node the node whose `actor`, if stated, would say who performs it; -1: that is settled.

    It is settled where an actor is named, and where it is stated that nobody performs the node (`none`).
    """
    return tuple(_performer(graph, node)[1] for node in range(len(graph.nodes)))


def _performer(graph: WorkflowGraph, node: int) -> tuple[str | None, int]:
    """Return the performer of a node, and the node that leaves it open or -1."""
    stated = graph.nodes[node].actor
    if stated is not None:
        return (None if stated == "none" else stated), -1
    seen: set[int] = set()
    here = node
    while here not in seen:
        seen.add(here)
        element = graph.nodes[here]
        if element.actor is not None:
            return (None if element.actor == "none" else element.actor), -1
        if isinstance(element, Activity):
            return None, here
        if isinstance(element, Event) and element.type == "boundary" and element.attached_to is not None:
            here = graph.index_of[element.attached_to]
        elif graph.is_start(here):
            if not graph.outgoing[here]:
                break
            here = graph.target[graph.outgoing[here][0]]
        elif graph.incoming[here]:
            here = graph.source[graph.incoming[here][0]]
        else:
            break
    return None, node
