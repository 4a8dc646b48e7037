"""How the nodes of one process or sub-process of a file follow each other, in the words of a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange import words
from ankunft_model.interchange.file_index import name_of, one_line
from ankunft_model.interchange.understood import Added, Understanding
from ankunft_model.interchange.words import bpmn

_CONDITION: Final = bpmn("conditionExpression")
_AFTER_ANY: Final = ("catch", "receive")
"""What may follow an event-based gateway."""
_LINK: Final = bpmn("linkEventDefinition")


def connect(
    found: Understanding,
    nodes: dict[str, Any],
    elements: dict[str, Node],
    flows: list[Node],
    new_id: Callable[[str], str],
    own_ids: Mapping[str, str],
) -> None:
    """Put flows, hosts of boundary events, and the starts and ends that the file leaves out into `nodes`.

    Args:
        found: What is understood so far.
        nodes: The nodes of the scope, in the shape of a model's file.
        elements: Their elements.
        flows: The sequence flows of the scope.
        new_id: Gives an id to a node that is put in.
        own_ids: The id of each of these nodes by the id that its element has in the file, where that leads to it.
    """
    scope_ids: dict[Node | None, str] = {element: id_ for id_, element in elements.items()}
    _attach(found, nodes, elements, scope_ids)
    type_of = {id_: plain.get("type", "task") for id_, plain in nodes.items()}
    next_of = _following(found, elements, flows, own_ids, scope_ids, type_of)
    reached_by_links: set[str] = set()
    for source, target in _links(elements, nodes):
        if not next_of[source]:
            next_of[source].append((target, None))
        reached_by_links.add(target)
    end: str | None = None
    for id_, following in next_of.items():
        if not following and type_of[id_] != "end":
            if end is None:
                end = new_id("end")
            following.append((end, None))
            found.added.append(Added("end", elements[id_].get("id") or ""))
    _say_next(found, nodes, elements, next_of, type_of)
    if elements and "start" not in type_of.values():
        reached = reached_by_links.union(target for following in next_of.values() for target, _ in following)
        first = [id_ for id_ in elements if id_ not in reached and type_of[id_] != "boundary"]
        begins = first or [next(iter(elements))]
        if not all(type_of[id_] == "boundary" for id_ in begins):
            nodes[new_id("start")] = {"type": "start", "next": begins[0] if len(begins) == 1 else begins}
            found.added += [Added("start", elements[id_].get("id") or "") for id_ in begins]
    if end is not None:
        nodes[end] = {"type": "end"}


def _following(
    found: Understanding,
    elements: dict[str, Node],
    flows: list[Node],
    own_ids: Mapping[str, str],
    scope_ids: Mapping[Node | None, str],
    type_of: Mapping[str, str],
) -> dict[str, list[tuple[str, Node | None]]]:
    """Return what follows each node by a flow, with the flow; flows that a model does not allow are left out."""
    never_left = {id_ for id_, type_ in type_of.items() if type_ == "end"}
    never_entered = {id_ for id_, type_ in type_of.items() if type_ in ("start", "boundary")}
    next_of: dict[str, list[tuple[str, Node | None]]] = {id_: [] for id_ in elements}
    element_at, id_at = found.index.target, own_ids.get
    for flow in flows:
        source, target = id_at(flow.get("sourceRef") or ""), id_at(flow.get("targetRef") or "")
        if source is None:
            source = scope_ids.get(element_at(flow, flow.get("sourceRef")))
        if target is None:
            target = scope_ids.get(element_at(flow, flow.get("targetRef")))
        if source is not None and target is not None and source not in never_left and target not in never_entered:
            next_of[source].append((target, flow))
    return next_of


def _say_next(
    found: Understanding,
    nodes: dict[str, Any],
    elements: dict[str, Node],
    next_of: Mapping[str, list[tuple[str, Node | None]]],
    type_of: dict[str, str],
) -> None:
    """Put into each node which nodes follow, by which flows."""
    flows_of = found.flows_of
    for id_, following in next_of.items():
        if len(following) == 1:
            target, flow = following[0]
            flows_of[id_] = [flow]
            if (
                flow is not None
                and flow.get("name") is None
                and not len(flow)
                and (own := flow.get("id"))
                and type_of[id_] != "event_based"
                and elements[id_].get("default") is None
            ):  # as at most nodes
                nodes[id_]["next"] = [{"to": target, "bpmn_id": own}]
                continue
        elif not following:
            continue
        else:
            flows_of[id_] = [one for _, one in following]
        nodes[id_]["next"] = _in_words(found, nodes[id_], elements[id_], following, type_of)


def _type(plain: dict[str, Any]) -> str:
    type_: str = plain.get("type", "task")
    return type_


def _attach(
    found: Understanding, nodes: dict[str, Any], elements: dict[str, Node], scope_ids: dict[Node | None, str]
) -> None:
    """Say where boundary events sit; one that sits nowhere is read as an event in the flow."""
    for id_, plain in nodes.items():
        if _type(plain) != "boundary":
            continue
        host = found.index.target(elements[id_], elements[id_].get("attachedToRef"))
        host_id = scope_ids.get(host)
        if host_id is not None and _type(nodes[host_id]) in words.ACTIVITIES:
            plain["attached_to"] = host_id
        else:
            plain["type"] = "catch"
            plain.pop("interrupting", None)


def _links(elements: dict[str, Node], nodes: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the pairs of a throwing link and the catching link of the same name."""
    catching: dict[str, str] = {}
    throwing: list[tuple[str, str]] = []
    for id_, element in elements.items():
        if nodes[id_].get("trigger") != "link":
            continue
        definition = next((child for child in element if child.tag == _LINK), None)
        name = (one_line(definition.get("name")) if definition is not None else None) or nodes[id_].get("name")
        if name is not None and _type(nodes[id_]) == "catch":
            catching.setdefault(name, id_)
        elif name is not None:
            throwing.append((id_, name))
    return [(id_, catching[name]) for id_, name in throwing if name in catching]


def _in_words(
    found: Understanding,
    plain: dict[str, Any],
    element: Node,
    following: list[tuple[str, Node | None]],
    type_of: dict[str, str],
) -> Any:
    """Return `next` of a node; mark the gateway as another one where a model allows it no such targets."""
    type_ = _type(plain)
    if type_ == "event_based" and any(type_of.get(target, "end") not in _AFTER_ANY for target, _ in following):
        plain["type"] = type_ = "exclusive"
        found.added.append(Added("gateway", element.get("id") or ""))
    decides = len(following) > 1 and type_ in ("exclusive", "inclusive")
    default_id = element.get("default")
    default = found.index.target(element, default_id) if default_id else None
    written: list[Any] = []
    for number, (target, flow) in enumerate(following, start=1):
        if flow is None:
            written.append(target)
            continue
        words_of_flow: dict[str, Any] = {"to": target}
        name, condition = name_of(flow), _condition(flow) if len(flow) else None
        if decides or condition is not None:
            answer = name or condition
            if answer is None and flow is not default:
                answer = f"? {number}"
                found.added.append(Added("answer", flow.get("id") or ""))
            if answer is not None:
                words_of_flow["when"] = answer
        elif name is not None:
            words_of_flow["name"] = name
        if flow is default:
            words_of_flow["default"] = True
        own = flow.get("id")
        if own:
            words_of_flow["bpmn_id"] = own
        written.append(words_of_flow if len(words_of_flow) > 1 else target)
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written


def _condition(flow: Node) -> str | None:
    for child in flow:
        if child.tag == _CONDITION:
            return one_line("".join(child.itertext()))
    return None
