"""Merging of flows until one block is left, with a list of corners to look at; time about linear in the flows."""

from __future__ import annotations

from ankunft_model.graph.block_edges import (
    CHOICE,
    DETACHED,
    INCLUSIVE,
    LEAF,
    LOOP,
    NET,
    NOTHING,
    PARALLEL,
    SEQUENCE,
    Block,
    flat,
    sequence,
)
from ankunft_model.graph.block_nets import Corner
from ankunft_model.graph.block_regions import BACK, Region, smallest_regions
from ankunft_model.graph.block_scopes import (
    END,
    EXCLUSIVE_JOIN,
    EXCLUSIVE_SPLIT,
    INCLUSIVE_JOIN,
    INCLUSIVE_SPLIT,
    PARALLEL_JOIN,
    PARALLEL_SPLIT,
    START,
    NoBlocksError,
    RawFlow,
    Scope,
)
from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.inclusive_nets import net_of

MAX_STOPPED = 4
"""Sub-processes that may be stopped are told apart down to this depth; each level doubles what is looked at."""

_MERGED = {
    (EXCLUSIVE_SPLIT, EXCLUSIVE_JOIN): CHOICE,
    (EXCLUSIVE_SPLIT, INCLUSIVE_JOIN): CHOICE,
    (EXCLUSIVE_SPLIT, END): CHOICE,
    (PARALLEL_SPLIT, PARALLEL_JOIN): PARALLEL,
    (PARALLEL_SPLIT, INCLUSIVE_JOIN): PARALLEL,
    (PARALLEL_SPLIT, END): PARALLEL,
    (INCLUSIVE_SPLIT, INCLUSIVE_JOIN): INCLUSIVE,
    (INCLUSIVE_SPLIT, END): INCLUSIVE,
}
"""What flows side by side between a split and a join are."""


def reduce_to_block(control: ControlFlow) -> Block | None:
    """Return the block that the control flow is; None if it is not made of blocks."""
    if not _waits_are_flows(control) or control.is_loose or control.answers or not control.ids:
        return None
    inner: dict[int, Block] = {}
    # what a node inside of a sub-process starts is refused there, whatever it is
    started: dict[int, list[Block]] = {sender: [] for sender, _ in control.triggers}
    try:
        for node in reversed(range(len(control.ids))):
            if control.kinds[node] in ("sub_process", "event_sub_process"):
                _refuse_deep_stops(control, node)
                scope = Scope(control, node, inner, started)
                inner[node] = _reduced(scope, control.children.get(node, ()))
        for process, sender, entry in reversed(_activations(control)):
            scope = Scope(control, -1, inner, started, entry)
            started.setdefault(sender, []).insert(0, _reduced(scope, control.top[process]))
        return _reduced(Scope(control, -1, inner, started), control.top[0])
    except NoBlocksError:
        return None


def _waits_are_flows(control: ControlFlow) -> bool:
    """Return whether each mark of a waiting handover is like a token on a flow from one node to another.

    It is if both lie in one process or sub-process that nothing stops, and if the reduction finds that the flow never
    holds two and is taken whenever it is given.
    """
    if control.waits and control.triggers:
        return False  # instances share their marks
    for sender, receiver in control.waits:
        scope = control.parent[sender]
        if sender == receiver or scope != control.parent[receiver] or control.is_optional[sender]:
            return False
        if control.host[receiver] >= 0 or control.process_of(sender) != control.process_of(receiver):
            return False
        if control.kinds[receiver] == "inclusive" and len(control.incoming[receiver]) > 1:
            return False
        while scope >= 0:
            if any(control.interrupts[event] for event in control.boundary_events[scope]):
                return False
            scope = control.parent[scope]
    return True


def _refuse_deep_stops(control: ControlFlow, node: int) -> None:
    depth = 0
    here = node
    while here >= 0:
        depth += any(control.interrupts[event] for event in control.boundary_events[here])
        here = control.parent[here]
    if depth > MAX_STOPPED:
        raise NoBlocksError


def _activations(control: ControlFlow) -> list[tuple[int, int, int]]:
    """Return each started process with the node that starts it and where it begins; one that starts others is first."""
    from_process: dict[int, list[tuple[int, int, int]]] = {}
    for sender, receiver in control.triggers:
        activation = (control.process_of(receiver), sender, receiver)
        from_process.setdefault(control.process_of(sender), []).append(activation)
    found: list[tuple[int, int, int]] = []
    stack = [0]
    while stack:
        begun = from_process.get(stack.pop(), [])
        found += begun
        stack.extend(process for process, _, _ in begun)
    return found


