"""The diagrams of a file as a model keeps them, if somebody has moved anything in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ankunft_model.bpmn_xml.document import Document, document_text
from ankunft_model.bpmn_xml.namespaces import BPMNDI, clark
from ankunft_model.interchange.marks import marks_of, places_in

_DIAGRAM: Final = clark(BPMNDI, "BPMNDiagram")


def drawing_if_moved(mark: str | None, written: Callable[[], Document], edited: Document) -> str | None:
    """Return the diagrams of `edited` as text, if anything in it lies elsewhere than it was written or is new.

    What is only gone is no reason to keep a drawing.

    Args:
        mark: The mark of the drawing as it was written, if the file has one; equal marks save the comparison.
        written: Returns the file as it was written, with its diagrams.
        edited: The file as it came back.
    """
    if mark is not None and marks_of(edited).drawing == mark:
        return None
    before = places_in(written())
    if all(before.get(key) == place for key, place in places_in(edited).items()):
        return None
    texts = [document_text(node) for node in edited.root.iterchildren(_DIAGRAM)]
    return "\n".join(texts) or None
