"""Message flows: those of the control flow, and information beside it; associations inside a pool."""

from __future__ import annotations

from collections.abc import Sequence

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.extension import derived, reference
from ankunft_model.exports.bpmn.file_parts import FileParts, Pool, message_key
from ankunft_model.exports.bpmn.pool_elements import PoolProcess
from ankunft_model.exports.bpmn.projection import Projection
from ankunft_model.model import ActorEnd, Handover


def name_messages(parts: FileParts, projections: Sequence[Projection]) -> tuple[bpmn.Message, ...]:
    """Return the messages of the file, each with a name of its own, and note their names and ids in `parts`."""
    names = naming.MessageNames(parts.model)
    receivers = {
        pool.message_key(element.receives): pool.name
        for pool in parts.pools
        for process in pool.levels()
        for element in process.elements
        if element.receives is not None
    }
    found: list[bpmn.Message] = []
    for projection in projections:
        for message in projection.messages:
            key = message_key(projection, message.key)
            if key not in receivers:
                continue
            name = names.name(projection.form, message, receivers[key])
            parts.message_name[key] = name
            parts.message_id[key] = parts.ids.made("Message", message.id)
            if not names.is_named_by_handover(message):
                parts.derived.add(key)
            references = tuple(reference("handover", handover) for handover in message.handovers)
            found.append(
                bpmn.Message(
                    id=parts.message_id[key], **parts.named(name), extension_elements=references or (derived(),)
                )
            )
    return tuple(found)


def build_message_flows(parts: FileParts, projections: Sequence[Projection]) -> tuple[bpmn.MessageFlow, ...]:
    """Return a message flow for each message; one for a crossing flow keeps the id of the flow."""
    sender_of = {
        pool.message_key(key): pool.id_of[element.id]
        for pool in parts.pools
        for process in pool.levels()
        for element in process.elements
        for key in element.sends
    }
    receiver_of = {
        pool.message_key(element.receives): pool.id_of[element.id]
        for pool in parts.pools
        for process in pool.levels()
        for element in process.elements
        if element.receives is not None
    }
    found: list[bpmn.MessageFlow] = []
    for projection in projections:
        for message in projection.messages:
            key = message_key(projection, message.key)
            if key not in sender_of or key not in receiver_of:
                continue
            references = [reference("handover", handover) for handover in message.handovers]
            model_flow = None if message.flow is None else message.flow.flow
            if model_flow is None:
                id_ = parts.ids.made("MessageFlow", message.id)
            else:
                id_ = parts.ids.take(model_flow.bpmn_id or message.id)
            if message.flow is not None:
                references.insert(0, reference("flow", message.id))
            # where several handovers lie on one message, one line of text could not tell them apart
            sole = parts.model.handovers[message.handovers[0]] if len(message.handovers) == 1 else None
            found.append(
                bpmn.MessageFlow(
                    id=id_,
                    **({} if sole is None else parts.documented(sole)),
                    source_ref=sender_of[key],
                    target_ref=receiver_of[key],
                    extension_elements=tuple(references) or (derived(),),
                    extension_attributes=() if sole is None else parts.properties(sole),
                )
            )
    return tuple(found)


def build_associations(parts: FileParts, pool: Pool, process: PoolProcess) -> tuple[bpmn.Association, ...]:
    """Return the lines from what is waited for inside a pool to the event that waits, in the pool or a sub-process.

    One that would lead into a sub-process or out of it is left out; the event is called after what it waits for.
    """
    here = {element.id for element in process.elements}
    found: list[bpmn.Association] = []
    for element in process.elements:
        if element.awaits is None:
            continue
        sender = parts.model.handovers[element.awaits].from_node
        if sender is not None and sender in here:
            found.append(
                bpmn.Association(
                    id=parts.ids.made("Association", element.awaits),
                    source_ref=pool.id_of[sender],
                    target_ref=pool.id_of[element.id],
                    association_direction="One",
                    extension_elements=(reference("handover", element.awaits),),
                )
            )
    return tuple(found)


class Information:
    """Handovers that are information beside the control flow, drawn between what is there anyway."""

    def __init__(self, parts: FileParts, projections: Sequence[Projection]) -> None:
        self._parts = parts
        self._drawn = {
            id_ for projection in projections for message in projection.messages for id_ in message.handovers
        }
        for process in (process for pool in parts.pools for process in pool.levels()):
            self._drawn.update(element.awaits for element in process.elements if element.awaits is not None)
            self._drawn.update(flow.handover for flow in process.flows if flow.handover is not None)
        self._end_of: dict[str, tuple[str, str]] = {}
        for pool in parts.pools:
            for process in pool.levels():
                for element in process.elements:
                    node = element.node.element if element.node is not None else None
                    if node is not None and (element.stands_for_node or node.id not in self._end_of):
                        # only activities can send or take it beside their control flow; else the whole participant
                        is_activity = element.kind == "step"
                        end = pool.id_of[element.id] if is_activity else pool.participant
                        self._end_of[node.id] = (end, pool.participant)
        self.closed: dict[str, str] = {}

    def message_flows(self) -> tuple[bpmn.MessageFlow, ...]:
        """Return the message flows; actors without a pool get a closed one, noted in `closed`."""
        found: list[bpmn.MessageFlow] = []
        for handover in self._parts.model.handovers.values():
            if handover.id in self._drawn or handover.channel == () or handover.to == "none":
                continue
            source = self._end(handover.from_, handover)
            target = self._end(handover.to, handover)
            if source is None or target is None or source[1] == target[1]:
                continue
            name = naming.handover_name(self._parts.model, handover)
            found.append(
                bpmn.MessageFlow(
                    id=self._parts.ids.made("MessageFlow", handover.id),
                    **self._parts.described(handover, name),
                    source_ref=source[0],
                    target_ref=target[0],
                    extension_elements=(reference("handover", handover.id),),
                    extension_attributes=self._parts.properties(handover),
                )
            )
        return tuple(found)

    def _end(self, end: str | ActorEnd, handover: Handover) -> tuple[str, str] | None:
        """Return the element at one end, and its participant."""
        if not isinstance(end, ActorEnd):
            return self._end_of.get(end)
        model = self._parts.model
        top = model.top_actor(end.actor).id
        near = {
            model.process_of[node].id for node in (handover.from_node, handover.to_node) if node in model.process_of
        }
        pools = [pool for pool in self._parts.pools if pool.pool.owner == top]
        pools.sort(key=lambda pool: pool.projection.process.id not in near)
        if pools:
            return pools[0].participant, pools[0].participant
        if top not in self.closed:
            self.closed[top] = self._parts.ids.made("Participant", top)
        return self.closed[top], self.closed[top]
