"""Which characters a text may hold: everything that people can see, in one form (NFC).

Refused are control characters, half surrogates, signs that turn the writing direction around (they can make a text
look other than it is), and separators that only some readers take for a line break.

Source: Unicode 15 chapters 3.11 (NFC), 23.1 (controls), 23.3 (bidirectional controls); Unicode Technical Report 36,
part 2.6; YAML 1.2.2, production 1.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import Final

from ankunft_model.errors import Location, Problem
from ankunft_model.wording import Wording

MAX_REPORTED: Final = 20
"""So many forbidden characters of one text are reported."""

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_nfc(text: str) -> str:
    """Return `text` with letters and their accents as one character where there is one.

    Example:
        >>> len(as_nfc("u\u0308"))
        1
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def has_forbidden_characters(text: str) -> bool:
    """Return whether `text` holds a character that no file may hold."""
    return _FORBIDDEN.search(text) is not None


def without_forbidden(text: str) -> str:
    """Return `text` without the characters that no file may hold.

    Example:
        >>> without_forbidden("a\u202eb")
        'ab'
    """
    return _FORBIDDEN.sub("", text)


def forbidden_character_problems(text: str, *, file: str | None) -> list[Problem]:
    """Return one problem per forbidden character of a whole file, at most `MAX_REPORTED`, in order."""
    problems: list[Problem] = []
    line, line_start = 1, 0
    for found in islice(_FORBIDDEN.finditer(text), MAX_REPORTED):
        line += text.count("\n", line_start, found.start())
        line_start = text.rfind("\n", 0, found.start()) + 1
        location = Location(file, line, found.start() - line_start + 1)
        problems.append(forbidden_character_problem(found.group(), location))
    return problems


def first_forbidden_character(text: str) -> str | None:
    """Return the first character of `text` that no file may hold, or None."""
    found = _FORBIDDEN.search(text)
    return found.group() if found else None


def forbidden_character_problem(character: str, location: Location) -> Problem:
    """Return what to say about a forbidden character, by its kind."""
    name = f"U+{ord(character):04X}"
    if character in _BIDI:
        return Problem(
            "bidirectional-control",
            Wording(
                de=f"Hier steht ein unsichtbares Zeichen, das die Schreibrichtung umkehrt ({name}). "
                "Es kann einen Text anders aussehen lassen, als er ist. Bitte löschen; "
                "arabische und hebräische Schrift braucht es nicht.",
                en=f"There is an invisible character that turns the writing direction around ({name}). "
                "It can make a text look other than it is. Please delete it; Arabic and Hebrew do not need it.",
            ),
            location,
        )
    if "\ud800" <= character <= "\udfff":
        return Problem(
            "lone-surrogate",
            Wording(
                de=f"Hier steht ein halbes Zeichen ({name}), das kein Programm darstellen kann. "
                "Bitte löschen und das gemeinte Zeichen neu eingeben.",
                en=f"There is half a character ({name}), which no program can show. "
                "Please delete it and type the intended character again.",
            ),
            location,
        )
    return Problem(
        "control-character",
        Wording(
            de=f"Hier steht ein unsichtbares Steuerzeichen ({name}). Bitte löschen; "
            "oft stammt es aus einer Textverarbeitung oder einer falsch gespeicherten Datei.",
            en=f"There is an invisible control character ({name}). Please delete it; "
            "often it stems from a word processor or a file that was saved wrongly.",
        ),
        location,
    )
