"""All exceptions of the library: what was found, what was expected, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ankunft_model.wording import Language, Wording

MAX_SHOWN_PROBLEMS = 50
"""So many problems of one file are written out; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place that a person can go to.

    Attributes:
        file: Name of the file as the user gave it, or None for text without a file.
        line: Line, counted from 1, or None where only the path is known.
        column: Column, counted from 1, or None.
        path: Path inside the model, such as `processes.change.nodes.apply.needs[1]`, or "".
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: path`, leaving out what is unknown.

        Example:
            >>> str(Location("a.yaml", 3, 7, "actors.abh.kind"))
            'a.yaml:3:7: actors.abh.kind'
        """
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.path}" if place and self.path else place or self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input: a stable kebab-case `code`, what and where."""

    code: str
    wording: Wording
    location: Location = Location()
    element_id: str | None = None

    def in_language(self, language: Language) -> str:
        """Return `place: message` in `language`."""
        place = str(self.location)
        return f"{place}: {self.wording.in_language(language)}" if place else self.wording.in_language(language)


class AnkunftError(Exception):
    """Base of all exceptions of this library.

    `str(error)` is English; `error.in_language("de")` is what the command line shows.
    """

    code: ClassVar[str] = "ankunft-error"

    def __init__(self, wording: Wording, *, location: Location | None = None, element_id: str | None = None) -> None:
        super().__init__(wording.en)
        self.wording = wording
        self.location = location or Location()
        self.element_id = element_id

    def in_language(self, language: Language) -> str:
        """Return the message, with its place, in `language`."""
        place = str(self.location)
        text = self.wording.in_language(language)
        return f"{place}: {text}" if place else text

    def __str__(self) -> str:
        return self.in_language("en")


class SourceError(AnkunftError):
    """An input cannot be used; `problems` lists everything that was found, in the order of the file."""

    code = "unusable-source"

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("a SourceError names at least one problem")
        self.problems: tuple[Problem, ...] = tuple(problems)
        first = self.problems[0]
        super().__init__(first.wording, location=first.location, element_id=first.element_id)

    def in_language(self, language: Language) -> str:
        """Return one line per problem, at most `MAX_SHOWN_PROBLEMS`, then the number of the others."""
        lines = [problem.in_language(language) for problem in self.problems[:MAX_SHOWN_PROBLEMS]]
        more = len(self.problems) - MAX_SHOWN_PROBLEMS
        if more > 0:
            counted = Wording(de=f"… und {more} weitere Probleme", en=f"… and {more} more problems")
            lines.append(counted.in_language(language))
        return "\n".join(lines)


class UnknownElementError(AnkunftError):
    """An id or a name was given that the model does not have."""

    code = "unknown-element"


class ExportError(AnkunftError):
    """An export cannot be made from this model; nothing was written."""

    code = "export-refused"


class MissingProgramError(AnkunftError):
    """A program outside the library, such as `dot`, is needed and was not found."""

    code = "missing-program"


class PluginError(AnkunftError):
    """An installed package adds rules that cannot be used; the message names package and cause."""

    code = "unusable-plugin"


class OutputError(AnkunftError):
    """A result could not be written; the file that stood there before is untouched."""

    code = "output-not-written"
