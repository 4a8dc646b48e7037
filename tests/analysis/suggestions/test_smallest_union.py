"""The smallest choice of options, compared with trying all choices."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.analysis.suggestions.smallest_union import smallest_union

PARTS = "abcdef"
COSTS = {part: 1_000 + number for number, part in enumerate(PARTS)}

options = st.frozensets(st.sampled_from(PARTS), max_size=3)
wants_of_any_kind = st.lists(st.lists(options, min_size=1, max_size=4), max_size=6)


def cost(parts: frozenset[str]) -> int:
    return sum(COSTS[part] for part in parts)


def needed(wants: list[list[frozenset[str]]], choice: tuple[int, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(want[option] for want, option in zip(wants, choice, strict=True)))


@given(wants_of_any_kind)
def test_no_choice_is_cheaper(wants: list[list[frozenset[str]]]) -> None:
    found = smallest_union(wants, COSTS)

    least = min(cost(needed(wants, choice)) for choice in product(*(range(len(want)) for want in wants)))
    assert found.is_exact
    assert cost(needed(wants, found.options)) == least


@given(wants_of_any_kind)
def test_beyond_the_limit_a_choice_is_there_and_said_to_be_no_more_than_good(
    wants: list[list[frozenset[str]]],
) -> None:
    found = smallest_union(wants, COSTS, step_limit=0)

    assert len(found.options) == len(wants)
    assert all(option < len(want) for option, want in zip(found.options, wants, strict=True))
    assert not found.is_exact or not wants


def test_many_alike_are_one_question() -> None:
    wants = [[frozenset("ab"), frozenset("c")]] * 500 + [[frozenset("a"), frozenset("c")]] * 500

    found = smallest_union(wants, COSTS)

    assert found.is_exact
    assert set(found.options) == {1}


def test_wants_that_share_nothing_are_chosen_by_themselves() -> None:
    wants = [[frozenset({f"{number}x", f"{number}y"}), frozenset({f"{number}z"})] for number in range(200)]

    found = smallest_union(wants, {part: 1 for want in wants for option in want for part in option})

    assert found == ((1,) * 200, True)


@pytest.mark.parametrize("count", [8, 12, 20])
def test_wants_without_common_parts_bound_the_search(count: int) -> None:
    wants = [[frozenset({place}), frozenset({place + 1})] for place in range(count)]

    found = smallest_union(wants, dict.fromkeys(range(count + 1), 1), step_limit=20)

    assert found.is_exact
    assert len({place + option for place, option in enumerate(found.options)}) == count // 2


def test_beyond_the_limit_a_part_that_serves_many_is_preferred() -> None:
    wants = [[frozenset({f"{place}a"}), frozenset({"all"})] for place in range(6)]
    wants.append([frozenset({"all", "more"}), frozenset({"6a", "6b"})])

    found = smallest_union(wants, {part: 1 for want in wants for option in want for part in option}, step_limit=0)

    assert found.options == (1, 1, 1, 1, 1, 1, 0)


def test_what_is_needed_anyway_costs_nothing_more() -> None:
    wants = [[frozenset({"a"})], [frozenset({"b", "c"}), frozenset({"a", "d"})], [frozenset({"a"}), frozenset()]]

    for limit in (0, 100):
        assert smallest_union(wants, dict.fromkeys("abcd", 1), step_limit=limit).options[1] == 1


def test_the_answer_is_the_same_each_time() -> None:
    wants = [[frozenset("ab"), frozenset("cd")], [frozenset("bc"), frozenset("ad")], [frozenset("ac"), frozenset("bd")]]

    assert len({smallest_union(wants, dict.fromkeys("abcd", 1)) for _ in range(5)}) == 1
