"""Phase 1: part the drawing into scopes, one for the sheet and one for the inside of each container.

A scope is laid out by itself, innermost first; for the scope around it, a container is one box. A line that leaves a
container is cut at its border: inside it ends at the frame, outside it begins at the container.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ankunft_model.layout.geometry import Bounds
from ankunft_model.layout.graph import Band, BoxKind, LayoutGraph, Line

TOP = -1
"""The upper side of a box, band or frame."""
BOTTOM = 1
"""The lower side."""
GUEST_CLEARANCE = 4
"""Distance of an event on the border of a container from what lies inside."""


@dataclass(frozen=True, slots=True)
class ScopeBox:
    """A box among its neighbours: `host` is the place of the host in `Scope.boxes`."""

    id: str
    kind: BoxKind
    width: int
    height: int
    label: str
    band: str | None
    host: int | None
    is_start: bool


@dataclass(frozen=True, slots=True)
class End:
    """Where a piece of a line ends.

    Attributes:
        box: Place in `Scope.boxes`, or None where the line ends on a border.
        band: The band on whose border it ends, or None for the frame of the container.
        side: `TOP` or `BOTTOM` where that is fixed (at the frame, and at a container whose inside the line enters),
            else 0.
    """

    box: int | None = None
    band: str | None = None
    side: int = 0


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """The piece of `line` in one scope; `carries_label` is true for one piece of each line."""

    line: Line
    source: End
    target: End
    carries_label: bool

    @property
    def is_flow(self) -> bool:
        """Whether the piece orders two boxes of its scope from left to right."""
        return self.line.kind == "sequence" and self.source.box is not None and self.target.box is not None


@dataclass(frozen=True, slots=True)
class Scope:
    """The boxes of one container (or of the sheet, `container` is None) and the pieces of lines among them.

    `groups` are sets of places in `boxes` that get frames, and lie beside each other where flows allow it.
    `clearance` is how many pixels above the lower border of the container stay free for the events that sit on it.
    With `is_vertical` the scope is laid out like any other and turned over at the end, x becoming y; only texts know,
    because they do not turn: what is here their width is their height.
    """

    container: str | None
    bands: tuple[Band, ...]
    boxes: tuple[ScopeBox, ...]
    lines: tuple[ScopeLine, ...]
    clearance: int = 0
    is_vertical: bool = False
    sketch: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    groups: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeTree:
    """All scopes, each container's after those inside of it, the sheet last; and the lines that cannot be drawn."""

    scopes: tuple[Scope, ...]
    undrawable_lines: tuple[str, ...]


def part_into_scopes(graph: LayoutGraph) -> ScopeTree:
    """Return the scopes of `graph`.

    Postcondition: every box stands in exactly one scope; every line has a piece in each scope it passes, or is listed
    as undrawable.
    """
    return _Parting(graph).tree()


