"""Where long words may be divided: German compounds at their joints, other words between syllables.

Only words that are wider than their place are divided at all. Joints are looked for first (linking endings such as
`-ungs-`, and second parts that are frequent in administration), syllables only where no joint helps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, TypeAlias

Fits: TypeAlias = Callable[[str], bool]
"""Whether a piece of text has room."""

MIN_PART: Final = 3
"""So many letters stand on each side of a division at least."""

_LINKING_ENDINGS: Final = (
    "ungs", "heits", "keits", "schafts", "tions", "täts", "tums", "lings", "halts", "rechts", "arbeits", "gesetz",
    "staats", "amts", "berufs", "geburts", "verkehrs", "lebens", "grund", "haupt", "kranken", "familien", "sozial",
    "kinder", "jugend", "schul", "bundes", "landes", "kreis", "stadt", "ausländer", "flüchtlings", "einwohner",
    "melde", "sprach", "renten", "steuer", "wohn", "unter", "über", "erst", "zentral", "fach", "antrags", "sicherheits",
)  # fmt: skip
_SECOND_PARTS: Final = (
    "abteilung", "adresse", "agentur", "akte", "amt", "angabe", "anmeldung", "anspruch", "antrag", "arbeit", "aufnahme",
    "ausbildung", "auskunft", "ausweis", "auszahlung", "beauftragte", "bedarf", "befragung", "begleitung", "behörde",
    "beratung", "berechtigung", "bericht", "bescheid", "bescheinigung", "bestätigung", "betreuung", "bezug", "buch",
    "datei", "daten", "datum", "dienst", "einrichtung", "entscheidung", "erfassung", "erhebung", "erlaubnis",
    "feststellung", "form", "forschung", "frist", "führung", "geld", "genehmigung", "gesellschaft", "gesetz",
    "gespräch", "gestattung", "gruppe", "hilfe", "karte", "kasse", "kenntnisse", "konferenz", "konto", "kurs",
    "leistung", "lücke", "management", "maßnahme", "meldung", "mitteilung", "nachweis", "name", "nummer", "ordnung",
    "pflicht", "plan", "platz", "projekt", "prozess", "prüfung", "recht", "register", "regelung", "sache", "schein",
    "schule", "schutz", "stand", "stelle", "status", "system", "tätigkeit", "termin", "titel", "träger", "übergabe",
    "übermittlung", "unterkunft", "unterlagen", "untersuchung", "vereinbarung", "verfahren", "verhältnis",
    "vermittlung", "versicherung", "verteilung", "vertretung", "verwaltung", "wechsel", "weisung", "wesen", "woche",
    "zahlung", "zentrum", "zeugnis", "zugang", "zuständigkeit", "zuweisung",
)  # fmt: skip
_JOINT_AFTER: Final = re.compile(f"(?:{'|'.join(sorted(_LINKING_ENDINGS, key=len, reverse=True))})(?=[a-zäöü]{{3}})")
_JOINT_BEFORE: Final = re.compile(f"(?<=[a-zäöüß]{{3}})(?:{'|'.join(sorted(_SECOND_PARTS, key=len, reverse=True))})")
_VOWELS: Final = "aeiouyäöü"
_SYLLABLE_STARTS: Final = ("sch", "ch", "ck", "ph", "th", "qu", "st", "sp", "pf", "br", "dr", "fr", "gr", "kr", "pr",
                           "tr", "bl", "fl", "gl", "kl", "pl")  # fmt: skip
_SOFT_HYPHEN: Final = "\u00ad"


def joints(word: str) -> tuple[int, ...]:
    """Return the places at which a compound can be divided well, ascending.

    Example:
        >>> word = "Aufenthaltserlaubnis"
        >>> [word[:place] for place in joints(word)]
        ['Aufenthalts']
    """
    lower = word.lower()
    found = {match.end() for match in _JOINT_AFTER.finditer(lower)}
    found |= {match.start() for match in _JOINT_BEFORE.finditer(lower)}
    return _inside(word, found)


def syllable_breaks(word: str) -> tuple[int, ...]:
    """Return the places between syllables by the rule that one consonant goes over to the next line, ascending.

    Example:
        >>> word = "Verwaltung"
        >>> [word[:place] for place in syllable_breaks(word)]
        ['Ver', 'Verwal']
    """
    lower = word.lower()
    vowels = [place for place, letter in enumerate(lower) if letter in _VOWELS]
    found: set[int] = set()
    for before, after in pairwise(vowels):
        if after - before < 2:
            continue
        cluster = lower[before + 1 : after]
        start = next((known for known in _SYLLABLE_STARTS if cluster.endswith(known)), cluster[-1])
        found.add(after - len(start))
    return _inside(word, found)


def divide(word: str, *, fits: Fits) -> tuple[str, ...]:
    """Return the parts of `word`, each but the last with a hyphen, such that each fits if that is possible.

    Args:
        word: One word without spaces; soft hyphens in it are taken as the wish of the author and come first.
        fits: Whether a part has room on a line of its own.

    Example:
        >>> divide("Aufenthaltserlaubnis", fits=lambda part: len(part) < 14)
        ('Aufenthalts-', 'erlaubnis')
        >>> divide("Amt", fits=lambda part: len(part) < 14)
        ('Amt',)
    """
    wished = word.split(_SOFT_HYPHEN)
    rest = "".join(wished)
    wishes: set[int] = set()
    for part in wished[:-1]:
        wishes.add((max(wishes) if wishes else 0) + len(part))
    offset = 0
    parts: list[str] = []
    breaks_by_rank = (tuple(sorted(wishes)), joints(rest), syllable_breaks(rest), tuple(range(1, len(rest))))
    while not fits(rest):
        place = _last_fitting(rest, offset, breaks_by_rank, fits)
        if place is None:
            break
        parts.append(rest[:place] + "-")
        rest = rest[place:]
        offset += place
    return (*parts, rest)


def _last_fitting(rest: str, offset: int, breaks_by_rank: tuple[tuple[int, ...], ...], fits: Fits) -> int | None:
    for breaks in breaks_by_rank:
        for place in reversed(breaks):
            if 0 < place - offset < len(rest) and fits(rest[: place - offset] + "-"):
                return place - offset
    return None


def _inside(word: str, places: set[int]) -> tuple[int, ...]:
    return tuple(sorted(place for place in places if MIN_PART <= place <= len(word) - MIN_PART))
