"""Whether somebody has edited a diagram of ours, told by two short marks that the file carries.

The marks are made from what a person can change: the words (elements, their names and what they are connected with)
and the drawing (where shapes and lines lie). How a tool writes a file, in which order and with which name spaces, makes
no difference. Equal marks mean that nothing was edited; other marks are a reason to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.bpmn_xml.lexical import parse_number
from ankunft_model.bpmn_xml.namespaces import BPMNDI, clark
from ankunft_model.interchange.file_index import is_semantic
from ankunft_model.interchange.words import bpmn

LENGTH: Final = 16
"""Characters of a mark."""

_DRAWN: Final = (clark(BPMNDI, "BPMNShape"), clark(BPMNDI, "BPMNEdge"))
_NUMBERS: Final = ("x", "y", "width", "height")
_CONNECTIONS: Final = ("name", "sourceRef", "targetRef", "processRef", "attachedToRef", "default")
_TEXTS: Final = frozenset(
    map(bpmn, ("documentation", "flowNodeRef", "timeDate", "timeDuration", "timeCycle", "condition", "text"))
)
_BETWEEN: Final = frozenset(map(bpmn, ("incoming", "outgoing", "extensionElements")))

Places = dict[tuple[str, str], list[float | None]]
"""The coordinates of every shape and line, by what they draw."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one file: `words` and `drawing`."""

    words: str
    drawing: str


def marks_of(document: Document) -> Marks:
    """Return the marks of a file as it is now."""
    return Marks(_mark(_words(document)), _mark(_drawing(document)))


def places_in(document: Document) -> Places:
    """Return where everything lies; labels, which go with what they name, are left out."""
    found: Places = {}
    for tag in _DRAWN:
        for drawn in document.root.iter(tag):
            numbers: list[float | None] = []
            for child in drawn:
                if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in ("Bounds", "waypoint"):
                    numbers += [parse_number(child.get(key) or "") for key in _NUMBERS if child.get(key) is not None]
            found.setdefault((tag, drawn.get("bpmnElement") or ""), []).extend(numbers)
    return found


def _drawing(document: Document) -> Iterator[str]:
    for (tag, id_), numbers in places_in(document).items():
        shown = " ".join("?" if number is None else f"{number:.1f}" for number in numbers)
        yield f"{tag[-5:]} {id_} {shown}"


def _words(document: Document) -> Iterator[str]:
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
