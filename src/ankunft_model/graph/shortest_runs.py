"""Shortest runs to what is wrong: all interleavings breadth first, as far as a small limit goes."""

from __future__ import annotations

from collections import deque
from typing import Final

from ankunft_model.graph.token_game import TokenGame, bits
from ankunft_model.graph.token_places import meeting_node

DEFAULT_STATE_LIMIT: Final = 600
"""So many states are looked at; a larger process keeps the run that was found first."""


class ShortestRuns:
    """All orders of a game, looked at once; answers with the shortest run to each problem."""

    def __init__(self, game: TokenGame, *, state_limit: int = DEFAULT_STATE_LIMIT) -> None:
        self._game = game
        self._flows = (1 << len(game.control.source)) - 1
        self._states: list[tuple[int, int]] = [(game.initial, 0)]
        self._before: list[tuple[int, int]] = [(-1, -1)]
        self._edges: list[list[tuple[int, int]]] = []
        self._meetings: dict[str, tuple[int, int]] = {}
        self._endings: dict[str, tuple[int, int]] = {}
        self._is_complete = self._look(state_limit)
        self._stuck = self._find_stuck() if self._is_complete else []

    def witness(self, kind: str, nodes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the nodes that execute on a shortest run to the problem; nothing if it was not seen."""
        if kind == "lack_of_synchronization" and nodes[0] in self._meetings:
            return self._run(*self._meetings[nodes[0]])
        if kind == "improper_completion" and nodes[-1] in self._endings:
            return self._run(*self._endings[nodes[-1]])
        if kind == "deadlock":
            control = self._game.control
            for state, stuck in enumerate(self._stuck):
                if stuck and {control.ids[control.target[flow]] for flow in bits(stuck)} <= set(nodes):
                    return self._run(state)
        return ()

    def _look(self, state_limit: int) -> bool:
        game = self._game
        ends = {node for node, kind in enumerate(game.control.kinds) if kind in ("end", "terminate")}
        number_of = {self._states[0]: 0}
        queue = deque([0])
        is_complete = True
        while queue:
            number = queue.popleft()
            marking, ended = self._states[number]
            self._edges.append([])
            for move_number in game.enabled(marking):
                move = game.transitions[move_number]
                after, doubled = game.fire_among_two(marking, move)
                if doubled:
                    self._note_meeting(doubled, number, move_number)
                if after < 0:
                    is_complete = False
                    self._edges[number].append((move_number, -1))
                    continue
                over = ended
                for node in move.executes:
                    if over >> node & 1:
                        self._endings.setdefault(game.control.ids[node], (number, move_number))
                    over |= 1 << node if node in ends else 0
                state = (after, game.ended(over, after))
                target = number_of.get(state)
                if target is None:
                    if len(self._states) >= state_limit:
                        return False
                    target = number_of[state] = len(self._states)
                    self._states.append(state)
                    self._before.append((number, move_number))
                    queue.append(target)
                self._edges[number].append((move_number, target))
        return is_complete

    def _note_meeting(self, doubled: int, state: int, move: int) -> None:
        self._meetings.setdefault(meeting_node(self._game, doubled, move), (state, move))

    def _find_stuck(self) -> list[int]:
        """Return for each state the flows whose token never moves again, whatever happens.

        A token moves when some way from the state consumes it, or ends it; what can move in a state is what a move
        takes there, and what stays and can move afterwards.
        """
        game = self._game
        can_move = [0] * len(self._states)
        changed = True
        while changed:
            changed = False
            for state in range(len(self._states) - 1, -1, -1):
                marking = self._states[state][0]
                found = can_move[state]
                for number, target in self._edges[state]:
                    move = game.transitions[number]
                    found |= move.consumes | move.clears
                    if target >= 0:
                        found |= can_move[target] & ~move.produces
                found &= marking
                if found != can_move[state]:
                    can_move[state] = found
                    changed = True
        return [marking & self._flows & ~moving for (marking, _), moving in zip(self._states, can_move, strict=True)]

    def _run(self, state: int, last: int = -1) -> tuple[str, ...]:
        moves = [last] if last >= 0 else []
        while state >= 0:
            state, move = self._before[state]
            if move >= 0:
                moves.append(move)
        game = self._game
        return tuple(game.control.ids[node] for move in reversed(moves) for node in game.transitions[move].executes)
