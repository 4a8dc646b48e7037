from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given, settings

from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.row_search import MOST_CHAINS_ALL_AGAIN, cost_of_rows, improve_rows

from .layout_graphs import layout_graphs
from .phases import chained, gridded


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_each_band_keeps_its_chains_and_no_two_in_a_row_overlap(graph: LayoutGraph) -> None:
    given_chains = chained(graph)
    column = given_chains.columned.column
    rows: dict[str | None, list[list[int]]] = {}
    for place, chain in enumerate(given_chains.chains):
        rows.setdefault(chain.band, []).append([place])

    improved = improve_rows(given_chains, rows)

    for band, members in rows.items():
        assert sorted(chain for row in improved[band] for chain in row) == sorted(
            chain for row in members for chain in row
        )
        assert all(improved[band])
        for row in improved[band]:
            spans = [
                (column[given_chains.chains[chain].boxes[0]], column[given_chains.chains[chain].boxes[-1]])
                for chain in row
            ]
            assert all(one[1] < other[0] or other[1] < one[0] for one, other in combinations(spans, 2))


@settings(max_examples=40, deadline=None)
@given(layout_graphs())
def test_the_search_over_few_chains_never_ends_dearer_than_it_began(graph: LayoutGraph) -> None:
    given_chains = chained(graph)
    rows: dict[str | None, list[list[int]]] = {}
    for place, chain in enumerate(given_chains.chains):
        rows.setdefault(chain.band, []).append([place])
    assume(len(given_chains.chains) <= MOST_CHAINS_ALL_AGAIN)

    improved = improve_rows(given_chains, rows)

    assert cost_of_rows(given_chains, improved) <= cost_of_rows(given_chains, rows)


def test_branches_between_two_crossing_ways_change_places() -> None:
    # two splits one after the other on the main way; the branch of the first spans that of the second
    names = ("start", "first", "second", "a", "b", "c", "far", "near")
    kinds = {"first": "gateway", "second": "gateway", "c": "gateway", "b": "gateway"}
    graph = LayoutGraph(
        boxes=tuple(Box(name, kind=kinds.get(name, "activity")) for name in names),  # type: ignore[arg-type]
        lines=tuple(
            Line(f"{a} {b}", a, b, is_default=b in ("second", "a"))
            for a, b in (
                ("start", "first"),
                ("first", "second"),
                ("second", "a"),
                ("a", "b"),
                ("b", "c"),
                ("first", "far"),
                ("far", "c"),
                ("second", "near"),
                ("near", "b"),
            )
        ),
    )

    row = dict(zip(names, gridded(graph).row, strict=True))

    main, far, near = row["second"], row["far"], row["near"]
    assert (far - main) * (near - main) < 0 or abs(far - main) > abs(near - main)