def _reduced(scope: Scope, members: tuple[int, ...]) -> Block:
    scope.build(members)
    block = _Reduction(scope).result()
    if scope.terminates and scope.splits and _ends_others(block, scope):
        raise NoBlocksError
    if scope.started and scope.parent < 0:
        _set_beside(block)
    return block


def _ends_others(whole: Block, scope: Scope) -> bool:
    """Return whether an end that terminates may execute while something else in its scope goes on."""
    control = scope.control
    stack = [(whole, False)]
    while stack:
        block, is_beside = stack.pop()
        if block.kind == DETACHED:
            continue  # what it starts is a process of its own
        if is_beside and block.kind == LEAF:
            if control.kinds[block.node] == "terminate" and control.parent[block.node] == scope.parent:
                return True
        elif block.net is not None:
            besides = zip(block.parts, block.net.beside, strict=True)
            stack += ((part, is_beside or others != 0) for part, others in besides)
        else:
            is_beside = is_beside or block.kind in (PARALLEL, INCLUSIVE)
            stack += ((part, is_beside) for part in block.parts)
    return False


def _set_beside(whole: Block) -> None:
    """Put started processes beside the rest of the process where that is a block: nothing joins behind it."""
    stack = [whole]
    while stack:
        block = stack.pop()
        if block.kind in (CHOICE, PARALLEL, INCLUSIVE):
            stack += block.parts
        elif block.kind == SEQUENCE:
            parts = flat(block)
            first = next((place for place, part in enumerate(parts) if part.kind == DETACHED), len(parts))
            behind = next((place for place in range(first, len(parts)) if parts[place].kind != DETACHED), len(parts))
            if first == len(parts):
                stack.append(parts[-1])
                continue
            rest = [sequence(*parts[behind:])] if behind < len(parts) else []
            beside = [*rest, *(part.parts[0] for part in parts[first:behind])]
            stack += rest
            block.parts = [
                *parts[:first],
                beside[0] if len(beside) == 1 else Block(PARALLEL, beside, [-1] * len(beside)),
            ]


