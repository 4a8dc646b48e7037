"""How often a datum is asked in a net (`block_nets`), from what its parts ask: on all ways through its states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Protocol, TypeAlias

from ankunft_model.graph import strong_components
from ankunft_model.graph.block_nets import Firing, Net

Path: TypeAlias = "tuple[Path, Path] | int | None"
"""What happens in a block: nothing, a leaf (or a chosen part as `-2 - part`), or one thing after the other."""


class Asking(Protocol):
    """How often a part asks, and which sets of actors may ask there, each with how that comes about."""

    @property
    def least(self) -> float:
        """How often at least."""
        ...

    @property
    def most(self) -> float:
        """How often at most."""
        ...

    @property
    def askers(self) -> Mapping[int, Path]:
        """The sets of actors."""
        ...


def bounds_of_net(net: Net, parts: Mapping[int, Asking]) -> tuple[float, float]:
    """Return how often a net asks, at least and at most.

    Args:
        net: The net.
        parts: Those of its parts that ask, by number.
    """
    return _extreme(net, lambda firing: _sum(firing, parts, most=False), min, inf), _extreme(
        net, lambda firing: _sum(firing, parts, most=True), max, -inf
    )


def _sum(firing: Firing, parts: Mapping[int, Asking], *, most: bool) -> float:
    return sum((asking.most if most else asking.least) for part, asking in parts.items() if firing.produces >> part & 1)


def _extreme(net: Net, cost: Callable[[Firing], float], better: Callable[[float, float], float], worst: float) -> float:
    """Return the least or greatest sum of costs on a way from the beginning to where the net is done."""
    components = strong_components(
        {state: {firing.target: None for firing in firings} for state, firings in enumerate(net.firings)}
    )
    best = [0.0 if net.is_done(state) else worst for state in range(len(net.states))]
    for component in components:  # those that others lead to come first
        inside = set(component)
        rounds = len(component) if better is min else 1
        if better is max and any(
            firing.target in inside and cost(firing) > 0 for state in component for firing in net.firings[state]
        ):
            for state in component:
                best[state] = inf
            continue
        if better is max and len(component) > 1:
            rounds = len(component)  # no round adds anything: what is best spreads to all
        for _ in range(rounds):
            before = [best[state] for state in component]
            for state in component:
                for firing in net.firings[state]:
                    best[state] = better(best[state], cost(firing) + best[firing.target])
            if [best[state] for state in component] == before:
                break
    return best[0]


def askers_of_net(
    net: Net, blocks: Sequence[int], parts: Mapping[int, Asking], limit: int
) -> tuple[dict[int, Path], bool]:
    """Return the sets of actors that may ask in a net, and whether these are all.

    Args:
        net: The net.
        blocks: The blocks of its parts.
        parts: Those of its parts that ask, by number.
        limit: So many sets are told apart per state.
    """
    paths: list[dict[int, Path]] = [{} for _ in net.states]
    paths[0][0] = None
    work: list[tuple[int, int]] = [(0, 0)]
    is_exact = True
    for state, mask in work:  # it grows meanwhile
        path = paths[state][mask]
        for firing in net.firings[state]:
            known = paths[firing.target]
            asked: dict[int, Path] = {mask: path if firing.chosen < 0 else _then(path, -2 - blocks[firing.chosen])}
            for part, asking in parts.items():
                if firing.produces >> part & 1:
                    asked = {
                        before | more: _then(way, then)
                        for before, way in asked.items()
                        for more, then in asking.askers.items()
                    }
            for after, way in asked.items():
                if after in known:
                    continue
                if len(known) >= limit:
                    is_exact = False
                    continue
                known[after] = way
                work.append((firing.target, after))
    found: dict[int, Path] = {}
    for state, known in enumerate(paths):
        if net.is_done(state):
            for mask, path in known.items():
                found.setdefault(mask, path)
    return found, is_exact


def _then(path: Path, last: Path) -> Path:
    if path is None or last is None:
        return last if path is None else path
    return path, last
