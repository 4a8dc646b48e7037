"""The burden of a process on the person, by the Standard Cost Model: how often, times minutes, times an hourly rate.

Source: Statistisches Bundesamt, Leitfaden zur Ermittlung und Darstellung des Erfüllungsaufwands (time per activity,
times number of cases, times wage rate). No amount is built in: minutes and rates are the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from ankunft_model.analysis.metrics.run_counts import Count


@dataclass(frozen=True, slots=True)
class BurdenParameters:
    """What one of each takes, in minutes, and what an hour costs, in euros; None: not counted.

    Attributes:
        minutes_per_contact: On top of what the contact consists of.
        minutes_per_visit: Way and waiting room.
        minutes_per_form: Getting, reading and sending it.
        minutes_per_question: One item of data.
        minutes_per_document: Finding and carrying it.
        euros_per_hour: Value of an hour of the person.
        cases_per_year: For sums per year.
    """

    minutes_per_contact: float | None = None
    minutes_per_visit: float | None = None
    minutes_per_form: float | None = None
    minutes_per_question: float | None = None
    minutes_per_document: float | None = None
    euros_per_hour: float | None = None
    cases_per_year: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value < 0:
                raise ValueError(f"{field.name} must not be negative")


@dataclass(frozen=True, slots=True)
class Burden:
    """Minutes and euros per case, and per year; None where a parameter is missing.

    Attributes:
        minutes: Per case.
        avoidable_minutes: The part for questions that somebody could have answered already.
    """

    minutes: Count
    avoidable_minutes: Count | None
    euros: Count | None
    minutes_per_year: Count | None
    euros_per_year: Count | None


def burden_of(counts: dict[str, Count], avoidable_questions: Count, parameters: BurdenParameters) -> Burden | None:
    """Return the burden; None if no parameter says how long anything takes.

    Args:
        counts: Counts per case by `contacts`, `visits`, `forms`, `questions`, `documents`.
        avoidable_questions: Those of the questions that are avoidable.
        parameters: What each takes.
    """
    rates = {
        "contacts": parameters.minutes_per_contact,
        "visits": parameters.minutes_per_visit,
        "forms": parameters.minutes_per_form,
        "questions": parameters.minutes_per_question,
        "documents": parameters.minutes_per_document,
    }
    parts = [counts[name].times(rate) for name, rate in rates.items() if rate is not None]
    if not parts:
        return None
    minutes = sum(parts[1:], parts[0])
    per_question, hourly, cases = (
        parameters.minutes_per_question,
        parameters.euros_per_hour,
        parameters.cases_per_year,
    )
    euros = None if hourly is None else minutes.times(hourly / 60)
    return Burden(
        minutes=minutes,
        avoidable_minutes=None if per_question is None else avoidable_questions.times(per_question),
        euros=euros,
        minutes_per_year=None if cases is None else minutes.times(cases),
        euros_per_year=None if cases is None or euros is None else euros.times(cases),
    )
