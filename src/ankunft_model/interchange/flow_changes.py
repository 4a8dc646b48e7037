"""Sequence flows of a file that lead elsewhere, are called otherwise, are new or gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node, new_node
from ankunft_model.bpmn_xml.lexical import writable
from ankunft_model.interchange.file_edits import FileEdits
from ankunft_model.interchange.new_shapes import NewShapes
from ankunft_model.interchange.plain_model import Flows, shown_text
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn

_INCOMING: Final = bpmn("incoming")
_OUTGOING: Final = bpmn("outgoing")


class FlowChanges:
    """Changes the sequence flows of one file."""

    def __init__(
        self, understood: Understanding, edits: FileEdits, shapes: NewShapes, element_of: Mapping[str, Node]
    ) -> None:
        self.understood = understood
        self.edits = edits
        self.shapes = shapes
        self.element_of = element_of
        self.writes_references = (
            any(child.tag in (_INCOMING, _OUTGOING) for node in understood.node_of.values() for child in node)
            or not understood.node_of
        )

    def apply(self, old: Flows, new: Flows) -> None:
        """Change what is otherwise in `new` than in `old`, the flows that the file says or implies."""
        unchanged = {source for source, flows in old.items() if new.get(source) == flows}
        elements: dict[str, tuple[str, dict[str, Any], Node]] = {}
        implied: set[tuple[str, str]] = set()
        for source, flows in old.items():
            if source in unchanged:
                continue
            for flow, element in zip(flows, self.understood.flows_of.get(source, ()), strict=False):
                if element is None:
                    implied.add((source, flow["to"]))
                else:
                    elements[f"{source} {flow['to']} {flow.get('bpmn_id')}"] = (source, flow, element)
        by_own_id = {flow["bpmn_id"]: key for key, (_, flow, _) in elements.items() if "bpmn_id" in flow}
        left = dict(elements)
        added: list[tuple[str, dict[str, Any]]] = []
        for source, flows in new.items():
            for flow in flows if source not in unchanged else ():
                key = f"{source} {flow['to']} {flow.get('bpmn_id')}"
                if key not in left:
                    key = by_own_id.get(flow.get("bpmn_id"), "")
                if key not in left:
                    key = next((one for one in left if one.startswith(f"{source} {flow['to']} ")), "")
                if key not in left:
                    if (source, flow["to"]) not in implied:
                        added.append((source, flow))
                    continue
                old_source, old_flow, element = left.pop(key)
                self.change(element, (old_source, old_flow), (source, flow))
        for source, flow in added:
            self.add(source, flow)
        for _, _, element in left.values():
            self.edits.remove(element)

    def change(self, element: Node, old: tuple[str, dict[str, Any]], new: tuple[str, dict[str, Any]]) -> None:
        """Give a flow what is otherwise: ends, name or answer, default."""
        (old_source, old_flow), (source, flow) = old, new
        if old_source != source or old_flow["to"] != flow["to"]:
            start, end = self.element_of.get(source), self.element_of.get(flow["to"])
            if start is None or end is None:
                self.edits.remove(element)
                return
            self._connect(element, start, end)
        said, says = (one.get("when") or one.get("name") for one in (old_flow, flow))
        if said != says:
            self._say(element, says)
        if bool(old_flow.get("default")) != bool(flow.get("default")):
            self._set_default(source, element, is_default=bool(flow.get("default")))

    def add(self, source: str, flow: dict[str, Any]) -> None:
        """Put a new flow into the file, if both its ends are there."""
        start, end = self.element_of.get(source), self.element_of.get(flow["to"])
        if start is None or end is None:
            return
        holder = start.getparent()
        if holder is None or end.getparent() is not holder:
            return
        wanted = flow.get("bpmn_id") or flow.get("id") or f"Flow_{start.get('id')}_{end.get('id')}"
        element = new_node(bpmn("sequenceFlow"), {"id": self.edits.free_id(wanted)}, near=holder)
        says = flow.get("when") or flow.get("name")
        if says is not None:
            self._say(element, says)
        self._connect(element, start, end)
        self.edits.add_flow_element(holder, element)
        if flow.get("default"):
            self._set_default(source, element, is_default=True)

    def _connect(self, element: Node, start: Node, end: Node) -> None:
        own = element.get("id") or ""
        for key, tag, node in (("sourceRef", _OUTGOING, start), ("targetRef", _INCOMING, end)):
            before = self.understood.index.target(element, element.get(key))
            if before is not None and before is not node:
                self.edits.remove_reference(before, tag, own)
                self.edits.forget_user(before.get("id") or "", element)
            if before is not node:
                element.set(key, node.get("id") or "")
                self.edits.note_user(node.get("id") or "", element)
                if self.writes_references:
                    self.edits.add_reference(node, tag, own)
        self.shapes.draw_edge(element, start, end)

    def _say(self, element: Node, says: Any) -> None:
        """Name the flow; the text of a condition that stood for its name changes with it."""
        shown = shown_text(says)
        condition = next((child for child in element if child.tag == bpmn("conditionExpression")), None)
        if condition is not None and not (element.get("name") or "").strip() and shown is not None:
            condition.text = writable(shown)
        else:
            self.edits.set_name(element, shown)

    def _set_default(self, source: str, element: Node, *, is_default: bool) -> None:
        start = self.element_of[source]
        if is_default:
            start.set("default", element.get("id") or "")
        elif self.understood.index.target(start, start.get("default")) is element:
            del start.attrib["default"]
