"""The elements of a projected pool: nodes of the model that it owns, and what is added so that pools fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ankunft_model.graph.participation.normal_form import NormalFlow, NormalNode

ElementKind = Literal[
    "start", "end", "step", "event", "boundary", "throw", "catch", "condition",
    "exclusive_split", "exclusive_join", "parallel_split", "parallel_join", "inclusive_split", "inclusive_join",
    "event_split",
]  # fmt: skip
"""What an element of a pool does.

`throw` and `catch` are added message events, `condition` an added event that waits for something inside the pool.
"""

FORKING: frozenset[ElementKind] = frozenset(("exclusive_split", "parallel_split", "inclusive_split", "event_split"))
JOINING: frozenset[ElementKind] = frozenset(("exclusive_join", "parallel_join", "inclusive_join"))


HANDOVER_KEY = "handover:"
"""Keys of messages beside the control flow begin so; no id of a flow does."""

NOTE_KEY = "note:"
"""Keys of notes that nothing more comes begin so."""


def note_key(pool: str, flow: str) -> str:
    """Return the key of the note to a pool that is sent on a flow."""
    return f"{NOTE_KEY}{pool}:{flow}"


def mark_name(handover: str) -> str:
    """Return the word for what belongs to the mark of a handover, behind the word for what an element does."""
    return f"{HANDOVER_KEY}{handover}"


@dataclass(frozen=True, slots=True)
class PoolElement:
    """An element of a pool's process.

    Attributes:
        id: Unique in the projection of the process.
        kind: What it does.
        node: The node that it stands for; None if it was added.
        sends: Keys of the messages that it sends when it completes.
        receives: Key of the message that it waits for, or that starts the instance.
        host: Of boundary events: id of the element they sit on.
        awaits: Of conditions, and of own catching events: id of the handover inside the pool that is waited for.
        inner: Of expanded sub-processes: what lies inside.
    """

    id: str
    kind: ElementKind
    node: NormalNode | None = None
    sends: tuple[str, ...] = ()
    receives: str | None = None
    host: str | None = None
    awaits: str | None = None
    inner: PoolProcess | None = None

    @property
    def is_gateway(self) -> bool:
        """Whether it forks or joins."""
        return self.kind in FORKING or self.kind in JOINING

    @property
    def stands_for_node(self) -> bool:
        """Whether it is the element that represents its model node, not one that was added beside it."""
        node = self.node
        return (
            node is not None
            and node.element is not None
            and node.id == node.element.id == self.id
            and not (self.kind == "end" and node.kind != "end")
        )


@dataclass(frozen=True, slots=True)
class PoolFlow:
    """A sequence flow of a pool.

    Attributes:
        source, target: Ids of its elements.
        flow: The flow of the normal form whose answer and name it carries.
        alternatives: Further flows that lead from the same element to the same other.
        handover: Id of the handover inside the pool that it is, if it is one.
    """

    source: str
    target: str
    flow: NormalFlow | None = None
    alternatives: tuple[NormalFlow, ...] = ()
    handover: str | None = None


@dataclass(frozen=True, slots=True)
class PoolProcess:
    """The process of one pool, well-formed by itself: its elements and sequence flows, in stable order."""

    owner: str
    elements: tuple[PoolElement, ...]
    flows: tuple[PoolFlow, ...]

    def levels(self) -> Iterator[PoolProcess]:
        """Yield the process, then the insides of its sub-processes."""
        found: list[PoolProcess] = [self]
        for process in found:
            yield process
            found.extend(element.inner for element in process.elements if element.inner is not None)


@dataclass(frozen=True, slots=True)
class PoolMessage:
    """A message from one pool to another.

    Attributes:
        key: The id of the crossing flow, or `HANDOVER_KEY` and the id of the handover whose mark or start it carries,
            or the key of a note.
        flow: The crossing flow; None for marks, starts and notes.
        handovers: Ids of the handovers that name it; empty: it is derived from the control flow alone.
        note: Of notes that nothing more comes: the flow that they are sent on.
        about: Of requests for the mark of a handover, and of notes that nobody will ask for it: the id of the handover.
    """

    key: str
    flow: NormalFlow | None
    handovers: tuple[str, ...]
    note: NormalFlow | None = None
    about: str | None = None

    @property
    def id(self) -> str:
        """Id of the flow or handover."""
        return self.key.removeprefix(HANDOVER_KEY)
