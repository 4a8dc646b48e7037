"""What the rule `deadlock` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import HEAD, case, found, model_of

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


BETWEEN = """\
processes:
  frage:
    name: Frage
    nodes:
      los: {type: start, name: Los, actor: sozialamt, next: fragen}
      fragen: {name: Fragen, actor: sozialamt, next: warten}
      warten: {name: Antwort lesen, actor: sozialamt, next: fertig}
      fertig: {type: end, name: Fertig}
    handovers: [{id: hin, from: fragen, to: da, triggers: true, channel: email, data: none}]
  antwort:
    name: Antwort
    nodes:
      da: {type: start, name: Frage da, actor: jobcenter, next: FIRST}
      wahl: {type: exclusive, name: Klar?, next: [{to: antworten, when: ja}, {to: aus, when: nein}]}
      antworten: {name: Antworten, actor: jobcenter, next: aus}
      liegen: {name: Liegen lassen, actor: jobcenter, next: aus}
      aus: {type: end, name: Aus}
    handovers: [{id: her, from: antworten, to: warten, waits: true, channel: email, data: none}]
"""


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("wahl", [("possible", ["warten"], "kann der Fall stehen bleiben", "kommt nicht auf jedem Weg")]),
        ("antworten", []),
    ],
)
def test_a_message_of_another_process_that_need_not_come_can_stop_the_case(
    first: str, expected: list[tuple[str, list[str], str, str]]
) -> None:
    findings = tuple(found("deadlock", model_of(HEAD + BETWEEN.replace("FIRST", first))))

    assert [(f.certainty, [element.id for element in f.elements]) for f in findings] == [one[:2] for one in expected]
    for finding, (_, _, stops, comes) in zip(findings, expected, strict=True):
        assert stops in finding.message.de
        assert comes in finding.message.de


def test_says_whether_every_run_stops_or_only_some() -> None:
    (always,) = found("deadlock", case(XOR_TO_AND))
    sometimes = case(
        "first: {type: exclusive, name: Eilig?, next: [{to: ende, when: ja}, {to: wait, when: nein}]}\n"
        "wait: {name: Warten, actor: sozialamt, next: ende}\nlate: {name: Nie, actor: jobcenter, next: ende}",
        handovers="[{id: h, from: late, to: wait, waits: true, channel: email, data: none}]",
    )
    (some,) = found("deadlock", sometimes)

    assert "bleibt bei" in always.message.de
    assert "stops at" in always.message.en
    assert "kann bei „Warten“ stehen bleiben" in some.message.de
    assert "can stop at" in some.message.en
    assert {always.severity, some.severity} == {"error"}
    assert "wait" not in some.run()
