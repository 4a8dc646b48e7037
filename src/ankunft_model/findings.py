"""Findings: what the rules say about a model, each with the run that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from typing import Any, Final, Literal, TypeAlias, overload

from ankunft_model.wording import Language, Wording, counted

Severity: TypeAlias = Literal["info", "hint", "warning", "error"]
Certainty: TypeAlias = Literal["definite", "possible"]

SEVERITIES: Final[tuple[Severity, ...]] = ("info", "hint", "warning", "error")
"""From the least to the most severe."""

FINDINGS_FORMAT: Final = "ankunft-findings/1"
MAX_WITNESS: Final = 50
"""So many ids a short witness has at most."""

SEVERITY_NAMES: Final[dict[Severity, Wording]] = {
    "error": Wording(de="kritisch", en="error"),
    "warning": Wording(de="beachten", en="warning"),
    "hint": Wording(de="Hinweis", en="hint"),
    "info": Wording(de="Information", en="info"),
}
SEVERITY_PLURALS: Final[dict[Severity, Wording]] = {
    "error": Wording(de="kritisch", en="errors"),
    "warning": Wording(de="zu beachten", en="warnings"),
    "hint": Wording(de="Hinweise", en="hints"),
    "info": Wording(de="Informationen", en="infos"),
}
_SINGULARS: Final[dict[Severity, Wording]] = {
    **SEVERITY_NAMES,
    "warning": Wording(de="zu beachten", en="warning"),
}


@dataclass(frozen=True, slots=True)
class ElementRef:
    """An element of the model: its kind (`node`, `handover`, `data`, `benefit`, `actor`, …) and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class OpenFact:
    """An unknown fact that could remove a finding: the path in the model and the question to ask somebody."""

    path: str
    question: Wording

    def to_dict(self) -> dict[str, Any]:
        """Return the open fact in the shape of `ankunft-findings/1`."""
        return {"path": self.path, "question": self.question._asdict()}


@dataclass(frozen=True, slots=True)
class Reason:
    """What a finding rests on."""

    kind: Literal["legal_basis", "agreement", "consent", "source"]
    id: str


