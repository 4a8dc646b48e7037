"""`ankunft check`: findings of one or several models."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ankunft_model.analysis import Baseline, Rule, Settings, Sifted, asked_rules, installed_rules, without_suppressed
from ankunft_model.cli.files_beside_models import find_settings, read_baseline, read_settings
from ankunft_model.cli.findings_output import Checked, as_github, as_json, as_junit, as_sarif
from ankunft_model.cli.findings_text import as_text
from ankunft_model.cli.output import print_json, print_result, tell, tell_written, width_of_output
from ankunft_model.cli.subject import model_of
from ankunft_model.doors import check
from ankunft_model.errors import Location, OutputError, Problem, SourceError
from ankunft_model.findings import SEVERITIES, Finding, Findings
from ankunft_model.model import ArrivalModel
from ankunft_model.sources import write_text_atomically
from ankunft_model.sources.file_bytes import shown_name
from ankunft_model.wording import Wording

FAILED = 1
UNUSABLE = 2
_LEVELS: tuple[str, ...] = SEVERITIES


@dataclass(frozen=True, slots=True)
class _Job:
    """One model with what is settled about checking it.

    Attributes:
        rules: The rules to ask.
        day: The day at which exceptions expire; None: unknown, none does.
    """

    file: str
    model: ArrivalModel
    settings: Settings
    rules: tuple[Rule, ...]
    day: date | None


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 if one is at or above `--fail-on`; 2 if a file is unusable, all are then named."""
    day = _day(arguments.as_of)
    select, ignore = _names(arguments.select), _names(arguments.ignore)
    given = read_settings(arguments.config) if arguments.config is not None else None
    asked_rules(select, ignore or ())
    jobs: list[_Job] = []
    errors: list[SourceError] = []
    for path in arguments.model:
        try:
            model = model_of(arguments, path)
            settings = given or find_settings(path)
            rules = asked_rules(settings.select if select is None else select, (*(ignore or ()), *settings.ignore))
            jobs.append(_Job(shown_name(path), model, settings, rules, day or model.as_of))
        except SourceError as error:
            errors.append(error)
    if errors:
        for text in dict.fromkeys(unusable.in_language(arguments.language) for unusable in errors):
            tell(text)
        return UNUSABLE
    sifted = [(job, _sifted(job)) for job in jobs]
    for job, result in sifted:
        _tell_exceptions(job, result, arguments)
    found = [(job, result.shown) for job, result in sifted]
    baseline_file = _baseline_file(arguments, jobs)
    if arguments.write_baseline:
        return _write_baseline(found, baseline_file, arguments)
    if baseline_file is not None:
        found = _without_accepted(found, baseline_file, arguments)
    levels = {job.file: arguments.fail_on or job.settings.fail_on or "error" for job, _ in found}
    checked = [(job.file, job.model, shown) for job, shown in found]
    rules = tuple(rule for rule in installed_rules() if any(rule in job.rules for job in jobs))
    _print(checked, rules, levels, arguments)
    return FAILED if any(_fails(finding, levels[file]) for file, _, shown in checked for finding in shown) else 0


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wording = Wording(
            de=f"„{text[:40]}“ ist kein Tag wie 2026-12-31.", en=f"'{text[:40]}' is no day such as 2026-12-31."
        )
        raise SourceError([Problem("malformed-date", wording, Location("--as-of"))]) from error


def _names(given: Sequence[str] | None) -> list[str] | None:
    """Return the names of rules and groups, which may also stand in one word, parted by commas."""
    return None if given is None else [name.strip() for names in given for name in names.split(",") if name.strip()]


def _sifted(job: _Job) -> Sifted:
    asked = [rule.id for rule in job.rules]
    findings = check(job.model, select=asked, severities=job.settings.severities, file=job.file)
    return without_suppressed(findings, job.settings.suppressions, job.day)


def _tell_exceptions(job: _Job, result: Sifted, arguments: argparse.Namespace) -> None:
    """Tell on standard error what was left out, and which exceptions no longer serve."""

    def say(de: str, en: str) -> None:
        tell(Wording(de=de, en=en).in_language(arguments.language))

    if result.suppressed:
        say(
            f"{job.file}: {result.suppressed} Befunde sind ausgenommen ({job.settings.file}).",
            f"{job.file}: {result.suppressed} findings are excepted ({job.settings.file}).",
        )
    for one in result.expired:
        say(f"{one.place}: Die Ausnahme galt bis {one.until}: {one.reason}", f"{one.place}: the exception held until "
            f"{one.until}: {one.reason}")  # fmt: skip
    if len(arguments.model) == 1 and arguments.select is None:
        for one in result.unused:
            say(
                f"{one.place}: Die Ausnahme trifft keinen Befund mehr.", f"{one.place}: the exception meets no finding."
            )


def _baseline_file(arguments: argparse.Namespace, jobs: Sequence[_Job]) -> str | None:
    """Return the file of accepted findings: the one given, or the first one that is settled, from its folder."""
    if arguments.baseline is not None:
        return str(arguments.baseline)
    for job in jobs:
        if job.settings.baseline is not None and job.settings.file is not None:
            return str(Path(job.settings.file).parent / job.settings.baseline)
    if arguments.write_baseline:
        raise OutputError(
            Wording(
                de="--write-baseline braucht --baseline DATEI oder „baseline“ in den Einstellungen.",
                en="--write-baseline needs --baseline FILE, or 'baseline' in the settings.",
            )
        )
    return None


def _write_baseline(found: Sequence[tuple[_Job, Findings]], file: str | None, arguments: argparse.Namespace) -> int:
    findings = [finding for _, shown in found for finding in shown]
    write_text_atomically(str(file), Baseline.of(findings).to_json())
    tell_written(str(file), arguments.language)
    return 0


def _without_accepted(
    found: Sequence[tuple[_Job, Findings]], file: str, arguments: argparse.Namespace
) -> list[tuple[_Job, Findings]]:
    baseline = read_baseline(file)
    left = [(job, Findings([one for one in shown if not baseline.accepts(one)])) for job, shown in found]
    accepted = sum(len(shown) for _, shown in found) - sum(len(shown) for _, shown in left)
    gone = baseline.gone((one for _, shown in found for one in shown), (job.model.id for job, _ in found))
    if accepted or gone:
        told = Wording(
            de=f"{file}: {accepted} Befunde sind angenommen"
            + (f", {gone} angenommene gibt es nicht mehr (--write-baseline räumt auf)." if gone else "."),
            en=f"{file}: {accepted} findings are accepted"
            + (f", {gone} accepted ones are gone (--write-baseline tidies up)." if gone else "."),
        )
        tell(told.in_language(arguments.language))
    return left


def _fails(finding: Finding, level: str) -> bool:
    return level != "never" and SEVERITIES.index(finding.severity) >= _LEVELS.index(level)


def _print(
    checked: Sequence[Checked], rules: Sequence[Rule], levels: dict[str, str], arguments: argparse.Namespace
) -> None:
    language = arguments.language
    if arguments.format == "json":
        print_json(as_json(checked, witness=arguments.witness))
    elif arguments.format == "sarif":
        print_json(as_sarif(checked, rules=rules, language=language))
    elif arguments.format == "junit":

        def fails(finding: Finding) -> bool:
            return _fails(finding, levels[finding.file or ""])

        print_result(as_junit(checked, rules=rules, fails=fails, language=language))
    elif arguments.format == "github":
        print_result(as_github(checked, language=language))
    else:
        print_result(as_text(checked, language=language, witness=arguments.witness, width=width_of_output()))
