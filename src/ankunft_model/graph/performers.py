"""Who performs a node: the stated actor, or the default of FIELDS for events and gateways."""

from __future__ import annotations

from ankunft_model.graph.workflow_graph import WorkflowGraph
from ankunft_model.model import Activity, Event


def find_performers(graph: WorkflowGraph) -> tuple[str | None, ...]:
    """Return the id of the performing actor of each node, or None where nobody is known to perform it.

    A start event without actor belongs to the node after it, a boundary event to its host, any other event or
    gateway to the node before it. A step without actor has none.
    """
    return tuple(_performer(graph, node) for node in range(len(graph.nodes)))


def _performer(graph: WorkflowGraph, node: int) -> str | None:
    seen: set[int] = set()
    here = node
    while here not in seen:
        seen.add(here)
        element = graph.nodes[here]
        if element.actor is not None:
            return None if element.actor == "none" else element.actor
        if isinstance(element, Activity):
            return None
        if isinstance(element, Event) and element.type == "boundary" and element.attached_to is not None:
            here = graph.index_of[element.attached_to]
        elif graph.is_start(here):
            if not graph.outgoing[here]:
                return None
            here = graph.target[graph.outgoing[here][0]]
        elif graph.incoming[here]:
            here = graph.source[graph.incoming[here][0]]
        else:
            return None
    return None
