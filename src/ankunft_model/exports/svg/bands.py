"""Bands of participants in choreographies, and the room that they leave for the name and the markers between them.

Source: OMG formal/2011-01-03, 11.4 (choreography activities) and 12.2.3.3 (`participantBandKind`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNShape
from ankunft_model.bpmn_xml.lexical import parse_boolean
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.exports.svg.figures import CHOREOGRAPHIES, Figure, Trait

_HALF_OF_HEAVY_PX: Final = 2.0
"""So far the outline of a call choreography reaches inwards; its bands stand inside of it, or they would hide it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its shape.

    Attributes:
        figure: What is drawn.
        shape: Where it is drawn.
        band_of: Of bands: the id of the shape of their choreography activity; "" for all else.
    """

    figure: Figure
    shape: BPMNShape
    band_of: str = ""


def placed(figure: Figure, shape: BPMNShape, node: XmlElement) -> Placed:
    """Return a participant that is a band of a choreography activity as such; everything else as it is."""
    kind, holder = node.get("participantBandKind"), node.get("choreographyActivityShape")
    if figure.kind != "participant" or (kind is None and holder is None):
        return Placed(figure, shape)
    found: set[Trait] = set(figure.traits) - {"open"}
    if kind is not None and not kind.endswith("non_initiating"):
        found.add("initiating")
    if parse_boolean(node.get("isMessageVisible") or ""):
        found.add("message-shown")
    if (kind or "").startswith("top"):
        found.add("top")
    elif (kind or "").startswith("bottom"):
        found.add("bottom")
    return Placed(replace(figure, kind="participantBand", traits=frozenset(found)), shape, (holder or "").strip())


def fitted(shapes: Sequence[Placed]) -> list[tuple[Figure, BPMNShape]]:
    """Return all figures with their shapes: activities knowing the heights of their bands, bands inside of heavy lines.

    A band belongs to the upper half of its activity or to the lower one by its place, whatever kind the file gives it.
    """
    holders = {one.shape.id: one for one in shapes if one.figure.kind in CHOREOGRAPHIES and one.shape.id}
    heights: dict[str, tuple[float, float]] = {}
    for one in shapes:
        holder = holders.get(one.band_of)
        if holder is not None:
            above, below = heights.get(one.band_of, (0.0, 0.0))
            b, whole = one.shape.bounds, holder.shape.bounds
            if b.y + b.height / 2 < whole.y + whole.height / 2:
                heights[one.band_of] = (max(above, b.y + b.height - whole.y), below)
            else:
                heights[one.band_of] = (above, max(below, whole.y + whole.height - b.y))
    found: list[tuple[Figure, BPMNShape]] = []
    for one in shapes:
        figure, shape = one.figure, one.shape
        if figure.kind in CHOREOGRAPHIES and shape.id in heights:
            figure = replace(figure, bands=heights[shape.id])
        holder = holders.get(one.band_of)
        if holder is not None and holder.figure.kind == "callChoreography":
            shape = replace(shape, bounds=_inside(shape.bounds, holder.shape.bounds))
        found.append((figure, shape))
    return found


def _inside(band: Bounds, whole: Bounds) -> Bounds:
    """Return what of a band lies inside the outline of its activity."""
    left = max(band.x, whole.x + _HALF_OF_HEAVY_PX)
    top = max(band.y, whole.y + _HALF_OF_HEAVY_PX)
    right = min(band.x + band.width, whole.x + whole.width - _HALF_OF_HEAVY_PX)
    bottom = min(band.y + band.height, whole.y + whole.height - _HALF_OF_HEAVY_PX)
    return band if right <= left or bottom <= top else Bounds(left, top, right - left, bottom - top)
