"""Where a run can be in the automaton of a datum, and where it can go on to from there, whoever knows the datum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from ankunft_model.analysis.knowledge.block_automaton import Automaton

MAX_PASSED: Final = 100
"""So many places without a choice are passed at once."""

Place: TypeAlias = "int | tuple[int, ...]"
"""Where a run is: a point, or several points in ascending order."""

Passing: TypeAlias = "tuple[int, Passing | None]"
"""What happens at places that are passed one after the other: what is noted of it or -1, and what comes then."""


Move: TypeAlias = "tuple[Place, int, int, Passing | None]"
"""How a run goes on: where it comes to, the leaf that executes or -1, what is noted of it, what is passed then.

Noted are the leaf, a chosen part as `-2 - part`, or -1 for nothing. At what is passed a run has no choice, and nothing
executes.
"""

Step: TypeAlias = "tuple[Place, int, int]"


class Places:
    """The moves from each place, worked out when they are asked for.

    A place from which one move alone leads on, and executes nothing, is passed: no state has to be kept there. What is
    passed is told with the move, so that runs can be looked at in the order in which they would come through it.
    """

    __slots__ = ("_automaton", "_is_plain", "_steps", "known")

    def __init__(self, automaton: Automaton) -> None:
        self.known: dict[Place, Sequence[Move]] = {}
        self._automaton = automaton
        # as long as nothing is ever over beside something else, only points that end a branch join anything
        self._is_plain = not automaton.sinks and not automaton.gone
        self._steps: dict[Place, Sequence[Step]] = {}
        if self._is_plain:
            self._steps.update(enumerate(automaton.ways))
            for point in automaton.forks:
                del self._steps[point]

    def moves(self, place: Place) -> Sequence[Move]:
        """Return how a run can go on; from the first point that leads on without executing anything, else from all."""
        found: list[Move] = []
        known = self._steps
        for target, leaf, event in known.get(place) or self._steps_from(place):
            steps = known.get(target) or self._steps_from(target)
            if len(steps) == 1 and steps[0][1] < 0:
                found.append(self._passing_on(target, leaf, leaf if leaf >= 0 else event))
            else:
                found.append((target, leaf, leaf if leaf >= 0 else event, None))
        self.known[place] = found
        return found

    def _passing_on(self, target: Place, leaf: int, event: int) -> Move:
        """Return a move that goes on through places without a choice."""
        events: list[int] = []
        apart = self._automaton.apart
        steps = self._steps_from(target)
        while target not in apart and len(steps) == 1 and steps[0][1] < 0 and len(events) < MAX_PASSED:
            target, _, through = steps[0]
            events.append(through)
            steps = self._steps_from(target)
        passing: Passing | None = None
        for passed in reversed(events):
            passing = (passed, passing)
        return target, leaf, event, passing

    def _steps_from(self, place: Place) -> Sequence[Step]:
        """Return where a run can go on to at once, the leaf that executes on the way or -1, and what is noted of it."""
        found = self._steps.get(place)
        if found is None:
            found = self._steps[place] = self._at(place) if isinstance(place, int) else self._from(place)
        return found

    def _at(self, point: int) -> list[Step]:
        automaton = self._automaton
        found: list[Step] = [(self._after_sinks(target), leaf, event) for target, leaf, event in automaton.ways[point]]
        found += [(self._settled(fork), -1, -1) for fork in automaton.forks.get(point, ())]
        return found

    def _from(self, points: tuple[int, ...]) -> list[Step]:
        automaton, everywhere = self._automaton, points
        if automaton.awaited:
            points = tuple(point for point in points if not self._waits(point, points))
        found: list[Step] = []
        for point in points:
            if point not in automaton.busy and (automaton.ways[point] or point in automaton.forks):
                return self._onwards(everywhere, point)
        for point in points:
            found += self._onwards(everywhere, point)
        return found

    def _onwards(self, points: tuple[int, ...], point: int) -> list[Step]:
        """Return where a run at several points can go on to from one of them."""
        automaton, is_plain = self._automaton, self._is_plain
        rest = [other for other in points if other != point]
        found: list[Step] = []
        for target, leaf, event in automaton.ways[point]:
            if is_plain and target not in automaton.part_of:
                place: Place = tuple(sorted((*rest, target)))
            else:
                place = self._settled((*rest, target))
            found.append((place, leaf, event))
        found += [(self._settled((*rest, *fork)), -1, -1) for fork in automaton.forks.get(point, ())]
        return found

    def _waits(self, point: int, points: tuple[int, ...]) -> bool:
        """Return whether an instance is still running that must be over before a run goes on from a point."""
        instances = self._automaton.instances
        return any(not instances[block].isdisjoint(points) for block in self._automaton.awaited.get(point, ()))

    def _after_sinks(self, point: int) -> int:
        sinks = self._automaton.sinks
        while point in sinks:
            point = sinks[point][1]
        return point

    def _settled(self, points: tuple[int, ...]) -> Place:
        """Return where a run is when parallel parts that are all at their end have been joined."""
        sinks = self._automaton.sinks
        if len(points) == 1:
            return self._after_sinks(points[0])
        here = set(points) - self._automaton.gone
        part_of, kept = self._automaton.part_of, self._automaton.kept
        joined = not part_of.keys().isdisjoint(here) or not sinks.keys().isdisjoint(here)
        while joined:
            joined = False
            for sink in sinks.keys() & here:
                inside, behind = sinks[sink]
                if sink in kept:
                    joined = self._goes_on_behind(behind, here) or joined
                elif not any(point in inside for point in here if point != sink):
                    here.discard(sink)
                    here.add(behind)
                    joined = True
            for number in {part_of[point] for point in here if point in part_of}:
                ends, behind = self._automaton.ends[number]
                if ends <= here and ends <= kept:
                    joined = self._goes_on_behind(behind, here) or joined
                elif ends <= here:
                    here -= ends
                    here.add(behind)
                    joined = True
        return tuple(sorted(here)) if len(here) > 1 else here.pop()

    def _goes_on_behind(self, point: int, here: set[int]) -> bool:
        """Add where a run goes on behind a join whose ends are kept; return whether it was not there yet."""
        new = set(self._automaton.closure[point]) - here
        here |= new
        return bool(new)
