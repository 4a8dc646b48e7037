"""Reading without the collector of circular garbage, which would walk through all that is read again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector while many objects are made and none is thrown away; what is made must be bounded.

    Several threads may do so at a time: who found it running starts it again.

    Example:
        >>> with collector_paused():
        ...     gc.isenabled()
        False
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
