"""Deadlines against the bounds of time: can be kept, cannot be kept, or only if all goes faster than usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from ankunft_model.analysis.timing.causality import CausalRun
from ankunft_model.analysis.timing.counted_days import Allowed, allowed_time, last_day
from ankunft_model.analysis.timing.proof import day_in_case
from ankunft_model.analysis.timing.spent_time import NO_TIME, Spent, time_of_part
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import ElementRef
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Activity, AnyNode, ArrivalModel, Deadline, Process, SubProcess

Verdict: TypeAlias = Literal["kept", "tight", "impossible", "unknown"]
"""`impossible`: even the least time is too long; `tight`: the usual time is; `unknown`: nobody stated enough."""


@dataclass(frozen=True, slots=True)
class StatedDeadline:
    """A deadline where it stands in the model.

    Attributes:
        owner: The element that carries it.
        path: Place in the model.
        since: Id of the node from whose completion the time runs; of the node to come first for `before`.
        until: Id of the node that has to complete, or begin, in time.
    """

    deadline: Deadline
    owner: ElementRef
    path: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class DatedDeadline:
    """What a dated case says: the last day in time, and the day on which it was done."""

    case: str
    last_day: date
    done_on: date

    @property
    def is_kept(self) -> bool:
        """Whether it was done in time."""
        return self.done_on <= self.last_day


@dataclass(frozen=True, slots=True)
class DeadlineTimes:
    """A deadline with the time that its process takes for it.

    Attributes:
        allowed: Seconds that the deadline leaves.
        least: Least seconds over all runs that pass both ends; None: no run passes both.
        most: Greatest seconds; None: without bound or unknown.
        late_least: Least seconds on the slowest run on which it cannot be kept; None if there is none.
        usual: Bounds of the usual time over all runs.
        verdict: What follows from that.
        certainty: `definite` if it holds on every run that passes both ends.
        unknown: Fields that nobody stated on the way, as (id of the node, field).
        is_same_everywhere: Whether all runs that pass both ends take the same time in between.
        untypical: Fields whose likely part would decide whether the deadline is tight.
        run: The run that shows it.
    """

    stated: StatedDeadline
    allowed: Allowed
    least: int | None
    most: int | None
    late_least: int | None
    usual: tuple[int, int]
    verdict: Verdict
    certainty: Literal["definite", "possible"]
    unknown: tuple[tuple[str, str], ...]
    is_same_everywhere: bool
    untypical: tuple[tuple[str, str], ...]
    run: Run | None
    cases: tuple[DatedDeadline, ...]
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds equal those over all runs."""
        return not self.limits


def stated_deadlines(model: ArrivalModel, group: Sequence[Process]) -> Iterator[StatedDeadline]:
    """Yield the deadlines of the steps, processes and handovers of a group, then of the information duties told there.

    A deadline without a node to count from, or whose end is no node, says nothing about time and is left out.
    """
    nodes = {node.id for process in group for node in process.all_nodes}
    for process in group:
        found: list[tuple[Deadline, ElementRef, str, str | None]] = []
        for node in process.all_nodes:
            if isinstance(node, Activity):
                place = f"processes.{process.id}.nodes.{node.id}.deadlines"
                found += [(d, ElementRef("node", node.id), place, node.id) for d in node.deadlines or ()]
        place = f"processes.{process.id}.deadlines"
        found += [(d, ElementRef("process", process.id), place, None) for d in process.deadlines or ()]
        for handover in process.handovers or ():
            end = handover.to_node or handover.from_node
            place = f"processes.{model.process_listing[handover.id].id}.handovers.{handover.id}.deadlines"
            found += [(d, ElementRef("handover", handover.id), place, end) for d in handover.deadlines or ()]
        yield from _anchored(found, nodes)
    for duty in model.information_duties.values():
        if duty.deadline is not None:
            place = f"information_duties.{duty.id}.deadline"
            told = [node for node in duty.at or () if node in nodes]
            of_duty = [(duty.deadline, ElementRef("information_duty", duty.id), place, node) for node in told]
            yield from _anchored(of_duty, nodes)


def _anchored(
    found: Sequence[tuple[Deadline, ElementRef, str, str | None]], nodes: set[str]
) -> Iterator[StatedDeadline]:
    for number, (deadline, owner, place, default) in enumerate(found):
        until = deadline.until or default
        anchor = deadline.after or deadline.before
        if until is not None and anchor is not None and until in nodes and anchor in nodes:
            since, end = (anchor, until) if deadline.before is None else (until, anchor)
            position = sum(earlier[2] == place for earlier in found[:number])
            yield StatedDeadline(deadline, owner, f"{place}[{position}]", since, end)


