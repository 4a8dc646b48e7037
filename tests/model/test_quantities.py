"""Durations, dates, numbers, flags: one notation each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ankunft_model.model.quantities import Count, Date, Duration, DurationRange, Flag, Number, Share

AMOUNTS = st.integers(0, 999)
DURATIONS = st.builds(
    Duration,
    years=st.integers(0, 30),
    months=st.integers(0, 40),
    weeks=AMOUNTS,
    days=AMOUNTS,
    hours=AMOUNTS,
    minutes=AMOUNTS,
    seconds=st.decimals(0, 999, places=2),
)
RANGE = TypeAdapter(DurationRange)


def later(day: date, months: int) -> date:
    """Return the same day of a later month, the last one if that month is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    for shorter in range(4):
        try:
            return date(whole // 12, whole % 12 + 1, day.day - shorter)
        except ValueError:
            continue
    raise AssertionError(day)


@given(DURATIONS)
def test_a_duration_survives_writing_and_reading(duration: Duration) -> None:
    again = Duration.parse(str(duration))

    assert (again.min_seconds, again.max_seconds) == (duration.min_seconds, duration.max_seconds)
    assert str(again) == str(duration)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 100))
def test_bounds_of_months_hold_on_every_first_of_a_month(day: date, months: int) -> None:
    first = day.replace(day=1)
    length = later(first, months) - first
    duration = Duration(months=months)

    assert timedelta(seconds=duration.min_seconds) <= length <= timedelta(seconds=duration.max_seconds)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "14", "P-1D", "-P1D", "P1.5D", "P1H", "PT1D", "p1d", "P1D ", "P1DT", "P9999999D", "P1S"]
)
def test_other_notations_are_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        Duration.parse(text)


def test_what_was_written_is_kept() -> None:
    assert Duration.parse("P2W") != Duration.parse("P14D")
    assert str(Duration.parse("P2W")) == "P2W"
    assert Duration.parse("PT1.5S").seconds == Decimal("1.5")


def test_one_value_means_all_three_bounds() -> None:
    assert RANGE.validate_python("P3D") == DurationRange.exactly("P3D")
    assert RANGE.validate_python({"min": "P3D", "max": "unknown"}) == DurationRange(min=Duration(days=3))


@pytest.mark.parametrize(
    "value",
    [{"min": "P3D", "max": "P2D"}, {"likely": "P1M", "max": "P30D"}, {"mn": "P1D"}, 5, None, ["P1D"], {"min": "3"}],
)
def test_bounds_out_of_order_and_other_forms_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        RANGE.validate_python(value)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (Flag, "ja"),
        (Flag, 1),
        (Flag, "yes"),
        (Date, "2025-6-1"),
        (Date, "2025-02-30"),
        (Date, "01.06.2025"),
        (Date, 20250601),
        (Count, -1),
        (Count, "1.5"),
        (Count, True),
        (Number, "1e5"),
        (Number, 1e300),
        (Number, "١"),
        (Share, 1.01),
        (Share, "-0.1"),
        (Share, float("nan")),
    ],
)
def test_values_of_another_form_are_refused(annotation: object, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(annotation).validate_python(value)


@pytest.mark.parametrize(
    ("annotation", "value", "meant"),
    [(Flag, "true", True), (Flag, False, False), (Date, "2025-06-01", date(2025, 6, 1)), (Count, "12", 12),
     (Share, "0.8", 0.8), (Number, 3, 3.0)],
)  # fmt: skip
def test_texts_of_files_become_values(annotation: object, value: object, meant: object) -> None:
    assert TypeAdapter(annotation).validate_python(value) == meant
