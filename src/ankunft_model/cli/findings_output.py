"""Findings in the forms that people and programs read: text, JSON, SARIF 2.1.0, JUnit, GitHub annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from ankunft_model._version import __version__
from ankunft_model.analysis import ALL_RULES, rule_by_id
from ankunft_model.findings import FINDINGS_FORMAT, SEVERITIES, SEVERITY_NAMES, Finding, Findings
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language, Wording

Checked: TypeAlias = tuple[str, ArrivalModel, Findings]
"""File, model and findings."""

BULK_RULE: Final = "avoidable-collection"
"""The rule that finds many places per item: in text they stand together, item by item."""

_SARIF_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "note", "info": "none"}
_GITHUB_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "notice", "info": "notice"}


def as_json(checked: Sequence[Checked], *, witness: Literal["short", "full"]) -> dict[str, Any]:
    """Return all findings of all models in the shape of `ankunft-findings/1`."""
    findings = [finding.to_dict(witness=witness) for _, _, found in checked for finding in found]
    return {"format": FINDINGS_FORMAT, "findings": findings}


def as_text(checked: Sequence[Checked], *, language: Language, witness: Literal["short", "full"]) -> str:
    """Return the findings as text: per model a heading, per rule its findings, a count at the end."""
    return "\n\n".join(_model_text(*entry, language=language, witness=witness) for entry in checked)


def _model_text(
    file: str, model: ArrivalModel, findings: Findings, *, language: Language, witness: Literal["short", "full"]
) -> str:
    lines = [f"{model.label(language)}  ({file})"]
    for rule in ALL_RULES:
        found = findings.by_rule(rule.id)
        if not found:
            continue
        lines += ["", f"{rule.title.in_language(language)}  [{rule.id}]  {len(found)}"]
        if rule.id == BULK_RULE:
            lines += _by_item(model, found, language)
        else:
            for finding in found:
                lines += _finding_text(model, finding, language, witness)
    lines += ["", _summary(findings).in_language(language)]
    return "\n".join(lines)


def _finding_text(
    model: ArrivalModel, finding: Finding, language: Language, witness: Literal["short", "full"]
) -> list[str]:
    severity = SEVERITY_NAMES[finding.severity].in_language(language)
    lines = [f"  {severity}{_doubt(finding).in_language(language)}: {finding.message.in_language(language)}"]
    lines.append(f"    → {finding.recommendation.in_language(language)}")
    run = finding.run() if witness == "full" else finding.witness
    if len(run) > 1:
        label = Wording(de="Ablauf", en="run").in_language(language)
        lines.append(f"    {label}: {' → '.join(_node_name(model, id_, language) for id_ in run)}")
    for fact in finding.depends_on:
        label = Wording(de="offen", en="open").in_language(language)
        lines.append(f"    {label}: {fact.question.in_language(language)}  ({fact.path})")
    return lines


def _doubt(finding: Finding) -> Wording:
    if finding.depends_on:
        return Wording(de=" (hängt von Offenem ab)", en=" (depends on what is open)")
    if finding.certainty == "possible":
        return Wording(de=" (möglich)", en=" (possible)")
    return Wording("", "")


def _by_item(model: ArrivalModel, findings: Findings, language: Language) -> list[str]:
    """Return one block per data item: how many places of which severity, then the places."""
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(finding.data[0], []).append(finding)
    lines: list[str] = []
    for item, found in places.items():
        counts = [(severity, sum(f.severity == severity for f in found)) for severity in reversed(SEVERITIES)]
        counted = ", ".join(
            f"{number} {SEVERITY_NAMES[severity].in_language(language)}" for severity, number in counts if number
        )
        lines.append(f"  {model.data[item].label(language)}: {counted}")
        lines += [f"    · {finding.message.in_language(language)}" for finding in found]
    return lines


def _node_name(model: ArrivalModel, id_: str, language: Language) -> str:
    node = model.nodes[id_]
    return id_ if node.name is None else f"{node.label(language)} ({id_})"


def _summary(findings: Findings) -> Wording:
    if not findings:
        return Wording(de="Keine Befunde.", en="No findings.")
    counts = [(severity, len(findings.of_severity(severity))) for severity in reversed(SEVERITIES)]
    german = ", ".join(f"{number} {SEVERITY_NAMES[severity].de}" for severity, number in counts if number)
    english = ", ".join(f"{number} {SEVERITY_NAMES[severity].en}" for severity, number in counts if number)
    total = len(findings)
    return Wording(
        de=f"{total} {'Befund' if total == 1 else 'Befunde'}: {german}.",
        en=f"{total} {'finding' if total == 1 else 'findings'}: {english}.",
    )


def as_sarif(checked: Sequence[Checked], *, language: Language) -> dict[str, Any]:
    """Return the findings as SARIF 2.1.0 (OASIS standard), for code hosting and editors."""
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title.in_language(language)},
            "fullDescription": {"text": rule.finds.in_language(language)},
            "help": {"text": rule.resolve.in_language(language)},
        }
        for rule in ALL_RULES
    ]
    results = [
        {
            "ruleId": finding.rule,
            "level": _SARIF_LEVELS[finding.severity],
            "message": {"text": finding.message.in_language(language)},
            "partialFingerprints": {"findingId/v1": finding.id},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": file.replace("\\", "/")}},
                    "logicalLocations": [{"name": element.id, "kind": element.kind} for element in finding.elements],
                }
            ],
        }
        for file, _, found in checked
        for finding in found
    ]
    driver = {"name": "ankunft-model", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def as_junit(checked: Sequence[Checked], *, language: Language) -> str:
    """Return the findings as JUnit XML: a suite per model, a case per rule, findings as failures."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for file, model, findings in checked:
        failing = sum(bool(findings.by_rule(rule.id)) for rule in ALL_RULES)
        lines.append(f'  <testsuite name={quoteattr(model.id)} tests="{len(ALL_RULES)}" failures="{failing}">')
        for rule in ALL_RULES:
            found = findings.by_rule(rule.id)
            head = f"    <testcase classname={quoteattr(file)} name={quoteattr(rule.id)}"
            if not found:
                lines.append(f"{head}/>")
                continue
            text = "\n".join(finding.message.in_language(language) for finding in found)
            title = quoteattr(f"{rule.title.in_language(language)}: {len(found)}")
            lines += [f"{head}>", f"      <failure message={title}>{escape(text)}</failure>", "    </testcase>"]
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines)


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
