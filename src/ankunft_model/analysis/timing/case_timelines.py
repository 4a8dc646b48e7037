"""The three timelines of a dated case: entitlement, payment and proof, in calendar days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from ankunft_model.analysis.timing.calendar import first_entitled_day, last_entitled_day, last_paid_day
from ankunft_model.analysis.timing.proof import day_in_case
from ankunft_model.model import Activity, ArrivalModel, Case, CaseDates, StartOfBenefit

CaseTimeline: TypeAlias = Literal["entitlement", "payment", "proof"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CoveredTime:
    """A time in which a benefit or a document holds in a dated case.

    Attributes:
        kind: `benefit` or `document`.
        first_day, last_day: Both included; None: the case does not say, or it goes on.
    """

    timeline: CaseTimeline
    kind: Literal["benefit", "document"]
    id: str
    first_day: date | None
    last_day: date | None


def case_timelines(model: ArrivalModel) -> dict[str, tuple[CoveredTime, ...]]:
    """Return the timelines of each dated case by its id, benefits and documents in the order of the model.

    A document holds from its issue; until when is left open, as its validity may be a span.
    """
    found = {case.id: tuple(_timelines(model, case)) for case in model.cases.values()}
    return {case: timeline for case, timeline in found.items() if timeline}


def _timelines(model: ArrivalModel, case: Case) -> Iterator[CoveredTime]:
    steps = [node for node in model.nodes.values() if isinstance(node, Activity)]
    for benefit in model.benefits.values():
        granted = _first(case, [s.id for s in steps if benefit.id in (s.entitles or ())])
        lost = _first(case, [s.id for s in steps if benefit.id in (s.ends_entitlement or ())])
        if granted is not None or lost is not None:
            yield CoveredTime(
                timeline="entitlement",
                kind="benefit",
                id=benefit.id,
                first_day=None if granted is None else first_entitled_day(benefit, granted),
                last_day=None if lost is None else last_entitled_day(benefit, lost),
            )
    for benefit in model.benefits.values():
        paid = [day for s in steps for c in s.starts or () if c.benefit == benefit.id and (day := _paid(case, s.id))]
        until = case.paid_until.get(benefit.id) or _stopped(case, steps, benefit.id)
        if paid or until is not None:
            yield CoveredTime("payment", "benefit", benefit.id, min(paid, default=None), until)
    for document in model.documents.values():
        issued = [
            day
            for s in steps
            if document.id in (s.documents_out or ()) and (day := day_in_case(case, s.id)) is not None
        ]
        if document.proves and issued:
            yield CoveredTime("proof", "document", document.id, min(issued), None)


def _first(case: Case, nodes: list[str]) -> date | None:
    return min((day for node in nodes if (day := day_in_case(case, node)) is not None), default=None)


def _paid(case: Case, node: str) -> date | None:
    stated = case.dates.get(node)
    return (stated.paid or stated.decided) if isinstance(stated, CaseDates) else stated


def _stopped(case: Case, steps: Sequence[Activity], benefit: str) -> date | None:
    """Return the last day that is paid according to the step that stops the benefit."""
    for step in steps:
        for change in step.stops or ():
            if change.benefit != benefit:
                continue
            if isinstance(change.effective, StartOfBenefit):
                other = change.effective.start_of
                starts = [
                    day
                    for s in steps
                    for c in s.starts or ()
                    if c.benefit == other and (day := _paid(case, s.id)) is not None
                ]
                if starts:
                    return min(starts) - _DAY
            elif (day := _paid(case, step.id)) is not None:
                return last_paid_day(change.effective, day)
    return None
