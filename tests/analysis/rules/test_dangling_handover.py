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


def test_names_the_sending_step_if_there_is_one() -> None:
    def named(ends: str) -> list[tuple[list[str], tuple[str, ...]]]:
        model = case(
            "first: {name: A, actor: sozialamt, next: ende}",
            handovers=f"[{{id: h, {ends}, channel: email, data: [name]}}]",
        )
        return [([e.id for e in f.elements], f.witness) for f in found("dangling-handover", model)]

    assert named("from: first, to: none") == [(["h", "first"], ("first",))]
    assert named("from: {actor: sozialamt}, to: none") == [(["h"], ())]
    assert named("from: first, to: {actor: jobcenter}") == [(["h", "first", "jobcenter"], ("first",))]
