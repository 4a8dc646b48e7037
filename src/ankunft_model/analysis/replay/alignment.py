"""Finds the run of a model that a documented case follows, and where no run follows it.

All markings that the documented steps so far can lead to are kept, until one of them leads to the next step; so a
decision that only a later step tells is not taken before. A step of the model that the case does not mention costs
one, gateways and events cost nothing, and the cheapest run is taken. A step that no marking leads to is where the case
left the model; it is noted and passed over. Compare: van der Aalst, Adriansyah, van Dongen, Replaying history on
process models for conformance checking, WIREs Data Mining 2(2), 2012.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from ankunft_model.graph import TokenGame
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.model import Activity

MAX_MARKINGS: Final = 20_000
"""So many markings are looked at for the cheapest run; where they do not suffice, as many again for each step."""

_Place: TypeAlias = tuple[int, int]
"""How many documented steps are behind, and the marking."""


@dataclass(frozen=True, slots=True)
class AlignedStep:
    """One documented step beside the model.

    Attributes:
        node: Index of its node, or -1 if the model does not know it.
        fits: Whether the model could execute it there.
        skipped: Steps of the model in between that the case does not mention, in order.
    """

    node: int
    fits: bool
    skipped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """All documented steps beside the model, and the flows that were taken at decisions.

    Attributes:
        takes: Flows, in order.
        missing_at_end: Steps of the model that would have to follow, on the shortest way; None: no way was found.
        limits: Why a run may have been overlooked; empty if none was.
    """

    steps: tuple[AlignedStep, ...]
    takes: tuple[int, ...]
    missing_at_end: tuple[int, ...] | None
    limits: tuple[Limit, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the run could end where the case ends."""
        return self.missing_at_end == ()


def align(game: TokenGame, nodes: tuple[int, ...], *, most: int = MAX_MARKINGS) -> Alignment:
    """Return how the documented nodes follow the model.

    Args:
        game: The moves of the process.
        nodes: Indices of the documented nodes, in order; -1 for what the model does not know.
        most: So many markings are looked at before a run is taken that need not be the cheapest.
    """
    known = tuple(node for node in nodes if node >= 0)
    search = _Search(game, known, most, is_cheapest=True)
    if not search.run():
        search = _Search(game, known, most, is_cheapest=False)
        search.run()
    return search.alignment(nodes)


class _Cost(NamedTuple):
    """What is compared: steps not mentioned, those after the last documented one, moves."""

    skipped: int
    missing: int
    moves: int


class _Way(NamedTuple):
    """How a place was reached: from where, and by which move; -1 if the documented step was passed over."""

    earlier: _Place
    move: int


