"""Coverage gaps in words, the same for entitlement and payment."""

from __future__ import annotations

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.rule import Observation
from ankunft_model.analysis.time_wording import day_of, days, days_between, not_counted
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
        span = days_between(gap.least_days, gap.most_days)
        left_out = not_counted(names, gap.unknown_times)
        cases = [describe_case(computed, case, without) for case in gap.cases]
        message = Wording(
            de=f"Zwischen {old.de} (Ende: {ended_at.de}) und {new.de} (Beginn: {started_at.de}): {span.de} "
            f"{without.de}." + "".join(f" {case.de}" for case in cases) + left_out.de,
            en=f"Between {old.en} (end: {ended_at.en}) and {new.en} (start: {started_at.en}): {span.en} "
            f"{without.en}." + "".join(f" {case.en}" for case in cases) + left_out.en,
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
        certainty="definite" if gap.exact and (gap.least_days > 0 or gap.started is None) else "possible",
        exact=gap.exact,
        limits=gap.limits,
        because=_bases(computed, gap),
        witness=gap.run.witness(nodes),
        full_run=gap.run.ids,
    )


def _bases(computed: Computations, gap: CoverageGap) -> tuple[Reason, ...]:
    """Return the legal bases of the benefits."""
    stated = [computed.model.benefits[id_].legal_basis for id_ in (gap.ended, gap.started) if id_ is not None]
    return tuple(Reason("legal_basis", id_) for id_ in dict.fromkeys(stated) if id_ is not None)


def describe_case(computed: Computations, case: CaseGap, without: Wording) -> Wording:
    """Return a sentence with the exact days of a dated case."""
    found = computed.model.cases[case.case]
    return Wording(
        de=f"Im Fall „{found.label('de')}“: {days(case.days).de} {without.de} "
        f"({day_of(case.first_day).de} bis {day_of(case.last_day).de}).",
        en=f"In the case “{found.label('en')}”: {days(case.days).en} {without.en} "
        f"({case.first_day.isoformat()} to {case.last_day.isoformat()}).",
    )
