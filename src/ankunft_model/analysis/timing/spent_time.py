"""How much time one node, flow or handover takes: bounds, what is typical, what is waiting, what nobody stated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ankunft_model.model import Activity, AnyNode, Duration, DurationRange, Event, SubProcess


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one piece of a process takes.

    Attributes:
        least: Least time; what is unknown counts as nothing here, so that it is a bound in any case.
        most: Greatest time; None: unknown, or without bound.
        stated: Greatest time that is stated; what is unknown counts as nothing, a step without a greatest number of
            repetitions is repeated as often as it has to be.
        typical: Bounds of the usual time: the likely time if it is stated, else from `least` to `stated`.
        waiting: Part of `stated` in which nobody works on the case.
        waiting_least: Part of `least` in which nobody works on the case.
        unknown: Fields of the element that would have to be stated, such as `duration` or `wait.max`.
        untypical: Fields whose likely part would have to be stated.
        is_unbounded: Whether the model sets no bound to repetitions.
    """

    least: int = 0
    most: int | None = 0
    stated: int = 0
    typical: tuple[int, int] = (0, 0)
    waiting: int = 0
    waiting_least: int = 0
    unknown: tuple[str, ...] = ()
    untypical: tuple[str, ...] = ()
    is_unbounded: bool = False

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            least=self.least + other.least,
            most=None if self.most is None or other.most is None else self.most + other.most,
            stated=self.stated + other.stated,
            typical=(self.typical[0] + other.typical[0], self.typical[1] + other.typical[1]),
            waiting=self.waiting + other.waiting,
            waiting_least=self.waiting_least + other.waiting_least,
            unknown=self.unknown + other.unknown,
            untypical=self.untypical + other.untypical,
            is_unbounded=self.is_unbounded or other.is_unbounded,
        )

    def beside(self, other: Spent) -> Spent:
        """Return the time until both are over that begin at once."""
        longer = self if self.stated >= other.stated else other
        return replace(
            self + other,
            least=max(self.least, other.least),
            most=None if self.most is None or other.most is None else max(self.most, other.most),
            stated=longer.stated,
            typical=(max(self.typical[0], other.typical[0]), max(self.typical[1], other.typical[1])),
            waiting=longer.waiting,
            waiting_least=max(self.waiting_least, other.waiting_least),
        )


NO_TIME: Final = Spent()


def time_of_part(part: DurationRange | None, field: str, *, is_waiting: bool) -> Spent:
    """Return the time that one field states; a missing bound is unknown.

    Args:
        part: The value; None counts as no time at all, whoever calls decides whether that is right.
        field: Name of the field, for the question what is unknown.
        is_waiting: Whether nobody works on the case in this time.

    Example:
        >>> from ankunft_model.model.quantities import DurationRange
        >>> spent = time_of_part(DurationRange.exactly("P2D"), "wait", is_waiting=True)
        >>> spent.least, spent.most, spent.waiting
        (172800, 172800, 172800)
    """
    if part is None:
        return NO_TIME
    least = part.min_seconds or 0
    likely = part.likely
    stated = part.max_seconds
    if stated is None:
        stated = max(least, likely.max_seconds if likely is not None else least)
    stated = max(stated, least)
    unknown = tuple(f"{field}.{bound}" for bound, value in (("min", part.min), ("max", part.max)) if value is None)
    return Spent(
        least=least,
        most=part.max_seconds,
        stated=stated,
        typical=(least, stated) if likely is None else (likely.min_seconds, likely.max_seconds),
        waiting=stated if is_waiting else 0,
        waiting_least=least if is_waiting else 0,
        unknown=unknown,
        untypical=(f"{field}.likely",) if likely is None and least < stated else (),
    )


def time_of_node(node: AnyNode, *, is_sent_for: bool = False) -> Spent:
    """Return the time of one execution of a node, repetitions included, from its last token to its completion.

    A step that states one of `wait` and `duration` has stated its time; the other counts as none. A sub-process
    without both takes the time of what is inside. Gateways, starts, ends and what is thrown take no time. A timer
    takes its duration. When a message or a signal comes is unknown, unless a waiting handover brings it.

    Args:
        node: The node; a boundary event that is no timer has to be asked with its host, see `time_of_boundary`.
        is_sent_for: Whether a handover with `waits` leads here.
    """
    if isinstance(node, Activity):
        return _time_of_activity(node)
    if isinstance(node, Event) and node.type in ("catch", "boundary") and node.trigger != "link":
        return _time_of_catch(node, is_sent_for=is_sent_for)
    return NO_TIME


def time_of_boundary(event: Event, host: Spent | None) -> Spent:
    """Return the time from the beginning of the step on which the event sits to the event.

    A timer with a duration takes that; anything else happens while the step lasts, which is unknown for a sub-process.

    Args:
        event: The boundary event.
        host: Time of the step; None for a sub-process.
    """
    if isinstance(event.at, Duration) or host is None:
        return time_of_node(event)
    return replace(host, least=0, typical=(0, host.typical[1]), waiting=0, waiting_least=0)


def _time_of_catch(event: Event, *, is_sent_for: bool) -> Spent:
    if isinstance(event.at, Duration):
        return time_of_part(DurationRange.exactly(event.at), "at", is_waiting=True)
    if is_sent_for:
        return NO_TIME
    return Spent(most=None, unknown=("at",) if event.trigger == "timer" else ("trigger",))


def _time_of_activity(step: Activity) -> Spent:
    wait = time_of_part(step.wait, "wait", is_waiting=True)
    work = time_of_part(step.duration, "duration", is_waiting=False)
    once = wait + work
    if step.wait is None and step.duration is None and not isinstance(step, SubProcess):
        once = Spent(most=None, unknown=("duration",))
    repeats = step.repeats
    if repeats is None:
        return once
    pause = time_of_part(repeats.every, "repeats.every", is_waiting=True)
    least = max(repeats.min, 1)
    most = repeats.max
    times = most if most is not None else least
    typical_low = least * once.typical[0] + (least - 1) * pause.typical[0]
    typical_high = times * once.typical[1] + (times - 1) * pause.typical[1]
    greatest: int | None = None
    is_unbounded = most is None and (once.stated > 0 or pause.stated > 0 or once.most is None)
    if once.most is not None and pause.most is not None and not is_unbounded:
        greatest = times * once.most + (times - 1) * pause.most
    return Spent(
        least=least * once.least + (least - 1) * pause.least,
        most=greatest,
        stated=times * once.stated + (times - 1) * pause.stated,
        typical=(typical_low, typical_high),
        waiting=times * once.waiting + (times - 1) * pause.waiting,
        waiting_least=least * once.waiting_least + (least - 1) * pause.waiting_least,
        unknown=once.unknown + pause.unknown,
        untypical=once.untypical + pause.untypical + (("repeats",) if times > least or most is None else ()),
        is_unbounded=is_unbounded,
    )
