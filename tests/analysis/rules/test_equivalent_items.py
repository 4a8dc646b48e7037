"""What the rule `equivalent-items` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, model_of

RULE = "equivalent-items"


def items(*entries: str) -> list[tuple[str, ...]]:
    lines = "".join(f"  {entry}\n" for entry in entries)
    model = model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        f"data:\n{lines}"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, next: ende}\n      ende: {type: end, name: Ende}\n"
    )
    return [finding.data for finding in found(RULE, model)]


def test_reports_items_with_the_same_fim_id() -> None:
    assert items(
        "one: {name: Name, category: identity, fim_id: F60000227}",
        "two: {name: Familienname, category: identity, fim_id: F60000227}",
    ) == [("one", "two")]


def test_reports_items_that_are_called_alike_in_one_language() -> None:
    assert items(
        "one: {name: {de: Familienname, en: Family name}, category: identity}",
        "two: {name: {de: Nachname, en: family-name}, category: identity}",
    ) == [("one", "two")]


@pytest.mark.parametrize(
    "second",
    [
        "two: {name: Familienname, category: identity, canonical: one}",
        "two: {name: Vorname, category: identity}",
        "two: {name: Familienname, category: family}",
        "two: {name: Familienname, contains: [one]}",
    ],
)
def test_is_silent_about_linked_different_and_grouped_items(second: str) -> None:
    assert items("one: {name: Familienname, category: identity}", second) == []


def test_shows_the_first_step_that_asks_for_each_of_them() -> None:
    step = "{{name: {}, actor: a, collects: [{}], next: {}}}"
    model = model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\nactors: {a: {name: A, kind: other}}\n"
        "data:\n  one: {name: Name, category: identity}\n  other: {name: Ort, category: identity}\n"
        "  two: {name: name, category: identity}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n      beginn: {type: start, name: Beginn, next: w}\n"
        f"      w: {step.format('W', 'other', 'x')}\n      x: {step.format('X', 'two', 'y')}\n"
        f"      y: {step.format('Y', 'one', 'z')}\n      z: {step.format('Z', 'two', 'ende')}\n"
        "      ende: {type: end, name: Ende}\n"
    )

    (finding,) = found(RULE, model)

    assert finding.witness == ("x", "y")
