"""Files of ours in Camunda Modeler's own libraries: they open without a word, can be changed, and come back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.exports.bpmn.test_levels_and_findings import tangled, with_sub_process
from tests.interchange.interchange import CHROMIUM_NAMES, ROOT, SECONDS_PER_CALL, Interchange

import ankunft_model as am
from ankunft_model.bpmn_xml.parsing import MAX_BYTES, MAX_ELEMENTS, parse_document
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.exports.bpmn import Extras, to_definitions
from ankunft_model.exports.bpmn.modeler_files import element_templates, moddle_descriptor
from ankunft_model.sources.bpmn_properties import with_edited_properties

SCRIPT = Path(__file__).with_name("modeler.mjs")
QUALIFICATION = ROOT / "examples" / "qualification" / "model.yaml"
PICTURE = ROOT / "docs" / "pictures" / "camunda-modeler.png"
"""Made by a test of this file when the environment says RENEW_PICTURES=1."""
PLATFORMS = ("camunda-8", "camunda-7")


def in_modeler(
    file: Path,
    *actions: dict[str, Any],
    platform: str = "camunda-8",
    descriptor: bool = False,
    picture: Path | None = None,
) -> dict[str, Any]:
    """Return what the libraries of Camunda Modeler say and save after a person has done `actions`."""
    job = {
        "chromium": next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None),
        "file": str(file),
        "platform": platform,
        "descriptor": moddle_descriptor() if descriptor else None,
        "templates": element_templates(platform),  # type: ignore[arg-type]
        "actions": actions,
        "picture": None if picture is None else str(picture),
    }
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=SECONDS_PER_CALL,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def read_back(model: am.ArrivalModel, saved: str) -> am.ArrivalModel:
    root = parse_document(saved.encode(), file=None, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    return with_edited_properties(model, root)


def fields(answer: list[tuple[str, str]]) -> dict[str, str]:
    return dict(answer)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "qualification.bpmn"
    am.read(QUALIFICATION).to_bpmn(path)
    return path


@pytest.mark.browser
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("descriptor", [False, True])
def test_a_file_opens_without_a_word_and_is_saved_as_the_equal_model(
    file: Path, platform: str, descriptor: bool
) -> None:
    answer = in_modeler(file, platform=platform, descriptor=descriptor)

    assert answer["warnings"] == answer["problems"] == []
    assert am.read_bpmn(answer["saved"].encode()) == am.read(QUALIFICATION)
    assert read_back(am.read(QUALIFICATION), answer["saved"]) == am.read(QUALIFICATION)
    assert "executionPlatform" not in answer["saved"]


@pytest.mark.browser
@pytest.mark.parametrize("descriptor", [False, True])
def test_what_a_person_types_into_the_properties_panel_comes_back_into_the_model(
    file: Path, tmp_path: Path, descriptor: bool
) -> None:
    answer = in_modeler(
        file,
        {"do": "apply template", "id": "erstgespraech"},
        {"do": "select", "id": "erstgespraech"},
        {"do": "type", "label": "Braucht", "text": "skills, occupation"},
        {"do": "apply template", "id": "Participant_agentur"},
        {"do": "select", "id": "Participant_agentur"},
        descriptor=descriptor,
        picture=tmp_path / "panel.png",
    )

    step, actor = fields(answer["answers"][1]), fields(answer["answers"][4])
    edited = read_back(am.read(QUALIFICATION), answer["saved"])
    assert step["Erfragt (Angaben)"] == "school_education, occupation, skills"
    assert actor["Art des Akteurs"] == "Agentur für Arbeit"
    assert edited.nodes["erstgespraech"].needs == ("skills", "occupation")  # type: ignore[union-attr]
    assert edited.changed(processes=am.read(QUALIFICATION).processes) == am.read(QUALIFICATION)


@pytest.mark.browser
@pytest.mark.parametrize("platform", PLATFORMS)
def test_elements_that_name_their_template_show_their_properties_at_once(file: Path, platform: str) -> None:
    am.read(QUALIFICATION).to_bpmn(file, templates=True)

    answer = in_modeler(file, {"do": "select", "id": "potenzial"}, platform=platform)

    shown = fields(answer["answers"][0])
    assert answer["warnings"] == answer["problems"] == []
    assert shown["Art des Schritts"] == "Beraten"
    assert shown["Braucht (Angaben)"] == "school_education, occupation, skills, training_needs"


@pytest.mark.browser
def test_the_picture_of_the_how_to_shows_what_a_modeller_sees(file: Path, tmp_path: Path) -> None:
    am.read(QUALIFICATION).to_bpmn(file, templates=True, findings=am.read(QUALIFICATION).check())
    picture = PICTURE if os.environ.get("RENEW_PICTURES") else tmp_path / PICTURE.name

    answer = in_modeler(file, {"do": "select", "id": "erstgespraech"}, picture=picture)

    assert fields(answer["answers"][0])["Erfragt (Angaben)"] == "school_education, occupation, skills"
    assert picture.read_bytes()[16:24] == PICTURE.read_bytes()[16:24]  # the same size; letters differ between systems


@pytest.mark.browser
def test_a_diagram_can_be_renamed_moved_extended_and_cut(file: Path, interchange: Interchange, tmp_path: Path) -> None:
    answer = in_modeler(
        file,
        {"do": "rename", "id": "erstgespraech", "name": "Erstes Gespräch"},
        {"do": "move", "id": "erstgespraech", "x": 10, "y": 20},
        {"do": "append", "after": "potenzial", "name": "Ergebnis erklären"},
        {"do": "delete", "id": "asylantrag"},
    )

    saved = tmp_path / "saved.bpmn"
    saved.write_text(answer["saved"], encoding="utf-8")
    assert 'name="Erstes Gespräch"' in answer["saved"]
    assert 'name="Ergebnis erklären"' in answer["saved"]
    assert '<bpmn:task id="asylantrag"' not in answer["saved"]
    assert interchange.validate_xsd(saved.read_bytes()) == ()
    assert am.read_bpmn(saved).id == am.read(QUALIFICATION).id


@pytest.mark.node
def test_files_at_every_level_are_valid_and_without_errors(interchange: Interchange, tmp_path: Path) -> None:
    paths: list[Path] = []
    for model in (am.read(QUALIFICATION), with_sub_process(), tangled()):
        for level in ("steps", "processes", "organisations"):
            extras = Extras(tuple(model.check()), notes=True, templates=True)
            path = tmp_path / f"{model.id}_{level}_{len(paths)}.bpmn"
            path.write_bytes(write_definitions(to_definitions(model, level=level, extras=extras)))  # type: ignore[arg-type]
            paths.append(path)

    assert [interchange.validate_xsd(path.read_bytes()) for path in paths] == [()] * len(paths)
    assert [judged.errors + judged.warnings for judged in interchange.moddle(*paths)] == [()] * len(paths)
    assert [judged.errors for judged in interchange.lint(*paths)] == [()] * len(paths)
