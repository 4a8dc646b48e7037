"""What the rule `not-shareable` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "not-shareable"


def needed(
    *, first: str = "collects: [health]", then: str = "needs: [health]", handovers: str = "none", more: str = ""
) -> list[tuple[tuple[str, ...], str]]:
    model = case(
        f"first: {{name: Fragen, actor: sozialamt, {first}, next: then}}\n"
        f"then: {{name: Planen, actor: jobcenter, {then}, next: ende}}",
        handovers=handovers,
        more=more,
    )
    return [(finding.data, finding.certainty) for finding in found(RULE, model)]


def test_reports_what_one_body_asked_and_another_one_lacks() -> None:
    assert needed() == [(("health",), "definite")]


def test_names_the_handover_over_which_it_ought_to_pass() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
        handovers="[{id: h, from: first, to: then, channel: none, data: none, wanted: [health]}]",
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["then", "first", "h"]


@pytest.mark.parametrize(
    "more",
    [
        "legal_bases:\n  norm: {cite: Norm, kind: statute, allows: {recipients: [jobcenter], data: any}}\n",
        "consents:\n  ja: {given_at: first, data: [health], recipients: [jobcenter]}\n",
        "systems:\n  akte: {name: Akte, holds: none, readers: [{actor: jobcenter, data: [health], used: false}]}\n",
    ],
)
def test_is_silent_where_a_basis_or_a_right_exists(more: str) -> None:
    assert needed(more=more) == []


def test_is_silent_where_it_passes_even_if_too_late_or_on_paper() -> None:
    late = "[{id: h, from: then, to: {actor: jobcenter}, channel: email, data: [health]}]"
    carried = "[{id: h, from: first, to: then, channel: paper_carried, data: [health]}]"

    assert needed(handovers=late) == []
    assert needed(handovers=carried) == []


def test_is_silent_where_nobody_has_asked_or_the_body_asks_itself() -> None:
    assert needed(first="collects: [name]") == []
    assert needed(then="collects: [health], needs: [health]") == []


def test_is_only_possible_while_it_is_open_what_passes() -> None:
    handover = "[{id: h, from: first, to: then, channel: email}]"

    assert needed(handovers=handover) == [(("health",), "possible")]


@pytest.mark.parametrize(
    ("system", "asked"),
    [
        ("readers: [jobcenter]", ["systems.akte.holds"]),
        ("readers: [jobcenter], stores: [name]", []),
        ("readers: [jobcenter], holds: none", []),
        ("readers: [sozialamt]", []),
        ("readers: none", []),
        ("holds: none, stores: [name]", []),
    ],
)
def test_asks_what_a_system_holds_only_if_the_body_could_read_it_there(system: str, asked: list[str]) -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
        more=f"systems:\n  akte: {{name: Akte, {system}}}\n",
    )

    (finding,) = found(RULE, model)

    assert [fact.path for fact in finding.depends_on] == asked


def test_is_only_possible_where_the_question_comes_on_some_runs_only() -> None:
    model = case(
        "first: {type: exclusive, name: Krank?, next: [{to: ask, when: ja}, {to: then, when: nein}]}\n"
        "ask: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
    )

    assert [finding.certainty for finding in found(RULE, model)] == ["possible"]
