"""Public holidays by Land, computed from a data file: days of the year, days after Easter, since when and where.

Holidays of single municipalities (Augsburg, parts of Bavaria, Saxony and Thuringia) are not in the file.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from ankunft_model.registries.data_files import read_data

LANDS: Final = (
    "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
)  # fmt: skip
"""The sixteen Länder, by the letters that `municipality.land` uses."""


@cache
def public_holidays(year: int, land: str | None) -> frozenset[date]:
    """Return the public holidays of a year.

    Args:
        year: From 1990 on, as the rules of the file are those since then.
        land: Two letters, or None for what is a holiday in all Länder.

    Example:
        >>> sorted(day.isoformat() for day in public_holidays(2025, "NW"))[1:4]
        ['2025-04-18', '2025-04-21', '2025-05-01']
    """
    entries: dict[str, dict[str, Any]] = read_data("public_holidays.json")
    found: set[date] = set()
    for entry in entries.values():
        day = _day(entry, year)
        lands = entry.get("lands", LANDS)
        since = entry.get("valid_from")
        is_kept = len(lands) == len(LANDS) if land is None else land in lands
        if is_kept and year in entry.get("years", (year,)) and (since is None or date.fromisoformat(since) <= day):
            found.add(day)
    return frozenset(found)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8).

    Example:
        >>> easter_sunday(2025).isoformat()
        '2025-04-20'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _day(entry: dict[str, Any], year: int) -> date:
    if "days_after_easter" in entry:
        return easter_sunday(year) + timedelta(days=entry["days_after_easter"])
    stated: str = entry["day"]
    if stated.startswith("wednesday_before_"):
        last = date.fromisoformat(f"{year}-{stated.removeprefix('wednesday_before_')}") - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - 2) % 7)
    return date.fromisoformat(f"{year}-{stated}")
