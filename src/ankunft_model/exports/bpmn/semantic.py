"""The semantic part of a BPMN file: participants, lanes, processes and messages from projected pools.

Ids, order and names depend on the model alone. What BPMN has no words for travels in the extension: the whole model
as one text, and at each element which part of the model it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import EXPORTER
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.extension import reference, whole_model
from ankunft_model.exports.bpmn.file_parts import FileParts, Pool
from ankunft_model.exports.bpmn.flow_elements import build_flow_elements
from ankunft_model.exports.bpmn.journey import JOURNEY_OWNER
from ankunft_model.exports.bpmn.lanes import LaneTree, actor_of_elements, build_lanes
from ankunft_model.exports.bpmn.message_flows import (
    Information,
    build_associations,
    build_message_flows,
    name_messages,
)
from ankunft_model.exports.bpmn.pool_elements import PoolElement, PoolProcess
from ankunft_model.exports.bpmn.projection import Projection
from ankunft_model.exports.bpmn.several_instances import starts_of_several_instances
from ankunft_model.graph.participation.owners import UNKNOWN_OWNER
from ankunft_model.model import ArrivalModel, Process, Text, text_in
from ankunft_model.wording import Language, Wording

TARGET_NAMESPACE = "https://ankunft-model.org/models"


def build_definitions(
    model: ArrivalModel,
    projections: Sequence[Projection],
    *,
    is_journey: bool,
    language: Language,
    version: str,
    options: Mapping[str, str] = MappingProxyType({}),
    has_templates: bool = False,
    is_per_process: bool = False,
) -> bpmn.Definitions:
    """Return the BPMN file without diagram.

    Args:
        model: The model, which travels in the extension.
        projections: Its processes as pools; in the journey view one pool each.
        is_journey: Whether pools are of all organisations together, and lanes of each of them.
        language: Language of the names; the others are kept as translations.
        version: Version of the exporter.
        options: How the diagram was asked for; noted in the file.
        has_templates: Whether elements name the template with which Camunda Modeler shows their properties.
        is_per_process: Whether each process will have a diagram of its own, so that pools need not name it.
    """
    parts = FileParts(model, language, is_journey, has_templates)
    _place_pools(parts, projections, is_per_process=is_per_process)
    _give_ids(parts)
    messages = name_messages(parts, projections)
    _give_flow_ids(parts)
    message_flows = build_message_flows(parts, projections)
    information = Information(parts, projections)
    if not is_journey:
        message_flows += information.message_flows()
    processes = tuple(_process(parts, pool) for pool in parts.pools)
    multiplicity_of = {one.process.id: _multiplicity(model, one.process) for one in projections}
    collaboration = bpmn.Collaboration(
        id=parts.ids.made("Collaboration", model.id),
        participants=(
            *(_participant(parts, pool, multiplicity_of[pool.projection.process.id]) for pool in parts.pools),
            *(_closed_participant(parts, actor, id_) for actor, id_ in information.closed.items()),
        ),
        message_flows=message_flows,
        extension_elements=(whole_model(model, options),),
    )
    return bpmn.Definitions(
        id=parts.ids.made("Definitions", model.id),
        name=text_in(model.title, language),
        target_namespace=TARGET_NAMESPACE,
        exporter=EXPORTER,
        exporter_version=version,
        root_elements=(collaboration, *processes, *messages),
    )


def _place_pools(parts: FileParts, projections: Sequence[Projection], *, is_per_process: bool) -> None:
    """Order the pools (the person on top, then by first action) and give them names and ids."""
    found: list[Pool] = []
    for projection in projections:
        for pool in projection.pools:
            owner = "unclear" if pool.owner == UNKNOWN_OWNER else pool.owner
            key = (owner,) if len(projections) == 1 else (projection.process.id, owner)
            name = _pool_name(parts, projection, pool)
            if len(projections) > 1 and not is_per_process:
                pattern = Wording(de="{name} – {process}", en="{name} – {process}")
                name = naming.composed(pattern, name=name, process=naming.name_of(projection.process))
            actor = None if parts.is_journey else parts.model.actors.get(pool.owner)
            participant = parts.ids.drawn(None if actor is None else actor.bpmn_id, "Participant", *key)
            found.append(Pool(projection, pool, participant, parts.ids.made("Process", *key), name))
    person = parts.model.person
    top = None if person is None else parts.model.top_actor(person.id).id
    parts.pools = sorted(found, key=lambda pool: pool.pool.owner != top)


def _pool_name(parts: FileParts, projection: Projection, pool: PoolProcess) -> Text:
    if parts.is_journey:
        place = parts.model.municipality
        return parts.model.title if place is None else place.name
    if pool.owner == UNKNOWN_OWNER:
        return naming.text_of(naming.UNKNOWN_ORGANISATION)
    actor = parts.model.actors.get(pool.owner)
    return naming.name_of(projection.process if actor is None else actor)


def _give_ids(parts: FileParts) -> None:
    """Give every element its id: first those that stand for nodes of the model, so that they keep theirs."""
    for pool in parts.pools:
        for process in pool.levels():
            for element in process.elements:
                if element.node is not None and element.node.element is not None and element.stands_for_node:
                    node = element.node.element
                    pool.id_of[element.id] = parts.ids.take(node.bpmn_id or node.id)
    for pool in parts.pools:
        for process in pool.levels():
            for element in process.elements:
                if element.id not in pool.id_of:
                    pool.id_of[element.id] = _made_id(parts, element)


def _made_id(parts: FileParts, element: PoolElement) -> str:
    prefix, separator, rest = element.id.partition(":")
    if separator:
        return parts.ids.made(prefix.capitalize(), rest)
    return parts.ids.made("End" if element.kind == "end" else "Gateway", element.id)


def _give_flow_ids(parts: FileParts) -> None:
    """Reserve the model's ids for the sequence flows that stand for its flows; messages keep those of crossing ones."""
    for pool in parts.pools:
        for process in pool.levels():
            for flow in process.flows:
                if flow.flow is None or flow.flow.flow is None or pool.message_key(flow.flow.id) in parts.message_id:
                    continue
                key = pool.flow_key(flow)
                if key not in parts.flow_id:
                    parts.flow_id[key] = parts.ids.take(flow.flow.flow.bpmn_id or flow.flow.id)


