"""Processes: workflows of nodes and flows, with the handovers that lie beside them."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ankunft_model.model.deadlines import Deadline
from ankunft_model.model.handovers import Handover
from ankunft_model.model.identifiers import ActorRef
from ankunft_model.model.nodes import AnyNode, Event, Flow, SubProcess
from ankunft_model.model.part import Many, Named, Registry
from ankunft_model.model.vocabulary import Domain


class SequenceFlow(NamedTuple):
    """A flow with both its ends and its id."""

    id: str
    source: str
    target: str
    flow: Flow


class Process(Named):
    """One workflow.

    Attributes:
        domain: Default of its steps.
        handovers: None: unknown whether there are any.
    """

    domain: Domain | None = None
    nodes: Registry[AnyNode]
    handovers: Many[Handover] = None
    deadlines: Many[Deadline] = None
    owner: ActorRef | None = None

    @cached_property
    def all_nodes(self) -> tuple[AnyNode, ...]:
        """All nodes, those of a sub-process right after it, in the order of the file."""
        return tuple(_walk(self.nodes))

    @cached_property
    def flows(self) -> tuple[SequenceFlow, ...]:
        """All flows, also those inside sub-processes, in the order of their sources.

        A flow without an id of its own is called `FROM__TO`; further ones between the same nodes `FROM__TO_2`, …
        """
        taken: set[str] = {flow.id for node in self.all_nodes for flow in node.next if flow.id is not None}
        numbers: dict[str, int] = {}
        found: list[SequenceFlow] = []
        for node in self.all_nodes:
            for flow in node.next:
                id_ = flow.id
                if id_ is None:
                    base = f"{node.id}__{flow.to}"
                    number = numbers.get(base, 0) + 1
                    id_ = base if number == 1 else f"{base}_{number}"
                    while id_ in taken:
                        number += 1
                        id_ = f"{base}_{number}"
                    numbers[base] = number
                    taken.add(id_)
                found.append(SequenceFlow(id_, node.id, flow.to, flow))
        return tuple(found)

    @cached_property
    def start_events(self) -> tuple[Event, ...]:
        """The start events of the process itself, not those inside sub-processes."""
        return tuple(node for node in self.nodes.values() if isinstance(node, Event) and node.type == "start")


def _walk(nodes: Registry[AnyNode]) -> Iterator[AnyNode]:
    stack = [iter(nodes.values())]
    while stack:
        for node in stack[-1]:
            yield node
            if isinstance(node, SubProcess):
                stack.append(iter(node.nodes.values()))
                break
        else:
            stack.pop()
