"""The computations that rules ask, made once per model and shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, TypeVar

from ankunft_model.analysis.data_use import DataUse, derived_items
from ankunft_model.analysis.knowledge.facts import in_a_row
from ankunft_model.analysis.knowledge.finding import find_knowledge
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.knowledge.results import ProcessKnowledge
from ankunft_model.analysis.naming import Names
from ankunft_model.analysis.open_questions import open_questions
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.analysis.timing.causality import CausalRuns, find_causal_runs
from ankunft_model.analysis.timing.coverage import CoverageGap, Timeline, find_coverage_gaps
from ankunft_model.analysis.timing.deadlines import DeadlineTimes, judge_deadline, stated_deadlines
from ankunft_model.analysis.timing.expiry import Expiry, find_expiries
from ankunft_model.analysis.timing.process_times import ProcessTimes, find_process_times
from ankunft_model.analysis.timing.proof import ProofGap, find_proof_gaps
from ankunft_model.errors import ExportError
from ankunft_model.findings import OpenFact
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
from ankunft_model.graph.cross_process_deadlock import CrossPoolDeadlock
from ankunft_model.graph.expected_counts import Expectation, expected_counts
from ankunft_model.graph.expected_flows import expected_flows
from ankunft_model.graph.handover_homes import processes_with_their_handovers
from ankunft_model.graph.participation import Division, divide
from ankunft_model.graph.participation.normal_form import LEAVING_OPEN
from ankunft_model.graph.participation.owners import explicit_owners
from ankunft_model.graph.participation.sub_processes import without_shared_sub_processes
from ankunft_model.graph.waits_between_processes import find_waits_between_processes, joined_processes
from ankunft_model.model import ActorEnd, AnyNode, ArrivalModel, Handover, Process

T = TypeVar("T")


class Computations:
    """Everything that can be computed about one model, each at most once and only when asked for."""

    def __init__(self, model: ArrivalModel) -> None:
        self.model = model
        self.names = Names(model)
        self._causal_runs: dict[str, CausalRuns] = {}
        self._found: dict[object, tuple[Any, ...]] = {}

    def once(self, find: Callable[[Computations], Iterable[T]]) -> tuple[T, ...]:
        """Return what a function finds in this model; it is asked once, however many rules ask."""
        if find not in self._found:
            self._found[find] = tuple(find(self))
        return self._found[find]

    @cached_property
    def processes(self) -> Mapping[str, Process]:
        """The processes by id, each with the handovers that leave from its nodes, wherever the file lists them."""
        return processes_with_their_handovers(self.model)

    @cached_property
    def groups(self) -> tuple[tuple[Process, ...], ...]:
        """Each entry process followed by the processes that it starts."""
        return entry_processes(self.model)

    @cached_property
    def graphs(self) -> dict[str, WorkflowGraph]:
        """The workflow graph of each process by its id."""
        return {process.id: build_workflow_graph(process) for process in self.processes.values()}

    @cached_property
    def group_graphs(self) -> tuple[WorkflowGraph, ...]:
        """The workflow graph of each group of processes, in the order of `groups`."""
        return tuple(
            self.graphs[group[0].id] if len(group) == 1 else build_workflow_graph(*group) for group in self.groups
        )

    @cached_property
    def divisions(self) -> dict[str, Division | None]:
        """How the organisations take part in each process, by its id; None where nobody can be left uninformed.

        That is so if it is one's alone, if it cannot be divided, or if nothing in it is left open: no gateway takes one
        or some of several ways, and no event comes, or does not come, beside a step. Then only steps, exclusive joins,
        parallel splits and joins, starts and ends are passed, from each of which a position of `PoolWalk` goes on to
        just one other (a branch of a parallel split is always taken); a decision that silences has two at least.
        Dividing makes no such node of these: a parallel split of which branches end apart becomes a spawn, whose side
        threads are not waited for, and everything else that is added is a join or an end.
        """
        process_of, found = self.model.process_of, dict[str, Division | None]()
        # only handovers between two nodes of a process can lie on its flows
        between: dict[str, list[Handover]] = {}
        for handover in self.model.handovers.values():
            sender, receiver = (process_of.get(end or "") for end in (handover.from_node, handover.to_node))
            if sender is not None and sender is receiver:
                between.setdefault(sender.id, []).append(handover)
        for process in self.model.processes.values():
            try:
                form = without_shared_sub_processes(self.model, process)
                is_shared = any(node.kind in LEAVING_OPEN for node in form.nodes.values())
                is_shared = is_shared and len(set(explicit_owners(self.model, form).values())) > 1
                handovers = tuple(between.get(process.id, ()))
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
        found: dict[str, Soundness] = {}
        alone = {group[0].id: runs for group, runs in zip(self.groups, self.runs, strict=True) if len(group) == 1}
        for process in self.processes.values():
            runs = alone.get(process.id)
            # the blocks of a process that starts no other are those of its runs; they are not looked for twice
            if runs is None:
                found[process.id] = check_process(control_flow_of(process))
            else:
                found[process.id] = check_process(runs.game.control, runs)
        return found

    @cached_property
    def waits_between(self) -> tuple[CrossPoolDeadlock, ...]:
        """Nodes that wait for a mark of another process which does not come."""
        return find_waits_between_processes(self.model)

    @cached_property
    def joined_graphs(self) -> tuple[WorkflowGraph, ...]:
        """The graphs of `group_graphs`; groups of which one waits for another are one graph."""
        joined = [processes for processes, begun in joined_processes(self.model) if begun > 1]
        covered = {process.id for processes in joined for process in processes}
        alone = [
            graph
            for group, graph in zip(self.groups, self.group_graphs, strict=True)
            if not covered.issuperset(process.id for process in group)
        ]
        return (*alone, *(build_workflow_graph(*processes) for processes in joined))

    @cached_property
    def knowledge(self) -> tuple[ProcessKnowledge, ...]:
        """Who knows what in each group of processes, in the order of `groups`."""
        return tuple(
            find_knowledge(self.model, *group, runs=runs) for group, runs in zip(self.groups, self.runs, strict=True)
        )

    @cached_property
    def expected_executions(self) -> tuple[dict[str, Expectation | None] | None, ...]:
        """How often each node is expected to execute in a run of each group of processes, in the order of `groups`.

        Repetitions in a row count each; where processes are not made of blocks, what shares leave open is None. None
        for a group: runs may get stuck, or how often something happens depends on the order of parallel parts.
        """
        found: list[dict[str, Expectation | None] | None] = []
        for runs in self.runs:
            graph = runs.game.graph
            counts = _expected_counts(runs, [flow.flow.share for flow in graph.flows])
            if counts is None:
                found.append(None)
                continue
            found.append(
                {
                    graph.nodes[node].id: count and count.times(_in_a_row(graph.nodes[node]))
                    for node, count in counts.items()
                }
            )
        return tuple(found)

    @cached_property
    def orders(self) -> tuple[StepOrder, ...]:
        """What happens before what in each group of processes, in the order of `groups`."""
        return tuple(StepOrder(runs) for runs in self.runs)

    @cached_property
    def data_uses(self) -> tuple[DataUse, ...]:
        """Which data are used where in each group of processes, in the order of `groups`."""
        derived = derived_items(self.model)
        return tuple(DataUse(self.model, graph, find_performers(graph), derived) for graph in self.group_graphs)

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
            found.extend(find_coverage_gaps(self.model, runs, timeline, partial(self.causal_runs, group)))
        return tuple(found)

    def causal_runs(self, group: tuple[Process, ...]) -> CausalRuns:
        """Return the runs of a group of processes with their times; made once."""
        if group[0].id not in self._causal_runs:
            handovers = tuple(handover for process in group for handover in process.handovers or ())
            self._causal_runs[group[0].id] = find_causal_runs(self.runs[self.groups.index(group)], handovers)
        return self._causal_runs[group[0].id]

    @cached_property
    def process_times(self) -> tuple[ProcessTimes, ...]:
        """How long each group of processes takes, in the order of `groups`."""
        return tuple(
            find_process_times(group, build_workflow_graph(*group), runs=lambda number=number: self.runs[number])  # type: ignore[misc]
            for number, group in enumerate(self.groups)
        )

    @cached_property
    def deadlines(self) -> tuple[DeadlineTimes, ...]:
        """All deadlines with the time that their process takes for them."""
        found: list[DeadlineTimes] = []
        for group in self.groups:
            for stated in stated_deadlines(self.model, group):
                known = self.causal_runs(group)
                found.append(judge_deadline(self.model, stated, known.runs, known.limits))
        return tuple(found)

    @cached_property
    def proof_gaps(self) -> tuple[ProofGap, ...]:
        """The times in which something holds that nobody can prove yet."""
        if not any(document.proves for document in self.model.documents.values()):
            return ()
        return tuple(
            gap
            for group in self.groups
            for gap in find_proof_gaps(self.model, self.causal_runs(group).runs, self.causal_runs(group).limits)
        )

    @cached_property
    def expiries(self) -> tuple[Expiry, ...]:
        """The documents that may have expired when they are shown."""
        if not any(document.valid_for not in (None, "none") for document in self.model.documents.values()):
            return ()
        return tuple(
            expiry
            for group in self.groups
            for expiry in find_expiries(self.model, self.causal_runs(group).runs, self.causal_runs(group).limits)
        )

    def open_questions(self, facts: Iterable[UnknownFact]) -> tuple[OpenFact, ...]:
        """Return the questions that would settle open facts about who knows what, in their order, each once."""
        return open_questions(self.model, self.names, facts, self.sender)

    @cached_property
    def silent_handovers(self) -> dict[str | None, tuple[UnknownFact, ...]]:
        """The handovers of which nobody said what passes, as open facts by their receiver."""
        found: dict[str | None, list[UnknownFact]] = {}
        for handover in self.model.handovers.values():
            if handover.data is None and handover.channel != ():
                found.setdefault(self.receiver(handover), []).append(UnknownFact("handover", handover.id))
        return {receiver: tuple(facts) for receiver, facts in found.items()}

    @cached_property
    def informants_of(self) -> dict[str, frozenset[str]]:
        """The nodes that hand over to each organisation, by its id; what the person carries is no word to it."""
        found: dict[str, set[str]] = {}
        for handover in self.model.handovers.values():
            receiver = self.receiver(handover)
            if handover.from_node and receiver and handover.channel != () and not handover.is_carried_by_person:
                found.setdefault(self.model.top_actor(receiver).id, set()).add(handover.from_node)
        return {actor: frozenset(nodes) for actor, nodes in found.items()}

    @cached_property
    def place_of_handover(self) -> dict[str, int]:
        """The place of each handover in the model, by its id."""
        return {id_: place for place, id_ in enumerate(self.model.handovers)}

    @cached_property
    def handovers_to(self) -> dict[str | None, tuple[Handover, ...]]:
        """The handovers by their receiver, in the order of the model."""
        found: dict[str | None, list[Handover]] = {}
        for handover in self.model.handovers.values():
            found.setdefault(self.receiver(handover), []).append(handover)
        return {receiver: tuple(handovers) for receiver, handovers in found.items()}

    @cached_property
    def wanted_by(self) -> dict[tuple[str | None, str], tuple[str, ...]]:
        """The ids of the handovers that an actor would get if they passed an item, by actor and main name."""
        found: dict[tuple[str | None, str], dict[str, None]] = {}
        for receiver, handovers in self.handovers_to.items():
            for handover in handovers:
                for item in self.model.items_of(handover.wanted or ()):
                    found.setdefault((receiver, self.model.canonical(item)), {}).setdefault(handover.id)
        return {key: tuple(ids) for key, ids in found.items()}

    def sender(self, handover: Handover) -> str | None:
        """Return the actor that hands over, or None if nobody is known to."""
        return handover.from_.actor if isinstance(handover.from_, ActorEnd) else self.performer_of[handover.from_]

    def receiver(self, handover: Handover) -> str | None:
        """Return the actor that receives, or None if nobody is known to."""
        if isinstance(handover.to, ActorEnd):
            return handover.to.actor
        return None if handover.to == "none" else self.performer_of[handover.to]


def _expected_counts(runs: RunGraph, shares: list[float | None]) -> Mapping[int, Expectation | None] | None:
    if runs.blocks is not None:
        return expected_counts(runs.blocks, shares)
    verdict = check_process(runs.game.control, runs)
    if verdict.limits or any(problem.kind != "dead_node" for problem in verdict.problems):
        return None
    means = expected_flows(runs.game.control, shares)
    if means is None:
        return None
    return {node: None if mean is None else Expectation(mean, mean) for node, mean in means.items()}


def _in_a_row(node: AnyNode) -> Expectation:
    """Return how often a node executes each time it is come to; that it may be left out is counted already."""
    least, most = in_a_row(node)
    return Expectation(Fraction(least), None if most is None else Fraction(most))
