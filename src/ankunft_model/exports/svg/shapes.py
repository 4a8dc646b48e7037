"""Shapes: activities, events, gateways, data, artifacts, choreographies and conversations, without outside labels."""

from __future__ import annotations

from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, BPMNShape
from ankunft_model.exports.svg.figures import (
    ACTIVITIES,
    CHOREOGRAPHIES,
    CONVERSATIONS,
    DATA,
    DATA_STORES,
    EVENTS,
    GATEWAYS,
    SUB_PROCESSES,
    Figure,
)
from ankunft_model.exports.svg.icons import (
    COLLECTION_MARKER,
    INSTANTIATING_RECEIVE,
    TASK_ICONS,
    activity_markers,
    data_arrow,
    envelope,
    gateway_icon,
    tinted,
    trigger_icon,
)
from ankunft_model.exports.svg.lettering import coloured_text, draw_centred, draw_lines, fit
from ankunft_model.exports.svg.markup import css_colours, number, path, tag
from ankunft_model.exports.svg.palette import BLACK, WHITE, contrast, ink_on

CORNER_RADIUS: Final = 8
ICON_ROOM: Final = 20
"""Height kept free for the symbol of an activity where its text would run into it."""
MARKER_ROOM: Final = 16
INNER_BORDER_PX: Final = 3
"""Distance of the two outlines of a transaction."""
BAND_PX: Final = 20
"""Height of the band of a participant in a choreography whose place the file does not tell."""
_WITH_CONTENT: Final = SUB_PROCESSES | {"callActivity", "subChoreography"}
BAND_MESSAGE_PX: Final = 40
"""The message of a band reaches so far above or below it."""
READABLE: Final = 4.5
"""Contrast from which text can be read well (WCAG 2.1, success criterion 1.4.3)."""
_MARKER_TRAITS: Final = ("compensation", "loop", "parallel-instances", "sequential-instances", "ad-hoc")


def draw_shape(figure: Figure, shape: BPMNShape) -> str:
    """Return the drawing of one node or artifact; "" for what has no form of its own (pools, lanes)."""
    kind = figure.kind
    if kind in EVENTS:
        return _event(figure, shape)
    if kind in GATEWAYS:
        return _gateway(figure, shape)
    if kind in ACTIVITIES:
        return _activity(figure, shape)
    if kind in DATA:
        return _data_object(figure, shape)
    if kind in DATA_STORES:
        return _data_store(shape)
    if kind in CHOREOGRAPHIES:
        return _choreography(figure, shape)
    if kind in CONVERSATIONS:
        return _conversation(figure, shape)
    match kind:
        case "participantBand":
            return _band(figure, shape)
        case "message":
            b = shape.bounds
            return _tinted(envelope(b.x, b.y, b.width, b.height), shape)
        case "textAnnotation":
            return _annotation(shape, figure.name)
        case "group":
            style = css_colours(stroke=shape.border_color)
            return _rectangle(shape.bounds, "shape clear quiet dot-dash thin", radius=CORNER_RADIUS, style=style)
        case _:
            return ""


def colours_of(shape: BPMNShape) -> str | None:
    """Return the colours that the file gives a shape, as CSS, or None."""
    return css_colours(fill=shape.background_color, stroke=shape.border_color)


def is_open(figure: Figure, shape: BPMNShape) -> bool:
    """Return whether a sub-process shows its content."""
    return figure.kind in _WITH_CONTENT and bool(shape.is_expanded)


def _tinted(drawn: str, shape: BPMNShape) -> str:
    return tinted(drawn, stroke=shape.border_color, fill=shape.background_color)


def _activity(figure: Figure, shape: BPMNShape) -> str:
    bounds, name = shape.bounds, figure.name
    shows_content = is_open(figure, shape)
    width = "heavy" if figure.kind == "callActivity" else "thin"
    dotted = " dotted" if "event-sub-process" in figure.traits else ""
    classes = f"shape {width}{dotted}{' frame' if shows_content else ''}"
    drawn = _rectangle(bounds, classes, radius=CORNER_RADIUS, style=colours_of(shape))
    if figure.kind == "transaction":
        drawn += _inner_border(shape)
    markers: list[str] = [trait for trait in _MARKER_TRAITS if trait in figure.traits]
    if not shows_content and (figure.kind in SUB_PROCESSES or "called-process" in figure.traits):
        markers.append("collapsed")
    bottom = bounds.y + bounds.height - (INNER_BORDER_PX if figure.kind == "transaction" else 0)
    drawn += _tinted(activity_markers(markers, bounds.x + bounds.width / 2, bottom), shape)
    if shows_content:
        letters = fit(name, bounds.width - 20, 40)
        return drawn + _in_ink(shape, draw_lines(letters, bounds.x + bounds.width / 2, bounds.y + 6))
    icon = TASK_ICONS.get(figure.called or figure.kind, "")
    if figure.kind == "receiveTask" and "instantiating" in figure.traits:
        icon = INSTANTIATING_RECEIVE
    elif "event-sub-process" in figure.traits:
        icon = _start_marker(figure)
    if icon:
        place = f"translate({number(bounds.x + 6)} {number(bounds.y + 5)})"
        drawn += tag("g", _tinted(icon, shape), transform=place)
    height = bounds.height - MARKER_ROOM if markers else bounds.height
    room = Bounds(bounds.x, bounds.y, bounds.width, height)
    if icon and fit(name, room.width - 8, room.height - 2 * ICON_ROOM).font_px < fit(name, room.width - 8, 999).font_px:
        room = Bounds(room.x, room.y + ICON_ROOM, room.width, room.height - ICON_ROOM + 4)
    return drawn + _in_ink(shape, draw_centred(name, room))


