"""The computations that rules ask, made once per model and shared."""

from __future__ import annotations

from functools import cached_property

from ankunft_model.analysis.data_use import DataUse
from ankunft_model.analysis.knowledge.results import ProcessKnowledge, find_knowledge
from ankunft_model.analysis.naming import Names
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.analysis.timing.coverage import CoverageGap, Timeline, find_coverage_gaps
from ankunft_model.errors import ExportError
from ankunft_model.graph import (
    RunGraph,
    Soundness,
    WorkflowGraph,
    build_run_graph,
    build_token_game,
    build_workflow_graph,
    check_process,
    control_flow_of,
    entry_processes,
    find_performers,
)
from ankunft_model.graph.participation import Division, divide
from ankunft_model.graph.participation.owners import explicit_owners
from ankunft_model.graph.participation.sub_processes import without_shared_sub_processes
from ankunft_model.model import ActorEnd, ArrivalModel, Handover, Process


class Computations:
    """Everything that can be computed about one model, each at most once and only when asked for."""

    def __init__(self, model: ArrivalModel) -> None:
        self.model = model
        self.names = Names(model)

    @cached_property
    def groups(self) -> tuple[tuple[Process, ...], ...]:
        """Each entry process followed by the processes that it starts."""
        return entry_processes(self.model)

    @cached_property
    def graphs(self) -> dict[str, WorkflowGraph]:
        """The workflow graph of each process by its id."""
        return {process.id: build_workflow_graph(process) for process in self.model.processes.values()}

    @cached_property
    def group_graphs(self) -> tuple[WorkflowGraph, ...]:
        """The workflow graph of each group of processes, in the order of `groups`."""
        return tuple(
            self.graphs[group[0].id] if len(group) == 1 else build_workflow_graph(*group) for group in self.groups
        )

    @cached_property
    def divisions(self) -> dict[str, Division | None]:
        """How the organisations take part in each process, by its id; None: it is one's alone, or cannot be divided."""
        handovers = tuple(self.model.handovers.values())
        found: dict[str, Division | None] = {}
        for process in self.model.processes.values():
            try:
                form = without_shared_sub_processes(self.model, process)
                is_shared = len(set(explicit_owners(self.model, form).values())) > 1
                found[process.id] = divide(self.model, form, handovers) if is_shared else None
            except ExportError:
                found[process.id] = None
        return found

    @cached_property
    def runs(self) -> tuple[RunGraph, ...]:
        """The graph of runs of each group of processes, in the order of `groups`."""
        return tuple(build_run_graph(build_token_game(*group)) for group in self.groups)

    @cached_property
    def soundness(self) -> dict[str, Soundness]:
        """Soundness of each process by itself, by its id."""
        return {process.id: check_process(control_flow_of(process)) for process in self.model.processes.values()}

    @cached_property
    def knowledge(self) -> tuple[ProcessKnowledge, ...]:
        """Who knows what in each group of processes, in the order of `groups`."""
        return tuple(
            find_knowledge(self.model, *group, runs=runs) for group, runs in zip(self.groups, self.runs, strict=True)
        )

    @cached_property
    def orders(self) -> tuple[StepOrder, ...]:
        """What happens before what in each group of processes, in the order of `groups`."""
        return tuple(StepOrder(runs) for runs in self.runs)

    @cached_property
    def data_uses(self) -> tuple[DataUse, ...]:
        """Which data are used where in each group of processes, in the order of `groups`."""
        graphs = [build_workflow_graph(*group) for group in self.groups]
        return tuple(DataUse(self.model, graph, find_performers(graph)) for graph in graphs)

    @cached_property
    def performer_of(self) -> dict[str, str | None]:
        """The performing actor of each node, by the node's id."""
        found: dict[str, str | None] = {}
        for graph in self.graphs.values():
            found |= {node.id: actor for node, actor in zip(graph.nodes, find_performers(graph), strict=True)}
        return found

    def coverage_gaps(self, timeline: Timeline) -> tuple[CoverageGap, ...]:
        """Return the coverage gaps of all groups of processes on one timeline."""
        found: list[CoverageGap] = []
        for group, runs in zip(self.groups, self.runs, strict=True):
            handovers = tuple(handover for process in group for handover in process.handovers or ())
            found.extend(find_coverage_gaps(self.model, runs, handovers, timeline))
        return tuple(found)

    def sender(self, handover: Handover) -> str | None:
        """Return the actor that hands over, or None if nobody is known to."""
        return handover.from_.actor if isinstance(handover.from_, ActorEnd) else self.performer_of[handover.from_]

    def receiver(self, handover: Handover) -> str | None:
        """Return the actor that receives, or None if nobody is known to."""
        if isinstance(handover.to, ActorEnd):
            return handover.to.actor
        return None if handover.to == "none" else self.performer_of[handover.to]
