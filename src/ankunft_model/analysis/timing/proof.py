"""The timeline of proof: from entitlement, or a change of status, until a document that proves it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor

from ankunft_model.analysis.timing.calendar import first_entitled_day
from ankunft_model.analysis.timing.causality import CausalRun
from ankunft_model.analysis.timing.coverage import CaseGap
from ankunft_model.analysis.witness import Run
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Activity, AnyDocument, ArrivalModel, Case, CaseDates, Document
from ankunft_model.model.quantities import SECONDS_PER_DAY

_STATUS_CATEGORY = "residence_status"


@dataclass(frozen=True, slots=True)
class ProofGap:
    """A time in which something holds and the document that proves it is not there.

    Attributes:
        subject: Id of the benefit, or of the data item that says the status.
        is_benefit: Which of both.
        began_at: Id of the step from which it holds.
        document: Id of the document that proves it for good.
        issued_at: Id of the step that issues it; None: on no run it is issued afterwards.
        bridged_by: Id of the provisional document that is there from the beginning on, or None.
        asked_by: Ids of the actors that ask for the document outside the modelled steps.
        asked_at: Ids of steps that ask for it and do not come after it was issued.
        least_days, most_days: Bounds over all runs that pass both; None: without bound, or never.
        unknown: Ids of nodes on the way whose time nobody stated; they count as nothing.
        run: A run with the longest gap.
    """

    subject: str
    is_benefit: bool
    began_at: str
    document: str
    issued_at: str | None
    bridged_by: str | None
    asked_by: tuple[str, ...]
    asked_at: tuple[str, ...]
    least_days: int
    most_days: int | None
    unknown: tuple[str, ...]
    run: Run
    cases: tuple[CaseGap, ...]
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds equal those over all runs."""
        return not self.limits


@dataclass
class _Pair:
    """What was seen of one beginning and one step that issues, over the runs."""

    document: str
    bridged: set[str | None] = field(default_factory=set["str | None"])
    asked_at: dict[str, None] = field(default_factory=dict[str, None])
    lows: list[int] = field(default_factory=list[int])
    highs: list[int | None] = field(default_factory=list["int | None"])
    unknown: dict[str, None] = field(default_factory=dict[str, None])
    longest: Run | None = None
    is_exact: bool = True


def find_proof_gaps(model: ArrivalModel, runs: Sequence[CausalRun], limits: tuple[Limit, ...]) -> tuple[ProofGap, ...]:
    """Return the times without proof that somebody asks for, in the order of the steps at which they begin.

    Left out is what nobody asks for while it is missing, and what is proved in the same step.
    """
    if not runs:
        return ()
    graph = runs[0].run.graph
    found: list[ProofGap] = []
    for number, node in enumerate(graph.nodes):
        if not isinstance(node, Activity):
            continue
        for subject, is_benefit in _subjects(model, node):
            finals = [d for d in model.documents.values() if subject in (d.proves or ()) and not d.provisional]
            bridges = [d.id for d in model.documents.values() if subject in (d.proves or ()) and d.provisional]
            for document in finals:
                if document.id not in (node.documents_out or ()):
                    found.extend(_gaps(model, runs, number, (subject, is_benefit), document, bridges, limits))
    return tuple(found)


def _subjects(model: ArrivalModel, step: Activity) -> Iterator[tuple[str, bool]]:
    """Yield what begins to hold with a step: benefits, and the status if it changes it and writes it down."""
    for benefit in step.entitles or ():
        yield benefit, True
    if step.status is not None:
        for item in model.items_of(step.produces or ()):
            if model.data[item].category == _STATUS_CATEGORY:
                yield item, False


def _gaps(
    model: ArrivalModel,
    runs: Sequence[CausalRun],
    began: int,
    subject: tuple[str, bool],
    document: Document,
    bridges: Sequence[str],
    limits: tuple[Limit, ...],
) -> Iterator[ProofGap]:
    graph = runs[0].run.graph
    issuers = [n for n, node in enumerate(graph.nodes) if document.id in (getattr(node, "documents_out", None) or ())]
    pairs: dict[int, _Pair] = {}
    passed: CausalRun | None = None
    asked: dict[str, None] = {}
    is_issued = False
    for run in runs:
        start = run.execution_of(began)
        if start is None:
            continue
        passed = passed or run
        later = [
            (e, n)
            for n in issuers
            if (e := run.execution_of(n)) is not None and not run.is_before(e, start)
            if subject[1] or not _changes_between(run, start, e)
        ]
        if not subject[1] and not later and _changes_between(run, start, len(run.nodes)):
            continue  # another status took its place
        if not later:
            asked |= dict.fromkeys(_askers(run, start, None, document.id))
            continue
        is_issued = True
        end, issuer = min(later)
        pair = pairs.setdefault(issuer, _Pair(document.id))
        _note(pair, run, start, end, document.id, bridges)
    for issuer, pair in pairs.items():
        if document.needed_by or pair.asked_at:
            yield _as_gap(model, graph.nodes[began].id, subject, document, graph.nodes[issuer].id, pair, limits)
    if subject[1] and passed is not None and not is_issued and (document.needed_by or asked):
        yield ProofGap(
            subject=subject[0],
            is_benefit=subject[1],
            began_at=graph.nodes[began].id,
            document=document.id,
            issued_at=None,
            bridged_by=None,
            asked_by=document.needed_by or (),
            asked_at=tuple(asked),
            least_days=0,
            most_days=None,
            unknown=(),
            run=passed.run,
            cases=(),
            limits=limits,
        )


