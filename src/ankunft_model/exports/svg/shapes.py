"""Shapes: activities, events, gateways, data, notes and groups, without their outside labels."""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNShape
from ankunft_model.exports.svg.icons import (
    COLLAPSED_MARKER,
    INSTANTIATING_RECEIVE,
    TASK_ICONS,
    gateway_icon,
    trigger_icon,
)
from ankunft_model.exports.svg.lettering import draw_centred, draw_lines, fit
from ankunft_model.exports.svg.markup import css_colours, number, path, tag
from ankunft_model.exports.svg.palette import BLACK, ink_on

CORNER_RADIUS: Final = 8
ICON_ROOM: Final = 20
"""Height kept free for the symbol of an activity where its text would run into it."""
MARKER_ROOM: Final = 16


def draw_shape(element: bpmn.BaseElement, shape: BPMNShape, name: str) -> str:
    """Return the drawing of one node or artifact; "" for what has no form of its own (pools, lanes, unknown)."""
    match element:
        case bpmn.Event():
            return _event(element, shape)
        case bpmn.Gateway():
            return _gateway(element, shape)
        case bpmn.Activity():
            return _activity(element, shape, name)
        case bpmn.DataObjectReference() | bpmn.DataObject():
            return _data_object(shape)
        case bpmn.DataStoreReference():
            return _data_store(shape)
        case bpmn.TextAnnotation():
            return _annotation(shape, name)
        case bpmn.Group():
            return _rectangle(shape.bounds, "shape clear quiet dot-dash thin", radius=CORNER_RADIUS)
        case _:
            return ""


def colours_of(shape: BPMNShape) -> str | None:
    """Return the colours that the file gives a shape, as CSS, or None."""
    return css_colours(fill=shape.background_color, stroke=shape.border_color)


def _activity(activity: bpmn.Activity, shape: BPMNShape, name: str) -> str:
    bounds = shape.bounds
    is_open = isinstance(activity, bpmn.SubProcess) and bool(shape.is_expanded)
    width = "heavy" if isinstance(activity, bpmn.CallActivity) else "thin"
    is_event_sub_process = isinstance(activity, bpmn.SubProcess) and activity.triggered_by_event
    classes = f"shape {width}{' dotted' if is_event_sub_process else ''}{' frame' if is_open else ''}"
    drawn = _rectangle(bounds, classes, radius=CORNER_RADIUS, style=colours_of(shape))
    if is_open:
        letters = fit(name, bounds.width - 20, 40)
        return drawn + _in_ink(shape, draw_lines(letters, bounds.x + bounds.width / 2, bounds.y + 6))
    icon = TASK_ICONS.get(activity.element_name, "")
    if isinstance(activity, bpmn.ReceiveTask) and activity.instantiate:
        icon = INSTANTIATING_RECEIVE
    if icon:
        drawn += tag("g", icon, transform=f"translate({number(bounds.x + 6)} {number(bounds.y + 5)})")
    room = Bounds(bounds.x, bounds.y, bounds.width, bounds.height)
    is_closed = isinstance(activity, bpmn.SubProcess | bpmn.CallActivity)
    if is_closed:
        drawn += tag(
            "g",
            COLLAPSED_MARKER,
            transform=f"translate({number(bounds.x + bounds.width / 2)} {number(bounds.y + bounds.height - 2)})",
        )
        room = Bounds(room.x, room.y, room.width, room.height - MARKER_ROOM)
    if icon and fit(name, room.width - 8, room.height - 2 * ICON_ROOM).font_px < fit(name, room.width - 8, 999).font_px:
        room = Bounds(room.x, room.y + ICON_ROOM, room.width, room.height - ICON_ROOM + 4)
    return drawn + _in_ink(shape, draw_centred(name, room))


