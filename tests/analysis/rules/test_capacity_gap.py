"""What the rule `capacity-gap` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found

COHORTS = "cohorts:\n  alle: {name: Alle, cases_per_year: 4000}\n  wenige: {name: Wenige, cases_per_year: 10}\n"
STEP = "first: {name: Beraten, actor: sozialamt, duration: PT1H%s, next: ende}"


def limited(nodes: str, capacity: dict[str, object], more: str = COHORTS) -> ArrivalModel:
    """Return the model in which the Sozialamt can do so much."""
    model = case(nodes, more=more)
    actors = [one.changed(capacity=capacity) if one.id == "sozialamt" else one for one in model.actors.values()]
    return model.changed(actors=actors)


def test_compares_cases() -> None:
    (finding,) = found("capacity-gap", limited(STEP % "", {"cases": 4000}))

    assert "4000" in finding.message.de
    assert "4010" in finding.message.de
    assert not found("capacity-gap", limited(STEP % "", {"cases": 4010}))


def test_compares_hours_with_what_a_post_has_at_most() -> None:
    assert found("capacity-gap", limited(STEP % "", {"fte": 1}))
    assert not found("capacity-gap", limited(STEP % "", {"fte": 2}))


def test_is_silent_about_steps_for_few_and_steps_that_some_cases_pass_by() -> None:
    assert not found("capacity-gap", limited(STEP % ", cohorts: [wenige]", {"cases": 100}))
    sometimes = (
        "first: {type: exclusive, name: Rat?, actor: jobcenter, next: [{to: talk, when: ja}, {to: ende, when: nein}]}\n"
        "talk: {name: Beraten, actor: sozialamt, next: ende}"
    )
    assert not found("capacity-gap", limited(sometimes, {"cases": 100}))


def test_is_silent_where_nobody_counted() -> None:
    assert not found("capacity-gap", limited(STEP % "", {"cases": 1}, more=""))
    assert not found("capacity-gap", case(STEP % "", more=COHORTS))


def test_a_step_without_a_duration_takes_no_hours() -> None:
    nodes = (
        "first: {name: Beraten, actor: sozialamt, next: then}\n"
        "then: {name: Vermerken, actor: sozialamt, duration: P1D, next: ende}"
    )

    assert not found("capacity-gap", limited(nodes, {"fte": 0.001}))
