"""How far groups of things can move towards one edge without touching each other (part of phase 11).

Things that face each other have a slack: by so much the one that lies behind can come nearer to the one before it. How
far a group can move is then the length of the shortest way from the edge to it, counted in slacks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

FAR = 10**9
MOST_SWEEPS = 40
"""Two or three sweeps settle all demands; if so many do not, nothing moves. Bounds the time."""


MOST_HELD_BACK = 100
"""A group moves less than it could for the sake of its line, but not by more than this."""


NEARLY_PX = 24
"""Lines this near to each other become one, if there is room."""


class Item(NamedTuple):
    """Something that keeps others away: its extent along the movement and across it, its kind, its group."""

    low: int
    high: int
    start: int
    stop: int
    kind: int
    group: int


Demand = tuple[int, int, int]
"""Of two groups the second may move by so much more than the first: both, and the slack."""
Follower = tuple[int, int]
"""A group that a demand names second, and the slack."""


def facing_pairs(items: Sequence[tuple[int, int, int, int, int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of items of different groups that see each other, the one nearer to the edge first.

    Items are given as `Item` or as tuples of its fields.

    An item hides from those behind it what lies before it.

    Example:
        >>> wall, near, far = Item(0, 0, 0, 9, 0, 0), Item(2, 3, 0, 5, 0, 1), Item(5, 6, 0, 9, 0, 2)
        >>> facing_pairs([wall, near, far])
        [(0, 1), (1, 2), (0, 2)]
    """
    starts, owners = [-FAR], [-1]
    highs, groups = [item[1] for item in items], [item[5] for item in items]
    pairs: list[tuple[int, int]] = []
    for low, high, number in sorted([(item[0], item[1], number) for number, item in enumerate(items)]):
        _, _, start, stop, _, group = items[number]
        if start >= stop or low > high:
            continue
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, stop, first)
        if last - first == 1:
            owner = owners[first]
            if owner >= 0:
                if groups[owner] != group:
                    pairs.append((owner, number))
                if highs[owner] > high:
                    continue
            goes_on = last == len(starts) or starts[last] > stop
            if starts[first] < start:
                starts[last:last] = (start, stop) if goes_on else (start,)
                owners[last:last] = (number, owner) if goes_on else (number,)
            else:
                owners[first] = number
                if goes_on:
                    starts.insert(last, stop)
                    owners.insert(last, owner)
            continue
        seen = owners[first:last]
        pairs += [(owner, number) for owner in dict.fromkeys(seen) if owner >= 0 and groups[owner] != group]
        new_starts: list[int] = []
        new_owners: list[int] = []
        if starts[first] < start:
            new_starts.append(starts[first])
            new_owners.append(seen[0])
        begin, before = start, new_owners[0] if new_owners else -2
        for place, owner in enumerate(seen, first + 1):
            kept = owner if owner >= 0 and highs[owner] > high else number
            if before != kept:
                new_starts.append(begin)
                new_owners.append(kept)
                before = kept
            if place < last:
                begin = starts[place]
        if last == len(starts) or starts[last] > stop:
            new_starts.append(stop)
            new_owners.append(seen[-1])
        starts[first:last] = new_starts
        owners[first:last] = new_owners
    return pairs


