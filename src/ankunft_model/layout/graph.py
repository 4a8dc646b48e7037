"""What is to be laid out: boxes, lines between them, and the bands they lie in.

The layout knows nothing of BPMN or of arrival: a pool or lane is a band, a task or event a box, a flow a line.
All lengths are whole pixels. Declared order is the order of the tuples and settles every tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ankunft_model.layout.geometry import Bounds

BoxKind = Literal["activity", "event", "gateway", "data", "annotation", "container"]
"""How a box is drawn: rounded rectangle, circle, diamond, sheet, open bracket, rectangle with content."""

LineKind = Literal["sequence", "message", "association"]
"""Flow of control (left to right), flow between pools (up and down), or a dotted line to data and annotations."""


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal stripe of the drawing: a pool (`parent` is None) or a lane in the band `parent`.

    Bands lie from top to bottom in declared order. A band without boxes is drawn, too. A `closed` band has no
    content; lines end on its border.
    """

    id: str
    parent: str | None = None
    name: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the drawing.

    Attributes:
        id: Unique among boxes, lines and bands.
        band: The innermost band the box lies in; None outside of all pools. A box with a `parent` or a `host`
            takes the band of that box, its own value is not read.
        kind: How it is drawn.
        width: Least width in pixels. Activities and annotations grow to hold their text, containers to hold their
            content; events, gateways and data keep their size.
        height: Least height in pixels, likewise.
        label: Text inside an activity, annotation or container; text outside of an event, gateway or data box.
        host: The activity or container on whose border this event sits.
        parent: The container in which this box lies.
        is_start: Whether reading may begin here although lines arrive; a box without arriving lines is a start anyway.
    """

    id: str
    band: str | None = None
    kind: BoxKind = "activity"
    width: int = 100
    height: int = 80
    label: str = ""
    host: str | None = None
    parent: str | None = None
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from the box or band `source` to the box or band `target`; it ends in an arrow at `target`.

    Bands as ends are not for sequence lines. `is_default` marks the way usually taken out of a split. With `is_signed`
    a sign is drawn where the line begins (such as that of a condition), so it should not share that place.
    """

    id: str
    source: str
    target: str
    kind: LineKind = "sequence"
    label: str = ""
    is_default: bool = False
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class LayoutGraph:
    """Boxes, lines and bands of one drawing.

    A line may name an end that does not exist; it is then not drawn but listed in `Layout.undrawable_lines`. With
    `is_vertical` bands stand side by side, with their names at the top, and flows run down.

    `groups` are sets of boxes around each of which a frame will be drawn: where flows lead from one to another and not
    back, the first lies wholly left of the second. They may name boxes that do not exist.

    `sketch` has the earlier place of boxes, by id: their order from left to right, and from top to bottom within each
    band, is kept; it may lack boxes and name others.

    Raises:
        ValueError: If an id is used twice, a band, host or parent does not exist, or bands or boxes lie in each
            other in a circle.

    Example:
        >>> graph = LayoutGraph(boxes=(Box("a"), Box("b")), lines=(Line("ab", "a", "b"),))
        >>> graph.boxes[0].kind
        'activity'
    """

    bands: tuple[Band, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    is_vertical: bool = False
    sketch: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    groups: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        ids = [item.id for group in (self.bands, self.boxes, self.lines) for item in group]
        if len(set(ids)) != len(ids):
            double = next(id_ for id_, count in Counter(ids).items() if count > 1)
            raise ValueError(f"the id {double!r} is used twice in the layout graph")
        band_ids = {band.id for band in self.bands}
        box_of = {box.id: box for box in self.boxes}
        for band in self.bands:
            if band.parent is not None and band.parent not in band_ids:
                raise ValueError(f"band {band.id!r} lies in the unknown band {band.parent!r}")
        for box in self.boxes:
            if box.band is not None and box.band not in band_ids:
                raise ValueError(f"box {box.id!r} lies in the unknown band {box.band!r}")
            if box.parent is not None and (box.parent not in box_of or box_of[box.parent].kind != "container"):
                raise ValueError(f"box {box.id!r} lies in {box.parent!r}, which is no container")
            if box.host is not None and (
                box.host not in box_of or box_of[box.host].host is not None or box.kind != "event"
            ):
                raise ValueError(f"box {box.id!r} cannot sit on the border of {box.host!r}")
        _refuse_circles((band.id, band.parent) for band in self.bands)
        _refuse_circles((box.id, box.parent) for box in self.boxes)


def _refuse_circles(parent_pairs: Iterable[tuple[str, str | None]]) -> None:
    """Raise if following the parents from some element leads back to it."""
    parent_of = dict(parent_pairs)
    safe: set[str] = set()
    for start in parent_of:
        path: list[str] = []
        on_path: set[str] = set()
        here: str | None = start
        while here is not None and here not in safe:
            if here in on_path:
                raise ValueError(f"{here!r} lies in itself")
            path.append(here)
            on_path.add(here)
            here = parent_of.get(here)
        safe.update(path)
