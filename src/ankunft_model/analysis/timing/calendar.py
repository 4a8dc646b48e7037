"""Days of entitlement and payment: months end and begin where law says so."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from ankunft_model.model import Benefit

_DAY = timedelta(days=1)
_CYCLE = tuple(date(2024, 1, 1) + timedelta(days=number) for number in range(1461))
"""All days of a four-year cycle; gaps are looked for from each of them."""


def first_of_month(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`.

    Example:
        >>> end_of_month(date(2024, 2, 3)).isoformat()
        '2024-02-29'
    """
    return first_of_next_month(day) - _DAY


def first_of_next_month(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return first_of_month(first_of_month(day) + timedelta(days=31))


def last_entitled_day(benefit: Benefit, lost_on: date) -> date:
    """Return the last day of entitlement if what it needs ceases on `lost_on`."""
    return end_of_month(lost_on) if benefit.ends == "month_end" else lost_on


def first_entitled_day(benefit: Benefit, granted_for: date) -> date:
    """Return the first day of entitlement if it arises on `granted_for`, such as the day of application."""
    return first_of_month(granted_for) if benefit.begins == "month_start" else granted_for


def days_between(last_covered: date, first_covered: date) -> int:
    """Return the number of days that lie between two covered days, 0 if they adjoin or overlap.

    Example:
        >>> days_between(date(2025, 3, 31), date(2025, 5, 1))
        30
    """
    return max(0, (first_covered - last_covered).days - 1)


@cache
def entitlement_gap_bounds(ends: str, begins: str, least_days: int, most_days: int | None) -> tuple[int, int | None]:
    """Return the least and greatest number of days without entitlement, over all days of the calendar.

    Args:
        ends: How the old benefit ends, `day` or `month_end`.
        begins: How the new one begins, `day` or `month_start`.
        least_days: At least so many days lie between losing the old and being granted the new one; may be negative.
        most_days: At most so many; None: unbounded.
    """

    def gap(lost_on: date, days: int) -> int:
        last = end_of_month(lost_on) if ends == "month_end" else lost_on
        granted = lost_on + timedelta(days=days)
        first = first_of_month(granted) if begins == "month_start" else granted
        return days_between(last, first)

    least = min(gap(day, least_days) for day in _CYCLE)
    return least, None if most_days is None else max(gap(day, most_days) for day in _CYCLE)


@cache
def payment_gap_bounds(effective: str, least_days: int, most_days: int | None) -> tuple[int, int | None]:
    """Return the least and greatest number of days without payment, over all days of the calendar.

    Args:
        effective: When stopping takes effect: `now`, `month_end` or `next_month`.
        least_days: At least so many days lie between stopping the old and starting the new payment.
        most_days: At most so many; None: unbounded.
    """

    def gap(stopped_on: date, days: int) -> int:
        return days_between(last_paid_day(effective, stopped_on), stopped_on + timedelta(days=days))

    least = min(gap(day, least_days) for day in _CYCLE)
    return least, None if most_days is None else max(gap(day, most_days) for day in _CYCLE)


def last_paid_day(effective: str, stopped_on: date) -> date:
    """Return the last day that is paid if payment is stopped on `stopped_on` with this effect.

    `now` pays up to the day before; `month_end` up to the end of the month; `next_month` through the next month's
    first day's eve, which is the same day.
    """
    return end_of_month(stopped_on) if effective in ("month_end", "next_month") else stopped_on - _DAY
