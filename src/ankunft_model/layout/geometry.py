"""What comes out of the layout: where everything lies, in whole pixels, x to the right and y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """An upright rectangle: its upper left corner and its size.

    Example:
        >>> Bounds(10, 20, 100, 80).right, Bounds(10, 20, 100, 80).centre
        (110, Point(x=60, y=60))
    """

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The x of the right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The y of the lower border."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle, rounded towards the upper left."""
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def contains(self, other: Bounds) -> bool:
        """Whether `other` lies in this rectangle; borders may touch."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: Bounds, *, by: int = 0) -> bool:
        """Whether the two share an area more than `by` pixels wide and high."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > by
            and min(self.bottom, other.bottom) - max(self.y, other.y) > by
        )

    def grown(self, margin: int) -> Bounds:
        """Return the rectangle made larger by `margin` on each side."""
        return Bounds(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def turned(self) -> Bounds:
        """Return the rectangle with x and y exchanged."""
        return Bounds(self.y, self.x, self.height, self.width)

    def moved(self, dx: int, dy: int) -> Bounds:
        """Return the same rectangle, shifted."""
        return Bounds(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a `LayoutGraph` lies; keys are the ids of the graph, in its declared order.

    Attributes:
        bands: The rectangle of every pool and lane, with the strip that holds its name at the left (`strip_width`).
        boxes: The rectangle of every box.
        box_labels: The rectangle of every text that stands outside of its box (events, gateways, data).
        routes: The points of every line from source to target; the first and last lie on the drawn outline.
        line_labels: The rectangle of every line's text.
        size: The whole drawing; it begins at (0, 0).
        undrawable_lines: Lines without a route because an end does not exist, or cannot be an end of such a line.
        strip_width: Width of the name strip of a band.
    """

    bands: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    boxes: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    box_labels: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    routes: Mapping[str, tuple[Point, ...]] = field(default_factory=dict[str, tuple[Point, ...]])
    line_labels: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    size: Bounds = Bounds(0, 0, 0, 0)
    undrawable_lines: tuple[str, ...] = ()
    strip_width: int = 30

    def turned(self) -> Layout:
        """Return the layout with x and y exchanged: what ran to the right runs down."""
        return replace(
            self,
            bands={id_: area.turned() for id_, area in self.bands.items()},
            boxes={id_: area.turned() for id_, area in self.boxes.items()},
            box_labels={id_: area.turned() for id_, area in self.box_labels.items()},
            routes={id_: tuple(Point(p.y, p.x) for p in route) for id_, route in self.routes.items()},
            line_labels={id_: area.turned() for id_, area in self.line_labels.items()},
            size=self.size.turned(),
        )
