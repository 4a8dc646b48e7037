"""The example models are whole: every row of their sources has its place, every statement its source."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

import ankunft_model as am
from ankunft_model.model import Activity, Element, Event, Gateway, Handover, Registry, Sourced

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MODELS = [
    "dueren/as_is.yaml",
    "dueren/to_be.yaml",
    "qualification/model.yaml",
    "minors/model.yaml",
    "municipality/model.yaml",
    "welcome_center/skilled_worker.yaml",
    "welcome_center/family.yaml",
]
DUEREN = ["dueren/as_is.yaml", "dueren/to_be.yaml"]
SCHEMA_LINE = "# yaml-language-server: $schema=../../schemas/ankunft-1.json\n"

model_file = pytest.mark.parametrize("file", MODELS)
dueren_file = pytest.mark.parametrize("file", DUEREN)


@cache
def _model(file: str) -> am.ArrivalModel:
    return am.read(EXAMPLES / file)


def _statements(model: am.ArrivalModel) -> list[Sourced]:
    """Return everything that says something about the world: entries, steps, decisions, events of note, handovers."""
    found: list[Sourced] = [model.municipality] if model.municipality is not None else []
    for name in type(model).model_fields:
        registry: Any = getattr(model, name)
        if isinstance(registry, Registry) and name not in ("processes", "sources"):
            found.extend(cast("Registry[Element]", registry).values())
    for node in model.nodes.values():
        is_decision = isinstance(node, Gateway) and node.name is not None
        is_awaited = isinstance(node, Event) and node.type != "end"
        if isinstance(node, Activity) or is_decision or is_awaited:
            found.append(node)
    return [*found, *model.handovers.values()]


@model_file
def test_every_statement_has_a_source(file: str) -> None:
    model = _model(file)

    assert [getattr(stated, "id", stated) for stated in _statements(model) if not stated.source] == []


@model_file
def test_every_source_is_an_entry_of_the_sources(file: str) -> None:
    model = _model(file)

    cited = {source for stated in _statements(model) for source in stated.source or ()}

    assert {source for source in cited if source.split(":")[0].lower() not in model.sources} == set()


@model_file
def test_every_passage_of_the_texts_is_explained_beside_the_example(file: str) -> None:
    passages = set(re.findall(r"\bS[0-4]:\d\d\b", (EXAMPLES / file).read_text(encoding="utf-8")))

    explained = (EXAMPLES / file).with_name("README.md").read_text(encoding="utf-8")

    assert {passage for passage in passages if passage not in explained} == set()


@model_file
def test_the_open_vocabularies_are_kept(file: str) -> None:
    assert list(_model(file).check(select=["unknown-word"])) == []


@model_file
def test_every_name_is_there_in_german_and_english(file: str) -> None:
    model = _model(file)
    named = [
        element
        for element in _statements(model)
        if isinstance(element, Element) and not isinstance(element, Handover) and element.name is not None
    ]

    same = {element.id for element in named if element.label("de") == element.label("en")}

    assert same <= {"jobcenter", "bank", "maris", "verbis"}


@model_file
def test_the_file_names_its_schema(file: str) -> None:
    assert (EXAMPLES / file).read_text(encoding="utf-8").startswith(SCHEMA_LINE)


@dueren_file
@pytest.mark.parametrize(("letter", "rows"), [("a", 34), ("h", 22)])
def test_every_row_of_the_tables_has_its_place(file: str, letter: str, rows: int) -> None:
    text = (EXAMPLES / file).read_text(encoding="utf-8")
    model = _model(file)
    ids = [*model.nodes] if letter == "a" else [*model.handovers]

    missing = [
        row
        for row in (f"{letter}{number:02}" for number in range(1, rows + 1))
        if not any(re.fullmatch(rf"{row}([a-z]|_\w+)?", id_) for id_ in ids)
        and not re.search(rf"#.*\b{row.upper()}[a-z]?\b", text)
    ]

    assert missing == []


@dueren_file
def test_no_step_of_the_jobcenter_touches_what_the_federal_agency_alone_runs(file: str) -> None:
    model = _model(file)
    steps = [node for node in model.nodes.values() if isinstance(node, Activity) and node.actor == "jobcenter"]

    used = {
        system
        for step in steps
        for system in (*(r.system for r in step.records_in or ()), *(r.from_ for r in step.retrieves or ()))
    }

    assert steps
    assert used <= {"azr", "sgb2_fv"}
    assert model.top_actor("jobcenter").id == "kreis"


@pytest.mark.slow
@pytest.mark.parametrize("example", ["dueren", "municipality", "qualification"])
def test_the_script_of_the_example_writes_its_outputs(example: str, tmp_path: Path) -> None:
    script = EXAMPLES / example / "run.py"

    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert {file.suffix for file in tmp_path.iterdir()} == {".bpmn", ".svg", ".html"}


@pytest.mark.parametrize("example", ["dueren", "municipality", "qualification"])
def test_the_script_of_the_example_is_short(example: str) -> None:
    lines = (EXAMPLES / example / "run.py").read_text(encoding="utf-8").splitlines()

    assert len(lines) < 40