def _event(event: bpmn.Event, shape: BPMNShape) -> str:
    bounds = shape.bounds
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    radius = min(bounds.width, bounds.height) / 2
    is_thrown = isinstance(event, bpmn.ThrowEvent)
    is_dashed = (isinstance(event, bpmn.BoundaryEvent) and not event.cancel_activity) or (
        isinstance(event, bpmn.StartEvent) and not event.is_interrupting
    )
    dashed = " dashed" if is_dashed else ""
    style = colours_of(shape)
    if isinstance(event, bpmn.StartEvent):
        rings = tag("circle", r=radius, class_=f"shape thin{dashed}", style=style)
    elif isinstance(event, bpmn.EndEvent):
        rings = tag("circle", r=radius - 0.75, class_="shape thick", style=style)
    else:
        rings = tag("circle", r=radius, class_=f"shape double{dashed}", style=style)
        rings += tag("circle", r=max(radius - 3.5, 1), class_=f"line double{dashed}")
    kinds = tuple(definition.element_name for definition in event.event_definitions)
    icon = trigger_icon(kinds, is_thrown=is_thrown)
    if icon:
        icon = tag("g", icon, transform=None if radius == 18 else f"scale({number(radius / 18)})")
    return tag("g", rings, icon, transform=f"translate({number(x)} {number(y)})")


def _gateway(gateway: bpmn.Gateway, shape: BPMNShape) -> str:
    bounds = shape.bounds
    half_width, half_height = bounds.width / 2, bounds.height / 2
    diamond = path([(0, -half_height), (half_width, 0), (0, half_height), (-half_width, 0)], closed=True)
    sign = gateway_icon(
        gateway.element_name,
        is_instantiating=isinstance(gateway, bpmn.EventBasedGateway) and gateway.instantiate,
        is_parallel=isinstance(gateway, bpmn.EventBasedGateway) and gateway.event_gateway_type == "Parallel",
    )
    if isinstance(gateway, bpmn.ExclusiveGateway) and shape.is_marker_visible is False:
        sign = ""
    scale = min(half_width, half_height) / 25
    if sign and scale != 1:
        sign = tag("g", sign, transform=f"scale({number(scale)})")
    return tag(
        "g",
        tag("path", d=diamond, class_="shape thin", style=colours_of(shape)),
        sign,
        transform=f"translate({number(bounds.x + half_width)} {number(bounds.y + half_height)})",
    )


def _data_object(shape: BPMNShape) -> str:
    b = shape.bounds
    fold = min(12.0, b.width / 3)
    right, bottom = b.x + b.width, b.y + b.height
    sheet = path([(b.x, b.y), (right - fold, b.y), (right, b.y + fold), (right, bottom), (b.x, bottom)], closed=True)
    corner = path([(right - fold, b.y), (right - fold, b.y + fold), (right, b.y + fold)])
    return tag("path", d=sheet, class_="shape thin", style=colours_of(shape)) + tag(
        "path", d=corner, class_="line thin"
    )


def _data_store(shape: BPMNShape) -> str:
    b = shape.bounds
    curve = b.height / 8
    top, bottom = b.y + curve, b.y + b.height - curve
    radii = f"{number(b.width / 2)},{number(curve)}"
    across = f"a{radii} 0 0 0 {number(b.width)},0"
    body = (
        f"M{number(b.x)},{number(top)}V{number(bottom)}{across}V{number(top)}"
        f"A{radii} 0 0 0 {number(b.x)},{number(top)}Z"
    )
    rims = "".join(f"M{number(b.x)},{number(top + rim * curve * 0.8)}{across}" for rim in (0, 1, 2))
    return tag("path", d=body, class_="shape thin", style=colours_of(shape)) + tag("path", d=rims, class_="line thin")


def _annotation(shape: BPMNShape, text: str) -> str:
    b = shape.bounds
    hook = min(12.0, b.width)
    bracket = path([(b.x + hook, b.y), (b.x, b.y), (b.x, b.y + b.height), (b.x + hook, b.y + b.height)])
    letters = fit(text, b.width - 10, b.height - 4)
    return tag("path", d=bracket, class_="line thin") + draw_lines(letters, b.x + 8, b.y + 3, anchor="start")


def _rectangle(bounds: Bounds, class_: str, *, radius: float | None = None, style: str | None = None) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=radius,
        class_=class_,
        style=style,
    )


def _in_ink(shape: BPMNShape, text: str) -> str:
    """Return `text`, readable on the colour that the file gives the shape."""
    if shape.background_color is None or css_colours(fill=shape.background_color) is None:
        return text
    return tag("g", text, class_="on-light" if ink_on(shape.background_color) == BLACK else "on-dark")
