"""What somebody has changed by hand in a diagram of ours, in the words of the model that the diagram shows.

The diagram as it was written is compared with the diagram as it came back, element by element. Elements of ours say
which part of the model they stand for; what stands for none (the messages and waiting places that make pools fit
together) is looked through: only who follows whom counts.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.document import Document, Node
from ankunft_model.interchange.drawn_flows import (
    last_node_before,
    lead_elsewhere,
    own_flows,
    references_of,
    short_flows,
)
from ankunft_model.interchange.drawn_handovers import (
    add_handovers,
    deleted_handovers,
    told_otherwise,
    without_handovers,
)
from ankunft_model.interchange.drawn_moves import find_moves, process_of
from ankunft_model.interchange.drawn_order import Followers, order_in
from ankunft_model.interchange.drawn_texts import in_language_of, rename, rename_flow
from ankunft_model.interchange.file_index import Ids, name_of
from ankunft_model.interchange.organisations import ACTOR_KIND
from ankunft_model.interchange.plain_model import Plain, entries_of, flows_of, handovers_in, nodes_in
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn
from ankunft_model.model.plain import is_mapping

_WITHOUT_WORD: Final = tuple(map(bpmn, ("dataObjectReference", "dataStoreReference", "group")))

_WORDS: Final = ("name", "description", "type", "trigger", "at", "interrupting")


@dataclass
class DrawnEdits:
    """The model as the changed diagram shows it.

    Attributes:
        plain: The model in the shape of its file.
        kept: Flows, by their ends, whose line a tool took away when an end was put into another pool.
        unclear: What was changed in the diagram and cannot be said of the model, by id of the element.
    """

    plain: Plain
    kept: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    unclear: list[str] = field(default_factory=list[str])


def with_drawn_edits(plain: Plain, written: Document, edited: Document) -> DrawnEdits:
    """Return the model `plain`, of which `written` is the diagram, with what was changed in it by hand in `edited`."""
    return _DrawnEdits(plain, understand(written), understand(edited)).result()


class _DrawnEdits:
    """The state of one call."""

    def __init__(self, plain: Plain, before: Understanding, after: Understanding) -> None:
        self.plain: Plain = copy.deepcopy(plain)
        self.before = before
        self.after = after
        self.found = DrawnEdits(self.plain)
        self.nodes = {id_: placed.node for id_, placed in nodes_in(self.plain).items()}
        self.node_of_before = self.nodes_of(before)
        self.node_of_after = self.nodes_of(after)
        self.moves = find_moves(before, after, self.node_of_before)
        self.still_drawn = frozenset(self.node_of_after.values())
        self.actor_ids = Ids()
        for id_ in (*entries_of(self.plain, "actors"), *entries_of(self.plain, "systems")):
            self.actor_ids.take(id_)
        self.node_ids = Ids()
        for id_ in self.nodes:
            self.node_ids.take(id_)
        self.new_actors: dict[Node, str] = {}
        self.changed_hands: set[str] = set()

    def nodes_of(self, understood: Understanding) -> dict[str, str]:
        """Return the node of the model that an element stands for, by the element's id."""
        found: dict[str, str] = {}
        for element in understood.node_of.values():
            id_ = element.get("id") or ""
            node = references_of(element).get("node")
            if node in self.nodes and id_ == (self.nodes[node].get("bpmn_id") or node):
                found[id_] = node
        return found

    def result(self) -> DrawnEdits:
        self.actors()
        self.named_parts()
        self.kept_nodes()
        self.new_nodes()
        self.flows()
        self.removed_nodes()
        self.handovers()
        self.ends()
        self.found.unclear += self.without_word()
        return self.found

    def without_word(self) -> list[str]:
        """Return the ids of new elements that a model has no word for and that no drawing carries."""
        new = [element for tag in _WITHOUT_WORD for element in self.after.document.root.iter(tag)]
        return [element.get("id") or "" for element in new if not self.is_old(element)]

    # --- names of actors, processes, handovers, flows

    def actors(self) -> None:
        """Take over names and descriptions of pools and lanes; note actors for new ones."""
        registry = entries_of(self.plain, "actors")
        old = {element.get("id"): element for element in self.before.organisations.element_of.values()}
        for element in self.after.organisations.element_of.values():
            actor = references_of(element).get("actor")
            before = old.get(element.get("id"))
            if before is not None and actor in registry:
                rename(registry[actor], before, element)
        for id_ in self.after.organisations.element_of:
            self._actor(self.after, id_)

    def named_parts(self) -> None:
        """Take over names of handovers (message flows) and answers or names of flows."""
        handovers = handovers_in(self.plain)
        for tag in ("messageFlow", "sequenceFlow"):
            old = {element.get("id"): element for element in self.before.document.root.iter(bpmn(tag))}
            for element in self.after.document.root.iter(bpmn(tag)):
                before = old.get(element.get("id"))
                if before is None or name_of(before) == name_of(element):
                    continue
                references = references_of(element)
                if references.get("handover") in handovers:
                    rename(handovers[references["handover"]], before, element)
                elif not rename_flow(self.nodes, references.get("flow"), before, element):
                    self.found.unclear.append(element.get("id") or "")

    # --- nodes

    def kept_nodes(self) -> None:
        """Take over words and actors of nodes that are still there."""
        for id_, element_words, element in self._words(self.after):
            node = self.node_of_after.get(id_)
            if node is None or id_ not in self.before_words:
                continue
            before_words, before = self.before_words[id_]
            entry = self.nodes[node]
            is_placed = self.put_where_it_lies(node, before, element)
            for key in _WORDS:
                old, new = before_words.get(key), element_words.get(key)
                if old == new:
                    continue
                if key in ("name", "description"):
                    if new is not None:
                        entry[key] = in_language_of(entry.get(key), old, new)
                    elif key == "description":
                        entry.pop(key, None)
                elif new is None:
                    entry.pop(key, None)
                else:
                    entry[key] = new
            old_actor = self._actor(self.before, before_words.get("actor"))
            new_actor = self._actor(self.after, element_words.get("actor"))
            if old_actor != new_actor and new_actor is not None and is_placed:
                entry["actor"] = new_actor
                self.changed_hands.add(node)
        self.deciders()

    def deciders(self) -> None:
        """Give gateways without an actor, beside a step that changed hands, the one that they are still drawn with."""
        beside = {flow["to"] for one in self.changed_hands for flow in flows_of(self.nodes[one])}
        for id_, words, _ in self._words(self.after):
            node = self.node_of_after.get(id_, "")
            entry = self.nodes.get(node, {})
            if "actor" in entry or entry.get("type") not in ("exclusive", "inclusive", "parallel", "event_based"):
                continue
            is_split = len(flows_of(entry)) > 1 and entry["type"] != "parallel"
            if node in beside if is_split else any(flow["to"] in self.changed_hands for flow in flows_of(entry)):
                actor = self._actor(self.after, words.get("actor"))
                if actor is not None:
                    entry["actor"] = actor

    def put_where_it_lies(self, node: str, before: Node, after: Node) -> bool:
        """Move a node into or out of a sub-process as drawn; return whether it still lies in its process."""
        if process_of(after) not in (None, process_of(before)):
            self.found.unclear.append(after.get("id") or "")
            return False
        around_before, around_after = before.getparent(), after.getparent()
        if around_before is None or around_after is None or around_before.get("id") == around_after.get("id"):
            return True
        if around_before.tag == around_after.tag == bpmn("process"):
            return True  # another pool; what gave way to its content in the diagram stays where the model has it
        holder, target = self._holder(node), self._scope(after)
        if holder is None or target is None or node == self.node_of_after.get(around_after.get("id") or ""):
            self.found.unclear.append(after.get("id") or "")
            return False
        if holder is not target:
            target[node] = holder.pop(node)
        return True

    def _holder(self, node: str) -> Plain | None:
        """Return the nodes of the model among which a node stands."""
        open_scopes = [entries_of(process, "nodes") for process in entries_of(self.plain, "processes").values()]
        while open_scopes:
            nodes = open_scopes.pop()
            if node in nodes:
                return nodes
            open_scopes += [entries_of(one, "nodes") for one in nodes.values() if "nodes" in one]
        return None

    @property
    def before_words(self) -> dict[str, tuple[Plain, Node]]:
        """Words and element of each node of the diagram as it was written, by the element's id."""
        if not hasattr(self, "_before_words"):
            self._before_words = {id_: (plain, node) for id_, plain, node in self._words(self.before)}
        return self._before_words

    def _words(self, understood: Understanding) -> list[tuple[str, Plain, Node]]:
        placed = nodes_in(understood.plain)
        return [
            (element.get("id") or "", placed[id_].node, element)
            for id_, element in understood.node_of.items()
            if element.get("id")
        ]

    def _actor(self, understood: Understanding, understood_id: str | None) -> str | None:
        """Return the actor of the model that a lane or pool of a diagram stands for; a new one gets a new actor."""
        element = understood.organisations.element_of.get(understood_id or "")
        if element is None:
            return None
        references = references_of(element)
        actor = references.get("actor")
        if actor is not None and actor in entries_of(self.plain, "actors"):
            return actor
        if understood is self.before or (actor is None and "process" in references) or self.is_old(element):
            return None
        if element not in self.new_actors:
            id_ = self.actor_ids.take(element.get("id"), name_of(element))
            self.new_actors[element] = id_
            entry: Plain = {"name": name_of(element) or id_, "kind": ACTOR_KIND}
            above = self._actor(understood, understood.organisations.plain[understood_id or ""].get("part_of"))
            if above is not None:
                entry["part_of"] = above
            if element.get("id") != id_:
                entry["bpmn_id"] = element.get("id")
            if not is_mapping(self.plain.get("actors")):
                self.plain["actors"] = {}
            self.plain["actors"][id_] = entry
        return self.new_actors[element]

    def is_old(self, element: Node) -> bool:
        """Return whether an element was in the diagram when it was written."""
        return element.get("id") in self.before.index.element_of_id

    def new_nodes(self) -> None:
        """Add what was drawn: type, name and actor are known, everything else is unknown."""
        old = set(self.before_words)
        for id_, words, element in self._words(self.after):
            if id_ in old:
                continue
            scope = self._scope(element)
            if scope is None:
                self.found.unclear.append(id_)
                continue
            node = self.node_ids.take(id_)
            entry = {key: value for key, value in words.items() if key in _WORDS}
            actor = self._actor(self.after, words.get("actor"))
            if actor is not None:
                entry["actor"] = actor
            if id_ != node:
                entry["bpmn_id"] = id_
            if "attached_to" in words:
                host = self.after.node_of.get(words["attached_to"])
                host_id = self.node_of_after.get(host.get("id") or "") if host is not None else None
                if host_id is None:
                    self.found.unclear.append(id_)
                    continue
                entry["attached_to"] = host_id
            if "nodes" in words:
                entry["nodes"] = {}
            scope[node] = entry
            self.nodes[node] = entry
            self.node_of_after[id_] = node

    def _scope(self, element: Node) -> Plain | None:
        """Return the nodes of the model among which a new element belongs."""
        around = element.getparent()
        while around is not None and around.tag != bpmn("process"):
            node = self.node_of_after.get(around.get("id") or "")
            if node is not None and "nodes" in self.nodes[node]:
                inner: Plain = self.nodes[node]["nodes"] if is_mapping(self.nodes[node]["nodes"]) else {}
                self.nodes[node]["nodes"] = inner
                return inner
            around = around.getparent()
        if around is None:
            return None
        processes = entries_of(self.plain, "processes")
        process = processes.get(references_of(around).get("process", ""))
        if process is None and len(processes) == 1:
            process = next(iter(processes.values()))
        return None if process is None else entries_of(process, "nodes")

    # --- flows

    def flows(self) -> None:
        """Take over who follows whom; a flow that now leads to a new node keeps its answer and share."""
        ends_of = {own: (source, flow["to"]) for own, source, flow in own_flows(self.nodes)}
        written = order_in(self.before, self.node_of_before)
        edited = order_in(self.after, self.node_of_after, self.moves)
        before, after = written.followers(ends_of), edited.followers(ends_of, written)
        self.found.unclear += edited.unclear
        drawn = frozenset(self.node_of_before.values())
        for source in (*before, *(one for one in after if one not in before)):
            if source not in self.nodes:
                continue
            old, new = before.get(source, {}), after.get(source, {})
            gone = [target for target in old if target not in new]
            come = [target for target in new if target not in old]
            for target in [target for target in gone if self.is_cut_by_move(source, target, before, after)]:
                gone.remove(target)
                self.found.kept.append((source, target))
            direct = {flow["to"] for flow in flows_of(self.nodes[source])}
            for target in [target for target in gone if target not in direct]:
                through = last_node_before(target, source, self.nodes, drawn)
                if through is not None:
                    gone.remove(target)
                    instead = [come.pop(0)] if come else []
                    lead_elsewhere(through, self.nodes[through], [target], instead, new, self.found.unclear)
            if gone or come:
                lead_elsewhere(source, self.nodes[source], gone, come, new, self.found.unclear)

    def is_cut_by_move(self, source: str, target: str, before: Followers, after: Followers) -> bool:
        """Return whether a tool took the line away because an end changed pools, and nobody drew another instead."""
        if self.moves.nodes.isdisjoint((source, target)) or not self.still_drawn.issuperset((source, target)):
            return False
        return after.get(source, {}).keys() <= before.get(source, {}).keys() and not any(
            target in names and target not in before.get(one, {}) for one, names in after.items()
        )

    # --- what is gone

    def removed_nodes(self) -> None:
        """Take nodes away that were drawn and are drawn no more, with the flows and handovers that name them."""
        gone = {
            node
            for element, node in self.node_of_before.items()
            if element not in self.node_of_after and element not in self.after.index.element_of_id
        }
        if not gone:
            return
        for process in entries_of(self.plain, "processes").values():
            open_scopes = [process]
            while open_scopes:
                holder = open_scopes.pop()
                nodes = entries_of(holder, "nodes")
                for id_ in list(nodes):
                    if id_ in gone:
                        del nodes[id_]
                        self.nodes.pop(id_, None)
                        continue
                    flows = [flow for flow in flows_of(nodes[id_]) if flow["to"] not in gone]
                    if len(flows) != len(flows_of(nodes[id_])):
                        nodes[id_]["next"] = short_flows(flows)
                        if not flows:
                            del nodes[id_]["next"]
                    if "nodes" in nodes[id_]:
                        open_scopes.append(nodes[id_])
            without_handovers(process, frozenset(), frozenset(gone))

    def handovers(self) -> None:
        """Take handovers away whose message was deleted, and add them for new messages between nodes."""
        documents = self.before.document, self.after.document
        gone = deleted_handovers(*documents, self.moves, self.node_of_before)
        self.found.unclear += told_otherwise(*documents)
        for process in entries_of(self.plain, "processes").values():
            without_handovers(process, gone)
        add_handovers(self.plain, *documents, self.moves, self.node_of_after, self.found.unclear)

    def ends(self) -> None:
        """Let nodes that lead nowhere now lead to an end, as in any file that leaves ends out."""
        open_holders = list(entries_of(self.plain, "processes").items())
        while open_holders:
            holder_id, holder = open_holders.pop()
            nodes = entries_of(holder, "nodes")
            lost = [id_ for id_, node in nodes.items() if "next" not in node and node.get("type") != "end"]
            open_holders += [(id_, node) for id_, node in nodes.items() if "nodes" in node]
            if lost:
                end = self.node_ids.take(f"{holder_id}_end")
                for id_ in lost:
                    nodes[id_]["next"] = end
                nodes[end] = {"type": "end"}
