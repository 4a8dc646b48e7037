"""Sub-processes: one of a single organisation stays whole; the parts of others are put into the flow around them."""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.normal_form import (
    NormalForm,
    NormalFormBuilder,
    NormalNode,
    flow_ids,
    normalise_nodes,
)
from ankunft_model.model import AnyNode, ArrivalModel, Event, Process, SubProcess
from ankunft_model.wording import Wording


def owners_inside(model: ArrivalModel, node: SubProcess) -> set[str]:
    """Return the organisations that act inside a sub-process, its own actor included."""
    found: set[str] = set()
    stack: list[AnyNode] = [node]
    while stack:
        here = stack.pop()
        if here.actor is not None and here.actor != "none":
            found.add(model.top_actor(here.actor).id)
        if isinstance(here, SubProcess):
            stack.extend(here.nodes.values())
    return found


def without_shared_sub_processes(model: ArrivalModel, process: Process) -> NormalForm:
    """Return the normal form in which sub-processes of several organisations have given way to their content.

    Raises:
        ExportError: such a sub-process cannot be replaced by its content.
    """
    ids = flow_ids(process)
    form = normalise_nodes(process.id, tuple(process.nodes.values()), ids)
    while True:
        shared = next(
            (
                node
                for node in form.nodes.values()
                if node.kind == "step"
                and isinstance(node.element, SubProcess)
                and len(owners_inside(model, node.element)) > 1
            ),
            None,
        )
        if shared is None:
            return form
        form = _spliced(form, shared, ids)


def _spliced(form: NormalForm, node: NormalNode, ids: dict[tuple[str, int], str]) -> NormalForm:
    assert isinstance(node.element, SubProcess)
    inside = normalise_nodes(node.id, tuple(node.element.nodes.values()), ids)
    has_boundary = any(other.kind in ("boundary_split", "spawn") and other.element is node.element
                       for other in form.nodes.values())  # fmt: skip
    ends = [end for end in inside.nodes.values() if end.kind == "end"]
    is_plain = all(isinstance(end.element, Event) and end.element.trigger is None for end in ends)
    if has_boundary or len(inside.starts) != 1 or not ends or not is_plain:
        raise ExportError(
            Wording(
                de=f"Der Teilprozess „{node.id}“ gehört mehreren Organisationen und hat angeheftete Ereignisse, "
                "mehrere Starts oder besondere Enden. Nutzen Sie die Wegansicht (view: journey) oder geben Sie ihn "
                "einer Organisation.",
                en=f"sub-process {node.id!r} belongs to several organisations and has boundary events, several "
                "starts or special ends; use the journey view or give it to one organisation",
            ),
            element_id=node.id,
        )
    builder = NormalFormBuilder.of(form)
    (entry,), (out,) = form.incoming[node.id], form.outgoing[node.id]
    del builder.nodes[node.id]
    (start,) = inside.starts
    first = inside.only_out(start)
    left_out = {start, *(end.id for end in ends)}
    for inner in inside.nodes.values():
        if inner.id not in left_out:
            builder.nodes[inner.id] = inner
    builder.sides.update(inside.sides)
    builder.retarget(entry, inside.flows[first].target)
    last = [flow.id for flow in inside.flows.values() if flow.target in left_out]
    for flow in inside.flows.values():
        if flow.source not in left_out:
            builder.flows[flow.id] = flow
    if inside.flows[first].target in left_out:
        builder.retarget(entry, form.flows[out].target)
        del builder.flows[out]
    elif len(last) == 1:
        builder.retarget(last[0], form.flows[out].target)
        del builder.flows[out]
    else:
        merge = builder.add_node(NormalNode(f"{node.id}.end", "exclusive_join"))
        builder.flows[out] = replace(builder.flows[out], source=merge)
        for flow_id in last:
            builder.retarget(flow_id, merge)
    return builder.build()
