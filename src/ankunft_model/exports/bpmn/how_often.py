"""How often nodes act: whether what one leaves is always there when another comes, and whether both act equally often.

Only what the graph says is looked at: whoever decides may decide either way each time.
"""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.graph.participation.blocks import Block, BlockStructure
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalNode


@dataclass(frozen=True, slots=True)
class Parting:
    """The innermost parallel part in which two nodes lie in different branches.

    Attributes:
        block: The part.
        one, other: The first flows of their branches.
    """

    block: Block
    one: str
    other: str


def parting(structure: BlockStructure, one: str, other: str) -> Parting | None:
    """Return where the ways to two nodes part; None where they do not part into branches of one parallel part."""
    above, beside = structure.branches_around(one), structure.branches_around(other)
    while above and beside and above[-1] == beside[-1]:
        above, beside = above[:-1], beside[:-1]
    if not above or not beside:
        return None
    block = structure.block_of_branch.get(above[-1])
    if block is None or structure.block_of_branch.get(beside[-1]) is not block:
        return None
    return Parting(block, above[-1], beside[-1])


def acts_once(structure: BlockStructure, node: str, branch: str) -> bool:
    """Return whether a node acts exactly once whenever the branch around it is gone through."""
    return acts_at_most_once(structure, node, branch) and not _can_be_avoided(structure, node, branch)


def acts_at_most_once(structure: BlockStructure, node: str, branch: str) -> bool:
    """Return whether no way inside the branch leads from a node back to it."""
    form = structure.form
    inside = _nodes_of(structure, branch)
    seen: set[str] = set()
    stack = [node]
    while stack:
        for flow in form.outgoing[stack.pop()]:
            target = form.flows[flow].target
            if target == node:
                return False
            if target in inside and target not in seen:
                seen.add(target)
                stack.append(target)
    return True


def is_always_there(structure: BlockStructure, sender: str, receiver: str) -> bool:
    """Return whether the sender has completed anew, each time before the receiver comes: nothing has to be waited for.

    That is so where every way from the start to the receiver, and from the receiver back to it, leads through the
    completion of the sender (greatest fixed point, forwards).
    """
    form = structure.form
    around_receiver = set(structure.branches_around(receiver))
    not_there: set[str] = set()

    def is_there_before(node: NormalNode) -> bool:
        flows = form.incoming[node.id]
        block = structure.block_of_join.get(node.id)
        if block is None or not flows:
            return bool(flows) and not_there.isdisjoint(flows)
        if around_receiver.isdisjoint(block.branches) and block.sure:
            return any(flow not in not_there for flow in flows if _begins(structure, flow) in block.sure)
        from_receiver = [flow for flow in flows if _begins(structure, flow) in around_receiver]
        return not_there.isdisjoint(from_receiver or flows)

    def is_there_behind(node: NormalNode, flow: str) -> bool:
        if node.id == receiver:
            return False
        if node.id == sender:
            return True
        if node.kind == "boundary_split" and node.element is not None and node.element.id == sender:
            return form.target(flow).kind != "boundary" or is_there_before(form.nodes[sender])
        return is_there_before(node)

    waiting = list(form.flows)
    while waiting:
        flow = waiting.pop()
        if flow in not_there or is_there_behind(form.source(flow), flow):
            continue
        not_there.add(flow)
        target = form.target(flow)
        waiting.extend(form.outgoing[target.id])
        if target.id == sender:
            waiting.extend(behind for after in form.outgoing[sender] for behind in form.outgoing[form.target(after).id])
    return is_there_before(form.nodes[receiver])


def _begins(structure: BlockStructure, flow: str) -> str:
    """Return the first flow of the branch that a flow into a join ends."""
    return structure.branch_of[flow]


def _nodes_of(structure: BlockStructure, branch: str) -> set[str]:
    return {vertex for vertex in structure.dominance.dominated_by(branch) if vertex in structure.form.nodes}


def _can_be_avoided(structure: BlockStructure, node: str, branch: str) -> bool:
    """Return whether the branch can come to its end although a node has not completed (least fixed point)."""
    form = structure.form
    inside = _nodes_of(structure, branch)
    avoiding: set[str] = set()

    def passes(flow: str) -> bool:
        target = form.flows[flow].target
        return target not in inside or target in avoiding

    def avoids(here: NormalNode) -> bool:
        flows = form.outgoing[here.id]
        if here.kind == "boundary_split" and here.element is not None and here.element.id == node:
            return any(passes(flow) for flow in flows if form.target(flow).kind == "boundary")
        if here.id == node:
            return any(form.target(flow).kind == "boundary_split" and passes(flow) for flow in flows)
        if here.kind == "spawn":
            return passes(form.only_out(here.id))
        if here.kind in DECISIONS or here.kind == "inclusive_split":
            return any(map(passes, flows))
        return all(map(passes, flows))

    waiting = sorted(inside, key=form.place_of.__getitem__)
    while waiting:
        here = waiting.pop()
        if here not in avoiding and avoids(form.nodes[here]):
            avoiding.add(here)
            waiting.extend(source.id for source in map(form.source, form.incoming[here]) if source.id in inside)
    return passes(branch)
