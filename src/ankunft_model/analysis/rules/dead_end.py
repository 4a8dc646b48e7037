"""A place from which the process does not come to an end, or that no way leads to.

What it finds: nodes from which no end can be reached (an endless round), nodes that no start leads to, and, where
a process marks the ends that count with `milestone`, ends without one.

Why it matters: in a dead end the person has neither an answer nor a next step; a part that nothing leads to was
forgotten, or its way there was.

How to resolve it: add the missing flow, or mark the end as a state that is meant to be one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.graph import WorkflowGraph
from ankunft_model.model import AnyNode, Event
from ankunft_model.wording import Wording


def find_dead_end(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per dead end, in the order of the model."""
    for graph in computed.graphs.values():
        reached = graph.reachable_from(graph.entries_of(-1))
        leading_out = _nodes_with_a_way_to_an_end(graph)
        has_milestones = any(_is_end(node) and node.milestone for node in graph.nodes)
        for index, node in enumerate(graph.nodes):
            is_nowhere = has_milestones and _is_end(node) and not node.milestone and graph.parent[index] < 0
            if index in reached and index in leading_out and not is_nowhere:
                continue
            name = computed.names.node(node.id)
            elements = (ElementRef("node", node.id),)
            if index not in reached:
                yield Observation(
                    message=Wording(
                        de=f"Kein Weg führt zu {name.de}.",
                        en=f"No way leads to {name.en}.",
                    ),
                    recommendation=Wording(
                        de="Den fehlenden Weg ergänzen oder den Teil streichen.",
                        en="Add the missing flow, or remove the part.",
                    ),
                    elements=elements,
                    witness=(node.id,),
                )
            elif index not in leading_out:
                yield Observation(
                    message=Wording(
                        de=f"Von {name.de} führt kein Weg zu einem Ende: Der Ablauf dreht sich im Kreis.",
                        en=f"No way leads from {name.en} to an end: the process goes round in circles.",
                    ),
                    recommendation=Wording(
                        de="Einen Ausgang aus der Schleife ergänzen: eine Entscheidung, eine Frist oder eine Stelle, "
                        "die den Fall abschließt.",
                        en="Add a way out of the loop: a decision, a deadline or a body that closes the case.",
                    ),
                    elements=elements,
                    witness=(node.id,),
                )
            else:
                yield Observation(
                    message=Wording(
                        de=f"Der Ablauf endet bei {name.de}, ohne dass ein Ziel erreicht ist.",
                        en=f"The process ends at {name.en} without reaching a goal.",
                    ),
                    recommendation=Wording(
                        de="Klären, wie es für die Person weitergeht, und den Anschluss ergänzen; oder das Ende als "
                        "„milestone“ kennzeichnen.",
                        en="Settle how it goes on for the person and add it; or mark the end as a 'milestone'.",
                    ),
                    elements=elements,
                    certainty="definite",
                    witness=(node.id,),
                )


def _is_end(node: AnyNode) -> bool:
    return isinstance(node, Event) and node.type == "end"


def _nodes_with_a_way_to_an_end(graph: WorkflowGraph) -> frozenset[int]:
    found = {index for index, node in enumerate(graph.nodes) if _is_end(node)}
    stack = list(found)
    while stack:
        node = stack.pop()
        before = [graph.source[flow] for flow in graph.incoming[node]]
        if graph.host[node] >= 0:
            before.append(graph.host[node])
        for other in before:
            if other not in found:
                found.add(other)
                stack.append(other)
    return frozenset(found)


RULE = Rule(
    id="dead-end",
    codes=("G-18",),
    title=Wording(de="Sackgasse", en="Dead end"),
    group="flow",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Stellen, von denen kein Weg zu einem Ende führt, Teile, zu denen kein Weg führt, und Enden ohne "
        "„milestone“ in Abläufen, die ihre Ziele so kennzeichnen. Nicht gemeldet werden Enden in Abläufen, die keine "
        "Ziele kennzeichnen.",
        en="Nodes from which no end can be reached, parts that no way leads to, and ends without 'milestone' in "
        "processes that mark their goals so. Not reported: ends in processes that mark no goals.",
    ),
    matters=Wording(
        de="In einer Sackgasse hat die Person weder eine Antwort noch einen nächsten Schritt.",
        en="In a dead end the person has neither an answer nor a next step.",
    ),
    resolve=Wording(
        de="Den fehlenden Weg ergänzen oder das Ende als Ziel kennzeichnen.",
        en="Add the missing flow, or mark the end as a goal.",
    ),
    sources=("S2-08",),
    sound=example_model(
        """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:  {type: start, name: Antrag gestellt, actor: person, next: pruefen}
      pruefen: {name: Antrag prüfen, actor: sozialamt, next: ende}
      ende:    {type: end, name: Bescheid erteilt}
    handovers: none
"""
    ),
    broken=example_model(
        """\
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:  {type: start, name: Antrag gestellt, actor: person, next: wieder}
      wieder:  {type: exclusive, next: pruefen}
      pruefen: {name: Unterlagen nachfordern, actor: sozialamt, next: wieder}
      ende:    {type: end, name: Bescheid erteilt}
    handovers: none
"""
    ),
    find=find_dead_end,
)
