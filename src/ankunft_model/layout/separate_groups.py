"""Which groups of boxes lie beside each other (part of phases 4 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from ankunft_model.layout.cycles import AcyclicScope

MOST_GROUPS = 40
MOST_MEMBERS = 60
"""Of more or larger groups only those that come first, or none, are kept apart; bounds the time."""

Group = frozenset[int]


def groups_in_order(groups: Iterable[Group], edges: Iterable[tuple[int, int]]) -> Iterator[tuple[Group, Group]]:
    """Yield the pairs of groups of which the first must lie left of the second.

    The first leads to the second by `edges` (from box to box) and by pairs yielded before, and never back.

    Precondition: the edges are acyclic.
    Postcondition: they stay so together with an edge from each box of a first group to each box of its second one.

    Example:
        >>> list(groups_in_order([frozenset({2, 3}), frozenset({0, 1})], [(0, 1), (1, 2), (2, 3)]))
        [(frozenset({0, 1}), frozenset({2, 3}))]
    """
    kept = [group for group in groups if len(group) <= MOST_MEMBERS][:MOST_GROUPS]
    leaving: dict[int, list[int]] = {}
    for source, target in edges:
        leaving.setdefault(source, []).append(target)
    for one, other in combinations(kept, 2):
        if one & other:
            continue
        leads_on, leads_back = _reached(one, leaving) & other, _reached(other, leaving) & one
        if bool(leads_on) == bool(leads_back):
            continue
        first, second = (one, other) if leads_on else (other, one)
        for box in first:
            leaving.setdefault(box, []).extend(sorted(second))
        yield first, second


def anchored_groups(acyclic: AcyclicScope) -> list[Group]:
    """Return the groups of a scope, with the hosts of events instead of the events."""
    return [frozenset(acyclic.anchor[box] for box in group) for group in acyclic.sized.scope.groups]


def _reached(group: Group, leaving: dict[int, list[int]]) -> set[int]:
    """Return the boxes to which edges lead from a group, its own among them only if edges do."""
    reached: set[int] = set()
    waiting = [target for box in group for target in leaving.get(box, ())]
    while waiting:
        box = waiting.pop()
        if box not in reached:
            reached.add(box)
            waiting.extend(leaving.get(box, ()))
    return reached
