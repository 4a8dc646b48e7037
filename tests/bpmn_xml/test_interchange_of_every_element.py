"""A file with every element of the room, judged and saved by other people's software."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interchange.interchange import Interchange

from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.writer import write_definitions


@pytest.fixture
def file(every_element: Definitions, tmp_path: Path) -> Path:
    path = tmp_path / "every_element.bpmn"
    path.write_bytes(write_definitions(every_element))
    return path


@pytest.mark.node
def test_is_valid_by_the_schema(interchange: Interchange, file: Path) -> None:
    assert interchange.validate_xsd(file.read_bytes()) == ()


@pytest.mark.node
def test_is_understood_whole_by_bpmn_moddle(interchange: Interchange, file: Path) -> None:
    (judged,) = interchange.moddle(file)

    assert judged.errors == judged.warnings == ()


@pytest.mark.browser
def test_says_the_same_after_bpmn_js_has_saved_it(
    interchange: Interchange, file: Path, every_element: Definitions
) -> None:
    (imported,) = interchange.bpmn_js_import(file, save=True)

    assert (imported.error, imported.warnings) == (None, ())
    assert imported.saved is not None
    again = read_definitions(imported.saved)
    assert again.unread == ()
    assert again.root_elements == every_element.root_elements
    # bpmn-js sorts what is drawn, and adds an empty diagram for each collapsed sub-process
    assert again.diagrams[0].plane.id == every_element.diagrams[0].plane.id
    assert set(again.diagrams[0].plane.plane_elements) == set(every_element.diagrams[0].plane.plane_elements)
    assert all(not diagram.plane.plane_elements for diagram in again.diagrams[1:])
