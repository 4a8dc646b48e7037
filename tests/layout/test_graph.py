from __future__ import annotations

import pytest

from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' is used twice"):
        LayoutGraph(boxes=(Box("a"),), lines=(Line("a", "a", "a"),))


def test_bands_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="lies in itself"):
        LayoutGraph(bands=(Band("a", "b"), Band("b", "a")))


def test_containers_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="lies in itself"):
        LayoutGraph(boxes=(Box("a", kind="container", parent="b"), Box("b", kind="container", parent="a")))


@pytest.mark.parametrize(
    ("box", "message"),
    [
        (Box("b", band="x"), "unknown band 'x'"),
        (Box("b", parent="a"), "no container"),
        (Box("b", host="a"), "cannot sit"),
        (Box("b", kind="event", host="x"), "cannot sit"),
    ],
)
def test_references_to_the_wrong_thing_are_refused(box: Box, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LayoutGraph(boxes=(Box("a"), box))


def test_a_line_to_nowhere_is_accepted() -> None:
    assert LayoutGraph(boxes=(Box("a"),), lines=(Line("l", "a", "nowhere"),)).lines[0].target == "nowhere"
