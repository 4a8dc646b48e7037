"""Frames around what belongs to one organisation, units inside of their organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from ankunft_model.exports.dot.drawing import DotGraph
from ankunft_model.exports.dot.labels import label
from ankunft_model.exports.dot.style import FONT, GROUND, INK, INNER_GROUND, QUIET
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

NOBODY = ""
"""Key of what no known actor performs."""


def chain_of(model: ArrivalModel, actor: str) -> tuple[str, ...]:
    """Return the actor and everything above it, the organisation at the top first."""
    chain = [actor]
    while (above := model.actors[chain[-1]].part_of) is not None:
        chain.append(above)
    return tuple(reversed(chain))


def add_clusters(
    graph: DotGraph,
    model: ArrivalModel,
    members: Iterable[str],
    add_member: Callable[[DotGraph, str], None],
    language: Language,
    *,
    frames_of: Callable[[str], bool] = lambda _: True,
) -> None:
    """Draw a frame per actor in `members` and per organisation above, in order of first mention.

    Args:
        graph: Where to draw.
        model: The model.
        members: Ids of actors, each once, or `NOBODY`.
        add_member: Draws what belongs to one actor into its frame.
        language: Language of the names.
        frames_of: Whether an actor has a frame of its own; else it stands in that of the organisation above.
    """
    children: dict[str, dict[str, None]] = {}
    own: set[str] = set()
    roots: dict[str, None] = {}
    for member in members:
        own.add(member)
        chain = () if member == NOBODY else chain_of(model, member)
        roots.setdefault(chain[0] if chain else NOBODY)
        for above, below in pairwise(chain):
            children.setdefault(above, {}).setdefault(below)
    numbers: dict[str, int] = {}

    def open_frame(actor: str, depth: int) -> DotGraph:
        numbers[actor] = len(numbers)
        return DotGraph(
            f"cluster_{numbers[actor]}",
            graph_attributes={
                "label": label(model.actors[actor].label(language), width_px=260),
                "style": "rounded,filled",
                "color": QUIET,
                "fillcolor": INNER_GROUND if depth % 2 else GROUND,
                "fontname": FONT,
                "fontsize": "14" if depth == 0 else "12",
                "fontcolor": INK,
                "labeljust": "l",
                "margin": "12",
            },
        )

    for root in roots:
        if root == NOBODY or not frames_of(root):
            add_member(graph, root)
            continue
        frames = [(root, open_frame(root, 0), iter(children.get(root, ())))]
        if root in own:
            add_member(frames[0][1], root)
        while frames:
            _, frame, rest = frames[-1]
            below = next(rest, NOBODY)
            if below == NOBODY:
                frames.pop()
                (frames[-1][1] if frames else graph).subgraph(frame)
                continue
            if not frames_of(below):
                add_member(frame, below)
                continue
            inner = open_frame(below, len(frames))
            if below in own:
                add_member(inner, below)
            frames.append((below, inner, iter(children.get(below, ()))))
