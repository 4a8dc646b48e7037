"""What each line of the library costs in one check: how often it is executed, and the memory that it asks for.

Both are counted, so that no load of the machine changes them. Memory shows what calls do not: a slice or a copy of a
list is one instruction, however long the list is.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import ankunft_model
from ankunft_model.analysis import check
from ankunft_model.model import ArrivalModel

LIBRARY = str(Path(ankunft_model.__file__).parent)


@dataclass(frozen=True)
class Costs:
    """Executions and bytes by place, as `module.py:line`."""

    executions: Counter[str] = field(default_factory=Counter[str])
    bytes: Counter[str] = field(default_factory=Counter[str])


def costs_of_check(model: ArrivalModel) -> Costs:
    """Return what each line of the library costs when all rules look at a model."""
    check(model)  # what is loaded once counts for no model
    executions: Counter[tuple[CodeType, int]] = Counter()
    sizes: Counter[tuple[CodeType, int]] = Counter()
    here: tuple[CodeType, int] | None = None
    before = 0

    def note(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal here, before
        _, peak = tracemalloc.get_traced_memory()
        if here is not None:
            sizes[here] += peak - before  # also what is given back by now, such as a slice that was walked
        here = frame.f_code, frame.f_lineno
        if event == "line":
            executions[here] += 1
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()  # with what counting has taken itself
        return note

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        return note if frame.f_code.co_filename.startswith(LIBRARY) else None

    earlier = sys.gettrace()
    gc.collect()
    tracemalloc.start()
    sys.settrace(enter)
    try:
        check(model)
    finally:
        sys.settrace(earlier)
        tracemalloc.stop()
    return Costs(_by_place(executions), _by_place(sizes))


def growing_lines(few: Costs, many: Costs, *, small: int, times: int, steepest: float) -> dict[str, str]:
    """Return the places whose costs per step grow more than `steepest` times as fast as the model, and how they do.

    Left out are those that cost next to nothing per step, and those that the small model hardly comes to.

    Args:
        few: Costs of a model with `small` steps.
        many: Costs of one with `times` as many.
        small: Number of steps of the small model.
        times: How many times larger the other model is.
        steepest: The greatest growth of costs per step that is allowed.
    """
    found: dict[str, str] = {}
    for what, least, of_few, of_many in (
        ("executions", 2, few.executions, many.executions),
        ("bytes", 200, few.bytes, many.bytes),
    ):
        for place, cost in of_many.items():
            before, after = of_few[place] / small, cost / small / times
            is_usual = few.executions[place] >= small // 8
            if is_usual and after >= least and after > steepest * before:
                found[place] = f"{before:.1f} {what} per step become {after:.1f}"
    return found


def _by_place(counts: Counter[tuple[CodeType, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (code, line), count in counts.items():
        found[f"{code.co_filename.removeprefix(LIBRARY)[1:]}:{line}"] += count
    return found
