"""How much room a text takes, and where its lines break."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ankunft_model.layout.font_widths import character_width

INNER_FONT_PX = 12
"""Size of the text inside of boxes, as the common BPMN tools draw it."""
LABEL_FONT_PX = 11
"""Size of the text beside boxes and lines."""
LABEL_WIDTH_PX = 90
"""Labels break at this width, as in the common BPMN tools; only a longer word makes a label wider."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A text broken into lines, with the width and height of the rectangle it needs, in pixels."""

    lines: tuple[str, ...]
    width: int
    height: int


def text_width(text: str, font_px: int) -> int:
    """Return the width of `text` in one line in pixels, rounded up.

    Example:
        >>> text_width("Anmeldung prüfen", 12)
        99
    """
    return math.ceil(sum(character_width(character) for character in text) * font_px / 1000)


def wrap(text: str, max_width_px: int, font_px: int) -> tuple[str, ...]:
    """Return `text` in lines of at most `max_width_px`; a longer word stands on a line of its own, unbroken.

    Words end at spaces and after hyphens and slashes; line breaks in the text are kept.

    Example:
        >>> wrap("Aufenthaltstitel bei der Behörde beantragen", 90, 11)
        ('Aufenthaltstitel bei', 'der Behörde', 'beantragen')
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in _words(paragraph):
            if line and text_width((line + word).rstrip(), font_px) > max_width_px:
                lines.append(line.rstrip())
                line = ""
            line += word
        if line.strip():
            lines.append(line.rstrip())
    return tuple(lines)


def measure(text: str, *, max_width_px: int = LABEL_WIDTH_PX, font_px: int = LABEL_FONT_PX) -> TextBlock:
    """Return the block that `text` fills, at least as wide as its longest word; widths and heights are even.

    Example:
        >>> measure("ja").width, measure("ja").height
        (12, 14)
    """
    lines = wrap(text, max_width_px, font_px)
    width = max((text_width(line, font_px) for line in lines), default=0)
    height = math.ceil(len(lines) * font_px * 1.2)
    return TextBlock(lines, _even(width + 2) if lines else 0, _even(height))


def longest_word_width(text: str, font_px: int) -> int:
    """Return the width in pixels of the widest word of `text`."""
    return max((text_width(word.rstrip(), font_px) for word in _words(" ".join(text.split()))), default=0)


def _words(paragraph: str) -> list[str]:
    """Return the unbreakable parts of a line, each with the space that follows it."""
    words: list[str] = []
    word = ""
    for place, character in enumerate(paragraph):
        word += character
        following = paragraph[place + 1 : place + 2]
        breaks_here = (character == " " and following != " ") or (
            character in "-/–" and len(word) > 2 and following.isalpha()
        )
        if breaks_here and word.strip():
            words.append(word)
            word = ""
    if word.strip():
        words.append(word)
    return words


def _even(length: int) -> int:
    return length + length % 2
