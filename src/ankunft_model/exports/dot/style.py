"""How the graphs look: fonts, colours, line styles; nothing is told by colour alone."""

from __future__ import annotations

from typing import Final

from ankunft_model.findings import Severity

FONT: Final = "Helvetica,Arial,sans-serif"
INK: Final = "#1a2129"
LINE: Final = "#2f3a46"
QUIET: Final = "#5b6672"
GROUND: Final = "#eef1f5"
INNER_GROUND: Final = "#f8f9fb"
PAPER: Final = "#ffffff"
MISSING: Final = "#b3261e"
UNKNOWN: Final = "#8f5200"
CARRIED: Final = "#6a3d9a"

COLOUR_OF_SEVERITY: Final[dict[Severity, str]] = {
    "error": MISSING,
    "warning": UNKNOWN,
    "hint": "#0a58a8",
    "info": QUIET,
}


def graph_attributes(*, title: str) -> dict[str, str]:
    """Return the attributes of a whole graph, read from left to right."""
    return {
        "rankdir": "LR",
        "label": title,
        "labelloc": "t",
        "labeljust": "l",
        "fontname": FONT,
        "fontsize": "18",
        "fontcolor": INK,
        "bgcolor": PAPER,
        "charset": "UTF-8",
        "pad": "0.3",
        "nodesep": "0.3",
        "ranksep": "0.45",
        "splines": "true",
    }


NODE_ATTRIBUTES: Final = {
    "fontname": FONT,
    "fontsize": "12",
    "fontcolor": INK,
    "color": LINE,
    "fillcolor": PAPER,
    "style": "filled",
    "margin": "0.14,0.09",
    "penwidth": "1.2",
}
EDGE_ATTRIBUTES: Final = {
    "fontname": FONT,
    "fontsize": "10",
    "fontcolor": INK,
    "color": LINE,
    "arrowsize": "0.7",
    "penwidth": "1.2",
}
