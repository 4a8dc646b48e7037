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


def counted(fields: str, name: str, *, actor: str = "sozialamt") -> tuple[float, float | None]:
    found = figures(case(f"first: {{name: A, actor: {actor}, {fields}next: ende}}")).counts[name]
    return found.least, found.most


@pytest.mark.parametrize(
    ("fields", "contacts", "visits"),
    [
        ("", (0, 1), (0, 1)),
        ("collects: [name], ", (1, 1), (0, 1)),
        ("collects: [name], channel: interface_xoev, ", (0, 0), (0, 0)),
        ("channel: email, ", (1, 1), (0, 0)),
        ("channel: [interface_xoev, phone], ", (1, 1), (0, 0)),
        ("channel: in_person, ", (1, 1), (1, 1)),
        ("channel: [in_person, paper_carried], ", (1, 1), (1, 1)),
        ("channel: [in_person, phone], ", (1, 1), (0, 1)),
        ("channel: paper_carried, ", (1, 1), (0, 0)),
    ],
)
def test_a_channel_says_whether_the_person_is_met_and_where(
    fields: str, contacts: tuple[int, int], visits: tuple[int, int]
) -> None:
    assert counted(fields, "contacts") == contacts
    assert counted(fields, "visits") == visits


def test_what_the_person_does_herself_is_no_contact_and_what_nobody_does_may_be_one() -> None:
    assert counted("channel: in_person, ", "contacts", actor="person") == (0, 0)
    assert counted("channel: in_person, ", "contacts", actor="none") == (1, 1)


@pytest.mark.parametrize(
    ("fields", "forms"),
    [
        ("kind: application, collects: [name], ", (1, 1)),
        ("kind: application, ", (0, 0)),
        ("kind: decide, collects: [name], ", (0, 0)),
        ("collects: [name], ", (0, 1)),
        ("", (0, 0)),
    ],
)
def test_a_form_is_an_application_that_asks(fields: str, forms: tuple[int, int]) -> None:
    assert counted(fields, "forms") == forms


def test_questions_count_for_each_member_and_each_item_of_a_group() -> None:
    members = (
        "cohorts:\n  c: {name: F, members: {kind: {name: Kind, role: child}, mutter: {name: Mutter, role: parent}}}\n"
    )
    model = case(
        "first: {name: A, actor: sozialamt, collects: [both, health], for: [kind, mutter], next: ende}", more=members
    )

    assert figures(model).counts["questions"].least == 6
    assert counted("collects: [both], ", "questions") == (2, 2)


TRANSFER = "[{{id: h, from: first, to: then, channel: email, data: [name], {rest}}}]"


@pytest.mark.parametrize(
    ("rest", "agreement", "basis", "consent"),
    [
        ("agreement: none, legal_basis: none, consent: none", (0, 0), (0, 0), (0, 0)),
        ("agreement: not_needed, legal_basis: not_needed, consent: not_needed", (1, 1), (1, 1), (1, 1)),
        ("agreement: koop, legal_basis: [norm]", (1, 1), (1, 1), (1, 1)),
        ("legal_basis: none", (0, 1), (0, 0), (0, 1)),
        ("consent: ok", (0, 1), (0, 1), (1, 1)),
    ],
)
def test_parts_of_the_transfers_have_what_is_stated_and_may_have_what_is_open(
    rest: str, agreement: tuple[int, int], basis: tuple[int, int], consent: tuple[int, int]
) -> None:
    model = case(
        "first: {name: Akte übergeben, actor: sozialamt, next: then}\n"
        "then: {name: Fall annehmen, actor: jobcenter, next: ende}",
        handovers=TRANSFER.format(rest=rest),
        more="legal_bases:\n  norm: {cite: X § 1, kind: statute}\n"
        "agreements:\n  koop: {name: Kooperation, parties: [sozialamt, jobcenter]}\n"
        "consents:\n  ok: {name: Ja, given_at: first, data: [name], recipients: [jobcenter]}\n",
    )

    found = figures(model)

    parts = (found.with_agreement, found.with_legal_basis, found.with_consent)
    assert [(part.least, part.most, part.of) for part in parts] == [(*agreement, 1), (*basis, 1), (*consent, 1)]


