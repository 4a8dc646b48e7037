"""What of a file was understood, what is only carried along, what is broken in it, and what was put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.bpmn_xml.namespaces import ANKUNFT, MODEL, XSI
from ankunft_model.interchange import words
from ankunft_model.interchange.file_edits import REFERENCE_ELEMENTS, REFERENCES
from ankunft_model.interchange.file_index import is_semantic
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that a file has and a model has no word for: `count` elements or attributes of one name."""

    kind: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Something in a file that leads nowhere or is there twice; it is kept as it is.

    Attributes:
        kind: `dangling-reference` or `duplicate-id`.
        element: Id of the element, or its name where it has none.
        attribute: Attribute or child element that refers; "id" for a double id.
        value: What it says.
        line: Line in the file.
    """

    kind: str
    element: str
    attribute: str
    value: str
    line: int | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What reading a file of BPMN came to.

    Attributes:
        understood: Number of elements of each kind in the model.
        carried: What is carried along, the most frequent first.
        broken: What leads nowhere, in the order of the file.
        added: How often what was put in because a model demands it: `start`, `end`, `answer`, `gateway`, `trigger`,
            `process`.
    """

    understood: tuple[tuple[str, int], ...] = ()
    carried: tuple[Carried, ...] = ()
    broken: tuple[Broken, ...] = ()
    added: tuple[tuple[str, int], ...] = ()


_ALWAYS_UNDERSTOOD: Final = frozenset(
    bpmn(name)
    for name in (
        "collaboration", "laneSet", "childLaneSet", "flowNodeRef", "incoming", "outgoing", "documentation",
        "extensionElements", "conditionExpression", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
        "dataInputAssociation", "dataOutputAssociation", "sourceRef", "targetRef", "message", "timeDate",
        "timeDuration",
    )
) | frozenset(words.TRIGGER_OF_DEFINITION)  # fmt: skip
_UNDERSTOOD_IF_LINKED: Final = (
    frozenset(words.TYPE_OF_TAG)
    | frozenset(
        bpmn(name)
        for name in (
            "process", "participant", "lane", "sequenceFlow", "messageFlow", "dataObject", "dataObjectReference",
            "dataStore", "dataStoreReference",
        )
    )
)  # fmt: skip
_UNDERSTOOD_ATTRIBUTES: Final = frozenset(
    (
        "id", "name", "sourceRef", "targetRef", "processRef", "attachedToRef", "cancelActivity", "default",
        "triggeredByEvent", "dataObjectRef", "dataStoreRef", "loopMaximum", "testBefore",
    )
)  # fmt: skip
_OF_XML: Final = f"{{{XSI}}}"
_OURS: Final = f"{{{ANKUNFT}}}"


def report_on(understood: Understanding) -> ImportReport:
    """Return what became of everything in the file."""
    counts: Counter[tuple[str, str]] = Counter()
    for node in _carried(understood, counts):
        counts["element", _shown(node)] += 1
    carried = tuple(
        Carried(kind, name, count)
        for (kind, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    added = Counter(one.kind for one in understood.added)
    return ImportReport(carried=carried, broken=tuple(_broken(understood)), added=tuple(sorted(added.items())))


def _linked(understood: Understanding) -> set[Node]:
    organisations, information = understood.organisations, understood.information
    linked = {
        *understood.node_of.values(), *understood.process_of.values(), *understood.handover_of.values(),
        *organisations.element_of.values(), *information.document_of, *information.system_of,
    }  # fmt: skip
    linked.update(flow for flows in understood.flows_of.values() for flow in flows if flow is not None)
    return linked


def _carried(understood: Understanding, counts: Counter[tuple[str, str]]) -> Iterator[Node]:
    """Yield the elements that are only carried, without those inside them; count carried attributes on the way."""
    linked = _linked(understood)
    open_nodes = list(reversed(list(understood.document.root)))
    for key in understood.document.root.attrib:
        if key not in _HEAD and not key.startswith((_OF_XML, _OURS)):
            counts["attribute", _shown_attribute(understood.document.root, key)] += 1
    while open_nodes:
        node = open_nodes.pop()
        if not isinstance(node.tag, str) or node.tag.startswith(_OURS):
            continue
        if not (node.tag in _ALWAYS_UNDERSTOOD or (node.tag in _UNDERSTOOD_IF_LINKED and node in linked)):
            yield node
            if not is_semantic(node):
                continue
        for key in node.attrib:
            if key not in _UNDERSTOOD_ATTRIBUTES and not key.startswith((_OF_XML, _OURS)):
                counts["attribute", _shown_attribute(node, key)] += 1
        open_nodes += reversed(list(node))


_HEAD: Final = ("id", "name", "targetNamespace", "exporter", "exporterVersion")


def _shown(node: Node) -> str:
    namespace, _, local = node.tag.rpartition("}")
    if namespace == f"{{{MODEL}":
        return str(local)
    prefix = next((prefix for prefix, uri in node.nsmap.items() if f"{{{uri}" == namespace), None)
    return f"{prefix}:{local}" if prefix else str(local)


def _shown_attribute(node: Node, key: str) -> str:
    namespace, _, local = key.rpartition("}")
    if not namespace:
        return key
    prefix = next((prefix for prefix, uri in node.nsmap.items() if f"{{{uri}" == namespace), None)
    return f"{prefix}:{local}" if prefix else local


def _broken(understood: Understanding) -> Iterator[Broken]:
    """Yield references that lead nowhere and ids that are there twice."""
    index = understood.index
    known = set(index.element_of_id)
    for node in understood.document.root.iter():
        id_ = node.get("id") if isinstance(node.tag, str) else None
        if id_:
            known.add(id_)
    target_namespace = understood.document.root.get("targetNamespace")
    for node in understood.document.root.iter():
        if not isinstance(node.tag, str):
            continue
        references: Sequence[tuple[str, str | None]] = [
            (key, node.get(key)) for key in node.attrib if key in _LOCAL_REFERENCES
        ]
        if node.tag in REFERENCE_ELEMENTS:
            references = [*references, (node.tag.rpartition("}")[2], node.text)]
        for name, value in references:
            text = (value or "").strip()
            if not text or text in known:
                continue
            prefix, colon, local = text.partition(":")
            if colon and prefix in node.nsmap and (local in known or node.nsmap[prefix] != target_namespace):
                continue
            around = node if node.get("id") else node.getparent()
            element = (around.get("id") if around is not None else None) or _shown(node)
            yield Broken("dangling-reference", element, name, text[:200], node.sourceline)
    for node in index.duplicates:
        id_ = node.get("id") or ""
        yield Broken("duplicate-id", id_[:200], "id", id_[:200], node.sourceline)


_LOCAL_REFERENCES: Final = REFERENCES - {"calledElement", "itemSubjectRef", "structureRef", "operationRef"}
"""Attributes whose targets are usually in this file; a called process often is in another."""
