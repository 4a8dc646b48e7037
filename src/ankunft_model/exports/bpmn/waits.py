"""Marks: a node that needs what a handover leaves (`waits: true`), and whether the mark always comes.

A mark is a message (or, inside one pool, a condition) that the receiver waits for beside its token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.how_often import Parting, acts_at_most_once, acts_once, is_always_there, parting
from ankunft_model.graph.participation.blocks import BlockStructure, in_cycles
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, NormalNode
from ankunft_model.model import Activity, Event, Handover, Process, SubProcess
from ankunft_model.wording import Wording


def asked_to_wait(handovers: Iterable[Handover]) -> tuple[Handover, ...]:
    """Return the handovers that the model says are waited for, and that happen at all."""
    return tuple(
        handover for handover in handovers if handover.waits and not handover.triggers and handover.channel != ()
    )


def waiting_handovers(form: NormalForm, process: Process, handovers: Iterable[Handover]) -> tuple[Handover, ...]:
    """Return the handovers of one process whose receiver is a step or event that can wait for them.

    Sender and receiver may lie inside sub-processes.
    """
    inside = {node.id: node for node in process.all_nodes}
    behind_event_gateway = {flow.to for node in inside.values() if node.type == "event_based" for flow in node.next}

    def can_wait(receiver: str) -> bool:
        if receiver in form.nodes:
            return _can_wait(form, receiver)
        node = inside[receiver]
        is_event = isinstance(node, Event) and node.type not in ("start", "boundary")
        return (is_event or isinstance(node, Activity)) and receiver not in behind_event_gateway

    return tuple(
        handover
        for handover in asked_to_wait(handovers)
        if handover.from_node in inside and handover.to_node in inside and can_wait(str(handover.to_node))
    )


def without_insides(form: NormalForm, handovers: Iterable[Handover]) -> tuple[Handover, ...]:
    """Return the handovers without those whose ends lie both inside one sub-process that is a node of the form."""
    place_of: dict[str, str] = {}
    for node in form.nodes.values():
        stack = [node.element] if node.kind == "step" and isinstance(node.element, SubProcess) else []
        while stack:
            inner = stack.pop().nodes.values()
            place_of.update((one.id, node.id) for one in inner)
            stack.extend(one for one in inner if isinstance(one, SubProcess))

    def is_inside(handover: Handover) -> bool:
        place = place_of.get(str(handover.from_node))
        return place is not None and place == place_of.get(str(handover.to_node))

    return tuple(handover for handover in handovers if not is_inside(handover))


@dataclass(frozen=True, slots=True)
class Mark:
    """A handover that its receiver has to wait for, beside its token.

    Attributes:
        handover: The handover.
        sender, receiver: Ids of its ends, nodes of the normal form.
        parting: The parallel part in which they act beside each other; None if the sender may act otherwise often.
        is_taken: Whether both act once each time that part is gone through, so that nothing is left over.
        may_be_skipped: Whether the part is gone through once, and the receiver acts once or never in it.
    """

    handover: Handover
    sender: str
    receiver: str
    parting: Parting | None
    is_taken: bool
    may_be_skipped: bool


def marks_to_wait_for(structure: BlockStructure, handovers: Iterable[Handover]) -> tuple[Mark, ...]:
    """Return the waiting handovers that are not at hand anyway whenever the receiver's turn comes.

    Raises:
        ExportError: the mark may never come, sender and receiver wait for each other, or the receiver cannot wait.
    """
    waiting = asked_to_wait(handovers)
    for handover in waiting:
        if not {handover.from_node, handover.to_node} <= structure.form.nodes.keys():
            raise _refused(
                handover,
                Wording(
                    de="Sender und Empfänger sind nicht beide gezeichnete Knoten desselben Ablaufs",
                    en="sender and receiver are not both drawn nodes of the same process",
                ),
            )
    needed = needed_marks(structure, waiting)
    cyclic = in_cycles(structure.form) if needed else set[str]()
    for mark in needed:
        _check(structure, mark, cyclic)
    circle = wait_for_each_other(structure, needed)
    if circle is not None:
        sender, receiver = circle.sender, circle.receiver
        raise _refused(
            circle.handover,
            Wording(
                de=f"„{sender}“ kommt selbst erst nach „{receiver}“: beide warten aufeinander",
                en=f"{sender!r} itself comes only after {receiver!r}: they wait for each other",
            ),
        )
    return needed


def needed_marks(structure: BlockStructure, waiting: Iterable[Handover]) -> tuple[Mark, ...]:
    """Return those of the waiting handovers of a form that are not at hand anyway when the receiver's turn comes."""
    between = [
        (handover, str(handover.from_node), str(handover.to_node))
        for handover in waiting
        if {handover.from_node, handover.to_node} <= structure.form.nodes.keys()
    ]
    needed = [ends for ends in between if not is_always_there(structure, ends[1], ends[2])]
    cyclic = in_cycles(structure.form) if needed else set[str]()
    return tuple(_mark(structure, handover, (sender, receiver), cyclic) for handover, sender, receiver in needed)


