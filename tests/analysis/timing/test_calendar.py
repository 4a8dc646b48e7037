"""Months end and begin where law says so; bounds hold for every day of the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.analysis.timing.calendar import (
    days_between,
    end_of_month,
    entitlement_gap_bounds,
    first_entitled_day,
    first_of_next_month,
    last_entitled_day,
    last_paid_day,
    payment_gap_bounds,
)
from ankunft_model.model import Benefit

days = st.dates(date(1999, 1, 1), date(2101, 1, 1))


@given(days)
def test_the_end_of_a_month_is_its_last_day(day: date) -> None:
    last = calendar.monthrange(day.year, day.month)[1]

    assert end_of_month(day) == day.replace(day=last)
    assert first_of_next_month(day) == end_of_month(day) + timedelta(days=1)


@given(days, st.integers(-40, 400))
def test_days_between_counts_the_days_that_nobody_covers(last: date, distance: int) -> None:
    first = last + timedelta(days=distance)

    uncovered = [last + timedelta(days=number) for number in range(1, distance)]

    assert days_between(last, first) == len(uncovered)


@pytest.mark.parametrize(
    ("ends", "begins"), [("day", "day"), ("month_end", "month_start"), ("month_end", "day"), ("day", "month_start")]
)
@pytest.mark.parametrize(("least", "most"), [(0, 0), (1, 28), (31, 62), (-5, 3), (90, 120)])
def test_entitlement_bounds_are_the_extremes_over_all_days_and_durations(
    ends: str, begins: str, least: int, most: int
) -> None:
    gaps: list[int] = []
    for number in range(1461):
        lost = date(2023, 1, 1) + timedelta(days=number)
        last = end_of_month(lost) if ends == "month_end" else lost
        for passed in range(least, most + 1):
            granted = lost + timedelta(days=passed)
            gaps.append(days_between(last, granted.replace(day=1) if begins == "month_start" else granted))

    assert entitlement_gap_bounds(ends, begins, least, most) == (min(gaps), max(gaps))


def test_what_has_no_upper_bound_has_none() -> None:
    assert entitlement_gap_bounds("day", "day", 5, None) == (4, None)
    assert payment_gap_bounds("now", 5, None) == (5, None)


@pytest.mark.parametrize(
    ("effective", "last"),
    [("now", date(2025, 3, 11)), ("month_end", date(2025, 3, 31)), ("next_month", date(2025, 3, 31))],
)
def test_a_stop_takes_effect_when_it_says(effective: str, last: date) -> None:
    assert last_paid_day(effective, date(2025, 3, 12)) == last


@pytest.mark.parametrize("effective", ["now", "month_end", "next_month"])
@pytest.mark.parametrize(("least", "most"), [(0, 0), (1, 31), (-5, 3), (60, 90)])
def test_payment_bounds_are_the_extremes_over_all_days_and_durations(effective: str, least: int, most: int) -> None:
    gaps = [
        days_between(last_paid_day(effective, stopped), stopped + timedelta(days=passed))
        for stopped in (date(2023, 1, 1) + timedelta(days=number) for number in range(1461))
        for passed in range(least, most + 1)
    ]

    assert payment_gap_bounds(effective, least, most) == (min(gaps), max(gaps))


@pytest.mark.parametrize(
    ("ends", "begins", "last", "first"),
    [("day", "day", 12, 12), ("month_end", "month_start", 31, 1)],
)
def test_a_benefit_says_from_when_until_when_somebody_is_entitled(
    ends: str, begins: str, last: int, first: int
) -> None:
    benefit = Benefit.model_validate(
        {"id": "geld", "name": "Geld", "regime": "sgb2", "payer": "amt", "covers": ["housing"], "ends": ends,
         "begins": begins}
    )  # fmt: skip

    assert last_entitled_day(benefit, date(2025, 3, 12)) == date(2025, 3, last)
    assert first_entitled_day(benefit, date(2025, 3, 12)) == date(2025, 3, first)
