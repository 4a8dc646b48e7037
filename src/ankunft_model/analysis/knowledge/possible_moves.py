"""The moves that are possible in each marking, looked up once for all data."""

from __future__ import annotations

from typing import Final, TypeAlias

from ankunft_model.graph import TokenGame

MAX_REMEMBERED: Final = 200_000
"""So many markings are remembered; what comes on top is looked up again each time."""


MAX_WAYS: Final = 100_000
"""So many ways of all sets of groups are remembered; then those of the sets asked for first are forgotten."""

PossibleMove: TypeAlias = tuple[int, int, int, int]
"""A move that is possible: its number and group, the marking after it, the places that hold two tokens then.

The marking is -1 where a third token would come to a flow, or a second one to what is no flow.
"""


Way: TypeAlias = tuple[int, tuple[int, ...], tuple[PossibleMove, ...]]
"""Where a marking leads without any choice, over which moves, and what can be chosen there."""


class PossibleMoves:
    """Answers which moves are possible in a marking, and keeps where it leads for data that the same groups touch."""

    def __init__(self, game: TokenGame) -> None:
        self._game = game
        self._known: dict[int, tuple[PossibleMove, ...]] = {}
        self._ways: dict[frozenset[int], dict[int, Way]] = {}

    def at(self, marking: int) -> tuple[PossibleMove, ...]:
        """Return the possible moves, grouped by place."""
        found = self._known.get(marking)
        if found is None:
            game = self._game
            moves: list[PossibleMove] = []
            for number in game.enabled(marking):
                move = game.transitions[number]
                after, doubled = game.fire_among_two(marking, move)
                moves.append((number, move.cluster, after, doubled))
            found = tuple(moves)
            if len(self._known) < MAX_REMEMBERED:
                self._known[marking] = found
        return found

    def ways(self, touching: frozenset[int]) -> dict[int, Way]:
        """Return where markings lead, by marking, if these groups touch the datum; to be filled by who asks."""
        found = self._ways.pop(touching, {})
        while self._ways and sum(map(len, self._ways.values())) > MAX_WAYS:
            del self._ways[next(iter(self._ways))]
        self._ways[touching] = found
        return found
