"""Room for the names of closed pools where nothing else is drawn: messages pass them to the left and to the right.

A tool writes the name of a closed pool into its middle, whatever passes there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ankunft_model.layout.geometry import Layout, Point
from ankunft_model.layout.text_metrics import INNER_FONT_PX, WIDE_FONT_PERCENT, text_width

_MARGIN_PX: Final = 16
"""Between a name and the nearest message, and between the outermost message and the end of the pool at least."""
_MOST_PX: Final = 320
"""Longer names are broken into lines by every tool."""


def with_room_for_names(layout: Layout, names: dict[str, str]) -> Layout:
    """Return a drawing of closed pools and messages alone, in which no message passes through the middle.

    Args:
        layout: Pools below each other, all of one width, and lines without labels.
        names: The name of each pool.
    """
    xs = sorted({point.x for route in layout.routes.values() for point in route})
    widths = [text_width(name, INNER_FONT_PX) * WIDE_FONT_PERCENT // 100 for name in names.values()]
    widest = min(max(widths, default=0), _MOST_PX)
    left = min(bounds.x for bounds in layout.bands.values())
    right = max(bounds.x + bounds.width for bounds in layout.bands.values())
    if not xs:
        return layout
    half = (len(xs) + 1) // 2
    beside = max(xs[half - 1] - left, right - xs[half] if half < len(xs) else 0, _MARGIN_PX)
    room = widest + widest % 2 + 2 * _MARGIN_PX
    width = 2 * beside + room
    to_left = left + beside - xs[half - 1]
    to_right = left + beside + room - xs[half] if half < len(xs) else 0

    def moved(point: Point) -> Point:
        return Point(point.x + (to_left if point.x <= xs[half - 1] else to_right), point.y)

    return replace(
        layout,
        bands={id_: replace(bounds, x=left, width=width) for id_, bounds in layout.bands.items()},
        routes={id_: tuple(map(moved, route)) for id_, route in layout.routes.items()},
    )
