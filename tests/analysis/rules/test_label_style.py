"""What the rule `label-style` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found


def named(name: str) -> list[str]:
    model = case(f"first: {{name: '{name}', actor: sozialamt, next: ende}}")
    return [finding.message.de for finding in found("label-style", model)]


@pytest.mark.parametrize("name", ["Schritt 1", "Task", "TODO", "???", "Aktivität 12", "antrag_pruefen", "...",
                                  "x" * 101, "ANTRAG PRÜFEN", "Hier wird der Antrag geprüft."])  # fmt: skip
def test_names_what_does_not_tell_the_reader_anything(name: str) -> None:
    assert len(named(name)) == 1


@pytest.mark.parametrize(
    "name",
    ["Antrag prüfen", "Anhören", "Anhörung", "EASY", "BAMF", "eAT ausgeben", "Nach § 24 Abs. 3 AsylG mitteilen",
     "Bescheid erteilen usw.", "Schritt halten", "Neue Adresse melden", "Entscheidung zustellen"],
)  # fmt: skip
def test_is_silent_about_names_that_people_use(name: str) -> None:
    assert named(name) == []


def test_a_decision_is_a_question() -> None:
    nodes = (
        "first: {type: exclusive, %sactor: sozialamt, next: [{to: a, when: ja}, {to: ende, when: nein}]}\n"
        "a: {name: Bewilligen, actor: sozialamt, next: ende}"
    )

    assert found("label-style", case(nodes % "name: Anspruch prüfen, "))
    assert not found("label-style", case(nodes % "name: 'Anspruch?', "))
    assert not found("label-style", case(nodes % ""))


def test_the_same_name_twice_counts_at_one_body_only() -> None:
    nodes = "first: {name: Prüfen, actor: sozialamt, next: then}\nthen: {name: Prüfen, actor: %s, next: ende}"

    assert [[e.id for e in f.elements] for f in found("label-style", case(nodes % "sozialamt"))] == [["first", "then"]]
    assert not found("label-style", case(nodes % "jobcenter"))
