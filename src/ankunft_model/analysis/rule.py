"""What a rule is: one question to a model, with its name, meaning and severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from ankunft_model.findings import Certainty, ElementRef, Finding, OpenFact, Reason, Severity
from ankunft_model.graph.limits import Limit
from ankunft_model.registries import ShippedMeasure, measures_resolving
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.analysis.computations import Computations

Dimension: TypeAlias = Literal["transparent", "fitting", "binding"]
"""The quality dimension of a rule: transparency, fit (passgenau), bindingness (verbindlich)."""

RuleGroup: TypeAlias = Literal[
    "flow", "responsibility", "agreement_and_law", "money_papers_time", "channel", "access", "data", "modelling"
]

GROUPS: Final[tuple[RuleGroup, ...]] = get_args(RuleGroup)
"""The groups of rules, in the order of the catalogue."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What a rule saw; the engine adds which rule it was and, unless the rule says otherwise, how severe.

    Attributes:
        elements: The elements concerned, the main one first; they make the id of the finding.
        severity: None: that of the rule.
        witness: See `Finding.witness`.
        measures: Ids of measures of the model that resolve it.
        limits: Why it is not exact; not looked at if it is.
    """

    message: Wording
    recommendation: Wording
    elements: tuple[ElementRef, ...]
    certainty: Certainty = "definite"
    severity: Severity | None = None
    exact: bool = True
    depends_on: tuple[OpenFact, ...] = ()
    data: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    full_run: Sequence[str] = ()
    because: tuple[Reason, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        id: Stable kebab-case name.
        codes: Codes of the domain description, such as `G-05`.
        dimension: The quality that a finding lacks.
        finds, matters, resolve: What it finds and what it does not report, why that matters, how to resolve it.
        sources: What the rule rests on, as `TAG:passage` or as a place in the domain description.
        find: Yields what the rule sees in a model.
        find_in: Yields what it sees in the findings of all other rules; None: it does not look at them.
        sound, broken: A small model, as YAML text, in which it finds nothing, and one in which it finds something.
    """

    id: str
    codes: tuple[str, ...]
    title: Wording
    group: RuleGroup
    severity: Severity
    dimension: Dimension
    finds: Wording
    matters: Wording
    resolve: Wording
    sources: tuple[str, ...]
    sound: str
    broken: str
    find: Callable[[Computations], Iterable[Observation]]
    find_in: Callable[[Computations, Sequence[Finding]], Iterable[Observation]] | None = None

    @property
    def measures(self) -> tuple[ShippedMeasure, ...]:
        """The measures of the shipped catalogue that resolve its findings, those made for it first.

        The link is stated once, at the measure (`resolves`).
        """
        return measures_resolving(self.id)
