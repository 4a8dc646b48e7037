"""Documents that a step demands although nobody has issued them by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ankunft_model.analysis.knowledge.exploration import explore
from ankunft_model.analysis.knowledge.facts import NodeFacts, in_a_row
from ankunft_model.analysis.knowledge.held_documents import held_at_start
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.knowledge.possible_moves import PossibleMoves
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty
from ankunft_model.graph import RunGraph
from ankunft_model.graph.limits import Limit
from ankunft_model.model import Activity, AnyDocument, ArrivalModel


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A step at which none of `documents` was issued before, on some run or on every one.

    Attributes:
        certainty: `definite`: on every run that executes the step, whatever the person has at the beginning.
        as_stated: The same by what the model states.
        is_issued: Whether any step of the runs issues one of them.
        depends_on: Documents of which nobody said whether the person has them at the beginning.
    """

    node: str
    documents: tuple[str, ...]
    certainty: Certainty
    as_stated: Certainty
    limits: tuple[Limit, ...]
    run: Run
    is_issued: bool
    depends_on: tuple[UnknownFact, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether all runs were looked at."""
        return not self.limits


def find_missing_documents(model: ArrivalModel, runs: RunGraph) -> Iterator[MissingDocument]:
    """Yield the documents that are demanded before they are issued, in the order of the steps.

    A document that the person has when a run begins (`held_at_start`) is there for good. Where nobody said so and no
    step of the runs issues it, the person may bring it from elsewhere: that is an open fact.
    """
    graph = runs.game.graph
    held = held_at_start(model, graph)
    bit_of = {id_: 1 << number for number, id_ in enumerate(model.documents)}
    issued: dict[int, NodeFacts] = {}
    for node, element in enumerate(graph.nodes):
        if isinstance(element, Activity) and element.documents_out:
            bits = sum(bit_of[id_] for id_ in element.documents_out)
            issued[node] = NodeFacts(own=bits, is_produced=True)
    issued_somewhere = sum({bit for bit in bit_of.values() if any(fact.own & bit for fact in issued.values())})
    demands: dict[tuple[str, ...], list[int]] = {}
    possible_moves = PossibleMoves(runs.game)
    for node, element in enumerate(graph.nodes):
        for entry in (element.documents_in or ()) if isinstance(element, Activity) else ():
            demands.setdefault(entry.any_of if isinstance(entry, AnyDocument) else (entry,), []).append(node)
    for documents, nodes in demands.items():
        wanted = sum(bit_of[id_] for id_ in documents)
        if any(held[id_] for id_ in documents):
            continue
        depends_on = tuple(UnknownFact("held", id_) for id_ in documents if held[id_] is None)
        relevant = {node: replace(fact, own=fact.own & wanted) for node, fact in issued.items() if fact.own & wanted}
        for node in nodes:
            old = relevant.get(node, NodeFacts())
            relevant[node] = replace(old, has=wanted, is_needed=True, repeats=in_a_row(graph.nodes[node]))
        found = explore(runs, relevant, 0, 0, possible_moves)
        for node in nodes:
            seen = found.observations[node]
            if seen.lacks >= 0:
                as_stated: Certainty = "definite" if seen.has < 0 and found.is_exact else "possible"
                yield MissingDocument(
                    node=graph.nodes[node].id,
                    documents=documents,
                    certainty="possible" if depends_on else as_stated,
                    as_stated=as_stated,
                    limits=found.limits,
                    run=found.run(seen.lacks, node),
                    is_issued=bool(wanted & issued_somewhere),
                    depends_on=depends_on,
                )