def _changes_between(run: CausalRun, start: int, end: int) -> bool:
    """Return whether the status changes again after `start` and before `end`, or at all if that is no execution."""
    graph = run.run.graph
    return any(
        graph.nodes[node].status is not None
        and execution not in (start, end)
        and run.is_before(start, execution)
        and (end == len(run.nodes) or run.is_before(execution, end))
        for execution, node in enumerate(run.nodes)
    )


def _note(pair: _Pair, run: CausalRun, start: int, end: int, document: str, bridges: Sequence[str]) -> None:
    graph = run.run.graph
    (low, high), is_exact = run.elapsed(start, end)
    pair.lows.append(max(0, low))
    if pair.longest is None or high is None or all(known is not None and high > known for known in pair.highs):
        pair.longest = run.run
    pair.highs.append(None if high is None else max(0, high))
    pair.is_exact = pair.is_exact and is_exact
    pair.unknown |= dict.fromkeys(graph.nodes[run.nodes[e]].id for e in sorted(run.unknown & run.between(start, end)))
    pair.asked_at |= dict.fromkeys(_askers(run, start, end, document))
    there = [
        bridge
        for bridge in bridges
        for execution, node in enumerate(run.nodes)
        if bridge in (getattr(graph.nodes[node], "documents_out", None) or ())
        and (execution == start or run.is_before(execution, start))
    ]
    pair.bridged.add(there[0] if there else None)


def _askers(run: CausalRun, start: int, end: int | None, document: str) -> Iterator[str]:
    """Yield the steps that ask for a document alone and may execute after `start` and before `end`."""
    graph = run.run.graph
    for execution, node in enumerate(run.nodes):
        step = graph.nodes[node]
        needed = step.documents_in or () if isinstance(step, Activity) else ()
        names = [entry for entry in needed if not isinstance(entry, AnyDocument)]
        if document not in names or run.is_before(execution, start):
            continue
        if end is None or not run.is_before(end, execution):
            yield step.id


def _as_gap(
    model: ArrivalModel,
    began_at: str,
    subject: tuple[str, bool],
    document: Document,
    issued_at: str,
    pair: _Pair,
    limits: tuple[Limit, ...],
) -> ProofGap:
    assert pair.longest is not None
    highs = [high for high in pair.highs if high is not None]
    bridged = next(iter(pair.bridged)) if len(pair.bridged) == 1 else None
    return ProofGap(
        subject=subject[0],
        is_benefit=subject[1],
        began_at=began_at,
        document=document.id,
        issued_at=issued_at,
        bridged_by=bridged,
        asked_by=document.needed_by or (),
        asked_at=tuple(pair.asked_at),
        least_days=floor(min(pair.lows) / SECONDS_PER_DAY),
        most_days=None if None in pair.highs else ceil(max(highs) / SECONDS_PER_DAY),
        unknown=tuple(pair.unknown),
        run=pair.longest,
        cases=tuple(_cases(model, subject, began_at, issued_at)),
        limits=limits if pair.is_exact else in_order((*limits, "several_ways")),
    )


def _cases(model: ArrivalModel, subject: tuple[str, bool], began_at: str, issued_at: str) -> Iterator[CaseGap]:
    for case in model.cases.values():
        began, issued = day_in_case(case, began_at), day_in_case(case, issued_at)
        if began is None or issued is None:
            continue
        first = first_entitled_day(model.benefits[subject[0]], began) if subject[1] else began
        if first < issued:
            yield CaseGap(case.id, first, date.fromordinal(issued.toordinal() - 1))


def day_in_case(case: Case, node: str) -> date | None:
    """Return the day on which a case says that a node was completed, or decided; None if it does not say."""
    stated = case.dates.get(node)
    return (stated.decided or stated.paid) if isinstance(stated, CaseDates) else stated
