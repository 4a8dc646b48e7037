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
            gc.enable()
