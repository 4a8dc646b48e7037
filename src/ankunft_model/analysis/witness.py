"""Witnesses: the run that shows a finding, in full and shortened to what tells it apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ankunft_model.findings import MAX_WITNESS
from ankunft_model.graph import WorkflowGraph


@dataclass(frozen=True, slots=True)
class Run:
    """A run, as indices of nodes in order of execution, and the flows chosen at decisions, in order."""

    graph: WorkflowGraph
    nodes: tuple[int, ...]
    decisions: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all nodes of the run."""
        return tuple(self.graph.nodes[node].id for node in self.nodes)

    def witness(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return what tells the run apart, in its order, at most `MAX_WITNESS` ids.

        These are the start events, the branch taken at each decision that lies before a named node (decision and
        first node of the branch), and the named nodes.
        """
        index_of = self.graph.index_of
        wanted = [index_of[id_] for id_ in named if id_ in index_of]
        before = self._ancestors(wanted) if self.decisions else set[int]()
        keep = {node for node in self.nodes if self.graph.is_start(node)} | set(wanted)
        for flow in self.decisions:
            source, target = self.graph.source[flow], self.graph.target[flow]
            if target in before or target in keep:
                keep.update((source, target))
        shortened = list(dict.fromkeys(self.graph.nodes[node].id for node in self.nodes if node in keep))
        if len(shortened) > MAX_WITNESS:
            shortened = shortened[: MAX_WITNESS - len(wanted)] + [self.graph.nodes[node].id for node in wanted]
        return tuple(shortened[:MAX_WITNESS])

    def _ancestors(self, nodes: Iterable[int]) -> set[int]:
        """Return the nodes from which flows lead to `nodes`, these included."""
        graph = self.graph
        found = set(nodes)
        stack = list(found)
        while stack:
            node = stack.pop()
            earlier = [graph.source[flow] for flow in graph.incoming[node]]
            if graph.host[node] >= 0:
                earlier.append(graph.host[node])
            if graph.parent[node] >= 0 and not graph.incoming[node]:
                earlier += [graph.source[flow] for flow in graph.incoming[graph.parent[node]]]
            for other in earlier:
                if other not in found:
                    found.add(other)
                    stack.append(other)
        return found
