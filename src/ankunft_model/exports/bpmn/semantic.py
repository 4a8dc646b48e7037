"""The semantic part of a BPMN file: participants, lanes, processes and messages from projected pools.

Ids, order and names depend on the model alone. What BPMN has no words for travels in the extension: the whole model
as one text, and at each element which part of the model it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.element_ids import ElementIds
from ankunft_model.exports.bpmn.event_kinds import activity_class, event_definition
from ankunft_model.exports.bpmn.lanes import LaneTree, actor_of_elements, build_lanes
from ankunft_model.exports.bpmn.owners import UNKNOWN_OWNER
from ankunft_model.exports.bpmn.pool_elements import FORKING, PoolElement, PoolFlow, PoolProcess
from ankunft_model.exports.bpmn.projection import Projection
from ankunft_model.model import (
    ActorEnd,
    ArrivalModel,
    Element,
    Event,
    Handover,
    Step,
    Text,
    Translations,
    text_in,
    to_plain,
)
from ankunft_model.wording import Language, Wording

TARGET_NAMESPACE = "https://ankunft-model.org/models"
EXPORTER = "ankunft-model"

_GATEWAY_CLASS: dict[str, type[bpmn.ExclusiveGateway] | type[bpmn.ParallelGateway] | type[bpmn.InclusiveGateway]] = {
    "exclusive": bpmn.ExclusiveGateway,
    "parallel": bpmn.ParallelGateway,
    "inclusive": bpmn.InclusiveGateway,
}


def build_definitions(
    model: ArrivalModel,
    projections: Sequence[Projection],
    *,
    is_journey: bool,
    language: Language,
    version: str | None = None,
) -> bpmn.Definitions:
    """Return the BPMN file without diagram.

    Args:
        model: The model, which travels in the extension.
        projections: Its processes as pools; in the journey view one pool each.
        is_journey: Whether pools are of all organisations together, and lanes of each of them.
        language: Language of the names; the others are kept as translations.
        version: Version of the exporter.
    """
    return _Semantics(model, projections, is_journey, language).definitions(version)


@dataclass
class _Pool:
    """A participant under construction."""

    projection: Projection
    pool: PoolProcess
    participant: str
    process: str
    name: Text
    id_of: dict[str, str] = field(default_factory=dict[str, str])


class _Semantics:
    def __init__(
        self, model: ArrivalModel, projections: Sequence[Projection], is_journey: bool, language: Language
    ) -> None:
        self._model = model
        self._projections = projections
        self._is_journey = is_journey
        self._language: Language = language
        self._ids = ElementIds()
        self._pools: list[_Pool] = []
        self._closed: dict[str, str] = {}
        self._message_name: dict[str, Text] = {}
        self._message_id: dict[str, str] = {}
        self._derived: set[str] = set()
        self._flow_id: dict[str, str] = {}
        self._messages: list[bpmn.Message] = []
        self._message_flows: list[bpmn.MessageFlow] = []
        self._associations: dict[str, list[bpmn.Association]] = {}

    def definitions(self, version: str | None) -> bpmn.Definitions:
        self._place_pools()
        self._name_elements()
        self._name_messages()
        for pool in self._pools:
            self._place_flows(pool)
        self._add_message_flows()
        if not self._is_journey:
            self._add_information()
        processes = tuple(self._process(pool) for pool in self._pools)
        collaboration = bpmn.Collaboration(
            id=self._ids.made("Collaboration", self._model.id),
            participants=(
                *(
                    bpmn.Participant(
                        id=pool.participant,
                        **self._named(pool.name),
                        process_ref=pool.process,
                        extension_elements=self._participant_reference(pool),
                    )
                    for pool in self._pools
                ),
                *(
                    bpmn.Participant(
                        id=id_,
                        **self._named(naming.name_of(self._model.actors[actor])),
                        extension_elements=(_reference("actor", actor),),
                    )
                    for actor, id_ in self._closed.items()
                ),
            ),
            message_flows=tuple(self._message_flows),
            extension_elements=(_whole_model(self._model),),
        )
        return bpmn.Definitions(
            id=self._ids.made("Definitions", self._model.id),
            name=text_in(self._model.title, self._language),
            target_namespace=TARGET_NAMESPACE,
            exporter=EXPORTER,
            exporter_version=version,
            root_elements=(collaboration, *processes, *self._messages),
        )

    # --- names and ids -----------------------------------------------------------------------------------------

    def _named(self, name: Text | None) -> dict[str, Any]:
        """Return the arguments for a name and its translations."""
        if name is None:
            return {"name": None}
        shown = text_in(name, self._language)
        others = dict(name) if isinstance(name, Translations) else {}
        return {
            "name": shown,
            "translations": tuple(
                bpmn.Translation(language=tag, text=text)
                for tag, text in others.items()
                if tag != self._language and text != shown
            ),
        }

    def _described(self, element: Element | None, name: Text | None) -> dict[str, Any]:
        """Return the arguments for name, documentation and translations of what stands for a model element."""
        arguments = self._named(name)
        if element is None or element.description is None:
            return arguments
        shown = text_in(element.description, self._language)
        others = dict(element.description) if isinstance(element.description, Translations) else {}
        arguments["documentation"] = (bpmn.Documentation(text=shown),)
        arguments["translations"] = (
            *arguments.get("translations", ()),
            *(
                bpmn.Translation(language=tag, text=text, target="documentation")
                for tag, text in others.items()
                if tag != self._language and text != shown
            ),
        )
        return arguments

    def _place_pools(self) -> None:
        """Order the pools (the person on top, then by first action) and give them names."""
        several = len(self._projections) > 1
        found: list[_Pool] = []
        for projection in self._projections:
            for pool in projection.pools:
                parts = (projection.process.id, pool.owner) if several else (pool.owner,)
                found.append(_Pool(projection, pool, "", "", self._pool_name(projection, pool, several)))
                found[-1].participant = self._ids.made("Participant", *self._key(parts))
                found[-1].process = self._ids.made("Process", *self._key(parts))
        person = None if self._model.person is None else self._model.top_actor(self._model.person.id).id
        self._pools = sorted(found, key=lambda pool: pool.pool.owner != person)

    def _key(self, parts: Iterable[str]) -> list[str]:
        return ["unclear" if part == UNKNOWN_OWNER else part for part in parts]

    def _pool_name(self, projection: Projection, pool: PoolProcess, several: bool) -> Text:
        if self._is_journey:
            place = self._model.municipality
            name = self._model.title if place is None else place.name
        elif pool.owner == UNKNOWN_OWNER:
            name = naming.text_of(naming.UNKNOWN_ORGANISATION)
        else:
            name = naming.name_of(self._model.actors[pool.owner])
        if not several:
            return name
        pattern = Wording(de="{name} – {process}", en="{name} – {process}")
        return naming.composed(pattern, name=name, process=naming.name_of(projection.process))

    def _participant_reference(self, pool: _Pool) -> tuple[bpmn.ExtensionElement, ...]:
        references = [_reference("process", pool.projection.process.id)]
        if pool.pool.owner in self._model.actors and not self._is_journey:
            references.append(_reference("actor", pool.pool.owner))
        return tuple(references)

    def _name_elements(self) -> None:
        """Give every element its id: first those that stand for nodes of the model, so that they keep theirs."""
        levels: list[tuple[_Pool, PoolProcess]] = [(pool, pool.pool) for pool in self._pools]
        for pool, process in levels:
            levels.extend((pool, element.inner) for element in process.elements if element.inner is not None)
        for pool, process in levels:
            for element in process.elements:
                if element.node is not None and element.node.element is not None and _stands_for_node(element):
                    node = element.node.element
                    pool.id_of[element.id] = self._ids.take(node.bpmn_id or node.id)
        for pool, process in levels:
            for element in process.elements:
                if element.id not in pool.id_of:
                    pool.id_of[element.id] = self._made_id(element)

    def _made_id(self, element: PoolElement) -> str:
        prefix, separator, rest = element.id.partition(":")
        if separator:
            return self._ids.made(prefix.capitalize(), rest)
        return self._ids.made("End" if element.kind == "end" else "Gateway", element.id)

    def _name_messages(self) -> None:
        names = naming.MessageNames(self._model)
        receivers = {
            element.receives: pool for pool in self._pools for element in pool.pool.elements if element.receives
        }
        for projection in self._projections:
            for message in projection.messages:
                if message.key not in receivers:
                    continue
                name = names.name(projection.form, message, receivers[message.key].name)
                id_ = self._ids.made("Message", message.key)
                self._message_name[message.key], self._message_id[message.key] = name, id_
                references = tuple(_reference("handover", handover) for handover in message.handovers)
                if not names.is_named_by_handover(message):
                    self._derived.add(message.key)
                self._messages.append(
                    bpmn.Message(
                        id=id_,
                        **self._named(name),
                        extension_elements=references or (bpmn.ExtensionElement(namespace=ANKUNFT, name="derived"),),
                    )
                )

    # --- processes ---------------------------------------------------------------------------------------------

    def _place_flows(self, pool: _Pool) -> None:
        """Reserve the model's ids for the sequence flows that stand for its flows."""
        levels = [pool.pool]
        for process in levels:
            levels.extend(element.inner for element in process.elements if element.inner is not None)
            for flow in process.flows:
                if flow.flow is not None and flow.flow.flow is not None and self._stands_for_flow(pool, flow):
                    self._flow_id[_flow_key(pool, flow)] = self._ids.take(flow.flow.flow.bpmn_id or flow.flow.id)

    def _stands_for_flow(self, pool: _Pool, flow: PoolFlow) -> bool:
        return (
            flow.flow is not None
            and flow.flow.id not in self._message_id
            and _flow_key(pool, flow) not in self._flow_id
        )

    def _process(self, pool: _Pool) -> bpmn.Process:
        actor_of = actor_of_elements(pool.pool)
        beneath = None if self._is_journey else pool.pool.owner
        lanes = build_lanes(self._model, pool.pool, actor_of, beneath=beneath) if actor_of else []
        return bpmn.Process(
            id=pool.process,
            **self._described(pool.projection.process, naming.name_of(pool.projection.process)),
            is_executable=False,
            lane_sets=(self._lane_set(pool, lanes, pool.process),) if lanes else (),
            flow_elements=self._flow_elements(pool, pool.pool),
            artifacts=tuple(self._associations.get(pool.participant, ())),
            extension_elements=(_reference("process", pool.projection.process.id),),
        )

    def _lane_set(self, pool: _Pool, lanes: list[LaneTree], owner: str) -> bpmn.LaneSet:
        set_id = self._ids.made("LaneSet", owner)
        return bpmn.LaneSet(id=set_id, lanes=tuple(self._lane(pool, lane) for lane in lanes))

    def _lane(self, pool: _Pool, lane: LaneTree) -> bpmn.Lane:
        """Return a lane; depth is bounded by that of the hierarchy of actors, which is small."""
        actor = self._model.actors[lane.actor]
        id_ = self._ids.made("Lane", *pool.participant.split("_")[1:], actor.id)
        inner = self._lane_set(pool, lane.lanes, id_) if lane.lanes else None
        return bpmn.Lane(
            id=id_,
            **self._described(actor, naming.name_of(actor)),
            flow_node_refs=tuple(pool.id_of[element] for element in lane.elements),
            child_lane_set=inner,
            extension_elements=(_reference("actor", actor.id),),
        )

    def _flow_elements(self, pool: _Pool, process: PoolProcess) -> tuple[bpmn.FlowElement, ...]:
        default_of: dict[str, str] = {}
        kind_of = {element.id: element.kind for element in process.elements}
        flows: list[bpmn.SequenceFlow] = []
        with_default = {
            flow.source for flow in process.flows if flow.flow and flow.flow.flow and flow.flow.flow.default
        }
        for flow in process.flows:
            id_ = self._flow_id.get(_flow_key(pool, flow)) or self._ids.made(
                "Flow", pool.id_of[flow.source], pool.id_of[flow.target]
            )
            model_flow = None if flow.flow is None else flow.flow.flow
            name: Text | None = None if model_flow is None else model_flow.name
            if kind_of[flow.source] in ("exclusive_split", "inclusive_split"):
                name = naming.answer(model_flow)
            is_decided = kind_of[flow.source] in ("exclusive_split", "inclusive_split")
            is_default = model_flow is not None and model_flow.default
            if is_default and is_decided:
                default_of[flow.source] = id_
            # where one way is the default, tools ask for the conditions of the others
            has_condition = is_decided and flow.source in with_default and not is_default
            flows.append(
                bpmn.SequenceFlow(
                    id=id_,
                    **self._named(name),
                    source_ref=pool.id_of[flow.source],
                    target_ref=pool.id_of[flow.target],
                    condition_expression=text_in(name, self._language) if has_condition and name is not None else None,
                    extension_elements=()
                    if model_flow is None or flow.flow is None
                    else (_reference("flow", flow.flow.id),),
                )
            )
        blank = [element for element in process.elements if element.kind == "start" and _is_blank(element)]
        nodes = [
            self._flow_node(pool, element, default_of.get(element.id), is_one_of_several=len(blank) > 1)
            for element in process.elements
        ]
        return (*nodes, *flows)

    def _flow_node(
        self, pool: _Pool, element: PoolElement, default: str | None, *, is_one_of_several: bool
    ) -> bpmn.FlowNode:
        id_ = pool.id_of[element.id]
        model_element = element.node.element if element.node is not None else None
        name = self._element_name(element)
        arguments: dict[str, Any] = {
            "id": id_,
            **self._described(model_element if _stands_for_node(element) else None, name),
            "extension_elements": (_reference("node", model_element.id),) if model_element is not None else (),
        }
        if element.kind in FORKING or element.kind.endswith("_join"):
            return _gateway(element, arguments, default)
        if element.kind == "step":
            return self._activity(pool, element, arguments)
        shown = text_in(name, self._language) if name is not None else ""
        definitions = self._event_definitions(element, id_, shown, is_one_of_several=is_one_of_several)
        arguments["event_definitions"] = definitions
        if element.kind == "start":
            return bpmn.StartEvent(**arguments)
        if element.kind == "end":
            return bpmn.EndEvent(**arguments)
        if element.kind == "boundary" and element.host is not None and isinstance(model_element, Event):
            return bpmn.BoundaryEvent(
                **arguments, attached_to_ref=pool.id_of[element.host], cancel_activity=model_element.interrupting
            )
        is_throwing = element.kind == "throw" or (isinstance(model_element, Event) and model_element.type == "throw")
        return bpmn.IntermediateThrowEvent(**arguments) if is_throwing else bpmn.IntermediateCatchEvent(**arguments)

    def _activity(self, pool: _Pool, element: PoolElement, arguments: dict[str, Any]) -> bpmn.Activity:
        if element.inner is not None:
            return bpmn.SubProcess(**arguments, flow_elements=self._flow_elements(pool, element.inner))
        model_element = element.node.element if element.node is not None else None
        assert isinstance(model_element, Step)
        return activity_class(model_element)(**arguments)

    def _event_definitions(
        self, element: PoolElement, id_: str, name: str, *, is_one_of_several: bool
    ) -> tuple[bpmn.EventDefinition, ...]:
        definition_id = self._ids.made("Definition", id_)
        message = element.receives or next(iter(element.sends), None)
        if message is not None and message in self._message_id:
            return (bpmn.MessageEventDefinition(id=definition_id, message_ref=self._message_id[message]),)
        if element.kind == "condition":
            return (bpmn.ConditionalEventDefinition(id=definition_id, condition=name),)
        model_element = element.node.element if element.node is not None else None
        found = event_definition(model_element, definition_id, name) if isinstance(model_element, Event) else None
        if found is None and element.kind == "start" and is_one_of_several:
            return (bpmn.ConditionalEventDefinition(id=definition_id, condition=name),)
        return () if found is None else (found,)

    def _element_name(self, element: PoolElement) -> Text | None:
        model_element = element.node.element if element.node is not None else None
        if element.kind in ("exclusive_split", "inclusive_split"):
            return (
                naming.text_of(naming.DECISION)
                if model_element is None
                else naming.name_of(model_element, naming.DECISION)
            )
        if element.kind in FORKING or element.kind.endswith("_join"):
            return model_element.name if model_element is not None and _stands_for_node(element) else None
        if model_element is not None and _stands_for_node(element):
            words = {"start": naming.BEGIN, "end": naming.END, "step": None}.get(element.kind, naming.EVENT)
            return naming.name_of(model_element, words)
        if element.kind == "condition" and element.awaits is not None:
            return naming.is_at_hand(self._handover_name(self._model.handovers[element.awaits]))
        if element.receives is not None:
            name = self._message_name[element.receives]
            # "apply done" says already that it has come
            return name if element.receives in self._derived else naming.message_received(name)
        if element.sends:
            return self._message_name.get(element.sends[0], naming.text_of(naming.EVENT))
        return naming.text_of(naming.PART_COMPLETED)

    def _handover_name(self, handover: Handover) -> Text:
        found = naming.handover_name(self._model, handover)
        if found is not None:
            return found
        sender = self._model.nodes.get(handover.from_node or "")
        pattern = Wording(de="{name} erledigt", en="{name} done")
        return handover.id if sender is None else naming.composed(pattern, name=naming.name_of(sender))

    # --- messages ----------------------------------------------------------------------------------------------

    def _add_message_flows(self) -> None:
        """Add the message flows of the control flow, and associations to what is waited for inside a pool."""
        sender_of = {key: pool.id_of[element.id] for pool in self._pools for element in pool.pool.elements for key in element.sends}  # fmt: skip
        receiver_of = {
            element.receives: pool.id_of[element.id]
            for pool in self._pools
            for element in pool.pool.elements
            if element.receives is not None
        }
        for projection in self._projections:
            for message in projection.messages:
                if message.key not in sender_of or message.key not in receiver_of:
                    continue
                model_flow = None if message.flow is None else message.flow.flow
                wanted = message.key if model_flow is None else model_flow.bpmn_id or message.key
                id_ = self._ids.take(wanted) if model_flow is not None else self._ids.made("MessageFlow", wanted)
                references = [_reference("handover", handover) for handover in message.handovers]
                if model_flow is not None:
                    references.insert(0, _reference("flow", message.key))
                self._message_flows.append(
                    bpmn.MessageFlow(
                        id=id_,
                        source_ref=sender_of[message.key],
                        target_ref=receiver_of[message.key],
                        extension_elements=tuple(references),
                    )
                )
        for pool in self._pools:
            for element in pool.pool.elements:
                if element.awaits is not None:
                    sender = self._model.handovers[element.awaits].from_node or ""
                    self._associations.setdefault(pool.participant, []).append(
                        bpmn.Association(
                            id=self._ids.made("Association", element.awaits),
                            source_ref=pool.id_of[sender],
                            target_ref=pool.id_of[element.id],
                            association_direction="One",
                            extension_elements=(_reference("handover", element.awaits),),
                        )
                    )

    def _add_information(self) -> None:
        """Add the handovers that are information beside the control flow, between elements that are there anyway."""
        used = {reference for projection in self._projections for message in projection.messages for reference in message.handovers}  # fmt: skip
        awaited = {element.awaits for pool in self._pools for element in pool.pool.elements}
        for handover in self._model.handovers.values():
            if handover.id in used or handover.id in awaited or handover.channel == () or handover.to == "none":
                continue
            source, source_pool = self._information_end(handover.from_, handover)
            target, target_pool = self._information_end(handover.to, handover)
            if source is None or target is None or source_pool == target_pool:
                continue
            name = naming.handover_name(self._model, handover)
            self._message_flows.append(
                bpmn.MessageFlow(
                    id=self._ids.made("MessageFlow", handover.id),
                    **self._described(handover, name),
                    source_ref=source,
                    target_ref=target,
                    extension_elements=(_reference("handover", handover.id),),
                )
            )

    def _information_end(self, end: str | ActorEnd, handover: Handover) -> tuple[str | None, str | None]:
        """Return the element and the participant at one end: a step, else the whole participant."""
        if isinstance(end, ActorEnd):
            top = self._model.top_actor(end.actor).id
            near = {
                process.id
                for node in (handover.from_node, handover.to_node)
                if node is not None and (process := self._model.process_of.get(node)) is not None
            }
            pools = [pool for pool in self._pools if pool.pool.owner == top]
            pools.sort(key=lambda pool: pool.projection.process.id not in near)
            if pools:
                return pools[0].participant, pools[0].participant
            if top not in self._closed:
                self._closed[top] = self._ids.made("Participant", top)
            return self._closed[top], self._closed[top]
        for pool in self._pools:
            for element in pool.pool.elements:
                if element.node is not None and element.node.element is not None and element.node.element.id == end:
                    is_activity = element.kind == "step"
                    return (pool.id_of[element.id] if is_activity else pool.participant), pool.participant
        return None, None


