"""A model from a file of another tool, edited as text and written back: the changes appear, the rest stays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.interchange.canonical_bpmn import lost, statements

import ankunft_model as am
from ankunft_model.bpmn_xml.document import Node, parse_bpmn
from ankunft_model.model import to_plain

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"


def edited(name: str, *replacements: tuple[str, str]) -> bytes:
    """Return the file of a model in whose YAML texts were replaced."""
    text = am.read(FIXTURES / name).to_yaml()
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return am.read_text(text, suffix=".yaml").to_bpmn()


def by_id(data: bytes) -> dict[str, Node]:
    return {id_: node for node in parse_bpmn(data).root.iter() if isinstance(node.tag, str) and (id_ := node.get("id"))}


def local(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]


def drawn(data: bytes) -> set[str]:
    return {str(node.get("bpmnElement")) for node in by_id(data).values() if node.get("bpmnElement")}


def test_a_new_name_changes_one_attribute() -> None:
    before = (FIXTURES / "signavio.bpmn").read_bytes()

    after = edited("signavio.bpmn", ("name: Familie einladen", "name: Familie anschreiben"))

    assert lost(before, after) == Counter({"attributes of flow nodes": 1})
    assert len(statements(after)) == len(statements(before))
    assert by_id(after)["sid-t2"].get("name") == "Familie anschreiben"


def test_names_of_lanes_pools_messages_and_data_change_where_they_stand() -> None:
    after = by_id(
        edited(
            "signavio.bpmn",
            ("name: Vorzimmer", "name: Sekretariat"),
            (
                "{name: Schulamt, kind: other, bpmn_id: sid-66751F1E}",
                "{name: Schulverwaltung, kind: other, bpmn_id: sid-66751F1E}",
            ),
            ("name: Einladung,", "name: Brief,"),
            ("{name: Akte,", "{name: Fallakte,"),
        )
    )

    assert after["sid-l12"].get("name") == "Sekretariat"
    assert after["sid-66751F1E"].get("name") == "Schulverwaltung"
    assert after["sid-mf1"].get("name") == "Brief"
    assert after["sid-do"].get("name") == "Fallakte"


def test_a_step_put_in_between_is_connected_drawn_and_in_its_lane() -> None:
    before = (FIXTURES / "signavio.bpmn").read_bytes()
    new = "      neu: {type: user, name: Brief unterschreiben, actor: sid_l2, next: sid_e}\n"

    after = edited(
        "signavio.bpmn",
        ("- {to: sid_e, bpmn_id: sid-f5}", "- {to: neu, bpmn_id: sid-f5}"),
        ("      sid_t3:\n", f"{new}      sid_t3:\n"),
    )

    elements = by_id(after)
    assert local(elements["neu"]) == "userTask"
    assert elements["sid-f5"].get("targetRef") == "neu"
    flow = next(node for node in elements.values() if node.get("sourceRef") == "neu")
    assert flow.get("targetRef") == "sid-e"
    assert [child.text for child in elements["neu"]] == ["sid-f5", flow.get("id")]
    assert "neu" in [child.text for child in elements["sid-l2"]]
    assert {"neu", flow.get("id")} <= drawn(after)
    assert not lost(before, after).keys() - {"attributes of flows", "text of other elements", "attributes of diagram"}


def test_a_removed_step_goes_with_its_flows_lane_entry_and_shape() -> None:
    after = without_node("camunda-7.bpmn", "call_1", leads_to="ende_fehler")

    elements = by_id(after)
    assert "Call_1" not in elements
    assert "Flow_6" not in elements
    assert elements["Flow_4"].get("targetRef") == "Ende_fehler"
    assert [child.text for child in elements["Ende_fehler"] if local(child) == "incoming"] == ["Flow_4"]
    assert not {"Call_1", "Flow_6"} & drawn(after)


def without_node(name: str, node: str, *, leads_to: str) -> bytes:
    """Return the file of a model without a node; what led there leads elsewhere."""
    plain: dict[str, Any] = to_plain(am.read(FIXTURES / name))
    for process in plain["processes"].values():
        process["nodes"].pop(node, None)
        for other in process["nodes"].values():
            for flow in other.get("next", []) if isinstance(other.get("next"), list) else []:
                if isinstance(flow, dict) and flow["to"] == node:
                    flow["to"] = leads_to
    return am.ArrivalModel.model_validate(plain).to_bpmn()


def test_a_step_of_another_actor_moves_to_that_lane() -> None:
    after = by_id(
        edited(
            "signavio.bpmn",
            (
                "        name: Schule anrufen\n        actor: sid_l2",
                "        name: Schule anrufen\n        actor: sid_l12",
            ),
        )
    )

    assert "sid-t3" in [child.text for child in after["sid-l12"]]
    assert "sid-t3" not in [child.text for child in after["sid-l2"]]


def test_types_triggers_and_times_change() -> None:
    after = by_id(
        edited(
            "camunda-7.bpmn",
            ("at: P14D", "at: P28D"),
            ("type: script", "type: manual"),
            ("trigger: error", "trigger: signal"),
        )
    )

    assert local(after["Erinnern"]) == "manualTask"
    assert [
        "".join(child.itertext()).strip()
        for child in after["Frist"]
        if "Timer" in local(child) or "timer" in local(child)
    ] == ["P28D"]
    assert "signalEventDefinition" in [local(child) for child in after["Ende_fehler"]]


def test_what_bpmn_cannot_say_travels_in_our_extension() -> None:
    model = am.read(FIXTURES / "camunda-7.bpmn")
    plain = to_plain(model)
    plain["data"] = {"status": {"name": "Status", "category": "residence_status"}}
    plain["processes"]["antrag"]["nodes"]["activity_pruefen"]["collects"] = ["status"]
    enriched = am.ArrivalModel.model_validate(plain)

    written = enriched.to_bpmn()

    assert b"ankunft:model" in written
    assert am.read_bpmn(written) == enriched
    assert b"ankunft:model" not in model.to_bpmn()
    assert not lost((FIXTURES / "camunda-7.bpmn").read_bytes(), written)


@pytest.mark.parametrize("view", ["journey", "collaboration"])
def test_with_a_view_the_model_is_drawn_anew(view: Any) -> None:
    model = am.read(FIXTURES / "camunda-7.bpmn")

    written = model.to_bpmn(view=view)

    assert b"camunda:assignee=" not in written.split(b"ankunft:model")[-1]
    assert am.read_bpmn(written) == model


def test_a_name_that_xml_cannot_carry_is_refused_with_its_place() -> None:
    inside = '<process id="P"><task id="t" name="Prüfen"/></process>'
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
    model = am.read_bpmn(f"{head}{inside}</definitions>".encode())
    process = model.processes["p"]
    nodes = {id_: node.changed(name="A\x1bB") if id_ == "t" else node for id_, node in process.nodes.items()}

    with pytest.raises(am.ExportError, match="U\\+001B"):
        model.changed(processes={"p": process.changed(nodes=nodes)}).to_bpmn()


def test_links_get_no_flow_because_something_else_was_changed() -> None:
    link = '<{0} id="{1}" name="{1}"><linkEventDefinition name="K"/></{0}>'
    links = link.format("intermediateThrowEvent", "A") + link.format("intermediateCatchEvent", "B")
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
    flow = '<task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="A"/>'
    model = am.read_bpmn(f'{head}<process id="P">{links}{flow}</process></definitions>'.encode())
    process = model.processes["p"]
    nodes = {id_: node.changed(name="Neu") if id_ in ("t", "a") else node for id_, node in process.nodes.items()}

    written = model.changed(title="T", processes={"p": process.changed(nodes=nodes)}).to_bpmn()

    assert written.count(b"<sequenceFlow") == 1
    assert b'id="A" name="Neu"' in written
