"""The colours by which our files mark what findings name; in a file that comes back they are no person's choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FINDING_COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "error": ("#fbe3e1", "#b3261e"),
    "warning": ("#fdf0d8", "#8f5200"),
    "hint": ("#e1eefb", "#0a58a8"),
    "info": ("#eceff2", "#55606c"),
}
"""Ground and outline of what findings name, by the severity of the worst of them."""
