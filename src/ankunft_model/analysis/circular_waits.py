"""Steps that wait for each other: for a message that only the other sends, or a paper that only the other issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ankunft_model.analysis.computations import Computations
from ankunft_model.graph import WorkflowGraph, strong_components
from ankunft_model.graph.always_before import AlwaysBefore
from ankunft_model.model import Activity, AnyDocument, ArrivalModel


@dataclass(frozen=True, slots=True)
class Want:
    """What a step waits for: a document, or the message of a handover, and the steps that could bring it.

    Attributes:
        kind: `document` or `handover`.
        id: Of the document or the handover.
    """

    kind: str
    id: str
    bringers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CircularWait:
    """Steps of which each waits for another one of them, in the order of the model.

    Attributes:
        wants: What each step waits for, in the order of `nodes`.
        stops: Whether the process stands still there (messages), instead of going on without the paper.
    """

    graph: WorkflowGraph
    nodes: tuple[int, ...]
    wants: tuple[Want, ...]
    stops: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the steps."""
        return tuple(self.graph.nodes[node].id for node in self.nodes)


def find_circular_waits(computed: Computations) -> Iterator[CircularWait]:
    """Yield the circles, each with at least two steps that wait, in the order of the model.

    A step waits for what it needs and what nobody but a step of the model brings. It is stuck if everybody who could
    bring something that it waits for is stuck as well, or if a step that always comes before it is. What remains of
    all steps when those that are not stuck are taken away, again and again, waits in circles.
    """
    for graph in computed.joined_graphs:
        wants_of = _wants(computed.model, graph)
        waiters = list(wants_of)
        if len(waiters) < 2:
            continue
        bringers = {bringer for wants in wants_of.values() for want in wants for bringer in want.bringers}
        order = AlwaysBefore(graph, waiters)
        earlier = {
            node: [waiter for waiter in waiters if waiter != node and order.is_before(waiter, node)]
            for node in dict.fromkeys([*waiters, *sorted(bringers)])
        }
        stuck = _stuck(wants_of, earlier)
        successors = {
            node: dict.fromkeys(
                [
                    *(b for want in _hopeless(wants_of.get(node, ()), stuck) for b in want.bringers),
                    *(other for other in earlier[node] if other in stuck),
                ]
            )
            for node in sorted(stuck)
        }
        for component in strong_components(successors):
            circle = tuple(sorted(node for node in component if _hopeless(wants_of.get(node, ()), stuck)))
            inside = set(component)
            chosen = {
                node: next(want for want in _hopeless(wants_of[node], stuck) if inside.intersection(want.bringers))
                for node in circle
                if any(inside.intersection(want.bringers) for want in _hopeless(wants_of[node], stuck))
            }
            if len(chosen) > 1:
                wants = tuple(chosen.values())
                yield CircularWait(graph, tuple(chosen), wants, all(want.kind == "handover" for want in wants))


def _wants(model: ArrivalModel, graph: WorkflowGraph) -> dict[int, tuple[Want, ...]]:
    """Return what each step waits for that steps of the process bring, by step."""
    issuers: dict[str, list[int]] = {}
    for node, element in enumerate(graph.nodes):
        for document in (element.documents_out or ()) if isinstance(element, Activity) else ():
            issuers.setdefault(document, []).append(node)
    found: dict[int, list[Want]] = {}
    for process in graph.processes:
        for handover in process.handovers or ():
            sender = graph.index_of.get(handover.from_node or "")
            receiver = graph.index_of.get(handover.to_node or "")
            if handover.waits and sender is not None and receiver is not None and handover.channel != ():
                found.setdefault(receiver, []).append(Want("handover", handover.id, (sender,)))
    for node, element in enumerate(graph.nodes):
        for wanted in (element.documents_in or ()) if isinstance(element, Activity) else ():
            choice = wanted.any_of if isinstance(wanted, AnyDocument) else (wanted,)
            known = [issuers.get(one, ()) for one in choice]
            is_held = any(model.documents[one].held_at_start for one in choice)
            bringers = tuple(issuer for one in known for issuer in one) if all(known) and not is_held else ()
            if bringers and node not in bringers:
                found.setdefault(node, []).append(Want("document", choice[0], bringers))
    return {node: tuple(found[node]) for node in sorted(found)}


def _stuck(wants_of: dict[int, tuple[Want, ...]], earlier: dict[int, list[int]]) -> frozenset[int]:
    stuck = set(earlier)
    while True:
        free = {
            node
            for node in stuck
            if not _hopeless(wants_of.get(node, ()), stuck) and not stuck.intersection(earlier[node])
        }
        if not free:
            return frozenset(stuck)
        stuck -= free


def _hopeless(wants: tuple[Want, ...], stuck: set[int] | frozenset[int]) -> tuple[Want, ...]:
    """Return what can come from nobody who is not stuck."""
    return tuple(want for want in wants if stuck.issuperset(want.bringers))
