"""`ankunft rules`: the catalogue, or the page of one rule."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any, Final

from ankunft_model.analysis import Rule, installed_rules, rule_by_id
from ankunft_model.analysis.rule_pages import DIMENSION_NAMES
from ankunft_model.cli.output import print_json, print_result
from ankunft_model.findings import SEVERITY_NAMES
from ankunft_model.wording import Language, Wording

_WIDTH: Final = 96
"""Characters in a line of a page at most."""


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue, or what one rule means."""
    rules = installed_rules() if arguments.rule is None else (rule_by_id(arguments.rule),)
    if arguments.format == "json":
        print_json({"format": "ankunft-rules/1", "rules": [_as_dict(rule) for rule in rules]})
    elif arguments.rule is None:
        print_result("\n".join(_line(rule, arguments.language) for rule in rules))
    else:
        print_result(_page(rules[0], arguments.language))
    return 0


def _line(rule: Rule, language: Language) -> str:
    severity = SEVERITY_NAMES[rule.severity].in_language(language)
    return f"{rule.id:30} {severity:10} {rule.title.in_language(language)}"


def _page(rule: Rule, language: Language) -> str:
    parts = (
        (Wording(de="Was sie findet", en="What it finds"), rule.finds),
        (Wording(de="Warum es zählt", en="Why it matters"), rule.matters),
        (Wording(de="Was hilft", en="How to resolve it"), rule.resolve),
    )
    lines = [_line(rule, language)]
    for title, text in parts:
        lines += [
            "",
            title.in_language(language),
            textwrap.fill(text.in_language(language), _WIDTH, initial_indent="  ", subsequent_indent="  "),
        ]
    facts = (
        (Wording(de="Qualität", en="Quality"), DIMENSION_NAMES[rule.dimension].in_language(language)),
        (Wording(de="Maßnahmen", en="Measures"), "; ".join(m.name.in_language(language) for m in rule.measures)),
        (Wording(de="Quellen", en="Sources"), "; ".join(rule.sources)),
    )
    broken = Wording(de="Ein Modell, in dem sie etwas findet", en="A model in which it finds something")
    lines.append("")
    lines += [
        textwrap.fill(f"{title.in_language(language)}: {text}", _WIDTH, subsequent_indent="  ") for title, text in facts
    ]
    lines += [
        "",
        broken.in_language(language),
        textwrap.indent(rule.broken, "  "),
    ]
    return "\n".join(lines)


def _as_dict(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "codes": list(rule.codes),
        "title": rule.title._asdict(),
        "group": rule.group,
        "severity": rule.severity,
        "dimension": rule.dimension,
        "finds": rule.finds._asdict(),
        "matters": rule.matters._asdict(),
        "resolve": rule.resolve._asdict(),
        "measures": [measure.id for measure in rule.measures],
        "sources": list(rule.sources),
    }
