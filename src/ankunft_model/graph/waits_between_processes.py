"""Processes of a model that wait for marks of each other which cannot come: deadlocks that none has by itself.

The processes of a model that handovers join are played together: those that no handover starts begin once, each by
itself, in any order. A mark may come early or late; only a token that can never move again is a deadlock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ankunft_model.graph.components import strong_components
from ankunft_model.graph.cross_process_deadlock import CrossPoolDeadlock
from ankunft_model.graph.handover_homes import processes_with_their_handovers
from ankunft_model.graph.model_control_flow import control_flow_of
from ankunft_model.graph.run_graph import RunGraph, build_run_graph
from ankunft_model.graph.token_game import TokenGame
from ankunft_model.graph.token_game_building import game_of
from ankunft_model.model import ArrivalModel, Handover, Process

MAX_STATES: Final = 20_000
"""So many states of all processes together are looked at; beyond, nothing is said."""

MAX_STATES_FOR_WITNESS: Final = 5_000
"""So many states are looked at in every order for the shortest run; beyond, the run that was found first is shown."""


@dataclass(frozen=True, slots=True)
class _End:
    """Where runs end, or go round for ever: a state of it, and the nodes that wait there for ever."""

    state: int
    waiting: frozenset[int]
    is_open: bool


def find_waits_between_processes(model: ArrivalModel) -> tuple[CrossPoolDeadlock, ...]:
    """Return the nodes that wait for a mark of another process which does not come on some run.

    `definite`: no run comes to its end without it. What one process already does by itself is not told again.
    """
    found: list[CrossPoolDeadlock] = []
    for processes, begun in joined_processes(model):
        control = control_flow_of(*processes, begun=begun)
        crossing = {
            receiver for sender, receiver in control.waits if control.process_of(sender) != control.process_of(receiver)
        }
        if crossing:
            game = game_of(control, begun=begun)
            found.extend(_deadlocks(game, crossing))
    return tuple(found)


def joined_processes(model: ArrivalModel) -> Iterator[tuple[tuple[Process, ...], int]]:
    """Yield processes that start or await each other, those that begin by themselves first, and how many these are."""
    processes = processes_with_their_handovers(model)
    started = {target for _, target in _between(model, processes, starts=True)}
    joined: dict[str, list[str]] = {}
    for one, other in _between(model, processes, starts=None):
        joined.setdefault(one, []).append(other)
        joined.setdefault(other, []).append(one)
    for members in _connected(processes, joined):
        begun = [process for process in members if process.id not in started] or members[:1]
        beginning = {process.id for process in begun}
        yield (*begun, *(process for process in members if process.id not in beginning)), len(begun)


def _connected(processes: Mapping[str, Process], joined: Mapping[str, list[str]]) -> Iterator[list[Process]]:
    """Yield the processes that hang together, those of each group in the order of the model; none that stands alone."""
    place = {id_: number for number, id_ in enumerate(processes)}
    seen: set[str] = set()
    for first in processes:
        if first in seen or first not in joined:
            continue
        seen.add(first)
        members = [first]
        for member in members:  # which grows meanwhile
            fresh = [other for other in dict.fromkeys(joined[member]) if other not in seen]
            seen.update(fresh)
            members += fresh
        yield [processes[id_] for id_ in sorted(members, key=place.__getitem__)]


def _between(
    model: ArrivalModel, processes: Mapping[str, Process], *, starts: bool | None
) -> Iterator[tuple[str, str]]:
    """Yield the processes from and to which handovers lead that start one, or that are waited for too (None)."""
    for process in processes.values():
        for handover in process.handovers or ():
            sender = model.process_of.get(handover.from_node or "")
            receiver = model.process_of.get(handover.to_node or "")
            if (
                sender is not None
                and receiver is not None
                and sender.id != receiver.id
                and _joins(handover, starts=starts)
            ):
                yield sender.id, receiver.id


def _joins(handover: Handover, *, starts: bool | None) -> bool:
    return bool(handover.triggers) or (starts is None and bool(handover.waits))


def _deadlocks(game: TokenGame, crossing: set[int]) -> Iterator[CrossPoolDeadlock]:
    runs = build_run_graph(game, state_limit=MAX_STATES)
    if not runs.is_complete:
        return
    ends = list(_ends(runs))
    found = dict.fromkeys(end.waiting for end in sorted(ends, key=lambda end: end.state) if end.waiting & crossing)
    ids = game.control.ids
    for waiting in found:
        if any(other < waiting for other in found):
            continue
        always = game.is_exact and not any(end.is_open or not waiting <= end.waiting for end in ends)
        state = next(end.state for end in ends if end.waiting == waiting)
        run = _shortest(game, waiting) or runs.run_to(state)
        yield CrossPoolDeadlock(
            tuple(dict.fromkeys(ids[node] for node in sorted(waiting))),
            tuple(ids[node] for node in run),
            "definite" if always else "possible",
        )


def _ends(runs: RunGraph) -> Iterator[_End]:
    """Yield the parts of the graph of runs that no run leaves again."""
    successors = {n: {e.target: None for e in edges if e.target >= 0} for n, edges in enumerate(runs.edges)}
    for states in strong_components(successors):
        inside = set(states)
        if any(not inside.issuperset(successors[state]) for state in states):
            continue
        # where two tokens meet, or a mark was lost, what comes behind was not looked at
        is_open = any(edge.target < 0 for state in states for edge in runs.edges[state]) or any(
            runs.markings[state] & runs.game.lost for state in states
        )
        waiting = frozenset[int]() if is_open else _waiting(runs.game, [runs.markings[state] for state in states])
        yield _End(min(states), waiting, is_open)


def _waiting(game: TokenGame, markings: list[int]) -> frozenset[int]:
    """Return the nodes that have their token in all these markings, lack a mark, and begin in none of them."""
    marks = sum(game.marks)
    found: frozenset[int] | None = None
    for marking in markings:
        here = {
            move.cluster
            for move in game.transitions
            if move.consumes & marks
            and marking & (move.consumes | move.requires) & ~marks == (move.consumes | move.requires) & ~marks
        }
        here -= {game.transitions[number].cluster for number in game.enabled(marking)}
        found = frozenset(here) if found is None else found & here
    return found or frozenset()


def _shortest(game: TokenGame, waiting: frozenset[int]) -> tuple[int, ...]:
    """Return a shortest run after which nothing moves and these nodes wait; nothing if it was not found."""
    before: dict[int, tuple[int, int] | None] = {game.initial: None}
    queue = deque([game.initial])
    while queue and len(before) < MAX_STATES_FOR_WITNESS:
        marking = queue.popleft()
        moves = list(game.enabled(marking))
        if not moves and waiting == _waiting(game, [marking]):
            taken: list[int] = []
            step = before[marking]
            while step is not None:
                taken.append(step[1])
                step = before[step[0]]
            return tuple(node for move in reversed(taken) for node in game.transitions[move].executes)
        for number in moves:
            after, doubled = game.fire(marking, game.transitions[number])
            if not doubled and after not in before:
                before[after] = (marking, number)
                queue.append(after)
    return ()
