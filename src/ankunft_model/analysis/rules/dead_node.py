"""A node that no run executes.

What it finds: parts that never have their turn, because no way leads to them or because what they wait for never
comes together.

Why it matters: the model promises a step that nobody ever gets; whoever relies on it waits in vain.

How to resolve it: repair the way there, or remove the part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.flow_problems import find_flow_problems
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import MAX_WITNESS, ElementRef
from ankunft_model.graph import WorkflowGraph
from ankunft_model.wording import Wording


def find_dead_node(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per part that no run executes, in the order of the model.

    What no way leads to is parted by how it hangs together; what lies behind a standstill is one part.
    """
    parts: dict[str, list[str]] = {}
    for problem in find_flow_problems(computed, "dead_node"):
        parts.setdefault(problem.process.id, []).extend(problem.nodes)
    for process, dead in parts.items():
        graph = computed.graphs[process]
        reached = graph.reachable_from(graph.entry_points())
        behind = [id_ for id_ in dead if graph.index_of[id_] in reached]
        lost = [graph.index_of[id_] for id_ in dead if graph.index_of[id_] not in reached]
        if behind:
            names = listed(map(computed.names.node, behind))
            yield Observation(
                message=Wording(
                    de=f"Kein Ablauf kommt je zu {names.de}: Vorher bleibt jeder stehen.",
                    en=f"No run ever gets to {names.en}: every one stops before.",
                ),
                recommendation=Wording(de="Den Stillstand davor beheben.", en="Resolve what stops the runs before."),
                elements=_elements(graph, behind),
                witness=tuple(behind[:MAX_WITNESS]),
            )
        for part in _connected(graph, lost):
            ids = tuple(graph.nodes[node].id for node in part)
            names = listed(map(computed.names.node, ids))
            yield Observation(
                message=Wording(
                    de=f"Kein Ablauf kommt je zu {names.de}: Kein Weg führt dorthin.",
                    en=f"No run ever gets to {names.en}: no way leads there.",
                ),
                recommendation=Wording(
                    de="Den fehlenden Weg ergänzen oder den Teil streichen.",
                    en="Add the missing way, or remove the part.",
                ),
                elements=_elements(graph, ids),
                witness=ids[:MAX_WITNESS],
            )


def _elements(graph: WorkflowGraph, part: Sequence[str]) -> tuple[ElementRef, ...]:
    """Return the nodes of a part, the one that it begins with first: a way leads there from outside, or none at all."""
    inside = {graph.index_of[id_] for id_ in part}
    first = [
        id_
        for id_ in part
        if not inside.intersection(graph.source[flow] for flow in graph.incoming[graph.index_of[id_]])
    ]
    main = min(first or part)
    return (ElementRef("node", main), *(ElementRef("node", id_) for id_ in part if id_ != main))


def _connected(graph: WorkflowGraph, nodes: list[int]) -> Iterator[list[int]]:
    """Yield the nodes in groups that flows connect in any direction, in the order of the model."""
    left = dict.fromkeys(nodes)
    for first in nodes:
        if first not in left:
            continue
        del left[first]
        part = [first]
        for node in part:
            beside = [graph.target[flow] for flow in graph.outgoing[node]]
            beside += [graph.source[flow] for flow in graph.incoming[node]]
            beside += [*graph.boundary_events[node], graph.host[node], graph.parent[node]]
            for other in beside:
                if other in left:
                    del left[other]
                    part.append(other)
        yield sorted(part)


_PROCESS = """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:   {{type: start, name: Antrag gestellt, actor: person, next: art}}
      art:
        type: exclusive
        name: Allein oder mit Familie?
        actor: sozialamt
        next: [{{to: allein, when: allein}}, {{to: familie, when: mit Familie}}]
      allein:   {{name: Antrag prüfen, actor: sozialamt, next: zusammen}}
      familie:  {{name: Antrag der Familie prüfen, actor: sozialamt, next: zusammen}}
      zusammen: {{type: {join}, actor: sozialamt, next: bescheid}}
      bescheid: {{name: Bescheid erteilen, actor: sozialamt, next: ende}}
      ende:     {{type: end, name: Bescheid erteilt}}
    handovers: none
"""

RULE = Rule(
    id="dead-node",
    codes=("G-18",),
    title=Wording(de="Nie erreicht", en="Dead node"),
    group="flow",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Knoten, die kein Ablauf ausführt: weil kein Weg zu ihnen führt oder weil vorher jeder Ablauf stehen "
        "bleibt. Nicht gemeldet wird, was selten vorkommt: Ein einziger möglicher Ablauf genügt.",
        en="Nodes that no run executes, because no way leads to them or because every run stops before. Not reported: "
        "what is rare; one possible run is enough.",
    ),
    matters=Wording(
        de="Das Modell verspricht einen Schritt, den niemand je bekommt.",
        en="The model promises a step that nobody ever gets.",
    ),
    resolve=Wording(
        de="Den Weg dorthin herstellen oder den Teil streichen.", en="Repair the way there, or remove the part."
    ),
    sources=("ANALYSIS 1.2", "S2-08"),
    sound=example_model(_PROCESS.format(join="exclusive")),
    broken=example_model(_PROCESS.format(join="parallel")),
    find=find_dead_node,
)
