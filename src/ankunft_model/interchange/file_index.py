"""What a file holds by id, and what its references, names and texts mean; nothing of the model yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node, bpmn_elements_with_id
from ankunft_model.bpmn_xml.namespaces import MODEL
from ankunft_model.interchange import words
from ankunft_model.interchange.words import bpmn
from ankunft_model.model.characters import as_nfc, without_forbidden
from ankunft_model.model.identifiers import id_from_text

_DOCUMENTATION: Final = bpmn("documentation")
_IN_MODEL: Final = f"{{{MODEL}}}"
_SAID: Final = (
    _DOCUMENTATION,
    *words.TRIGGER_OF_DEFINITION,
    *(
        bpmn(name)
        for name in (
            "eventDefinitionRef", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
            "dataInputAssociation", "dataOutputAssociation",
        )
    ),
)  # fmt: skip
"""What stands in a flow node and is understood; most have nothing but references to their flows."""


@dataclass
class FileIndex:
    """The elements of a file by their ids.

    Attributes:
        document: The file.
        element_of_id: The first element with each id, diagrams left out.
        duplicates: Further elements with an id that is given already.
    """

    document: Document
    element_of_id: dict[str, Node] = field(default_factory=dict[str, Node])
    duplicates: list[Node] = field(default_factory=list[Node])

    def __post_init__(self) -> None:
        nodes = [node for top in self.document.root if is_semantic(top) for node in bpmn_elements_with_id(top)]
        ids = [node.get("id") or "" for node in nodes]
        self.element_of_id.update(zip(reversed(ids), reversed(nodes), strict=True))
        if len(self.element_of_id) < len(nodes):
            first = self.element_of_id
            self.duplicates += [node for id_, node in zip(ids, nodes, strict=True) if first[id_] is not node and id_]
        self.element_of_id.pop("", None)

    def said_in(self, top: Node) -> dict[Node, list[Node]]:
        """Return those children of the elements in `top` that say something of a flow node, by the element."""
        said: dict[Node, list[Node]] = {}
        for child in top.iter(*_SAID):
            around = child.getparent()
            if around is not None:
                said.setdefault(around, []).append(child)
        return said

    def elements(self, *tags: str) -> list[Node]:
        """Return the elements with one of these tags in the semantic part, in the order of the file."""
        return [node for top in self.document.root if is_semantic(top) for node in top.iter(*tags)]

    def target(self, node: Node, reference: str | None) -> Node | None:
        """Return the element that a reference of `node` leads to: an id, or a name with a declared prefix."""
        if reference is None:
            return None
        found = self.element_of_id.get(reference)
        if found is not None:
            return found
        text = reference.strip()
        prefix, colon, local = text.partition(":")
        if colon and prefix in node.nsmap:
            text = local
        return self.element_of_id.get(text)


def is_semantic(node: Node) -> bool:
    """Return whether a child of `definitions` belongs to the semantic part; a diagram does not."""
    return isinstance(node.tag, str) and node.tag.startswith(_IN_MODEL)


def name_of(node: Node) -> str | None:
    """Return the name of an element on one line, or None where it has none that can be seen."""
    return one_line(node.get("name"))


def one_line(text: str | None) -> str | None:
    r"""Return a text with single spaces for all white space, without signs that a model may not hold; None if empty.

    Example:
        >>> one_line(" User\n  Task 2 ")
        'User Task 2'
    """
    if not text:
        return None
    if text.isprintable() and "  " not in text:  # then it has no white space but single blanks, and nothing forbidden
        return (text if text.isascii() else as_nfc(text)).strip() or None
    return " ".join(as_nfc(without_forbidden(text)).split()) or None


def documentation_of(said: Iterable[Node]) -> str | None:
    """Return the documentation of an element, or among its children, several as paragraphs, or None."""
    texts: list[str] = []
    for child in said:
        if child.tag == _DOCUMENTATION:
            lines = as_nfc(without_forbidden("".join(child.itertext()))).replace("\r", "").split("\n")
            text = "\n".join(line.rstrip() for line in lines).strip()
            if text:
                texts.append(text)
    return "\n\n".join(texts) or None


@dataclass
class Ids:
    """Hands out ids of the model that are made from ids of the file; equal calls in equal order give equal ids.

    Example:
        >>> ids = Ids()
        >>> ids.take("Task_1"), ids.take("task-1"), ids.take(None, "Prüfen")
        ('task_1', 'task_1_2', 'pruefen')
    """

    _last_number: dict[str, int] = field(default_factory=dict[str, int])

    def take(self, *wanted: str | None) -> str:
        """Return an id made from the first of `wanted` that is there."""
        base = id_from_text(wanted[0] or next(filter(None, wanted), "n"))
        number = self._last_number.get(base)
        if number is None:
            self._last_number[base] = 1
            return base
        while True:
            number += 1
            id_ = f"{base}_{number}"
            if id_ not in self._last_number:
                break
        self._last_number[base] = number
        self._last_number[id_] = 1
        return id_
