"""What a model keeps of a drawing by hand: the diagrams, and notes that somebody has put into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node, document_text, new_node
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, BPMNDI, clark
from ankunft_model.interchange.file_index import is_semantic
from ankunft_model.interchange.marks import Place, marks_of, places_in
from ankunft_model.interchange.words import bpmn

_DIAGRAM: Final = clark(BPMNDI, "BPMNDiagram")
_NOTE: Final = bpmn("textAnnotation")
_ASSOCIATION: Final = bpmn("association")
_OF_FINDING: Final = clark(ANKUNFT, "finding")
_NEAR_PX: Final = 1.5
"""So far a tool may shift a text when it writes its size anew."""


def drawing_if_moved(mark: str | None, written: Callable[[], Document], edited: Document) -> str | None:
    """Return the diagrams of `edited` as text, if anything in it is drawn otherwise than it was written or is new.

    Notes of people stand before them, within a collaboration. What is only gone is no reason to keep a drawing, unless
    it is a note.

    Args:
        mark: The mark of the drawing as it was written, if the file has one; equal marks save the comparison.
        written: Returns the file as it was written, with its diagrams.
        edited: The file as it came back.
    """
    notes = notes_in(edited)
    if mark is not None and not notes and marks_of(edited).drawing == mark:
        return None
    document = written()
    before = places_in(document)
    is_as_before = all(key in before and _is_like(before[key], place) for key, place in places_in(edited).items())
    if is_as_before and list(map(_said, notes)) == list(map(_said, notes_in(document))):
        return None
    texts = [document_text(node) for node in edited.root.iterchildren(_DIAGRAM)]
    if notes and texts:
        texts.insert(0, _text_of_notes(edited, notes))
    return "\n".join(texts) or None


def notes_in(document: Document) -> list[Node]:
    """Return the notes that people have put into a diagram, each followed by the lines that lead to it or from it."""
    lines: dict[str, list[Node]] = {}
    notes: list[Node] = []
    for top in document.root:
        if not is_semantic(top):
            continue
        for line in top.iter(_ASSOCIATION):
            for end in {line.get("sourceRef") or "", line.get("targetRef") or ""}:
                lines.setdefault(end, []).append(line)
        notes += [note for note in top.iter(_NOTE) if note.get("id") and not any(True for _ in note.iter(_OF_FINDING))]
    return list(dict.fromkeys(one for note in notes for one in (note, *lines.get(note.get("id") or "", ()))))


def _said(node: Node) -> tuple[str | None, ...]:
    text = "".join(child.text or "" for child in node.iterchildren(bpmn("text")))
    return (node.get("id"), node.get("sourceRef"), node.get("targetRef"), " ".join(text.split()))


def _text_of_notes(document: Document, notes: list[Node]) -> str:
    """Return notes and their lines as they are carried."""
    holder = new_node(bpmn("collaboration"), {"id": "Notes"}, near=document.root)
    for note in notes:
        attributes = {key: value for key in ("id", "sourceRef", "targetRef") if (value := note.get(key)) is not None}
        copied = new_node(note.tag, attributes, near=holder)
        for said in note.iterchildren(bpmn("text")):
            copied.append(new_node(bpmn("text"), {}, near=copied, text=said.text or ""))
        holder.append(copied)
    document.root.append(holder)  # so that it takes the prefixes of the file
    text = document_text(holder)
    document.root.remove(holder)
    return text


def _is_like(before: Place, after: Place) -> bool:
    """Return whether something is drawn as before, as far as a person would say."""
    if before.numbers != after.numbers or before.colours != after.colours:
        return False
    if before.label is None or after.label is None:
        return True
    return all(abs(one - other) <= _NEAR_PX for one, other in zip(before.label, after.label, strict=True))
