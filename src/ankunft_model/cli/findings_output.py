"""Findings in the forms that programs read: JSON, SARIF 2.1.0, JUnit, GitHub annotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from ankunft_model._version import __version__
from ankunft_model.analysis import Rule, rule_by_id
from ankunft_model.findings import FINDINGS_FORMAT, SEVERITY_NAMES, Finding, Findings
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

Checked: TypeAlias = tuple[str, ArrivalModel, Findings]
"""File, model and findings."""

_SARIF_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "note", "info": "none"}
_GITHUB_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "notice", "info": "notice"}


def as_json(checked: Sequence[Checked], *, witness: Literal["short", "full"]) -> dict[str, Any]:
    """Return all findings of all models in the shape of `ankunft-findings/1`."""
    findings = [finding.to_dict(witness=witness) for _, _, found in checked for finding in found]
    return {"format": FINDINGS_FORMAT, "findings": findings}


def as_sarif(checked: Sequence[Checked], *, rules: Sequence[Rule], language: Language) -> dict[str, Any]:
    """Return the findings as SARIF 2.1.0 (OASIS standard), for code hosting and editors.

    Args:
        checked: Models and findings.
        rules: The rules that were asked.
        language: Language of the texts.
    """
    index_of = {rule.id: index for index, rule in enumerate(rules)}
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": index_of[finding.rule],
            "kind": "informational" if finding.severity == "info" else "fail",
            "level": _SARIF_LEVELS[finding.severity],
            "message": {"text": finding.message.in_language(language)},
            "partialFingerprints": {"findingId/v1": f"{finding.model}:{finding.id}"},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": _uri(file)}},
                    "logicalLocations": [
                        {"name": element.id, "fullyQualifiedName": f"{element.kind}/{element.id}", "kind": element.kind}
                        for element in finding.elements
                    ],
                }
            ],
        }
        for file, _, found in checked
        for finding in found
    ]
    driver = {
        "name": "ankunft-model",
        "version": __version__,
        "rules": [_sarif_rule(rule, language) for rule in rules],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": language,
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _sarif_rule(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.in_language(language)},
        "fullDescription": {"text": rule.finds.in_language(language)},
        "help": {"text": rule.resolve.in_language(language)},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _uri(file: str) -> str:
    """Return the relative reference of a path (RFC 3986), or the address of an absolute one."""
    path = file.replace("\\", "/")
    if path.startswith("/"):
        return f"file://{quote(path)}"
    if path[1:3] == ":/":  # a drive of Windows
        return f"file:///{path[:2]}{quote(path[2:])}"
    return quote(path)


def as_junit(
    checked: Sequence[Checked], *, rules: Sequence[Rule], fails: Callable[[Finding], bool], language: Language
) -> str:
    """Return the findings as JUnit XML: a suite per model, a case per rule.

    Args:
        checked: Models and findings.
        rules: The rules that were asked; each is a case, also without findings.
        fails: Whether a finding makes its case fail; the others are output of the case.
        language: Language of the texts.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="ankunft-model">']
    for file, model, findings in checked:
        found_by = {rule.id: findings.by_rule(rule.id) for rule in rules}
        failing = sum(any(map(fails, found)) for found in found_by.values())
        head = f'tests="{len(rules)}" failures="{failing}" errors="0" skipped="0"'
        lines.append(f"  <testsuite name={quoteattr(model.id)} {head}>")
        for rule in rules:
            found = found_by[rule.id]
            case = f"    <testcase classname={quoteattr(file)} name={quoteattr(rule.id)}"
            if not found:
                lines.append(f"{case}/>")
                continue
            lines.append(f"{case}>")
            failures = [finding for finding in found if fails(finding)]
            if failures:
                title = quoteattr(f"{rule.title.in_language(language)}: {len(failures)}")
                kind = quoteattr(rule.severity)
                lines.append(f"      <failure message={title} type={kind}>{_listed(failures, language)}</failure>")
            others = [finding for finding in found if not fails(finding)]
            if others:
                lines.append(f"      <system-out>{_listed(others, language)}</system-out>")
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines)


def _listed(findings: Sequence[Finding], language: Language) -> str:
    return escape(
        "\n".join(
            f"{SEVERITY_NAMES[finding.severity].in_language(language)}: {finding.message.in_language(language)}"
            for finding in findings
        )
    )


def as_github(checked: Sequence[Checked], *, language: Language) -> str:
    """Return one workflow command of GitHub Actions per finding, so that it is shown beside the file."""
    lines: list[str] = []
    for file, _, findings in checked:
        for finding in findings:
            title = rule_by_id(finding.rule).title.in_language(language)
            message = _github_text(finding.message.in_language(language))
            level = _GITHUB_LEVELS[finding.severity]
            lines.append(f"::{level} file={_github_property(file)},title={_github_property(title)}::{message}")
    return "\n".join(lines)


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")
