"""Who follows whom in a diagram of ours, seen through the elements that only make its pools fit together."""

from __future__ import annotations

from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, clark
from ankunft_model.interchange.file_index import name_of
from ankunft_model.interchange.plain_model import Plain, flows_of
from ankunft_model.interchange.understood import Understanding
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


def followers(understood: Understanding, node_of: dict[str, str]) -> dict[str, dict[str, str | None]]:
    """Return the nodes that follow each node, with the name of the flow, looking through elements of no node."""
    edges: dict[str, list[tuple[str, str | None]]] = {}
    root = understood.document.root
    for tag in ("sequenceFlow", "messageFlow"):
        for flow in root.iter(bpmn(tag)):
            if tag == "messageFlow" and "flow" not in references_of(flow):
                continue
            source, target = (understood.index.target(flow, flow.get(key)) for key in ("sourceRef", "targetRef"))
            if source is not None and target is not None:
                name = name_of(flow) if tag == "sequenceFlow" else None
                edges.setdefault(source.get("id") or "", []).append((target.get("id") or "", name))
    found: dict[str, dict[str, str | None]] = {}
    for element, node in node_of.items():
        followers = found.setdefault(node, {})
        open_elements = list(reversed(edges.get(element, ())))
        seen: set[str] = set()
        while open_elements:
            here, name = open_elements.pop()
            if here in node_of:
                followers.setdefault(node_of[here], name)
            elif here not in seen:
                seen.add(here)
                open_elements += reversed([(target, name or other) for target, other in edges.get(here, ())])
    return found


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
