"""What a report is about: a model, what was found in it, its pictures and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_overview import data_overview
from ankunft_model.analysis.timing.coverage import Timeline
from ankunft_model.findings import Finding
from ankunft_model.model import ArrivalModel


@dataclass(frozen=True, slots=True)
class ItemCollections:
    """How often the person is asked for one datum within one run.

    Attributes:
        least, most: Bounds over all runs; `most` None: without bound.
        collected_at: Ids of the nodes that ask for it, in the order of the model.
    """

    least: int
    most: int | None
    collected_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapFigure:
    """Days without cover between two benefits.

    Attributes:
        timeline: Entitlement or payment.
        least_days, most_days: Bounds over all runs; `most_days` None: without bound.
        case: Name of a dated case, as id; None without one.
        case_days: Exact number of days in that case.
    """

    timeline: Timeline
    least_days: int
    most_days: int | None
    case: str | None = None
    case_days: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One state of a place, as it is or as it is to be.

    Attributes:
        findings: In the order in which they are to be read within one rule.
        diagrams: SVG text from `diagram_for_report`, by name.
        collections: By id of the data item, in the order of the model; None: not computed.
        gaps: None: not computed; `()`: computed, and there are none.
    """

    model: ArrivalModel
    findings: Sequence[Finding]
    diagrams: Mapping[str, str] = field(default_factory=dict[str, str])
    collections: Mapping[str, ItemCollections] | None = None
    gaps: Sequence[GapFigure] | None = None


def subject_of(
    computations: Computations, findings: Sequence[Finding], diagrams: Mapping[str, str] | None = None
) -> Subject:
    """Return the subject with all figures that can be computed."""
    overview = data_overview(computations)
    model = computations.model
    collections = {
        item: ItemCollections(*figures.collections, figures.collected_at)
        for item, figures in overview.by_item.items()
        if model.canonical(item) == item
    }
    gaps: list[GapFigure] = []
    timelines: tuple[Timeline, ...] = ("entitlement", "payment")
    for timeline in timelines:
        for gap in computations.coverage_gaps(timeline):
            case = max(gap.cases, key=lambda found: found.days, default=None)
            gaps.append(
                GapFigure(
                    timeline,
                    gap.least_days,
                    gap.most_days,
                    None if case is None else case.case,
                    None if case is None else case.days,
                )
            )
    return Subject(computations.model, findings, diagrams or {}, collections, tuple(gaps))
