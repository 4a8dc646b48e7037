"""Who knows what, as results: collections, gaps and avoidable collections of every datum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ankunft_model.analysis.knowledge.collections import CollectionBounds
from ankunft_model.analysis.knowledge.facts import DataFacts, ItemKey
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph
from ankunft_model.graph.limits import Limit, hide_no_run, in_order
from ankunft_model.model import Process

Grade: TypeAlias = Literal["same_actor", "readable", "known_elsewhere"]
"""Why a collection is avoidable: the asking actor knows it; it could read it; others know it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A step whose actor does not have what it needs, on some run or on every run that executes it.

    Attributes:
        certainty: `definite`: on every run that executes the step, each time, whatever the open facts turn out to be.
        as_stated: The same by what the model states, open facts left aside.
        depends_on: Open facts that could give the actor the datum, on every run or on some more.
    """

    key: ItemKey
    node: str
    actor: str | None
    certainty: Certainty
    exact: bool
    run: Run
    as_stated: Certainty = "possible"
    depends_on: tuple[UnknownFact, ...] = ()


@dataclass(frozen=True, slots=True)
class AvoidableCollection:
    """A step that asks for what somebody already knows.

    Attributes:
        grade: The strongest reason that holds on some run.
        grade_certainty: `definite` if that reason holds on every run that executes the step, each time.
        known_to: Actors and systems that know it beforehand on some run, in the order of the model.
        depends_on: Steps of which nobody said who performs them, and which let that one forget the datum.
        readable_from: Systems among them that the asking actor could read, also by rights that are not used.
    """

    key: ItemKey
    node: str
    actor: str | None
    certainty: Certainty
    exact: bool
    grade: Grade
    grade_certainty: Certainty
    known_to: tuple[str, ...]
    readable_from: tuple[str, ...]
    run: Run
    depends_on: tuple[UnknownFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemKnowledge:
    """What is known about one datum in one group of processes.

    Attributes:
        collected_at: Nodes that ask for it, in the order of the model.
        longest: A run on which the most different actors ask for it.
        carried_gaps: Gaps that only what the person carries, or shows, keeps from happening.
        limits: What was reached, see `Limit`; the answers are exact if nothing was. That no run comes to an end is said
            here too, though all runs were looked at.
    """

    key: ItemKey
    collections: CollectionBounds
    collected_at: tuple[str, ...]
    longest: Run
    gaps: tuple[Gap, ...]
    avoidable: tuple[AvoidableCollection, ...]
    carried_gaps: tuple[Gap, ...]
    limits: tuple[Limit, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether all runs were looked at."""
        return hide_no_run(self.limits)


@dataclass(frozen=True, slots=True)
class ProcessKnowledge:
    """What is known about every datum in one entry process and the processes that it starts."""

    process: Process
    facts: DataFacts
    runs: RunGraph
    items: dict[ItemKey, ItemKnowledge]

    def limits_of(self, keys: Iterable[ItemKey]) -> tuple[Limit, ...]:
        """Return what was reached at any of several data."""
        return in_order(limit for key in keys for limit in self.items[key].limits)
