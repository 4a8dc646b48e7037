"""The pages of the rules for the reference, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ankunft_model.analysis.rule import Dimension, Rule, RuleGroup
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.findings import SEVERITY_NAMES
from ankunft_model.wording import Wording

FOLDER: Final = "docs/reference/rules"
"""Where the pages lie, from the root of the project."""

DIMENSION_NAMES: Final[Mapping[Dimension, Wording]] = {
    "transparent": Wording(de="transparent", en="transparent"),
    "fitting": Wording(de="passgenau", en="fitting"),
    "binding": Wording(de="verbindlich", en="binding"),
}

GROUP_NAMES: Final[Mapping[RuleGroup, Wording]] = {
    "flow": Wording(de="Ablauf", en="Flow"),
    "responsibility": Wording(de="Zuständigkeit", en="Responsibility"),
    "agreement_and_law": Wording(de="Vereinbarung und Recht", en="Agreement and law"),
    "money_papers_time": Wording(de="Geld, Papiere, Zeit", en="Money, papers, time"),
    "channel": Wording(de="Übergabeweg", en="Channel"),
    "access": Wording(de="Information und Zugang", en="Information and access"),
    "data": Wording(de="Angaben", en="Data asked and shared"),
    "modelling": Wording(de="Modellierung", en="Modelling"),
}


def rule_pages() -> Mapping[str, str]:
    """Return the index and one page per rule, by path from the root of the project.

    Example:
        >>> list(rule_pages())[:2]
        ['docs/reference/rules/index.md', 'docs/reference/rules/deadlock.md']
    """
    return {f"{FOLDER}/index.md": _index(), **{f"{FOLDER}/{rule.id}.md": _page(rule) for rule in ALL_RULES}}


def _index() -> str:
    lines = [
        "# The rules",
        "",
        "Each rule asks one question to a model; `ankunft check` asks them all, in this order.",
        "`ankunft rules RULE` prints a page.",
        "[What belongs to every rule](coverage.md) shows that none lacks anything.",
        "",
        "| rule | German | finds | severity | dimension |",
        "|---|---|---|---|---|",
    ]
    for rule in ALL_RULES:
        cells = (
            f"[`{rule.id}`]({rule.id}.md)",
            rule.title.de,
            rule.title.en,
            SEVERITY_NAMES[rule.severity].en,
            DIMENSION_NAMES[rule.dimension].en,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _page(rule: Rule) -> str:
    blocks = [
        f"# {rule.title.de} (`{rule.id}`)",
        f"{rule.title.en}.",
        _facts(rule),
        *_section("What it finds", "Was die Regel findet", rule.finds),
        *_section("Why it matters", "Warum es zählt", rule.matters),
        *_section("How to resolve it", "Was hilft", rule.resolve),
        "## A model in which it finds something",
        f"```yaml\n{rule.broken.rstrip()}\n```",
        "## A model in which it finds nothing",
        f"```yaml\n{rule.sound.rstrip()}\n```",
    ]
    return "\n\n".join(blocks) + "\n"


def _section(english: str, german: str, text: Wording) -> tuple[str, ...]:
    return f"## {english}", text.en, f"*{german}:* {text.de}"


def _facts(rule: Rule) -> str:
    severity, dimension, group = SEVERITY_NAMES[rule.severity], DIMENSION_NAMES[rule.dimension], GROUP_NAMES[rule.group]
    rows = (
        ("", ""),
        ("---", "---"),
        ("severity", f"{severity.en} ({severity.de}), unless the finding says otherwise"),
        ("quality dimension", f"{dimension.en} ({dimension.de})"),
        ("group", f"{group.en} ({group.de})"),
        ("codes", ", ".join(rule.codes) or "–"),
        ("measures", "; ".join(f"{measure.name.en} ({measure.name.de})" for measure in rule.measures)),
        ("sources", "; ".join(rule.sources)),
    )
    return "\n".join(f"| {name} | {value} |" for name, value in rows)
