"""Ranks of nodes such that weighted edges are as short as they can be (part of phase 4).

Source: Gansner, Koutsofios, North and Vo, A Technique for Drawing Directed Graphs (1993), part 2.3. The value of a tree
edge is kept as the net weight that leaves the subtree below it, so that an exchange changes it along two paths only.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

STEPS_PER_NODE = 400
"""So many edges are looked at in exchanges for each node of the graph; then the ranks reached stay. Bounds the time."""
EDGES_COMPARED = 20
"""Of so many tree edges that are worth exchanging the best is taken."""


class RankEdge(NamedTuple):
    """The rank of `head` is at least that of `tail` plus `length`; each step more costs `weight`."""

    tail: int
    head: int
    length: int
    weight: int


def improve_ranks(ranks: Sequence[int], edges: Sequence[RankEdge]) -> list[int]:
    """Return ranks of least total weighted length, or at least not more than that of `ranks`.

    In each part of the graph that no edge joins with another, the first node keeps its rank.

    Precondition: `ranks` respect all edges.
    Postcondition: so do the new ranks; their weighted length is the least if the budget of steps was enough.

    Example:
        >>> improve_ranks([0, 1, 2, 0], [RankEdge(0, 1, 1, 1), RankEdge(1, 2, 1, 1), RankEdge(3, 2, 1, 1)])
        [0, 1, 2, 1]
    """
    simplex = _Simplex(ranks, edges)
    simplex.exchange()
    return simplex.from_first_nodes(ranks)


class _Simplex:
    """A spanning tree of tight edges for each part of the graph, exchanged edge by edge."""

    def __init__(self, ranks: Sequence[int], edges: Sequence[RankEdge]) -> None:
        self.rank = list(ranks)
        self.edges = edges
        self.incident: list[list[int]] = [[] for _ in ranks]
        self.net = [0] * len(ranks)
        """The weight of edges that leave the subtree of a node, less that of edges that enter it."""
        for number, edge in enumerate(edges):
            self.incident[edge.tail].append(number)
            self.incident[edge.head].append(number)
            self.net[edge.tail] += edge.weight
            self.net[edge.head] -= edge.weight
        self.tree: list[list[int]] = [[] for _ in ranks]
        """The tree edges at a node."""
        self.above = [-1] * len(ranks)
        """The tree edge towards the root, -1 at the root."""
        self.roots: list[int] = []
        reached = [False] * len(ranks)
        for node in range(len(ranks)):
            if not reached[node] and self.incident[node]:
                self.roots.append(node)
                self._span(node, reached)
        for root in self.roots:
            below = self._below(root)
            for node in below[:0:-1]:
                self.net[self._other_end(self.above[node], node)] += self.net[node]

    def from_first_nodes(self, ranks: Sequence[int]) -> list[int]:
        """Return the ranks, each part shifted so that its first node has the rank it has in `ranks`."""
        for root in self.roots:
            shift = ranks[root] - self.rank[root]
            for node in self._below(root) if shift else ():
                self.rank[node] += shift
        return self.rank

    def exchange(self) -> None:
        """Exchange tree edges while that shortens anything and the budget lasts."""
        budget = STEPS_PER_NODE * len(self.rank)
        place, unchanged, count = 0, 0, len(self.rank)
        while unchanged < count and budget > 0:
            best, best_gain, seen = -1, 0, 0
            while unchanged < count and seen < EDGES_COMPARED:
                place = (place + 1) % count
                unchanged += 1
                gain = self._gain(place)
                if gain > 0:
                    seen += 1
                    if gain > best_gain:
                        best, best_gain = place, gain
            if best >= 0:
                budget -= self._exchange_above(best)
                unchanged = 0

    def _gain(self, node: int) -> int:
        """Return by how much the length shrinks for each rank that the subtree moves away from its tree edge."""
        above = self.above[node]
        if above < 0:
            return 0
        return -self.net[node] if self.edges[above].tail == node else self.net[node]

    def _exchange_above(self, top: int) -> int:
        """Move the subtree of `top` until another edge is tight, which replaces the one above; return the steps."""
        edges, rank = self.edges, self.rank
        subtree = self._below(top)
        inside = set(subtree)
        leaving = self.above[top]
        moves_left = edges[leaving].tail == top
        steps = len(subtree)
        best = (0, -1)
        for node in subtree:
            for number in self.incident[node]:
                edge = edges[number]
                steps += 1
                if (edge.tail not in inside) if moves_left else (edge.tail == node and edge.head not in inside):
                    slack = rank[edge.head] - rank[edge.tail] - edge.length
                    if best[1] < 0 or (slack, number) < best:
                        best = (slack, number)
        slack, entering = best
        if slack:
            shift = -slack if moves_left else slack
            for node in subtree:
                rank[node] += shift
        self._replace(top, leaving, entering, inside)
        return steps

    def _replace(self, top: int, leaving: int, entering: int, inside: set[int]) -> None:
        """Hang the subtree of `top` up by `entering` instead of `leaving`."""
        net, total = self.net, self.net[top]
        here = self._other_end(leaving, top)
        while True:
            net[here] -= total
            if self.above[here] < 0:
                break
            here = self._other_end(self.above[here], here)
        edge = self.edges[entering]
        first, outside = (edge.tail, edge.head) if edge.tail in inside else (edge.head, edge.tail)
        here = outside
        while True:
            net[here] += total
            if self.above[here] < 0:
                break
            here = self._other_end(self.above[here], here)
        node, towards, taken = first, entering, 0
        while True:  # turn round the way from the new top of the subtree to the old one
            before, self.above[node] = self.above[node], towards
            net[node], taken = total - taken, net[node]
            if node == top:
                break
            node, towards = self._other_end(before, node), before
        for end in (self.edges[leaving].tail, self.edges[leaving].head):
            self.tree[end].remove(leaving)
        for end in (first, outside):
            self.tree[end].append(entering)

    def _other_end(self, number: int, node: int) -> int:
        edge = self.edges[number]
        return edge.head if edge.tail == node else edge.tail

    def _below(self, root: int) -> list[int]:
        """Return the nodes of the subtree of `root`, parents before children."""
        found = [root]
        for node in found:
            above = self.above[node]
            for number in self.tree[node]:
                if number != above:
                    edge = self.edges[number]
                    found.append(edge.head if edge.tail == node else edge.tail)
        return found

    def _span(self, root: int, reached: list[bool]) -> None:
        """Grow a tree of tight edges from `root`; where none is tight, what is reached moves until one is.

        While the tree grows, its ranks are kept without the `moved` steps that all of it has moved.
        """
        rank, moved = self.rank, 0
        members: list[int] = []
        outgoing: list[tuple[int, int]] = []
        incoming: list[tuple[int, int]] = []
        waiting = [root]
        reached[root] = True

        def join(number: int, node: int) -> None:
            reached[node] = True
            rank[node] -= moved
            self.above[node] = number
            self.tree[self.edges[number].tail].append(number)
            self.tree[self.edges[number].head].append(number)
            waiting.append(node)

        while True:
            while waiting:
                node = waiting.pop()
                members.append(node)
                for number in self.incident[node]:
                    edge = self.edges[number]
                    other = self._other_end(number, node)
                    if reached[other]:
                        continue
                    distance = rank[other] - rank[node]
                    slack = (distance - moved if edge.tail == node else moved - distance) - edge.length
                    if slack == 0:
                        join(number, other)
                    elif edge.tail == node:
                        heapq.heappush(outgoing, (slack + moved, number))
                    else:
                        heapq.heappush(incoming, (slack - moved, number))
            for heap in (outgoing, incoming):
                while heap and reached[self.edges[heap[0][1]].tail] and reached[self.edges[heap[0][1]].head]:
                    heapq.heappop(heap)
            if not outgoing and not incoming:
                break
            if outgoing and (not incoming or outgoing[0][0] - moved <= incoming[0][0] + moved):
                reach, number = heapq.heappop(outgoing)
                moved = reach
                join(number, self.edges[number].head)
            else:
                reach, number = heapq.heappop(incoming)
                moved = -reach
                join(number, self.edges[number].tail)
        for node in members:
            rank[node] += moved
