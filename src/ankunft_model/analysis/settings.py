"""What a municipality settles about checking: which rules, how severe, what is excepted until when.

Settings lie in `ankunft.toml`, or under `[tool.ankunft]` of `pyproject.toml`; they are read from text here, the files
are found and opened at the doors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeAlias, cast

from ankunft_model.analysis.installed_rules import rules_named
from ankunft_model.errors import AnkunftError, Location, Problem, SourceError
from ankunft_model.findings import SEVERITIES, Finding, Severity
from ankunft_model.model import nearest
from ankunft_model.wording import Wording

Table: TypeAlias = Mapping[str, object]

_FAIL_ON: Final = (*SEVERITIES, "never")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that are not to be shown, with the reason, for a time.

    Attributes:
        rules: Ids of rules.
        elements: Ids of elements, one of which the finding names; empty: of any element.
        until: Last day on which it holds; None: without end.
    """

    rules: frozenset[str]
    elements: frozenset[str]
    reason: str
    until: date | None
    place: str

    def covers(self, finding: Finding) -> bool:
        """Return whether the finding is meant."""
        return finding.rule in self.rules and (
            not self.elements or any(element.id in self.elements for element in finding.elements)
        )

    def has_expired(self, day: date | None) -> bool:
        """Return whether it no longer holds on `day`; without a day it still does."""
        return self.until is not None and day is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is settled about checking.

    Attributes:
        file: The file that it comes from, as it is shown; None: nothing is settled.
        select, ignore: Names of rules and groups; `select` None: all rules.
        severities: Severity by the id of a rule, instead of its own.
        fail_on: Severity from which on a check fails; None: not settled.
        baseline: File of accepted findings, from the folder of the settings.
    """

    file: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    suppressions: tuple[Suppression, ...] = ()
    fail_on: str | None = None
    baseline: str | None = None


def parse_settings(text: str, *, file: str) -> Settings | None:
    """Return the settings in a TOML text; None if it is a `pyproject.toml` without `[tool.ankunft]`.

    Args:
        text: The content of the file.
        file: Its name; `pyproject.toml` keeps the settings under `[tool.ankunft]`, any other file at its top.

    Raises:
        SourceError: everything that is wrong, each with its place.

    Example:
        >>> parse_settings('ignore = ["label-style"]', file="ankunft.toml").ignore
        ('label-style',)
    """
    if _is_pyproject(file) and "ankunft" not in text:
        return None  # somebody else's project, whatever is in it
    try:
        content = cast("Table", tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError([_syntax_problem(error, file)]) from error
    inside: tuple[str, ...] = ()
    if _is_pyproject(file):
        inside = ("tool", "ankunft")
        tool = content.get("tool")
        table = cast("Table", tool).get("ankunft") if isinstance(tool, Mapping) else None
        if table is None:
            return None
        if not isinstance(table, Mapping):
            place = Location(file, path="tool.ankunft")
            raise SourceError([Problem("malformed-setting", Wording("ist keine Tabelle", "is no table"), place)])
        content = cast("Table", table)
    reading = _Reading(text, file, inside)
    settings = reading.settings(content)
    if reading.problems:
        raise SourceError(reading.problems)
    return settings


def _is_pyproject(file: str) -> bool:
    return re.split(r"[/\\]", file)[-1] == "pyproject.toml"


def _syntax_problem(error: Exception, file: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    message = re.sub(r"\s*\(at .*\)$", "", str(error))
    return Problem(
        "settings-syntax",
        Wording(de=f"Das ist kein gültiges TOML: {message}.", en=f"this is no valid TOML: {message}."),
        Location(file, int(found[1]), int(found[2])) if found else Location(file),
    )


class _Reading:
    """Reads the table and collects what is wrong with it; used once."""

    def __init__(self, text: str, file: str, inside: tuple[str, ...]) -> None:
        self.lines = text.splitlines()
        self.file = file
        self.inside = inside
        self.problems: list[Problem] = []

    def settings(self, table: Table) -> Settings:
        known: dict[str, Callable[[object, str], object]] = {
            "select": self._names,
            "ignore": self._names,
            "severity": self._severities,
            "suppress": self._suppressions,
            "fail-on": lambda value, key: self._word(value, key, _FAIL_ON),
            "baseline": self._text,
        }
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key in known:
                found[key] = known[key](value, key)
            else:
                near = nearest(key, known)
                self._note(
                    "unknown-setting",
                    key,
                    f"„{key}“ ist keine Einstellung"
                    + (f"; gemeint „{near}“?" if near else f"; möglich: {_listed(known)}."),
                    f"'{key}' is no setting"
                    + (f"; did you mean '{near}'?" if near else f"; possible: {_listed(known)}."),
                )
        severities = cast("dict[str, str]", found.get("severity") or {})
        off = tuple(rule for rule, level in severities.items() if level == "off")
        return Settings(
            file=self.file,
            select=found.get("select"),
            ignore=(*(found.get("ignore") or ()), *off),
            severities=cast("dict[str, Severity]", {rule: to for rule, to in severities.items() if to != "off"}),
            suppressions=found.get("suppress") or (),
            fail_on=found.get("fail-on"),
            baseline=found.get("baseline"),
        )

    def _names(self, value: object, key: str) -> tuple[str, ...] | None:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(name, str) for name in cast("list[object]", values)):
            self._note(
                "malformed-setting",
                key,
                "erwartet wird eine Liste von Namen von Regeln oder Gruppen.",
                "expected is a list of names of rules or groups.",
            )
            return None
        names = tuple(cast("list[str]", values))
        for name in names:
            self._rules(name, key)
        return names

    def _rules(self, name: str, key: str) -> frozenset[str]:
        try:
            return frozenset(rule.id for rule in rules_named(name))
        except AnkunftError as error:
            self._note("unknown-rule", key, error.wording.de, error.wording.en)
            return frozenset()

    def _severities(self, value: object, key: str) -> dict[str, str]:
        if not isinstance(value, Mapping):
            self._note(
                "malformed-setting", key, "erwartet wird eine Tabelle Regel = Schwere.",
                "expected is a table rule = severity.",
            )  # fmt: skip
            return {}
        found: dict[str, str] = {}
        for name, level in cast("Table", value).items():
            word = self._word(level, f"{key}.{name}", (*SEVERITIES, "off"))
            for rule in sorted(self._rules(name, f"{key}.{name}")):
                if word is not None:
                    found[rule] = word
        return found

    def _suppressions(self, value: object, key: str) -> tuple[Suppression, ...]:
        if not isinstance(value, list):
            self._note(
                "malformed-setting", key, "erwartet werden Einträge [[suppress]].", "expected are entries [[suppress]]."
            )
            return ()
        found = (
            self._suppression(entry, f"{key}[{number}]") for number, entry in enumerate(cast("list[object]", value))
        )
        return tuple(entry for entry in found if entry is not None)

    def _suppression(self, value: object, key: str) -> Suppression | None:
        if not isinstance(value, Mapping):
            self._note("malformed-setting", key, "erwartet wird eine Tabelle.", "expected is a table.")
            return None
        entry = cast("Table", value)
        for name in entry:
            if name not in ("rule", "element", "reason", "until"):
                self._note(
                    "unknown-setting", f"{key}.{name}", "möglich sind rule, element, reason, until.",
                    "possible are rule, element, reason, until.",
                )  # fmt: skip
        rules = frozenset(
            rule for name in self._listed(entry, "rule", key) for rule in self._rules(name, f"{key}.rule")
        )
        if not entry.get("rule"):
            self._note("malformed-setting", f"{key}.rule", "hier fehlt die Regel.", "the rule is missing here.")
        reason = entry.get("reason")
        if not isinstance(reason, str) or not reason.strip():
            self._note(
                "missing-reason",
                f"{key}.reason",
                "hier fehlt die Begründung: Wer später liest, muss wissen, warum der Befund nicht gezeigt wird.",
                "the reason is missing: whoever reads this later has to know why the finding is not shown.",
            )
        until = entry.get("until")
        if isinstance(until, datetime) or not isinstance(until, date | None):
            until = self._date(until, f"{key}.until")
        elements = frozenset(self._listed(entry, "element", key))
        return Suppression(rules, elements, str(reason), until, f"{self.file}: {self._path(key)}")

    def _listed(self, entry: Table, name: str, key: str) -> Sequence[str]:
        value = entry.get(name, [])
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(one, str) for one in cast("list[object]", values)):
            return cast("list[str]", values)
        self._note("malformed-setting", f"{key}.{name}", "erwartet wird ein Name oder eine Liste von Namen.",
                   "expected is a name or a list of names.")  # fmt: skip
        return ()

    def _date(self, value: object, key: str) -> date | None:
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            de, en = "erwartet wird ein Tag wie 2026-12-31.", "expected is a day such as 2026-12-31."
            self._note("malformed-setting", key, de, en)
            return None

    def _word(self, value: object, key: str, possible: Sequence[str]) -> str | None:
        if isinstance(value, str) and value in possible:
            return value
        self._note(
            "malformed-setting",
            key,
            f"„{str(value)[:80]}“ gibt es hier nicht; möglich: {_listed(possible)}.",
            f"'{str(value)[:80]}' is not possible here; possible: {_listed(possible)}.",
        )
        return None

    def _text(self, value: object, key: str) -> str | None:
        if isinstance(value, str) and value:
            return value
        self._note("malformed-setting", key, "erwartet wird ein Dateiname.", "expected is the name of a file.")
        return None

    def _path(self, key: str) -> str:
        return ".".join((*self.inside, key))

    def _note(self, code: str, key: str, de: str, en: str) -> None:
        name = re.split(r"[.\[]", key)[-1] if not key.endswith("]") else key.split("[")[0]
        place = Location(self.file, self._line_of(name), path=self._path(key))
        self.problems.append(Problem(code, Wording(de=de, en=en), place))

    def _line_of(self, name: str) -> int | None:
        """Return the line on which a key is set, if there is just one; TOML's reader does not say it."""
        pattern = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=|\s*\[+.*\b{re.escape(name)}["']?\]+""")
        found = [number for number, line in enumerate(self.lines, 1) if pattern.match(line)]
        return found[0] if len(found) == 1 else None


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
