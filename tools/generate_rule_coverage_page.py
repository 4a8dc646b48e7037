"""Writes docs/reference/rules/coverage.md: every rule with all that belongs to it.

Usage: python tools/generate_rule_coverage_page.py [--check]
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from ankunft_model.analysis import ALL_RULES, Rule
from ankunft_model.analysis.rule_pages import DIMENSION_NAMES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "rules" / "coverage.md"
MISSING = "**missing**"
"""What stands in a cell when something is not there; a test refuses it."""

INTRODUCTION = """\
# What belongs to every rule

<!-- Written by tools/generate_rule_coverage_page.py; change that script, not this page. -->

Every rule has a definition, a page, a sound and a broken example, texts in both languages, measures, sources and tests.
*Cases* counts the tests of the rule's own file; further ones in `tests/analysis/test_all_rules.py` hold for every rule.
"""

COLUMNS = (
    "rule",
    "definition",
    "page",
    "sound example",
    "broken example",
    "German",
    "English",
    "dimension",
    "measures",
    "sources",
    "cases",
)


def page() -> str:
    """Return the page: one row per rule, in the order of the catalogue."""
    rows = ["| " + " | ".join(cells) + " |" for cells in (COLUMNS, ("---",) * len(COLUMNS), *map(_cells, ALL_RULES))]
    return INTRODUCTION + "\n" + "\n".join(rows) + "\n"


def _cells(rule: Rule) -> tuple[str, ...]:
    name = rule.id.replace("-", "_")
    tests = ROOT / "tests" / "analysis" / "rules" / f"test_{name}.py"
    texts = [rule.title, rule.finds, rule.matters, rule.resolve]
    return (
        f"`{rule.id}`",
        ", ".join(rule.codes) or ("docstring" if _docstring(rule) else MISSING),
        f"[page]({rule.id}.md)",
        _lines(rule.sound),
        _lines(rule.broken),
        "yes" if all(text.de.strip() for text in texts) else MISSING,
        "yes" if all(text.en.strip() for text in texts) else MISSING,
        DIMENSION_NAMES[rule.dimension].en,
        str(len(rule.measures) or MISSING),
        str(len(rule.sources) or MISSING),
        str(_count_of_tests(tests) or MISSING),
    )


def _docstring(rule: Rule) -> str:
    return sys.modules[rule.find.__module__].__doc__ or ""


def _lines(text: str) -> str:
    return f"{len(text.splitlines())} lines" if text.strip() else MISSING


def _count_of_tests(path: Path) -> int:
    return len(list(_tests(path))) if path.is_file() else 0


def _tests(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def main() -> int:
    """Write the page, or with --check say whether it is up to date."""
    current = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if current == page():
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{PAGE.relative_to(ROOT)} is not up to date; run: make generate")
        return 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
