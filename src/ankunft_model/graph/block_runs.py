"""Whole runs of a process made of blocks, from what has to happen on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ankunft_model.graph.block_tree import (
    CHOICE,
    DETACHED,
    EMPTY,
    INCLUSIVE,
    LEAF,
    LOOP,
    NET,
    PARALLEL,
    PREFIX,
    SEQUENCE,
    BlockTree,
    enclosing_parts,
)
from ankunft_model.graph.net_runs import NetRuns


def expand_run(tree: BlockTree, history: Iterable[int], *, to_end: bool = False) -> tuple[int, ...]:
    """Return a run on which everything of `history` happens in its order: all nodes, in order of execution.

    What the history leaves open is done in the first way that there is, and only as far as needed.

    Args:
        tree: The blocks.
        history: Leaves that execute, and parts of choices that are taken as `-2 - part`.
        to_end: Whether the run goes on to its end.
    """
    return _Expansion(tree, None).of(history, to_end=to_end)


def expand_run_among(
    tree: BlockTree, history: Iterable[int], nodes: Iterable[int], *, to_end: bool = False
) -> tuple[int, ...]:
    """Return which of `nodes` execute on the run of `expand_run`, in order of execution, each as often as it does.

    Time grows with the blocks around the nodes and the history, not with the length of the run.
    """
    events = tuple(history)
    wanted = frozenset(nodes)
    blocks = [event if event >= 0 else -2 - event for event in events]
    hosts = {tree.control.host[node] for node in wanted} - {-1}
    blocks.extend(leaf for node in sorted(wanted | hosts) for leaf in tree.leaves_of.get(node, ()))
    run = _Expansion(tree, enclosing_parts(tree, blocks)).of(events, to_end=to_end)
    return tuple(node for node in run if node in wanted)


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
        parts: The blocks that matter with their parts that matter; nothing is noted of others. None: all matter.
        begun: Parts of inclusive blocks that the run takes.
        stage: Of a sequence or loop the part that it is in, of a choice the part that was chosen, of a net
            its state.
        going_on: Started processes that go on beside the rest, in the order in which they were started.
        way: The blocks around where the run went last, outer ones first, and `depth_of` their places there; what is
            inside the same ones next need not go through them again.
    """

    def __init__(self, tree: BlockTree, parts: dict[int, list[int]] | None) -> None:
        self.tree = tree
        self.parts = parts
        self.run: list[int] = []
        self.done: set[int] = set()
        self.begun: set[int] = set()
        self.stage: dict[int, int] = {}
        self.nets = NetRuns(tree, self.stage)
        self.going_on: dict[int, None] = {}
        self.way: list[int] = []
        self.depth_of: dict[int, int] = {}

    def of(self, history: Iterable[int], *, to_end: bool) -> tuple[int, ...]:
        """Return the run on which everything of the history happens."""
        for event in history:
            if event >= 0:
                self.go_to(event)
            else:
                self.choose(-2 - event)
        if to_end:
            self.finish(0)
            while self.going_on:
                self._end_instance(next(iter(self.going_on)))
        return tuple(self.run)

    def _parts_of(self, block: int) -> Sequence[int]:
        return self.tree.children[block] if self.parts is None else self.parts.get(block, ())

    def _parts_from(self, block: int, stage: int) -> Sequence[int]:
        """Return the parts that matter of a sequence, from one on; numbers of parts ascend."""
        parts = self._parts_of(block)
        return parts[self._number_of_parts_before(block, stage) :] if stage else parts

    def _number_of_parts_before(self, block: int, stage: int) -> int:
        parts, all_parts = self._parts_of(block), self.tree.children[block]
        return bisect_left(parts, all_parts[stage]) if stage < len(all_parts) else len(parts)

    def go_to(self, leaf: int) -> None:
        """Do what lies before a leaf, then the leaf."""
        self._enter(leaf)
        self._execute(leaf)

    def _execute(self, leaf: int) -> None:
        """Put a leaf at the end of the run; what happens beside a step goes before that, which it cannot outlast."""
        tree, control = self.tree, self.tree.control
        node = tree.node[leaf]
        if self.going_on:
            self._end_earlier_instances(leaf)
        self.done.add(leaf)
        if control.kinds[node] == "boundary" and not control.interrupts[node]:
            host = control.host[node]
            if any(other in self.done for other in tree.leaves_of.get(host, ())):
                place = len(self.run) - 1 - self.run[::-1].index(host)
                self.run.insert(place, node)
                return
        self.run.append(node)

    def choose(self, block: int) -> None:
        """Go to the beginning of a part of a choice."""
        net = self.tree.parent[block]
        if net >= 0 and self.tree.kind[net] == NET:
            self._decide(net, block)
        self._enter(block)

    def _decide(self, net: int, part: int) -> None:
        """Let a decision of a net take a part, whether or not the run is there already."""
        for _ in range(len(self.tree.kind) + 1):
            self.way, self.depth_of = [], {}
            self._enter(net)
            way = self.nets.decide(part)
            if way is not None:
                self._do(way)
                return
            self._go_round(self._loop_around(net))

    def _do(self, way: Iterable[int]) -> None:
        for part in way:
            if part >= 0:
                self.finish(part)
            else:
                self._forget(-1 - part)

    def _enter(self, block: int) -> None:
        for _ in range(len(self.tree.kind) + 1):
            again = self._try_to_enter(block)
            if again < 0:
                return
            self.way, self.depth_of = [], {}
            instance = self._instance_around(block) if self.going_on else -1
            if again < instance:
                self._end_instance(instance)  # it has done this already, the next one does it again
            else:
                self._go_round(again)

    def _try_to_enter(self, block: int) -> int:
        """Go to a block; return the loop that has to go round before that is possible, or -1."""
        tree, done, stage = self.tree, self.done, self.stage
        way = self._way_to(block)
        for above, part in pairwise(way):
            kind = tree.kind[above]
            if above in done:
                return self._loop_around(above)
            index = tree.place[part]
            if kind == SEQUENCE:
                if stage.get(above, 0 if index else -1) != index and not self._go_on(above, part):
                    return self._loop_around(above)
            elif kind == CHOICE:
                if stage.setdefault(above, index) != index:
                    return self._loop_around(above)
            elif kind == INCLUSIVE:
                self.begun.add(part)
            elif kind == NET:
                way_there = self.nets.to_part(part)
                if way_there is None:
                    return self._loop_around(above)
                self._do(way_there)
            elif kind == LOOP:
                self._enter_part_of_loop(above, part)
        if block in done:
            return self._loop_around(block)
        self._note(way)
        return -1

    def _enter_part_of_loop(self, loop: int, part: int) -> None:
        body, back = self.tree.children[loop]
        here, index = self.stage.get(loop, 0), self.tree.place[part]
        if here < index:
            self.finish(body)
        elif here > index:
            self.finish(back)
            self._forget(body)
        if here != index:
            self._forget(part)
        self.stage[loop] = index

    def _way_to(self, block: int) -> list[int]:
        """Return the blocks around one that the run has to go through, outer ones first, and the block."""
        way, parent, known = [block], self.tree.parent, self.depth_of
        top = self._instance_around(block) if self.going_on else -1
        if self.going_on:
            known = {}
        while way[-1] not in known and way[-1] != top and (above := parent[way[-1]]) >= 0:
            way.append(above)
        way.reverse()
        return way

    def _note(self, way: list[int]) -> None:
        """Note where the run is; `way` begins in a block that it is in already, or at the whole process."""
        depth = self.depth_of.get(way[0], 0)
        for block in self.way[depth:]:
            del self.depth_of[block]
        del self.way[depth:]
        for block in way:
            self.depth_of[block] = len(self.way)
            self.way.append(block)

    def _instance_around(self, block: int) -> int:
        """Return the innermost started process that goes on and has the block in it, or -1."""
        while block >= 0 and block not in self.going_on:
            block = self.tree.parent[block]
        return block

    def _loop_around(self, block: int) -> int:
        """Return the loop around a block, or the part of a net that a run can come back to, or -1."""
        kind, parent = self.tree.kind, self.tree.parent
        while block >= 0 and kind[block] != LOOP:
            if parent[block] >= 0 and kind[parent[block]] == NET and self.nets.comes_back_to(block):
                return block
            block = parent[block]
        return block

    def _go_on(self, sequence: int, part: int) -> bool:
        """Do what lies before a part of a sequence; return False if the run is behind it."""
        here, index = self.stage.get(sequence, 0), self.tree.place[part]
        if index < here:
            return False
        parts = self._parts_of(sequence)
        begin = self._number_of_parts_before(sequence, here)
        for earlier in parts[begin : bisect_left(parts, part)]:
            self.finish(earlier)
        self.stage[sequence] = index
        if self.tree.kind[part] == DETACHED:
            self._begin_instance(part)
            self.stage[sequence] = index + 1
        return True

    def _begin_instance(self, detached: int) -> None:
        """Begin a started process; an earlier instance of it is over by then."""
        self._end_instance(detached)
        self._forget(self.tree.children[detached][0])
        self.going_on[detached] = None

    def _end_instance(self, detached: int) -> None:
        if detached in self.going_on:
            del self.going_on[detached]
            self.way, self.depth_of = [], {}
            self.finish(self.tree.children[detached][0])  # as deep as processes start each other

    def _end_earlier_instances(self, leaf: int) -> None:
        """Do what is left of the processes that a node has started before it starts them anew."""
        for block in self.tree.started_behind(leaf):
            self._end_instance(block)

    def _go_round(self, loop: int) -> None:
        if self.tree.kind[loop] != LOOP:
            self._do(self.nets.back_to_part(loop))
            return
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
            if here in self.going_on:
                continue  # it goes on though it is started anew later
            self.done.discard(here)
            self.begun.discard(here)
            self.stage.pop(here, None)
            stack.extend(self._parts_of(here))

    def finish(self, block: int) -> None:
        """Do what is left of a block."""
        tree = self.tree
        stack = [block]
        count = len(tree.kind)
        while stack:
            here = stack.pop()
            if here < -count:
                self._forget(-1 - count - here)
                continue
            if here < 0:
                self.done.add(-1 - here)
                continue
            if here in self.done or (self.parts is not None and here not in self.parts):
                continue
            kind = tree.kind[here]
            parts = tree.children[here]
            if kind in (LEAF, EMPTY, PREFIX, DETACHED):
                self._finish_whole(here)
                continue
            stack.append(-1 - here)
            if kind == SEQUENCE:
                stack.extend(reversed(self._parts_from(here, self.stage.get(here, 0))))
            elif kind == CHOICE:
                stack.append(parts[self.stage.get(here, 0)])
            elif kind == PARALLEL:
                stack.extend(reversed(self._parts_of(here)))
            elif kind == INCLUSIVE:
                begun = [part for part in self._parts_of(here) if part in self.begun]
                stack.extend(reversed(begun or parts[:1]))
            elif kind == LOOP:
                if self.stage.get(here, 0) == 1:
                    self.finish_back(here)
                stack.append(parts[0])
            elif kind == NET:
                way = self.nets.to_end(here)
                stack.extend(part if part >= 0 else part - count for part in reversed(way))

    def _finish_whole(self, block: int) -> None:
        """Do a block of which no part may be left."""
        kind = self.tree.kind[block]
        if kind == LEAF:
            self._execute(block)
        elif kind == DETACHED:
            self._begin_instance(block)
        else:
            self.done.add(block)

    def finish_back(self, loop: int) -> None:
        """Do what is left of the way back of a loop and begin its body anew."""
        body, back = self.tree.children[loop]
        self.stage[loop] = 0
        self.finish(back)  # as deep as loops lie in ways back
        self._forget(body)
