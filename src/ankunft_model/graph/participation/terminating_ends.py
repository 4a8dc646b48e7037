"""Ends that stop whatever is still at work in the process: when there is nothing to stop, and when one pool can do it.

A message takes its time, so no organisation can stop another one at once. An end that terminates is therefore right in
pools only where nothing else can be at work when it is reached (then it is an end like any other), or where all that
can be is work of the same organisation in the same instance, which BPMN stops with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.normal_form import NormalForm, NormalFormBuilder, NormalNode
from ankunft_model.graph.participation.parted_blocks import tangled
from ankunft_model.model import Event
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.graph.participation.blocks import BlockStructure
    from ankunft_model.graph.participation.owners import Ownership
    from ankunft_model.graph.participation.threads import PoolThreads


def is_terminating(node: NormalNode) -> bool:
    """Return whether the node is an end that stops what is still at work."""
    return node.kind == "end" and isinstance(node.element, Event) and node.element.trigger == "terminate"


def stopped_by(structure: BlockStructure, end: str) -> dict[str, tuple[str, ...]]:
    """Return what can be at work when `end` is reached: ids of nodes, by the split or spawn that began them."""
    form = structure.form
    found: dict[str, tuple[str, ...]] = {}
    around: set[str] = set()
    branch = structure.branch_of[end]
    while branch in structure.block_of_branch or branch in structure.spawn_of_side:
        around.add(branch)
        split = form.flows[branch].source
        beside = [other for other in form.outgoing[split] if other != branch]
        found[split] = _nodes_from(structure, beside)
        branch = structure.enclosing(branch)
    for side, spawn in structure.spawn_of_side.items():
        if side not in around and end in _reached(form, (form.only_out(spawn),)):
            found[spawn] = (*found.get(spawn, ()), *_nodes_from(structure, (side,)))
    return {split: nodes for split, nodes in found.items() if nodes}


def check_terminating_ends(ownership: Ownership, threads: Iterable[PoolThreads]) -> None:
    """Refuse ends that would have to stop other organisations at work, or an earlier instance of their own.

    Raises:
        ExportError: naming the end and the work.
    """
    form = ownership.structure.form
    for end, nodes, _ in _stopped_elsewhere(ownership, threads):
        raise stops_others(form.nodes[end], [form.nodes[node] for node in nodes])


def held_by_terminating_ends(form: NormalForm, ownership: Ownership, threads: Iterable[PoolThreads]) -> NormalForm:
    """Return `form` in which what a terminating end would have to stop elsewhere is held by the end's organisation.

    Where nothing more can be held, it is `form` itself.
    """
    builder = NormalFormBuilder.of(form)
    structured = ownership.structure.form
    for end, _, moving in _stopped_elsewhere(ownership, threads):
        holder = ownership.owner_of[end]
        elements = {node.element.id for id_ in moving if (node := structured.nodes[id_]).element is not None}
        hosts = {host for id_ in moving if (host := _host(structured.nodes[id_])) is not None}
        for node in form.nodes.values():
            is_moved = node.id in moving or (node.element is not None and node.element.id in elements | hosts)
            if (is_moved or _host(node) in elements | hosts) and node.held_by is None:
                builder.nodes[node.id] = replace(node, held_by=holder)
    return builder.build() if builder.nodes != form.nodes else form


def _host(node: NormalNode) -> str | None:
    return node.element.attached_to if isinstance(node.element, Event) else None


def _stopped_elsewhere(
    ownership: Ownership, threads: Iterable[PoolThreads]
) -> Iterator[tuple[str, tuple[str, ...], frozenset[str]]]:
    """Yield the ends that would stop what is not in their instance: each with the work, and all that would have to be.

    That is what can be at work, where it began, and the way from there to the end.
    """
    structure, owner_of = ownership.structure, ownership.owner_of
    form = structure.form
    of = {found.pool: found for found in threads}
    for end in (node.id for node in form.nodes.values() if is_terminating(node)):
        owner = owner_of[end]
        for split, nodes in stopped_by(structure, end).items():
            behind = _reached(form, form.outgoing[split])
            leading = form.nodes_before((end,)) & behind
            others = tuple(node for node in nodes if owner_of[node] != owner)
            # the token that comes to the end is another one than that of the work, if the pool began anew in between
            left = set(structure.branches_around(split)) - set(structure.branches_around(end))
            begins_anew = not left.isdisjoint(of[owner].scattered) or any(
                form.flows[entry].source in behind and form.flows[entry].target in leading
                for entry in of[owner].starting_entries
            )
            if others or owner_of[split] != owner:
                yield end, others or (split,), frozenset((split, *nodes))
            elif begins_anew:
                yield end, nodes, frozenset((split, *nodes, *leading))


def stops_others(end: NormalNode, at_work: Iterable[NormalNode]) -> ExportError:
    """Return the refusal of an end that would have to stop work elsewhere at once."""
    at_work = tuple(at_work)
    doing = [node for node in at_work if node.kind in ("step", "event")]
    return tangled(
        (end, *(doing or at_work)),
        Wording(
            de="ein abbrechendes Ende müsste andere sofort mitten in der Arbeit anhalten, das kann keine Nachricht; "
            "sie täten nach dem Ende noch etwas",
            en="a terminating end would have to stop others at work at once, which no message can do; "
            "they would still do something after the end",
        ),
    )


def stops_nothing(structure: BlockStructure) -> bool:
    """Return whether every terminating end is an end like any other: nothing else can be at work then."""
    return not any(stopped_by(structure, node.id) for node in structure.form.nodes.values() if is_terminating(node))


def _nodes_from(structure: BlockStructure, flows: Iterable[str]) -> tuple[str, ...]:
    """Return the nodes that only these flows lead to, or that they reach where they go on beside a side thread."""
    form = structure.form
    found: dict[str, None] = {}
    for flow in flows:
        is_branch = flow in structure.block_of_branch or flow in structure.spawn_of_side
        nodes = structure.dominance.dominated_by(flow) if is_branch else sorted(_reached(form, (flow,)))
        found.update(dict.fromkeys(node for node in nodes if node in form.nodes))
    return tuple(found)


def _reached(form: NormalForm, flows: Iterable[str]) -> set[str]:
    """Return the nodes that can be reached on the flows."""
    stack = [form.flows[flow].target for flow in flows]
    found = set(stack)
    while stack:
        for flow in form.outgoing[stack.pop()]:
            target = form.flows[flow].target
            if target not in found:
                found.add(target)
                stack.append(target)
    return found
