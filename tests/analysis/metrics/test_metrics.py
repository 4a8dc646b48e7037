"""Figures per case, on a model small enough to count by hand, and on the example."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

import ankunft_model as am
from ankunft_model.analysis.metrics.process_metrics import ProcessMetrics
from ankunft_model.sources.case_schemas import metrics_schema

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


def test_counts_what_the_person_shows_and_carries_by_hand() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, documents_in: [card], next: b}\n"
        "b: {name: B, actor: jobcenter, next: c}\nc: {name: C, actor: agentur, next: ende}",
        more="documents:\n  card: {name: Karte, held_at_start: true}\n",
        handovers="[{id: h1, from: first, to: b, channel: paper_carried, data: [name]}, "
        "{id: h2, from: first, to: c, channel: paper_carried, documents: [card], data: none}, "
        "{id: h3, from: b, to: c, channel: email, data: [name]}, "
        "{id: h4, from: b, to: {actor: agentur}, channel: paper_carried, data: [name]}]",
    )

    documents = figures(model).counts["documents"]

    assert (documents.least, documents.most) == (2, 2)


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


def test_waiting_until_a_milestone_is_that_of_the_slowest_way() -> None:
    model = case(
        "first: {type: parallel, next: [fast, slow]}\n"
        "fast: {name: Schnell, actor: sozialamt, duration: P3D, next: both}\n"
        "slow: {name: Langsam, actor: jobcenter, wait: {min: P1D, max: P10D}, duration: P2D, next: both}\n"
        "both: {type: parallel, next: pay}\n"
        "pay: {name: Zahlen, actor: jobcenter, wait: P4D, duration: P1D, milestone: bezahlt, next: ende}"
    )

    when = figures(model).milestones["pay"]

    day = 86_400
    assert (when.earliest, when.latest, when.waiting) == (8 * day, 17 * day, 14 * day)


def test_waiting_in_a_loop_is_counted_once_round() -> None:
    model = case(
        "first: {type: exclusive, next: ask}\n"
        "ask: {name: Fragen, actor: sozialamt, wait: P2D, duration: P1D, next: again}\n"
        "again: {type: exclusive, name: Noch einmal?, next: [{to: first, when: ja}, {to: pay, when: nein}]}\n"
        "pay: {name: Zahlen, actor: jobcenter, wait: P4D, duration: P1D, milestone: bezahlt, next: ende}"
    )

    when = figures(model).milestones["pay"]

    assert (when.latest, when.waiting) == (None, 6 * 86_400)


def test_places_are_told_apart_and_open_ones_may_be_others() -> None:
    sites = "sites:\n  rathaus: {name: Rathaus}\n  kreishaus: {name: Kreishaus}\n"
    step = "{{name: A, actor: sozialamt, channel: in_person, {site}next: {next}}}"
    nodes = "\n".join(
        f"{id_}: " + step.format(site=site, next=next_)
        for id_, site, next_ in (
            ("first", "site: rathaus, ", "b"),
            ("b", "site: rathaus, ", "c"),
            ("c", "site: kreishaus, ", "d"),
            ("d", "", "ende"),
        )
    )

    found = figures(case(nodes, more=sites)).sites

    assert (found.least, found.most, found.expected) == (2, 3, None)


def test_the_mean_number_of_places_follows_the_shares() -> None:
    def mean(shares: tuple[str, str], channel: str = "in_person") -> float | None:
        nodes = (
            f"first: {{type: exclusive, name: Wohin?, next: [{{to: a, when: ja{shares[0]}}}, "
            f"{{to: ende, when: nein{shares[1]}}}]}}\n"
            f"a: {{name: A, actor: sozialamt, channel: {channel}, site: rathaus, next: ende}}"
        )
        return figures(case(nodes, more="sites:\n  rathaus: {name: Rathaus}\n")).sites.expected

    assert mean((", share: 0.25", ", share: 0.75")) == 0.25
    assert mean(("", "")) is None
    assert mean((", share: 0.25", ", share: 0.75"), channel="[in_person, phone]") is None


def test_what_somebody_confirmed_is_told_from_what_is_open(small: am.ArrivalModel) -> None:
    model = case(
        "first: {name: A, actor: sozialamt, validated_by: [sozialamt], next: b}\n"
        "b: {name: B, actor: sozialamt, validated_on: 2025-05-04, next: c}\n"
        "c: {name: C, actor: sozialamt, validated_by: none, next: d}\n"
        "d: {name: D, actor: sozialamt, next: ende}"
    )

    found = figures(model).validated

    assert (found.least, found.most, found.of) == (0.5, 0.75, 4)
    assert (figures(small).validated.least, figures(small).validated.most) == (0, 1)


def test_a_gap_costs_the_amount_of_the_benefit_that_is_missing() -> None:
    found = figures(am.read(DUEREN / "as_is.yaml")).gap_costs

    assert {cost.timeline: round(cost.cases["familie_a"]) for cost in found} == {"entitlement": 563, "payment": 1107}
    assert {(cost.benefit, cost.currency) for cost in found} == {("buergergeld", "EUR")}
    assert figures(am.read(DUEREN / "to_be.yaml")).gap_costs == ()
