"""Lengths of time and questions about them in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from ankunft_model.analysis.naming import Names, listed
from ankunft_model.findings import OpenFact
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Wording, counted

_SECONDS_PER_DAY: Final = 86_400


def days(count: int) -> Wording:
    """Return a number of days.

    Example:
        >>> days(1).de, days(30).en
        ('1 Tag', '30 days')
    """
    return counted(count, Wording("Tag", "day"), Wording("Tage", "days"))


def days_between(least: int, most: int | None) -> Wording:
    """Return bounds in days; no upper bound for None.

    Example:
        >>> days_between(3, 14).de, days_between(3, None).en
        ('3 bis 14 Tage', 'at least 3 days')
    """
    if most is None:
        known = days(least)
        return Wording(de=f"mindestens {known.de}", en=f"at least {known.en}")
    known = days(most)
    if most == least:
        return known
    return Wording(de=f"{least} bis {known.de}", en=f"{least} to {known.en}")


def length(seconds: int) -> Wording:
    """Return a length of time in days, rounded down to halves; shorter ones in hours or minutes.

    Example:
        >>> length(86400 * 21).de, length(5400).en, length(0).de
        ('21 Tage', '1.5 hours', '0 Tage')
    """
    if seconds and seconds < 3600:
        return Wording(de=f"{seconds // 60} Min.", en=f"{seconds // 60} min")
    if seconds and seconds < _SECONDS_PER_DAY:
        return _halves(seconds, 3600, Wording("Stunde", "hour"), Wording("Stunden", "hours"))
    return _halves(seconds, _SECONDS_PER_DAY, Wording("Tag", "day"), Wording("Tage", "days"))


def _halves(seconds: int, unit: int, one: Wording, many: Wording) -> Wording:
    halves = 2 * seconds // unit
    number = f"{halves // 2}" if halves % 2 == 0 else f"{halves // 2}.5"
    name = one if halves == 2 else many
    return Wording(de=f"{number.replace('.', ',')} {name.de}", en=f"{number} {name.en}")


def day_of(day: date) -> Wording:
    """Return a date as each language writes it.

    Example:
        >>> day_of(date(2025, 5, 7))
        Wording(de='7.5.2025', en='2025-05-07')
    """
    return Wording(de=f"{day.day}.{day.month}.{day.year}", en=day.isoformat())


def questions_about_time(model: ArrivalModel, names: Names, unknown: Iterable[tuple[str, str]]) -> tuple[OpenFact, ...]:
    """Return what would have to be asked: fields of nodes that nobody stated.

    Args:
        model: The model.
        names: Its names.
        unknown: Pairs (id of a node, field).
    """
    found: list[OpenFact] = []
    for node, field in unknown:
        name = names.node(node)
        if field.endswith(".likely") or field == "repeats":
            question = Wording(
                de=f"Wie lange dauert {name.de} üblicherweise?", en=f"How long does {name.en} usually take?"
            )
        elif field in ("trigger", "at"):
            question = Wording(
                de=f"Nach welcher Zeit tritt {name.de} ein?", en=f"After what time does {name.en} happen?"
            )
        else:
            question = Wording(
                de=f"Wie lange dauert {name.de}, mindestens und höchstens?",
                en=f"How long does {name.en} take, at least and at most?",
            )
        found.append(OpenFact(f"processes.{model.process_of[node].id}.nodes.{node}.{field}", question))
    return tuple(found)


def not_counted(names: Names, nodes: Iterable[str]) -> Wording:
    """Return a sentence that names the nodes whose time nobody stated, or nothing if there are none."""
    known = [names.node(node) for node in nodes]
    if not known:
        return Wording("", "")
    steps = listed(known)
    return Wording(
        de=f" Nicht eingerechnet, weil die Dauer nicht angegeben ist: {steps.de}.",
        en=f" Not counted, as no duration is stated: {steps.en}.",
    )