@dataclass(frozen=True, slots=True)
class ReachedLimit:
    """Why a statement about runs is not exact: a stable word, and the same as a sentence."""

    limit: str
    message: Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of a rule about named elements.

    Attributes:
        id: Rule and elements; stable under renaming and reordering.
        certainty: `definite`: on every run that executes the node, and no unknown fact could remove it.
        exact: Whether the statement equals the enumeration of all runs.
        depends_on: Unknown facts that could remove it.
        elements: The elements concerned, the main one first.
        data: Ids of the data items concerned.
        witness: What tells the run apart, in order: start event, the branch taken at each decision that matters
            (the id of the node that follows), the nodes named; at most `MAX_WITNESS` ids.
        because: Legal bases, agreements, consents and sources that it rests on.
        measures: Ids of measures that resolve it: of the model, or if it has none of the shipped catalogue.
        full_run: All nodes of that run up to the finding, in order of execution.
        limits: What kept it from being exact; nothing if it is, or if the rule does not say.
    """

    id: str
    rule: str
    model: str
    severity: Severity
    certainty: Certainty
    elements: tuple[ElementRef, ...]
    message: Wording
    recommendation: Wording
    exact: bool = True
    depends_on: tuple[OpenFact, ...] = ()
    data: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    measures: tuple[str, ...] = ()
    file: str | None = None
    full_run: Sequence[str] = field(default=(), repr=False, compare=False)
    limits: tuple[ReachedLimit, ...] = ()

    def run(self) -> tuple[str, ...]:
        """Return the whole run that shows the finding: ids of nodes in order of execution."""
        return tuple(self.full_run) or self.witness

    def to_dict(self, *, witness: Literal["short", "full"] = "short") -> dict[str, Any]:
        """Return the finding in the shape of `ankunft-findings/1`."""
        reached = [{"limit": reached.limit, "message": reached.message._asdict()} for reached in self.limits]
        return {
            "id": self.id,
            "rule": self.rule,
            "model": self.model,
            "file": self.file,
            "severity": self.severity,
            "certainty": self.certainty,
            "exact": self.exact,
            **({"limits": reached} if reached else {}),
            "depends_on": [fact.to_dict() for fact in self.depends_on],
            "elements": [{"kind": element.kind, "id": element.id} for element in self.elements],
            "data": list(self.data),
            "message": self.message._asdict(),
            "witness": list(self.run() if witness == "full" else self.witness),
            "because": [{"kind": reason.kind, "id": reason.id} for reason in self.because],
            "recommendation": self.recommendation._asdict(),
            "measures": list(self.measures),
        }


def counted_by_severity(findings: Sequence[Finding]) -> Wording:
    """Return how many findings there are of each severity that occurs, the most severe first.

    Example:
        >>> from ankunft_model.findings import Finding
        >>> one = Finding("x@a", "x", "m", "hint", "possible", (), Wording("…", "…"), Wording("…", "…"))
        >>> counted_by_severity([one, one]).de
        '2 Hinweise'
    """
    numbers: dict[Severity, int] = {
        severity: sum(f.severity == severity for f in findings) for severity in reversed(SEVERITIES)
    }
    parts = [
        counted(number, _SINGULARS[severity], SEVERITY_PLURALS[severity])
        for severity, number in numbers.items()
        if number
    ]
    return Wording(de=", ".join(part.de for part in parts), en=", ".join(part.en for part in parts))


class Findings(Sequence[Finding]):
    """The findings of one model: by rule in the order of the catalogue, then in the order of the model.

    Example:
        >>> Findings(()).errors, len(Findings(()))
        ((), 0)
    """

    def __init__(self, findings: Sequence[Finding], *, language: Language = "de") -> None:
        self._findings = tuple(findings)
        self._language: Language = language

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        """Return one finding, or `Findings` for a slice."""
        if isinstance(index, slice):
            return Findings(self._findings[index], language=self._language)
        return self._findings[index]

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._findings == other._findings

    def __hash__(self) -> int:
        return hash(self._findings)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.of_severity(severity))} {severity}" for severity in reversed(SEVERITIES))
        return f"<Findings: {counts}>"

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity `error`."""
        return self.of_severity("error")

    def of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of exactly this severity."""
        return tuple(finding for finding in self._findings if finding.severity == severity)

    def by_rule(self, rule: str) -> Findings:
        """Return the findings of one rule, such as `benefit-gap`."""
        return Findings([finding for finding in self._findings if finding.rule == rule], language=self._language)

    def about(self, element_id: str) -> Findings:
        """Return the findings that name the element."""
        named = [f for f in self._findings if any(element.id == element_id for element in f.elements)]
        return Findings(named, language=self._language)

    def reach(self, severity: Severity) -> bool:
        """Return whether a finding is at least this severe."""
        least = SEVERITIES.index(severity)
        return any(SEVERITIES.index(finding.severity) >= least for finding in self._findings)

    def to_dict(self, *, witness: Literal["short", "full"] = "short") -> dict[str, Any]:
        """Return all findings in the shape of `ankunft-findings/1`."""
        return {"format": FINDINGS_FORMAT, "findings": [finding.to_dict(witness=witness) for finding in self._findings]}

    def to_records(self, *, language: Language | None = None) -> list[dict[str, Any]]:
        """Return one flat record per finding, for tables."""
        spoken = language or self._language
        return [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "certainty": finding.certainty,
                "exact": finding.exact,
                "elements": ", ".join(element.id for element in finding.elements),
                "data": ", ".join(finding.data),
                "message": finding.message.in_language(spoken),
                "recommendation": finding.recommendation.in_language(spoken),
                "witness": " → ".join(finding.witness),
                "id": finding.id,
            }
            for finding in self._findings
        ]

    def to_pandas(self) -> Any:
        """Return a `pandas.DataFrame` with one row per finding; needs pandas.

        Raises:
            ImportError: pandas is not installed.
        """
        pandas: Any = import_module("pandas")
        return pandas.DataFrame.from_records(self.to_records())

    def _repr_html_(self) -> str:
        """Return the findings as an HTML table, for notebooks."""
        head = {"de": ("Schwere", "Regel", "Befund", "Vorschlag"), "en": ("Severity", "Rule", "Finding", "Suggestion")}
        rows = "".join(
            "<tr>"
            f"<td>{escape(SEVERITY_NAMES[finding.severity].in_language(self._language))}</td>"
            f"<td>{escape(finding.rule)}</td>"
            f"<td style='text-align:left'>{escape(finding.message.in_language(self._language))}</td>"
            f"<td style='text-align:left'>{escape(finding.recommendation.in_language(self._language))}</td>"
            "</tr>"
            for finding in self._findings
        )
        titles = "".join(f"<th>{title}</th>" for title in head[self._language])
        return f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"
