"""Figures per case, on a model small enough to count by hand, and on the example."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

import ankunft_model as am
from ankunft_model.analysis.metrics.process_metrics import ProcessMetrics
from ankunft_model.sources.schemas import metrics_schema

from ..rules.cases import case

DUEREN = Path(__file__).resolve().parents[3] / "examples" / "dueren"


def figures(model: am.ArrivalModel, **parameters: float) -> ProcessMetrics:
    (found,) = model.metrics(am.BurdenParameters(**parameters)).processes.values()
    return found


@pytest.fixture
def small() -> am.ArrivalModel:
    return case(
        "first: {name: Antrag aufnehmen, actor: sozialamt, kind: application, channel: in_person, collects: [both], "
        "initiated_by: person, needs: [name], next: then}\n"
        "then: {name: Noch einmal fragen, actor: jobcenter, kind: counsel, collects: [name], "
        "channel: [in_person, phone], needs: [name], wait: P7D, next: ende}",
        handovers="[{id: h, from: first, to: then, channel: email, data: [name], agreement: none, legal_basis: none}]",
    )


def test_counts_contacts_visits_forms_and_questions(small: am.ArrivalModel) -> None:
    counts = {name: (count.least, count.most) for name, count in figures(small).counts.items()}

    assert counts["contacts"] == (2, 2)
    assert counts["visits"] == (1, 2)
    assert counts["forms"] == (1, 1)
    assert counts["questions"] == (3, 3)
    assert counts["handovers"] == (1, 1)


def test_tells_once_only_from_asked_again(small: am.ArrivalModel) -> None:
    once = figures(small).once_only

    assert (once.asked_items, once.asked_once) == (2, 1)
    assert once.factor == 1.5
    assert once.avoidable_places == (1, 1)
    assert (once.covered_needs, once.needs) == ((1, 1), 2)


def test_parts_are_spans_where_nobody_said(small: am.ArrivalModel) -> None:
    found = figures(small)

    assert (found.with_agreement.least, found.with_agreement.most) == (0, 0)
    assert (found.with_consent.least, found.with_consent.most) == (0, 1)
    assert (found.proactive.least, found.proactive.most) == (0, 0.5)


def test_no_burden_is_computed_without_parameters(small: am.ArrivalModel) -> None:
    assert figures(small).burden is None


def test_the_burden_is_how_often_times_minutes_times_rate(small: am.ArrivalModel) -> None:
    burden = figures(small, minutes_per_question=2, minutes_per_visit=60, euros_per_hour=30, cases_per_year=10).burden

    assert burden is not None
    assert (burden.minutes.least, burden.minutes.most) == (66, 126)
    assert burden.avoidable_minutes is not None
    assert burden.avoidable_minutes.least == 2
    assert burden.euros is not None
    assert (burden.euros.least, burden.euros.most) == (33, 63)
    assert burden.euros_per_year is not None
    assert burden.euros_per_year.most == 630


def test_negative_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="minutes_per_visit"):
        am.BurdenParameters(minutes_per_visit=-1)


@pytest.mark.parametrize("file", ["as_is.yaml", "to_be.yaml"])
def test_the_example_is_what_the_schema_says(file: str) -> None:
    jsonschema.validate(am.read(DUEREN / file).metrics().to_dict(), metrics_schema())


def test_the_plan_of_the_example_asks_less_and_agrees_more() -> None:
    as_is, to_be = (figures(am.read(DUEREN / file).for_case("familie_a")) for file in ("as_is.yaml", "to_be.yaml"))

    assert to_be.counts["questions"].least < as_is.counts["questions"].least
    assert to_be.counts["media_breaks"].most < as_is.counts["media_breaks"].least
    assert to_be.with_agreement.least > as_is.with_agreement.least
    assert to_be.with_legal_basis.least >= 0.89
