"""What the rule `redundant-exchange` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "redundant-exchange"
STEPS = (
    "first: {name: Schicken, actor: sozialamt, next: then}\n"
    "then: {name: Prüfen, actor: jobcenter, next: dann}\n"
    "dann: {name: Ablegen, actor: sozialamt, next: ende}"
)


def exchanged(
    back: str = "channel: email, data: [name]", *, steps: str = STEPS, more: str = ""
) -> list[tuple[tuple[str, ...], str]]:
    there = "{id: hin, from: first, to: then, channel: file_list, data: [both]}"
    model = case(steps, handovers=f"[{there}, {{id: her, from: then, to: dann, {back}}}]", more=more)
    return [(finding.data, finding.certainty) for finding in found(RULE, model)]


def test_reports_the_items_that_pass_both_ways() -> None:
    assert exchanged() == [(("name",), "definite")]


@pytest.mark.parametrize(
    "back",
    [
        "channel: email, data: [health]",
        "channel: none, data: [name]",
        "channel: paper_carried, data: [name]",
        "channel: email, data: none, documents: [bescheid]",
    ],
)
def test_is_silent_about_other_data_paper_and_documents(back: str) -> None:
    assert exchanged(back, more="documents:\n  bescheid: {name: Bescheid, issuer: jobcenter, prints: [name]}\n") == []


def test_is_silent_about_what_the_second_body_establishes_anew() -> None:
    assert exchanged(steps=STEPS.replace("Prüfen, actor: jobcenter", "Prüfen, actor: jobcenter, changes: [name]")) == []


def test_is_silent_about_branches_that_exclude_each_other() -> None:
    model = case(
        "first: {type: exclusive, name: Wer?, next: [{to: links, when: a}, {to: rechts, when: b}]}\n"
        "links: {name: Schicken, actor: sozialamt, next: ende}\n"
        "rechts: {name: Schicken, actor: jobcenter, next: ende}",
        handovers="[{id: hin, from: links, to: {actor: jobcenter}, channel: email, data: [name]}, "
        "{id: her, from: rechts, to: {actor: sozialamt}, channel: email, data: [name]}]",
    )

    assert not found(RULE, model)


def test_is_silent_where_it_is_settled_which_source_counts() -> None:
    there = "{id: hin, from: first, to: then, channel: file_list, data: [both]}"
    back = "{id: her, from: then, to: dann, channel: email, data: [name, bank]}"
    model = case(
        STEPS,
        handovers=f"[{there}, {back}]",
        more="systems:\n  register: {name: Register, operated_by: sozialamt, holds: none, readers: none}\n",
    )
    led = [one.changed(source_of_truth="register") if one.id == "name" else one for one in model.data.values()]

    assert [finding.data for finding in found(RULE, model)] == [("name", "bank")]
    assert [finding.data for finding in found(RULE, model.changed(data=led))] == [("bank",)]


def test_three_handovers_between_two_bodies_give_a_finding_for_each_pair_in_opposite_directions() -> None:
    model = case(
        "first: {name: Schicken, actor: sozialamt, next: then}\n"
        "then: {name: Prüfen, actor: jobcenter, next: dann}\n"
        "dann: {name: Ergänzen, actor: sozialamt, next: zuletzt}\n"
        "zuletzt: {name: Ablegen, actor: jobcenter, next: ende}",
        handovers="[{id: a, from: first, to: then, channel: email, data: [name]}, "
        "{id: b, from: then, to: dann, channel: email, data: [name]}, "
        "{id: c, from: dann, to: zuletzt, channel: email, data: [name, bank]}]",
    )

    findings = tuple(found(RULE, model))

    assert [[e.id for e in f.elements if e.kind == "handover"] for f in findings] == [["a", "b"], ["b", "c"]]
    assert findings[0].message.de.startswith("Sozialamt und Jobcenter schicken einander „Familienname“;")
    assert findings[1].message.de.startswith("Jobcenter und Sozialamt schicken einander „Familienname“;")
    assert findings[0].witness[-1] == "then"


def test_names_them_in_the_order_in_which_a_run_makes_them() -> None:
    model = case(
        STEPS,
        handovers="[{id: her, from: then, to: dann, channel: email, data: [name]}, "
        "{id: hin, from: first, to: then, channel: email, data: [name]}]",
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["hin", "her", "first", "then", "dann"]
    assert (finding.certainty, finding.severity) == ("definite", "hint")


def test_is_only_possible_where_the_second_is_made_on_some_runs() -> None:
    model = case(
        "first: {name: Schicken, actor: sozialamt, next: wahl}\n"
        "wahl: {type: exclusive, name: Zurück?, next: [{to: then, when: ja}, {to: ende, when: nein}]}\n"
        "then: {name: Prüfen, actor: jobcenter, next: ende}",
        handovers="[{id: hin, from: first, to: {actor: jobcenter}, channel: email, data: [name]}, "
        "{id: her, from: then, to: {actor: sozialamt}, channel: email, data: [name]}]",
    )

    (finding,) = found(RULE, model)

    assert "then" in finding.run()
