"""All runs of a process as far as they differ in who knows one datum: exact gaps and avoidable collections.

A state is a marking and a state of knowledge. Nodes that do not touch the datum are executed first, one at a time:
that keeps every order in which nodes that do touch it can happen. Only these are tried in all orders.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.graph import TokenGame, Transition

DEFAULT_STATE_LIMIT: Final = 100_000


@dataclass(slots=True)
class NodeObservation:
    """What was seen whenever a node executed, over all runs.

    Attributes:
        executions: Whether it executed at all.
        lacks, has: A state in which the need was not met, or was met, as number of the state; -1: never seen.
        known_to: Bits of all knowers seen before a collection.
        known, unknown: A state in which somebody knew the datum before the collection, or nobody did.
        known_to_same, readable: States in which the asking actor itself knew it, or could have read it.
    """

    lacks: int = -1
    has: int = -1
    known_to: int = 0
    known: int = -1
    unknown: int = -1
    known_to_same: int = -1
    readable: int = -1


@dataclass(slots=True)
class Exploration:
    """What all runs show about one datum.

    Attributes:
        observations: By node that needs or collects the datum.
        is_exact: False if the limit was reached; then every certainty is at most `possible`.
    """

    game: TokenGame
    observations: dict[int, NodeObservation]
    is_exact: bool
    states: int
    parents: list[tuple[int, int]] = field(repr=False)
    final: dict[int, int] = field(default_factory=dict, repr=False)

    def run_to(self, state: int, node: int) -> tuple[int, ...]:
        """Return a run, as nodes in order, that leads to `state` and then executes `node`."""
        moves: list[int] = []
        while state > 0:
            state, move = self.parents[state]
            moves.append(move)
        run = [executed for move in reversed(moves) for executed in self.game.transitions[move].executes]
        return (*run, node)

    def decisions_to(self, state: int) -> tuple[int, ...]:
        """Return the flows chosen at decisions on the way to `state`, in order."""
        moves: list[int] = []
        while state > 0:
            state, move = self.parents[state]
            moves.append(move)
        return tuple(flow for move in reversed(moves) for flow in self.game.transitions[move].takes)


def explore(
    game: TokenGame,
    facts: dict[int, NodeFacts],
    initial: int,
    all_knowers: int,
    ranks: dict[int, int],
    *,
    state_limit: int = DEFAULT_STATE_LIMIT,
) -> Exploration:
    """Return what all runs of `game` show about the datum with `facts`.

    Args:
        game: The token game.
        facts: What nodes do to the datum; nodes that do not touch it are left out.
        initial: Who holds it at the beginning.
        all_knowers: The bits that count as knowers.
        ranks: A topological rank by cluster of moves; decides only which untouched move goes first.
        state_limit: So many states are looked at.
    """
    moves = game.transitions
    touching = _touching_clusters(game, facts)
    observations = {
        node: NodeObservation() for node, fact in sorted(facts.items()) if fact.is_needed or fact.is_collected
    }
    numbers: dict[tuple[int, int], int] = {(game.initial, initial): 0}
    parents: list[tuple[int, int]] = [(-1, -1)]
    queue = deque([(game.initial, initial)])
    move_numbers = {id(move): number for number, move in enumerate(moves)}
    is_exact = game.is_exact
    while queue:
        state = queue.popleft()
        marking, mask = state
        number = numbers[state]
        for move in _moves_to_try(list(game.enabled(marking)), touching, ranks):
            after, doubled = game.fire(marking, move)
            is_exact = is_exact and not doubled
            for mask_after in _execute(move, mask, facts, observations, number, all_knowers):
                next_state = (after, mask_after)
                if next_state in numbers:
                    continue
                if len(parents) >= state_limit:
                    return Exploration(game, observations, is_exact=False, states=len(parents), parents=parents)
                numbers[next_state] = len(parents)
                parents.append((number, move_numbers[id(move)]))
                queue.append(next_state)
    return Exploration(game, observations, is_exact=is_exact, states=len(parents), parents=parents)


def _touching_clusters(game: TokenGame, facts: dict[int, NodeFacts]) -> frozenset[int]:
    """Return the groups of moves whose order matters: they touch the datum, or they stop others that may."""
    touched = {node for node, fact in facts.items() if fact.touches}
    found = {
        move.cluster
        for move in game.transitions
        if move.clears & ~game.passive or not touched.isdisjoint(move.executes) or move.interrupts in touched
    }
    return frozenset(found)


def _moves_to_try(moves: list[Transition], touching: frozenset[int], ranks: dict[int, int]) -> list[Transition]:
    free = [move for move in moves if move.cluster not in touching]
    if not free:
        return moves
    first = min(free, key=lambda move: (ranks[move.cluster], move.cluster)).cluster
    return [move for move in free if move.cluster == first]


def _execute(
    move: Transition,
    mask: int,
    facts: dict[int, NodeFacts],
    observations: dict[int, NodeObservation],
    state: int,
    all_knowers: int,
) -> tuple[int, ...]:
    """Return the possible states of knowledge after `move` and note what was seen."""
    masks: tuple[int, ...] = (mask,)
    for node in move.executes:
        fact = facts.get(node)
        if fact is None:
            continue
        outcomes: dict[int, None] = {}
        least, most = fact.repeats
        for before in masks:
            current = before
            execution = 0
            seen: set[int] = set()
            while execution < least or ((most is None or execution < most) and current not in seen):
                seen.add(current)
                current = _execute_once(fact, current, observations.get(node), state, all_knowers)
                execution += 1
                if execution >= least:
                    outcomes.setdefault(current)
                elif current in seen:
                    outcomes.setdefault(current)
                    break
        masks = tuple(outcomes)
    return masks


def _execute_once(fact: NodeFacts, mask: int, seen: NodeObservation | None, state: int, all_knowers: int) -> int:
    if seen is not None and fact.is_collected:
        known = mask & all_knowers
        seen.known_to |= known
        if not known:
            seen.unknown = state if seen.unknown < 0 else seen.unknown
        elif seen.known < 0:
            seen.known = state
        if known & fact.own and seen.known_to_same < 0:
            seen.known_to_same = state
        if known & fact.can_read and seen.readable < 0:
            seen.readable = state
    mask = fact.before_needs(mask)
    if seen is not None and fact.is_needed:
        if fact.satisfies(mask):
            seen.has = state if seen.has < 0 else seen.has
        elif seen.lacks < 0:
            seen.lacks = state
    return fact.complete(mask)
