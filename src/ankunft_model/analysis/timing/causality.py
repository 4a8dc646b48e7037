"""Runs as causes and effects: what has to be over before what, and how long it may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph
from ankunft_model.model import Activity, DurationRange, Handover
from ankunft_model.model.quantities import SECONDS_PER_DAY

Bounds: TypeAlias = tuple[int, int | None]
"""Least and greatest number of seconds; None: unbounded."""

DEFAULT_RUN_LIMIT: Final = 2_000

_NO_TIME: Final[Bounds] = (0, 0)
_LONG_BEFORE: Final = -100 * 365 * SECONDS_PER_DAY
"""Stands for no lower bound; no process takes longer than a century."""


@dataclass(frozen=True, slots=True)
class CausalRun:
    """One complete run, up to the order of what is independent.

    Attributes:
        nodes: Index of the node of each execution, in an order that respects causes.
        causes: For each execution the earlier ones that it waits for, with the time that passes on the way.
        takes: Time of each execution itself, waiting included.
        unknown: Executions whose time nobody stated, or not its upper bound; it counts as zero.
        flows: Flows chosen at decisions.
    """

    run: Run
    nodes: tuple[int, ...]
    causes: tuple[tuple[tuple[int, Bounds], ...], ...]
    takes: tuple[Bounds, ...]
    unknown: frozenset[int]

    def execution_of(self, node: int) -> int | None:
        """Return the first execution of `node`, or None if this run leaves it out."""
        return self.nodes.index(node) if node in self.nodes else None

    def is_before(self, first: int, then: int) -> bool:
        """Return whether `then` waits, directly or over others, for `first`."""
        return first in _closure((then,), self.causes) and first != then

    def between(self, first: int, then: int) -> frozenset[int]:
        """Return the executions whose time counts for what elapses from one to the other; both ends included."""
        anchor = self._common_dominator(first, then)
        above = _closure((first, then), self.causes)
        return frozenset(execution for execution in above if execution != anchor and self.is_before(anchor, execution))

    def elapsed(self, first: int, then: int) -> tuple[Bounds, bool]:
        """Return bounds of the seconds from the completion of one execution to that of another, and if they are exact.

        The time of `then` is the longest of the chains of causes that lead to it. Chains over `first` count from
        there; the others from the latest execution that both go back to, so that only what differs counts. The
        bounds are negative where the second can complete before the first, and exact where one kind of chain decides.
        """
        if first == then:
            return _NO_TIME, True
        if self.is_before(then, first):
            (least, most), is_exact = self.elapsed(then, first)
            return (_LONG_BEFORE if most is None else -most, -least), is_exact
        anchor = self._common_dominator(first, then)
        start = self._completions(anchor)[first] or _NO_TIME
        direct = self._completions(first)[then]
        beside = None if anchor == first else self._completions(anchor, without=first)[then]
        if beside is None:
            return direct or _NO_TIME, True
        least = _LONG_BEFORE if start[1] is None else beside[0] - start[1]
        most = None if beside[1] is None else beside[1] - start[0]
        if direct is None:
            shared = _closure((first,), self.causes) & _closure((then,), self.causes)
            return (least, most), max(shared) == anchor
        decided = least <= direct[0] and (direct[1] is None or (most is not None and most <= direct[1]))
        highest = None if most is None or direct[1] is None else max(most, direct[1])
        return (max(least, direct[0]), highest), decided

    def _completions(self, anchor: int, *, without: int | None = None) -> list[Bounds | None]:
        """Return when each execution completes after `anchor` has; None for what does not wait for it.

        With `without`, chains over that execution are left out.
        """
        done: list[Bounds | None] = [None] * len(self.nodes)
        done[anchor] = _NO_TIME
        for execution in range(anchor + 1, len(self.nodes)):
            if execution == without:
                continue
            arrivals = [
                _sum(earlier, way) for cause, way in self.causes[execution] if (earlier := done[cause]) is not None
            ]
            if arrivals:
                arrived = (
                    max(least for least, _ in arrivals),
                    None if any(most is None for _, most in arrivals) else max(most or 0 for _, most in arrivals),
                )
                done[execution] = _sum(arrived, self.takes[execution])
        return done

    def _common_dominator(self, first: int, then: int) -> int:
        """Return the latest execution that every chain of causes of both runs through."""
        dominators: list[frozenset[int]] = []
        for execution, causes in enumerate(self.causes):
            above = [dominators[cause] for cause, _ in causes]
            shared = above[0].intersection(*above[1:]) if above else frozenset[int]()
            dominators.append(shared | {execution})
        common = dominators[first] & dominators[then]
        return max(common) if common else 0


def causal_runs(
    runs: RunGraph, handovers: tuple[Handover, ...], *, limit: int = DEFAULT_RUN_LIMIT
) -> Iterator[CausalRun]:
    """Yield the complete runs, one per combination of decisions, loops at most once more; at most `limit`."""
    stack: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = [(0, (), (0,))]
    found = 0
    while stack and found < limit:
        state, moves, visited = stack.pop()
        edges = runs.edges[state]
        if not edges:
            found += 1
            yield _causal_run(runs, moves, handovers)
            continue
        for edge in reversed(edges):
            if edge.target >= 0 and visited.count(edge.target) < 2:
                seen = (*visited, edge.target) if edge.target <= state else visited
                stack.append((edge.target, (*moves, edge.move), seen))


def _causal_run(runs: RunGraph, moves: tuple[int, ...], handovers: tuple[Handover, ...]) -> CausalRun:
    game = runs.game
    graph = game.graph
    nodes: list[int] = []
    causes: list[tuple[tuple[int, Bounds], ...]] = []
    takes: list[Bounds] = []
    unknown: set[int] = set()
    decisions: list[int] = []
    producer: dict[int, tuple[int, ...]] = {}
    last_of: dict[int, int] = {}
    latencies: dict[int, list[tuple[int, Bounds]]] = {}
    for handover in handovers:
        if handover.latency is not None and handover.from_node in graph.index_of and handover.to_node in graph.index_of:
            way = _bounds(handover.latency)
            latencies.setdefault(graph.index_of[handover.to_node], []).append((graph.index_of[handover.from_node], way))
    for number in moves:
        move = game.transitions[number]
        inputs: dict[int, Bounds] = {}
        for place in _bits(move.consumes | move.requires):
            delay = graph.flows[place].flow.delay if place < len(graph.flows) else None
            for earlier in producer.get(place, ()):
                inputs[earlier] = _NO_TIME if delay is None else _bounds(delay)
        for node in move.executes:
            for sender, way in latencies.get(node, ()):
                if sender in last_of and last_of[sender] in _closure(inputs, causes):
                    inputs[last_of[sender]] = way
            execution = len(nodes)
            nodes.append(node)
            causes.append(tuple(sorted(inputs.items())))
            spent, is_known = _time_of(graph.nodes[node])
            takes.append(spent)
            if not is_known:
                unknown.add(execution)
            last_of[node] = execution
            inputs = {execution: _NO_TIME}
        for place in _bits(move.produces | move.marks):
            producer[place] = tuple(inputs)
        decisions.extend(move.takes)
    return CausalRun(
        Run(graph, tuple(nodes), tuple(decisions)), tuple(nodes), tuple(causes), tuple(takes), frozenset(unknown)
    )


def _closure(inputs: Iterable[int], causes: Sequence[tuple[tuple[int, Bounds], ...]]) -> set[int]:
    """Return everything that the inputs go back to."""
    found = set(inputs)
    stack = list(found)
    while stack:
        for earlier, _ in causes[stack.pop()]:
            if earlier not in found:
                found.add(earlier)
                stack.append(earlier)
    return found


def _time_of(node: object) -> tuple[Bounds, bool]:
    """Return the time of one execution (waiting, working, repetitions), and whether its upper bound is known."""
    if not isinstance(node, Activity):
        return _NO_TIME, True
    known = [part for part in (node.wait, node.duration) if part is not None]
    is_known = bool(known) and all(part.max is not None for part in known)
    spent = _NO_TIME
    for part in known:
        spent = _sum(spent, _bounds(part))
    if node.repeats is not None:
        every = _NO_TIME if node.repeats.every is None else _bounds(node.repeats.every)
        least = max(node.repeats.min, 1)
        most = node.repeats.max
        low = least * spent[0] + (least - 1) * every[0]
        high = None
        if most is not None and spent[1] is not None and every[1] is not None:
            high = most * spent[1] + (most - 1) * every[1]
        spent = (low, high)
    return spent, is_known


def _bounds(part: DurationRange) -> Bounds:
    """Return the bounds of a range; an unknown part counts as zero more than the known one."""
    low = part.min_seconds if part.min_seconds is not None else 0
    high = part.max_seconds if part.max_seconds is not None else part.likely.max_seconds if part.likely else low
    return low, max(low, high)


def _sum(first: Bounds, second: Bounds) -> Bounds:
    high = None if first[1] is None or second[1] is None else first[1] + second[1]
    return first[0] + second[0], high


def _bits(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
