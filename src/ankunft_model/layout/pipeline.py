"""The whole layout: from boxes, lines and bands to their places."""

from __future__ import annotations

from ankunft_model.layout.geometry import Layout
from ankunft_model.layout.graph import LayoutGraph


def lay_out(graph: LayoutGraph) -> Layout:
    """Return the geometry of `graph`; equal input gives equal output."""
    raise NotImplementedError(graph)
