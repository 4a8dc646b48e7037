"""Changes of a model that concern single elements of its file, written without understanding the file anew.

Most changes between reading and writing are of this kind: a title, what a node is called, or what no element of BPMN
can say and is put as a whole into an extension of ours. What one element says then tells nothing about any other, so it
is enough to look at the parts of the model that are not the parts that were read, and at their elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.document import Document
from ankunft_model.bpmn_xml.lexical import writable
from ankunft_model.interchange import words
from ankunft_model.interchange.file_edits import FileEdits
from ankunft_model.interchange.file_index import FileIndex, documentation_of, name_of
from ankunft_model.interchange.node_changes import change_type
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.nodes import AnyNode
from ankunft_model.model.part import Element, Part, Registry
from ankunft_model.model.processes import Process

_WORDS: Final = frozenset(("name", "description", "type"))
_INTERCHANGEABLE: Final = words.STEPS - {"receive"}
"""Types of which one may become the other without meaning to any neighbour: only certain ones follow some gateways."""


@dataclass
class LocalChanges:
    """What a model says otherwise than the one that was read.

    Attributes:
        title: The new title, or None for the same.
        nodes: The nodes that have another name or description, or that are a step of another type.
        has_more: Whether it may say something that is found in no file.
    """

    title: str | None = None
    nodes: list[AnyNode] = field(default_factory=list["AnyNode"])
    has_more: bool = False


def local_changes(model: ArrivalModel, read: ArrivalModel) -> LocalChanges | None:
    """Return what `model` says otherwise than `read`.

    None says that there is more than can be written element by element, or that it may concern other elements: links
    find each other by name.
    """
    changes = LocalChanges()
    if not _note_other_fields(changes, "model", model, read, {"title", "processes", "actors", "systems", "documents"}):
        return None
    if model.title != read.title:
        if not isinstance(model.title, str):
            return None
        changes.title = model.title
    if not all(
        _note_entries(changes, name, getattr(model, name), getattr(read, name))
        for name in ("actors", "systems", "documents")
    ):
        return None
    if [*model.processes] != [*read.processes]:
        return None
    for id_, process in model.processes.items():
        before = read.processes[id_]
        if process is not before and not _note_process(changes, process, before):
            return None
    return changes


def _note_process(changes: LocalChanges, process: Process, before: Process) -> bool:
    if not _note_other_fields(changes, "processes", process, before, {"nodes", "handovers"}):
        return False
    handovers, earlier = process.handovers or (), before.handovers or ()
    if (process.handovers is None) != (before.handovers is None) or len(handovers) != len(earlier):
        return False
    for handover, other in zip(handovers, earlier, strict=True):
        if handover is not other and not _note_other_fields(changes, "handovers", handover, other):
            return False
    if process.nodes.is_stated != before.nodes.is_stated or [*process.nodes] != [*before.nodes]:
        return False
    for node, old in zip(process.nodes.values(), before.nodes.values(), strict=True):
        if node is old:
            continue
        is_link = getattr(node, "trigger", None) == "link"
        if type(node) is not type(old) or not _note_other_fields(changes, "nodes", node, old, _WORDS):
            return False
        is_retyped = node.type != old.type
        if is_retyped and not ({node.type, old.type} <= _INTERCHANGEABLE):
            return False
        if is_retyped or node.name != old.name or node.description != old.description:
            if is_link:
                return False
            changes.nodes.append(node)
    return True


def _note_entries(changes: LocalChanges, name: str, entries: Registry[Element], before: Registry[Element]) -> bool:
    if entries is before:
        return True
    return (
        entries.is_stated == before.is_stated
        and [*entries] == [*before]
        and all(_note_other_fields(changes, name, entry, before[id_]) for id_, entry in entries.items())
    )


def _note_other_fields(
    changes: LocalChanges, kind: str, part: Part, other: Part, left_out: AbstractSet[str] = frozenset()
) -> bool:
    """Note whether fields are otherwise that are found in no file; return whether all others are equal."""
    values, others = _fields(part), _fields(other)
    for name, value in values.items():
        if name in left_out or value is others[name] or value == others[name]:
            continue
        if name in ("carried", "origin") or name.rstrip("_") in words.SAID[kind]:
            return False
        changes.has_more = True
    return True


def _fields(part: Part) -> Mapping[str, object]:
    values = vars(part)
    return {name: values[name] for name in type(part).model_fields}


def apply_local_changes(document: Document, changes: LocalChanges) -> bool:
    """Write the new title, names and descriptions into the tree of a file.

    Returns:
        Whether the file now says them. If not, the tree is spoilt: several elements have an id, or the words are not
        such that a file can say them in one attribute and one text.
    """
    if changes.title is not None:
        root = document.root
        if not root.get("id"):
            return False  # the id of the model is made from its title
        root.set("name", writable(changes.title))
        if name_of(root) != changes.title:
            return False
    return not changes.nodes or _rename(document, changes.nodes)


def _rename(document: Document, nodes: list[AnyNode]) -> bool:
    """Give the elements of nodes the names and descriptions that the nodes have; return whether the file says them."""
    index = FileIndex(document)
    edits = FileEdits(document, index)
    doubled = {element.get("id") for element in index.duplicates}
    if any(node.bpmn_id is None for node in nodes) and _has_nodes_without_id(index):
        return False  # the id of a node may be made from its name
    for node in nodes:
        own = node.bpmn_id or node.id
        element = index.element_of_id.get(own)
        if element is None or own in doubled:
            return False
        if words.TYPE_OF_TAG.get(element.tag) != node.type:
            if not {words.TYPE_OF_TAG.get(element.tag), node.type} <= _INTERCHANGEABLE:
                return False
            change_type(element, node.type)
        name, description = node.name, node.description
        if not (name is None or isinstance(name, str)) or not (description is None or isinstance(description, str)):
            return False
        if (name_of(element) or _default_name(node)) != name:
            edits.set_name(element, name)
        if documentation_of(element) != description:
            edits.set_documentation(element, description)
        if (name_of(element) or _default_name(node)) != name or documentation_of(element) != description:
            return False
    return True


def _default_name(node: AnyNode) -> str | None:
    return words.STEP.de if node.type in words.ACTIVITIES else None


def _has_nodes_without_id(index: FileIndex) -> bool:
    return any(not element.get("id") for element in index.elements(*words.TYPE_OF_TAG))
