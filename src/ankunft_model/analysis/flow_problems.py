"""What keeps runs from coming to a proper end, with how sure it is that a run meets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.computations import Computations
from ankunft_model.findings import MAX_WITNESS, Certainty, ElementRef
from ankunft_model.graph import SoundnessProblem, build_run_graph, build_token_game
from ankunft_model.graph.soundness import ProblemKind
from ankunft_model.model import Process

_DECISIONS: Final = frozenset({"exclusive", "inclusive", "event_based"})


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """A problem of one process.

    Attributes:
        nodes: Ids of the nodes concerned.
        run: Ids of the nodes of a run that meets it, in order; of a dead node, which no run meets, the node itself.
        certainty: `definite` if no run comes to its end without meeting it.
    """

    process: Process
    nodes: tuple[str, ...]
    run: tuple[str, ...]
    certainty: Certainty

    @property
    def elements(self) -> tuple[ElementRef, ...]:
        """The nodes as elements of a finding, by id: the finding keeps its own id when the file is put in order."""
        return tuple(ElementRef("node", id_) for id_ in sorted(self.nodes))

    @property
    def witness(self) -> tuple[str, ...]:
        """What tells the run apart: where it starts, what follows each decision, the nodes concerned, its last node."""
        node_of = {node.id: node for node in self.process.all_nodes}
        kept: list[str] = []
        for position, id_ in enumerate(self.run):
            before = node_of.get(self.run[position - 1]) if position else None
            is_branch = before is not None and before.type in _DECISIONS and len(before.next) > 1
            if id_ in node_of and (
                node_of[id_].type == "start" or is_branch or id_ in self.nodes or position == len(self.run) - 1
            ):
                kept.append(id_)
        return tuple(dict.fromkeys(kept[:1] + kept[1:][1 - MAX_WITNESS :]))


def find_flow_problems(computed: Computations, kind: ProblemKind) -> Iterator[FlowProblem]:
    """Yield the problems of one kind, in the order of the processes, then of their first run."""
    for process in computed.processes.values():
        problems = computed.soundness[process.id].problems
        for problem in problems:
            if problem.kind == kind:
                certainty: Certainty = "definite" if _is_met_always(process, problem, problems) else "possible"
                nodes = problem.nodes or _entries(computed, process)
                yield FlowProblem(process, nodes, problem.witness or nodes, certainty)


def _entries(computed: Computations, process: Process) -> tuple[str, ...]:
    """Return where the process begins: there it stands still if no node has its turn at all."""
    graph = computed.graphs[process.id]
    return tuple(graph.nodes[node].id for node in graph.entries_of(-1)) or tuple(process.nodes)[:1]


def _is_met_always(process: Process, problem: SoundnessProblem, problems: tuple[SoundnessProblem, ...]) -> bool:
    """Return whether every run meets the problem: it is the only one on which runs end, and no run ends well."""
    if problem.kind == "dead_node":
        return True
    if any(other.kind != "dead_node" and other is not problem for other in problems):
        return False
    if problem.kind == "improper_completion":
        return False
    runs = build_run_graph(build_token_game(process))
    return runs.is_complete and not any(map(runs.game.is_complete, runs.markings))
