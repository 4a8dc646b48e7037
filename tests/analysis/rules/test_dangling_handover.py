"""What the rule `dangling-handover` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_names_what_nobody_receives() -> None:
    model = case(
        "first: {name: Melden, actor: sozialamt, next: ende}",
        handovers="[{id: h, from: first, to: none, data: [both]}]",
    )

    (finding,) = found("dangling-handover", model)

    assert finding.severity == "error"
    assert finding.data == ("name", "bank")
    assert "„Stammdaten“" in finding.message.de


def test_warns_of_a_receiver_without_any_step() -> None:
    model = case(
        "first: {name: Melden, actor: sozialamt, next: ende}",
        handovers="[{id: h, from: first, to: {actor: jobcenter}, data: [name]}]",
    )

    assert [finding.severity for finding in found("dangling-handover", model)] == ["warning"]


def test_is_silent_about_an_actor_that_acts_somewhere_else_in_the_model() -> None:
    model = case(
        "first: {name: Melden, actor: sozialamt, next: then}\nthen: {name: Annehmen, actor: jobcenter, next: ende}",
        handovers="[{id: h, from: first, to: {actor: jobcenter}, data: [name]}]",
    )

    assert not found("dangling-handover", model)
