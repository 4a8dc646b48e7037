"""Sub-processes: one of a single organisation stays whole; the parts of others are put into the flow around them."""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.blocks import find_blocks
from ankunft_model.graph.participation.normal_form import (
    Kind,
    NormalForm,
    NormalFormBuilder,
    NormalNode,
    flow_ids,
    normalise_nodes,
    senders_beside_the_flow,
)
from ankunft_model.graph.participation.terminating_ends import is_terminating, stops_nothing
from ankunft_model.model import AnyNode, ArrivalModel, Event, Process, SubProcess


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


def without_shared_sub_processes(
    model: ArrivalModel, process: Process, whole: frozenset[str] = frozenset()
) -> NormalForm:
    """Return the normal form in which sub-processes of several organisations have given way to their content.

    So has one across whose border something is waited for. One that cannot, because it is interrupted or watched as a
    whole, begins in several ways or ends in a special one, stays whole in the hands of its actor, or of who acts first
    in it; so do those of `whole`.
    """
    ids = flow_ids(process)
    form = normalise_nodes(process.id, tuple(process.nodes.values()), ids, senders_beside_the_flow(model))
    looked_at: set[str] = set()
    while True:
        shared = next(
            (
                node
                for node in form.nodes.values()
                if node.id not in looked_at
                and node.kind == "step"
                and (_is_shared(model, node) or _is_waited_across(model, node))
            ),
            None,
        )
        if shared is None:
            return form
        looked_at.add(shared.id)
        inside = None if shared.id in whole else _inside_to_splice(form, shared, ids)
        form = _held(form, shared) if inside is None else _spliced(form, shared, inside)


def held_sub_processes(model: ArrivalModel, form: NormalForm) -> tuple[SubProcess, ...]:
    """Return the sub-processes of several organisations that stay whole in one hand."""
    return tuple(
        node.element
        for node in form.nodes.values()
        if node.kind == "step" and isinstance(node.element, SubProcess) and _is_shared(model, node)
    )


def shared_sub_processes(model: ArrivalModel, process: Process) -> tuple[str, ...]:
    """Return the ids of the outermost sub-processes of several organisations."""
    return tuple(
        node.id
        for node in process.nodes.values()
        if isinstance(node, SubProcess) and len(owners_inside(model, node)) > 1
    )


def _is_shared(model: ArrivalModel, node: NormalNode) -> bool:
    return isinstance(node.element, SubProcess) and len(owners_inside(model, node.element)) > 1


def _is_waited_across(model: ArrivalModel, node: NormalNode) -> bool:
    """Return whether a handover that leads into a sub-process, or out of it, is waited for."""
    if not isinstance(node.element, SubProcess):
        return False
    inside: set[str] = set()
    stack = [node.element]
    while stack:
        for inner in stack.pop().nodes.values():
            inside.add(inner.id)
            if isinstance(inner, SubProcess):
                stack.append(inner)
    return any(
        handover.waits and not handover.triggers and (handover.from_node in inside) != (handover.to_node in inside)
        for handover in model.handovers.values()
    )


def _held(form: NormalForm, node: NormalNode) -> NormalForm:
    """Return `form` in which the sub-process, with what sits on its border, belongs to one actor."""
    assert isinstance(node.element, SubProcess)
    actor = node.actor or _first_actor(node.element)
    builder = NormalFormBuilder.of(form)
    for other in form.nodes.values():
        if other.element is node.element and other.actor is None:
            builder.nodes[other.id] = replace(other, actor=actor)
    return builder.build()


def _first_actor(node: SubProcess) -> str | None:
    """Return the actor that is named first inside a sub-process."""
    stack: list[AnyNode] = [node]
    while stack:
        here = stack.pop()
        if here.actor is not None and here.actor != "none":
            return here.actor
        if isinstance(here, SubProcess):
            stack.extend(reversed(list(here.nodes.values())))
    return None


def _inside_to_splice(form: NormalForm, node: NormalNode, ids: dict[tuple[str, int], str]) -> NormalForm | None:
    """Return the content of a sub-process if it can take the place of the whole."""
    assert isinstance(node.element, SubProcess)
    inside = normalise_nodes(node.id, tuple(node.element.nodes.values()), ids, form.kept)
    has_boundary = any(other.kind in ("boundary_split", "spawn") and other.element is node.element
                       for other in form.nodes.values())  # fmt: skip
    ends = [end for end in inside.nodes.values() if end.kind == "end"]
    is_plain = all(
        isinstance(end.element, Event) and end.element.trigger in (None, "terminate") for end in ends
    ) and _stops_nothing(inside)
    return inside if not has_boundary and len(inside.starts) == 1 and ends and is_plain else None


def _stops_nothing(inside: NormalForm) -> bool:
    """Return whether the content has no end that would stop what else is at work in it."""
    if not any(is_terminating(node) for node in inside.nodes.values()):
        return True
    try:
        return stops_nothing(find_blocks(inside))
    except ExportError:
        return False


def _spliced(form: NormalForm, node: NormalNode, inside: NormalForm) -> NormalForm:
    """Return `form` with the content of a sub-process in its place.

    The sub-process is over when nothing in it is at work any more: where its branches or side threads end apart, what
    comes behind waits for all of them, with an inclusive join.
    """
    builder = NormalFormBuilder.of(form)
    (entry,), (out,) = form.incoming[node.id], form.outgoing[node.id]
    del builder.nodes[node.id]
    (start,) = inside.starts
    last: list[str] = []
    for inner in inside.nodes.values():
        is_left_out = inner.kind in ("start", "end")
        if not is_left_out or inner.id in form.kept:
            builder.nodes[inner.id] = replace(inner, kind="exclusive_join") if is_left_out else inner
    builder.sides.update(inside.sides)
    builder.flows.update(inside.flows)
    if start in form.kept:
        builder.retarget(entry, start)
    else:
        first = inside.only_out(start)
        builder.retarget(entry, builder.flows.pop(first).target)
    for end in (end.id for end in inside.nodes.values() if end.kind == "end"):
        if end in form.kept:
            last.append(builder.add_flow(end, form.flows[out].target))
        else:
            (before,) = inside.incoming[end]
            last.append(before if before in builder.flows else entry)
    is_kept = node.id in form.kept
    if len(last) > 1 or is_kept:
        is_apart = any(inner.kind in ("parallel_split", "inclusive_split", "spawn") for inner in inside.nodes.values())
        kind: Kind = "inclusive_join" if len(last) > 1 and is_apart else "exclusive_join"
        merge = NormalNode(node.id, kind, node.element) if is_kept else NormalNode(f"{node.id}.end", kind)
        merged = builder.add_node(merge)
        builder.flows[out] = replace(builder.flows[out], source=merged)
        for flow in last:
            builder.retarget(flow, merged)
    elif last:
        builder.retarget(last[0], builder.flows.pop(out).target)
    return builder.build()
