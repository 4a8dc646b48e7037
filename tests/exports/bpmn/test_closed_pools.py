"""Closed pools and their messages: no name on another, no message through the name of a pool, each beside its line."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from ankunft_model.exports.bpmn.closed_pools import draw_closed_pools
from ankunft_model.layout.check import check_layout
from ankunft_model.layout.geometry import Bounds, Layout
from ankunft_model.layout.graph import Band, LayoutGraph, Line

NAMES = ("Akte", "Bescheid über die Zuerkennung, Rückfrage und 3 weitere", "", "Meldung des Zuzugs erledigt")


def random_overview(seed: int) -> tuple[list[Band], list[Line]]:
    random = Random(seed)
    pools = [Band(f"p{place}", None, f"Amt {place} {'für alles ' * random.randint(0, 3)}", closed=True)
             for place in range(random.randint(1, 9))]  # fmt: skip
    lines = [
        Line(f"m{place}", random.choice(pools).id, random.choice(pools).id, "message", random.choice(NAMES))
        for place in range(random.randint(0, 20))
    ]
    return pools, lines


def overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def segments(layout: Layout) -> dict[str, Bounds]:
    """The line of each message as a rectangle one pixel wide."""
    found: dict[str, Bounds] = {}
    for id_, (begin, end) in layout.routes.items():
        assert begin.x == end.x
        found[id_] = Bounds(begin.x, min(begin.y, end.y), 1, abs(begin.y - end.y))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_nothing_lies_on_anything_else(seed: int) -> None:
    pools, lines = random_overview(seed)

    layout = draw_closed_pools(pools, lines)

    labels, drawn = layout.line_labels, segments(layout)
    texts = [*labels.values(), *layout.bands.values()]
    assert not any(overlap(one, other) for one, other in combinations(texts, 2))
    assert not any(overlap(label, line) for label in labels.values() for line in drawn.values())
    assert not any(overlap(one, other) for one, other in combinations(drawn.values(), 2))
    assert set(drawn) == {line.id for line in lines if line.source != line.target}
    assert set(layout.undrawable_lines) == {line.id for line in lines if line.source == line.target}
    graph = LayoutGraph(tuple(pools), (), tuple(line for line in lines if line.source != line.target))
    assert check_layout(graph, layout) == ()


@pytest.mark.parametrize("seed", range(60))
def test_a_message_ends_at_its_pools_and_passes_the_middle_of_no_other(seed: int) -> None:
    pools, lines = random_overview(seed)

    layout = draw_closed_pools(pools, lines)

    middle = layout.size.width / 2
    for line in lines:
        if line.id not in layout.routes:
            continue
        begin, end = layout.routes[line.id]
        source, target = layout.bands[line.source], layout.bands[line.target]
        assert begin.y in (source.y, source.y + source.height)
        assert end.y in (target.y, target.y + target.height)
        low, high = sorted((begin.y, end.y))
        passed = [pool for pool in layout.bands.values() if low < pool.y and pool.y + pool.height < high]
        assert not passed or abs(begin.x - middle) > 30


def test_a_name_stands_beside_the_pool_that_sends_it() -> None:
    pools = [Band(id_, None, id_, closed=True) for id_ in ("a", "b", "c")]

    layout = draw_closed_pools(
        pools, [Line("down", "a", "c", "message", "Akte"), Line("up", "c", "a", "message", "Ja")]
    )

    assert layout.line_labels["down"].y < layout.bands["b"].y
    assert layout.line_labels["up"].y > layout.bands["b"].y
