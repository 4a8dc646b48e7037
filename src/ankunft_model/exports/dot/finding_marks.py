"""How findings show at nodes and edges: a colour, a thicker line, and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ankunft_model.exports.dot.style import COLOUR_OF_SEVERITY
from ankunft_model.findings import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from ankunft_model.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class FindingMark:
    """The findings at one element: the most severe, and how many."""

    severity: Severity
    count: int

    def words(self, language: Language) -> str:
        """Return the mark as text, such as `kritisch · 2 Befunde`."""
        severity = SEVERITY_NAMES[self.severity].in_language(language)
        counted = (
            Wording(de="1 Befund", en="1 finding")
            if self.count == 1
            else Wording(de=f"{self.count} Befunde", en=f"{self.count} findings")
        )
        return f"{severity} · {counted.in_language(language)}"

    def attributes(self) -> dict[str, str]:
        """Return the colour and width of the line."""
        return {"color": COLOUR_OF_SEVERITY[self.severity], "penwidth": "2.4"}


def marks_of(findings: Iterable[Finding]) -> dict[tuple[str, str], FindingMark]:
    """Return the mark of each element that findings name, by kind and id."""
    severities: dict[tuple[str, str], list[Severity]] = {}
    for finding in findings:
        for element in finding.elements:
            severities.setdefault((element.kind, element.id), []).append(finding.severity)
    return {
        key: FindingMark(max(found, key=lambda severity: SEVERITIES.index(severity)), len(found))
        for key, found in severities.items()
    }
