"""Diagrams that a layout leaves as they are: those of choreographies and conversations, which it cannot lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.bpmn_xml.namespaces import BPMNDI
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.diagrams.notes import LayoutNote, NoteCode
from ankunft_model.diagrams.semantics import UNSUPPORTED, BpmnFile

_PLANE: Final = f"{{{BPMNDI}}}BPMNPlane"
_HOLDS_NO_NEWS: Final[frozenset[NoteCode]] = frozenset(("not-supported", "end-not-drawn", "missing-end"))


@dataclass(frozen=True, slots=True)
class KeptDiagrams:
    """What of a drawing stays.

    Attributes:
        places: The diagrams that stay, by their place among the diagrams of the file, counted from 0.
        roots: The elements that they are of.
        ids: Their own ids and those of everything in them.
        shown: The elements of the file that they show, or that belong to what they show.
    """

    places: frozenset[int] = frozenset()
    roots: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    def without_known(self, notes: Iterable[LayoutNote]) -> tuple[LayoutNote, ...]:
        """Return `notes` without those that call something undrawn that these diagrams show."""
        return tuple(note for note in notes if not (note.code in _HOLDS_NO_NEWS and note.element_id in self.shown))


def find_kept(file: BpmnFile) -> KeptDiagrams:
    """Return the diagrams that show choreographies or conversations.

    Those are the diagrams of a choreography, and the diagrams of a collaboration that show conversations in it.
    """
    places: set[int] = set()
    roots: list[str] = []
    ids: set[str] = set()
    shown: set[str] = set()
    for place, diagram in enumerate(file.diagrams):
        plane = next((child for child in diagram if child.tag == _PLANE), None)
        root = None if plane is None else file.elements.get(file.resolve(plane.get("bpmnElement")))
        if plane is None or root is None:
            continue
        drawn = [id_ for id_ in (file.resolve(node.get("bpmnElement")) for node in plane) if id_ in file.elements]
        foreign = [id_ for id_ in drawn if file.elements[id_].kind in UNSUPPORTED]
        if root.kind not in UNSUPPORTED and not (root.kind == "collaboration" and foreign):
            continue
        places.add(place)
        roots.append(root.id)
        ids.update(_ids_in(diagram))
        shown.update(drawn)
        for id_ in (root.id, *foreign) if root.kind in UNSUPPORTED else foreign:
            shown.update(_ids_in(file.elements[id_].node))
    return KeptDiagrams(frozenset(places), tuple(dict.fromkeys(roots)), frozenset(ids), frozenset(shown))


def _ids_in(node: XmlElement) -> Iterator[str]:
    for one in node.iter():
        id_ = one.get("id")
        if id_ is not None:
            yield id_.strip()
