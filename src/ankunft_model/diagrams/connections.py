"""The lines of each drawing, and what stands beside others: annotations, data, members of groups."""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.diagrams.earlier import EarlierDrawing
from ankunft_model.diagrams.plane import HIDDEN, LINE_KIND_OF, Places, Plane
from ankunft_model.diagrams.semantics import (
    CONNECTIONS,
    DATA,
    DATA_ASSOCIATIONS,
    GATEWAYS,
    BpmnFile,
    Element,
    children,
)
from ankunft_model.layout.graph import Band, Line, LineKind


def connect(file: BpmnFile, drawing: EarlierDrawing, planes: list[Plane], places: Places) -> None:
    """Add lines and members of groups to `planes`; what cannot be drawn is noted."""
    _Connecting(file, drawing, planes, places).connect()


class _Connecting:
    """The tables needed while lines are added."""

    def __init__(self, file: BpmnFile, drawing: EarlierDrawing, planes: list[Plane], places: Places) -> None:
        self.file = file
        self.drawing = drawing
        self.planes = planes
        self.places = places
        self.plane_of = places.plane_of

    def connect(self) -> None:
        """Add the lines, to the drawing in which both ends stand."""
        loose: list[tuple[Line, Element]] = []
        for element in self.file.elements.values():
            if element.kind not in CONNECTIONS:
                continue
            line = self._line(element)
            if line is None:
                continue
            if self._is_loose(line.source) or self._is_loose(line.target):
                loose.append((line, element))
                continue
            found = self._common_plane(line, element)
            if found is not None and self._is_refused(found[1]):
                self.file.note("end-not-drawn", element.id, f"{line.source} – {line.target}")
            elif found is not None:
                found[0].lines.append(found[1])
                self.plane_of[line.id] = found[0]
        for line, element in loose:
            planes = [self.plane_of.get(end) for end in (line.source, line.target)]
            if line.kind != "association":  # only a dotted line may end on a line or on a group, and run aslant
                wrong = line.source if self._is_loose(line.source) else line.target
                self.file.note("end-not-drawn", element.id, wrong)
            elif planes[0] is None or planes[0] is not planes[1]:
                missing = next((end for end in (line.source, line.target) if end not in self.plane_of), line.target)
                self.file.note("end-not-drawn", element.id, missing)
            else:
                planes[0].loose_lines.append(line)
                self.plane_of[line.id] = planes[0]
        for plane in self.planes:
            self._fill_groups(plane)
            self._anchor_loose_lines(plane)
            self._move_artefacts_to_partners(plane)

    def _is_refused(self, line: Line) -> bool:
        """Whether a line ends on a pool or lane that it cannot end on."""
        bands = {end for end in (line.source, line.target) if self.file.elements[end].kind in ("participant", "lane")}
        return bool(bands) and (line.kind == "sequence" or line.source == line.target)

    def _is_loose(self, end: str) -> bool:
        kind = self.file.elements[end].kind
        return kind in CONNECTIONS or kind == "group"

    def _line(self, element: Element) -> Line | None:
        """Return the connection with the ends that the file names, or None if one is missing."""
        source, target = self.file.ends(element)
        kind: LineKind = LINE_KIND_OF.get(element.kind, "association")
        if element.kind in DATA_ASSOCIATIONS:
            data = source if element.kind == "dataInputAssociation" else target
            is_drawn = data in self.plane_of or data in self.places.reference_of
            if not data or (data in self.file.elements and not is_drawn):
                return None  # a mapping inside of the activity; it is never drawn
        ends: list[str] = []
        for end in (source, target):
            if end not in self.file.elements:
                self.file.note("missing-end", element.id, end or "–")
                return None
            ends.append(end if end in self.plane_of else self.places.reference_of.get(end, end))
        label = element.name if kind != "association" else ""
        is_default = element.id in self.places.defaults
        has_condition = next(children(element.node, "conditionExpression"), None) is not None
        is_signed = is_default or (has_condition and self.file.elements[source].kind not in GATEWAYS)
        return Line(element.id, ends[0], ends[1], kind, label, is_default, is_signed)

    def _common_plane(self, line: Line, element: Element) -> tuple[Plane, Line] | None:
        """Return the drawing of a line, its ends raised to collapsed sub-processes where they lie inside of such."""
        chains = [self._raised(end) for end in (line.source, line.target)]
        for number, chain in enumerate(chains):
            if not chain:
                self.file.note("end-not-drawn", element.id, (line.source, line.target)[number])
                return None
        planes_of_target = {id(self.plane_of[end]): end for end in reversed(chains[1])}
        for source in chains[0]:
            target = planes_of_target.get(id(self.plane_of[source]))
            if target is None:
                continue
            if (source, target) != (line.source, line.target):
                self.file.note("end-in-other-diagram", element.id, source if source != line.source else target)
                if source == target:
                    return None
            return self.plane_of[source], replace(line, source=source, target=target)
        self.file.note("end-not-drawn", element.id, line.target)
        return None

    def _raised(self, end: str) -> list[str]:
        """Return the end and the collapsed sub-processes around it, as far as they are drawn."""
        found: list[str] = []
        here = end
        while here:
            if here in self.plane_of and (here == end or here in self.places.collapsed):
                found.append(here)
            here = self.file.elements[here].holder
        return found

    def _anchor_loose_lines(self, plane: Plane) -> None:
        """Find the boxes near which the ends of lines to lines and groups lie: where the other line begins."""
        ends_of = {line.id: (line.source, line.target) for line in (*plane.lines, *plane.loose_lines)}
        for line in plane.loose_lines:
            anchors: list[str] = []
            for end, other in ((line.source, line.target), (line.target, line.source)):
                seen: set[str] = set()
                here = end
                while here in ends_of and here not in seen:
                    seen.add(here)
                    here = next((there for there in ends_of[here] if there != other), here)
                if here in plane.groups:
                    here = next(iter(plane.groups[here]), here)
                anchors.append(here)
            if anchors[0] != anchors[1] and not any(end in ends_of or end in plane.groups for end in anchors):
                plane.anchors[line.id] = anchors[0], anchors[1]

    def _move_artefacts_to_partners(self, plane: Plane) -> None:
        """Put annotations and data into the lane of the node that they are tied to first, or beside the pool."""
        pools = {band.id for band in plane.bands if band.parent is None}
        band_of = {box.id: box.band for box in plane.boxes if box.parent is None and box.host is None}
        host_of = {box.id: box.host for box in plane.boxes if box.host is not None}
        moved: dict[str, str | None] = {}
        for line in plane.graph().lines:
            if line.kind != "association":
                continue
            for here, there in ((line.source, line.target), (line.target, line.source)):
                there = host_of.get(there, there) or there
                if here in moved or here not in band_of or not self._is_artefact(here):
                    continue
                if there in pools and band_of[here] is None:
                    moved[here] = self._band_beside(plane, there)
                elif there in band_of and not self._is_artefact(there):
                    moved[here] = band_of[there]
        inside = {band.parent: band.id for band in reversed(plane.bands)}
        for place, box in enumerate(plane.boxes):
            if box.id not in moved and box.id in band_of and box.band in inside and self._is_artefact(box.id):
                first: str | None = box.band  # beside the lanes of its pool nothing should lie
                while first in inside and first is not None:
                    first = inside[first]
                plane.boxes[place] = replace(box, band=first)
            elif box.id in moved and self._is_in(plane, moved[box.id], box.band):
                plane.boxes[place] = replace(box, band=moved[box.id])

    def _band_beside(self, plane: Plane, pool: str) -> str:
        """Return a band without a frame just above a pool."""
        band = f"{HIDDEN}{pool}"
        if band not in plane.hidden:
            place = next(place for place, other in enumerate(plane.bands) if other.id == pool)
            plane.bands.insert(place, Band(band))
            plane.hidden.add(band)
        return band

    def _is_artefact(self, id_: str) -> bool:
        kind = self.file.elements[id_].kind
        return kind in DATA or kind == "textAnnotation"

    def _is_in(self, plane: Plane, band: str | None, outer: str | None) -> bool:
        parent_of = {band.id: band.parent for band in plane.bands}
        while band is not None and band != outer:
            band = parent_of[band]
        return band == outer

    def _fill_groups(self, plane: Plane) -> None:
        """Find the members of each group: what names its category, else what it was drawn around."""
        if not plane.groups:
            return
        members_of: dict[str, list[str]] = {}
        for box in plane.boxes:
            for reference in children(self.file.elements[box.id].node, "categoryValueRef"):
                members_of.setdefault(self.file.resolve(reference.text), []).append(box.id)
        for group in plane.groups:
            category = self.file.resolve(self.file.elements[group].node.get("categoryValueRef"))
            plane.groups[group] = members_of.get(category, []) if category else []
            if not plane.groups[group]:
                plane.groups[group] = self._drawn_inside(plane, group)
                plane.groups_by_place.add(group)

    def _drawn_inside(self, plane: Plane, group: str) -> list[str]:
        old = self.drawing.items.get(group)
        if old is None or old.bounds is None:
            return []
        x, y, width, height = old.bounds
        found: list[str] = []
        for box in plane.boxes:
            item = self.drawing.items.get(box.id)
            if item is None or item.bounds is None or item.plane != old.plane:
                continue
            left, top = item.bounds[0] + item.bounds[2] / 2, item.bounds[1] + item.bounds[3] / 2
            if x <= left <= x + width and y <= top <= y + height:
                found.append(box.id)
        return found