def test_without_transfers_there_is_no_part_of_them() -> None:
    found = figures(case("first: {name: A, actor: sozialamt, next: ende}")).with_agreement

    assert (found.least, found.most, found.of) == (0, 0, 0)


def test_the_part_that_a_step_needs_is_that_of_the_items_asked() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [both, health], next: then}\n"
        "then: {name: B, actor: jobcenter, needs: [bank], next: ende}"
    )

    found = figures(model).needed

    assert (found.least, found.most, found.of) == (1 / 3, 1 / 3, 3)


def test_bodies_are_counted_once_on_the_runs_that_meet_them() -> None:
    nodes = (
        "first: {name: A, actor: sozialamt, next: weg}\n"
        "weg: {type: exclusive, name: Wohin?, next: [{to: b, when: ja%s}, {to: zu, when: nein%s}]}\n"
        "b: {name: B, actor: jobcenter, next: zu}\nzu: {type: exclusive, next: c}\n"
        "c: {name: C, actor: sozialamt, next: d}\nd: {name: D, actor: person, next: ende}"
    )

    open_ = figures(case(nodes % ("", ""))).bodies
    shared = figures(case(nodes % (", share: 0.25", ", share: 0.75"))).bodies

    assert (open_.least, open_.most, open_.expected) == (1, 2, None)
    assert (shared.least, shared.most, shared.expected) == (1, 2, 1.25)


def test_visits_to_one_open_place_are_at_least_one_place() -> None:
    def sites(fields: str) -> tuple[float, float | None]:
        model = case(
            f"first: {{name: A, actor: sozialamt, {fields}, next: b}}\n"
            f"b: {{name: B, actor: jobcenter, {fields}, next: ende}}"
        )
        found = figures(model).sites
        return found.least, found.most

    assert sites("channel: in_person") == (1, 2)
    assert sites("channel: [in_person, phone]") == (0, 2)
    assert sites("channel: phone") == (0, 0)


def test_milestones_are_what_is_stated_begins_or_proves_something() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, documents_out: [brief], next: b}\n"
        "b: {name: B, actor: sozialamt, documents_out: [karte], next: c}\n"
        "c: {name: C, actor: sozialamt, entitles: [geld], next: d}\n"
        "d: {name: D, actor: sozialamt, starts: [geld], next: e}\n"
        "e: {name: E, actor: sozialamt, stops: [geld], next: f}\n"
        "f: {name: F, actor: sozialamt, milestone: angekommen, next: ende}",
        more="documents:\n  brief: {name: Brief}\n  karte: {name: Karte, proves: [name]}\n"
        "benefits:\n  geld: {name: Geld, regime: sgb2, payer: sozialamt, covers: housing}\n",
    )

    assert list(figures(model).milestones) == ["b", "c", "d", "f"]


def test_the_unknown_part_counts_the_open_facts_of_steps_and_handovers() -> None:
    said = "kind: decide, channel: email, initiated_by: push, duration: P1D, "
    model = case(
        f"first: {{name: A, actor: sozialamt, {said}next: then}}\n"
        "then: {name: B, actor: sozialamt, wait: P1D, next: ende}"
    )
    handed_over = case(
        f"first: {{name: A, actor: sozialamt, {said}next: then}}\n"
        f"then: {{name: B, actor: jobcenter, {said}next: ende}}",
        handovers="[{id: h, from: first, to: then, channel: email}]",
    )

    assert (figures(model).unknown.least, figures(model).unknown.of) == (0.3, 10)
    assert (figures(handed_over).unknown.least, figures(handed_over).unknown.of) == (3 / 14, 14)


