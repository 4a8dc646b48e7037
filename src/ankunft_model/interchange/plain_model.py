"""A model in the shape of its file, as reading and writing of BPMN look at it: entries, nodes, flows, handovers."""

from __future__ import annotations

from typing import Any, NamedTuple

from ankunft_model.model.plain import is_mapping, is_sequence

Plain = dict[str, Any]
Flows = dict[str, list[Plain]]
"""The flows of each node, in their order, none abbreviated."""


class PlacedNode(NamedTuple):
    """A node, and the id of the process or sub-process that holds it."""

    scope: str
    node: Plain


def entries_of(plain: Plain, registry: str) -> dict[str, Plain]:
    """Return the entries of a registry by id; none where it is not stated or stated to be empty."""
    found = plain.get(registry)
    return found if is_mapping(found) else {}


def nodes_in(plain: Plain) -> dict[str, PlacedNode]:
    """Return all nodes of a model by id, in no order that matters."""
    found: dict[str, PlacedNode] = {}
    for process_id, process in entries_of(plain, "processes").items():
        open_scopes: list[tuple[str, Plain]] = [(process_id, entries_of(process, "nodes"))]
        while open_scopes:
            scope, nodes = open_scopes.pop()
            for id_, node in nodes.items():
                found[id_] = PlacedNode(scope, node)
                if "nodes" in node:
                    open_scopes.append((id_, entries_of(node, "nodes")))
    return found


def flows_in(nodes: dict[str, PlacedNode]) -> Flows:
    """Return the flows of all nodes, abbreviated ones in full."""
    return {id_: flows_of(placed.node) for id_, placed in nodes.items()}


def flows_of(node: Plain) -> list[Plain]:
    """Return the flows that leave a node, abbreviated ones in full.

    Example:
        >>> flows_of({"next": ["a", {"to": "b", "when": "ja"}]})
        [{'to': 'a'}, {'to': 'b', 'when': 'ja'}]
    """
    following: Any = node.get("next", ())
    listed = following if is_sequence(following) else (following,)
    return [flow if is_mapping(flow) else {"to": flow} for flow in listed]


def handovers_in(plain: Plain) -> dict[str, Plain]:
    """Return all handovers of a model by id."""
    found: dict[str, Plain] = {}
    for process in entries_of(plain, "processes").values():
        handovers: Any = process.get("handovers")
        if is_sequence(handovers):
            found.update((handover["id"], handover) for handover in handovers)
    return found


def shown_text(text: object) -> str | None:
    """Return a text, in German where there are several languages; None for none.

    Example:
        >>> shown_text({"en": "Ask", "de": "Fragen"})
        'Fragen'
    """
    if is_mapping(text):
        shown = text.get("de") or next(iter(text.values()), None)
        return None if shown is None else str(shown)
    return text if isinstance(text, str) else None
