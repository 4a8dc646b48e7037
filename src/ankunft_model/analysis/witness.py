"""Witnesses: the run that shows a finding, in full and shortened to what tells it apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import overload

from ankunft_model.findings import MAX_WITNESS
from ankunft_model.graph import WorkflowGraph
from ankunft_model.graph.block_runs import expand_run, expand_run_among
from ankunft_model.graph.block_tree import BlockTree
from ankunft_model.model import Event


class WholeRun(Sequence[str]):
    """The ids of all nodes of a run; they are worked out when the first is asked for."""

    def __init__(self, graph: WorkflowGraph, nodes: Callable[[], tuple[int, ...]]) -> None:
        self._graph = graph
        self._nodes = nodes

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._graph.nodes[node].id for node in self._nodes())

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


class Run:
    """A run, as indices of nodes in order of execution, and the flows chosen at decisions, in order."""

    __slots__ = ("_decisions", "_nodes", "graph")

    def __init__(self, graph: WorkflowGraph, nodes: tuple[int, ...], decisions: tuple[int, ...] = ()) -> None:
        self.graph = graph
        self._nodes = nodes
        self._decisions = decisions

    @property
    def nodes(self) -> tuple[int, ...]:
        """All nodes; of a process made of blocks only those that matter."""
        return self._nodes

    @property
    def decisions(self) -> tuple[int, ...]:
        """The flows chosen at decisions."""
        return self._decisions

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Run):
            return NotImplemented
        return self.nodes == other.nodes and self.decisions == other.decisions

    def __hash__(self) -> int:
        return hash((self.nodes, self.decisions))

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all nodes of the run."""
        return tuple(self.graph.nodes[node].id for node in self.nodes)

    def among(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return which of `ids` execute on the run, in order of execution, each as often as it does."""
        wanted = frozenset(ids)
        return tuple(id_ for id_ in self.ids if id_ in wanted)

    def passing(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return which of `ids` execute on the run, in the order given."""
        asked = tuple(ids)
        passed = frozenset(self.among(asked))
        return tuple(id_ for id_ in asked if id_ in passed)

    def witness(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return what tells the run apart, in its order, at most `MAX_WITNESS` ids.

        These are the start events, the branch taken at each decision that lies before a named node (decision and
        first node of the branch), and the named nodes.
        """
        index_of, elements = self.graph.index_of, self.graph.nodes
        wanted = [index_of[id_] for id_ in named if id_ in index_of]
        all_nodes = self.nodes
        keep = {node for node in all_nodes if elements[node].type == "start"}
        keep.update(wanted)
        keep |= self._ends_of_decisions(wanted, keep)
        interrupted = self._interrupted(all_nodes)
        if interrupted:
            keep -= interrupted.difference(wanted)
        nodes = self._up_to(wanted, all_nodes)
        shortened = [elements[node].id for node in dict.fromkeys(nodes) if node in keep]
        if len(shortened) > MAX_WITNESS:
            there = set(nodes)
            last = [elements[node].id for node in wanted if node in there]
            shortened = shortened[: max(MAX_WITNESS - len(last), 0)] + last
        return tuple(shortened[:MAX_WITNESS])

    def _ends_of_decisions(self, wanted: list[int], kept: set[int]) -> set[int]:
        before = self._ancestors(wanted) if self.decisions else set[int]()
        found: set[int] = set()
        for flow in self.decisions:
            source, target = self.graph.source[flow], self.graph.target[flow]
            if target in before or target in kept or target in found:
                found.update((source, target))
        return found

    def _up_to(self, wanted: list[int], nodes: tuple[int, ...]) -> tuple[int, ...]:  # noqa: ARG002 runs of blocks do
        return nodes

    def _interrupted(self, nodes: tuple[int, ...]) -> set[int]:
        """Return the steps that did not complete, because an event on their border took over."""
        elements, host_of = self.graph.nodes, self.graph.host
        return {
            host_of[node]
            for node in nodes
            if host_of[node] >= 0 and isinstance(event := elements[node], Event) and event.interrupting
        }

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


class _Told(Run):
    """A run of which only what matters is told: all of its decisions do."""

    __slots__ = ()

    def _ends_of_decisions(self, wanted: list[int], kept: set[int]) -> set[int]:  # noqa: ARG002 all of them matter
        source, target = self.graph.source, self.graph.target
        return {node for flow in self.decisions for node in (source[flow], target[flow])}


class BlockRun(_Told):
    """A run of a process made of blocks, given by what matters on it; everything else is worked out when asked for.

    Its nodes are the start event, the nodes of the history, and where it decides the gateway and what follows.
    """

    __slots__ = ("_blocks", "_find_history", "_known_history", "_known_parts", "_to_end", "_told")

    def __init__(
        self,
        graph: WorkflowGraph,
        blocks: BlockTree,
        history: Callable[[], tuple[int, ...]],
        *,
        to_end: bool = False,
        told: Collection[int] = (),
    ) -> None:
        """Take a run by what matters on it.

        Args:
            graph: The workflow graph.
            blocks: Its blocks.
            history: Returns what matters, in its order (see `expand_run`).
            to_end: Whether the run goes on to its end.
            told: Nodes that the history names whenever they execute; nothing of the rest of the run does.
        """
        super().__init__(graph, ())
        self._blocks = blocks
        self._find_history = history
        self._to_end = to_end
        self._told = told
        self._known_history: tuple[int, ...] | None = None
        self._known_parts: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    @property
    def _history(self) -> tuple[int, ...]:
        if self._known_history is None:
            self._known_history = self._find_history()
        return self._known_history

    @property
    def _parts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if self._known_parts is None:
            self._known_parts = self._find_parts()
        return self._known_parts

    def _find_parts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        graph, blocks = self.graph, self._blocks
        history = self._history
        begin = blocks.beginning(history)
        nodes = [begin] if begin >= 0 else []
        decisions: list[int] = []
        for place, event in enumerate(history):
            if event >= 0:
                nodes.append(blocks.node[event])
            elif (flow := blocks.flow[-2 - event]) >= 0:
                decisions.append(flow)
                ends = (graph.source[flow], graph.target[flow])
                nodes += ends if self._to_end else blocks.told_of(-2 - event, history, place)
        return tuple(nodes), tuple(decisions)

    @property
    def nodes(self) -> tuple[int, ...]:  # noqa: D102 see `Run`
        return self._parts[0]

    @property
    def decisions(self) -> tuple[int, ...]:  # noqa: D102 see `Run`
        return self._parts[1]

    @property
    def ids(self) -> Sequence[str]:  # noqa: D102 see `Run`
        return WholeRun(self.graph, self._expanded)

    def _expanded(self) -> tuple[int, ...]:
        return expand_run(self._blocks, self._history, to_end=self._to_end)

    def among(self, ids: Iterable[str]) -> tuple[str, ...]:  # noqa: D102 see `Run`
        index_of = self.graph.index_of
        wanted = frozenset(index_of[id_] for id_ in ids if id_ in index_of)
        found: Iterable[int]
        if all(node in self._told for node in wanted):
            executed = (self._blocks.node[event] for event in self._history if event >= 0)
            found = (node for node in executed if node in wanted)
        else:
            found = expand_run_among(self._blocks, self._history, wanted, to_end=self._to_end)
        return tuple(self.graph.nodes[node].id for node in found)

    def witness(self, named: Iterable[str]) -> tuple[str, ...]:  # noqa: D102 see `Run`
        graph, ids = self.graph, tuple(named)
        wanted = [graph.index_of[id_] for id_ in ids if id_ in graph.index_of]
        if set(self.nodes).issuperset(wanted):
            return super().witness(ids)
        # what is named executes on the run, though it did not matter for it
        nodes = expand_run_among(self._blocks, self._history, (*self.nodes, *wanted), to_end=self._to_end)
        return _Told(graph, self._up_to(wanted, nodes), self.decisions).witness(ids)

    def _up_to(self, wanted: list[int], nodes: tuple[int, ...]) -> tuple[int, ...]:
        if self._to_end:
            return nodes
        # what matters may lie behind the finding
        for place in range(len(nodes) - 1, -1, -1):
            if nodes[place] in wanted:
                return nodes[: place + 1]
        return nodes


class OrderedBlockRun(BlockRun):
    """A run of a process made of blocks whose witness has the order of the whole run, also among parallel parts.

    What is named need not have mattered for the run: it is in the witness wherever it executes.
    """

    __slots__ = ()

    def witness(self, named: Iterable[str]) -> tuple[str, ...]:  # noqa: D102 see `Run`
        graph, ids = self.graph, tuple(named)
        wanted = [graph.index_of[id_] for id_ in ids if id_ in graph.index_of]
        nodes = expand_run_among(self._blocks, self._history, (*self.nodes, *wanted), to_end=self._to_end)
        return _Told(graph, nodes, self.decisions).witness(ids)
