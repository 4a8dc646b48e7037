"""What the rule `unknown-word` reports, and what it must not report."""

from __future__ import annotations

from .cases import case, found


def test_names_the_nearest_known_word() -> None:
    (finding,) = found("unknown-word", case("first: {name: A, actor: sozialamt, kind: aplication, next: ende}"))

    assert "„application“" in finding.message.de


def test_is_silent_about_words_that_the_model_declares() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, kind: my_kind, next: ende}",
        more="vocabularies: {step_kinds: {my_kind: {name: Eigener Schritt}}}\n",
    )

    assert not found("unknown-word", model)