def _start_marker(figure: Figure) -> str:
    """Return the event that starts a closed event sub-process, in a square of 18; none if the file tells none."""
    sign = trigger_icon(figure.triggers, is_thrown=False, is_parallel="parallel-event" in figure.traits)
    if not sign:
        return ""
    dashed = " dashed-finely" if "non-interrupting" in figure.traits else ""
    ring = tag("circle", cx=9, cy=9, r=9, class_=f"icon{dashed}")
    return ring + tag("g", sign, transform="translate(9 9) scale(0.55)")


def _inner_border(shape: BPMNShape) -> str:
    b, inset = shape.bounds, INNER_BORDER_PX
    inner = Bounds(b.x + inset, b.y + inset, max(b.width - 2 * inset, 1), max(b.height - 2 * inset, 1))
    style = css_colours(stroke=shape.border_color)
    return _rectangle(inner, "line thin", radius=CORNER_RADIUS - inset, style=style)


def _event(figure: Figure, shape: BPMNShape) -> str:
    bounds = shape.bounds
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    radius = min(bounds.width, bounds.height) / 2
    dashed = " dashed" if "non-interrupting" in figure.traits else ""
    style = colours_of(shape)
    if figure.kind == "startEvent":
        rings = tag("circle", r=radius, class_=f"shape thin{dashed}", style=style)
    elif figure.kind == "endEvent":
        rings = tag("circle", r=radius - 0.75, class_="shape thick", style=style)
    else:
        rings = tag("circle", r=radius, class_=f"shape double{dashed}", style=style)
        inner = css_colours(stroke=shape.border_color)
        rings += tag("circle", r=max(radius - 3.5, 1), class_=f"line double{dashed}", style=inner)
    is_parallel = "parallel-event" in figure.traits
    icon = trigger_icon(figure.triggers, is_thrown=figure.is_throwing, is_parallel=is_parallel)
    if icon:
        scale = None if radius == 18 else f"scale({number(radius / 18)})"
        icon = tag("g", _tinted(icon, shape), transform=scale)
    return tag("g", rings, icon, transform=f"translate({number(x)} {number(y)})")


def _gateway(figure: Figure, shape: BPMNShape) -> str:
    bounds = shape.bounds
    half_width, half_height = bounds.width / 2, bounds.height / 2
    diamond = path([(0, -half_height), (half_width, 0), (0, half_height), (-half_width, 0)], closed=True)
    sign = gateway_icon(
        figure.kind,
        is_instantiating="instantiating" in figure.traits,
        is_parallel="parallel-event" in figure.traits,
    )
    if figure.kind == "exclusiveGateway" and not shape.is_marker_visible:
        sign = ""
    scale = min(half_width, half_height) / 25
    if sign:
        sign = tag("g", _tinted(sign, shape), transform=None if scale == 1 else f"scale({number(scale)})")
    return tag(
        "g",
        tag("path", d=diamond, class_="shape thin", style=colours_of(shape)),
        sign,
        transform=f"translate({number(bounds.x + half_width)} {number(bounds.y + half_height)})",
    )


def _data_object(figure: Figure, shape: BPMNShape) -> str:
    b = shape.bounds
    fold = min(12.0, b.width / 3)
    right, bottom = b.x + b.width, b.y + b.height
    sheet = path([(b.x, b.y), (right - fold, b.y), (right, b.y + fold), (right, bottom), (b.x, bottom)], closed=True)
    corner = path([(right - fold, b.y), (right - fold, b.y + fold), (right, b.y + fold)])
    drawn = tag("path", d=sheet, class_="shape thin", style=colours_of(shape))
    drawn += tag("path", d=corner, class_="line thin", style=css_colours(stroke=shape.border_color))
    if figure.kind in ("dataInput", "dataOutput"):
        arrow = _tinted(data_arrow(is_output=figure.kind == "dataOutput"), shape)
        drawn += tag("g", arrow, transform=f"translate({number(b.x + 3)} {number(b.y + 3)})")
    if "collection" in figure.traits:
        place = f"translate({number(b.x + b.width / 2)} {number(bottom - 1)})"
        drawn += tag("g", _tinted(COLLECTION_MARKER, shape), transform=place)
    return drawn


