"""What the rule `stale-legal-basis` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import found, handed

PASSED = "channel: email, data: [bank], legal_basis: %s"


def based(norm: str, used: str = "norm") -> ArrivalModel:
    """Return a model of 1 June 2025 in which a transfer rests on a norm."""
    more = f"legal_bases:\n  norm: {{cite: X § 1, kind: statute{norm}}}\n  new: {{cite: X § 1, kind: statute}}\n"
    return handed(PASSED % used, more=more).changed(as_of="2025-06-01")


@pytest.mark.parametrize(
    "norm", [", valid_to: 2025-05-31", ", valid_from: 2025-06-02", ", stage: repealed", ", stage: draft"]
)
def test_names_what_does_not_hold_on_the_day_and_who_relies_on_it(norm: str) -> None:
    (finding,) = found("stale-legal-basis", based(norm))

    assert [element.id for element in finding.elements] == ["norm", "h"]
    assert finding.severity == "warning"


def test_names_the_provision_that_took_its_place() -> None:
    assert "Auf X § 1 umstellen" in found("stale-legal-basis", based(", stage: repealed"))[0].recommendation.de


def test_a_draft_in_a_plan_is_a_hint() -> None:
    model = based(", stage: draft").changed(state="to_be")

    assert [finding.severity for finding in found("stale-legal-basis", model)] == ["hint"]


@pytest.mark.parametrize("norm", ["", ", valid_to: 2025-06-01", ", valid_from: 2025-06-01"])
def test_is_silent_about_what_holds_on_that_day(norm: str) -> None:
    assert not found("stale-legal-basis", based(norm))


def test_is_silent_about_what_nobody_uses_and_without_a_day_about_periods() -> None:
    assert not found("stale-legal-basis", based(", stage: repealed", used="none"))
    assert not found("stale-legal-basis", based(", valid_to: 2020-01-01").changed(as_of=None))
