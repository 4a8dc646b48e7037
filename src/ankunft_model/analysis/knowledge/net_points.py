"""Points and ways of a net (`block_nets`): one point before each corner, one more before each part that is touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ankunft_model.graph.block_scopes import END, EXCLUSIVE_SPLIT, PARALLEL_JOIN, PARALLEL_SPLIT
from ankunft_model.graph.block_tree import BlockTree

if TYPE_CHECKING:
    from ankunft_model.analysis.knowledge.block_automaton import Automaton


def add_net(
    tree: BlockTree, block: int, touched: Iterable[int], automaton: Automaton, entry: int, end: int
) -> list[tuple[int, int, int]]:
    """Add the points of a net between two points.

    A run may be at several of its points at once; it has left the net when a token comes out, or if the net is done
    by collecting, when the run is at its sink and nowhere else in it: then `sinks` has to be completed when the parts
    have their points.

    Returns:
        The parts that are left to be added: block, the points that begin and end it.
    """
    net, parts = tree.nets[block], tree.children[block]
    to_do = set(touched)
    left: list[tuple[int, int, int]] = []
    sink = automaton.point() if net.ends_by_collecting else -1
    behind: dict[int, int] = {net.part_count + 1: end}
    at: list[int] = []
    for corner in net.corners:
        if corner.kind == PARALLEL_JOIN:
            at.append(-1)
            behind |= {flow: automaton.point() for flow in corner.incoming}
            continue
        at.append(sink if corner.kind == END else automaton.point())
        behind |= dict.fromkeys(corner.incoming, at[-1])

    def begin(flow: int) -> int:
        if flow >= net.part_count or parts[flow] not in to_do:
            return behind[flow]
        point = automaton.point()
        left.append((parts[flow], point, behind[flow]))
        return point

    automaton.ways[entry].append((behind[net.part_count], -1, -1))
    for corner, here in zip(net.corners, at, strict=True):
        if corner.kind == EXCLUSIVE_SPLIT:
            for flow in corner.outgoing:
                chosen = -2 - parts[flow] if flow < net.part_count else -1
                automaton.ways[here].append((begin(flow), -1, chosen))
        elif corner.kind == PARALLEL_SPLIT:
            automaton.forks[here] = [tuple(begin(flow) for flow in corner.outgoing)]
        elif corner.kind == PARALLEL_JOIN:
            inputs = [behind[flow] for flow in corner.incoming]
            automaton.part_of |= dict.fromkeys(inputs, len(automaton.ends))
            automaton.ends.append((frozenset(inputs), begin(corner.outgoing[0])))
        elif corner.kind != END:
            automaton.ways[here].append((begin(corner.outgoing[0]), -1, -1))
    if sink >= 0:
        left.insert(0, (block, -2 - sink, end))
    return left