def _choreography(figure: Figure, shape: BPMNShape) -> str:
    bounds = shape.bounds
    shows_content = is_open(figure, shape)
    classes = f"shape {'heavy' if figure.kind == 'callChoreography' else 'thin'}{' frame' if shows_content else ''}"
    drawn = _rectangle(bounds, classes, radius=CORNER_RADIUS, style=colours_of(shape))
    markers: list[str] = [trait for trait in _MARKER_TRAITS if trait in figure.traits]
    if not shows_content and (figure.kind == "subChoreography" or "called-process" in figure.traits):
        markers.append("collapsed")
    above, below = figure.bands or (BAND_PX, BAND_PX)
    bottom = bounds.y + bounds.height - below
    drawn += _tinted(activity_markers(markers, bounds.x + bounds.width / 2, bottom), shape)
    if shows_content:
        letters = fit(figure.name, bounds.width - 20, 40)
        return drawn + _in_ink(shape, draw_lines(letters, bounds.x + bounds.width / 2, bounds.y + above + 6))
    height = max(bounds.height - above - below - (MARKER_ROOM if markers else 0), 1)
    room = Bounds(bounds.x, bounds.y + above, bounds.width, height)
    return drawn + _in_ink(shape, draw_centred(figure.name, room))


def _band(figure: Figure, shape: BPMNShape) -> str:
    """Return a participant in a choreography: white if it begins, grey if not, with the message beside it."""
    b = shape.bounds
    is_initiating = "initiating" in figure.traits
    drawn = _rectangle(b, "shape thin" if is_initiating else "shape strip-fill thin", radius=3, style=colours_of(shape))
    room = b
    if "parallel-instances" in figure.traits:
        is_high = b.height >= 2 * MARKER_ROOM
        middle, bottom = b.x + b.width / 2, b.y + b.height
        if not is_high:  # no line for it below the name: it stands behind it
            middle, bottom = b.x + b.width - MARKER_ROOM / 2 - 2, b.y + b.height / 2 + MARKER_ROOM / 2 + 1
        drawn += _tinted(activity_markers(("parallel-instances",), middle, bottom), shape)
        taken_x, taken_y = (0, MARKER_ROOM) if is_high else (MARKER_ROOM + 4, 0)
        room = Bounds(b.x + taken_x, b.y, max(b.width - 2 * taken_x, 1), b.height - taken_y)
    drawn += _in_ink(shape, draw_centred(figure.name, room, padding=2))
    if "message-shown" not in figure.traits or not figure.traits & {"top", "bottom"}:
        return drawn
    middle = b.x + b.width / 2
    edge, away = (b.y, -1) if "top" in figure.traits else (b.y + b.height, 1)
    letter = envelope(middle - 15, edge + away * 30 - 10, 30, 20, is_filled=not is_initiating)
    return tag("path", d=path([(middle, edge), (middle, edge + away * 20)]), class_="flow dotted") + letter + drawn


def _conversation(figure: Figure, shape: BPMNShape) -> str:
    b = shape.bounds
    slant, middle, right, bottom = b.width / 4, b.y + b.height / 2, b.x + b.width, b.y + b.height
    corners = [(b.x, middle), (b.x + slant, b.y), (right - slant, b.y), (right, middle), (right - slant, bottom),
               (b.x + slant, bottom)]  # fmt: skip
    width = "heavy" if figure.kind == "callConversation" else "thin"
    drawn = tag("path", d=path(corners, closed=True), class_=f"shape {width}", style=colours_of(shape))
    if figure.kind == "subConversation" or "called-process" in figure.traits:
        drawn += _tinted(activity_markers(("collapsed",), b.x + b.width / 2, bottom), shape)
    return drawn


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
    style = css_colours(stroke=shape.border_color)
    return tag("path", d=body, class_="shape thin", style=colours_of(shape)) + tag(
        "path", d=rims, class_="line thin", style=style
    )


def _annotation(shape: BPMNShape, text: str) -> str:
    b = shape.bounds
    hook = min(12.0, b.width)
    bracket = path([(b.x + hook, b.y), (b.x, b.y), (b.x, b.y + b.height), (b.x + hook, b.y + b.height)])
    letters = fit(text, b.width - 10, b.height - 4)
    drawn = ""
    if shape.background_color is not None:
        ground = css_colours(fill=shape.background_color)
        drawn = tag("rect", x=b.x, y=b.y, width=b.width, height=b.height, class_="paper", style=ground)
    drawn += tag("path", d=bracket, class_="line thin", style=css_colours(stroke=shape.border_color))
    return drawn + _in_ink(shape, draw_lines(letters, b.x + 8, b.y + 3, anchor="start"))


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
    """Return `text` in the colour that the file gives it, else in that of the outline if that can be read well."""
    ground = shape.background_color
    known = ground is not None and css_colours(fill=ground) is not None
    own = None if shape.label is None else shape.label.color
    wanted = own or shape.border_color
    if wanted is not None and css_colours(fill=wanted) is not None:
        behind = ground if known and ground is not None else WHITE
        if own or (known and contrast(wanted, behind) >= READABLE):
            return coloured_text(text, wanted)
    if not known or ground is None:
        return text
    return tag("g", text, class_="on-light" if ink_on(ground) == BLACK else "on-dark")
