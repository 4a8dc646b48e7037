"""Documents that a step demands although nobody has issued them by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ankunft_model.analysis.knowledge.exploration import explore
from ankunft_model.analysis.knowledge.facts import NodeFacts, in_a_row
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph
from ankunft_model.model import Activity, AnyDocument, ArrivalModel


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A step at which none of `documents` was issued before, on some run or on every one."""

    node: str
    documents: tuple[str, ...]
    certainty: Certainty
    exact: bool
    run: Run


def find_missing_documents(model: ArrivalModel, runs: RunGraph) -> Iterator[MissingDocument]:
    """Yield the documents that are demanded before they are issued, in the order of the steps.

    Documents that no step of the model issues are left out if no issuer of theirs acts in the model: the person
    brings them from elsewhere.
    """
    graph = runs.game.graph
    bit_of = {id_: 1 << number for number, id_ in enumerate(model.documents)}
    issued: dict[int, NodeFacts] = {}
    for node, element in enumerate(graph.nodes):
        if isinstance(element, Activity) and element.documents_out:
            bits = sum(bit_of[id_] for id_ in element.documents_out)
            issued[node] = NodeFacts(own=bits, is_produced=True)
    issued_somewhere = sum({bit for bit in bit_of.values() if any(fact.own & bit for fact in issued.values())})
    acting = {element.actor for element in graph.nodes}
    demands: dict[tuple[str, ...], list[int]] = {}
    possible_moves = PossibleMoves(runs.game)
    for node, element in enumerate(graph.nodes):
        for entry in (element.documents_in or ()) if isinstance(element, Activity) else ():
            demands.setdefault(entry.any_of if isinstance(entry, AnyDocument) else (entry,), []).append(node)
    for documents, nodes in demands.items():
        wanted = sum(bit_of[id_] for id_ in documents)
        if not wanted & issued_somewhere and not any(
            set(model.documents[id_].issuer or ()) & acting for id_ in documents
        ):
            continue
        relevant = {node: replace(fact, own=fact.own & wanted) for node, fact in issued.items() if fact.own & wanted}
        for node in nodes:
            old = relevant.get(node, NodeFacts())
            relevant[node] = replace(old, has=wanted, is_needed=True, repeats=in_a_row(graph.nodes[node]))
        found = explore(runs, relevant, 0, 0, possible_moves)
        for node in nodes:
            seen = found.observations[node]
            if seen.lacks >= 0:
                yield MissingDocument(
                    node=graph.nodes[node].id,
                    documents=documents,
                    certainty="definite" if seen.has < 0 and found.is_exact else "possible",
                    exact=found.is_exact,
                    run=found.run(seen.lacks, node),
                )
