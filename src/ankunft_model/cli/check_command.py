"""`ankunft check`: findings of one or several models."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ankunft_model.analysis import ALL_RULES, Rule, rule_by_id
from ankunft_model.cli.findings_output import Checked, as_github, as_json, as_junit, as_sarif
from ankunft_model.cli.findings_text import as_text
from ankunft_model.cli.output import print_json, print_result, tell, width_of_output
from ankunft_model.doors import check, read
from ankunft_model.errors import SourceError
from ankunft_model.findings import SEVERITIES, Finding
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.file_bytes import shown_name

FAILED = 1
UNUSABLE = 2
_LEVELS: tuple[str, ...] = SEVERITIES


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 if one is at or above `--fail-on`; 2 if a file is unusable, all are then named."""
    rules = _asked_rules(_names(arguments.select), _names(arguments.ignore))
    models: list[tuple[str, ArrivalModel]] = []
    errors: list[SourceError] = []
    for path in arguments.model:
        try:
            models.append((path, read(path)))
        except SourceError as error:
            errors.append(error)
    for unusable in errors:
        tell(unusable.in_language(arguments.language))
    if errors:
        return UNUSABLE
    asked = [rule.id for rule in rules]
    checked: list[Checked] = []
    for path, model in models:
        file = shown_name(path)
        checked.append((file, model, check(model, select=asked, file=file)))
    _print(checked, rules, arguments)
    return FAILED if any(_fails(finding, arguments.fail_on) for *_, found in checked for finding in found) else 0


def _names(given: Sequence[str] | None) -> list[str] | None:
    """Return the names of rules, which may also stand in one word, parted by commas."""
    return None if given is None else [name.strip() for names in given for name in names.split(",") if name.strip()]


def _asked_rules(select: Sequence[str] | None, ignore: Sequence[str] | None) -> tuple[Rule, ...]:
    chosen = {rule_by_id(name).id for name in select} if select is not None else {rule.id for rule in ALL_RULES}
    chosen -= {rule_by_id(name).id for name in ignore or ()}
    return tuple(rule for rule in ALL_RULES if rule.id in chosen)


def _fails(finding: Finding, level: str) -> bool:
    return level != "never" and SEVERITIES.index(finding.severity) >= _LEVELS.index(level)


def _print(checked: Sequence[Checked], rules: Sequence[Rule], arguments: argparse.Namespace) -> None:
    language = arguments.language
    if arguments.format == "json":
        print_json(as_json(checked, witness=arguments.witness))
    elif arguments.format == "sarif":
        print_json(as_sarif(checked, rules=rules, language=language))
    elif arguments.format == "junit":

        def fails(finding: Finding) -> bool:
            return _fails(finding, arguments.fail_on)

        print_result(as_junit(checked, rules=rules, fails=fails, language=language))
    elif arguments.format == "github":
        print_result(as_github(checked, language=language))
    else:
        print_result(as_text(checked, language=language, witness=arguments.witness, width=width_of_output()))
