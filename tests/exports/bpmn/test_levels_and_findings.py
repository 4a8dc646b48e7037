"""Less on a sheet (`level`), and findings as colours and notes; the model inside stays what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

import ankunft_model as am
from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import BPMNShape
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.exports.bpmn import Extras, to_definitions, undivided
from ankunft_model.interchange.finding_colours import FINDING_COLOURS
from ankunft_model.model import ArrivalModel

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def qualification() -> ArrivalModel:
    return am.read(EXAMPLES / "qualification" / "model.yaml")


def with_sub_process() -> ArrivalModel:
    inner = {
        "i1": {"type": "start", "next": "deeper"},
        "deeper": {
            "type": "subprocess",
            "name": "Tiefer",
            "nodes": {
                "k1": {"type": "start", "next": "k2"},
                "k2": {"name": "Prüfen", "next": "k3"},
                "k3": {"type": "end"},
            },
            "next": "i3",
        },
        "i3": {"type": "end"},
    }
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "s"},
        "s": {"type": "subprocess", "name": "Bearbeiten", "actor": "p", "nodes": inner, "next": "t"},
        "t": {"name": "Auszahlen", "actor": "q", "next": "z"},
        "z": {"type": "end"},
    }
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": "Probe",
            "state": "as_is",
            "actors": {"p": {"name": "P", "kind": "other"}, "q": {"name": "Q", "kind": "other"}},
            "processes": {"x": {"name": "Ablauf", "nodes": nodes}},
        }
    )


def tangled() -> ArrivalModel:
    model = with_sub_process()
    nodes = {
        "a": {"type": "start", "actor": "p", "next": "g"},
        "g": {"type": "parallel", "next": ["s", "t"]},
        "s": {"name": "S", "actor": "p", "next": "j"},
        "t": {"name": "T", "actor": "q", "next": "j"},
        "j": {"type": "exclusive", "next": "z"},
        "z": {"type": "end", "actor": "p"},
    }
    return model.changed(processes={"x": {"name": "Ablauf", "nodes": nodes}})


def test_closed_sub_processes_have_a_diagram_each_also_inside_of_each_other() -> None:
    definitions = to_definitions(with_sub_process(), level="processes")

    planes = [diagram.plane for diagram in definitions.diagrams]
    drawn = [{element.bpmn_element for element in plane.plane_elements} for plane in planes]
    (closed,) = [shape for shape in planes[0].plane_elements if shape.bpmn_element == "s"]
    assert [plane.bpmn_element for plane in planes[1:]] == ["s", "deeper"]
    assert isinstance(closed, BPMNShape)
    assert closed.is_expanded is False
    assert "deeper" not in drawn[0]
    assert {"i1", "deeper", "i3"} <= drawn[1]
    assert {"k1", "k2", "k3"} <= drawn[2]


def test_organisations_alone_are_closed_pools_with_one_line_for_each_that_sends_to_another() -> None:
    definitions = to_definitions(qualification(), level="organisations")

    collaboration = definitions.collaboration
    assert collaboration is not None
    pairs = [(flow.source_ref, flow.target_ref) for flow in collaboration.message_flows]
    assert not definitions.processes
    assert all(participant.process_ref is None for participant in collaboration.participants)
    assert len(pairs) == len(set(pairs)) > 2
    assert all(flow.documentation for flow in collaboration.message_flows)


@pytest.mark.parametrize("level", ["steps", "processes", "organisations"])
def test_whatever_is_shown_the_equal_model_comes_back(level: str) -> None:
    model = qualification()

    extras = Extras(tuple(model.check()), notes=True, templates=True)
    data = write_definitions(to_definitions(model, level=level, extras=extras))  # type: ignore[arg-type]

    assert am.read_bpmn(data) == model


def test_findings_colour_what_they_name_by_the_most_severe() -> None:
    model = qualification()
    findings = model.check()
    named = {found.id for finding in findings for found in finding.elements if found.kind == "node"}

    definitions = to_definitions(model, extras=Extras(tuple(findings)))

    shapes = [shape for shape in definitions.diagrams[0].plane.plane_elements if isinstance(shape, BPMNShape)]
    coloured = {shape.bpmn_element: shape.background_color for shape in shapes if shape.background_color}
    assert named & {shape.bpmn_element for shape in shapes} <= set(coloured)
    assert set(coloured.values()) <= {ground for ground, _ in FINDING_COLOURS.values()}


def test_notes_say_what_was_found_and_hang_at_their_element() -> None:
    model = qualification()
    findings = model.check()

    definitions = to_definitions(model, extras=Extras(tuple(findings), notes=True))

    artifacts = [artifact for process in definitions.processes for artifact in process.artifacts]
    notes = {note.id: note.text for note in artifacts if isinstance(note, bpmn.TextAnnotation)}
    lines = {line.target_ref: line.source_ref for line in artifacts if isinstance(line, bpmn.Association)}
    assert notes
    assert set(lines) == set(notes)
    assert any(finding.message.de in text for finding in findings for text in notes.values())


def test_documentation_says_where_a_step_comes_from() -> None:
    definitions = to_definitions(qualification())

    steps = [e for process in definitions.processes for e in process.flow_elements if isinstance(e, bpmn.Task)]
    assert steps
    assert all("Quelle" in step.documentation[0].text for step in steps)
    assert any("Bertelsmann Stiftung" in step.documentation[0].text for step in steps)


@pytest.mark.parametrize("view", [None, "collaboration"])
def test_a_process_that_cannot_be_divided_stays_in_one_pool_with_lanes_and_the_reason_is_told(
    view: Literal["collaboration"] | None,
) -> None:
    model = tangled()

    definitions = to_definitions(model, view=view)

    assert len(definitions.processes) == 1
    assert [lane.name for lane in definitions.processes[0].lane_sets[0].lanes] == ["P", "Q"]
    assert [process.id for process, _ in undivided(model)] == ["x"]
    assert am.read_bpmn(write_definitions(definitions)) == model
