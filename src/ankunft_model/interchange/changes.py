"""What a model says otherwise than the file it came from, as changes of the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ankunft_model.bpmn_xml.document import Node, new_node
from ankunft_model.interchange.file_edits import FileEdits, detach
from ankunft_model.interchange.flow_changes import FlowChanges
from ankunft_model.interchange.new_shapes import NewShapes
from ankunft_model.interchange.node_changes import change_event, change_type, new_flow_node
from ankunft_model.interchange.plain_model import entries_of, flows_in, handovers_in, nodes_in, shown_text
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import SAID, bpmn
from ankunft_model.model.plain import is_mapping


def change_file(understood: Understanding, plain: dict[str, Any]) -> bool:
    """Change the tree of the file so that it says what the model says, as far as BPMN has words for it.

    Returns:
        Whether the file may say it all now; what the model has and no file can say is not looked for in the file.
    """
    changes = _Changes(understood, plain)
    changes.apply()
    return changes.may_be_said()


def may_be_said(plain: dict[str, Any], nodes: Iterable[dict[str, Any]]) -> bool:
    """Return whether a model has no field that is found in no file.

    Args:
        plain: The model in the shape of its file.
        nodes: Those of its nodes that are not known to have none.
    """
    entries = [("model", plain), *(("handovers", entry) for entry in handovers_in(plain).values())]
    for name in ("actors", "systems", "documents", "processes"):
        entries += [(name, entry) for entry in entries_of(plain, name).values()]
    entries += [("nodes", node) for node in nodes]
    return all(entry.keys() <= SAID[name] for name, entry in entries)


class _Changes:
    """The state of one call."""

    def __init__(self, understood: Understanding, plain: dict[str, Any]) -> None:
        self.understood = understood
        self.before = understood.plain
        self.plain = plain
        self.edits = FileEdits(understood.document, understood.index)
        self.shapes = NewShapes(self.edits)
        self.element_of = dict(understood.node_of)
        self.old_nodes = nodes_in(self.before)
        self.new_nodes = nodes_in(plain)
        self.changed = {
            id_: placed
            for id_, placed in self.new_nodes.items()
            if id_ not in self.old_nodes or self.old_nodes[id_].node != placed.node
        }
        """The nodes that are new, or otherwise than in the file."""

    def apply(self) -> None:
        if self.plain.get("title") != self.before.get("title"):
            self.edits.set_name(self.understood.document.root, shown_text(self.plain.get("title")))
        self.registries()
        self.processes()
        self.nodes()
        looked_at = {
            id_: placed for id_, placed in self.old_nodes.items() if id_ in self.changed or id_ not in self.new_nodes
        }
        FlowChanges(self.understood, self.edits, self.shapes, self.element_of).apply(
            flows_in(looked_at), flows_in(self.changed)
        )
        self.lanes()
        self.handovers()
        for id_ in self.old_nodes:
            if id_ not in self.new_nodes and id_ in self.understood.node_of:
                self.edits.remove(self.understood.node_of[id_])

    def may_be_said(self) -> bool:
        """Return whether no part has a field that is found in no file."""
        return may_be_said(self.plain, (placed.node for placed in self.changed.values()))

    # --- registries and processes

    def registries(self) -> None:
        organisations, information = self.understood.organisations, self.understood.information
        for id_, old, new in _pairs(self.before, self.plain, "actors"):
            self.describe(organisations.element_of[id_], old, new)
        for name in ("documents", "systems"):
            for id_, old, new in _pairs(self.before, self.plain, name):
                key = f"{name} {id_}"
                if new is not None and old.get("name") != new.get("name"):
                    self.edits.set_name(information.named_by[key], shown_text(new.get("name")))
                    old = {**old, "name": new.get("name")}
                self.describe(information.element_of[key], old, new)
                if new is None:
                    of = information.document_of if name == "documents" else information.system_of
                    for element in [element for element, owner in of.items() if owner == id_]:
                        self.edits.remove(element)

    def processes(self) -> None:
        for id_, old, new in _pairs(self.before, self.plain, "processes"):
            element = self.understood.process_of.get(id_)
            if element is not None:
                self.describe(element, old, new)
        for id_, process in entries_of(self.plain, "processes").items():
            if id_ not in entries_of(self.before, "processes"):
                self.new_process(id_, process)

    def new_process(self, id_: str, process: dict[str, Any]) -> None:
        root = self.understood.document.root
        attributes = {"id": self.edits.free_id(process.get("bpmn_id") or id_), "isExecutable": "false"}
        name = shown_text(process.get("name"))
        if name is not None:
            attributes["name"] = name
        element = new_node(bpmn("process"), attributes, near=root)
        last = [child for child in root if child.tag in (bpmn("process"), bpmn("collaboration"))]
        element.tail = last[-1].tail if last else root.text
        root.insert(root.index(last[-1]) + 1 if last else 0, element)
        self.understood.process_of[id_] = element

    def describe(self, element: Node, old: dict[str, Any], new: dict[str, Any] | None) -> None:
        """Give an element its new name and documentation, or take it away."""
        if new is None:
            self.edits.remove(element)
            return
        if old.get("name") != new.get("name"):
            self.edits.set_name(element, shown_text(new.get("name")))
        if old.get("description") != new.get("description"):
            self.edits.set_documentation(element, shown_text(new.get("description")))

    # --- nodes

    def nodes(self) -> None:
        is_larger = not self.changed.keys() <= self.old_nodes.keys()
        following = flows_in(self.new_nodes) if is_larger else {}
        before: dict[str, list[str]] = {}
        for id_, flows in following.items():
            for flow in flows:
                before.setdefault(flow["to"], []).append(id_)
        for id_, (scope, node) in self.changed.items():
            if id_ in self.old_nodes:
                if id_ in self.understood.node_of:
                    self.change_node(id_, node)
                continue
            if id_ in self.element_of:
                continue
            holder = self.element_of.get(scope) or self.understood.process_of.get(scope)
            if holder is None:
                continue
            element = new_flow_node(self.edits, holder, id_, node)
            self.element_of[id_] = element
            self.edits.add_flow_element(holder, element)
            left = [self.element_of[one] for one in before.get(id_, ()) if one in self.element_of]
            right = [self.element_of[flow["to"]] for flow in following[id_] if flow["to"] in self.element_of]
            self.shapes.draw_node(element, node.get("type", "task"), left, right)

    def change_node(self, id_: str, new: dict[str, Any]) -> None:
        old = self.old_nodes[id_][1]
        if old == new:
            return
        element = self.understood.node_of[id_]
        self.describe(element, old, new)
        if old.get("type") != new.get("type"):
            change_type(element, new.get("type", "task"))
        if any(old.get(key) != new.get(key) for key in ("trigger", "at", "interrupting", "attached_to")):
            change_event(element, old, new, self.element_of)

    # --- lanes

    def lanes(self) -> None:
        """Move nodes whose actor is another one into the lane of that actor."""
        organisations = self.understood.organisations
        for id_, (_, node) in self.changed.items():
            element = self.element_of.get(id_)
            if element is None:
                continue
            old_actor = self.old_nodes[id_][1].get("actor") if id_ in self.old_nodes else None
            actor = node.get("actor")
            if actor == old_actor or actor in (None, "none"):
                continue
            own = element.get("id") or ""
            for user in list(self.edits.users.get(own, ())):
                if user.tag == bpmn("flowNodeRef"):
                    detach(user)
            lane = organisations.element_of.get(str(actor))
            process = _process_around(element)
            if lane is not None and lane.tag == bpmn("participant"):
                continue
            if lane is None or _process_around(lane) is not process:
                lane = self.new_lane(process, str(actor))
            while lane is not None and lane.tag == bpmn("lane"):
                self.edits.add_reference(lane, bpmn("flowNodeRef"), own)
                break

    def new_lane(self, process: Node, actor: str) -> Node | None:
        """Return a lane for an actor that has none in this process yet; one that is the pool itself needs none."""
        if self.understood.organisations.actor_of_process.get(process) == actor:
            return None
        entry = entries_of(self.plain, "actors").get(actor, {})
        lane_set = next((child for child in process if child.tag == bpmn("laneSet")), None)
        if lane_set is None:
            lane_set = new_node(bpmn("laneSet"), {"id": self.edits.free_id("LaneSet")}, near=process)
            head = [child for child in process if child.tag in (bpmn("documentation"), bpmn("extensionElements"))]
            lane_set.tail = process.text
            process.insert(process.index(head[-1]) + 1 if head else 0, lane_set)
        attributes = {"id": self.edits.free_id(entry.get("bpmn_id") or actor)}
        name = shown_text(entry.get("name"))
        if name is not None:
            attributes["name"] = name
        lane = new_node(bpmn("lane"), attributes, near=lane_set)
        lane_set.append(lane)
        self.understood.organisations.element_of[actor] = lane
        return lane

    # --- handovers

    def handovers(self) -> None:
        old, new = handovers_in(self.before), handovers_in(self.plain)
        for id_, handover in old.items():
            element = self.understood.handover_of[id_]
            changed = new.get(id_)
            if changed is not None and any(handover.get(key) != changed.get(key) for key in ("from", "to")):
                self.edits.remove(element)
                self.new_handover(id_, changed)
            else:
                self.describe(element, handover, changed)
        for id_, handover in new.items():
            if id_ not in old:
                self.new_handover(id_, handover)

    def new_handover(self, id_: str, handover: dict[str, Any]) -> None:
        """Draw a handover as a message flow if both its ends are in the file and in two pools."""
        collaboration = next(
            (node for node in self.understood.document.root if node.tag == bpmn("collaboration")), None
        )
        source, target = self._end(handover.get("from")), self._end(handover.get("to"))
        if collaboration is None or source is None or target is None or _pool(source) is _pool(target):
            return
        attributes = {"id": self.edits.free_id(handover.get("bpmn_id") or id_)}
        name = shown_text(handover.get("name"))
        if name is not None:
            attributes["name"] = name
        attributes |= {"sourceRef": source.get("id") or "", "targetRef": target.get("id") or ""}
        element = new_node(bpmn("messageFlow"), attributes, near=collaboration)
        self.edits.add_message_flow(collaboration, element)
        self.shapes.draw_edge(element, source, target)

    def _end(self, end: Any) -> Node | None:
        if is_mapping(end):
            return self.understood.organisations.element_of.get(str(end.get("actor")))
        return self.element_of.get(str(end))


def _pool(node: Node) -> Node:
    return node if node.tag == bpmn("participant") else _process_around(node)


def _process_around(node: Node) -> Node:
    around: Node | None = node
    while around is not None and around.tag != bpmn("process"):
        around = around.getparent()
    return node if around is None else around


def _pairs(
    before: dict[str, Any], after: dict[str, Any], registry: str
) -> list[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Return the entries of the file that the model says otherwise or has no more."""
    new = entries_of(after, registry)
    return [(id_, old, new.get(id_)) for id_, old in entries_of(before, registry).items() if old != new.get(id_)]
