"""Which handovers lie on the control flow, and which are information beside it."""

from __future__ import annotations

from collections.abc import Iterable

from ankunft_model.graph.participation.normal_form import JOINS, SPLITS, NormalForm
from ankunft_model.model import Handover


def handovers_on_flows(form: NormalForm, handovers: Iterable[Handover]) -> dict[str, tuple[Handover, ...]]:
    """Return the handovers that lie on each flow: control goes from their sender to their receiver over it.

    Between sender and receiver are gateways only. Handovers over which nothing passes lie nowhere.
    """
    of_element: dict[str, list[str]] = {}
    for node in form.nodes.values():
        if node.element is not None:
            of_element.setdefault(node.element.id, []).append(node.id)
    found: dict[str, list[Handover]] = {}
    forward_of: dict[str, dict[str, None]] = {}
    for handover in handovers:
        senders = of_element.get(handover.from_node or "", [])
        receivers = of_element.get(handover.to_node or "", [])
        if handover.channel == () or not senders or not receivers:
            continue
        if senders[0] not in forward_of:  # the first is of no other element
            forward_of[senders[0]] = _flows(form, senders, is_forward=True)
        forward = forward_of[senders[0]]
        if not any(form.flows[flow].target in receivers for flow in forward):
            continue
        backward = _flows(form, receivers, is_forward=False)
        for flow in forward:
            if flow in backward:
                found.setdefault(flow, []).append(handover)
    return {flow: tuple(lying) for flow, lying in found.items()}


def _flows(form: NormalForm, nodes: Iterable[str], *, is_forward: bool) -> dict[str, None]:
    """Return the flows that are reached from `nodes` over gateways only, in the order in which they are found."""
    next_flows = form.outgoing if is_forward else form.incoming
    found: dict[str, None] = {}
    stack = list(nodes)
    seen = set(stack)
    while stack:
        for flow in next_flows[stack.pop()]:
            found.setdefault(flow)
            ends = form.flows[flow]
            next_ = ends.target if is_forward else ends.source
            kind = form.nodes[next_].kind
            if next_ not in seen and (kind in SPLITS or kind in JOINS):
                seen.add(next_)
                stack.append(next_)
    return found
