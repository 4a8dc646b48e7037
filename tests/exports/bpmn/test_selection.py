import pytest

from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import UnknownElementError
from ankunft_model.exports.bpmn import to_bpmn, to_definitions
from ankunft_model.sources import read_bpmn, read_text

MODEL = read_text(
    """
format: ankunft/1
id: drei
title: Drei Stellen
state: as_is
actors:
  person: {name: Person, kind: person}
  kreis: {name: Kreis, kind: district_administration}
  abh: {name: Ausländerbehörde, kind: immigration_office, part_of: kreis}
  amt: {name: Sozialamt, kind: social_welfare_office}
  jobcenter: {name: Jobcenter, kind: jobcenter}
processes:
  weg:
    name: Weg
    nodes:
      beginn: {type: start, name: Angekommen, actor: person, next: titel}
      titel: {name: Titel erteilen, actor: abh, next: hilfe}
      hilfe: {name: Hilfe einstellen, actor: amt, next: antrag}
      antrag: {name: Antrag aufnehmen, actor: jobcenter, next: ende}
      ende: {type: end, name: Fertig}
    handovers: none
""",
    suffix=".yaml",
)


def pools(*only: str) -> dict[str, bool]:
    """Return the names of the pools, and whether each shows its process."""
    collaboration = to_definitions(MODEL, only=only).collaboration
    assert collaboration is not None
    return {pool.name or "": pool.process_ref is not None for pool in collaboration.participants}


def test_without_a_choice_every_organisation_is_shown() -> None:
    assert pools() == {"Person": True, "Kreis": True, "Sozialamt": True, "Jobcenter": True}


def test_who_talks_to_the_chosen_one_is_closed_and_the_others_fall_away() -> None:
    assert pools("amt") == {"Kreis": False, "Sozialamt": True, "Jobcenter": False}


def test_a_unit_stands_for_its_organisation() -> None:
    assert pools("abh") == {"Person": False, "Kreis": True, "Sozialamt": False}


def test_messages_of_closed_pools_end_at_the_pool() -> None:
    definitions = read_definitions(to_bpmn(MODEL, only=("amt",)))

    collaboration = definitions.collaboration
    assert collaboration is not None
    closed = {pool.id for pool in collaboration.participants if pool.process_ref is None}
    ends = [end for flow in collaboration.message_flows for end in (flow.source_ref, flow.target_ref)]
    assert len(collaboration.message_flows) == 2
    assert sum(end in closed for end in ends) == 2


def test_the_whole_model_still_comes_back() -> None:
    assert read_bpmn(to_bpmn(MODEL, only=("amt",))) == MODEL


def test_an_unknown_actor_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownElementError, match=r"jobcentre.*jobcenter"):
        to_bpmn(MODEL, only=("jobcentre",))
