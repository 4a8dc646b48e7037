"""Why an answer about runs is not exact: what was not told apart, or not looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias, get_args

Limit: TypeAlias = Literal[
    "states",
    "tokens",
    "instances",
    "starts",
    "marks",
    "inclusive_ways",
    "repetitions",
    "asker_sets",
    "no_end",
    "runs",
    "single_ways",
    "several_ways",
    "beginnings",
]
"""What was reached.

- `states`: more states than are looked at.
- `tokens`: more than two tokens on a flow, or a second one in a step or sub-process that is active already.
- `instances`: instances of a process that a loop starts may overlap, and more at once than are told apart could show
  more; that is taken as possible.
- `starts`: processes start each other without end, or more instances than are told apart.
- `marks`: more marks of a waiting handover than are told apart.
- `inclusive_ways`: an inclusive gateway with more ways than are combined.
- `repetitions`: a bound of repetitions that is too high to be counted.
- `asker_sets`: more sets of asking bodies within one run than are told apart.
- `no_end`: no run comes to an end, so that what is counted is counted on those that get stuck.
- `runs`: more combinations of decisions than are looked at one by one.
- `single_ways`: times are those of single ways, because runs are too many to be looked at and not made of blocks.
- `several_ways`: several ways beside each other decide how long it takes from one node to another.
- `beginnings`: when a step begins does not follow from what is stated of its time.
"""

LIMITS: Final[tuple[Limit, ...]] = get_args(Limit)


def hide_no_run(limits: Iterable[Limit]) -> bool:
    """Return whether all runs were looked at: that none comes to an end is said as a limit, but keeps nothing out.

    Example:
        >>> hide_no_run(["no_end"]), hide_no_run(["no_end", "states"])
        (True, False)
    """
    return all(limit == "no_end" for limit in limits)


def in_order(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """Return each limit once, in the order in which they are explained.

    Example:
        >>> in_order(["marks", "states", "marks"])
        ('states', 'marks')
    """
    reached = set(limits)
    return tuple(limit for limit in LIMITS if limit in reached)
