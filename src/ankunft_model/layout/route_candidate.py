"""A possible route of a line (part of phase 7)."""

from __future__ import annotations

from typing import NamedTuple

from ankunft_model.layout.routes import Route


class Candidate(NamedTuple):
    """A possible route, the cells it needs, and its cost without crossings."""

    route: Route
    across: tuple[tuple[int, int, int], ...]
    down: tuple[tuple[int, int, int, int], ...]
    cost: float


def reversed_candidate(candidate: Candidate) -> Candidate:
    """Return the same way from its other end."""
    route = candidate.route
    turned = Route(route.target, tuple(reversed(route.segments)), route.source)
    return Candidate(turned, candidate.across, candidate.down, candidate.cost)
