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
