"""Flows of a model that lead elsewhere after somebody has changed its diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, clark
from ankunft_model.interchange.plain_model import Plain, flows_of
from ankunft_model.interchange.words import bpmn

_ELEMENT: Final = clark(ANKUNFT, "element")


def references_of(node: Node) -> dict[str, str]:
    """Return which parts of a model an element of ours stands for: id by kind, the last of each."""
    found: dict[str, str] = {}
    for child in node:
        if child.tag == bpmn("extensionElements"):
            for mark in child:
                if mark.tag == _ELEMENT:
                    found[mark.get("kind") or ""] = mark.get("id") or ""
    return found


def own_flows(nodes: Mapping[str, Plain]) -> Iterator[tuple[str, str, Plain]]:
    """Yield the id of each flow of a model, given or made, with its source and itself."""
    for source, node in nodes.items():
        numbers: dict[str, int] = {}
        for flow in flows_of(node):
            base = f"{source}__{flow['to']}"
            numbers[base] = numbers.get(base, 0) + 1
            yield flow.get("id") or (base if numbers[base] == 1 else f"{base}_{numbers[base]}"), source, flow


def last_node_before(target: str, source: str, nodes: Mapping[str, Plain], drawn: frozenset[str]) -> str | None:
    """Return the node that leads to `target` on the way from `source` through nodes that are not drawn, or None."""
    open_nodes = [source]
    seen: set[str] = set()
    while open_nodes:
        here = open_nodes.pop()
        if here in seen or here not in nodes:
            continue
        seen.add(here)
        following = [flow["to"] for flow in flows_of(nodes[here])]
        if target in following:
            return here
        open_nodes += [one for one in reversed(following) if one not in drawn]
    return None


def lead_elsewhere(
    source: str,
    node: Plain,
    gone: list[str],
    come: list[str],
    names: dict[str, str | None],
    unclear: list[str],
) -> None:
    """Let a node lead to other nodes; a flow that leads elsewhere keeps its answer, share and delay.

    Args:
        source: Id of the node.
        node: The node in the shape of its file; it is changed.
        gone: Nodes that follow no more.
        come: Nodes that follow now; as many as are gone take their flows.
        names: Names of the flows in the diagram, by target.
        unclear: Takes what is gone and was no flow of the model.
    """
    if node.get("type") == "end" and come:
        node.pop("type")
    flows = flows_of(node)
    for target in gone:
        place = next((place for place, flow in enumerate(flows) if flow["to"] == target), None)
        if place is None:
            unclear.append(f"{source} → {target}")
        elif come:
            flows[place] = {**flows[place], "to": come.pop(0)}
            flows[place].pop("id", None)
        else:
            del flows[place]
    decides = node.get("type") in ("exclusive", "inclusive")
    for target in come:
        flow: Plain = {"to": target}
        name = names.get(target)
        if name is not None:
            flow["when" if decides else "name"] = name
        flows.append(flow)
    if len(flows) != len(flows_of(node)):
        for flow in flows:
            flow.pop("share", None)  # the shares of other ways say nothing about these
    if decides and len(flows) > 1:
        for number, flow in enumerate(flows, start=1):
            if "when" not in flow and not flow.get("default"):
                flow["when"] = f"? {number}"
    if flows:
        node["next"] = short_flows(flows)
    else:
        node.pop("next", None)


def short_flows(flows: list[Plain]) -> Any:
    """Return flows in the shape of the file."""
    written = [flow["to"] if len(flow) == 1 else flow for flow in flows]
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written
