"""The figures of any BPMN file, read from its XML: everything that the standard draws, whatever else is wrong.

Reading for a picture is lenient where the picture does not depend on it (missing ids, dangling references, elements of
other tools) and strict about places: a number that is none, or far away, is refused.

Source: OMG formal/2011-01-03 (BPMN 2.0), `Semantic.xsd` and `BPMNDI.xsd`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ankunft_model.bpmn_xml.namespaces import ANKUNFT, I18N, MODEL, XML, clark
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.exports.svg.figures import ACTIVITIES, CHOREOGRAPHIES, CONNECTIONS, SHAPES, Figure, Trait
from ankunft_model.wording import Language

_MODEL_PREFIX: Final = clark(MODEL, "")
_LANG: Final = clark(XML, "lang")
_GLOBAL_TASKS: Final = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
_CHOREOGRAPHY_LOOPS: Final[dict[str, Trait]] = {
    "Standard": "loop",
    "MultiInstanceSequential": "sequential-instances",
    "MultiInstanceParallel": "parallel-instances",
}


def figures_of_xml(root: XmlElement, *, language: Language | None) -> dict[str, Figure]:
    """Return every element of a BPMN file that can be drawn, by its id, in the order of the file."""
    reading = _Reading(root, language)
    return {id_: reading.figure(id_, node) for id_, node in reading.drawable()}


def model_name(node: XmlElement) -> str:
    """Return the name of an element of BPMN in the standard, "" for elements of other namespaces.

    Example:
        >>> from ankunft_model.bpmn_xml.parsing import parse_document
        >>> model_name(parse_document(b"<a/>", file=None, max_bytes=99, max_elements=9))
        ''
    """
    return node.tag.removeprefix(_MODEL_PREFIX) if node.tag.startswith(_MODEL_PREFIX) else ""


class _Reading:
    """The elements of a file by id, and what they say of each other."""

    def __init__(self, root: XmlElement, language: Language | None) -> None:
        self.language = language
        self.node_of: dict[str, XmlElement] = {}
        self.defaults: set[str] = set()
        self.category_values: dict[str, XmlElement] = {}
        for node in root.iter():
            kind = model_name(node)
            id_ = node.get("id")
            if not kind or id_ is None:
                continue
            self.node_of.setdefault(id_, node)
            default = node.get("default")
            if default is not None:
                self.defaults.add(reference(default))
            if kind == "categoryValue":
                self.category_values.setdefault(id_, node)

    def drawable(self) -> Iterator[tuple[str, XmlElement]]:
        for id_, node in self.node_of.items():
            kind = model_name(node)
            if kind in SHAPES or kind in CONNECTIONS:
                yield id_, node

    def figure(self, id_: str, node: XmlElement) -> Figure:
        kind = model_name(node)
        return Figure(
            kind=kind,
            id=id_,
            name=self.name(node, kind),
            triggers=tuple(self.triggers(node)),
            traits=frozenset(self.traits(node, kind)),
            called=self.called_task(node) if kind == "callActivity" else "",
            direction=node.get("associationDirection") or "None",
            references=_references(node),
        )

    def name(self, node: XmlElement, kind: str) -> str:
        if kind == "textAnnotation":
            text = next(("".join(child.itertext()) for child in node if model_name(child) == "text"), "")
            return self.translated(node, "text") or text
        if kind == "group":
            value = self.category_values.get(reference(node.get("categoryValueRef") or ""))
            return "" if value is None else self.translated(value, "@value") or value.get("value") or ""
        name = self.translated(node, "@name") or node.get("name") or ""
        if not name and kind == "dataObjectReference":
            data = self.referred(node, "dataObjectRef")
            name = "" if data is None else data.get("name") or ""
        if not name and kind == "dataStoreReference":
            store = self.referred(node, "dataStoreRef")
            name = "" if store is None else store.get("name") or ""
        state = next((child.get("name") for child in node if model_name(child) == "dataState"), None)
        return f"{name}\n[{state}]".strip() if state else name

    def translated(self, node: XmlElement, target: str) -> str | None:
        if self.language is None:
            return None
        for extensions in node:
            if model_name(extensions) != "extensionElements":
                continue
            for found in extensions:
                if (
                    found.tag == clark(I18N, "translation")
                    and (found.get("target") or "@name") == target
                    and found.get(_LANG) == self.language
                ):
                    return "".join(found.itertext())
        return None

    def triggers(self, node: XmlElement) -> Iterator[str]:
        start = _start_of(node)
        for child in node if start is None else start:
            kind = model_name(child)
            if kind == "eventDefinitionRef":
                target = self.node_of.get(reference("".join(child.itertext())))
                kind = "" if target is None else model_name(target)
            if kind.endswith("EventDefinition"):
                yield kind.removesuffix("EventDefinition")

    def traits(self, node: XmlElement, kind: str) -> Iterator[Trait]:
        if kind in ACTIVITIES:
            yield from self.activity_traits(node, kind)
        elif kind == "startEvent":
            yield from _if(_is(node, "isInterrupting", default=True), no="non-interrupting")
        elif kind == "boundaryEvent":
            yield from _if(_is(node, "cancelActivity", default=True), no="non-interrupting")
        elif kind == "eventBasedGateway":
            yield from _if(_is(node, "instantiate"), yes="instantiating")
            yield from _if(node.get("eventGatewayType") == "Parallel", yes="parallel-event")
        elif kind == "sequenceFlow":
            yield from self.flow_traits(node)
        elif kind == "participant":
            yield from _if(bool(node.get("processRef")), yes="open")
            multiplicity = next((child for child in node if model_name(child) == "participantMultiplicity"), None)
            if multiplicity is not None and (multiplicity.get("maximum") or "1").strip() not in ("0", "1"):
                yield "parallel-instances"
        elif kind == "dataObjectReference":
            target = self.referred(node, "dataObjectRef")
            yield from _if(target is not None and _is(target, "isCollection"), yes="collection")
        elif kind.startswith("data"):
            yield from _if(_is(node, "isCollection"), yes="collection")
        elif kind in CHOREOGRAPHIES:
            loop = _CHOREOGRAPHY_LOOPS.get(node.get("loopType") or "")
            yield from _if(loop is not None, yes=loop)
        if kind == "callChoreography":
            yield from self.call_traits(node, "calledChoreographyRef", "globalChoreographyTask")
        elif kind == "callConversation":
            yield from self.call_traits(node, "calledCollaborationRef", "globalConversation")
        if kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
            yield from _if(_is(node, "parallelMultiple"), yes="parallel-event")

    def activity_traits(self, node: XmlElement, kind: str) -> Iterator[Trait]:
        yield from _if(_is(node, "isForCompensation"), yes="compensation")
        yield from _if(_is(node, "triggeredByEvent"), yes="event-sub-process")
        start = _start_of(node)
        if start is not None:
            yield from self.traits(start, "startEvent")
        yield from _if(kind == "receiveTask" and _is(node, "instantiate"), yes="instantiating")
        yield from _if(kind == "adHocSubProcess", yes="ad-hoc")
        yield from _if(kind == "callActivity" and not self.called_task(node), yes="called-process")
        for child in node:
            if model_name(child) == "standardLoopCharacteristics":
                yield "loop"
            elif model_name(child) == "multiInstanceLoopCharacteristics":
                yield "sequential-instances" if _is(child, "isSequential") else "parallel-instances"

    def call_traits(self, node: XmlElement, attribute: str, simple: str) -> Iterator[Trait]:
        """Yield whether what is called has parts of its own: unless it is the `simple` kind, or nothing is called."""
        called = self.referred(node, attribute)
        is_simple = called is not None and model_name(called) == simple
        yield from _if(bool(node.get(attribute)) and not is_simple, yes="called-process")

    def flow_traits(self, node: XmlElement) -> Iterator[Trait]:
        if (node.get("id") or "") in self.defaults:
            yield "default"
        elif any(model_name(child) == "conditionExpression" for child in node):
            source = self.referred(node, "sourceRef")
            yield from _if(source is not None and model_name(source) in ACTIVITIES, yes="conditional")

    def called_task(self, node: XmlElement) -> str:
        called = self.node_of.get(reference(node.get("calledElement") or ""))
        return "" if called is None else _GLOBAL_TASKS.get(model_name(called), "")

    def referred(self, node: XmlElement, attribute: str) -> XmlElement | None:
        return self.node_of.get(reference(node.get(attribute) or ""))


def reference(text: str) -> str:
    """Return the id that a reference names: without white space and prefix.

    Example:
        >>> reference(" tns:Task_1 ")
        'Task_1'
    """
    return text.strip().rpartition(":")[2]


def _start_of(node: XmlElement) -> XmlElement | None:
    """Return the event that starts an event sub-process; None for all else."""
    if not _is(node, "triggeredByEvent"):
        return None
    return next((child for child in node if model_name(child) == "startEvent"), None)


def _references(node: XmlElement) -> tuple[tuple[str, str], ...]:
    return tuple(
        (mark.get("kind") or "", mark.get("id") or "")
        for extensions in node
        if model_name(extensions) == "extensionElements"
        for mark in extensions
        if mark.tag == clark(ANKUNFT, "element") and mark.get("id")
    )


def _is(node: XmlElement, attribute: str, *, default: bool = False) -> bool:
    text = node.get(attribute)
    return default if text is None else text.strip() in ("true", "1")


def _if(holds: bool, *, yes: Trait | None = None, no: Trait | None = None) -> Iterable[Trait]:  # noqa: FBT001 - reads as a sentence
    found = yes if holds else no
    return () if found is None else (found,)
