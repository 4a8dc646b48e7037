"""Who follows whom in a diagram of ours, seen through the elements that only make its pools fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ankunft_model.interchange.drawn_flows import references_of
from ankunft_model.interchange.drawn_moves import Moves
from ankunft_model.interchange.file_index import name_of
from ankunft_model.interchange.understood import Understanding
from ankunft_model.interchange.words import bpmn

Names = dict[str, str | None]
"""Nodes, each with the name of the flow that leads there."""
Followers = dict[str, Names]
"""The nodes that follow each node."""


@dataclass(frozen=True, slots=True)
class _Ends:
    """Between which nodes a message carries a flow of the model."""

    sources: Names
    targets: Names


@dataclass
class DrawnOrder:
    """The order in one diagram.

    A message that carries a flow of the model leads from what stands before its sender to what stands behind its
    receiver. Who waits for it does not follow what the own pool did before, so the way in front of a receiver ends
    there.

    Attributes:
        by_sequence: The nodes that follow each node in its own pool.
        by_message: What each flow of the model that is carried by a message leads from and to, by the flow's id.
        waits: Ids of the lines to a place where a pool waits, by the element that they come from and that place.
        unclear: Flows that lead elsewhere now, but do not begin or end at a node that is drawn.
    """

    by_sequence: Followers
    by_message: dict[str, _Ends]
    waits: dict[tuple[str, str], str]
    unclear: list[str] = field(default_factory=list[str])

    def followers(self, ends_of: Mapping[str, tuple[str, str]], before: DrawnOrder | None = None) -> Followers:
        """Return the nodes that follow each node.

        Args:
            ends_of: Source and target of each flow of the model, by its id.
            before: The order as it was written, if this one is of the diagram as it came back.
        """
        found = {node: dict(names) for node, names in self.by_sequence.items()}
        if before is not None:  # what is done while others are at work has no word in the order
            self.unclear += [line for ends, line in self.waits.items() if ends not in before.waits]
        for flow, ends in self.by_message.items():
            if flow not in ends_of:
                continue
            source, target = ends_of[flow]
            written = ends if before is None else before.by_message.get(flow, ends)
            for one in self._ends(flow, source, written.sources, ends.sources):
                for other in self._ends(flow, target, written.targets, ends.targets):
                    found.setdefault(one, {}).setdefault(other, ends.sources.get(one))
        return found

    def _ends(self, flow: str, stated: str, before: Names, after: Names) -> list[str]:
        """Return where a flow begins or ends, of which the model states `stated`."""
        if before.keys() == after.keys():
            return [stated]
        if stated not in before:
            self.unclear.append(flow)
            return [stated]
        return [one for one in after if one == stated or one not in before]


def order_in(understood: Understanding, node_of: Mapping[str, str], moves: Moves | None = None) -> DrawnOrder:
    """Return who follows whom.

    Args:
        understood: The diagram.
        node_of: The node of the model that an element stands for, by the element's id; others are looked through.
        moves: What has changed pools since the diagram was written.
    """
    moves = moves or Moves()
    index, root = understood.index, understood.document.root
    messages: dict[str, tuple[str, str]] = {}
    lines: list[tuple[str, str, str, str | None]] = []
    for tag in ("sequenceFlow", "messageFlow"):
        for flow in root.iter(bpmn(tag)):
            source, target = (index.target(flow, flow.get(key)) for key in ("sourceRef", "targetRef"))
            if source is None or target is None:
                continue
            id_, ends = flow.get("id") or "", (source.get("id") or "", target.get("id") or "")
            if id_ in moves.as_messages or (tag == "sequenceFlow" and id_ not in moves.within):
                lines.append((id_, *ends, name_of(flow)))
            elif tag == "messageFlow" and "flow" in (references := references_of(flow)):
                messages[references["flow"]] = ends
    waiting = {target for _, target in messages.values() if target not in node_of}
    forward: dict[str, list[tuple[str, str | None]]] = {}
    backward: dict[str, list[tuple[str, str | None]]] = {}
    waits: dict[tuple[str, str], str] = {}
    for id_, start, end, name in lines:
        if end in waiting and id_ not in moves.as_sequence:
            if start in node_of:
                waits[start, end] = id_
        else:
            forward.setdefault(start, []).append((end, name))
            backward.setdefault(end, []).append((start, name))
    by_sequence: Followers = {}
    for element, node in node_of.items():
        found = by_sequence.setdefault(node, {})
        for other, name in _nodes_behind(element, forward, node_of).items():
            found.setdefault(other, name)
    by_message = {
        flow: _Ends(_nodes_at(start, backward, node_of), _nodes_at(end, forward, node_of))
        for flow, (start, end) in messages.items()
    }
    return DrawnOrder(by_sequence, by_message, waits)


def _nodes_at(element: str, lines: Mapping[str, list[tuple[str, str | None]]], node_of: Mapping[str, str]) -> Names:
    """Return the node of an element, or those next to it where it stands for none."""
    return {node_of[element]: None} if element in node_of else _nodes_behind(element, lines, node_of)


def _nodes_behind(element: str, lines: Mapping[str, list[tuple[str, str | None]]], node_of: Mapping[str, str]) -> Names:
    found: Names = {}
    seen: set[str] = set()
    open_elements = list(reversed(lines.get(element, ())))
    while open_elements:
        here, name = open_elements.pop()
        if here in node_of:
            found.setdefault(node_of[here], name)
        elif here not in seen:
            seen.add(here)
            open_elements += reversed([(other, name or its_name) for other, its_name in lines.get(here, ())])
    return found
