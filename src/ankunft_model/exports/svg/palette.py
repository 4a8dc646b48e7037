"""Colours and line widths: one table, a value for light and one for dark surroundings, written as CSS.

All rules begin with the class of the picture, so that a picture inside a page changes nothing else there. Colours are
written out instead of using variables: programs that draw SVG outside of browsers know no CSS variables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PICTURE_CLASS: Final = "ankunft-picture"


@dataclass(frozen=True, slots=True)
class Colour:
    """One role's colour in light and in dark surroundings."""

    light: str
    dark: str


BLACK: Final = "#000000"
WHITE: Final = "#ffffff"

PAPER: Final = Colour("#ffffff", "#12171d")
INK: Final = Colour("#1a2129", "#e8ecf1")
LINE: Final = Colour("#2f3a46", "#b4bfcb")
STRIP: Final = Colour("#eef1f5", "#1e2731")
SURFACE: Final = Colour("#ffffff", "#1a222b")
QUIET: Final = Colour("#5b6672", "#9aa6b3")
ERROR: Final = Colour("#b3261e", "#ff8f86")
WARNING: Final = Colour("#8f5200", "#ffbd5c")
HINT: Final = Colour("#0a58a8", "#86c2ff")
INFO: Final = Colour("#55606c", "#b6c0cb")

COLOUR_OF_SEVERITY: Final = {"error": ERROR, "warning": WARNING, "hint": HINT, "info": INFO}

_FONT: Final = "Arial,'Liberation Sans',Helvetica,'Nimbus Sans',sans-serif"

_STATIC: Final = (
    ("text", f"font-family:{_FONT};font-size:12px;text-anchor:middle;stroke:none"),
    (".label", "font-size:11px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round"),
    (".paper,.strip,.ink", "stroke:none"),
    (".thin", "stroke-width:1.5"),
    (".double", "stroke-width:1.2"),
    (".thick", "stroke-width:3.5"),
    (".heavy", "stroke-width:4"),
    (".icon", "stroke-width:1.3;stroke-linejoin:round;stroke-linecap:round"),
    (".symbol", "stroke-width:3;stroke-linecap:butt"),
    (".dashed", "stroke-dasharray:5 4"),
    (".dashed-finely", "stroke-dasharray:2.5 2"),
    (".dotted", "stroke-dasharray:1 4;stroke-linecap:round"),
    (".dot-dash", "stroke-dasharray:9 4 1.5 4;stroke-linecap:round"),
    (".flow", "fill:none;stroke-width:1.5;stroke-linejoin:round"),
    (".message", "fill:none;stroke-width:1.5;stroke-dasharray:8 5"),
    (".line", "fill:none"),
    (".link", "stroke-width:5"),
    (".link-inside", "stroke-width:2"),
    (".halo", "fill:none;stroke-width:3;stroke-linejoin:round"),
    (".on-light text", f"fill:{BLACK} !important"),
    (".on-dark text", f"fill:{WHITE} !important"),
    (".badge text", "font-weight:bold;font-size:11px"),
    ("a:hover .badge,a:focus .badge", "stroke-width:3"),
    ("g:target>.halo,a:focus .halo", "stroke-width:7"),
)
_COLOURED: Final = (
    ("text", "fill", INK),
    (".label", "stroke", PAPER),
    (".paper", "fill", PAPER),
    (".shape", "fill", SURFACE),
    (".strip", "fill", STRIP),
    (".shape,.line,.flow,.message,.icon,.symbol", "stroke", LINE),
    (".line.quiet,.shape.quiet", "stroke", QUIET),
    (".hollow,.icon", "fill", SURFACE),
    (".frame", "fill", PAPER),
    (".solid", "fill", LINE),
    (".strip-fill", "fill", STRIP),
    (".link-inside", "stroke", PAPER),
    (".solid.reverse", "stroke", SURFACE),
    (".clear", "fill", None),
    *((f".badge.{severity}", "fill", colour) for severity, colour in COLOUR_OF_SEVERITY.items()),
    *((f".halo.{severity}", "stroke", colour) for severity, colour in COLOUR_OF_SEVERITY.items()),
    (".badge", "stroke", PAPER),
    (".badge text", "fill", PAPER),
)


def style_sheet() -> str:
    """Return the CSS of a picture; dark where the reader prefers that, but never on paper."""
    rules = [_rule(selectors, declarations) for selectors, declarations in _STATIC]
    rules += [
        _rule(selectors, f"{key}:{'none' if colour is None else colour.light}") for selectors, key, colour in _COLOURED
    ]
    dark = [
        _rule(selectors, f"{key}:{'none' if colour is None else colour.dark}") for selectors, key, colour in _COLOURED
    ]
    return "".join(rules) + f"@media screen and (prefers-color-scheme:dark){{{''.join(dark)}}}"


def ink_on(background: str) -> str:
    """Return black or white, whichever can be read better on `background` (`#rrggbb`).

    Example:
        >>> ink_on("#ffee00"), ink_on("#003366")
        ('#000000', '#ffffff')
    """
    return BLACK if contrast(BLACK, background) >= contrast(WHITE, background) else WHITE


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    Source: WCAG 2.1, definition of contrast ratio.

    Example:
        >>> contrast("#000000", "#ffffff")
        21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rule(selectors: str, declarations: str) -> str:
    return ",".join(f".{PICTURE_CLASS} {selector}" for selector in selectors.split(",")) + f"{{{declarations}}}"
