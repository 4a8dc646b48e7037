"""Which nodes always come before others, and which none of the runs does without, by their ids."""

from __future__ import annotations

from collections.abc import Iterable

from ankunft_model.analysis.computations import Computations
from ankunft_model.graph.always_before import AlwaysBefore


class Order:
    """The order of some nodes of a model, over all processes that start each other.

    Args:
        computed: The model.
        watched: Ids of the nodes that are asked about.
    """

    def __init__(self, computed: Computations, watched: Iterable[str]) -> None:
        ids = tuple(dict.fromkeys(watched))
        self._parts = [
            (graph, AlwaysBefore(graph, [graph.index_of[id_] for id_ in ids if id_ in graph.index_of]))
            for graph in (computed.group_graphs if ids else ())
        ]

    def is_before(self, node: str, other: str) -> bool:
        """Return whether `node`, which is watched, has been executed on every run when `other` begins."""
        parts = [(graph, order) for graph, order in self._parts if other in graph.index_of]
        return bool(parts) and all(
            node in graph.index_of and order.is_before(graph.index_of[node], graph.index_of[other])
            for graph, order in parts
        )

    def is_unavoidable(self, node: str) -> bool:
        """Return whether no run reaches an end event before it has executed `node`, which is watched."""
        parts = [(graph, order) for graph, order in self._parts if node in graph.index_of]
        return bool(parts) and all(order.is_unavoidable(graph.index_of[node]) for graph, order in parts)
