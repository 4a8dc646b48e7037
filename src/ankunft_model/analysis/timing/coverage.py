"""Coverage gaps: times in which a need is no longer covered and not yet covered again.

Two timelines, never mixed: entitlement (`entitles`, `ends_entitlement`) and payment (`starts`, `stops`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Literal, TypeAlias

from ankunft_model.analysis.timing.calendar import (
    days_between,
    entitlement_gap_bounds,
    first_entitled_day,
    last_entitled_day,
    last_paid_day,
    payment_gap_bounds,
)
from ankunft_model.analysis.timing.causality import CausalRun, CausalRuns
from ankunft_model.analysis.witness import Run
from ankunft_model.graph import RunGraph
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import (
    Activity,
    Agreement,
    ArrivalModel,
    Case,
    CaseDates,
    PaymentChange,
    StartOfBenefit,
)
from ankunft_model.model.quantities import SECONDS_PER_DAY

Timeline: TypeAlias = Literal["entitlement", "payment"]


@dataclass(frozen=True, slots=True)
class Change:
    """A step that begins or ends being covered by a benefit; `effective` says when, for payments."""

    node: int
    benefit: str
    effective: str = "now"
    until_start_of: str | None = None


@dataclass(frozen=True, slots=True)
class CaseGap:
    """The exact gap in a dated case: first and last day without cover."""

    case: str
    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """Number of days without cover."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A gap between the end of one benefit and the start of the next one for the same need.

    Attributes:
        need: Word of the vocabulary `covers`.
        ended_at, started_at: Ids of the steps; `started_at` None: no run ever covers the need again.
        least_days, most_days: Bounds over all runs that pass both; None: unbounded, or never.
        run: A run with the longest gap.
        unknown_times: Ids of nodes on the way whose time is unknown and counted as zero.
        cases: What dated cases say exactly.
        limits: What kept the bounds from being those over all runs.
    """

    timeline: Timeline
    need: str
    ended: str
    started: str | None
    ended_at: str
    started_at: str | None
    least_days: int
    most_days: int | None
    run: Run
    unknown_times: tuple[str, ...]
    cases: tuple[CaseGap, ...]
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds equal those over all runs."""
        return not self.limits


@dataclass(frozen=True, slots=True)
class _PairBounds:
    """Days of one pair over the runs seen so far, with the run of the longest."""

    least: int
    most: int | None
    longest: Run
    unknown: frozenset[str] = frozenset()
    exact: bool = True

    def united(self, other: _PairBounds) -> _PairBounds:
        longer = self.most is not None and (other.most is None or other.most > self.most)
        return _PairBounds(
            least=min(self.least, other.least),
            most=other.most if longer else self.most,
            longest=other.longest if longer else self.longest,
            unknown=self.unknown | other.unknown,
            exact=self.exact and other.exact,
        )


def find_coverage_gaps(
    model: ArrivalModel, runs: RunGraph, timeline: Timeline, causal_runs: Callable[[], CausalRuns]
) -> tuple[CoverageGap, ...]:
    """Return the gaps of all needs on one timeline, in the order in which benefits end.

    A pair whose gap is 0 on every run and in every dated case is left out, as is one that an agreement in force
    bridges.

    Args:
        model: The model.
        runs: The graph of runs of a group of processes.
        timeline: Which one.
        causal_runs: Gives the runs with their times; asked only if a benefit ends.
    """
    ends, begins = _changes(runs, timeline)
    if not ends:
        return ()
    known = causal_runs()
    all_runs = known.runs
    found: list[CoverageGap] = []
    for end in ends:
        for need in model.benefits[end.benefit].covers:
            again = [change for change in begins if need in model.benefits[change.benefit].covers]
            gaps = _gaps_after(model, all_runs, timeline, need, end, ends, again, known.limits)
            found.extend(gaps)
    return tuple(found)


def _changes(runs: RunGraph, timeline: Timeline) -> tuple[list[Change], list[Change]]:
    ends: list[Change] = []
    begins: list[Change] = []
    for node, element in enumerate(runs.game.graph.nodes):
        if not isinstance(element, Activity):
            continue
        if timeline == "entitlement":
            ends += [Change(node, benefit) for benefit in element.ends_entitlement or ()]
            begins += [Change(node, benefit) for benefit in element.entitles or ()]
        else:
            ends += [_payment_change(node, change) for change in element.stops or ()]
            begins += [_payment_change(node, change) for change in element.starts or ()]
    return ends, begins


