"""Some organisations in full, the others as closed pools: twenty lanes on one sheet are hard to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.errors import UnknownElementError
from ankunft_model.exports.bpmn.names_of_messages import flow_elements_of, joint_name, names_of_message_flows
from ankunft_model.model import ArrivalModel, nearest
from ankunft_model.wording import Language, Wording


def show_only(definitions: bpmn.Definitions, model: ArrivalModel, actors: Iterable[str]) -> bpmn.Definitions:
    """Return the file in which only the pools of `actors` show their process.

    An actor stands for the organisation at the top of its hierarchy. An organisation that exchanges messages with
    one of them stays as a closed pool; the others fall away, with the messages that they exchange among themselves.

    Args:
        definitions: A collaboration, not yet laid out.
        model: The model that it shows.
        actors: Ids of actors.

    Raises:
        UnknownElementError: an actor is not known.
    """
    shown = {_organisation(model, actor) for actor in actors}
    collaboration = definitions.collaboration
    if collaboration is None:
        return definitions
    processes = {process.id: process for process in definitions.processes}
    open_pools = {
        participant.id for participant in collaboration.participants if referenced(participant, "actor") in shown
    }
    pool_of = {participant.id: participant.id for participant in collaboration.participants}
    for participant in collaboration.participants:
        if participant.process_ref in processes:
            elements = flow_elements_of(processes[participant.process_ref])
            pool_of.update((element.id, participant.id) for element in elements)
    flows = [
        replace(
            flow,
            source_ref=_end(flow.source_ref, pool_of, open_pools),
            target_ref=_end(flow.target_ref, pool_of, open_pools),
        )
        for flow in collaboration.message_flows
        if {pool_of[flow.source_ref], pool_of[flow.target_ref]} & open_pools
    ]
    talked_to = {pool_of[end] for flow in flows for end in (flow.source_ref, flow.target_ref)}
    participants = tuple(
        participant if participant.id in open_pools else replace(participant, process_ref=None)
        for participant in collaboration.participants
        if participant.id in open_pools | talked_to
    )
    kept = {participant.process_ref for participant in participants}
    messages = {flow.message_ref for flow in flows} | {
        definition.message_ref
        for process in definitions.processes
        if process.id in kept
        for element in flow_elements_of(process)
        if isinstance(element, bpmn.Event)
        for definition in element.event_definitions
        if isinstance(definition, bpmn.MessageEventDefinition)
    }
    return replace(
        definitions,
        root_elements=tuple(
            replace(collaboration, participants=participants, message_flows=tuple(flows))
            if element is collaboration
            else element
            for element in definitions.root_elements
            if not (isinstance(element, bpmn.Process) and element.id not in kept)
            and not (isinstance(element, bpmn.Message) and element.id not in messages)
        ),
    )


def close_all(definitions: bpmn.Definitions, model: ArrivalModel, *, language: Language) -> bpmn.Definitions:
    """Return the file in which every pool is closed: who exchanges what with whom, and nothing else.

    What one organisation sends another is one message flow, called after the first messages; its documentation
    names all.
    """
    collaboration = definitions.collaboration
    if collaboration is None:
        return definitions
    processes = {process.id: process for process in definitions.processes}
    name_of = names_of_message_flows(definitions, model, language)
    pool_of = {participant.id: participant.id for participant in collaboration.participants}
    for participant in collaboration.participants:
        if participant.process_ref in processes:
            for element in flow_elements_of(processes[participant.process_ref]):
                pool_of[element.id] = participant.id
    merged: dict[tuple[str, str], list[bpmn.MessageFlow]] = {}
    for flow in collaboration.message_flows:
        merged.setdefault((pool_of[flow.source_ref], pool_of[flow.target_ref]), []).append(flow)
    flows: list[bpmn.MessageFlow] = []
    for (source, target), together in merged.items():
        names = [name_of[flow.id] for flow in together if flow.id in name_of]
        flows.append(
            replace(
                together[0],
                name=joint_name(names, language),
                translations=(),
                source_ref=source,
                target_ref=target,
                documentation=tuple(bpmn.Documentation(text=name) for name in dict.fromkeys(names)),
                extension_elements=tuple(dict.fromkeys(mark for flow in together for mark in flow.extension_elements)),
                extension_attributes=together[0].extension_attributes if len(together) == 1 else (),
            )
        )
    closed = replace(
        collaboration,
        participants=tuple(replace(participant, process_ref=None) for participant in collaboration.participants),
        message_flows=tuple(flows),
    )
    return replace(definitions, root_elements=(closed,))


def _organisation(model: ArrivalModel, actor: str) -> str:
    if actor not in model.actors:
        near = nearest(actor, model.actors)
        raise UnknownElementError(
            Wording(
                de=f"Den Akteur „{actor}“ gibt es nicht." + (f" Gemeint: „{near}“?" if near else ""),
                en=f"there is no actor '{actor}'." + (f" Did you mean '{near}'?" if near else ""),
            ),
            element_id=actor,
        )
    return model.top_actor(actor).id


def referenced(participant: bpmn.Participant, kind: str) -> str | None:
    """Return the actor or the process of the model that a pool says it stands for."""
    for extension in participant.extension_elements:
        attributes = dict(extension.attributes)
        if extension.namespace == ANKUNFT and attributes.get("kind") == kind:
            return attributes.get("id")
    return None


def _end(element: str, pool_of: dict[str, str], open_pools: set[str]) -> str:
    """Return the element itself if its pool is open, else its pool."""
    return element if pool_of[element] in open_pools else pool_of[element]
