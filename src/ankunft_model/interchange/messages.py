"""Message flows of a file as handovers of a model."""

from __future__ import annotations

from typing import Any

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange.file_index import Ids, documentation_of, name_of
from ankunft_model.interchange.plain_model import nodes_in
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn


def understand_messages(found: Understanding, processes: dict[str, Any]) -> None:
    """Put a handover into the process of its source (else its target, else the first) for every message flow."""
    messages = [
        message
        for collaboration in found.document.root.iterchildren(bpmn("collaboration"))
        for message in collaboration.iterchildren(bpmn("messageFlow"))
    ]
    if not messages:
        return
    ids = Ids()
    process_of_node = {
        id_: process_id
        for process_id, process in processes.items()
        for id_ in nodes_in({"processes": {process_id: process}})
    }
    for message in messages:
        source, target = (_end(found, message, key) for key in ("sourceRef", "targetRef"))
        if source is None or target is None or source == target:
            continue
        own = message.get("id")
        name = name_of(message) or _message_name(found, message)
        plain: dict[str, Any] = {"id": ids.take(own, name or "h"), "from": source, "to": target}
        if name is not None:
            plain["name"] = name
        description = documentation_of(message)
        if description is not None:
            plain["description"] = description
        homes = [process_of_node.get(end) if isinstance(end, str) else None for end in (source, target)]
        if (
            isinstance(target, str)
            and None not in homes
            and homes[0] != homes[1]
            and target in processes[str(homes[1])]["nodes"]
            and processes[str(homes[1])]["nodes"][target].get("type") == "start"
        ):
            plain["triggers"] = True
        if own and own != plain["id"]:
            plain["bpmn_id"] = own
        home = homes[0] or homes[1] or next(iter(processes))
        processes[home].setdefault("handovers", []).append(plain)
        found.handover_of[plain["id"]] = message


def _end(found: Understanding, message: Node, key: str) -> Any:
    """Return an end of a handover: a node, an actor, or None where neither is there."""
    element = found.index.target(message, message.get(key))
    if element is None:
        return None
    node = found.id_of_node.get(element)
    if node is not None:
        return node
    actor = found.organisations.actor_of_participant.get(element)
    return None if actor is None else {"actor": actor}


def _message_name(found: Understanding, message: Node) -> str | None:
    element = found.index.target(message, message.get("messageRef"))
    return None if element is None else name_of(element)
