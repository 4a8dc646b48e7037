"""What the rule `missing-responsibility` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_an_unknown_performer_is_possible_and_asks_who() -> None:
    (finding,) = found("missing-responsibility", case("first: {name: Prüfen, next: ende}"))

    assert finding.certainty == "possible"
    assert finding.depends_on[0].path == "processes.p.nodes.first.actor"


def test_a_performer_that_is_known_to_be_nobody_is_definite() -> None:
    (finding,) = found("missing-responsibility", case("first: {name: Prüfen, actor: none, next: ende}"))

    assert finding.certainty == "definite"
    assert not finding.depends_on


def test_a_decision_needs_somebody_accountable() -> None:
    decided = case("first: {name: Entscheiden, actor: sozialamt, kind: decide, responsible: none, next: ende}")
    advised = case("first: {name: Beraten, actor: sozialamt, kind: counsel, responsible: none, next: ende}")

    assert len(found("missing-responsibility", decided)) == 1
    assert not found("missing-responsibility", advised)


def test_is_silent_about_gateways_and_events_without_an_actor() -> None:
    model = case("first: {type: exclusive, next: done}\ndone: {name: Prüfen, actor: sozialamt, next: ende}")

    assert not found("missing-responsibility", model)
