"""Marks that the receiver asks for: what it may never need is kept by the sender until it is told which it is.

Where the sender surely acts but the receiver's turn may never come, a message would be left over. So the sender keeps
what it has: the receiver asks for it when its turn comes, and gets it; on each way on which its turn no longer comes,
whoever decides that tells the sender. Exactly one of these messages comes.

Where nobody decides it (a branch of an inclusive split is left out without a word), the sender is told behind that
split's join that nobody will ask any more, whether or not somebody has asked; so it waits on when it has answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ankunft_model.exports.bpmn.how_often import Parting
from ankunft_model.exports.bpmn.pool_elements import HANDOVER_KEY, PoolElement, PoolFlow, PoolMessage, mark_name
from ankunft_model.exports.bpmn.waits import Mark
from ankunft_model.graph.participation.blocks import Block, BlockStructure
from ankunft_model.graph.participation.normal_form import DECISIONS, NormalForm, NormalNode
from ankunft_model.graph.participation.terminating_ends import is_terminating


@dataclass(frozen=True, slots=True)
class Asked:
    """A mark that is asked for.

    Attributes:
        id: Id of the handover.
        sender, receiver: Ids of its ends.
        pool: The organisation that receives it.
        needless: The flows on which it is told that nobody will ask, with the key of the message to the sender.
        passed_on: Of those that the sender's own organisation decides, which cannot write to itself: the key of the
            message to the receiver, by that of the message with which it answers.
        is_told_always: Whether it is told even if somebody has asked.
    """

    id: str
    sender: str
    receiver: str
    pool: str
    needless: Mapping[str, str]
    passed_on: Mapping[str, str]
    is_told_always: bool = False

    @property
    def request(self) -> str:
        """Key of the message that asks."""
        return f"request:{self.id}"

    def notes(self) -> dict[str, str]:
        """Return the key of the message that is thrown on each flow on which nobody will ask any more."""
        return {flow: self.passed_on.get(key, key) for flow, key in self.needless.items()}

    def messages(self, form: NormalForm) -> tuple[PoolMessage, ...]:
        """Return the messages beside that of the handover itself."""
        found = [PoolMessage(self.request, None, (), about=self.id)]
        for flow, key in self.needless.items():
            found.append(PoolMessage(key, None, (), form.flows[flow], about=self.id))
            if key in self.passed_on:
                found.append(PoolMessage(self.passed_on[key], None, (), form.flows[flow], about=self.id))
        return tuple(found)

    def keeping(self) -> tuple[tuple[PoolElement, ...], tuple[PoolFlow, ...]]:
        """Return what the sender's pool does, beginning with the first of the elements, with what it keeps."""
        name = mark_name(self.id)
        wait, end = PoolElement(f"wait:{name}", "event_split"), PoolElement(f"end:{name}", "end")
        request = PoolElement(f"catch:{self.request}", "catch", receives=self.request)
        throw = PoolElement(f"throw:{name}", "throw", sends=(HANDOVER_KEY + self.id,))
        needless = [PoolElement(f"catch:{key}", "catch", receives=key) for key in self.needless.values()]
        again = (PoolElement(f"merge:{name}", "exclusive_join"),) if self.is_told_always else ()
        flows = [(merge, wait) for merge in again]
        flows += [(wait, request), (request, throw), (throw, again[0] if again else end)]
        flows += [pair for catch in needless for pair in ((wait, catch), (catch, end))]
        elements = (*again, wait, request, throw, *needless, end)
        return elements, tuple(PoolFlow(one.id, other.id) for one, other in flows)

    def passing_on(self) -> tuple[tuple[PoolElement, ...], tuple[PoolFlow, ...]]:
        """Return how the receiver's pool answers what the sender's own organisation has decided."""
        elements: list[PoolElement] = []
        flows: list[PoolFlow] = []
        for answer, told in self.passed_on.items():
            row = (
                PoolElement(f"start:{told}", "start", receives=told),
                PoolElement(f"end:{answer}", "end", sends=(answer,)),
            )
            elements.extend(row)
            flows.append(PoolFlow(row[0].id, row[1].id))
        return tuple(elements), tuple(flows)


def asked_marks(marks: Iterable[Mark], structure: BlockStructure, owner_of: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return the marks between pools that may be left over and that can be asked for."""
    form = structure.form
    if any(is_terminating(node) for node in form.nodes.values()):
        return ()  # an end that stops the sender would stop what it keeps
    found: list[Asked] = []
    for mark in marks:
        if not mark.may_be_skipped or owner_of[mark.sender] == owner_of[mark.receiver]:
            continue
        if form.nodes[mark.sender].kind not in ("step", "event", "boundary"):
            continue
        decided = None if mark.parting is None else _silences(structure, mark.receiver, mark.parting)
        silences = _ways_around_unsure(structure, mark) if decided is None else decided
        if silences is None:
            continue
        needless = {flow: f"needless:{mark.handover.id}:{flow}" for flow in silences}
        own = [flow for flow in silences if owner_of[form.source(flow).id] == owner_of[mark.sender]]
        passed_on = {needless[flow]: f"told:{mark.handover.id}:{flow}" for flow in own}
        receiving = owner_of[mark.receiver]
        found.append(
            Asked(
                mark.handover.id,
                mark.sender,
                mark.receiver,
                receiving,
                needless,
                passed_on,
                is_told_always=decided is None,
            )
        )
    return tuple(found)


def _silences(structure: BlockStructure, receiver: str, parting: Parting) -> tuple[str, ...] | None:
    """Return the flows behind decisions after which the receiver's turn no longer comes; None if nobody decides that.

    Nobody does where a branch, or a side thread, is left out without a word.
    """
    form, around = structure.form, structure.branches_around(receiver)
    for branch in around[: around.index(parting.other) + 1]:
        block = structure.block_of_branch.get(branch)
        if block is None or branch not in block.sure:
            return None
    inside = {vertex for vertex in structure.dominance.dominated_by(parting.other) if vertex in form.nodes}
    leading = form.nodes_before((receiver,)) & inside
    found: list[str] = []
    for node in (form.nodes[id_] for id_ in form.nodes if id_ in leading and id_ != receiver):
        silent = [flow for flow in form.outgoing[node.id] if form.flows[flow].target not in leading]
        if node.kind == "inclusive_split" and silent:
            return None
        if node.kind in DECISIONS:
            found.extend(_behind_event(form, node, flow) for flow in silent)
    return tuple(found)


def _ways_around_unsure(structure: BlockStructure, mark: Mark) -> tuple[str, ...] | None:
    """Return the flow behind the outermost part of which a branch to the receiver may be left out, and those past it.

    Behind it, the receiver's turn has come or will not come any more. None where the receiver lies in a side thread,
    which may begin or go on later.
    """
    parting = mark.parting
    if parting is None:
        return None
    around = structure.branches_around(mark.receiver)
    outermost: Block | None = None
    for branch in around[: around.index(parting.other) + 1]:
        block = structure.block_of_branch.get(branch)
        if block is None:
            return None
        if branch not in block.sure:
            if block.join is None:
                return None
            outermost = block
    if outermost is None or outermost.join is None:
        return None
    behind = structure.form.only_out(outermost.join)
    if outermost is parting.block:
        return (behind,)
    past = _silences(structure, outermost.split, parting)
    return None if past is None else (*past, behind)


def _behind_event(form: NormalForm, decision: NormalNode, flow: str) -> str:
    """Return the flow behind the event that decides, where it is an event that does; else `flow` itself."""
    target = form.target(flow)
    is_event = decision.kind == "event_split" or target.kind == "boundary"
    return form.only_out(target.id) if is_event else flow