def _mark(structure: BlockStructure, handover: Handover, ends: tuple[str, str], cyclic: set[str]) -> Mark:
    sender, receiver = ends
    found = parting(structure, sender, receiver)
    if found is None or found.one not in found.block.sure or not acts_once(structure, sender, found.one):
        return Mark(handover, sender, receiver, None, is_taken=False, may_be_skipped=False)
    is_taken = found.other in found.block.sure and acts_once(structure, receiver, found.other)
    comes_once = found.block.split not in cyclic and acts_at_most_once(structure, receiver, found.other)
    return Mark(handover, sender, receiver, found, is_taken=is_taken, may_be_skipped=not is_taken and comes_once)


def _check(structure: BlockStructure, mark: Mark, cyclic: set[str]) -> None:
    if not _can_wait(structure.form, mark.receiver):
        raise _refused(
            mark.handover,
            Wording(
                de="der Empfänger ist kein Schritt oder Ereignis, das auf seinem Weg noch warten kann",
                en="the receiver is no step or event that can still wait on its way",
            ),
        )
    if mark.is_taken:
        return
    if mark.receiver in cyclic:
        raise _refused(
            mark.handover,
            Wording(
                de="der Empfänger liegt in einer Schleife und kommt nicht gleich oft an die Reihe wie der Sender",
                en="the receiver lies in a loop and its turn does not come as often as the sender's",
            ),
        )
    surely = _surely_before(structure, mark.sender)
    if not any(structure.dominance.dominates(node, mark.receiver) for node in surely):
        raise _refused(
            mark.handover,
            Wording(
                de=f"es gibt Abläufe, in denen „{mark.sender}“ nie geschieht und „{mark.receiver}“ für immer wartet",
                en=f"in some runs {mark.sender!r} never happens and {mark.receiver!r} waits for ever",
            ),
        )


def _can_wait(form: NormalForm, node: str) -> bool:
    follows_event_gateway = any(form.source(flow).kind == "event_split" for flow in form.incoming[node])
    return form.nodes[node].kind in ("step", "event", "end") and not follows_event_gateway


def _surely_before(structure: BlockStructure, sender: str) -> set[str]:
    """Return the nodes after which `sender` is sure to execute, itself included (least fixed point, backwards)."""
    form = structure.form
    sure = {sender}
    stack = [sender]
    while stack:
        for flow in form.incoming[stack.pop()]:
            node = form.source(flow)
            if node.id not in sure and _is_sure(form, node, sure):
                sure.add(node.id)
                stack.append(node.id)
    return sure


def _is_sure(form: NormalForm, node: NormalNode, sure: set[str]) -> bool:
    following = [form.flows[flow].target in sure for flow in form.outgoing[node.id]]
    if node.kind in DECISIONS or node.kind == "inclusive_split":
        return all(following)
    if node.kind == "spawn" and any(
        form.nodes[form.flows[flow].target].kind == "boundary" for flow in form.sides[node.id]
    ):
        return form.flows[form.only_out(node.id)].target in sure
    return any(following)


def wait_for_each_other(structure: BlockStructure, needed: tuple[Mark, ...]) -> Mark | None:
    """Return a mark whose sender comes, over flows and marks of one round, after its receiver; None for none."""
    receivers: dict[str, list[str]] = {}
    for mark in needed:
        receivers.setdefault(mark.sender, []).append(mark.receiver)
    for mark in needed:
        seen = {mark.receiver}
        stack = [mark.receiver]
        while stack:
            node = stack.pop()
            for next_ in (*_next_in_round(structure, node, mark), *receivers.get(node, ())):
                if next_ not in seen:
                    seen.add(next_)
                    stack.append(next_)
        if mark.sender in seen:
            return mark
    return None


def _next_in_round(structure: BlockStructure, node: str, mark: Mark) -> Iterator[str]:
    """Yield the nodes that follow; of a mark that is always taken, not those of the next round of a loop."""
    form = structure.form
    for flow in form.outgoing[node]:
        target = form.flows[flow].target
        is_back = structure.dominance.dominates(target, node)
        is_behind = mark.parting is not None and target == mark.parting.block.join
        if not (mark.is_taken and (is_back or is_behind)):
            yield target


def _refused(handover: Handover, reason: Wording) -> ExportError:
    return ExportError(
        Wording(
            de=f"Die Übergabe „{handover.id}“, auf die gewartet wird, lässt sich nicht zeichnen: {reason.de}. "
            "Prüfen Sie die Übergabe oder lassen Sie „waits“ weg.",
            en=f"handover {handover.id!r}, which is waited for, cannot be drawn: {reason.en}; "
            "check the handover or leave out 'waits'",
        ),
        element_id=handover.id,
    )
