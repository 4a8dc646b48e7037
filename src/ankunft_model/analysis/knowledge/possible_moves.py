"""The moves that are possible in each marking, looked up once for all data."""

from __future__ import annotations

from typing import Final, NamedTuple

from ankunft_model.graph import TokenGame

MAX_REMEMBERED: Final = 200_000
"""So many markings are remembered; what comes on top is looked up again each time."""


class PossibleMove(NamedTuple):
    """A move that is possible: its number and group, the marking after it, the places that would hold two tokens."""

    move: int
    cluster: int
    after: int
    doubled: int


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
            found = tuple(
                PossibleMove(number, move.cluster, *game.fire(marking, move))
                for number in game.enabled(marking)
                for move in (game.transitions[number],)
            )
            if len(self._known) < MAX_REMEMBERED:
                self._known[marking] = found
        return found
