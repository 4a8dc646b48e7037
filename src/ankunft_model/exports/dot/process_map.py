"""The process map: all nodes in the frames of their actors, the flow between them, the handovers beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ankunft_model.exports.dot.actor_clusters import NOBODY, add_clusters
from ankunft_model.exports.dot.drawing import DotGraph
from ankunft_model.exports.dot.finding_marks import FindingMark, marks_of
from ankunft_model.exports.dot.handover_words import CARRIED, NOTHING, channel_words, kind_of
from ankunft_model.exports.dot.labels import label, plain
from ankunft_model.exports.dot.style import (
    CARRIED as CARRIED_COLOUR,
)
from ankunft_model.exports.dot.style import (
    EDGE_ATTRIBUTES,
    GROUND,
    NODE_ATTRIBUTES,
    QUIET,
    graph_attributes,
)
from ankunft_model.findings import Finding
from ankunft_model.graph import build_workflow_graph, find_performers
from ankunft_model.model import AnyNode, ArrivalModel, Event, Gateway, Handover, Process, SubProcess, text_in
from ankunft_model.wording import Language, Wording

STEP_WIDTH_PX: Final = 150
EDGE_WIDTH_PX: Final = 110
_GATEWAY_SIGNS: Final = {"exclusive": "×", "parallel": "+", "inclusive": "○", "event_based": "⬠"}
_SUB_PROCESS = Wording(de="Teilprozess", en="sub-process")


def process_map(model: ArrivalModel, *, language: Language, findings: Iterable[Finding]) -> DotGraph:
    """Return the map of all processes of `model`."""
    graph = DotGraph(
        graph_attributes=graph_attributes(title=plain(model.label(language))) | {"newrank": "true"},
        node_attributes=NODE_ATTRIBUTES,
        edge_attributes=EDGE_ATTRIBUTES,
    )
    marks = marks_of(findings)
    names = {id_: f"n{number}" for number, id_ in enumerate(model.nodes)}
    by_actor: dict[str, list[AnyNode]] = {}
    performers = _performers(model)
    for id_, node in model.nodes.items():
        by_actor.setdefault(performers.get(id_) or NOBODY, []).append(node)

    def add_nodes(frame: DotGraph, actor: str) -> None:
        for node in by_actor[actor]:
            _add_node(frame, node, names[node.id], marks.get(("node", node.id)), language)

    add_clusters(graph, model, by_actor, add_nodes, language)
    drawn: set[str] = set()
    for process in model.processes.values():
        beside = {(h.from_node, h.to_node): h for h in process.handovers or ()}
        for flow in process.flows:
            handover = beside.get((flow.source, flow.target))
            attributes = {"style": "bold" if flow.flow.default else "solid"}
            texts = [text_in(text, language) for text in (flow.flow.when, flow.flow.name) if text is not None]
            if handover is not None:
                drawn.add(handover.id)
                more, words = _handover_line(handover, marks.get(("handover", handover.id)), language)
                attributes |= more
                texts += words
            if texts:
                attributes["label"] = label(*texts, width_px=EDGE_WIDTH_PX)
            graph.edge(names[flow.source], names[flow.target], **attributes)
        _add_attachments(graph, process, names)
    for handover in model.handovers.values():
        source, target = handover.from_node, handover.to_node
        if handover.id in drawn or source is None or target is None:
            continue
        attributes, texts = _handover_line(handover, marks.get(("handover", handover.id)), language)
        shown = label(*texts, width_px=EDGE_WIDTH_PX)
        graph.edge(names[source], names[target], xlabel=shown, constraint="false", **attributes)
    return graph


def _add_attachments(graph: DotGraph, process: Process, names: dict[str, str]) -> None:
    """Draw what belongs together without flow: boundary events at their step, a sub-process and where it begins."""
    for node in process.all_nodes:
        if isinstance(node, Event) and node.attached_to is not None:
            graph.edge(names[node.attached_to], names[node.id], style="dotted", arrowhead="none")
        if isinstance(node, SubProcess):
            for inner in node.nodes.values():
                if isinstance(inner, Event) and inner.type == "start":
                    graph.edge(names[node.id], names[inner.id], style="dotted", arrowhead="odot")


def _performers(model: ArrivalModel) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for process in model.processes.values():
        graph = build_workflow_graph(process)
        found.update(zip((node.id for node in graph.nodes), find_performers(graph), strict=True))
    return found


def _add_node(frame: DotGraph, node: AnyNode, name: str, mark: FindingMark | None, language: Language) -> None:
    texts = [node.label(language)] if node.name is not None else []
    attributes = {"shape": "box", "style": "rounded,filled"}
    match node:
        case Event():
            rings = {"start": ("1", "1.2"), "end": ("1", "3.2")}.get(node.type, ("2", "1.2"))
            attributes = {"shape": "oval", "peripheries": rings[0], "penwidth": rings[1], "margin": "0.04,0.04"}
            if node.type == "boundary" and not node.interrupting:
                attributes["style"] = "filled,dashed"
        case Gateway():
            attributes = {"shape": "diamond", "margin": "0.01,0.01"}
            texts = [_GATEWAY_SIGNS[node.type], *texts]
        case SubProcess():
            attributes = {"shape": "box", "style": "filled", "peripheries": "2", "fillcolor": GROUND}
            texts.append(f"({_SUB_PROCESS.in_language(language)})")
        case _:
            if node.type == "call":
                attributes["penwidth"] = "3"
    if mark is not None:
        attributes |= mark.attributes()
        texts.append(mark.words(language))
    width = 100 if isinstance(node, Gateway | Event) else STEP_WIDTH_PX
    frame.node(name, label=label(*texts, width_px=width), **attributes)


def _handover_line(
    handover: Handover, mark: FindingMark | None, language: Language
) -> tuple[dict[str, str], list[str]]:
    """Return how the line of a handover looks, and what stands at it."""
    kind = kind_of(handover)
    colour = CARRIED_COLOUR if kind == "carried" else QUIET
    texts = {
        "passed": [", ".join(channel_words((handover,), language))],
        "carried": [CARRIED.in_language(language)],
        "nothing": [NOTHING.in_language(language)],
    }[kind]
    attributes = {"color": colour, "fontcolor": colour, "arrowhead": "vee"}
    attributes["style"] = "dotted" if kind == "nothing" else "dashed"
    if mark is not None:
        attributes |= mark.attributes() | {"fontcolor": mark.attributes()["color"]}
        texts.append(mark.words(language))
    return attributes, texts
