from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ankunft_model.layout.dock_order import Way, crossings_beside
from ankunft_model.layout.graph import Band, Box, LayoutGraph, Line
from ankunft_model.layout.occupancy import ROOMY_PX
from ankunft_model.layout.pipeline import lay_out

from .crossings import count_crossings

Drawing = list[tuple[float, float]]


@st.composite
def ways(draw: st.DrawFn, dx: int) -> Way:
    """Return how a line may go on from a place on the lower side of a box; streets have odd depths, boxes even ones."""
    if draw(st.booleans()):
        return Way(dx, 2 * draw(st.integers(1, 3)), 0, 0, 0)
    turn = draw(st.sampled_from((-1, 1)))
    far = turn * 2 * draw(st.integers(2, 5))
    return Way(dx, 2 * draw(st.integers(0, 2)) + 1, turn, far, draw(st.sampled_from((-1, 1))))


@given(ways(-1), ways(1))
def test_lines_from_one_side_cross_as_often_as_the_better_of_their_drawings(left: Way, right: Way) -> None:
    assume(not left.turn or left.far != right.far)  # what goes on in one street is a matter of tracks there

    drawings = [drawn_crossings(points_of(left, shift), points_of(right, -shift)) for shift in (-0.1, 0.1)]

    assert crossings_beside(left, right) == min(drawings)


def points_of(way: Way, shift: float) -> Drawing:
    """Return the corners of a line as far as it is known, its track in a street moved a little."""
    depth = way.depth + (shift if way.turn else 0)
    turned = [(way.far, depth), (way.far, depth + 0.4 * way.onward)] if way.turn else []
    return [(way.dx, 0), (way.dx, depth), *turned]


def drawn_crossings(one: Drawing, other: Drawing) -> int:
    count = 0
    for (a, b), (c, d) in product(pairwise(one), pairwise(other)):
        for (p, q), (r, s) in (((a, b), (c, d)), ((c, d), (a, b))):
            if p[1] == q[1] and r[0] == s[0]:
                count += min(p[0], q[0]) < r[0] < max(p[0], q[0]) and min(r[1], s[1]) < p[1] < max(r[1], s[1])
    return count


def test_question_and_answer_run_straight_beside_each_other_with_room_for_both_arrows() -> None:
    graph = LayoutGraph(
        bands=(Band("office"), Band("person")),
        boxes=(Box("asks", "office"), Box("answers", "person")),
        lines=(Line("question", "asks", "answers", "message"), Line("answer", "answers", "asks", "message")),
    )

    question, answer = lay_out(graph).routes.values()

    assert len(question) == len(answer) == 2
    assert abs(question[0].x - answer[0].x) >= ROOMY_PX


@pytest.mark.parametrize("answered", list(combinations("abcde", 3)))
def test_messages_from_one_task_to_several_others_do_not_cross(answered: tuple[str, ...]) -> None:
    # below the task that writes, which stands over the third of five tasks, others are written to in any order
    upper, lower = [f"before{number}" for number in range(2)] + ["writes"], "abcde"
    graph = LayoutGraph(
        bands=(Band("office", name="Amt"), Band("person", name="Person")),
        boxes=(*(Box(name, "office") for name in upper), *(Box(name, "person") for name in lower)),
        lines=(
            *(Line(f"{one}-{other}", one, other) for names in (upper, lower) for one, other in pairwise(names)),
            *(Line(f"to {name}", "writes", name, "message") for name in reversed(answered)),
        ),
    )

    assert count_crossings(lay_out(graph)) == 0
