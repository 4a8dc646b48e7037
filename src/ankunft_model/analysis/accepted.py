"""What is left out of findings: those that are excepted with a reason, and those that were accepted before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ankunft_model.analysis.settings import Suppression
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.findings import SEVERITIES, Finding, Findings, Severity
from ankunft_model.wording import Wording

BASELINE_FORMAT: Final = "ankunft-baseline/1"


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings after exceptions.

    Attributes:
        shown: Those that are left.
        suppressed: So many were left out.
        expired: Exceptions that would have left something out, but no longer hold.
        unused: Exceptions that leave nothing out.
    """

    shown: Findings
    suppressed: int
    expired: tuple[Suppression, ...]
    unused: tuple[Suppression, ...]


def without_suppressed(findings: Findings, suppressions: Iterable[Suppression], day: date | None) -> Sifted:
    """Return the findings that no exception covers which holds on `day`.

    Args:
        findings: All findings of a model.
        suppressions: The exceptions.
        day: The day at which expiry is judged; None: nothing has expired.
    """
    shown: list[Finding] = []
    used: set[Suppression] = set()
    suppressions = tuple(suppressions)
    for finding in findings:
        covering = [one for one in suppressions if one.covers(finding)]
        used.update(covering)
        if all(one.has_expired(day) for one in covering):
            shown.append(finding)
    return Sifted(
        Findings(shown),
        len(findings) - len(shown),
        tuple(one for one in suppressions if one in used and one.has_expired(day)),
        tuple(one for one in suppressions if one not in used),
    )


class Baseline:
    """Findings that were accepted, by model and id, with the severity that they had then.

    A finding that has become more severe since is no longer accepted.
    """

    def __init__(self, severity_of: Mapping[tuple[str, str], Severity]) -> None:
        self._severity_of = dict(severity_of)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """Return a baseline that accepts these findings."""
        return cls({(finding.model, finding.id): finding.severity for finding in findings})

    @classmethod
    def parse(cls, text: str, *, file: str) -> Baseline:
        """Return the baseline in a JSON text.

        Raises:
            SourceError: it is none; the message says what to do.
        """
        try:
            content: Any = json.loads(text)
            if content["format"] != BASELINE_FORMAT:
                raise ValueError(content["format"])
            accepted: dict[tuple[str, str], Severity] = {
                (str(entry["model"]), str(entry["id"])): _severity(entry["severity"]) for entry in content["accepted"]
            }
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            wording = Wording(
                de=f"Das ist keine Liste angenommener Befunde ({BASELINE_FORMAT}); mit --write-baseline neu schreiben.",
                en=f"this is no list of accepted findings ({BASELINE_FORMAT}); write it anew with --write-baseline.",
            )
            raise SourceError([Problem("malformed-baseline", wording, Location(file))]) from error
        return cls(accepted)

    def to_json(self) -> str:
        """Return the text of the file: one line per accepted finding, sorted, so that differences are small."""
        lines = [
            json.dumps({"model": model, "id": id_, "severity": severity}, ensure_ascii=False)
            for (model, id_), severity in sorted(self._severity_of.items())
        ]
        inner = ",\n".join(f"    {line}" for line in lines)
        body = f"[\n{inner}\n  ]" if lines else "[]"
        return f'{{\n  "format": "{BASELINE_FORMAT}",\n  "accepted": {body}\n}}\n'

    def accepts(self, finding: Finding) -> bool:
        """Return whether the finding was accepted, and is not more severe than then."""
        severity = self._severity_of.get((finding.model, finding.id))
        return severity is not None and SEVERITIES.index(finding.severity) <= SEVERITIES.index(severity)

    def gone(self, findings: Iterable[Finding], models: Iterable[str]) -> int:
        """Return how many accepted findings of these models are not there any more."""
        seen = {(finding.model, finding.id) for finding in findings}
        asked = set(models)
        return sum(model in asked and (model, id_) not in seen for model, id_ in self._severity_of)


def _severity(word: object) -> Severity:
    for severity in SEVERITIES:
        if word == severity:
            return severity
    raise ValueError(word)
