"""A person edits our diagram in Camunda Modeler's own libraries and saves; the model takes the edits over."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.cli.command_line import ankunft
from tests.interchange.interchange import ROOT, Interchange
from tests.interchange.test_camunda_modeler import in_modeler

import ankunft_model as am

PICTURES = ROOT / "docs" / "pictures"
EDITED, EXPORTED = "edited.svg", "edited-and-exported.svg"
"""Made by a test of this file when the environment says RENEW_PICTURES=1."""
MODEL = """\
# Was wir im Gespräch am 3. März erfahren haben
format: ankunft/1
id: kurs
title: Kurs
state: as_is
actors:
  person: {name: Person, kind: person}
  amt: {name: Amt, kind: immigration_office}        # Zimmer 3
  empfang: {name: Empfang, kind: other, part_of: amt}
  kasse: {name: Kasse, kind: other, part_of: amt}
  stelle: {name: Beratungsstelle, kind: migration_counselling_adult}
data:
  status: {name: Status, category: residence_status}
processes:
  p:
    name: Kursplatz
    nodes:
      s: {type: start, name: Anfrage, actor: person, next: anfragen}
      anfragen: {name: Platz anfragen, actor: person, next: annehmen}
      # hier dauert es
      annehmen:
        name: Anfrage annehmen      # mit Dolmetscher
        actor: empfang
        collects: [status]
        wait: P14D
        next: pruefen
      pruefen: {name: Anfrage prüfen, actor: empfang, next: frage}
      frage:
        type: exclusive
        name: Platz frei?
        next:
          - {to: anmelden, when: ja, share: 0.7}
          - {to: beraten, when: nein, share: 0.3}
      anmelden: {name: Anmelden, actor: kasse, needs: [status], next: bestaetigen}
      bestaetigen: {name: Platz bestätigen, actor: empfang, next: besuchen}
      besuchen: {name: Kurs besuchen, actor: person, next: ende}
      beraten: {name: Beraten, actor: stelle, next: suchen}   # freiwillig
      suchen: {name: Anderen Kurs suchen, actor: stelle, next: absage}
      ende: {type: end, name: Kurs besucht, actor: person}
      absage: {type: end, name: Kein Platz, actor: stelle}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    model, diagram = tmp_path / "kurs.yaml", tmp_path / "kurs.bpmn"
    model.write_text(MODEL, encoding="utf-8")
    am.read(model).to_bpmn(diagram)
    return model, diagram


def next_of(model: am.ArrivalModel, node: str) -> list[str]:
    return [flow.to for flow in model.nodes[node].next]


def place_of(text: str, id_: str) -> tuple[float, float]:
    found = re.search(rf'bpmnElement="{id_}"[^>]*>\s*<dc:Bounds x="([-\d.]+)" y="([-\d.]+)"', text)
    assert found is not None
    return float(found[1]), float(found[2])


