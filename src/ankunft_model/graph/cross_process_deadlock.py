"""What blocks processes together although each may be sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class CrossPoolDeadlock:
    """Nodes that wait for messages which cannot come, and a run of all processes that leads there.

    `definite`: no run of all processes comes to its end without it.
    """

    nodes: tuple[str, ...]
    witness: tuple[str, ...]
    certainty: Literal["definite", "possible"] = "definite"
