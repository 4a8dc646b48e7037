"""What a BPMN file says of its elements, as far as a drawing needs it: ids, kinds, names, ends, members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.namespaces import BPMNDI, MODEL, clark
from ankunft_model.bpmn_xml.other_xml import not_bpmn
from ankunft_model.bpmn_xml.parsing import MAX_BYTES, MAX_ELEMENTS, XmlElement, parse_document
from ankunft_model.diagrams.notes import LayoutNote, NoteCode, make_note
from ankunft_model.errors import Location, Problem, SourceError

TASKS: Final = frozenset(
    (
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
        "callActivity",
    )
)  # fmt: skip
SUB_PROCESSES: Final = frozenset(("subProcess", "adHocSubProcess", "transaction"))
EVENTS: Final = frozenset(
    (
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
        "implicitThrowEvent",
    )
)  # fmt: skip
GATEWAYS: Final = frozenset(
    ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway")
)
FLOW_NODES: Final = TASKS | SUB_PROCESSES | EVENTS | GATEWAYS
DATA: Final = frozenset(("dataObjectReference", "dataStoreReference", "dataInput", "dataOutput"))
DATA_ASSOCIATIONS: Final = frozenset(("dataInputAssociation", "dataOutputAssociation"))
CONNECTIONS: Final = frozenset(("sequenceFlow", "messageFlow", "association")) | DATA_ASSOCIATIONS
UNSUPPORTED: Final = frozenset(
    (
        "choreography", "globalChoreographyTask", "choreographyTask", "callChoreography", "subChoreography",
        "conversation", "subConversation", "callConversation", "conversationLink",
    )
)  # fmt: skip
DRAWN: Final = FLOW_NODES | DATA | CONNECTIONS | frozenset(("participant", "lane", "textAnnotation", "group"))
_HOLDERS: Final = SUB_PROCESSES | frozenset(("process", "collaboration"))
_DEFINITIONS: Final = clark(MODEL, "definitions")
_PREFIX: Final = f"{{{MODEL}}}"
_EXTENSIONS: Final = f"{_PREFIX}extensionElements"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the file.

    Attributes:
        id: Its id; unique.
        kind: Its name in BPMN, such as `userTask`.
        name: What it shows: its name, or the text of an annotation.
        node: The XML.
        holder: The id of the process, sub-process or collaboration around it, "" at the top.
        owner: Of data associations and data inputs: the flow node they belong to, or "".
        lane: Of lanes: the lane around it, or "".
    """

    id: str
    kind: str
    name: str
    node: XmlElement
    holder: str
    owner: str
    lane: str

    @property
    def line(self) -> int | None:
        """Its line in the file, counted from 1."""
        return self.node.sourceline


@dataclass(frozen=True, slots=True)
class BpmnFile:
    """The elements of a file by id, in its order; `inside` has the ids directly in each process or sub-process."""

    elements: dict[str, Element]
    inside: dict[str, list[str]]
    diagrams: tuple[XmlElement, ...]
    notes: list[LayoutNote] = field(default_factory=list[LayoutNote])
    file: str | None = None

    def note(self, code: NoteCode, element_id: str, detail: str = "") -> None:
        """Add a note about an element."""
        element = self.elements.get(element_id)
        line = None if element is None else element.line
        self.notes.append(make_note(code, element_id, detail, file=self.file, line=line))

    def ends(self, element: Element) -> tuple[str, str]:
        """Return the ids that a connection names as source and target; "" where it names nothing.

        A data association goes from data to the node it belongs to, or the other way round.
        """
        if element.kind not in DATA_ASSOCIATIONS:
            return self.resolve(element.node.get("sourceRef")), self.resolve(element.node.get("targetRef"))
        if element.kind == "dataInputAssociation":
            return self.resolve(text_of_child(element.node, "sourceRef")), element.owner
        return element.owner, self.resolve(text_of_child(element.node, "targetRef"))

    def resolve(self, reference: str | None) -> str:
        """Return the id that a reference means, also one with a prefix; "" if it is empty."""
        text = (reference or "").strip()
        return text if text in self.elements else text.rpartition(":")[2]


def parse_bpmn(data: bytes, *, file: str | None) -> XmlElement:
    """Return the root of a BPMN 2.0 file."""
    root = parse_document(data, file=file, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    if root.tag != _DEFINITIONS:
        raise SourceError(
            [
                Problem(
                    "not-a-bpmn-file",
                    not_bpmn(str(root.tag)),
                    Location(file, root.sourceline),
                )
            ]
        )
    return root


def read_elements(root: XmlElement, *, file: str | None) -> BpmnFile:
    """Return what `root` says; never fails."""
    found = BpmnFile({}, {"": []}, tuple(child for child in root if child.tag == f"{{{BPMNDI}}}BPMNDiagram"), file=file)
    waiting: list[tuple[XmlElement, str, str, str]] = [(child, "", "", "") for child in reversed(list(root))]
    while waiting:
        node, holder, owner, lane = waiting.pop()
        if not node.tag.startswith(_PREFIX) or node.tag == _EXTENSIONS:
            continue
        kind = node.tag[len(_PREFIX) :]
        id_ = (node.get("id") or "").strip()
        if id_ and id_ not in found.elements:
            element = Element(id_, kind, _name(node, kind), node, holder, owner, lane)
            found.elements[id_] = element
            found.inside[holder].append(id_)
        elif kind in DRAWN and not (id_ == "" and kind in DATA_ASSOCIATIONS | {"dataInput", "dataOutput"}):
            code: NoteCode = "repeated-id" if id_ else "missing-id"
            found.notes.append(make_note(code, id_, kind, file=file, line=node.sourceline))
            id_ = ""
        if id_ and kind in _HOLDERS:
            holder, owner, lane = id_, "", ""
            found.inside.setdefault(id_, [])
        elif id_ and kind in FLOW_NODES:
            owner = id_
        elif id_ and kind == "lane":
            lane = id_
        if len(node):
            waiting.extend(
                (child, holder, owner if kind not in SUB_PROCESSES else _owner_in(child, id_), lane)
                for child in reversed(list(node))
            )
    return found


def _owner_in(child: XmlElement, id_: str) -> str:
    """Return the owner of what stands in a sub-process: its own data associations belong to the sub-process itself."""
    kind = child.tag[len(_PREFIX) :]
    return id_ if kind in DATA_ASSOCIATIONS or kind == "ioSpecification" else ""


def _name(node: XmlElement, kind: str) -> str:
    if kind == "textAnnotation":
        text = next((child for child in node if child.tag == f"{_PREFIX}text"), None)
        return "" if text is None else "".join(text.itertext()).strip()
    return (node.get("name") or "").strip()


def children(node: XmlElement, kind: str) -> Iterator[XmlElement]:
    """Yield the children of a kind."""
    tag = _PREFIX + kind
    return (child for child in node if child.tag == tag)


def text_of_child(node: XmlElement, kind: str) -> str:
    """Return the text of the first child of a kind, "" if there is none."""
    child = next(children(node, kind), None)
    return "" if child is None else (child.text or "").strip()