@pytest.mark.browser
def test_everything_that_a_person_changes_comes_back_and_everything_else_stays(
    files: tuple[Path, Path], interchange: Interchange, tmp_path: Path
) -> None:
    path, diagram = files
    answer = in_modeler(
        diagram,
        {"do": "rename", "id": "anfragen", "name": "Einen Platz anfragen"},
        {"do": "put into", "id": "anmelden", "into": "Lane_amt_empfang", "x": 40},
        {"do": "insert", "on": "annehmen__pruefen", "name": "Akte anlegen"},
        {"do": "delete", "id": "suchen"},
        {"do": "move", "id": "besuchen", "x": 30, "y": 0},
        {"do": "apply template", "id": "bestaetigen"},
        {"do": "select", "id": "bestaetigen"},
        {"do": "type", "label": "Braucht", "text": "status"},
    )
    diagram.write_text(answer["saved"], encoding="utf-8")

    imported = ankunft("import", diagram, "--into", path)

    assert imported.status == 0, imported.err
    merged, before = am.read(path), am.read_text(MODEL, suffix=".yaml")
    new = next_of(merged, "annehmen")[0]
    assert merged.nodes["anfragen"].name == "Einen Platz anfragen"
    assert merged.nodes["anmelden"].actor == "empfang"
    assert merged.nodes["bestaetigen"].needs == ("status",)  # type: ignore[union-attr]
    assert (merged.nodes[new].name, merged.nodes[new].actor, next_of(merged, new)) == (
        "Akte anlegen",
        "empfang",
        ["pruefen"],
    )
    assert merged.nodes[new].collects is None  # type: ignore[union-attr]
    assert "suchen" not in merged.nodes
    assert next_of(merged, "beraten") == ["absage"]
    assert {id_: merged.nodes[id_] for id_ in ("s", "pruefen", "frage", "besuchen", "ende", "absage")} == {
        id_: before.nodes[id_] for id_ in ("s", "pruefen", "frage", "besuchen", "ende", "absage")
    }
    assert (merged.actors, merged.data) == (before.actors, before.data)
    text = path.read_text(encoding="utf-8")
    assert re.findall("#.*", text.partition("carried:")[0]) == re.findall("#.*", MODEL)
    assert "suchen: {name: Anderen Kurs suchen, actor: stelle, next: absage} → (nichts)" in imported.out

    again = tmp_path / "again.bpmn"
    merged.to_bpmn(again)
    drawn = again.read_text(encoding="utf-8")
    for id_ in ("besuchen", "anmelden", "pruefen"):
        assert place_of(drawn, id_) == place_of(answer["saved"], id_)
    (opened,) = interchange.bpmn_js_import(again)
    assert (opened.error, opened.warnings) == (None, ())
    assert am.merge(merged, again) == am.Merge(merged)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("step", "pool", "actor"),
    [
        ("pruefen", "Participant_stelle", "stelle"),
        ("beraten", "Lane_amt_kasse", "kasse"),
        ("bestaetigen", "Participant_person", "person"),
    ],
)
def test_a_step_dragged_into_another_pool_changes_its_actor_and_nothing_else(
    files: tuple[Path, Path], step: str, pool: str, actor: str
) -> None:
    path, diagram = files
    answer = in_modeler(diagram, {"do": "put into", "id": step, "into": pool})
    model = am.read(path)

    merged = am.merge(model, answer["saved"].encode())

    changed = {".".join(change.path) for change in merged.changes}
    beside = {"processes.p.nodes.frage.actor"} if step == "pruefen" else set()  # drawn where it was
    assert changed - {"carried"} == {f"processes.p.nodes.{step}.actor"} | beside
    assert merged.model.nodes["frage"].actor in (None, "empfang")
    assert merged.model.nodes[step].actor == actor
    assert merged.unclear == ()
    assert set(merged.kept) <= {(id_, flow.to) for id_, node in model.nodes.items() for flow in node.next}


@pytest.mark.browser
def test_both_sides_at_work_give_a_conflict_where_they_disagree_and_nowhere_else(files: tuple[Path, Path]) -> None:
    path, diagram = files
    answer = in_modeler(
        diagram,
        {"do": "rename", "id": "pruefen", "name": "Antrag prüfen"},
        {"do": "rename", "id": "beraten", "name": "Gut beraten"},
    )
    diagram.write_text(answer["saved"], encoding="utf-8")
    mine = MODEL.replace("name: Anfrage prüfen", "name: Vorprüfen").replace("wait: P14D", "wait: P21D")
    path.write_text(mine, encoding="utf-8")

    imported = ankunft("import", diagram, "--into", path)

    assert "processes.p.nodes.pruefen.name: Vorprüfen → Antrag prüfen" in imported.out
    assert path.read_text(encoding="utf-8") == mine.replace("name: Beraten,", "name: Gut beraten,")


@pytest.mark.browser
def test_the_pictures_of_the_how_to_show_the_edit_and_the_next_export(files: tuple[Path, Path], tmp_path: Path) -> None:
    path, diagram = files
    folder = PICTURES if os.environ.get("RENEW_PICTURES") else tmp_path
    edit = {"do": "put into", "id": "pruefen", "into": "Lane_amt_kasse"}
    answer = in_modeler(diagram, edit, {"do": "rename", "id": "beraten", "name": "Ausführlich beraten"})
    diagram.write_text(answer["saved"], encoding="utf-8")

    edited = am.render_bpmn(diagram, folder / EDITED)
    ankunft("import", diagram, "--into", path)
    exported = am.render_bpmn(am.read(path).to_bpmn(), folder / EXPORTED)

    assert (folder / EDITED).read_text(encoding="utf-8") == (PICTURES / EDITED).read_text(encoding="utf-8")
    assert (folder / EXPORTED).read_text(encoding="utf-8") == (PICTURES / EXPORTED).read_text(encoding="utf-8")
    for word in ("Ausführlich", "Anfrage prüfen"):
        assert word in edited
        assert word in exported
