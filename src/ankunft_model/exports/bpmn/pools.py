"""The process of one pool, drawn up from its threads: throws, waiting places, message starts, ends.

Every flow that crosses from one owner to another becomes one message, thrown once and caught once.

Source: design of the collaboration view, parts 3 and 4 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ankunft_model.exports.bpmn.marks import Marks
from ankunft_model.exports.bpmn.pool_elements import (
    ElementKind,
    PoolElement,
    PoolFlow,
    PoolProcess,
    mark_name,
    note_key,
)
from ankunft_model.exports.bpmn.tidying import tidy
from ankunft_model.graph.participation.blocks import Block
from ankunft_model.graph.participation.normal_form import SPLITS, NormalFlow, NormalNode
from ankunft_model.graph.participation.owners import Ownership
from ankunft_model.graph.participation.pool_walk import WaitingClass
from ankunft_model.graph.participation.terminating_ends import is_terminating
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.model import Event, Step


def draw_pool(
    ownership: Ownership, threads: PoolThreads, marks: Marks, inner: Mapping[str, PoolProcess]
) -> PoolProcess:
    """Return the process of one pool.

    Args:
        ownership: The process and who owns its nodes.
        threads: How the pool takes part.
        marks: Messages beside the control flow.
        inner: The inside of each sub-process, by its id.
    """
    return _Drawing(ownership, threads, marks, inner).drawn()


class _Drawing:
    """Collects the elements and flows of one pool."""

    def __init__(
        self, ownership: Ownership, threads: PoolThreads, marks: Marks, inner: Mapping[str, PoolProcess]
    ) -> None:
        self._ownership = ownership
        self._form = ownership.structure.form
        self._threads = threads
        self._pool = threads.pool
        self._marks = marks
        self._inner = inner
        self._elements: dict[str, PoolElement] = {}
        self._flows: list[PoolFlow] = []
        self._entry_of: dict[str, str] = {}
        self._exit_of: dict[str, str] = {}

    def drawn(self) -> PoolProcess:
        own = [node for node in self._form.nodes.values() if self._is_own(node.id)]
        for node in own:
            self._add_node(node)
        for node in own:
            self._connect_host(node)
        splits = [node for node in own if node.kind == "parallel_split" or (node.kind == "spawn" and _is_gateway(node))]
        for node in splits:
            self._send_orders(node)
        for node in own:
            self._leave_node(node)
        for block in self._ownership.structure.block_of_split.values():
            if self._threads.forked_branches(block):
                self._connect_fork(block)
        for found in dict.fromkeys(self._threads.class_of_exit.values()):
            if found.is_starting:
                for entry in found.entries:
                    self._start(entry)
        self._draw_lines()
        for asked in self._marks.asked:
            if asked.pool == self._pool:
                self._add_all(*asked.passing_on())
        return tidy(PoolProcess(self._pool, tuple(self._elements.values()), tuple(self._flows)))

    def _is_own(self, node: str) -> bool:
        return self._ownership.owner_of[node] == self._pool

    def _add(self, element: PoolElement) -> str:
        self._elements.setdefault(element.id, element)
        return element.id

    def _connect(self, source: str, target: str, flow: NormalFlow | None = None) -> None:
        self._flows.append(PoolFlow(source, target, flow))

    # --- nodes of the model ------------------------------------------------------------------------------------

    def _add_node(self, node: NormalNode) -> None:
        """Add the element of a node, with what must happen right before and after it."""
        if node.kind in ("boundary_split", "spawn") and not _is_gateway(node):
            return
        kind: ElementKind = "parallel_split" if node.kind == "spawn" else node.kind  # type: ignore[assignment]
        element = PoolElement(node.id, kind, node)
        model_id = "" if node.element is None or node.element.id != node.id else node.id
        if node.kind == "boundary" and isinstance(node.element, Event):
            element = replace(element, host=node.element.attached_to)
        if model_id in self._inner:
            element = replace(element, inner=self._inner[model_id])
        self._elements[node.id] = element
        self._entry_of[node.id] = self._exit_of[node.id] = node.id
        if model_id in self._marks.starting:
            self._start_by_messages(node.id, self._marks.starting[model_id])
        self._wait_for_marks(node, model_id)
        self._begin_lines(node, model_id)
        self._send_marks(node, model_id)

    def _start_by_messages(self, start: str, messages: tuple[str, ...]) -> None:
        """Let each message start an instance; every one gets a start event of its own, so that it is caught once."""
        self._elements[start] = replace(self._elements[start], receives=messages[0])
        if len(messages) == 1:
            return
        merge = self._add(PoolElement(f"merge:{self._pool}:{start}", "exclusive_join"))
        self._connect(start, merge)
        for message in messages[1:]:
            self._connect(self._add(PoolElement(f"start:{message}", "start", receives=message)), merge)
        self._exit_of[start] = merge

    def _wait_for_marks(self, node: NormalNode, model_id: str) -> None:
        outside = list(self._marks.awaited.get(model_id, ()))
        inside = [handover.id for handover in self._marks.awaited_inside.get(model_id, ())]
        if is_message_catch(node):
            if outside:
                self._elements[node.id] = replace(self._elements[node.id], receives=outside.pop())
            elif inside:
                self._elements[node.id] = replace(self._elements[node.id], awaits=inside.pop())
        for mark in inside[::-1]:
            self._put_before(node.id, PoolElement(f"condition:{mark}", "condition", awaits=mark))
        for handover in self._marks.lines:
            if handover.to_node == model_id:
                self._put_before(node.id, PoolElement(f"gather:{mark_name(handover.id)}", "parallel_join"))
        for mark in outside[::-1]:
            self._put_before(node.id, PoolElement(f"catch:{mark}", "catch", receives=mark))
        for asked in self._marks.asked:
            if asked.receiver == model_id:
                self._put_before(node.id, PoolElement(f"throw:{asked.request}", "throw", sends=(asked.request,)))

    def _put_before(self, node: str, element: PoolElement) -> None:
        self._add(element)
        self._connect(element.id, self._entry_of[node])
        self._entry_of[node] = element.id

    def _begin_lines(self, node: NormalNode, model_id: str) -> None:
        """Fork off a sequence flow for each handover inside the instance; behind an end or a split there is no room."""
        for handover in self._marks.lines:
            if handover.from_node != model_id:
                continue
            fork = PoolElement(f"fork:{mark_name(handover.id)}", "parallel_split")
            if node.kind == "end" or node.kind in SPLITS:
                self._put_before(node.id, fork)
            else:
                self._connect(self._exit_of[node.id], self._add(fork))
                self._exit_of[node.id] = fork.id
        for asked in self._marks.asked:
            if asked.sender == model_id:
                fork = PoolElement(f"fork:{mark_name(asked.id)}", "parallel_split")
                self._connect(self._exit_of[node.id], self._add(fork))
                self._exit_of[node.id] = fork.id
                elements, flows = asked.keeping()
                self._add_all(elements, (PoolFlow(fork.id, elements[0].id), *flows))

    def _add_all(self, elements: tuple[PoolElement, ...], flows: tuple[PoolFlow, ...]) -> None:
        for element in elements:
            self._add(element)
        self._flows.extend(flows)

    def _draw_lines(self) -> None:
        for handover in self._marks.lines:
            fork, gather = f"fork:{mark_name(handover.id)}", f"gather:{mark_name(handover.id)}"
            if fork in self._elements and gather in self._elements:
                self._flows.append(PoolFlow(fork, gather, handover=handover.id))

    def _send_marks(self, node: NormalNode, model_id: str) -> None:
        sent = self._marks.sent.get(model_id, ())
        if not sent:
            return
        stops = is_terminating(node)
        if isinstance(node.element, Step) or (node.kind == "end" and not stops) or _is_message_throw(node):
            self._elements[node.id] = replace(self._elements[node.id], sends=sent)
            return
        for mark in sent:
            throw = PoolElement(f"throw:{mark}", "throw", sends=(mark,))
            if node.kind in SPLITS or stops:
                self._put_before(node.id, throw)
            else:
                self._connect(self._exit_of[node.id], self._add(throw))
                self._exit_of[node.id] = throw.id

    def _connect_host(self, node: NormalNode) -> None:
        """Let flows that enter or leave the splits around a step enter or leave the step."""
        if node.kind in ("boundary_split", "spawn") and not _is_gateway(node) and node.element is not None:
            self._entry_of[node.id] = self._entry_of[node.element.id]
            self._exit_of[node.id] = self._exit_of[node.element.id]

    # --- ways out ----------------------------------------------------------------------------------------------

    def _leave_node(self, node: NormalNode) -> None:
        if node.kind == "parallel_split" or (node.kind == "spawn" and _is_gateway(node)):
            self._leave_parallel_split(node)
            return
        for flow in self._form.outgoing[node.id]:
            target = self._form.target(flow)
            is_border = target.kind == "boundary" and node.kind in ("boundary_split", "spawn")
            is_inside = node.kind == "spawn" or target.kind == "boundary_split"
            if not is_border and not is_inside:
                self._leave(self._exit_of[node.id], flow)

    def _leave(self, source: str, flow: str) -> None:
        """Lead a flow to its own target, or throw its message and go where the pool waits then, or end."""
        ends = self._form.flows[flow]
        label: NormalFlow | None = ends
        for note in self._marks.notes.get(flow, ()):
            throw = self._add(PoolElement(f"throw:{note}", "throw", sends=(note,)))
            self._connect(source, throw, label)
            source, label = throw, None
        if self._is_own(ends.target):
            self._connect(source, self._entry_of[ends.target], label)
            return
        goal = self._behind_exit(flow)
        if goal is None:
            self._connect(source, self._add(PoolElement(f"end:{flow}", "end", sends=(flow,))), label)
        else:
            throw = self._add(PoolElement(f"throw:{flow}", "throw", sends=(flow,)))
            self._connect(source, throw, label)
            self._connect(throw, goal)

    def _send_orders(self, node: NormalNode) -> None:
        """Send to all branches in which the pool has no waiting part, one after the other, before forking."""
        orders = [flow for flow in self._form.outgoing[node.id] if self._is_order(flow)]
        if len(orders) == len(self._form.outgoing[node.id]) and not self._goes_around(node.id):
            self._elements[node.id] = PoolElement(node.id, "end", node, sends=(orders.pop(),))
        for flow in reversed(orders):
            self._put_before(node.id, PoolElement(f"throw:{flow}", "throw", sends=(flow,)))

    def _is_order(self, flow: str) -> bool:
        return not self._is_own(self._form.flows[flow].target) and self._is_over(flow)

    def _goes_around(self, split: str) -> bool:
        """Return whether the pool's token goes on behind a block of its own that it has no part in."""
        return split in self._threads.class_of_exit and not self._threads_fork(split) and not self._is_over(split)

    def _leave_parallel_split(self, node: NormalNode) -> None:
        for flow in self._form.outgoing[node.id]:
            if not self._is_order(flow):
                self._leave(node.id, flow)
        if self._goes_around(node.id) and (goal := self._behind_exit(node.id)) is not None:
            self._connect(node.id, goal)

    def _threads_fork(self, split: str) -> bool:
        block = self._ownership.structure.block_of_split.get(split)
        return block is not None and bool(self._threads.forked_branches(block))

    def _is_over(self, key: str) -> bool:
        """Return whether the pool's token ends after an exit."""
        found = self._threads.class_of_exit.get(key)
        return found is None or found.is_starting or (found.is_over and self._gathering(found) is None)

    def _gathering(self, found: WaitingClass) -> tuple[str, Block] | None:
        """Return the forked branch at whose end a class lies, and its block, if the pool's threads meet behind it."""
        region = found.exits[0].region
        block = self._ownership.structure.block_of_branch.get(region)
        if region not in self._threads.forks or block is None or block.join is None:
            return None
        return region, block

    def _behind_exit(self, key: str) -> str | None:
        """Return the element at which the pool's token goes on after an exit, None if it ends there."""
        if self._is_over(key):
            return None
        found = self._threads.class_of_exit[key]
        if found.is_over and (gathering := self._gathering(found)) is not None:
            return self._thread_end(*gathering)
        return self._waiting_place(found)

    # --- waiting places ----------------------------------------------------------------------------------------

    def _waiting_place(self, found: WaitingClass) -> str:
        if found.forked:
            return self._fork(found.forked[0])
        notes = [note_key(self._pool, flow) for flow in found.notes] if found.is_notified else []
        if len(found.entries) == 1 and not notes:
            return self._catch(found.entries[0])
        wait = f"wait:{self._pool}:{found.entries[0]}"
        if wait not in self._elements:
            self._add(PoolElement(wait, "event_split"))
            for entry in found.entries:
                self._connect(wait, self._catch(entry))
            for note in notes:
                catch = self._add(PoolElement(f"catch:{note}", "catch", receives=note))
                self._connect(wait, catch)
                self._connect(catch, self._add(PoolElement(f"end:{note}", "end")))
        return wait

    def _catch(self, entry: str) -> str:
        """Return the catching element of a crossing flow; a catching event of the model takes the message itself."""
        target = self._form.target(entry)
        if self._takes_message(target):
            self._elements[target.id] = replace(self._elements[target.id], receives=entry)
            return target.id
        catch = f"catch:{entry}"
        if catch not in self._elements:
            self._add(PoolElement(catch, "catch", receives=entry))
            self._connect(catch, self._entry_of[target.id])
        return catch

    def _start(self, entry: str) -> None:
        target = self._form.target(entry)
        if self._takes_message(target):
            self._elements[target.id] = replace(self._elements[target.id], kind="start", receives=entry)
            return
        start = self._add(PoolElement(f"start:{entry}", "start", receives=entry))
        self._connect(start, self._entry_of[target.id], None)

    def _takes_message(self, node: NormalNode) -> bool:
        """Return whether a node is an event that waits for just this message."""
        element = self._elements.get(node.id)
        return (
            is_message_catch(node)
            and element is not None
            and element.awaits is None
            and node.id not in self._marks.awaited
            and self._entry_of[node.id] == node.id
        )

    # --- forks at the splits of others ---------------------------------------------------------------------------

    def _fork(self, block: Block) -> str:
        return self._add(PoolElement(f"fork:{self._pool}:{block.split}", "parallel_split"))

    def _thread_end(self, branch: str, block: Block) -> str:
        """Return the element at which a forked thread waits for the others of the pool."""
        end = f"merge:{self._pool}:{branch}"
        if end not in self._elements:
            self._add(PoolElement(end, "exclusive_join"))
            self._connect(end, self._add(PoolElement(f"gather:{self._pool}:{block.split}", "parallel_join")))
        return end

    def _connect_fork(self, block: Block) -> None:
        """Connect the gateways that were added because another pool owns the split or the join."""
        if not self._is_own(block.split):
            fork = self._fork(block)
            for branch in self._threads.forked_branches(block):
                goal = self._behind_exit(branch)
                if goal is not None:
                    self._connect(fork, goal)
        if block.join is not None and not self._is_own(block.join):
            gather = self._add(PoolElement(f"gather:{self._pool}:{block.split}", "parallel_join"))
            goal = self._behind_exit(block.split)
            if goal is None:
                goal = self._add(PoolElement(f"end:{self._pool}:{block.split}", "end"))
            self._connect(gather, goal)


def is_message_catch(node: NormalNode) -> bool:
    """Return whether the node is an intermediate event that waits for a message."""
    return isinstance(node.element, Event) and node.element.type == "catch" and node.element.trigger == "message"


def _is_message_throw(node: NormalNode) -> bool:
    return isinstance(node.element, Event) and node.element.type == "throw" and node.element.trigger == "message"


def _is_gateway(node: NormalNode) -> bool:
    return node.element is None or node.element.type in ("parallel", "exclusive", "inclusive", "event_based")
