"""The network of handovers: who hands over to whom, how often, how, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ankunft_model.exports.dot.actor_clusters import NOBODY, add_clusters, chain_of
from ankunft_model.exports.dot.drawing import DotGraph
from ankunft_model.exports.dot.finding_marks import marks_of
from ankunft_model.exports.dot.handover_words import (
    CARRIED,
    NOTHING,
    HandoverKind,
    channel_words,
    kind_of,
    lacks,
)
from ankunft_model.exports.dot.labels import label, left
from ankunft_model.exports.dot.style import (
    CARRIED as CARRIED_COLOUR,
)
from ankunft_model.exports.dot.style import (
    EDGE_ATTRIBUTES,
    LINE,
    MISSING,
    NODE_ATTRIBUTES,
    QUIET,
    UNKNOWN,
    graph_attributes,
)
from ankunft_model.findings import Finding
from ankunft_model.graph import build_workflow_graph, find_performers
from ankunft_model.model import PERSON_KIND, ArrivalModel, Handover
from ankunft_model.wording import Language, Wording

EDGE_WIDTH_PX: Final = 150
ACTOR_WIDTH_PX: Final = 140
_NO_RECEIVER: Final = Wording(de="kein Empfänger", en="no receiver")
_LEGEND: Final = Wording(
    de="Durchgezogen: vereinbart und begründet. Gestrichelt: etwas fehlt (rot) oder ist unbekannt (braun), siehe Text. "
    "Punktiert: die Person trägt es selbst (violett) oder nichts wird übergeben (grau).",
    en="Solid: agreed and justified. Dashed: something is missing (red) or unknown (brown), see text. "
    "Dotted: the person carries it (violet) or nothing is handed over (grey).",
)

Pair = tuple[str, str, HandoverKind]


def handover_network(model: ArrivalModel, *, language: Language, findings: Iterable[Finding]) -> DotGraph:
    """Return the network: actors, and one line per pair of actors and kind of handover.

    Left out: handovers within one actor, and those whose sender is not known.
    """
    title = Wording(de="Übergaben", en="Handovers").in_language(language)
    heading = left(f"{title}: {model.label(language)}", " ", _LEGEND.in_language(language), width_px=620)
    graph = DotGraph(
        graph_attributes=graph_attributes(title=heading) | {"ranksep": "1.1", "nodesep": "0.4", "fontsize": "14"},
        node_attributes=NODE_ATTRIBUTES | {"shape": "box", "style": "rounded,filled"},
        edge_attributes=EDGE_ATTRIBUTES,
    )
    pairs = _pairs(model)
    actors: dict[str, None] = {}
    for sender, receiver, _ in pairs:
        actors.setdefault(sender)
        actors.setdefault(receiver)
    names = {actor: f"n{number}" for number, actor in enumerate(actors)}
    marks = marks_of(findings)
    above = {organisation for actor in actors if actor != NOBODY for organisation in chain_of(model, actor)[:-1]}

    def add_actor(frame: DotGraph, actor: str) -> None:
        if actor == NOBODY:
            frame.node(names[actor], label=label(_NO_RECEIVER.in_language(language), width_px=120), style="dashed")
            return
        is_person = model.actors[actor].kind == PERSON_KIND
        mark = marks.get(("actor", actor))
        texts = [model.actors[actor].label(language), *([] if mark is None else [mark.words(language)])]
        frame.node(
            names[actor],
            label=label(*texts, width_px=ACTOR_WIDTH_PX),
            shape="oval" if is_person else "box",
            **({} if mark is None else mark.attributes()),
        )

    add_clusters(graph, model, actors, add_actor, language, frames_of=lambda actor: actor in above)
    drawn: set[tuple[str, str, tuple[str, ...]]] = set()
    lines = {pair: _line(model, pair, handovers, language) for pair, handovers in pairs.items()}
    for (sender, receiver, kind), (texts, attributes) in lines.items():
        back = lines.get((receiver, sender, kind))
        is_mutual = back is not None and back[0] == texts
        if is_mutual and (receiver, sender, texts) in drawn:
            continue
        drawn.add((sender, receiver, texts))
        if is_mutual:
            attributes["dir"] = "both"
        graph.edge(names[sender], names[receiver], label=label(*texts, width_px=EDGE_WIDTH_PX), **attributes)
    return graph


def _pairs(model: ArrivalModel) -> dict[Pair, list[Handover]]:
    """Return the handovers by sender, receiver and kind, in the order of the model."""
    performer_of: dict[str, str | None] = {}
    for process in model.processes.values():
        graph = build_workflow_graph(process)
        performer_of.update(zip((node.id for node in graph.nodes), find_performers(graph), strict=True))
    pairs: dict[Pair, list[Handover]] = {}
    for handover in model.handovers.values():
        source, target = handover.from_, handover.to
        sender = performer_of.get(source) if isinstance(source, str) else source.actor
        receiver = performer_of.get(target) if isinstance(target, str) else target.actor
        if sender is None or sender == receiver:
            continue
        pairs.setdefault((sender, receiver or NOBODY, kind_of(handover)), []).append(handover)
    return pairs


def _line(
    model: ArrivalModel, pair: Pair, handovers: list[Handover], language: Language
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return what stands at the line of a pair, and how it looks.

    What the person gives or gets needs no agreement between institutions and is not judged here.
    """
    sender, receiver, kind = pair
    counted = Wording(de=f"{len(handovers)} Übergaben", en=f"{len(handovers)} handovers").in_language(language)
    texts = [counted] if len(handovers) > 1 else []
    if kind == "nothing":
        return (NOTHING.in_language(language),), {"color": QUIET, "fontcolor": QUIET, "style": "dotted"}
    if kind == "carried":
        texts.append(CARRIED.in_language(language))
        return tuple(texts), {"color": CARRIED_COLOUR, "fontcolor": CARRIED_COLOUR, "style": "dotted"}
    texts.append(", ".join(channel_words(handovers, language)))
    with_person = any(end != NOBODY and model.actors[end].kind == PERSON_KIND for end in (sender, receiver))
    words, is_missing = ((), False) if with_person else lacks(model, handovers)
    colour = MISSING if is_missing else UNKNOWN if words else LINE
    return tuple(texts + [word.in_language(language) for word in words]), {
        "color": colour,
        "fontcolor": colour,
        "style": "dashed" if words else "solid",
        "penwidth": f"{min(1.2 + 0.4 * (len(handovers) - 1), 3.2):.1f}",
    }
