"""For each of several wants one of its options, such that all chosen options together need as few parts as possible.

This generalises set cover, which is hard to solve in general; small instances are searched completely by branch and
bound, part by part where wants share nothing, large ones are solved greedily.

Source: Chvátal, "A greedy heuristic for the set-covering problem" (1979), for the order of the greedy choice.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

P = TypeVar("P", bound=Hashable)

DEFAULT_STEP_LIMIT: Final = 60_000
"""So many choices are tried per group of wants that share parts, before the greedy answer is taken."""


class Chosen(NamedTuple):
    """The option chosen for each want, by its place; `is_exact`: no cheaper choice exists."""

    options: tuple[int, ...]
    is_exact: bool


def smallest_union(
    wants: Sequence[Sequence[frozenset[P]]], cost_of: Mapping[P, int], *, step_limit: int = DEFAULT_STEP_LIMIT
) -> Chosen:
    """Return one option per want with the least cost of all parts that are needed at least once.

    Of choices with equal cost one is returned, the same each time.

    Args:
        wants: For each want its options, at least one; an option is the set of parts it needs.
        cost_of: Cost of each part, positive.
        step_limit: So many choices are tried per group of wants that share parts.

    Example:
        >>> wants = [[frozenset("a"), frozenset("c")], [frozenset("b"), frozenset("c")]]
        >>> smallest_union(wants, {"a": 1, "b": 1, "c": 1})
        Chosen(options=(1, 1), is_exact=True)
    """
    alike: dict[tuple[frozenset[P], ...], list[int]] = {}
    for place, options in enumerate(wants):
        alike.setdefault(tuple(options), []).append(place)
    distinct = list(alike)
    chosen = [0] * len(wants)
    is_exact = True
    for group in _sharing(distinct):
        found, complete = _Search([distinct[number] for number in group], cost_of, step_limit).solve()
        is_exact = is_exact and complete
        for number, option in zip(group, found, strict=True):
            for place in alike[distinct[number]]:
                chosen[place] = option
    return Chosen(tuple(chosen), is_exact)


def _sharing(wants: Sequence[tuple[frozenset[P], ...]]) -> list[list[int]]:
    """Return the places of wants, those together that share parts, directly or through others."""
    first_with: dict[P, int] = {}
    root = list(range(len(wants)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for place, options in enumerate(wants):
        for option in options:
            for part in option:
                other = find(first_with.setdefault(part, place))
                root[max(find(place), other)] = min(find(place), other)
    groups: dict[int, list[int]] = {}
    for place in range(len(wants)):
        groups.setdefault(find(place), []).append(place)
    return list(groups.values())


class _Search(Generic[P]):
    """Finds the cheapest choice for wants that share parts."""

    def __init__(self, wants: list[tuple[frozenset[P], ...]], cost_of: Mapping[P, int], step_limit: int) -> None:
        self.wants = wants
        self.cost_of = cost_of
        self.steps_left = step_limit
        self.order = sorted(range(len(wants)), key=lambda place: (len(wants[place]), place))

    def cost(self, parts: frozenset[P]) -> int:
        return sum(self.cost_of[part] for part in parts)

    def solve(self) -> tuple[list[int], bool]:
        """Return the option of each want, and whether nothing cheaper exists."""
        best = self.greedy()
        best_cost = self.cost(frozenset[P]().union(*(self.wants[place][option] for place, option in enumerate(best))))
        chosen: list[int] = []
        unions: list[frozenset[P]] = [frozenset()]
        costs = [0]
        option = 0
        while True:
            depth = len(chosen)
            if depth == len(self.order):
                if costs[-1] < best_cost:
                    best_cost = costs[-1]
                    for place, taken in zip(self.order, chosen, strict=True):
                        best[place] = taken
                option = self._back(chosen, unions, costs)
            elif option == len(self.wants[self.order[depth]]):
                option = self._back(chosen, unions, costs) if depth else -1
            else:
                if self.steps_left <= 0:
                    return best, False
                self.steps_left -= 1
                union = unions[-1] | self.wants[self.order[depth]][option]
                total = self.cost(union)
                if total + self._still_needed(union, depth + 1) < best_cost:
                    chosen.append(option)
                    unions.append(union)
                    costs.append(total)
                    option = 0
                else:
                    option += 1
            if option < 0:
                return best, True

    def greedy(self) -> list[int]:
        """Return a good choice: the cheapest parts per want that they serve, one after the other."""
        left = set(range(len(self.wants)))
        union: frozenset[P] = frozenset()
        best = [0] * len(self.wants)
        while left:
            found: tuple[float, int, frozenset[P]] | None = None
            for place in sorted(left):
                for option in self.wants[place]:
                    with_it = union | option
                    served = sum(any(other <= with_it for other in self.wants[want]) for want in left)
                    rate = (self.cost(with_it) - self.cost(union)) / served
                    if found is None or rate < found[0]:
                        found = (rate, place, with_it)
            if found is None:
                break
            union = found[2]
            for place in sorted(left):
                fitting = [number for number, option in enumerate(self.wants[place]) if option <= union]
                if fitting:
                    best[place] = fitting[0]
                    left.discard(place)
        return best

    def _still_needed(self, union: frozenset[P], depth: int) -> int:
        """Return a lower bound of what the wants from `depth` on cost besides: wants without common parts add up."""
        total = 0
        used: set[P] = set()
        for place in self.order[depth:]:
            rests = [option - union for option in self.wants[place]]
            parts = frozenset[P]().union(*rests)
            if not parts & used:
                total += min(self.cost(rest) for rest in rests)
                used |= parts
        return total

    def _back(self, chosen: list[int], unions: list[frozenset[P]], costs: list[int]) -> int:
        """Undo the last choice and return the option to try next there; -1 if there is none to undo."""
        if not chosen:
            return -1
        unions.pop()
        costs.pop()
        return chosen.pop() + 1
