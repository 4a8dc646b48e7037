"""The symbols of BPMN inside of shapes: triggers of events, kinds of tasks, signs of gateways.

Symbols of events and gateways are drawn around the origin for a circle of radius 18 and a diamond of half width 25;
symbols of tasks in a square of 18 with its corner in the origin.

Source: OMG formal/2011-01-03 (BPMN 2.0), tables 10.86, 10.93, 13.1 and chapter 10 (what a symbol shows); the drawings
are ours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ankunft_model.exports.svg.markup import css_colours, number, path, tag


def _stroke(d: str, *, filled: bool, reverse: bool = False) -> str:
    return tag("path", d=d, class_=f"icon{' solid' if filled else ''}{' reverse' if reverse else ''}")


def _ring(radius: float, count: int, *, turn: float = -90.0) -> list[tuple[float, float]]:
    """Return `count` points on a circle around the origin, the first one at `turn` degrees."""
    angles = [math.radians(turn + 360 * place / count) for place in range(count)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _message(filled: bool) -> str:  # noqa: FBT001 - all symbols have this form
    return _stroke("M-10,-7H10V7H-10Z", filled=filled) + _stroke("M-10,-7L0,1.5L10,-7", filled=filled, reverse=filled)


def _timer(filled: bool) -> str:  # noqa: FBT001, ARG001 - a timer is only ever caught
    ticks = "".join(
        f"M{number(x * 8.6)},{number(y * 8.6)}L{number(x * 10.6)},{number(y * 10.6)}" for x, y in _ring(1, 12)
    )
    return tag("circle", r=11.5, class_="icon") + _stroke(f"{ticks}M0,-7V0L4.5,3", filled=False)


def _signal(filled: bool) -> str:  # noqa: FBT001
    return _stroke("M0,-10L10,7H-10Z", filled=filled)


def _escalation(filled: bool) -> str:  # noqa: FBT001
    return _stroke("M0,-11L8,10L0,2L-8,10Z", filled=filled)


def _error(filled: bool) -> str:  # noqa: FBT001
    return _stroke("M-10,9L-4.5,-8.5L3.5,2.5L10,-9L4.5,8.5L-3.5,-2.5Z", filled=filled)


def _conditional(filled: bool) -> str:  # noqa: FBT001, ARG001 - a condition is only ever caught
    return _stroke("M-8,-10H8V10H-8ZM-5,-6H5M-5,-2H5M-5,2H5M-5,6H5", filled=False)


def _link(filled: bool) -> str:  # noqa: FBT001
    return _stroke("M-11,-4.5H2V-10L12,0L2,10V4.5H-11Z", filled=filled)


def _terminate(filled: bool) -> str:  # noqa: FBT001, ARG001 - always filled
    return tag("circle", r=11, class_="icon solid")


def _compensate(filled: bool) -> str:  # noqa: FBT001
    return _stroke("M-12,0L-2,-8V8ZM-2,0L8,-8V8Z", filled=filled)


def _cancel(filled: bool) -> str:  # noqa: FBT001
    cross = [(-9, -6), (-6, -9), (0, -3), (6, -9), (9, -6), (3, 0), (9, 6), (6, 9), (0, 3), (-6, 9), (-9, 6), (-3, 0)]
    return _stroke(path(cross, closed=True), filled=filled)


def _multiple(filled: bool) -> str:  # noqa: FBT001
    return _stroke(path(_ring(11, 5), closed=True), filled=filled)


def _parallel_multiple(filled: bool) -> str:  # noqa: FBT001
    cross = [(-3, -10), (3, -10), (3, -3), (10, -3), (10, 3), (3, 3), (3, 10), (-3, 10), (-3, 3), (-10, 3), (-10, -3),
             (-3, -3)]  # fmt: skip
    return _stroke(path(cross, closed=True), filled=filled)


_TRIGGERS: Final = {
    "message": _message,
    "timer": _timer,
    "signal": _signal,
    "escalation": _escalation,
    "error": _error,
    "conditional": _conditional,
    "link": _link,
    "terminate": _terminate,
    "compensate": _compensate,
    "cancel": _cancel,
}


def trigger_icon(triggers: tuple[str, ...], *, is_thrown: bool, is_parallel: bool = False) -> str:
    """Return the symbol of an event with these triggers; none for none.

    Args:
        triggers: Names of its event definitions, without the ending `EventDefinition`.
        is_thrown: Whether the event happens when flow reaches it.
        is_parallel: With several triggers: all of them have to come.

    Example:
        >>> trigger_icon(("signal",), is_thrown=False)
        '<path d="M0,-10L10,7H-10Z" class="icon"/>'
    """
    if len(triggers) > 1:
        return _parallel_multiple(is_thrown) if is_parallel else _multiple(is_thrown)
    draw = _TRIGGERS.get(next(iter(triggers), ""))
    return "" if draw is None else draw(is_thrown)


def _gear(x: float, y: float, radius: float) -> str:
    teeth = 8
    points = [
        (x + factor * radius * math.cos(angle), y + factor * radius * math.sin(angle))
        for tooth in range(teeth)
        for factor, share in ((0.74, -0.32), (1.0, -0.18), (1.0, 0.18), (0.74, 0.32))
        for angle in (2 * math.pi * (tooth + share) / teeth,)
    ]
    wheel = tag("path", d=path(points, closed=True), class_="icon")
    return wheel + tag("circle", cx=x, cy=y, r=radius * 0.34, class_="icon")


TASK_ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "userTask": tag("path", d="M2,17V13.5C2,10.5 5,9.5 9,9.5S16,10.5 16,13.5V17Z", class_="icon")
        + tag("circle", cx=9, cy=5.2, r=4, class_="icon"),
        "manualTask": tag(
            "path",
            d="M1,8.5L6.5,3.2C7.6,2.4 8.8,3.6 8,4.6L6.4,6.4H15.6C17.2,6.4 17.2,8.8 15.6,8.8H10.2H16.4C18,8.8 18,11.2 "
            "16.4,11.2H10.2H15.8C17.3,11.2 17.3,13.5 15.8,13.5H10.2H14.6C16,13.5 16,15.7 14.6,15.7H6.8L1,13.6Z"
            "M10.2,8.8H13M10.2,11.2H13M10.2,13.5H12.4",
            class_="icon",
        ),
        "serviceTask": _gear(6.6, 6.6, 6.4) + _gear(11.6, 11.6, 6.4),
        "sendTask": tag("path", d="M0.5,3.5H17.5V15H0.5Z", class_="icon solid")
        + tag("path", d="M0.5,3.5L9,10.5L17.5,3.5", class_="icon solid reverse"),
        "receiveTask": tag("path", d="M0.5,3.5H17.5V15H0.5ZM0.5,3.5L9,10.5L17.5,3.5", class_="icon"),
        "scriptTask": tag(
            "path",
            d="M5.5,1.5H16C12,5 16.5,8 14.5,11.5S12,16.5 13,16.5H2.5C6.5,13 1.5,9.5 4,6S6.5,2.5 5.5,1.5Z"
            "M6,5H12.4M5.4,8H12.6M6,11H12.6M6,14H11.4",
            class_="icon",
        ),
        "businessRuleTask": tag("path", d="M0.5,2.5H17.5V6.5H0.5Z", class_="icon solid")
        + tag("path", d="M0.5,6.5H17.5V15.5H0.5ZM0.5,11H17.5M5.5,6.5V15.5", class_="icon"),
    }
)
"""The symbol of each kind of task, by element name."""

INSTANTIATING_RECEIVE: Final = tag("circle", cx=9, cy=9, r=9.5, class_="icon") + tag(
    "path", d="M4,6H14V13H4ZM4,6L9,10L14,6", class_="icon"
)
_MARKER_PX: Final = 16
"""Markers of activities stand so far from each other."""
_MARKERS: Final = {
    "compensation": _stroke("M-7,-7L0,-12V-2ZM0,-7L7,-12V-2Z", filled=False),
    "loop": _stroke("M-3.5,-1.4A5.8,5.8 0 1 1 1.6,-1.2M-3.5,-1.4L-7.2,-1.2M-3.5,-1.4L-3.4,-5.2", filled=False),
    "parallel-instances": _stroke("M-4.5,-13V-1M0,-13V-1M4.5,-13V-1", filled=False),
    "sequential-instances": _stroke("M-6,-11.5H6M-6,-7H6M-6,-2.5H6", filled=False),
    "collapsed": tag("path", d="M-7,-14H7V0H-7ZM0,-11V-3M-4,-7H4", class_="icon"),
    "ad-hoc": tag("path", d="M-6.5,-5C-4.5,-9.5 -1.8,-9 0,-7S4.5,-4.5 6.5,-9", class_="symbol line"),
}
"""Each with its lower edge near the origin, in the order in which they stand side by side."""


def activity_markers(names: Iterable[str], x: float, bottom: float) -> str:
    """Return the markers of an activity side by side, centred on `x`, in the order of the standard.

    Args:
        names: `compensation`, `loop`, `parallel-instances`, `sequential-instances`, `collapsed`, `ad-hoc`; others are
            no markers.
        x: The middle.
        bottom: The lower edge of the shape.
    """
    wanted = set(names)
    shown = [drawn for name, drawn in _MARKERS.items() if name in wanted]
    left = x - (len(shown) - 1) * _MARKER_PX / 2
    return "".join(
        tag("g", drawn, transform=f"translate({number(left + place * _MARKER_PX)} {number(bottom - 2)})")
        for place, drawn in enumerate(shown)
    )


def data_arrow(*, is_output: bool) -> str:
    """Return the arrow of data that a process takes (white) or gives (black), in a square of 14."""
    return _stroke("M0.5,4.5H7.5V1L13.5,7L7.5,13V9.5H0.5Z", filled=is_output)


COLLECTION_MARKER: Final = _stroke("M-4,-9V-1M0,-9V-1M4,-9V-1", filled=False)
"""The sign of several pieces of data, its lower edge near the origin."""


def envelope(x: float, y: float, width: float, height: float, *, is_filled: bool = False) -> str:
    """Return a letter with its upper left corner at `x`, `y`."""
    flap = path([(x, y), (x + width / 2, y + height * 0.6), (x + width, y)])
    frame = tag("rect", x=x, y=y, width=width, height=height, class_=f"icon{' strip-fill' if is_filled else ''}")
    return frame + tag("path", d=flap, class_="line thin")


_CLASSES: Final = re.compile(r'class="(?=icon|symbol|double line|line)([^"]*)"')


def tinted(drawn: str, *, stroke: str | None, fill: str | None) -> str:
    """Return symbols in the colours that the file gives their shape (`#rrggbb`); None keeps the usual one.

    Example:
        >>> tinted('<path class="icon solid"/>', stroke="#0a58a8", fill=None)
        '<path class="icon solid" style="fill:#0a58a8;stroke:#0a58a8"/>'
    """
    if stroke is None and fill is None:
        return drawn

    def coloured(found: re.Match[str]) -> str:
        words = found[1].split()
        if "icon" not in words:
            style = css_colours(stroke=stroke)
        elif "reverse" in words:
            style = css_colours(fill=stroke, stroke=fill)
        elif "solid" in words:
            style = css_colours(fill=stroke, stroke=stroke)
        else:
            style = css_colours(fill=fill, stroke=stroke)
        return found[0] if style is None else f'{found[0]} style="{style}"'

    return _CLASSES.sub(coloured, drawn)


_GATEWAY_SIGNS: Final = {
    "exclusiveGateway": tag("path", d="M-8,-8L8,8M8,-8L-8,8", class_="symbol line"),
    "parallelGateway": tag("path", d="M0,-12V12M-12,0H12", class_="symbol line"),
    "inclusiveGateway": tag("circle", r=11, class_="symbol line"),
    "complexGateway": tag("path", d="M0,-12V12M-12,0H12M-8.5,-8.5L8.5,8.5M8.5,-8.5L-8.5,8.5", class_="symbol line"),
}


def gateway_icon(element_name: str, *, is_instantiating: bool = False, is_parallel: bool = False) -> str:
    """Return the sign inside of a gateway.

    Args:
        element_name: The kind of gateway.
        is_instantiating: For event-based gateways: it starts the process.
        is_parallel: For event-based gateways: all events are awaited.
    """
    if element_name != "eventBasedGateway":
        return _GATEWAY_SIGNS.get(element_name, "")
    rings = tag("circle", r=14, class_="double line")
    if not is_instantiating:
        rings += tag("circle", r=11, class_="double line")
    if is_parallel:
        return rings + _stroke("M-2.5,-9H2.5V-2.5H9V2.5H2.5V9H-2.5V2.5H-9V-2.5H-2.5Z", filled=False)
    return rings + _stroke(path(_ring(8, 5), closed=True), filled=False)
