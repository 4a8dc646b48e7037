"""The control flow of a BPMN 2.0 file: nodes, sequence flows, message flows, and nothing else of it.

Tolerant where the full reader is strict: what has no id, or refers to what is not there, is left out, because a verdict
on the rest is worth more than none. Nothing but lxml is needed.

Meaning: BPMN 2.0.2 (OMG formal/13-12-09), chapters 10 and 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ankunft_model.bpmn_xml.namespaces import MODEL, clark
from ankunft_model.bpmn_xml.other_xml import not_bpmn
from ankunft_model.bpmn_xml.parsing import MAX_BYTES, MAX_ELEMENTS, XmlElement, parse_document
from ankunft_model.errors import Location, Problem, SourceError

_TASKS: Final = frozenset(
    (
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "callActivity",
        "callChoreography",
        "choreographyTask",
    )
)
_KIND_OF: Final = {
    **dict.fromkeys(_TASKS, "task"),
    "subProcess": "sub_process",
    "adHocSubProcess": "sub_process",
    "transaction": "sub_process",
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "event",
    "intermediateThrowEvent": "event",
    "boundaryEvent": "boundary",
    "exclusiveGateway": "exclusive",
    "eventBasedGateway": "exclusive",
    "complexGateway": "inclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
}
_PREFIX: Final = clark(MODEL, "")


class WorkflowNode(NamedTuple):
    """A flow node; see `graph.control_flow.NodeDraft` for the words.

    Attributes:
        receives: Whether it goes on only when a message has come: a receiving task, a catching or a start event.
    """

    id: str
    kind: str
    parent: str | None
    host: str | None
    interrupts: bool
    name: str | None
    receives: bool = False


class WorkflowFlow(NamedTuple):
    """A sequence flow, or a link from a throwing to a catching event."""

    source: str
    target: str
    is_conditional: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class WorkflowProcess:
    """One process of a file."""

    id: str
    name: str | None
    nodes: tuple[WorkflowNode, ...]
    flows: tuple[WorkflowFlow, ...]


@dataclass(frozen=True, slots=True)
class WorkflowFile:
    """The processes of a file, in its order, and the message flows between their nodes (ids)."""

    processes: tuple[WorkflowProcess, ...]
    messages: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Draft:
    nodes: list[WorkflowNode] = field(default_factory=list["WorkflowNode"])
    flows: list[tuple[str, str, bool, str | None]] = field(default_factory=list[tuple[str, str, bool, "str | None"]])
    defaults: set[str] = field(default_factory=set[str])
    throws: dict[tuple[str | None, str], list[str]] = field(default_factory=dict[tuple["str | None", str], list[str]])
    catches: dict[tuple[str | None, str], list[str]] = field(default_factory=dict[tuple["str | None", str], list[str]])


def read_workflows(data: bytes, *, file: str | None = None) -> WorkflowFile:
    """Return the control flow of all processes of a BPMN 2.0 file.

    Raises:
        SourceError: The data is no XML, hostile, or no BPMN 2.0.

    Example:
        >>> text = (
        ...     b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>'
        ...     b'<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'
        ... )
        >>> [flow[:2] for flow in read_workflows(text).processes[0].flows]
        [('s', 'e')]
    """
    root = parse_document(data, file=file, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    if root.tag != clark(MODEL, "definitions"):
        raise SourceError([Problem("not-a-bpmn-file", not_bpmn(str(root.tag)), Location(file, root.sourceline))])
    processes: list[WorkflowProcess] = []
    messages: list[tuple[str, str]] = []
    for number, element in enumerate(root):
        if element.tag == clark(MODEL, "process"):
            processes.append(_process(element, number))
        elif element.tag == clark(MODEL, "collaboration"):
            messages += [
                (_reference(flow, "sourceRef"), _reference(flow, "targetRef"))
                for flow in element.iterfind(clark(MODEL, "messageFlow"))
            ]
    known = {node.id for process in processes for node in process.nodes}
    return WorkflowFile(tuple(processes), tuple(dict.fromkeys(m for m in messages if m[0] in known and m[1] in known)))


def _process(element: XmlElement, number: int) -> WorkflowProcess:
    draft = _Draft()
    for scope, parent in _scopes(element):
        for child in scope:
            if child.tag.startswith(_PREFIX):
                _read_child(child, child.tag[len(_PREFIX) :], parent, draft)
    known: dict[str, WorkflowNode] = {}
    for node in draft.nodes:
        if node.id not in known and (node.kind != "boundary" or node.host is not None):
            known[node.id] = node
    nodes = tuple(node for node in known.values() if node.host is None or node.host in known)
    ids = {node.id for node in nodes}
    flows = [
        WorkflowFlow(source, target, is_conditional, id_ in draft.defaults)
        for source, target, is_conditional, id_ in draft.flows
        if source in ids and target in ids
    ]
    for key, throwing in draft.throws.items():
        flows += [
            WorkflowFlow(source, target, is_conditional=False, is_default=False)
            for source in throwing
            for target in draft.catches.get(key, ())[:1]
        ]
    return WorkflowProcess(
        element.get("id") or f"process_{number}", element.get("name"), _in_order(nodes), tuple(flows)
    )


def _scopes(process: XmlElement) -> Iterator[tuple[XmlElement, str | None]]:
    """Yield the process and every sub-process with its id, outer ones first."""
    stack: list[tuple[XmlElement, str | None]] = [(process, None)]
    while stack:
        scope, parent = stack.pop()
        yield scope, parent
        inner = [
            (child, child.get("id"))
            for child in scope
            if child.tag.startswith(_PREFIX) and _KIND_OF.get(child.tag[len(_PREFIX) :]) == "sub_process"
        ]
        stack += [(child, id_) for child, id_ in reversed(inner) if id_]


def _read_child(child: XmlElement, name: str, parent: str | None, draft: _Draft) -> None:
    id_ = child.get("id")
    if name == "sequenceFlow":
        condition = child.find(clark(MODEL, "conditionExpression")) is not None
        draft.flows.append((_reference(child, "sourceRef"), _reference(child, "targetRef"), condition, id_))
        return
    kind = _KIND_OF.get(name)
    if kind is None or not id_ or child.get("isForCompensation") == "true":
        return  # what compensates runs outside the sequence flows
    if child.get("default"):
        draft.defaults.add(_reference(child, "default"))
    host = None
    interrupts = True
    if kind == "sub_process" and child.get("triggeredByEvent") == "true":
        kind = "event_sub_process"
    elif name == "eventBasedGateway" and child.get("eventGatewayType") == "Parallel":
        kind = "parallel"  # all of its events are awaited (BPMN 2.0.2, 10.6.6)
    elif kind == "start":
        interrupts = child.get("isInterrupting") != "false"
    elif kind == "boundary":
        host = _reference(child, "attachedToRef") or None
        interrupts = child.get("cancelActivity") != "false"
        if child.find(clark(MODEL, "compensateEventDefinition")) is not None:
            return
    elif kind == "end" and child.find(clark(MODEL, "terminateEventDefinition")) is not None:
        kind = "terminate"
    elif kind == "event":
        link = child.find(clark(MODEL, "linkEventDefinition"))
        if link is not None:
            side = draft.catches if name == "intermediateCatchEvent" else draft.throws
            side.setdefault((parent, link.get("name") or child.get("name") or ""), []).append(id_)
    receives = name in ("receiveTask", "startEvent", "intermediateCatchEvent")
    draft.nodes.append(WorkflowNode(id_, kind, parent, host, interrupts, child.get("name"), receives))


def _reference(element: XmlElement, name: str) -> str:
    """Return the id that an attribute refers to, without the prefix of a namespace that is declared."""
    text = (element.get(name) or "").strip()
    prefix, colon, local = text.partition(":")
    return local if colon and prefix in element.nsmap else text


def _in_order(nodes: tuple[WorkflowNode, ...]) -> tuple[WorkflowNode, ...]:
    """Return the nodes so that the inner ones follow their sub-process."""
    inner: dict[str | None, list[WorkflowNode]] = {}
    for node in nodes:
        inner.setdefault(node.parent, []).append(node)
    found: list[WorkflowNode] = []
    stack = list(reversed(inner.get(None, [])))
    while stack:
        node = stack.pop()
        found.append(node)
        stack += reversed(inner.get(node.id, [])) if node.kind in ("sub_process", "event_sub_process") else ()
    return tuple(found)
