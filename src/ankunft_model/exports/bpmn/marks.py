"""Messages beside the control flow, and what is waited for inside a pool: what each node sends and takes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ankunft_model.exports.bpmn.asked_marks import Asked
from ankunft_model.exports.bpmn.pool_elements import HANDOVER_KEY
from ankunft_model.exports.bpmn.waits import Mark, needed_marks, wait_for_each_other
from ankunft_model.graph.participation.blocks import BlockStructure
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.model import Handover, Process


@dataclass(frozen=True)
class Marks:
    """Messages beside the control flow, by the model node concerned; those of handovers have their key.

    Attributes:
        sent: Handovers to other pools that a node has to send when it completes.
        awaited: Handovers from other pools that a node has to wait for.
        awaited_inside: Handovers from the same pool that a node has to wait for, as for a condition.
        lines: Handovers inside one instance of a pool: a sequence flow leads from the one to the other.
        asked: Handovers to other pools that are kept until they are asked for.
        starting: Handovers of other processes of which each starts an instance at a start event.
        notes: Notes that nothing more comes, by the flow that they are sent on.
    """

    sent: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    awaited: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    awaited_inside: Mapping[str, tuple[Handover, ...]] = field(default_factory=dict[str, tuple[Handover, ...]])
    lines: tuple[Handover, ...] = ()
    asked: tuple[Asked, ...] = ()
    starting: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def inside(self) -> Marks:
        """What concerns the inside of a sub-process: what is sent there, and what is waited for in the same pool."""
        return Marks(sent=self.sent, awaited_inside=self.awaited_inside)

    def with_asked(self, asked: tuple[Asked, ...]) -> Marks:
        """Return the marks of which these are not sent before somebody asks."""
        keys = {HANDOVER_KEY + one.id for one in asked}
        sent = {node: tuple(key for key in sent if key not in keys) for node, sent in self.sent.items()}
        return replace(self, sent=sent, asked=asked)

    def with_notes(self, notes: Mapping[str, tuple[str, ...]]) -> Marks:
        """Return the marks with these notes, and those that nobody will ask for something."""
        found = {flow: list(keys) for flow, keys in notes.items()}
        for asked in self.asked:
            for flow, key in asked.notes().items():
                found.setdefault(flow, []).append(key)
        return replace(self, notes={flow: tuple(keys) for flow, keys in found.items()})

    def with_lines(self, ids: frozenset[str]) -> Marks:
        """Return the marks in which sequence flows take the place of these conditions."""
        kept = {
            node: tuple(handover for handover in handovers if handover.id not in ids)
            for node, handovers in self.awaited_inside.items()
        }
        moved = (handover for handovers in self.awaited_inside.values() for handover in handovers if handover.id in ids)
        return replace(self, awaited_inside=kept, lines=(*self.lines, *moved))


def marks_of(
    process: Process, owner_of: Mapping[str, str], handovers: tuple[Handover, ...], waiting: tuple[Handover, ...]
) -> tuple[Marks, tuple[Handover, ...]]:
    """Return the messages beside the control flow of the process, and the handovers that are such messages.

    A handover that starts another process is a message of the process that sends it.
    """
    inside = {node.id for node in process.all_nodes}
    sent: dict[str, list[str]] = {}
    awaited: dict[str, list[str]] = {}
    awaited_inside: dict[str, list[Handover]] = {}
    starting: dict[str, list[str]] = {}
    extra: list[Handover] = []
    for handover in waiting:
        sender, receiver = str(handover.from_node), str(handover.to_node)
        is_drawn = {sender, receiver} <= owner_of.keys()  # otherwise one is inside a sub-process of the pool
        if not is_drawn or owner_of[sender] == owner_of[receiver]:
            awaited_inside.setdefault(receiver, []).append(handover)
        else:
            sent.setdefault(sender, []).append(HANDOVER_KEY + handover.id)
            awaited.setdefault(receiver, []).append(HANDOVER_KEY + handover.id)
            extra.append(handover)
    for handover in of_process(process, handovers):
        if not handover.triggers or handover.channel == ():
            continue
        if handover.from_node in inside:
            sent.setdefault(handover.from_node, []).append(HANDOVER_KEY + handover.id)
            extra.append(handover)
        elif handover.to_node is not None and handover.from_node is not None:
            starting.setdefault(handover.to_node, []).append(HANDOVER_KEY + handover.id)
    return (
        Marks(
            {node: tuple(ids) for node, ids in sent.items()},
            {node: tuple(ids) for node, ids in awaited.items()},
            {node: tuple(waited) for node, waited in awaited_inside.items()},
            starting={node: tuple(ids) for node, ids in starting.items()},
        ),
        tuple(extra),
    )


def lines_in_pools(
    awaited: Iterable[Mark], structure: BlockStructure, owner_of: Mapping[str, str], threads: Iterable[PoolThreads]
) -> frozenset[str]:
    """Return the ids of the marks that are sequence flows: between branches that one instance of a pool forks into.

    A pool begins anew, in an instance of its own, in a branch that is scattered; no sequence flow leads there.
    """
    of = {found.pool: found for found in threads}

    def is_in_one_instance(mark: Mark) -> bool:
        found, parting = of[owner_of[mark.sender]], mark.parting
        if parting is None or owner_of[mark.sender] != owner_of[mark.receiver]:
            return False
        around = {*structure.branches_around(mark.sender), *structure.branches_around(mark.receiver)}
        inside = around - set(structure.branches_around(parting.block.split))
        return {parting.one, parting.other} <= found.forks and found.scattered.isdisjoint(inside)

    return frozenset(mark.handover.id for mark in awaited if mark.is_taken and is_in_one_instance(mark))


def of_process(process: Process, handovers: tuple[Handover, ...]) -> tuple[Handover, ...]:
    """Return the handovers that begin or end at a node of the process."""
    inside = {node.id for node in process.all_nodes}
    return tuple(handover for handover in handovers if {handover.from_node, handover.to_node} & inside)


def with_lines_in_one_instance(structure: BlockStructure | None, marks: Marks) -> Marks:
    """Return the marks of what one instance does alone, with sequence flows where they say just the same.

    That is so where sender and receiver act equally often, in branches of one parallel part. What is at hand anyway
    when the receiver's turn comes is not waited for.
    """
    waiting = [handover for handovers in marks.awaited_inside.values() for handover in handovers]
    if not waiting or structure is None:
        return marks
    form = structure.form
    needed = needed_marks(structure, waiting)
    if wait_for_each_other(structure, needed) is not None:
        return marks
    met = {mark.handover.id for mark in needed}
    at_hand = {
        handover.id
        for handover in waiting
        if {handover.from_node, handover.to_node} <= form.nodes.keys() and handover.id not in met
    }
    left = {
        node: tuple(handover for handover in handovers if handover.id not in at_hand)
        for node, handovers in marks.awaited_inside.items()
    }
    taken = frozenset(mark.handover.id for mark in needed if mark.is_taken)
    return replace(marks, awaited_inside=left).with_lines(taken)
