"""What two sides of a merge say together is well-formed: references are let go of, what cannot be is a conflict."""

from __future__ import annotations

import pytest
from tests.cli.command_line import ankunft
from tests.interchange.editing import Editor

import ankunft_model as am

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
agreements:
  v: {name: Vereinbarung, parties: [amt, stelle], covers: [h, i]}
consents:
  e: {given_at: [anfragen, beraten], data: [status], recipients: [stelle]}
  f: {given_at: ablegen, data: [status], recipients: [stelle]}
cases:
  fall:
    name: Fall
    choices: {frage: suchen, zweite: ablegen}
processes:
  p:
    name: Kursplatz
    nodes:
      s: {type: start, actor: person, next: anfragen}
      anfragen: {name: Anfragen, actor: person, next: pruefen}
      pruefen:
        name: Prüfen
        actor: amt
        deadlines: [{within: P2W, after: anfragen}, {within: P4W, before: beraten}]
        next: frage
      frage:
        type: exclusive
        name: Platz frei?
        actor: amt
        next: [{to: beraten, when: ja, share: 0.7}, {to: suchen, when: nein, share: 0.3}]
      beraten: {name: Beraten, actor: stelle, next: zweite}
      suchen: {name: Suchen, actor: stelle, next: zweite}
      zweite:
        type: exclusive
        name: Fertig?
        actor: stelle
        next: [{to: ablegen, when: ja}, {to: ende, when: nein}]
      ablegen: {name: Ablegen, actor: stelle, next: ende}
      ende: {type: end, actor: stelle}
    handovers:
      - {id: h, from: pruefen, to: beraten, data: [status]}
      - {id: i, from: pruefen, to: {actor: stelle}, data: [status]}
"""


@pytest.fixture
def model() -> am.ArrivalModel:
    return am.read_text(MODEL, suffix=".yaml")


def edited(model: am.ArrivalModel) -> Editor:
    return Editor(model.to_bpmn(view="journey"))


def deleted(model: am.ArrivalModel, *nodes: str) -> bytes:
    """Return the diagram without these steps; what led there leads to what came behind."""
    editor = edited(model)
    for node in nodes:
        element = editor.by_id(node)
        flows = editor.flows_at(node)
        before = [editor.by_id(one.get("sourceRef")) for one in flows if one.get("targetRef") == node]
        behind = [editor.by_id(one.get("targetRef")) for one in flows if one.get("sourceRef") == node]
        editor.remove_element(element)
        for one in before:
            editor.connect(one, behind[0])
    return editor.data()


def test_a_deleted_step_is_let_go_of_wherever_it_was_named_and_all_of_that_is_listed(model: am.ArrivalModel) -> None:
    merged = am.merge(model, deleted(model, "beraten"))

    after = merged.model
    assert "beraten" not in after.nodes
    assert merged.conflicts == ()
    assert [str(deadline.after) for deadline in after.nodes["pruefen"].deadlines or ()] == ["anfragen"]  # type: ignore[union-attr]
    assert after.consents["e"].given_at == ("anfragen",)
    assert list(after.handovers) == ["i"]
    assert after.agreements["v"].covers == ("i",)
    paths = {".".join(change.path) for change in merged.changes}
    assert {"consents.e.given_at", "agreements.v.covers", "processes.p.nodes.pruefen.deadlines"} <= paths
    assert after.data == model.data
    assert after.nodes["suchen"] == model.nodes["suchen"]


def test_a_step_that_must_be_named_elsewhere_stays_and_the_rest_is_taken_over(model: am.ArrivalModel) -> None:
    editor = Editor(deleted(model, "ablegen"))
    editor.by_id("suchen").set("name", "Weiter suchen")

    merged = am.merge(model, editor.data())

    assert merged.model.nodes["suchen"].name == "Weiter suchen"
    assert "ablegen" in merged.model.nodes
    assert merged.model.consents == model.consents
    (conflict,) = [one for one in merged.conflicts if one.path[-1] == "ablegen"]
    assert (conflict.theirs, conflict.reason is not None) == (None, True)
    assert "consents.f.given_at" in str(conflict.reason)


def test_a_step_that_somebody_has_begun_to_use_since_the_export_is_not_deleted(model: am.ArrivalModel) -> None:
    data = deleted(model, "suchen")
    mine = am.read_text(MODEL.replace("{within: P2W, after: anfragen}", "{within: P2W, after: suchen}"), suffix=".yaml")

    merged = am.merge(mine, data)

    assert "suchen" in merged.model.nodes
    assert [one.path for one in merged.conflicts] == [("processes", "p", "nodes", "suchen")]
    assert "pruefen.deadlines" in str(merged.conflicts[0].reason)


def test_a_choice_of_a_way_that_is_gone_is_let_go_of(model: am.ArrivalModel) -> None:
    editor = edited(model)
    flow = next(one for one in editor.flows_at("zweite") if one.get("targetRef") == "ablegen")
    editor.remove_connection(flow)

    merged = am.merge(model, editor.data())

    assert merged.conflicts == ()
    assert dict(merged.model.cases["fall"].choices) == {"frage": ("suchen",)}


def test_what_no_model_may_say_is_a_conflict_with_the_reason_and_everything_else_is_taken_over(
    model: am.ArrivalModel,
) -> None:
    editor = edited(model)
    editor.connect(editor.by_id("pruefen"), editor.by_id("s"))  # nothing leads into a start
    editor.by_id("suchen").set("name", "Weiter suchen")

    merged = am.merge(model, editor.data())

    assert merged.model.nodes["suchen"].name == "Weiter suchen"
    assert merged.model.nodes["pruefen"] == model.nodes["pruefen"]
    (conflict,) = merged.conflicts
    assert conflict.path == ("processes", "p", "nodes", "pruefen", "next")
    assert conflict.reason is not None
    assert "'s'" in conflict.reason.en


def test_a_handover_to_an_actor_does_not_stop_the_deletion_of_a_step(model: am.ArrivalModel) -> None:
    merged = am.merge(model, deleted(model, "pruefen"))

    assert "pruefen" not in merged.model.nodes
    assert list(merged.model.handovers) == []


def test_the_command_says_why(model: am.ArrivalModel, tmp_path: object) -> None:
    path, diagram = tmp_path / "kurs.yaml", tmp_path / "kurs.bpmn"  # type: ignore[operator]
    path.write_text(MODEL, encoding="utf-8")
    diagram.write_bytes(deleted(model, "ablegen"))

    text = ankunft("import", diagram, "--into", path)
    path.write_text(MODEL, encoding="utf-8")
    answer = ankunft("import", diagram, "--into", path, "--format", "json").json()

    assert text.status == 0
    assert "„consents.f.given_at“ nennt es noch" in text.out
    assert any("still names it" in one["reason"]["en"] for one in answer["conflicts"])
