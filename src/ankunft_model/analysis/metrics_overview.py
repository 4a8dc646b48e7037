"""The metrics of a model, for people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.metrics.burden import Burden, BurdenParameters
from ankunft_model.analysis.metrics.gap_costs import GapCost
from ankunft_model.analysis.metrics.process_metrics import ProcessMetrics, Share, process_metrics
from ankunft_model.analysis.metrics.run_counts import Count
from ankunft_model.graph.limit_wording import limits_to_dict
from ankunft_model.wording import Wording

METRICS_FORMAT: Final = "ankunft-metrics/1"

COUNT_NAMES: Final[Mapping[str, Wording]] = {
    "contacts": Wording(de="Kontakte", en="contacts"),
    "visits": Wording(de="persönliche Vorsprachen", en="visits"),
    "forms": Wording(de="Anträge", en="forms"),
    "questions": Wording(de="erfragte Angaben", en="questions"),
    "documents": Wording(de="mitgebrachte Dokumente", en="documents carried"),
    "handovers": Wording(de="Übergaben", en="handovers"),
    "media_breaks": Wording(de="Medienbrüche", en="media breaks"),
}
"""What is counted per case, in the order of reports."""


@dataclass(frozen=True, slots=True)
class MetricsOverview:
    """The figures of each entry process, by its id, with the parameters that they were computed with."""

    processes: dict[str, ProcessMetrics]
    parameters: BurdenParameters

    def to_dict(self) -> dict[str, Any]:
        """Return the metrics in the shape of `ankunft-metrics/1`; times are seconds, shares 0 to 1."""
        return {
            "format": METRICS_FORMAT,
            "processes": {id_: _process(metrics) for id_, metrics in self.processes.items()},
        }


def metrics_overview(computed: Computations, parameters: BurdenParameters | None = None) -> MetricsOverview:
    """Return the metrics of a model.

    Args:
        computed: The computations on the model.
        parameters: Minutes and rates for the burden; None: no burden is computed.
    """
    known = BurdenParameters() if parameters is None else parameters
    return MetricsOverview({metrics.process: metrics for metrics in process_metrics(computed, known)}, known)


def _process(metrics: ProcessMetrics) -> dict[str, Any]:
    once, times = metrics.once_only, metrics.times
    share = times.slowest.waiting_share
    return {
        "counts": {name: _count(metrics.counts[name]) for name in COUNT_NAMES},
        "bodies": _count(metrics.bodies),
        "sites": _count(metrics.sites),
        "elapsed_seconds": {"min": times.least, "max": times.most},
        "waiting_share": None if share is None else _rounded(share),
        "milestones": {
            node: {
                "earliest_seconds": when.earliest,
                "latest_seconds": when.latest,
                "waiting_seconds": when.waiting,
            }
            for node, when in metrics.milestones.items()
        },
        "shares": {
            "with_agreement": _share(metrics.with_agreement),
            "with_legal_basis": _share(metrics.with_legal_basis),
            "with_consent": _share(metrics.with_consent),
            "proactive": _share(metrics.proactive),
            "needed": _share(metrics.needed),
            "validated": _share(metrics.validated),
            "unknown": _share(metrics.unknown),
        },
        "gap_costs": [_gap_cost(cost) for cost in metrics.gap_costs],
        "once_only": {
            "asked_items": once.asked_items,
            "asked_once": once.asked_once,
            "collection_factor": {
                "min": _maybe_rounded(once.least_factor),
                "max": _maybe_rounded(once.most_factor),
                "expected": _maybe_rounded(once.factor),
            },
            "avoidable_places": {"min": once.avoidable_places[0], "max": once.avoidable_places[1]},
            "avoidable_questions": _count(once.avoidable_questions),
            "gaps": _count(once.gaps),
            "covered_needs": {"min": once.covered_needs[0], "max": once.covered_needs[1], "of": once.needs},
        },
        "burden": None if metrics.burden is None else _burden(metrics.burden),
        "exact": metrics.exact,
        "limits": limits_to_dict(metrics.limits),
    }


def _gap_cost(cost: GapCost) -> dict[str, Any]:
    return {
        "timeline": cost.timeline,
        "need": cost.need,
        "ended_at": cost.ended_at,
        "started_at": cost.started_at,
        "benefit": cost.benefit,
        "currency": cost.currency,
        "min": round(cost.least, 2),
        "max": None if cost.most is None else round(cost.most, 2),
        "cases": {case: round(amount, 2) for case, amount in cost.cases.items()},
    }


def _burden(burden: Burden) -> dict[str, Any]:
    return {
        name: None if (count := getattr(burden, name)) is None else _count(count)
        for name in ("minutes", "avoidable_minutes", "euros", "minutes_per_year", "euros_per_year")
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "min": _rounded(count.least),
        "max": _maybe_rounded(count.most),
        "expected": _maybe_rounded(count.expected),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"min": _rounded(share.least), "max": _rounded(share.most), "of": share.of}


def _maybe_rounded(number: float | None) -> float | int | None:
    return None if number is None else _rounded(number)


def _rounded(number: float) -> float | int:
    """Return the number with four decimals, a whole one without."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded
