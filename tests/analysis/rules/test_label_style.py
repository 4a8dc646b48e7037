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


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        ("Schritt 1", "ist ein Platzhalter", "is a placeholder"),
        ("antrag_pruefen", "ist eine Kennung, kein Name", "is an id, not a name"),
        ("ANTRAG PRÜFEN", "steht ganz in Großbuchstaben", "is all in capitals"),
        ("Prüfen " * 14 + "abcd", "ist zu lang (102 Zeichen)", "is too long (102 characters)"),
        ("Hier wird der Antrag geprüft.", "ist ein Satz", "is a sentence"),
    ],
)
def test_says_in_both_languages_what_is_wrong_with_a_name(name: str, german: str, english: str) -> None:
    (finding,) = found("label-style", case(f"first: {{name: '{name}', actor: sozialamt, next: ende}}"))

    assert finding.message.de.endswith(f"{german}.")
    assert finding.message.en.endswith(f"{english}.")
    assert (finding.severity, finding.certainty, finding.witness) == ("info", "definite", ("first",))


@pytest.mark.parametrize(
    ("name", "is_found"),
    [("Ab " * 33 + "c", False), ("Ab " * 33 + "cd", True), ("KINDGELD", False), ("KINDERGELD", True)],
)
def test_a_hundred_characters_and_eight_capitals_are_still_a_name(name: str, is_found: bool) -> None:
    assert bool(named(name)) is is_found


def test_a_join_needs_no_question_and_an_inclusive_decision_does() -> None:
    nodes = (
        "first: {type: KIND, name: Wer prüft, actor: sozialamt, next: [{to: a, when: ja}, {to: zu, when: nein}]}\n"
        "a: {name: Bewilligen, actor: sozialamt, next: zu}\n"
        "zu: {type: KIND, name: Wieder zusammen, actor: sozialamt, next: ende}"
    )

    assert [[e.id for e in f.elements] for f in found("label-style", case(nodes.replace("KIND", "inclusive")))] == [
        ["first"]
    ]
    assert not found("label-style", case(nodes.replace("KIND", "parallel").replace(", when: ja", "").replace(
        ", when: nein", "")))  # fmt: skip


def test_looks_at_the_english_name_too() -> None:
    model = case("first: {name: {de: Antrag prüfen, en: Task 1}, actor: sozialamt, next: ende}")

    assert [finding.message.en for finding in found("label-style", model)] == ["The name “Task 1” is a placeholder."]


def test_the_same_name_counts_whatever_its_capitals_and_each_body_is_counted() -> None:
    model = case(
        "first: {name: Prüfen, actor: sozialamt, next: b}\nb: {name: Melden, actor: jobcenter, next: c}\n"
        "c: {name: prüfen, actor: sozialamt, next: d}\nd: {name: Prüfen, actor: sozialamt, next: e}\n"
        "e: {name: Melden, actor: jobcenter, next: f}\nf: {name: Melden, actor: none, next: ende}"
    )

    findings = tuple(found("label-style", model))

    assert [[element.id for element in finding.elements] for finding in findings] == [["c", "d", "first"], ["b", "e"]]
    assert findings[0].message.de == "3 Schritte von Sozialamt heißen gleich: „Prüfen“."
    assert findings[0].witness == ("first", "c", "d")
