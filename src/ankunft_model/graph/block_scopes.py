"""From nodes to corners: how the nodes of a process or sub-process become splits, joins and flows with blocks on them.

Every corner splits or joins in one way only: a node that joins and splits becomes two corners with a leaf between.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ankunft_model.graph.block_edges import DETACHED, LEAF, NOTHING, PREFIX, Block, leaf, optional, sequence
from ankunft_model.graph.control_flow import ControlFlow

START: Final = 0
END: Final = 1
EXCLUSIVE_SPLIT: Final = 2
PARALLEL_SPLIT: Final = 3
INCLUSIVE_SPLIT: Final = 4
EXCLUSIVE_JOIN: Final = 5
PARALLEL_JOIN: Final = 6
INCLUSIVE_JOIN: Final = 7


class NoBlocksError(Exception):
    """The control flow has what no block can say."""


class RawFlow(NamedTuple):
    """A flow between corners; `flow` is the one of the file that it begins with, `budget` -1 if it has no bound."""

    source: int
    target: int
    block: Block
    flow: int = -1
    budget: int = -1


class Scope:
    """The corners of one process, or of the inside of a sub-process."""

    def __init__(
        self,
        control: ControlFlow,
        parent: int,
        inner: Mapping[int, Block],
        started: Mapping[int, list[Block]],
        entry: int = -1,
    ) -> None:
        """Take the sub-process around, the blocks inside of nodes and the processes that nodes start.

        Args:
            control: The control flow.
            parent: The sub-process around, or -1.
            inner: What lies inside of sub-processes.
            started: The processes that are started when a node is done, by node.
            entry: The node at which a started process begins; -1: where processes and sub-processes begin.
        """
        self.control = control
        self.parent = parent
        self.inner = inner
        self.started = started
        self.entries = control.entries_of(parent) if entry < 0 else (entry,)
        self.kinds = [START, END]
        self.flows: list[RawFlow] = []
        self.way_in: dict[int, int] = {}
        self.wait_of: dict[int, int] = {}
        self.splits = False
        self.terminates = False

    def corner(self, kind: int) -> int:
        """Return a new corner."""
        self.kinds.append(kind)
        self.splits = self.splits or kind in (PARALLEL_SPLIT, INCLUSIVE_SPLIT)
        return len(self.kinds) - 1

    def build(self, members: tuple[int, ...]) -> None:
        """Make corners and flows of the nodes that lie in this scope.

        Raises:
            NoBlocksError: something in it cannot be said by blocks.
        """
        control = self.control
        for node in members:
            if control.kinds[node] != "boundary":
                self.way_in[node] = self._entry(node)
        for _, receiver in control.waits:
            if receiver in self.way_in and receiver not in self.wait_of:
                self.wait_of[receiver] = self.corner(PARALLEL_JOIN)
        entries = self.entries
        is_choice = bool(entries) and control.kinds[entries[0]] == "start"
        self._spread(START, [self.way_in[entry] for entry in entries], is_choice=is_choice)
        for node in members:
            if control.kinds[node] != "boundary":
                self._add_node(node)

    def _entry(self, node: int) -> int:
        """Return the corner at which flows come into a node."""
        control = self.control
        count = len(control.incoming[node])
        count += node in self.entries if count and control.kinds[node] == "start" else 0
        if count > 1:
            kind = control.kinds[node]
            if kind in ("parallel", "inclusive"):
                return self.corner(PARALLEL_JOIN if kind == "parallel" else INCLUSIVE_JOIN)
        return self.corner(EXCLUSIVE_JOIN)

    def _spread(self, source: int, targets: list[int], *, is_choice: bool) -> None:
        if not targets:
            raise NoBlocksError
        if len(targets) > 1:
            split = self.corner(EXCLUSIVE_SPLIT if is_choice else PARALLEL_SPLIT)
            self.flows.append(RawFlow(source, split, NOTHING))
            source = split
        self.flows.extend(RawFlow(source, target, NOTHING) for target in targets)

    def _add_node(self, node: int) -> None:
        control = self.control
        kind = control.kinds[node]
        if kind == "event_sub_process":
            raise NoBlocksError
        self.terminates = self.terminates or kind == "terminate"
        inside = self.inner.get(node, NOTHING)
        done = sequence(inside, leaf(node))
        here = self.way_in[node]
        if node in self.wait_of:
            self.flows.append(RawFlow(here, self.wait_of[node], NOTHING))
            here = self.wait_of[node]
        events = control.boundary_events[node]
        if control.is_optional[node]:
            if events or node in self.started:
                raise NoBlocksError
            done = optional(done)
        beside = [event for event in events if not control.interrupts[event]]
        if beside:
            split = self.corner(PARALLEL_SPLIT)
            self.flows.append(RawFlow(here, split, NOTHING))
            for event in beside:
                choice = self.corner(EXCLUSIVE_SPLIT)
                self.flows.append(RawFlow(split, choice, NOTHING))
                self.flows.append(RawFlow(choice, END, NOTHING))
                self._go_on(choice, leaf(event), event)
            here = self.corner(EXCLUSIVE_JOIN)
            self.flows.append(RawFlow(split, here, NOTHING))
        stopping = [event for event in events if control.interrupts[event]]
        if stopping:
            choice = self.corner(EXCLUSIVE_SPLIT)
            self.flows.append(RawFlow(here, choice, NOTHING))
            for event in stopping:
                begun = Block(PREFIX, [_copy(inside)]) if inside.kind != NOTHING.kind else NOTHING
                self._go_on(choice, sequence(begun, leaf(event)), event)
            here = choice
        self._go_on(here, done, node)

    def _go_on(self, here: int, done: Block, node: int) -> None:
        """Lead from a corner over what is done to where the flows of `node` go."""
        control = self.control
        if node in self.started:
            if self.parent >= 0:
                raise NoBlocksError  # what it starts does not end with the sub-process
            done = sequence(done, *(Block(DETACHED, [block]) for block in self.started[node]))
        waiting = [receiver for sender, receiver in control.waits if sender == node]
        if waiting:
            split = self.corner(PARALLEL_SPLIT)
            self.flows.append(RawFlow(here, split, done))
            self.flows.extend(RawFlow(split, self.wait_of[receiver], NOTHING) for receiver in waiting)
            here, done = split, NOTHING
        flows = control.outgoing[node]
        default = [flow for flow in flows if control.is_default[flow]]
        conditional = [flow for flow in flows if control.is_conditional[flow] and flow not in default]
        kind = control.kinds[node]
        if kind == "exclusive" and len(flows) > 1:
            groups = [(EXCLUSIVE_SPLIT, list(flows))]
        elif kind == "inclusive" and len(flows) > 1:
            groups = [(INCLUSIVE_SPLIT, [flow for flow in flows if flow not in default])]
        elif kind not in ("exclusive", "inclusive", "parallel") and conditional:
            groups = [(INCLUSIVE_SPLIT, conditional)]
            groups += [(0, [flow]) for flow in flows if flow not in conditional and flow not in default]
        else:
            groups, default = [(0, [flow]) for flow in flows], []
        if kind == "exclusive":
            default = []
        if not groups:
            self.flows.append(RawFlow(here, END, done))
            return
        if len(groups) > 1:
            split = self.corner(PARALLEL_SPLIT)
            self.flows.append(RawFlow(here, split, done))
            here, done = split, NOTHING
        for group_kind, members in groups:
            self._add_group(here, done, group_kind, members, default if group_kind == INCLUSIVE_SPLIT else [])

    def _add_group(self, here: int, done: Block, kind: int, members: list[int], default: list[int]) -> None:
        """Lead over one flow, over one of several, or over some of several; `default` is taken alone."""
        if default and members:
            choice = self.corner(EXCLUSIVE_SPLIT)
            self.flows.append(RawFlow(here, choice, done))
            here, done = choice, NOTHING
            for flow in default:
                self._add_flow(here, NOTHING, flow)
        elif default:
            kind, members = EXCLUSIVE_SPLIT, default
        if kind and len(members) > 1:
            split = self.corner(kind)
            self.flows.append(RawFlow(here, split, done))
            here, done = split, NOTHING
        for flow in members:
            self._add_flow(here, done, flow)

    def _add_flow(self, here: int, done: Block, flow: int) -> None:
        control = self.control
        target = self.way_in[control.target[flow]]
        self.flows.append(RawFlow(here, target, done, flow, control.budget.get(flow, -1)))


def _copy(block: Block) -> Block:
    """Return a copy of a block, part by part: its leaves are places of their own in the tree."""
    root = Block(block.kind, node=block.node, bound=block.bound, flows=list(block.flows), net=block.net)
    stack = [(block, root)]
    while stack:
        old, new = stack.pop()
        for part in old.parts:
            made = Block(part.kind, node=part.node, bound=part.bound, flows=list(part.flows), net=part.net)
            new.parts.append(made)
            if part.kind != LEAF:
                stack.append((part, made))
    return root
