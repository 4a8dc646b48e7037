"""Python's search for unreachable cycles, put off while many objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Generator[None]:
    """Put off the search for unreachable cycles until the block is left.

    Analyses and readers make many objects and keep nearly all of them; each search would look at all of them again, so
    that time would grow faster than the model. What is not part of a cycle is freed at once as ever.

    Example:
        >>> with collector_paused():
        ...     gc.isenabled()
        False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _count_as_old()
            gc.enable()


def _count_as_old() -> None:
    """Let everything that there is count as old, so that the search for young cycles does not look at all of it.

    Freezing takes all objects out of the search and undoing it puts them back as old ones; both cost no time per
    object. Where a program has frozen objects itself, they stay as they are.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
