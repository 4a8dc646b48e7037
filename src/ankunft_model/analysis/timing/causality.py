"""Runs as causes and effects: what has to be over before what, and how long it may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ankunft_model.analysis.timing.spent_time import Spent, time_of_boundary, time_of_node, time_of_part
from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph, WorkflowGraph, strong_components
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Event, Gateway, Handover, SubProcess
from ankunft_model.model.quantities import SECONDS_PER_DAY

Bounds: TypeAlias = tuple[int, int | None]
"""Least and greatest number of seconds; None: unbounded."""

DEFAULT_RUN_LIMIT: Final = 2_000
MAX_EXECUTIONS: Final = 200_000
"""So many executions of nodes all runs together have at most; further runs are left out."""

MAX_KEPT_EXECUTIONS: Final = 50_000
"""The same for runs that are kept to be compared pair by pair."""

_NO_TIME: Final[Bounds] = (0, 0)
_LONG_BEFORE: Final = -100 * 365 * SECONDS_PER_DAY
"""Stands for no lower bound; no process takes longer than a century."""


@dataclass(frozen=True, slots=True)
class CausalRun:
    """One complete run, up to the order of what is independent.

    Attributes:
        nodes: Index of the node of each execution, in an order that respects causes.
        causes: For each execution the earlier ones that it waits for, with the time that passes on the way.
        takes: Time of each execution itself, waiting included; what is unknown counts as zero.
        spent: The same in all its parts.
        unknown: Executions whose time nobody stated, or not its upper bound.
        dominators: For each execution the latest other one that every chain of causes leads over; -1: none.
    """

    run: Run
    nodes: tuple[int, ...]
    causes: tuple[tuple[tuple[int, Bounds], ...], ...]
    takes: tuple[Bounds, ...]
    spent: tuple[Spent, ...]
    unknown: frozenset[int]
    dominators: tuple[int, ...]

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
        after = {anchor}
        for execution in sorted(above):
            if any(cause in after for cause, _ in self.causes[execution]):
                after.add(execution)
        return frozenset(after - {anchor})

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

    def completions(self) -> tuple[Bounds, ...]:
        """Return when each execution completes after the beginning of the run."""
        done: list[Bounds] = []
        for execution, causes in enumerate(self.causes):
            arrived = _NO_TIME
            for cause, way in causes:
                arrived = _later(arrived, _sum(done[cause], way))
            done.append(_sum(arrived, self.takes[execution]))
        return tuple(done)

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
        return max(_common(first, then, self.dominators), 0)


def causal_runs(
    runs: RunGraph, handovers: tuple[Handover, ...], *, limit: int = DEFAULT_RUN_LIMIT
) -> Iterator[CausalRun]:
    """Yield the complete runs, one per combination of decisions, loops at most once more; at most `limit`.

    There are fewer, too, if all together execute more than `MAX_EXECUTIONS` nodes.
    """
    reading, game = _Reading(runs, handovers), runs.game
    stack: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = [(0, (), (0,))]
    found = executed = 0
    while stack and found < limit and executed <= MAX_EXECUTIONS:
        state, moves, visited = stack.pop()
        edges = runs.edges[state]
        if not edges:
            found += 1
            executed += sum(len(game.transitions[move].executes) for move in moves)
            yield reading.run(moves)
            continue
        for edge in reversed(edges):
            if edge.target >= 0 and visited.count(edge.target) < 2:
                seen = (*visited, edge.target) if edge.target <= state else visited
                stack.append((edge.target, (*moves, edge.move), seen))


@dataclass(frozen=True, slots=True)
class CausalRuns:
    """The runs of a group of processes, one per combination of decisions, loops at most once more.

    Attributes:
        limits: What was reached; no combination of decisions is missing if nothing was.
        has_loops: Whether longer runs are left out that go round a loop more often.
    """

    runs: tuple[CausalRun, ...]
    limits: tuple[Limit, ...]
    has_loops: bool

    @property
    def is_complete(self) -> bool:
        """Whether no combination of decisions is missing."""
        return not self.limits


def find_causal_runs(runs: RunGraph, handovers: tuple[Handover, ...]) -> CausalRuns:
    """Return the runs that fit into `DEFAULT_RUN_LIMIT` and `MAX_KEPT_EXECUTIONS`."""
    found: list[CausalRun] = []
    executed = 0
    for run in causal_runs(runs, handovers, limit=DEFAULT_RUN_LIMIT + 1):
        executed += len(run.nodes)
        if len(found) == DEFAULT_RUN_LIMIT or (executed > MAX_KEPT_EXECUTIONS and found):
            return CausalRuns(tuple(found), in_order((*runs.limits, *runs.game.limits, "runs")), runs.has_loops)
        found.append(run)
    return CausalRuns(tuple(found), in_order((*runs.limits, *runs.game.limits)), runs.has_loops)


def number_of_runs(runs: RunGraph, *, limit: int = DEFAULT_RUN_LIMIT) -> int | None:
    """Return how many combinations of decisions there are, or None if `causal_runs` would leave some out."""
    if not runs.is_complete:
        return None
    successors = {state: dict.fromkeys(edge.target for edge in edges) for state, edges in enumerate(runs.edges)}
    ways = [0] * len(runs.edges)
    for component in strong_components({state: [t for t in ts if t >= 0] for state, ts in successors.items()}):
        state = component[0]
        if len(component) > 1 or state in successors[state]:
            return None
        onward = [ways[edge.target] for edge in runs.edges[state] if edge.target >= 0]
        ways[state] = sum(onward) if runs.edges[state] else 1
        if ways[state] > limit:
            return None
    return ways[0] if ways[0] * len(runs.game.graph.nodes) <= MAX_EXECUTIONS else None


class _Reading:
    """Turns the moves of a run into causes and effects."""

    def __init__(self, runs: RunGraph, handovers: tuple[Handover, ...]) -> None:
        self.game = runs.game
        graph = self.graph = runs.game.graph
        self.latencies: dict[int, dict[int, Bounds]] = {}
        self.delays = {
            place: _bounds(time_of_part(line.flow.delay, "delay", is_waiting=True))
            for place, line in enumerate(graph.flows)
            if line.flow.delay is not None
        }
        awaited: dict[tuple[int, int], list[Bounds]] = {}
        for handover in handovers:
            if handover.from_node in graph.index_of and handover.to_node in graph.index_of:
                sender, receiver = graph.index_of[handover.from_node or ""], graph.index_of[handover.to_node or ""]
                way = _NO_TIME
                if handover.latency is not None:
                    way = _bounds(time_of_part(handover.latency, "latency", is_waiting=True))
                if handover.waits and not handover.triggers:
                    awaited.setdefault((sender, receiver), []).append(way)
                elif handover.latency is not None and (handover.triggers or _are_side_by_side(graph, sender, receiver)):
                    of_senders = self.latencies.setdefault(receiver, {})
                    of_senders[sender] = _later(of_senders.get(sender, _NO_TIME), way)
        sent_for = {receiver for _, receiver in awaited}
        self.marks = sum(self.game.marks)
        for places, signal in zip(self.game.marks, self.game.control.waits, strict=True):
            way = awaited[signal].pop(0)
            self.delays |= dict.fromkeys(_bits(places), way)
        self.spent = [_spent(graph, node, sent_for) for node in range(len(graph.nodes))]
        self.ends_inside: dict[int, frozenset[int]] = {}
        for number, node in enumerate(graph.nodes):
            if isinstance(node, SubProcess):
                inner = [n for n in range(number + 1, len(graph.nodes)) if graph.parent[n] == number]
                self.ends_inside[number] = frozenset(n for n in inner if not graph.outgoing[n])

    def run(self, moves: tuple[int, ...]) -> CausalRun:
        """Return the run that the moves make, one after the other."""
        graph = self.graph
        nodes: list[int] = []
        causes: list[tuple[tuple[int, Bounds], ...]] = []
        decisions: list[int] = []
        dominators: list[int] = []
        producer: dict[int, dict[int, Bounds]] = {}
        for number in moves:
            move = self.game.transitions[number]
            inputs: dict[int, Bounds] = {}
            self._add_inputs(inputs, (move.consumes | move.requires) & ~self.marks & ~self.game.answers, producer)
            for sender, latency in self.latencies.get(move.cluster, {}).items():
                self._add_latency(inputs, sender, latency, nodes, causes)
            self._add_inputs(inputs, move.consumes & self.marks, producer)
            for node in move.executes:
                if move.inhibited_by and node in self.ends_inside:
                    inputs |= self._ends_of(node, nodes)
                execution = len(nodes)
                nodes.append(node)
                causes.append(tuple(sorted(inputs.items())))
                dominator = -1 if not inputs else next(iter(inputs))
                for earlier in inputs:
                    dominator = _common(dominator, earlier, dominators)
                dominators.append(dominator)
                inputs = {execution: _NO_TIME}
            for place in _bits(move.produces | move.marks):
                producer[place] = dict(inputs)
            decisions.extend(move.takes)
        spent = tuple(self.spent[node] for node in nodes)
        return CausalRun(
            run=Run(graph, tuple(nodes), tuple(decisions)),
            nodes=tuple(nodes),
            causes=tuple(causes),
            takes=tuple(_bounds(part) for part in spent),
            spent=spent,
            unknown=frozenset(execution for execution, part in enumerate(spent) if part.unknown or part.is_unbounded),
            dominators=tuple(dominators),
        )

    def _add_inputs(self, inputs: dict[int, Bounds], places: int, producer: Mapping[int, Mapping[int, Bounds]]) -> None:
        """Add the executions that put the tokens of `places`, with the time from each on its way."""
        for place in _bits(places):
            delay = self.delays.get(place, _NO_TIME)
            for earlier, way in producer.get(place, {}).items():
                inputs[earlier] = _later(inputs.get(earlier, _NO_TIME), _sum(way, delay))

    def _ends_of(self, node: int, nodes: Sequence[int]) -> dict[int, Bounds]:
        """Return the executions with which the inside of a sub-process ended, since it executed last."""
        ends = self.ends_inside[node]
        begun = len(nodes) - next((back for back, other in enumerate(reversed(nodes)) if other == node), len(nodes))
        return {execution: _NO_TIME for execution in range(begun, len(nodes)) if nodes[execution] in ends}

    def _add_latency(
        self,
        inputs: dict[int, Bounds],
        sender: int,
        latency: Bounds,
        nodes: Sequence[int],
        causes: Sequence[tuple[tuple[int, Bounds], ...]],
    ) -> None:
        """Have the latency of a handover count that comes straight from its sender, or over gateways only."""
        direct = [earlier for earlier in inputs if nodes[earlier] == sender]
        if direct:
            inputs[max(direct)] = _sum(inputs[max(direct)], latency)
            return
        ways = dict(inputs)
        stack = sorted(ways)
        while stack:
            gateway = stack.pop()
            if not isinstance(self.graph.nodes[nodes[gateway]], Gateway):
                continue
            for earlier, way in causes[gateway]:
                total = _sum(way, ways[gateway])
                if earlier not in ways or _later(ways[earlier], total) != ways[earlier]:
                    ways[earlier] = total if earlier not in ways else _later(ways[earlier], total)
                    stack.append(earlier)
        sent = [earlier for earlier in ways if nodes[earlier] == sender]
        if sent:
            inputs[max(sent)] = _sum(ways[max(sent)], latency)


def _are_side_by_side(graph: WorkflowGraph, one: int, other: int) -> bool:
    """Whether a flow can lead from one to the other: none crosses the border of a sub-process."""
    return graph.parent[one] == graph.parent[other]


def _spent(graph: WorkflowGraph, number: int, sent_for: set[int]) -> Spent:
    node = graph.nodes[number]
    if isinstance(node, Event) and graph.host[number] >= 0:
        host = graph.nodes[graph.host[number]]
        return time_of_boundary(node, None if isinstance(host, SubProcess) else time_of_node(host))
    return time_of_node(node, is_sent_for=number in sent_for)


def _common(first: int, second: int, dominators: Sequence[int]) -> int:
    """Return the latest execution that both are, or are dominated by; -1: none."""
    while first != second:
        if first > second:
            first = dominators[first]
        else:
            second = dominators[second]
    return first


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


def _bounds(spent: Spent) -> Bounds:
    """Return the bounds as far as they are stated; None where repetitions have no bound."""
    return spent.least, None if spent.is_unbounded else spent.stated


def _sum(first: Bounds, second: Bounds) -> Bounds:
    high = None if first[1] is None or second[1] is None else first[1] + second[1]
    return first[0] + second[0], high


def _later(first: Bounds, second: Bounds) -> Bounds:
    high = None if first[1] is None or second[1] is None else max(first[1], second[1])
    return max(first[0], second[0]), high


def _bits(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
