from pathlib import Path

import pytest
from tests.cli.command_line import ankunft

import ankunft_model


@pytest.fixture
def bpmn_file(model_file: Path, tmp_path: Path) -> Path:
    """Return the example as BPMN."""
    path = tmp_path / "source.bpmn"
    ankunft_model.read(model_file).to_bpmn(path)
    return path


@pytest.mark.parametrize("name", ["back.yaml", "back.yml", "back.json"])
def test_what_was_exported_comes_back_equal(model_file: Path, bpmn_file: Path, tmp_path: Path, name: str) -> None:
    answer = ankunft("import", bpmn_file, "-o", tmp_path / name)

    assert answer.status == 0, answer.err
    assert ankunft_model.read(tmp_path / name) == ankunft_model.read(model_file)
    assert answer.out == (
        "Verstanden: 1 Prozess, 6 Knoten, 5 Flüsse, 1 Übergabe, 4 Akteure, 1 System, 2 Angaben, 0 Dokumente.\n"
    )


def test_json_counts_what_was_understood(bpmn_file: Path, tmp_path: Path) -> None:
    answer = ankunft("import", bpmn_file, "-o", tmp_path / "back.yaml", "--format", "json")

    assert answer.json() == {
        "format": "ankunft-import/1",
        "model": "mein_modell",
        "understood": {
            "processes": 1,
            "nodes": 6,
            "handovers": 1,
            "actors": 4,
            "systems": 1,
            "data": 2,
            "documents": 0,
            "flows": 5,
        },
        "carried": [],
        "broken": [],
        "added": {},
        "edits": None,
    }


@pytest.mark.parametrize("content", ["", "<a/>", "{}", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"])
def test_what_is_no_bpmn_is_refused(tmp_path: Path, content: str) -> None:
    source, output = tmp_path / "source.bpmn", tmp_path / "back.yaml"
    source.write_text(content, encoding="utf-8")

    answer = ankunft("import", source, "-o", output, "--format", "json")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(str(source))
    assert not output.exists()


def test_the_model_is_written_as_yaml_or_json_only(bpmn_file: Path, tmp_path: Path) -> None:
    answer = ankunft("import", bpmn_file, "-o", tmp_path / "back.bpmn")

    assert (answer.status, answer.out) == (2, "")
    assert ".yaml" in answer.err
    assert not (tmp_path / "back.bpmn").exists()
