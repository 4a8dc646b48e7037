import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.cli.command_line import ankunft

import ankunft_model
from ankunft_model.analysis.rules.uninformed_participant import RULE

FILES = ["o.bpmn", "o.xml", "o.svg", "o.dot", "o.gv", "o.json", "o.yaml", "o.yml"]


@pytest.mark.parametrize("name", FILES)
def test_the_suffix_decides_what_is_written(model_file: Path, tmp_path: Path, name: str) -> None:
    model = ankunft_model.read(model_file)
    output = tmp_path / name

    answer = ankunft("export", model_file, "-o", output)

    expected = {
        ".bpmn": model.to_bpmn,
        ".xml": model.to_bpmn,
        ".svg": model.to_svg,
        ".dot": model.to_dot,
        ".gv": model.to_dot,
        ".json": model.to_json,
        ".yaml": model.to_yaml,
        ".yml": model.to_yaml,
    }[output.suffix]()
    assert (answer.status, answer.out, answer.err) == (0, "", f"Geschrieben: {output}\n")
    assert output.read_bytes() == (expected if isinstance(expected, bytes) else expected.encode())


def test_the_kind_can_be_named_instead_of_the_suffix(model_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "diagram.txt"

    assert ankunft("export", model_file, "-o", output, "--to", "json").status == 0
    assert json.loads(output.read_text(encoding="utf-8"))["format"] == "ankunft/1"


def test_an_unknown_suffix_is_refused_with_the_possible_ones(model_file: Path, tmp_path: Path) -> None:
    answer = ankunft("export", model_file, "-o", tmp_path / "o.pptx")

    assert (answer.status, answer.out) == (2, "")
    assert ".bpmn .xml .svg" in answer.err
    assert not (tmp_path / "o.pptx").exists()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("o.bpmn", ["--view", "handovers"]),
        ("o.dot", ["--view", "journey"]),
        ("o.json", ["--view", "journey"]),
        ("o.json", ["--only", "jobcenter"]),
        ("o.bpmn", ["--view", "journey", "--only", "jobcenter"]),
        ("o.yaml", ["--findings"]),
        ("o.bpmn", ["--process", "wechse"]),
        ("o.bpmn", ["--only", "jobcentr"]),
    ],
)
def test_options_that_would_be_ignored_or_are_unknown_are_refused(
    model_file: Path, tmp_path: Path, name: str, options: list[str]
) -> None:
    answer = ankunft("export", model_file, "-o", tmp_path / name, *options)

    assert (answer.status, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("view", ["collaboration", "journey"])
def test_views_of_bpmn(model_file: Path, tmp_path: Path, view: str) -> None:
    output = tmp_path / "o.bpmn"

    ankunft("export", model_file, "-o", output, "--view", view)

    expected = ankunft_model.read(model_file).to_bpmn(view="journey" if view == "journey" else "collaboration")
    assert output.read_bytes() == expected


@pytest.mark.parametrize("view", ["process", "handovers"])
def test_views_of_dot(model_file: Path, tmp_path: Path, view: str) -> None:
    output = tmp_path / "o.dot"

    ankunft("export", model_file, "-o", output, "--view", view)

    expected = ankunft_model.read(model_file).to_dot(view="process" if view == "process" else "handovers")
    assert output.read_text(encoding="utf-8") == expected


def test_a_part_can_be_drawn(model_file: Path, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.bpmn", tmp_path / "part.bpmn"

    ankunft("export", model_file, "-o", whole)
    answer = ankunft("export", model_file, "-o", part, "--only", "sozialamt")

    assert answer.status == 0, answer.err
    assert part.read_bytes() == ankunft_model.read(model_file).to_bpmn(only=["sozialamt"])
    assert part.read_bytes() != whole.read_bytes()


def test_who_names_the_actors_before_the_model_is_told_so(model_file: Path, tmp_path: Path) -> None:
    answer = ankunft("export", "--only", "sozialamt", model_file, "-o", tmp_path / "o.bpmn")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.endswith("es fehlt: MODEL; --only ACTOR… steht hinter MODEL\n")


def test_one_process_can_be_drawn(model_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.yaml"

    answer = ankunft("export", model_file, "-o", output, "--process", "wechsel")

    assert answer.status == 0, answer.err
    assert list(ankunft_model.read(output).processes) == ["wechsel"]


def test_findings_can_be_marked_in_the_picture(model_file: Path, tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.svg", tmp_path / "marked.svg"

    ankunft("export", model_file, "-o", plain)
    ankunft("export", model_file, "-o", marked, "--findings")

    assert "ohne Anspruch" not in plain.read_text(encoding="utf-8")
    assert "ohne Anspruch" in marked.read_text(encoding="utf-8")


def test_the_language_of_the_picture_is_that_of_the_command(model_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.svg"

    ankunft("export", model_file, "-o", output, "--language", "en")

    assert "Change to the jobcenter" in output.read_text(encoding="utf-8")


def test_the_input_is_not_overwritten(model_file: Path, example_text: str) -> None:
    answer = ankunft("export", model_file, "-o", model_file)

    assert (answer.status, answer.out) == (2, "")
    assert "überschrieben" in answer.err
    assert model_file.read_text(encoding="utf-8") == example_text


@pytest.mark.parametrize("command", ["export", "report", "import"])
@pytest.mark.parametrize("place", ["folder", "missing folder"])
def test_where_nothing_can_be_written_nothing_is(model_file: Path, tmp_path: Path, command: str, place: str) -> None:
    suffix = {"export": ".bpmn", "report": ".html", "import": ".yaml"}[command]
    source = model_file
    if command == "import":
        source = tmp_path / "source.bpmn"
        ankunft_model.read(model_file).to_bpmn(source)
    output = tmp_path / f"out{suffix}" if place == "folder" else tmp_path / "absent" / f"out{suffix}"
    if place == "folder":
        output.mkdir()
    before = sorted(tmp_path.rglob("*"))

    answer = ankunft(command, source, "-o", output)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"{output}: ")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(model_file: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    answer = ankunft("export", model_file, "-o", locked / "o.bpmn")

    assert (answer.status, answer.out) == (2, "")
    assert list(locked.iterdir()) == []


def test_a_refused_export_leaves_the_old_file_alone(model_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.bpmn"
    output.write_text("old", encoding="utf-8")
    model_file.write_text("format: ankunft/1\n", encoding="utf-8")

    assert ankunft("export", model_file, "-o", output).status == 2
    assert output.read_text(encoding="utf-8") == "old"


def test_names_with_markup_stay_text_in_pictures(tmp_path: Path, example_text: str) -> None:
    model, output = tmp_path / "m.yaml", tmp_path / "o.svg"
    hostile = json.dumps('<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    model.write_text(example_text.replace("name: Antrag aufnehmen", f"name: {hostile}"), encoding="utf-8")

    answer = ankunft("export", model, "-o", output)

    assert answer.status == 0, answer.err
    tags = {element.tag.rpartition("}")[2] for element in ET.parse(output).iter()}
    assert tags.isdisjoint({"script", "img", "foreignObject"})


def test_on_request_those_who_wait_are_told_and_only_bpmn_can_show_it(tmp_path: Path) -> None:
    model = tmp_path / "m.yaml"
    model.write_text(RULE.broken, encoding="utf-8")
    output = tmp_path / "m.bpmn"

    assert ankunft("export", model, "-o", output, "--notify").status == 0
    refused = ankunft("export", model, "-o", tmp_path / "m.svg", "--notify")

    assert "nichts weiter zu tun" in output.read_text(encoding="utf-8")
    assert (refused.status, "--notify gilt für bpmn" in refused.err) == (2, True)
