"""Small changes to the tree of a file that leave everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node, elements_with, ids_in, new_node
from ankunft_model.bpmn_xml.lexical import writable
from ankunft_model.bpmn_xml.namespaces import BPMNDI, clark
from ankunft_model.interchange.file_index import FileIndex, is_semantic
from ankunft_model.interchange.words import bpmn

REFERENCES: Final = frozenset(
    (
        "sourceRef", "targetRef", "attachedToRef", "default", "processRef", "messageRef", "dataObjectRef",
        "dataStoreRef", "activityRef", "errorRef", "signalRef", "escalationRef", "bpmnElement", "categoryValueRef",
        "calledElement", "operationRef", "parentRef", "choreographyRef", "definitionalCollaborationRef",
        "partitionElementRef", "itemSubjectRef", "structureRef", "correlationKeyRef", "sourceElement", "targetElement",
        "choreographyActivityShape",
    )
)  # fmt: skip
"""Attributes of the standard that name another element."""
_OF_DIAGRAMS: Final = ("sourceElement", "targetElement", "choreographyActivityShape")
"""Those of them that stand in diagrams, besides the one that says what is drawn."""
REFERENCE_ELEMENTS: Final = frozenset(
    bpmn(name)
    for name in (
        "incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef", "dataInputRefs", "dataOutputRefs",
        "participantRef", "innerParticipantRef", "outerParticipantRef", "messageFlowRef", "inMessageRef",
        "outMessageRef", "errorRef", "eventDefinitionRef", "categoryValueRef", "interfaceRef", "operationRef",
        "supportedInterfaceRef", "resourceRef", "resourceParameterRef", "supports", "loopDataInputRef",
        "loopDataOutputRef", "optionalInputRefs", "whileExecutingInputRefs", "outputSetRefs", "inputSetRefs",
        "optionalOutputRefs", "whileExecutingOutputRefs",
    )
)  # fmt: skip
"""Elements of the standard whose text names another element."""
_LIVES_BY: Final = frozenset(
    bpmn(name)
    for name in ("sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation")
)
"""Elements that make no sense without both their ends."""
_LIVING_ENDS: Final = ("sourceRef", "targetRef")
_ARTIFACTS: Final = frozenset(bpmn(name) for name in ("association", "group", "textAnnotation", "resourceRole"))
_BEFORE_FLOW: Final = (bpmn("documentation"), bpmn("extensionElements"))


class FileEdits:
    """Changes one file."""

    def __init__(self, document: Document, index: FileIndex) -> None:
        self.document = document
        self.index = index

    # each is looked for when a change first asks

    @cached_property
    def drawn(self) -> dict[str, list[Node]]:
        """Shapes and edges by the id of the element that they draw."""
        drawn: dict[str, list[Node]] = {}
        for node in elements_with(self.document.root, ("bpmnElement",)):
            drawn.setdefault(_local(node, node.get("bpmnElement")), []).append(node)
        return drawn

    @cached_property
    def users(self) -> dict[str, list[Node]]:
        """What names an element, by its id, shapes and edges left out."""
        users: dict[str, list[Node]] = {}
        for top in self.document.root.iterchildren("*"):
            nodes = top.iter("*") if is_semantic(top) else elements_with(top, _OF_DIAGRAMS)
            for node in nodes:
                for key, value in node.attrib.items():
                    if key in REFERENCES and key != "bpmnElement":
                        users.setdefault(_local(node, value), []).append(node)
                if node.tag in REFERENCE_ELEMENTS and node.text:
                    users.setdefault(_local(node, node.text), []).append(node)
        return users

    def note_user(self, id_: str, node: Node) -> None:
        """Note that an element names another one now; before anybody has asked, the tree itself tells it."""
        if "users" in vars(self):
            self.users.setdefault(id_, []).append(node)

    def forget_user(self, id_: str, node: Node) -> None:
        """Note that an element does not name another one any more."""
        if "users" in vars(self) and node in self.users.get(id_, ()):
            self.users[id_].remove(node)

    @cached_property
    def taken(self) -> set[str]:
        """All ids of the file."""
        return ids_in(self.document.root)

    @property
    def planes(self) -> list[Node]:
        """The planes of all diagrams."""
        return list(self.document.root.iter(clark(BPMNDI, "BPMNPlane")))

    def free_id(self, wanted: str) -> str:
        """Return an id that nothing in the file has yet."""
        id_, number = wanted, 1
        while id_ in self.taken:
            number += 1
            id_ = f"{wanted}_{number}"
        self.taken.add(id_)
        return id_

    def remove(self, node: Node) -> None:
        """Take an element out of the file, with what names it and makes no sense without it, and what draws them."""
        going = [node]
        while going:
            leaving = going.pop()
            for inner in leaving.iter():
                id_ = inner.get("id") if isinstance(inner.tag, str) else None
                if not id_:
                    continue
                for shape in self.drawn.pop(id_, ()):
                    detach(shape)
                for user in self.users.pop(id_, ()):
                    going += self._orphan(user, id_)
            detach(leaving)

    def _orphan(self, user: Node, id_: str) -> Iterable[Node]:
        """Take a reference away; return the element if it cannot do without."""
        if user.tag in REFERENCE_ELEMENTS:
            around = user.getparent()
            detach(user)
            return (
                (around,) if around is not None and around.tag in _LIVES_BY and around.getparent() is not None else ()
            )
        if user.tag in _LIVES_BY and any(_local(user, user.get(key)) == id_ for key in _LIVING_ENDS):
            return (user,) if user.getparent() is not None else ()
        for key in [key for key in user.attrib if key in REFERENCES and _local(user, user.get(key)) == id_]:
            del user.attrib[key]
        return ()

    def add_flow_element(self, scope: Node, node: Node) -> None:
        """Put a flow element behind the last one of a process or sub-process, before its artifacts."""
        last: Node | None = None
        for child in scope:
            if isinstance(child.tag, str) and child.tag not in _ARTIFACTS:
                last = child
        insert_behind(scope, last, node)
        self._know(node)

    def add_message_flow(self, collaboration: Node, node: Node) -> None:
        """Put a message flow behind the others, or behind the participants."""
        last: Node | None = None
        for child in collaboration:
            if child.tag in (*_BEFORE_FLOW, bpmn("participant"), bpmn("messageFlow")):
                last = child
        insert_behind(collaboration, last, node)
        self._know(node)

    def _know(self, node: Node) -> None:
        for inner in node.iter():
            id_ = inner.get("id")
            if id_:
                self.index.element_of_id.setdefault(id_, inner)
            for key in _LIVING_ENDS:
                reference = inner.get(key)
                if reference:
                    self.note_user(reference, inner)

    def set_name(self, node: Node, name: str | None) -> None:
        """Give an element a name, or take it away."""
        if name is not None:
            node.set("name", writable(name))
        elif "name" in node.attrib:
            del node.attrib["name"]

    def set_documentation(self, node: Node, text: str | None) -> None:
        """Give an element one documentation, or none."""
        found = [child for child in node if child.tag == bpmn("documentation")]
        for further in found[1:] if text is not None else found:
            detach(further)
        if text is None:
            return
        if found:
            for inner in list(found[0]):
                found[0].remove(inner)
            found[0].text = writable(text)
        else:
            node.insert(0, _indented(node, new_node(bpmn("documentation"), {}, near=node, text=text)))

    def add_reference(self, node: Node, tag: str, id_: str) -> None:
        """Give an element a child that names another, behind its kin: `incoming`, `outgoing`, `flowNodeRef`."""
        last: Node | None = None
        for child in node:
            if child.tag in (*_BEFORE_FLOW, tag) or (tag == bpmn("outgoing") and child.tag == bpmn("incoming")):
                last = child
        made = new_node(tag, {}, near=node, text=id_)
        insert_behind(node, last, made)
        self.note_user(id_, made)

    def remove_reference(self, node: Node, tag: str, id_: str) -> None:
        """Take a child away that names another element."""
        for child in list(node):
            if child.tag == tag and _local(child, child.text) == id_:
                detach(child)


def detach(node: Node) -> None:
    """Take an element out of what holds it; the white space before it closes the gap."""
    around = node.getparent()
    if around is None:
        return
    before = node.getprevious()
    tail = node.tail or ""
    if tail.strip():  # text of somebody else stays
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            around.text = (around.text or "") + tail
    elif around.index(node) == len(around) - 1:
        if before is not None:
            before.tail = tail
        else:
            around.text = None if not (around.text or "").strip() else around.text
    around.remove(node)


def insert_behind(around: Node, sibling: Node | None, node: Node) -> None:
    """Put `node` behind `sibling`, or first, indented like its neighbours."""
    if sibling is None:
        around.insert(0, _indented(around, node))
        return
    node.tail = sibling.tail
    before = sibling.getprevious()
    sibling.tail = around.text if before is None else before.tail
    around.insert(around.index(sibling) + 1, node)


def _indented(around: Node, node: Node) -> Node:
    """Return `node`, ready to stand first in `around`."""
    if len(around):
        node.tail = around.text
    return node


def _local(node: Node, reference: str | None) -> str:
    """Return the id that a reference names, without a declared prefix."""
    text = (reference or "").strip()
    if ":" not in text:
        return text
    prefix, _, local = text.partition(":")
    return local if prefix in node.nsmap else text


local_reference = _local
