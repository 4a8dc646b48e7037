from pathlib import Path

import jsonschema
import pytest
from tests.cli.command_line import ankunft

from ankunft_model.sources.result_schemas import data_schema

MODEL = """
format: ankunft/1
id: m
title: {de: Schule, en: School}
state: as_is
actors: {a: {name: Schulamt, kind: school_authority}, b: {name: Schule, kind: school}}
data:
  history: {name: {de: Schulbiografie, en: School history}, category: education_work}
  address: {name: {de: Anschrift, en: Address}, category: contact}
  unused: {name: {de: Augenfarbe, en: Eye colour}, category: contact}
processes:
  p:
    name: P
    domain: education
    nodes:
      s: {type: start, next: ask}
      ask: {name: Beraten, actor: a, collects: [history], next: loop}
      loop: {type: exclusive, next: again}
      again: {name: Noch einmal, actor: a, collects: [history], next: more}
      more: {type: exclusive, next: [{to: loop, when: ja}, {to: enrol, when: nein}]}
      enrol: {name: Aufnehmen, actor: b, needs: [history, address], next: e}
      e: {type: end}
"""


@pytest.fixture
def school_file(tmp_path: Path) -> Path:
    """Return a model with a loop, gaps, something asked again and something never touched."""
    path = tmp_path / "school.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return path


def test_json_is_what_the_schema_says_and_names_every_item(school_file: Path) -> None:
    answer = ankunft("data", school_file, "--format", "json")

    result = answer.json()
    jsonschema.validate(result, data_schema())
    assert (answer.status, answer.err, result["format"]) == (0, "", "ankunft-data/1")
    assert list(result["items"]) == ["history", "address", "unused"]
    assert result["items"]["history"]["collections"] == {"min": 2, "max": None}
    assert result["items"]["unused"]["collections"] == {"min": 0, "max": 0}
    assert [gap["node"] for gap in result["items"]["address"]["gaps"]] == ["enrol"]


def test_text_is_an_aligned_table_with_gaps_and_knowers(school_file: Path) -> None:
    lines = ankunft("data", school_file).out.splitlines()

    assert lines[0] == "Schule"
    head, history, address = lines[2:5]
    assert head.split() == ["Angabe", *["erfragt", "je", "Ablauf", "davon", "vermeidbar", "an", "fehlt", "an"]]
    assert history.split() == ["Schulbiografie", "2–∞", "1", "1"]
    assert address.split() == ["Anschrift", "0", "–", "1"]
    assert len({len(line) for line in (head, history, address)}) == 1
    assert "  Anschrift: Schule, „Aufnehmen“ (immer)" in lines
    assert "  Schulbiografie: Schulamt" in lines
    assert lines[-1] == "Weder erfragt noch vermisst: Augenfarbe"


def test_text_speaks_english(school_file: Path) -> None:
    text = ankunft("data", school_file, "--language", "en").out

    assert text.startswith("School\n\ndata item ")
    assert "  Address: Schule, “Aufnehmen” (always)\n" in text
    assert text.endswith("Neither asked for nor missed: Eye colour\n")


def test_findings_do_not_change_the_status(school_file: Path) -> None:
    assert ankunft("check", school_file, "--fail-on", "hint").status == 1
    assert ankunft("data", school_file).status == 0


def test_an_unusable_file_leaves_standard_output_empty(tmp_path: Path) -> None:
    answer = ankunft("data", tmp_path / "absent.yaml", "--format", "json")

    assert (answer.status, answer.out) == (2, "")
    assert "absent.yaml" in answer.err
