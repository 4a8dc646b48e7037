"""How lengths of time, days and what is not counted are said in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from ankunft_model.analysis.naming import Names
from ankunft_model.analysis.time_wording import (
    day_of,
    days,
    days_between,
    length,
    not_counted,
    questions_about_time,
)
from ankunft_model.wording import Wording

from .rules.cases import case

HOUR = 3_600
DAY = 24 * HOUR
MODEL = case("first: {name: Prüfen, actor: sozialamt, next: then}\nthen: {name: Melden, actor: jobcenter, next: ende}")


@pytest.mark.parametrize(
    ("seconds", "german", "english"),
    [
        (0, "0 Tage", "0 days"),
        (59, "0 Min.", "0 min"),
        (60, "1 Min.", "1 min"),
        (HOUR - 1, "59 Min.", "59 min"),
        (HOUR, "1 Stunde", "1 hour"),
        (HOUR + HOUR // 2 - 1, "1 Stunde", "1 hour"),
        (HOUR + HOUR // 2, "1,5 Stunden", "1.5 hours"),
        (DAY - 1, "23,5 Stunden", "23.5 hours"),
        (DAY, "1 Tag", "1 day"),
        (DAY + DAY // 2, "1,5 Tage", "1.5 days"),
        (2 * DAY, "2 Tage", "2 days"),
    ],
)
def test_a_length_is_said_in_the_unit_that_fits_rounded_down_to_halves(seconds: int, german: str, english: str) -> None:
    assert length(seconds) == Wording(de=german, en=english)


@pytest.mark.parametrize(
    ("least", "most", "german", "english"),
    [
        (3, 14, "3 bis 14 Tage", "3 to 14 days"),
        (0, 1, "0 bis 1 Tag", "0 to 1 day"),
        (1, 1, "1 Tag", "1 day"),
        (1, None, "mindestens 1 Tag", "at least 1 day"),
        (5, 5, "5 Tage", "5 days"),
    ],
)
def test_bounds_are_said_once_where_they_are_the_same(least: int, most: int | None, german: str, english: str) -> None:
    assert days_between(least, most) == Wording(de=german, en=english)


def test_days_are_counted_and_dates_written_as_each_language_does() -> None:
    assert days(1) == Wording(de="1 Tag", en="1 day")
    assert days(0) == Wording(de="0 Tage", en="0 days")
    assert day_of(date(2025, 12, 3)) == Wording(de="3.12.2025", en="2025-12-03")


@pytest.mark.parametrize(
    ("field", "german"),
    [
        ("wait.likely", "Wie lange dauert „Prüfen“ üblicherweise?"),
        ("repeats", "Wie lange dauert „Prüfen“ üblicherweise?"),
        ("trigger", "Nach welcher Zeit tritt „Prüfen“ ein?"),
        ("at", "Nach welcher Zeit tritt „Prüfen“ ein?"),
        ("wait.max", "Wie lange dauert „Prüfen“, mindestens und höchstens?"),
        ("duration", "Wie lange dauert „Prüfen“, mindestens und höchstens?"),
    ],
)
def test_each_open_field_has_its_question_and_place(field: str, german: str) -> None:
    (fact,) = questions_about_time(MODEL, Names(MODEL), [("first", field)])

    assert (fact.path, fact.question.de) == (f"processes.p.nodes.first.{field}", german)


def test_what_is_not_counted_is_named_if_there_is_anything() -> None:
    names = Names(MODEL)

    assert not_counted(names, []) == Wording("", "")
    assert not_counted(names, ["first", "then"]).de.endswith("nicht angegeben ist: „Prüfen“ und „Melden“.")
