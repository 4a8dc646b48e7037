"""Finds the run of a model that a documented case follows, and where it follows none.

For each documented step the cheapest way to execute it is looked for from where the case stands; gateways and events
cost nothing, a step of the model that the case does not mention costs one. A step that no way leads to is where the
case left the model; it is noted and passed over. Compare: van der Aalst, Adriansyah, van Dongen, Replaying history on
process models for conformance checking, WIREs Data Mining 2(2), 2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

from ankunft_model.graph import TokenGame
from ankunft_model.model import Activity

MAX_MARKINGS: Final = 20_000
"""So many states are looked at for one documented step."""


@dataclass(frozen=True, slots=True)
class AlignedStep:
    """One documented step beside the model.

    Attributes:
        node: Index of its node, or -1 if the model does not know it.
        fits: Whether the model could execute it there.
        skipped: Steps of the model in between that the case does not mention, in order.
        is_exact: False if a limit was reached before a way was found.
    """

    node: int
    fits: bool
    skipped: tuple[int, ...]
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Alignment:
    """All documented steps beside the model, and the flows that were taken at decisions.

    Attributes:
        takes: Flows, in order.
        is_over: Whether the run could end where the case ends, without another step.
        missing_at_end: Steps of the model that would have to follow, on the shortest way; None: no way was found.
    """

    steps: tuple[AlignedStep, ...]
    takes: tuple[int, ...]
    missing_at_end: tuple[int, ...] | None

    @property
    def is_over(self) -> bool:
        """Whether the run could end where the case ends."""
        return self.missing_at_end == ()


def align(game: TokenGame, nodes: tuple[int, ...]) -> Alignment:
    """Return how the documented nodes follow the model.

    Args:
        game: The moves of the process.
        nodes: Indices of the documented nodes, in order; -1 for what the model does not know.
    """
    marking = game.initial
    takes: list[int] = []
    aligned: list[AlignedStep] = []
    for node in nodes:
        moves, is_exact = (None, True) if node < 0 else _way(game, marking, node)
        if moves is None:
            aligned.append(AlignedStep(node, fits=False, skipped=(), is_exact=is_exact))
            continue
        skipped: list[int] = []
        for number in moves:
            move = game.transitions[number]
            marking = game.fire(marking, move)[0]
            takes.extend(move.takes)
            skipped.extend(n for n in move.executes if n != node and isinstance(game.graph.nodes[n], Activity))
        aligned.append(AlignedStep(node, fits=True, skipped=tuple(skipped)))
    rest, _ = _way(game, marking, None)
    missing = None
    if rest is not None:
        executed = [n for number in rest for n in game.transitions[number].executes]
        missing = tuple(n for n in executed if isinstance(game.graph.nodes[n], Activity))
    return Alignment(tuple(aligned), tuple(takes), missing)


def _way(game: TokenGame, start: int, node: int | None) -> tuple[tuple[int, ...] | None, bool]:
    """Return the cheapest moves that execute a node, or end the run for None; and whether the search was complete."""
    heap: list[tuple[int, int, int]] = [(0, 0, start)]
    best: dict[int, tuple[int, int]] = {start: (0, 0)}
    came: dict[int, tuple[int, int] | None] = {start: None}
    done: set[int] = set()
    while heap:
        cost, length, marking = heappop(heap)
        if marking in done:
            continue
        done.add(marking)
        if node is None and game.is_complete(marking):
            return _moves(came, marking), True
        if len(done) > MAX_MARKINGS:
            return None, False
        for number in game.enabled(marking):
            move = game.transitions[number]
            after, doubled = game.fire(marking, move)
            if doubled:
                continue
            if node is not None and node in move.executes:
                return (*_moves(came, marking), number), True
            more = sum(isinstance(game.graph.nodes[n], Activity) for n in move.executes)
            offered = (cost + more, length + 1)
            if after not in done and (after not in best or offered < best[after]):
                best[after] = offered
                came[after] = (marking, number)
                heappush(heap, (*offered, after))
    return None, True


def _moves(came: dict[int, tuple[int, int] | None], marking: int) -> tuple[int, ...]:
    found: list[int] = []
    step = came[marking]
    while step is not None:
        found.append(step[1])
        step = came[step[0]]
    return tuple(reversed(found))
