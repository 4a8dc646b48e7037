"""Whole runs of a process made of blocks, from what has to happen on them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ankunft_model.graph.block_tree import CHOICE, EMPTY, INCLUSIVE, LEAF, LOOP, PARALLEL, PREFIX, SEQUENCE, BlockTree


def expand_run(tree: BlockTree, history: Iterable[int], *, to_end: bool = False) -> tuple[int, ...]:
    """Return a run on which everything of `history` happens in its order: all nodes, in order of execution.

    What the history leaves open is done in the first way that there is, and only as far as needed.

    Args:
        tree: The blocks.
        history: Leaves that execute, and parts of choices that are taken as `-2 - part`.
        to_end: Whether the run goes on to its end.
    """
    expansion = _Expansion(tree)
    for event in history:
        if event >= 0:
            expansion.go_to(event)
        else:
            expansion.choose(-2 - event)
    if to_end:
        expansion.finish(0)
    return tuple(expansion.run)


def ending_with(tree: BlockTree, history: tuple[int, ...], node: int) -> tuple[int, ...]:
    """Return a history that goes on with `node`: with that of its leaves that fits what was chosen before."""
    leaves = tree.leaves_of[node]
    if len(leaves) == 1:
        return (*history, leaves[0])
    chosen: dict[int, int] = {}
    for event in history:
        block = event if event >= 0 else -2 - event
        while block >= 0:
            chosen[tree.parent[block]] = block
            block = tree.parent[block]

    def contradictions(leaf: int) -> int:
        found = 0
        block = leaf
        while tree.parent[block] >= 0:
            above = tree.parent[block]
            found += tree.kind[above] == CHOICE and chosen.get(above, block) != block
            block = above
        return found

    return (*history, min(leaves, key=contradictions))


class _Expansion:
    """How far a run has come in each block; used once.

    Attributes:
        stage: Of a sequence or loop the part that it is in, of a choice the part that was chosen.
    """

    def __init__(self, tree: BlockTree) -> None:
        self.tree = tree
        self.run: list[int] = []
        self.done: set[int] = set()
        self.stage: dict[int, int] = {}

    def go_to(self, leaf: int) -> None:
        """Do what lies before a leaf, then the leaf."""
        self._enter(leaf)
        self.run.append(self.tree.node[leaf])
        self.done.add(leaf)

    def choose(self, block: int) -> None:
        """Go to the beginning of a part of a choice."""
        self._enter(block)

    def _enter(self, block: int) -> None:
        for _ in range(len(self.tree.kind) + 1):
            again = self._try_to_enter(block)
            if again < 0:
                return
            self._go_round(again)

    def _try_to_enter(self, block: int) -> int:
        """Go to a block; return the loop that has to go round before that is possible, or -1."""
        way = [block]
        while self.tree.parent[way[-1]] >= 0:
            way.append(self.tree.parent[way[-1]])
        way.reverse()
        loop = -1
        for above, part in pairwise(way):
            kind = self.tree.kind[above]
            if kind == LOOP:
                loop = above
            if above in self.done:
                return loop
            index = self.tree.children[above].index(part) if kind in (CHOICE, LOOP) else 0
            if kind == SEQUENCE:
                parts = self.tree.children[above]
                here = self.stage.get(above, 0)
                index = parts.index(part, here) if part in parts[here:] else -1
                if index < 0:
                    return loop
                for earlier in parts[here:index]:
                    self.finish(earlier)
                self.stage[above] = index
            elif kind == CHOICE:
                if self.stage.setdefault(above, index) != index:
                    return loop
            elif kind == LOOP:
                here = self.stage.get(above, 0)
                if here < index:
                    self.finish(self.tree.children[above][0])
                elif here > index:
                    self.finish(self.tree.children[above][1])
                    self._forget(self.tree.children[above][0])
                if here != index:
                    self._forget(part)
                self.stage[above] = index
        return loop if block in self.done else -1

    def _go_round(self, loop: int) -> None:
        body, back = self.tree.children[loop]
        if self.stage.get(loop, 0) == 0:
            self.finish(body)
            self._forget(back)
            self.stage[loop] = 1
        else:
            self.finish(back)
            self._forget(body)
            self.stage[loop] = 0
        self.done.discard(loop)

    def _forget(self, block: int) -> None:
        stack = [block]
        while stack:
            here = stack.pop()
            self.done.discard(here)
            self.stage.pop(here, None)
            stack.extend(self.tree.children[here])

    def finish(self, block: int) -> None:
        """Do what is left of a block."""
        tree = self.tree
        stack = [block]
        while stack:
            here = stack.pop()
            if here < 0:
                self.done.add(-1 - here)
                continue
            if here in self.done:
                continue
            kind = tree.kind[here]
            parts = tree.children[here]
            if kind == LEAF:
                self.run.append(tree.node[here])
                self.done.add(here)
                continue
            if kind in (EMPTY, PREFIX):
                self.done.add(here)
                continue
            stack.append(-1 - here)
            if kind == SEQUENCE:
                stack.extend(reversed(parts[self.stage.get(here, 0) :]))
            elif kind == CHOICE:
                stack.append(parts[self.stage.get(here, 0)])
            elif kind == PARALLEL:
                stack.extend(reversed(parts))
            elif kind == INCLUSIVE:
                begun = [part for part in parts if self._has_begun(part)]
                stack.extend(reversed(begun or parts[:1]))
            elif kind == LOOP:
                if self.stage.get(here, 0) == 1:
                    self.finish_back(here)
                stack.append(parts[0])

    def finish_back(self, loop: int) -> None:
        """Do what is left of the way back of a loop and begin its body anew."""
        body, back = self.tree.children[loop]
        self.stage[loop] = 0
        self.finish(back)  # as deep as loops lie in ways back
        self._forget(body)

    def _has_begun(self, block: int) -> bool:
        stack = [block]
        while stack:
            here = stack.pop()
            if here in self.done or here in self.stage:
                return True
            stack.extend(self.tree.children[here])
        return False
