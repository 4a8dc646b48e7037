"""Inclusive joins wait for every token that can still arrive at an input that has none yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ankunft_model.graph.token_game import Transition, bits


def let_inclusive_joins_wait(
    moves: Sequence[tuple[Transition, int]], inputs_of: Mapping[int, int], around: Mapping[int, int]
) -> list[Transition]:
    """Return the moves, those of joins inhibited by every place from which a token could still come.

    Args:
        moves: Each move, and the inclusive join that it executes or -1.
        inputs_of: The places before each join.
        around: The places that say that the sub-processes around a join are active. Their tokens move on only when
            nothing is left inside, or everything inside is given up; so none of them can still come to the join.
    """
    if not inputs_of:
        return [move for move, _ in moves]
    sources: dict[int, list[tuple[int, int]]] = {}
    for move, _ in moves:
        before = list(bits(move.consumes | move.requires))
        for target in bits(move.produces):
            sources.setdefault(target, []).extend((place, move.cluster) for place in before)
    return [
        move
        if join < 0
        else replace(move, inhibited_by=_upstream(sources, join, inputs_of[join], move.consumes) & ~around.get(join, 0))
        for move, join in moves
    ]


def _upstream(sources: Mapping[int, list[tuple[int, int]]], join: int, inputs: int, consumed: int) -> int:
    """Return the places from which a token can come to an input that is not consumed, without passing the join."""
    blocked = inputs & ~consumed
    stack = list(bits(blocked))
    while stack:
        for earlier, cluster in sources.get(stack.pop(), ()):
            if cluster != join and not blocked >> earlier & 1:
                blocked |= 1 << earlier
                stack.append(earlier)
    return blocked & ~consumed
