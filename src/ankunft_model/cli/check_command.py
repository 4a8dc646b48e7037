"""`ankunft check`: findings of one or several models."""

from __future__ import annotations

import argparse

from ankunft_model.cli.findings_output import as_github, as_json, as_junit, as_sarif, as_text
from ankunft_model.cli.output import print_json, print_result
from ankunft_model.doors import check, read
from ankunft_model.errors import Problem, SourceError
from ankunft_model.model import ArrivalModel


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 if one is at or above `--fail-on`."""
    problems: list[Problem] = []
    models: list[tuple[str, ArrivalModel]] = []
    for path in arguments.model:
        try:
            models.append((path, read(path)))
        except SourceError as error:
            problems.extend(error.problems)
    if problems:
        raise SourceError(problems)
    checked = [
        (path, model, check(model, select=arguments.select, ignore=arguments.ignore, file=path))
        for path, model in models
    ]
    if arguments.format == "text":
        print_result(as_text(checked, language=arguments.language, witness=arguments.witness))
    elif arguments.format == "json":
        print_json(as_json(checked, witness=arguments.witness))
    elif arguments.format == "sarif":
        print_json(as_sarif(checked, language=arguments.language))
    elif arguments.format == "junit":
        print_result(as_junit(checked, language=arguments.language))
    else:
        print_result(as_github(checked, language=arguments.language))
    if arguments.fail_on == "never":
        return 0
    return int(any(findings.reach(arguments.fail_on) for _, _, findings in checked))
