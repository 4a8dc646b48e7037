"""What the rule `funding-dependency` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import case, found, model_of

ALWAYS = "first: {name: Beraten, actor: sozialamt, next: ende}"
SOMETIMES = (
    "first: {type: exclusive, name: Rat?, actor: jobcenter, next: [{to: talk, when: ja}, {to: ende, when: nein}]}\n"
    "talk: {name: Beraten, actor: sozialamt, next: ende}"
)


def funded(nodes: str, actor: str, funding: dict[str, object]) -> ArrivalModel:
    """Return the model in which an actor is funded."""
    model = case(nodes)
    actors = [one.changed(funding=[funding]) if one.id == actor else one for one in model.actors.values()]
    return model.changed(actors=actors)


def test_is_worse_where_no_case_does_without_the_step() -> None:
    ends = {"by": "Land", "until": "2026-12-31"}

    assert [f.severity for f in found("funding-dependency", funded(ALWAYS, "sozialamt", ends))] == ["warning"]
    assert [f.severity for f in found("funding-dependency", funded(SOMETIMES, "sozialamt", ends))] == ["hint"]


def test_an_end_that_nobody_knows_is_a_question() -> None:
    (finding,) = found("funding-dependency", funded(ALWAYS, "sozialamt", {"by": "Land"}))

    assert [fact.path for fact in finding.depends_on] == ["actors.sozialamt.funding[0].until"]
    assert (finding.severity, finding.certainty) == ("hint", "possible")


def test_says_so_where_the_money_has_run_out() -> None:
    model = funded(ALWAYS, "sozialamt", {"by": "Land", "until": "2024-12-31"}).changed(as_of="2025-06-01")

    assert "ausgelaufen" in found("funding-dependency", model)[0].message.de


def test_is_silent_about_bodies_that_perform_no_step_or_only_take_part() -> None:
    ends = {"by": "Land", "until": "2026-12-31"}
    nodes = "first: {name: Beraten, actor: sozialamt, with: [agentur], next: ende}"

    assert not found("funding-dependency", funded(nodes, "agentur", ends))
    assert not found("funding-dependency", case(ALWAYS))


def test_an_actor_without_steps_does_not_hide_the_ones_behind_it() -> None:
    text = case("first: {name: A, actor: jobcenter, next: ende}").to_yaml()
    funding = "funding: [{by: Land, until: 2025-12-31}]"
    both = text.replace("kind: social_welfare_office", f"kind: social_welfare_office, {funding}").replace(
        "kind: jobcenter", f"kind: jobcenter, {funding}"
    )

    assert [finding.elements[0].id for finding in found("funding-dependency", model_of(both))] == ["jobcenter"]
