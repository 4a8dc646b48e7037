"""What the engine makes of what rules see: ids, severities, measures, sources, and which rules are asked."""

from __future__ import annotations

import pytest

from ankunft_model.analysis import check
from ankunft_model.analysis.check import asked_rules

from .rules.cases import case, handed

TWICE = case("first: {name: Schritt 1, actor: sozialamt, next: then}\nthen: {name: Schritt 2, actor: none, next: ende}")


def test_the_id_of_a_finding_is_its_rule_and_its_elements_the_main_one_first() -> None:
    model = case(
        "zuerst: {name: Prüfen, actor: sozialamt, next: ende}\nfirst: {name: Prüfen, actor: sozialamt, next: zuerst}"
    )

    assert [finding.id for finding in check(model, select=["label-style"])] == ["label-style:first+zuerst"]
    assert [finding.id for finding in check(TWICE, select=["label-style"])] == ["label-style:first", "label-style:then"]


def test_findings_about_the_same_elements_are_told_apart_by_their_data() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [name, bank], next: then}\n"
        "then: {name: Nachfragen, actor: sozialamt, collects: [name, bank], next: ende}"
    )
    ids = [finding.id for finding in check(model)]

    assert len(set(ids)) == len(ids)


def test_a_severity_that_is_settled_comes_before_that_of_the_rule() -> None:
    found = check(TWICE, select=["label-style"], severities={"label-style": "error", "dead-end": "info"}, file="f.yaml")

    assert {finding.severity for finding in found} == {"error"}
    assert {finding.file for finding in found} == {"f.yaml"}
    assert {finding.severity for finding in check(TWICE, select=["label-style"])} == {"info"}


def test_rules_come_in_the_order_of_the_catalogue_and_ignoring_comes_last() -> None:
    every = [rule.id for rule in asked_rules()]

    assert [rule.id for rule in asked_rules(["label-style", "deadlock"])] == ["deadlock", "label-style"]
    assert [rule.id for rule in asked_rules(["flow", "deadlock"], ["deadlock"])] == [
        id_ for id_ in every if id_ in {rule.id for rule in asked_rules(["flow"])} - {"deadlock"}
    ]
    assert asked_rules(["deadlock"], ["flow"]) == ()
    assert [rule.id for rule in asked_rules([])] == []


@pytest.mark.parametrize(
    ("measure", "named"),
    [
        ("resolves: [label-style]", True),
        ("resolves: [label-style], changes: [first]", True),
        ("resolves: [label-style], changes: [ende]", False),
        ("resolves: [dead-end], changes: [first]", False),
    ],
)
def test_a_measure_of_the_model_for_the_element_comes_before_the_shipped_ones(measure: str, named: bool) -> None:
    model = case(
        "first: {name: Schritt 1, actor: sozialamt, next: ende}", more=f"measures:\n  m: {{name: M, {measure}}}\n"
    )

    (finding,) = check(model, select=["label-style"])

    assert (finding.measures == ("m",)) is named
    assert finding.measures


def test_the_sources_of_the_elements_are_named_once() -> None:
    more = "sources:\n  amt: {name: Auskunft des Amts}\n  web: {name: Netz}\n"
    model = handed(
        "channel: email, data: [bank], agreement: none, legal_basis: none, consent: none, source: [amt]",
        first=", source: [web, amt]",
        more=more,
    )

    (finding,) = check(model, select=["handover-without-agreement"])

    assert [reason.id for reason in finding.because if reason.kind == "source"] == ["amt", "web"]
