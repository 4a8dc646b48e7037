"""New names and descriptions of nodes, written into the file of a model without understanding the file anew.

Most changes between reading and writing are of this kind. What a node is called says nothing about any other, so it is
enough to look at the parts of the model that are not the parts that were read, and at their elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ankunft_model.bpmn_xml.document import Document
from ankunft_model.interchange import words
from ankunft_model.interchange.file_edits import FileEdits
from ankunft_model.interchange.file_index import FileIndex, documentation_of, name_of
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.nodes import AnyNode
from ankunft_model.model.part import Part
from ankunft_model.model.processes import Process

_WORDS: Final = ("name", "description")


def renamed_nodes(model: ArrivalModel, read: ArrivalModel) -> list[AnyNode] | None:
    """Return the nodes of `model` that have another name or description than in `read`.

    None says that the models differ in more than that, or in a way that may concern other elements: links find each
    other by name.
    """
    if not _are_equal_but_for(("processes",), model, read) or [*model.processes] != [*read.processes]:
        return None
    found: list[AnyNode] = []
    for id_, process in model.processes.items():
        before = read.processes[id_]
        if process is before:
            continue
        if not _are_equal_but_for(("nodes",), process, before) or not _put_renamed(found, process, before):
            return None
    return found


def _put_renamed(found: list[AnyNode], process: Process, before: Process) -> bool:
    """Put the renamed nodes of a process into `found`; return whether nothing else of its nodes is different."""
    if process.nodes.is_stated != before.nodes.is_stated or [*process.nodes] != [*before.nodes]:
        return False
    for node, old in zip(process.nodes.values(), before.nodes.values(), strict=True):
        if node is old:
            continue
        is_link = getattr(node, "trigger", None) == "link"
        if type(node) is not type(old) or is_link or not _are_equal_but_for(_WORDS, node, old):
            return False
        found.append(node)
    return True


def _are_equal_but_for(names: tuple[str, ...], part: Part, other: Part) -> bool:
    values, others = _fields(part), _fields(other)
    return all(value is others[name] or value == others[name] for name, value in values.items() if name not in names)


def _fields(part: Part) -> Mapping[str, object]:
    values = vars(part)
    return {name: values[name] for name in type(part).model_fields}


def rename(document: Document, nodes: list[AnyNode]) -> bool:
    """Give the elements of nodes the names and descriptions that the nodes have.

    Returns:
        Whether the file now says them. If not, the tree is spoilt: several elements have the id, or the words are not
        such that a file can say them in one attribute and one text.
    """
    index = FileIndex(document)
    edits = FileEdits(document, index)
    doubled = {element.get("id") for element in index.duplicates}
    if any(node.bpmn_id is None for node in nodes) and _has_nodes_without_id(index):
        return False  # the id of a node may be made from its name
    for node in nodes:
        own = node.bpmn_id or node.id
        element = index.element_of_id.get(own)
        if element is None or own in doubled or words.TYPE_OF_TAG.get(element.tag) != node.type:
            return False
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
