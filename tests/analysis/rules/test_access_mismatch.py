"""What the rule `access-mismatch` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found, model_of

RULE = "access-mismatch"
GROUPS = "cohorts:\n  eine: {name: Anerkannte}\n  andere: {name: Geduldete}\n"
OPEN = "first: {name: Bedarf aufnehmen, actor: sozialamt, kind: registration, next: then}\n"


def test_reports_an_offer_that_is_closed_to_a_group_without_substitute() -> None:
    model = case(OPEN + "then: {name: Kurs, actor: jobcenter, kind: course, cohorts: [eine], next: ende}", more=GROUPS)

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["andere", "then"]


def test_is_silent_where_another_offer_of_the_kind_is_open() -> None:
    model = case(
        OPEN
        + "then: {name: Integrationskurs, actor: jobcenter, kind: course, cohorts: [eine], next: dann}\n"
        + "dann: {name: Kurs des Landes, actor: sozialamt, kind: course, next: ende}",
        more=GROUPS,
    )

    assert not found(RULE, model)


def test_is_silent_about_steps_that_offer_nothing_and_about_offers_for_all() -> None:
    model = case(
        OPEN
        + "then: {name: Entscheiden, actor: jobcenter, kind: decide, cohorts: [eine], next: dann}\n"
        + "dann: {name: Kurs, actor: sozialamt, kind: course, next: ende}",
        more=GROUPS,
    )

    assert not found(RULE, model)


def benefit_for(
    status: str, *, regime: str = "sgb2", covers: str = "subsistence", day: str | None = "2025-06-01"
) -> list[str]:
    more = (
        f"{'' if day is None else f'as_of: {day}'}\ncohorts:\n  gruppe: {{name: Gruppe, status: {status}}}\n"
        f"benefits:\n  hilfe: {{name: Hilfe, regime: {regime}, payer: jobcenter, covers: [{covers}]}}\n"
    )
    model = case("first: {name: Bewilligen, actor: jobcenter, starts: [hilfe], next: ende}", more=more)
    return [element.id for finding in found(RULE, model) for element in finding.elements]


def test_reports_a_need_that_only_benefits_of_another_regime_cover() -> None:
    assert benefit_for("gestattet") == ["gruppe", "hilfe"]


def test_judges_the_status_at_the_day_of_the_model() -> None:
    assert benefit_for("temporary_protection_24", day="2022-05-15") == ["gruppe", "hilfe"]
    assert benefit_for("temporary_protection_24", day="2022-06-15") == []


def test_is_silent_about_fitting_unknown_and_other_needs() -> None:
    assert benefit_for("beneficiary_25_2") == []
    assert benefit_for("fiktion") == []
    assert benefit_for("gestattet", covers="health") == []
    assert benefit_for("gestattet", regime="asylblg_2") == []


def test_is_silent_where_the_day_or_what_the_status_gives_is_not_known() -> None:
    assert benefit_for("gestattet", day=None) == []
    assert benefit_for("status_der_gemeinde") == []


COURSE = "then: {name: Kurs, actor: jobcenter, kind: course, cohorts: [eine], next: ende}"


def test_an_offer_in_another_field_is_no_substitute() -> None:
    def reported(domain: str) -> list[list[str]]:
        model = case(
            OPEN + COURSE.replace("next: ende", "domain: language, next: dann") + "\n"
            f"dann: {{name: Kurs des Landes, actor: sozialamt, kind: course, domain: {domain}, next: ende}}",
            more=GROUPS,
        )
        return [[element.id for element in finding.elements] for finding in found(RULE, model)]

    assert reported("housing") == [["andere", "then"]]
    assert reported("language") == []


def test_leaves_a_process_that_is_for_others_as_a_whole_to_the_other_rule() -> None:
    text = case(OPEN + COURSE, more=GROUPS).to_yaml()
    closed = text.replace("name: Beginn,", "name: Beginn, cohorts: [eine],")

    assert closed != text
    assert found(RULE, model_of(text))
    assert not found(RULE, model_of(closed))


def test_names_all_offers_of_the_kind_in_the_right_number() -> None:
    two = case(
        OPEN + COURSE.replace("next: ende", "next: dann") + "\n"
        "dann: {name: Aufbaukurs, actor: sozialamt, kind: course, cohorts: [eine], next: ende}",
        more=GROUPS,
    )

    (one,) = found(RULE, case(OPEN + COURSE, more=GROUPS))
    (both,) = found(RULE, two)

    assert "„Kurs“ steht „Geduldete“ nicht offen" in one.message.de
    assert "“Kurs” is not open to “Geduldete”" in one.message.en
    assert "„Kurs“ und „Aufbaukurs“ stehen „Geduldete“ nicht offen" in both.message.de
    assert (both.witness, both.severity, both.certainty) == (("then", "dann"), "warning", "definite")


def test_names_the_steps_that_grant_the_benefit_of_another_regime() -> None:
    more = (
        "as_of: 2025-06-01\ncohorts:\n  gruppe: {name: Gruppe, status: gestattet}\n"
        "benefits:\n  hilfe: {name: Hilfe, regime: sgb2, payer: jobcenter, covers: [subsistence, health, housing]}\n"
        "  kur: {name: Kur, regime: sgb2, payer: jobcenter, covers: [health]}\n"
    )
    model = case(
        "first: {name: Bewilligen, actor: jobcenter, entitles: [hilfe], next: b}\n"
        "b: {name: Kur bewilligen, actor: jobcenter, starts: [kur], next: c}\n"
        "c: {name: Zahlen, actor: jobcenter, starts: [hilfe], next: ende}",
        more=more,
    )

    findings = tuple(found(RULE, model))

    assert [finding.witness for finding in findings] == [("first", "c"), ("first", "c")]
    assert "gibt es im Modell nur" in findings[0].message.de


def test_is_silent_where_one_of_several_benefits_fits() -> None:
    more = (
        "as_of: 2025-06-01\ncohorts:\n  gruppe: {name: Gruppe, status: gestattet}\n"
        "benefits:\n  hilfe: {name: Hilfe, regime: sgb2, payer: jobcenter, covers: [subsistence]}\n"
        "  asyl: {name: Asyl, regime: asylblg, payer: sozialamt, covers: [subsistence]}\n"
    )

    assert not found(RULE, case("first: {name: A, actor: jobcenter, starts: [hilfe, asyl], next: ende}", more=more))
