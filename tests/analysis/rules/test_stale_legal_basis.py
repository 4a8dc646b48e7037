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


def test_counts_the_places_and_names_their_steps_or_the_ends_of_the_handovers() -> None:
    only_handover = based(", stage: repealed")
    steps = handed(
        PASSED % "norm",
        more="legal_bases:\n  norm: {cite: X § 1, kind: statute, stage: repealed}\n",
        first=", collects: [{item: bank, justified_by: norm}]",
        then=", deadlines: [{within: P3D, after: first, legal_basis: norm}]",
    )

    (one,) = found("stale-legal-basis", only_handover)
    (three,) = found("stale-legal-basis", steps)

    assert "darauf stützt sich eine Stelle des Modells." in one.message.de
    assert "one place of the model rests on it." in one.message.en
    assert "darauf stützen sich 3 Stellen des Modells." in three.message.de
    assert "3 places of the model rest on it." in three.message.en
    assert (one.witness, three.witness) == (("first", "then"), ("first", "then"))
    assert [(reason.kind, reason.id) for reason in three.because] == [("legal_basis", "norm")]


def test_a_successor_has_the_same_citation_and_holds_itself() -> None:
    def recommended(new: str) -> str:
        more = (
            f"legal_bases:\n  norm: {{cite: X § 1, kind: statute, stage: repealed}}\n  new: {{{new}, kind: statute}}\n"
        )
        (finding,) = found("stale-legal-basis", handed(PASSED % "norm", more=more))
        return finding.recommendation.de

    assert recommended("cite: X § 1").startswith("Auf X § 1 umstellen")
    assert recommended("cite: X § 2").startswith("Die heute geltende Norm benennen")
    assert recommended("cite: X § 1, stage: draft").startswith("Die heute geltende Norm benennen")


def test_says_from_when_until_when_it_held() -> None:
    assert "galt nur bis zum 31.05.2025" in found("stale-legal-basis", based(", valid_to: 2025-05-31"))[0].message.de
    assert "gilt erst ab dem 02.06.2025" in found("stale-legal-basis", based(", valid_from: 2025-06-02"))[0].message.de
