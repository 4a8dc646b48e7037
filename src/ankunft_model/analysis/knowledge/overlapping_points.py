"""Any number of instances of a started process at once, with more runs than there are; see `overlapping_instances`."""

from __future__ import annotations

from ankunft_model.analysis.knowledge.block_automaton import Automaton


def keep_points_of_instances(automaton: Automaton) -> None:
    """Change an automaton so that runs stay at the points of started processes, and go on from them as well.

    What can be passed there without executing anything is passed at once, in every way.
    """
    inside = sorted({point for points in automaton.instances.values() for point in points} - automaton.gone)
    passing = {point: _passed(automaton, point) for point in inside}
    acting: dict[int, int] = {}
    for point in inside:
        ways = [way for way in automaton.ways[point] if way[1] >= 0]
        if ways:
            acting[point] = automaton.point() if passing[point] else point
            automaton.ways[acting[point]] = ways
    stops = automaton.part_of.keys() | automaton.sinks.keys()
    for point in inside:
        automaton.closure[point] = _closure(point, passing, acting, stops) or (min(automaton.gone),)
        if passing[point]:
            automaton.ways[point] = []
            automaton.forks[point] = [automaton.closure[point]]
    for point in acting.values():
        kept = automaton.ways[point]
        automaton.ways[point] = []
        for target, leaf, flow in kept:
            both = automaton.point()
            automaton.forks[both] = [(point, target)]
            automaton.ways[point].append((both, leaf, flow))
    automaton.busy = (automaton.busy - set(inside)) | set(acting.values())
    for gone in automaton.gone:
        automaton.closure[gone] = ()
    automaton.kept = {*acting.values(), *(point for point in inside if point in stops)}
    automaton.awaited = {}


def _passed(automaton: Automaton, point: int) -> tuple[int, ...]:
    targets = [target for target, leaf, _ in automaton.ways[point] if leaf < 0]
    targets += [target for fork in automaton.forks.get(point, ()) for target in fork]
    return tuple(dict.fromkeys(targets))


def _closure(
    first: int, passing: dict[int, tuple[int, ...]], acting: dict[int, int], stops: set[int]
) -> tuple[int, ...]:
    found: dict[int, None] = {}
    seen = {first}
    stack = [first]
    while stack:
        point = stack.pop()
        if point in acting:
            found[acting[point]] = None
        elif point in stops:
            found[point] = None
        for target in passing.get(point, ()):
            if target not in seen:
                seen.add(target)
                stack.append(target)
    return tuple(sorted(found))
