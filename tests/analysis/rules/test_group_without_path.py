"""What the rule `group-without-path` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found

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
