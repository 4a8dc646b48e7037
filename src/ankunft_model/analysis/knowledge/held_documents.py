"""Documents that the person has when a run begins, as far as the model says."""

from __future__ import annotations

from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import Activity, ArrivalModel


def held_at_start(model: ArrivalModel, graph: WorkflowGraph) -> dict[str, bool | None]:
    """Return for each document whether the person has it when a run of `graph` begins; None: nobody said so.

    Where nobody said so, a document that a step of the graph issues is not there at the beginning, and neither is one
    of which an issuer performs something there.
    """
    issued = {
        id_
        for element in graph.nodes
        for id_ in ((element.documents_out or ()) if isinstance(element, Activity) else ())
    }
    acting = {element.actor for element in graph.nodes}
    found: dict[str, bool | None] = {}
    for document in model.documents.values():
        held = document.held_at_start
        if held is None and (document.id in issued or acting & set(document.issuer or ())):
            held = False
        found[document.id] = held
    return found
