"""`ankunft layout`: any BPMN file gets a new drawing, or the one it has is checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from tests.cli.command_line import ankunft
from tests.diagrams.bpmn_files import bpmn, drawing_of, flow, node, process

from ankunft_model.sources.schemas import schema


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with a flow that leads nowhere."""
    path = tmp_path / "in.bpmn"
    path.write_bytes(bpmn(process(node("startEvent", "s") + node("task", "a") + flow("s", "a") + flow("a", "gone"))))
    return path


def test_a_new_drawing_is_written_and_what_has_no_place_is_named(file: Path, tmp_path: Path) -> None:
    done = ankunft("layout", str(file), "-o", str(tmp_path / "out.bpmn"))

    assert done.status == 0
    assert set(drawing_of((tmp_path / "out.bpmn").read_bytes()).shapes) == {"s", "a"}
    assert "a-gone" in done.err


def test_notes_are_given_as_json(file: Path, tmp_path: Path) -> None:
    done = ankunft("layout", str(file), "-o", str(tmp_path / "out.bpmn"), "--format", "json")

    answer = json.loads(done.out)
    assert answer["format"] == "ankunft-layout/1"
    assert [(note["code"], note["element"], note["line"]) for note in answer["notes"]] == [("missing-end", "a-gone", 3)]


def test_a_check_answers_one_for_a_file_that_is_not_drawn_and_zero_for_ours(file: Path, tmp_path: Path) -> None:
    ankunft("layout", str(file), "-o", str(tmp_path / "out.bpmn"), "--direction", "vertical", "--lanes", "declared")

    before = ankunft("layout", str(file), "--check", "--format", "json")
    after = ankunft("layout", str(tmp_path / "out.bpmn"), "--check", "--format", "json")
    in_words = ankunft("layout", str(file), "--check", "--language", "en")

    assert (before.status, json.loads(before.out)["missing"]) == (1, ["s", "a", "s-a"])
    assert (after.status, json.loads(after.out)["clean"]) == (0, True)
    assert "not drawn" in in_words.out


def test_an_earlier_drawing_may_be_the_file_itself(file: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out.bpmn", tmp_path / "again.bpmn"
    ankunft("layout", str(file), "-o", str(out))

    ankunft("layout", str(out), "-o", str(again), "--previous", str(out))

    assert again.read_bytes() == out.read_bytes()


def test_json_answers_follow_their_schemas(file: Path, tmp_path: Path) -> None:
    drawn = ankunft("layout", str(file), "-o", str(tmp_path / "out.bpmn"), "--format", "json")
    checked = ankunft("layout", str(file), "--check", "--format", "json")

    jsonschema.validate(json.loads(drawn.out), schema("ankunft-layout-1"))
    jsonschema.validate(json.loads(checked.out), schema("ankunft-layout-check-1"))


@pytest.mark.parametrize("more", [[], ["--check", "-o", "x.bpmn"]])
def test_drawing_and_checking_exclude_each_other(file: Path, more: list[str]) -> None:
    done = ankunft("layout", str(file), *more)

    assert done.status == 2
    assert "--check" in done.err


def test_the_file_itself_is_not_overwritten(file: Path) -> None:
    before = file.read_bytes()

    assert ankunft("layout", str(file), "-o", str(file)).status == 2
    assert file.read_bytes() == before


def test_a_layout_loads_neither_pydantic_nor_networkx_and_is_the_same_for_every_hash_seed(
    file: Path, tmp_path: Path
) -> None:
    program = (
        "import sys; from ankunft_model.cli.main import main; status = main(sys.argv[1:]); "
        "assert not {'pydantic', 'networkx', 'yaml', 'jinja2'} & set(sys.modules); raise SystemExit(status)"
    )
    written: set[bytes] = set()
    for seed in ("1", "2", "77"):
        out = tmp_path / f"{seed}.bpmn"
        subprocess.run(
            [sys.executable, "-c", program, "layout", str(file), "-o", str(out)],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        )
        written.add(out.read_bytes())

    assert len(written) == 1
