"""What the rule `repeated-examination` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "repeated-examination"


def examined(then: str, *, more: str = "") -> list[tuple[tuple[str, ...], str]]:
    model = case(
        "first: {name: Untersuchen, actor: sozialamt, kind: assess, collects: [health], next: then}\n"
        f"then: {{name: Weiter, actor: jobcenter, {then}, next: ende}}",
        more=more,
    )
    return [(finding.data, finding.certainty) for finding in found(RULE, model)]


@pytest.mark.parametrize("then", ["kind: health_check, collects: [health]", "kind: assess, produces: [health]"])
def test_reports_a_second_examination_of_the_same_thing(then: str) -> None:
    assert examined(then) == [(("health",), "definite")]


@pytest.mark.parametrize(
    "then",
    [
        "kind: application, collects: [health]",
        "kind: health_check, needs: [health]",
        "kind: assess, collects: [name]",
    ],
)
def test_is_silent_about_questions_elsewhere_use_of_the_finding_and_other_assessments(then: str) -> None:
    assert examined(then) == []


def test_is_silent_about_examinations_that_exclude_each_other() -> None:
    model = case(
        "first: {type: exclusive, name: Wo?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Untersuchen, actor: sozialamt, kind: health_check, collects: [health], next: ende}\n"
        "rechts: {name: Untersuchen, actor: jobcenter, kind: health_check, collects: [health], next: ende}"
    )

    assert not found(RULE, model)
