from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.layout.tightening import FAR, MOST_HELD_BACK, Demand, Item, facing_pairs, farthest_moves

AREAS = st.tuples(st.integers(0, 300), st.integers(1, 60), st.integers(0, 200), st.integers(1, 60))
"""Low end, extent, start and breadth of a rectangle."""


@st.composite
def apart(draw: st.DrawFn) -> list[Item]:
    """Return a wall and rectangles behind it that do not overlap, each a group of its own."""
    items = [Item(0, 0, -FAR, FAR, 0, 0)]
    for low, extent, start, breadth in draw(st.lists(AREAS, max_size=14)):
        new = Item(low, low + extent, start, start + breadth, 0, len(items))
        if not any(faces(new, other) and new.low < other.high and other.low < new.high for other in items[1:]):
            items.append(new)
    return items


def faces(one: Item, other: Item) -> bool:
    return one.start < other.stop and other.start < one.stop


def demands_of(items: list[Item], distance: int) -> list[Demand]:
    end = len(items)
    demands = [(item.group, end, 400 - item.high) for item in items]
    for one, two in facing_pairs(items):
        room = items[two].low - items[one].high
        demands.append((items[one].group, items[two].group, max(0, room - distance)))
    return demands


def order_of(items: list[Item]) -> list[int]:
    return [item.group for item in sorted(items, key=lambda item: (item.low, item.group))] + [len(items)]


@given(apart())
def test_what_sees_each_other_is_what_faces_with_nothing_between_over_the_whole_breadth(items: list[Item]) -> None:
    pairs = set(facing_pairs(items))

    for two, behind in enumerate(items):
        for one, before in enumerate(items):
            if before.high > behind.low or before.group == behind.group or not faces(before, behind):
                assert (one, two) not in pairs
                continue
            strips = range(max(before.start, behind.start, 0), min(before.stop, behind.stop, 300))
            between = [item for item in items if before.high <= item.low and item.high <= behind.low and item != before]
            is_seen = any(not any(item.start <= strip < item.stop for item in between) for strip in strips)
            assert ((one, two) in pairs) == is_seen


@given(apart(), st.integers(0, 20), st.dictionaries(st.integers(1, 14), st.integers(0, 3)))
def test_nothing_touches_afterwards_and_the_end_comes_as_near_as_it_can(
    items: list[Item], distance: int, wished_lines: dict[int, int]
) -> None:
    end = len(items)
    demands = demands_of(items, distance)
    lines = {group: line for group, line in wished_lines.items() if group < end}

    move = farthest_moves(demands, order_of(items), lines, dict.fromkeys(range(15), 0), (), 0, end)

    moved = [item._replace(low=item.low - move[item.group], high=item.high - move[item.group]) for item in items]
    assert move[0] == 0
    assert all(value >= 0 for value in move.values())
    assert all(move[second] <= move[first] + slack for first, second, slack in demands)
    for place, one in enumerate(moved):
        for other in moved[:place]:
            assert not faces(one, other) or one.low >= other.high or other.low >= one.high
    assert move[end] == plainly_farthest(demands, end)


def plainly_farthest(demands: list[Demand], last: int) -> int:
    """Return the length of the shortest way from group 0 to `last`, by trying all demands again and again."""
    most = {0: 0}
    for _ in range(last + 1):
        for first, second, slack in demands:
            if first in most:
                most[second] = min(most.get(second, FAR), most[first] + slack)
    return most[last]


@given(apart())
def test_the_groups_of_a_line_move_alike_unless_one_could_move_much_further(items: list[Item]) -> None:
    end = len(items)
    loose = [(item.group, end, 10_000) for item in items]
    walls = [(0, item.group, item.low) for item in items[1:]]
    lowest = min((item.low for item in items[1:]), default=0)
    lines = {item.group: 0 for item in items[1:]}

    move = farthest_moves([*walls, *loose], order_of(items), lines, dict.fromkeys(range(15), 0), (), 0, end)

    near = {move[item.group] for item in items[1:] if item.low <= lowest + MOST_HELD_BACK}
    assert near <= {lowest}
    assert all(item.low - move[item.group] <= MOST_HELD_BACK for item in items)
