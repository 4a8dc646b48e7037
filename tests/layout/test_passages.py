from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.layout.passages import Piece, crossings_in_order

# places of one piece are even, those of the other odd, so that none of their turns meet
evens = st.lists(st.integers(0, 9).map(lambda place: 2 * place), min_size=2, max_size=2, unique=True).map(sorted)
odds = st.lists(st.integers(0, 9).map(lambda place: 2 * place + 1), min_size=2, max_size=2, unique=True).map(sorted)
sides = st.sampled_from((-1, 0, 1))


@given(evens, odds, sides, sides, sides, sides)
def test_pieces_in_a_street_cross_as_often_as_their_drawings(
    own: list[int], other: list[int], first_low: int, first_high: int, second_low: int, second_high: int
) -> None:
    first = Piece(own[0], own[1], first_low, first_high, frozenset())
    second = Piece(other[0], other[1], second_low, second_high, frozenset())

    assert crossings_in_order(first, second) == drawn_crossings(points_of(first, 1), points_of(second, 2))


@given(evens, st.integers(1, 9), sides, sides, st.sampled_from((-0.1, 0.1)), st.booleans())
def test_pieces_that_begin_at_one_place_on_opposite_sides_cross_in_the_wrong_order(
    own: list[int], length: int, first_high: int, second_high: int, shift: float, from_the_left: bool
) -> None:
    low, side = own[0], -1 if from_the_left else 1
    first = Piece(low, own[1], side, first_high, frozenset())
    second = Piece(low, low + 2 * length - 1, -side, second_high, frozenset())
    drawn = points_of(second, 2)
    moved = [(x, y + shift if y == low else y) for x, y in drawn]

    assert crossings_in_order(first, second) == drawn_crossings(points_of(first, 1), moved)


def points_of(piece: Piece, x: int) -> list[tuple[float, float]]:
    """Return the corners of a piece that runs down at `x` in a street from 0 to 3."""
    begin = [((0, x, 3)[piece.side_at_low + 1], piece.low)]
    end = [((0, x, 3)[piece.side_at_high + 1], piece.high)]
    return [*begin, (x, piece.low), (x, piece.high), *end]


def drawn_crossings(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> int:
    count = 0
    for (a, b), (c, d) in product(pairwise(one), pairwise(other)):
        for (p, q), (r, s) in (((a, b), (c, d)), ((c, d), (a, b))):
            is_across, is_down = p[1] == q[1], r[0] == s[0]
            if is_across and is_down:
                count += min(p[0], q[0]) < r[0] < max(p[0], q[0]) and min(r[1], s[1]) < p[1] < max(r[1], s[1])
    return count
