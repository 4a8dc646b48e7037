"""Pictures as PNG: our own SVG turned into pixels, by a library that is an extra of the package."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from ankunft_model.errors import ExportError, MissingProgramError
from ankunft_model.wording import Wording

USUAL_SCALE: Final = 2.0
"""Pixels of the PNG per pixel of the drawing, for sharp pictures on paper and on today's screens."""
LARGEST_SCALE: Final = 8.0
MAX_PIXELS: Final = 100_000_000
"""A picture may have so many pixels; one needs four bytes of memory while it is drawn."""
FONTS: Final = (
    "Arial", "Liberation Sans", "Helvetica", "Nimbus Sans", "Arimo", "DejaVu Sans", "Noto Sans", "Open Sans", "Roboto",
    "Ubuntu", "FreeSans", "Segoe UI",
)  # fmt: skip
"""Fonts that are looked for, in this order: first those whose letters are as wide as the layout reckons."""
_CONDENSED: Final = "DejaVu Sans"
"""A font so wide that its narrow form comes nearer to the others."""
_PROBE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15" font-family="{}">X</text></svg>'
)
_SIZE: Final = re.compile(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"')


def to_png(svg: str, *, scale: float = USUAL_SCALE) -> bytes:
    """Return a picture of ours as PNG, in its light colours.

    Letters are drawn with the fonts of the system: Arial or one like it where there is one.

    Args:
        svg: A picture from `exports.svg`.
        scale: Pixels per pixel of the drawing.

    Raises:
        MissingProgramError: the library for PNG is not installed.
        ExportError: the picture would have more than `MAX_PIXELS` pixels, `scale` is no sensible number, or the
            system has none of `FONTS`.
    """
    size = _SIZE.match(svg)
    if size is None:
        raise ValueError("this is no picture of exports.svg")
    check_scale(scale)
    width, height = (float(found) * scale for found in size.groups())
    if width * height > MAX_PIXELS:
        raise _too_large(scale * (MAX_PIXELS / (width * height)) ** 0.5)
    font = _font()
    stretch = ";font-stretch:condensed" if font == _CONDENSED else ""
    return _render(
        svg, zoom=scale, background="#ffffff", style_sheet=f"text{{font-family:'{font}' !important{stretch}}}"
    )


def _render(svg: str, **options: Any) -> bytes:
    try:
        import resvg_py
    except ImportError as error:
        raise _missing() from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, **options))


@lru_cache(maxsize=1)
def _font() -> str:
    """Return the first of the fonts that the system has: a letter in an absent font leaves no trace."""
    nothing = _render(_PROBE.format("Arial").replace(">X<", "><"))
    for font in FONTS:
        if _render(_PROBE.format(font)) != nothing:
            return font
    raise ExportError(
        Wording(
            de="Für PNG fehlt eine Schrift wie Arial oder Liberation Sans (Debian: apt-get install fonts-liberation). "
            "SVG geht ohne sie.",
            en="for PNG a font such as Arial or Liberation Sans is missing (Debian: apt-get install fonts-liberation). "
            "SVG works without it.",
        )
    )


def check_scale(scale: float) -> None:
    """Raise if `scale` is not between 0.05 and `LARGEST_SCALE`.

    Raises:
        ExportError: it is not.
    """
    if not 0.05 <= scale <= LARGEST_SCALE:
        raise ExportError(
            Wording(
                de=f"Die Vergrößerung ist {scale:g}; möglich sind Zahlen von 0.05 bis {LARGEST_SCALE:g}.",
                en=f"the magnification is {scale:g}; possible are numbers from 0.05 to {LARGEST_SCALE:g}.",
            )
        )


def _too_large(fitting: float) -> ExportError:
    limit = f"{MAX_PIXELS:,}"
    return ExportError(
        Wording(
            de=f"Das PNG hätte mehr als {limit.replace(',', '.')} Bildpunkte. Mit --scale verkleinern (höchstens "
            f"{fitting:.2f}) oder als SVG ausgeben.",
            en=f"the PNG would have more than {limit} pixels. Make it smaller with --scale (at most {fitting:.2f}) or "
            "write SVG.",
        )
    )


def _missing() -> MissingProgramError:
    return MissingProgramError(
        Wording(
            de="Für PNG fehlt das Paket „resvg-py“: pip install 'ankunft-model[png]'. SVG geht ohne es.",
            en="for PNG the package 'resvg-py' is missing: pip install 'ankunft-model[png]'. SVG works without it.",
        )
    )