def _payment_change(node: int, change: PaymentChange) -> Change:
    if isinstance(change.effective, StartOfBenefit):
        return Change(node, change.benefit, until_start_of=change.effective.start_of)
    return Change(node, change.benefit, effective=change.effective)


def _gaps_after(
    model: ArrivalModel,
    all_runs: Iterable[CausalRun],
    timeline: Timeline,
    need: str,
    end: Change,
    ends: list[Change],
    again: list[Change],
    limits: tuple[Limit, ...],
) -> list[CoverageGap]:
    """Return the gaps that follow one end: one per step that covers the need again first, or `never` if none does."""
    bounds: dict[Change, _PairBounds] = {}
    passed: CausalRun | None = None
    for run in all_runs:
        ended = run.execution_of(end.node)
        if ended is None:
            continue
        if _is_paid_from_before(model, run, need, ended, end, ends, again):
            continue  # it goes on until that benefit ends, which is looked at by itself
        passed = passed or run
        active = [change for change in again if _is_active(run, change, ended, end, ends, again)]
        for change in again:
            started = run.execution_of(change.node)
            if started is None or (change.benefit == end.benefit and run.is_before(started, ended)):
                continue
            if change in active or change.node == end.node or _is_bridged(model, end, change):
                bounds.setdefault(change, _PairBounds(0, 0, run.run))
            elif not active and not _is_covered_otherwise(run, ended, started, [o for o in again if o != change]):
                (low, high), exact = run.elapsed(ended, started)
                least, most = _gap_days(model, timeline, end, change, low, high)
                unknown = frozenset(
                    run.run.graph.nodes[run.nodes[e]].id for e in run.unknown & run.between(ended, started)
                )
                found = _PairBounds(least, most, run.run, unknown, exact=exact)
                bounds[change] = found if change not in bounds else bounds[change].united(found)
    if passed is None:
        return []
    return _as_gaps(model, timeline, need, end, bounds, passed, limits)


def _is_paid_from_before(
    model: ArrivalModel, run: CausalRun, need: str, ended: int, end: Change, ends: list[Change], again: list[Change]
) -> bool:
    """Return whether a benefit covers the need that ends only later and began before the process did."""
    for other in ends:
        gone = run.execution_of(other.node)
        covers = other.benefit != end.benefit and need in model.benefits[other.benefit].covers
        if gone is None or not covers or not run.is_before(ended, gone):
            continue
        begun = (run.execution_of(change.node) for change in again if change.benefit == other.benefit)
        if not any(one is not None and run.is_before(one, gone) for one in begun):
            return True
    return False


def _is_active(
    run: CausalRun, change: Change, ended: int, end: Change, ends: list[Change], again: list[Change]
) -> bool:
    """Return whether another benefit has begun beside the one that ends, and has not been ended again by then.

    What had begun before the one that ends was replaced by that, also where nobody says so.
    """
    begun = run.execution_of(change.node)
    if begun is None or change.benefit == end.benefit or not run.is_before(begun, ended):
        return False
    for own in again:
        since = run.execution_of(own.node) if own.benefit == end.benefit else None
        if since is None or run.is_before(ended, since):
            continue
        if since == begun or run.is_before(begun, since):
            return False
    for other in ends:
        gone = run.execution_of(other.node) if other.benefit == change.benefit else None
        if gone is not None and run.is_before(begun, gone) and (gone == ended or run.is_before(gone, ended)):
            return False
    return True


def _is_covered_otherwise(run: CausalRun, ended: int, started: int, others: Iterable[Change]) -> bool:
    """Return whether another step covers the need from the end on, or again before `started`."""
    for other in others:
        begun = run.execution_of(other.node)
        if begun is None:
            continue
        if begun == ended or (run.is_before(ended, begun) and run.is_before(begun, started)):
            return True
    return False


