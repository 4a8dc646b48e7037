"""What the rule `group-without-path` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import case, found, model_of

RULE = "group-without-path"
GROUPS = "cohorts:\n  eine: {name: Eltern}\n  andere: {name: Alleinreisende}\n"


def elements(model: ArrivalModel) -> list[tuple[str, ...]]:
    return [tuple(element.id for element in finding.elements) for finding in found(RULE, model)]


def test_reports_a_field_in_which_every_step_is_for_others() -> None:
    model = case(
        "first: {name: Wohnen, actor: sozialamt, domain: housing, cohorts: [eine], next: then}\n"
        "then: {name: Lernen, actor: jobcenter, domain: language, next: ende}",
        more=GROUPS,
    )

    assert elements(model) == [("andere", "first")]


def test_reports_a_decision_whose_branches_are_all_for_others() -> None:
    model = case(
        "first: {type: exclusive, name: Wer?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Wohnung, actor: sozialamt, cohorts: [eine], next: then}\n"
        "rechts: {name: Haus, actor: sozialamt, cohorts: [eine], next: then}\n"
        "then: {name: Anmelden, actor: jobcenter, next: ende}",
        more=GROUPS,
    )

    assert elements(model) == [("andere", "first")]


def test_the_sub_process_and_the_start_limit_what_lies_inside() -> None:
    inside = case(
        "first: {type: subprocess, name: Wohnen, actor: sozialamt, cohorts: [eine], next: ende, nodes: "
        "{s: {type: start, next: t}, t: {name: Zuweisen, actor: sozialamt, next: e}, e: {type: end, name: Fertig}}}",
        more=GROUPS,
    )

    assert elements(inside) == [("andere", "first", "t")]


def test_is_silent_about_steps_for_everybody_and_branches_with_a_way_round() -> None:
    model = case(
        "first: {type: exclusive, name: Wer?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Wohnung, actor: sozialamt, cohorts: [eine], next: rechts}\n"
        "rechts: {name: Anmelden, actor: sozialamt, next: ende}",
        more=GROUPS,
    )

    assert elements(model) == []
    assert elements(case("first: {name: Wohnen, actor: sozialamt, next: ende}", more=GROUPS)) == []


@pytest.mark.parametrize(
    ("kind", "limit", "is_found"),
    [
        ("exclusive", "", True),
        ("inclusive", "", True),
        ("parallel", "", False),
        ("exclusive", "cohorts: [eine], ", False),
    ],
)
def test_a_decision_is_shut_only_for_groups_that_come_to_it(kind: str, limit: str, is_found: bool) -> None:
    when = "" if kind == "parallel" else ", when: x"
    model = case(
        f"first: {{type: {kind}, name: Wer?, {limit}next: [{{to: links{when}}}, {{to: rechts{when}}}]}}\n"
        "links: {name: Wohnung, actor: sozialamt, cohorts: [eine], next: zu}\n"
        "rechts: {name: Haus, actor: sozialamt, cohorts: [eine], next: zu}\n"
        f"zu: {{type: {kind}, next: then}}\nthen: {{name: Anmelden, actor: jobcenter, next: ende}}",
        more=GROUPS,
    )

    assert elements(model) == ([("andere", "first")] if is_found else [])


def test_a_decision_in_a_process_for_others_is_none_of_the_group() -> None:
    model = case(
        "first: {type: exclusive, name: Wer?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Wohnung, actor: sozialamt, cohorts: [eine], next: ende}\n"
        "rechts: {name: Haus, actor: sozialamt, cohorts: [eine], next: ende}",
        more=GROUPS,
    )
    text = model.to_yaml().replace("name: Beginn,", "name: Beginn, cohorts: [eine],")

    findings = tuple(found(RULE, model_of(text)))

    assert [tuple(element.id for element in finding.elements) for finding in findings] == [
        ("andere", "links", "rechts")
    ]


def test_names_the_field_of_the_step_or_of_its_process_or_the_whole_process() -> None:
    def said(domain: str, process: str = "") -> list[str]:
        model = case(f"first: {{name: Wohnen, actor: sozialamt, {domain}cohorts: [eine], next: ende}}", more=GROUPS)
        text = model.to_yaml().replace("name: Ablauf\n", f"name: Ablauf\n{process}")
        return [finding.message.de for finding in found(RULE, model_of(text))]

    (of_step,) = said("domain: housing, ", "    domain: language\n")
    (of_process,) = said("", "    domain: language\n")

    assert of_step != of_process
    assert "im Handlungsfeld „" in of_step
    assert "im Handlungsfeld „" in of_process
    assert said("") == ["Für „Alleinreisende“ gibt es im ganzen Ablauf keinen Schritt: alle sind für andere Gruppen."]


def test_a_decision_without_a_name_is_called_by_its_id() -> None:
    model = case(
        "first: {type: exclusive, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Wohnung, actor: sozialamt, cohorts: [eine], next: then}\n"
        "rechts: {name: Haus, actor: sozialamt, cohorts: [eine], next: then}\n"
        "then: {name: Anmelden, actor: jobcenter, next: ende}",
        more=GROUPS,
    )

    (finding,) = found(RULE, model)

    assert "bei der Entscheidung „first“ keinen Zweig" in finding.message.de
    assert (finding.severity, finding.witness) == ("warning", ("first",))
