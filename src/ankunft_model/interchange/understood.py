"""What was understood of a file: the model's words and, for each, the element that says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.interchange.file_index import FileIndex


@dataclass(frozen=True, slots=True)
class Added:
    """Something that the model demands and the file does not say.

    Attributes:
        kind: `start`, `end` (implied by missing flows), `answer` (at a branch), `gateway` (read as another kind),
            `trigger` (of an event), `process` (where the file has none).
        element_id: Id of the element in the file that it was put in for.
    """

    kind: str
    element_id: str


@dataclass
class Organisations:
    """The actors of a file.

    Attributes:
        plain: The actors in the shape of a model's file.
        element_of: Participant or lane of each actor.
        actor_of_participant: Actor by participant.
        participant_of: The first participant of each process, by the process element.
        actor_of_process: The actor of that participant, by the process element.
        actor_of_node: The actor of the innermost lane that names a flow node.
    """

    plain: dict[str, Any] = field(default_factory=dict[str, Any])
    element_of: dict[str, Node] = field(default_factory=dict[str, Node])
    actor_of_participant: dict[Node, str] = field(default_factory=dict[Node, str])
    participant_of: dict[Node, Node] = field(default_factory=dict[Node, Node])
    actor_of_process: dict[Node, str] = field(default_factory=dict[Node, str])
    actor_of_node: dict[Node, str] = field(default_factory=dict[Node, str])


@dataclass
class Information:
    """Documents and systems of a file.

    Attributes:
        documents, systems: In the shape of a model's file.
        element_of: The element of each, by its id: the object or store, or the reference that stands alone.
        named_by: The element that has its name, by its id.
        document_of, system_of: Id of the document or system that an element stands for.
    """

    documents: dict[str, Any] = field(default_factory=dict[str, Any])
    systems: dict[str, Any] = field(default_factory=dict[str, Any])
    element_of: dict[str, Node] = field(default_factory=dict[str, Node])
    named_by: dict[str, Node] = field(default_factory=dict[str, Node])
    document_of: dict[Node, str] = field(default_factory=dict[Node, str])
    system_of: dict[Node, str] = field(default_factory=dict[Node, str])


@dataclass
class Understanding:
    """What a file says.

    Attributes:
        document: The file.
        index: Its elements by id.
        plain: The model in the shape of its file, without what is carried.
        node_of: Element of each node, by the node's id.
        id_of_node: Id of the node of each element.
        flows_of: For each node the elements of its flows, in the order of `next`; None where a flow was put in.
        process_of: Element of each process of the model; an event sub-process counts as one.
        handover_of: Message flow of each handover.
        organisations: Actors with their elements.
        information: Documents and systems with their elements.
        added: What was put in.
    """

    document: Document
    index: FileIndex
    plain: dict[str, Any] = field(default_factory=dict[str, Any])
    node_of: dict[str, Node] = field(default_factory=dict[str, Node])
    id_of_node: dict[Node, str] = field(default_factory=dict[Node, str])
    flows_of: dict[str, list[Node | None]] = field(default_factory=dict[str, list[Node | None]])
    process_of: dict[str, Node] = field(default_factory=dict[str, Node])
    handover_of: dict[str, Node] = field(default_factory=dict[str, Node])
    organisations: Organisations = field(default_factory=Organisations)
    information: Information = field(default_factory=Information)
    added: list[Added] = field(default_factory=list[Added])
