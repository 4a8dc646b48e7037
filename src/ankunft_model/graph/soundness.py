"""Whether every run of a process can come to a proper end: the four properties of soundness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ankunft_model.graph.run_graph import RunGraph
from ankunft_model.graph.token_game import TokenGame

ProblemKind: TypeAlias = Literal["deadlock", "lack_of_synchronization", "dead_node", "improper_completion"]


@dataclass(frozen=True, slots=True)
class SoundnessProblem:
    """One violation: its kind, the nodes concerned, and a run that shows it (ids in order of execution)."""

    kind: ProblemKind
    nodes: tuple[str, ...]
    witness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Soundness:
    """The verdict on one process; `sound` is None if the limit was reached before the answer was known."""

    sound: bool | None
    problems: tuple[SoundnessProblem, ...]


def check_soundness(runs: RunGraph) -> Soundness:
    """Return whether the process is sound, with each kind of problem once per group of nodes.

    Where two tokens meet, what happens behind is not looked at; only what no way leads to is dead then.

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
    graph = game.graph
    problems: dict[tuple[ProblemKind, tuple[str, ...]], SoundnessProblem] = {}

    def note(kind: ProblemKind, nodes: tuple[str, ...], state: int, move: int | None = None) -> None:
        if (kind, nodes) not in problems:
            witness = tuple(graph.nodes[node].id for node in runs.run_to(state, move))
            problems[kind, nodes] = SoundnessProblem(kind, nodes, witness)

    executed: set[int] = set()
    is_exact = runs.is_complete and game.is_exact
    for state, edges in enumerate(runs.edges):
        if not edges and runs.markings[state] & game.lost and not game.is_complete(runs.markings[state]):
            is_exact = False  # a mark that was lost might have let it go on
        elif not edges and not game.is_complete(runs.markings[state]) and not any(game.enabled(runs.markings[state])):
            note("deadlock", _waiting(game, runs.markings[state]), state)
        for edge in edges:
            executed.update(game.transitions[edge.move].executes)
            if edge.doubled:
                note("lack_of_synchronization", (_meeting(game, edge.doubled, edge.move),), state, edge.move)
    for state, move in runs.repeated_ends:
        ends = [graph.nodes[node].id for node in game.transitions[move].executes]
        note("improper_completion", tuple(ends), state, move)
    if runs.is_complete:
        meet = any(kind == "lack_of_synchronization" for kind, _ in problems)
        possible = graph.reachable_from(graph.entry_points()) if meet else executed
        dead = [node.id for index, node in enumerate(graph.nodes) if index not in executed and index not in possible]
        problems |= {("dead_node", (node,)): SoundnessProblem("dead_node", (node,)) for node in dead}
    if problems:
        return Soundness(sound=False, problems=tuple(problems.values()))
    return Soundness(sound=True if is_exact else None, problems=())


def _meeting(game: TokenGame, doubled: int, move: int) -> str:
    """Return the node out of which two tokens would lie on one flow."""
    graph = game.graph
    place = (doubled & -doubled).bit_length() - 1
    if place < len(graph.flows):
        return graph.flows[place].source
    found = game.transitions[move]
    return graph.nodes[found.executes[-1] if found.executes else found.cluster % (len(graph.nodes) + 1)].id


def _waiting(game: TokenGame, marking: int) -> tuple[str, ...]:
    """Return the nodes at which the tokens of a dead marking wait, in the order of the file."""
    graph = game.graph
    found = {graph.target[flow] for flow in range(len(graph.flows)) if marking >> flow & 1}
    return tuple(graph.nodes[node].id for node in sorted(found))
