"""The smallest parts of a graph of splits and joins with one flow in and one flow out.

Two flows bound such a part if every cycle over one of them has the other one, too; a flow from the end back to the
start is thought of. Johnson, Pearson and Pingali (PLDI 1994) found this; here each flow gets the exclusive or of
labels of the flows outside of a spanning tree whose cycles it lies on (Pritchard and Thurimella, ACM TALG 7, 2011),
and what is found is verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ankunft_model.graph.block_scopes import END, START, RawFlow

BACK: Final = -1
"""Stands for the flow from the end back to the start."""

_MASK: Final = (1 << 64) - 1


class Region(NamedTuple):
    """Corners with one flow in and one flow out; `way_out` is `BACK` if the end of all lies inside."""

    way_in: int
    way_out: int
    corners: frozenset[int]


def smallest_regions(flows: Mapping[int, RawFlow]) -> list[Region]:
    """Return regions that have no smaller one inside and share no flow, small ones first."""
    found = sorted(_regions(flows), key=lambda region: (len(region.corners), region.way_in))
    taken: set[int] = set()
    chosen: list[Region] = []
    used: set[int] = set()
    for region in found:
        if taken.isdisjoint(region.corners):
            taken |= region.corners
            if used.isdisjoint((region.way_in, region.way_out)):
                used |= {region.way_in, region.way_out}
                chosen.append(region)
    return chosen


def _regions(flows: Mapping[int, RawFlow]) -> list[Region]:
    outgoing: dict[int, list[tuple[int, int]]] = {END: [(BACK, START)]}
    incoming: dict[int, list[tuple[int, int]]] = {}
    for number, flow in flows.items():
        outgoing.setdefault(flow.source, []).append((number, flow.target))
        incoming.setdefault(flow.target, []).append((number, flow.source))
    by_label: dict[int, list[int]] = {}
    for number, label in _labels(flows).items():
        by_label.setdefault(label, []).append(number)
    found: list[Region] = []
    for numbers in by_label.values():
        bounds = set(numbers)
        for number in numbers if len(numbers) > 1 else ():
            if number == BACK:
                continue
            region = _behind(number, flows[number].target, bounds, outgoing)
            if region is not None and _is_closed(region, incoming):
                found.append(region)
    return found


def _behind(way_in: int, first: int, bounds: set[int], outgoing: Mapping[int, list[tuple[int, int]]]) -> Region | None:
    """Return what lies between a flow and the next one of those that bound."""
    corners = {first}
    stack = [first]
    ways_out: set[int] = set()
    while stack:
        for number, target in outgoing.get(stack.pop(), ()):
            if number in bounds:
                ways_out.add(number)
            elif target == START:
                return None
            elif target not in corners:
                corners.add(target)
                stack.append(target)
    if len(ways_out) != 1 or len(corners) < 2:
        return None
    return Region(way_in, ways_out.pop(), frozenset(corners))


def _is_closed(region: Region, incoming: Mapping[int, list[tuple[int, int]]]) -> bool:
    """Return whether no other flow leads in; that none leads out, who looked for the corners has seen."""
    corners = region.corners
    return (END in corners) == (region.way_out == BACK) and all(
        number == region.way_in or source in corners for corner in corners for number, source in incoming[corner]
    )


def _labels(flows: Mapping[int, RawFlow]) -> dict[int, int]:
    """Return a label for each flow; flows with the same one lie on the same cycles."""
    beside: dict[int, list[tuple[int, int]]] = {START: [(BACK, END)], END: [(BACK, START)]}
    for number, flow in flows.items():
        beside.setdefault(flow.source, []).append((number, flow.target))
        beside.setdefault(flow.target, []).append((number, flow.source))
    above: dict[int, tuple[int, int]] = {START: (-2, START)}
    order: list[int] = [START]
    for corner in order:
        for number, other in beside[corner]:
            if other not in above:
                above[other] = (number, corner)
                order.append(other)
    in_tree = {number for number, _ in above.values()}
    labels: dict[int, int] = {}
    at: dict[int, int] = dict.fromkeys(order, 0)
    ends = {BACK: (END, START), **{number: (flow.source, flow.target) for number, flow in flows.items()}}
    for number, (source, target) in ends.items():
        if number not in in_tree:
            labels[number] = _scattered(number + 2)
            at[source] ^= labels[number]
            at[target] ^= labels[number]
    for corner in reversed(order):
        number, parent = above[corner]
        if number != -2:
            labels[number] = at[corner]
            at[parent] ^= at[corner]
    return labels


def _scattered(number: int) -> int:
    """Return 64 bits that differ in about half of them for any two numbers (Steele and others, OOPSLA 2014)."""
    mixed = (number * 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return mixed ^ (mixed >> 31)
