"""Pictures in the page: drawn such that findings and shapes link to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final, Literal, TypeAlias

from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.exports.svg import PICTURE_CLASS, fragment_id, to_svg
from ankunft_model.findings import Finding
from ankunft_model.wording import Language

Side: TypeAlias = Literal["as_is", "to_be"]
"""Which of the two models of a page."""

SIDE_PREFIX: Final[dict[Side, str]] = {"as_is": "ist", "to_be": "soll"}
_SHAPE: Final = re.compile(r'<g id="([^"]*)" data-element="[^"]*" data-model="([^"]*)"')
_SIZE: Final = re.compile(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the page shows it.

    Attributes:
        svg: Its text; part of the page as it is.
        width_px: Its natural width.
    """

    name: str
    svg: str
    width_px: int


def diagram_for_report(
    definitions: Definitions,
    findings: Iterable[Finding] = (),
    *,
    side: Side = "as_is",
    name: str = "bild",
    title: str | None = None,
    language: Language = "de",
) -> str:
    """Return the diagram as SVG whose marks lead to the lists of findings in the page.

    Args:
        definitions: A BPMN file with its diagram.
        findings: What is marked.
        side: The model that it shows.
        name: Short and different for each picture of one side; part of the ids.
        title: What it shows; None: the name of the file.
        language: Language of the page.

    Raises:
        ExportError: there is no diagram.
    """
    return to_svg(
        definitions,
        findings=findings,
        title=title,
        language=language,
        id_prefix=f"{SIDE_PREFIX[side]}-{fragment_id('', name)}-",
        link_prefix=f"{SIDE_PREFIX[side]}-element-",
    )


def read_pictures(diagrams: Mapping[str, str]) -> tuple[Picture, ...]:
    """Return the pictures of one side.

    Raises:
        ValueError: a text is no picture of this library; others could contain anything.
    """
    pictures: list[Picture] = []
    for name, svg in diagrams.items():
        size = _SIZE.match(svg)
        if size is None or f'class="{PICTURE_CLASS}"' not in svg[:400] or not svg.endswith("</svg>"):
            raise ValueError(f"the diagram {name!r} is no SVG from exports.svg.to_svg")
        pictures.append(Picture(name, svg, round(float(size.group(1)))))
    return tuple(pictures)


def shapes_by_reference(pictures: Iterable[Picture]) -> dict[tuple[str, str], str]:
    """Return the id of the first shape that draws an element of the model, by kind and id of the element."""
    shapes: dict[tuple[str, str], str] = {}
    for picture in pictures:
        for shape, references in _SHAPE.findall(picture.svg):
            for reference in unescape(references).split():
                kind, _, id_ = reference.partition(":")
                shapes.setdefault((kind, id_), unescape(shape))
    return shapes
