"""What the rule `circular-dependency` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found

PAPERS = "documents:\n  x: {name: Bescheid X}\n  y: {name: Bescheid Y}\n  z: {name: Bescheid Z}\n"


def parallel(a: str, b: str, *, more: str = "", ways: str = "a, b") -> ArrivalModel:
    """Return a model with two steps side by side, and more nodes."""
    return case(
        f"first: {{type: parallel, actor: person, next: [{ways}]}}\n"
        f"a: {{name: A prüfen, actor: sozialamt, {a}, next: both}}\n"
        f"b: {{name: B prüfen, actor: jobcenter, {b}, next: both}}\n{more}"
        "both: {type: parallel, actor: person, next: ende}",
        more=PAPERS,
    )


def test_each_asks_for_the_paper_of_the_other() -> None:
    model = parallel("documents_in: [y], documents_out: [x]", "documents_in: [x], documents_out: [y]")

    (finding,) = found("circular-dependency", model)

    assert [element.id for element in finding.elements] == ["a", "b", "y", "x"]
    assert "Sozialamt verlangt „Bescheid Y“ von Jobcenter" in finding.message.de


def test_a_circle_may_lead_over_steps_that_come_before() -> None:
    model = case(
        "first: {type: parallel, actor: person, next: [a1, b1]}\n"
        "a1: {name: A beginnen, actor: sozialamt, documents_in: [y], next: a2}\n"
        "a2: {name: A beenden, actor: sozialamt, documents_out: [x], next: both}\n"
        "b1: {name: B beginnen, actor: jobcenter, documents_in: [x], next: b2}\n"
        "b2: {name: B beenden, actor: jobcenter, documents_out: [y], next: both}\n"
        "both: {type: parallel, actor: person, next: ende}",
        more=PAPERS,
    )

    assert [element.id for element in found("circular-dependency", model)[0].elements][:2] == ["a1", "b1"]


def test_is_silent_where_somebody_else_issues_the_paper_too() -> None:
    model = parallel(
        "documents_in: [y], documents_out: [x]",
        "documents_in: [x], documents_out: [y]",
        more="c: {name: C prüfen, actor: agentur, documents_out: [y], next: both}\n",
        ways="a, b, c",
    )

    assert not found("circular-dependency", model)


def test_is_silent_where_another_paper_will_do() -> None:
    model = parallel("documents_in: [{any_of: [y, z]}], documents_out: [x]", "documents_in: [x], documents_out: [y]")

    assert not found("circular-dependency", model)


def test_is_silent_about_a_step_that_renews_a_paper_and_about_one_that_asks_too_early() -> None:
    assert not found("circular-dependency", parallel("documents_in: [x], documents_out: [x]", "documents_in: [x]"))
    early = case(
        "first: {name: Früh, actor: sozialamt, documents_in: [x], next: then}\n"
        "then: {name: Spät, actor: jobcenter, documents_out: [x], next: ende}",
        more=PAPERS,
    )
    assert not found("circular-dependency", early)
    assert found("needed-but-unavailable", early)
