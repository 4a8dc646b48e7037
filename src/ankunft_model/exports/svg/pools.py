"""Pools and lanes with their strips of names."""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNShape, Point
from ankunft_model.exports.svg.figures import Figure
from ankunft_model.exports.svg.icons import activity_markers
from ankunft_model.exports.svg.lettering import draw_centred, draw_upright
from ankunft_model.exports.svg.markup import css_colours, tag
from ankunft_model.exports.svg.shapes import colours_of

STRIP_PX: Final = 30
_BADGE_PX: Final = 28
"""Room that a badge takes in a strip, along the name."""


def badge_place(shape: BPMNShape) -> Point:
    """Return where the badge of a pool or lane has its middle: in the first corner."""
    return Point(shape.bounds.x + STRIP_PX / 2, shape.bounds.y + _BADGE_PX / 2 + 2)


def draw_pool_or_lane(figure: Figure, shape: BPMNShape, *, has_badge: bool = False) -> str:
    """Return a pool or a lane; a closed pool has its name in the middle, the others in a strip, beside its badge."""
    b = shape.bounds
    drawn = _pool_or_lane(figure, shape, has_badge=has_badge)
    if figure.kind == "participant" and "parallel-instances" in figure.traits:
        drawn += activity_markers(("parallel-instances",), b.x + b.width / 2, b.y + b.height)
    return drawn


def _pool_or_lane(figure: Figure, shape: BPMNShape, *, has_badge: bool) -> str:
    b, name = shape.bounds, figure.name
    is_pool = figure.kind == "participant"
    if is_pool and "open" not in figure.traits:
        frame = tag(
            "rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="shape strip thin", style=colours_of(shape)
        )
        return _outlined(frame, shape) + draw_centred(name, b)
    frame = tag("rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="frame", style=colours_of(shape))
    taken = _BADGE_PX if has_badge else 0
    if shape.is_horizontal is False:
        strip = Bounds(b.x, b.y, b.width, min(STRIP_PX, b.height))
        place = Bounds(b.x + taken, b.y, max(b.width - taken, 0), strip.height)
        return _outlined(frame + _strip(strip, shape, is_pool=is_pool), shape) + draw_centred(name, place, padding=3)
    strip = Bounds(b.x, b.y, min(STRIP_PX, b.width), b.height)
    named = draw_upright(name, strip, taken_px=taken)
    return _outlined(frame + _strip(strip, shape, is_pool=is_pool), shape) + named


def _strip(bounds: Bounds, shape: BPMNShape, *, is_pool: bool) -> str:
    """Return the ground under a name; only pools have a line between name and content."""
    drawn = ""
    if shape.background_color is None:
        drawn = tag("rect", x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height, class_="strip")
    if not is_pool:
        return drawn
    return drawn + _outline(bounds, shape)


def _outlined(drawn: str, shape: BPMNShape) -> str:
    """Return `drawn` with its outline above the grounds."""
    return drawn + _outline(shape.bounds, shape)


def _outline(b: Bounds, shape: BPMNShape) -> str:
    style = css_colours(stroke=shape.border_color)
    return tag("rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="line thin", style=style)
