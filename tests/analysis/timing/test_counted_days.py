"""Deadlines in days of every kind, against a calendar counted by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankunft_model.analysis.timing.counted_days import allowed_time, last_day
from ankunft_model.model import Deadline
from ankunft_model.registries import public_holidays

DAY = 86_400


@pytest.mark.parametrize(
    ("within", "days", "event", "last"),
    [
        ("P14D", "calendar", "2025-03-01", "2025-03-15"),
        ("P2W", "calendar", "2025-12-24", "2026-01-07"),
        ("P1M", "calendar", "2025-01-31", "2025-02-28"),
        ("P1M", "calendar", "2025-12-31", "2026-01-31"),
        ("P11M", "calendar", "2025-01-15", "2025-12-15"),
        ("P20M", "calendar", "2025-05-15", "2027-01-15"),
        ("P1Y", "calendar", "2024-02-29", "2025-02-28"),
        ("P7D", "werktage", "2025-03-01", "2025-03-10"),
        ("P3D", "working", "2025-04-17", "2025-04-24"),
        ("P2D", "werktage", "2025-06-18", "2025-06-21"),
    ],
)
def test_the_last_day_is_that_of_the_calendar(within: str, days: str, event: str, last: str) -> None:
    deadline = Deadline.model_validate({"within": within, "after": "a", "days": days})

    assert last_day(deadline, date.fromisoformat(event), "NW").isoformat() == last


@given(st.integers(0, 20), st.sampled_from(["werktage", "working"]), st.dates(date(2024, 1, 1), date(2027, 11, 1)))
def test_every_last_day_lies_within_the_bounds(count: int, days: str, event: date) -> None:
    deadline = Deadline.model_validate({"within": f"P{count}D", "after": "a", "days": days})
    allowed = allowed_time(deadline, "BY")

    span = (last_day(deadline, event, "BY") - event).days

    assert allowed.least < (span + 1) * DAY <= allowed.most + 1
    counted = [date.fromordinal(event.toordinal() + number) for number in range(1, span + 1)]
    kept = [d for d in counted if d.weekday() < (6 if days == "werktage" else 5)]
    assert len([d for d in kept if d not in public_holidays(d.year, "BY")]) == count


def test_an_unknown_land_never_makes_a_deadline_shorter() -> None:
    deadline = Deadline.model_validate({"within": "P5D", "after": "a", "days": "working"})

    assert allowed_time(deadline, None).most >= max(allowed_time(deadline, land).most for land in ("NW", "BY", "SN"))


@pytest.mark.parametrize(
    ("within", "least", "most"),
    [
        ("PT2H", 7_200, 7_200),
        ("PT30M", 1_800, 1_800),
        ("P1D", 2 * DAY - 1, 2 * DAY - 1),
        ("P1W", 8 * DAY - 1, 8 * DAY - 1),
        ("P1M", 29 * DAY - 1, 32 * DAY - 1),
        ("P1Y", 366 * DAY - 1, 367 * DAY - 1),
    ],
)
def test_a_deadline_in_days_lasts_to_the_end_of_its_last_day_and_one_in_hours_does_not(
    within: str, least: int, most: int
) -> None:
    allowed = allowed_time(Deadline.model_validate({"within": within, "after": "a"}), None)

    assert (allowed.least, allowed.most) == (least, most)


@pytest.mark.parametrize(
    ("within", "days", "last"),
    [
        ("PT23H", "calendar", "2025-03-01"),
        ("PT24H", "calendar", "2025-03-02"),
        ("PT1440M", "calendar", "2025-03-02"),
        ("P1M2W3D", "calendar", "2025-04-18"),
        ("P1W", "working", "2025-03-11"),
        ("P1W1D", "werktage", "2025-03-11"),
        ("P0D", "working", "2025-03-01"),
    ],
)
def test_weeks_days_and_hours_add_up_from_the_day_of_the_event(within: str, days: str, last: str) -> None:
    deadline = Deadline.model_validate({"within": within, "after": "a", "days": days})

    assert last_day(deadline, date(2025, 3, 1), "NW").isoformat() == last


def test_without_a_land_the_holidays_of_all_are_counted() -> None:
    deadline = Deadline.model_validate({"within": "P1D", "after": "a", "days": "working"})

    assert last_day(deadline, date(2025, 6, 18), "BE").isoformat() == "2025-06-19"
    assert last_day(deadline, date(2025, 6, 18), "NW").isoformat() == "2025-06-20"
    assert last_day(deadline, date(2025, 6, 18), None).isoformat() == "2025-06-20"
