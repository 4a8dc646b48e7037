"""The problems of one text, collected while it is read, up to a bound."""

from __future__ import annotations

from typing import Final, NoReturn

from ankunft_model.errors import Problem, SourceError
from ankunft_model.sources.text_tree import MAX_DEPTH, MAX_NODES, Mark
from ankunft_model.wording import Wording

MAX_PROBLEMS: Final = 1_000
"""So many problems of one text are collected; then reading ends."""


class ReadingProblems:
    """Collects problems and raises them in the order of the file; the one that ends the reading comes last."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, code: str, wording: Wording, mark: Mark) -> None:
        """Note a problem and go on.

        Raises:
            SourceError: There are `MAX_PROBLEMS` now.
        """
        self._problems.append(Problem(code, wording, mark.location()))
        if len(self._problems) >= MAX_PROBLEMS:
            self.end(
                "too-many-problems",
                Wording(
                    de=f"Die Datei hat mehr als {MAX_PROBLEMS} Fehler; weiter wurde nicht gelesen. "
                    "Bitte prüfen, ob es die richtige Datei ist.",
                    en=f"The file has more than {MAX_PROBLEMS} errors; reading ended here. "
                    "Please check that it is the right file.",
                ),
                mark,
            )

    def end(self, code: str, wording: Wording, mark: Mark) -> NoReturn:
        """Note the problem that ends the reading, and raise all of them."""
        raise SourceError([*self._in_order(), Problem(code, wording, mark.location())])

    def raise_if_any(self) -> None:
        """Raise all problems that were noted."""
        if self._problems:
            raise SourceError(self._in_order())

    def _in_order(self) -> list[Problem]:
        return sorted(self._problems, key=lambda problem: (problem.location.line or 0, problem.location.column or 0))

    def duplicate_key(self, key: str, mark: Mark, first: Mark) -> None:
        """Note that a mapping has a key for the second time."""
        shown = shortened(key)
        self.add(
            "duplicate-key",
            Wording(
                de=f"Der Schlüssel „{shown}“ steht hier zum zweiten Mal; zuerst in Zeile {first.line}, Spalte "
                f"{first.column}. Bitte einen von beiden löschen oder umbenennen.",
                en=f"The key '{shown}' stands here for the second time; first in line {first.line}, column "
                f"{first.column}. Please delete or rename one of them.",
            ),
            mark,
        )

    def end_as_too_deep(self, mark: Mark) -> NoReturn:
        """Raise because of a mapping or list that lies too deep."""
        self.end(
            "nested-too-deep",
            Wording(
                de=f"Hier liegen mehr als {MAX_DEPTH} Ebenen ineinander; ein Modell braucht etwa 12. "
                "Vielleicht fehlt eine schließende Klammer.",
                en=f"More than {MAX_DEPTH} levels lie in each other here; a model needs about 12. "
                "Perhaps a closing bracket is missing.",
            ),
            mark,
        )

    def end_as_too_large(self, mark: Mark) -> NoReturn:
        """Raise because of the number of values."""
        german = f"{MAX_NODES:,}".replace(",", ".")
        self.end(
            "too-many-values",
            Wording(
                de=f"Die Datei hat mehr als {german} Werte. Bitte in mehrere Dateien teilen.",
                en=f"The file has more than {MAX_NODES:,} values. Please split it.",
            ),
            mark,
        )


def shortened(text: str, *, most: int = 40) -> str:
    """Return the beginning of `text`, on one line.

    Example:
        >>> shortened("Antrag auf Leistungen", most=10)
        'Antrag auf…'
    """
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else f"{line[:most].rstrip()}…"
