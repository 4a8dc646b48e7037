"""What a documented case shows: where it left the model, which gaps it hit, which deadlines it kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ankunft_model.analysis.check import check
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.replay.alignment import Alignment, align
from ankunft_model.analysis.timing.coverage import CaseGap, Timeline
from ankunft_model.analysis.timing.deadlines import DatedDeadline
from ankunft_model.errors import UnknownElementError
from ankunft_model.findings import Finding
from ankunft_model.graph import build_token_game, entry_processes
from ankunft_model.graph.limit_wording import limits_to_dict
from ankunft_model.graph.limits import Limit
from ankunft_model.graph.narrowing import for_case
from ankunft_model.model import ArrivalModel, Case, CaseDates, Gateway, Translations, nearest
from ankunft_model.model.documented_case import DocumentedCase, DocumentedStep
from ankunft_model.wording import Wording

REPLAY_FORMAT: Final = "ankunft-replay/1"
_PSEUDONYM: Final = "documented_case"
"""Stands for the case inside the computation; its own id goes into no result."""
_NAME: Final = Translations({"de": "dieser Fall", "en": "this case"})


@dataclass(frozen=True, slots=True)
class ReplayedStep:
    """One documented step: what, when, whether the model could execute it there, and what it was expected after.

    Attributes:
        node: Id of its node; None: the model does not know it.
        name: What happened, in words, for a step that the model does not know.
        skipped: Ids of steps of the model in between that the case does not mention.
    """

    node: str | None
    name: str | None
    on: date | None
    fits: bool
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """A documented case beside the model.

    Attributes:
        process: Id of the process that fits best.
        left_at: The first step that no run with the steps before has, counted from 0; None: all fit.
        missing_at_end: Ids of steps that the model expects after the last one; None: no way leads to an end.
        out_of_order: Ids of nodes whose day lies before that of a step documented earlier.
        choices: Decisions that the case took, by id of the gateway.
        gaps: Times without entitlement, payment or proof, exact in days, by timeline.
        deadlines: Name or node of each deadline that the case touches, with the last day and the day it was done.
        findings: What the rules find on the runs that take the decisions of the case, as far as it touches its steps.
        limits: Why a run of the model may have been overlooked; empty if none was.
    """

    process: str
    steps: tuple[ReplayedStep, ...]
    left_at: int | None
    missing_at_end: tuple[str, ...] | None
    out_of_order: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    gaps: dict[str, tuple[CaseGap, ...]]
    deadlines: tuple[tuple[str, DatedDeadline], ...]
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether all runs of the model were looked at."""
        return not self.limits

    def to_dict(self) -> dict[str, Any]:
        """Return the replay in the shape of `ankunft-replay/1`; the id of the case is left out."""
        return {
            "format": REPLAY_FORMAT,
            "process": self.process,
            "steps": [
                {
                    "node": step.node,
                    "name": step.name,
                    "date": None if step.on is None else step.on.isoformat(),
                    "fits": step.fits,
                    "skipped": list(step.skipped),
                }
                for step in self.steps
            ],
            "left_at": self.left_at,
            "exact": self.is_exact,
            "limits": limits_to_dict(self.limits),
            "missing_at_end": None if self.missing_at_end is None else list(self.missing_at_end),
            "out_of_order": list(self.out_of_order),
            "choices": {gateway: list(targets) for gateway, targets in self.choices.items()},
            "gaps": {
                timeline: [
                    {"days": gap.days, "first_day": gap.first_day.isoformat(), "last_day": gap.last_day.isoformat()}
                    for gap in gaps
                ]
                for timeline, gaps in self.gaps.items()
            },
            "deadlines": [
                {
                    "path": path,
                    "last_day": dated.last_day.isoformat(),
                    "done_on": dated.done_on.isoformat(),
                    "kept": dated.is_kept,
                }
                for path, dated in self.deadlines
            ],
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "certainty": finding.certainty,
                    "elements": [
                        {"kind": element.kind, "id": element.id}
                        for element in finding.elements
                        if element.kind != "case"
                    ],
                }
                for finding in self.findings
            ],
        }


