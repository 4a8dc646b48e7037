"""Several diagrams in one file: an overview of the organisations, then one for each process."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interchange.interchange import Interchange, interchange

import ankunft_model as am
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import ExportError
from ankunft_model.model import ArrivalModel

__all__ = ["interchange"]

THREE = """\
format: ankunft/1
id: gemeinde
title: Ankunft in einer Gemeinde
state: as_is
actors:
  person: {name: Geflüchtete Person, kind: person}
  abh: {name: Ausländerbehörde, kind: immigration_office}
  meldeamt: {name: Bürgeramt, kind: registration_office}   # Kommentar am Amt
  jobcenter: {name: Jobcenter, kind: jobcenter}
processes:
  anmelden:
    name: Wohnung anmelden
    nodes:
      # Kommentar vor dem Start
      zuzug: {type: start, name: Zuzug, actor: person, next: vorsprechen}
      vorsprechen: {name: Beim Bürgeramt vorsprechen, actor: person, next: pruefen}
      pruefen: {name: Anmeldung prüfen, actor: meldeamt, next: eintragen}
      eintragen: {name: Ins Melderegister eintragen, actor: meldeamt, next: angemeldet}
      angemeldet: {type: end, name: Angemeldet}
    handovers:
      - {id: meldung, from: eintragen, to: abh_start, name: Meldung des Zuzugs, triggers: true}
  aufenthalt:
    name: Aufenthaltstitel erteilen
    nodes:
      abh_start: {type: start, name: Meldung ist da, actor: abh, next: akte}
      akte: {name: Akte anlegen, actor: abh, next: hingehen}
      hingehen: {name: Vorsprechen, actor: person, next: erteilen}
      erteilen: {name: Titel erteilen, actor: abh, next: titel_da}
      titel_da: {type: end, name: Titel erteilt}
    handovers:
      - {id: titel, from: erteilen, to: jc_start, name: Mitteilung des Titels, triggers: true}
  leistung:
    name: Bürgergeld bewilligen
    nodes:
      jc_start: {type: start, name: Wechsel der Zuständigkeit, actor: jobcenter, next: bewilligen}
      bewilligen: {name: Bürgergeld bewilligen, actor: jobcenter, next: fertig}
      fertig: {type: end, name: Versorgt}
"""


def three() -> ArrivalModel:
    return am.read_text(THREE, suffix=".yaml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gemeinde.bpmn"
    three().to_bpmn(path, diagrams="per-process")
    return path


def test_the_first_diagram_is_the_overview_and_one_follows_for_each_process(file: Path) -> None:
    definitions = read_definitions(file.read_bytes())

    names = [diagram.name for diagram in definitions.diagrams]
    assert names == ["Übersicht", "Wohnung anmelden", "Aufenthaltstitel erteilen", "Bürgergeld bewilligen"]
    overview = definitions.collaborations[0]
    assert [pool.name for pool in overview.participants] == [
        "Geflüchtete Person", "Bürgeramt", "Ausländerbehörde", "Jobcenter",
    ]  # fmt: skip
    assert all(pool.process_ref is None for pool in overview.participants)


def test_the_overview_says_of_each_message_flow_what_passes_there(file: Path) -> None:
    overview = read_definitions(file.read_bytes()).collaborations[0]

    said = {flow.target_ref: [text.text for text in flow.documentation] for flow in overview.message_flows}
    assert said["Overview_meldeamt"] == ["Beim Bürgeramt vorsprechen erledigt"]
    assert said["Overview_jobcenter"] == ["Mitteilung des Titels"]
    assert all(said.values())


def test_no_element_is_drawn_in_two_diagrams(file: Path) -> None:
    drawn = [
        element.bpmn_element
        for diagram in read_definitions(file.read_bytes()).diagrams
        for element in diagram.plane.plane_elements
    ]

    assert len(drawn) == len(set(drawn))


def test_every_diagram_has_no_defect_of_layout(file: Path) -> None:
    report = am.check_bpmn_layout(file.read_bytes())

    assert len(report.diagrams) == 4
    assert report.is_clean


def test_the_file_comes_back_as_the_equal_model_and_as_the_same_bytes(file: Path) -> None:
    again = am.read(file)

    assert again == three()
    assert again.to_bpmn(diagrams="per-process") == file.read_bytes()


def test_what_is_renamed_in_one_of_the_diagrams_changes_in_the_model_alone_there(file: Path) -> None:
    edited = file.with_name("edited.bpmn")
    text = file.read_text(encoding="utf-8").replace('name="Akte anlegen"', 'name="Akte anlegen und prüfen"')
    edited.write_text(text, encoding="utf-8")

    merged = am.merge(three(), edited)

    assert str(merged.model.nodes["akte"].name) == "Akte anlegen und prüfen"
    expected = THREE.replace("Akte anlegen", "Akte anlegen und prüfen")
    assert merged.model.changed(carried=None) == am.read_text(expected, suffix=".yaml")


@pytest.mark.parametrize("options", [{"view": "journey"}, {"level": "organisations"}])
def test_what_is_one_diagram_by_its_nature_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(ExportError, match="diagram"):
        three().to_bpmn(diagrams="per-process", **options)  # type: ignore[arg-type]


@pytest.mark.node
def test_schema_moddle_and_lint_find_nothing_wrong(file: Path, interchange: Interchange) -> None:
    (moddle,), (lint,) = interchange.moddle(file), interchange.lint(file)

    assert interchange.validate_xsd(file.read_bytes()) == ()
    assert (moddle.errors, moddle.warnings, lint.errors) == ((), (), ())


@pytest.mark.browser
def test_the_library_of_camunda_modeler_opens_each_diagram(file: Path, interchange: Interchange) -> None:
    (opened,) = interchange.bpmn_js_import(file, save=True)

    assert (opened.error, opened.warnings, opened.spilled) == (None, (), ())
    assert len(opened.further) == 3
    assert min(opened.further) > 3
    assert opened.saved is not None
    saved = file.with_name("saved.bpmn")
    saved.write_bytes(opened.saved)
    assert am.read(saved) == three()
