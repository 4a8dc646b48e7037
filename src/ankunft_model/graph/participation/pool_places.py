"""Where a pool acts, leaves and comes back: what is the same however often its threads are looked for."""

from __future__ import annotations

from typing import Final

from ankunft_model.graph.participation.owners import Ownership

_PASSED: Final = frozenset(("start", "step", "event", "boundary", "exclusive_join"))
"""Kinds of nodes that are left on just one flow, so that nothing is decided there."""


class PoolPlaces:
    """The places of one pool.

    Attributes:
        own_nodes, own: The nodes that it owns.
        gathered: The parallel and inclusive parts that end at a node of its own.
        leaving: The flows from its nodes to those of others, in declared order.
    """

    def __init__(self, ownership: Ownership, pool: str) -> None:
        self.ownership = ownership
        self.pool = pool
        self.form = form = ownership.structure.form
        owner_of = ownership.owner_of
        self.own_nodes = tuple(node for node, owner in owner_of.items() if owner == pool)
        self.own = frozenset(self.own_nodes)
        self.gathered = tuple(
            block for join, block in ownership.structure.block_of_join.items() if owner_of[join] == pool
        )
        left = {flow for node in self.own_nodes for flow in form.outgoing.get(node, ())}
        crossing = (flow for flow in left if form.flows[flow].target not in self.own)
        self.leaving = tuple(sorted(crossing, key=form.place_of_flow.__getitem__))
        self._last: dict[str, str] = {}

    def last_before_change(self, flow: str) -> str:
        """Return the flow behind the steps and joins of others that follow: before the next place that matters.

        That is a node of the pool's own, a decision, the border of a parallel part, or an end.
        """
        form, structure, last = self.form, self.ownership.structure, self._last
        passed: list[str] = []
        while flow not in last:
            node = form.target(flow)
            if node.id in self.own or node.kind not in _PASSED or node.id in structure.block_of_join:
                last[flow] = flow
                break
            passed.append(flow)
            (flow,) = form.outgoing[node.id]
        for earlier in passed:
            last[earlier] = last[flow]
        return last[flow]
