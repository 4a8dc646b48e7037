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


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
@pytest.mark.parametrize("beginning", ["", "\ufeff", "\n  "])
def test_a_diagram_named_like_a_model_is_called_one(tmp_path: Path, suffix: str, beginning: str) -> None:
    text = am.read(EXAMPLES / "qualification" / "model.yaml").to_bpmn().decode()
    file = tmp_path / f"model{suffix}"
    file.write_text(beginning + text, encoding="utf-8")

    with pytest.raises(am.SourceError) as caught:
        am.read(file)

    (problem,) = caught.value.problems
    assert problem.code == "unknown-format"
    assert "ist eine BPMN-Datei" in problem.wording.de
    assert "ankunft import FILE.bpmn -o MODEL.yaml" in problem.wording.en


@pytest.mark.parametrize("text", ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<!DOCTYPE html>\n<html>\n <p>a: b\n"])
def test_other_xml_named_like_a_model_is_called_that(tmp_path: Path, text: str) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(am.SourceError) as caught:
        am.read(file)

    (problem,) = caught.value.problems
    assert "XML oder HTML und kein Modell" in problem.wording.de


def test_a_diagram_that_is_included_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>")
    (tmp_path / "m.yaml").write_text("format: ankunft/1\nid: m\ntitle: M\nstate: as_is\ninclude: [law.yaml]\n")

    with pytest.raises(am.SourceError, match="BPMN") as caught:
        am.read(tmp_path / "m.yaml")

    (problem,) = [problem for problem in caught.value.problems if problem.code == "unknown-format"]
    assert problem.location.file.endswith("law.yaml")
