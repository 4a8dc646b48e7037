"""What the rule `unknown-word` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found, model_of


def test_names_the_nearest_known_word() -> None:
    (finding,) = found("unknown-word", case("first: {name: A, actor: sozialamt, kind: aplication, next: ende}"))

    assert "„application“" in finding.message.de


def test_is_silent_about_words_that_the_model_declares() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, kind: my_kind, next: ende}",
        more="vocabularies: {step_kinds: {my_kind: {name: Eigener Schritt}}}\n",
    )

    assert not found("unknown-word", model)


@pytest.mark.parametrize(
    ("more", "first", "element", "vocabulary"),
    [
        ("", "kind: qqqq", "first", "step_kinds"),
        ("", "kind: application, regime: qqqq", "first", "regimes"),
        ("", "status: qqqq", "first", "residence_statuses"),
        ("cohorts:\n  g: {name: G, status: qqqq}\n", "", "g", "residence_statuses"),
        ("cohorts:\n  g: {name: G, group: qqqq}\n", "", "g", "groups"),
        ("benefits:\n  geld: {name: G, regime: qqqq, payer: jobcenter, covers: housing}\n", "", "geld", "regimes"),
        (
            "benefits:\n  geld: {name: G, regime: sgb2, payer: jobcenter, covers: [housing, qqqq]}\n",
            "",
            "geld",
            "covers",
        ),
    ],
)
def test_looks_at_every_word_of_an_open_vocabulary(more: str, first: str, element: str, vocabulary: str) -> None:
    model = case(f"first: {{name: A, actor: sozialamt{', ' if first else ''}{first}, next: ende}}", more=more)

    (finding,) = found("unknown-word", model)

    assert [one.id for one in finding.elements] == [element]
    assert finding.message.de == f"Das Wort „qqqq“ bei {element} ist im Vokabular „{vocabulary}“ nicht bekannt."
    assert finding.message.en == f"The word 'qqqq' at {element} is not known in the vocabulary '{vocabulary}'."


def test_looks_at_the_kinds_of_actors() -> None:
    text = (
        case("first: {name: A, actor: sozialamt, next: ende}").to_yaml().replace("kind: jobcenter", "kind: jobcentre")
    )

    (finding,) = found("unknown-word", model_of(text))

    assert [one.id for one in finding.elements] == ["jobcenter"]
    assert "gemeint „jobcenter“?" in finding.message.de
    assert "did you mean 'jobcenter'?" in finding.message.en
