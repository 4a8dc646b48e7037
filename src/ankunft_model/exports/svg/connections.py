"""Lines: sequence flows, message flows, associations, with their heads, tails and labels."""

from __future__ import annotations

import math
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNEdge, Point
from ankunft_model.exports.svg.figures import Figure
from ankunft_model.exports.svg.icons import envelope
from ankunft_model.exports.svg.lettering import break_lines, draw_label
from ankunft_model.exports.svg.markup import css_colours, number, path, tag
from ankunft_model.layout.text_metrics import LABEL_FONT_PX, LABEL_WIDTH_PX, text_width

BEND_RADIUS: Final = 6
ARROW_LENGTH: Final = 10
ARROW_WIDTH: Final = 8
ENVELOPE_WIDTH: Final = 24


def draw_line(figure: Figure, edge: BPMNEdge) -> str:
    """Return one connection without its label; "" for what is no connection."""
    points = _without_doubles(edge.waypoints)
    if len(points) < 2:
        return ""
    style = css_colours(stroke=edge.border_color)
    solid = css_colours(stroke=edge.border_color, fill=edge.border_color)
    match figure.kind:
        case "sequenceFlow":
            return _sequence_flow(figure, points, style, solid)
        case "messageFlow":
            start = tag("circle", cx=points[0].x, cy=points[0].y, r=4, class_="shape thin hollow", style=style)
            line = tag("path", d=_rounded(points), class_="message", style=style)
            return line + start + _head(points[-2], points[-1], "shape thin hollow", style) + _envelope(edge, points)
        case "dataInputAssociation" | "dataOutputAssociation":
            line = tag("path", d=_rounded(points), class_="flow dotted", style=style)
            return line + _chevron(points[-2], points[-1], style)
        case "association":
            line = tag("path", d=_rounded(points), class_="flow dotted", style=style)
            heads = {"None": "", "One": _chevron(points[-2], points[-1], style)}
            both = _chevron(points[-2], points[-1], style) + _chevron(points[1], points[0], style)
            return line + heads.get(figure.direction, both)
        case "conversationLink":
            outer = tag("path", d=_rounded(points), class_="flow link", style=style)
            return outer + tag("path", d=_rounded(points), class_="flow link-inside")
        case _:
            return ""


def label_of_line(edge: BPMNEdge, name: str) -> str:
    """Return the label of a connection: in its bounds, else beside the middle of its longest piece."""
    if not name.strip() or len(edge.waypoints) < 2:
        return ""
    if edge.label is not None and edge.label.bounds is not None:
        return draw_label(name, edge.label.bounds)
    middle = middle_of(edge)
    lines = break_lines(name, LABEL_WIDTH_PX, LABEL_FONT_PX)
    width = max((text_width(line, LABEL_FONT_PX) for line in lines), default=0)
    height = len(lines) * LABEL_FONT_PX * 1.2
    lift = 4 if edge.message_visible_kind is None else ENVELOPE_WIDTH / 2
    return draw_label(name, Bounds(middle.x - width / 2, middle.y - height - lift, width, height))


def middle_of(edge: BPMNEdge) -> Point:
    """Return the middle of the longest straight piece of a line, the first of equals."""
    pieces = list(zip(edge.waypoints, edge.waypoints[1:], strict=False))
    one, other = max(pieces, key=lambda piece: math.dist((piece[0].x, piece[0].y), (piece[1].x, piece[1].y)))
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2)


def outline_of(edge: BPMNEdge) -> str:
    """Return the way of a line as path data, for marking it."""
    return _rounded(_without_doubles(edge.waypoints))


def _sequence_flow(figure: Figure, points: tuple[Point, ...], style: str | None, solid: str | None) -> str:
    drawn = tag("path", d=_rounded(points), class_="flow", style=style)
    drawn += _head(points[-2], points[-1], "shape thin solid", solid)
    if "default" in figure.traits:
        drawn += _slash(points[0], points[1], style)
    elif "conditional" in figure.traits:
        drawn += _diamond(points[0], points[1], style)
    return drawn


def _rounded(points: tuple[Point, ...]) -> str:
    """Return path data through `points`, corners rounded."""
    if len(points) < 3:
        return path((point.x, point.y) for point in points)
    parts = [f"M{number(points[0].x)},{number(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter = _towards(corner, before, min(BEND_RADIUS, _distance(corner, before) / 2))
        leave = _towards(corner, after, min(BEND_RADIUS, _distance(corner, after) / 2))
        parts.append(
            f"L{number(enter.x)},{number(enter.y)}"
            f"Q{number(corner.x)},{number(corner.y)} {number(leave.x)},{number(leave.y)}"
        )
    parts.append(f"L{number(points[-1].x)},{number(points[-1].y)}")
    return "".join(parts)


def _head(before: Point, tip: Point, class_: str, style: str | None) -> str:
    foot = _towards(tip, before, min(ARROW_LENGTH, max(_distance(tip, before), 1)))
    x, y = _across(before, tip, ARROW_WIDTH / 2)
    corners = [(foot.x + x, foot.y + y), (tip.x, tip.y), (foot.x - x, foot.y - y)]
    return tag("path", d=path(corners, closed=True), class_=class_, style=style)


def _chevron(before: Point, tip: Point, style: str | None) -> str:
    foot = _towards(tip, before, 8)
    x, y = _across(before, tip, 4)
    corners = [(foot.x + x, foot.y + y), (tip.x, tip.y), (foot.x - x, foot.y - y)]
    return tag("path", d=path(corners), class_="line thin", style=style)


def _slash(start: Point, following: Point, style: str | None) -> str:
    middle = _towards(start, following, min(11, _distance(start, following) / 2))
    x, y = _across(start, following, 5)
    along = _towards(Point(0, 0), Point(following.x - start.x, following.y - start.y), 3)
    ends = [(middle.x + x - along.x, middle.y + y - along.y), (middle.x - x + along.x, middle.y - y + along.y)]
    return tag("path", d=path(ends), class_="line thin", style=style)


def _diamond(start: Point, following: Point, style: str | None) -> str:
    far = _towards(start, following, min(16, _distance(start, following) / 2))
    x, y = _across(start, following, 5)
    middle = Point((start.x + far.x) / 2, (start.y + far.y) / 2)
    corners = [(start.x, start.y), (middle.x + x, middle.y + y), (far.x, far.y), (middle.x - x, middle.y - y)]
    return tag("path", d=path(corners, closed=True), class_="shape thin hollow", style=style)


def _envelope(edge: BPMNEdge, points: tuple[Point, ...]) -> str:
    if edge.message_visible_kind is None:
        return ""
    middle = middle_of(BPMNEdge(waypoints=points))
    left, top = middle.x - ENVELOPE_WIDTH / 2, middle.y - ENVELOPE_WIDTH / 3
    is_answer = edge.message_visible_kind == "non_initiating"
    return envelope(left, top, ENVELOPE_WIDTH, ENVELOPE_WIDTH * 2 / 3, is_filled=is_answer)


def _without_doubles(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(point for place, point in enumerate(points) if place == 0 or point != points[place - 1])


def _distance(one: Point, other: Point) -> float:
    return math.dist((one.x, one.y), (other.x, other.y))


def _towards(start: Point, goal: Point, length: float) -> Point:
    distance = _distance(start, goal) or 1
    return Point(start.x + (goal.x - start.x) * length / distance, start.y + (goal.y - start.y) * length / distance)


def _across(start: Point, goal: Point, length: float) -> tuple[float, float]:
    distance = _distance(start, goal) or 1
    return -(goal.y - start.y) * length / distance, (goal.x - start.x) * length / distance
