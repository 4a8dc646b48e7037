"""What a node sends and waits for beside the control flow, drawn before and behind it."""

from __future__ import annotations

from dataclasses import replace

from ankunft_model.exports.bpmn.marks import Marks
from ankunft_model.exports.bpmn.pool_elements import PoolElement, PoolFlow, mark_name
from ankunft_model.exports.bpmn.pool_sketch import PoolSketch
from ankunft_model.graph.participation.normal_form import SPLITS, NormalNode
from ankunft_model.graph.participation.terminating_ends import is_terminating
from ankunft_model.model import Event, Step


def draw_marks(sketch: PoolSketch, marks: Marks, node: NormalNode, model_id: str) -> None:
    """Draw what a node waits for and sends.

    Args:
        sketch: The pool, in which the node stands already.
        marks: Messages beside the control flow, and what is waited for inside a pool.
        node: The node.
        model_id: Id of the node of the model that it stands for; empty if it stands for none.
    """
    _wait(sketch, marks, node, model_id)
    _begin_lines(sketch, marks, node, model_id)
    _keep(sketch, marks, node, model_id)
    _send(sketch, marks, node, model_id)


def draw_lines(sketch: PoolSketch, marks: Marks) -> None:
    """Draw the sequence flows that are handovers inside one instance, between forks and joins that stand already."""
    for handover in marks.lines:
        fork, gather = f"fork:{mark_name(handover.id)}", f"gather:{mark_name(handover.id)}"
        if fork in sketch.elements and gather in sketch.elements:
            sketch.flows.append(PoolFlow(fork, gather, handover=handover.id))


def pass_on(sketch: PoolSketch, marks: Marks, pool: str) -> None:
    """Draw how a pool passes on what another decides and cannot write to itself."""
    for asked in marks.asked:
        if asked.pool == pool:
            sketch.add_all(*asked.passing_on())


def is_message_catch(node: NormalNode) -> bool:
    """Return whether the node is an intermediate event that waits for a message."""
    return isinstance(node.element, Event) and node.element.type == "catch" and node.element.trigger == "message"


def _wait(sketch: PoolSketch, marks: Marks, node: NormalNode, model_id: str) -> None:
    outside = list(marks.awaited.get(model_id, ()))
    inside = [handover.id for handover in marks.awaited_inside.get(model_id, ())]
    if is_message_catch(node):
        if outside:
            sketch.elements[node.id] = replace(sketch.elements[node.id], receives=outside.pop())
        elif inside:
            sketch.elements[node.id] = replace(sketch.elements[node.id], awaits=inside.pop())
    for mark in inside[::-1]:
        sketch.put_before(node.id, PoolElement(f"condition:{mark}", "condition", awaits=mark))
    for handover in marks.lines:
        if handover.to_node == model_id:
            sketch.put_before(node.id, PoolElement(f"gather:{mark_name(handover.id)}", "parallel_join"))
    for mark in outside[::-1]:
        sketch.put_before(node.id, PoolElement(f"catch:{mark}", "catch", receives=mark))
    for asked in marks.asked:
        if asked.receiver == model_id:
            sketch.put_before(node.id, PoolElement(f"throw:{asked.request}", "throw", sends=(asked.request,)))


def _begin_lines(sketch: PoolSketch, marks: Marks, node: NormalNode, model_id: str) -> None:
    """Fork off a sequence flow for each handover inside the instance; behind an end or a split there is no room."""
    for handover in marks.lines:
        if handover.from_node != model_id:
            continue
        fork = PoolElement(f"fork:{mark_name(handover.id)}", "parallel_split")
        if node.kind == "end" or node.kind in SPLITS:
            sketch.put_before(node.id, fork)
        else:
            sketch.put_behind(node.id, fork)


def _keep(sketch: PoolSketch, marks: Marks, node: NormalNode, model_id: str) -> None:
    """Keep, beside the further work, what will be asked for."""
    for asked in marks.asked:
        if asked.sender != model_id:
            continue
        fork = PoolElement(f"fork:{mark_name(asked.id)}", "parallel_split")
        sketch.put_behind(node.id, fork)
        elements, flows = asked.keeping()
        sketch.add_all(elements, (PoolFlow(fork.id, elements[0].id), *flows))


def _send(sketch: PoolSketch, marks: Marks, node: NormalNode, model_id: str) -> None:
    sent = marks.sent.get(model_id, ())
    if not sent:
        return
    stops = is_terminating(node)
    if isinstance(node.element, Step) or (node.kind == "end" and not stops) or _is_message_throw(node):
        sketch.elements[node.id] = replace(sketch.elements[node.id], sends=sent)
        return
    for mark in sent:
        throw = PoolElement(f"throw:{mark}", "throw", sends=(mark,))
        if node.kind in SPLITS or stops:
            sketch.put_before(node.id, throw)
        else:
            sketch.put_behind(node.id, throw)


def _is_message_throw(node: NormalNode) -> bool:
    return isinstance(node.element, Event) and node.element.type == "throw" and node.element.trigger == "message"
