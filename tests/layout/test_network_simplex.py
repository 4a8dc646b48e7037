from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from ankunft_model.layout.network_simplex import RankEdge, improve_ranks

NODES, MOST_LENGTH = 4, 2
pairs = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] < pair[1])
edges = st.lists(
    st.builds(
        lambda pair, length, weight: RankEdge(*pair, length, weight),
        pairs,
        st.integers(0, MOST_LENGTH),
        st.integers(1, 4),
    ),
    max_size=7,
)


def total_length(ranks: list[int], given_edges: list[RankEdge]) -> int:
    return sum(edge.weight * (ranks[edge.head] - ranks[edge.tail]) for edge in given_edges)


def longest_paths(count: int, given_edges: list[RankEdge]) -> list[int]:
    ranks = [0] * count
    for node in range(count):
        ranks[node] = max((ranks[edge.tail] + edge.length for edge in given_edges if edge.head == node), default=0)
    return ranks


@settings(max_examples=60, deadline=None)
@given(edges)
def test_ranks_are_as_short_as_trying_all_ranks_finds(given_edges: list[RankEdge]) -> None:
    ranks = improve_ranks(longest_paths(NODES, given_edges), given_edges)

    assert all(ranks[edge.head] - ranks[edge.tail] >= edge.length for edge in given_edges)
    assert total_length(ranks, given_edges) == min(
        total_length(list(tried), given_edges)
        for tried in product(range((NODES - 1) * MOST_LENGTH + 1), repeat=NODES)
        if all(tried[edge.head] - tried[edge.tail] >= edge.length for edge in given_edges)
    )


def test_parts_that_nothing_joins_keep_the_rank_of_their_first_node() -> None:
    ranks = improve_ranks([3, 4, 7, 9], [RankEdge(0, 1, 1, 1), RankEdge(2, 3, 1, 1)])

    assert ranks == [3, 4, 7, 8]
