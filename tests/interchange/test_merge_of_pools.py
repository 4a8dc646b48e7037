"""Edits in a diagram with several pools: messages and waiting places between them say who follows whom."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree
from tests.cli.command_line import ankunft
from tests.interchange.test_merge import named, paths, without

import ankunft_model as am
from ankunft_model.bpmn_xml.diagram import BPMNEdge, BPMNShape
from ankunft_model.bpmn_xml.elements import SequenceFlow
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.exports.bpmn.hand_places import containers_of, is_inside, touches

MODEL = """\
format: ankunft/1
id: kurs
title: Kurs
state: as_is
actors:
  person: {name: Person, kind: person}
  amt: {name: Amt, kind: immigration_office}
  stelle: {name: Beratungsstelle, kind: migration_counselling_adult}
data:
  status: {name: Status, category: residence_status}
processes:
  p:
    name: Kursplatz
    nodes:
      s: {type: start, name: Anfrage, actor: person, next: fragen}
      fragen: {name: Platz anfragen, actor: person, next: pruefen}
      pruefen: {name: Anfrage prüfen, actor: amt, collects: [status], next: beraten}
      beraten: {name: Beraten, actor: stelle, next: entscheiden}
      entscheiden: {name: Entscheiden, actor: amt, next: besuchen}
      besuchen: {name: Kurs besuchen, actor: person, next: ende}
      ende: {type: end, name: Fertig, actor: person}
    handovers:
      - {id: hinweis, name: Hinweis, from: pruefen, to: besuchen}
