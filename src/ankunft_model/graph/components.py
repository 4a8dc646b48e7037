"""Strongly connected components of a directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def strong_components(successors: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Return the strongly connected components, targets before sources (Tarjan 1972), without recursion.

    Example:
        >>> strong_components({0: [1], 1: [2], 2: [1], 3: []})
        [[2, 1], [0], [3]]
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[list[int]] = []
    for root in successors:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(successors[root]))]
        while work:
            node, remaining = work[-1]
            for target in remaining:
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(successors[target])))
                    break
                if target in on_stack:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component: list[int] = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    found.append(component)
    return found
