"""The time overview: how long each process takes, where nobody is covered or can prove it, which deadlines hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.time_wording import questions_about_time
from ankunft_model.analysis.timing.case_timelines import CoveredTime, case_timelines
from ankunft_model.analysis.timing.coverage import CaseGap, CoverageGap
from ankunft_model.analysis.timing.deadlines import DeadlineTimes
from ankunft_model.analysis.timing.process_times import ProcessTimes
from ankunft_model.analysis.timing.proof import ProofGap
from ankunft_model.findings import OpenFact
from ankunft_model.graph.limit_wording import limits_to_dict
from ankunft_model.wording import Wording

TIME_FORMAT: Final = "ankunft-time/1"

Gap: TypeAlias = CoverageGap | ProofGap


@dataclass(frozen=True, slots=True)
class TimeOverview:
    """The times of a model.

    Attributes:
        processes: Times of each entry process with those that it starts, by its id.
        questions: What nobody stated of the times of each process, by its id; as long as there are any, the greatest
            time is unknown.
        coverage: Times without entitlement, then without payment.
        proof: Times in which something holds that nobody can prove yet, whether or not somebody asks.
        deadlines: All deadlines with what follows from the times.
        timelines: What each dated case was covered by, by its id; cases without dates are left out.
    """

    processes: dict[str, ProcessTimes]
    questions: dict[str, tuple[OpenFact, ...]]
    coverage: tuple[CoverageGap, ...]
    proof: tuple[ProofGap, ...]
    deadlines: tuple[DeadlineTimes, ...]
    timelines: dict[str, tuple[CoveredTime, ...]]

    def to_dict(self) -> dict[str, Any]:
        """Return the overview in the shape of `ankunft-time/1`; times are seconds, gaps whole days."""
        return {
            "format": TIME_FORMAT,
            "processes": {id_: self._process(id_, times) for id_, times in self.processes.items()},
            "coverage": [_coverage(gap) for gap in self.coverage],
            "proof": [_proof(gap) for gap in self.proof],
            "deadlines": [_deadline(times) for times in self.deadlines],
            "cases": {
                case: [
                    {
                        "timeline": covered.timeline,
                        "kind": covered.kind,
                        "id": covered.id,
                        "from": None if covered.first_day is None else covered.first_day.isoformat(),
                        "to": None if covered.last_day is None else covered.last_day.isoformat(),
                    }
                    for covered in timeline
                ]
                for case, timeline in self.timelines.items()
            },
        }

    def _process(self, id_: str, times: ProcessTimes) -> dict[str, Any]:
        share = times.slowest.waiting_share
        return {
            "elapsed_seconds": {"min": times.least, "max": times.most},
            "depends_on": [
                {"path": fact.path, "question": {"de": fact.question.de, "en": fact.question.en}}
                for fact in self.questions[id_]
            ],
            "endless": list(times.endless),
            "critical_path": {
                "nodes": list(times.slowest.nodes),
                "seconds": times.slowest.seconds,
                "waiting_seconds": times.slowest.waiting_seconds,
                "waiting_share": None if share is None else round(share, 4),
            },
            "nodes": {
                node: {"earliest_seconds": when.earliest, "latest_seconds": when.latest}
                for node, when in times.by_node.items()
            },
            "exact": times.exact,
            "limits": limits_to_dict(times.limits),
        }


def time_overview(computed: Computations) -> TimeOverview:
    """Return the times of a model: bounds over all runs, gaps of coverage and proof, deadlines, dated cases."""
    return TimeOverview(
        processes={times.process: times for times in computed.process_times},
        questions={times.process: tuple(_questions(computed, times)) for times in computed.process_times},
        coverage=(*computed.coverage_gaps("entitlement"), *computed.coverage_gaps("payment")),
        proof=computed.proof_gaps,
        deadlines=computed.deadlines,
        timelines=case_timelines(computed.model),
    )


def _questions(computed: Computations, times: ProcessTimes) -> Iterator[OpenFact]:
    """Yield what would have to be asked about nodes, flows and handovers."""
    model = computed.model
    for element, field in times.unknown:
        kind, _, id_ = element.partition(":")
        if kind == "node":
            yield from questions_about_time(model, computed.names, [(id_, field)])
        elif kind == "handover":
            handover = model.handovers[id_]
            name = computed.names.handover(id_)
            owner = next(p.id for p in model.processes.values() if handover in (p.handovers or ()))
            yield OpenFact(
                f"processes.{owner}.handovers.{id_}.{field}",
                Wording(
                    de=f"Wie lange ist die Übergabe „{name.de}“ unterwegs, mindestens und höchstens?",
                    en=f"How long does the handover “{name.en}” take, at least and at most?",
                ),
            )
        else:
            process, flow = next((p, f) for p in model.processes.values() for f in p.flows if f.id == id_)
            source, target = computed.names.node(flow.source), computed.names.node(flow.target)
            yield OpenFact(
                f"processes.{process.id}.nodes.{flow.source}.next.{id_}.{field}",
                Wording(
                    de=f"Wie lange dauert es von {source.de} bis {target.de}, mindestens und höchstens?",
                    en=f"How long does it take from {source.en} to {target.en}, at least and at most?",
                ),
            )


def _coverage(gap: CoverageGap) -> dict[str, Any]:
    return {
        "timeline": gap.timeline,
        "need": gap.need,
        "ended": {"benefit": gap.ended, "node": gap.ended_at},
        "started": None if gap.started is None else {"benefit": gap.started, "node": gap.started_at},
        **_gap(gap, gap.unknown_times, (gap.ended_at, gap.started_at)),
    }


def _proof(gap: ProofGap) -> dict[str, Any]:
    return {
        "subject": {"kind": "benefit" if gap.is_benefit else "data", "id": gap.subject},
        "document": gap.document,
        "began_at": gap.began_at,
        "issued_at": gap.issued_at,
        "bridged_by": gap.bridged_by,
        "asked_by": list(gap.asked_by),
        "asked_at": list(gap.asked_at),
        **_gap(gap, gap.unknown, (gap.began_at, gap.issued_at)),
    }


def _gap(gap: Gap, unknown: tuple[str, ...], nodes: tuple[str | None, ...]) -> dict[str, Any]:
    return {
        "gap_days": {"min": gap.least_days, "max": gap.most_days},
        "not_counted": list(unknown),
        "cases": [_case(case) for case in gap.cases],
        "witness": list(gap.run.witness([node for node in nodes if node is not None])),
        "exact": gap.exact,
        "limits": limits_to_dict(gap.limits),
    }


def _case(case: CaseGap) -> dict[str, Any]:
    return {
        "case": case.case,
        "days": case.days,
        "first_day": case.first_day.isoformat(),
        "last_day": case.last_day.isoformat(),
    }


def _deadline(times: DeadlineTimes) -> dict[str, Any]:
    stated = times.stated
    return {
        "path": stated.path,
        "since": stated.since,
        "until": stated.until,
        "within": str(stated.deadline.within),
        "days": stated.deadline.days,
        "strength": stated.deadline.strength,
        "elapsed_seconds": {"min": times.least, "max": times.most},
        "usual_seconds": {"min": times.usual[0], "max": times.usual[1]},
        "verdict": times.verdict,
        "certainty": times.certainty,
        "not_counted": list(dict.fromkeys(node for node, _ in times.unknown)),
        "cases": [
            {
                "case": case.case,
                "last_day": case.last_day.isoformat(),
                "done_on": case.done_on.isoformat(),
                "kept": case.is_kept,
            }
            for case in times.cases
        ],
        "exact": times.exact,
        "limits": limits_to_dict(times.limits),
    }
