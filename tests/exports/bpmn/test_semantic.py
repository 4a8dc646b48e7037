"""What stands in the file beside the runs: names, ids, lanes, languages, information, the model itself."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from lxml import etree

from ankunft_model.exports.bpmn import to_definitions
from ankunft_model.model import ArrivalModel, to_plain

from .exported import BPMN, collaboration_of, definitions_of, elements, journey_of, names
from .short_notation import model_of, random_model

ANKUNFT = "{https://ankunft-model.org/bpmn/1}"
ACTORS = {
    "person": {"name": {"de": "Person", "en": "person"}, "kind": "person"},
    "kreis": {"name": "Kreis", "kind": "district_administration"},
    "abh": {"name": "Ausländerbehörde", "kind": "immigration_office", "part_of": "kreis"},
    "titel": {"name": "Titelstelle", "kind": "immigration_office", "part_of": "abh"},
    "ki": {"name": "Integrationszentrum", "kind": "municipal_integration_centre", "part_of": "kreis"},
    "bank": {"name": "Bank", "kind": "bank"},
}
NODES: dict[str, Any] = {
    "beginn": {"type": "start", "name": "Angekommen", "actor": "person", "next": "annahme"},
    "annahme": {"name": "Antrag annehmen", "actor": "abh", "description": "am Schalter", "next": "titel_erteilen"},
    "titel_erteilen": {"name": "Titel erteilen", "actor": "titel", "next": "geprueft"},
    "geprueft": {
        "type": "exclusive",
        "name": "Kurs nötig?",
        "next": [{"to": "kurs", "when": "ja"}, {"to": "konto", "when": "nein", "default": True}],
    },
    "kurs": {"name": "Zum Kurs beraten", "actor": "ki", "next": "konto"},
    "konto": {"name": {"de": "Konto eröffnen", "en": "open account"}, "actor": "bank", "next": "ende"},
    "ende": {"type": "end"},
}


def model(nodes: dict[str, Any] = NODES, *handovers: dict[str, Any], **fields: Any) -> ArrivalModel:
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": {"de": "Probe", "en": "Sample"},
            "state": "as_is",
            "actors": ACTORS,
            "processes": {"weg": {"name": "Weg", "nodes": nodes, "handovers": list(handovers) or "none"}},
            **fields,
        }
    )


def by_id(xml: bytes, id_: str) -> etree._Element:
    (found,) = etree.fromstring(xml).xpath(
        "//*[@id=$id and not(self::a:element)]", id=id_, namespaces={"a": ANKUNFT[1:-1]}
    )
    return found


def test_nodes_and_flows_keep_their_ids() -> None:
    xml = collaboration_of(model())

    for id_ in ("beginn", "annahme", "titel_erteilen", "geprueft", "kurs", "konto", "ende"):
        assert by_id(xml, id_) is not None
    assert etree.QName(by_id(xml, "annahme__titel_erteilen")).localname == "sequenceFlow"
    assert etree.QName(by_id(xml, "beginn__annahme")).localname == "messageFlow"


def test_an_id_from_a_foreign_file_is_written_back() -> None:
    nodes = {**NODES, "kurs": {**NODES["kurs"], "bpmn_id": "sid-12"}}

    assert by_id(collaboration_of(model(nodes)), "sid-12").get("name") == "Zum Kurs beraten"


@pytest.mark.parametrize("seed", range(30))
def test_ids_are_unique_and_references_lead_somewhere(seed: int) -> None:
    root = etree.fromstring(collaboration_of(random_model(Random(seed), 12)))
    ids = root.xpath("//*[namespace-uri()!='https://ankunft-model.org/bpmn/1']/@id")

    assert len(ids) == len(set(ids))
    for name in ("sourceRef", "targetRef", "attachedToRef", "processRef", "messageRef", "default"):
        assert set(root.xpath(f"//@{name}")) <= set(ids)


@pytest.mark.parametrize("is_journey", [False, True])
def test_the_whole_model_travels_in_the_file(is_journey: bool) -> None:
    actors = {**ACTORS, "bank": {**ACTORS["bank"], "contact": "Zeichen \x85 \ufffe & <b> ]]>"}}
    said = model(NODES, {"id": "h", "from": "annahme", "to": "konto", "name": "Nachweis"}, actors=actors)

    xml = journey_of(said) if is_journey else collaboration_of(said)

    (payload,) = etree.fromstring(xml).iter(f"{ANKUNFT}model")
    assert payload.getparent().getparent().tag == f"{BPMN}collaboration"
    assert json.loads(payload.text) == to_plain(said)
    assert ArrivalModel.model_validate(json.loads(payload.text)) == said


def test_the_person_is_on_top_and_the_others_follow_as_they_act() -> None:
    nodes = {**NODES, "beginn": {**NODES["beginn"], "actor": "kreis"}, "kurs": {**NODES["kurs"], "actor": "person"}}

    assert names(collaboration_of(model(nodes)), "participant") == ["Person", "Kreis", "Bank"]


def test_a_unit_that_acts_alone_in_its_organisation_has_a_lane_since_the_pool_does_not_name_it() -> None:
    nodes = {**NODES, "geprueft": {"name": "Ablegen", "actor": "titel", "next": "konto"}}
    nodes["annahme"] = {**NODES["annahme"], "actor": "titel"}
    del nodes["kurs"]

    xml = collaboration_of(model(nodes))

    assert [lane.get("name") for lane in elements(xml, "lane")] == ["Titelstelle"]
    assert {pool.get("name") for pool in elements(xml, "participant")} == {"Person", "Kreis", "Bank"}


def test_units_of_an_organisation_are_lanes_and_units_of_units_lanes_within() -> None:
    xml = collaboration_of(model())

    lanes = {lane.get("name"): lane for lane in elements(xml, "lane") if lane.find(f"{BPMN}childLaneSet") is None}
    assert set(lanes) == {"Ausländerbehörde", "Titelstelle", "Integrationszentrum"}
    (outer,) = [lane for lane in elements(xml, "lane") if lane.find(f"{BPMN}childLaneSet") is not None]
    assert [inner.get("name") for inner in outer.iter(f"{BPMN}lane")][1:] == ["Ausländerbehörde", "Titelstelle"]
    in_lanes = [reference.text for lane in elements(xml, "lane") for reference in lane.findall(f"{BPMN}flowNodeRef")]
    process = by_id(xml, "Process_kreis")
    nodes = [node.get("id") for node in process if node.tag not in (f"{BPMN}sequenceFlow", f"{BPMN}laneSet")]
    assert sorted(in_lanes) == sorted(id_ for id_ in nodes if id_)


def test_names_are_in_the_language_asked_for_with_the_others_beside() -> None:
    german = definitions_of(model(), language="de")
    english = definitions_of(model(), language="en")

    def account(definitions: Any) -> Any:
        return next(node for process in definitions.processes for node in process.flow_elements if node.id == "konto")

    assert account(german).name == "Konto eröffnen"
    assert account(english).name == "open account"
    assert [(t.language, t.text) for t in account(german).translations] == [("en", "open account")]
    assert "Titel erteilen done" in [node.name for process in english.processes for node in process.flow_elements]


def test_a_description_becomes_documentation() -> None:
    documentation = by_id(collaboration_of(model()), "annahme").find(f"{BPMN}documentation")

    assert documentation is not None
    assert documentation.text == "am Schalter"


def test_decisions_name_their_answers_and_mark_the_default() -> None:
    xml = collaboration_of(model())

    gateway = by_id(xml, "geprueft")
    default = by_id(xml, gateway.get("default"))
    leaving = [flow for flow in elements(xml, "sequenceFlow") if flow.get("sourceRef") == "geprueft"]
    (other,) = [flow for flow in leaving if flow.get("id") != default.get("id")]
    assert (default.get("name"), other.get("name")) == ("nein", "ja")
    assert other.findtext(f"{BPMN}conditionExpression") == "ja"
    assert default.find(f"{BPMN}conditionExpression") is None


def test_answers_that_make_no_difference_share_a_flow() -> None:
    nodes = {
        **NODES,
        "geprueft": {**NODES["geprueft"], "next": [{"to": "kurs", "when": "ja"}, {"to": "kurs", "when": "nein"}]},
    }

    xml = collaboration_of(model(nodes))

    (flow,) = [flow for flow in elements(xml, "sequenceFlow") if flow.get("sourceRef") == "geprueft"]
    assert flow.get("name") == "ja / nein"


def test_a_handover_on_the_way_names_the_message_and_others_are_marked_as_derived() -> None:
    xml = collaboration_of(model(NODES, {"id": "h", "from": "kurs", "to": "konto", "name": "Kursnachweis"}))

    messages = {message.get("name"): message for message in elements(xml, "message")}
    assert messages["Kursnachweis"].find(f".//{ANKUNFT}element").get("id") == "h"
    assert messages["Angekommen"].find(f".//{ANKUNFT}derived") is not None
    assert "Kursnachweis eingegangen" in names(xml, "startEvent")


def test_a_handover_without_name_is_called_after_its_document() -> None:
    said = model(
        NODES,
        {"id": "h", "from": "kurs", "to": "konto", "documents": ["nachweis"]},
        documents={"nachweis": {"name": "Nachweis über den Kurs"}},
    )

    assert "Nachweis über den Kurs" in names(collaboration_of(said), "message")


@pytest.mark.parametrize("seed", range(20))
def test_no_two_messages_have_the_same_name(seed: int) -> None:
    xml = collaboration_of(random_model(Random(seed), 14))

    found = names(xml, "message")
    assert len(found) == len(set(found))


def test_several_messages_after_one_step_say_to_whom_they_go() -> None:
    xml = collaboration_of(model_of("P;AND[Q|R];P", "P"))

    assert {"Schritt 1 erledigt", "Schritt 1 erledigt (an Amt R)"} <= set(names(xml, "message"))


def test_information_beside_the_control_flow_is_a_message_flow_between_steps() -> None:
    xml = collaboration_of(model(NODES, {"id": "h", "from": "annahme", "to": "konto", "name": "Voranmeldung"}))

    flow = by_id(xml, "MessageFlow_h")
    assert (flow.get("sourceRef"), flow.get("targetRef"), flow.get("name")) == ("annahme", "konto", "Voranmeldung")


def test_information_to_an_actor_without_steps_goes_to_a_closed_pool() -> None:
    actors = {**ACTORS, "kasse": {"name": "Krankenkasse", "kind": "health_insurer"}}
    said = model(NODES, {"id": "h", "from": "annahme", "to": {"actor": "kasse"}}, actors=actors)

    xml = collaboration_of(said)

    participant = by_id(xml, by_id(xml, "MessageFlow_h").get("targetRef"))
    assert (participant.get("name"), participant.get("processRef")) == ("Krankenkasse", None)


@pytest.mark.parametrize(
    "fields",
    [{"channel": "none", "to": "konto"}, {"to": "none"}, {"to": "titel_erteilen"}],
    ids=["nothing passes", "no receiver", "same organisation"],
)
def test_what_does_not_pass_between_pools_is_no_message_flow(fields: dict[str, Any]) -> None:
    xml = collaboration_of(model(NODES, {"id": "h", "from": "annahme", **fields}))

    assert etree.fromstring(xml).xpath("//*[@id='MessageFlow_h']") == []


def test_a_step_nobody_is_known_to_perform_has_a_pool_that_says_so() -> None:
    nodes = {**NODES, "kurs": {"name": "Beraten", "next": "konto"}}

    assert "Zuständigkeit ungeklärt" in names(collaboration_of(model(nodes)), "participant")


def test_a_step_nobody_is_known_to_perform_has_a_lane_of_its_own_in_the_journey() -> None:
    nodes = {**NODES, "kurs": {"name": "Beraten", "next": "konto"}}

    (lane,) = [
        lane for lane in elements(journey_of(model(nodes)), "lane") if lane.get("name") == "Zuständigkeit ungeklärt"
    ]

    assert [reference.text for reference in lane.findall(f"{BPMN}flowNodeRef")] == ["kurs"]


def test_several_plain_starts_of_one_pool_are_alternatives_with_conditions() -> None:
    nodes = {**NODES, "zweiter": {"type": "start", "name": "Überwiesen", "actor": "person", "next": "annahme"}}

    xml = collaboration_of(model(nodes))

    starts = [by_id(xml, id_) for id_ in ("beginn", "zweiter")]
    assert [start.findtext(f"{BPMN}conditionalEventDefinition/{BPMN}condition") for start in starts] == [
        "Angekommen",
        "Überwiesen",
    ]


SUB_PROCESS: dict[str, Any] = {
    "type": "subprocess",
    "name": "Beraten",
    "actor": "ki",
    "next": "konto",
    "nodes": {
        "innen_beginn": {"type": "start", "next": "innen"},
        "innen": {"name": "Gespräch führen", "actor": "ki", "next": "innen_ende"},
        "innen_ende": {"type": "end"},
    },
}


def test_a_sub_process_of_one_organisation_stays_whole() -> None:
    xml = collaboration_of(model({**NODES, "kurs": SUB_PROCESS}))

    sub_process = by_id(xml, "kurs")
    assert etree.QName(sub_process).localname == "subProcess"
    assert by_id(xml, "innen").getparent() is not None
    assert by_id(xml, "innen").getparent().get("id") == "kurs"


def test_a_sub_process_of_several_organisations_gives_way_to_its_content() -> None:
    inner = {**SUB_PROCESS["nodes"], "innen": {**SUB_PROCESS["nodes"]["innen"], "actor": "bank"}}
    xml = collaboration_of(model({**NODES, "kurs": {**SUB_PROCESS, "nodes": inner}}))

    assert elements(xml, "subProcess") == []
    assert etree.QName(by_id(xml, "innen").getparent()).localname == "process"


def test_the_journey_is_one_pool_with_a_lane_per_actor() -> None:
    xml = journey_of(model())

    assert names(xml, "participant") == ["Probe"]
    assert elements(xml, "messageFlow") == []
    leaves = [lane.get("name") for lane in elements(xml, "lane") if lane.find(f"{BPMN}childLaneSet") is None]
    assert sorted(leaves) == ["Ausländerbehörde", "Bank", "Integrationszentrum", "Person", "Titelstelle"]
    assert leaves[0] == "Person"


def test_the_journey_shows_also_what_pools_cannot_do() -> None:
    nodes = {
        "a": {"type": "start", "actor": "person", "next": "g"},
        "g": {"type": "exclusive", "next": [{"to": "s", "when": "ja"}, {"to": "t", "when": "nein"}]},
        "s": {"name": "S", "actor": "abh", "next": "j"},
        "t": {"name": "T", "actor": "bank", "next": "j"},
        "j": {"type": "parallel", "next": "z"},
        "z": {"type": "end"},
    }

    assert len(elements(journey_of(model(nodes)), "parallelGateway")) == 1


def test_what_is_always_at_hand_is_not_waited_for_in_the_journey() -> None:
    waiting = model(NODES, {"id": "h", "from": "annahme", "to": "konto", "name": "Nachweis", "waits": True})

    assert journey_of(waiting).count(b"<bpmn:sequenceFlow ") == journey_of(model(NODES)).count(b"<bpmn:sequenceFlow ")
    assert elements(journey_of(waiting), "intermediateCatchEvent") == []


def test_the_view_follows_from_who_acts() -> None:
    alone = {id_: {**node, "actor": "abh"} if "actor" in node else node for id_, node in NODES.items()}

    several, one = to_definitions(model()), to_definitions(model(alone))

    assert several.collaboration is not None
    assert one.collaboration is not None
    assert len(several.collaboration.participants) == 3
    assert len(one.collaboration.participants) == 1