class _Search:
    """Looks for a run with the documented steps; used once.

    The cheapest place is looked at first, or the one with most documented steps behind it.
    """

    def __init__(self, game: TokenGame, nodes: tuple[int, ...], most: int, *, is_cheapest: bool) -> None:
        self._game = game
        self._nodes = nodes
        self._most = most
        self._is_cheapest = is_cheapest
        self._heap: list[tuple[tuple[int, ...], _Cost, _Place]] = []
        self._best: dict[_Place, _Cost] = {}
        self._came: dict[_Place, _Way] = {}
        self._done: set[_Place] = set()
        self._entered: list[list[int]] = [[] for _ in range(len(nodes) + 1)]
        self._looked_at = [0] * (len(nodes) + 1)
        self._furthest = 0
        self._reached: set[Limit] = set()
        self._end: _Place | None = None

    def run(self) -> bool:
        """Look for the run; return False if the cheapest one was looked for and the limit was reached."""
        self._offer((0, self._game.initial), _Cost(0, 0, 0))
        while True:
            while self._heap:
                _, cost, place = heappop(self._heap)
                if place in self._done:
                    continue
                self._done.add(place)
                behind, marking = place
                if behind == len(self._nodes) and self._game.is_complete(marking):
                    self._end = place
                    return True
                self._looked_at[behind] += 1
                if self._is_cheapest and len(self._done) > self._most:
                    return False
                if self._looked_at[behind] > self._most:
                    # Whatever lies before could only lead to more places of the same kind.
                    self._reached.add("states")
                    self._heap = [entry for entry in self._heap if entry[2][0] > behind]
                    heapify(self._heap)
                    continue
                self._go_on(place, cost)
            if self._furthest == len(self._nodes):
                return True
            self._pass_over()

    def _go_on(self, place: _Place, cost: _Cost) -> None:
        behind, marking = place
        game = self._game
        if game.overlapping and game.keeps_an_instance_waiting(marking):
            self._reached.add("instances")
        if marking & game.lost:
            self._reached.add("marks")
        is_end = behind == len(self._nodes)
        for number in game.enabled(marking):
            move = game.transitions[number]
            after, _ = game.fire_among_two(marking, move)
            if after < 0:
                self._reached.add("tokens")
                continue
            if not is_end and self._nodes[behind] in move.executes:
                self._offer((behind + 1, after), cost._replace(moves=cost.moves + 1), _Way(place, number))
            more = len(self._activities(move.executes))
            offered = _Cost(cost.skipped + (0 if is_end else more), cost.missing + (more * is_end), cost.moves + 1)
            self._offer((behind, after), offered, _Way(place, number))

    def _offer(self, place: _Place, cost: _Cost, way: _Way | None = None) -> None:
        known = self._best.get(place)
        if place in self._done or (known is not None and known <= cost):
            return
        behind, marking = place
        if way is None or way.earlier[0] != behind:
            self._entered[behind].append(marking)
        self._furthest = max(self._furthest, behind)
        self._best[place] = cost
        if way is not None:
            self._came[place] = way
        first = (cost.skipped, cost.missing, -behind) if self._is_cheapest else (-behind,)
        heappush(self._heap, (first, cost, place))

    def _pass_over(self) -> None:
        """Go on after the next documented step without executing it, from where the earlier ones lead to."""
        behind = self._furthest
        for marking in dict.fromkeys(self._entered[behind]):
            place = (behind, marking)
            self._offer((behind + 1, marking), self._best[place], _Way(place, -1))

    def alignment(self, nodes: tuple[int, ...]) -> Alignment:
        """Return the run that was found beside all documented nodes."""
        steps: list[AlignedStep] = []
        takes: list[int] = []
        skipped: list[int] = []
        taken = 0
        moves = iter(self._moves())
        for node in nodes:
            if node < 0:
                steps.append(AlignedStep(node, fits=False, skipped=()))
                continue
            fits, executed = self._to_next(moves, takes)
            skipped += executed
            steps.append(AlignedStep(node, fits=fits, skipped=tuple(skipped) if fits else ()))
            if fits:
                skipped, taken = [], len(takes)
        missing = None
        if self._end is not None:
            missing = (*skipped, *self._to_next(moves, takes)[1])
        # What was not looked at hides nothing where a run was found.
        is_open = missing is None or not all(step.fits or step.node < 0 for step in steps)
        limits = in_order((*self._game.limits, *(self._reached if is_open else ())))
        return Alignment(tuple(steps), tuple(takes[:taken]), missing, limits)

    def _to_next(self, moves: Iterator[tuple[int, bool]], takes: list[int]) -> tuple[bool, list[int]]:
        """Follow moves to the next documented step; return whether it is executed, and the steps before it."""
        found: list[int] = []
        for number, is_documented in moves:
            if number < 0:
                return False, found
            move = self._game.transitions[number]
            takes.extend(move.takes)
            if is_documented:
                return True, found
            found += self._activities(move.executes)
        return False, found

    def _moves(self) -> list[tuple[int, bool]]:
        """Return the moves of the run that was found, each with whether it leads to the next documented step."""
        last = len(self._nodes)
        place = self._end
        if place is None:
            place = min(((last, marking) for marking in self._entered[last]), key=lambda at: (self._best[at], at))
        found: list[tuple[int, bool]] = []
        while place in self._came:
            way = self._came[place]
            found.append((way.move, way.earlier[0] != place[0]))
            place = way.earlier
        return found[::-1]

    def _activities(self, executed: tuple[int, ...]) -> list[int]:
        return [node for node in executed if isinstance(self._game.graph.nodes[node], Activity)]
