"""Holidays by Land, against days that everybody can look up."""

from datetime import date

import pytest

from ankunft_model.registries.public_holidays import LANDS, easter_sunday, public_holidays


@pytest.mark.parametrize(
    ("year", "day"), [(2008, "03-23"), (2011, "04-24"), (2019, "04-21"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter_falls_on_the_days_of_the_calendar(year: int, day: str) -> None:
    assert easter_sunday(year).isoformat() == f"{year}-{day}"


def test_nine_days_are_holidays_in_every_land() -> None:
    assert len(public_holidays(2025, None)) == 9
    assert all(public_holidays(2025, None) <= public_holidays(2025, land) for land in LANDS)


@pytest.mark.parametrize(
    ("land", "count"),
    [("NW", 11), ("BY", 12), ("BE", 11), ("SN", 11), ("BB", 12), ("TH", 11), ("SL", 12), ("HH", 10)],
)
def test_each_land_has_its_own(land: str, count: int) -> None:
    assert len(public_holidays(2025, land)) == count


def test_a_holiday_holds_from_its_first_year_on() -> None:
    assert date(2017, 10, 31) not in public_holidays(2016, "NI")
    assert date(2022, 3, 8) not in public_holidays(2022, "MV")
    assert date(2023, 3, 8) in public_holidays(2023, "MV")


def test_the_day_of_repentance_is_the_wednesday_before_the_23rd_of_november() -> None:
    assert date(2025, 11, 19) in public_holidays(2025, "SN")
    assert date(2022, 11, 16) in public_holidays(2022, "SN")
