"""How much room a text takes, and where its lines break."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ankunft_model.layout.font_widths import character_width

INNER_FONT_PX = 12
"""Size of the text inside of boxes, as the common BPMN tools draw it."""
LABEL_FONT_PX = 11
"""Size of the text beside boxes and lines."""
LABEL_WIDTH_PX = 90
"""Labels break at this width, as in the common BPMN tools; only a longer word makes a label wider."""


TEXTS_REMEMBERED = 4096
"""The same text is measured by several phases."""
WIDE_FONT_PERCENT = 118
"""Where the usual font is missing, others stand in that are up to so wide; a word should not be cut by them either."""
EXTRA_WIDTH_PX = 40
"""A block of text grows by at most so much to be broken by other tools as it is broken here."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A text broken into lines, with the width and height of the rectangle it needs, in pixels."""

    lines: tuple[str, ...]
    width: int
    height: int


def text_width(text: str, font_px: int) -> int:
    """Return the width of `text` in one line in pixels, rounded up.

    Programs that place letters on whole pixels (browsers on Linux) need more room than the exact widths say, or
    less; the greater of both is returned, so that a line breaks nowhere earlier than here.

    Example:
        >>> text_width("Anmeldung prüfen", 12)
        101
    """
    widths = [character_width(character) * font_px for character in text]
    exact = math.ceil(sum(widths) / 1000)
    on_whole_pixels = sum((width + 500) // 1000 for width in widths)
    return max(exact, on_whole_pixels)


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
        for word in _words(paragraph.strip()):
            if line and text_width((line + word).rstrip(), font_px) > max_width_px:
                lines.append(line.rstrip())
                line = ""
            line += word
        if line.strip():
            lines.append(line.rstrip())
    return tuple(lines)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def measure(text: str, *, max_width_px: int = LABEL_WIDTH_PX, font_px: int = LABEL_FONT_PX) -> TextBlock:
    """Return the block that `text` fills, at least as wide as its longest word; widths and heights are even.

    The block is made wider, by at most `EXTRA_WIDTH_PX`, where a tool that guesses line breaks from the number of
    characters, or one without the usual font, would break the text into more lines or within a word; its height has
    room for the lines of all of them.

    Example:
        >>> measure("ja").width, measure("ja").height
        (14, 14)
    """
    lines = wrap(text, max_width_px, font_px)
    if not lines:
        return TextBlock((), 0, 0)
    width = _even(max(*(text_width(line, font_px) for line in lines), longest_word_width(text, font_px)) + 2)
    guessed = most_lines(text, width, font_px)
    for wider in range(width, width + EXTRA_WIDTH_PX + 1, 2):
        found = most_lines(text, wider, font_px)
        if len(found) <= len(lines) and not _cuts_a_word(text, found):
            width, guessed = wider, found
            break
    height = math.ceil(max(len(lines), len(guessed)) * font_px * 1.2)
    return TextBlock(lines, width, _even(height))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def inner_text_height(text: str, width_px: int, font_px: int, *, in_any_font: bool = False) -> int | None:
    """Return the height that `text` needs inside a box of this inner width, or None if a word would be cut.

    With `in_any_font` it is the height for a wide font too: for text that begins at the top of its box. Text in the
    middle of a box takes some lines more from its margins, above and below alike.
    """
    guessed = (most_lines if in_any_font else break_as_tools_do)(text, width_px, font_px)
    lines = wrap(text, width_px, font_px)
    if _cuts_a_word(text, guessed) and any(len(line) > 1 for line in guessed):
        return None
    return _even(math.ceil(max(len(lines), len(guessed)) * font_px * 1.2))


def most_lines(text: str, width_px: int, font_px: int) -> tuple[str, ...]:
    """Return the lines of `text` as `break_as_tools_do`, of the usual font or of a wide one: where there are more.

    Example:
        >>> break_as_tools_do("Anmeldung bei der Stadt Düren", 90, 11)
        ('Anmeldung bei', 'der Stadt Düren')
        >>> most_lines("Anmeldung bei der Stadt Düren", 90, 11)
        ('Anmeldung bei', 'der Stadt', 'Düren')
    """
    usual = break_as_tools_do(text, width_px, font_px)
    wide = break_as_tools_do(text, width_px * 100 // WIDE_FONT_PERCENT, font_px)
    return max(usual, wide, key=len)


def break_as_tools_do(text: str, width_px: int, font_px: int) -> tuple[str, ...]:
    """Return the lines into which bpmn-js (so also Camunda Modeler) breaks `text` in a box of this width.

    It estimates how many characters of a line fit from the line's average character width, breaks at the last space
    or hyphen before that number, cuts the word if there is none, and tries again until the measured line fits.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        widths = _RunningWidths(paragraph, font_px)
        begin, end = 0, len(paragraph)
        visible = end - len(paragraph.lstrip())
        while True:
            stop = end
            while stop - begin > 1 and stop > visible and (needed := widths.between(begin, stop)) > width_px:
                fitting = max((stop - begin) * width_px / needed, 1.0)
                kept = _up_to_last_break(paragraph[begin : min(stop, begin + math.ceil(fitting) + 1)], fitting)
                stop = begin + (len(kept) or max(math.floor(fitting - 0.5), 1))
            lines.append(paragraph[begin:stop].strip())
            if stop == end:
                break
            end = len(paragraph.rstrip())
            begin = stop
            while begin < end and paragraph[begin].isspace():
                begin += 1
            end = max(begin, end)
            visible = begin
    return tuple(lines)


class _RunningWidths:
    """Widths of the parts of one line of text, without adding up its characters anew for each part."""

    def __init__(self, text: str, font_px: int) -> None:
        widths = [character_width(character) * font_px for character in text]
        self._exact = (0, *accumulate(widths))
        self._on_whole_pixels = (0, *accumulate((width + 500) // 1000 for width in widths))

    def between(self, begin: int, end: int) -> int:
        """Return what `text_width` says of the characters from `begin` to before `end`."""
        exact = math.ceil((self._exact[end] - self._exact[begin]) / 1000)
        return max(exact, self._on_whole_pixels[end] - self._on_whole_pixels[begin])


def _up_to_last_break(line: str, most_characters: float) -> str:
    """Return the longest beginning of whole words that is shorter than `most_characters`; nothing if there is none."""
    kept = ""
    for piece in re.split(r"(\s|-)", line):
        if len(kept) + len(piece) >= most_characters:
            return kept.rpartition(" ")[0] if piece == "-" else kept
        kept += piece
    return kept


def _cuts_a_word(text: str, lines: tuple[str, ...]) -> bool:
    """Return whether a line ends within a word; a break after a hyphen is none."""
    words = text.split()
    known = set(words)
    return "".join(lines).replace(" ", "") == "".join(words) and not all(
        part in known for line in lines for part in line.split() if "-" not in part
    )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def longest_word_width(text: str, font_px: int) -> int:
    """Return the width in pixels of the widest word of `text`, with room for a wider font than the usual one."""
    width = max((text_width(word.rstrip(), font_px) for word in _words(" ".join(text.split()))), default=0)
    return math.ceil(width * WIDE_FONT_PERCENT / 100)


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