"""


@pytest.fixture
def model() -> am.ArrivalModel:
    return am.read_text(MODEL, suffix=".yaml")


def next_of(model: am.ArrivalModel, node: str) -> list[str]:
    return [flow.to for flow in model.nodes[node].next]


def flow_from(text: str, source: str) -> str:
    found = re.search(rf'<bpmn:sequenceFlow id="(\w+)" sourceRef="{source}"', text)
    assert found is not None
    return found[1]


def between(text: str, flow: str, new: str) -> str:
    """Return the file in which a task was dropped on a sequence flow."""
    found = re.search(rf'<bpmn:sequenceFlow id="{flow}" sourceRef="\w+" targetRef="(\w+)"', text)
    assert found is not None
    changed = found[0].replace(f'targetRef="{found[1]}"', f'targetRef="{new}"')
    line = f'<bpmn:sequenceFlow id="F_{new}" sourceRef="{new}" targetRef="{found[1]}" />'
    added = f'<bpmn:task id="{new}" name="Neu" />{line}'
    return text.replace(found[0], f"{added}{changed}", 1)


def moved(text: str, id_: str, holder: str) -> str:
    """Return the file in which a task lies elsewhere, as bpmn-js leaves it: without lines that may not be."""
    for line in re.findall(rf'<bpmn:sequenceFlow id="(\w+)" sourceRef="\w+" targetRef="{id_}"', text):
        text = without(text, line)
    for line in re.findall(rf'<bpmn:sequenceFlow id="(\w+)" sourceRef="{id_}"', text):
        text = without(text, line)
    root = etree.fromstring(text.encode())
    task, target = (root.xpath("//*[@id=$id]", id=one)[0] for one in (id_, holder))
    target.append(task)
    return etree.tostring(root, encoding="unicode")


def test_a_step_put_before_a_sent_message_is_not_followed_by_what_the_pool_waits_for(model: am.ArrivalModel) -> None:
    text = model.to_bpmn().decode()

    merged = am.merge(model, between(text, flow_from(text, "entscheiden"), "Neu_1").encode())

    assert next_of(merged.model, "entscheiden") == ["neu_1"]
    assert next_of(merged.model, "neu_1") == ["besuchen"]
    assert not merged.unclear + merged.kept


def test_a_step_put_between_sending_and_waiting_is_done_while_others_work_and_named(model: am.ArrivalModel) -> None:
    text = model.to_bpmn().decode()

    merged = am.merge(model, between(text, flow_from(text, "pruefen"), "Neu_1").encode())

    assert next_of(merged.model, "pruefen") == ["beraten", "neu_1"]
    assert next_of(merged.model, "neu_1") == ["p_end"]
    assert merged.unclear == ("F_Neu_1",)


def test_a_step_put_behind_a_received_message_follows_the_sender(model: am.ArrivalModel) -> None:
    text = model.to_bpmn().decode()
    found = re.search(r'<bpmn:sequenceFlow id="(\w+)" sourceRef="\w+" targetRef="entscheiden"', text)
    assert found is not None

    merged = am.merge(model, between(text, found[1], "Neu_1").encode())

    assert next_of(merged.model, "beraten") == ["neu_1"]
    assert next_of(merged.model, "neu_1") == ["entscheiden"]
    assert next_of(merged.model, "pruefen") == ["beraten"]


def test_a_step_put_into_another_pool_changes_hands_and_keeps_its_place_in_the_order(model: am.ArrivalModel) -> None:
    text = moved(model.to_bpmn().decode(), "beraten", "Process_amt")

    merged = am.merge(model, text.encode())

    assert paths(merged) == {"processes.p.nodes.beraten.actor"}
    assert merged.model.nodes["beraten"].actor == "amt"
    assert merged.kept == (("pruefen", "beraten"), ("beraten", "entscheiden"))


def test_lines_drawn_anew_after_a_move_replace_those_that_were_cut(model: am.ArrivalModel) -> None:
    text = moved(model.to_bpmn().decode(), "beraten", "Process_amt")
    line = '<bpmn:sequenceFlow id="Neu_2" sourceRef="beraten" targetRef="{0}" />'
    catch = re.search(r'sourceRef="(\w+)" targetRef="entscheiden"', text)
    assert catch is not None
    text = without(text, catch[1])
    text = without(text, flow_from(text, catch[1]))
    text = without(text, "entscheiden__besuchen")
    text = text.replace("</bpmn:process>", line.format("entscheiden") + "</bpmn:process>", 1)

    merged = am.merge(model, text.encode())

    assert merged.model.nodes["beraten"].actor == "amt"
    assert next_of(merged.model, "beraten") == ["entscheiden"]
    assert ("beraten", "entscheiden") not in merged.kept


def test_a_message_that_was_deleted_is_a_handover_less(model: am.ArrivalModel) -> None:
    merged = am.merge(model, without(model.to_bpmn().decode(), "MessageFlow_hinweis").encode())

    assert paths(merged) == {"processes.p.handovers"}
    assert merged.model.handovers == {}


def test_a_step_drawn_into_a_sub_process_stands_in_it(model: am.ArrivalModel) -> None:
    sub = (
        "      pruefen: {type: subprocess, name: Prüfung, actor: amt, next: beraten, "
        "nodes: {a: {type: start, next: b}, b: {name: Lesen, actor: amt, collects: [status], next: c}, "
        "c: {name: Abwägen, actor: amt, next: e}, "
        "e: {type: end}}}\n"
    )
    line = next(line for line in MODEL.splitlines(keepends=True) if line.startswith("      pruefen:"))
    nested = am.read_text(MODEL.replace(line, sub), suffix=".yaml")

    merged = am.merge(nested, moved(nested.to_bpmn().decode(), "c", "Process_amt").encode())

    assert "processes.p.nodes.c" in paths(merged)
    assert "processes.p.nodes.pruefen.nodes.c" in paths(merged)
    assert merged.model.nodes["c"].name == "Abwägen"


@pytest.mark.parametrize("level", ["processes", "organisations"])
def test_a_file_at_another_level_changes_nothing_but_what_was_edited(model: am.ArrivalModel, level: str) -> None:
    text = model.to_bpmn(level=level).decode()  # type: ignore[arg-type]

    assert am.merge(model, text.encode()) == am.Merge(model)
    assert paths(am.merge(model, named(text, "Participant_amt", "Behörde").encode())) == {"actors.amt.name"}


def test_colours_and_notes_of_findings_are_no_drawing_by_hand(model: am.ArrivalModel) -> None:
    assert am.merge(model, model.to_bpmn(findings=model.check(), notes=True)) == am.Merge(model)


def test_reading_an_edited_file_gives_a_model_with_the_edits(model: am.ArrivalModel, tmp_path: Path) -> None:
    text = model.to_bpmn().decode()
    edited = tmp_path / "edited.bpmn"
    edited.write_text(
        between(named(text, "beraten", "Klären"), flow_from(text, "entscheiden"), "Neu_1"), encoding="utf-8"
    )

    assert am.read_bpmn(text.encode()) == model
    for read in (am.read, am.read_bpmn):
        assert read(edited).nodes["beraten"].name == "Klären"
        assert next_of(read(edited), "neu_1") == ["besuchen"]
    assert am.read(edited) == am.merge(model, edited).model


def test_importing_an_edited_file_writes_a_model_with_the_edits_and_lists_them(
    model: am.ArrivalModel, tmp_path: Path
) -> None:
    edited, output = tmp_path / "edited.bpmn", tmp_path / "new.yaml"
    edited.write_text(named(model.to_bpmn().decode(), "beraten", "Klären"), encoding="utf-8")

    answer = ankunft("import", edited, "-o", output)
    for_programs = ankunft("import", edited, "-o", output, "--format", "json")

    assert answer.status == 0, answer.err
    assert "processes.p.nodes.beraten.name: Beraten → Klären" in answer.out
    assert for_programs.json()["edits"]["changes"][0]["after"] == "Klären"
    assert am.read(output).nodes["beraten"].name == "Klären"


@pytest.mark.parametrize(("step", "pool"), [("beraten", "Process_amt"), ("pruefen", "Process_stelle")])
def test_after_a_change_of_pools_everything_lies_in_its_pool_and_lines_join_what_they_name(
    model: am.ArrivalModel, step: str, pool: str
) -> None:
    text = model.to_bpmn().decode()
    shifted = re.sub(r'(bpmnElement="besuchen"[^>]*>\s*<dc:Bounds x=")(\d+)', lambda f: f"{f[1]}{int(f[2]) + 20}", text)

    merged = am.merge(model, moved(shifted, step, pool).encode())

    definitions = read_definitions(merged.model.to_bpmn())
    drawn = definitions.diagrams[0].plane.plane_elements
    place_of = {one.bpmn_element or "": one.bounds for one in drawn if isinstance(one, BPMNShape)}
    containers = containers_of(definitions)
    nodes = [id_ for id_ in place_of if id_ in containers]
    by_hand = re.search(r'bpmnElement="besuchen"[^>]*>\s*<dc:Bounds x="(\d+)', shifted)
    assert by_hand is not None
    assert place_of["besuchen"].x == int(by_hand[1])
    assert all(is_inside(place_of[id_], place_of[one]) for id_ in nodes for one in containers[id_])
    for one, other in combinations(nodes, 2):
        a, b = place_of[one], place_of[other]
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart, (one, other)
    lines = {flow.id: flow for process in definitions.processes for flow in process.flow_elements}
    for edge in drawn:
        flow = lines.get(edge.bpmn_element or "")
        if isinstance(edge, BPMNEdge) and isinstance(flow, SequenceFlow):
            assert touches(edge.waypoints[0], place_of[flow.source_ref])
            assert touches(edge.waypoints[-1], place_of[flow.target_ref])
