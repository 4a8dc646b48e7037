"""Text for people in columns: wrapped lines with hanging indents, tables, and what the texts of commands share."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ankunft_model.wording import Language, Wording

_NARROWEST = 24
"""A column of text is not made narrower, even if lines then are wider than they should be."""


def wrapped(text: str, *, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Return `text` in lines of at most `width` columns; longer words stay whole.

    Args:
        text: Words; white space is only what parts them.
        width: Greatest number of columns.
        first: What the first line begins with.
        rest: What the other lines begin with; None: as many blanks as `first` has columns.

    Example:
        >>> wrapped("zwischen Sozialamt und Jobcenter", width=26, first="- ")
        ['- zwischen Sozialamt und', '  Jobcenter']
    """
    following = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(
        text,
        max(width, len(following) + _NARROWEST),
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def labelled(label: str, text: str, *, width: int, indent: str) -> list[str]:
    """Return `label: text`, the following lines indented by two more columns."""
    return wrapped(f"{label}: {text}", width=width, first=indent, rest=f"{indent}  ")


def table(rows: Sequence[Sequence[str]], *, width: int) -> list[str]:
    """Return a table: the first column is text and wraps, the others are figures, to the right of each column.

    Args:
        rows: Head and rows, all of the same length.
        width: Greatest number of columns of a line.

    Example:
        >>> table([("Angabe", "erfragt"), ("Name", "2–3")], width=40)
        ['Angabe  erfragt', 'Name        2–3']
    """
    figures = [max(len(row[column]) for row in rows) for column in range(1, len(rows[0]))]
    room = max(width - sum(2 + figure for figure in figures), _NARROWEST)
    names = [wrapped(row[0], width=room) for row in rows]
    first = max(len(line) for name in names for line in name)
    lines: list[str] = []
    for name, row in zip(names, rows, strict=True):
        cells = "".join(f"  {cell:>{figure}}" for cell, figure in zip(row[1:], figures, strict=True))
        lines += [f"{name[0]:<{first}}{cells}".rstrip(), *name[1:]]
    return lines


class CommandText:
    """What a command says to people in one language, in lines of at most `width` columns; each text adds its parts."""

    def __init__(self, language: Language, width: int) -> None:
        self.language: Language = language
        self.width = width

    def say(self, de: str, en: str) -> str:
        """Return what is said in the language of the text."""
        return de if self.language == "de" else en

    def words(self, wording: Wording) -> str:
        """Return a statement in the language of the text."""
        return wording.in_language(self.language)

    def heading(self, process: str, *, beneath: str, of: int) -> list[str]:
        """Return the heading of a part: none if it is the only one and has the name that the text bears already.

        Args:
            process: Name of the process.
            beneath: The heading of the whole text.
            of: Number of parts.
        """
        return [] if of == 1 and process == beneath else self.wrapped(process)

    def wrapped(self, text: str, *, first: str = "", rest: str | None = None) -> list[str]:
        """Return `text` in lines of the text's width; see `wrapped`."""
        return wrapped(text, width=self.width, first=first, rest=rest)

    def labelled(self, label: str, text: str, *, indent: str) -> list[str]:
        """Return `label: text` in lines of the text's width; see `labelled`."""
        return labelled(label, text, width=self.width, indent=indent)

    def table(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Return a table of the text's width; see `table`."""
        return table(rows, width=self.width)
