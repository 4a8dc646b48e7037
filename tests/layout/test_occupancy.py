from __future__ import annotations

from ankunft_model.layout.graph import Box, LayoutGraph, Line
from ankunft_model.layout.occupancy import Occupancy
from ankunft_model.layout.scopes import BOTTOM

from .phases import gridded

GRAPH = LayoutGraph(
    boxes=tuple(map(Box, "abcd")),
    lines=(Line("ab", "a", "b"), Line("bc", "b", "c"), Line("ac", "a", "c"), Line("cd", "c", "d")),
)


def test_a_cell_with_a_box_lets_no_line_pass() -> None:
    occupancy = Occupancy(gridded(GRAPH))

    assert not occupancy.is_free_across(2, 0, 1, 1)
    assert not occupancy.is_free_down(2, 1, 0, 0, 0)
    assert occupancy.is_free_across(2, 0, 1, 0)


def test_lines_share_a_place_only_with_one_common_end_and_release_gives_it_back() -> None:
    occupancy = Occupancy(gridded(GRAPH))
    occupancy.claim_slot(0, 0, BOTTOM, 0)

    assert occupancy.may_use_slot(2, 0, BOTTOM, 0)  # also from a
    assert not occupancy.may_use_slot(3, 0, BOTTOM, 0)
    assert occupancy.may_use_slot(3, 0, BOTTOM, 10)
    assert occupancy.users_of_slot(0, BOTTOM, 0) == 1

    occupancy.release_slot(0, 0, BOTTOM, 0)

    assert occupancy.may_use_slot(3, 0, BOTTOM, 0)
