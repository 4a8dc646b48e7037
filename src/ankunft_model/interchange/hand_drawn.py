"""Whether somebody has moved shapes in a diagram, and the diagram as a model keeps it."""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node, document_text
from ankunft_model.bpmn_xml.lexical import parse_number
from ankunft_model.bpmn_xml.namespaces import BPMNDI, clark

_DIAGRAM: Final = clark(BPMNDI, "BPMNDiagram")
_DRAWN: Final = (clark(BPMNDI, "BPMNShape"), clark(BPMNDI, "BPMNEdge"))


def drawing_if_moved(written: Document, edited: Document) -> str | None:
    """Return the first diagram of `edited` as text, if anything in it lies elsewhere than in `written` or is new."""
    before, after = _places(written), _places(edited)
    if all(before.get(key) == place for key, place in after.items()):
        return None
    diagram = next((node for node in edited.root if node.tag == _DIAGRAM), None)
    return None if diagram is None else document_text(diagram)


def _places(document: Document) -> dict[tuple[str, str], list[float | None]]:
    """Return the coordinates of every shape and line, by what they draw."""
    found: dict[tuple[str, str], list[float | None]] = {}
    for tag in _DRAWN:
        for drawn in document.root.iter(tag):
            numbers: list[float | None] = []
            for child in drawn:
                if child.tag.rpartition("}")[2] in ("Bounds", "waypoint"):
                    numbers += _numbers(child)
            found[tag, drawn.get("bpmnElement") or ""] = numbers
    return found


def _numbers(node: Node) -> list[float | None]:
    return [parse_number(node.get(key) or "") for key in ("x", "y", "width", "height") if node.get(key) is not None]