def farthest_moves(
    demands: Sequence[Demand],
    order: Sequence[int],
    lines: Mapping[int, int],
    place_of_line: Mapping[int, int],
    loyal: Collection[int],
    edge: int,
    last: int,
) -> dict[int, int]:
    """Return by how much each group moves towards the edge.

    The group `last` moves as far as it can. The others move as far as they can together with the other groups of their
    line, a column or a row; those leave the line that could move much further, or have to for the sake of `last`.

    Args:
        demands: What keeps groups apart; together they bound every group.
        order: All groups by their distance from the edge.
        lines: The line of each group that belongs to one.
        place_of_line: Where each line lies before the movement; lines that would lie nearly side by side afterwards
            share a place if there is room.
        loyal: Groups that stay in their line however far they could move; nothing draws them to the edge.
        edge: The group that does not move.
        last: The group behind all others.

    Postcondition: all demands are met; no group moves away from the edge.

    Example:
        >>> demands = [(0, 1, 10), (0, 2, 30), (1, 3, 100), (2, 3, 5)]
        >>> more = {"order": (0, 1, 2, 3), "lines": {1: 7, 2: 7}, "place_of_line": {7: 90}}
        >>> more |= {"loyal": (), "edge": 0, "last": 3}
        >>> farthest_moves(demands, **more)
        {0: 0, 1: 10, 2: 30, 3: 35}
        >>> farthest_moves([*demands, (0, 3, 12)], **more)
        {0: 0, 1: 10, 2: 10, 3: 12}
    """
    followers: dict[int, list[Follower]] = {group: [] for group in order}
    for first, second, slack in demands:
        followers[first].append((second, slack))
    move = dict.fromkeys(order, FAR)
    move[edge] = 0
    if not _settle(move, followers, order) or FAR in move.values():
        return dict.fromkeys(order, 0)
    needed = dict.fromkeys(order, 0)
    needed[last] = move[last]
    if not _raise(needed, followers, order):
        return dict.fromkeys(order, 0)
    _align(move, needed, followers, order, lines, loyal)
    _settle(move, followers, order)
    _snap(move, followers, lines, place_of_line)
    return move


def _settle(move: dict[int, int], followers: Mapping[int, Sequence[Follower]], order: Sequence[int]) -> bool:
    """Lower moves until all demands are met; say whether that came to an end."""
    for _ in range(MOST_SWEEPS):
        done: set[int] = set()
        is_settled = True
        for group in order:
            own = move[group]
            done.add(group)
            for second, slack in followers[group]:
                if own + slack < move[second]:
                    move[second] = own + slack
                    is_settled = is_settled and second not in done
        if is_settled:
            return True
    return False


def _raise(needed: dict[int, int], followers: Mapping[int, Sequence[Follower]], order: Sequence[int]) -> bool:
    """Raise what each group has to move at least, for others to move as needed; say whether that came to an end."""
    for _ in range(MOST_SWEEPS):
        is_settled = True
        for group in reversed(order):
            least = before = needed[group]
            for second, slack in followers[group]:
                if needed[second] - slack > least:
                    least = needed[second] - slack
            if least > before:
                needed[group] = least
                is_settled = False
        if is_settled:
            return True
    return False


def _align(
    move: dict[int, int],
    needed: Mapping[int, int],
    followers: Mapping[int, Sequence[Follower]],
    order: Sequence[int],
    lines: Mapping[int, int],
    loyal: Collection[int],
) -> None:
    """Lower moves so that the groups of a line move alike, line by line."""
    members: dict[int, list[int]] = {}
    for group in order:
        if group in lines:
            members.setdefault(lines[group], []).append(group)
    for group in order:
        if group in lines:
            waiting: list[int] = members[lines[group]]
            members[lines[group]] = []
            while waiting:
                least = min(move[member] for member in waiting)
                most = least + MOST_HELD_BACK
                for member in waiting:
                    if needed[member] <= least and (move[member] <= most or member in loyal):
                        move[member] = least
                waiting = [member for member in waiting if move[member] > least]
        own = move[group]
        for second, slack in followers[group]:
            if own + slack < move[second]:
                move[second] = own + slack


def _snap(
    move: dict[int, int],
    followers: Mapping[int, Sequence[Follower]],
    lines: Mapping[int, int],
    place_of_line: Mapping[int, int],
) -> None:
    """Let what would lie nearly side by side lie side by side: what lies nearer to the edge goes back a little."""
    together: dict[tuple[int, int], list[int]] = {}
    for group, line in lines.items():
        together.setdefault((place_of_line[line] - move[group], line), []).append(group)
    reached: int | None = None
    for place, line in sorted(together, reverse=True):
        groups = together[place, line]
        step = 0 if reached is None else reached - place
        if 0 < step <= min(NEARLY_PX, *(move[group] for group in groups)) and all(
            move[group] >= step + max((move[second] - slack for second, slack in followers[group]), default=0)
            for group in groups
        ):
            for group in groups:
                move[group] -= step
        else:
            reached = place
