"""The checks themselves see what they are there to see."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interchange.interchange import Interchange

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
    id="file" targetNamespace="urn:x">
  <process id="p" name="Anmelden" isExecutable="false">
    <startEvent id="a" name="Zuzug"><outgoing>f</outgoing></startEvent>
    <endEvent id="b" name="Angemeldet"><incoming>f</incoming></endEvent>
    <sequenceFlow id="f" sourceRef="a" targetRef="b" />
  </process>
  <bpmndi:BPMNDiagram id="d">
    <bpmndi:BPMNPlane id="pl" bpmnElement="p">
      <bpmndi:BPMNShape id="a_di" bpmnElement="a">
        <dc:Bounds x="100" y="100" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="b_di" bpmnElement="b">
        <dc:Bounds x="300" y="100" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="f_di" bpmnElement="f">
        <di:waypoint x="136" y="118" />
        <di:waypoint x="300" y="118" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""
DANGLING = SOUND.replace('bpmnElement="b"', 'bpmnElement="nowhere"').replace('targetRef="b"', 'targetRef="nobody"')


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    sound, dangling = tmp_path / "sound.bpmn", tmp_path / "dangling.bpmn"
    sound.write_text(SOUND, encoding="utf-8")
    dangling.write_text(DANGLING, encoding="utf-8")
    return sound, dangling


@pytest.mark.node
def test_the_schema_accepts_a_sound_file_and_refuses_a_wrong_order(interchange: Interchange) -> None:
    wrong = SOUND.replace("<outgoing>f</outgoing>", "<outgoing>f</outgoing><incoming>f</incoming>")

    assert interchange.validate_xsd(SOUND.encode()) == ()
    assert "incoming" in interchange.validate_xsd(wrong.encode())[0]


@pytest.mark.node
def test_moddle_and_lint_tell_a_sound_file_from_a_dangling_one(
    interchange: Interchange, files: tuple[Path, Path]
) -> None:
    sound, dangling = interchange.moddle(*files)
    sound_lint, dangling_lint = interchange.lint(*files)

    assert sound.errors == sound.warnings == ()
    assert any("nobody" in warning for warning in dangling.warnings)
    assert sound_lint.errors == ()
    assert dangling_lint.errors


@pytest.mark.node
def test_what_is_no_xml_is_an_error_for_moddle(interchange: Interchange, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("{}", encoding="utf-8")

    (judged,) = interchange.moddle(broken)

    assert judged.errors


@pytest.mark.browser
def test_bpmn_js_opens_draws_and_saves(interchange: Interchange, files: tuple[Path, Path], tmp_path: Path) -> None:
    pictures = (tmp_path / "sound.png", tmp_path / "dangling.png")

    sound, dangling = interchange.bpmn_js_import(*files, pictures=pictures, save=True)

    assert (sound.error, sound.warnings, sound.shapes, sound.connections) == (None, (), 2, 1)
    assert sound.saved is not None
    assert b'name="Angemeldet"' in sound.saved
    assert pictures[0].read_bytes().startswith(b"\x89PNG")
    assert dangling.error is not None or dangling.warnings
