"""What the rule `empty-domain` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, model_of

RULE = "empty-domain"


def with_domains(process: str, *steps: str) -> list[str]:
    names = [f"s{number}" for number in range(len(steps))]
    lines = "".join(
        f"      {name}: {{name: Schritt, domain: {domain}, next: {after}}}\n"
        for name, domain, after in zip(names, steps, [*names[1:], "ende"], strict=False)
    )
    model = model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        f"processes:\n  p:\n    name: Ablauf\n    domain: {process}\n    nodes:\n"
        f"      beginn: {{type: start, name: Beginn, next: {(*names, 'ende')[0]}}}\n"
        f"{lines}      ende: {{type: end, name: Ende}}\n"
    )
    return [element.id for finding in found(RULE, model) for element in finding.elements]


def test_reports_a_process_whose_field_has_no_step() -> None:
    assert with_domains("language", "counselling", "health") == ["p"]
    assert with_domains("language") == ["p"]


@pytest.mark.parametrize("steps", [("language",), ("counselling", "language"), ("unknown",)])
def test_is_silent_where_a_step_belongs_to_the_field(steps: tuple[str, ...]) -> None:
    assert with_domains("language", *steps) == []


def test_is_silent_where_a_step_belongs_to_a_narrower_field_or_no_field_is_named() -> None:
    assert with_domains("education", "early_childhood") == []
    assert with_domains("unknown", "language") == []
