"""Files that are no model say what they are, in one sentence with a way on."""

from __future__ import annotations

from pathlib import Path

import pytest

import ankunft_model as am

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("dueren/case.yaml", "ankunft replay MODELL FALL"),
        ("qualification/model.ankunft.yaml", "„pytest“ prüft sie"),
    ],
)
def test_a_case_or_expectations_read_as_a_model_are_called_what_they_are(file: str, said: str) -> None:
    with pytest.raises(am.SourceError) as caught:
        am.read(EXAMPLES / file)

    (problem,) = caught.value.problems
    assert said in problem.wording.de
    assert problem.location.line is not None


def test_a_case_without_its_format_is_not_asked_for_the_keys_of_a_model(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("id: fall_1\nmodel: m\nsteps:\n  - {node: a, date: 2026-01-03}\n", encoding="utf-8")

    with pytest.raises(am.SourceError) as caught:
        am.read(case)

    (problem,) = caught.value.problems
    assert "format: ankunft-case/1" in problem.wording.de
    assert problem.location.line == 3


def test_a_damaged_model_in_a_diagram_says_how_to_read_the_file_without_it() -> None:
    text = am.read(EXAMPLES / "qualification" / "model.yaml").to_bpmn().decode()
    start, end = text.index("<ankunft:model"), text.index("</ankunft:model>") + len("</ankunft:model>")

    with pytest.raises(am.SourceError) as caught:
        am.read_bpmn(text.replace('{"format"', '{"forma', 1).encode())

    assert caught.value.problems[0].code == "broken-model-in-bpmn"
    assert len(caught.value.problems) > 1
    assert am.read_bpmn((text[:start] + text[end:]).encode()).nodes
