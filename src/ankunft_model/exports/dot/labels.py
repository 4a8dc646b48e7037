"""Text for Graphviz: nothing in it is taken for markup, entities, escapes or ports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ankunft_model.exports.dot.drawing import literal, without_markup
from ankunft_model.layout.text_metrics import wrap

FONT_PX: Final = 12
MAX_TEXT: Final = 400
"""Longer names are cut off."""
_FORBIDDEN: Final = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def label(*texts: str, width_px: int) -> str:
    r"""Return `texts` as one label, each broken into lines of at most `width_px`.

    Example:
        >>> print(label("Antrag auf Bürgergeld aufnehmen", "a\\b & <c>", width_px=120))
        Antrag auf Bürgergeld\naufnehmen\na\\b &amp; <c>
    """
    return _joined(line for text in texts for line in wrap(_clean(text), width_px, FONT_PX))


def left(*texts: str, width_px: int) -> str:
    r"""Return `texts` as one label whose lines begin at the left.

    Example:
        >>> print(left("one", "two", width_px=100))
        one\ltwo\l
    """
    return without_markup(label(*texts, width_px=width_px).replace("\\n", "\\l") + "\\l")


def plain(text: str) -> str:
    """Return `text` as one line."""
    return _joined([_clean(text)])


def _clean(text: str) -> str:
    shown = " ".join(_FORBIDDEN.sub("\ufffd", _BIDI_CONTROLS.sub("", " ".join(text.split()))).split())
    return shown if len(shown) <= MAX_TEXT else shown[: MAX_TEXT - 1] + "…"


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one label; entities and backslashes are what they look like."""
    return without_markup("\\n".join(literal(line.replace("&", "&amp;")) for line in lines))
