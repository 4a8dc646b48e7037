from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.layout.track_order import order_bundles
from ankunft_model.layout.tracks import Bundle, StreetPiece, Turn, acyclic_bundles, constraints


def piece(line: int, first: Turn, last: Turn) -> StreetPiece:
    return StreetPiece(line, 1, first, last, (), (2 * line, 2 * line + 1))


def test_two_lines_that_change_places_cannot_both_keep_their_track() -> None:
    # one comes from the left in row 0 and leaves to the right in row 1, the other the other way round
    down = piece(0, Turn(1, -1, 0), Turn(3, 1, 1))
    up = piece(1, Turn(3, -1, 1), Turn(1, 1, 0))

    culprit = acyclic_bundles([down, up])

    assert culprit in (down, up)


def test_the_line_from_the_left_turns_off_before_the_line_to_the_right_in_the_same_row() -> None:
    arriving = piece(0, Turn(1, -1, 0), Turn(5, 1, 2))
    leaving = piece(1, Turn(3, -1, 1), Turn(1, 1, 0))
    bundles = [Bundle([leaving]), Bundle([arriving])]

    tracks = order_bundles(bundles, constraints(bundles))

    assert tracks[1] < tracks[0]


def test_nested_lines_do_not_cross() -> None:
    outer = piece(0, Turn(1, -1, 0), Turn(9, -1, 4))
    inner = piece(1, Turn(3, -1, 1), Turn(7, -1, 3))

    tracks = order_bundles([Bundle([outer]), Bundle([inner])], [])

    assert tracks == [1, 0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_bundles_with_a_common_place_have_different_tracks(spans: list[tuple[int, int]]) -> None:
    bundles = [
        Bundle([piece(line, Turn(2 * min(span), -1), Turn(2 * max(span), 1))]) for line, span in enumerate(spans)
    ]

    tracks = order_bundles(bundles, [])

    for one in range(len(bundles)):
        for other in range(one):
            if bundles[one].low <= bundles[other].high and bundles[other].low <= bundles[one].high:
                assert tracks[one] != tracks[other]
