"""Which processes consist of blocks, so that times are counted by recursion and exact."""

from __future__ import annotations

import pytest

from ankunft_model.analysis.timing.blocks import consists_of_blocks
from ankunft_model.analysis.timing.time_graph import build_time_graph
from ankunft_model.graph.workflow_graph import build_workflow_graph

from ..rules.cases import case

KINDS = {
    "x": "type: exclusive",
    "p": "type: parallel",
    "t": "name: Schritt",
    "s": "type: subprocess, name: Teil",
    "e": "type: end",
}


def nodes_of(drawn: str) -> str:
    """Return nodes as YAML: `name KIND: targets`, parted by semicolons, in the brackets of a sub-process by commas."""
    lines: list[str] = []
    for one in drawn.split(";"):
        head, _, targets = one.strip().rpartition(":")
        name, kind, *inner = head.split(maxsplit=2)
        flows = ", ".join(f"{{to: {to}{f', when: {to}' * (kind == 'x')}}}" for to in targets.split())
        content = f", nodes: {{{', '.join(nodes_of(inner[0][1:-1].replace(',', ';')).splitlines())}}}" if inner else ""
        lines.append(f"{name}: {{{KINDS[kind]}, actor: agentur, next: [{flows}]{content}}}")
    return "\n".join(lines)


def is_made_of_blocks(nodes: str) -> bool:
    process = case(nodes).processes["p"]
    return consists_of_blocks(build_time_graph(build_workflow_graph(process), ()))


BLOCKS = {
    "a sequence": "first t: b; b t: ende",
    "an exclusive block": "first x: a b; a t: j; b t: j; j x: ende",
    "an exclusive block with a way without a step": "first x: a j; a t: j; j x: ende",
    "a block in a block": "first p: a x; a t: j; x x: b c; b t: y; c t: y; y x: j; j p: ende",
    "branches that end by themselves": "first p: a b; a t: ende; b t: other; other e: ",
    "a loop with steps on both ways": "first x: a; a t: x; x x: b ende; b t: first",
    "a loop back to where it was decided": "first x: a b; a t: first; b t: ende",
    "a loop around another": "first x: i; i x: a; a t: x; x x: i y; y x: first ende",
    "a parallel block in a loop": "first x: s; s p: a b; a t: j; b t: j; j p: x; x x: first ende",
    "a block inside a sub-process": "first s [x x: c d, c t: y, d t: y, y x: z, z t: q, q t: r, r t: o, o e: ]: ende",
}
OTHERS = {
    "parallel branches that are merged one by one": "first p: a b; a t: j; b t: j; j x: c; c t: ende",
    "a decision whose ways wait for each other": "first x: a b; a t: j; b t: j; j p: c; c t: ende",
    "parallel branches that wait for one another in between": (
        "first p: a b; a t: s; b t: j; s p: j k; j p: c; c t: k; k p: d; d t: ende"
    ),
    "a loop that is entered at two places": "first x: j k; j x: a; a t: k; k x: b; b t: x; x x: j ende",
    "a loop out of a parallel branch": "first x: s; s p: a b; a t: x; x x: first k; b t: k; k p: ende",
    "a sub-process that is no block": "first s [x x: c d, c t: y, d t: y, y p: o, o e: ]: ende",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_recognised(name: str) -> None:
    assert is_made_of_blocks(nodes_of(BLOCKS[name]))


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_block_is_none(name: str) -> None:
    assert not is_made_of_blocks(nodes_of(OTHERS[name]))


def test_an_event_at_the_border_is_a_decision_if_it_interrupts() -> None:
    nodes = nodes_of("first t: j; b t: j; j x: ende") + (
        "\nlate: {type: boundary, attached_to: first, trigger: timer, at: P3D, next: b, interrupting: %s}"
    )

    assert is_made_of_blocks(nodes % "true")
    assert not is_made_of_blocks(nodes % "false")
