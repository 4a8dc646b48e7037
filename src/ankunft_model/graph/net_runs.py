"""How far a run has come in the nets of a process, and what it does to go on there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ankunft_model.graph.block_nets import Firing
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.graph.token_game import bits

NOTHING: Final[tuple[int, ...]] = ()


class NetRuns:
    """The states of nets.

    What a run does is told as blocks, in order: a part that is finished, or as `-1 - part` one that begins anew.
    """

    def __init__(self, tree: BlockTree, stage: dict[int, int]) -> None:
        """Take the blocks, and where to keep the state of each net; there is none before it begins."""
        self._tree = tree
        self._stage = stage

    def to_part(self, part: int) -> tuple[int, ...] | None:
        """Go to a part of a net, if the run is not there; return what is done meanwhile, None if no way leads there."""
        net, place = self._tree.parent[part], self._tree.place[part]
        state = self._stage.get(net, 0)
        if self._tree.nets[net].states[state] >> place & 1:
            return NOTHING
        return self._done(net, self._tree.nets[net].way_to_part(state, place))

    def back_to_part(self, part: int) -> tuple[int, ...]:
        """Go to a part of a net although the run is there; return what is done meanwhile."""
        net = self._tree.parent[part]
        way = self._tree.nets[net].way_to_part(self._stage.get(net, 0), self._tree.place[part])
        return self._done(net, way) or NOTHING

    def comes_back_to(self, part: int) -> bool:
        """Return whether a way leads to a part of a net from where the run is."""
        net = self._tree.parent[part]
        return self._tree.nets[net].way_to_part(self._stage.get(net, 0), self._tree.place[part]) is not None

    def decide(self, part: int) -> tuple[int, ...] | None:
        """Let a decision take a part; return what is done meanwhile, None if no way leads to the decision."""
        net = self._tree.parent[part]
        way = self._tree.nets[net].way_to_choice(self._stage.get(net, 0), self._tree.place[part])
        return self._done(net, way)

    def to_end(self, block: int) -> tuple[int, ...]:
        """Do what is left of a net; return it."""
        net, parts = self._tree.nets[block], self._tree.children[block]
        done = self._done(block, net.way_to_end(self._stage.get(block, 0))) or NOTHING
        last = net.states[self._stage.get(block, 0)]
        return (*done, *(parts[part] for part in bits(last) if part < net.part_count))

    def _done(self, block: int, way: Iterable[Firing] | None) -> tuple[int, ...] | None:
        if way is None:
            return None
        parts = self._tree.children[block]
        inside = (1 << len(parts)) - 1
        found: list[int] = []
        for firing in way:
            found += (parts[part] for part in bits(firing.consumes & inside))
            found += (-1 - parts[part] for part in bits(firing.produces & inside))
            self._stage[block] = firing.target
        return tuple(found)
