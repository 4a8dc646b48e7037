"""What the rule `dead-end` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_names_an_endless_round() -> None:
    model = case("first: {type: exclusive, next: ask}\nask: {name: Nachfordern, actor: sozialamt, next: first}")

    assert {finding.elements[0].id for finding in found("dead-end", model)} == {"beginn", "first", "ask", "ende"}


def test_names_a_part_that_nothing_leads_to() -> None:
    model = case(
        "first: {name: Prüfen, actor: sozialamt, next: ende}\nlost: {name: Vergessen, actor: sozialamt, next: ende}"
    )

    # a process with a start event does not begin anywhere else
    assert [finding.elements[0].id for finding in found("dead-end", model)] == ["lost"]


def test_is_silent_about_a_loop_with_a_way_out() -> None:
    model = case(
        "first: {type: exclusive, next: ask}\nask: {name: Fragen, actor: sozialamt, next: done}\n"
        "done: {type: exclusive, name: Alles da?, next: [{to: first, when: nein}, {to: ende, when: ja}]}"
    )

    assert not found("dead-end", model)


def test_an_end_without_a_goal_counts_only_where_goals_are_marked() -> None:
    nodes = (
        "first: {type: exclusive, name: Bewilligt?, next: [{to: paid, when: ja}, {to: ende, when: nein}]}\n"
        "paid: {type: end, name: Leistung läuft%s}"
    )

    assert [f.elements[0].id for f in found("dead-end", case(nodes % ", milestone: paid"))] == ["ende"]
    assert not found("dead-end", case(nodes % ""))


def test_a_step_from_which_only_an_event_at_its_border_leads_on_is_no_dead_end() -> None:
    model = case(
        "first: {name: Bearbeiten, actor: sozialamt, next: again}\nagain: {type: exclusive, next: first}\n"
        "weg: {type: boundary, attached_to: first, trigger: timer, at: P14D, name: Zu spät, next: ende}"
    )

    assert not found("dead-end", model)


def test_says_which_way_is_missing() -> None:
    lost = case(
        "first: {name: Prüfen, actor: sozialamt, next: ende}\nlost: {name: Vergessen, actor: sozialamt, next: ende}"
    )
    round_ = case("first: {type: exclusive, next: ask}\nask: {name: Nachfordern, actor: sozialamt, next: first}")

    assert [f.message.de for f in found("dead-end", lost)] == ["Kein Weg führt zu „Vergessen“."]
    assert "Von „Nachfordern“ führt kein Weg zu einem Ende: Der Ablauf dreht sich im Kreis." in {
        finding.message.de for finding in found("dead-end", round_)
    }


def test_the_end_of_a_part_need_not_be_a_goal() -> None:
    model = case(
        "first: {type: subprocess, name: Teil, actor: sozialamt, next: ziel, nodes: "
        "{a: {name: A, actor: sozialamt, next: z}, z: {type: end, name: Fertig}}}\n"
        "ziel: {type: end, name: Leistung läuft, milestone: paid}"
    )

    assert "z" not in [finding.elements[0].id for finding in found("dead-end", model)]
