"""What the rule `duplicate-collection` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found


def test_is_silent_about_branches_that_exclude_each_other() -> None:
    model = case(
        "first: {type: exclusive, name: Wohin?, next: [{to: a, when: x}, {to: b, when: y}]}\n"
        "a: {name: A, actor: sozialamt, collects: [name], next: ende}\n"
        "b: {name: B, actor: jobcenter, collects: [name], next: ende}"
    )

    assert not found("duplicate-collection", model)


def test_is_silent_about_one_body_that_asks_twice() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [name], next: b}\n"
        "b: {name: B, actor: sozialamt, collects: [name], next: ende}"
    )

    assert not found("duplicate-collection", model)


def test_three_bodies_are_a_warning() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [name], next: b}\n"
        "b: {name: B, actor: jobcenter, collects: [name], next: c}\n"
        "c: {name: C, actor: agentur, collects: [name], next: ende}"
    )

    (finding,) = found("duplicate-collection", model)

    assert finding.severity == "warning"
    assert "3-mal erfragt, von 3 Stellen: Sozialamt, Jobcenter und Agentur für Arbeit" in finding.message.de


def test_data_of_another_member_of_the_household_are_another_datum() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [name], next: b}\n"
        "b: {name: B, actor: jobcenter, collects: [name], for: [kind], next: ende}",
        more="cohorts:\n  c: {name: Familie, members: {kind: {name: Kind, role: child}}}\n",
    )

    assert not found("duplicate-collection", model)


ASKS = "{name: A, actor: sozialamt, collects: [name], next: b}\n"
FORK = "{type: exclusive, name: Wohin?, next: [{to: %s, when: x}, {to: %s, when: y}]}\n"


@pytest.mark.parametrize(
    ("nodes", "times", "bodies", "certainty", "severity"),
    [
        (f"first: {ASKS}b: {{name: B, actor: jobcenter, collects: [name], next: ende}}",
         "2-mal", "von 2 Stellen", "definite", "hint"),
        (f"first: {ASKS}b: {FORK % ('c', 'ende')}c: {{name: C, actor: jobcenter, collects: [name], next: ende}}",
         "1- bis 2-mal", "von bis zu 2 Stellen", "possible", "hint"),
        ((f"first: {{name: A, actor: sozialamt, collects: [name], next: c}}\n"
         f"c: {{name: C, actor: jobcenter, collects: [name], next: b}}\nb: {FORK % ('first', 'ende')}"),
         "mindestens 2-mal, ohne Grenze nach oben,", "von 2 Stellen", "definite", "hint"),
        ((f"first: {ASKS}b: {{name: B, actor: jobcenter, collects: [name], next: d}}\nd: {FORK % ('c', 'ende')}"
         "c: {name: C, actor: agentur, collects: [name], next: ende}"),
         "2- bis 3-mal", "von bis zu 3 Stellen", "definite", "warning"),
    ],
)  # fmt: skip
def test_says_how_often_and_by_how_many_bodies_at_least_and_at_most(
    nodes: str, times: str, bodies: str, certainty: str, severity: str
) -> None:
    (finding,) = found("duplicate-collection", case(nodes))

    assert f"wird je Ablauf {times} erfragt, {bodies}:" in finding.message.de
    assert (finding.certainty, finding.severity, finding.data) == (certainty, severity, ("name",))
