"""Where tokens lie, in ids of nodes."""

from __future__ import annotations

from ankunft_model.graph.token_game import TokenGame, bits


def meeting_node(game: TokenGame, doubled: int, move: int) -> str:
    """Return the node out of which two tokens would lie on one flow."""
    graph = game.control
    place = (doubled & -doubled).bit_length() - 1
    if place < len(graph.source):
        return graph.ids[graph.source[place]]
    found = game.transitions[move]
    return graph.ids[found.executes[-1] if found.executes else found.cluster % (len(graph.ids) + 1)]


def waiting_nodes(game: TokenGame, marking: int) -> tuple[str, ...]:
    """Return the nodes at which the tokens of a dead marking wait, in the order of the file."""
    graph = game.control
    found = {graph.target[flow] for flow in bits(marking & ((1 << len(graph.source)) - 1))}
    return tuple(graph.ids[node] for node in sorted(found))
