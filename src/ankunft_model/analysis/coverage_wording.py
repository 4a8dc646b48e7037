"""Coverage gaps in words, the same for entitlement and payment."""

from __future__ import annotations

from datetime import date

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.rule import Observation
from ankunft_model.analysis.timing.coverage import CaseGap, CoverageGap
from ankunft_model.findings import ElementRef, Reason
from ankunft_model.wording import Wording


def describe_coverage_gap(
    computed: Computations, gap: CoverageGap, *, without: Wording, recommendation: Wording
) -> Observation:
    """Return the observation that a coverage gap makes.

    Args:
        computed: The computations on the model.
        gap: The gap.
        without: What is lacking, such as `without payment`.
        recommendation: What to do.
    """
    names = computed.names
    old, ended_at = names.benefit(gap.ended), names.node(gap.ended_at)
    nodes = (gap.ended_at,) if gap.started_at is None else (gap.ended_at, gap.started_at)
    if gap.started is None or gap.started_at is None:
        message = Wording(
            de=f"Nach {ended_at.de} endet {old.de}; danach folgt in keinem Ablauf eine Leistung für denselben Bedarf.",
            en=f"{old.en} ends with {ended_at.en}; on no run does a benefit for the same need follow.",
        )
    else:
        new, started_at = names.benefit(gap.started), names.node(gap.started_at)
        span = _span(gap)
        cases = [_case(computed, case, without) for case in gap.cases]
        message = Wording(
            de=f"Zwischen {old.de} (Ende: {ended_at.de}) und {new.de} (Beginn: {started_at.de}): {span.de} "
            f"{without.de}." + "".join(f" {case.de}" for case in cases),
            en=f"Between {old.en} (end: {ended_at.en}) and {new.en} (start: {started_at.en}): {span.en} "
            f"{without.en}." + "".join(f" {case.en}" for case in cases),
        )
    return Observation(
        message=message,
        recommendation=recommendation,
        elements=(
            *(ElementRef("node", node) for node in nodes),
            ElementRef("benefit", gap.ended),
            *((ElementRef("benefit", gap.started),) if gap.started is not None else ()),
            *(ElementRef("case", case.case) for case in gap.cases),
        ),
        certainty="definite" if gap.least_days > 0 or gap.started is None else "possible",
        exact=gap.exact,
        because=_bases(computed, gap),
        witness=gap.run.witness(nodes),
        full_run=gap.run.ids,
    )


def _bases(computed: Computations, gap: CoverageGap) -> tuple[Reason, ...]:
    """Return the legal bases of the benefits."""
    stated = [computed.model.benefits[id_].legal_basis for id_ in (gap.ended, gap.started) if id_ is not None]
    return tuple(Reason("legal_basis", id_) for id_ in dict.fromkeys(stated) if id_ is not None)


def _span(gap: CoverageGap) -> Wording:
    if gap.most_days is None:
        days = _days(gap.least_days)
        return Wording(de=f"mindestens {days.de}", en=f"at least {days.en}")
    days = _days(gap.most_days)
    if gap.most_days == gap.least_days:
        return days
    return Wording(de=f"{gap.least_days} bis {days.de}", en=f"{gap.least_days} to {days.en}")


def _days(count: int) -> Wording:
    return Wording(de=f"{count} {'Tag' if count == 1 else 'Tage'}", en=f"{count} {'day' if count == 1 else 'days'}")


def _case(computed: Computations, case: CaseGap, without: Wording) -> Wording:
    found = computed.model.cases[case.case]
    return Wording(
        de=f"Im Fall „{found.label('de')}“: {_days(case.days).de} {without.de} "
        f"({_german_date(case.first_day)} bis {_german_date(case.last_day)}).",
        en=f"In the case “{found.label('en')}”: {_days(case.days).en} {without.en} "
        f"({case.first_day.isoformat()} to {case.last_day.isoformat()}).",
    )


def _german_date(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
