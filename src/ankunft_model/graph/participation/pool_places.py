"""Where a pool acts, leaves and comes back: what is the same however often its threads are looked for."""

from __future__ import annotations

from typing import Final

from ankunft_model.graph.participation.blocks import WHOLE_PROCESS, BlockStructure
from ankunft_model.graph.participation.normal_form import DECISIONS
from ankunft_model.graph.participation.owners import Ownership

END: Final = "end of the region"
"""Position behind everything that happens in a region; no flow has this id."""

_PASSED: Final = frozenset(("start", "step", "event", "boundary", "exclusive_join"))
"""Kinds of nodes that are left on just one flow, so that nothing is decided there."""


class WaysOn:
    """Where things go on from a flow for a pool that does not matter there: what all pools of a process share.

    Attributes:
        only: By flow, the only position that follows behind the node that it enters; a parallel part is gone around.
        decided: By flow, the positions behind the decision that it enters.
        target_of: By flow, the node that it enters.
    """

    def __init__(self, structure: BlockStructure) -> None:
        form = structure.form
        self.only: dict[str, str] = {}
        self.decided: dict[str, tuple[str, ...]] = {}
        self.target_of: dict[str, str] = {}
        for flow in form.flows.values():
            node = form.nodes[flow.target]
            self.target_of[flow.id] = flow.target
            block = structure.block_of_split.get(node.id)
            if node.kind == "end":
                self.only[flow.id] = END
            elif block is not None:
                self.only[flow.id] = END if block.join is None else form.only_out(block.join)
            elif node.kind in DECISIONS:
                self.decided[flow.id] = form.outgoing[node.id]
            elif node.kind == "spawn" or (node.kind in _PASSED and node.id not in structure.block_of_join):
                self.only[flow.id] = form.only_out(node.id)


class PoolPlaces:
    """The places of one pool.

    Attributes:
        own_nodes, own: The nodes that it owns.
        gathered: The parallel and inclusive parts that end at a node of its own.
        leaving: The flows from its nodes to those of others, in declared order.
        orders: Those of them that lead from a parallel or inclusive split into a branch, or begin a side thread.
        blocks: The parallel and inclusive parts that it begins, or may have part in.
        branches, sides: The branches, and the side threads, that it may have part in.
    """

    def __init__(self, ownership: Ownership, pool: str, ways_on: WaysOn) -> None:
        self.ownership = ownership
        self.pool = pool
        structure = ownership.structure
        self.form = form = structure.form
        owner_of = ownership.owner_of
        self.own_nodes = tuple(node for node, owner in owner_of.items() if owner == pool)
        self.own = frozenset(self.own_nodes)
        self.gathered = tuple(block for join, block in structure.block_of_join.items() if owner_of[join] == pool)
        left = {flow for node in self.own_nodes for flow in form.outgoing.get(node, ())}
        crossing = (flow for flow in left if form.flows[flow].target not in self.own)
        self.leaving = tuple(sorted(crossing, key=form.place_of_flow.__getitem__))
        self.orders = frozenset(
            flow for flow in self.leaving if flow in structure.block_of_branch or flow in structure.spawn_of_side
        )
        around = self._branches_around()
        self.branches = tuple(branch for branch in structure.block_of_branch if branch in around)
        self.sides = tuple(side for side in structure.spawn_of_side if side in around)
        parted = {structure.block_of_branch[branch].split for branch in self.branches}
        self.blocks = tuple(
            block for split, block in structure.block_of_split.items() if split in parted or split in self.own
        )
        self._mattering = self.own | parted
        self._ways_on = ways_on
        self._last: dict[str, str] = {END: END}

    def _branches_around(self) -> set[str]:
        """Return the branches and side threads around its nodes, and those that it gathers."""
        structure = self.ownership.structure
        found: set[str] = set()
        for node in self.own_nodes:
            branch = structure.branch_of[node]
            while branch != WHOLE_PROCESS and branch not in found:
                found.add(branch)
                branch = structure.enclosing(branch)
        for block in self.gathered:
            found.update(block.branches)
        return found

    def last_before_change(self, flow: str) -> str:
        """Return the position behind what others do alone: before the next place that matters to the pool.

        That is a node of its own, a parallel part that it may have part in, a decision behind which different such
        places come, the end of a branch, or the end.
        """
        last = self._last
        if flow not in last:
            self._settle(flow)
        while last[flow] != flow:
            flow = last[flow]
        return flow

    def _settle(self, flow: str) -> None:
        """Note what follows a flow, as links that lead to the last position; flows in a circle lead to one of them."""
        last, mattering = self._last, self._mattering
        only, target_of, decisions = self._ways_on.only, self._ways_on.target_of, self._ways_on.decided
        waiting: list[tuple[str, tuple[str, ...]]] = [(flow, ())]
        while waiting:
            here, decided = waiting.pop()
            if decided:
                behind = set(map(self.last_before_change, decided))
                behind.discard(here)
                if len(behind) == 1:  # whatever is decided, the same comes next
                    last[here] = behind.pop()
                continue
            passed: list[str] = []
            while here not in last:
                passed.append(here)
                if target_of[here] in mattering:
                    last[here] = here
                elif (following := only.get(here)) is not None:
                    here = following
                else:
                    last[here] = here
                    if ways := decisions.get(here):
                        waiting.append((here, ways))
                        waiting.extend((way, ()) for way in ways)
            for earlier in passed:
                last[earlier] = here