def test_every_parameter_of_the_burden_has_its_own_count(small: am.ArrivalModel) -> None:
    def minutes(**parameters: float) -> tuple[float, float | None]:
        burden = figures(small, **parameters).burden
        assert burden is not None
        assert (burden.euros, burden.minutes_per_year, burden.euros_per_year) == (None, None, None)
        return burden.minutes.least, burden.minutes.most

    assert minutes(minutes_per_contact=10) == (20, 20)
    assert minutes(minutes_per_visit=10) == (10, 20)
    assert minutes(minutes_per_form=10) == (10, 10)
    assert minutes(minutes_per_question=10) == (30, 30)
    assert minutes(minutes_per_document=10) == (0, 0)
    per_year = figures(small, minutes_per_form=10, cases_per_year=3).burden
    assert per_year is not None
    assert per_year.minutes_per_year is not None
    assert (per_year.minutes_per_year.least, per_year.euros_per_year, per_year.avoidable_minutes) == (30, None, None)


def test_the_factor_of_asking_lies_between_that_of_the_best_and_the_worst_run() -> None:
    nodes = (
        "first: {name: A, actor: sozialamt, collects: [name, bank], next: weg}\n"
        "weg: {type: exclusive, name: Noch?, next: [{to: b, when: ja%s}, {to: ende, when: nein%s}]}\n"
        "b: {name: B, actor: jobcenter, collects: [name], next: ende}"
    )

    open_ = figures(case(nodes % ("", ""))).once_only
    shared = figures(case(nodes % (", share: 0.5", ", share: 0.5"))).once_only

    assert (open_.factor, open_.least_factor, open_.most_factor) == (None, 1, 1.5)
    assert shared.factor == 1.25
    assert (open_.avoidable_questions.least, open_.avoidable_questions.most) == (0, 1)
    assert (open_.asked_items, open_.asked_once, open_.avoidable_places) == (2, 1, (1, 1))


def test_a_question_in_a_loop_has_no_greatest_factor_and_without_questions_there_is_none() -> None:
    loop = figures(
        case(
            "first: {type: exclusive, next: ask}\n"
            "ask: {name: Fragen, actor: sozialamt, collects: [name], next: again}\n"
            "again: {type: exclusive, name: Noch einmal?, next: [{to: first, when: ja}, {to: ende, when: nein}]}"
        )
    ).once_only
    nothing = figures(case("first: {name: A, actor: sozialamt, next: ende}")).once_only

    assert (loop.least_factor, loop.most_factor, loop.factor) == (1, None, None)
    assert (nothing.least_factor, nothing.most_factor, nothing.factor) == (None, None, None)
    assert (nothing.asked_items, nothing.needs, nothing.covered_needs) == (0, 0, (0, 0))


@pytest.mark.parametrize(
    ("handover", "covered"),
    [
        ("channel: email, data: [name]", (1, 1)),
        ("channel: email", (0, 2)),
        ("channel: email, data: [health]", (0, 0)),
        ("channel: none, data: [name]", (0, 0)),
        ("channel: paper_carried, data: [name]", (0, 0)),
    ],
)
def test_needs_are_covered_by_what_bodies_hand_over(handover: str, covered: tuple[int, int]) -> None:
    model = case(
        "first: {name: A, actor: sozialamt, next: then}\nthen: {name: B, actor: jobcenter, needs: [both], next: d}\n"
        "d: {name: D, actor: person, needs: [health], next: ende}",
        handovers=f"[{{id: h, from: first, to: then, {handover}}}]",
    )

    found = figures(model).once_only

    assert (found.covered_needs, found.needs) == (covered, 2)


def test_gaps_are_counted_surely_and_perhaps() -> None:
    model = case(
        "first: {type: exclusive, name: Da?, next: [{to: a, when: ja}, {to: then, when: nein}]}\n"
        "a: {name: A, actor: sozialamt, collects: [name], next: then}\n"
        "then: {name: B, actor: sozialamt, needs: [name, bank], next: ende}"
    )

    found = figures(model).once_only.gaps

    assert (found.least, found.most) == (1, 2)
