"""The whole layout: from boxes, lines and bands to their places.

Each phase takes what the phase before returns. Numbers are whole and abstract (columns, rows, streets, tracks) up to
the last phase, which alone knows pixels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from ankunft_model.layout.associations import straighten_associations
from ankunft_model.layout.cells import reserve_cells
from ankunft_model.layout.chains import form_chains
from ankunft_model.layout.columns import assign_columns
from ankunft_model.layout.compaction import tighten
from ankunft_model.layout.coordinates import STRIP_WIDTH, coordinate_grid
from ankunft_model.layout.cycles import break_cycles
from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import LayoutGraph
from ankunft_model.layout.placement import PlacedScope, place_scope, straightened
from ankunft_model.layout.route_quality import route_cost
from ankunft_model.layout.routing import choose_routes
from ankunft_model.layout.rows import GriddedScope, assign_rows
from ankunft_model.layout.scopes import BOTTOM, TOP, Scope, ScopeTree, part_into_scopes
from ankunft_model.layout.sizes import FramePort, InnerLayout, size_boxes
from ankunft_model.layout.sketch import grid_of_sketch, has_sketch, is_redrawn
from ankunft_model.layout.tracks import TrackedScope, assign_tracks

MOST_LINES_ROUTED_TWICE = 32
LOW_COST_OF_CROSSING = 0.7
"""In bends; the routes of lines that cross are chosen once more with this weight."""
HIGH_COST_OF_CROSSING = 3.0
"""In large drawings, where lines chosen later add crossings that nobody counted when the first ones chose."""


def lay_out(graph: LayoutGraph) -> Layout:
    """Return the geometry of `graph`; equal input gives equal output.

    Lines whose ends do not exist are left out and named in `Layout.undrawable_lines`. If there is a sketch and the
    drawing comes out like it without help, that is the drawing.

    Example:
        >>> from ankunft_model.layout.graph import Box, Line
        >>> layout = lay_out(LayoutGraph(boxes=(Box("a"), Box("b")), lines=(Line("ab", "a", "b"),)))
        >>> [(point.x, point.y) for point in layout.routes["ab"]]
        [(120, 46), (160, 46)]
    """
    layout = _lay_out_lying(replace(graph, sketch={}) if graph.sketch else graph)
    if graph.sketch and not is_redrawn(graph.sketch, layout.boxes):
        layout = _lay_out_lying(graph)
    return layout.turned() if graph.is_vertical else layout


def _lay_out_lying(graph: LayoutGraph) -> Layout:
    """Return the geometry with flows from left to right, whatever the direction."""
    tree = part_into_scopes(graph)
    placed: dict[str | None, PlacedScope] = {}
    inner: dict[str, InnerLayout] = {}
    for scope in tree.scopes:
        placed[scope.container] = lay_out_scope(scope, inner)
        if scope.container is not None:
            inner[scope.container] = seen_from_outside(scope, placed[scope.container])
    return straighten_associations(graph, _assembled(graph, tree, placed))


def lay_out_scope(scope: Scope, inner: Mapping[str, InnerLayout]) -> PlacedScope:
    """Return the geometry of one scope, given what is known of the inside of its containers."""
    sized = size_boxes(scope, inner)
    acyclic = break_cycles(sized)
    drawn = grid_of_sketch(acyclic) if has_sketch(acyclic) else assign_rows(form_chains(assign_columns(acyclic)))
    gridded = _with_nested_exits(drawn, inner)
    reserved = reserve_cells(_on_tracks(gridded))
    return place_scope(tighten(coordinate_grid(reserved)))


def _with_nested_exits(gridded: GriddedScope, inner: Mapping[str, InnerLayout]) -> GriddedScope:
    """Return the grid with the events on each border in such an order that the ways from them lie in each other.

    The further down an event's way leads, the further left the event stands.
    """
    acyclic = gridded.columned.acyclic
    scope = acyclic.sized.scope
    depth: dict[int, int] = {}
    for line in scope.lines:
        source, target = line.source.box, line.target.box
        if source is not None and target is not None and scope.boxes[source].host is not None and line.is_flow:
            depth[source] = max(depth.get(source, 0), gridded.row[target])
    hosts = [scope.boxes[event].host for event in depth]
    if len(set(hosts)) == len(hosts):
        return gridded
    sized = size_boxes(scope, inner, {event: -row for event, row in depth.items()})
    columned = replace(gridded.columned, acyclic=replace(acyclic, sized=sized))
    return replace(gridded, columned=columned)


def _on_tracks(gridded: GriddedScope) -> TrackedScope:
    """Return routes on tracks; where lines cross in a small drawing, the better of two ways to weigh crossings."""
    if len(gridded.columned.acyclic.sized.scope.lines) > MOST_LINES_ROUTED_TWICE:
        return assign_tracks(choose_routes(gridded, cost_of_crossing=HIGH_COST_OF_CROSSING))
    tracked = assign_tracks(choose_routes(gridded))
    cost, crossings = route_cost(tracked)
    if not crossings:
        return tracked
    other = assign_tracks(choose_routes(gridded, cost_of_crossing=LOW_COST_OF_CROSSING))
    return other if route_cost(other)[0] < cost else tracked


def seen_from_outside(scope: Scope, placed: PlacedScope) -> InnerLayout:
    """Return what the scope around a container needs to know of its inside."""
    ports: dict[tuple[str, int], FramePort] = {}
    for line in scope.lines:
        points = placed.routes[line.line.id]
        for end, point in ((line.source, points[0]), (line.target, points[-1])):
            if end.box is None and end.band is None and end.side in (TOP, BOTTOM):
                ports[line.line.id, end.side] = FramePort(end.side, point.x)
    return InnerLayout(placed.width, placed.height, ports)


def _assembled(graph: LayoutGraph, tree: ScopeTree, placed: Mapping[str | None, PlacedScope]) -> Layout:
    """Put the scopes into each other and join the pieces of lines."""
    boxes: dict[str, Bounds] = {}
    box_labels: dict[str, Bounds] = {}
    line_labels: dict[str, Bounds] = {}
    pieces: dict[str, list[tuple[Point, ...]]] = {}
    for scope in reversed(tree.scopes):
        part = placed[scope.container]
        corner = boxes[scope.container] if scope.container is not None else Bounds(0, 0, 0, 0)
        boxes.update((id_, bounds.moved(corner.x, corner.y)) for id_, bounds in part.boxes.items())
        box_labels.update((id_, bounds.moved(corner.x, corner.y)) for id_, bounds in part.box_labels.items())
        line_labels.update((id_, bounds.moved(corner.x, corner.y)) for id_, bounds in part.line_labels.items())
        for id_, points in part.routes.items():
            pieces.setdefault(id_, []).append(tuple(Point(p.x + corner.x, p.y + corner.y) for p in points))
    root = placed[None]
    routes = {line.id: _joined(pieces[line.id]) for line in graph.lines if line.id in pieces}
    return Layout(
        bands={band.id: root.bands[band.id] for band in graph.bands},
        boxes={box.id: boxes[box.id] for box in graph.boxes},
        box_labels={box.id: box_labels[box.id] for box in graph.boxes if box.id in box_labels},
        routes=routes,
        line_labels={line.id: line_labels[line.id] for line in graph.lines if line.id in line_labels},
        size=Bounds(0, 0, root.width, root.height),
        undrawable_lines=tree.undrawable_lines,
        strip_width=STRIP_WIDTH,
    )


def _joined(pieces: list[tuple[Point, ...]]) -> tuple[Point, ...]:
    """Return one way from pieces given outermost first; each further piece continues one end of those before.

    A container that is larger than its content, for its name, leaves a gap between two pieces, which is bridged.
    """
    way = list(pieces[0])
    for piece in pieces[1:]:
        if math.dist((piece[0].x, piece[0].y), (way[-1].x, way[-1].y)) <= math.dist(
            (piece[-1].x, piece[-1].y), (way[0].x, way[0].y)
        ):
            way += piece
        else:
            way = [*piece, *way]
    return straightened(way)
