"""Shortcuts for the tests of single phases: a drawing after each phase."""

from __future__ import annotations

from ankunft_model.layout.cells import ReservedScope, reserve_cells
from ankunft_model.layout.chains import ChainedScope, form_chains
from ankunft_model.layout.columns import ColumnedScope, assign_columns
from ankunft_model.layout.cycles import AcyclicScope, break_cycles
from ankunft_model.layout.graph import LayoutGraph
from ankunft_model.layout.pipeline import lay_out_scope, seen_from_outside
from ankunft_model.layout.routes import RoutedScope
from ankunft_model.layout.routing import choose_routes
from ankunft_model.layout.rows import GriddedScope, assign_rows
from ankunft_model.layout.scopes import part_into_scopes
from ankunft_model.layout.sizes import InnerLayout, SizedScope, size_boxes
from ankunft_model.layout.tracks import TrackedScope, assign_tracks


def sized(graph: LayoutGraph) -> SizedScope:
    """Return the sheet of a drawing with sizes, containers laid out."""
    scopes = part_into_scopes(graph).scopes
    inner: dict[str, InnerLayout] = {}
    for scope in scopes[:-1]:
        assert scope.container is not None
        inner[scope.container] = seen_from_outside(scope, lay_out_scope(scope, inner))
    return size_boxes(scopes[-1], inner)


def acyclic(graph: LayoutGraph) -> AcyclicScope:
    return break_cycles(sized(graph))


def columned(graph: LayoutGraph) -> ColumnedScope:
    return assign_columns(acyclic(graph))


def chained(graph: LayoutGraph) -> ChainedScope:
    return form_chains(columned(graph))


def gridded(graph: LayoutGraph) -> GriddedScope:
    return assign_rows(chained(graph))


def routed(graph: LayoutGraph) -> RoutedScope:
    return choose_routes(gridded(graph))


def tracked(graph: LayoutGraph) -> TrackedScope:
    return assign_tracks(routed(graph))


def reserved(graph: LayoutGraph) -> ReservedScope:
    return reserve_cells(tracked(graph))
