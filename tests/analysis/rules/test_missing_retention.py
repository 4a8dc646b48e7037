"""What the rule `missing-retention` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import case, found

RULE = "missing-retention"


def kept(system: str, step: str = "collects: [name], records_in: [akte]") -> list[str]:
    model = case(
        f"first: {{name: Aufnehmen, actor: sozialamt, {step}, next: ende}}",
        more=f"systems:\n  akte: {{name: Akte, readers: [sozialamt], {system}}}\n",
    )
    return [element.id for finding in found(RULE, model) for element in finding.elements]


def test_reports_a_system_with_data_and_asks_for_the_time() -> None:
    model = case(
        "first: {name: Aufnehmen, actor: sozialamt, collects: [name], records_in: [akte], next: ende}",
        more="systems:\n  akte: {name: Akte, holds: none}\n",
    )

    (finding,) = found(RULE, model)

    assert [fact.path for fact in finding.depends_on] == ["systems.akte.retention"]
    assert (finding.certainty, finding.severity) == ("possible", "info")


def test_counts_what_a_system_holds_from_the_start() -> None:
    assert kept("holds: [bank]", step="collects: [name]") == ["akte"]


@pytest.mark.parametrize(
    ("system", "step"),
    [("holds: none, retention: P10Y", "collects: [name], records_in: [akte]"), ("holds: none", "collects: [name]")],
)
def test_is_silent_with_a_stated_time_and_about_empty_systems(system: str, step: str) -> None:
    assert kept(system, step) == []
