"""Find what lies near a rectangle without looking at everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from ankunft_model.layout.geometry import Bounds

CELL_PX = 160
MOST_SQUARES = 20_000
"""What covers more squares is not sorted in but found always; bounds time and memory on drawings of any size."""

Item = TypeVar("Item", int, str)


class SpatialGrid(Generic[Item]):
    """Items by the squares of the plane that their rectangles touch.

    Example:
        >>> grid = SpatialGrid[str]()
        >>> grid.add(Bounds(0, 0, 10, 10), "near")
        >>> grid.add(Bounds(1000, 0, 10, 10), "far")
        >>> list(grid.near(Bounds(5, 5, 1, 1)))
        ['near']
    """

    def __init__(self) -> None:
        self._items: dict[tuple[int, int], list[Item]] = {}
        self._large: list[Item] = []

    def add(self, bounds: Bounds, item: Item) -> None:
        """Put an item where it can be found."""
        if _count_squares(bounds) > MOST_SQUARES:
            self._large.append(item)
            return
        for square in _squares(bounds):
            self._items.setdefault(square, []).append(item)

    def near(self, bounds: Bounds) -> Iterator[Item]:
        """Yield each item that may touch `bounds` once, in the order found."""
        yield from self._large
        seen: set[Item] = set(self._large)
        squares = _squares(bounds) if _count_squares(bounds) <= MOST_SQUARES else self._items
        for square in squares:
            for item in self._items.get(square, ()):
                if item not in seen:
                    seen.add(item)
                    yield item


def _count_squares(bounds: Bounds) -> int:
    return (bounds.width // CELL_PX + 2) * (bounds.height // CELL_PX + 2)


def _squares(bounds: Bounds) -> Iterator[tuple[int, int]]:
    for across in range(bounds.x // CELL_PX, bounds.right // CELL_PX + 1):
        for down in range(bounds.y // CELL_PX, bounds.bottom // CELL_PX + 1):
            yield across, down
