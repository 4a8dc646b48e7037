"""What a pool waits for, and after which of its exits: the results of looking at one region of a process.

Source: design of the collaboration view, part 3 (`docs/explanation/projection.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ankunft_model.graph.participation.blocks import Block


@dataclass(frozen=True, slots=True)
class Exit:
    """A place where the pool's token has left, or where a region begins outside the pool.

    Attributes:
        key: Names the exit: the id of the crossing flow, of the first flow of a region, or of the split of a block
            that the pool has gone around.
        position: The foreign flow that is walked on from; END if the region is over.
        region: First flow of the region, or the whole process.
        has_instance: Whether there is a token of the pool that can wait.
    """

    key: str
    position: str
    region: str
    has_instance: bool


@dataclass(frozen=True)
class WaitingClass:
    """Exits and entries that hang together: what the pool waits for after any of these exits.

    Attributes:
        exits: In the order in which they are found.
        entries: Crossing flows into the pool, in declared order.
        forked: Blocks of others at which the pool forks without a message; then there is no other entry.
        is_starting: The pool cannot know whether anything comes: every entry starts an instance, every exit ends one.
        uncertain_exits: Those after which a token of the pool would wait for what may not come.
        silences: Decisions of others, between these exits and the entries, that can make it not come: the node and the
            flows behind which nothing comes.
        notes: Flows, behind decisions of others, on which a note that nothing more comes would make it certain what the
            pool has to wait for; empty where no notes can do that.
        is_notified: Whether such notes are sent; then the pool waits for them, too.
    """

    exits: tuple[Exit, ...]
    entries: tuple[str, ...]
    forked: tuple[Block, ...]
    is_starting: bool
    uncertain_exits: tuple[Exit, ...] = ()
    silences: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    is_notified: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing can come any more: the pool is done in this region."""
        return not self.entries and not self.forked


@dataclass(frozen=True, slots=True)
class Look:
    """The classes of one region, and what they rest on.

    Attributes:
        exits: Its exits.
        consulted: How the pool takes part in the blocks and branches on the way, by split and by first flow.
        classes: Its classes, in the order of their first exit.
    """

    exits: list[Exit]
    consulted: dict[str, object]
    classes: list[WaitingClass]
