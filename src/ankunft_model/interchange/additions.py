"""What another tool has put into a diagram of ours and no model has a word for: its own attributes and extensions.

They are carried beside a drawing by hand, each with the id of what it belongs to, and stand there again in the next
export. Attributes of the standard that our elements do not write are kept in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Document, Node, copy_of, new_node
from ankunft_model.bpmn_xml.grammar import GRAMMAR
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, BIOC, BPMNDI, COLOR, I18N, MODEL, XML, XSI, clark
from ankunft_model.interchange.file_edits import REFERENCE_ELEMENTS, REFERENCES
from ankunft_model.interchange.words import bpmn

ADDITIONS: Final = clark(ANKUNFT, "additions")
ADDITION: Final = clark(ANKUNFT, "addition")
ATTRIBUTE: Final = clark(ANKUNFT, "attribute")
OF_FILE: Final = "definitions"
"""What `as` of an addition says that belongs to the file as a whole."""

_EXTENSIONS: Final = bpmn("extensionElements")
_DRAWN: Final = {clark(BPMNDI, name): name for name in ("BPMNShape", "BPMNEdge", "BPMNPlane", "BPMNDiagram")}
_IN_MODEL: Final = f"{{{MODEL}}}"
_KNOWN_SPACES: Final = frozenset((ANKUNFT, BIOC, COLOR, I18N, MODEL, XML, XSI))
"""Name spaces in which we write ourselves, or which say nothing about the process."""
_TEMPLATE: Final = "modelerTemplate"
_OF_OURS: Final = "org.ankunft-model."
_KNOWN_ATTRIBUTES: Final = frozenset(attribute.name for grammar in GRAMMAR.values() for attribute in grammar.attributes)
"""Names of attributes that our elements have fields for."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What was put into one element.

    Attributes:
        attributes: Names in Clark notation and values.
        extensions: Elements of other name spaces.
        tag: Local name of the element.
    """

    attributes: Mapping[str, str]
    extensions: tuple[Node, ...]
    tag: str

    @property
    def said(self) -> tuple[Any, ...]:
        """All that it says, for comparison; where prefixes are declared makes no difference."""
        return (
            sorted(self.attributes.items()),
            [
                (str(node.tag), sorted(node.attrib.items()), (node.text or "").strip(), len(node))
                for extension in self.extensions
                for node in extension.iter()
            ],
        )


Additions = dict[tuple[str, str], Addition]
"""By the id of the element and how it is drawn: "" for the element itself, else `BPMNShape` and so on."""


def additions_in(document: Document) -> Additions:
    """Return what other tools have put into the elements of a diagram of ours and into what draws them."""
    found: Additions = {}
    for key, node in _places(document):
        attributes = {
            name: value for name, value in node.attrib.items() if _is_foreign(name, value, is_drawn=key[1] != "")
        }
        extensions = () if key[1] else tuple(_foreign_extensions(node))
        if (attributes or extensions) and key not in found:
            found[key] = Addition(attributes, extensions, node.tag.rpartition("}")[2])
    return found


def unkept_in(written: Document, edited: Document) -> list[str]:
    """Return the ids of elements in `edited` with something new that is neither understood nor kept.

    These are references, elements of other tools between those of the standard, and whatever other tools have put into
    elements without an id of their own, such as labels and conditions; the id is that of the element around.
    """
    said = Counter(_references_by_owner(written))
    found = [reference[0] for reference in Counter(_references_by_owner(edited)) - said]
    found += _new_and_useless(written, edited)
    places = {node: key for key, node in _places(edited)}
    for node in edited.root.iter("*"):
        key = places.get(node)
        if not node.tag.startswith((*_STANDARD, *_OURS)):
            continue  # what stands in an element of another tool goes with it
        is_new = any(_is_stranger(child) for child in node if node.tag != _EXTENSIONS)
        if key is None or key[1] == OF_FILE:  # what has no place of its own is not carried
            is_new = is_new or any(True for _ in _foreign_extensions(node))
        if key is None:
            is_new = is_new or any(
                _is_foreign(name, value, is_drawn=not node.tag.startswith(_IN_MODEL))
                for name, value in node.attrib.items()
            )
        if is_new:
            found.append(_owner(node))
    return list(dict.fromkeys(found))


def _new_and_useless(written: Document, edited: Document) -> Iterator[str]:
    """Yield the ids of new elements that say nothing to a model: messages, errors and their like, second flows."""
    known = {(node.tag, node.get("id")) for node in written.root.iter("*")}
    for node in edited.root:
        is_said = not isinstance(node.tag, str) or node.tag in _SAID_AT_TOP or not node.tag.startswith(_IN_MODEL)
        if not is_said and (node.tag, node.get("id")) not in known:
            yield _owner(node)
    drawn: set[tuple[str | None, str | None]] = set()
    for flow in edited.root.iter(bpmn("sequenceFlow")):
        ends = flow.get("sourceRef"), flow.get("targetRef")
        if ends in drawn and (flow.tag, flow.get("id")) not in known:
            yield _owner(flow)
        drawn.add(ends)


def bodies_come_or_gone(written: Document, edited: Document) -> list[str]:
    """Return the ids of pools and lanes that only one of the two files has."""
    tags = (bpmn("participant"), bpmn("lane"))
    ids, others = ([node.get("id") or "" for node in one.root.iter(*tags)] for one in (written, edited))
    return [*(id_ for id_ in others if id_ not in ids), *(id_ for id_ in ids if id_ not in others)]


def _references_by_owner(document: Document) -> Iterator[tuple[str, str, str, str]]:
    """Yield the references that no edit of a diagram means to a model, with the id of what is around them."""
    for node in document.root.iter("*"):
        if node.tag.startswith(_IN_MODEL):
            for name, value in node.attrib.items():
                if name in _KEPT_REFERENCES:
                    yield _owner(node), str(node.tag), name, value
            if node.tag in _REFERRING and node.text:
                yield _owner(node), str(node.tag), "", node.text.strip()


def _owner(node: Node) -> str:
    """Return the id of the nearest element around, or of what it draws."""
    around: Node | None = node
    while around is not None:
        id_ = around.get("bpmnElement") or around.get("id")
        if id_:
            return id_
        around = around.getparent()
    return OF_FILE


def additions_element(additions: Additions, near: Node) -> Node:
    """Return an element that says the additions, for the text of a drawing."""
    holder = new_node(ADDITIONS, {}, near=near)
    for (id_, drawn), addition in additions.items():
        named = {name: value for name, value in addition.attributes.items() if name.startswith("{")}
        plain = {name: value for name, value in addition.attributes.items() if not name.startswith("{")}
        head = {"to": id_, **({"as": drawn} if drawn else {}), **({"of": addition.tag} if plain else {})}
        element = new_node(ADDITION, {**head, **named}, near=holder)
        for name, value in plain.items():
            element.append(new_node(ATTRIBUTE, {"name": name, "value": value}, near=element))
        for extension in addition.extensions:
            element.append(copy_of(extension))
        holder.append(element)
    return holder


def read_additions(holders: Iterable[Node]) -> Additions:
    """Return what elements say that `additions_element` has made."""
    found: Additions = {}
    for element in (one for holder in holders for one in holder.iter(ADDITION)):
        attributes = {name: value for name, value in element.attrib.items() if name.startswith("{")}
        attributes |= {one.get("name") or "": one.get("value") or "" for one in element.iterchildren(ATTRIBUTE)}
        extensions = tuple(one for one in element if isinstance(one.tag, str) and one.tag != ATTRIBUTE)
        key = (element.get("to") or "", element.get("as") or "")
        found[key] = Addition(attributes, extensions, element.get("of") or "")
    return found


def _places(document: Document) -> Iterator[tuple[tuple[str, str], Node]]:
    """Yield what something can be added to, with its key."""
    yield ("", OF_FILE), document.root
    for node in document.root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in _DRAWN:
            of = node if node.get("bpmnElement") else next(iter(node.iterchildren(clark(BPMNDI, "BPMNPlane"))), node)
            yield (of.get("bpmnElement") or "", _DRAWN[node.tag]), node
        elif node.tag.startswith(_IN_MODEL) and (id_ := node.get("id")) and node is not document.root:
            yield (id_, ""), node


def _is_foreign(name: str, value: str, *, is_drawn: bool) -> bool:
    namespace, _, local = name.rpartition("}")
    if not namespace:
        return not is_drawn and local not in _KNOWN_ATTRIBUTES and local not in REFERENCES
    is_template = local == _TEMPLATE and value.startswith(_OF_OURS)
    return namespace.removeprefix("{") not in _KNOWN_SPACES and not is_template


def _foreign_extensions(node: Node) -> Iterator[Node]:
    for extensions in node.iterchildren(_EXTENSIONS):
        for child in extensions:
            if isinstance(child.tag, str) and child.tag.rpartition("}")[0].removeprefix("{") not in _KNOWN_SPACES:
                yield child


_UNDERSTOOD: Final = frozenset(
    (
        "sourceRef", "targetRef", "attachedToRef", "default", "processRef", "dataObjectRef", "dataStoreRef",
        "bpmnElement", "categoryValueRef",
    )
)  # fmt: skip
_KEPT_REFERENCES: Final = REFERENCES - _UNDERSTOOD
"""References that say nothing to a model: what they name would not be there."""
_REFERRING: Final = REFERENCE_ELEMENTS - {
    bpmn(name) for name in ("incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef", "categoryValueRef")
}
"""Elements that refer likewise."""
_STANDARD: Final = ("{http://www.omg.org/spec/BPMN/20100524/", "{http://www.omg.org/spec/DD/20100524/")


_SAID_AT_TOP: Final = frozenset(bpmn(name) for name in ("process", "collaboration", "category", "dataStore"))
_OURS: Final = (f"{{{ANKUNFT}}}", f"{{{I18N}}}")


def _is_stranger(child: Node) -> bool:
    """Return whether a child stands where the standard has no place for it, or extends a drawing."""
    if not isinstance(child.tag, str):
        return False
    return not child.tag.startswith((*_STANDARD, *_OURS)) or child.tag.endswith("}extension")
