"""Random drawings for the property tests of the layout."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from ankunft_model.layout.graph import Band, Box, BoxKind, LayoutGraph, Line, LineKind

SIZES: dict[BoxKind, tuple[int, int]] = {
    "activity": (100, 80),
    "event": (36, 36),
    "gateway": (50, 50),
    "data": (36, 50),
    "annotation": (100, 30),
    "container": (100, 80),
}
TEXTS = ("", "ja", "Antrag prüfen", "Aufenthaltserlaubnis erteilen", "Zuständigkeit klären und Unterlagen anfordern")
KINDS: tuple[BoxKind, ...] = ("activity", "activity", "event", "gateway", "data", "annotation", "container")
LINE_KINDS: tuple[LineKind, ...] = ("sequence", "sequence", "sequence", "message", "association")


@dataclass
class _Drawing:
    bands: list[Band] = field(default_factory=list)
    leaves: list[str | None] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@st.composite
def layout_graphs(draw: st.DrawFn, *, max_boxes: int = 14) -> LayoutGraph:
    """Return any legal drawing: pools, lanes, nested lanes, loops, boundary events, containers, dangling lines."""
    drawing = _Drawing()
    _draw_bands(draw, drawing)
    _draw_boxes(draw, drawing, max_boxes)
    names = [box.id for box in drawing.boxes]
    lines = []
    for number in range(draw(st.integers(0, 2 * len(names)))):
        kind = draw(st.sampled_from(LINE_KINDS))
        ends = [*names, *drawing.closed] if kind == "message" else names
        source, target = draw(st.sampled_from(ends)), draw(st.sampled_from([*ends, "nowhere"]))
        label = draw(st.sampled_from(TEXTS))
        lines.append(Line(f"line{number}", source, target, kind, label, is_default=draw(st.booleans())))
    groups = draw(st.lists(st.lists(st.sampled_from([*names, "nowhere"]), min_size=1, max_size=4), max_size=3))
    return LayoutGraph(
        tuple(drawing.bands), tuple(drawing.boxes), tuple(lines), groups=tuple(tuple(group) for group in groups)
    )


def _draw_bands(draw: st.DrawFn, drawing: _Drawing) -> None:
    for pool in range(draw(st.integers(0, 3))):
        shape = draw(st.sampled_from(("plain", "closed", "lanes", "nested lanes")))
        id_ = f"pool{pool}"
        drawing.bands.append(Band(id_, name=draw(st.sampled_from(TEXTS)), closed=shape == "closed"))
        if shape == "closed":
            drawing.closed.append(id_)
        elif shape == "plain":
            drawing.leaves.append(id_)
        for lane in range(2 if "lanes" in shape else 0):
            lane_id = f"{id_}lane{lane}"
            drawing.bands.append(Band(lane_id, id_, draw(st.sampled_from(TEXTS))))
            if shape == "nested lanes" and lane == 0:
                drawing.bands += [Band(f"{lane_id}{inner}", lane_id) for inner in "ab"]
                drawing.leaves += [f"{lane_id}a", f"{lane_id}b"]
            else:
                drawing.leaves.append(lane_id)
    if not drawing.leaves or draw(st.booleans()):
        drawing.leaves.append(None)


def _draw_boxes(draw: st.DrawFn, drawing: _Drawing, max_boxes: int) -> None:
    containers: list[str] = []
    hosts: list[str] = []
    for number in range(draw(st.integers(1, max_boxes))):
        kind = draw(st.sampled_from(KINDS))
        host = draw(st.sampled_from(hosts)) if kind == "event" and hosts and draw(st.booleans()) else None
        parent = draw(st.sampled_from(containers)) if containers and host is None and draw(st.booleans()) else None
        width, height = SIZES[kind]
        id_ = f"box{number}"
        band = draw(st.sampled_from(drawing.leaves))
        label = draw(st.sampled_from(TEXTS))
        drawing.boxes.append(Box(id_, band, kind, width, height, label, host, parent))
        if kind == "container":
            containers.append(id_)
        if kind in ("activity", "container"):
            hosts.append(id_)
