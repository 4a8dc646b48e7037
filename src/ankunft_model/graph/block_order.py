"""What comes before what, on some run or each time, as the blocks tell it: no run is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ankunft_model.graph.block_tree import (
    CHOICE,
    DETACHED,
    INCLUSIVE,
    LEAF,
    LOOP,
    PARALLEL,
    PREFIX,
    SEQUENCE,
    BlockTree,
    enclosing_parts,
)


class Before(NamedTuple):
    """Whether something has happened before a node executes: on some run, and each time on every run."""

    sometimes: bool
    always: bool


class BlockOrder:
    """Answers for one set of nodes whether one of them has executed before another node does.

    Every choice is free of every other one in blocks, so both answers are exact.

    Example:
        >>> from ankunft_model.graph.block_tree import find_blocks
        >>> from ankunft_model.graph.control_flow import FlowDraft, NodeDraft, build_control_flow
        >>> nodes = [NodeDraft("s", "start"), NodeDraft("t", "task"), NodeDraft("e", "end")]
        >>> tree = find_blocks(build_control_flow([nodes], [FlowDraft("s", "t"), FlowDraft("t", "e")]))
        >>> BlockOrder(tree, [1]).before(2)
        Before(sometimes=True, always=True)
    """

    def __init__(self, tree: BlockTree, nodes: Iterable[int]) -> None:
        """Take the nodes that may have executed; time grows with the blocks around them."""
        self._tree = tree
        asked = tuple(nodes)
        self._is_told = not any(map(self._comes_early, asked))
        self._parts = enclosing_parts(tree, (leaf for node in asked for leaf in tree.leaves_of.get(node, ())))
        self._sure: set[int] = set()
        for block in sorted(self._parts, reverse=True):
            if self._has_one(block):
                self._sure.add(block)

    def before(self, node: int) -> Before | None:
        """Return whether one of the nodes has executed before `node` does; None: blocks do not tell that."""
        if not self._is_told or self._comes_early(node):
            return None
        leaves = self._tree.leaves_of.get(node, ())
        return Before(any(map(self._may_follow, leaves)), all(map(self._follows, leaves)))

    def _comes_early(self, node: int) -> bool:
        """Return whether a node is an event that happens before its step completes, which blocks do not say."""
        control = self._tree.control
        return control.kinds[node] == "boundary" and not control.interrupts[node]

    def _has_one(self, block: int) -> bool:
        """Return whether one of the nodes executes whenever a block is done, and is done before what comes behind."""
        kind, parts = self._tree.kind[block], self._parts[block]
        if kind == LEAF:
            return True
        if kind in (PREFIX, DETACHED):
            return False
        if kind == LOOP:
            return self._tree.children[block][0] in self._sure
        if kind in (CHOICE, INCLUSIVE):
            return len(parts) == len(self._tree.children[block]) and self._sure.issuperset(parts)
        return not self._sure.isdisjoint(parts)

    def _follows(self, leaf: int) -> bool:
        tree, sure = self._tree, self._sure
        part, block = leaf, tree.parent[leaf]
        while block >= 0:
            kind = tree.kind[block]
            if kind == SEQUENCE and any(other < part and other in sure for other in self._parts.get(block, ())):
                return True
            if kind == LOOP and tree.place[part] == 1 and tree.children[block][0] in sure:
                return True
            part, block = block, tree.parent[block]
        return False

    def _may_follow(self, leaf: int) -> bool:
        tree = self._tree
        way: list[tuple[int, int]] = []  # blocks from inner to outer ones, each with the part that leads to the leaf
        outermost_loop, innermost_detached = len(tree.kind), -1
        part, block = leaf, tree.parent[leaf]
        while block >= 0:
            way.append((block, part))
            if tree.kind[block] == LOOP and tree.bound[block] != 0:
                outermost_loop = block
            innermost_detached = max(innermost_detached, block if tree.kind[block] == DETACHED else -1)
            part, block = block, tree.parent[block]
        # the numbers of blocks ascend from outer to inner ones
        if leaf in self._parts and outermost_loop < leaf:
            return True
        for block, part in way:
            others = [other for other in self._parts.get(block, ()) if other != part]
            if others and outermost_loop <= block:
                return True
            kind = tree.kind[block]
            if others and kind in (PARALLEL, INCLUSIVE):
                return True
            if kind == SEQUENCE and any(other < part or innermost_detached > block for other in others):
                return True
        return False