def _stands_for_node(element: PoolElement) -> bool:
    """Return whether the element is the one that represents its model node."""
    node = element.node
    return (
        node is not None
        and node.element is not None
        and node.id == node.element.id == element.id
        and not (element.kind == "end" and node.kind != "end")
    )


def _is_blank(element: PoolElement) -> bool:
    event = element.node.element if element.node is not None else None
    return element.receives is None and isinstance(event, Event) and event.trigger is None


def _flow_key(pool: _Pool, flow: PoolFlow) -> str:
    return f"{pool.participant} {flow.source} {flow.target} {'' if flow.flow is None else flow.flow.id}"


def _gateway(element: PoolElement, arguments: dict[str, Any], default: str | None) -> bpmn.Gateway:
    arguments["gateway_direction"] = "Diverging" if element.kind in FORKING else "Converging"
    if element.kind == "event_split":
        return bpmn.EventBasedGateway(**arguments)
    kind = element.kind.partition("_")[0]
    if default is not None and kind != "parallel":
        arguments["default"] = default
    return _GATEWAY_CLASS[kind](**arguments)


def _reference(kind: str, id_: str) -> bpmn.ExtensionElement:
    return bpmn.ExtensionElement(namespace=ANKUNFT, name="element", attributes=(("kind", kind), ("id", id_)))


def _whole_model(model: ArrivalModel) -> bpmn.ExtensionElement:
    text = json.dumps(to_plain(model), ensure_ascii=False, separators=(",", ":"))
    writable = "".join(f"\\u{ord(sign):04x}" if _is_unwritable(sign) else sign for sign in text)
    return bpmn.ExtensionElement(namespace=ANKUNFT, name="model", text=writable)


def _is_unwritable(sign: str) -> bool:
    """Return whether XML cannot carry the sign; JSON can name it by its number, as it does with control characters."""
    return "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
