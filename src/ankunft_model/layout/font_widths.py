"""Advance widths of Helvetica (equal to Arial's) in thousandths of the font size.

Source: Adobe Font Metrics of the PostScript core fonts, Helvetica; Arial was drawn to the same widths.
"""

from __future__ import annotations

import unicodedata

_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
    "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
    "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 "
    "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
    "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 "
    "556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_OTHERS = {
    "ß": 611, "Æ": 1000, "æ": 889, "Ø": 778, "ø": 611, "Œ": 1000, "œ": 944, "ı": 278, "Ł": 556, "ł": 222,
    "–": 556, "—": 1000, "‘": 222, "’": 222, "‚": 222, "“": 333, "”": 333, "„": 333, "«": 556, "»": 556,
    "‹": 333, "›": 333, "…": 1000, "•": 350, "·": 278, "€": 556, "§": 556, "°": 400, "×": 584, "÷": 584,
    "±": 584, "µ": 556, "→": 1000, "←": 1000, "¿": 611, "¡": 333, "©": 737, "®": 737, "™": 1000, "№": 1073,
    "\u00a0": 278, "\u00ad": 0, "\u200b": 0,
}  # fmt: skip
_WIDTH_OF = {chr(32 + place): int(width) for place, width in enumerate(_ASCII.split())} | _OTHERS
_FULL_WIDTH = 1000
_UNKNOWN = 667
"""Width taken for characters that the font does not have: that of its capital letters, so rather too wide."""


def character_width(character: str) -> int:
    """Return the width of one character in thousandths of the font size.

    Example:
        >>> character_width("W"), character_width("Ä"), character_width("i")
        (944, 667, 222)
    """
    known = _WIDTH_OF.get(character)
    if known is not None:
        return known
    base = unicodedata.normalize("NFKD", character)[0]
    if unicodedata.combining(character):
        width = 0
    elif base in _WIDTH_OF:
        width = _WIDTH_OF[base]
    else:
        width = _FULL_WIDTH if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN
    _WIDTH_OF[character] = width
    return width
