"""Blocks while they are being put together: what lies on a merged flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ankunft_model.graph.block_nets import Net

LEAF: Final = 0
EMPTY: Final = 1
SEQUENCE: Final = 2
CHOICE: Final = 3
PARALLEL: Final = 4
INCLUSIVE: Final = 5
LOOP: Final = 6
PREFIX: Final = 7
DETACHED: Final = 8
"""A started process, whose one part begins here and goes on beside all that comes behind."""
NET: Final = 9
"""Parts between splits and joins that merge no further."""


@dataclass(slots=True, eq=False)
class Block:
    """A part of a process with one way in and one way out.

    Attributes:
        kind: One of the constants of this module.
        parts: What it is made of; `flows` are the flows that choose each part of a choice, -1 where none does.
        node: The node of a leaf.
        bound: How often the way back of a loop may be taken in a run; -1: without bound.
        net: How the parts of a net hang together.
    """

    kind: int
    parts: list[Block] = field(default_factory=list["Block"])
    flows: list[int] = field(default_factory=list[int])
    node: int = -1
    bound: int = -1
    net: Net | None = None


NOTHING: Final = Block(EMPTY)


def leaf(node: int) -> Block:
    """Return the block that executes one node."""
    return Block(LEAF, node=node)


def sequence(*parts: Block) -> Block:
    """Return the block that does one part after the other."""
    real = [part for part in parts if part.kind != EMPTY]
    if not real:
        return NOTHING
    return real[0] if len(real) == 1 else Block(SEQUENCE, real)


def optional(block: Block) -> Block:
    """Return the block that does the part or nothing."""
    return Block(CHOICE, [block, NOTHING], [-1, -1])


def flat(block: Block) -> list[Block]:
    """Return the parts of a sequence of sequences, in order."""
    found: list[Block] = []
    stack = [block]
    while stack:
        here = stack.pop()
        if here.kind == SEQUENCE:
            stack.extend(reversed(here.parts))
        else:
            found.append(here)
    return found
