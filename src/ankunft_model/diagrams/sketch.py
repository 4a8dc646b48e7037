"""An earlier drawing as a wish: which order things had, whoever chose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from ankunft_model.diagrams.earlier import EarlierItem, read_drawing
from ankunft_model.diagrams.plane import Plane
from ankunft_model.diagrams.semantics import parse_bpmn, read_elements
from ankunft_model.layout.geometry import Bounds
from ankunft_model.layout.graph import Band, LayoutGraph
from ankunft_model.layout.scopes import bands_in_reading_order

_FARTHEST_PX: Final = 10_000_000.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """Where shapes lay, by element, for each element whose plane showed them; flows run to the right."""

    areas: Mapping[str, tuple[str, Bounds]] = field(default_factory=dict[str, tuple[str, Bounds]])

    def places_in(self, plane: Plane) -> dict[str, Bounds]:
        """Return the earlier places of boxes that lay in the drawing of the same element."""
        found = ((box.id, self.areas.get(box.id)) for box in plane.boxes)
        return {id_: place[1] for id_, place in found if place is not None and place[0] == plane.root}

    def with_kept_bands(self, graph: LayoutGraph) -> LayoutGraph:
        """Return the graph with its bands in their earlier order; a new one stays behind the band before it."""
        if not self.areas:
            return graph
        inside: dict[str | None, list[Band]] = {}
        for band in graph.bands:
            inside.setdefault(band.parent, []).append(band)
        for bands in inside.values():
            key_of: dict[str, tuple[int, int]] = {}
            last = -(10**9)
            for place, band in enumerate(bands):
                known = self.areas.get(band.id)
                last = last if known is None else known[1].y
                key_of[band.id] = last, place
            bands.sort(key=lambda band: key_of[band.id])
        return replace(graph, bands=bands_in_reading_order(tuple(band for bands in inside.values() for band in bands)))


def read_sketch(data: bytes, *, direction: Literal["horizontal", "vertical"]) -> Sketch:
    """Return the drawing of a BPMN file as a wish.

    Args:
        data: The file.
        direction: In which direction flows will run. If the pools of the earlier drawing stand the other way, it is
            turned over first.

    Raises:
        SourceError: The data is no BPMN 2.0 file.
    """
    model = read_elements(parse_bpmn(data, file=None), file=None)
    drawing = read_drawing(model)
    pools = [item for id_, item in drawing.items.items() if model.elements[id_].kind in ("participant", "lane")]
    was_vertical = bool(pools) and all(item.is_horizontal is False for item in pools)
    if not pools:
        was_vertical = direction == "vertical"
    areas: dict[str, tuple[str, Bounds]] = {}
    for id_, item in drawing.items.items():
        area = _area(item)
        if area is not None:
            areas[id_] = item.plane, area.turned() if was_vertical else area
    return Sketch(areas)


def _area(item: EarlierItem) -> Bounds | None:
    if item.bounds is None or max(map(abs, item.bounds)) >= _FARTHEST_PX:
        return None
    x, y, width, height = item.bounds
    return Bounds(round(x), round(y), round(width), round(height))
