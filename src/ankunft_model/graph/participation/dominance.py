"""Dominators: which node or flow every way from the beginning to another one leads through."""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.graph.participation.normal_form import NormalForm

ROOT = ""
"""The virtual beginning in front of all start events."""


@dataclass(frozen=True)
class Dominance:
    """Immediate dominators of nodes and flows (ids are unique among both).

    Attributes:
        parent: The immediate dominator of each reachable node and flow; start events have `ROOT`.
        first, last: Numbers of a walk down the dominator tree; x dominates y when y's number lies in x's span.
        order: All reachable nodes and flows, dominators first.
    """

    parent: dict[str, str]
    first: dict[str, int]
    last: dict[str, int]
    order: tuple[str, ...]

    def dominates(self, above: str, below: str) -> bool:
        """Return whether every way to `below` leads through `above`; a node dominates itself.

        What cannot be reached dominates nothing and is dominated by nothing.
        """
        if above not in self.first or below not in self.first:
            return False
        return self.first[above] <= self.first[below] <= self.last[above]

    def dominated_by(self, above: str) -> tuple[str, ...]:
        """Return the nodes and flows that `above` dominates, itself included."""
        return self.order[self.first[above] : self.last[above] + 1]


def find_dominance(form: NormalForm) -> Dominance:
    """Return the dominators of all nodes and flows that can be reached from a start event.

    Source: Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm (2001).
    """
    successors: dict[str, tuple[str, ...]] = {ROOT: form.starts, **form.outgoing}
    for flow in form.flows.values():
        successors[flow.id] = (flow.target,)
    post_order = _post_order(successors)
    number = {vertex: index for index, vertex in enumerate(post_order)}
    predecessors: dict[str, list[str]] = {vertex: [] for vertex in post_order}
    for vertex in post_order:
        for next_ in successors[vertex]:
            predecessors[next_].append(vertex)
    parent: dict[str, str] = {ROOT: ROOT}
    changed = True
    while changed:
        changed = False
        for vertex in reversed(post_order[:-1]):
            found: str | None = None
            for before in predecessors[vertex]:
                if before not in parent:
                    continue
                found = before if found is None else _meet(before, found, parent, number)
            if found is not None and parent.get(vertex) != found:
                parent[vertex] = found
                changed = True
    return _numbered(parent, post_order)


def _post_order(successors: dict[str, tuple[str, ...]]) -> list[str]:
    done: list[str] = []
    seen = {ROOT}
    stack = [(ROOT, iter(successors[ROOT]))]
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


def _meet(one: str, other: str, parent: dict[str, str], number: dict[str, int]) -> str:
    while one != other:
        while number[one] < number[other]:
            one = parent[one]
        while number[other] < number[one]:
            other = parent[other]
    return one


def _numbered(parent: dict[str, str], post_order: list[str]) -> Dominance:
    children: dict[str, list[str]] = {}
    for vertex in reversed(post_order[:-1]):
        children.setdefault(parent[vertex], []).append(vertex)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    order: list[str] = []
    stack: list[tuple[str, bool]] = [(ROOT, False)]
    while stack:
        vertex, is_left = stack.pop()
        if is_left:
            last[vertex] = len(order) - 1
            continue
        first[vertex] = len(order)
        order.append(vertex)
        stack.append((vertex, True))
        stack.extend((child, False) for child in reversed(children.get(vertex, [])))
    return Dominance(parent, first, last, tuple(order))
