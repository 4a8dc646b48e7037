"""SVG as text: tags with escaped attributes, text without characters that XML forbids, short numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_ID_CHARACTER: Final = re.compile(r"[A-Za-z0-9_.-]")

Attribute = str | float | None
"""None: the attribute is left out."""


def escaped(text: str) -> str:
    r"""Return `text` for use as content or inside a double-quoted attribute.

    Characters that XML forbids become the replacement character; those that turn the direction of reading are left
    out, so that a name cannot disguise what stands beside it.

    Example:
        >>> escaped('<b onload="x">&\x00')
        '&lt;b onload=&quot;x&quot;&gt;&amp;�'
    """
    clean = _BIDI_CONTROLS.sub("", _FORBIDDEN.sub("\ufffd", text))
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """Return `value` with at most two decimals, without needless zeros.

    Example:
        >>> number(12.0), number(1 / 3), number(-0.001)
        ('12', '0.33', '0')
    """
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def tag(name: str, *content: str, **attributes: Attribute) -> str:
    """Return an element; `content` is markup already.

    Attribute names are written with `-` for `_`; a `_` at the end is dropped (`class_`).

    Example:
        >>> tag("g", tag("path", d="M0,0"), class_="x", data_element='"')
        '<g class="x" data-element="&quot;"><path d="M0,0"/></g>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, int | float) else escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return the path data of straight lines through `points`.

    Example:
        >>> path([(0, 0), (10, 0), (10, 5)], closed=True)
        'M0,0L10,0L10,5Z'
    """
    steps = "L".join(f"{number(x)},{number(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def css_colours(**colours: str | None) -> str | None:
    """Return the declarations for those `colours` that are written `#rrggbb`, or None if there are none.

    Example:
        >>> css_colours(fill="#fff3c4", stroke="red;x:y")
        'fill:#fff3c4'
    """
    known = (f"{key}:{colour}" for key, colour in colours.items() if colour and _COLOUR.fullmatch(colour))
    return ";".join(known) or None


def fragment_id(prefix: str, element_id: str) -> str:
    """Return an id that is valid in HTML and in addresses; different elements have different ones.

    Example:
        >>> fragment_id("as-is-", "a24"), fragment_id("x-", "a b")
        ('as-is-a24', 'x-a~20~b')
    """
    safe = (c if _ID_CHARACTER.match(c) else f"~{ord(c):x}~" for c in element_id)
    return prefix + "".join(safe)


def is_finite(*values: float) -> bool:
    """Return whether all `values` are numbers that can be drawn."""
    return all(math.isfinite(value) and abs(value) < 1e7 for value in values)
