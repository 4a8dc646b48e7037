"""What a person has changed in the properties of a BPMN file of our own: one line of text per word, read back.

A property that is missing or empty says nothing: tools drop attributes when a template is applied. To state that
something is known to be absent, the text says `none`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ankunft_model.bpmn_xml.namespaces import ANKUNFT, MODEL, clark
from ankunft_model.bpmn_xml.parsing import XmlElement
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.canonical import to_plain
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.properties import (
    PROPERTIES,
    PropertyKind,
    is_same_text,
    property_texts,
    property_value,
)
from ankunft_model.sources.validation import validated
from ankunft_model.wording import Wording

_REFERENCE: Final = clark(ANKUNFT, "element")
_EXTENSIONS: Final = clark(MODEL, "extensionElements")
_PREFIX: Final = clark(ANKUNFT, "")


@dataclass(frozen=True, slots=True)
class PropertyEdit:
    """One property that a file states otherwise than the model.

    Attributes:
        kind: Kind of the element.
        id: Its id in the model.
        word: The property.
        before: Its text in the model; "" for unknown.
        text: Its text in the file.
        line: Where in the file, counted from 1.
    """

    kind: PropertyKind
    id: str
    word: str
    before: str
    text: str
    line: int | None


def find_property_edits(model: ArrivalModel, root: XmlElement, *, file: str | None = None) -> tuple[PropertyEdit, ...]:
    """Return what the properties of a file state otherwise than `model`, in the order of the file.

    An actor may be drawn several times; what one of its pools or lanes says is changed, the others may still say what
    the model says.

    Raises:
        SourceError: two elements state different new values for the same property.
    """
    found: dict[tuple[PropertyKind, str, str], PropertyEdit] = {}
    conflicts: list[Problem] = []
    for node in root.iter():
        stated = {key.removeprefix(_PREFIX): node.get(key) or "" for key in node.keys() if key.startswith(_PREFIX)}  # noqa: SIM118 - an element is no dict
        if not stated or node.tag.startswith(_PREFIX):
            continue
        for kind, id_ in _references(node, stated):
            texts = _texts(model, kind, id_)
            if texts is None:
                continue
            for word, text in stated.items():
                if not text.strip() or word not in _WORDS[kind] or is_same_text(text, texts.get(word, "")):
                    continue
                edit = PropertyEdit(kind, id_, word, texts.get(word, ""), text.strip(), node.sourceline)
                first = found.setdefault((kind, id_, word), edit)
                if not is_same_text(first.text, text):
                    conflicts.append(_conflict(first, edit, file))
    if conflicts:
        raise SourceError(conflicts)
    return tuple(found.values())


def with_edited_properties(model: ArrivalModel, root: XmlElement, *, file: str | None = None) -> ArrivalModel:
    """Return `model` with what a person has changed in the properties of its BPMN file.

    Args:
        model: The model that the file carries.
        root: The file, as it is now.
        file: Its name, for messages.

    Raises:
        SourceError: values that a model cannot have, such as unknown ids, each with its line; or contradictions.
    """
    edits = find_property_edits(model, root, file=file)
    if not edits:
        return model
    plain = to_plain(model)
    place_of = dict(_places(plain))
    line_of: dict[tuple[str | int, ...], int | None] = {}
    for edit in edits:
        path, part = place_of[edit.kind, edit.id]
        part[edit.word] = property_value(edit.kind, edit.word, edit.text, part.get(edit.word))
        line_of[(*path, edit.word)] = edit.line

    def locate(path: tuple[str | int, ...], *, of_key: bool = False) -> Location:  # noqa: ARG001 - part of the form
        shown = ".".join(map(str, path))
        for length in range(len(path), 0, -1):
            if path[:length] in line_of:
                return Location(file, line_of[path[:length]], path=shown)
        return Location(file, path=shown)

    return validated(plain, locate)


_WORDS: Final[Mapping[PropertyKind, frozenset[str]]] = {
    kind: frozenset(found.word for found in properties) for kind, properties in PROPERTIES.items()
}
_KIND_OF_NAME: Final[Mapping[str, PropertyKind]] = {"node": "node", "actor": "actor", "handover": "handover"}


def _references(node: XmlElement, stated: Mapping[str, str]) -> Iterator[tuple[PropertyKind, str]]:
    """Yield the element of the model whose properties `node` states, if it is clear which one that is."""
    marks: list[tuple[PropertyKind, str]] = [
        (kind, mark.get("id") or "")
        for extensions in node
        if extensions.tag == _EXTENSIONS
        for mark in extensions
        if mark.tag == _REFERENCE and (kind := _KIND_OF_NAME.get(mark.get("kind") or "")) is not None
    ]
    if len(marks) == 1 and not _WORDS[marks[0][0]].isdisjoint(stated):
        yield marks[0]


def _texts(model: ArrivalModel, kind: PropertyKind, id_: str) -> dict[str, str] | None:
    registry: Mapping[str, Any] = {"node": model.nodes, "actor": model.actors, "handover": model.handovers}[kind]
    element = registry.get(id_)
    return None if element is None else dict(property_texts(element))


def _places(plain: dict[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[tuple[str | int, ...], dict[str, Any]]]]:
    """Yield kind and id of every element that has properties, with its path and itself."""
    for id_, actor in plain.get("actors", {}).items():
        yield ("actor", id_), (("actors", id_), actor)
    for process_id, process in plain.get("processes", {}).items():
        handovers = process.get("handovers")
        for place, handover in enumerate(handovers if is_sequence(handovers) else ()):
            yield ("handover", handover["id"]), (("processes", process_id, "handovers", place), handover)
        stack: list[tuple[tuple[str | int, ...], Any]] = [(("processes", process_id, "nodes"), process.get("nodes"))]
        while stack:
            path, nodes = stack.pop()
            for id_, node in nodes.items() if is_mapping(nodes) else ():
                yield ("node", id_), ((*path, id_), node)
                stack.append(((*path, id_, "nodes"), node.get("nodes")))


def _conflict(first: PropertyEdit, other: PropertyEdit, file: str | None) -> Problem:
    return Problem(
        "conflicting-properties",
        Wording(
            de=f"„{other.word}“ von „{other.id}“ ist hier „{other.text[:60]}“, in Zeile {first.line} aber "
            f"„{first.text[:60]}“. Bitte an allen Stellen dasselbe eintragen.",
            en=f"'{other.word}' of '{other.id}' is '{other.text[:60]}' here, but '{first.text[:60]}' in line "
            f"{first.line}. Please enter the same everywhere.",
        ),
        Location(file, other.line),
        other.id,
    )
