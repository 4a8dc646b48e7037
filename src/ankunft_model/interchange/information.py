"""Data objects and data stores of a file as documents and systems of a model, and which steps use them.

A data object is read as a document, a carrier of data: which data items it carries, no file says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Node
from ankunft_model.interchange import words
from ankunft_model.interchange.file_index import FileIndex, Ids, documentation_of, name_of
from ankunft_model.interchange.understood import Information, Understanding
from ankunft_model.interchange.words import bpmn

_OBJECT: Final = bpmn("dataObject")
_OBJECT_REFERENCE: Final = bpmn("dataObjectReference")
_STORE: Final = bpmn("dataStore")
_STORE_REFERENCE: Final = bpmn("dataStoreReference")
_INPUT: Final = bpmn("dataInputAssociation")
_OUTPUT: Final = bpmn("dataOutputAssociation")


def understand_information(index: FileIndex, body_ids: Ids) -> Information:
    """Return the documents and systems of the file, in its order; references to one object are one document."""
    found = Information()
    document_ids = Ids()
    wanted = (_OBJECT, _OBJECT_REFERENCE, _STORE, _STORE_REFERENCE)
    nodes = index.elements(*wanted)
    references: dict[Node, list[Node]] = {}
    for node in nodes:
        if node.tag in (_OBJECT_REFERENCE, _STORE_REFERENCE):
            key, tag = ("dataObjectRef", _OBJECT) if node.tag == _OBJECT_REFERENCE else ("dataStoreRef", _STORE)
            target = index.target(node, node.get(key))
            references.setdefault(target if target is not None and target.tag == tag else node, []).append(node)
    for node in nodes:
        is_object = node.tag in (_OBJECT, _OBJECT_REFERENCE)
        if node.tag in (_OBJECT_REFERENCE, _STORE_REFERENCE) and node not in references:
            continue
        group = [node, *(reference for reference in references.get(node, ()) if reference is not node)]
        named = next((one for one in reversed(group) if name_of(one)), node)
        ids = document_ids if is_object else body_ids
        entries = found.documents if is_object else found.systems
        owner = found.document_of if is_object else found.system_of
        own = node.get("id")
        default = words.DATA_OBJECT if is_object else words.DATA_STORE
        id_ = ids.take(own, name_of(named))
        plain: dict[str, Any] = {"name": name_of(named) or f"{default.de} {len(entries) + 1}"}
        description = next((text for one in group if (text := documentation_of(one))), None)
        if description is not None:
            plain["description"] = description
        if own and own != id_:
            plain["bpmn_id"] = own
        entries[id_] = plain
        key_of_element = f"documents {id_}" if is_object else f"systems {id_}"
        found.element_of[key_of_element] = node
        found.named_by[key_of_element] = named
        owner.update(dict.fromkeys(group, id_))
    return found


def with_associations(found: Understanding, said: Iterable[Node], plain: dict[str, Any]) -> None:
    """Put into a step what data associations among its children say: documents in and out, systems read and written."""
    information = found.information
    lists: dict[str, list[Any]] = {}
    for end, is_input in _ends(found, said):
        document, system = information.document_of.get(end), information.system_of.get(end)
        value: Any
        if document is not None:
            key, value = ("documents_in" if is_input else "documents_out"), document
        elif system is not None:
            key, value = ("retrieves", {"from": system}) if is_input else ("records_in", system)
        else:
            continue
        if value not in lists.setdefault(key, []):
            lists[key].append(value)
    plain.update(lists)


def _ends(found: Understanding, said: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """Yield the outer ends of the data associations among some elements, and whether data flow in."""
    for child in said:
        if child.tag == _INPUT or child.tag == _OUTPUT:
            is_input = child.tag == _INPUT
            outer = bpmn("sourceRef") if is_input else bpmn("targetRef")
            for reference in child:
                if reference.tag == outer:
                    end = found.index.target(reference, reference.text)
                    if end is not None:
                        yield end, is_input
