"""Marks: a node that needs what a handover leaves (`waits: true`), and whether the mark always comes.

A mark is a message (or, inside one pool, a condition) that the receiver waits for beside its token.
"""

from __future__ import annotations

from collections.abc import Iterable

from ankunft_model.errors import ExportError
from ankunft_model.graph.participation.blocks import BlockStructure, in_cycles
from ankunft_model.graph.participation.handover_paths import handovers_on_flows
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, NormalNode
from ankunft_model.model import Activity, Event, Handover, Process
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


def marks_to_wait_for(structure: BlockStructure, handovers: Iterable[Handover]) -> tuple[Handover, ...]:
    """Return the waiting handovers that are more than the control flow they lie on.

    Raises:
        ExportError: the mark may never come, sender and receiver wait for each other, or the receiver cannot wait.
    """
    form = structure.form
    handovers = tuple(handovers)
    on_path = {handover.id for lying in handovers_on_flows(form, handovers).values() for handover in lying}
    cyclic = in_cycles(form)
    needed: list[tuple[Handover, str, str]] = []
    for handover in asked_to_wait(handovers):
        sender, receiver = handover.from_node, handover.to_node
        if sender not in form.nodes or receiver not in form.nodes:
            raise _refused(
                handover,
                Wording(
                    de="Sender und Empfänger sind nicht beide gezeichnete Knoten desselben Ablaufs",
                    en="sender and receiver are not both drawn nodes of the same process",
                ),
            )
        if handover.id in on_path and structure.dominance.dominates(sender, receiver) and receiver not in cyclic:
            continue
        needed.append((handover, sender, receiver))
    for handover, sender, receiver in needed:
        _check(structure, handover, sender, receiver, cyclic)
    _check_circles(form, needed)
    return tuple(handover for handover, _, _ in needed)


def may_be_left_over(structure: BlockStructure, handover: Handover) -> bool:
    """Return whether a run can end although what a waiting handover brought was not taken (or not all of it).

    It is taken if sender and receiver happen equally often: the sender once, and then the receiver for sure.
    """
    sender, receiver = str(handover.from_node), str(handover.to_node)
    if sender in in_cycles(structure.form):
        return True
    surely = _surely_before(structure, receiver)
    return not any(structure.dominance.dominates(node, sender) for node in surely)


def _check(structure: BlockStructure, handover: Handover, sender: str, receiver: str, cyclic: set[str]) -> None:
    form = structure.form
    if receiver in cyclic:
        raise _refused(
            handover,
            Wording(de="der Empfänger liegt in einer Schleife", en="the receiver lies in a loop"),
        )
    if not _can_wait(form, receiver):
        raise _refused(
            handover,
            Wording(
                de="der Empfänger ist kein Schritt oder Ereignis, das auf seinem Weg noch warten kann",
                en="the receiver is no step or event that can still wait on its way",
            ),
        )
    surely = _surely_before(structure, sender)
    if not any(structure.dominance.dominates(node, receiver) for node in surely):
        raise _refused(
            handover,
            Wording(
                de=f"es gibt Abläufe, in denen „{sender}“ nie geschieht und „{receiver}“ für immer wartet",
                en=f"in some runs {sender!r} never happens and {receiver!r} waits for ever",
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


def _check_circles(form: NormalForm, needed: list[tuple[Handover, str, str]]) -> None:
    """Refuse when a sender comes, over flows and marks, after its receiver."""
    successors = {node: [form.flows[flow].target for flow in flows] for node, flows in form.outgoing.items()}
    for _, sender, receiver in needed:
        successors[sender].append(receiver)
    for handover, sender, receiver in needed:
        seen = {receiver}
        stack = [receiver]
        while stack:
            for next_ in successors[stack.pop()]:
                if next_ not in seen:
                    seen.add(next_)
                    stack.append(next_)
        if sender in seen:
            raise _refused(
                handover,
                Wording(
                    de=f"„{sender}“ kommt selbst erst nach „{receiver}“: beide warten aufeinander",
                    en=f"{sender!r} itself comes only after {receiver!r}: they wait for each other",
                ),
            )


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
