"""Whether somebody has edited a diagram of ours, told by two short marks that the file carries.

The marks are made from what a person can change: the words (elements, their names, what they are connected with, what
other tools have added) and the drawing (where shapes, lines and their texts lie, and colours). How a tool writes a
file, in which order and with which name spaces, makes no difference. Equal marks mean that nothing was edited; other
marks are a reason to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.bpmn_xml.lexical import parse_number
from ankunft_model.bpmn_xml.namespaces import BIOC, BPMNDI, COLOR, DC, clark
from ankunft_model.interchange.additions import additions_in
from ankunft_model.interchange.file_index import is_semantic
from ankunft_model.interchange.finding_colours import FINDING_COLOURS
from ankunft_model.interchange.words import bpmn

LENGTH: Final = 16
"""Characters of a mark."""

_DRAWN: Final = (clark(BPMNDI, "BPMNShape"), clark(BPMNDI, "BPMNEdge"))
_LABEL: Final = clark(BPMNDI, "BPMNLabel")
_BOUNDS: Final = clark(DC, "Bounds")
_GROUNDS: Final = (clark(COLOR, "background-color"), clark(BIOC, "fill"))
_OUTLINES: Final = (clark(COLOR, "border-color"), clark(BIOC, "stroke"))
_NUMBERS: Final = ("x", "y", "width", "height")
_CONNECTIONS: Final = ("name", "sourceRef", "targetRef", "processRef", "attachedToRef", "default")
_OUTLINES_OF_FINDINGS: Final = frozenset(outline for _, outline in FINDING_COLOURS.values())
_TEXTS: Final = frozenset(
    map(bpmn, ("documentation", "flowNodeRef", "timeDate", "timeDuration", "timeCycle", "condition", "text"))
)
_BETWEEN: Final = frozenset(map(bpmn, ("incoming", "outgoing", "extensionElements")))


@dataclass(slots=True)
class Place:
    """How one shape or line is drawn.

    Attributes:
        numbers: Coordinates of the shape, or of the points of the line; None where the file has no number.
        label: Middle and top of its text, where the file places it; tools write another size after a change of name.
        colours: Ground and outline that somebody gave it; none for those by which we mark findings.
    """

    numbers: list[float | None] = field(default_factory=list[float | None])
    label: tuple[float, float] | None = None
    colours: tuple[str, ...] = ()


Places = dict[tuple[str, str], Place]
"""What is drawn, by tag and by what it draws."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one file: `words` and `drawing`."""

    words: str
    drawing: str


def marks_of(document: Document) -> Marks:
    """Return the marks of a file as it is now."""
    return Marks(_mark(_words(document)), _mark(_drawing(document)))


def places_in(document: Document) -> Places:
    """Return how everything is drawn."""
    found: Places = {}
    for tag in _DRAWN:
        for drawn in document.root.iter(tag):
            place = found.setdefault((tag, drawn.get("bpmnElement") or ""), Place())
            place.colours = place.colours or _colours(drawn)
            for child in drawn:
                if child.tag == _LABEL:
                    place.label = place.label or _middle(child)
                elif isinstance(child.tag, str) and child.tag.rpartition("}")[2] in ("Bounds", "waypoint"):
                    place.numbers += [parse_number(child.get(key) or "") for key in _NUMBERS if child.get(key)]
    return found


def _colours(drawn: Node) -> tuple[str, ...]:
    said = tuple(
        next((value.lower() for key in keys if (value := drawn.get(key))), "") for keys in (_GROUNDS, _OUTLINES)
    )
    is_of_finding = said in FINDING_COLOURS.values() or (not said[0] and said[1] in _OUTLINES_OF_FINDINGS)
    return () if is_of_finding or not any(said) else said


def _middle(label: Node) -> tuple[float, float] | None:
    for bounds in label.iterchildren(_BOUNDS):
        x, y, width = (parse_number(bounds.get(key) or "") for key in ("x", "y", "width"))
        if x is not None and y is not None and width is not None:
            return x + width / 2, y
    return None


def _drawing(document: Document) -> Iterator[str]:
    for (tag, id_), place in places_in(document).items():
        shown = " ".join("?" if number is None else f"{number:.1f}" for number in place.numbers)
        label = "" if place.label is None else f"{place.label[0]:.0f} {place.label[1]:.0f}"
        yield f"{tag[-5:]} {id_} {shown} {label} {' '.join(place.colours)}"


def _words(document: Document) -> Iterator[str]:
    for key, addition in additions_in(document).items():
        yield f"{key}\t{addition.said}"
    for top in document.root:
        if not is_semantic(top):
            continue
        for node in top.iter():
            if not isinstance(node.tag, str) or node.tag in _BETWEEN:
                continue
            around = node.getparent()
            within = "" if around is None else around.get("id") or ""
            if node.tag in _TEXTS:
                yield f"{node.tag}\t{within}\t{' '.join((node.text or '').split())}"
            elif "id" in node.attrib:
                said = "\t".join(_said(node))
                yield f"{node.tag}\t{node.get('id')}\t{within}\t{said}"


def _said(node: Node) -> Iterator[str]:
    for key in _CONNECTIONS:
        value = node.get(key)
        yield "" if value is None else " ".join(value.split())
    yield "no" if node.get("cancelActivity") in ("false", "0") else ""


def _mark(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
