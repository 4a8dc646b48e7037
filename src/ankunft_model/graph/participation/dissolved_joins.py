"""Joins in front of an end taken apart: each flow into them gets an end of its own, and the blocks are kept.

Nothing comes behind such a join but its end, so no way between other nodes changes when it goes: all dominators stay,
and each new end is dominated by the flow into it. The flows into an exclusive join lie in the same branch as the join,
because a branch can be left to the join of its block only; its blocks stay as they are. A parallel join ends a block of
a parallel split; each branch then ends by itself, and the block has no join any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ankunft_model.graph.participation.blocks import Block, BlockStructure, find_blocks
from ankunft_model.graph.participation.dominance import Dominance
from ankunft_model.graph.participation.normal_form import NormalForm, NormalFormBuilder, NormalNode


def without_joins(structure: BlockStructure, joins: Sequence[NormalNode]) -> BlockStructure:
    """Return the block structure with a copy of the end behind each of `joins` at each flow into it.

    It equals what `find_blocks` finds in the changed form, in time that is a small part of it.
    """
    form, ends_of = _dissolved(structure.form, joins)
    if not all(_keeps_blocks(structure, join) for join in joins):
        return find_blocks(form, is_whole=True)
    gone = {join.id for join in joins} | {structure.form.only_out(join.id) for join in joins}
    gone |= {structure.form.target(structure.form.only_out(join.id)).id for join in joins}
    blocks = {
        split: replace(block, join=None) if block.join in gone else block
        for split, block in structure.block_of_split.items()
    }
    dominance = _dominance(structure.dominance, gone, ends_of)
    branch_of = dict(structure.branch_of)
    for vertex in gone:
        branch_of.pop(vertex)
    for flow, end in ends_of.items():
        branch_of[end] = branch_of[flow]
    block_of_join: dict[str, Block] = {block.join: block for block in blocks.values() if block.join is not None}
    return BlockStructure(
        form=form,
        dominance=dominance,
        block_of_split=blocks,
        block_of_join=block_of_join,
        block_of_branch={branch: block for block in blocks.values() for branch in block.branches},
        spawn_of_side=structure.spawn_of_side,
        branch_of=branch_of,
    )


def _dissolved(form: NormalForm, joins: Sequence[NormalNode]) -> tuple[NormalForm, dict[str, str]]:
    """Return `form` without the joins, and the end at each flow that led into one of them."""
    builder = NormalFormBuilder.of(form)
    ends_of: dict[str, str] = {}
    for join in joins:
        out = form.only_out(join.id)
        end = form.target(out)
        del builder.nodes[join.id], builder.flows[out]
        first, *others = form.incoming[join.id]
        builder.retarget(first, end.id)
        ends_of[first] = end.id
        for flow in others:
            ends_of[flow] = builder.add_node(replace(end))
            builder.retarget(flow, ends_of[flow])
    return builder.build(), ends_of


def _keeps_blocks(structure: BlockStructure, join: NormalNode) -> bool:
    """Return whether all other blocks stay: of a parallel join that gathers the branches of a parallel split."""
    block = structure.block_of_join.get(join.id)
    if block is not None:
        return structure.form.nodes[block.split].kind == "parallel_split"
    return all(structure.branch_of[flow] == structure.branch_of[join.id] for flow in structure.form.incoming[join.id])


def _dominance(before: Dominance, gone: set[str], ends_of: dict[str, str]) -> Dominance:
    """Return the dominators with each end below its flow, which had nothing below it."""
    parent = {vertex: above for vertex, above in before.parent.items() if vertex not in gone}
    parent |= {end: flow for flow, end in ends_of.items()}
    order: list[str] = []
    for vertex in before.order:
        if vertex not in gone:
            order.append(vertex)
            if vertex in ends_of:
                order.append(ends_of[vertex])
    first = {vertex: place for place, vertex in enumerate(order)}
    last = dict(first)
    for vertex in reversed(order):
        above = parent[vertex]
        if last[above] < last[vertex]:
            last[above] = last[vertex]
    return Dominance(parent, first, last, tuple(order))
