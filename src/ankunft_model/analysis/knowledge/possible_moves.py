"""The moves that are possible in each marking, looked up once for all data."""

from __future__ import annotations

from typing import Final, TypeAlias

from ankunft_model.graph import TokenGame

MAX_REMEMBERED: Final = 200_000
"""So many markings are remembered; what comes on top is looked up again each time."""


PossibleMove: TypeAlias = tuple[int, int, int, int]
"""A move that is possible: its number and group, the marking after it, the places that would hold two tokens."""


class PossibleMoves:
    """Answers which moves are possible in a marking."""

    def __init__(self, game: TokenGame) -> None:
        self._game = game
        self._known: dict[int, tuple[PossibleMove, ...]] = {}

    def at(self, marking: int) -> tuple[PossibleMove, ...]:
        """Return the possible moves, grouped by place."""
        found = self._known.get(marking)
        if found is None:
            game = self._game
            moves: list[PossibleMove] = []
            for number in game.enabled(marking):
                move = game.transitions[number]
                after, doubled = game.fire(marking, move)
                moves.append((number, move.cluster, after, doubled))
            found = tuple(moves)
            if len(self._known) < MAX_REMEMBERED:
                self._known[marking] = found
        return found