class _Parting:
    """The tables needed while a graph is parted."""

    def __init__(self, graph: LayoutGraph) -> None:
        self.graph = graph
        self.box_of = {box.id: box for box in graph.boxes}
        self.scope_of: dict[str, str | None] = {}
        for box in graph.boxes:
            self.scope_of[box.id] = box.parent if box.host is None else self.box_of[box.host].parent
        self.band_order = {band.id: place for place, band in enumerate(bands_in_reading_order(graph.bands))}
        self.member_ids: dict[str | None, list[str]] = {None: []}
        for box in graph.boxes:
            self.member_ids.setdefault(self.scope_of[box.id], []).append(box.id)
        self.place_of = {id_: place for ids in self.member_ids.values() for place, id_ in enumerate(ids)}
        self.clearance_of: dict[str, int] = {}
        for box in graph.boxes:
            if box.host is not None:
                needed = box.height // 2 + GUEST_CLEARANCE
                self.clearance_of[box.host] = max(self.clearance_of.get(box.host, 0), needed)
        self.pieces: dict[str | None, list[ScopeLine]] = {}
        self.undrawable: list[str] = []
        self.groups: dict[str | None, list[frozenset[int]]] = {}

    def tree(self) -> ScopeTree:
        for line in self.graph.lines:
            self._cut(line)
        self._raise_groups()
        containers = [box.id for box in self.graph.boxes if box.kind == "container"]
        depth_of: dict[str, int] = {}
        for container in containers:
            depth_of[container] = len(self._chain(container))
        containers.sort(key=lambda id_: -depth_of[id_])
        scopes = [self._scope(container) for container in containers]
        return ScopeTree((*scopes, self._scope(None)), tuple(self.undrawable))

    def _scope(self, container: str | None) -> Scope:
        members = [self.box_of[id_] for id_ in self.member_ids.get(container, [])]
        boxes = tuple(
            ScopeBox(
                box.id,
                box.kind,
                box.width,
                box.height,
                box.label,
                None if container is not None else (self.box_of[box.host] if box.host else box).band,
                None if box.host is None else self.place_of[box.host],
                box.is_start,
            )
            for box in members
        )
        bands = self.graph.bands if container is None else ()
        clearance = 0 if container is None else self.clearance_of.get(container, 0)
        return Scope(
            container,
            bands,
            boxes,
            tuple(self.pieces.get(container, [])),
            clearance,
            self.graph.is_vertical,
            self.graph.sketch,
            tuple(self.groups.get(container, [])),
        )

    def _chain(self, id_: str) -> list[str]:
        """Return the box and the containers around it, innermost first."""
        chain = [id_]
        around = self.scope_of[id_]
        while around is not None:
            chain.append(around)
            around = self.scope_of[around]
        return chain

    def _raise_groups(self) -> None:
        """Find the boxes of each group in each scope; around a container that is the container."""
        for group in self.graph.groups:
            members: dict[str | None, set[int]] = {}
            for id_ in group:
                for here in self._chain(id_) if id_ in self.box_of else ():
                    members.setdefault(self.scope_of[here], set()).add(self.place_of[here])
            for scope, places in members.items():
                self.groups.setdefault(scope, []).append(frozenset(places))

    def _cut(self, line: Line) -> None:
        source_is_band, target_is_band = line.source in self.band_order, line.target in self.band_order
        if self._stays_inside(line) and not source_is_band and not target_is_band:
            source, target = End(self.place_of[line.source]), End(self.place_of[line.target])
            self.pieces.setdefault(self.scope_of[line.source], []).append(
                ScopeLine(line, source, target, carries_label=True)
            )
            return
        known = all(end in self.box_of or end in self.band_order for end in (line.source, line.target))
        bands_allowed = line.kind != "sequence" and line.source != line.target
        if not known or ((source_is_band or target_is_band) and not bands_allowed):
            self.undrawable.append(line.id)
            return
        source_chain = [] if source_is_band else self._chain(line.source)
        target_chain = [] if target_is_band else self._chain(line.target)
        shared = set(source_chain) & set(target_chain)
        if line.source == line.target:
            shared.discard(line.source)
        side_of_source, side_of_target = self._frame_sides(line, source_chain, target_chain)
        source_steps = [id_ for id_ in source_chain if id_ not in shared]
        target_steps = [id_ for id_ in target_chain if id_ not in shared]
        around = next((id_ for id_ in source_chain if id_ in shared), None)
        drawn: list[tuple[str | None, End, End]] = []
        for place, id_ in enumerate(source_steps[:-1]):
            inner = End(self.place_of[id_], side=side_of_source if place else 0)
            drawn.append((self.scope_of[id_], inner, End(side=side_of_source)))
        if not source_steps and not source_is_band:  # a container and a box inside it
            outermost = End(side=side_of_target)
        elif source_is_band:
            outermost = End(band=line.source)
        else:
            outermost = End(self.place_of[source_steps[-1]], side=side_of_source if len(source_steps) > 1 else 0)
        if not target_steps and not target_is_band:
            innermost = End(side=side_of_source)
        elif target_is_band:
            innermost = End(band=line.target)
        else:
            innermost = End(self.place_of[target_steps[-1]], side=side_of_target if len(target_steps) > 1 else 0)
        drawn.append((around, outermost, innermost))
        for place, id_ in reversed(list(enumerate(target_steps[:-1]))):
            inner = End(self.place_of[id_], side=side_of_target if place else 0)
            drawn.append((self.scope_of[id_], End(side=side_of_target), inner))
        label_at = len(source_steps[:-1])  # outside of all containers that the line leaves or enters
        for place, (scope, source, target) in enumerate(drawn):
            self.pieces.setdefault(scope, []).append(ScopeLine(line, source, target, place == label_at))

    def _stays_inside(self, line: Line) -> bool:
        """Whether a line joins two boxes of one scope, as most do."""
        if line.source not in self.box_of or line.target not in self.box_of or line.source == line.target:
            return False
        return self.scope_of[line.source] == self.scope_of[line.target]

    def _frame_sides(self, line: Line, source_chain: list[str], target_chain: list[str]) -> tuple[int, int]:
        """Return through which side of its containers the line leaves the source and enters the target."""
        first, last = self._band_place(line.source, source_chain), self._band_place(line.target, target_chain)
        if first < last:
            return BOTTOM, TOP
        if first > last:
            return TOP, BOTTOM
        return (TOP, TOP) if line.kind == "association" else (BOTTOM, BOTTOM)

    def _band_place(self, id_: str, chain: list[str]) -> int:
        """Return how far down the band of an end lies."""
        if not chain:
            return self.band_order[id_]
        box = self.box_of[chain[-1]]
        band = (self.box_of[box.host] if box.host else box).band
        return -1 if band is None else self.band_order[band]


def bands_in_reading_order(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """Return the bands as they lie from top to bottom, each before those inside of it."""
    inside: dict[str | None, list[Band]] = {}
    for band in bands:
        inside.setdefault(band.parent, []).append(band)
    ordered: list[Band] = []
    waiting = list(reversed(inside.get(None, [])))
    while waiting:
        band = waiting.pop()
        ordered.append(band)
        waiting.extend(reversed(inside.get(band.id, [])))
    return tuple(ordered)