def replay(model: ArrivalModel, case: DocumentedCase) -> Replay:
    """Return how a documented case follows the model, and what it ran into.

    Raises:
        UnknownElementError: the case names a node or a cohort that the model does not have, or another model.
    """
    _check_names(model, case)
    groups = entry_processes(model)
    games = [build_token_game(*group) for group in groups]
    ids = {step.node for step in case.steps if step.node is not None}
    best = max(range(len(groups)), key=lambda number: (len(ids & set(games[number].graph.index_of)), -number))
    game, graph = games[best], games[best].graph
    nodes = tuple(-1 if step.node is None else graph.index_of.get(step.node, -1) for step in case.steps)
    alignment = align(game, nodes)
    choices = _choices(graph.nodes, graph.source, graph.target, alignment)
    dated = _dated_model(model, case, choices)
    computed = Computations(dated)
    passed = {step.node for step, found in zip(case.steps, alignment.steps, strict=True) if found.fits and step.node}
    return Replay(
        process=groups[best][0].id,
        steps=tuple(
            ReplayedStep(
                node=step.node,
                name=step.name if step.node is None else None,
                on=step.on,
                fits=found.fits,
                skipped=tuple(graph.nodes[node].id for node in found.skipped),
            )
            for step, found in zip(case.steps, alignment.steps, strict=True)
        ),
        left_at=next((number for number, found in enumerate(alignment.steps) if not found.fits), None),
        missing_at_end=None
        if alignment.missing_at_end is None
        else tuple(graph.nodes[node].id for node in alignment.missing_at_end),
        out_of_order=tuple(_out_of_order(case.steps)),
        choices=choices,
        gaps=_gaps(computed),
        deadlines=tuple((times.stated.path, found) for times in computed.deadlines for found in times.cases),
        findings=tuple(f for f in check(dated, computations=computed) if _concerns(f, passed)),
        limits=alignment.limits,
    )


def _check_names(model: ArrivalModel, case: DocumentedCase) -> None:
    if case.model not in (None, model.id):
        raise UnknownElementError(
            Wording(
                de=f"Der Fall gehört zum Modell „{case.model}“, gelesen wurde „{model.id}“.",
                en=f"the case belongs to the model '{case.model}', read was '{model.id}'.",
            ),
            element_id=case.model,
        )
    named = [(step.node, model.nodes) for step in case.steps if step.node is not None]
    wanted: list[tuple[str, Iterable[str]]] = [*named, *([(case.cohort, model.cohorts)] if case.cohort else [])]
    for id_, known in wanted:
        if id_ not in known:
            near = nearest(id_, known)
            raise UnknownElementError(
                Wording(
                    de=f"Der Fall nennt „{id_}“, das gibt es im Modell nicht."
                    + (f" Gemeint: „{near}“?" if near else ""),
                    en=f"the case names '{id_}', which the model does not have."
                    + (f" Did you mean '{near}'?" if near else ""),
                ),
                element_id=id_,
            )


def _choices(
    nodes: tuple[Any, ...], source: tuple[int, ...], target: tuple[int, ...], alignment: Alignment
) -> dict[str, tuple[str, ...]]:
    """Return the decisions that were taken one way only, by id of the gateway."""
    taken: dict[str, dict[str, None]] = {}
    for flow in alignment.takes:
        gateway = nodes[source[flow]]
        if isinstance(gateway, Gateway):
            taken.setdefault(gateway.id, {}).setdefault(nodes[target[flow]].id)
    return {
        gateway: tuple(targets)
        for gateway, targets in taken.items()
        if len(targets) == 1 or next(n for n in nodes if n.id == gateway).type == "inclusive"
    }


def _dated_model(model: ArrivalModel, case: DocumentedCase, choices: dict[str, tuple[str, ...]]) -> ArrivalModel:
    """Return the model narrowed to the case, with the case as its only one."""
    decided = {g: t for g, t in choices.items() if model.nodes[g].type in ("exclusive", "inclusive")}
    dates: dict[str, date | CaseDates] = {}
    for step in case.steps:
        if step.node is not None and step.on is not None:
            dates[step.node] = step.on if step.paid is None else CaseDates(decided=step.on, paid=step.paid)
    stated = Case(id=_PSEUDONYM, name=_NAME, cohort=case.cohort, choices=decided, dates=dates)
    return for_case(model.changed(cases=[stated]), _PSEUDONYM)


def _gaps(computed: Computations) -> dict[str, tuple[CaseGap, ...]]:
    timelines: tuple[Timeline, ...] = ("entitlement", "payment")
    found: dict[str, tuple[CaseGap, ...]] = {
        timeline: tuple(case for gap in computed.coverage_gaps(timeline) for case in gap.cases)
        for timeline in timelines
    }
    found["proof"] = tuple(case for gap in computed.proof_gaps for case in gap.cases)
    return found


def _out_of_order(steps: Iterable[DocumentedStep]) -> Iterable[str]:
    latest: date | None = None
    for step in steps:
        if step.on is None:
            continue
        if latest is not None and step.on < latest and step.node is not None:
            yield step.node
        latest = step.on if latest is None else max(latest, step.on)


def _concerns(finding: Finding, passed: set[str]) -> bool:
    """Return whether all nodes that a finding names are steps that the case went through."""
    named = {element.id for element in finding.elements if element.kind == "node"}
    return bool(named) and named <= passed
