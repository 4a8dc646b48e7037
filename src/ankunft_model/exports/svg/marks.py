"""Marks of findings: a coloured outline, a badge whose form tells the severity and whose number counts the findings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ankunft_model.bpmn_xml.diagram import Bounds, Point
from ankunft_model.exports.svg.figures import EVENTS, GATEWAYS, Figure
from ankunft_model.exports.svg.markup import number, path, tag
from ankunft_model.findings import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from ankunft_model.wording import Language, Wording

BADGE_RADIUS: Final = 11
HALO_INSET: Final = 2.5
MAX_TITLES: Final = 6
"""So many findings are written out in the title of a shape; the others are counted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be marked at one shape.

    Attributes:
        severity: The most severe of its findings.
        count: Number of its findings; 0 for a mark without finding.
        texts: Their messages, the most severe first.
        reference: Id of the element of the model.
    """

    severity: Severity
    count: int
    texts: tuple[str, ...]
    reference: str


def marks_of(
    drawn: Iterable[Figure],
    findings: Iterable[Finding],
    given: Mapping[str, Severity],
    language: Language,
) -> dict[str, Mark]:
    """Return the mark of each drawn element that has one, by its id in the file.

    An element is marked by the findings that name what it draws; `given` marks elements (by their id in the file or in
    the model) also where no finding does. In a file that says nothing of a model each element stands for itself, with
    the kind "".
    """
    by_reference: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        for named in finding.elements:
            by_reference.setdefault((named.kind, named.id), []).append(finding)
            by_reference.setdefault(("", named.id), []).append(finding)
    marks: dict[str, Mark] = {}
    for element in drawn:
        references = element.references or (("", element.id),)
        found: dict[str, Finding] = {}
        for reference in references:
            found.update((finding.id, finding) for finding in by_reference.get(reference, ()))
        ordered = sorted(found.values(), key=lambda finding: -SEVERITIES.index(finding.severity))
        wanted = [given[id_] for id_ in (element.id, *(id_ for _, id_ in references)) if id_ in given]
        ranks = [SEVERITIES.index(severity) for severity in (*(finding.severity for finding in ordered[:1]), *wanted)]
        if ranks:
            marks[element.id] = Mark(
                SEVERITIES[max(ranks)],
                len(ordered),
                tuple(_worded(finding, language) for finding in ordered),
                next((id_ for kind, id_ in references if (kind, id_) in by_reference), references[0][1]),
            )
    return marks


def title_of(name: str, mark: Mark | None, language: Language) -> str:
    """Return the title of a shape: what it is, and what was found there."""
    if mark is None or not mark.texts:
        return name
    shown = [f"• {text}" for text in mark.texts[:MAX_TITLES]]
    more = len(mark.texts) - MAX_TITLES
    if more > 0:
        shown.append(
            Wording(de=f"… und {more} weitere Befunde", en=f"… and {more} more findings").in_language(language)
        )
    return "\n".join([name, *shown])


def halo_around(figure: Figure, bounds: Bounds, mark: Mark) -> str:
    """Return the coloured outline of a marked shape: inside of rectangles, on the border of circles and diamonds."""
    class_ = f"halo {mark.severity}"
    middle_x, middle_y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    if figure.kind in EVENTS:
        return tag("circle", cx=middle_x, cy=middle_y, r=min(bounds.width, bounds.height) / 2, class_=class_)
    if figure.kind in GATEWAYS:
        right, bottom = bounds.x + bounds.width, bounds.y + bounds.height
        diamond = [(middle_x, bounds.y), (right, middle_y), (middle_x, bottom), (bounds.x, middle_y)]
        return tag("path", d=path(diamond, closed=True), class_=class_)
    return tag(
        "rect",
        x=bounds.x + HALO_INSET,
        y=bounds.y + HALO_INSET,
        width=max(bounds.width - 2 * HALO_INSET, 1),
        height=max(bounds.height - 2 * HALO_INSET, 1),
        rx=6,
        class_=class_,
    )


def halo_along(line: str, mark: Mark) -> str:
    """Return the coloured outline of a marked line, given as path data."""
    return tag("path", d=line, class_=f"halo {mark.severity}", opacity=0.45)


def badge(at: Point, mark: Mark) -> str:
    """Return the badge: octagon, triangle, circle or square, from the most to the least severe."""
    forms = {
        "error": _polygon(8, BADGE_RADIUS + 1.5, turn=22.5),
        "warning": path([(0, -14), (14.5, 11), (-14.5, 11)], closed=True),
        "hint": None,
        "info": path([(-10, -10), (10, -10), (10, 10), (-10, 10)], closed=True),
    }
    form = forms[mark.severity]
    sign = str(mark.count) if 0 < mark.count < 100 else "99+" if mark.count else "!"
    size = None if len(sign) < 3 else 8
    return tag(
        "g",
        tag("circle", r=BADGE_RADIUS) if form is None else tag("path", d=form),
        tag(
            "text",
            sign,
            y=7 if mark.severity == "warning" else 4,
            style=None if size is None else f"font-size:{size}px",
        ),
        class_=f"badge {mark.severity}",
        transform=f"translate({number(at.x)} {number(at.y)})",
    )


def _worded(finding: Finding, language: Language) -> str:
    return f"{SEVERITY_NAMES[finding.severity].in_language(language)}: {finding.message.in_language(language)}"


def _polygon(corners: int, radius: float, *, turn: float) -> str:
    angles = [math.radians(turn + 360 * place / corners) for place in range(corners)]
    return path(((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles), closed=True)
