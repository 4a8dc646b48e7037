"""Words for people: one statement in every language that the library speaks."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["de", "en"]
"""The languages of messages, reports and findings."""


class Wording(NamedTuple):
    """One statement in German and in English.

    Example:
        >>> Wording(de="Datei ist leer", en="file is empty").in_language("en")
        'file is empty'
    """

    de: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the statement in `language`."""
        return self.de if language == "de" else self.en


def counted(count: int, one: Wording, many: Wording) -> Wording:
    """Return a number with its noun.

    Example:
        >>> counted(1, Wording("Tag", "day"), Wording("Tage", "days")).de
        '1 Tag'
        >>> counted(0, Wording("Tag", "day"), Wording("Tage", "days")).en
        '0 days'
    """
    noun = one if count == 1 else many
    return Wording(de=f"{count} {noun.de}", en=f"{count} {noun.en}")
