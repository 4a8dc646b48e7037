"""Dominators: what every way from the beginning to a vertex leads through, and what every way to the end does.

Source: Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm (Software Practice and Experience, 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ankunft_model.graph.workflow_graph import WorkflowGraph

UNREACHED = -1
"""Stands for the immediate dominator of what cannot be reached, and of the root."""


@dataclass(frozen=True, slots=True)
class Dominators:
    """The dominator tree of a graph from one root.

    Attributes:
        parent: The immediate dominator of each vertex; `UNREACHED` for the root and for what cannot be reached.
        first, last: Numbers of a walk down the tree: x dominates y if y's `first` lies in x's span; -1: not reached.
        order: All reached vertices, dominators first.
    """

    parent: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    order: tuple[int, ...]

    def dominates(self, above: int, below: int) -> bool:
        """Return whether every way to `below` leads through `above`; a vertex dominates itself.

        What cannot be reached dominates nothing and is dominated by nothing.
        """
        if self.first[above] < 0 or self.first[below] < 0:
            return False
        return self.first[above] <= self.first[below] <= self.last[above]

    def dominated_by(self, above: int) -> tuple[int, ...]:
        """Return what a vertex dominates, itself included and first; nothing if it cannot be reached."""
        return self.order[self.first[above] : self.last[above] + 1] if self.first[above] >= 0 else ()


def find_dominators(successors: Sequence[Iterable[int]], root: int) -> Dominators:
    """Return the dominators of all vertices that can be reached from `root`.

    Args:
        successors: The vertices behind each vertex, by number.
        root: Where ways begin.

    Example:
        >>> found = find_dominators([(1, 2), (3,), (3,), ()], 0)
        >>> found.parent, found.dominates(0, 3), found.dominates(1, 3)
        ((-1, 0, 0, 0), True, False)
    """
    post_order = _post_order(successors, root)
    number = [-1] * len(successors)
    for place, vertex in enumerate(post_order):
        number[vertex] = place
    predecessors: list[list[int]] = [[] for _ in successors]
    for vertex in post_order:
        for next_ in successors[vertex]:
            predecessors[next_].append(vertex)
    parent = [UNREACHED] * len(successors)
    parent[root] = root
    joins: list[int] = []
    for vertex in reversed(post_order[:-1]):
        if len(predecessors[vertex]) == 1:
            parent[vertex] = predecessors[vertex][0]  # the same in every round
        else:
            joins.append(vertex)
            parent[vertex] = _above(vertex, predecessors, parent, number)
    changed = True
    while changed:
        changed = False
        for vertex in joins:
            found = _above(vertex, predecessors, parent, number)
            if parent[vertex] != found:
                parent[vertex] = found
                changed = True
    parent[root] = UNREACHED
    return _numbered(parent, post_order)


def node_dominators(graph: WorkflowGraph) -> Dominators:
    """Return which node every way of flows to another one leads through.

    The root is a vertex of its own behind the last node, in front of all entry points. Boundary events and the inside
    of a sub-process lie behind their step. On a process without parallel parts, what dominates a node has been
    executed before it on every run; parallel joins know more than that.
    """
    return find_dominators([*_successors(graph), tuple(sorted(graph.entry_points()))], len(graph.nodes))


def node_post_dominators(graph: WorkflowGraph) -> Dominators:
    """Return which node every way of flows from another one to an end leads through.

    The root is a vertex of its own behind the last node, behind all nodes from which no flow leads on. A node that
    leads to no end is not reached, as if it were not there.
    """
    end = len(graph.nodes)
    backwards: list[list[int]] = [[] for _ in range(end + 1)]
    for node, following in enumerate(_successors(graph)):
        for next_ in following:
            backwards[next_].append(node)
        if not following:
            backwards[end].append(node)
    return find_dominators(backwards, end)


def _successors(graph: WorkflowGraph) -> list[tuple[int, ...]]:
    return [
        (
            *(graph.target[flow] for flow in graph.outgoing[node]),
            *graph.boundary_events[node],
            *graph.entries_of(node),
        )
        for node in range(len(graph.nodes))
    ]


def _post_order(successors: Sequence[Iterable[int]], root: int) -> list[int]:
    done: list[int] = []
    seen = {root}
    stack = [(root, iter(successors[root]))]
    while stack:
        vertex, remaining = stack[-1]
        for next_ in remaining:
            if next_ not in seen:
                seen.add(next_)
                stack.append((next_, iter(successors[next_])))
                break
        else:
            stack.pop()
            done.append(vertex)
    return done


def _above(vertex: int, predecessors: list[list[int]], parent: list[int], number: list[int]) -> int:
    """Return the nearest vertex above all predecessors, in the tree as far as it is known."""
    found = UNREACHED
    for before in predecessors[vertex]:
        if parent[before] != UNREACHED:
            found = before if found == UNREACHED else _meet(before, found, parent, number)
    return found


def _meet(one: int, other: int, parent: list[int], number: list[int]) -> int:
    """Return the nearest vertex that is above both, in the tree as far as it is known."""
    while one != other:
        while number[one] < number[other]:
            one = parent[one]
        while number[other] < number[one]:
            other = parent[other]
    return one


def _numbered(parent: list[int], post_order: list[int]) -> Dominators:
    children: dict[int, list[int]] = {}
    for vertex in post_order[:-1]:
        children.setdefault(parent[vertex], []).append(vertex)
    first = [-1] * len(parent)
    last = [-1] * len(parent)
    order: list[int] = []
    stack = [post_order[-1]]
    while stack:
        vertex = stack.pop()
        first[vertex] = last[vertex] = len(order)
        order.append(vertex)
        stack.extend(children.get(vertex, ()))
    for vertex in reversed(order):
        above = parent[vertex]
        if above != UNREACHED and last[above] < last[vertex]:
            last[above] = last[vertex]
    return Dominators(tuple(parent), tuple(first), tuple(last), tuple(order))
