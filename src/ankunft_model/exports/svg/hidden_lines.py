"""Which lines would run behind a shape that they have nothing to do with, so that they seem to end there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, Point

_CELL_PX: Final = 200.0
_MOST_CELLS: Final = 10_000
"""What covers more of the plane is not looked at; a bound on the time that a hostile file takes."""
_EDGE_PX: Final = 3.0
"""A line that only grazes a shape is not hidden by it; one that ends so near belongs to it."""

_Cell = tuple[int, int]


class Covers:
    """Shapes that hide what runs behind them.

    Example:
        >>> covers = Covers([Bounds(100, 0, 100, 80)])
        >>> covers.hide([Point(0, 40), Point(300, 40)]), covers.hide([Point(0, 40), Point(100, 40)])
        (True, False)
    """

    def __init__(self, shapes: Iterable[Bounds]) -> None:
        self._shapes: dict[_Cell, list[Bounds]] = {}
        for b in shapes:
            for cell in _cells(b.x, b.y, b.x + b.width, b.y + b.height):
                self._shapes.setdefault(cell, []).append(b)

    def hide(self, way: Sequence[Point]) -> bool:
        """Return whether a line runs behind a shape at which it neither begins nor ends."""
        for one, other in pairwise(way):
            left, right = sorted((one.x, other.x))
            top, bottom = sorted((one.y, other.y))
            for cell in _cells(left, top, right, bottom):
                for b in self._shapes.get(cell, ()):
                    if _crosses(one, other, b) and not (_is_at(way[0], b) or _is_at(way[-1], b)):
                        return True
        return False


def _cells(left: float, top: float, right: float, bottom: float) -> Iterator[_Cell]:
    columns, rows = ((end - begin) / _CELL_PX + 1 for begin, end in ((left, right), (top, bottom)))
    if columns * rows > _MOST_CELLS:
        return
    for column in range(int(left // _CELL_PX), int(right // _CELL_PX) + 1):
        for row in range(int(top // _CELL_PX), int(bottom // _CELL_PX) + 1):
            yield column, row


def _is_at(point: Point, b: Bounds) -> bool:
    return (
        b.x - _EDGE_PX <= point.x <= b.x + b.width + _EDGE_PX and b.y - _EDGE_PX <= point.y <= b.y + b.height + _EDGE_PX
    )


def _crosses(one: Point, other: Point, b: Bounds) -> bool:
    """Return whether a straight line runs through the inside of a shape (clipping by Liang and Barsky, 1984)."""
    begin, end = 0.0, 1.0
    for start, length, low, high in (
        (one.x, other.x - one.x, b.x + _EDGE_PX, b.x + b.width - _EDGE_PX),
        (one.y, other.y - one.y, b.y + _EDGE_PX, b.y + b.height - _EDGE_PX),
    ):
        if length == 0:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / length, (high - start) / length))
        begin, end = max(begin, near), min(end, far)
    return begin < end
