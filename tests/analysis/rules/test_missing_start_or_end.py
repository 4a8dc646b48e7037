"""What the rule `missing-start-or-end` reports, and what it must not report."""

from __future__ import annotations

from .cases import HEAD, found, model_of


def process(nodes: str) -> str:
    return f"{HEAD}processes:\n  p:\n    name: Ablauf\n    nodes:\n{nodes}    handovers: none\n"


def test_a_process_that_is_one_round_lacks_both() -> None:
    model = model_of(
        process(
            "      a: {name: Fragen, actor: sozialamt, next: b}\n      b: {name: Warten, actor: sozialamt, next: a}\n"
        )
    )

    findings = found("missing-start-or-end", model)

    assert ["kein Startereignis" in findings[0].message.de, "kein Endereignis" in findings[1].message.de] == [
        True,
        True,
    ]
    assert {element.kind for finding in findings for element in finding.elements} == {"process"}


def test_is_silent_about_sub_processes_without_events() -> None:
    model = model_of(
        process(
            "      s: {type: start, name: Beginn, actor: person, next: sub}\n"
            "      sub:\n        type: subprocess\n        name: Prüfen\n        actor: sozialamt\n        next: e\n"
            "        nodes:\n          in1: {name: Lesen, actor: sozialamt, next: in2}\n"
            "          in2: {type: end, name: Gelesen}\n"
            "      e: {type: end, name: Ende}\n"
        )
    )

    assert not found("missing-start-or-end", model)
