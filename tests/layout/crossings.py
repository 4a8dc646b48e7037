"""Count the crossings of a layout."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from ankunft_model.layout.geometry import Layout


def count_crossings(layout: Layout) -> int:
    """Return how often a horizontal part of one line crosses a vertical part of another."""
    across = sorted(
        (a.y, min(a.x, b.x), max(a.x, b.x), id_)
        for id_, route in layout.routes.items()
        for a, b in pairwise(route)
        if a.y == b.y
    )
    heights = [part[0] for part in across]
    count = 0
    for id_, route in layout.routes.items():
        for a, b in pairwise(route):
            if a.x == b.x:
                low, high = sorted((a.y, b.y))
                for place in range(bisect_right(heights, low), bisect_left(heights, high)):
                    _, first, last, other = across[place]
                    count += first < a.x < last and other != id_
    return count
