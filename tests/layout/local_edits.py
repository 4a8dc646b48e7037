"""Small changes of a drawing as people make them, and how many boxes a change turns round in the drawing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ankunft_model.layout.geometry import Layout
from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.pipeline import lay_out

from .administrative_processes import administrative_process

EDITS_OF_A_KIND = 4


@dataclass(frozen=True)
class Stability:
    """Which share of the pairs of boxes each of many edits turned round, in ascending order."""

    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean share."""
        return sum(self.shares) / len(self.shares)

    @property
    def none(self) -> float:
        """The share of edits that turned no pair round."""
        return self.shares.count(0) / len(self.shares)

    def reached_by(self, share: float) -> float:
        """Return what this share of the edits does not go beyond; 0.95 is the 95th percentile."""
        return self.shares[min(len(self.shares) - 1, int(share * len(self.shares)))]


def stability(nodes: int, *, lanes: int, seeds: Iterable[int], with_earlier_drawing: bool = False) -> Stability:
    """Return what local edits of generated processes turn round, without the earlier drawing or with it."""
    shares: list[float] = []
    for seed in seeds:
        graph = administrative_process(nodes, lanes=lanes, seed=seed)
        before = lay_out(graph)
        for edited in local_edits(graph, EDITS_OF_A_KIND):
            after = lay_out(replace(edited, sketch=before.boxes) if with_earlier_drawing else edited)
            turned, pairs = turned_round(before, after)
            shares.append(turned / pairs)
    return Stability(tuple(sorted(shares)))


def local_edits(graph: LayoutGraph, count: int, *, seed: int = 7) -> Iterator[LayoutGraph]:
    """Yield the drawing with one task more, one task less, and one flow more, each at `count` places."""
    chosen = random.Random(seed)
    flows = [line for line in graph.lines if line.kind == "sequence"]
    for line in chosen.sample(flows, count):
        yield with_one_task_more(graph, line)
    tasks = [box.id for box in graph.boxes if is_passed_through(graph, box)]
    for task in chosen.sample(tasks, min(count, len(tasks))):
        yield with_one_task_less(graph, task)
    for _ in range(count):
        yield with_one_flow_more(graph, chosen)


def with_one_task_more(graph: LayoutGraph, line: Line) -> LayoutGraph:
    """Return the drawing with a task on one of its flows."""
    band = band_by_box(graph)[line.source]
    lines = tuple(replace(each, target="new") if each.id == line.id else each for each in graph.lines)
    return replace(graph, boxes=(*graph.boxes, Box("new", band)), lines=(*lines, Line("to new", "new", line.target)))


def with_one_task_less(graph: LayoutGraph, task: str) -> LayoutGraph:
    """Return the drawing without a task that has one flow in and one out; the flows are joined."""
    (behind,) = (line for line in graph.lines if line.source == task)
    lines = (
        replace(line, target=behind.target) if line.target == task else line for line in graph.lines if line != behind
    )
    return replace(graph, boxes=tuple(box for box in graph.boxes if box.id != task), lines=tuple(lines))


def with_one_flow_more(graph: LayoutGraph, chosen: random.Random) -> LayoutGraph:
    """Return the drawing with a flow from a box to one that was declared a little later in the same pool."""
    outermost = {band.id: band.parent or band.id for band in graph.bands}
    pool = {box: outermost.get(band or "") for box, band in band_by_box(graph).items()}
    boxes = [box.id for box in graph.boxes if box.kind in ("activity", "gateway")]
    while True:
        place = chosen.randrange(len(boxes) - 2)
        source, target = boxes[place], boxes[min(len(boxes) - 1, place + chosen.randint(2, 5))]
        if pool[source] == pool[target]:
            return replace(graph, lines=(*graph.lines, Line("new", source, target)))


def is_passed_through(graph: LayoutGraph, box: Box) -> bool:
    """Whether a task has one flow in, one flow out, and nothing else at it."""
    kinds_in = [line.kind for line in graph.lines if line.target == box.id]
    kinds_out = [line.kind for line in graph.lines if line.source == box.id]
    is_host = any(other.host == box.id for other in graph.boxes)
    return box.kind == "activity" and not is_host and kinds_in == kinds_out == ["sequence"]


def band_by_box(graph: LayoutGraph) -> dict[str, str | None]:
    """Return the band in which each box lies."""
    box_of = {box.id: box for box in graph.boxes}
    return {box.id: (box_of[box.host] if box.host else box).band for box in graph.boxes}


def turned_round(before: Layout, after: Layout) -> tuple[int, int]:
    """Return how many pairs of boxes in both drawings lie to each other the other way up, and how many pairs are."""
    ys = [(before.boxes[id_].centre.y, after.boxes[id_].centre.y) for id_ in before.boxes if id_ in after.boxes]
    turned = 0
    for place, (y, new_y) in enumerate(ys):
        turned += sum((y - other) * (new_y - new_other) < 0 for other, new_other in ys[:place])
    return turned, len(ys) * (len(ys) - 1) // 2
