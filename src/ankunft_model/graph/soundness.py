"""Whether every run of a process can come to a proper end: the four properties of soundness.

Definitions: Corradini and others adapt the soundness of van der Aalst to BPMN: no token gets stuck, no flow holds two
tokens, no end executes twice while its process or sub-process goes on, every node can execute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from ankunft_model.graph.block_tree import find_blocks
from ankunft_model.graph.components import strong_components
from ankunft_model.graph.control_flow import ControlFlow
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.graph.run_graph import RunGraph, build_run_graph
from ankunft_model.graph.shortest_runs import ShortestRuns
from ankunft_model.graph.token_game_building import game_of
from ankunft_model.graph.token_places import meeting_node, waiting_nodes

ProblemKind: TypeAlias = Literal["deadlock", "lack_of_synchronization", "dead_node", "improper_completion"]


@dataclass(frozen=True, slots=True)
class SoundnessProblem:
    """One violation: its kind, the nodes concerned, and a shortest run that shows it (ids in order of execution)."""

    kind: ProblemKind
    nodes: tuple[str, ...]
    witness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Soundness:
    """The verdict on one process.

    Attributes:
        sound: None if a limit was reached before the answer was known.
        problems: What was found.
        limits: What was reached: there may be more problems then.
        may_go_round_for_ever: Of a sound process: whether a run can come into a loop that no way leads out of.
    """

    sound: bool | None
    problems: tuple[SoundnessProblem, ...]
    limits: tuple[Limit, ...] = ()
    may_go_round_for_ever: bool = False


def check_process(control: ControlFlow, runs: RunGraph | None = None) -> Soundness:
    """Return whether the process with this control flow is sound.

    A process made of blocks is; only where blocks do not suffice are states looked at.

    Args:
        control: The control flow.
        runs: The graph of the runs of just this control flow, if it is known already.

    Example:
        >>> from ankunft_model.graph.control_flow import FlowDraft, NodeDraft, build_control_flow
        >>> nodes = [NodeDraft("s", "start"), NodeDraft("e", "end")]
        >>> check_process(build_control_flow([nodes], [FlowDraft("s", "e")])).sound
        True
    """
    blocks = find_blocks(control) if runs is None else runs.regions
    if blocks is None:
        if runs is None:
            runs = build_run_graph(game_of(control), goes_on=True)
        return check_soundness(runs.followed)
    dead = (id_ for node, id_ in enumerate(control.ids) if node not in blocks.leaves_of)
    problems = tuple(SoundnessProblem("dead_node", (id_,)) for id_ in dead)
    return Soundness(sound=not problems, problems=problems)


def check_soundness(runs: RunGraph) -> Soundness:
    """Return whether the process is sound, with each kind of problem once per group of nodes.

    Where runs were not followed to the end, only what no way leads to is dead.

    Example:
        >>> from ankunft_model.graph import build_run_graph, build_token_game
        >>> from ankunft_model.model import Event, Process, Step
        >>> nodes = [{"id": "a", "type": "start", "next": "b"}, {"id": "b", "name": "B", "next": "c"},
        ...          {"id": "c", "type": "end"}]
        >>> process = Process.model_validate({"id": "p", "name": "P", "nodes": nodes})
        >>> check_soundness(build_run_graph(build_token_game(process))).sound
        True
    """
    game = runs.game
    graph = game.control
    problems: dict[tuple[ProblemKind, tuple[str, ...]], SoundnessProblem] = {}

    def note(kind: ProblemKind, nodes: tuple[str, ...], state: int, move: int | None = None) -> None:
        if (kind, nodes) not in problems:
            witness = tuple(graph.ids[node] for node in runs.run_to(state, move))
            problems[kind, nodes] = SoundnessProblem(kind, nodes, witness)

    executed: set[int] = set()
    limits: list[Limit] = [*runs.limits, *game.limits]
    for state, edges in enumerate(runs.edges):
        if not edges and runs.markings[state] & game.lost and not game.is_complete(runs.markings[state]):
            limits.append("marks")  # a mark that was lost might have let it go on
        elif not edges and not game.is_complete(runs.markings[state]) and not any(game.enabled(runs.markings[state])):
            note("deadlock", waiting_nodes(game, runs.markings[state]), state)
        for edge in edges:
            executed.update(game.transitions[edge.move].executes)
            if edge.doubled:
                note("lack_of_synchronization", (meeting_node(game, edge.doubled, edge.move),), state, edge.move)
    if runs.is_complete and runs.has_loops:
        for state, stuck in _stuck_beside_loops(runs):
            note("deadlock", waiting_nodes(game, stuck), state)
    for state, move in runs.repeated_ends:
        ends = [graph.ids[node] for node in game.transitions[move].executes]
        note("improper_completion", tuple(ends), state, move)
    if problems and any(problem.kind != "dead_node" for problem in problems.values()):
        shortest = ShortestRuns(game)
        problems = {
            key: replace(problem, witness=shortest.witness(*key) or problem.witness)
            for key, problem in problems.items()
        }
    if problems or runs.is_complete:
        is_followed = runs.is_complete and all(edge.target >= 0 for edges in runs.edges for edge in edges)
        possible = executed if is_followed else graph.reachable()
        dead = [id_ for index, id_ in enumerate(graph.ids) if index not in executed and index not in possible]
        problems |= {("dead_node", (node,)): SoundnessProblem("dead_node", (node,)) for node in dead}
    if problems:
        return Soundness(sound=False, problems=tuple(problems.values()), limits=in_order(limits))
    is_endless = not limits and runs.has_loops and any(True for _ in _endless_loops(runs))
    return Soundness(None if limits else True, (), in_order(limits), may_go_round_for_ever=is_endless)


def _endless_loops(runs: RunGraph) -> Iterator[list[int]]:
    """Yield the states of each loop that no way leads out of."""
    successors = {n: {e.target: None for e in edges if e.target >= 0} for n, edges in enumerate(runs.edges)}
    for states in strong_components(successors):
        inside = set(states)
        if all(runs.edges[state] and inside.issuperset(successors[state]) for state in states):
            yield states


def _stuck_beside_loops(runs: RunGraph) -> list[tuple[int, int]]:
    """Return states of endless loops with the flows whose tokens never move again there."""
    flows = (1 << len(runs.game.control.source)) - 1
    found: list[tuple[int, int]] = []
    for states in _endless_loops(runs):
        if any(edge.target < 0 for state in states for edge in runs.edges[state]):
            continue  # tokens meet there, what comes behind was not looked at
        stuck = flows
        for state in states:
            stuck &= runs.markings[state]
            for number in runs.game.enabled(runs.markings[state]):
                move = runs.game.transitions[number]
                stuck &= ~(move.consumes | move.clears)
        if stuck:
            found.append((min(states), stuck))
    return found
