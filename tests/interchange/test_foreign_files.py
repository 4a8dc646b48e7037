"""Files of other tools: into a model and out again, nothing lost.

The fixtures imitate the habits of several tools. `ANKUNFT_BPMN_FOLDER=DIR` runs the same tests on every `.bpmn` file in
a folder of yours and below.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from tests.interchange.canonical_bpmn import lost, statements
from tests.interchange.interchange import Interchange

import ankunft_model as am
from ankunft_model.sources import understand_bpmn
from ankunft_model.sources.bpmn_archive import bpmn_inside

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"
FOLDER = os.environ.get("ANKUNFT_BPMN_FOLDER")
FILES = sorted([*FIXTURES.glob("*.bpmn"), *(Path(FOLDER).rglob("*.bpmn") if FOLDER else ())])


def exported(path: Path) -> bytes:
    """Return what becomes of a file that goes through YAML."""
    text = am.read(path).to_yaml()
    return am.read_text(text, suffix=".yaml").to_bpmn()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_lost_between_import_and_export(path: Path) -> None:
    before = path.read_bytes()

    after = exported(path)

    assert not lost(before, after)
    assert statements(after) == statements(before)


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("modell/bild.png", b"\x89PNG")
        archive.writestr("modell/prozess.bpmn", data)
    return buffer.getvalue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_lost_of_a_file_in_an_archive(path: Path) -> None:
    before = path.read_bytes()

    model = am.read_bpmn(zipped(before))

    assert model == am.read_bpmn(before)
    assert statements(am.read_text(model.to_yaml(), suffix=".yaml").to_bpmn()) == statements(before)


def test_nothing_is_lost_of_a_message_of_xprozess() -> None:
    message = FIXTURES / "xprozess.xml"
    before = bpmn_inside(message.read_bytes(), file=None)

    after = am.read_text(am.read_bpmn(message).to_yaml(), suffix=".yaml").to_bpmn()

    assert b"fim:handlungsgrundlage" in before
    assert statements(after) == statements(before)
    assert am.render_bpmn(message) == am.render_bpmn(before)
    assert am.read_bpmn(message).nodes["rag1"].label() == "Sachverhalt prüfen"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_exported_is_read_as_the_equal_model(path: Path) -> None:
    model = am.read(path)

    assert am.read_bpmn(model.to_bpmn()) == model
    assert am.read_text(model.to_json(), suffix=".json") == model


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_exported_file_that_nobody_edited_changes_nothing(path: Path) -> None:
    model = am.read(path)

    merged = am.merge(model, model.to_bpmn())

    assert (merged.changes, merged.conflicts, merged.unclear) == ((), (), ())
    assert merged.model == model


def test_a_name_edited_in_an_exported_file_is_the_only_change() -> None:
    model = am.read(FIXTURES / "signavio.bpmn")
    edited = model.to_bpmn().decode().replace('name="Fall&#10;sichten"', 'name="Anders"')

    merged = am.merge(model, edited.encode())

    assert [(change.path[-1], change.before, change.after) for change in merged.changes] == [
        ("name", "Fall sichten", "Anders")
    ]
    assert merged.conflicts == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_imported_model_can_be_checked(path: Path) -> None:
    assert isinstance(am.read(path).check(), am.Findings)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_new_drawing_has_no_defects_and_changes_nothing_else(path: Path) -> None:
    before = path.read_bytes()

    after = am.lay_out_bpmn(before).data

    assert am.check_bpmn_layout(after).is_clean
    assert without_diagrams(after) == without_diagrams(before)
    assert am.render_bpmn(after).startswith("<svg")


def without_diagrams(data: bytes) -> list[str]:
    return [statement for statement in statements(data) if "}BPMNDiagram>" not in statement]


@pytest.mark.node
def test_what_was_valid_stays_valid(interchange: Interchange) -> None:
    judged = {path.name: interchange.validate_xsd(exported(path)) for path in FILES}
    valid_before = [path.name for path in FILES if not interchange.validate_xsd(path.read_bytes())]

    assert {name: judged[name] for name in valid_before if judged[name]} == {}
    assert len(valid_before) >= 5


def test_the_tool_that_wrote_the_file_is_kept_beside_ours() -> None:
    after = am.read(FIXTURES / "camunda-7.bpmn").to_bpmn().decode()

    head = after[: after.index("<bpmn:process")]
    assert ' exporter="ankunft-model"' in head
    assert ' ankunft:exporter="Camunda Modeler" ankunft:exporterVersion="5.20.0"' in head


def test_the_model_says_what_the_file_says() -> None:
    model = am.read(FIXTURES / "camunda-7.bpmn")

    nodes = model.nodes
    assert model.processes["antrag"].description == "Von der Einreichung\nbis zum Bescheid."
    assert [(node.id, node.type) for node in nodes.values()] == [
        ("startevent_1", "start"),
        ("activity_pruefen", "user"),
        ("frist", "boundary"),
        ("erinnern", "script"),
        ("gateway_1", "exclusive"),
        ("call_1", "call"),
        ("ende_ok", "end"),
        ("ende_fehler", "end"),
        ("antrag_end", "end"),
    ]
    start, boundary, end = nodes["startevent_1"], nodes["frist"], nodes["ende_fehler"]
    assert isinstance(start, am.Event)
    assert isinstance(boundary, am.Event)
    assert isinstance(end, am.Event)
    assert (start.trigger, end.trigger) == ("message", "error")
    assert (boundary.attached_to, boundary.interrupting, str(boundary.at)) == ("activity_pruefen", False, "P14D")
    assert [(flow.to, flow.when, flow.default) for flow in nodes["gateway_1"].next] == [
        ("ende_ok", "${ok == true}", False),
        ("call_1", "nein", True),
    ]
    assert nodes["erinnern"].next[0].to == "antrag_end"  # the file leaves the end out


def test_pools_and_lanes_are_actors() -> None:
    model = am.read(FIXTURES / "signavio.bpmn")

    assert {actor.id: (actor.name, actor.part_of) for actor in model.actors.values()} == {
        "sid_66751f1e": ("Schulamt", None),
        "sid_7e61dcd0": ("Familie (Sorgeberechtigte)", None),
        "sid_l1": ("Leitung", "sid_66751f1e"),
        "sid_l2": ("Sachbearbeitung", "sid_66751f1e"),
        "sid_l11": ("Bahn 5", "sid_l1"),
        "sid_l12": ("Vorzimmer", "sid_l1"),
    }
    assert (model.nodes["sid_t1"].actor, model.nodes["sid_t2"].actor) == ("sid_l11", "sid_l2")
    handover = model.handovers["sid_mf1"]
    assert (handover.name, handover.from_node, handover.to_node) == ("Einladung", "sid_t2", None)


def test_data_objects_are_documents_and_data_stores_systems() -> None:
    model = am.read(FIXTURES / "signavio.bpmn")

    step = model.nodes["sid_t1"]
    assert isinstance(step, am.Step)
    assert [document.name for document in model.documents.values()] == ["Akte"]
    assert step.documents_in == ("sid_do",)
    assert [recording.system for recording in step.records_in or ()] == ["sid_store"]


def test_an_event_sub_process_is_a_process_of_its_own() -> None:
    model = am.read(FIXTURES / "camunda-8.bpmn")

    assert list(model.processes) == ["beratung", "ereignis"]
    assert model.process_of["es"].id == "ereignis"


def test_links_lead_on_and_event_gateways_without_events_are_exclusive() -> None:
    model = am.read(FIXTURES / "bic.bpmn")

    assert [flow.to for flow in model.nodes["l1"].next] == ["l2"]
    assert model.nodes["ebg"].type == "exclusive"
    assert model.nodes["los"].type == "catch"


def test_the_report_names_what_leads_nowhere() -> None:
    report = understand_bpmn(FIXTURES / "bic.bpmn").report

    broken = {(one.kind, one.element, one.attribute, one.value) for one in report.broken}
    assert broken == {
        ("dangling-reference", "P3", "processRef", "FEHLT"),
        ("dangling-reference", "M2", "targetRef", "NIRGENDS"),
        ("dangling-reference", "T1", "outgoing", "WEG"),
        ("dangling-reference", "LOS", "attachedToRef", "KEINER"),
        ("dangling-reference", "F5", "targetRef", "VERSCHWUNDEN"),
        ("dangling-reference", "WEG_di", "bpmnElement", "WEG"),
        ("duplicate-id", "T1", "id", "T1"),
    }


def test_the_report_counts_what_is_only_carried() -> None:
    report = understand_bpmn(FIXTURES / "camunda-7.bpmn").report

    carried = {one.name: one.count for one in report.carried}
    assert carried["camunda:inputOutput"] == 1
    assert carried["camunda:in"] == 2
    assert carried["camunda:assignee"] == 1
    assert carried["textAnnotation"] == carried["association"] == carried["bpmndi:BPMNDiagram"] == 1
    assert "userTask" not in carried
    assert dict(report.understood)["nodes"] == 9
    assert dict(report.added) == {"end": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_every_declared_encoding_is_read(encoding: str) -> None:
    text = (FIXTURES / "camunda-7.bpmn").read_text(encoding="utf-8")
    declared = text.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')

    assert am.read_bpmn(declared.encode(encoding)) == am.read(FIXTURES / "camunda-7.bpmn")
