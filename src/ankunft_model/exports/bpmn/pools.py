"""The process of one pool, drawn up from its threads: throws, waiting places, message starts, ends.

Every flow that crosses from one owner to another becomes one message, thrown once and caught once.

Source: design of the collaboration view, parts 3 and 4 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ankunft_model.exports.bpmn.mark_drawing import draw_lines, draw_marks, is_message_catch, pass_on
from ankunft_model.exports.bpmn.marks import Marks
from ankunft_model.exports.bpmn.pool_elements import (
    ElementKind,
    PoolElement,
    PoolProcess,
    note_key,
)
from ankunft_model.exports.bpmn.pool_sketch import PoolSketch
from ankunft_model.exports.bpmn.tidying import tidy
from ankunft_model.graph.participation.blocks import Block
from ankunft_model.graph.participation.normal_form import NormalFlow, NormalNode
from ankunft_model.graph.participation.owners import Ownership
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.graph.participation.waiting_classes import WaitingClass
from ankunft_model.model import Event


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


class _Drawing(PoolSketch):
    """Collects the elements and flows of one pool."""

    def __init__(
        self, ownership: Ownership, threads: PoolThreads, marks: Marks, inner: Mapping[str, PoolProcess]
    ) -> None:
        super().__init__()
        self._ownership = ownership
        self._form = ownership.structure.form
        self._threads = threads
        self._pool = threads.pool
        self._marks = marks
        self._inner = inner

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
        draw_lines(self, self._marks)
        pass_on(self, self._marks, self._pool)
        return tidy(PoolProcess(self._pool, tuple(self.elements.values()), tuple(self.flows)))

    def _is_own(self, node: str) -> bool:
        return self._ownership.owner_of[node] == self._pool

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
        self.elements[node.id] = element
        self.entry_of[node.id] = self.exit_of[node.id] = node.id
        if model_id in self._marks.starting:
            self._start_by_messages(node.id, self._marks.starting[model_id])
        draw_marks(self, self._marks, node, model_id)

    def _start_by_messages(self, start: str, messages: tuple[str, ...]) -> None:
        """Let each message start an instance; every one gets a start event of its own, so that it is caught once."""
        self.elements[start] = replace(self.elements[start], receives=messages[0])
        if len(messages) == 1:
            return
        merge = self.add(PoolElement(f"merge:{self._pool}:{start}", "exclusive_join"))
        self.connect(start, merge)
        for message in messages[1:]:
            self.connect(self.add(PoolElement(f"start:{message}", "start", receives=message)), merge)
        self.exit_of[start] = merge

    def _connect_host(self, node: NormalNode) -> None:
        """Let flows that enter or leave the splits around a step enter or leave the step."""
        if node.kind in ("boundary_split", "spawn") and not _is_gateway(node) and node.element is not None:
            self.entry_of[node.id] = self.entry_of[node.element.id]
            self.exit_of[node.id] = self.exit_of[node.element.id]

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
                self._leave(self.exit_of[node.id], flow)

    def _leave(self, source: str, flow: str) -> None:
        """Lead a flow to its own target, or throw its message and go where the pool waits then, or end."""
        ends = self._form.flows[flow]
        label: NormalFlow | None = ends
        for note in self._marks.notes.get(flow, ()):
            throw = self.add(PoolElement(f"throw:{note}", "throw", sends=(note,)))
            self.connect(source, throw, label)
            source, label = throw, None
        if self._is_own(ends.target):
            self.connect(source, self.entry_of[ends.target], label)
            return
        goal = self._behind_exit(flow)
        if goal is None:
            self.connect(source, self.add(PoolElement(f"end:{flow}", "end", sends=(flow,))), label)
        else:
            throw = self.add(PoolElement(f"throw:{flow}", "throw", sends=(flow,)))
            self.connect(source, throw, label)
            self.connect(throw, goal)

    def _send_orders(self, node: NormalNode) -> None:
        """Send to all branches in which the pool has no waiting part, one after the other, before forking."""
        orders = [flow for flow in self._form.outgoing[node.id] if self._is_order(flow)]
        if len(orders) == len(self._form.outgoing[node.id]) and not self._goes_around(node.id):
            self.elements[node.id] = PoolElement(node.id, "end", node, sends=(orders.pop(),))
        for flow in reversed(orders):
            self.put_before(node.id, PoolElement(f"throw:{flow}", "throw", sends=(flow,)))

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
            self.connect(node.id, goal)

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
        if wait not in self.elements:
            self.add(PoolElement(wait, "event_split"))
            for entry in found.entries:
                self.connect(wait, self._catch(entry))
            for note in notes:
                catch = self.add(PoolElement(f"catch:{note}", "catch", receives=note))
                self.connect(wait, catch)
                self.connect(catch, self.add(PoolElement(f"end:{note}", "end")))
        return wait

    def _catch(self, entry: str) -> str:
        """Return the catching element of a crossing flow; a catching event of the model takes the message itself."""
        target = self._form.target(entry)
        if self._takes_message(target):
            self.elements[target.id] = replace(self.elements[target.id], receives=entry)
            return target.id
        catch = f"catch:{entry}"
        if catch not in self.elements:
            self.add(PoolElement(catch, "catch", receives=entry))
            self.connect(catch, self.entry_of[target.id])
        return catch

    def _start(self, entry: str) -> None:
        target = self._form.target(entry)
        if self._takes_message(target):
            self.elements[target.id] = replace(self.elements[target.id], kind="start", receives=entry)
            return
        start = self.add(PoolElement(f"start:{entry}", "start", receives=entry))
        self.connect(start, self.entry_of[target.id], None)

    def _takes_message(self, node: NormalNode) -> bool:
        """Return whether a node is an event that waits for just this message."""
        element = self.elements.get(node.id)
        return (
            is_message_catch(node)
            and element is not None
            and element.awaits is None
            and node.id not in self._marks.awaited
            and self.entry_of[node.id] == node.id
        )

    # --- forks at the splits of others ---------------------------------------------------------------------------

    def _fork(self, block: Block) -> str:
        return self.add(PoolElement(f"fork:{self._pool}:{block.split}", "parallel_split"))

    def _thread_end(self, branch: str, block: Block) -> str:
        """Return the element at which a forked thread waits for the others of the pool."""
        end = f"merge:{self._pool}:{branch}"
        if end not in self.elements:
            self.add(PoolElement(end, "exclusive_join"))
            self.connect(end, self.add(PoolElement(f"gather:{self._pool}:{block.split}", "parallel_join")))
        return end

    def _connect_fork(self, block: Block) -> None:
        """Connect the gateways that were added because another pool owns the split or the join."""
        if not self._is_own(block.split):
            fork = self._fork(block)
            for branch in self._threads.forked_branches(block):
                goal = self._behind_exit(branch)
                if goal is not None:
                    self.connect(fork, goal)
        if block.join is not None and not self._is_own(block.join):
            gather = self.add(PoolElement(f"gather:{self._pool}:{block.split}", "parallel_join"))
            goal = self._behind_exit(block.split)
            if goal is None:
                goal = self.add(PoolElement(f"end:{self._pool}:{block.split}", "end"))
            self.connect(gather, goal)


def _is_gateway(node: NormalNode) -> bool:
    return node.element is None or node.element.type in ("parallel", "exclusive", "inclusive", "event_based")
