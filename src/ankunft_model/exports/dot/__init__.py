"""Graphs for Graphviz: the process map and the network of handovers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ankunft_model.exports.dot.handover_network import handover_network
from ankunft_model.exports.dot.process_map import process_map
from ankunft_model.exports.dot.rendering import DotFormat, render_dot
from ankunft_model.findings import Finding
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

__all__ = ["DotFormat", "render_dot", "to_dot"]


def to_dot(
    model: ArrivalModel,
    *,
    view: Literal["process", "handovers"] = "process",
    language: Language = "de",
    findings: Iterable[Finding] = (),
) -> str:
    """Return a graph in the language of Graphviz.

    Ids of nodes are made here; text of the model is text only: no addresses, no pictures, no markup.

    Args:
        model: What is drawn.
        view: `process`: all nodes in the frames of their actors; `handovers`: actors and what passes between them.
        language: Language of names and words.
        findings: Elements that they name are marked, in colour and in words.
    """
    draw = handover_network if view == "handovers" else process_map
    return draw(model, language=language, findings=findings).source
