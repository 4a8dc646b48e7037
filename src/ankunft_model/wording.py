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
