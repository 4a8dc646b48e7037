"""What the rule `deadlock` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found

XOR_TO_AND = (
    "first: {type: exclusive, name: Allein?, actor: sozialamt, next: [{to: a, when: ja}, {to: b, when: nein}]}\n"
    "a: {name: A prüfen, actor: sozialamt, next: both}\nb: {name: B prüfen, actor: sozialamt, next: both}\n"
    "both: {type: parallel, actor: sozialamt, next: ende}"
)


def test_waiting_for_both_ways_of_a_decision_stops_every_run() -> None:
    (finding,) = found("deadlock", case(XOR_TO_AND))

    assert [element.id for element in finding.elements] == ["both"]
    assert finding.certainty == "definite"
    assert finding.run()[:2] == ("beginn", "first")


def test_a_standstill_on_some_runs_only_is_possible() -> None:
    nodes = (
        "first: {type: exclusive, name: Eilig?, next: [{to: ende, when: ja}, {to: wait, when: nein}]}\n"
        "wait: {name: Warten, actor: sozialamt, next: ende}\nlate: {name: Nie, actor: jobcenter, next: ende}"
    )
    model = case(nodes, handovers="[{id: h, from: late, to: wait, waits: true, channel: email, data: none}]")

    (finding,) = found("deadlock", model)

    assert finding.certainty == "possible"
    assert [element.id for element in finding.elements] == ["wait"]


def test_is_silent_about_steps_that_wait_for_each_other() -> None:
    nodes = (
        "first: {type: parallel, actor: sozialamt, next: [a, b]}\n"
        "a: {name: A prüfen, actor: sozialamt, next: both}\nb: {name: B prüfen, actor: jobcenter, next: both}\n"
        "both: {type: parallel, actor: sozialamt, next: ende}"
    )
    handovers = (
        "[{id: h1, from: a, to: b, waits: true, channel: email, data: none}, "
        "{id: h2, from: b, to: a, waits: true, channel: email, data: none}]"
    )
    model = case(nodes, handovers=handovers)

    assert not found("deadlock", model)
    assert found("circular-dependency", model)


def test_is_silent_about_waiting_for_messages_and_about_ways_that_fit() -> None:
    nodes = (
        "first: {type: parallel, actor: sozialamt, next: [a, b]}\n"
        "a: {name: A prüfen, actor: sozialamt, next: both}\n"
        "b: {type: catch, trigger: message, name: Antwort da, actor: sozialamt, next: both}\n"
        "both: {type: parallel, actor: sozialamt, next: ende}"
    )

    assert not found("deadlock", case(nodes))


def test_a_circle_of_waits_does_not_hide_another_standstill() -> None:
    nodes = (
        "first: {type: exclusive, name: Weg?, actor: sozialamt, next: [{to: side, when: eins}, {to: x, when: zwei}]}\n"
        "side: {type: parallel, actor: sozialamt, next: [a, b]}\n"
        "a: {name: A prüfen, actor: sozialamt, next: both}\nb: {name: B prüfen, actor: jobcenter, next: both}\n"
        "both: {type: parallel, actor: sozialamt, next: ende}\n"
        "x: {type: exclusive, name: Allein?, actor: sozialamt, next: [{to: c, when: ja}, {to: d, when: nein}]}\n"
        "c: {name: C prüfen, actor: sozialamt, next: never}\nd: {name: D prüfen, actor: sozialamt, next: never}\n"
        "never: {type: parallel, actor: sozialamt, next: ende}"
    )
    handovers = (
        "[{id: h1, from: a, to: b, waits: true, channel: email, data: none}, "
        "{id: h2, from: b, to: a, waits: true, channel: email, data: none}]"
    )

    findings = found("deadlock", case(nodes, handovers=handovers))

    assert [[element.id for element in finding.elements] for finding in findings] == [["never"]]