def _participant(parts: FileParts, pool: Pool, multiplicity: bpmn.ParticipantMultiplicity | None) -> bpmn.Participant:
    references = [reference("process", pool.projection.process.id)]
    actor = None if parts.is_journey else parts.model.actors.get(pool.pool.owner)
    if actor is not None:
        references.append(reference("actor", actor.id))
    return bpmn.Participant(
        id=pool.participant,
        **(parts.named(pool.name) if actor is None else parts.described(actor, pool.name)),
        process_ref=pool.process,
        multiplicity=multiplicity,
        extension_elements=tuple(references),
        extension_attributes=() if actor is None else parts.properties(actor),
    )


def _multiplicity(model: ArrivalModel, process: Process) -> bpmn.ParticipantMultiplicity | None:
    """Return that one case can begin the process several times; None: once at most.

    A file cannot say that there is no bound, so the maximum is the number of messages that begin it, at least two.
    """
    starts = starts_of_several_instances(model, process)
    return bpmn.ParticipantMultiplicity(maximum=max(2, len(starts))) if starts else None


def _closed_participant(parts: FileParts, actor: str, id_: str) -> bpmn.Participant:
    found = parts.model.actors[actor]
    return bpmn.Participant(
        id=id_,
        **parts.described(found, naming.name_of(found)),
        extension_elements=(reference("actor", actor),),
        extension_attributes=parts.properties(found),
    )


def _process(parts: FileParts, pool: Pool) -> bpmn.Process:
    process = pool.projection.process
    is_whole = parts.is_journey or pool.pool.owner == JOURNEY_OWNER
    beneath = None if is_whole else pool.pool.owner
    actor_of = actor_of_elements(pool.pool)
    associations = build_associations(parts, pool, pool.pool)
    lanes = build_lanes(parts.model, pool.pool, actor_of, beneath=beneath) if actor_of else []
    return bpmn.Process(
        id=pool.process,
        **parts.described(process, naming.name_of(process)),
        is_executable=False,
        lane_sets=(_lane_set(parts, pool, lanes, pool.process),) if lanes else (),
        flow_elements=build_flow_elements(parts, pool, pool.pool),
        artifacts=associations,
        extension_elements=(reference("process", process.id),),
    )


def _lane_set(parts: FileParts, pool: Pool, lanes: list[LaneTree], owner: str) -> bpmn.LaneSet:
    return bpmn.LaneSet(id=parts.ids.made("LaneSet", owner), lanes=tuple(_lane(parts, pool, lane) for lane in lanes))


def _lane(parts: FileParts, pool: Pool, lane: LaneTree) -> bpmn.Lane:
    """Return a lane with the lanes in it; the writer bounds their depth."""
    if lane.actor == UNKNOWN_OWNER:
        id_ = parts.ids.made("Lane", pool.process.partition("_")[2], "unclear")
        arguments = parts.named(naming.text_of(naming.UNKNOWN_ORGANISATION))
    else:
        actor = parts.model.actors[lane.actor]
        id_ = parts.ids.drawn(actor.bpmn_id, "Lane", pool.process.partition("_")[2], actor.id)
        arguments = parts.described(actor, naming.name_of(actor))
        arguments["extension_elements"] = (reference("actor", actor.id),)
        arguments["extension_attributes"] = parts.properties(actor)
    return bpmn.Lane(
        id=id_,
        **arguments,
        flow_node_refs=tuple(pool.id_of[element] for element in lane.elements),
        child_lane_set=_lane_set(parts, pool, lane.lanes, id_) if lane.lanes else None,
    )
