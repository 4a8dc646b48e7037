"""A model as a networkx graph, for analyses of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankunft_model.graph.performers import find_performers
from ankunft_model.graph.workflow_graph import build_workflow_graph

if TYPE_CHECKING:
    import networkx as nx

    from ankunft_model.model import ArrivalModel


def to_networkx(model: ArrivalModel) -> nx.MultiDiGraph[str]:
    """Return nodes, flows and handovers of all processes as one directed graph with parallel edges.

    Nodes are the ids of the model's nodes, in its order, with the attributes `type`, `name`, `actor` (the performer,
    also where it follows from the neighbours), `process`, `parent` (the enclosing sub-process) and `attached_to`;
    what is unknown is None. Edges have the id of the flow or handover as key and `relation`: `flow` (with `when`,
    `share`, `default`) or `handover` (with `channel`, `data`, `triggers`, `waits`). A handover to or from an actor
    without a step, or to nobody, is no edge. Names are in German where the model has several languages.

    Example:
        >>> from ankunft_model.model import ArrivalModel
        >>> model = ArrivalModel.model_validate({
        ...     "id": "m", "title": "M", "state": "as_is", "processes": {"p": {"name": "P", "nodes": {
        ...         "start": {"type": "start", "next": "ask"}, "ask": {"name": "Fragen", "next": "done"},
        ...         "done": {"type": "end"}}}}})
        >>> list(to_networkx(model).edges(keys=True))
        [('start', 'ask', 'start__ask'), ('ask', 'done', 'ask__done')]
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(id=model.id, title=model.label())
    for process in model.processes.values():
        graph = build_workflow_graph(process)
        performers = find_performers(graph)
        for index, node in enumerate(graph.nodes):
            network.add_node(
                node.id,
                type=node.type,
                name=None if node.name is None else node.label(),
                actor=performers[index],
                process=process.id,
                parent=graph.nodes[graph.parent[index]].id if graph.parent[index] >= 0 else None,
                attached_to=getattr(node, "attached_to", None),
            )
        for line in graph.flows:
            network.add_edge(
                line.source,
                line.target,
                key=line.id,
                relation="flow",
                when=None if line.flow.when is None else str(line.flow.when),
                share=line.flow.share,
                default=line.flow.default,
            )
    for handover in model.handovers.values():
        if handover.from_node is not None and handover.to_node is not None:
            network.add_edge(
                handover.from_node,
                handover.to_node,
                key=handover.id,
                relation="handover",
                channel=handover.channel,
                data=handover.data,
                triggers=handover.triggers,
                waits=handover.waits,
            )
    return network
