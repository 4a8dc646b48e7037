"""What gaps of cover cost the person: the monthly amount of the benefit that is missing, for the days of the gap.

Source: SGB II § 41 (1), which counts a month as 30 days (general knowledge, to be verified); amounts are those of the
model, none is built in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.timing.coverage import CoverageGap, Timeline
from ankunft_model.model import ArrivalModel, Process
from ankunft_model.model.benefits import Amount

DAYS_PER_MONTH: Final = 30
TIMELINES: Final[tuple[Timeline, ...]] = ("entitlement", "payment")


@dataclass(frozen=True, slots=True)
class GapCost:
    """The amount at stake in one gap.

    Attributes:
        benefit: Id of the benefit whose amount is missing: the one that comes, else the one that ended.
        currency: Three letters.
        least, most: Over all runs; `most` None: the gap has no bound, or never ends.
        cases: The amount by id of each dated case.
    """

    timeline: Timeline
    need: str
    ended_at: str
    started_at: str | None
    benefit: str
    currency: str
    least: float
    most: float | None
    cases: dict[str, float]


def gap_costs(computed: Computations, group: tuple[Process, ...]) -> tuple[GapCost, ...]:
    """Return what the gaps of one group of processes cost; those without a stated monthly amount are left out."""
    found: list[GapCost] = []
    own = {process.id for process in group}
    for timeline in TIMELINES:
        for gap in computed.coverage_gaps(timeline):
            amount = _amount(computed.model, gap)
            if amount is None or computed.model.process_of[gap.ended_at].id not in own:
                continue
            benefit, stated = amount
            per_day = float(stated.value) / DAYS_PER_MONTH
            found.append(
                GapCost(
                    timeline=gap.timeline,
                    need=gap.need,
                    ended_at=gap.ended_at,
                    started_at=gap.started_at,
                    benefit=benefit,
                    currency=stated.currency,
                    least=per_day * gap.least_days,
                    most=None if gap.most_days is None else per_day * gap.most_days,
                    cases={case.case: per_day * case.days for case in gap.cases},
                )
            )
    return tuple(found)


def _amount(model: ArrivalModel, gap: CoverageGap) -> tuple[str, Amount] | None:
    for benefit in (gap.started, gap.ended):
        amount = None if benefit is None else model.benefits[benefit].monthly_amount
        if benefit is not None and amount is not None:
            return benefit, amount
    return None
