from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings

from ankunft_model.layout.cells import reserve_cells
from ankunft_model.layout.compaction import tighten
from ankunft_model.layout.coordinates import coordinate_grid
from ankunft_model.layout.geometry import Point
from ankunft_model.layout.graph import LayoutGraph
from ankunft_model.layout.placement import place_scope
from ankunft_model.layout.route_quality import COST_OF_CROSSING, route_cost

from .layout_graphs import layout_graphs
from .phases import tracked


def crossings(one: tuple[Point, ...], other: tuple[Point, ...]) -> int:
    """Return how often two routes cross, segment by segment."""
    return sum(_cross(a, b) or _cross(b, a) for a in pairwise(one) for b in pairwise(other))


def _cross(across: tuple[Point, Point], down: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = across, down
    if a.y != b.y or c.x != d.x:
        return False
    return min(a.x, b.x) < c.x < max(a.x, b.x) and min(c.y, d.y) < a.y < max(c.y, d.y)


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_crossings_counted_on_the_grid_are_those_of_the_drawing(graph: LayoutGraph) -> None:
    result = tracked(graph)

    routes = place_scope(tighten(coordinate_grid(reserve_cells(result)))).routes
    cost, counted = route_cost(result)

    assert counted == sum(crossings(one, other) for one, other in combinations(routes.values(), 2))
    assert cost >= COST_OF_CROSSING * counted
