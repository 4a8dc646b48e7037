"""What a person changes in the properties of a BPMN file of ours comes back into the model, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ankunft_model as am
from ankunft_model.bpmn_xml.parsing import MAX_BYTES, MAX_ELEMENTS, parse_document
from ankunft_model.errors import SourceError
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.bpmn_properties import find_property_edits, with_edited_properties

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def model() -> ArrivalModel:
    return am.read(EXAMPLES / "dueren" / "as_is.yaml")


@pytest.fixture(scope="module")
def file(model: ArrivalModel) -> str:
    return model.to_bpmn().decode()


def read_back(model: ArrivalModel, text: str) -> ArrivalModel:
    root = parse_document(text.encode(), file="x.bpmn", max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    return with_edited_properties(model, root, file="x.bpmn")


def changed(file: str, element: str, word: str, text: str | None) -> str:
    """Return the file with another text for a property of an element; None: without it."""
    start = re.search(rf'<bpmn:\w+ id="{element}"[^>]*>', file)
    assert start is not None
    bare = re.sub(rf' ankunft:{word}="[^"]*"', "", start[0])
    written = bare if text is None else re.sub(r"( ?/?>)$", rf' ankunft:{word}="{text}"\1', bare)
    return file.replace(start[0], written)


def test_a_file_that_nobody_has_changed_gives_the_equal_model(model: ArrivalModel, file: str) -> None:
    assert read_back(model, file) == model


def test_kind_data_and_documents_of_a_step_can_be_changed(model: ArrivalModel, file: str) -> None:
    text = changed(file, "a01", "needs", "nationality; birth_date")
    text = changed(text, "a01", "collects", "none")

    edited = read_back(model, text)

    step = edited.nodes["a01"]
    assert step.needs == ("nationality", "birth_date")  # type: ignore[union-attr]
    assert step.collects == ()  # type: ignore[union-attr]
    root = parse_document(text.encode(), file=None, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    assert {edit.word for edit in find_property_edits(model, root)} == {"collects", "needs"}


def test_what_stays_in_a_list_keeps_what_was_said_about_it(model: ArrivalModel) -> None:
    nodes = {
        "s": {"type": "start", "actor": "polizei", "next": "t"},
        "t": {
            "name": "Fragen",
            "actor": "polizei",
            "collects": [{"item": "birth_date", "justified_by": "none"}, "nationality"],
            "next": "e",
        },
        "e": {"type": "end"},
    }
    small = model.changed(
        processes={"p": {"name": "P", "nodes": nodes}}, cases="none", consents="none", information_duties="none"
    )
    text = changed(small.to_bpmn().decode(), "t", "collects", "travel_route, birth_date")

    (new, kept) = read_back(small, text).nodes["t"].collects  # type: ignore[union-attr, misc]

    assert (new.item, new.justified_by) == ("travel_route", None)
    assert (kept.item, kept.justified_by) == ("birth_date", "none")


def test_the_kind_of_an_actor_can_be_changed_at_its_pool_or_lane(model: ArrivalModel, file: str) -> None:
    edited = read_back(model, changed(file, "Participant_polizei", "kind", "police_station"))

    assert edited.actors["polizei"].kind == "police_station"


def test_channel_agreement_and_basis_of_a_handover_can_be_changed(model: ArrivalModel, file: str) -> None:
    pattern = r'<bpmn:messageFlow id="([^"]+)"[^>]*ankunft:channel="[^"]*"[^>]*>.*?kind="handover" id="([^"]+)"'
    flow = re.search(pattern, file, re.DOTALL)
    assert flow is not None
    basis = next(iter(model.legal_bases))
    text = changed(file, flow[1], "channel", "email fax")
    text = changed(text, flow[1], "agreement", "not_needed")
    text = changed(text, flow[1], "legal_basis", basis)

    handover = read_back(model, text).handovers[flow[2]]

    assert handover.channel == ("email", "fax")
    assert handover.agreement == "not_needed"
    assert handover.legal_basis == (basis,)


def test_a_property_that_a_tool_has_dropped_changes_nothing(model: ArrivalModel, file: str) -> None:
    assert read_back(model, re.sub(r' ankunft:(?!kind="person")\w+="[^"]*"(?=[^<]*>)', "", file)) == model


def test_unknown_ids_and_words_are_told_with_their_line(model: ArrivalModel, file: str) -> None:
    text = changed(file, "a01", "needs", "nationalty")

    with pytest.raises(SourceError) as refused:
        read_back(model, text)

    (problem,) = refused.value.problems
    assert problem.code == "unknown-reference"
    assert problem.location.line == text[: text.index("nationalty")].count("\n") + 1
    assert "nationality" in problem.wording.en


def test_contradictions_between_two_drawings_of_one_actor_are_reported(model: ArrivalModel, file: str) -> None:
    again = (
        '<bpmn:participant id="again" ankunft:kind="two"><bpmn:extensionElements>'
        '<ankunft:element kind="actor" id="polizei"/></bpmn:extensionElements></bpmn:participant></bpmn:collaboration>'
    )
    text = changed(file, "Participant_polizei", "kind", "one").replace("</bpmn:collaboration>", again)

    with pytest.raises(SourceError) as refused:
        read_back(model, text)

    assert {problem.code for problem in refused.value.problems} == {"conflicting-properties"}
