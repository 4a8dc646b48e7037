"""The process of a pool while it is drawn up: its elements and flows, and where flows to and from a node lead."""

from __future__ import annotations

from ankunft_model.exports.bpmn.pool_elements import PoolElement, PoolFlow
from ankunft_model.graph.participation.normal_form import NormalFlow


class PoolSketch:
    """Collects the elements and flows of one pool.

    Attributes:
        elements: The elements by their ids.
        flows: The sequence flows.
        entry_of, exit_of: The elements at which flows to a node arrive, and from which those behind it leave.
    """

    def __init__(self) -> None:
        self.elements: dict[str, PoolElement] = {}
        self.flows: list[PoolFlow] = []
        self.entry_of: dict[str, str] = {}
        self.exit_of: dict[str, str] = {}

    def add(self, element: PoolElement) -> str:
        """Add an element unless it is there; return its id."""
        self.elements.setdefault(element.id, element)
        return element.id

    def add_all(self, elements: tuple[PoolElement, ...], flows: tuple[PoolFlow, ...]) -> None:
        """Add elements with the flows between them."""
        for element in elements:
            self.add(element)
        self.flows.extend(flows)

    def connect(self, source: str, target: str, flow: NormalFlow | None = None) -> None:
        """Lead a sequence flow from one element to another."""
        self.flows.append(PoolFlow(source, target, flow))

    def put_before(self, node: str, element: PoolElement) -> None:
        """Put an element right before a node and what stands before it so far."""
        self.add(element)
        self.connect(element.id, self.entry_of[node])
        self.entry_of[node] = element.id

    def put_behind(self, node: str, element: PoolElement) -> None:
        """Put an element right behind a node and what stands behind it so far."""
        self.connect(self.exit_of[node], self.add(element))
        self.exit_of[node] = element.id
