from pathlib import Path

import jsonschema
import pytest
from tests.cli.command_line import EXAMPLES, ankunft

from ankunft_model.sources.result_schemas import soundness_schema

STUCK = """
format: ankunft/1
id: m
title: M
state: as_is
processes:
  p:
    name: Aufnahme
    nodes:
      s: {type: start, next: x}
      x: {type: exclusive, name: Wohin?, next: [{to: a, when: ja}, {to: b, when: nein}]}
      a: {name: Beraten, next: j}
      b: {name: Abweisen, next: j}
      j: {type: parallel, name: Weiter, next: e}
      e: {type: end, name: Fertig}
"""


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    """Return a model that gets stuck."""
    path = tmp_path / "stuck.yaml"
    path.write_text(STUCK, encoding="utf-8")
    return path


def test_json_is_what_the_schema_says(stuck: Path) -> None:
    answer = ankunft("soundness", stuck, "--format", "json")

    found = answer.json()
    jsonschema.validate(found, soundness_schema())
    assert (answer.status, answer.err) == (0, "")
    assert found["processes"]["p"]["sound"] is False
    assert found["processes"]["p"]["problems"][0]["nodes"] == ["j"]
    assert found["processes"]["p"]["problems"][0]["witness"] == ["s", "x", "a"]


def test_people_read_what_is_wrong_where_and_what_helps(stuck: Path) -> None:
    german = ankunft("soundness", stuck).out
    english = ankunft("soundness", stuck, "--language", "en").out

    assert "Verklemmung: Der Ablauf bleibt stehen: „Weiter“" in german
    assert "Weg: s → Wohin? → Beraten" in german
    assert "suggestion: Look which branch is missing there" in english


def test_the_examples_are_sound() -> None:
    answer = ankunft("soundness", EXAMPLES / "qualification" / "model.yaml", "--format", "json")

    assert {found["sound"] for found in answer.json()["processes"].values()} == {True}


def test_keys_of_a_bpmn_file_are_the_ids_of_its_processes(tmp_path: Path) -> None:
    path = tmp_path / "x.bpmn"
    ankunft("export", EXAMPLES / "qualification" / "model.yaml", "-o", path, "--view", "journey")

    found = ankunft("soundness", path, "--format", "json").json()

    assert [verdict["sound"] for verdict in found["processes"].values()] == [True] * len(found["processes"])


def test_what_is_no_bpmn_is_unusable(tmp_path: Path) -> None:
    path = tmp_path / "x.bpmn"
    path.write_text("<html/>", encoding="utf-8")

    answer = ankunft("soundness", path, "--format", "json")

    assert (answer.status, answer.out) == (2, "")
    assert "BPMN" in answer.err
