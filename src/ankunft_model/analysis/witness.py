"""Witnesses: the run that shows a finding, in full and shortened to what tells it apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from ankunft_model.findings import MAX_WITNESS
from ankunft_model.graph import WorkflowGraph
from ankunft_model.graph.block_runs import expand_run
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.model import Event


class WholeRun(Sequence[str]):
    """The ids of all nodes of a run; they are worked out when the first is asked for."""

    def __init__(self, graph: WorkflowGraph, blocks: BlockTree, history: tuple[int, ...], *, to_end: bool) -> None:
        self._graph = graph
        self._blocks = blocks
        self._history = history
        self._to_end = to_end

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        nodes = expand_run(self._blocks, self._history, to_end=self._to_end)
        return tuple(self._graph.nodes[node].id for node in nodes)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        """Return the id at a place, or those of a slice."""
        return self._ids[index]

    def __len__(self) -> int:
        return len(self._ids)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WholeRun):
            return self._ids == other._ids
        return self._ids == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._ids)

    def __repr__(self) -> str:
        return repr(self._ids)


@dataclass(frozen=True, slots=True)
class Run:
    """A run, as indices of nodes in order of execution, and the flows chosen at decisions, in order.

    Attributes:
        nodes: All nodes; of a process made of blocks only those that matter.
        blocks: The blocks of the process, if the nodes are not all of them.
        history: What matters in the order in which it happens, see `expand_run`.
        to_end: Whether the run goes on to its end.
    """

    graph: WorkflowGraph
    nodes: tuple[int, ...]
    decisions: tuple[int, ...] = ()
    blocks: BlockTree | None = None
    history: tuple[int, ...] = ()
    to_end: bool = False

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all nodes of the run."""
        if self.blocks is not None:
            return WholeRun(self.graph, self.blocks, self.history, to_end=self.to_end)
        return tuple(self.graph.nodes[node].id for node in self.nodes)

    def witness(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return what tells the run apart, in its order, at most `MAX_WITNESS` ids.

        These are the start events, the branch taken at each decision that lies before a named node (decision and
        first node of the branch), and the named nodes.
        """
        index_of = self.graph.index_of
        wanted = [index_of[id_] for id_ in named if id_ in index_of]
        keep = {node for node in self.nodes if self.graph.is_start(node)} | set(wanted)
        if self.blocks is not None:
            for flow in self.decisions:
                keep.update((self.graph.source[flow], self.graph.target[flow]))
        else:
            before = self._ancestors(wanted) if self.decisions else set[int]()
            for flow in self.decisions:
                source, target = self.graph.source[flow], self.graph.target[flow]
                if target in before or target in keep:
                    keep.update((source, target))
        keep -= self._interrupted() - set(wanted)
        nodes = self.nodes
        if self.blocks is not None and not self.to_end:  # what matters may lie behind the finding
            last_named = max((place for place, node in enumerate(nodes) if node in wanted), default=len(nodes) - 1)
            nodes = nodes[: last_named + 1]
        shortened = list(dict.fromkeys(self.graph.nodes[node].id for node in nodes if node in keep))
        if len(shortened) > MAX_WITNESS:
            there = set(nodes)
            last = [self.graph.nodes[node].id for node in wanted if node in there]
            shortened = shortened[: max(MAX_WITNESS - len(last), 0)] + last
        return tuple(shortened[:MAX_WITNESS])

    def _interrupted(self) -> set[int]:
        """Return the steps that did not complete, because an event on their border took over."""
        events = ((self.graph.host[node], self.graph.nodes[node]) for node in self.nodes if self.graph.host[node] >= 0)
        return {host for host, event in events if isinstance(event, Event) and event.interrupting}

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


def run_of_blocks(graph: WorkflowGraph, blocks: BlockTree, history: tuple[int, ...], *, to_end: bool = False) -> Run:
    """Return the run on which everything of `history` happens, see `expand_run`.

    Its nodes are the start event, the nodes of the history, and where it decides the gateway and what follows.
    """
    nodes = [blocks.begins] if blocks.begins >= 0 else []
    decisions: list[int] = []
    for event in history:
        if event >= 0:
            nodes.append(blocks.node[event])
        elif (flow := blocks.flow[-2 - event]) >= 0:
            decisions.append(flow)
            nodes += (graph.source[flow], graph.target[flow])
    return Run(graph, tuple(nodes), tuple(decisions), blocks, history, to_end)
