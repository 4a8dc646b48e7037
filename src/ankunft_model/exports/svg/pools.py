"""Pools and lanes with their strips of names."""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNShape
from ankunft_model.exports.svg.lettering import draw_centred, draw_upright
from ankunft_model.exports.svg.markup import tag
from ankunft_model.exports.svg.shapes import colours_of

STRIP_PX: Final = 30


def draw_pool_or_lane(element: bpmn.Participant | bpmn.Lane, shape: BPMNShape, name: str) -> str:
    """Return a pool or a lane; a closed pool has its name in the middle, the others in a strip."""
    b = shape.bounds
    is_pool = isinstance(element, bpmn.Participant)
    if isinstance(element, bpmn.Participant) and element.process_ref is None:
        frame = tag(
            "rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="shape strip thin", style=colours_of(shape)
        )
        return _outlined(frame, b) + draw_centred(name, b)
    frame = tag("rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="frame", style=colours_of(shape))
    if shape.is_horizontal is False:
        strip = Bounds(b.x, b.y, b.width, min(STRIP_PX, b.height))
        return _outlined(frame + _strip(strip, is_pool=is_pool), b) + draw_centred(name, strip, padding=3)
    strip = Bounds(b.x, b.y, min(STRIP_PX, b.width), b.height)
    return _outlined(frame + _strip(strip, is_pool=is_pool), b) + draw_upright(name, b.x, b, strip.width)


def _strip(bounds: Bounds, *, is_pool: bool) -> str:
    """Return the ground under a name; only pools have a line between name and content."""
    filled = tag("rect", x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height, class_="strip")
    if not is_pool:
        return filled
    return filled + tag("rect", x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height, class_="line thin")


def _outlined(drawn: str, bounds: Bounds) -> str:
    """Return `drawn` with its outline above the grounds."""
    return drawn + tag("rect", x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height, class_="line thin")
