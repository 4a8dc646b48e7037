"""Plain simulation of all runs with one fixed time per node, flow and handover: the judge of the fast bounds.

It shares no code with the rooms `graph` and `analysis`: every token carries when it was put where it lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ankunft_model.model import Activity, Duration, DurationRange, Event, Gateway, SubProcess

from ..plain_reference import Places, PlainGame, TooLargeError

Side = Literal["least", "most"]


@dataclass(frozen=True)
class Token:
    """When a token was put, and for the nodes it came from over gateways only when they completed, delays added."""

    since: int = 0
    origins: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TimedRun:
    """First and last completion of each node, and when the run was over."""

    first: dict[str, int]
    last: dict[str, int]

    @property
    def over(self) -> int:
        return max(self.last.values(), default=0)


def seconds(part: DurationRange | None, side: Side) -> int:
    if part is None:
        return 0
    found = part.min_seconds if side == "least" else part.max_seconds
    assert found is not None
    return found


def taking(game: PlainGame, node: str, side: Side) -> int:
    element = game.nodes[node]
    if isinstance(element, Event):
        if isinstance(element.at, Duration):
            return element.at.min_seconds if side == "least" else element.at.max_seconds
        if element.attached_to is not None:
            return 0 if side == "least" else taking(game, element.attached_to, side)
    if not isinstance(element, Activity):
        return 0
    once = seconds(element.wait, side) + seconds(element.duration, side)
    if element.repeats is None:
        return once
    times = max(element.repeats.min, 1) if side == "least" else element.repeats.max
    assert times is not None
    return times * once + (times - 1) * seconds(element.repeats.every, side)


def timed_runs(game: PlainGame, side: Side, *, limit: int = 3_000) -> Iterator[TimedRun]:
    """Yield every run with all times at one side; runs that come back to the same tokens are left out."""
    within = {inner: id_ for id_, node in game.nodes.items() if isinstance(node, SubProcess) for inner in node.nodes}
    latencies = [
        (h.from_node, h.to_node, seconds(h.latency, side))
        for h in game.handovers
        if h.latency is not None
        and not (h.waits and not h.triggers)  # its mark takes the latency with it
        and (h.triggers or within.get(h.from_node or "") == within.get(h.to_node or ""))
    ]
    for begin in game.initial():
        stack: list[tuple[Places, dict[str, Token], TimedRun, frozenset[Places]]] = [
            (begin, {}, TimedRun({}, {}), frozenset((begin,)))
        ]
        looked_at = 0
        while stack:
            places, tokens, run, seen = stack.pop()
            looked_at += 1
            if looked_at > limit:
                raise TooLargeError
            moves = list(game.moves(places))
            if not moves:
                yield run
            for move in moves:
                if move.after in seen:
                    continue
                after, then = _moved(game, places, tokens, run, move.executes, move.after, side, latencies)
                stack.append((move.after, after, then, seen | {move.after}))


def _moved(
    game: PlainGame,
    places: Places,
    tokens: dict[str, Token],
    run: TimedRun,
    executes: tuple[str, ...],
    after: Places,
    side: Side,
    latencies: list[tuple[str | None, str | None, int]],
) -> tuple[dict[str, Token], TimedRun]:
    before, behind = Counter(dict(places)), Counter(dict(after))
    gone, put = before - behind, behind - before
    node = executes[0] if executes else None
    if node is not None and node in {e.id for e in game.nodes.values() if isinstance(e, Event) and e.attached_to}:
        host = f"active:{game.nodes[node].attached_to}"  # type: ignore[union-attr]
        arrivals = [tokens.get(host, Token())]
    else:
        arrivals = [
            _delayed(game, place, tokens.get(place, Token()), side) for place in gone if not _is_cut(game, node, place)
        ]
    since = max((token.since for token in arrivals), default=0)
    origins: dict[str, int] = {}
    for token in arrivals:
        for origin, at in token.origins.items():
            origins[origin] = max(origins.get(origin, 0), at)
    first, last = dict(run.first), dict(run.last)
    for place in gone:
        if place.startswith("mark:"):
            latency = next(h for h in game.handovers if h.id == place.partition(":")[2]).latency
            since = max(since, tokens[place].since + seconds(latency, side))
    came = [place.partition(":") for place in gone if not _is_cut(game, node, place)]
    arrived = {game.flows[name].target for kind, _, name in came if kind == "flow"}
    arrived |= {name for kind, _, name in came if kind == "at"}
    if node is None or node in arrived:
        since = max([since, *(origins[s] + more for s, n, more in latencies if n in arrived and s in origins)])
    if node is not None:
        if isinstance(game.nodes[node], SubProcess) and f"active:{node}" in gone:
            inside = [id_ for id_ in game.scope(node) if not game.outgoing[id_]]
            since = max([since, *(tokens[f"ended:{id_}"].since for id_ in inside if f"ended:{id_}" in tokens)])
        since += taking(game, node, side)
        first.setdefault(node, since)
        last[node] = max(since, last.get(node, 0))
        origins = {**(origins if isinstance(game.nodes[node], Gateway) else {}), node: since}
    kept = {place: token for place, token in tokens.items() if place in behind or place.startswith("ended:")}
    kept |= {place: Token(since, origins) for place in put}
    if node is not None:
        kept[f"ended:{node}"] = Token(since)
    if executes == () or node is not None:
        begun = [place.partition(":")[2] for place in put if place.startswith("active:")]
        for id_ in begun:
            if isinstance(game.nodes[id_], SubProcess):
                kept = {p: t for p, t in kept.items() if p.partition(":")[2] not in game.scope(id_) or p in behind}
    return kept, TimedRun(first, last)


def _delayed(game: PlainGame, place: str, token: Token, side: Side) -> Token:
    kind, _, name = place.partition(":")
    if kind != "flow":
        return token
    delay = seconds(game.flows[name].flow.delay, side)
    return Token(token.since + delay, {origin: at + delay for origin, at in token.origins.items()})


def _is_cut(game: PlainGame, node: str | None, place: str) -> bool:
    """Return whether a token that goes is not what the node waited for: budgets, and what a terminating end takes."""
    kind, _, name = place.partition(":")
    if kind in ("budget", "armed", "mark"):
        return True
    if node is None:
        return False
    element = game.nodes[node]
    if isinstance(element, Event) and element.type == "end" and element.trigger == "terminate":
        return not (kind == "at" and name == node) and not (kind == "flow" and game.flows[name].target == node)
    return False