def judge_deadline(
    model: ArrivalModel, stated: StatedDeadline, runs: Sequence[CausalRun], limits: tuple[Limit, ...]
) -> DeadlineTimes:
    """Return how long the process takes for a deadline, and what follows.

    Args:
        model: The model, for the Land and the dated cases.
        stated: The deadline.
        runs: All runs of the group, one per combination of decisions, loops at most once more.
        limits: Why these are not all; if there is one, nothing is definite.
    """
    land = None if model.municipality is None else model.municipality.land
    allowed = allowed_time(stated.deadline, land)
    spans = [span for run in runs if (span := _Span.of(run, stated)) is not None]
    verdict, certainty, witness = _verdict(spans, allowed, is_complete=not limits)
    highs = [span.most for span in spans]
    unknown = dict.fromkeys(entry for span in spans for entry in span.unknown)
    return DeadlineTimes(
        stated=stated,
        allowed=allowed,
        least=min((span.least for span in spans), default=None),
        most=None if unknown or None in highs or not spans else max(high or 0 for high in highs),
        late_least=witness.least if witness is not None and verdict == "impossible" else None,
        usual=(min((span.usual[0] for span in spans), default=0), max((span.usual[1] for span in spans), default=0)),
        verdict=verdict,
        certainty=certainty,
        unknown=tuple(unknown),
        is_same_everywhere=len({(span.least, span.most, span.usual) for span in spans}) <= 1,
        untypical=tuple(dict.fromkeys(entry for span in spans for entry in span.untypical)),
        run=None if witness is None else witness.run,
        cases=tuple(_cases(model, stated, land)),
        limits=in_order((*limits, *(limit for span in spans for limit in span.limits))),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """The time between both ends on one run."""

    run: Run
    least: int
    most: int | None
    usual: tuple[int, int]
    unknown: tuple[tuple[str, str], ...]
    untypical: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]

    @property
    def is_exact(self) -> bool:
        return not self.limits

    @classmethod
    def of(cls, run: CausalRun, stated: StatedDeadline) -> _Span | None:
        graph = run.run.graph
        first = run.execution_of(graph.index_of[stated.since])
        then = run.execution_of(graph.index_of[stated.until])
        if first is None or then is None:
            return None
        rest = NO_TIME
        if stated.deadline.of == "start" and stated.deadline.before is None:
            run, then = _until_beginning(run, then)
        elif stated.deadline.of == "start":
            rest = _work(graph.nodes[run.nodes[first]])
        (least, most), is_exact = run.elapsed(first, then)
        usual = replace(run, takes=tuple(part.typical for part in run.spent)).elapsed(first, then)[0]
        usual_high = usual[1] if usual[1] is not None else usual[0]
        between = sorted(run.between(first, then) - {first}) if first != then else []
        ids, parts = run.run.ids, [(first, rest), *((execution, run.spent[execution]) for execution in between)]
        return cls(
            run=run.run,
            least=least + rest.least,
            most=None if most is None or rest.most is None else most + rest.most,
            usual=(usual[0] + rest.typical[0], usual_high + rest.typical[1]),
            unknown=tuple((ids[e], field) for e, part in parts for field in part.unknown),
            untypical=tuple((ids[e], field) for e, part in parts for field in part.untypical),
            limits=_limits(is_exact=is_exact, begins_at_a_stated_time=rest.most is not None),
        )


def _limits(*, is_exact: bool, begins_at_a_stated_time: bool) -> tuple[Limit, ...]:
    found: list[Limit] = []
    if not is_exact:
        found.append("several_ways")
    if not begins_at_a_stated_time:
        found.append("beginnings")
    return tuple(found)


def _until_beginning(run: CausalRun, execution: int) -> tuple[CausalRun, int]:
    """Return the run with the time of an execution counted up to its beginning only, and the execution that counts.

    A step begins when it has waited; a sub-process does when what comes first inside is reached.
    """
    graph, node = run.run.graph, run.run.graph.nodes[run.nodes[execution]]
    if not isinstance(node, Activity):
        return run, execution
    waits = time_of_part(node.wait, "wait", is_waiting=True)
    if isinstance(node, SubProcess):
        entries = graph.entries_of(run.nodes[execution])
        execution = next((inner for inner, number in enumerate(run.nodes) if number in entries), execution)
    elif node.wait is None and node.duration is None:
        waits = Spent(most=None, unknown=("wait",))
    spent = (*run.spent[:execution], waits, *run.spent[execution + 1 :])
    takes = (*run.takes[:execution], (waits.least, waits.stated), *run.takes[execution + 1 :])
    return replace(run, spent=spent, takes=takes), execution


def _work(node: AnyNode) -> Spent:
    """Return the time from the beginning of an execution to its completion."""
    if not isinstance(node, Activity):
        return NO_TIME
    if isinstance(node, SubProcess) or node.repeats is not None or (node.wait is None and node.duration is None):
        return Spent(most=None, unknown=("duration",))
    return time_of_part(node.duration, "duration", is_waiting=False)


def _verdict(
    spans: Sequence[_Span], allowed: Allowed, *, is_complete: bool
) -> tuple[Verdict, Literal["definite", "possible"], _Span | None]:
    """Return the verdict, whether it holds on every run, and the run that shows it best."""
    if not spans:
        return "unknown", "possible", None
    late = [span for span in spans if span.least > allowed.most]
    if late:
        is_definite = is_complete and len(late) == len(spans) and all(span.is_exact for span in spans)
        return "impossible", "definite" if is_definite else "possible", max(late, key=lambda span: span.least)
    surely = [span for span in spans if span.usual[0] > allowed.most]
    maybe = [span for span in spans if span.usual[1] > allowed.least]
    if maybe:
        is_definite = is_complete and len(surely) == len(spans) and all(span.is_exact for span in spans)
        return "tight", "definite" if is_definite else "possible", max(maybe, key=lambda span: span.usual[1])
    if any(span.unknown for span in spans):
        return "unknown", "possible", None
    return "kept", "definite" if is_complete else "possible", None


def _cases(model: ArrivalModel, stated: StatedDeadline, land: str | None) -> Iterator[DatedDeadline]:
    for case in model.cases.values():
        since, done = day_in_case(case, stated.since), day_in_case(case, stated.until)
        if since is not None and done is not None:
            yield DatedDeadline(case.id, last_day(stated.deadline, since, land), done)
