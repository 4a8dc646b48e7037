"""What the rule `prefill-possible` reports, and what it must not report."""

from __future__ import annotations

import pytest

from .cases import found, model_of

RULE = "prefill-possible"


def asked(
    *, fim: str = ", fim_id: F60000227", readers: str = "[jobcenter]", step: str = "collects: [name]"
) -> list[str]:
    model = model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  jobcenter: {name: Jobcenter, kind: jobcenter}\n"
        f"data:\n  name: {{name: Familienname, category: identity{fim}}}\n"
        f"systems:\n  register: {{name: Register, kind: register, readers: {readers}, holds: [name]}}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: jobcenter, next: first}\n"
        f"      first: {{name: Aufnehmen, actor: jobcenter, {step}, next: ende}}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )
    return [finding.certainty for finding in found(RULE, model)]


def test_reports_a_standard_field_that_a_readable_system_holds() -> None:
    assert asked() == ["definite"]


def test_counts_a_right_that_is_not_used_yet() -> None:
    assert asked(readers="[{actor: jobcenter, used: false}]") == ["definite"]


@pytest.mark.parametrize(
    "changes",
    [{"fim": ""}, {"readers": "none"}, {"step": "confirms: [name]"}, {"fim": ", fim_id: F60000227, reusable: false"}],
)
def test_is_silent_without_fim_id_right_or_question_and_about_what_is_given_anew(changes: dict[str, str]) -> None:
    assert asked(**changes) == []