def _as_gaps(
    model: ArrivalModel,
    timeline: Timeline,
    need: str,
    end: Change,
    bounds: dict[Change, _PairBounds],
    passed: CausalRun,
    limits: tuple[Limit, ...],
) -> list[CoverageGap]:
    graph = passed.run.graph
    if not bounds:
        return [
            CoverageGap(
                timeline=timeline,
                need=need,
                ended=end.benefit,
                started=None,
                ended_at=graph.nodes[end.node].id,
                started_at=None,
                least_days=0,
                most_days=None,
                run=passed.run,
                unknown_times=(),
                cases=(),
                limits=limits,
            )
        ]
    gaps: list[CoverageGap] = []
    for change, found in bounds.items():
        cases = tuple(_case_gaps(model, timeline, graph.nodes[end.node].id, graph.nodes[change.node].id, end, change))
        if found.most == 0 and not cases:
            continue
        gaps.append(
            CoverageGap(
                timeline=timeline,
                need=need,
                ended=end.benefit,
                started=change.benefit,
                ended_at=graph.nodes[end.node].id,
                started_at=graph.nodes[change.node].id,
                least_days=found.least,
                most_days=found.most,
                run=found.longest,
                unknown_times=tuple(node.id for node in graph.nodes if node.id in found.unknown),
                cases=cases,
                limits=limits if found.exact else in_order((*limits, "several_ways")),
            )
        )
    return gaps


def _gap_days(
    model: ArrivalModel, timeline: Timeline, end: Change, change: Change, low: int, high: int | None
) -> tuple[int, int | None]:
    least_days = floor(low / SECONDS_PER_DAY)
    most_days = None if high is None else ceil(high / SECONDS_PER_DAY)
    if timeline == "entitlement":
        old, new = model.benefits[end.benefit], model.benefits[change.benefit]
        return entitlement_gap_bounds(old.ends, new.begins, least_days, most_days)
    if end.until_start_of is not None and end.until_start_of == change.benefit:
        return 0, 0
    return payment_gap_bounds(end.effective, least_days, most_days)


def _is_bridged(model: ArrivalModel, end: Change, change: Change) -> bool:
    """Whether an agreement that is in force has the old benefit paid until the new one starts."""
    return any(
        agreement.bridges is not None
        and _is_in_force(agreement, model)
        and agreement.bridges.benefit == end.benefit
        and agreement.bridges.until_starts == change.benefit
        for agreement in model.agreements.values()
    )


def _is_in_force(agreement: Agreement, model: ArrivalModel) -> bool:
    """Return whether the agreement is valid on the day of the model; in a plan it may begin later.

    Without a day validity is not judged.
    """
    day = model.as_of
    if day is None:
        return True
    has_begun = model.state == "to_be" or agreement.valid_from is None or agreement.valid_from <= day
    return has_begun and (agreement.valid_to is None or day <= agreement.valid_to)


def _case_gaps(
    model: ArrivalModel, timeline: Timeline, ended_at: str, started_at: str, end: Change, change: Change
) -> Iterable[CaseGap]:
    for case in model.cases.values():
        last = _last_covered_day(model, case, timeline, ended_at, end, change, started_at)
        first = _first_covered_day(model, case, timeline, started_at, change)
        if last is not None and first is not None and days_between(last, first) > 0:
            yield CaseGap(case.id, date.fromordinal(last.toordinal() + 1), date.fromordinal(first.toordinal() - 1))


def _last_covered_day(
    model: ArrivalModel, case: Case, timeline: Timeline, node: str, end: Change, change: Change, started_at: str
) -> date | None:
    if timeline == "payment":
        if end.benefit in case.paid_until:
            return case.paid_until[end.benefit]
        if end.until_start_of == change.benefit:
            start = _day(case, started_at, "paid")
            return None if start is None else date.fromordinal(start.toordinal() - 1)
        stopped = _day(case, node, "paid")
        return None if stopped is None else last_paid_day(end.effective, stopped)
    lost = _day(case, node, "decided")
    return None if lost is None else last_entitled_day(model.benefits[end.benefit], lost)


def _first_covered_day(model: ArrivalModel, case: Case, timeline: Timeline, node: str, change: Change) -> date | None:
    if timeline == "payment":
        return _day(case, node, "paid")
    granted = _day(case, node, "decided")
    return None if granted is None else first_entitled_day(model.benefits[change.benefit], granted)


def _day(case: Case, node: str, moment: Literal["decided", "paid"]) -> date | None:
    stated = case.dates.get(node)
    if isinstance(stated, CaseDates):
        return (stated.paid or stated.decided) if moment == "paid" else (stated.decided or stated.paid)
    return stated
