"""A drawing of closed pools and the messages between them: each message in a column of its own, its name beside it.

A tool writes the name of a closed pool into its middle, whatever passes there; so messages that pass a pool go by to
the left and to the right of the names, and only those between neighbours stand in the middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ankunft_model.layout.geometry import Bounds, Layout, Point
from ankunft_model.layout.graph import Band, Line
from ankunft_model.layout.text_metrics import INNER_FONT_PX, WIDE_FONT_PERCENT, TextBlock, measure, text_width

_POOL_HEIGHT_PX: Final = 60
_LEAST_GAP_PX: Final = 36
_MARGIN_PX: Final = 16
"""Beside a column, beside a name, and between the outermost message and the end of the pool."""
_BESIDE_LINE_PX: Final = 8
_ABOVE_LABEL_PX: Final = 8
_MOST_NAME_PX: Final = 320
"""Longer names are broken into lines by every tool."""
_LEAST_WIDTH_PX: Final = 300


@dataclass(frozen=True, slots=True)
class _Message:
    """A message flow between two pools, by their places from top to bottom."""

    line: Line
    source: int
    target: int
    label: TextBlock

    @property
    def upper(self) -> int:
        return min(self.source, self.target)

    @property
    def lower(self) -> int:
        return max(self.source, self.target)

    @property
    def passes(self) -> bool:
        """Whether it passes another pool."""
        return self.lower - self.upper > 1

    @property
    def gap(self) -> int:
        """The gap, by the pool above it, in which its name stands: beside the pool that sends it."""
        return self.source if self.source < self.target else self.source - 1


def draw_closed_pools(pools: Sequence[Band], lines: Iterable[Line]) -> Layout:
    """Return where closed pools and the messages between them lie, from top to bottom in declared order.

    Args:
        pools: Without content.
        lines: Messages from pool to pool; others are not drawn.
    """
    place = {pool.id: number for number, pool in enumerate(pools)}
    lines = tuple(lines)
    messages = [
        _Message(line, place[line.source], place[line.target], measure(line.label))
        for line in lines
        if line.source in place and line.target in place and line.source != line.target
    ]
    x_of, width = _columns(messages, _room_for_names(pools))
    tops = _tops(len(pools), messages)
    routes: dict[str, tuple[Point, ...]] = {}
    labels: dict[str, Bounds] = {}
    for message in messages:
        x = x_of[message.line.id]
        upper, lower = tops[message.upper] + _POOL_HEIGHT_PX, tops[message.lower]
        ends = (Point(x, upper), Point(x, lower))
        is_down = message.source < message.target
        routes[message.line.id] = ends if is_down else ends[::-1]
        if message.line.label:
            room = (tops[message.gap] + _POOL_HEIGHT_PX, tops[message.gap + 1])
            top = (sum(room) - message.label.height) // 2
            labels[message.line.id] = Bounds(x + _BESIDE_LINE_PX, top, message.label.width, message.label.height)
    bands = {pool.id: Bounds(0, top, width, _POOL_HEIGHT_PX) for pool, top in zip(pools, tops, strict=True)}
    return Layout(
        bands=bands,
        routes=routes,
        line_labels=labels,
        size=Bounds(0, 0, width, tops[-1] + _POOL_HEIGHT_PX if pools else 0),
        undrawable_lines=tuple(line.id for line in lines if line.id not in routes),
    )


def _room_for_names(pools: Iterable[Band]) -> int:
    widths = [text_width(pool.name, INNER_FONT_PX) * WIDE_FONT_PERCENT // 100 for pool in pools]
    return min(max(widths, default=0), _MOST_NAME_PX) + 2 * _MARGIN_PX


def _tops(pools: int, messages: Iterable[_Message]) -> list[int]:
    """Return the upper border of each pool; gaps are as high as the names in them."""
    gaps = [_LEAST_GAP_PX] * max(pools - 1, 0)
    for message in messages:
        gaps[message.gap] = max(gaps[message.gap], message.label.height + 2 * _ABOVE_LABEL_PX)
    tops = [0]
    for gap in gaps:
        tops.append(tops[-1] + _POOL_HEIGHT_PX + gap)
    return tops[:pools]


def _columns(messages: Sequence[_Message], names: int) -> tuple[dict[str, int], int]:
    """Return the x of each message, by the id of its line, and the width of the pools.

    In one column stand messages that have no gap in common. Columns in which all go to a neighbour lie in the middle.
    """
    passing = _packed([message for message in messages if message.passes])
    half = (len(passing) + 1) // 2
    left, right = passing[:half], passing[half:]
    middle = _packed([message for message in messages if not message.passes])
    widths = [sum(map(_width, columns)) for columns in (left, middle, right)]
    beside = max(widths[0], widths[2])
    inner = max(names, widths[1])
    width = max(2 * beside + inner + 2 * _MARGIN_PX, _LEAST_WIDTH_PX)
    beside += (width - 2 * beside - inner - 2 * _MARGIN_PX) // 2
    begins = (
        _MARGIN_PX + beside - widths[0],
        _MARGIN_PX + beside + (inner - widths[1]) // 2,
        _MARGIN_PX + beside + inner,
    )
    x_of: dict[str, int] = {}
    for columns, begin in zip((left, middle, right), begins, strict=True):
        x = begin + _MARGIN_PX // 2
        for column in columns:
            x_of.update((message.line.id, x) for message in column)
            x += _width(column)
    return x_of, width


def _packed(messages: Sequence[_Message]) -> list[list[_Message]]:
    """Return columns for messages, as few as possible, those from further up first."""
    columns: list[list[_Message]] = []
    for message in sorted(messages, key=lambda one: (one.upper, one.lower)):
        free = next((column for column in columns if column[-1].lower <= message.upper), None)
        if free is None:
            columns.append([message])
        else:
            free.append(message)
    return columns


def _width(column: Sequence[_Message]) -> int:
    return _BESIDE_LINE_PX + max(message.label.width for message in column) + _MARGIN_PX
