"""Edits made in a modelling tool come back into the model; everything else stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.command_line import ankunft

import ankunft_model as am

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"
MODEL = """\
# Was wir im Gespräch am 3. März erfahren haben
format: ankunft/1
id: kurs
title: Kurs
state: as_is
actors:
  person: {name: Person, kind: person}
  amt: {name: Amt, kind: immigration_office}        # Zimmer 3
  stelle: {name: Beratungsstelle, kind: migration_counselling_adult, part_of: amt}
  kasse: {name: Kasse, kind: other, part_of: amt}
data:
  status: {name: Status, category: residence_status}
processes:
  p:
    name: Kursplatz
    nodes:
      s: {type: start, name: Anfrage, actor: stelle, next: beraten}
      # hier dauert es
      beraten:
        name: Beraten      # mit Dolmetscher
        actor: stelle
        collects: [status]
        wait: P14D
        next: frage
      frage:
        type: exclusive
        name: Platz frei?
        next:
          - {to: anmelden, when: ja, share: 0.7}
          - {to: warten, when: nein, default: true}
      anmelden: {name: Anmelden, actor: kasse, needs: [status], next: ende}
      warten: {name: Auf die Liste setzen, actor: stelle, next: ende}
      ende: {type: end, name: Fertig}
"""


@pytest.fixture
def model() -> am.ArrivalModel:
    return am.read_text(MODEL, suffix=".yaml")


def text_of(model: am.ArrivalModel) -> str:
    return model.to_bpmn().decode()


def named(text: str, id_: str, name: str) -> str:
    """Return the file in which an element has another name."""
    return re.sub(rf'(<bpmn:\w+ id="{id_}"(?: name="[^"]*")?)', lambda found: _named(found[1], name), text, count=1)


def _named(start: str, name: str) -> str:
    return re.sub(r' name="[^"]*"', "", start) + f' name="{name}"'


def without(text: str, id_: str) -> str:
    """Return the file without an element and its drawing, as bpmn-js deletes them."""
    text = re.sub(rf'\s*<bpmn:(\w+) id="{id_}"(?:[^>]*/>|.*?</bpmn:\1>)', "", text, count=1, flags=re.DOTALL)
    text = re.sub(rf"\s*<bpmn:(incoming|outgoing|flowNodeRef)>{id_}</bpmn:\1>", "", text)
    return re.sub(
        rf'\s*<bpmndi:(BPMNShape|BPMNEdge) [^>]*bpmnElement="{id_}".*?</bpmndi:\1>', "", text, flags=re.DOTALL
    )


def wait_of(step: am.Step) -> str:
    assert step.wait is not None
    return str(step.wait.single)


def paths(merged: am.Merge) -> set[str]:
    return {".".join(change.path) for change in merged.changes}


@pytest.mark.parametrize("view", [None, "journey"])
def test_an_unchanged_file_changes_nothing(model: am.ArrivalModel, view: None) -> None:
    merged = am.merge(model, model.to_bpmn(view=view, language="en"))

    assert merged == am.Merge(model)


def test_new_names_are_taken_over_and_all_other_fields_stay(model: am.ArrivalModel) -> None:
    text = named(named(text_of(model), "beraten", "Ausführlich beraten"), "frage__warten", "leider nicht")

    merged = am.merge(model, text.encode())

    assert paths(merged) == {"processes.p.nodes.beraten.name", "processes.p.nodes.frage.next"}
    step = merged.model.nodes["beraten"]
    assert isinstance(step, am.Step)
    assert (step.name, step.actor, wait_of(step)) == ("Ausführlich beraten", "stelle", "P14D")
    assert [(flow.when, flow.share) for flow in merged.model.nodes["frage"].next] == [
        ("ja", 0.7),
        ("leider nicht", None),
    ]


def test_a_lane_is_an_actor_and_a_step_put_into_another_lane_changes_hands(model: am.ArrivalModel) -> None:
    text = text_of(model)
    moved = text.replace("<bpmn:flowNodeRef>warten</bpmn:flowNodeRef>", "", 1)
    moved = moved.replace(
        "<bpmn:flowNodeRef>anmelden</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>anmelden</bpmn:flowNodeRef><bpmn:flowNodeRef>warten</bpmn:flowNodeRef>",
        1,
    )
    lane = re.search(r'<bpmn:lane id="(\w+)" name="Kasse"', text)
    assert moved != text
    assert lane is not None

    merged = am.merge(model, named(moved, lane[1], "Kasse und Empfang").encode())

    assert merged.model.nodes["warten"].actor == "kasse"
    assert merged.model.actors["kasse"].name == "Kasse und Empfang"
    assert paths(merged) == {"processes.p.nodes.warten.actor", "actors.kasse.name"}


def test_a_task_put_into_a_flow_is_a_step_with_unknown_fields(model: am.ArrivalModel) -> None:
    text = text_of(model)
    flow = re.search(r'<bpmn:sequenceFlow id="anmelden__ende"[^>]*targetRef="(\w+)"', text)
    assert flow is not None
    text = text.replace(flow[0], flow[0].replace(f'targetRef="{flow[1]}"', 'targetRef="Activity_0x1"'), 1)
    new = (
        f'<bpmn:task id="Activity_0x1" name="Bestätigen" /><bpmn:sequenceFlow id="Flow_0x2" sourceRef="Activity_0x1" '
        f'targetRef="{flow[1]}" />'
    )
    text = text.replace("</bpmn:process>", f"{new}</bpmn:process>", 1)
    text = text.replace(
        "<bpmn:flowNodeRef>anmelden</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>anmelden</bpmn:flowNodeRef><bpmn:flowNodeRef>Activity_0x1</bpmn:flowNodeRef>",
        1,
    )

    merged = am.merge(model, text.encode())

    step = merged.model.nodes["activity_0x1"]
    assert isinstance(step, am.Step)
    assert (step.name, step.actor, step.bpmn_id, step.collects) == ("Bestätigen", "kasse", "Activity_0x1", None)
    assert [flow.to for flow in merged.model.nodes["anmelden"].next] == ["activity_0x1"]
    assert [flow.to for flow in step.next] == ["ende"]
    again = am.merge(merged.model, merged.model.to_bpmn())
    assert again.model == merged.model


def test_a_deleted_task_is_listed_and_what_led_there_leads_to_an_end(model: am.ArrivalModel) -> None:
    text = text_of(model)
    for id_ in ("frage__warten", "warten__ende", "warten"):
        text = without(text, id_)

    merged = am.merge(model, text.encode())

    assert "warten" not in merged.model.nodes
    assert [change.after for change in merged.changes if change.path[-1] == "warten"] == [None]
    assert [flow.to for flow in merged.model.nodes["frage"].next] == ["anmelden"]


def test_moved_shapes_stay_where_they_are(model: am.ArrivalModel) -> None:
    pattern = r'(bpmnElement="warten"[^>]*>\s*<dc:Bounds x=")(\d+)'
    text = re.sub(pattern, lambda found: f"{found[1]}{int(found[2]) + 3}", text_of(model))

    merged = am.merge(model, text.encode())
    again = am.read_text(merged.model.to_yaml(), suffix=".yaml")

    assert paths(merged) == {"carried"}
    assert re.findall(r"<dc:Bounds[^>]*>|<di:waypoint[^>]*>", text_of(again)) == re.findall(
        r"<dc:Bounds[^>]*>|<di:waypoint[^>]*>", text
    )
    renamed = again.changed(title="Kurs 2")
    assert re.findall(pattern, text_of(renamed)) == re.findall(pattern, text)


def test_what_both_sides_changed_is_a_conflict_and_the_model_keeps_its_own(model: am.ArrivalModel) -> None:
    edited = named(text_of(model), "beraten", "Im Diagramm anders")
    mine = am.read_text(MODEL.replace("name: Beraten ", "name: Im Text anders "), suffix=".yaml")

    merged = am.merge(mine, edited.encode())

    assert merged.model == mine
    assert [(one.path[-2:], one.mine, one.theirs) for one in merged.conflicts] == [
        (("beraten", "name"), "Im Text anders", "Im Diagramm anders")
    ]


def test_both_sides_edits_come_together(model: am.ArrivalModel) -> None:
    edited = named(text_of(model), "warten", "Vormerken")
    mine = am.read_text(MODEL.replace("wait: P14D", "wait: P28D"), suffix=".yaml")

    merged = am.merge(mine, edited.encode())

    step = merged.model.nodes["beraten"]
    assert isinstance(step, am.Step)
    assert wait_of(step) == "P28D"
    assert merged.model.nodes["warten"].name == "Vormerken"
    assert not merged.conflicts


def test_a_file_of_another_model_is_refused(model: am.ArrivalModel) -> None:
    other = am.read_text(MODEL.replace("id: kurs", "id: anderer"), suffix=".yaml")

    for source in (other.to_bpmn(), (FIXTURES / "camunda-7.bpmn").read_bytes()):
        with pytest.raises(am.SourceError) as caught:
            am.merge(model, source)
        assert caught.value.problems[0].code == "other-model"


def test_a_newer_version_of_a_foreign_file_is_merged_too() -> None:
    model = am.read(FIXTURES / "camunda-7.bpmn")
    mine = am.read_text(model.to_yaml().replace("name: Erinnern", "name: Mahnen"), suffix=".yaml")
    newer = (FIXTURES / "camunda-7.bpmn").read_text(encoding="utf-8").replace('name="Nachfordern"', 'name="Anfordern"')

    merged = am.merge(mine, newer.encode())

    assert merged.model.nodes["erinnern"].name == "Mahnen"
    assert merged.model.nodes["call_1"].name == "Anfordern"
    written = merged.model.to_bpmn().decode()
    assert 'name="Mahnen"' in written
    assert 'name="Anfordern"' in written


def test_the_command_changes_only_these_lines_of_the_file(model: am.ArrivalModel, tmp_path: Path) -> None:
    path, edited = tmp_path / "kurs.yaml", tmp_path / "kurs.bpmn"
    path.write_text(MODEL, encoding="utf-8")
    text = named(named(text_of(model), "beraten", "Ausführlich beraten"), "anmelden", "Platz, fest: buchen")
    edited.write_text(text, encoding="utf-8")

    answer = ankunft("import", edited, "--into", path)

    assert answer.status == 0, answer.err
    assert "processes.p.nodes.beraten.name: Beraten → Ausführlich beraten" in answer.out
    assert path.read_text(encoding="utf-8") == MODEL.replace("name: Beraten ", "name: Ausführlich beraten ").replace(
        "{name: Anmelden,", '{name: "Platz, fest: buchen",'
    )


def test_the_command_keeps_comments_where_parts_come_and_go(model: am.ArrivalModel, tmp_path: Path) -> None:
    path, edited = tmp_path / "kurs.yaml", tmp_path / "kurs.bpmn"
    path.write_text(MODEL, encoding="utf-8")
    text = text_of(model)
    for id_ in ("frage__warten", "warten__ende", "warten"):
        text = without(text, id_)
    edited.write_text(text, encoding="utf-8")

    answer = ankunft("import", edited, "--into", path, "--format", "json")

    assert answer.status == 0, answer.err
    assert answer.json()["format"] == "ankunft-merge/1"
    written = path.read_text(encoding="utf-8")
    assert "warten" not in written
    assert [line for line in MODEL.splitlines() if "#" in line] == [
        line for line in written.splitlines() if "#" in line
    ]
    assert am.read(path) == am.merge(model, edited).model
