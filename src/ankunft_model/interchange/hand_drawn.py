"""What a model keeps of a drawing by hand: the diagrams, notes, and what other tools have put into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node, document_text, new_node, parse_bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, BPMNDI, MODEL, clark
from ankunft_model.errors import SourceError
from ankunft_model.interchange.additions import ADDITIONS, Additions, additions_element, additions_in, read_additions
from ankunft_model.interchange.file_index import is_semantic
from ankunft_model.interchange.marks import Place, marks_of, places_in
from ankunft_model.interchange.words import bpmn

_DIAGRAM: Final = clark(BPMNDI, "BPMNDiagram")
_NOTE: Final = bpmn("textAnnotation")
_ASSOCIATION: Final = bpmn("association")
_OF_FINDING: Final = clark(ANKUNFT, "finding")
_NEAR_PX: Final = 1.5
"""So far a tool may shift a text when it writes its size anew."""


def drawing_if_changed(
    mark: str | None, written: Callable[[], Document], edited: Document, carried: str | None
) -> str | None:
    """Return what is to be carried of `edited` beside the model as text, if that is not what is carried already.

    First come notes of people and additions of other tools, within a collaboration, then the diagrams, if anything in
    them is drawn otherwise than it was written or is new. What is only gone is no reason to keep a drawing, unless it
    is a note.

    Args:
        mark: The mark of the drawing as it was written, if the file has one; equal marks save the comparison.
        written: Returns the file as it was written, with its diagrams.
        edited: The file as it came back.
        carried: What the model carried when the file was written.
    """
    notes = notes_in(edited)
    earlier = _earlier(carried)
    before = read_additions(earlier.root.iter(ADDITIONS))
    additions = additions_in(edited)
    drawn = {node.get("id") for node in edited.root.iter() if isinstance(node.tag, str)}
    shown: set[str | None] = set()
    if before.keys() - additions.keys():
        shown = {node.get("id") for node in written().root.iter() if isinstance(node.tag, str)}
    kept = {key: one for key, one in before.items() if key[0] and key[0] not in shown | drawn}
    additions = {**kept, **additions}
    has_other_additions = {key: one.said for key, one in before.items()} != {
        key: one.said for key, one in additions.items()
    }
    is_moved = _is_moved(mark, written, edited, notes)
    if not is_moved and not has_other_additions:
        return None
    source = edited if is_moved else earlier
    texts = [document_text(node) for node in source.root.iterchildren(_DIAGRAM)]
    if additions or (notes and texts):
        texts.insert(0, _text_beside(edited, notes if texts else [], additions))
    return "\n".join(texts)


def _is_moved(mark: str | None, written: Callable[[], Document], edited: Document, notes: list[Node]) -> bool:
    """Return whether anything is drawn otherwise than it was written, or says otherwise in a note."""
    if mark is not None and not notes and marks_of(edited).drawing == mark:
        return False
    document = written()
    before = places_in(document)
    is_as_before = all(key in before and _is_like(before[key], place) for key, place in places_in(edited).items())
    return not is_as_before or list(map(_said, notes)) != list(map(_said, notes_in(document)))


def _earlier(carried: str | None) -> Document:
    """Return what a model carries beside itself as a file; an empty one for nothing that can be read."""
    head = f'<definitions xmlns="{MODEL}">'
    try:
        return parse_bpmn(f"{head}{carried or ''}</definitions>".encode())
    except SourceError:
        return parse_bpmn(f"{head}</definitions>".encode())


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


def _text_beside(document: Document, notes: list[Node], additions: Additions) -> str:
    """Return notes and their lines, and additions of other tools, as they are carried."""
    holder = new_node(bpmn("collaboration"), {"id": "Notes"}, near=document.root)
    document.root.append(holder)  # so that it takes the prefixes of the file
    if additions:
        extensions = new_node(bpmn("extensionElements"), {}, near=holder)
        holder.append(extensions)
        extensions.append(additions_element(additions, extensions))
    for note in notes:
        attributes = {key: value for key in ("id", "sourceRef", "targetRef") if (value := note.get(key)) is not None}
        copied = new_node(note.tag, attributes, near=holder)
        for said in note.iterchildren(bpmn("text")):
            copied.append(new_node(bpmn("text"), {}, near=copied, text=said.text or ""))
        holder.append(copied)
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
