"""A BPMN file of any tool in the words of a model.

What a model has a word for is understood; the file itself is carried along, so nothing else gets lost. A model demands
more than many files say, such as an answer at every branch of a decision. What is put in for that is listed in
`Understanding.added`, and never written into the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.interchange import words
from ankunft_model.interchange.file_index import FileIndex, Ids, documentation_of, name_of, one_line
from ankunft_model.interchange.flows import connect
from ankunft_model.interchange.information import understand_information, with_associations
from ankunft_model.interchange.messages import understand_messages
from ankunft_model.interchange.node_words import node_in_words
from ankunft_model.interchange.organisations import understand_organisations
from ankunft_model.interchange.understood import Added, Understanding
from ankunft_model.interchange.words import bpmn

MAX_NESTING: Final = 20
"""Sub-processes are understood so deep; a file of text may hold no more levels."""

FORMAT: Final = "ankunft/1"


def understand(document: Document) -> Understanding:
    """Return what the file says in the words of a model; equal files give equal models.

    Example:
        >>> from ankunft_model.bpmn_xml.document import parse_bpmn
        >>> xml = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="M"><process id="P">'
        >>> found = understand(parse_bpmn(xml + b'<task id="T" name="Ask"/></process></definitions>'))
        >>> list(found.plain["processes"]["p"]["nodes"]), [added.kind for added in found.added]
        (['t', 'p_start', 'p_end'], ['end', 'start'])
    """
    return _Understanding(document).result()


@dataclass
class _Scope:
    """A process or sub-process whose nodes are being read."""

    element: Node
    nodes: dict[str, Any]
    name: str
    depth: int
    actor: str | None


class _Understanding:
    """The state of one call."""

    def __init__(self, document: Document) -> None:
        index = FileIndex(document)
        self.index = index
        self.found = Understanding(document, index)
        self.body_ids = Ids()  # actors and systems share one space of names
        self.node_ids = Ids()
        self.process_ids = Ids()
        self.said: dict[Node, list[Node]] = {}

    def result(self) -> Understanding:
        found = self.found
        found.organisations = understand_organisations(self.index, self.body_ids)
        found.information = understand_information(self.index, self.body_ids)
        processes: dict[str, Any] = {}
        open_processes: list[tuple[Node, str | None, str | None]] = [
            (node, found.organisations.actor_of_process.get(node), None)
            for node in self.index.document.root
            if node.tag == bpmn("process")
        ]
        while open_processes:
            element, actor, name = open_processes.pop(0)
            for inner, inner_actor in self.process(processes, element, actor, name):
                open_processes.append((inner, inner_actor, None))
        self.head(processes)
        if not processes:
            found.added.append(Added("process", self.index.document.root.get("id") or ""))
            processes["p"] = {"name": found.plain["title"], "nodes": "none"}
        understand_messages(found, processes)
        registries = (
            ("actors", found.organisations.plain),
            ("systems", found.information.systems),
            ("documents", found.information.documents),
        )
        found.plain.update((name, entries) for name, entries in registries if entries)
        found.plain["processes"] = processes
        return found

    def head(self, processes: dict[str, Any]) -> None:
        """Put in what stands above the registries."""
        root = self.index.document.root
        collaborations = (node for node in root if node.tag == bpmn("collaboration"))
        names = [name_of(root), *map(name_of, collaborations), *(process["name"] for process in processes.values())]
        title = next((name for name in names if name), words.TITLE.de)
        id_ = Ids().take(root.get("id"), title)
        self.found.plain.update({"format": FORMAT, "id": id_, "title": title, "state": "as_is"})

    def process(
        self, processes: dict[str, Any], element: Node, actor: str | None, name: str | None
    ) -> Iterator[tuple[Node, str | None]]:
        """Read a process; yield the event sub-processes in it, which are processes of their own in a model."""
        participant = self.found.organisations.participant_of.get(element)
        name = name_of(element) or (name_of(participant) if participant is not None else None)
        own = element.get("id")
        id_ = self.process_ids.take(own, name)
        plain: dict[str, Any] = {"name": name or words.PROCESS.de}
        description = documentation_of(element)
        if description is not None:
            plain["description"] = description
        if own and own != id_:
            plain["bpmn_id"] = own
        nodes: dict[str, Any] = {}
        processes[id_] = plain
        self.found.process_of[id_] = element
        self.said = self.index.said_in(element)
        open_scopes = [_Scope(element, nodes, id_, 0, actor)]
        while open_scopes:
            scope = open_scopes.pop(0)
            yield from self.scope(scope, open_scopes)
        plain["nodes"] = nodes or "none"

    def scope(self, scope: _Scope, open_scopes: list[_Scope]) -> Iterator[tuple[Node, str | None]]:
        """Read the nodes of one process or sub-process and connect them."""
        found = self.found
        flows: list[Node] = []
        elements: dict[str, Node] = {}
        own_ids: dict[str, str] = {}
        holders: list[str] = []
        nodes, take = scope.nodes, self.node_ids.take
        type_of_tag, actor_of_node, said_by = words.TYPE_OF_TAG, found.organisations.actor_of_node, self.said
        element_of_id = self.index.element_of_id
        for node in scope.element:
            type_ = type_of_tag.get(node.tag)
            if type_ is None:
                if node.tag == _SEQUENCE_FLOW:
                    flows.append(node)
                continue
            actor = actor_of_node.get(node, scope.actor)
            if type_ == "subprocess" and node.get("triggeredByEvent") in _TRUE:
                yield node, actor
                continue
            if node.get("isForCompensation") in _TRUE:
                continue
            own, name = node.get("id"), one_line(node.get("name"))
            id_ = take(own or name)
            said = said_by.get(node, ())
            plain = node_in_words(found, node, said, type_, name)
            if own:
                if own != id_:
                    plain["bpmn_id"] = own
                if element_of_id.get(own) is node:
                    own_ids[own] = id_
            if actor is not None:
                plain["actor"] = actor
            nodes[id_] = plain
            elements[id_] = node
            if type_ == "subprocess":
                inner: dict[str, Any] = {}
                holders.append(id_)
                plain["nodes"] = inner
                if scope.depth < MAX_NESTING:
                    open_scopes.append(_Scope(node, inner, id_, scope.depth + 1, actor))
            elif said and type_ in words.ACTIVITIES:
                with_associations(found, said, plain)
        found.node_of.update(elements)
        found.id_of_node.update(zip(elements.values(), elements, strict=True))
        connect(found, nodes, elements, flows, lambda suffix: take(f"{scope.name}_{suffix}"), own_ids)
        _say_none(holders, nodes, elements, scope.depth)


_TRUE: Final = ("true", "1")
_SEQUENCE_FLOW: Final = bpmn("sequenceFlow")


def _say_none(holders: list[str], nodes: dict[str, Any], elements: dict[str, Node], depth: int) -> None:
    """Say of sub-processes of which no node will be read that they have none."""
    for id_ in holders:
        if not _has_nodes(elements[id_], depth):
            nodes[id_]["nodes"] = "none"


def _has_nodes(element: Node, depth: int) -> bool:
    """Return whether nodes of a sub-process will be read."""
    return depth < MAX_NESTING and any(
        child.tag in words.TYPE_OF_TAG
        and child.get("triggeredByEvent") not in ("true", "1")
        and child.get("isForCompensation") not in ("true", "1")
        for child in element
    )
