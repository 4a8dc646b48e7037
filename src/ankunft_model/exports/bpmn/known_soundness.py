"""Whether a process is known to be sound: only then may one organisation conduct what is tangled in it."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from ankunft_model.graph import build_run_graph, build_token_game, check_process
from ankunft_model.model import Process

_MOST_STATES: Final = 20_000
_MOST_WORK: Final = 4_000_000
"""States times nodes: what a state costs grows with the process."""


class KnownSoundness:
    """The answer for one process, found when it is asked for, and once."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @cached_property
    def is_sound(self) -> bool:
        """Whether the process is known to be sound: by its blocks and nets, else by so many of its states."""
        game = build_token_game(self._process)
        limit = min(_MOST_STATES, _MOST_WORK // max(len(self._process.all_nodes), 1))
        runs = build_run_graph(game, state_limit=limit)
        if runs.regions is None and any(edge.doubled for edges in runs.edges for edge in edges):
            return False
        return check_process(game.control, runs).sound is True
