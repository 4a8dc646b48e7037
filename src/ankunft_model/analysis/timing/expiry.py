"""Documents that may have expired when a step asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ankunft_model.analysis.timing.causality import CausalRun
from ankunft_model.analysis.witness import Run
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Activity, AnyDocument, ArrivalModel, DurationRange


@dataclass(frozen=True, slots=True)
class Expiry:
    """A document that is shown later than it is valid.

    Attributes:
        document: Id of the document.
        issued_at, shown_at: Ids of the steps.
        valid_seconds: Bounds of its validity.
        least, most: Bounds of the seconds from issue to use over the runs on which it may have expired.
        certainty: `definite` if it has expired on every run that shows it.
        run: A run with the longest time in between.
    """

    document: str
    issued_at: str
    shown_at: str
    valid_seconds: tuple[int, int]
    least: int
    most: int | None
    certainty: Literal["definite", "possible"]
    run: Run
    limits: tuple[Limit, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds equal those over all runs."""
        return not self.limits


def find_expiries(model: ArrivalModel, runs: Sequence[CausalRun], limits: tuple[Limit, ...]) -> tuple[Expiry, ...]:
    """Return the documents that may have expired when they are shown, in the order of the steps that ask for them.

    A document that any of several steps issues anew, or that is issued repeatedly, is taken to be renewed in time. One
    of several documents of which one suffices does not count.
    """
    if not runs:
        return ()
    graph = runs[0].run.graph
    issuers: dict[str, list[int]] = {}
    for number, node in enumerate(graph.nodes):
        for out in (node.documents_out or ()) if isinstance(node, Activity) else ():
            issuers.setdefault(out, []).append(number)
    found: list[Expiry] = []
    for number, node in enumerate(graph.nodes):
        if not isinstance(node, Activity):
            continue
        for document in [entry for entry in node.documents_in or () if not isinstance(entry, AnyDocument)]:
            valid = model.documents[document].valid_for
            issued = issuers.get(document, [])
            if not isinstance(valid, DurationRange) or len(issued) != 1:
                continue
            step = graph.nodes[issued[0]]
            if isinstance(step, Activity) and step.repeats is not None:
                continue
            found.extend(_expiries(document, valid, issued[0], number, runs, limits))
    return tuple(found)


def _expiries(
    document: str, valid: DurationRange, issued: int, shown: int, runs: Sequence[CausalRun], limits: tuple[Limit, ...]
) -> Iterator[Expiry]:
    graph = runs[0].run.graph
    least_valid = valid.min_seconds if valid.min_seconds is not None else valid.max_seconds
    most_valid = valid.max_seconds if valid.max_seconds is not None else valid.min_seconds
    if least_valid is None or most_valid is None:
        return
    late: list[tuple[int, int | None, CausalRun]] = []
    surely = passed = 0
    is_exact = True
    for run in runs:
        first, then = run.execution_of(issued), run.execution_of(shown)
        if then is None:
            continue
        passed += 1
        if first is None or not run.is_before(first, then):
            continue
        (low, high), exact = run.elapsed(first, then)
        is_exact = is_exact and exact
        surely += low > most_valid
        if high is not None and high > least_valid:
            late.append((low, high, run))
        elif low > least_valid:
            late.append((low, None, run))
    if late:
        worst = max(late, key=lambda span: float("inf") if span[1] is None else span[1])
        yield Expiry(
            document=document,
            issued_at=graph.nodes[issued].id,
            shown_at=graph.nodes[shown].id,
            valid_seconds=(least_valid, most_valid),
            least=min(low for low, _, _ in late),
            most=None if any(high is None for _, high, _ in late) else max(high or 0 for _, high, _ in late),
            certainty="definite" if surely == passed and is_exact and not limits else "possible",
            run=worst[2].run,
            limits=limits if is_exact else in_order((*limits, "several_ways")),
        )
