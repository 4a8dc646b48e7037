"""What to say about JSON that breaks the rules: what stands there, what was expected, what to do."""

from __future__ import annotations

import re
from typing import Final

from ankunft_model.sources.reading_problems import shortened
from ankunft_model.wording import Wording

MAX_NUMBER_LENGTH: Final = 64
"""A number may have so many characters; the largest that a model needs has about 10."""

TOO_LONG_NUMBER: Final = Wording(
    de=f"Die Zahl ist länger als {MAX_NUMBER_LENGTH} Zeichen. "
    "Ist es eine Kennung, gehört sie in Anführungszeichen; sonst bitte prüfen.",
    en=f"The number is longer than {MAX_NUMBER_LENGTH} characters. "
    "If it is an identifier, put it in quotes; else please check it.",
)
COMMENT: Final = Wording(
    de="JSON kennt keine Kommentare. Bitte löschen oder das Modell als YAML schreiben (Endung .yaml).",
    en="JSON has no comments. Please delete it, or write the model as YAML (suffix .yaml).",
)
SINGLE_QUOTES: Final = Wording(
    de="JSON kennt nur doppelte Anführungszeichen. Bitte ' durch \" ersetzen.",
    en="JSON knows double quotes only. Please replace ' by \".",
)
BAD_ESCAPE: Final = Wording(
    de="Nach dem Schrägstrich \\ steht kein Zeichen, das JSON kennt. Gemeint ist vermutlich \\\\.",
    en="After the backslash stands no sign that JSON knows. Probably \\\\ is meant.",
)
TAB_IN_STRING: Final = Wording(
    de="In einem JSON-Text darf kein Tabulator stehen. Bitte durch Leerzeichen oder \\t ersetzen.",
    en="A JSON string may not hold a tab. Please replace it by spaces or \\t.",
)
UNCLOSED_STRING: Final = Wording(
    de="Das Anführungszeichen, das hier öffnet, wird auf dieser Zeile nicht geschlossen. "
    "Bitte ergänzen; ein Zeilenumbruch im Text wird \\n geschrieben.",
    en="The quote that opens here is not closed on this line. Please add it; a line break in a text is written \\n.",
)


def not_finite(token: str) -> Wording:
    """Return what to say about `NaN`, `Infinity` and numbers beyond all bounds."""
    shown = shortened(token)
    return Wording(
        de=f"„{shown}“ ist keine endliche Zahl. Ist der Wert unbekannt, bitte den Schlüssel weglassen.",
        en=f"'{shown}' is no finite number. If the value is unknown, please leave the key out.",
    )


def trailing_comma(sign: str) -> Wording:
    """Return what to say about a comma before the closing bracket `sign`."""
    return Wording(
        de=f"Vor {sign} steht ein Komma zu viel. Bitte löschen.",
        en=f"There is a comma too many before {sign}. Please delete it.",
    )


def bad_number(rest: str) -> Wording:
    """Return what to say where `rest` begins like a number and is none."""
    shown = shortened(re.split(r"[\s,\]}]", rest)[0], most=20)
    return Wording(
        de=f"„{shown}“ ist keine Zahl, wie JSON sie schreibt (Punkt statt Komma, keine führende Null, kein +). "
        "Ist es Text, gehört er in doppelte Anführungszeichen.",
        en=f"'{shown}' is no number as JSON writes it (no leading zero, no +, digits around the point). "
        "If it is text, put it in double quotes.",
    )


def unquoted(rest: str) -> Wording:
    """Return what to say where `rest` begins like a text without quotes."""
    shown = shortened(re.split(r"[\s,:\]}]", rest)[0] or rest[0], most=20)
    return Wording(
        de=f"„{shown}“ steht ohne Anführungszeichen. In JSON gehören Text und Schlüssel in doppelte "
        "Anführungszeichen; ohne stehen nur Zahlen, true, false und null.",
        en=f"'{shown}' stands without quotes. In JSON texts and keys are put in double quotes; "
        "only numbers, true, false and null stand without.",
    )
