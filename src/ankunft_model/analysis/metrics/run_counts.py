"""How often something happens in a run: least, greatest, and expected where the shares of decisions are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ankunft_model.graph import RunEdge, RunGraph, build_run_graph, ending_groups, strong_components
from ankunft_model.graph.expected_counts import NOTHING as NEVER
from ankunft_model.graph.expected_counts import Expectation, expected_counts
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Activity, Gateway

_SWEEPS: Final = 2_000
_PRECISION: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Count:
    """A number per run.

    Attributes:
        least, most: Over all complete runs; `most` None: a loop sets no bound.
        expected: The mean over cases; None if a share on the way is not stated.
    """

    least: float
    most: float | None
    expected: float | None = None

    def __add__(self, other: Count) -> Count:
        return Count(
            self.least + other.least,
            None if self.most is None or other.most is None else self.most + other.most,
            None if self.expected is None or other.expected is None else self.expected + other.expected,
        )

    def times(self, factor: float) -> Count:
        """Return the count, each multiplied by `factor`.

        Example:
            >>> Count(1, 2, 1.5).times(10)
            Count(least=10, most=20, expected=15.0)
        """
        return Count(
            self.least * factor,
            None if self.most is None else self.most * factor,
            None if self.expected is None else self.expected * factor,
        )


NOTHING: Final = Count(0, 0, 0.0)


class RunCounting:
    """Counts on the graph of runs of one group of processes."""

    def __init__(self, runs: RunGraph) -> None:
        self._limits_of_orders: tuple[Limit, ...] = ()
        if ending_groups(runs.game):  # then it counts what had happened before the rest was ended
            every = build_run_graph(runs.game, watched=frozenset(move.cluster for move in runs.game.transitions))
            self._limits_of_orders = every.limits
            runs = every if every.is_complete else runs
        self.runs = runs
        self._executions: dict[int, Expectation] | None = None
        successors = {s: dict.fromkeys(e.target for e in es if e.target >= 0) for s, es in enumerate(runs.edges)}
        self.components = strong_components(successors)  # targets before sources
        self.looping = {
            state for part in self.components for state in part if len(part) > 1 or part[0] in successors[part[0]]
        }
        self.chances = [self._chances(edges) for edges in runs.edges]

    @property
    def is_exact(self) -> bool:
        """Whether all runs are in the graph."""
        return not self.limits

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What keeps runs out of the graph."""
        return in_order((*self._limits_of_orders, *self.runs.limits, *self.runs.game.limits))

    def count(self, least_of: Mapping[int, float], most_of: Mapping[int, float]) -> Count:
        """Return how often something happens per run.

        Args:
            least_of: By index of the node, how often at least it happens in one execution; missing: never.
            most_of: The same at most.
        """
        low = [self._sum(move.executes, least_of, most=False) for move in self.runs.game.transitions]
        high = [self._sum(move.executes, most_of, most=True) for move in self.runs.game.transitions]
        least = self._extreme([cost or 0.0 for cost in low], most=False)
        most = None if None in high else self._extreme([cost or 0.0 for cost in high], most=True)
        expected = self._expected([cost or 0.0 for cost in low]) if low == high else None
        if most is not None and least == most:
            expected = most
        elif least_of == most_of:
            expected = self._by_shares(least_of, expected)
        return Count(least or 0.0, most, expected)

    def _by_shares(self, cost_of: Mapping[int, float], otherwise: float | None) -> float | None:
        """Return the expectation in exact fractions, where the process is made of blocks and all shares are stated."""
        blocks = self.runs.blocks
        if blocks is None:
            return otherwise
        if self._executions is None:
            self._executions = expected_counts(blocks, [flow.flow.share for flow in self.runs.game.graph.flows])
        total = Fraction(0)
        for node, cost in cost_of.items():
            count = self._executions.get(node, NEVER)
            repeats = getattr(self.runs.game.graph.nodes[node], "repeats", None)
            if cost and (repeats is not None or not count.is_known):
                return otherwise
            total += Fraction(cost) * count.least
        return float(total)

    def chance(self, nodes: frozenset[int]) -> float | None:
        """Return the probability that a run executes at least one of the nodes; None if a share is not stated."""
        hits = [not nodes.isdisjoint(move.executes) for move in self.runs.game.transitions]

        def value(state: int, known: list[float]) -> float | None:
            return self._mean(state, lambda edge: 1.0 if hits[edge.move] else known[edge.target])

        return self._solved(value)

    def _sum(self, executes: tuple[int, ...], of: Mapping[int, float], *, most: bool) -> float | None:
        """Return the sum over the nodes that a move executes, repetitions counted; None: without bound."""
        total = 0.0
        for node in executes:
            once = of.get(node, 0.0)
            step = self.runs.game.graph.nodes[node]
            if once and isinstance(step, Activity) and step.repeats is not None:
                times = step.repeats.max if most else max(step.repeats.min, 1)
                if times is None:
                    return None
                once *= times
            total += once
        return total

    def _extreme(self, costs: list[float], *, most: bool) -> float | None:
        """Return the least or greatest sum of costs from the beginning to where a run is over; None: no bound."""
        better = max if most else min
        best: dict[int, float] = {}
        for component in self.components:
            inside = set(component)
            if most and inside & self.looping:
                inner = [e for s in component for e in self.runs.edges[s] if e.target in inside]
                if any(costs[edge.move] > 0 for edge in inner) and any(
                    not self.runs.edges[s] or any(e.target in best for e in self.runs.edges[s]) for s in component
                ):
                    return None
            for _ in component:  # as often as a way inside can be long
                changed = False
                for state in component:
                    edges = self.runs.edges[state]
                    found = [costs[e.move] + best[e.target] for e in edges if e.target in best]
                    if not edges:
                        found = [0.0]
                    if found and (state not in best or better(best[state], better(found)) != best[state]):
                        best[state] = better(found)
                        changed = True
                if not changed:
                    break
        return best.get(0)

    def _expected(self, costs: list[float]) -> float | None:
        def value(state: int, known: list[float]) -> float | None:
            return self._mean(state, lambda edge: costs[edge.move] + known[edge.target])

        return self._solved(value)

    def _mean(self, state: int, of: Callable[[RunEdge], float]) -> float | None:
        edges, chances = self.runs.edges[state], self.chances[state]
        if not edges:
            return 0.0
        if chances is None:
            values = {of(edge) for edge in edges if edge.target >= 0}
            return values.pop() if len(values) == 1 else None
        return sum(chance * of(edge) for edge, chance in zip(edges, chances, strict=True) if chance)

    def _solved(self, value: Callable[[int, list[float]], float | None]) -> float | None:
        """Return the value of the beginning; values depend on those of the states that follow."""
        known = [0.0] * len(self.runs.edges)
        unknown: set[int] = set()
        for component in self.components:
            follows_unknown = any(edge.target in unknown for s in component for edge in self.runs.edges[s])
            # how often it goes round is the question: that all ways agree so far says nothing
            is_open = set(component) & self.looping and any(self.chances[s] is None for s in component)
            if follows_unknown or is_open:
                unknown.update(component)
                continue
            for _ in range(_SWEEPS if set(component) & self.looping else 1):
                step = 0.0
                for state in component:
                    found = value(state, known)
                    if found is None:
                        unknown.add(state)
                        break
                    step = max(step, abs(found - known[state]))
                    known[state] = found
                if step <= _PRECISION or unknown & set(component):
                    break
        return None if 0 in unknown else known[0]

    def _chances(self, edges: tuple[RunEdge, ...]) -> tuple[float, ...] | None:
        """Return the probability of each edge that leaves a state; None if it is not stated."""
        if len(edges) <= 1:
            return (1.0,) * len(edges)
        game = self.runs.game
        shares: list[float | None] = []
        for edge in edges:
            takes = game.transitions[edge.move].takes
            source = game.graph.nodes[game.graph.source[takes[0]]] if len(takes) == 1 else None
            is_choice = isinstance(source, Gateway) and source.type in ("exclusive", "event_based")
            shares.append(game.graph.flows[takes[0]].flow.share if is_choice else None)
        if shares.count(None) == 1 and len({game.transitions[edge.move].cluster for edge in edges}) == 1:
            rest = 1.0 - sum(share for share in shares if share is not None)
            shares = [max(0.0, rest) if share is None else share for share in shares]
        known = [share for share in shares if share is not None]
        return tuple(known) if len(known) == len(shares) and abs(sum(known) - 1.0) < 1e-9 else None
