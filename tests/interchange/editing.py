"""Edits of a BPMN file as a modelling tool makes them: what goes together changes together, in words and drawing.

Written after what bpmn-js does: a deleted shape takes its connections along, a moved one their ends, an element in
another lane changes what the lanes name, a new element comes with its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from lxml import etree

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
BIOC: Final = "http://bpmn.io/schema/bpmn/biocolor/1.0"
COLOR: Final = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
ANKUNFT: Final = "https://ankunft-model.org/bpmn/1"
ACTIVITIES: Final = ("task", "userTask", "serviceTask", "manualTask", "sendTask", "receiveTask", "businessRuleTask")
GATEWAYS: Final = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway")
FLOW_NODES: Final = (
    *ACTIVITIES, "scriptTask", "callActivity", "subProcess", *GATEWAYS, "startEvent", "endEvent",
    "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
)  # fmt: skip
HEADER: Final = 30
NAMES: Final = ("Antrag prüfen", "A & B < C", "Neu: „Termin“", "none", "  viel   Raum ", "日本", "x" * 80, "2025-01-01")


def tag(name: str, namespace: str = BPMN) -> str:
    return f"{{{namespace}}}{name}"


def local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


class Editor:
    """One file that is being edited.

    Attributes:
        touched: Nodes of the model of which an edit says something new, or might.
        done: What was done, for the message of a failing test.
    """

    def __init__(self, data: bytes) -> None:
        self.root: Any = etree.fromstring(data)
        self.number = 0
        self.touched: set[str] = set()
        self.done: list[str] = []

    def data(self) -> bytes:
        return bytes(etree.tostring(self.root, encoding="UTF-8", xml_declaration=True))

    # --- looking around

    def all(self, *names: str) -> list[Any]:
        wanted = {tag(name) for name in names}
        return [node for node in self.root.iter() if node.tag in wanted]

    def by_id(self, id_: str | None) -> Any:
        return next((node for node in self.root.iter() if isinstance(node.tag, str) and node.get("id") == id_), None)

    def drawn(self, id_: str) -> list[Any]:
        return [
            node
            for name in ("BPMNShape", "BPMNEdge")
            for node in self.root.iter(tag(name, BPMNDI))
            if node.get("bpmnElement") == id_
        ]

    def bounds(self, id_: str) -> Any:
        """Return the bounds of the first shape of an element, or None."""
        shape = next((one for one in self.drawn(id_) if local(one) == "BPMNShape"), None)
        return None if shape is None else shape.find(tag("Bounds", DC))

    def free_id(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}_0fz{self.number:03d}x"

    @staticmethod
    def references(node: Any) -> dict[str, str]:
        return {
            mark.get("kind"): mark.get("id") for mark in node.iter(tag("element", ANKUNFT)) if _is_mark_of(mark, node)
        }

    def nodes_drawn(self) -> list[Any]:
        """Return the flow nodes that stand for nodes of the model, or were made by hand."""
        return [
            node
            for node in self.all(*FLOW_NODES)
            if self.bounds(node.get("id")) is not None and ("node" in self.references(node) or "_0fz" in node.get("id"))
        ]

    def process_around(self, node: Any) -> Any:
        return next((one for one in (node, *node.iterancestors()) if one.tag == tag("process")), None)

    def lane_of(self, node: Any) -> Any:
        return next((one.getparent() for one in self.all("flowNodeRef") if one.text == node.get("id")), None)

    def flows_at(self, id_: str) -> list[Any]:
        """Return the connections that begin or end at an element."""
        kinds = ("sequenceFlow", "messageFlow", "association")
        return [one for one in self.all(*kinds) if id_ in (one.get("sourceRef"), one.get("targetRef"))]

    def holder_bounds(self, node: Any) -> Any:
        """Return the bounds of the innermost drawn thing that an element lies in."""
        lane = self.lane_of(node)
        if lane is not None and self.bounds(lane.get("id")) is not None:
            return self.bounds(lane.get("id"))
        around = node.getparent()
        if around.tag == tag("process"):
            pool = next((one for one in self.all("participant") if one.get("processRef") == around.get("id")), None)
            return None if pool is None else self.bounds(pool.get("id"))
        return self.bounds(around.get("id"))

    def make_room(self, node: Any, right: float) -> None:
        """Let what an element lies in end further right, as modelling tools do when something is put in there."""
        holder = self.holder_bounds(node)
        more = 0 if holder is None else right - float(holder.get("x")) - float(holder.get("width"))
        if more <= 0:
            return
        around = [one for one in node.iterancestors() if one.tag == tag("subProcess")]
        for one in (*self.all("participant", "lane"), *around):
            bounds = self.bounds(one.get("id"))
            if bounds is not None:
                bounds.set("width", f"{float(bounds.get('width')) + more:g}")

    def touch(self, *elements: Any) -> None:
        """Note that something may be said anew of the nodes of these elements, seen through what stands for none."""
        waiting, seen = [one for one in elements if one is not None], set()
        while waiting:
            element = waiting.pop()
            if element in seen:
                continue
            seen.add(element)
            node = self.references(element).get("node")
            if node is not None:
                self.touched.add(node)
            if node is None or element in elements:
                for flow in self.flows_at(element.get("id") or ""):
                    waiting += [
                        one
                        for key in ("sourceRef", "targetRef")
                        if (one := self.by_id(flow.get(key))) is not None and one is not element
                    ]

    # --- changing the tree

    def shape(self, id_: str, x: float, y: float, width: float, height: float) -> Any:
        plane = next(self.root.iter(tag("BPMNPlane", BPMNDI)))
        shape = etree.SubElement(plane, tag("BPMNShape", BPMNDI), id=f"{id_}_di", bpmnElement=id_)
        sizes = {"x": x, "y": y, "width": width, "height": height}
        etree.SubElement(shape, tag("Bounds", DC), {key: f"{value:g}" for key, value in sizes.items()})
        return shape

    def edge(self, id_: str, source: str, target: str) -> None:
        plane = next(self.root.iter(tag("BPMNPlane", BPMNDI)))
        edge = etree.SubElement(plane, tag("BPMNEdge", BPMNDI), id=f"{id_}_di", bpmnElement=id_)
        for end, side in ((source, 1), (target, 0)):
            x, y, width, height = self.rectangle(end)
            etree.SubElement(edge, tag("waypoint", DI), x=f"{x + side * width:g}", y=f"{y + height / 2:g}")

    def rectangle(self, id_: str) -> tuple[float, float, float, float]:
        bounds = self.bounds(id_)
        x, y, width, height = (float(bounds.get(key)) for key in ("x", "y", "width", "height"))
        return x, y, width, height

    def connect(self, source: Any, target: Any, name: str | None = None) -> Any:
        id_ = self.free_id("Flow")
        flow = etree.SubElement(source.getparent(), tag("sequenceFlow"), id=id_)
        if name is not None:
            flow.set("name", name)
        flow.set("sourceRef", source.get("id"))
        flow.set("targetRef", target.get("id"))
        self.put_reference(source, "outgoing", id_)
        self.put_reference(target, "incoming", id_)
        self.edge(id_, source.get("id"), target.get("id"))
        return flow

    @staticmethod
    def put_reference(node: Any, name: str, id_: str) -> None:
        heads = {tag(one) for one in ("documentation", "extensionElements", "incoming", name)}
        place = max((place + 1 for place, child in enumerate(node) if child.tag in heads), default=0)
        child = etree.Element(tag(name))
        child.text = id_
        node.insert(place, child)

    def remove_connection(self, flow: Any) -> None:
        id_ = flow.get("id")
        for reference in self.all("incoming", "outgoing"):
            if reference.text == id_:
                reference.getparent().remove(reference)
        for one in self.drawn(id_):
            one.getparent().remove(one)
        if flow.getparent() is not None:
            flow.getparent().remove(flow)

    def remove_element(self, node: Any) -> None:
        for inner in list(node.iter()):
            id_ = inner.get("id") if isinstance(inner.tag, str) else None
            if not id_:
                continue
            for flow in self.flows_at(id_):
                self.remove_connection(flow)
            for reference in self.all("flowNodeRef"):
                if reference.text == id_:
                    reference.getparent().remove(reference)
            for event in self.all("boundaryEvent"):
                if event.get("attachedToRef") == id_ and event is not node:
                    self.remove_element(event)
            for one in self.drawn(id_):
                one.getparent().remove(one)
        if node.getparent() is not None:
            node.getparent().remove(node)

    def shift(self, id_: str, dx: float, dy: float) -> None:
        """Move a shape with its label, its boundary events, its content and the ends of its lines."""
        inside = [id_, *(one.get("id") for one in self.all("boundaryEvent") if one.get("attachedToRef") == id_)]
        element = self.by_id(id_)
        if local(element) == "subProcess":
            inside += [one.get("id") for one in element.iter() if isinstance(one.tag, str) and one.get("id")]
        moved: set[Any] = set()
        for one in inside:
            for drawn in self.drawn(one):
                if drawn in moved:
                    continue
                moved.add(drawn)
                for bounds in drawn.iter(tag("Bounds", DC)):
                    _shift(bounds, dx, dy)
                for point in drawn.iter(tag("waypoint", DI)):
                    _shift(point, dx, dy)
            for flow in self.flows_at(one):
                for edge in self.drawn(flow.get("id")):
                    points = edge.findall(tag("waypoint", DI))
                    if edge not in moved and points:
                        _shift(points[0] if flow.get("sourceRef") == one else points[-1], dx, dy)


def _is_mark_of(mark: Any, node: Any) -> bool:
    return mark.getparent() is not None and mark.getparent().getparent() is node


def _shift(point: Any, dx: float, dy: float) -> None:
    point.set("x", f"{float(point.get('x')) + dx:g}")
    point.set("y", f"{float(point.get('y')) + dy:g}")


Edit = Callable[[Editor, int], str | None]
"""Makes one edit, chosen by a number; returns what was done, or None if the file has nothing to do that with."""


def pick(items: Sequence[Any], number: int) -> Any:
    return items[number % len(items)] if items else None


def rename_node(editor: Editor, number: int) -> str | None:
    node = pick(editor.nodes_drawn(), number)
    if node is None:
        return None
    node.set("name", pick(NAMES, number // 7))
    editor.touched |= {editor.references(node).get("node", "")}
    return f"rename {node.get('id')}"


def rename_connection(editor: Editor, number: int) -> str | None:
    flow = pick([one for one in editor.all("sequenceFlow", "messageFlow") if editor.references(one)], number)
    if flow is None:
        return None
    flow.set("name", pick(NAMES, number // 7))
    editor.touch(editor.by_id(flow.get("sourceRef")))
    return f"rename {flow.get('id')}"


def rename_holder(editor: Editor, number: int) -> str | None:
    holder = pick(editor.all("lane", "participant"), number)
    if holder is None:
        return None
    holder.set("name", pick(NAMES, number // 7).strip())
    return f"rename {holder.get('id')}"


def document(editor: Editor, number: int) -> str | None:
    node = pick(editor.nodes_drawn(), number)
    if node is None:
        return None
    for old in node.findall(tag("documentation")):
        node.remove(old)
    words = etree.Element(tag("documentation"))
    words.text = f"Notiz {number}\n  mit Zeile: zwei # drei"
    node.insert(0, words)
    editor.touched |= {editor.references(node).get("node", "")}
    return f"document {node.get('id')}"


def change_type(editor: Editor, number: int) -> str | None:
    node = pick([one for one in editor.nodes_drawn() if local(one) in ACTIVITIES], number)
    if node is None:
        return None
    node.tag = tag(pick(ACTIVITIES, number // 7))
    editor.touched |= {editor.references(node).get("node", "")}
    return f"make {node.get('id')} a {local(node)}"


def move(editor: Editor, number: int) -> str | None:
    """Move an element inside of what it lies in."""
    node = pick([one for one in editor.nodes_drawn() if local(one) != "boundaryEvent"], number)
    if node is None:
        return None
    x, y, width, height = editor.rectangle(node.get("id"))
    dx, dy = float((number // 7) % 61 - 30), float((number // 61) % 41 - 20)
    holder = editor.holder_bounds(node)
    if holder is not None:
        left, top, wide, high = (float(holder.get(key)) for key in ("x", "y", "width", "height"))
        if not (left + HEADER <= x + dx <= left + wide - width and top <= y + dy <= top + high - height):
            return None
    editor.shift(node.get("id"), dx, dy)
    return f"move {node.get('id')} by {dx:g}, {dy:g}"


def move_label(editor: Editor, number: int) -> str | None:
    labels = [
        label.find(tag("Bounds", DC))
        for label in editor.root.iter(tag("BPMNLabel", BPMNDI))
        if label.find(tag("Bounds", DC)) is not None
    ]
    bounds = pick(labels, number)
    if bounds is None:
        return None
    _shift(bounds, float((number // 7) % 50 + 5), float((number // 61) % 40 + 5))
    return f"move the label of {bounds.getparent().getparent().get('bpmnElement')}"


def bend(editor: Editor, number: int) -> str | None:
    """Give a line another bend."""
    edge = pick(list(editor.root.iter(tag("BPMNEdge", BPMNDI))), number)
    if edge is None:
        return None
    points = edge.findall(tag("waypoint", DI))
    x, y = ((float(points[0].get(key)) + float(points[-1].get(key))) / 2 for key in ("x", "y"))
    for point in points[1:-1]:
        edge.remove(point)
    edge.insert(list(edge).index(points[0]) + 1, etree.Element(tag("waypoint", DI), x=f"{x:g}", y=f"{y + 15:g}"))
    return f"bend {edge.get('bpmnElement')}"


def colour(editor: Editor, number: int) -> str | None:
    """Colour a shape, as the palette of Camunda Modeler does."""
    shape = pick(list(editor.root.iter(tag("BPMNShape", BPMNDI))), number)
    if shape is None:
        return None
    ground, outline = pick((("#ffe0b2", "#6b3c00"), ("#c8e6c9", "#205022"), ("#ffcdd2", "#831311")), number // 7)
    shape.set(f"{{{BIOC}}}stroke", outline)
    shape.set(f"{{{BIOC}}}fill", ground)
    shape.set(f"{{{COLOR}}}background-color", ground)
    shape.set(f"{{{COLOR}}}border-color", outline)
    return f"colour {shape.get('bpmnElement')}"


def append_task(editor: Editor, number: int) -> str | None:
    """Put a new task behind an element, in the same lane."""
    before = pick([one for one in editor.nodes_drawn() if local(one) not in ("endEvent", "boundaryEvent")], number)
    if before is None:
        return None
    task = _new_task(editor, before, number)
    editor.connect(before, task, pick((None, "ja", "nein"), number // 7))
    editor.touch(before)
    return f"append {task.get('id')} to {before.get('id')}"


def _new_task(editor: Editor, near: Any, number: int) -> Any:
    id_ = editor.free_id("Activity")
    task = etree.SubElement(near.getparent(), tag(pick(ACTIVITIES, number // 11)), id=id_)
    task.set("name", pick(NAMES, number // 13))
    lane = editor.lane_of(near)
    if lane is not None:
        etree.SubElement(lane, tag("flowNodeRef")).text = id_
    x, y, width, _ = editor.rectangle(near.get("id"))
    editor.make_room(near, x + width + 130)
    editor.shape(id_, x + width + 20, y, 100, 80)
    return task


def insert_task(editor: Editor, number: int) -> str | None:
    """Drop a new task on a line: what led to the old end leads to the task, and the task to the old end."""
    flows = [
        one
        for one in editor.all("sequenceFlow")
        if editor.bounds(one.get("sourceRef")) is not None and editor.bounds(one.get("targetRef")) is not None
    ]
    flow = pick(flows, number)
    if flow is None:
        return None
    source, target = editor.by_id(flow.get("sourceRef")), editor.by_id(flow.get("targetRef"))
    editor.touch(source, target)
    task = _new_task(editor, source, number)
    for reference in target.findall(tag("incoming")):
        if reference.text == flow.get("id"):
            target.remove(reference)
    flow.set("targetRef", task.get("id"))
    editor.put_reference(task, "incoming", flow.get("id"))
    for old in editor.drawn(flow.get("id")):
        old.getparent().remove(old)
    editor.edge(flow.get("id"), source.get("id"), task.get("id"))
    editor.connect(task, target)
    return f"insert {task.get('id')} into {flow.get('id')}"


def connect(editor: Editor, number: int) -> str | None:
    """Draw a flow between two elements of one scope."""
    starts = [one for one in editor.nodes_drawn() if local(one) != "endEvent"]
    source = pick(starts, number)
    if source is None:
        return None
    ends = [
        one
        for one in editor.nodes_drawn()
        if one.getparent() is source.getparent()
        and one is not source
        and local(one) not in ("startEvent", "boundaryEvent")
    ]
    target = pick(ends, number // 7)
    if target is None:
        return None
    editor.touch(source, target)
    editor.connect(source, target, pick((None, "ja"), number // 3))
    return f"connect {source.get('id')} with {target.get('id')}"


def delete_node(editor: Editor, number: int) -> str | None:
    node = pick(editor.nodes_drawn(), number)
    if node is None:
        return None
    hosted = [one for one in editor.all("boundaryEvent") if one.get("attachedToRef") == node.get("id")]
    inner = [one for one in node.iter() if isinstance(one.tag, str) and one.get("id")]
    for one in (*hosted, *inner):
        editor.touch(one)
    editor.remove_element(node)
    return f"delete {node.get('id')}"


def delete_connection(editor: Editor, number: int) -> str | None:
    flow = pick(editor.all("sequenceFlow", "messageFlow"), number)
    if flow is None:
        return None
    editor.touch(editor.by_id(flow.get("sourceRef")), editor.by_id(flow.get("targetRef")))
    editor.remove_connection(flow)
    return f"delete {flow.get('id')}"


def delete_helper(editor: Editor, number: int) -> str | None:
    """Delete an element that only makes pools fit together."""
    node = pick([one for one in editor.all(*FLOW_NODES) if "node" not in editor.references(one)], number)
    if node is None:
        return None
    editor.touch(node)
    editor.remove_element(node)
    return f"delete {node.get('id')}"


def delete_holder(editor: Editor, number: int) -> str | None:
    """Delete a pool with all that it holds."""
    pool = pick(editor.all("participant"), number)
    if pool is None or len(editor.all("participant")) == 1:
        return None
    process = editor.by_id(pool.get("processRef"))
    for one in () if process is None else process.iter():
        if isinstance(one.tag, str) and one.get("id"):
            editor.touch(one)
    editor.touch(pool)
    if process is not None:
        editor.remove_element(process)
    editor.remove_element(pool)
    return f"delete {pool.get('id')}"


def change_lane(editor: Editor, number: int) -> str | None:
    """Drag an element into another lane of its pool."""
    node = pick([one for one in editor.nodes_drawn() if editor.lane_of(one) is not None], number)
    if node is None:
        return None
    here = editor.lane_of(node)
    lanes = [
        one
        for one in here.getparent()
        if one.tag == tag("lane") and one is not here and not one.findall(tag("childLaneSet"))
    ]
    lane = pick([one for one in lanes if editor.bounds(one.get("id")) is not None], number // 7)
    if lane is None:
        return None
    own = next(one for one in here.findall(tag("flowNodeRef")) if one.text == node.get("id"))
    here.remove(own)
    etree.SubElement(lane, tag("flowNodeRef")).text = node.get("id")
    _, y, _, height = editor.rectangle(node.get("id"))
    _, top, _, high = editor.rectangle(lane.get("id"))
    editor.shift(node.get("id"), 0, top + high / 2 - y - height / 2)
    editor.touch(node)
    return f"put {node.get('id')} into {lane.get('id')}"


def add_lane(editor: Editor, number: int) -> str | None:
    """Add a lane at the bottom of a pool that has lanes already; everything below moves down."""
    lane_set = pick([one for one in editor.all("laneSet") if len(one)], number)
    if lane_set is None:
        return None
    pool = next(
        (one for one in editor.all("participant") if one.get("processRef") == lane_set.getparent().get("id")), None
    )
    if pool is None or editor.bounds(pool.get("id")) is None:
        return None
    id_ = editor.free_id("Lane")
    etree.SubElement(lane_set, tag("lane"), id=id_, name=pick(NAMES, number // 7).strip())
    x, y, width, height = editor.rectangle(pool.get("id"))
    for drawn in list(editor.root.iter(tag("BPMNShape", BPMNDI), tag("BPMNEdge", BPMNDI))):
        for point in drawn.iter(tag("Bounds", DC), tag("waypoint", DI)):
            if float(point.get("y")) >= y + height:
                _shift(point, 0, 120)
    editor.bounds(pool.get("id")).set("height", f"{height + 120:g}")
    editor.shape(id_, x + HEADER, y + height, width - HEADER, 120)
    return f"add {id_} to {pool.get('id')}"


def add_pool(editor: Editor, number: int) -> str | None:
    """Add a pool below all others, empty or with one task, or closed."""
    collaboration = pick(editor.all("collaboration"), number)
    if collaboration is None:
        return None
    pool = etree.Element(tag("participant"), id=editor.free_id("Participant"), name=pick(NAMES, number // 7).strip())
    place = max(
        (place + 1 for place, one in enumerate(collaboration) if local(one) == "participant"),
        default=len(collaboration),
    )
    collaboration.insert(place, pool)
    bottom = max(float(one.get("y")) + float(one.get("height")) for one in editor.root.iter(tag("Bounds", DC)))
    shape = editor.shape(pool.get("id"), 160, bottom + 40, 600, 150)
    shape.set("isHorizontal", "true")
    if number % 3:
        process = etree.Element(tag("process"), id=editor.free_id("Process"))
        last = editor.all("process")[-1]
        last.getparent().insert(list(last.getparent()).index(last) + 1, process)
        pool.set("processRef", process.get("id"))
    if number % 3 == 2:
        task = etree.SubElement(process, tag("task"), id=editor.free_id("Activity"), name=pick(NAMES, number // 11))
        editor.shape(task.get("id"), 260, bottom + 70, 100, 80)
    return f"add {pool.get('id')}"


def annotate(editor: Editor, number: int) -> str | None:
    """Add a note to an element."""
    node = pick(editor.nodes_drawn(), number)
    if node is None:
        return None
    note, line = editor.free_id("TextAnnotation"), editor.free_id("Association")
    scope = node.getparent()
    etree.SubElement(etree.SubElement(scope, tag("textAnnotation"), id=note), tag("text")).text = pick(
        NAMES, number // 7
    )
    etree.SubElement(scope, tag("association"), id=line, sourceRef=node.get("id"), targetRef=note)
    x, y, _, _ = editor.rectangle(node.get("id"))
    editor.shape(note, x + 60, y - 60, 100, 30)
    editor.edge(line, node.get("id"), note)
    return f"annotate {node.get('id')}"


def send_message(editor: Editor, number: int) -> str | None:
    """Draw a message between elements of two pools."""
    nodes = [one for one in editor.nodes_drawn() if local(one) in ACTIVITIES]
    source = pick(nodes, number)
    if source is None:
        return None
    here = editor.process_around(source)
    target = pick([one for one in nodes if editor.process_around(one) is not here], number // 7)
    collaboration = pick(editor.all("collaboration"), 0)
    if target is None or collaboration is None:
        return None
    id_ = editor.free_id("Flow")
    flow = etree.Element(tag("messageFlow"), id=id_, sourceRef=source.get("id"), targetRef=target.get("id"))
    place = max(place + 1 for place, one in enumerate(collaboration) if local(one) in ("participant", "messageFlow"))
    collaboration.insert(place, flow)
    editor.edge(id_, source.get("id"), target.get("id"))
    return f"send {id_} from {source.get('id')} to {target.get('id')}"


def attach_timer(editor: Editor, number: int) -> str | None:
    """Put a timer on the border of a task."""
    host = pick([one for one in editor.nodes_drawn() if local(one) in ACTIVITIES], number)
    if host is None:
        return None
    id_ = editor.free_id("Event")
    event = etree.SubElement(host.getparent(), tag("boundaryEvent"), id=id_, attachedToRef=host.get("id"))
    definition = etree.SubElement(event, tag("timerEventDefinition"), id=editor.free_id("TimerEventDefinition"))
    if number % 2:
        etree.SubElement(definition, tag("timeDuration")).text = "P14D"
    lane = editor.lane_of(host)
    if lane is not None:
        etree.SubElement(lane, tag("flowNodeRef")).text = id_
    x, y, width, height = editor.rectangle(host.get("id"))
    editor.shape(id_, x + width / 2 - 18, y + height - 18, 36, 36)
    return f"attach {id_} to {host.get('id')}"


MOVING: Final[tuple[Edit, ...]] = (move, move_label, bend, colour)
"""Edits of the drawing alone."""
SAYING: Final[tuple[Edit, ...]] = (rename_node, rename_connection, rename_holder, document, change_type)
"""Edits of words alone."""
BUILDING: Final[tuple[Edit, ...]] = (
    append_task, insert_task, connect, add_lane, add_pool, annotate, send_message, attach_timer,
)  # fmt: skip
"""Edits that add something."""
CUTTING: Final[tuple[Edit, ...]] = (delete_node, delete_connection, delete_helper, delete_holder, change_lane)
"""Edits that take something away, or put it elsewhere."""
EDITS: Final[tuple[Edit, ...]] = (*MOVING, *SAYING, *BUILDING, *CUTTING)


def edited(data: bytes, steps: Sequence[tuple[Edit, int]]) -> Editor:
    """Return the editor of a file after some edits."""
    editor = Editor(data)
    for edit, number in steps:
        done = edit(editor, number)
        if done is not None:
            editor.done.append(done)
    return editor


def places(data: bytes) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield where each shape of a file lies."""
    for shape in etree.fromstring(data).iter(tag("BPMNShape", BPMNDI)):
        bounds = shape.find(tag("Bounds", DC))
        yield shape.get("bpmnElement"), tuple(float(bounds.get(key)) for key in ("x", "y", "width", "height"))
