"""Ids: what they look like, how they are made from names, which one was meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from ankunft_model.model.identifiers import MAX_ID_LENGTH, RESERVED_WORDS, check_id, id_from_text, nearest


@given(st.text(max_size=200), st.sets(st.text("ab_12", max_size=4)))
def test_an_id_made_from_any_text_is_well_formed_and_not_taken(text: str, taken: set[str]) -> None:
    made = id_from_text(text, taken)

    assert check_id(made) == made
    assert made not in taken


@given(st.from_regex(r"[a-z][a-z0-9]{0,20}", fullmatch=True).filter(lambda id_: id_ not in RESERVED_WORDS))
def test_an_id_is_made_from_itself(id_: str) -> None:
    assert id_from_text(id_) == id_


@given(st.text(max_size=100))
def test_only_what_matches_the_pattern_is_an_id(text: str) -> None:
    fits = bool(re.fullmatch(r"[a-z][a-z0-9_]*", text)) and len(text) <= MAX_ID_LENGTH and text not in RESERVED_WORDS
    try:
        accepted = check_id(text) == text
    except PydanticCustomError:
        accepted = False

    assert accepted == fits


def test_numbers_tell_equal_names_apart() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(id_from_text("Prüfen", taken))

    assert taken == {"pruefen", "pruefen_2", "pruefen_3"}


def distance(first: str, second: str) -> int:
    """Return the optimal string alignment distance, straight from its definition."""
    if not first or not second:
        return len(first) + len(second)
    found = min(
        distance(first[1:], second) + 1,
        distance(first, second[1:]) + 1,
        distance(first[1:], second[1:]) + (first[0] != second[0]),
    )
    if len(first) > 1 and len(second) > 1 and first[0] == second[1] and first[1] == second[0]:
        found = min(found, distance(first[2:], second[2:]) + 1)
    return found


@given(st.text("ab", min_size=1, max_size=5), st.lists(st.text("ab", min_size=1, max_size=5), max_size=4))
def test_the_nearest_word_has_the_least_distance(word: str, candidates: list[str]) -> None:
    found = nearest(word, candidates)

    others = [each for each in candidates if len(word) >= 3 and each.startswith(word) and each != word]
    if found is not None and not others:
        assert distance(word, found) == min(distance(word, each) for each in candidates)
    if word in candidates:
        assert found == word


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("jobcentre", ["sozialamt", "jobcenter"], "jobcenter"),
        ("durat", ["name", "duration"], "duration"),
        ("nmae", ["name", "kind"], "name"),
        ("xyz", ["name", "kind"], None),
        ("a", [], None),
    ],
)
def test_typing_errors_lead_to_what_was_meant(word: str, candidates: list[str], meant: str | None) -> None:
    assert nearest(word, candidates) == meant


def test_very_many_candidates_are_not_all_compared() -> None:
    looked_at = 0

    def candidates():  # type: ignore[no-untyped-def]
        nonlocal looked_at
        for number in range(1_000_000):
            looked_at += 1
            yield f"x{number:062d}"

    nearest("y" * 63, candidates())

    assert looked_at < 10_000
