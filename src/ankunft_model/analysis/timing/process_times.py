"""How long a process takes: bounds over all runs, the critical path, and when each node is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ankunft_model.analysis.timing.blocks import consists_of_blocks
from ankunft_model.analysis.timing.causality import CausalRun, causal_runs, number_of_runs
from ankunft_model.analysis.timing.greatest_time import GreatestTimes, greatest_times
from ankunft_model.analysis.timing.least_time import LeastTimes, least_times
from ankunft_model.analysis.timing.time_graph import TimeGraph, build_time_graph
from ankunft_model.graph import RunGraph, WorkflowGraph
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Process


@dataclass(frozen=True, slots=True)
class NodeTimes:
    """When a node completes, in seconds since the beginning of the run.

    Attributes:
        earliest: Over all runs that execute it; None: no run does.
        latest: None: no run does, or nothing bounds it, or something before it is unknown.
        waiting: The part of the slowest way to it in which nobody works on the case; what is unknown counts as
            nothing, endless loops are taken once. None: no run executes it.
    """

    earliest: int | None
    latest: int | None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The chain of causes that decides how long a run takes.

    Attributes:
        nodes: Ids, in order.
        seconds: What it takes in all.
        waiting_seconds: The part in which nobody works on the case.
    """

    nodes: tuple[str, ...]
    seconds: int
    waiting_seconds: int

    @property
    def waiting_share(self) -> float | None:
        """The part of the time that is waiting; None if the path takes no time."""
        return None if self.seconds == 0 else self.waiting_seconds / self.seconds


@dataclass(frozen=True, slots=True)
class ProcessTimes:
    """The times of one entry process, together with those that it starts.

    Attributes:
        process: Id of the entry process.
        least, most: Seconds until a run is over; `most` None: without bound, or unknown; `least` None: no run ends.
        unknown: Fields that nobody stated, as (kind and id of the element, field), in the order of the file; as long
            as there are any, `most` is None, and `least` counts them as nothing.
        endless: Ids of nodes in loops or repetitions that the model does not bound.
        slowest: The critical path of a slowest run; what is unknown counts as nothing, endless loops are taken once.
        by_node: Times of each node, in the order of the file.
        limits: What kept the bounds from being those of the enumeration of all runs.
    """

    process: str
    least: int | None
    most: int | None
    unknown: tuple[tuple[str, str], ...]
    endless: tuple[str, ...]
    slowest: CriticalPath
    by_node: dict[str, NodeTimes]
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds equal those over all runs."""
        return not self.limits


def find_process_times(
    group: tuple[Process, ...],
    graph: WorkflowGraph,
    *,
    runs: Callable[[], RunGraph],
) -> ProcessTimes:
    """Return the times of an entry process and of those that it starts.

    Blocks are counted by recursion. Where a process does not consist of blocks all its runs are looked at, if there
    are few enough; else the bounds are those of the single ways, which hold for every run and may be too wide.

    Args:
        group: The processes.
        graph: Their workflow graph.
        runs: Gives the graph of their runs; asked only if it is needed.
    """
    handovers = tuple(handover for process in group for handover in process.handovers or ())
    times = build_time_graph(graph, handovers)
    low, high = least_times(times), greatest_times(times)
    limits: list[Limit] = [] if high.is_exact else ["repetitions"]
    if not consists_of_blocks(times):
        limits.append("single_ways")
    found = _from_ways(group[0].id, times, low, high, in_order(limits))
    if not limits or times.ends_others:
        return found
    all_runs = runs()
    if number_of_runs(all_runs) is None or not all_runs.game.is_exact:
        return found
    return _from_runs(found, causal_runs(all_runs, handovers))


def unknown_times(times: TimeGraph) -> tuple[tuple[str, str], ...]:
    """Return what nobody stated of the times of a process, as (kind and id of the element, field)."""
    found: dict[tuple[str, str], None] = {}
    graph = times.graph
    for number, node in enumerate(graph.nodes):
        if graph.host[number] < 0 or times.times[number].unknown == ("trigger",):  # else the field is that of the step
            found |= dict.fromkeys((f"node:{node.id}", field) for field in times.times[number].unknown)
    for edge in times.edges:
        if edge.place:
            found |= dict.fromkeys((edge.place, field) for field in edge.time.unknown)
    return tuple(found)


def _from_ways(
    process: str, times: TimeGraph, low: LeastTimes, high: GreatestTimes, limits: tuple[Limit, ...]
) -> ProcessTimes:
    graph = times.graph
    path: list[str] = []
    waiting = 0
    for index in high.way:
        edge = times.edges[index]
        waiting += edge.time.waiting
        for vertex in (edge.source, edge.target):
            if vertex < times.begin and (not path or path[-1] != graph.nodes[vertex // 2].id):
                path.append(graph.nodes[vertex // 2].id)
    by_node = {
        node.id: NodeTimes(low.earliest[number], high.latest[number], high.waiting[number])
        if low.earliest[number] is not None
        else NodeTimes(None, None)
        for number, node in enumerate(graph.nodes)
    }
    return ProcessTimes(
        process=process,
        least=low.elapsed,
        most=high.elapsed,
        unknown=unknown_times(times),
        endless=tuple(graph.nodes[number].id for number in high.endless),
        slowest=CriticalPath(tuple(path), high.way_seconds, waiting),
        by_node=by_node,
        limits=limits,
    )


def _from_runs(bounds: ProcessTimes, all_runs: Iterable[CausalRun]) -> ProcessTimes:
    """Return the times over all runs, as found by looking at each of them."""
    least: int | None = None
    most: int | None = 0
    slowest = CriticalPath((), -1, 0)
    by_node: dict[str, NodeTimes] = {}
    for run in all_runs:
        done = run.completions()
        ids = run.run.ids
        over = max((low for low, _ in done), default=0)
        least = over if least is None else min(least, over)
        last = max(range(len(done)), key=lambda execution: (done[execution][1] or 0, -execution), default=-1)
        stated = 0 if last < 0 else done[last][1]
        most = None if most is None or any(high is None for _, high in done) else max(most, stated or 0)
        if last >= 0 and (stated or 0) > slowest.seconds:
            slowest = _critical_path(run, last)
        for id_, (low, high) in zip(ids, done, strict=True):
            known = by_node.get(id_)
            if known is None:
                by_node[id_] = NodeTimes(low, high)
            else:
                latest = None if known.latest is None or high is None else max(known.latest, high)
                by_node[id_] = NodeTimes(min(known.earliest or 0, low), latest)
    return ProcessTimes(
        process=bounds.process,
        least=least,
        most=None if bounds.unknown else most,
        unknown=bounds.unknown,
        endless=bounds.endless,
        slowest=slowest if slowest.seconds >= 0 else bounds.slowest,
        by_node={
            id_: NodeTimes(by_node[id_].earliest, None if known.latest is None else by_node[id_].latest, known.waiting)
            if id_ in by_node
            else NodeTimes(None, None)
            for id_, known in bounds.by_node.items()
        },
        limits=(),
    )


def _critical_path(run: CausalRun, last: int) -> CriticalPath:
    """Return the chain of causes that decides when an execution completes, at greatest times."""
    done = run.completions()
    chain = [last]
    waiting = run.spent[last].waiting
    while causes := run.causes[chain[-1]]:
        before, way = max(causes, key=lambda cause: ((done[cause[0]][1] or 0) + (cause[1][1] or 0), cause[0]))
        waiting += (way[1] or 0) + run.spent[before].waiting
        chain.append(before)
    ids = run.run.ids
    return CriticalPath(tuple(ids[execution] for execution in reversed(chain)), done[last][1] or 0, waiting)
