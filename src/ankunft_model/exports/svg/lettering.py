"""Text in its place: broken into lines, made smaller if need be, cut off only as the last resort."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from ankunft_model.bpmn_xml.diagram import Bounds
from ankunft_model.exports.svg.hyphenation import divide
from ankunft_model.exports.svg.markup import css_colours, escaped, tag
from ankunft_model.layout.text_metrics import INNER_FONT_PX, LABEL_FONT_PX, WIDE_FONT_PERCENT, text_width, wrap

LINE_HEIGHT: Final = 1.2
"""Distance of two baselines, as a multiple of the size of the font."""
SMALLEST_FONT_PX: Final = 9
_BASELINE: Final = 0.36
"""From the middle of a line down to its baseline, as a multiple of the size of the font."""
_WORD: Final = re.compile(r"[^\s/–-]+")
MAX_TEXT: Final = 2_000
"""Longer names are cut off before lines are broken; the whole name stands in the title of the shape."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text broken for its place.

    Attributes:
        is_cut: Whether something is missing at the end.
    """

    lines: tuple[str, ...]
    font_px: int
    is_cut: bool = False

    @property
    def height(self) -> float:
        """Height of all lines in pixels."""
        return len(self.lines) * self.font_px * LINE_HEIGHT


def break_lines(text: str, width_px: float, font_px: int, *, in_any_font: bool = False) -> tuple[str, ...]:
    """Return `text` in lines of at most `width_px`, words that are wider divided.

    With `in_any_font` lines of several words have room in a wide font, too, as it stands in where the usual one is
    missing; no word is divided for that.

    Example:
        >>> break_lines("Aufenthaltserlaubnis erteilen", 70, 12)
        ('Aufenthalts-', 'erlaubnis', 'erteilen')
    """
    width = max(int(width_px), 1)

    def fits(part: str) -> bool:
        return text_width(part, font_px) <= width

    divided = _WORD.sub(lambda word: " ".join(divide(word.group(), fits=fits)), text[:MAX_TEXT])
    return wrap(divided, width * 100 // WIDE_FONT_PERCENT if in_any_font else width, font_px)


def fit(text: str, width_px: float, height_px: float, *, font_px: int = INNER_FONT_PX) -> Lettering:
    """Return `text` in the largest size, from `font_px` down, at which it has room without dividing needlessly.

    Example:
        >>> fit("Antrag aufnehmen", 90, 70).lines
        ('Antrag', 'aufnehmen')
    """
    lines: tuple[str, ...] = ()
    size = font_px
    for size in range(font_px, SMALLEST_FONT_PX - 1, -1):
        for in_any_font in (True, False):
            lines = break_lines(text, width_px, size, in_any_font=in_any_font)
            if len(lines) * size * LINE_HEIGHT <= height_px:
                return Lettering(lines, size)
    room = max(1, int(height_px / (size * LINE_HEIGHT)))
    if len(lines) <= room:
        return Lettering(lines, size)
    return Lettering((*lines[: room - 1], _with_ellipsis(lines[room - 1], width_px, size)), size, is_cut=True)


def _with_ellipsis(line: str, width_px: float, font_px: int) -> str:
    shown = line
    while len(shown) > 1 and text_width(shown + "…", font_px) > width_px:
        shown = shown[:-1]
    return shown.rstrip(" -,;") + "…"


def draw_centred(text: str, bounds: Bounds, *, padding: float = 4, font_px: int = INNER_FONT_PX) -> str:
    """Return `text` in the middle of `bounds`."""
    letters = fit(text, bounds.width - 2 * padding, bounds.height - 2 * padding, font_px=font_px)
    top = bounds.y + (bounds.height - letters.height) / 2
    return draw_lines(letters, bounds.x + bounds.width / 2, top)


def draw_label(text: str, bounds: Bounds, *, class_: str = "label") -> str:
    """Return `text` as a label: from the top of `bounds`, centred, never smaller; it may grow downwards."""
    letters = Lettering(break_lines(text, max(bounds.width, 24) + 2, LABEL_FONT_PX), LABEL_FONT_PX)
    return draw_lines(letters, bounds.x + bounds.width / 2, bounds.y, class_=class_)


def draw_upright(text: str, strip: Bounds, *, taken_px: float = 0) -> str:
    """Return `text` turned to read upwards in the middle of `strip`, below what is taken at its top if it has room."""
    letters, top = fit(text, strip.height - taken_px - 12, strip.width - 1), strip.y + taken_px
    if taken_px and letters.is_cut:
        letters, top = fit(text, strip.height - 12, strip.width - 1), strip.y
    middle_x, middle_y = strip.x + strip.width / 2, (top + strip.y + strip.height) / 2
    turned = draw_lines(letters, 0, -letters.height / 2)
    return tag("g", turned, transform=f"translate({middle_x:g} {middle_y:g}) rotate(-90)")


def draw_lines(
    letters: Lettering, x: float, top: float, *, anchor: Anchor = "middle", class_: str | None = None
) -> str:
    """Return the lines, the first one's upper edge at `top`."""
    if not letters.lines:
        return ""
    step = letters.font_px * LINE_HEIGHT
    first = top + step / 2 + letters.font_px * _BASELINE
    spans = [tag("tspan", escaped(line), x=x, y=first + place * step) for place, line in enumerate(letters.lines)]
    usual = LABEL_FONT_PX if class_ == "label" else INNER_FONT_PX
    style = [] if letters.font_px == usual else [f"font-size:{letters.font_px}px"]
    if anchor != "middle":
        style.append(f"text-anchor:{anchor}")
    return tag("text", *spans, class_=class_, style=";".join(style) or None)


def coloured_text(drawn: str, colour: str | None) -> str:
    """Return drawn text in a colour of the file, if that is written `#rrggbb`.

    Example:
        >>> coloured_text('<text style="font-size:9px"/><text/>', "#0a58a8")
        '<text style="fill:#0a58a8;font-size:9px"/><text style="fill:#0a58a8"/>'
    """
    style = css_colours(fill=colour)
    if style is None:
        return drawn

    def restyled(found: re.Match[str]) -> str:
        rest = found[1]
        if 'style="' in rest:
            return "<text" + rest.replace('style="', f'style="{style};', 1)
        return f'<text style="{style}"{rest}'

    return re.sub(r"<text([^>]*)", restyled, drawn)
