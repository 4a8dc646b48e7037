"""One copy of a started process for each handover that starts it: each activation is an instance of its own.

A process that two handovers start runs twice, and what one instance waits for is no business of the other. The copies
stand behind the originals, so that numbers of nodes and flows of the model stay what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ankunft_model.graph.components import strong_components
from ankunft_model.graph.control_flow import ControlFlow, Signal

MAX_COPIES: Final = 64
"""So many activations have a copy of their own; those beyond share one, and nothing is exact any more."""


def with_activations(control: ControlFlow, *, begun: int = 1) -> ControlFlow:
    """Return the control flow with a copy of a process for each further handover that starts it.

    Args:
        control: The control flow of processes that start each other.
        begun: So many processes, the first ones, begin by themselves.
    """
    if not control.triggers:
        return control
    return _Unfolding(control, begun).result()


class _Unfolding:
    """Goes from the processes that begin to those that they start; used once."""

    def __init__(self, control: ControlFlow, begun: int) -> None:
        self.control = control
        self.begun = begun
        self.members = [
            range(first, control.first_of[number + 1] if number + 1 < len(control.first_of) else len(control.ids))
            for number, first in enumerate(control.first_of)
        ]
        self.flows_of: list[list[int]] = [[] for _ in control.first_of]
        for flow, source in enumerate(control.source):
            self.flows_of[control.process_of(source)].append(flow)
        self.copies: list[tuple[int, int, int]] = []  # process, first node, first flow
        self.nodes = len(control.ids)
        self.flows = len(control.source)
        self.is_used = [number < begun for number in range(len(control.first_of))]
        self.triggers: list[Signal] = []
        self.repeated: set[int] = set()
        self.is_loose = False

    def result(self) -> ControlFlow:
        control = self.control
        looping = _looping_nodes(control)
        # of each instance: its process, the offset of its nodes, the instances around it, whether it may come again
        stack: list[tuple[int, int, tuple[tuple[int, int], ...], bool]] = [
            (number, 0, (), False) for number in reversed(range(self.begun))
        ]
        while stack:
            process, offset, around, comes_again = stack.pop()
            here = (*around, (process, offset))
            for sender, receiver in control.triggers:
                if control.process_of(sender) != process:
                    continue
                target = control.process_of(receiver)
                above = next((old for number, old in here if number == target), None)
                if above is not None or len(self.copies) >= MAX_COPIES:
                    self.is_loose = True
                    self.triggers.append(Signal(sender + offset, receiver + (above or 0)))
                    continue
                if target < self.begun:
                    self.is_loose = True  # it begins by itself as well
                inner = self._instance(target)
                again = comes_again or sender in looping
                if again:
                    self.repeated.add(len(self.triggers))
                self.triggers.append(Signal(sender + offset, receiver + inner))
                stack.append((target, inner, here, again))
        copied = {process for process, _, _ in self.copies}
        restarted = {self._original_process(self.triggers[number].receiver) for number in self.repeated}
        several = copied | restarted
        # which instance a mark belongs to is not told, and one that waits cannot be left alone until it is done
        for sender, receiver in control.waits:
            waiting, answering = control.process_of(receiver), control.process_of(sender)
            is_answer = waiting < self.begun and answering not in copied and self._are_started_by_begun(restarted)
            self.is_loose = self.is_loose or not (is_answer or several.isdisjoint((waiting, answering)))
        if restarted and control.waits and not self._are_started_by_begun(restarted):
            self.is_loose = True
        return self._copied()

    def _are_started_by_begun(self, targets: set[int]) -> bool:
        """Return whether what is started again and again is started only by processes that begin by themselves."""
        return all(
            self.control.process_of(sender) < self.begun
            for sender, receiver in self.control.triggers
            if self.control.process_of(receiver) in targets
        )

    def _original_process(self, node: int) -> int:
        if node < len(self.control.ids):
            return self.control.process_of(node)
        return next(process for process, first, _ in reversed(self.copies) if first <= node)

    def _instance(self, process: int) -> int:
        """Return how far the numbers of the nodes of a new instance lie behind those of the process."""
        if not self.is_used[process]:
            self.is_used[process] = True
            return 0
        first = self.nodes
        self.copies.append((process, first, self.flows))
        self.nodes += len(self.members[process])
        self.flows += len(self.flows_of[process])
        return first - self.members[process].start

    def _copied(self) -> ControlFlow:
        control = self.control
        origin = list(range(len(control.ids)))
        flow_origin = list(range(len(control.source)))
        node_shift = [0] * len(control.ids)
        flow_shift = [dict[int, int]()] * len(control.ids)
        for process, first, first_flow in self.copies:
            members = self.members[process]
            numbers = {flow: first_flow + place for place, flow in enumerate(self.flows_of[process])}
            origin += members
            flow_origin += self.flows_of[process]
            node_shift += [first - members.start] * len(members)
            flow_shift += [numbers] * len(members)
        source, target = list(control.source), list(control.target)
        for process, first, _ in self.copies:
            shift = first - self.members[process].start
            source += [control.source[flow] + shift for flow in self.flows_of[process]]
            target += [control.target[flow] + shift for flow in self.flows_of[process]]

        def flows(of: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
            return tuple(tuple(flow_shift[node].get(flow, flow) for flow in of[old]) for node, old in enumerate(origin))

        def moved(number: int, node: int) -> int:
            return number if number < 0 else number + node_shift[node]

        numbered = list(enumerate(origin))
        return replace(
            control,
            ids=tuple(control.ids[old] for old in origin),
            kinds=tuple(control.kinds[old] for old in origin),
            source=tuple(source),
            target=tuple(target),
            outgoing=flows(control.outgoing),
            incoming=flows(control.incoming),
            parent=tuple(moved(control.parent[old], node) for node, old in numbered),
            children={
                node: tuple(moved(inner, node) for inner in control.children[old])
                for node, old in numbered
                if old in control.children
            },
            host=tuple(moved(control.host[old], node) for node, old in numbered),
            boundary_events=tuple(
                tuple(moved(event, node) for event in control.boundary_events[old]) for node, old in numbered
            ),
            interrupts=tuple(control.interrupts[old] for old in origin),
            is_optional=tuple(control.is_optional[old] for old in origin),
            is_conditional=tuple(control.is_conditional[old] for old in flow_origin),
            is_default=tuple(control.is_default[old] for old in flow_origin),
            budget={flow: control.budget[old] for flow, old in enumerate(flow_origin) if old in control.budget},
            first_of=(*control.first_of, *(first for _, first, _ in self.copies)),
            triggers=tuple(self.triggers),
            top=(
                *control.top,
                *(
                    tuple(node + first - self.members[process].start for node in control.top[process])
                    for process, first, _ in self.copies
                ),
            ),
            origin=tuple(origin) if self.copies else (),
            flow_origin=tuple(flow_origin) if self.copies else (),
            repeated=frozenset(self.repeated),
            is_loose=self.is_loose,
            answers={flow: control.answers[old] for flow, old in enumerate(flow_origin) if old in control.answers},
        )


def _looping_nodes(control: ControlFlow) -> frozenset[int]:
    """Return the nodes that lie in a loop of their process, with what is inside of them."""
    successors: dict[int, dict[int, None]] = {node: {} for node in range(len(control.ids))}
    for source, target in zip(control.source, control.target, strict=True):
        successors[source].setdefault(target)
    for node, host in enumerate(control.host):
        if host >= 0:
            successors[host].setdefault(node)
    found: set[int] = set()
    for component in strong_components(successors):
        if len(component) > 1 or component[0] in successors[component[0]]:
            found.update(component)
    for node in tuple(found):
        found.update(control.inside(node))
    return frozenset(found)
