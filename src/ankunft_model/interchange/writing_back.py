"""A model that came from a BPMN file, written back into that file: what was changed in the model changes there.

The carried file is understood anew and compared with the model. Equal words leave the file as it is; what differs is
changed in its tree. What no element of BPMN can say is put as a whole into an extension of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from ankunft_model.bpmn_xml.document import (
    Document,
    Node,
    declare,
    document_bytes,
    document_text,
    new_node,
    parse_bpmn,
    undeclare,
)
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, EXPORTER, clark
from ankunft_model.bpmn_xml.parsing import MAX_BYTES
from ankunft_model.interchange.changes import change_file, may_be_said
from ankunft_model.interchange.local_changes import LocalChanges, apply_local_changes
from ankunft_model.interchange.plain_model import nodes_in
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn

PAYLOAD: Final = clark(ANKUNFT, "model")
"""The element whose text is the whole model as JSON."""
OF_THIS_FILE: Final = "ofThisFile"
"""Attribute of that element: the model belongs to the file that holds it, and leaves out what it carries."""
MADE_ROOM: Final = "extensionElementsAdded"
"""Attribute of that element: the `extensionElements` around it were put in for it."""
_ORIGINAL: Final = {"exporter": clark(ANKUNFT, "exporter"), "exporterVersion": clark(ANKUNFT, "exporterVersion")}
_HOLDERS: Final = (bpmn("collaboration"), bpmn("process"), bpmn("choreography"))
"""What holds the model if a file has it, in this order; else it is any other element that may have an extension."""
_NO_HOLDERS: Final = frozenset(map(bpmn, ("import", "extension", "relationship")))


_FIRST_TAG: Final = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:[\w.-]+:)?definitions[\s/>]", re.DOTALL)


def is_whole_file(carried: str) -> bool:
    """Return whether what a model carries is a whole BPMN file, and not a diagram alone.

    Example:
        >>> is_whole_file("<bpmn:definitions />"), is_whole_file("<bpmndi:BPMNDiagram />")
        (True, False)
    """
    return _FIRST_TAG.match(carried) is not None


def carried_text(document: Document) -> str:
    """Return the text of a foreign file as a model carries it: without anything that we put into it.

    The tools that the file names as its own are those of the original, also where we have written it in between.
    """
    root = document.root
    was_ours = root.get("exporter") == EXPORTER
    if was_ours:
        for name, original in _ORIGINAL.items():
            value = root.get(original)
            if value is not None:
                root.set(name, value)
            elif name in root.attrib:
                del root.attrib[name]
    for original in _ORIGINAL.values():
        if original in root.attrib:
            del root.attrib[original]
    for payload in payloads_of(document):
        around = payload.getparent()
        if around is not None:
            _detach_payload(payload, around)
    return document_text(undeclare(document, ANKUNFT).root if was_ours else root)


def payloads_of(document: Document) -> list[Node]:
    """Return the models of ours that the file holds, where we put them."""
    found: list[Node] = []
    for holder in _possible_holders(document):
        for extensions in holder.iterchildren(bpmn("extensionElements")):
            found += extensions.iterchildren(PAYLOAD)
    return found


def parse_carried(data: bytes) -> Document:
    """Return the tree of a file that a model carries; as a text it may be longer than a file may be.

    Raises:
        SourceError: It is no BPMN file.
    """
    return parse_bpmn(data, max_bytes=2 * MAX_BYTES)


def write_back(plain: dict[str, Any], carried: str, *, version: str, to_json: Callable[[dict[str, Any]], str]) -> bytes:
    """Return the file that `carried` is, with everything that the model says otherwise.

    Args:
        plain: The model in the shape of its file, without `carried`.
        carried: The text of the file.
        version: Version of this library, for the file.
        to_json: Writes the model as one line, for the extension.

    Raises:
        SourceError: What is carried is no BPMN file.
    """
    return write_into(understand(parse_carried(carried.encode())), plain, version=version, to_json=to_json)


def write_into(
    understood: Understanding, plain: dict[str, Any], *, version: str, to_json: Callable[[dict[str, Any]], str]
) -> bytes:
    """Return the file that was understood with everything that the model says otherwise; as `write_back` does."""
    document = understood.document
    if understood.plain != plain:
        says_all = change_file(understood, plain)
        if not says_all or understand(document).plain != plain:
            _put_payload(document, to_json(plain))
    return _signed(document, version)


def write_changes(
    carried: str,
    changes: LocalChanges,
    *,
    version: str,
    plain: dict[str, Any],
    to_json: Callable[[dict[str, Any]], str],
) -> bytes | None:
    """Return the file that `carried` is, with changes of single elements: what `write_back` returns for them.

    None says that the whole model has to be compared with the file.

    Raises:
        SourceError: What is carried is no BPMN file.
    """
    document = parse_carried(carried.encode())
    if not apply_local_changes(document, changes):
        return None
    if changes.has_more:
        if may_be_said(plain, (placed.node for placed in nodes_in(plain).values())):
            return None
        _put_payload(document, to_json(plain))
    return _signed(document, version)


def write_as_read(carried: str, *, version: str) -> bytes:
    """Return the file that `carried` is, for a model that says nothing else: what `write_back` returns for it.

    Only the first tag is parsed where the rest is known to be written as it is read: texts from `carried_text`.

    Raises:
        SourceError: What is carried is no BPMN file.
    """
    head = _HEAD.match(carried)
    if head is None or _READ_OTHERWISE.search(carried, head.end()):
        return _signed(parse_carried(carried.encode()), version)
    end = f"x</{head['name']}>"
    first = _signed(parse_carried((head.group() + end).encode()), version)
    return first.removesuffix(f"{end}\n".encode()) + carried[head.end() :].rstrip("\n").encode() + b"\n"


_HEAD: Final = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->)*<(?P<name>(?:[\w.-]+:)?definitions)(?:\s[^<>]*)?(?<!/)>", re.DOTALL
)
"""All up to the end of the first tag, if something stands in the element."""
_READ_OTHERWISE: Final = re.compile(r"&#(?!1[03];)|\sxmlns[:=]")
"""What may be written otherwise than it stands: signs by number, declarations that move to the root."""


def _signed(document: Document, version: str) -> bytes:
    """Return the file with our name as its tool; the original one is kept in our name space."""
    root = document.root
    original = {name: root.get(name) for name in _ORIGINAL}
    root.set("exporter", EXPORTER)
    root.set("exporterVersion", version)
    if any(original.values()):
        document = declare(document, {"ankunft": ANKUNFT})
        for name, value in original.items():
            if value is not None:
                document.root.set(_ORIGINAL[name], value)
    return document_bytes(document)


def _possible_holders(document: Document) -> list[Node]:
    """Return the root elements of the file: all of them may have an extension."""
    of_bpmn = bpmn("")
    return [node for node in document.root.iterchildren(f"{of_bpmn}*") if node.tag not in _NO_HOLDERS]


def _put_payload(document: Document, text: str) -> None:
    """Put the model into the extension of the collaboration, of the first process, or of what else can have one."""
    possible = _possible_holders(document)
    holder = next((node for tag in _HOLDERS for node in possible if node.tag == tag), possible[0] if possible else None)
    if holder is None:
        return  # the file has nothing that may have an extension
    extensions = next((child for child in holder if child.tag == bpmn("extensionElements")), None)
    room = {MADE_ROOM: "true"} if extensions is None else {}
    if extensions is None:
        extensions = new_node(bpmn("extensionElements"), {}, near=holder)
        documentation = [child for child in holder if child.tag == bpmn("documentation")]
        extensions.tail = holder.text
        holder.insert(holder.index(documentation[-1]) + 1 if documentation else 0, extensions)
    payload = new_node(PAYLOAD, {OF_THIS_FILE: "true", **room}, near=extensions, text=text)
    extensions.append(payload)


def _detach_payload(payload: Node, around: Node) -> None:
    """Take the payload out, and the element around it if that was put in for it."""
    around.remove(payload)
    holder = around.getparent()
    is_empty = not len(around) and not (around.text or "").strip() and not around.attrib
    if is_empty and holder is not None and payload.get(MADE_ROOM) == "true":
        holder.remove(around)
