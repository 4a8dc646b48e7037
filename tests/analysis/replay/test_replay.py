"""A documented case beside the model: where it left it, which way it took, which days it was without."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ankunft_model.analysis.replay.replay import Replay, replay
from ankunft_model.errors import UnknownElementError
from ankunft_model.model.documented_case import DocumentedCase, DocumentedStep

from ..rules.cases import case

MODEL = case(
    "first: {name: Prüfen, actor: sozialamt, next: weg}\n"
    "weg: {type: exclusive, name: Wohin?, next: [{to: kurz, when: a}, {to: lang, when: b}]}\n"
    "kurz: {name: Kurz, actor: sozialamt, stops: [alt], next: zu}\n"
    "lang: {name: Lang, actor: sozialamt, stops: [alt], next: mehr}\n"
    "mehr: {name: Mehr, actor: sozialamt, deadlines: [{within: P5D, after: lang}], next: zu}\n"
    "zu: {type: exclusive, next: then}\n"
    "then: {name: Zahlen, actor: jobcenter, starts: [neu], next: ende}",
    more="benefits:\n  alt: {name: Alt, regime: asylblg, payer: sozialamt, covers: subsistence}\n"
    "  neu: {name: Neu, regime: sgb2, payer: jobcenter, covers: subsistence}\n",
)


def replayed(*steps: tuple[str, str | None], **more: str) -> Replay:
    documented = tuple(
        DocumentedStep(node=node, on=None if day is None else date.fromisoformat(day)) for node, day in steps
    )
    return replay(MODEL, DocumentedCase(id="secret_pseudonym", steps=documented, **more))


def test_a_case_that_follows_the_model_to_its_end_fits() -> None:
    found = replayed(("first", None), ("kurz", None), ("then", None))

    assert found.left_at is None
    assert found.missing_at_end == ()
    assert found.choices == {"weg": ("kurz",), "zu": ("then",)} or found.choices == {"weg": ("kurz",)}


def test_steps_that_the_case_does_not_mention_are_named() -> None:
    found = replayed(("lang", None), ("then", None))

    assert [step.skipped for step in found.steps] == [("first",), ("mehr",)]


def test_the_first_step_that_is_not_foreseen_is_where_the_case_left_the_model() -> None:
    found = replayed(("first", None), ("kurz", None), ("lang", None), ("then", None))

    assert [step.fits for step in found.steps] == [True, True, False, True]
    assert found.left_at == 2


def test_what_the_model_does_not_know_does_not_fit() -> None:
    unknown = DocumentedStep(node=None, name="Abgewiesen")
    found = replay(MODEL, DocumentedCase(id="x", steps=(DocumentedStep(node="first"), unknown)))

    assert [(step.name, step.fits) for step in found.steps] == [(None, True), ("Abgewiesen", False)]
    assert found.missing_at_end == ("kurz", "then")


def test_days_give_exact_gaps_and_deadlines() -> None:
    found = replayed(("lang", "2025-03-01"), ("mehr", "2025-03-10"), ("then", "2025-03-21"))

    assert [gap.days for gap in found.gaps["payment"]] == [20]
    ((_, deadline),) = found.deadlines
    assert (deadline.last_day, deadline.is_kept) == (date(2025, 3, 6), False)
    assert "payment-gap" in {finding.rule for finding in found.findings}


def test_days_in_another_order_than_the_steps_are_named() -> None:
    found = replayed(("first", "2025-03-05"), ("kurz", "2025-03-01"), ("then", "2025-03-21"))

    assert found.out_of_order == ("kurz",)


def test_no_result_names_the_case() -> None:
    found = replayed(("lang", "2025-03-01"), ("mehr", "2025-03-10"), ("then", "2025-03-21"))

    assert "secret_pseudonym" not in json.dumps(found.to_dict()) + repr(found)


def test_unknown_nodes_cohorts_and_models_are_errors() -> None:
    for steps, more in (([("kurzz", None)], {}), ([("kurz", None)], {"cohort": "c"}), ([], {"model": "other"})):
        with pytest.raises(UnknownElementError):
            replayed(*steps, **more)
