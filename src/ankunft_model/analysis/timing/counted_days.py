"""How deadlines are counted: calendar days, Werktage and working days, and the last day of a deadline.

The day of the event does not count, and the deadline ends with its last day (BGB §§ 187 Abs. 1, 188 Abs. 1 und 2).
That a last day on a weekend or holiday moves to the next working day (BGB § 193) is not taken into account.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from ankunft_model.model import Deadline
from ankunft_model.model.quantities import SECONDS_PER_DAY
from ankunft_model.registries import LANDS, public_holidays

_DAY: Final = timedelta(days=1)
_LAST_WEEKDAY: Final = {"werktage": 5, "working": 4}
"""Last day of the week that counts; Monday is 0."""

_CYCLE: Final = tuple(date(2024, 1, 1) + number * _DAY for number in range(366 + 3 * 365))
"""Days from which working days are counted to find the shortest and the longest span."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Seconds that a deadline leaves, over all days on which it may begin: at least, and at most."""

    least: int
    most: int


def allowed_time(deadline: Deadline, land: str | None) -> Allowed:
    """Return how much time a deadline leaves.

    A deadline in days ends with a day: what is done on the last day is in time, at whatever hour the event was. So a
    deadline of 14 days leaves less than 15 times 24 hours.

    Args:
        deadline: The deadline.
        land: The Land whose holidays count, or None if it is unknown.
    """
    within = deadline.within
    if deadline.days != "calendar":
        shortest, longest = _spans(within.weeks * 7 + within.days, deadline.days, land)
        return Allowed((shortest + 1) * SECONDS_PER_DAY - 1, (longest + 1) * SECONDS_PER_DAY - 1)
    if within.hours or within.minutes or within.seconds:
        return Allowed(within.min_seconds, within.max_seconds)
    return Allowed(within.min_seconds + SECONDS_PER_DAY - 1, within.max_seconds + SECONDS_PER_DAY - 1)


def last_day(deadline: Deadline, event: date, land: str | None) -> date:
    """Return the last day on which something is in time if the deadline runs from `event`.

    Example:
        >>> from ankunft_model.model.deadlines import Deadline
        >>> last_day(Deadline(within="P3D", after="a", days="working"), date(2025, 4, 17), "NW").isoformat()
        '2025-04-24'
        >>> last_day(Deadline(within="P1M", after="a"), date(2025, 1, 31), None).isoformat()
        '2025-02-28'
    """
    within = deadline.within
    if deadline.days != "calendar":
        return _after_counted_days(event, within.weeks * 7 + within.days, deadline.days, land)
    months = event.month - 1 + within.months + 12 * within.years
    year, month = event.year + months // 12, months % 12 + 1
    moved = date(year, month, min(event.day, monthrange(year, month)[1]))
    hours = within.hours + within.minutes / 60
    return moved + timedelta(days=within.weeks * 7 + within.days, hours=hours)


def _after_counted_days(event: date, count: int, kind: str, land: str | None) -> date:
    day = event
    while count > 0:
        day += _DAY
        if day.weekday() <= _LAST_WEEKDAY[kind] and day not in _holidays(day.year, land):
            count -= 1
    return day


@cache
def _holidays(year: int, land: str | None) -> frozenset[date]:
    """Return the holidays of a Land; if it is unknown all that are kept anywhere, which makes deadlines longest."""
    if land in LANDS:
        return public_holidays(year, land)
    return frozenset[date]().union(*(public_holidays(year, other) for other in LANDS))


@cache
def _spans(count: int, kind: str, land: str | None) -> tuple[int, int]:
    """Return the least and greatest number of calendar days from an event to the last day."""
    found = [(_after_counted_days(day, count, kind, land) - day).days for day in _CYCLE]
    return min(found), max(found)
