"""How elements are called in sentences, and lists of them."""

from __future__ import annotations

import pytest

from ankunft_model.analysis.naming import MAX_LISTED, Names, listed
from ankunft_model.wording import Wording

from .rules.cases import case

MODEL = case(
    "first: {name: Prüfen, actor: sozialamt, next: ende}",
    more="cohorts:\n  c: {name: F, members: {kind: {name: Kind, role: child}, mutter: {name: Mutter, role: parent}}}\n",
)


@pytest.mark.parametrize(
    ("count", "german"),
    [
        (0, "nichts"),
        (1, "A"),
        (2, "A und B"),
        (3, "A, B und C"),
        (MAX_LISTED, "A, B, C, D, E und F"),
        (MAX_LISTED + 1, "A, B, C, D, E, F und G"),
        (MAX_LISTED + 2, "A, B, C, D, E, F und 2 weitere"),
        (MAX_LISTED + 4, "A, B, C, D, E, F und 4 weitere"),
    ],
)
def test_a_list_is_written_out_and_what_is_too_much_is_counted(count: int, german: str) -> None:
    found = listed([Wording(letter, letter) for letter in "ABCDEFGHIJ"[:count]])

    assert found.de == german
    assert found.en == german.replace("nichts", "nothing").replace(" und ", " and ").replace("weitere", "more")


@pytest.mark.parametrize(
    ("ids", "german"),
    [
        (["name", "bank"], "„Stammdaten“"),
        (["bank", "health", "name"], "„Stammdaten“ und „Befund“"),
        (["health", "name"], "„Befund“ und „Familienname“"),
        (["name", "name"], "„Familienname“"),
        ([], "nichts"),
    ],
)
def test_a_group_is_named_instead_of_all_its_items(ids: list[str], german: str) -> None:
    assert Names(MODEL).items(ids).de == german


def test_the_largest_group_that_is_there_as_a_whole_is_named() -> None:
    data = [*MODEL.data.values()]
    larger = data[3].changed(id="all", name="Alles", contains=["name", "bank", "health"])
    names = Names(MODEL.changed(data=[*data, larger]))

    assert names.items(["name", "bank", "health"]).de == "„Alles“"
    assert names.items(["name", "bank"]).de == "„Stammdaten“"


def test_who_is_not_named_and_whom_a_datum_is_about_is_said() -> None:
    names = Names(MODEL)

    assert names.actor(None).de == "eine nicht benannte Stelle"
    assert names.actor("sozialamt").de == "Sozialamt"
    assert names.about("") == Wording("", "")
    assert names.about("mutter").de == " (Mutter)"
    assert names.item_about("name", "kind").de == "„Familienname“ (Kind)"
