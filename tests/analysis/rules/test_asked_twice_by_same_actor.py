"""What the rule `asked-twice-by-same-actor` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "asked-twice-by-same-actor"


def two_steps(then: str, *, first: str = "", actor: str = "sozialamt", more: str = "") -> list[tuple[str, ...]]:
    model = case(
        f"first: {{name: Aufnehmen, actor: sozialamt, collects: [both]{first}, next: then}}\n"
        f"then: {{name: Beraten, actor: {actor}, {then}, next: ende}}",
        more=more,
    )
    return [finding.data for finding in found(RULE, model)]


def test_names_the_items_asked_again_and_where_they_were_asked() -> None:
    model = case(
        "first: {name: Aufnehmen, actor: sozialamt, collects: [both], next: then}\n"
        "then: {name: Beraten, actor: sozialamt, collects: [name, health], next: ende}"
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["then", "first"]
    assert (finding.data, finding.severity, finding.certainty) == (("name",), "info", "definite")
    assert finding.witness == ("beginn", "first", "then")


def test_is_only_possible_where_a_branch_leaves_the_first_question_out() -> None:
    model = case(
        "first: {type: exclusive, name: Neu?, next: [{to: fragen, when: ja}, {to: then, when: nein}]}\n"
        "fragen: {name: Aufnehmen, actor: sozialamt, collects: [name], next: then}\n"
        "then: {name: Beraten, actor: sozialamt, collects: [name], next: ende}"
    )

    assert [finding.certainty for finding in found(RULE, model)] == ["possible"]


@pytest.mark.parametrize(
    "then",
    [
        "collects: [{item: name, justified_by: norm}]",
        "confirms: [name]",
        "collects: [health]",
    ],
)
def test_is_silent_about_demanded_confirmed_and_other_questions(then: str) -> None:
    norm = "legal_bases:\n  norm: {cite: Beispielgesetz § 1, kind: statute}\n"

    assert two_steps(then, more=norm) == []


def test_is_silent_about_another_body() -> None:
    assert two_steps("collects: [name]", actor="jobcenter") == []


def test_is_silent_where_the_value_changed_or_was_deleted_in_between() -> None:
    assert two_steps("collects: [name]", first=", discards: [name]") == []
    changed = case(
        "first: {name: Aufnehmen, actor: sozialamt, collects: [name], next: heirat}\n"
        "heirat: {name: Heiraten, actor: person, changes: [name], next: then}\n"
        "then: {name: Beraten, actor: sozialamt, collects: [name], next: ende}"
    )
    assert not found(RULE, changed)


def test_is_silent_about_one_step_that_repeats_itself() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [name], repeats: {max: 3}, next: mehr}\n"
        "mehr: {type: exclusive, name: Noch einmal?, next: [{to: first, when: ja}, {to: ende, when: nein}]}"
    )

    assert not found(RULE, model)


def test_reports_one_of_two_steps_that_may_come_in_either_order() -> None:
    model = case(
        "first: {type: parallel, next: [links, rechts]}\n"
        "links: {name: Aufnehmen, actor: sozialamt, collects: [name], next: zusammen}\n"
        "rechts: {name: Beraten, actor: sozialamt, collects: [name], next: zusammen}\n"
        "zusammen: {type: parallel, next: ende}"
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["rechts", "links"]
    assert finding.certainty == "possible"