class _Reduction:
    """The flows that are left, by number; used once."""

    def __init__(self, scope: Scope) -> None:
        self.kinds = scope.kinds
        self.flows: dict[int, RawFlow] = {}
        self.outgoing: list[dict[int, None]] = [{} for _ in scope.kinds]
        self.incoming: list[dict[int, None]] = [{} for _ in scope.kinds]
        self.between: dict[tuple[int, int], int] = {}
        self.merged_at: dict[int, int] = {}
        self.count = 0
        self.waiting: list[int] = []
        reachable = _reachable(scope)
        for flow in scope.flows:
            if flow.source in reachable:
                self._add(flow)
            elif self.kinds[flow.target] == PARALLEL_JOIN and flow.target in reachable:
                raise NoBlocksError  # it waits for what never comes
        self.waiting.extend(reversed(range(len(self.kinds))))

    def result(self) -> Block:
        self._merge_all()
        while len(self.flows) > 1:
            regions = smallest_regions(self.flows)
            if not regions:
                raise NoBlocksError
            for region in regions:
                self._make_net(region)
            self._merge_all()
        (last,) = self.flows.values()
        if (last.source, last.target) != (START, END) or last.budget >= 0:
            raise NoBlocksError
        return last.block

    def _merge_all(self) -> None:
        while self.waiting:
            self._look_at(self.waiting.pop())

    def _make_net(self, region: Region) -> None:
        """Put a net in place of what merges no further between one flow and another."""
        inner = self._inner_flows(region)
        if any(self.flows[number].budget >= 0 or _starts_a_process(self.flows[number].block) for number in inner):
            raise NoBlocksError
        part_of = {number: part for part, number in enumerate(inner)}
        part_of |= {region.way_in: len(inner), region.way_out: len(inner) + 1}
        corners = [
            Corner(
                self.kinds[corner],
                tuple(part_of[number] for number in self.incoming[corner]),
                tuple(part_of[number] for number in self.outgoing[corner]),
            )
            for corner in sorted(region.corners)
        ]
        net = net_of(corners, len(inner))
        parts = [self._remove(number) for number in inner]
        block = Block(NET, [part.block for part in parts], [part.flow for part in parts], net=net)
        first = self._remove(region.way_in)
        then = RawFlow(END, END, NOTHING) if region.way_out == BACK else self._remove(region.way_out)
        if first.budget >= 0 and then.budget >= 0:
            raise NoBlocksError
        merged = sequence(first.block, block, then.block)
        self._add(RawFlow(first.source, then.target, merged, first.flow, max(first.budget, then.budget)))
        self.waiting += (first.source, then.target)

    def _inner_flows(self, region: Region) -> list[int]:
        """Return the flows between the corners of a region, in the order in which they are come to."""
        order = [self.flows[region.way_in].target]
        seen = set(order)
        found: list[int] = []
        for corner in order:
            for number in self.outgoing[corner]:
                if number != region.way_out:
                    found.append(number)
                    target = self.flows[number].target
                    if target not in seen:
                        seen.add(target)
                        order.append(target)
        return found

    def _add(self, flow: RawFlow) -> None:
        """Put a flow between its corners, merged with one that is there if their kinds allow that."""
        pair = flow.source, flow.target
        other = self.between.get(pair)
        kind = _MERGED.get((self.kinds[flow.source], self.kinds[flow.target]))
        if other is not None and kind is not None:
            self._merge(other, flow, kind)
            return
        number = self.count
        self.count += 1
        self.flows[number] = flow
        self.outgoing[flow.source][number] = None
        self.incoming[flow.target][number] = None
        self.between[pair] = number

    def _remove(self, number: int) -> RawFlow:
        flow = self.flows.pop(number)
        del self.outgoing[flow.source][number]
        del self.incoming[flow.target][number]
        if self.between.get((flow.source, flow.target)) == number:
            del self.between[flow.source, flow.target]
        return flow

    def _merge(self, number: int, flow: RawFlow, kind: int) -> None:
        there = self.flows[number]
        if there.budget >= 0 or flow.budget >= 0:
            raise NoBlocksError
        if self.merged_at.get(number) != kind:
            block = Block(kind, [there.block], [there.flow])
            self.flows[number] = there._replace(block=block, flow=-1)
            self.merged_at[number] = kind
        block = self.flows[number].block
        block.parts.append(flow.block)
        block.flows.append(flow.flow)
        self.waiting += (flow.source, flow.target)

    def _look_at(self, corner: int) -> None:
        outgoing, incoming = self.outgoing[corner], self.incoming[corner]
        if corner in (START, END) or not incoming:
            return
        if len(outgoing) == 1 and len(incoming) == 1:
            self._join_flows(corner)
        elif self.kinds[corner] == EXCLUSIVE_JOIN and len(outgoing) == 1:
            (forward,) = outgoing
            self._close_loop(forward)
        elif self.kinds[corner] == EXCLUSIVE_SPLIT and len(incoming) == 1:
            (forward,) = incoming
            self._close_loop(forward)

    def _join_flows(self, corner: int) -> None:
        (first_number,) = self.incoming[corner]
        (then_number,) = self.outgoing[corner]
        if first_number == then_number:
            raise NoBlocksError  # an endless loop
        first, then = self._remove(first_number), self._remove(then_number)
        if first.budget >= 0 and then.budget >= 0:
            raise NoBlocksError
        block = sequence(first.block, then.block)
        self._add(RawFlow(first.source, then.target, block, first.flow, max(first.budget, then.budget)))
        self.waiting += (first.source, then.target)

    def _close_loop(self, forward: int) -> None:
        """Make a loop of a join, the flow to the split behind it, and the flow back, if that is what there is."""
        there = self.flows[forward]
        join, split = there.source, there.target
        if self.kinds[join] != EXCLUSIVE_JOIN or self.kinds[split] != EXCLUSIVE_SPLIT:
            return
        if len(self.outgoing[join]) != 1 or len(self.incoming[split]) != 1 or len(self.outgoing[split]) < 2:
            return
        back_number = self.between.get((split, join))
        if back_number is None:
            return
        if there.budget >= 0:
            raise NoBlocksError
        back = self._remove(back_number)
        self._remove(forward)
        loop = Block(LOOP, [there.block, back.block or NOTHING], [-1, back.flow], bound=back.budget)
        self._add(RawFlow(join, split, loop, there.flow))
        self.waiting += (join, split)


def _starts_a_process(whole: Block) -> bool:
    stack = [whole]
    while stack:
        block = stack.pop()
        if block.kind == DETACHED:
            return True
        stack += block.parts
    return False


def _reachable(scope: Scope) -> set[int]:
    nexts: dict[int, list[int]] = {}
    for flow in scope.flows:
        nexts.setdefault(flow.source, []).append(flow.target)
    found = {START}
    stack = [START]
    while stack:
        for target in nexts.get(stack.pop(), ()):
            if target not in found:
                found.add(target)
                stack.append(target)
    return found
