"""Ends that stop whatever is still at work in the process: when there is nothing to stop, and when one pool can do it.

A message takes its time, so no organisation can stop another one at once. An end that terminates is therefore right in
pools only where nothing else can be at work when it is reached (then it is an end like any other), or where all that
can be is work of the same organisation in the same instance, which BPMN stops with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.parted_blocks import tangled
from ankunft_model.model import Event
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankunft_model.graph.participation.blocks import BlockStructure
    from ankunft_model.graph.participation.normal_form import NormalForm, NormalNode
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
    structure, owner_of = ownership.structure, ownership.owner_of
    form = structure.form
    ends = [node for node in form.nodes.values() if is_terminating(node)]
    if not ends:
        return
    starting = {found.pool: found.starting_entries for found in threads}
    for end in ends:
        owner = owner_of[end.id]
        for split, nodes in stopped_by(structure, end.id).items():
            others = [form.nodes[node] for node in nodes if owner_of[node] != owner]
            if others or owner_of[split] != owner:
                raise stops_others(end, others or [form.nodes[split]])
            leading = form.nodes_before((end.id,)) & _reached(form, form.outgoing[split])
            if any(form.flows[entry].target in leading for entry in starting.get(owner, ())):
                raise stops_others(end, [form.nodes[node] for node in nodes])


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
