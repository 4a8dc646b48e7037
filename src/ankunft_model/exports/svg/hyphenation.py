"""Where long words may be divided: German compounds at their joints, other words between syllables.

Only words that are wider than their place are divided at all. Joints are looked for first (linking endings such as
`-ungs-`, and second parts that are frequent in administration), syllables only where no joint helps. Syllables are
those of the parts between joints and behind prefixes (`ver-`, `auf-`, …), as the official rules of spelling of 2018
have it (paragraphs 107 to 113): the last consonant goes over to the next line, `ch`, `ck`, `sch`, `ph`, `th` as one,
and with `l` or `r` behind it what begins a syllable in foreign words.
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
    "kinder", "jugend", "schul", "bundes", "landes", "kreis", "sitz", "daten", "stadt", "ausländer", "flüchtlings",
    "einwohner", "melde", "sprach", "renten", "steuer", "wohn", "unter", "über", r"\berst", "zentral", "fach",
    "antrags", "sicherheits",
)  # fmt: skip
_SECOND_PARTS: Final = (
    "abteilung", "adresse", "agentur", "akte", "amt", "angabe", "anmeldung", "anspruch", "antrag", "arbeit", "aufgabe",
    "aufnahme", "ausbildung", "auskunft", "ausweis", "auszahlung", "beauftragte", "bedarf", "befragung", "begleitung",
    "behörde", "beratung", "berechtigung", "bericht", "bescheid", "bescheinigung", "beschreibung", "bestätigung",
    "betreuung", "bezug", "buch", "datei", "daten", "datum", "dienst", "einrichtung", "einschätzung", "eintrag",
    "entscheidung", "erfassung", "erfordernis", "erhebung", "erlaubnis", "feststellung", "form", "forschung", "frist",
    "führung", "geld", "genehmigung", "gesellschaft", "gesetz", "gespräch", "gestattung", "gruppe", "hilfe", "karte",
    "kasse", "kenntnisse", "konferenz", "konto", "kurs", "leistung", "lücke", "management", "maßnahme", "meldung",
    "mitteilung", "modell", "nachweis", "name", "nummer", "optimierung", "ordnung", "organisation", "pflicht", "plan",
    "platz", "projekt", "prozess", "prüfung", "recht", "regelung", "register", "sache", "schein", "schule", "schutz",
    "spielraum", "stand", "status", "steckbrief", "stelle", "strategie", "struktur", "system", "tätigkeit", "termin",
    "titel", "träger", "übergabe", "übermittlung", "unterkunft", "unterlagen", "untersuchung", "urkunde",
    "vereinbarung", "verfahren", "verhältnis", "vermittlung", "versicherung", "verteilung", "vertretung", "verwaltung",
    "verzeichnis", "wechsel", "weisung", "wesen", "woche", "zahlung", "zentrum", "zeugnis", "zugang", "zuständigkeit",
    "zuweisung",
)  # fmt: skip
_JOINT_AFTER: Final = re.compile(
    f"(?:{'|'.join(sorted(_LINKING_ENDINGS, key=len, reverse=True))})(?!ung|lich|isch|haft|tell)(?=[a-zäöü]{{3}})"
)
_JOINT_BEFORE: Final = re.compile(f"(?<=[a-zäöüß]{{3}})(?:{'|'.join(sorted(_SECOND_PARTS, key=len, reverse=True))})")
_VOWELS: Final = "aeiouyäöü"
_GOES_OVER: Final = ("sch", "ch", "ck", "ph", "th", "qu", "br", "dr", "fr", "gr", "kr", "pr", "tr", "bl", "fl", "gl",
                     "kl", "pl")  # fmt: skip
"""What goes over to the next line together."""
_WORD_STARTS: Final = frozenset((*_GOES_OVER, "schl", "schm", "schn", "schr", "schw", "st", "sp", "str", "spr", "pf",
                                 "pfl", "zw", "kn"))  # fmt: skip
"""With which consonants, if more than one, a stem can begin behind a prefix."""
_PREFIXES: Final = (
    "gleich", "neben", "durch", "unter", "wider", "fest", "fort", "über", "nach", "her", "hin", "auf", "aus", "bei",
    "ein", "ent", "ver", "vor", "ab", "an", "be", "er", "ge", "um", "zu",
)  # fmt: skip
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
    """Return the places between syllables, ascending; joints are among them.

    Example:
        >>> word = "Verwaltung"
        >>> [word[:place] for place in syllable_breaks(word)]
        ['Ver', 'Verwal']
        >>> word = "Aufenthalt"
        >>> [word[:place] for place in syllable_breaks(word)]
        ['Auf', 'Aufent']
    """
    lower = word.lower()
    found = set(joints(word))
    for begin, end in pairwise((0, *sorted(found), len(word))):
        stem = begin
        while (behind := _behind_prefix(lower, stem, end)) is not None:
            found.add(behind)
            stem = behind
        vowels = [place for place in range(stem, end) if lower[place] in _VOWELS]
        for before, after in pairwise(vowels):
            if after - before >= 2:
                cluster = lower[before + 1 : after]
                start = next((known for known in _GOES_OVER if cluster.endswith(known)), cluster[-1])
                if after - len(start) - stem > 1:
                    found.add(after - len(start))
    return _inside(word, found)


def _behind_prefix(lower: str, begin: int, end: int) -> int | None:
    """Return where the stem begins if a part begins with a prefix, and what follows can be a stem."""
    for prefix in _PREFIXES:
        if not lower.startswith(prefix, begin):
            continue
        stem = begin + len(prefix)
        first_vowel = next((place for place in range(stem, end) if lower[place] in _VOWELS), end)
        cluster = lower[stem:first_vowel]
        is_stem = end - stem >= MIN_PART and first_vowel < end and (len(cluster) < 2 or cluster in _WORD_STARTS)
        return stem if is_stem else None
    return None


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
